"""Tea rows: clipped hedges that follow the contours of a bowl of hills, and the young leaves on them.

The bowl has a middle; whoever stands in it measures the land by how far down from the visitor's own
terrace a place lies (`Bowl.down`), and every row keeps one such value all the way round.
"""

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hedge import BOUGH_CELL, boughs, skin
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import bases, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import patch
from showroom.words.geometry import Geometry, Material

MIDDLE = np.array([13.9, -8.0])  # x, z of the bowl's middle, metres
_AT = np.arctan2(-MIDDLE[0], -MIDDLE[1])  # where the visitor stands, seen from there
REACH_M = float(np.hypot(*MIDDLE))
_VALLEY = np.radians(137.0)  # the side on which the bowl lies open
ABOVE_M, BELOW_M = 1.0, 1.55  # how far the visitor's level terrace goes uphill and down
_STEP_M, _HALF_M, _TALL_M = 1.28, 0.45, 0.64  # from row to row; of one row
_STAIRS = _AT - 0.37  # where steps climb between the rows ahead
_SECTION = np.array(
    [
        (-0.9, -0.3),
        (-1.0, 0.3),
        (-0.93, 0.72),
        (-0.6, 0.95),
        (0.0, 1.03),
        (0.6, 0.95),
        (0.93, 0.72),
        (1.0, 0.3),
        (0.9, -0.3),
    ]
)  # across and up, in half widths and heights
_COARSE = _SECTION[[0, 2, 4, 6, 8]]
_NEAR_M = 5.5


