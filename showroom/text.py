"""Text from strangers: bounded, stripped of nothing, refused when it is no text.

What is inside stays what it is (markup, emoji, orders to a machine): it is data and is only read.
"""

import unicodedata

from showroom.errors import InputError

MOST_CHARACTERS = 20_000
_ALLOWED_CONTROLS = "\n\r\t"


def clean(text: object, what: str = "the text", error: type[InputError] = InputError) -> str:
    """`text` in Unicode NFC without outer blanks.

    Raises `error` if it is not text, is empty, is longer than 20,000 characters, or holds control
    characters other than tabs and line breaks, or half a surrogate pair.
    """
    if not isinstance(text, str):
        raise error(f"reading {what}: {type(text).__name__} came; text is accepted; give a string")
    if len(text) > MOST_CHARACTERS:
        most = f"at most {MOST_CHARACTERS:,} are accepted"
        raise error(f"reading {what}: {len(text):,} characters came; {most}; shorten it")
    text = unicodedata.normalize("NFC", text)
    for at, character in enumerate(text):
        category = unicodedata.category(character)
        if category in ("Cc", "Cs") and character not in _ALLOWED_CONTROLS:
            kind = "control character" if category == "Cc" else "no Unicode but half a surrogate,"
            raise error(
                f"reading {what}: {kind} U+{ord(character):04X} at position {at}; "
                f"plain text is accepted; remove it"
            )
    text = text.strip()
    if not any(character.isalnum() for character in text):
        shown = f"only {text[:20]!r}" if text else "nothing"
        raise error(f"reading {what}: {shown} came; words are accepted; name a few notes or describe a smell")
    return text


def is_chinese(text: str) -> bool:
    """Whether the text is mostly written in Chinese characters."""
    letters = [character for character in text if character.isalpha()]
    return sum("一" <= character <= "鿿" for character in letters) * 2 > len(letters)
