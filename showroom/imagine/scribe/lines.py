"""Breaking a text into lines: English and Italian at blanks, Chinese between signs.

Chinese lines break anywhere but before a closing mark and after an opening one (kinsoku shori; the lists
follow W3C, "Requirements for Chinese Text Layout", 3.1.3). Lines of one text are made about equally long:
nothing looks as lost as one word alone under a full line.
"""

import re
import unicodedata
from collections.abc import Callable

from showroom.imagine.scribe.fonts import is_wide

NOT_FIRST = frozenset("。，、；：？！）」』】》〉〕］｝”’…—～·％℃,.;:?!)]}%»›")
NOT_LAST = frozenset("（「『【《〈〔［｛“‘￥＄€$¥([{«‹")
_BREAK_AFTER = frozenset("-–—/")
_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
_LOOSE = " ,;，、；"
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_]|$|\s)")
ELLIPSIS = "…"
MOST_CHARACTERS = 1000


def tidy(text: str, language: str) -> str:
    """A text as it is set: one line, no hidden characters, blanks single; Chinese has full-width marks.

    At most 1,000 characters of it.
    """
    text = unicodedata.normalize("NFC", text[:MOST_CHARACTERS])
    shown = "".join(" " if character in "\t\n\r" else character for character in text
                    if character in "\t\n\r" or unicodedata.category(character) not in _HIDDEN)
    # a no-break space is no blank to split at
    shown = _APOSTROPHE.sub("’", " ".join(word for word in shown.split(" ") if word))
    return _with_wide_marks(shown) if language == "zh" else shown


def _with_wide_marks(text: str) -> str:
    """ASCII marks beside Chinese signs as full-width ones, without the blank after them."""
    made: list[str] = []
    for at, character in enumerate(text):
        beside = (at and is_wide(text[at - 1])) or (character == "(" and is_wide(text[at + 1:at + 2] or " "))
        if beside or (character == ")" and "（" in made):
            character = "。" if character == "." and at + 1 == len(text) else character.translate(_FULL_WIDTH)
        if character == " " and made and made[-1] in "，；：？！）。":
            continue
        made.append(character)
    return "".join(made)


def pieces(text: str) -> list[str]:
    """The text cut wherever a line may end; a piece keeps the blank that follows it."""
    found: list[str] = []
    piece = ""
    for at, character in enumerate(text):
        piece += character
        after = text[at + 1:at + 2]
        if after and _may_break(character, after):
            found.append(piece)
            piece = ""
    return [*found, piece] if piece else found


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    if before == " " or before in _BREAK_AFTER:
        return True
    return (is_wide(before) or is_wide(after)) and before != "\u00A0" and after != "\u00A0"


def broken(text: str, width: Callable[[str], float], most_px: float, most_lines: int) -> list[str]:
    """The text in as few lines as fit, made about equally long.

    width    : px of a line.   most_px : of a line; a word that is longer is cut in two.
    Returns  : at most `most_lines` lines; where that is too few the last one ends in "…".
    """
    lines, rest = _greedy(text, width, most_px, most_lines)
    if rest:
        lines[-1] = _cut(lines[-1] + rest, width, most_px)
        return [line.rstrip(" ") for line in lines]
    narrow, wide = most_px / 2, most_px
    while len(lines) > 1 and wide - narrow > 2:
        middle = (narrow + wide) / 2
        tried, rest = _greedy(text, width, middle, len(lines))
        if rest:
            narrow = middle
        else:
            lines, wide = tried, middle
    return [line.rstrip(" ") for line in lines]


def fits(text: str, width: Callable[[str], float], most_px: float, most_lines: int) -> bool:
    """Whether the text needs no more lines than that, and no word of it has to be cut."""
    whole = all(width(piece.rstrip(" ")) <= most_px for piece in pieces(text))
    return whole and not _greedy(text, width, most_px, most_lines)[1]


def _greedy(text: str, width: Callable[[str], float], most_px: float,
            most_lines: int) -> tuple[list[str], str]:
    """Lines as full as they go, each still with the blank it ended at, and what is left for more of them."""
    lines, line, at = [], "", 0
    for piece in pieces(text):
        if line and width((line + piece).rstrip(" ")) > most_px:
            lines.append(line)
            line = ""
        line += piece
        while width(line.rstrip(" ")) > most_px and len(line.rstrip(" ")) > 1:
            kept = _most_of(line, width, most_px)
            lines.append(line[:kept])
            line = line[kept:]
        at += len(piece)
        if len(lines) >= most_lines:
            rest = "".join(lines[most_lines:]) + line + text[at:]
            return lines[:most_lines], rest
    return ([*lines, line] if line.strip() else lines), ""


def _most_of(text: str, width: Callable[[str], float], most_px: float) -> int:
    """How many of the first characters fit; at least one."""
    fit, over = 1, len(text)
    while over - fit > 1:
        middle = (fit + over) // 2
        fit, over = (middle, over) if width(text[:middle]) <= most_px else (fit, middle)
    return fit


def _cut(text: str, width: Callable[[str], float], most_px: float) -> str:
    """As much of the text as fits before an ellipsis, and that."""
    kept = _most_of(text, lambda start: width(_ended(start)), most_px)
    return _ended(text[:kept])


def _ended(start: str) -> str:
    return start.rstrip(_LOOSE) + ELLIPSIS
