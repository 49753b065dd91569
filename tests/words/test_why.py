"""Why: each reason is true of the spec it stands in, and names only what the product says."""

import dataclasses
import json
import re
import tomllib

import numpy as np
import pytest

from showroom import paths
from showroom.catalogue import load_catalogue, product_from_notes, product_from_text
from showroom.imagine.answer import Asked, answer
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.liking import Liking
from showroom.imagine.materials import NEVER
from showroom.imagine.matter import Matter
from showroom.imagine.picture import Photo
from showroom.imagine.places import place_table
from showroom.imagine.reading import Reader
from showroom.imagine.shown import sentences
from showroom.imagine.things import thing_table
from showroom.oklab import lab
from showroom.words import vocabulary as v
from showroom.words.scenespec import Colour, Model, SceneSpec

LEXICON = load_lexicon()
READER = Reader(LEXICON, None)  # it fails as soon as it would need the encoder
NAMES_ALONE = ("colour", "accord", "taste_names")
NAMES = {"place": v.PLACES, "flora": v.FLORA, "particles": v.PARTICLES, "sound": v.SOUNDS, "hero": v.HEROES,
         "season": v.SEASONS, "palette": v.STAGES, "accord": v.ACCORDS,
         "surface": [name for name in v.SURFACES if name != "liquid"],
         "between": [name for name in v.SURFACES if name not in NEVER]}
MATERIALS = tomllib.loads((paths.ASSETS / "materials.toml").read_text("utf-8"))


def spec_of(product, language="en", **asked) -> SceneSpec:
    reading = READER.read(product)
    return answer(reading, Liking.of(reading), product, Asked(1, language, **asked), Model("lexicon", "test"))


def random_products(count: int):
    rng = np.random.default_rng(11)
    # a name with "e" or "and" in it cannot be told from two
    names = sorted(note.name for note in LEXICON.notes if not {"e", "and", "和"} & set(note.name.split()))
    for _ in range(count):
        picked = [names[at] for at in rng.choice(len(names), 9, replace=False)]
        yield product_from_notes({"top": picked[:3], "heart": picked[3:6], "base": picked[6:]})


def meant(language: str) -> dict[str, tuple[str, str, str]]:
    """Sentence → (kind, name, colour or material) of everything that may be said in a language."""
    told = {}
    for kind, table in sentences().items():
        for name, said in table.items():
            if kind == "palette":
                for colour, named in sentences()["colour"].items():
                    told[said[language].format(colour=named[language])] = (kind, name, colour)
            elif kind == "between":
                for material, table in MATERIALS.items():
                    told[said[language].format(material=table["name"][language])] = (kind, name, material)
            elif kind == "words":
                for place in v.PLACES:
                    called = place_table(place).names[language]
                    told[said[language].format(place=called)] = ("words", place, "")
            elif kind not in NAMES_ALONE:
                told[said[language]] = (kind, name, "")
    return told


