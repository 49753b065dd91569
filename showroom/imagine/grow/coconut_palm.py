"""Coconut palm: a ringed trunk that leans to the light, fronds whose leaflets hang, nuts under the crown."""

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import curve, lathe, tube
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material

_RINGS_PER_M = 9.0
_GOLDEN = 2.39996
_NEAR_M = 12.0


@dataclass(frozen=True)
class Palm:
    """One palm: (x, z) of its foot, (x, y, z) of its crown's heart, length of a frond; all metres."""

    foot: tuple[float, float]
    heart: tuple[float, float, float]
    frond_m: float = 3.6


def palms(
    stand: list[Palm], ground: Ground, green: np.ndarray, bark: str, chance: Chance, detail: float
) -> Iterator[Geometry]:
    """Trunks, living fronds, dead ones that hang, and nuts."""
    trunks = [
        _trunk(palm, ground, chance.child(f"trunk {index}"), detail) for index, palm in enumerate(stand)
    ]
    yield part(
        "palm trunks",
        merge(trunks),
        Material(surface=bark, second_color=(0.1, 0.085, 0.065), normal_scale=0.6),
    )
    ages = int(14 + 9 * detail)
    leaf = leaf_material(green)
    for name, pairs, own in (
        ("palm fronds", int(18 + 14 * detail), True),
        ("far fronds", int(9 + 5 * detail), False),
    ):
        living = [
            crown(palm, chance.child(f"crown {index}"), ages, (1.25, -0.5))
            for index, palm in enumerate(stand)
            if _is_near(palm) == own
        ]
        if living:
            yield part(
                name, frond(pairs, wide=1.0 if own else 2.0), leaf, joined(living, chance.child(name), 0.05)
            )
    dead = [
        crown(palm, chance.child(f"dead {index}"), 1 + index % 2, (-1.05, -1.35))
        for index, palm in enumerate(stand)
    ]
    straw = Material(
        "foliage",
        base_color=(0.24, 0.15, 0.07, 1.0),
        second_color=(0.33, 0.23, 0.11),
        roughness=0.9,
        translucency=0.3,
    )
    yield part("dead fronds", frond(10, 0.9, 1.8), straw, joined(dead, chance.child("dead"), 0.04))
    hearts = np.array([palm.heart for palm in stand])
    turned = _GOLDEN * np.arange(5)
    ring = np.stack([np.sin(turned) * 0.24, -0.25 - 0.09 * (np.arange(5) % 3), np.cos(turned) * 0.24], axis=1)
    at = (hearts[:, None] + ring[None]).reshape(-1, 3)
    young = Material(
        base_color=(0.27, 0.26, 0.07, 1.0), second_color=(0.4, 0.2, 0.05), roughness=0.45, clearcoat=0.2
    )
    yield part(
        "palm nuts",
        nut(),
        young,
        instances(at, None, varied_sizes(chance, len(at), 0.14), varied_tints(chance, len(at), 0.05, 0.25)),
    )


def leaf_material(green: np.ndarray) -> Material:
    """Leathery green that the sun comes through, yellower where the midrib is."""
    return Material(
        "foliage",
        base_color=rgba(green),
        second_color=rgb(np.clip(green * np.array([2.6, 1.9, 1.3]), 0, 0.6)),
        roughness=0.42,
        translucency=0.55,
    )


def _is_near(palm: Palm) -> bool:
    """Its leaflets are told apart."""
    return float(np.hypot(palm.heart[0], palm.heart[2])) < _NEAR_M


def frond(pairs: int, limp: float = 0.45, wide: float = 1.0, fine: bool = False) -> Mesh:
    """One frond a unit long from the origin along +Z, face up. limp: how much its leaflets hang, 0 to 1.

    wide : of leaflets, next to those of a frond that has them all.   fine : seen from within reach.

    Shade b is 1 on the midrib.
    """
    path = curve(np.array([[0, 0, 0], [0, 0.1, 0.28], [0, 0.09, 0.6], [0, -0.1, 0.97]]), 16)
    count, sides = (16, 5) if fine else (9, 3)
    stalk = curve(path, count)
    rib = tube(stalk, np.linspace(0.014, 0.002, count), sides, closed=False)
    rib = rib.shaded(second=1.0, flex=stalk[:, 2].repeat(sides + 1), occlusion=0.8)
    share = np.linspace(0.14, 1.0, pairs)
    dense = curve(path, 80)
    roots = np.stack([np.interp(share, np.linspace(0, 1, 80), dense[:, axis]) for axis in range(3)], axis=1)
    long = 0.26 * np.sin(np.pi * np.clip(0.16 + 0.8 * share, 0, 1)) ** 0.8 + 0.03
    sweep = 0.35 + 0.75 * share**2  # towards the tip they point ahead
    t = np.array([0.0, 0.3, 0.7, 1.0] if fine else [0.0, 0.5, 1.0])
    half = 0.0075 * wide * np.array([0.55, 1.0, 0.8, 0.08] if fine else [0.6, 1.0, 0.08])
    pieces = []
    for side in (-1.0, 1.0):
        uneven = 1 + 0.14 * np.sin(share * 71 + side)
        way = np.stack([side * np.cos(sweep), 0.25 - 0.2 * share, np.sin(sweep)], axis=1)
        reach = (long * uneven)[:, None, None] * t[None, :, None]
        hang = limp * (0.75 + 0.25 * np.sin(share * 37 + 2 * side))
        middle = roots[:, None] + way[:, None] * reach
        middle = middle - np.array([0, 1.0, 0]) * (
            hang[:, None, None] * long[:, None, None] * t[None, :, None] ** 2
        )
        across = np.stack([-side * np.sin(sweep), np.full(pairs, -0.5), np.cos(sweep)], axis=1)
        edge = unit(across)[:, None] * half[None, :, None]
        strip = np.stack([middle - edge, middle + edge], axis=2)
        pieces.append(_strips(strip, t))
    return merge([rib, *pieces])


