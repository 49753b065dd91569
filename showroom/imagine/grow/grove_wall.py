"""Grove wall: limewashed rubble under barrel tiles, with an arched gate that a hill is seen through."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import surface_of
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.shapes import box, patch
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

HIGH_M, THICK_M = 2.55, 0.5
_GATE_M, _SPRING_M = 1.5, 1.75  # the gate's width, and where its arch begins
_TILE = np.array([0.4, 0.17, 0.085])


def wall(long_m: float, tile_m: float) -> tuple[Mesh, Mesh]:
    """(masonry, coping) of a straight stretch along X about the origin, on y = 0."""
    body = box(long_m, HIGH_M + 0.4, THICK_M, 0.05, tile_m, max(5, int(long_m * 0.45))).moved(y=-0.4)
    return _uneven(body), _coping(long_m)


def gated(long_m: float, tile_m: float) -> tuple[Mesh, Mesh]:
    """The same with the gate in its middle, in a taller piece of wall."""
    each = (long_m - _GATE_M) / 2 - 0.7
    pieces, tops = [], []
    for side in (-1, 1):
        run, cap = wall(each, tile_m)
        pieces.append(run.moved(x=side * (_GATE_M / 2 + 0.7 + each / 2)))
        tops.append(cap.moved(x=side * (_GATE_M / 2 + 0.7 + each / 2)))
        pier = box(0.72, HIGH_M + 0.9, THICK_M + 0.12, 0.04, tile_m, 5).moved(side * (_GATE_M / 2 + 0.36), -0.4)
        pieces.append(_uneven(pier))
    pieces.append(_arch(tile_m))
    tops.append(_coping(_GATE_M + 1.5).moved(y=0.62))
    return merge(pieces), merge(tops)


def _uneven(mesh: Mesh) -> Mesh:
    """Limewash over rubble: never flat, worn at the foot and under the tiles."""
    p = mesh.positions
    mesh = mesh.displaced(0.03 * fbm(p * 1.1, 3, 5))
    y = mesh.positions[:, 1]
    foot = smoothstep(0.55, 0.0, y + 0.25 * fbm(p * 1.5, 3, 9))
    return mesh.shaded(occlusion=0.55 + 0.45 * smoothstep(-0.1, 0.6, y), second=0.55 * foot)


def _arch(tile_m: float) -> Mesh:
    """The wall over the gate: its front, its back, and the curve one walks under."""
    angle = np.linspace(0, np.pi, 17)
    x, y = -np.cos(angle) * _GATE_M / 2, _SPRING_M + np.sin(angle) * _GATE_M / 2
    top = np.full(17, HIGH_M + 0.5)
    deep = THICK_M / 2 + 0.06
    pieces = []
    for side in (-1, 1):
        face = np.stack([np.stack([x, top, 0 * x + side * deep], 1), np.stack([x, y, 0 * x + side * deep], 1)])
        pieces.append(patch(face if side > 0 else face[:, ::-1], face[..., :2] / tile_m))
    under = np.stack([np.stack([x, y, 0 * x + deep], 1), np.stack([x, y, 0 * x - deep], 1)])
    vault = patch(under, np.stack([under[..., 0] + under[..., 1], under[..., 2]], axis=-1) / tile_m)
    pieces.append(vault if vault.normals[:, 1].mean() < 0 else vault.turned_inside_out())
    return merge(pieces).shaded(occlusion=0.85)


def _coping(long_m: float) -> Mesh:
    """Two short slopes of barrel tiles along the top."""
    count = int(long_m / 0.13)
    u = np.linspace(-0.5, 0.5, count)[None, :] * long_m
    v = np.array([-1.0, 0.0, 1.0])[:, None]
    barrel = 0.04 * np.cos(np.pi * np.arange(count))[None, :]
    y = HIGH_M + 0.24 - 0.2 * np.abs(v) + barrel + 0.02 * np.sin(0.9 * u)
    mesh = patch(np.stack([u + 0 * v, y, v * 0.42 + 0 * u], axis=-1))
    groove = np.broadcast_to(barrel < 0, y.shape).reshape(-1)
    patchy = 0.5 + 0.5 * fbm(mesh.positions * np.array([4.0, 1.0, 3.0]), 2, 4)
    return mesh.shaded(occlusion=1 - 0.45 * groove, second=0.7 * patchy)


def enclosed(spec: SceneSpec, ahead_z: float, behind_z: float, half_m: float) -> Iterator[Geometry]:
    """Walls round a grove: the gate ahead at ahead_z, a plain one behind, one half_m to each side."""
    tile = surface_of(spec, "wall").scale_m
    long = behind_z - ahead_z
    runs = [gated(2 * half_m, tile), wall(2 * half_m, tile), wall(long, tile), wall(long, tile)]
    middle = (ahead_z + behind_z) / 2
    places = [(0.0, 0.0, ahead_z), (0.0, 0.0, behind_z), (np.pi / 2, -half_m, middle), (np.pi / 2, half_m, middle)]
    masonry = [run.turned("y", yaw).moved(x, 0.0, z) for (run, _), (yaw, x, z) in zip(runs, places)]
    coping = [cap.turned("y", yaw).moved(x, 0.0, z) for (_, cap), (yaw, x, z) in zip(runs, places)]
    earth = rgb(natural(surface_of(spec, "ground").accent_srgb) * 0.8)
    yield part("wall", merge(masonry), Material(surface="wall", second_color=earth))
    clay = Material(base_color=rgba(_TILE), second_color=(0.26, 0.16, 0.1), roughness=0.85)
    yield part("coping", merge(coping), clay)
