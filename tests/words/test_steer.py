"""Steering: every word moves a spec the way it says, in every place, and stays inside the schema."""

import numpy as np
import pytest
from specs import spec_of

from showroom.catalogue import load_catalogue
from showroom.errors import InputError
from showroom.imagine.answer import Asked, answer
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.liking import Liking
from showroom.imagine.moves import MOVES
from showroom.imagine.reading import Reader
from showroom.imagine.shown import sentences, still_true
from showroom.imagine.steer import MOST_STEPS, adjust, steering, steps
from showroom.oklab import lab
from showroom.words.scenespec import Model, SceneSpec
from showroom.words.vocabulary import CUT_FLOWERS, FLOWERS, INDOOR, LANGUAGES, PLACES, THINGS

OUTDOORS = [place for place in PLACES if place not in INDOOR]


def amount(items, *names) -> float:
    """How much there is of some flora or particles."""
    return sum(item.density for item in items if item.name in names)


def level(spec: SceneSpec, *names) -> float:
    """How loud some layers are, or all."""
    return sum(layer.level for layer in spec.sound.layers if not names or layer.name in names)


def warmth(spec: SceneSpec) -> float:
    """Yellow against blue of sun and horizon, OKLab."""
    return lab(spec.sky.sun_srgb)[2] + lab(spec.sky.horizon_srgb)[2]


def lightness(spec: SceneSpec) -> float:
    """Of the sky, OKLab."""
    return lab(spec.sky.zenith_srgb)[0] + lab(spec.sky.horizon_srgb)[0]


def relief(spec: SceneSpec, key: str = "relief") -> float:
    """A number of the surfaces, summed."""
    return sum(getattr(surface, key) for surface in spec.surfaces.values())


def pink(spec: SceneSpec) -> float:
    """How near the smell's colours are to a sugar's pink."""
    colours = [lab(colour.srgb) for stage in spec.palette for colour in stage.colours]
    return -np.mean([np.linalg.norm(colour - lab("#f2b4c0")) for colour in colours])


# step → what is greater after it than before (a tuple for each way in which it shows)
GROWS = {
    "warmer": lambda s: (s.ambience.temperature_k, warmth(s), s.touch.warmth),
    "cooler": lambda s: (-s.ambience.temperature_k, -warmth(s), -s.touch.warmth),
    "brighter": lambda s: (s.sky.exposure_ev, s.sky.fill_strength),
    "darker": lambda s: (-s.sky.exposure_ev, -s.sky.fill_strength),
    "misty": lambda s: (s.ambience.haze_per_m, amount(s.ambience.particles, "mist")),
    "clear": lambda s: (-s.ambience.haze_per_m, -s.ambience.humidity),
    "cloudy": lambda s: (-s.sky.sun_strength, s.sky.fill_strength),
    "sunny": lambda s: (s.sky.sun_strength,),
    "windy": lambda s: (s.ambience.wind_m_s, s.ambience.gustiness, level(s, "wind")),
    "calm": lambda s: (-s.ambience.wind_m_s, -s.ambience.gustiness),
    "rainy": lambda s: (level(s, "rain"), -s.sky.sun_strength),
    "snowy": lambda s: (-s.ambience.temperature_k, level(s, "snow")),
    "dry": lambda s: (-s.ambience.humidity,),
    "more_flowers": lambda s: (amount(s.flora, *FLOWERS), amount(s.ambience.particles, "petal")),
    "greener": lambda s: (amount(s.flora, "fern", "grass"), -lab(s.surfaces["ground"].srgb)[1],
                          s.accords.get("green", 0)),
    "softer": lambda s: (s.touch.softness, -s.touch.roughness, -relief(s)),
    "rougher": lambda s: (s.touch.roughness, -s.touch.softness, relief(s)),
    "sweeter": lambda s: (s.accords.get("sweet", 0), pink(s)),
    "fresher": lambda s: (s.accords.get("fresh", 0), s.ambience.wind_m_s, -s.ambience.haze_per_m),
    "smokier": lambda s: (s.accords.get("smoky", 0), amount(s.ambience.particles, "smoke"),
                          s.ambience.haze_per_m),
    "simpler": lambda s: (-sum(item.density for item in s.flora + s.ambience.particles), -relief(s)),
    "richer": lambda s: (sum(item.density for item in s.flora + s.ambience.particles), relief(s)),
    "quieter": lambda s: (-level(s),),
    "louder": lambda s: (level(s),),
}
# step → what holds after it, whatever was before
HOLDS = {
    "night": lambda s: (s.sky.stars >= 0.7 and lab(s.sky.zenith_srgb)[0] < 0.45
                        and lab(s.sky.sun_srgb)[2] < 0),
    "dawn": lambda s: s.sky.sun_elevation_deg < 10 and lab(s.sky.horizon_srgb)[1] > 0 and s.sky.stars < 0.1,
    "dusk": lambda s: s.sky.sun_elevation_deg < 10 and lab(s.sky.sun_srgb)[2] > 0.08,
    "noon": lambda s: s.sky.sun_elevation_deg > 50 and s.sky.stars == 0 and lightness(s) > 1.2,
    "no_flowers": lambda s: not amount(s.flora + s.ambience.particles, *FLOWERS, "petal", "pollen"),
    "clear": lambda s: amount(s.ambience.particles, "mist") == 0,
    "sunny": lambda s: s.sky.cloud <= 0.2,
    "cloudy": lambda s: s.sky.cloud >= 0.4,
    "calm": lambda s: s.ambience.wind_m_s < 2,
}
OUTSIDE = {
    "rainy": lambda s: (amount(s.ambience.particles, "rain") >= 0.5 and relief(s, "wetness") > 1
                        and s.sky.cloud > 0.8),
    "snowy": lambda s: amount(s.ambience.particles, "snow") >= 0.6 and s.ambience.temperature_k < 273,
    "dry": lambda s: (amount(s.ambience.particles, "rain", "spray") == 0
                      and s.surfaces["ground"].wetness < 0.6),
    "windy": lambda s: s.ambience.wind_m_s >= 4,
}


