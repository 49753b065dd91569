"""The places' tables: each is whole and within what a spec may say; what is not is named by file and key."""

import tomllib

import pytest

from showroom import paths
from showroom.errors import SpecError
from showroom.imagine.places import _Reader, _table, place_table
from showroom.words.vocabulary import LANGUAGES, PLACES


@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_a_whole_table(place):
    table = place_table(place)
    assert set(table.names) == set(LANGUAGES) and len(table.sentences) >= 2 and table.sound.layers


@pytest.mark.parametrize(("keys", "value", "said"), [
    (("sky", "sun_strength"), 3.5, "sky.sun_strength is 3.5; accepted is a number from 0 to 3"),
    (("sky", "stars"), -0.1, "sky.stars is -0.1; accepted is a number from 0 to 1"),
    (("air", "temperature_k"), 21, "air.temperature_k is 21; accepted is a number from 233 to 333"),
    (("air", "particles", 0, "density"), 1.5, "air.particles[0].density is 1.5"),
    (("flora", 0, "density"), 2, "flora[0].density is 2"),
    (("surfaces", "ground", "roughness"), 1.2, "surfaces.ground.roughness is 1.2"),
    (("surfaces", "ground", "scale_m"), 0, "surfaces.ground.scale_m is 0"),
    (("surfaces", "ground", "painter"), "../sand", "surfaces.ground.painter is '../sand'"),
    (("sound", "pitch"), 440.0, "sound.pitch is 440.0"),
    (("sky", "sun_srgb"), "#FFF", "sky.sun_srgb is '#FFF'"),
    (("sky", "sun_strength"), "strong", "sky.sun_strength is 'strong'; accepted is a number"),
    (("flora", 0, "name"), "baobab", "flora[0].name is 'baobab'"),
])
def test_what_is_out_of_range_is_refused_by_file_and_key(keys, value, said):
    plain = tomllib.loads((paths.ASSETS / "places" / "rose_garden.toml").read_text("utf-8"))
    *parents, last = keys
    inner = plain
    for key in parents:
        inner = inner[key]
    inner[last] = value
    with pytest.raises(SpecError) as refusal:
        _table("rose_garden", plain, _Reader("rose_garden.toml"))
    assert said in str(refusal.value) and str(refusal.value).startswith("reading rose_garden.toml: ")


def test_a_place_that_is_none():
    with pytest.raises(SpecError, match="'moon': unknown; accepted are seashore"):
        place_table("moon")
