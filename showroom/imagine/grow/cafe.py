"""Café: a lit room behind an opening in a front, the awning over it, small tables and bentwood chairs, an umbrella."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, turn
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, rgba, triple
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, circle, curve, lathe, patch, tube
from showroom.imagine.grow.town_house import Front
from showroom.words.geometry import Geometry, Light, Material

_DEEP_M = 2.1  # of the room behind the opening


def rooms(fronts: list[Front], warm: np.ndarray, chance: Chance) -> Iterator[Geometry]:
    """What is seen through the openings of fronts: glowing walls with shelves, a bar before them, globes.

    warm : (3,) linear radiance of the brightest wall.
    """
    globe = lathe(np.array([(0.0, 0.1), (0.07, 0.075), (0.1, 0.0), (0.07, -0.075), (0.0, -0.1)]), 14)
    shells, globes, fittings, frames, lights = [], [], [], [], []
    pure = warm / warm.max()
    for index, front in enumerate(fronts):
        assert front.shop is not None
        low, high, tall = front.shop
        middle, wide = (low + high) / 2, high - low + 1.6
        spots = [(middle + 0.31 * x * wide, tall - 0.42, -1.15) for x in (-1, 0, 1)]
        cords = [tube(np.array([[x, y + 0.08, z], [x, tall + 0.3, z]]), 0.006, 4) for x, y, z in spots]
        shells.append(front.placed(_shell(middle, wide, tall)))
        globes.append(front.placed(merge([globe.moved(*spot) for spot in spots])))
        fittings.append(
            front.placed(merge([*_fittings(middle, wide, tall, chance.child(f"{index}")), *cords]))
        )
        frames.append(front.placed(merge(_mullions(low, high, tall))))
        lights.append(Light(triple(front.spot(middle, 1.75, 0.35)), rgb(pure * 2.6), 6.0, 0.03))
    yield part(
        "shop rooms",
        merge(shells),
        Material(base_color=(0.3, 0.19, 0.1, 1.0), emission=rgb(warm)),
        casts_shadow=False,
    )
    yield part(
        "shop globes",
        merge(globes),
        Material(base_color=(0.3, 0.25, 0.2, 1.0), emission=rgb(pure * 5.0)),
        casts_shadow=False,
        lights=tuple(lights),
    )
    yield part(
        "shop fittings",
        merge(fittings),
        Material(
            base_color=(0.05, 0.028, 0.016, 1.0),
            roughness=0.4,
            second_color=(0.16, 0.07, 0.03),
            clearcoat=0.4,
        ),
    )
    yield part(
        "shop fronts",
        merge(frames),
        Material(base_color=(0.02, 0.035, 0.03, 1.0), roughness=0.4, clearcoat=0.5),
    )


def _shell(middle: float, wide: float, tall: float) -> Mesh:
    """Back wall with pools of light on it, sides and ceiling, as brightness (occlusion)."""
    v, u = np.meshgrid(np.linspace(0, 1, 13), np.linspace(-1, 1, 25), indexing="ij")
    back = patch(
        np.stack([middle + u * wide / 2, (tall + 0.3) * (1 - v), np.full_like(u, -_DEEP_M)], axis=-1)
    )
    pools = sum(np.exp(-(((u - x) / 0.3) ** 2 + ((v - 0.32) / 0.35) ** 2)) for x in (-0.62, 0.0, 0.62))
    made = [back.shaded(occlusion=(np.clip(0.2 + 0.6 * pools, 0, 1) * _panelled((tall + 0.3) * (1 - v))).reshape(-1))]
    for side in (-1, 1):
        d, w = np.meshgrid(np.linspace(0, 1, 25), np.linspace(-_DEEP_M, -0.16, 13), indexing="ij")
        panel = patch(
            np.stack([np.full_like(w, middle + side * wide / 2), (tall + 0.3) * (1 - d), w], axis=-1)
        )
        panel = panel if panel.normals[:, 0].mean() * side < 0 else panel.turned_inside_out()
        lit = 0.08 + 0.42 * np.exp(-(((w + 1.15) / 0.5) ** 2 + ((d - 0.3) / 0.22) ** 2))
        made.append(panel.shaded(occlusion=(lit * _panelled((tall + 0.3) * (1 - d))).reshape(-1)))
    top = patch(
        np.array([[(middle + x * wide / 2, tall + 0.3, z) for x in (-1, 1)] for z in (-0.16, -_DEEP_M)])
    )
    made.append((top if top.normals[:, 1].mean() < 0 else top.turned_inside_out()).shaded(occlusion=0.2))
    return merge(made)


def _panelled(high: np.ndarray) -> np.ndarray:
    """How bright a room's wall is at heights, metres: dark wood to the elbow, paper above, a rail between."""
    wood = smoothstep(1.12, 1.0, high)
    rail = np.exp(-(((high - 1.13) / 0.06) ** 2))
    return (1 - 0.72 * wood) * (1 - 0.35 * rail)