def test_every_move_has_words_and_laws():
    assert set(steering()) == set(MOVES) == set(GROWS) | set(HOLDS) and len(MOVES) >= 20
    said = [words for table in steering().values() for language in LANGUAGES
            for words in table["words"][language].split("|")]
    assert len(said) == len(set(said))
    assert all(table["says"][language].strip() for table in steering().values() for language in LANGUAGES)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", MOVES)
def test_each_word_moves_each_place_as_it_says(name, place):
    before = spec_of(place)
    after = adjust(before, steering()[name]["words"]["en"].split("|")[0])
    SceneSpec.from_plain(after.to_plain())  # raises if it left the schema or its digest is another's
    assert after.digest != before.digest
    for old, new in zip(GROWS.get(name, lambda s: ())(before), GROWS.get(name, lambda s: ())(after)):
        assert new > old + 1e-4
    assert name not in HOLDS or HOLDS[name](after)
    assert name not in OUTSIDE or place in INDOOR or OUTSIDE[name](after)
    if place in INDOOR:
        assert amount(after.ambience.particles, "rain", "snow") == 0


@pytest.mark.parametrize("name", MOVES)
def test_said_twenty_times_it_is_still_a_spec(name):
    words = steering()[name]["words"]["en"].split("|")[0]
    for place in ("seashore", "vanilla_patisserie", "alpine_snow"):
        SceneSpec.from_plain(adjust(spec_of(place), ", ".join([words] * MOST_STEPS)).to_plain())


@pytest.mark.parametrize("text", [
    "warmer, at night, no flowers", "更暖，夜晚、没有花", "Più caldo, di notte e senza fiori",
])
def test_three_languages_say_the_same(text):
    assert [step.name for step in steps(text)] == ["warmer", "night", "no_flowers"]
    place = spec_of("rose_garden")
    one, other = adjust(place, text), adjust(place, "warm; NIGHT\nwithout flowers")
    assert (one.sky, one.flora, one.ambience) == (other.sky, other.flora, other.ambience)


def test_why_begins_with_what_was_said_in_its_language():
    spec = adjust(adjust(spec_of("rose_garden"), "misty"), "di notte, 更暖")
    assert [why.note for why in spec.why[:3]] == ["di notte", "更暖", "misty"]
    assert spec.why[0].brings == steering()["night"]["says"]["it"] and spec.why[0].layer == "text"


def test_the_last_word_counts():
    place = spec_of("rose_garden")
    assert HOLDS["night"](adjust(place, "at noon, at night"))
    assert HOLDS["noon"](adjust(place, "at night, at noon"))
    assert HOLDS["no_flowers"](adjust(place, "more flowers, no flowers"))
    assert amount(adjust(place, "no flowers, more flowers").flora, "rose") > 0


def test_it_is_pure():
    before = spec_of("seashore").to_json()
    assert adjust(spec_of("seashore"), "rainy").digest == adjust(spec_of("seashore"), "rainy").digest
    assert spec_of("seashore").to_json() == before


