"""The SceneSpec as JSON: there and back without loss, and one clear line for whatever is no spec."""

import copy
import dataclasses
import hashlib
import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from specs import spec_of

from showroom import paths
from showroom.errors import SpecError
from showroom.words import schema, vocabulary
from showroom.words.scenespec import SceneSpec

BETWEEN = {"also": "moss", "share": 0.3}
LIKE = {"likeness": [0.25, -1.5]}


@pytest.fixture
def plain() -> dict:
    """A good spec as plain data, to be broken."""
    return copy.deepcopy(spec_of("seashore").to_plain())


def refusal(plain: object) -> str:
    with pytest.raises(SpecError) as raised:
        SceneSpec.from_plain(plain)
    said = str(raised.value)
    assert "\n" not in said and len(said) < 1500
    return said


def test_the_written_schema_is_the_one_built_from_the_vocabulary():
    written = json.loads((paths.ASSETS / "schema" / "scenespec-1.json").read_text("utf-8"))
    assert written == schema.SCHEMA


@pytest.mark.parametrize("place", vocabulary.PLACES)
def test_round_trip(place):
    spec = spec_of(place)
    again = SceneSpec.from_json(spec.to_json())
    assert again == spec and again.digest == spec.digest
    assert again.sealed().digest == spec.digest


def test_a_row_id_may_stand_beside_the_keys_and_is_no_part_of_the_spec(plain):
    assert SceneSpec.from_plain({"id": "row 7", **plain}) == spec_of("seashore")


def test_digest_is_of_the_content_alone(plain):
    plain["sky"]["cloud"] += 0.1
    said = refusal(plain)
    assert said.startswith("reading a SceneSpec: digest is ") and plain["digest"] in said


def grown(plain: dict, **more) -> SceneSpec:
    """The spec with these fields on its ground."""
    spec = SceneSpec.from_plain(plain)
    ground = dataclasses.replace(spec.surfaces["ground"], **more)
    return dataclasses.replace(spec, surfaces=spec.surfaces | {"ground": ground}).sealed()


