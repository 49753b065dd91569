"""What is no perfume: from the shop's words alone, in three languages, to place, hero, touch and colours."""

import numpy as np
import pytest

from showroom.catalogue import load_catalogue, product_from_text
from showroom.imagine.shown import sentences
from showroom.oklab import lab
from showroom.words.schema import check
from showroom.words.vocabulary import PLACES

# kind → its words in three languages, and the places where it may stand
GOODS = {
    "jacket": ({"alpine_snow"}, [
        "A down jacket, light as air, for high snow and blue shade.",
        "Parka filled with white goose down for glacier days",
        "羽绒服,轻如空气,为高山的雪而做", "羽绒衣", "Piumino leggero, per la neve d'alta quota", "piumino"]),
    "scarf": ({"white_garden_night", "rose_garden", "tea_terraces"}, [
        "A silk scarf with magnolias", "A silk twill square printed with magnolia branches on midnight blue",
        "印着玉兰的真丝丝巾", "Foulard di seta con magnolie"]),
    "lipstick": ({"rose_garden"}, [
        "lip colour", "A matt lip colour, brick red, one pass is enough", "哑光口红,砖红色",
        "Rossetto opaco, rosso mattone"]),
    "torch": ({"rain_street", "alpine_snow", "conifer_forest", "white_garden_night"}, [
        "souvenir torch", "A flashlight of brushed aluminium, a souvenir from the mountain railway",
        "手电筒,铝制,雨夜街上的一束光", "Torcia souvenir in alluminio per la pioggia di notte"]),
    "tea_set": ({"tea_terraces"}, [
        "ceramic tea set", "A tea service in celadon porcelain: a pot and two cups for green tea",
        "青瓷茶具,一壶两杯", "Servizio da tè in ceramica verde"]),
}
SAID = [(kind, text) for kind, (_, texts) in GOODS.items() for text in texts]


@pytest.fixture(scope="module")
def specs(nose):
    return {text: nose.imagine(product_from_text(text)) for _, text in SAID}


@pytest.mark.parametrize(("kind", "text"), SAID)
def test_words_alone_make_a_hero_in_a_fitting_place(specs, kind, text):
    spec = specs[text]
    check(spec.to_plain())
    assert spec.hero.kind == kind and spec.hero.fill == 0
    assert spec.main_place(PLACES) in GOODS[kind][0], spec.place


def test_each_feels_in_the_hand_as_it_is(specs):
    feel = {kind: [specs[text].touch for text in texts] for kind, (_, texts) in GOODS.items()}
    assert min(touch.softness for touch in feel["jacket"] + feel["scarf"]) > 0.75
    assert max(touch.softness for touch in feel["torch"] + feel["tea_set"]) < 0.4
    light, heavy = feel["jacket"] + feel["scarf"], feel["torch"]
    assert max(touch.weight for touch in light) < min(touch.weight for touch in heavy)
    assert max(touch.warmth for touch in feel["jacket"]) < 0.3  # the cold it keeps out
    assert min(touch.roughness for touch in feel["torch"]) > max(touch.roughness for touch in feel["scarf"])
    cold = [specs[text].ambience.temperature_k for text in GOODS["jacket"][1]]
    assert max(cold) < 270 < min(specs[text].ambience.temperature_k for text in GOODS["tea_set"][1])


@pytest.mark.parametrize(("text", "srgb"), [
    ("A matt lip colour, brick red, one pass is enough", "#9e3f2f"), ("哑光口红,砖红色", "#9e3f2f"),
    ("Rossetto opaco, rosso mattone", "#9e3f2f"),
    ("A silk twill square printed with magnolia branches on midnight blue", "#1d2740"),
    ("青瓷茶具,一壶两杯", "#a9c3ae"), ("Servizio da tè in ceramica verde", "#659a48"),
])
def test_the_colour_that_is_said_is_the_colour_that_is_seen(specs, text, srgb):
    spec = specs[text]
    assert np.linalg.norm(lab(spec.hero.body_srgb) - lab(srgb)) < 0.02
    nearest = min(np.linalg.norm(lab(c.srgb) - lab(srgb)) for stage in spec.palette for c in stage.colours)
    assert nearest < 0.06


def test_the_matter_that_is_said_is_the_matter_that_is_seen(nose):
    def hero(text):
        return nose.imagine(product_from_text(text)).hero

    for matt, shiny in (("A matt lip colour", "A lacquered lip colour"), ("哑光口红", "亮面口红"),
                        ("Rossetto opaco", "Rossetto lucido"),
                        ("An unglazed tea set", "A glazed porcelain tea set")):
        assert hero(matt).roughness > hero(shiny).roughness + 0.4
    assert hero("A steel torch, polished").metallic > 0.8 > 0.1 > hero("A ceramic tea set").metallic
    assert hero("Flashlight of brushed aluminium").roughness > hero("Flashlight of aluminium").roughness + 0.2


def test_what_has_no_smell_is_given_none(nose):
    """Unknown words are guessed into notes for a perfume; for a thing they are not."""
    spec = nose.imagine(product_from_text("souvenir torch"))
    assert spec.accords == {} and spec.confidence < 0.4
    assert all(why.layer == "text" for why in spec.why)
    lit = sentences()["hero"]["torch"]["en"]
    assert [why.note for why in spec.why if why.brings == lit] == ["souvenir torch"]


def test_a_perfume_that_tells_of_such_things_is_a_perfume_still():
    for text in ("Torches along the temple wall, myrrh and old stone.",
                 "A lantern, a torch-lit stair, incense.", "Green tea poured for two, bamboo in the rain.",
                 "She left her lips on the glass: raspberry, rose."):
        assert product_from_text(text).kind == "perfume"


@pytest.mark.parametrize("product", [each for each in load_catalogue().products if each.kind != "perfume"],
                         ids=lambda product: product.id)
def test_the_house_s_own_things_keep_their_colours(nose, product):
    hero = nose.imagine(product).hero
    assert (hero.kind, hero.body_srgb) == (product.kind, product.hero["body_srgb"])
