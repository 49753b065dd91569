"""Taste: the place comes nearer to what a visitor likes, stays the product's, and says so truly."""

import json
import math

import numpy as np
import pytest
from specs import spec_of

from showroom.catalogue import load_catalogue
from showroom.errors import TasteError
from showroom.imagine.answer import Asked, answer
from showroom.imagine.between import between
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.liking import Liking
from showroom.imagine.moves import MOVES
from showroom.imagine.reading import Reader
from showroom.imagine.shown import sentences, still_true
from showroom.imagine.taste import FEELS, MOST_ITEMS, read_taste, taste_of
from showroom.oklab import lab
from showroom.words.light import light_of
from showroom.words.preference import HOURS
from showroom.words.scenespec import Model, SceneSpec
from showroom.words.vocabulary import LANGUAGES, PLACES

LEXICON = load_lexicon()
READER = Reader(LEXICON, None)
PERFUMES = [product for product in load_catalogue().products if product.base]


def imagined(product, table: dict | None = None, language: str = "en") -> SceneSpec:
    taste = None if table is None else taste_of(table, "the test", LEXICON)
    reading = READER.read(product)
    asked = Asked(1, language, taste=taste)
    return answer(reading, Liking.of(reading), product, asked, Model("lexicon", "test"))


def cosine(one: dict, other: dict) -> float:
    return sum(value * other.get(key, 0.0) for key, value in one.items()) / (
        math.hypot(*one.values()) * math.hypot(*other.values()))


def near(spec: SceneSpec, srgb: str) -> float:
    """Mean OKLab distance of the palette to a colour."""
    colours = [colour.srgb for stage in spec.palette for colour in stage.colours]
    return float(np.mean([np.linalg.norm(lab(colour) - lab(srgb)) for colour in colours]))


# a taste → what falls with it
NEARER = {
    "dusk": ({"hour": "dusk"}, lambda s: abs(s.sky.sun_elevation_deg - 4)),
    "dawn": ({"hour": "dawn"}, lambda s: abs(s.sky.sun_elevation_deg - 6)),
    "noon": ({"hour": "noon"}, lambda s: abs(s.sky.sun_elevation_deg - 62)),
    "night": ({"hour": "night"}, lambda s: abs(s.sky.stars - 0.8)),
    "blue": ({"likes": {"colours": ["blu"]}}, lambda s: near(s, "#4676b4")),
    "hex": ({"likes": {"colours": ["#C02030"]}}, lambda s: near(s, "#c02030")),
    "soft": ({"feel": {"softness": 1.0}}, lambda s: 1 - s.touch.softness + s.touch.roughness),
    "rough": ({"feel": {"softness": 0.0}}, lambda s: s.touch.softness - s.touch.roughness),
    "warm": ({"feel": {"warmth": 0.9}}, lambda s: -s.ambience.temperature_k),
    "cool": ({"feel": {"warmth": 0.2}}, lambda s: s.ambience.temperature_k),
    "bright": ({"feel": {"light": 0.8}}, lambda s: -s.sky.exposure_ev),
    "dim": ({"feel": {"light": 0.1}}, lambda s: s.sky.exposure_ev),
    "still": ({"feel": {"stillness": 1}}, lambda s: s.ambience.wind_m_s),
    "lively": ({"feel": {"stillness": 0}}, lambda s: -s.ambience.wind_m_s),
    "tea": ({"likes": {"places": ["tea_terraces"]}}, lambda s: -s.place.get("tea_terraces", 0.0)),
}


@pytest.mark.parametrize("name", NEARER)
def test_every_product_comes_nearer_to_a_taste_and_stays_itself(name):
    table, distance = NEARER[name]
    for product in PERFUMES:
        plain, spec = imagined(product), imagined(product, table)
        SceneSpec.from_plain(spec.to_plain())
        met = name == "night" and plain.sky.stars >= 0.8
        assert distance(spec) < distance(plain) - 1e-3 or met, product.id
        assert cosine(plain.accords, spec.accords) > 0.95 and spec.hero.kind == plain.hero.kind
        assert spec.main_place(PLACES) == plain.main_place(PLACES)