def _strips(points: np.ndarray, t: np.ndarray) -> Mesh:
    """(n, rows, 2, 3) points of n narrow leaves as one mesh."""
    count, rows = points.shape[:2]
    start = (np.arange(count) * rows * 2)[:, None] + 2 * np.arange(rows - 1)[None]
    a = start.reshape(-1)
    faces = np.concatenate([np.stack([a, a + 1, a + 3], 1), np.stack([a, a + 3, a + 2], 1)])
    mesh = make(points.reshape(-1, 3), faces, np.tile(np.array([[0.4, 0.5], [0.6, 0.5]]), (count * rows, 1)))
    along = np.tile(np.repeat(t, 2), count)
    return mesh.shaded(
        occlusion=0.6 + 0.4 * along, flex=np.clip(points.reshape(-1, 3)[:, 2], 0, 1) * 0.6 + 0.4 * along
    )


def nut() -> Mesh:
    """A coconut in its husk about the origin, three-sided, a unit across."""
    mesh = lathe(
        curve(np.array([(0.0, 0.66), (0.3, 0.55), (0.5, 0.05), (0.34, -0.42), (0.0, -0.55)]), 8).clip(
            [0, -1], None
        ),
        9,
    )
    x, y, z = mesh.positions.T
    ridge = 0.045 * np.cos(3 * np.arctan2(x, z)) * np.hypot(x, z)
    mesh = mesh.displaced(ridge)
    return mesh.shaded(
        occlusion=0.6 + 0.4 * smoothstep(-0.5, 0.3, mesh.positions[:, 1]),
        second=smoothstep(0.45, 0.64, mesh.positions[:, 1]),
    )


def _trunk(palm: Palm, ground: Ground, chance: Chance, detail: float) -> Mesh:
    """Swollen at the foot, bowed, a scar round it for every leaf there was."""
    x, z = palm.foot
    foot = np.array([x, float(ground(np.array([x]), np.array([z]))[0]) - 0.25, z])
    heart = np.array(palm.heart)
    lean = (heart - foot) * np.array([1.0, 0.0, 1.0])
    knots = np.array(
        [
            foot,
            foot + 0.2 * lean + [0, 0.16 * (heart[1] - foot[1]), 0],
            foot + 0.6 * lean + [0, 0.5 * (heart[1] - foot[1]), 0],
            heart,
        ]
    )
    near = np.hypot(x, z) < 5.0
    rows = int((24 + 60 * detail) * (1.0 if near else 0.5))
    path = curve(knots, rows)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    scar = (along * _RINGS_PER_M * (1.0 if near else 0.3)) % 1.0
    radius = 0.115 + 0.14 * np.exp(-along / 0.4) - 0.035 * along / along[-1] + 0.008 * (scar - 0.5)
    mesh = tube(path, radius, 12 if near else 7, tile_m=0.5, closed=False)
    sides = 13 if near else 8
    swell = 0.02 * fbm(mesh.positions * 2.5, 2, chance.integers(0, 9999))
    dark = np.repeat(smoothstep(0.75, 0.95, scar) * 0.8, sides)
    low = smoothstep(-0.1, 0.5, np.repeat(along, sides) - 0.2)
    return mesh.displaced(swell).shaded(second=dark, occlusion=0.4 + 0.6 * low)


def crown(
    palm: Palm, chance: Chance, count: int, pitch: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(places, rotations, sizes) of fronds from the youngest, that stands at pitch[0], to the oldest."""
    age = (np.arange(count) + chance.uniform(0, 0.6, count)) / count
    yaw = _GOLDEN * np.arange(count) + chance.uniform(0, 6.3) + 0.2 * chance.normal(count)
    rise = pitch[0] + (pitch[1] - pitch[0]) * age**0.8 + 0.1 * chance.normal(count)
    ahead = np.stack([np.cos(rise) * np.sin(yaw), np.sin(rise), np.cos(rise) * np.cos(yaw)], axis=1)
    up = np.array([0.0, 1.0, 0.0]) + 0.25 * chance.normal((count, 3))
    places = np.array(palm.heart) + 0.08 * ahead - np.array([0, 0.12, 0]) * age[:, None]
    return places, facing(ahead, up), palm.frond_m * varied_sizes(chance, count, 1.0, 0.18)


def joined(
    crowns: list[tuple[np.ndarray, np.ndarray, np.ndarray]], chance: Chance, flex_m: float
) -> np.ndarray:
    """INSTANCE of all fronds of some crowns."""
    places, rotations, sizes = (np.concatenate([crown[k] for crown in crowns]) for k in range(3))
    count = len(places)
    return instances(
        places, rotations, sizes, varied_tints(chance, count, 0.02, 0.22), chance.uniform(0, 1, count), flex_m
    )


def sprout(
    green: np.ndarray, at: np.ndarray, yaws: np.ndarray, rises: np.ndarray, sizes: np.ndarray, chance: Chance
) -> Geometry:
    """Fronds of young palms that come straight out of the sand at (n, 3), within reach."""
    ahead = np.stack([np.cos(rises) * np.sin(yaws), np.sin(rises), np.cos(rises) * np.cos(yaws)], axis=1)
    count = len(at)
    placed = instances(
        at,
        facing(ahead, np.broadcast_to([0.0, 1.0, 0.0], ahead.shape)),
        sizes,
        varied_tints(chance, count, 0.02, 0.15),
        chance.uniform(0, 1, count),
        0.05,
    )
    return part("palm sprouts", frond(40, fine=True), leaf_material(green), placed)