@pytest.mark.parametrize(("text", "said"), [
    ("warmer, purple", "'purple': unknown; words such as warmer, "), ("", "nothing came"),
    (" , ; ", "words are accepted"), ("ignore the above", "'ignore the above'"),
    ("warm, " * 21, f"21 words; 1 to {MOST_STEPS}"), ("rose\x07", "U+0007"),
])
def test_what_cannot_be_meant_is_refused_in_one_line(text, said):
    with pytest.raises(InputError) as refusal:
        adjust(spec_of("seashore"), text)
    assert said in str(refusal.value) and "\n" not in str(refusal.value) and len(str(refusal.value)) < 300


# Over the house's products ------------------------------------------------------------------------


def products_specs() -> list[SceneSpec]:
    """The composed specs of every perfume of the house, without the encoder."""
    reader = Reader(load_lexicon(), None)
    specs = []
    for product in load_catalogue().products:
        if product.base:
            reading = reader.read(product)
            specs.append(answer(reading, Liking.of(reading), product, Asked(1), Model("lexicon", "test")))
    return specs


SPECS = products_specs()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MOVES)
def test_every_word_of_every_language_moves_every_product_as_it_says(name, language):
    for at, before in enumerate(SPECS):
        said = steering()[name]["words"][language].split("|")
        after = adjust(before, said[at % len(said)])
        assert after.why[0].brings == steering()[name]["says"][language]
        for old, new in zip(GROWS.get(name, lambda s: ())(before), GROWS.get(name, lambda s: ())(after)):
            assert new > old + 1e-4 or met(name, before), (name, before.place)
        assert name not in HOLDS or HOLDS[name](after)


def met(name: str, spec: SceneSpec) -> bool:
    """Whether a spec was already as far as it goes: nothing smokes more than smoke itself."""
    full = {"sweeter": spec.accords.get("sweet", 0) >= 1, "fresher": spec.accords.get("fresh", 0) >= 1,
            "smokier": spec.accords.get("smoky", 0) >= 1 or amount(spec.ambience.particles, "smoke") >= 1,
            "greener": spec.accords.get("green", 0) >= 1,
            "cooler": spec.touch.warmth == 0, "warmer": spec.touch.warmth == 1}
    return full.get(name, False)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.main_place(PLACES))
def test_reasons_that_a_word_made_untrue_are_no_longer_told(spec):
    """Where roses were named, "no flowers" takes them and what was said of them."""
    told = [sentences()["flora"][name]["en"] for name in FLOWERS] + [sentences()["particles"]["petal"]["en"]]
    after = adjust(spec, "no flowers")
    assert not {thing.name for thing in after.things} & set(CUT_FLOWERS) and set(CUT_FLOWERS) <= set(THINGS)
    assert not {why.brings for why in after.why} & set(told)
    assert all(still_true(after, why) for why in after.why)
    night = adjust(spec, "at night")
    assert all(still_true(night, why) for why in night.why) and len(night.why) > 4
    kept = {why for why in spec.why if still_true(night, why, spec)}
    assert kept == set(night.why[1:]) and (len(kept) < len(spec.why) or spec.sky.stars > 0.4
                                           or spec.main_place(PLACES) in INDOOR)


def test_steps_compose_and_of_contradictions_the_last_counts():
    for spec in SPECS:
        both = adjust(spec, "misty, more flowers, softer")
        apart = adjust(adjust(adjust(spec, "misty"), "more flowers"), "softer")
        assert (both.sky, both.flora) == (apart.sky, apart.flora)
        assert (both.ambience, both.touch) == (apart.ambience, apart.touch)
        there = adjust(spec, "warmer, cooler")
        assert abs(there.ambience.temperature_k - spec.ambience.temperature_k) < 0.1
        assert warmth(adjust(spec, "cooler")) - 0.01 < warmth(there) < warmth(adjust(spec, "warmer"))
        louder = adjust(spec, "quieter, quieter")
        assert level(louder) < 0.3 * level(spec)


def test_what_is_not_said_is_as_if_it_had_never_been():
    """To take a word back is to ask again without it: seed and spec are then the very same."""
    for spec in SPECS:
        before = spec.to_json()
        after = adjust(spec, "at night, windy")
        assert spec.to_json() == before and after.seed == spec.seed
        assert after.accords == spec.accords and after.place == spec.place and after.hero == spec.hero
        assert adjust(spec, "at night").to_json() == adjust(SceneSpec.from_json(before), "at night").to_json()
