"""Mesh tools by law: outward, unit, whole, and the same every time."""

import numpy as np
import pytest

from showroom.imagine.grow import mesh, noise, scatter, shapes
from showroom.imagine.grow.chance import Chance
from tests.words.grow_kit import volume

_PROFILE = np.array([(0.0, 1.0), (0.5, 1.0), (0.6, 0.5), (0.5, 0.0), (0.0, 0.0)])
_PATH = np.array([[0.0, 0, 0], [0.1, 0.5, 0], [0.4, 0.9, 0.2], [0.9, 1.0, 0.2]])
CLOSED = {
    "lathe": lambda: shapes.lathe(_PROFILE, 32),
    "loft": lambda: shapes.loft(shapes.circle(24) * np.array([1.0, 0.5]), _PROFILE),
    "tube": lambda: shapes.tube(_PATH, 0.1, 12),
    "box": lambda: shapes.box(1.0, 2.0, 0.5, 0.03, cuts=3),
    "rock": lambda: shapes.rock(3, 5),
    "pebble": lambda: shapes.rock(2, 9, 0.1, flats=0),
}


@pytest.mark.parametrize("name", CLOSED)
def test_closed_shapes_face_outward(name):
    made = CLOSED[name]()
    assert volume(made.positions, made.faces) > 0
    across = np.cross(*(made.positions[made.faces[:, corner]] - made.positions[made.faces[:, 0]]
                        for corner in (1, 2)))
    agree = np.einsum("ij,ikj->ik", across, made.normals[made.faces])
    assert (agree > 0).mean() > 0.97  # a normal smoothed over a sharp rim may lean away from a sliver


@pytest.mark.parametrize("name", CLOSED)
def test_every_edge_of_a_closed_shape_is_shared_both_ways(name):
    made = CLOSED[name]()
    _, welded = np.unique(np.round(made.positions * 1e6), axis=0, return_inverse=True)
    corners = welded.reshape(-1)[made.faces]
    there = {(a, b) for face in corners for a, b in zip(face, np.roll(face, -1)) if a != b}
    assert all((b, a) in there for a, b in there)


@pytest.mark.parametrize("name", CLOSED)
def test_normals_and_tangents_are_unit_and_square(name):
    made = CLOSED[name]()
    tangents = mesh.tangents(made)
    assert np.allclose(np.linalg.norm(made.normals, axis=1), 1, atol=1e-6)
    assert np.allclose(np.linalg.norm(tangents[:, :3], axis=1), 1, atol=1e-6)
    assert np.abs(np.sum(tangents[:, :3] * made.normals, axis=1)).max() < 1e-6
    assert set(np.unique(tangents[:, 3])) <= {-1.0, 1.0}


def test_a_patch_looks_like_its_picture():
    """Rows down and columns right of a picture seen from +Z: normal to the viewer, tangent right, +y up."""
    sheet = shapes.patch(np.array([[[0, 1, 0], [1, 1, 0]], [[0, 0, 0], [1, 0, 0.0]]]))
    tangents = mesh.tangents(sheet)
    assert np.allclose(sheet.normals, [0, 0, 1])
    assert np.allclose(tangents[:, :3], [1, 0, 0])
    assert np.allclose(np.cross(sheet.normals, tangents[:, :3]) * tangents[:, 3:], [0, 1, 0])
    assert np.allclose(sheet.uv[0], [0, 0])


def test_mirroring_keeps_faces_outward():
    mirrored = CLOSED["rock"]().scaled(-1.0, 1.0, 1.0)
    assert volume(mirrored.positions, mirrored.faces) > 0


def test_packing_keeps_what_the_mesh_says():
    made = CLOSED["lathe"]().shaded(occlusion=0.5, flex=0.25, second=1.0, opacity=0.0)
    packed = mesh.vertices(made)
    assert np.allclose(packed["position"], made.positions, atol=1e-6)
    assert np.abs(packed["normal"][:, :3] / 127 - made.normals).max() < 0.005
    assert (packed["shade"] == [128, 64, 255, 0]).all()
    assert mesh.indices(made).max() < len(packed)


def test_merge_moves_indices_along():
    one, two = CLOSED["box"](), CLOSED["rock"]()
    both = mesh.merge([one, two])
    assert both.triangles == one.triangles + two.triangles
    assert (both.positions[both.faces[one.triangles:]] == two.positions[two.faces]).all()


def test_degenerate_faces_are_left_out():
    positions = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [2, 0, 0.0]])
    made = mesh.make(positions, np.array([[0, 1, 2], [0, 1, 3], [0, 0, 1]]), positions[:, :2])
    assert made.triangles == 1


def test_streams_are_stable_independent_and_even():
    first = Chance(7, "roses").uniform(0, 1, 4000)
    assert (first == Chance(7, "roses").uniform(0, 1, 4000)).all()
    assert not (first == Chance(8, "roses").uniform(0, 1, 4000)).any()
    assert abs(np.corrcoef(first, Chance(7, "stones").uniform(0, 1, 4000))[0, 1]) < 0.06
    assert abs(first.mean() - 0.5) < 0.02 and abs(first.std() - 12 ** -0.5) < 0.02
    parent = Chance(7)
    parent.uniform(0, 1, 5)
    assert parent.child("a").uniform() == Chance(7).child("a").uniform()


def test_noise_is_smooth_and_bounded():
    at = np.linspace(-4, 4, 4001)[:, None] * np.array([1.0, 0.37])
    values = noise.noise(at, 3)
    assert np.abs(values).max() <= 1 and values.std() > 0.2
    assert np.abs(np.diff(values)).max() < 0.01


def test_blue_noise_keeps_its_distance_and_its_clearings():
    def clearing(x, z):
        return (np.hypot(x, z) > 1.0).astype(float)

    points = scatter.blue_noise(Chance(3), (-3, -3), (3, 3), 0.3, clearing)
    away = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(len(points))
    assert len(points) > 150
    assert away.min() >= 0.3
    assert np.hypot(*points.T).min() > 1.0


def test_instances_place_turn_and_size():
    turned = scatter.bases(Chance(1), 50, 0.4)
    assert np.allclose(np.linalg.det(turned), 1)
    assert turned[:, 1, 1].min() >= np.cos(0.42)
    placed = scatter.instances(np.array([[1.0, 2, 3]]), turned[:1], 2.0, cell=5)
    assert np.allclose(placed["world_from_part"][0] @ [0, 0, 0, 1], [1, 2, 3])
    assert np.allclose(np.linalg.norm(placed["world_from_part"][0][:, 0]), 2.0)
    assert (placed["tint"][0] == [128, 128, 128, 255]).all() and placed["cell"][0] == 5
