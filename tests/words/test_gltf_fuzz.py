"""Whatever a stranger's file holds, reading it ends in a model or in one line."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gltf_kit import Gltf, cube, packed
from showroom.imagine.gltf.container import opened
from showroom.imagine.gltf.model import Model, Wanted, read
from showroom.imagine.gltf.refusal import Refusal
from tests.words.test_gltf import INFO, PIXELS, textured

SMALL = Wanted(size_px=4)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def whole() -> Gltf:
    """A file in which there is something of everything."""
    made = textured(PIXELS, {"pbrMetallicRoughness": {"baseColorTexture": INFO}, "normalTexture": INFO})
    primitive = made.plain["meshes"][0]["primitives"][0]
    primitive["targets"] = [{"POSITION": made.add(np.ones((8, 3), "f4"))}]
    primitive["attributes"] |= {"JOINTS_0": made.add(np.zeros((8, 4), "u1")), "WEIGHTS_0": made.add(np.full((8, 4), 0.25, "f4"))}
    made.plain["nodes"] = [{"mesh": 0, "skin": 0, "children": [1]}, {"rotation": [0, 0, 0, 1]}]
    made.plain["skins"] = [{"joints": [1], "inverseBindMatrices": made.add(np.eye(4, dtype="f4").reshape(1, 16))}]
    made.plain["animations"] = [{
        "samplers": [{"input": made.add(np.array([0, 1], "f4")), "output": made.add(np.array([[0, 0, 0], [1, 0, 0]], "f4"))}],
        "channels": [{"sampler": 0, "target": {"node": 1, "path": "translation"}}]}]
    return made


WHOLE = whole().glb()
PLAIN = opened(WHOLE).plain
CONTENT = bytes(opened(WHOLE).binary)


def ends(content: bytes) -> None:
    try:
        model = read(content, None, SMALL)
    except Refusal as refusal:
        line = refusal.line("a.glb")
        assert line.isprintable() and len(line) < 1200
    else:
        assert isinstance(model, Model)
        for part in model.parts:
            assert np.isfinite(part.vertices["position"]).all() and (part.indices < len(part.vertices)).all()


def test_the_whole_file_is_read():
    model = read(WHOLE, None, SMALL)
    assert model.parts[0].motion is not None and model.images and not model.notes


@CALM
@given(st.binary(max_size=200))
def test_any_bytes(content):
    ends(content)


@CALM
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_bytes_overwritten(at, written):
    ends(WHOLE[:at] + written + WHOLE[at + len(written):])


@CALM
@given(st.integers(0, len(WHOLE)))
def test_a_file_cut_off(at):
    ends(WHOLE[:at])


def paths_of(plain: object, path: tuple = ()) -> list[tuple]:
    """Every place in a document."""
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [path, *(deeper for key, value in items for deeper in paths_of(value, (*path, key)))]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), 1 << 63) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8) | st.sampled_from(["VEC3", "SCALAR", "data:,", "data:;base64,AAAA", "MASK", 5126, 5120, 0, -1, 1.0, 1e300]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["index", "uri", "extensions", "mesh"]), inner, max_size=3),
    max_leaves=6)


@CALM
@given(st.lists(st.tuples(st.sampled_from(paths_of(PLAIN)[1:]), VALUES | st.just("gone")), min_size=1, max_size=3))
def test_anything_anywhere_in_the_document(changes):
    plain = json.loads(json.dumps(PLAIN))
    for path, value in changes:
        at = plain
        try:
            for key in path[:-1]:
                at = at[key]
            if value == "gone":
                del at[path[-1]]
            else:
                at[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue
    ends(packed(plain, CONTENT))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 50_000, '{"asset":{"version":"2.0"},"extras":' + "1" * 5000 + "}",
                                  '{"asset":{"version":"2.0"},"extras":1e999}', '{"asset":{"version":"2.0"},"extras":NaN}', "", "{}"])
def test_json_that_is_meant_to_hurt(text):
    with pytest.raises(Refusal):
        read(text.encode(), None, SMALL)


def test_a_plain_cube_is_no_trouble():
    ends(cube().glb())