def _fittings(middle: float, wide: float, tall: float, chance: Chance) -> list[Mesh]:
    """A bar, shelves, and on them bottles and jars as dark shapes against the light; stools."""
    made = [box(0.62 * wide, 1.05, 0.5, 0.03, 0.8).moved(middle + 0.1 * wide, 0, -1.35)]
    flask = lathe(np.array([(0.0, 0.3), (0.012, 0.3), (0.014, 0.22), (0.04, 0.17), (0.042, 0.0)]), 8)
    jar = lathe(np.array([(0.0, 0.2), (0.05, 0.19), (0.06, 0.16), (0.06, 0.0)]), 8)
    for y in (1.25, 1.62, 1.99):
        made.append(box(0.84 * wide, 0.03, 0.2, 0.006, 0.8).moved(middle, y - 0.03, -_DEEP_M + 0.12))
        for x in np.arange(-0.4, 0.4, 0.036):
            if chance.uniform() < 0.72:
                one = (flask if chance.uniform() < 0.65 else jar).scaled(chance.uniform(0.75, 1.05))
                made.append(
                    one.moved(middle + x * wide, y, -_DEEP_M + 0.12).shaded(second=chance.uniform(0, 1))
                )
    for x in (-0.12, 0.08, 0.28):
        stool = lathe(
            np.array([(0.0, 0.76), (0.17, 0.75), (0.17, 0.71), (0.03, 0.69), (0.025, 0.05), (0.18, 0.0)]), 10
        )
        made.append(stool.moved(middle + x * wide, 0, -0.85))
    return made


def _mullions(low: float, high: float, tall: float) -> list[Mesh]:
    """The painted frame of the shop window: a panelled foot, posts, a transom."""
    count = max(2, int((high - low) / 0.85))
    posts = [
        box(0.07, tall, 0.09, 0.012).moved(x, 0, -0.1)
        for x in np.linspace(low + 0.03, high - 0.03, count + 1)
    ]
    rails = [
        box(high - low, depth, 0.07, 0.012).moved((low + high) / 2, y, -0.1)
        for y, depth in ((0.0, 0.42), (0.47, 0.05), (tall - 0.48, 0.05), (tall - 0.06, 0.06))
    ]
    return [*posts, *rails]


def awning(
    front: Front, color: np.ndarray, pale: np.ndarray, reach_m: float, chance: Chance
) -> Iterator[Geometry]:
    """Cloth on a frame over a front's opening, wide bands of two tones, its valance stirring, drops along its edge."""
    assert front.shop is not None
    low, high, tall = front.shop
    half, middle, top = (high - low) / 2 + 0.35, (low + high) / 2, tall + 0.62
    v, u = np.meshgrid(np.linspace(0, 1, 9), np.linspace(-1, 1, 57), indexing="ij")
    sag = 0.06 * np.sin(np.pi * v) * (0.7 + 0.3 * np.cos(u * 9))
    cloth = patch(np.stack([middle + u * half, top - 0.62 * v - sag, 0.03 + reach_m * v], axis=-1))
    w, a = np.meshgrid(np.linspace(0, 1, 4), np.linspace(-1, 1, 57), indexing="ij")
    scallop = 0.17 + 0.05 * np.abs(np.sin(a * half / 0.3 * np.pi / 2))
    hem = patch(np.stack([middle + a * half, top - 0.62 - w * scallop, 0.03 + reach_m + 0.01 * w], axis=-1))
    wave = np.concatenate([0.12 * np.sin(np.pi * v).reshape(-1), w.reshape(-1)])
    across = np.concatenate([u.reshape(-1), a.reshape(-1)])
    bands = smoothstep(-0.15, 0.15, np.sin(across * half / 0.36 * np.pi))
    sheet = front.placed(merge([cloth, hem]).shaded(flex=wave, second=bands, occlusion=0.9))
    sheet = sheet if sheet.normals[:, 1].mean() > 0 else sheet.turned_inside_out()
    linen = Material(
        "foliage",
        base_color=rgba(color),
        second_color=rgb(pale),
        roughness=0.5,
        clearcoat=0.35,
        translucency=0.55,
    )
    yield part("awning", sheet, linen, instances(np.zeros((1, 3)), flex_m=0.02))
    arms = [
        tube(
            np.array(
                [
                    [middle + side * half, top - 0.75, 0.02],
                    [middle + side * half, top - 0.66, 0.5 * reach_m],
                    [middle + side * half, top - 0.64, reach_m],
                ]
            ),
            0.012,
            6,
        )
        for side in (-1, 1)
    ]
    bar = tube(
        np.array([[middle - half, top - 0.63, reach_m + 0.02], [middle + half, top - 0.63, reach_m + 0.02]]),
        0.014,
        6,
    )
    yield part(
        "awning frame",
        front.placed(merge([*arms, bar])),
        Material(base_color=(0.03, 0.03, 0.03, 1.0), roughness=0.4),
    )
    count = 60
    x = middle + half * np.sort(chance.uniform(-1, 1, count))
    y = (
        top
        - 0.62
        - 0.17
        - 0.05 * np.abs(np.sin((x - middle) / 0.3 * np.pi / 2))
        - 0.5 * chance.uniform(0, 1, count) ** 4
    )
    bead = lathe(np.array([(0.0, 2.2), (0.45, 0.9), (1.0, 0.0), (0.7, -0.7), (0.0, -1.0)]), 6)
    drops = front.placed(merge([bead.scaled(0.005).moved(px, py, 0.04 + reach_m) for px, py in zip(x, y)]))
    yield part(
        "drops",
        drops,
        Material(base_color=(0.35, 0.36, 0.38, 1.0), roughness=0.05, clearcoat=1.0),
        casts_shadow=False,
    )


