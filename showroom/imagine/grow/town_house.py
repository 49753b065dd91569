"""Town house: fronts with deep windows, some of them lit, that line a street.

A front stands in its own frame: x along it, y up from the pavement, facing +Z, its face at z = 0.
"""

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, turn, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb
from showroom.imagine.grow.shapes import patch
from showroom.words.geometry import Geometry, Material

_DEEP_M = 0.17  # how far a pane lies within the wall
_DARK = 0.02  # of an unlit pane


@dataclass(frozen=True)
class Front:
    """One front: its width, floors (heights, metres, from the street up), windows a floor, and its place.

    shop : (from, to, height) of an opening in the ground floor, along x; None has a door and windows.
    """

    wide_m: float
    floors: tuple[float, ...]
    columns: int
    x: float
    z: float
    yaw: float
    shop: tuple[float, float, float] | None = None
    shutters: bool = True

    @property
    def high_m(self) -> float:
        """To the eaves."""
        return sum(self.floors)

    def placed(self, mesh: Mesh) -> Mesh:
        """From the front's frame into the street."""
        return mesh.turned("y", self.yaw).moved(self.x, 0.0, self.z)

    def spot(self, x: float, y: float, z: float) -> np.ndarray:
        """(3,) world place of one of the front's own."""
        return turn("y", self.yaw) @ np.array([x, y, z]) + np.array([self.x, 0.0, self.z])


Hole = tuple[float, float, float, float]  # from x, to x, from y, to y


def _holes(front: Front, chance: Chance) -> tuple[list[Hole], list[Hole]]:
    """(windows, doors) of a front; its shop is neither."""
    windows, doors = [], []
    gap = front.wide_m / front.columns
    half = min(0.52, 0.29 * gap)
    foot = 0.0
    door = chance.integers(0, front.columns)
    for floor, high in enumerate(front.floors):
        for column in range(front.columns):
            x = -front.wide_m / 2 + gap * (column + 0.5)
            if (
                floor == 0
                and front.shop is not None
                and front.shop[0] - half - 0.2 < x < front.shop[1] + half + 0.2
            ):
                continue
            if floor == 0 and front.shop is None and column == door:
                doors.append((x - 0.5, x + 0.5, 0.0, min(2.45, high - 0.5)))
            else:
                low = foot + (0.85 if floor else 1.0)
                windows.append((x - half, x + half, low, foot + high - 0.42))
        foot += high
    return windows, doors


def _wall(front: Front, holes: list[Hole], tile_m: float) -> Mesh:
    """The face with its holes cut out and their reveals, and the two sides that stand above a lower neighbour."""
    half, high = front.wide_m / 2, front.high_m
    xs = np.unique(np.round(np.concatenate([[-half, half], *[[a, b] for a, b, _, _ in holes]]), 4))
    ys = np.unique(np.round(np.concatenate([[-0.1, 0.35, high], *[[c, d] for _, _, c, d in holes]]), 4))
    quads = [
        ((x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0))
        for x0, x1 in zip(xs, xs[1:])
        for y0, y1 in zip(ys, ys[1:])
        if not any(a < (x0 + x1) / 2 < b and c < (y0 + y1) / 2 < d for a, b, c, d in holes)
    ]
    for a, b, c, d in holes:
        quads += [
            ((a, c, 0), (a, c, -_DEEP_M), (a, d, -_DEEP_M), (a, d, 0)),
            ((b, c, -_DEEP_M), (b, c, 0), (b, d, 0), (b, d, -_DEEP_M)),
            ((a, d, -_DEEP_M), (b, d, -_DEEP_M), (b, d, 0), (a, d, 0)),
            ((a, c, 0), (b, c, 0), (b, c, -_DEEP_M), (a, c, -_DEEP_M)),
        ]
    quads += [
        ((-half, -0.1, -5), (-half, -0.1, 0), (-half, high, 0), (-half, high, -5)),
        ((half, -0.1, 0), (half, -0.1, -5), (half, high, -5), (half, high, 0)),
    ]
    return _flat(np.array(quads, dtype=np.float64), tile_m)


def _flat(quads: np.ndarray, tile_m: float = 1.0) -> Mesh:
    """(n, 4, 3) corners, counter-clockwise seen from outside, each quad flat; texture in the wall's own metres."""
    count = len(quads)
    normals = unit(np.cross(quads[:, 1] - quads[:, 0], quads[:, 2] - quads[:, 0]))
    points = quads.reshape(-1, 3)
    first = 4 * np.arange(count)[:, None]
    faces = np.concatenate([first + [0, 1, 2], first + [0, 2, 3]])
    uv = np.stack([points[:, 0] + points[:, 2], -points[:, 1]], axis=1) / tile_m
    shade = np.tile(np.array([1.0, 0.0, 0.0, 1.0]), (len(points), 1))
    return Mesh(points, np.repeat(normals, 4, axis=0), uv, shade, faces)


