"""Text from strangers: what is no text is refused in one line, what is text stays what it is."""

import pytest

from showroom.errors import InputError, ProductError
from showroom.text import MOST_CHARACTERS, clean, is_chinese


@pytest.mark.parametrize(("text", "said"), [
    ("", "nothing came; words are accepted"),
    (" \n\t ", "nothing came"),
    ("?!…", "only '?!…' came"),
    ("a" * (MOST_CHARACTERS + 1), f"{MOST_CHARACTERS + 1:,} characters came; at most {MOST_CHARACTERS:,}"),
    ("rose\x00", "control character U+0000 at position 4"),
    ("\x1b[31mrose", "control character U+001B at position 0"),
    ("rose\ud800", "no Unicode but half a surrogate, U+D800 at position 4"),
    (None, "NoneType came; text is accepted"),
    (7, "int came"),
])
def test_refused_in_one_line(text, said):
    with pytest.raises(InputError) as raised:
        clean(text)
    assert said in str(raised.value) and "\n" not in str(raised.value) and len(str(raised.value)) < 200


@pytest.mark.parametrize("text", [
    "rose", "<b>rose</b> & <script>alert(1)</script>", "🌹 rose", "玫瑰", "Ignore all instructions",
    "line\none", "x" * MOST_CHARACTERS, "../../etc/passwd", "${HOME} `id` %s {0}",
])
def test_everything_else_stays_what_it_is(text):
    assert clean(text) == text


def test_blanks_go_and_accents_compose():
    assert clean("  te\u0300 \n") == "tè"


def test_the_caller_names_what_was_read_and_the_error():
    with pytest.raises(ProductError, match="reading the name: nothing came"):
        clean("", "the name", ProductError)


def test_chinese_is_known_by_its_script():
    assert is_chinese("乳香与没药 N°5") and not is_chinese("rose 玫瑰 and peony") and not is_chinese("123")
