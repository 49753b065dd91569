"""Breaking lines: no mark stands where none may, nothing is lost, and lines are about equally long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showroom.imagine.scribe.lines import NOT_FIRST, NOT_LAST, broken, fits, pieces, tidy

ENGLISH = "Point at a bottle and press to step inside; let go and it flies home."
ITALIAN = "La spiaggia un'ora dopo la pioggia, prima che qualcuno ci cammini."
CHINESE = "雨停一小时后的海滩,还没有人走过。唇上有盐,石子是湿的,一缕海藻搭在灰白的浮木上慢慢晾干。"
LETTERS = "abc é我们香水，。、！？（）《》“”…—-'’ 0123€%"


def width(text: str) -> float:
    """Every letter is 10 wide, every Chinese sign 20."""
    return sum(20 if character >= "\u2e80" else 10 for character in text)


@pytest.mark.parametrize("most_px", [60, 100, 200, 333])
def test_chinese_lines_neither_begin_nor_end_with_the_wrong_mark(most_px):
    text = tidy(CHINESE + "《退潮》(一种“海”的香气)——它留下……", "zh")
    lines = broken(text, width, most_px, 99)
    assert "".join(lines) == text
    assert not any(line[0] in NOT_FIRST or line[-1] in NOT_LAST for line in lines)


def test_latin_breaks_at_blanks_and_after_hyphens_only():
    assert pieces("a well-made rose") == ["a ", "well-", "made ", "rose"]
    assert pieces("un’ora d’alga") == ["un’ora ", "d’alga"]


def test_a_price_is_never_torn_from_its_currency():
    assert pieces("€\u00a0195 now") == ["€\u00a0195 ", "now"]


def test_latin_words_and_numbers_stay_whole_in_chinese():
    assert "Candelora" in pieces(tidy("香水Candelora的", "zh"))
    assert any("195" in piece for piece in pieces("价格195元"))


@given(st.text(alphabet=LETTERS, max_size=120), st.integers(20, 400))
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost_and_nothing_is_too_wide(text, most_px):
    text = tidy(text, "zh")
    lines = broken(text, width, most_px, 10_000)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= most_px for line in lines)


@given(st.text(alphabet=LETTERS, min_size=1, max_size=200), st.integers(40, 300), st.integers(1, 4))
@settings(max_examples=150, deadline=None)
def test_never_more_lines_than_there_may_be(text, most_px, most_lines):
    lines = broken(tidy(text, "en"), width, most_px, most_lines)
    assert len(lines) <= most_lines
    assert all(width(line) <= most_px for line in lines)


@pytest.mark.parametrize("text", [ENGLISH, ITALIAN, tidy(CHINESE, "zh")])
def test_lines_are_about_equally_long(text):
    lines = broken(text, width, 0.62 * width(text), 9)
    assert len(lines) == 2
    assert min(map(width, lines)) >= 0.7 * max(map(width, lines))


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = broken(ENGLISH, width, 200, 2)
    assert len(lines) == 2 and lines[-1].endswith("…") and not lines[-1].endswith(" …")
    assert lines[0] in ENGLISH


def test_fitting_is_not_cutting_a_word():
    assert fits("extraordinary", width, 130, 1)
    assert not fits("extraordinary", width, 129, 1)
    assert not fits("two words", width, 60, 1)
    assert fits("two words", width, 60, 2)


@pytest.mark.parametrize(("given_text", "language", "set_as"), [
    ("雨停了,海滩空着.", "zh", "雨停了，海滩空着。"),
    ("海(真的)吗?", "zh", "海（真的）吗？"),
    ("价格 1,950.50", "zh", "价格 1,950.50"),
    ("un'ora  d'inverno", "it", "un’ora d’inverno"),
    ("line\nbreak\tand \u202eturned\u200b round\x07", "en", "line break and turned round"),
    ("a, b. c", "en", "a, b. c"),
])
def test_text_is_tidied_as_a_typesetter_would(given_text, language, set_as):
    assert tidy(given_text, language) == set_as


def test_a_text_without_end_is_cut():
    assert len(tidy("x" * 100_000, "en")) == 1000