def test_a_surface_of_one_material_is_written_and_digested_as_it_was_before_there_were_mixtures(plain):
    keys = ["painter", "srgb", "accent_srgb", "roughness", "wetness", "relief", "scale_m"]
    assert all(list(surface) == keys for surface in plain["surfaces"].values())
    content = {key: value for key, value in plain.items() if key != "digest"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == plain["digest"]


@pytest.mark.parametrize("more", [BETWEEN, LIKE, BETWEEN | LIKE])
def test_a_mixture_and_a_likeness_come_back_and_have_digests_of_their_own(plain, more):
    spec = grown(plain, **(more | {"likeness": tuple(more.get("likeness", ()))}))
    assert spec.digest != plain["digest"]
    again = SceneSpec.from_json(spec.to_json())
    assert again == spec == SceneSpec.from_own(spec.to_plain())
    assert set(more) < set(spec.to_plain()["surfaces"]["ground"])
    assert "also" not in spec.to_plain()["surfaces"]["plinth"]


def test_every_field_of_a_mixture_is_digested(plain):
    digests = {grown(plain, **more).digest for more in (
        BETWEEN, BETWEEN | {"also": "sand"}, BETWEEN | {"share": 0.3001},
        {"likeness": (0.5,)}, {"likeness": (0.5, 0.0)}, {"likeness": (0.5001,)})}
    assert len(digests) == 6


@pytest.mark.parametrize(("more", "said"), [
    (BETWEEN | {"share": 0.51}, "surfaces.ground.share is 0.51; accepted is a number from 0 to 0.5"),
    (BETWEEN | {"share": math.nan}, "surfaces.ground.share is nan"),
    (BETWEEN | {"share": 0.0}, "surfaces.ground.share is 0.0; accepted is above 0 with a second material"),
    ({"also": "moss"}, "surfaces.ground.share is 0.0; accepted is above 0"),
    ({"share": 0.3}, "surfaces.ground.share is 0.3; accepted is above 0 with a second material in `also`"),
    (BETWEEN | {"also": "../moss"}, "surfaces.ground.also is '../moss'"),
    (BETWEEN | {"also": ""}, "surfaces.ground.also is ''"),
    (BETWEEN | {"also": "shingle"}, "surfaces.ground.also is 'shingle'; accepted is another material"),
    ({"likeness": [8.5]}, "surfaces.ground.likeness[0] is 8.5; accepted is a number from -8 to 8"),
    ({"likeness": [math.inf]}, "surfaces.ground.likeness[0] is inf"),
    ({"likeness": ["red"]}, "surfaces.ground.likeness[0] is 'red'"),
    ({"likeness": [0.0] * 65}, "surfaces.ground.likeness is "),
    ({"likeness": 0.5}, "surfaces.ground.likeness is 0.5"),
])
def test_what_is_no_mixture_or_likeness_is_named(plain, more, said):
    plain["surfaces"]["ground"] |= more
    assert said in refusal(plain)


@given(st.floats(-1e-5, 1e-5))
@settings(max_examples=30)
def test_digests_agree_below_the_fourth_decimal(small):
    """Two machines that differ by less than half a unit of the fourth decimal write the same spec."""
    spec = spec_of("seashore")
    plain = spec.to_plain()
    plain["sky"]["cloud"] = 0.6 + small
    plain.pop("digest")
    plain.pop("version")
    near = SceneSpec(**(vars(spec) | {"sky": type(spec.sky)(**plain["sky"])})).sealed()
    assert near.digest == spec.digest


@pytest.mark.parametrize(("path", "value", "said"), [
    (("sky", "sun_strength"), 3.5, "sky.sun_strength is 3.5; accepted is a number from 0 to 3"),
    (("sky", "sun_strength"), math.nan, "sky.sun_strength is nan"),
    (("sky", "sun_strength"), "strong", "sky.sun_strength is 'strong'"),
    (("sky", "sun_srgb"), "#FFF", "sky.sun_srgb is '#FFF'; accepted is a colour such as #a1b2c3"),
    (("sky", "sun_srgb"), "#ffffff\n", "sky.sun_srgb"),
    (("ambience", "particles", 0, "name"), "bats", "ambience.particles[0].name is 'bats'; accepted is one of petal"),
    (("ambience", "haze_per_m"), -0.1, "ambience.haze_per_m is -0.1"),
    (("surfaces", "ground", "painter"), "../sand", "surfaces.ground.painter is '../sand'"),
    (("surfaces", "ground", "painter"), "sand\n", "surfaces.ground.painter"),
    (("seed",), -1, "seed is -1; accepted is a whole number from 0"),
    (("seed",), 1.0, "seed is 1.0"),
    (("seed",), True, "seed is True"),
    (("season", "winter"), 0.5, "season is summing to 1.2500; accepted is a sum of 1"),
    (("place",), {"seashore": 0.5}, "place is summing to 0.5"),
    (("place",), {}, "place is {}"),
    (("place",), {"moon": 1.0}, "place is ['moon']; accepted is only the keys seashore"),
    (("palette", 0, "colours", 0, "weight"), 0.9, "palette[0].colours is summing to 0.9"),
    (("palette", 1, "stage"), "top", "palette is ['top', 'top', 'base']; accepted is each stage once"),
    (("hero", "kind"), "sword", "hero.kind is 'sword'; accepted is one of bottle"),
    (("version",), 2, "version is 2"),
    (("extra",), 1, "the whole is ['extra']"),
    (("why",), [{"note": "a\x07", "layer": "top", "brings": ""}], "why[0].note"),
])
def test_what_is_no_spec_is_named(plain, path, value, said):
    *parents, last = path
    inner = plain
    for key in parents:
        inner = inner[key]
    inner[last] = value
    assert said in refusal(plain)


def test_a_missing_key_is_named(plain):
    del plain["sky"]["stars"]
    assert "an object that also has stars" in refusal(plain)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"spec"', "{}", b"\xff\xfe", "[" * 100_000])
def test_what_is_no_json_spec_at_all(text):
    with pytest.raises(SpecError) as raised:
        SceneSpec.from_json(text)
    assert "\n" not in str(raised.value)


def test_the_main_place_among_some(plain):
    spec = spec_of("seashore")
    assert spec.main_place(vocabulary.PLACES) == "seashore" and spec.main_place(("rose_garden",)) is None