def true_of(spec: SceneSpec, kind: str, name: str, detail: str) -> bool:
    place = max(spec.place, key=lambda key: spec.place[key])
    bare = place_table(place).surfaces
    air, sky = spec.ambience, spec.sky

    def further(key: str) -> float:
        return np.mean([getattr(spec.surfaces[each], key) - getattr(bare[each], key) for each in bare])

    match kind:
        case "place" | "words":
            return name == place
        case "light":
            high = sky.sun_elevation_deg
            return {"room": place in v.INDOOR, "night": sky.stars > 0.3, "low": high < 15, "high": high > 37,
                    "middle": 13 < high < 39}[name]
        case "air":
            return {"cold": air.temperature_k < 283, "warm": air.temperature_k > 293,
                    "mild": 281 < air.temperature_k < 295}[name]
        case "palette":
            first = next(stage for stage in spec.palette if stage.stage == name).colours[0].srgb
            return np.linalg.norm(lab(first) - lab(sentences()["colour"][detail]["srgb"])) < 0.13
        case "surface":
            return max(np.linalg.norm(lab(getattr(spec.surfaces[name], key)) - lab(getattr(bare[name], key)))
                       for key in ("srgb", "accent_srgb")) > 0.01
        case "between":
            return spec.surfaces[name].also == detail and spec.surfaces[name].painter == bare[name].painter
        case "finish":
            return {"wetter": further("wetness") > 0.02, "drier": further("wetness") < -0.02,
                    "rougher": further("roughness") > 0.02, "smoother": further("roughness") < -0.02}[name]
        case "flora":
            return bool(spec.flora) if name == "native" else name in [item.name for item in spec.flora]
        case "particles":
            return bool(air.particles) if name == "native" else name in [item.name for item in air.particles]
        case "things":
            return bool(spec.things)
        case "sound":
            return name == max(spec.sound.layers, key=lambda layer: (layer.level, layer.name)).name
        case "hero":
            return spec.hero.kind == ("bottle" if name == "own" else name)
        case "season":
            return name == max(spec.season, key=lambda key: spec.season[key]) and spec.season[name] >= 0.3
        case "photo":
            return True
    raise AssertionError(kind)


def named(words: str, language: str) -> list[str]:
    return re.split({"en": r", | and ", "zh": "、|和", "it": ", | e "}[language], words)


def speaks(note, kind: str, name: str, detail: str, spec: SceneSpec) -> bool:
    """Whether a note may be named for something: it carries it, or has its colour."""
    characters = [character for character, _ in note.blend]
    if kind == "place":
        return any(character.places.get(name, 0) > 0 for character in characters)
    if kind == "between":
        homes = [place for place in spec.place if place_table(place).surfaces[name].painter == detail]
        return bool(homes) or any(character.name in MATERIALS[detail]["characters"] for character in characters)
    if kind == "things":
        return thing_table().of(note) in [thing.name for thing in spec.things]
    if kind in ("flora", "particles") and name != "native":
        return any(getattr(character, kind) == name for character in characters)
    return True


def check(product, language: str) -> set[str]:
    """Asserts that every reason is true; returns the kinds that were told."""
    spec, told = spec_of(product, language), meant(language)
    own = {LEXICON.resolve(said).note.name for stage in v.STAGES for said in product.notes[stage]}
    own |= {scent.note.name for scent in READER.read(product).scents if scent.layer == "text"}
    kinds = set()
    for why in spec.why:
        kind, name, detail = told[why.brings]
        kinds.add(kind)
        assert true_of(spec, kind, name, detail), (product.id, why)
        if why.note in product.name.values():
            continue
        for said in named(why.note, language):
            found = LEXICON.resolve(said)
            assert found and found.note.name in own, (product.id, why)
            assert speaks(found.note, kind, name, detail, spec), (product.id, why)
    assert len({(why.note, why.brings) for why in spec.why}) == len(spec.why)
    return kinds


def test_there_is_a_sentence_for_everything_in_every_language_and_no_two_are_alike():
    for kind, names in NAMES.items():
        assert set(names) <= set(sentences()[kind]), kind
    for language in v.LANGUAGES:
        said = [table[language] for kinds in sentences().values() for table in kinds.values()]
        assert all(len({table[language] for table in sentences()[kind].values()}) == len(sentences()[kind])
                   for kind in NAMES_ALONE)
        assert all(line.strip() == line and 0 < len(line) <= 110 for line in said)
        assert len(meant(language)) == sum(
            len(table) * {"palette": len(sentences()["colour"]), "words": len(v.PLACES),
                          "between": len(MATERIALS)}.get(kind, 1)
            for kind, table in sentences().items() if kind not in NAMES_ALONE)


@pytest.mark.parametrize("language", v.LANGUAGES)
@pytest.mark.parametrize("product", [product for product in load_catalogue().products if product.base],
                         ids=lambda product: product.id)