def test_what_is_liked_comes_forward_and_what_is_not_steps_back():
    for product in PERFUMES:
        plain = imagined(product)
        accord = list(plain.accords)[3]
        more = imagined(product, {"likes": {"accords": [accord]}})
        less = imagined(product, {"dislikes": {"accords": [accord]}})
        assert more.accords[accord] > plain.accords[accord] > less.accords[accord]
        assert min(cosine(plain.accords, more.accords), cosine(plain.accords, less.accords)) > 0.9
        main = plain.main_place(PLACES)
        away = imagined(product, {"dislikes": {"places": [main]}})
        assert away.place[main] < plain.place[main] or len(plain.place) == 1


def test_a_liked_note_shows_more_of_its_colour():
    product = load_catalogue().find("prima-rugiada")
    raspberry = LEXICON.resolve("raspberry").note.colours[0]
    weights = [sum(colour.weight for colour in spec.palette[0].colours
                   if np.linalg.norm(lab(colour.srgb) - lab(raspberry)) < 0.06)
               for spec in (imagined(product, {"dislikes": {"notes": ["raspberry"]}}), imagined(product),
                            imagined(product, {"likes": {"notes": ["lampone"]}}))]
    assert weights[0] < weights[1] < weights[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_says_what_the_taste_did_first_and_nothing_untrue_after(language):
    product = load_catalogue().find("resina")
    likes = {"notes": ["vetiver", "rose"], "places": ["seashore"], "accords": ["woody"]}
    table = {"hour": "night", "likes": likes,
             "dislikes": {"accords": ["tuberose"]}, "feel": {"warmth": 0.9, "softness": 0.5}}
    spec = imagined(product, table, language)
    said = sentences()["taste"]
    keys = ("night", "likes_note", "likes_place", "likes_accord", "warmth_more")
    wanted = [said[key][language] for key in keys]
    assert [why.brings for why in spec.why[:5]] == wanted  # there is neither rose nor tuberose in it
    assert spec.why[1].note == LEXICON.resolve("vetiver").note.called(language)
    rest = [why.brings for why in spec.why[5:]]
    assert not set(rest) & {table[language] for table in said.values()}
    plain = imagined(product, None, language)
    daylight = sentences()["light"][light_of(plain)][language]
    assert daylight in [why.brings for why in plain.why]
    assert light_of(spec) == "night" and daylight not in rest
    assert all(still_true(spec, why) for why in spec.why)


def test_an_empty_taste_changes_nothing_and_the_same_taste_gives_the_same_bytes():
    product = PERFUMES[0]
    assert imagined(product, {}).digest == imagined(product).digest
    assert imagined(product, {"feel": {"softness": 0.5}}).digest == imagined(product).digest
    table = {"hour": "dusk", "likes": {"colours": ["green"]}}
    assert imagined(product, table).digest == imagined(product, dict(reversed(table.items()))).digest


@pytest.mark.parametrize("name", MOVES)
def test_halfway_lies_between(name):
    for place in ("rose_garden", "leather_library"):
        start = spec_of(place)
        end = MOVES[name](start)
        half = between(start, end, 0.5).sealed()
        SceneSpec.from_plain(half.to_plain())
        for get in (lambda s: s.sky.sun_elevation_deg, lambda s: s.ambience.temperature_k, lambda s: s.sky.stars,
                    lambda s: sum(item.density for item in s.flora + s.ambience.particles),
                    lambda s: sum(layer.level for layer in s.sound.layers)):
            assert abs(get(half) - (get(start) + get(end)) / 2) < 1e-3
        assert between(start, end, 0.0).sealed().sky == start.sky
        assert between(start, end, 1.0).sealed().ambience.temperature_k == end.sealed().ambience.temperature_k


@pytest.mark.parametrize("name", ["taste.toml", "taste.json"])
def test_a_file_is_read_in_either_form(tmp_path, name):
    path = tmp_path / name
    toml = 'hour = "dusk"\n[likes]\nnotes = ["鸢尾"]\ncolours = ["verde"]\n[feel]\nwarmth = 1\n'
    plain = {"hour": "dusk", "likes": {"notes": ["鸢尾"], "colours": ["verde"]}, "feel": {"warmth": 1}}
    path.write_text(json.dumps(plain) if name.endswith("json") else toml, "utf-8")
    taste = read_taste(path)
    assert (taste.hour, taste.feel, taste.likes.notes["鸢尾"].name) == ("dusk", {"warmth": 1.0}, "iris")
    assert taste.likes.colours == (sentences()["colour"]["green"]["srgb"],)


@pytest.mark.parametrize(("table", "said"), [
    ([], "the file is []; accepted is a table of hour, likes, dislikes, feel"),
    ({"likess": {}}, "the file is ['likess']"),
    ({"hour": "teatime"}, "hour is 'teatime'; accepted is one of dawn, noon"),
    ({"hour": ""}, "hour is ''"), ({"hour": 3}, "hour is 3"),
    ({"likes": {"accords": "citrus"}}, "likes.accords is 'citrus'; accepted is a list of at most 20"),
    ({"likes": {"accords": ["lemony"]}}, "likes.accords is 'lemony'; accepted is one of alcohol"),
    ({"likes": {"accords": [["citrus"]]}}, "likes.accords is ['citrus']; accepted is text"),
    ({"likes": {"notes": ["qwzx vbnmp"]}}, "likes.notes is 'qwzx vbnmp'; accepted is a note"),
    ({"likes": {"notes": ["x" * 81]}}, "accepted is text of at most 80 letters"),
    ({"likes": {"notes": ["rose\n"]}}, "likes.notes is 'rose\\n'"),
    ({"likes": {"places": ["moon"]}}, "likes.places is 'moon'"),
    ({"likes": {"colours": ["greenish"]}}, "likes.colours is 'greenish'; accepted is a colour such as #a1b2c3"),
    ({"dislikes": {"colours": ["red"]}}, "dislikes is ['colours']"),
    ({"likes": {"notes": ["rose"] * (MOST_ITEMS + 1)}}, "21 items"),
    ({"feel": {"softness": 2}}, "feel.softness is 2; accepted is a number from 0 to 1"),
    ({"feel": {"softness": True}}, "feel.softness is True"),
    ({"feel": {"softness": float("nan")}}, "feel.softness is nan"),
    ({"likes": {"places": ["seashore"]}, "dislikes": {"places": ["seashore"]}}, "what is not liked as well"),
])
def test_what_is_no_taste_is_named(table, said):
    with pytest.raises(TasteError) as refusal:
        taste_of(table, "taste.toml", LEXICON)
    assert said in str(refusal.value) and "\n" not in str(refusal.value) and len(str(refusal.value)) < 1000


@pytest.mark.parametrize(("content", "said"), [
    (b"\xff\xfe", "not UTF-8"), (b"hour = dusk", "not TOML"), (b"{", "not JSON"), (b"{" * 30_000, "not JSON"),
    (b"x" * (65 << 10), "at most 65,536"), (None, "No such file"),
])
def test_a_file_that_is_no_taste_is_refused_in_one_line(tmp_path, content, said):
    path = tmp_path / "taste.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TasteError) as refusal:
        read_taste(path)
    assert said in str(refusal.value) and "\n" not in str(refusal.value) and len(str(refusal.value)) < 400


def test_every_wish_has_its_sentence():
    keys = {*HOURS, "colours", *(f"{name}_{way}" for name in FEELS for way in ("more", "less")),
            *(f"{side}_{what}" for side in ("likes", "dislikes") for what in ("note", "place", "accord"))}
    assert set(sentences()["taste"]) == keys
