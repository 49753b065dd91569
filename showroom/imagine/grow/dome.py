"""Dome: a vault of clear ice blocks, each cut with facets of its own that bend the dusk outside."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import icosphere, lathe

_SEAM_M, _BEVEL_M, _GROOVE_M, _LEAN = 0.005, 0.022, 0.010, 0.18


def dome_meshes(radius_m: float, chance: Chance) -> tuple[Mesh, Mesh]:
    """(blocks, edges): blocks of 0.5 to 1.5 m seen from within, five- to seven-sided, every facet flat.

    Shade of the blocks: r how thick one is, b its frost: over a few of them, and risen from the floor. Of the
    edges: r how much light, led through the ice, leaves there.
    """
    points, faces = icosphere(3)
    points = unit(points + chance.normal((len(points), 3)) * 0.047)
    corners = unit(points[faces].mean(axis=1)) * radius_m
    pieces = [_block(corners[ring], chance) for ring in _rings(points, faces, corners)
              if corners[ring][:, 1].max() > -0.02]
    mesh, edges = (merge(kind) for kind in zip(*pieces))
    lit = 0.06 + 2.4 * np.clip(fbm(edges.positions * 0.8, 3, 31), 0, 1) ** 1.2
    lit *= 0.35 + 0.65 * smoothstep(radius_m, -radius_m, edges.positions[:, 2])
    edges = edges.shaded(occlusion=lit * edges.shade[:, 0])
    y = mesh.positions[:, 1]
    risen = 0.1 + 0.9 * fbm(mesh.positions * 0.55, 4, 77)
    frost = mesh.shade[:, 2] + 0.9 * smoothstep(0.7, 0.0, y - risen)
    return mesh.shaded(second=np.minimum(frost, 0.95)), edges


def _rings(points: np.ndarray, faces: np.ndarray, corners: np.ndarray) -> list[np.ndarray]:
    """For each point, the faces round it (by number), counter-clockwise seen from outside."""
    order = np.argsort(faces.reshape(-1), kind="stable")
    owner, face = faces.reshape(-1)[order], order // 3
    rings = np.split(face, np.flatnonzero(np.diff(owner)) + 1)
    sorted_rings = []
    for centre, ring in zip(points, rings):
        side = unit(np.cross(centre, np.array([0.31, 0.2, 0.93])))
        lift = np.cross(centre, side)
        away = corners[ring] - corners[ring].mean(axis=0)
        sorted_rings.append(ring[np.argsort(np.arctan2(away @ lift, away @ side))])
    return sorted_rings


def _block(corners: np.ndarray, chance: Chance) -> tuple[Mesh, Mesh]:
    """One block of ice, cut like a stone: crown facets and a table that leans its own way; and its edge."""
    count = len(corners)
    centre = corners.mean(axis=0)
    away = corners - centre
    reach = np.linalg.norm(away, axis=1, keepdims=True)
    span, within = float(reach.mean()), unit(-centre)
    across = chance.normal(3)
    across = across - within * (across @ within)
    plain = chance.uniform() < 0.25  # some blocks are left almost flat: the eye needs rest
    lean = unit(within + across * (0.04 if plain else _LEAN))
    deep, share = (0.025, 0.8) if plain else (span * chance.uniform(0.10, 0.22), chance.uniform(0.34, 0.62))
    heart = centre + within * deep + across * (0.0 if plain else 0.09 * span)
    rim = centre + away * (1 - _SEAM_M / reach)
    girdle = centre + away * (1 - (_SEAM_M + _BEVEL_M) / reach) + within * _BEVEL_M * 0.6
    table = heart + away * share
    table = table - lean * ((table - heart) @ lean)[:, None]
    groove = corners + unit(corners) * _GROOVE_M
    here, there = np.arange(count), (np.arange(count) + 1) % count

    def strip(low: int) -> list[np.ndarray]:
        return [np.stack(three, axis=1) for three in ((low + here, low + there, low + count + there),
                                                      (low + here, low + count + there, low + count + here))]

    thick = np.clip(0.62 + 0.9 * fbm(centre * 0.33, 2, 9) + 0.3 * chance.normal(), 0.15,
                    1.0)  # drinks the dusk
    rime = 0.75 * chance.uniform() if chance.uniform() < 0.1 else 0.0
    top = np.stack([count + here, count + there, np.full(count, 2 * count)], axis=1)
    points = np.concatenate([girdle, table, [table.mean(axis=0)]])
    block = make(points, np.concatenate([*strip(0), top]), _flat_uv(points)).shaded(
        second=rime, occlusion=np.concatenate([np.full(count, 0.4 * thick), np.full(count + 1, thick)]))
    points = np.concatenate([groove, rim, girdle])
    edge = make(points, np.concatenate([*strip(0), *strip(count)]), _flat_uv(points)).shaded(
        occlusion=np.concatenate([np.full(count, 1.0), np.full(count, 0.6), np.full(count, 0.04)]))
    return block.faceted().turned_inside_out(), edge.faceted().turned_inside_out()


def _flat_uv(points: np.ndarray) -> np.ndarray:
    """Texture in metres round the dome (u) and up it (v), repeating every 2 m."""
    around = np.arctan2(points[:, 0], -points[:, 2])
    around = np.where(around - around[0] > np.pi, around - 2 * np.pi, around)
    around = np.where(around - around[0] < -np.pi, around + 2 * np.pi, around)
    return np.stack([around * 3.5, -points[:, 1] / 2], axis=1)


def frost_mesh(radius_m: float, chance: Chance) -> Mesh:
    """Rime banked up where wall and floor meet: hummocks that run out into the stone in tongues."""
    share = np.linspace(0, 1, 9)
    rows = np.column_stack([radius_m + 0.08 - 0.75 * share, 0.34 * (1 - share) ** 2.2 - 0.006 * share])
    bank = lathe(rows, 150).turned_inside_out()
    x, y, z = bank.positions.T
    seed = chance.integers(0, 1 << 30)
    flat = np.stack([x, z], axis=1)
    swing = fbm(flat * 0.8, 3, seed) + 0.5 * fbm(flat * 3.1, 3, seed + 5)
    inner = smoothstep(radius_m + 0.05, radius_m - 0.5, np.hypot(x, z))
    pull = 1 - 0.07 * inner * swing
    high = np.where(y > 0.0, y * (1 + 0.9 * swing), y) + 0.02 * fbm(flat * 9, 2, 3) * (y > 0)
    lifted = np.stack([x * pull, high, z * pull], axis=1)
    mesh = make(lifted, bank.faces, bank.uv * np.array([30, 1]))
    return mesh.shaded(occlusion=0.62 + 0.38 * smoothstep(-0.5, 0.6, swing))