@dataclass(frozen=True)
class Bowl:
    """The lie of the land; `turned` (3,) phases and `strong` (3,) of what bends its contours."""

    turned: np.ndarray
    strong: np.ndarray
    seed: int

    def bend(self, angle: np.ndarray) -> np.ndarray:
        """How much farther than a circle a contour runs at an angle about the middle; 1 at the visitor."""
        off = np.asarray(angle)[..., None] - _AT
        waves = np.array([2.0, 3.0, 5.0])
        swing = (
            np.cos(waves * off + self.turned)
            - np.cos(self.turned)
            + waves * np.sin(self.turned) * np.sin(off)
        )
        return 1.0 + np.sum(self.strong * swing, axis=-1)

    def at(self, down: np.ndarray, angle: np.ndarray) -> np.ndarray:
        """(..., 2) x, z of places so far below the visitor's terrace."""
        reach = (REACH_M - down) * self.bend(angle)
        return MIDDLE + np.stack([np.sin(angle), np.cos(angle)], axis=-1) * reach[..., None]

    def down(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Metres towards the middle from the contour through the visitor; negative uphill."""
        return REACH_M - np.hypot(x - MIDDLE[0], z - MIDDLE[1]) / self.bend(self.angle(x, z))

    def angle(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Of a place about the middle, rad."""
        return np.arctan2(x - MIDDLE[0], z - MIDDLE[1])

    def height(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Metres: level on the visitor's terrace, a slope of rows above and below, open to the valley."""
        x, z = np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64)
        down, angle = self.down(x, z), self.angle(x, z)
        open_ = np.exp(-((((angle - _VALLEY + np.pi) % (2 * np.pi) - np.pi) / 0.72) ** 2))
        below = np.clip(down - BELOW_M, 0.0, 10.5)
        above = np.maximum(-down - ABOVE_M, 0.0)
        bank = 0.34 * smoothstep(0.0, 0.3, above)
        hill = bank + 0.5 * np.minimum(above, 15.0) + 0.3 * np.clip(above - 15.0, 0.0, 40.0)
        away = -0.22 * np.maximum(above - 3.0, 0.0)
        at = np.stack([x, z], axis=-1)
        rough = 0.03 * fbm(at * 0.9, 3, self.seed) * smoothstep(0.8, 2.2, np.hypot(x, z))
        swell = 0.9 * fbm(at * 0.06, 2, self.seed + 1) * smoothstep(6.0, 22.0, np.hypot(x, z))
        return (1 - open_) * hill + open_ * away - 0.45 * below + rough + swell


def bowl(chance: Chance) -> Bowl:
    """One of many such bowls."""
    return Bowl(
        chance.uniform(-0.6, 0.6, 3),
        np.array([0.05, 0.035, 0.014]) * chance.uniform(0.8, 1.2, 3),
        chance.integers(0, 1 << 20),
    )


def stairs_at(land: Bowl, down: np.ndarray) -> np.ndarray:
    """(..., 2) x, z along the way that climbs between the rows."""
    return land.at(down, np.full(np.shape(down), _STAIRS))


def rows(land: Bowl, chance: Chance, detail: float) -> list[Mesh]:
    """Every row of the bowl as a hedge laid on the land, broken where ways lead up and down."""
    below = [BELOW_M + 0.55 + _STEP_M * index for index in range(8)]
    above = [-(ABOVE_M + 0.75 + _STEP_M * index) for index in range(int(9 + 8 * detail))]
    made = []
    for index, down in enumerate((*below, *above)):
        draw = chance.child(f"row {index}")
        own = _STEP_M * 0.06 * draw.normal()
        for start, end in _arcs(land, down, draw):
            row = _hedge(land, down + own, start, end, draw, detail)
            if row is not None:
                made.append(row)
    return made


def _arcs(land: Bowl, down: float, chance: Chance) -> list[tuple[float, float]]:
    """(from, to) angles of the pieces of one row: all round, but for the open side and the ways."""
    half = 0.45 / (REACH_M - down)
    cuts = [(_STAIRS - half, _STAIRS + half)] if down < 0 else []
    for _ in range(3):
        middle = _AT + chance.uniform(0.5, 5.2)
        cuts.append((middle - 1.2 * half, middle + 1.2 * half))
    if down < -4.0:  # nobody plants where the hills fall away
        cuts.append((_VALLEY - 0.7, _VALLEY + 0.7))
    cuts = sorted(((start - _AT + np.pi) % (2 * np.pi), end - start) for start, end in cuts)
    edges, arcs = 0.0, []
    for start, wide in cuts:
        if start - edges > 0.08:
            arcs.append((edges + _AT - np.pi, start + _AT - np.pi))
        edges = max(edges, start + wide)
    return arcs + ([(edges + _AT - np.pi, _AT + np.pi)] if 2 * np.pi - edges > 0.08 else [])


def _hedge(land: Bowl, down: float, start: float, end: float, chance: Chance, detail: float) -> Mesh | None:
    """One piece of a row, its points close together near the visitor and ever farther apart away."""
    dense = np.linspace(start, end, 600)
    at = land.at(np.full(600, down), dense)
    far = np.hypot(at[:, 0], at[:, 1])
    if far.min() > 62.0:
        return None
    step = np.clip(0.045 * far, 0.18, 1.7) / (0.45 + 0.55 * detail)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(at, axis=0).T) / step[1:])])
    count = max(5, int(along[-1]))
    angle = np.interp(np.linspace(0, along[-1], count), along, dense)
    middle = land.at(np.full(count, down), angle)
    ahead = unit(np.column_stack([np.gradient(middle[:, 0]), np.zeros(count), np.gradient(middle[:, 1])]))
    across = np.cross(ahead, np.array([0.0, 1.0, 0.0]))
    section = _SECTION if far.min() < 14.0 else _COARSE
    left = np.hypot(*(middle - middle[0]).T), np.hypot(*(middle - middle[-1]).T)
    close = np.sqrt(np.clip(1 - np.clip(1 - np.minimum(*left) / 0.4, 0, 1) ** 2, 0.02, 1))
    wide = _HALF_M * close * (1 + 0.10 * fbm(middle * 0.5, 2, chance.integers(0, 9999)))
    tall = _TALL_M * (0.5 + 0.5 * close) * (1 + 0.10 * fbm(middle * 0.4, 2, chance.integers(0, 9999)))
    foot = land.height(middle[:, 0], middle[:, 1])
    points = np.empty((len(section), count, 3))
    points[..., 0] = middle[:, 0] + section[:, :1] * wide * across[:, 0]
    points[..., 2] = middle[:, 1] + section[:, :1] * wide * across[:, 2]
    points[..., 1] = foot + section[:, 1:] * tall
    mesh = patch(points)
    if np.sum(mesh.normals[:, 1] * (np.repeat(section[:, 1], count) > 0.9)) < 0:
        mesh = mesh.turned_inside_out()
    sprays = fbm(mesh.positions * 11.0, 1, 6)  # shorter than the mesh is fine: every point its own
    up = np.repeat(section[:, 1], count)
    lumps = 0.018 * fbm(mesh.positions * 2.6, 2, 5) + 0.05 * sprays * smoothstep(-0.3, 0.3, up)
    far_off = smoothstep(2.5, 10.0, np.hypot(mesh.positions[:, 0], mesh.positions[:, 2]))
    lit = 0.35 + 0.65 * smoothstep(-0.35, 0.35, sprays)  # leaves in light over hollows between them
    crown = smoothstep(0.55, 1.0, up) * (0.3 + 0.5 * far_off) * lit**2  # near by the leaves themselves are seen
    return mesh.displaced(lumps).shaded(occlusion=(0.2 + 0.8 * smoothstep(-0.2, 0.95, up)) * lit, second=crown)


def _seen(mesh: Mesh, near_m: float) -> np.ndarray:
    """(t,) how much of each face a visitor sees, most of what is near and on top."""
    middle = mesh.positions[mesh.faces].mean(axis=1)
    towards = np.array([0.0, 1.5, 0.0]) - middle
    far = np.linalg.norm(towards, axis=1)
    out = mesh.normals[mesh.faces].mean(axis=1)
    shown = smoothstep(-0.3, 0.15, np.sum(out * towards, axis=1) / far)
    return shown / (1 + (far / near_m) ** 2.2)


