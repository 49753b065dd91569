"""One product told in English, Chinese and Italian is one smell, one palette, one place.

`three_languages.toml` holds lists of notes and shop prose in the three languages; the catalogue's own
texts are read beside them. The same seed is asked for, since a seed turns the palette's shares.
"""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from showroom.catalogue import load_catalogue, product_from_text
from showroom.oklab import lab
from showroom.words.vocabulary import ACCORDS, LANGUAGES

TABLE = Path(__file__).with_name("three_languages.toml")
OTHERS = [language for language in LANGUAGES if language != "en"]


def told() -> list[tuple[str, dict[str, str]]]:
    """(name, text by language) of every product."""
    written = tomllib.loads(TABLE.read_text("utf-8"))["product"]
    texts = [(row["name"], {language: row[language] for language in LANGUAGES}) for row in written]
    return texts + [(product.id, product.description) for product in load_catalogue().products]


@pytest.fixture(scope="module")
def specs(nose):
    """The specs of every text: name → language → spec."""
    return {
        name: {language: nose.imagine(product_from_text(text[language]), seed=1) for language in LANGUAGES}
        for name, text in told()
    }


def accords(spec) -> np.ndarray:
    """(accords,) of a spec, of length 1."""
    row = np.array([spec.accords.get(name, 0.0) for name in ACCORDS])
    return row / np.linalg.norm(row)


def palette(spec) -> np.ndarray:
    """(3, 3) the mean OKLab colour of each stage."""
    return np.array([sum(c.weight * lab(c.srgb) for c in stage.colours) for stage in spec.palette])


def apart(one, other) -> float:
    """Distance of two palettes in OKLab, the mean over the stages."""
    return float(np.linalg.norm(palette(one) - palette(other), axis=1).mean())


def test_the_texts_are_many_and_in_three_languages():
    assert len(told()) >= 40
    for name, text in told():
        assert set(text) == set(LANGUAGES) and len(set(text.values())) == 3, name


@pytest.mark.parametrize("language", OTHERS)
def test_accords_are_the_same_in_every_language(specs, language):
    likeness = {name: float(accords(by["en"]) @ accords(by[language])) for name, by in specs.items()}
    far = {name: round(value, 3) for name, value in likeness.items() if value < 0.95}
    assert len(far) <= 0.1 * len(likeness), far
    assert np.mean(list(likeness.values())) >= 0.97, sorted(likeness.items(), key=lambda item: item[1])[:5]


@pytest.mark.parametrize("language", OTHERS)
def test_palettes_are_the_same_in_every_language(specs, language):
    distances = {name: apart(by["en"], by[language]) for name, by in specs.items()}
    assert np.mean(list(distances.values())) <= 0.03, distances
    far = {name: round(value, 3) for name, value in distances.items() if value > 0.06}
    assert len(far) <= 0.1 * len(distances), far


@pytest.mark.parametrize("language", OTHERS)
def test_the_place_is_the_same_for_nearly_all(specs, language):
    elsewhere = [name for name, by in specs.items()
                 if max(by["en"].place, key=by["en"].place.get) != max(by[language].place, key=by[language].place.get)]
    assert len(elsewhere) <= 0.15 * len(specs), elsewhere


@pytest.mark.parametrize(("text", "place"), [
    ("雪后的山顶,空气冰冷,脚下是冰川。", "alpine_snow"), ("海浪打在礁石上,海鸥在风里。", "seashore"),
    ("古寺里香烟袅袅,石阶被雨打湿。", "incense_temple"), ("月光下的花园,夜很静。", "white_garden_night"),
    ("松林深处,光从树干间落下。", "conifer_forest"), ("清晨的茶园,薄雾未散。", "tea_terraces"),
    ("沙丘在黄昏里慢慢变凉。", "desert_dusk"), ("雨夜的街巷,路灯映在石板路上。", "rain_street"),
    ("La neve scricchiola sotto gli scarponi, le cime sono vicine.", "alpine_snow"),
    ("Le onde battono sugli scogli, il vento sa di mare.", "seashore"),
    ("In una chiesa antica la luce scende sull'altare.", "incense_temple"),
    ("Un giardino di notte, la luna sopra il muro.", "white_garden_night"),
    ("Nel bosco la luce scende tra i pini.", "conifer_forest"),
    ("Filari di tè nella bruma del mattino.", "tea_terraces"),
    ("Le dune si raffreddano al tramonto, nel deserto.", "desert_dusk"),
    ("Piove sulla città, i lampioni sul selciato bagnato.", "rain_street"),
])
def test_a_scene_without_any_note_is_still_a_place(nose, text, place):
    spec = nose.imagine(product_from_text(text))
    assert max(spec.place, key=spec.place.get) == place, spec.place


def test_what_is_denied_is_not_smelled(nose):
    spec = nose.imagine(product_from_text("玫瑰与雪松的香气,不含香草。"))
    assert spec.accords.get("vanilla", 0.0) < 0.2 < spec.accords["rose"]
