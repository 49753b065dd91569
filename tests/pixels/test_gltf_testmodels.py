"""Debian's assimp-testmodels: every glTF 2.0 model of them is read or refused, and renders right side out.

They are looked for where Debian installs them, and else fetched once with apt-get into a cache of the tests.
"""

import dataclasses
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import scenes

from showroom.imagine.gltf.compressed import can_unpack
from showroom.imagine.gltf.model import Model, Wanted, read
from showroom.imagine.gltf.refusal import Refusal
from showroom.words.scene import Clear, Daylight

PACKAGE = "assimp-testmodels"
INSTALLED = Path("/usr/share/assimp/models/glTF2")
GREY = (0.5, 0.5, 0.5)
LIGHT = Daylight(sun_direction=(0.3, 0.5, 0.8), sun=(0.6, 0.6, 0.6), zenith=GREY, horizon=GREY, ground=GREY)
# What is not glTF, by its own validator or by what it needs; each is there to be refused.
REFUSED = {
    "BoxTextured-glTF-techniqueWebGL/BoxTextured.gltf": "KHR_technique_webgl",
    "BoxWithInfinites-glTF-Binary/BoxWithInfinites.glb": "no number", "IncorrectVertexArrays/Cube.gltf": "of a buffer of",
    "IndexOutOfRange/AllIndicesOutOfRange.gltf": "vertex 65535", "IndexOutOfRange/IndexOutOfRange.gltf": "vertex 255",
    "MissingBin/BoxTextured.gltf": "not there", "RecursiveNodes/RecursiveNodes.gltf": "circle",
    "SchemaFailures/sceneWrongType.gltf": "type integer", "TestNoRootNode/NoScene.gltf": "no scenes",
    **({} if can_unpack() else {"draco/2CylinderEngine.gltf": "Draco"}), **{f"wrongTypes/bad{kind}.gltf": kind_of for kind, kind_of in (
        ("Array", "array"), ("Extension", "object"), ("Number", "number"), ("Object", "object"), ("String", "string"),
        ("Uint", "at least 0"))},
}
# Without a triangle in them: points, lines, and a scene of nothing.
EMPTY = {"TestNoRootNode/SceneWithoutNodes.gltf", *(
    f"glTF-Asset-Generator/Mesh_PrimitiveMode/Mesh_PrimitiveMode_{mode:02}.gltf" for mode in (0, 1, 2, 3, 7, 8, 9, 10))}
# Whose own normals look inward; its faces look outward all the same.
BAD_NORMALS = {"BoxBadNormals-glTF-Binary/BoxBadNormals.glb"}
CLOSED = ("BoxTextured", "AnimatedMorphCube", "BoxBadNormals", "boxTexcoords")


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """Of the models; skips by name where they are not and cannot be had."""
    if INSTALLED.is_dir():
        return INSTALLED
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "showroom-tests" / PACKAGE
    models = kept / INSTALLED.relative_to("/")
    if models.is_dir():
        return models
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        pytest.skip(f"no {PACKAGE}, and no apt-get to fetch it with")
    fetched = tmp_path_factory.mktemp("testmodels")
    try:
        subprocess.run(["apt-get", "download", PACKAGE], cwd=fetched, check=True, capture_output=True, timeout=120)
        subprocess.run(["dpkg", "-x", str(next(fetched.glob("*.deb"))), str(fetched / "x")], check=True, capture_output=True, timeout=120)
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(fetched / "x", kept)
    except (OSError, subprocess.SubprocessError, StopIteration):
        pytest.skip(f"no {PACKAGE}, and it cannot be fetched")
    return models


@pytest.fixture(scope="session")
def models(folder) -> dict[str, Model | Refusal]:
    """What reading each file came to, by its path."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".gltf", ".glb")):
        try:
            found[path.relative_to(folder).as_posix()] = read(path.read_bytes(), path.parent, Wanted(size_px=64))
        except Refusal as refusal:
            found[path.relative_to(folder).as_posix()] = refusal
    return found


def test_all_are_read_but_those_that_are_there_to_be_refused(models):
    refused = {name: one.line(name) for name, one in models.items() if isinstance(one, Refusal)}
    assert set(refused) == set(REFUSED) & set(models)
    for name, line in refused.items():
        assert REFUSED[name] in line and "\n" not in line
    assert {name for name, one in models.items() if isinstance(one, Model) and not one.parts} == EMPTY


def test_faces_look_where_their_normals_do(models):
    for name, model in drawn(models).items():
        if name in BAD_NORMALS:
            continue
        for part in model.parts:
            corners = part.vertices[part.indices.reshape(-1, 3)]
            a, b, c = corners["position"].astype(np.float64).swapaxes(0, 1)
            across = np.cross(b - a, c - a)
            with_them = np.einsum("ti,ti->t", across, corners["normal"][..., :3].astype(float).sum(axis=1)) > 0
            area = np.linalg.norm(across, axis=1)
            assert area[with_them].sum() > 0.98 * area.sum(), (name, part.part)


def test_closed_ones_are_right_side_out(models):
    for name, model in drawn(models).items():
        if Path(name).stem.startswith(CLOSED):
            part, = model.parts
            a, b, c = part.vertices["position"][part.indices.reshape(-1, 3)].astype(np.float64).swapaxes(0, 1)
            assert np.einsum("ti,ti->", a, np.cross(b, c)) > 0, name


def test_seen_from_outside_nothing_of_their_insides_is_seen(models, draw):
    """To hide the backs of faces, as a renderer does, changes nothing of what is seen: they are behind fronts."""
    for name, model in drawn(models).items():
        if Path(name).stem.startswith((*CLOSED, "2CylinderEngine", "ClearCoatTest", "TextureTransformTest")):
            hidden, shown = (draw(scene_of(model, both)).astype(int)[0] for both in (False, True))
            bare = draw(scene_of(None, False)).astype(int)[0]
            body = np.abs(hidden - bare).max(axis=2) > 8
            assert body.mean() > 0.03, name
            assert (np.abs(hidden - shown).max(axis=2) > 24).sum() <= 0.03 * body.sum(), name


def test_a_picture_is_upright_and_not_mirrored(models, draw):
    """The box's logo: sky above, a green hill below, and the sun on the right."""
    model = models["BoxTextured-glTF-Binary/BoxTextured.glb"]
    seen = draw(scene_of(model, False))[0].astype(int)
    top, bottom = seen[36:44, 40:56].mean(axis=(0, 1)), seen[56:64, 40:56].mean(axis=(0, 1))
    assert top[2] > top[1] > top[0] and bottom[1] > bottom[2]


def drawn(models: dict[str, Model | Refusal]) -> dict[str, Model]:
    """Those with something to draw."""
    return {name: one for name, one in models.items() if isinstance(one, Model) and one.parts}


def scene_of(model: Model | None, double_sided: bool):
    """The model's front, about a metre tall, two metres ahead."""
    scene = scenes.scene(LIGHT)
    scene.arrivals.append(Clear(0))
    values = list(scenes.flat_sky((0.02, 0.0, 0.02)))
    if model is not None:
        low, high = model.corners
        scale = 1.0 / float((high - low).max())
        world = np.diag([scale, scale, scale, 1.0])
        world[:3, 3] = (0.0, -scale * high[1] / 2, -2.0)
        values += model.images
        for part in model.parts:
            placed = part.instances.copy()
            placed["world_from_part"] = world[:3]
            material = dataclasses.replace(part.material, double_sided=double_sided or part.material.double_sided)
            values.append(dataclasses.replace(part, instances=placed, material=material, motion=None))
    scenes.arrive(scene, *values)
    return scene