_CUBE = np.array(
    [
        [(-1, 0, 1), (1, 0, 1), (1, 1, 1), (-1, 1, 1)],
        [(1, 0, 1), (1, 0, -1), (1, 1, -1), (1, 1, 1)],
        [(-1, 0, -1), (-1, 0, 1), (-1, 1, 1), (-1, 1, -1)],
        [(-1, 1, 1), (1, 1, 1), (1, 1, -1), (-1, 1, -1)],
        [(-1, 0, -1), (1, 0, -1), (1, 0, 1), (-1, 0, 1)],
    ],
    dtype=np.float64,
)


def _block(wide: float, high: float, deep: float, x: float, y: float, z: float) -> np.ndarray:
    """(5, 4, 3) faces of a plain block on y, its back left out: it lies against a wall."""
    return _CUBE * np.array([wide / 2, high, deep / 2]) + np.array([x, y, z])


def _framing(hole: Hole) -> list[np.ndarray]:
    """The wooden bars of a window: a cross and a rim."""
    a, b, c, d = hole
    x, y = (a + b) / 2, c + 0.62 * (d - c)
    deep = -_DEEP_M + 0.01
    return [
        _block(b - a, 0.045, 0.05, x, y, deep),
        _block(0.05, d - c, 0.05, x, c, deep),
        _block(b - a, 0.05, 0.06, x, c, deep),
        _block(b - a, 0.05, 0.06, x, d - 0.05, deep),
        _block(0.05, d - c, 0.06, a + 0.025, c, deep),
        _block(0.05, d - c, 0.06, b - 0.025, c, deep),
    ]


def _dressing(hole: Hole, sill: bool) -> list[np.ndarray]:
    """Stone round a hole: jambs, a lintel, and a sill that throws the rain off."""
    a, b, c, d = hole
    made = [
        _block(0.11, d - c, 0.09, a - 0.045, c, 0.0),
        _block(0.11, d - c, 0.09, b + 0.045, c, 0.0),
        _block(b - a + 0.26, 0.14, 0.12, (a + b) / 2, d, 0.01),
    ]
    return made + ([_block(b - a + 0.3, 0.08, 0.24, (a + b) / 2, c - 0.08, 0.06)] if sill else [])


def _shutter(hole: Hole, side: int, fine: bool) -> list[np.ndarray]:
    """A shutter folded back against the wall; its louvres too where it is near."""
    a, b, c, d = hole
    wide = (b - a) / 2
    x = (a - wide / 2 - 0.1) if side < 0 else (b + wide / 2 + 0.1)
    made = [_block(wide, d - c, 0.035, x, c, 0.02)]
    if fine:
        y = np.arange(c + 0.06, d - 0.09, 0.085)[:, None, None]
        low, half = np.array([(-1, 0), (1, 0), (1, 1), (-1, 1)], dtype=np.float64), (wide - 0.07) / 2
        slats = np.zeros((len(y), 4, 3))
        slats[..., 0], slats[..., 1] = x + half * low[:, 0], (y + 0.055 * low[:, 1:].T[None])[:, 0]
        slats[..., 2] = 0.07 - 0.03 * low[:, 1]
        made.append(slats)
    return made


def _pane(hole: Hole, lit: float, fine: bool, chance: Chance) -> Mesh:
    """Glass with what is behind it as brightness: drawn curtains in folds, or a lamp low in the room."""
    a, b, c, d = hole
    v, u = np.meshgrid(
        np.linspace(0, 1, 11 if fine else 6), np.linspace(0, 1, 25 if fine else 8), indexing="ij"
    )
    mesh = patch(np.stack([a + (b - a) * u, d + (c - d) * v, np.full_like(u, -_DEEP_M)], axis=-1))
    gathered = chance.uniform(0.14, 0.3) * (0.75 + 0.5 * (v - 0.55) ** 2)  # tied back at sill height
    edge = np.minimum(u, 1 - u)
    hung = smoothstep(gathered + 0.02, gathered - 0.05, edge)
    folds = (0.1 + 0.06 * np.sin(u * 42.0)) * (1.1 - 0.5 * v)
    x, y = chance.uniform(0.3, 0.7), chance.uniform(0.25, 0.5)
    lamp = np.exp(-(((u - x) / 0.2) ** 2 + ((v - y) / 0.22) ** 2))
    room = (0.05 + 0.6 * lamp + 0.09 * (1 - v)) * (1 - 0.6 * smoothstep(0.7, 0.95, v))
    lintel = smoothstep(-0.05, 0.2, v) * smoothstep(0.0, 0.1, edge)  # the reveal's shade
    light = lit * (hung * folds + (1 - hung) * room) * (0.35 + 0.65 * lintel)
    light = light if lit > 0 else np.full_like(u, _DARK)
    return mesh.shaded(occlusion=np.maximum(light, _DARK).reshape(-1))


