"""Messages: values survive the journey; anything else is refused, and never read beyond its end."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showroom.errors import RingError
from showroom.imagine.messages import decode, decode_all, encode
from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Light, Material
from showroom.words.image import COLOR, SKY, Image
from showroom.words.motion import MOTION, Motion
from showroom.words.result import Done, Failed, Progress
from stand_in import a_spec


def through(value):
    return decode(b"".join(encode(value)))


def triangle(**changes) -> Geometry:
    vertices, instances = np.zeros(3, VERTEX), np.zeros(2, INSTANCE)
    vertices["position"] = np.eye(3)
    instances["world_from_part"] = np.eye(3, 4)
    instances["phase"] = [0.25, 0.5]
    material = Material("foliage", "sprites", emission=(0.1, 0.2, 0.3))
    whole = Geometry(part="leaf", material=material, vertices=vertices,
                     indices=np.array([0, 1, 2], np.uint32), instances=instances, total_instances=5,
                     product_id="bassa-marea", lights=(Light((0, 1, 2), (3.5, 2, 1), 4),))
    return dataclasses.replace(whole, **changes)


def same(a: Geometry, b: Geometry) -> bool:
    arrays = ("vertices", "indices", "instances")
    plain = [{key: value for key, value in vars(item).items() if key not in arrays} for item in (a, b)]
    return plain[0] == plain[1] and all(np.array_equal(getattr(a, name), getattr(b, name)) for name in arrays)


@pytest.mark.parametrize("value", [Progress(0.5, "ground"), Failed("no such model; install it"), Done()])
def test_small_results_survive(value):
    assert through(value) == value


def test_a_spec_survives():
    assert through(a_spec()) == a_spec()
    assert through(a_spec()).digest == a_spec().digest


def test_geometry_survives():
    assert same(through(triangle()), triangle())
    bare = triangle(vertices=np.zeros(0, VERTEX), indices=np.zeros(0, np.uint32), first_instance=2, lights=())
    assert same(through(bare), bare)


def test_what_a_product_is_made_of_survives():
    material = Material("product", "model_3", sheen_color=(0.1, 0.2, 0.3), film_nm=(50.0, 60.0), unlit=True,
                        alpha_mode="mask", maps=("color", "coat"), wrap="clamp", transmission=0.5)
    assert through(triangle(material=material)).material == material
    coat = Image("model_3", "coat", (4, 4), 2, 0, np.full((1, 1, 4), 7, np.uint8))
    assert np.array_equal(through(coat).pixels, coat.pixels) and through(coat).map == "coat"


def test_a_motion_survives():
    frames = np.arange(2 * 3 * 6).astype("<i2").view(MOTION).reshape(2, 3)
    moving = triangle(motion=Motion(frames, 12.0, (0.0, 1.0, 2.0), (0.5, 0.5, 0.5)))
    got = through(moving).motion
    assert np.array_equal(got.frames, frames) and got.frames.dtype == MOTION
    assert (got.rate_hz, got.center, got.extent) == (12.0, (0.0, 1.0, 2.0), (0.5, 0.5, 0.5))


@pytest.mark.parametrize(("kind", "dtype"), [(COLOR, np.uint8), (SKY, np.float16)])
def test_images_survive(kind, dtype):
    pixels = np.arange(3 * 16 * 4).reshape(3, 16, 4).astype(dtype)
    image = through(Image("ground", kind, (32, 16), 1, 4, pixels))
    assert (image.surface, image.map, image.size, image.level, image.row) == ("ground", kind, (32, 16), 1, 4)
    assert np.array_equal(image.pixels, pixels) and image.pixels.dtype == dtype


def test_rows_that_are_not_contiguous_survive():
    pixels = np.arange(8 * 8 * 4, dtype=np.uint8).reshape(8, 8, 4)[::2, ::-1][:, :4]
    assert np.array_equal(through(Image("wall", COLOR, (4, 4), 0, 0, pixels)).pixels, pixels)


def test_arrays_are_views_and_not_copies():
    image = Image("wall", COLOR, (64, 64), 0, 0, np.zeros((64, 64, 4), np.uint8))
    message = np.frombuffer(b"".join(encode(image)), np.uint8)
    assert np.shares_memory(decode(message).pixels, message)


def levels(*edges: int) -> list[Image]:
    return [Image("wall", COLOR, (64, 64), 7 - edge.bit_length(), 0, np.full((edge, edge, 4), edge, np.uint8))
            for edge in edges]


def test_values_joined_in_one_message_come_apart_again():
    sent = [*levels(1, 2, 4), triangle(), Progress(0.5, "wall"), *levels(8)]
    message = b"".join(part for value in sent for part in encode(value))
    got = decode_all(message)
    assert [type(value) for value in got] == [type(value) for value in sent]
    assert [value.pixels.shape[0] for value in got if isinstance(value, Image)] == [1, 2, 4, 8]
    assert all(np.all(value.pixels == len(value.pixels)) for value in got if isinstance(value, Image))
    assert same(got[3], triangle()) and got[4] == sent[4]


@pytest.mark.parametrize("end", [-1, -8, -200])
def test_a_joined_message_that_is_cut_is_refused_whole(end):
    message = b"".join(part for value in levels(4, 8, 16) for part in encode(value))
    with pytest.raises(RingError):
        decode_all(message[:end])
    with pytest.raises(RingError):
        decode_all(b"")


@pytest.mark.parametrize("value", [
    triangle(vertices=np.zeros(3)), triangle(indices=np.zeros(3, np.int64)),
    Image("wall", COLOR, (4, 4), 0, 0, np.zeros((4, 4, 4), np.float32)),
    Progress(float("nan"), "ground"), "words", None,
])
def test_what_is_not_a_result_is_not_sent(value):
    with pytest.raises(RingError):
        encode(value)


BROKEN = [
    triangle(indices=np.array([0, 1, 3], np.uint32)), triangle(indices=np.array([0, 1], np.uint32)),
    triangle(total_instances=1), triangle(part="x" * 500), triangle(first_instance=-1),
    triangle(material=Material("fog")), triangle(material=Material(surface="moon")),
    triangle(material=Material(base_color=(1, 1))), triangle(material=Material(maps=("sky",))),
    triangle(material=Material(wrap="round")), triangle(material=Material(alpha_mode="half")),
    triangle(motion=Motion(np.zeros((1, 3), MOTION), 30.0, (0, 0, 0), (1, 1, 1))),
    triangle(motion=Motion(np.zeros((2, 4), MOTION), 30.0, (0, 0, 0), (1, 1, 1))),
    triangle(motion=Motion(np.zeros((2, 3), MOTION), 0.0, (0, 0, 0), (1, 1, 1))),
    Image("wall", "coat", (4, 4), 0, 0, np.zeros((4, 4, 4), np.uint8)),
    Image("model_0", SKY, (4, 4), 0, 0, np.zeros((4, 4, 4), np.uint8)),
    Image("moon", COLOR, (4, 4), 0, 0, np.zeros((4, 4, 4), np.uint8)),
    Image("wall", COLOR, (4, 4), 1, 0, np.zeros((4, 4, 4), np.uint8)),
    Image("wall", COLOR, (4, 4), 0, 1, np.zeros((4, 4, 4), np.uint8)),
    Image("wall", COLOR, (4, 4), 0, 0, np.zeros((4, 4, 3), np.uint8)),
    Image("wall", COLOR, (1 << 20, 4), 0, 0, np.zeros((1, 1 << 20, 4), np.uint8)),
    Failed("x" * 5000),
]


@pytest.mark.parametrize("value", BROKEN)
def test_values_out_of_bounds_are_refused_when_read(value):
    with pytest.raises(RingError):
        through(value)


def test_a_shape_larger_than_its_bytes_is_refused():
    header = {"kind": "Geometry", "part": "x", "material": {}, "shapes": [[1 << 25], [3], [1]]}
    text = json.dumps(header).encode()
    with pytest.raises(RingError):
        decode(len(text).to_bytes(8, "little") + text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_garbage_is_refused(garbage):
    with pytest.raises(RingError):
        decode(garbage)


@settings(max_examples=100, deadline=None)
@given(cut=st.integers(0, 10_000))
def test_a_cut_message_is_refused(cut):
    whole = b"".join(encode(triangle()))
    with pytest.raises(RingError):
        decode(whole[:cut % len(whole)])
