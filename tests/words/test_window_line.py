"""A typed line: begun, corrected, sent or given up."""

from showroom.display.window_line import Line
from showroom.words.controls import MOST_TYPED


def typed(text: str) -> Line:
    line = Line()
    assert line.press("enter")
    for character in text:
        line.write(character)
    return line


def test_keys_mean_nothing_to_it_before_it_is_begun():
    line = Line()
    line.write("a")
    assert line.typing is None and not line.press("backspace") and not line.press("escape")


def test_a_line_is_sent_once_with_single_blanks():
    line = typed("  two  of this ")
    assert line.typing == "  two  of this " and line.sent() == ""
    assert line.press("enter") and line.typing is None
    assert line.sent() == "two of this" and line.sent() == ""


def test_backspace_takes_one_character_of_any_script_and_never_too_many():
    line = typed("帮我买é")
    for _ in range(2):
        line.press("backspace")
    assert line.typing == "帮我"
    for _ in range(5):
        assert line.press("backspace")
    assert line.typing == ""


def test_escape_sends_nothing():
    line = typed("buy it")
    assert line.press("escape") and line.typing is None and line.sent() == ""


def test_control_characters_and_too_much_are_left_out():
    line = typed("a\x07\x1b\n\u202eb" + "x" * MOST_TYPED)
    assert line.typing.startswith("abx") and len(line.typing) == MOST_TYPED
