"""Reading and composing without the sentence encoder: what the lexicon alone knows."""

import numpy as np
import pytest

from showroom.catalogue import load_catalogue, product_from_notes, product_from_text
from showroom.imagine.answer import Asked, answer
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.liking import Liking
from showroom.imagine.matter import Matter
from showroom.imagine.picture import Photo
from showroom.imagine.reading import Reader, language_of, listed_notes
from showroom.words.schema import check
from showroom.words.scenespec import Colour, Model, SceneSpec
from showroom.words.vocabulary import LANGUAGES, STAGES

MODEL = Model("lexicon", "test")


@pytest.fixture(scope="module")
def reader() -> Reader:
    """A reader without an encoder: it fails as soon as it would need one."""
    return Reader(load_lexicon(), None)


@pytest.fixture(scope="module")
def imagine(reader):
    """The composed spec of a product made of known notes."""
    def call(product, language="en", seed=1, photo=None) -> SceneSpec:
        reading = reader.read(product)
        return answer(reading, Liking.of(reading), product, Asked(seed, language, photo), MODEL)

    return call


@pytest.mark.parametrize(("text", "items"), [
    ("bergamot, sea salt, driftwood", ["bergamot", "sea salt", "driftwood"]),
    ("rose; peony / raspberry + musk", ["rose", "peony", "raspberry", "musk"]),
    ("佛手柑、海盐、浮木", ["佛手柑", "海盐", "浮木"]),
    ("佛手柑\uff0c海盐\uff1b浮木", ["佛手柑", "海盐", "浮木"]),
    ("玫瑰\uff01麝香", []),
    ("vaniglia e caramello", ["vaniglia", "caramello"]),
    ("rose and musk", ["rose", "musk"]),
    ("vetiver", ["vetiver"]),
    ("rose, no vanilla", ["rose"]),
    ("tincture of rose", ["tincture of rose"]),
    ("a walk in the woods", []),
    ("Salt on the lips, wet stones", []),
    ("Roses. Musk.", []),
    ("乳香落在炭火上,烟自己寻到那扇高窗。旧石与雪松木门。", []),
])
def test_a_bare_list_is_told_from_a_sentence(text, items):
    assert listed_notes(text) == items


@pytest.mark.parametrize(("text", "language"), [
    ("the smell of rain on stone", "en"), ("il profumo della pioggia sulla pietra", "it"),
    ("der Duft von Regen auf dem Stein", "de"), ("雨落在石头上", "zh"), ("vetiver", "en"),
])
def test_the_language_is_told_by_its_commonest_words(text, language):
    assert language_of(text) == language


def test_notes_stand_where_they_are_said_and_lists_where_they_usually_do(reader):
    named = reader.read(product_from_notes({"top": ["vanilla"], "base": ["lemon"]})).scents
    assert [(s.note.name, s.layer, s.stage) for s in named] == [("vanilla", "top", "top"), ("lemon", "base", "base")]
    listed = reader.read(product_from_text("vanilla, lemon")).scents
    assert [(s.layer, s.stage) for s in listed] == [("text", "base"), ("text", "top")]


def test_what_is_denied_is_not_smelled(reader):
    read = reader.read(product_from_text("玫瑰,雪松,不含香草"))
    assert [scent.note.name for scent in read.scents] == ["rose", "cedar"]


def test_every_spec_holds_to_the_schema_and_its_shares_sum(imagine):
    for product in load_catalogue().products[:9]:
        spec = imagine(product)
        check(spec.to_plain())
        assert SceneSpec.from_json(spec.to_json()) == spec
        assert max(spec.accords.values()) == 1.0
        assert [part.stage for part in spec.palette] == list(STAGES)


def test_same_words_same_bytes_and_the_seed_keeps_what_the_product_is(imagine):
    product = load_catalogue().products[0]
    one, again, other = imagine(product), imagine(product), imagine(product, seed=2)
    assert one.to_json() == again.to_json() and one.digest != other.digest
    assert one.accords == other.accords and one.place == other.place and one.season == other.season
    assert one.ambience.wind_azimuth_deg != other.ambience.wind_azimuth_deg


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reasons_are_in_the_language_asked_for(imagine, language):
    product = load_catalogue().find("bassa-marea")
    why = imagine(product, language).why
    salt = {"en": "sea salt", "zh": "海盐", "it": "sale marino"}[language]
    assert any(salt in reason.note for reason in why)
    assert all(reason.brings for reason in why) and {reason.layer for reason in why} >= set(STAGES)


def test_the_smell_s_colours_are_those_of_its_notes(imagine):
    """Lemon is yellow, mint green, raspberry red, lavender violet: as people name them."""
    def strongest(note: str) -> tuple[int, int, int]:
        return tuple(bytes.fromhex(imagine(product_from_text(note)).palette[0].colours[0].srgb[1:]))

    red, green, blue = strongest("lemon")
    assert red > 180 and green > 180 and blue < 130
    red, green, blue = strongest("mint")
    assert green > red and green > blue
    red, green, blue = strongest("raspberry")
    assert red > 1.5 * green and red > 1.5 * blue
    red, green, blue = strongest("lavender")
    assert blue > red > green


def test_a_picture_leans_the_palette_and_the_bottle(imagine):
    product = product_from_text("rose, musk")
    seen = Photo((Colour("#008888", 1.0),), Matter(0.9, 0.0, 0.0), np.zeros((1, 1, 3), np.uint8))
    plain, teal = imagine(product), imagine(product, photo=seen)
    assert "#008888" in [colour.srgb for colour in teal.palette[1].colours]
    assert teal.hero.accent_srgb == "#008888" != plain.hero.accent_srgb
    assert teal.hero.roughness < plain.hero.roughness and teal.accords == plain.accords


def test_the_hero_is_the_product_s_own(imagine):
    bottle = imagine(load_catalogue().find("vespri")).hero
    assert (bottle.kind, bottle.shape, bottle.height_m) == ("bottle", "column", 0.18)
    assert imagine(product_from_text("silk scarf, green tea, mist")).hero.kind == "scarf"


def test_air_and_touch_follow_the_notes(imagine):
    cold = imagine(product_from_text("mint, snow, juniper"))
    warm = imagine(product_from_text("amber, cinnamon, oud"))
    assert cold.ambience.temperature_k + 20 < warm.ambience.temperature_k
    assert cold.touch.warmth < 0.3 < 0.6 < warm.touch.warmth
    assert cold.sound.pitch > warm.sound.pitch
    assert warm.season["winter"] > 0.3 > warm.season["summer"]


def test_a_mixed_place_keeps_its_light_and_takes_others_flora(imagine):
    spec = imagine(product_from_text("driftwood, seaweed, rose"))
    assert spec.main_place(spec.place) == "seashore" and spec.place["rose_garden"] > 0.15
    assert "rose" in [flora.name for flora in spec.flora] and "water" in spec.surfaces
