"""Pages and panels: everything on the glass, nothing lower than a degree, readable, and the same every time."""

import math

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from showroom.imagine.scribe import fonts
from showroom.imagine.scribe.fonts import DISPLAY, TEXT, Face
from showroom.imagine.scribe.ink import panel_of
from showroom.imagine.scribe.marks import accent, accents
from showroom.imagine.scribe.page import LEAST_PITCH_PX, PX_A_M, RULE, page_of
from showroom.srgb import linear_from_srgb
from showroom.words.sign import CAPTION, CARD, CHOICE, CHOSEN, CURSOR, FILLING, SIZES_M, STEPS, Writing

NOTES = {
    "en": ("Perfume", "The beach an hour after rain.", "top\tTop\tbergamot, sea salt", "heart\tHeart\tseaweed, sage",
           "base\tBase\tdriftwood, ambergris", "price\t\t€\u00a0195"),
    "zh": ("香水", "雨停一小时后的海滩,还没有人走过。", "top\t前调\t佛手柑、海盐", "heart\t中调\t海藻、鼠尾草",
           "base\t后调\t浮木、龙涎香", "price\t\t€\u00a0195"),
    "it": ("Profumo", "La spiaggia un'ora dopo la pioggia.", "top\tTesta\tbergamotto, sale marino",
           "heart\tCuore\talghe, salvia", "base\tFondo\tlegno di mare, ambra grigia", "price\t\t195\u00a0€"),
}
NAMES = {"en": "Low Tide", "zh": "退潮", "it": "Bassa Marea"}
LANGUAGES = tuple(NAMES)


def card(language: str = "en", **changes) -> Writing:
    return Writing(CARD, changes.get("title", NAMES[language]), changes.get("lines", NOTES[language]), language)


def lines_down(page) -> list[float]:
    """Baselines of a page, each once, from the top down."""
    return sorted({round(line.baseline, 1) for line in page.lines})


def test_a_degree_is_what_it_says():
    assert LEAST_PITCH_PX >= math.floor(2 * 2.0 * math.tan(math.radians(0.5)) * PX_A_M)


TEXTS = st.text(alphabet="abcdefghilmno ,.香水雨停盐’ÀÈŒ-–€0129", max_size=160)