def test_every_reason_is_true_over_the_catalogue(product, language):
    kinds = check(product, language)
    assert kinds >= {"place", "light", "air", "palette", "sound", "hero", "particles", "things"}


def test_every_reason_is_true_over_random_notes():
    told: dict[str, int] = {}
    for at, product in enumerate(random_products(60)):
        for kind in check(product, v.LANGUAGES[at % 3]):
            told[kind] = told.get(kind, 0) + 1
    assert all(told[kind] == 60 for kind in ("place", "light", "air", "sound", "hero"))
    assert all(told[kind] > 40 for kind in ("palette", "particles", "surface", "between")), told


def test_every_reason_is_true_over_perfumes_that_people_wear(data_folder):
    text = (data_folder / "accord_votes_dev.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    checked = 0
    for row in rows[::7]:
        notes = {stage: row[stage] for stage in v.STAGES}
        said = [name for names in notes.values() for name in names]
        if all(LEXICON.resolve(name) and " and " not in name and "," not in name for name in said):
            checked += bool(check(product_from_notes(notes), "en"))
    assert checked > 15


@pytest.mark.parametrize("language", v.LANGUAGES)
def test_the_three_stages_name_their_own_notes(language):
    product = load_catalogue().find("bassa-marea")
    said = [why for why in spec_of(product, language).why if meant(language)[why.brings][0] == "palette"]
    assert [why.layer for why in said] == list(v.STAGES)
    salt = {"en": "sea salt", "zh": "海盐", "it": "sale marino"}[language]
    assert any(salt in why.note for why in spec_of(product, language).why)


def test_a_note_is_called_as_the_product_calls_it():
    notes = " ".join(why.note for why in spec_of(load_catalogue().find("resina")).why)
    assert "cedarwood" in notes and "juniper berry" in notes


def test_what_no_note_brought_is_told_by_the_product_s_name():
    jacket = product_from_text("down jacket, snow, mint")
    hero = next(why for why in spec_of(jacket).why if meant("en")[why.brings][0] == "hero")
    assert hero.note == jacket.name["en"] and hero.layer == "text"


@pytest.mark.parametrize(("matter", "name"), [
    (Matter(0.0, 0.0, 0.0), "matt"), (Matter(0.8, 0.0, 0.0), "gloss"), (Matter(0.9, 0.0, 0.7), "clear"),
    (Matter(0.9, 0.8, 0.0), "metal"),
])
def test_a_photo_is_named_first(matter, name):
    photo = Photo((Colour("#b02040", 1.0),), matter, np.zeros((1, 1, 3), np.uint8))
    first, *rest = spec_of(product_from_text("rose, peony"), "it", photo=photo).why
    assert first.note == "la vostra foto" and meant("it")[first.brings] == ("photo", name, "")
    assert all(why.note != first.note for why in rest)


def test_a_place_that_the_photo_brought_is_told_of_the_photo():
    product = product_from_text("rose, peony")
    reading = READER.read(product)
    shore = dataclasses.replace(Liking.of(reading), places={"seashore": 0.6, "rose_garden": 0.4})
    photo = Photo((Colour("#3a7ca8", 1.0),), Matter(0.0, 0.0, 0.0), np.zeros((1, 1, 3), np.uint8))
    why = answer(reading, shore, product, Asked(1, photo=photo), Model("lexicon", "test")).why
    assert (why[1].note, why[1].brings) == ("your photo", "it made us think of this place: seashore")


def test_a_place_where_no_note_lives_is_told_of_as_a_thought():
    product = product_from_text("rose, peony")
    reading = READER.read(product)
    shore = dataclasses.replace(Liking.of(reading), places={"seashore": 1.0})
    first = answer(reading, shore, product, Asked(1), Model("lexicon", "test")).why[0]
    assert (first.note, first.brings) == ("rose and peony", "it made us think of this place: seashore")