def _stonework(front: Front, windows: list[Hole], openings: list[Hole]) -> Mesh:
    """Dressings of every hole, the string course over the ground floor, cornice and plinth course."""
    own = [block for hole in windows for block in _dressing(hole, True)]
    own += [block for hole in openings for block in _dressing(hole, False)]
    wide = front.wide_m
    own += [
        _block(wide, 0.14, 0.2, 0, front.high_m - 0.16, 0.1),
        _block(wide, 0.1, 0.34, 0, front.high_m - 0.02, 0.12),
        _block(wide, 0.1, 0.12, 0, front.floors[0] - 0.12, 0.05),
    ]
    solid = [(-wide / 2, wide / 2)] if not openings else []
    edges = sorted((a, b) for a, b, _, _ in openings)
    start = -wide / 2
    for a, b in edges:
        solid.append((start, a - 0.1))
        start = b + 0.1
    solid += [(start, wide / 2)] if openings else []
    own += [_block(b - a, 0.42, 0.08, (a + b) / 2, -0.02, 0.03) for a, b in solid if b - a > 0.05]
    return _flat(np.concatenate(own), 0.8)


def _above(front: Front, windows: list[Hole], fine: bool, chance: Chance) -> Mesh:
    """Shutters of the upper windows, the roof and a chimney."""
    half, high = front.wide_m / 2, front.high_m
    own = [
        np.array(
            [
                [
                    (-half, high + 0.1, 0.25),
                    (half, high + 0.1, 0.25),
                    (half, high + 2.4, -3.6),
                    (-half, high + 2.4, -3.6),
                ]
            ]
        ),
        _block(0.6, 1.5, 0.45, chance.uniform(-0.3, 0.3) * front.wide_m, high + 1.5, -2.6),
    ]
    for hole in windows:
        if front.shutters and hole[2] > front.floors[0] and chance.uniform() < 0.8:
            own += [piece for side in (-1, 1) for piece in _shutter(hole, side, fine)]
    return _flat(np.concatenate(own))


def fronts(
    rows: list[Front], lit: float, warm: np.ndarray, chance: Chance, tile_m: float, detail: float
) -> Iterator[Geometry]:
    """All fronts as walls, stone dressings, woodwork, shutters and panes.

    lit : the share of windows with light behind them.   warm : (3,) linear radiance of the brightest.
    """
    walls, stone, wood, leaves, panes = [], [], [], [], []
    for index, front in enumerate(rows):
        draw = chance.child(f"front {index}")
        windows, doors = _holes(front, draw)
        shop = [] if front.shop is None else [(front.shop[0], front.shop[1], 0.0, front.shop[2])]
        wall = _wall(front, windows + doors + shop, tile_m)
        y = wall.positions[:, 1]
        walls.append(
            front.placed(
                wall.shaded(occlusion=0.4 + 0.6 * smoothstep(-0.1, 1.2, y), second=draw.uniform(0.0, 0.85))
            )
        )
        near = np.hypot(front.x, front.z) < 11.0
        fine, often = near and detail > 0.5, min(1.0, lit + (0.25 if near else 0.0))
        stone.append(front.placed(_stonework(front, windows, doors + shop)))
        bars = [block for hole in windows for block in _framing(hole)]
        bars += [_block(b - a, d - c, 0.06, (a + b) / 2, c, -_DEEP_M + 0.03) for a, b, c, d in doors]
        wood.append(front.placed(_flat(np.concatenate(bars))))
        panes += [
            front.placed(_pane(hole, draw.uniform(0.55, 1.0) if draw.uniform() < often else 0.0, fine, draw))
            for hole in windows
        ]
        leaves.append(front.placed(_above(front, windows, fine, draw)))
    body = merge(walls)
    stain = smoothstep(-0.2, 0.5, fbm(body.positions * np.array([0.8, 0.35, 0.8]), 3, 11))
    yield part(
        "fronts",
        body.shaded(second=np.clip(body.shade[:, 2] + 0.15 * stain, 0, 1)),
        Material(surface="wall", second_color=(0.085, 0.095, 0.12), clearcoat=0.03),
    )
    yield part(
        "dressings",
        merge(stone),
        Material(
            surface="plinth",
            base_color=(0.75, 0.75, 0.78, 1.0),
            clearcoat=0.35,
            second_color=(0.05, 0.05, 0.06),
        ),
    )
    yield part(
        "woodwork",
        merge(wood),
        Material(base_color=(0.035, 0.033, 0.036, 1.0), roughness=0.45, clearcoat=0.4),
    )
    yield part(
        "shutters",
        merge(leaves),
        Material(base_color=(0.03, 0.042, 0.045, 1.0), roughness=0.5, clearcoat=0.3),
    )
    yield part(
        "panes",
        merge(panes),
        Material(base_color=(0.03, 0.032, 0.04, 1.0), emission=rgb(warm), roughness=0.12, clearcoat=0.6),
    )