def table(high_m: float = 0.73, radius_m: float = 0.29) -> Mesh:
    """A round marble top on an iron stem with three feet; shade b is 1 on the marble."""
    top = lathe(
        np.array(
            [
                (0.0, high_m),
                (radius_m - 0.01, high_m),
                (radius_m, high_m - 0.008),
                (radius_m, high_m - 0.022),
                (0.0, high_m - 0.024),
            ]
        ),
        36,
        0.8,
    ).shaded(second=1.0)
    stem = lathe(
        np.array(
            [
                (0.07, high_m - 0.025),
                (0.02, high_m - 0.06),
                (0.018, 0.3),
                (0.03, 0.22),
                (0.018, 0.16),
                (0.03, 0.1),
            ]
        ),
        12,
    )
    feet = [
        tube(
            curve(
                np.array(
                    [
                        [0, 0.14, 0],
                        [0.14 * np.sin(a), 0.1, 0.14 * np.cos(a)],
                        [0.26 * np.sin(a), 0.012, 0.26 * np.cos(a)],
                    ]
                ),
                8,
            ),
            0.013,
            6,
        )
        for a in (0.4, 2.5, 4.6)
    ]
    return merge([top, stem, *feet])


def chair() -> Mesh:
    """Bentwood: a round seat, four legs, a hooped back; it looks along +Z."""
    seat = lathe(np.array([(0.0, 0.465), (0.19, 0.468), (0.205, 0.455), (0.19, 0.44), (0.0, 0.44)]), 24)
    legs = [
        tube(
            np.array(
                [[0.13 * sx, 0.45, 0.13 * sz], [0.16 * sx, 0.22, 0.16 * sz], [0.185 * sx, 0.0, 0.19 * sz]]
            ),
            0.014,
            6,
        )
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    hoops = []
    for wide, tall in ((0.19, 0.44), (0.11, 0.33)):
        a = np.linspace(-0.25, np.pi + 0.25, 22)
        hoop = np.stack(
            [
                wide * np.cos(a),
                0.46 + tall * (0.4 + 0.6 * np.clip(np.sin(a), -0.35, 1)),
                -0.17 - 0.06 * np.sin(a),
            ],
            axis=1,
        )
        hoops.append(tube(hoop, 0.011, 6))
    ring = circle(20)
    brace = tube(
        np.stack([ring[:, 0] * 0.15, np.full(21, 0.25), ring[:, 1] * 0.15], axis=1), 0.009, 5, closed=False
    )
    return merge([seat, *legs, *hoops, brace])


def cup() -> Mesh:
    """A cup on its saucer, about the origin; shade b is 1 where the coffee is."""
    body = lathe(
        curve(
            np.array(
                [
                    (0.0, 0.052),
                    (0.034, 0.052),
                    (0.037, 0.062),
                    (0.04, 0.064),
                    (0.041, 0.055),
                    (0.034, 0.022),
                    (0.02, 0.008),
                    (0.0, 0.008),
                ]
            ),
            18,
        ).clip(min=0.0),
        22,
    )
    coffee = (np.hypot(body.positions[:, 0], body.positions[:, 2]) < 0.033) & (body.positions[:, 1] > 0.045)
    saucer = lathe(
        np.array([(0.0, 0.006), (0.045, 0.008), (0.075, 0.018), (0.074, 0.013), (0.04, 0.0), (0.0, 0.0)]), 24
    )
    a = np.linspace(-1.2, 1.2, 10)
    grip = tube(np.stack([0.038 + 0.018 * np.cos(a), 0.036 + 0.018 * np.sin(a), 0 * a], axis=1), 0.0035, 5)
    return merge([body.shaded(second=coffee), saucer, grip])


def umbrella(at: tuple[float, float, float], color: np.ndarray, chance: Chance) -> Iterator[Geometry]:
    """An open umbrella put down on the stones: eight taut gores, ribs, a crook; its rim touches the ground."""
    v, u = np.meshgrid(np.linspace(0, 1, 9), np.linspace(0, 2 * np.pi, 49), indexing="ij")
    gore = np.abs(np.cos(4 * u))
    out = 0.5 * np.sin(v * 1.25) / np.sin(1.25) * (1 - 0.05 * v * (1 - gore))
    high = 0.26 * (np.cos(v * 1.25) - np.cos(1.25)) / (1 - np.cos(1.25)) + 0.035 * v * (1 - gore)
    cloth = patch(np.stack([out * np.sin(u), high, out * np.cos(u)], axis=-1))
    cloth = cloth if cloth.normals[:, 1].mean() > 0 else cloth.turned_inside_out()
    cloth = cloth.shaded(
        occlusion=0.75 + 0.25 * np.repeat(np.linspace(1, 0, 9), 49),
        second=0.4 * (1 - gore).reshape(-1),
        flex=np.repeat(np.linspace(0, 1, 9) ** 3, 49),
    )
    crook = curve(
        np.array(
            [[0, 0.32, 0], [0, 0.0, 0], [0, -0.4, 0], [0.03, -0.45, 0], [0.07, -0.43, 0], [0.075, -0.38, 0]]
        ),
        24,
    )
    spokes = [
        tube(np.array([[0, 0.25, 0], [0.48 * np.sin(a), 0.03, 0.48 * np.cos(a)]]), 0.003, 4)
        for a in np.arange(8) * np.pi / 4
    ]
    way = turn("y", 2.55) @ turn("x", 0.95)
    lift = -float(cloth.transformed(way).positions[:, 1].min()) - 0.004
    spot = (at[0], at[1] + lift, at[2])
    silk = Material(
        "foliage",
        base_color=rgba(color),
        second_color=rgb(color * 0.6),
        roughness=0.42,
        clearcoat=0.5,
        translucency=0.35,
        sheen=0.2,
    )
    yield part(
        "umbrella", cloth.transformed(way).moved(*spot), silk, instances(np.zeros((1, 3)), flex_m=0.004)
    )
    yield part(
        "umbrella frame",
        merge([tube(crook, np.linspace(0.007, 0.011, 24), 7), *spokes]).transformed(way).moved(*spot),
        Material(base_color=(0.10, 0.05, 0.025, 1.0), roughness=0.4, clearcoat=0.4),
    )


def ripples(at: np.ndarray, radii: np.ndarray, chance: Chance, water: Material, detail: float) -> Geometry:
    """Puddles at (n, 2) x, z: still water with the rings of drops in its face, thin at a ragged edge."""
    pieces = []
    for index, ((x, z), radius) in enumerate(zip(at, radii)):
        v, u = np.meshgrid(
            np.linspace(1, 0, 8 + int(10 * detail)),
            np.linspace(0, 2 * np.pi, 21 + int(20 * detail)),
            indexing="ij",
        )
        ragged = radius * (1 + 0.3 * fbm(np.stack([2 * np.cos(u), 2 * np.sin(u) + 7.0 * index], -1), 3, 31))
        px, pz = x + 1.5 * v * ragged * np.sin(u), z - v * ragged * np.cos(u)
        high = np.zeros_like(px)
        for _ in range(5):
            cx, cz, ring = (
                x + radius * chance.uniform(-1.1, 1.1),
                z + radius * chance.uniform(-0.7, 0.7),
                chance.uniform(0.05, 0.16),
            )
            away = np.hypot(px - cx, pz - cz)
            high = high + 0.0028 * np.cos((away - ring) * 95.0) * np.exp(-(((away - ring) / 0.05) ** 2))
        sheet = patch(np.stack([px, 0.006 + high, pz], axis=-1))
        sheet = sheet if sheet.normals[:, 1].mean() > 0 else sheet.turned_inside_out()
        pieces.append(sheet.shaded(opacity=smoothstep(1.0, 0.72, v).reshape(-1)))
    return part("puddles", merge(pieces), water, casts_shadow=False)