@given(st.sampled_from((CAPTION, CARD, CHOICE)), TEXTS, st.lists(TEXTS, max_size=7), st.sampled_from(LANGUAGES), st.data())
@settings(max_examples=30, deadline=None)
def test_whatever_is_written_stays_on_the_glass_and_a_degree_high(kind, title, lines, language, data):
    tabs = data.draw(st.lists(st.sampled_from(["", "top\tTop\t", "base\t后调\t", "price\t\t", "\tRose\t"]),
                              min_size=len(lines), max_size=len(lines)))
    page = page_of(Writing(kind, title, tuple(tab + line for tab, line in zip(tabs, lines, strict=True)), language))
    left, top, right, bottom = page.box
    assert 0 <= left < right <= page.size[0] and 0 <= top < bottom <= page.size[1]
    for line in page.lines:
        assert left < line.x and line.x + line.face.width(line.text) < right
        assert top < line.baseline - 0.6 * line.face.px
    baselines = lines_down(page)
    assert all(below - above >= 0.85 * LEAST_PITCH_PX for above, below in zip(baselines, baselines[1:]))
    if len(lines) < 4:
        assert all(line.baseline < bottom for line in page.lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_products_card_says_everything(language):
    page = page_of(card(language))
    said = "".join(line.text for line in page.lines).upper().replace(" ", "")
    for text in (NAMES[language], *(cell for line in NOTES[language] for cell in line.split("\t")[1:])):
        words = text.replace("'", "’").replace(" ", "").replace("\u00a0", "\u00a0").upper()
        assert words in said, text
    assert not any("…" in line.text for line in page.lines)
    assert [mark.kind for mark in page.marks if mark.kind != RULE] == ["top", "heart", "base"]
    middle_of_all = (lines_down(page)[0] + lines_down(page)[-1]) / 2
    assert abs(middle_of_all - page.size[1] / 2) < 0.08 * page.size[1]


def test_a_long_description_is_cut_before_notes_are():
    lines = (NOTES["en"][0], "It goes on and on. " * 40, *NOTES["en"][2:])
    page = page_of(card(lines=lines))
    shown = [line.text for line in page.lines]
    assert any(text.endswith("…") for text in shown)
    assert "driftwood, ambergris" in " ".join(shown)
    assert max(line.baseline for line in page.lines) < page.box[3]


def test_names_alone_stand_in_the_middle():
    page = page_of(card(title="Your visit", lines=("\t\tLow Tide", "\t\tVespers")))
    names = [line for line in page.lines if line.text in ("Low Tide", "Vespers")]
    assert len(names) == 2
    for line in names:
        assert line.x + line.face.width(line.text) / 2 == pytest.approx(page.size[0] / 2, abs=1)


def test_a_long_sentence_takes_three_lines_before_it_is_cut():
    text = "Tobacco leaf, leather and birch tar: it smells of an armchair, old books and late hours, so stay a while, " \
           "as long as you like, until the lamp goes out."
    page = page_of(Writing(CAPTION, text))
    assert len(page.lines) == 3 and "…" not in page.lines[-1].text


def test_a_caption_is_no_wider_than_it_needs():
    short, long = (page_of(Writing(CAPTION, text)).box for text in ("Welcome", "Point at a bottle and press to step inside."))
    assert short[2] - short[0] < 0.5 * (long[2] - long[0])
    assert short[0] + short[2] == pytest.approx(long[0] + long[2], abs=2)


@pytest.mark.parametrize("kind", list(SIZES_M))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_writing_gives_the_same_bytes(kind, language):
    writing = Writing(kind, NAMES[language], NOTES[language] if kind == CARD else (), language)
    first, second = panel_of(writing).pixels, panel_of(writing).pixels
    assert first.shape == (*(round(edge * PX_A_M) for edge in SIZES_M[kind][::-1]), 4)
    assert np.array_equal(first, second)


@pytest.mark.parametrize("behind", [0.0, 0.18, 1.0])
@pytest.mark.parametrize("lit", [False, True])
def test_words_stand_out_whatever_is_behind(behind, lit):
    """Contrast of 4.5 to 1 at least. Source: WCAG 2.2, success criterion 1.4.3."""
    pixels = panel_of(Writing(CHOICE, "English", lit=lit)).pixels / 255.0
    alpha = pixels[..., 3:]
    light = linear_from_srgb(pixels[..., :3]) * alpha + behind * (1 - alpha)
    luminance = light @ [0.2126, 0.7152, 0.0722]
    middle = luminance[50:-50, 120:-120]
    darkest, brightest = np.quantile(middle, 0.005), np.quantile(middle, 0.995)
    assert (brightest + 0.05) / (darkest + 0.05) >= 4.5


def test_a_panel_ends_in_nothing():
    """No edge of the picture shows, and what is clear has the colour of what is beside it."""
    for writing in (card(), Writing(CAPTION, "Welcome"), Writing(CHOICE, "English", lit=True)):
        pixels = panel_of(writing).pixels
        border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        assert border[:, 3].max() <= 2
        assert panel_of(writing).pixels[..., 3].max() > 225


def test_a_lit_card_glows_and_reads_as_before():
    dark, lit = (panel_of(Writing(CARD, "Low Tide", NOTES["en"], lit=lit)).pixels.astype(float) for lit in (False, True))
    edge, inside = (slice(400, 600), slice(0, 30)), (slice(200, 800), slice(200, 600))
    assert (lit * lit[..., 3:])[edge].mean() > 2 * (dark * dark[..., 3:])[edge].mean()
    assert np.abs(lit - dark)[inside][..., :3].mean() < 40


def test_lit_and_unlit_are_told_apart_at_a_glance():
    unlit, lit = (panel_of(Writing(CHOICE, "English", lit=lit)).pixels[84, 60:490, :3].mean() for lit in (False, True))
    assert lit - unlit > 80


def test_each_accent_is_a_drawing_of_its_own():
    drawn = {name: np.asarray(accent(name, 62), float) for name in accents()}
    assert set(drawn) == {"top", "heart", "base"}
    for name, one in drawn.items():
        assert 0.03 < one.mean() / 255 < 0.4
        assert all(name == other or np.abs(one - two).mean() > 10 for other, two in drawn.items())
        assert max(one[0].max(), one[-1].max(), one[:, 0].max(), one[:, -1].max()) == 0
    assert np.asarray(accent("no such", 62)).max() == 0


def test_a_cursor_is_a_ring_that_is_seen_before_light_and_dark():
    pixels = panel_of(Writing(CURSOR, "")).pixels.astype(float)
    middle, ring, between = pixels[36, 36], pixels[36, 36 + 24], pixels[36, 36 + 13]
    assert middle[3] > 250 and ring[3] > 250 and between[3] < 60
    assert middle[:3].min() > 200 and ring[:3].min() > 200
    assert ((pixels[..., 3] > 60) & (pixels[..., :3].max(axis=2) < 60)).sum() > 50  # its dark edge
    assert pixels[0, :, 3].max() == pixels[:, 0, 3].max() == 0


# Fonts ----------------------------------------------------------------------------------------------

def test_every_letter_of_three_languages_has_a_font():
    for hand in (DISPLAY, TEXT):
        for text in ("Bergamot’s “élan” — Così è più, città; €195", "退潮、佛手柑与龙涎香，“海”的气息……（香水）！"):
            face = Face(hand, 40, "zh")
            assert "".join(run for _, run in face.runs(text)) == text
            assert None not in [source for source, _ in face.runs(text)]


def test_marks_are_wide_in_chinese_and_narrow_elsewhere():
    assert Face(TEXT, 40, "zh").width("“") > 1.5 * Face(TEXT, 40, "it").width("“")


def test_a_letter_that_no_font_has_is_left_out():
    assert Face(TEXT, 40).width("rose\U000F0000") == Face(TEXT, 40).width("rose")


def test_without_its_fonts_the_scribe_says_which_and_draws_what_it_can(monkeypatch):
    assert fonts.lacking() == ""
    monkeypatch.setattr(fonts, "_installed", dict)
    monkeypatch.setattr(fonts, "_of_system", list)
    forget = (fonts.sources, fonts._width)
    for kept in forget:
        kept.cache_clear()
    try:
        pixels = panel_of(Writing(CHOICE, "English 中文")).pixels
        panel_of(Writing(CARD, "Vespers", NOTES["en"]))
        assert all(name in fonts.lacking() for name in fonts._PACKAGES)
        assert (pixels[60:110, 100:450, :3].max(axis=2) > 200).sum() > 200
    finally:
        for kept in forget:
            kept.cache_clear()


# What is counted, chosen and scanned -------------------------------------------------------------------

@pytest.mark.parametrize("secret", ["a" * 32, "aZ09-_xY" * 4, "p2TW2guICwUPjK8te3udvJoDxuO6SvpN"])
def test_a_code_on_a_card_is_read_by_another_program(secret):
    address = f"http://192.168.100.200:8765/pay/{secret}"
    shown = panel_of(Writing(CARD, "Low Tide", ("2 × 50 ml", f"code\t\t{address}", "price\t\t€390"))).pixels
    assert [code.text for code in zxingcpp.read_barcodes(np.ascontiguousarray(shown[..., :3]))] == [address]


def test_a_ring_fills_step_by_step():
    gold = [int((panel_of(Writing(FILLING, str(step))).pixels[..., 0] > 200).sum()) for step in range(STEPS + 1)]
    assert gold[0] == 0 and all(after > before for before, after in zip(gold, gold[1:]))
    assert panel_of(Writing(FILLING, "Low Tide")).pixels.tobytes() == panel_of(Writing(FILLING, "0")).pixels.tobytes()


def test_what_is_chosen_looks_so():
    plain, chosen = (panel_of(Writing(CHOICE, "50 ml", lines)).pixels for lines in ((), (CHOSEN,)))
    assert not np.array_equal(plain, chosen)
