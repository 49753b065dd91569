"""The blocks that shaders read have the offsets std140 and std430 give them."""

import re

import numpy as np
import pytest

from showroom.paths import SHADERS
from showroom.render import blocks, drawlist, shadow
from showroom.words.geometry import INSTANCE, Material
from showroom.words.view import Eyes, Fov, Pose, View, clip_from_view, view_from_world, yaw_pitch
from showroom.words.vocabulary import SURFACES

SIZES = {"vec4": 16, "mat4": 64, "uint": 4, "float": 4}


def members(file: str, head: str) -> list[tuple[str, str, int]]:
    """(type, name, count) of a struct's or block's members, in order."""
    text = re.sub(r"//.*", "", (SHADERS / file).read_text())
    body = text[text.index(head):]
    body = body[body.index("{") + 1:body.index("}")]
    found = []
    for statement in body.split(";"):
        words = statement.split()
        if len(words) < 2:
            continue
        for name in " ".join(words[1:]).split(","):
            match = re.fullmatch(r"\s*(\w+)(?:\[(\d+)\])?\s*", name)
            found.append((words[0], match[1], int(match[2] or 1)))
    return found


def offsets(listed, sizes) -> dict[str, int]:
    at, found = 0, {}
    for kind, name, count in listed:
        found[name] = at
        at += sizes[kind] * count
    return found | {"": at}


def test_the_frame_block():
    sizes = SIZES | {name: offsets(members("frame.glsl", f"struct {name}"), SIZES)[""]
                     for name in ("ViewBlock", "LightBlock", "EmitterBlock", "MoodBlock", "HeldBlock", "RayBlock")}
    expected = offsets(members("frame.glsl", "uniform Frame"), sizes)
    end = expected.pop("")
    assert {name: blocks.FRAME.fields[name][1] for name in blocks.FRAME.names} == expected
    assert blocks.FRAME.itemsize == end <= 65536
    assert all(offset % 16 == 0 for offset in expected.values())


@pytest.mark.parametrize("name, dtype", [("ViewBlock", blocks.FRAME["views"].base), ("LightBlock", blocks.FRAME["lights"].base),
                                         ("EmitterBlock", blocks.FRAME["emitters"].base),
                                         ("MoodBlock", blocks.FRAME["moods"].base), ("HeldBlock", blocks.FRAME["held"].base),
                                         ("RayBlock", blocks.FRAME["rays"].base)])
def test_structs_in_the_frame_block(name, dtype):
    expected = offsets(members("frame.glsl", f"struct {name}"), SIZES)
    end = expected.pop("")
    assert {field: dtype.fields[field][1] for field in dtype.names} == expected
    assert dtype.itemsize == end


def test_the_storage_blocks():
    material = offsets(members("material.glsl", "struct Material"), SIZES)
    assert {name: blocks.MATERIAL.fields[name][1] for name in blocks.MATERIAL.names} | {"": blocks.MATERIAL.itemsize} == material
    instance = offsets(members("part.glsl", "struct Instance"), SIZES)
    assert instance == {"row0": 0, "row1": 16, "row2": 32, "tint": 48, "phase": 52, "flex_m": 56, "cell": 60, "": INSTANCE.itemsize}
    assert offsets(members("part.glsl", "struct Draw"), SIZES)[""] == blocks.DRAW.itemsize


def test_rows_packed_one_by_one_are_the_blocks_rows():
    for packer, block in ((drawlist._COMMAND, blocks.ELEMENTS), (drawlist._DRAW, blocks.DRAW)):
        row = tuple(range(3, 3 + len(block.names)))
        assert packer.pack(*row) == np.array([row], block).tobytes()


def test_a_material_row_names_its_layer():
    row = np.array([blocks.material_row(Material(surface="wall", ior=1.4), 2)], blocks.MATERIAL)[0]
    assert row["optics"][2] == 2 * len(SURFACES) + SURFACES.index("wall") and row["optics"][0] == np.float32(1.4)
    assert blocks.material_row(Material(), 1)[4][2] == -1


@pytest.mark.parametrize("sun", [(0.0, 1.0, 0.0), (0.6, 0.3, -0.7), (-1.0, 0.02, 0.1)])
def test_the_shadow_map_covers_the_visitor_and_looks_along_the_sun(sun):
    matrix = shadow.shadow_from_world(sun, 512).astype(float)
    direction = np.asarray(sun) / np.linalg.norm(sun)
    near, far = (matrix @ [*(point), 1.0] for point in (np.zeros(3) + direction, np.zeros(3)))
    assert np.abs(near[:2] - far[:2]).max() < 1e-5 and near[2] < far[2]
    for corner in ((3, 0, 3), (-3, 2, 3), (3, 0, -9), (-3, 3, -9)):
        assert np.abs((matrix @ [*corner, 1.0])[:3]).max() <= 1.0


def test_a_flame_never_strobes():
    times = np.arange(0, 60, 1 / 90)
    shine = np.array([blocks.flicker(t, 1.0, (0.3, 1.0, -2.0)) for t in times])
    assert shine.min() > 0.7 and shine.max() < 1.3
    # a flash (WCAG 2.3.1) is a pair of opposing changes of a tenth or more: count falls of 10 %
    peaks = np.flatnonzero((shine[1:-1] > shine[:-2]) & (shine[1:-1] >= shine[2:]))
    assert len(peaks) / 60 < 3


def test_a_view_maps_there_and_back():
    block = np.zeros(1, blocks.FRAME)[0]
    pose = Pose((3.0, 1.5, -2.0), yaw_pitch(0.7, -0.3))
    view = View(pose, Fov(-0.9, 0.7, 0.6, -1.0), 0, 0.1, 50.0)
    blocks.fill_views(block, Eyes((view,)))
    row = block["views"][0]
    clip = clip_from_view(view.fov, 0.1, 50.0).astype(np.float64) @ view_from_world(pose)
    assert np.allclose(row["clip_from_world"].T, clip, atol=1e-5)
    assert np.allclose(row["world_from_clip"].T @ row["clip_from_world"].T, np.eye(4), atol=1e-3)
    assert np.allclose(row["eye"][:3], pose.position)