def clothed(
    meshes: list[Mesh], green: np.ndarray, gold: float, chance: Chance, detail: float
) -> Iterator[Geometry]:
    """The rows as parts: bodies dark at the sides and bright on top, leaves over them, shoots that stand up.

    green : linear colour of a tea leaf in sun.   gold : 0 the cool green of dew to 1 late light's.
    """
    body = merge(meshes)
    old = green * np.array([0.2, 0.27, 0.2])
    young = np.clip(green * np.array([1.05 + 0.2 * gold, 1.12, 0.62]), 0.01, 0.7)
    yield part(
        "tea rows",
        body.displaced(np.full(len(body.positions), -0.03)),
        Material(base_color=rgba(old), second_color=rgb(young * 0.45), roughness=0.95),
    )
    yield _leaves(body, green, chance.child("leaves"), int(16000 * (1 - 0.3 * gold) * detail))
    yield _shoots(body, young, chance.child("shoots"), int(4000 * detail))


def _leaves(body: Mesh, green: np.ndarray, chance: Chance, count: int) -> Geometry:
    """Painted boughs that break every outline up, darker down the sides."""
    at, out = skin(chance, body, count, _seen(body, _NEAR_M))
    turned = facing(
        out + 0.35 * chance.normal((count, 3)), np.array([0.0, 1.0, 0.0]) + 0.6 * chance.normal((count, 3))
    )
    lit = 0.5 + 0.5 * np.clip(out[:, 1], 0, 1) + 0.2 * fbm(at * 2.0, 2, 5)
    tints = varied_tints(chance, count, 0.02, 0.12) * np.clip(lit, 0.4, 1.15)[:, None]
    far = np.hypot(at[:, 0], at[:, 2])
    size = varied_sizes(chance, count, 1.0, 0.3) * (1 + np.clip(far - 4.0, 0, 30) / 14.0)
    placed = instances(at + 0.02 * out, turned, size, tints, chance.uniform(0, 1, count), 0.004, BOUGH_CELL)
    share = green / green.max()
    cloth = Material(
        "foliage",
        surface="sprites",
        base_color=rgba(0.55 + 0.3 * share),
        roughness=0.95,
        translucency=0.4,
    )
    return part("tea leaves", boughs(chance.child("bough"), 0.19), cloth, placed, casts_shadow=False)


def shoot(leaves: int = 2, size_m: float = 0.06) -> Mesh:
    """Two leaves and a bud standing up from the origin, each leaf two triangles folded along its rib."""
    pieces = []
    for index in range(leaves + 1):
        bud = index == leaves
        long, wide = (0.62 * size_m, 0.09 * size_m) if bud else (size_m * (1 - 0.12 * index), 0.2 * size_m)
        lean = 0.12 if bud else 0.62 - 0.14 * index
        half = 0.5 * long
        tip = np.array([0.0, np.cos(lean) * long, np.sin(lean) * long])
        rib = np.array([0.0, np.cos(lean) * half - 0.12 * wide, np.sin(lean) * half])
        points = np.array([[0, 0, 0], rib + [-wide, 0.2 * wide, 0], rib + [wide, 0.2 * wide, 0], tip])
        leaf = make(points, np.array([[0, 2, 3], [0, 3, 1]]), np.zeros((4, 2)))
        high = np.array([0.0, 0.6, 0.6, 1.0])
        pieces.append(
            leaf.turned("y", 2.2 * index).shaded(occlusion=0.6 + 0.4 * high, flex=high, second=high)
        )
    mesh = merge(pieces)
    return Mesh(
        mesh.positions,
        unit(0.5 * mesh.normals * np.sign(mesh.normals[:, 1:2] + 1e-9) + np.array([0, 0.7, 0])),
        mesh.uv,
        mesh.shade,
        mesh.faces,
    )


def _shoots(body: Mesh, young: np.ndarray, chance: Chance, count: int) -> Geometry:
    """The flush: pale shoots out of the tops of the rows, thickest where they are seen one by one."""
    top = body.normals[body.faces].mean(axis=1)[:, 1]
    at, out = skin(chance, body, count, _seen(body, 2.6) * smoothstep(0.35, 0.8, top))
    patchy = fbm(at * 1.1, 2, 21)
    up = unit(np.array([0.0, 1.0, 0.0]) + 0.35 * out)
    far = np.hypot(at[:, 0], at[:, 2])
    size = (
        varied_sizes(chance, count, 1.0, 0.35)
        * (0.8 + 0.5 * np.clip(patchy + 0.3, 0, 1))
        * (1 + np.clip(far - 4.0, 0, 16) / 14.0)
    )
    placed = instances(
        at - 0.015 * out,
        bases(chance, count, 0.35, up),
        size,
        varied_tints(chance, count, 0.025, 0.22),
        chance.uniform(0, 1, count),
        0.008,
    )
    pale = Material(
        "foliage",
        base_color=rgba(young * 0.8),
        second_color=rgb(np.clip(young * 1.35, 0, 0.75)),
        roughness=0.42,
        clearcoat=0.3,
        translucency=0.55,
    )
    return part("tea shoots", shoot(), pale, placed, casts_shadow=False)
