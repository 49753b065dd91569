"""Street lamps: cast iron posts with lanterns, their light in the rain, and far lights out of focus."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import part, rgb, triple
from showroom.imagine.grow.scatter import facing, instances
from showroom.imagine.grow.shapes import box, lathe, loft, patch, tube
from showroom.words.geometry import Geometry, Light, Material

HIGH_M = 3.05  # of the light over the pavement
_SQUARE = np.array([(-1, 1), (1, 1), (1, -1), (-1, -1), (-1, 1)], dtype=np.float64)


def lamps(at: np.ndarray, warm: np.ndarray, strength: float, wet: float) -> Iterator[Geometry]:
    """Posts at (n, 3) feet, each with a lantern that lights the street, and its shine in wet air.

    warm : (3,) linear colour, brightest part 1.   wet : 0 to 1, how much of the light hangs in the air.
    """
    placed = instances(at)
    iron = Material(base_color=(0.022, 0.024, 0.026, 1.0), roughness=0.42, clearcoat=0.5)
    yield part("lamp posts", merge([_post(), _cage()]), iron, placed)
    glass = (
        loft(_SQUARE, np.array([(0.15, 0.27), (0.145, 0.25), (0.095, -0.12), (0.09, -0.13)]))
        .faceted()
        .moved(0, HIGH_M, 0)
    )
    high = glass.positions[:, 1] - HIGH_M
    bright = 0.45 + 0.55 * np.exp(-(((high - 0.05) / 0.14) ** 2))
    lights = tuple(
        Light(triple(spot + np.array([0, HIGH_M - 0.02, 0])), rgb(warm * strength), 10.0, 0.04) for spot in at
    )
    yield part(
        "lamp glass",
        glass.shaded(occlusion=bright),
        Material(base_color=(0.1, 0.08, 0.06, 1.0), emission=rgb(warm * 11.0)),
        placed,
        casts_shadow=False,
        lights=lights,
    )
    yield _halos(at + np.array([0, HIGH_M + 0.05, 0]), warm * 0.34 * wet)
    yield part(
        "lamplight",
        _cone().moved(0, HIGH_M - 0.15, 0),
        Material("shaft", emission=rgb(warm * 0.07 * wet), density_per_m=1.0),
        placed,
        casts_shadow=False,
    )


def _halos(at: np.ndarray, light: np.ndarray) -> Geometry:
    """The shine of wet air about each light, turned to the visitor and soft to nothing."""
    ring = np.array([1.0, 0.8, 0.6, 0.42, 0.26, 0.12, 0.0])
    v, a = np.meshgrid(ring, np.linspace(0, 2 * np.pi, 25), indexing="ij")
    disc = patch(np.stack([np.sin(a) * v, np.cos(a) * v, 0 * v], axis=-1))
    body = np.repeat((np.exp(-4.5 * ring) - np.exp(-4.5)) / (1 - np.exp(-4.5)), 25)
    towards = np.array([0.0, 1.55, 0.0]) - at
    placed = instances(at, facing(towards, np.tile(np.array([0.0, 1.0, 0.0]), (len(at), 1))), 1.25)
    return part(
        "lamp halos",
        disc.shaded(opacity=body),
        Material("glow", emission=rgb(light)),
        placed,
        casts_shadow=False,
    )


def _post() -> Mesh:
    """Base, fluted foot, slim shaft, and the ladder bar below the lantern."""
    shaft = lathe(
        np.array(
            [
                (0.0, HIGH_M - 0.12),
                (0.05, HIGH_M - 0.13),
                (0.03, HIGH_M - 0.2),
                (0.026, HIGH_M - 0.45),
                (0.05, HIGH_M - 0.48),
                (0.05, HIGH_M - 0.52),
                (0.03, HIGH_M - 0.56),
                (0.042, 1.1),
                (0.07, 1.06),
                (0.07, 1.0),
                (0.055, 0.96),
                (0.075, 0.32),
                (0.11, 0.28),
                (0.11, 0.2),
                (0.15, 0.16),
                (0.16, 0.0),
                (0.16, -0.1),
            ]
        ),
        14,
    )
    bar = tube(
        np.array([[-0.26, HIGH_M - 0.5, 0], [0.0, HIGH_M - 0.49, 0], [0.26, HIGH_M - 0.5, 0]]), 0.014, 7
    )
    return merge([shaft, bar])


def _cage() -> Mesh:
    """The lantern's edges and its roof with a finial."""
    bars = []
    for sx in (-1, 1):
        for sz in (-1, 1):
            bars.append(
                tube(np.array([[0.1 * sx, -0.14, 0.1 * sz], [0.155 * sx, 0.27, 0.155 * sz]]), 0.011, 5)
            )
    roof = loft(
        _SQUARE, np.array([(0.0, 0.52), (0.02, 0.5), (0.05, 0.42), (0.19, 0.29), (0.19, 0.27), (0.15, 0.265)])
    ).faceted()
    foot = box(0.2, 0.03, 0.2, 0.005).moved(0, -0.155, 0)
    return merge([*bars, roof, foot]).moved(0, HIGH_M, 0)


def _cone() -> Mesh:
    """A lamp's light in the rain: upright sheets through the post that widen downwards; shade a is its body."""
    sheets = []
    v, u = np.meshgrid(np.linspace(0, 1, 11), np.linspace(-1, 1, 11), indexing="ij")
    for index in range(3):
        turn = np.pi * index / 3 + 0.3
        wide = (0.12 + 1.25 * v) * u
        sheet = patch(np.stack([np.sin(turn) * wide, -2.7 * v, np.cos(turn) * wide], axis=-1))
        body = np.clip(1 - u * u, 0, 1) ** 2 * (1 - v) ** 1.3 * smoothstep(0.0, 0.04, v)
        sheets.append(sheet.shaded(opacity=body.reshape(-1)))
    return merge(sheets)


def wall_lantern(at: np.ndarray, out: np.ndarray, warm: np.ndarray, strength: float) -> Iterator[Geometry]:
    """Lanterns on brackets at (n, 3) places on walls; out: (n, 3) away from each wall."""
    spots = at + 0.42 * out
    iron = Material(base_color=(0.022, 0.024, 0.026, 1.0), roughness=0.42, clearcoat=0.5)
    arms = [
        tube(np.array([foot, foot + 0.25 * way + [0, 0.22, 0], foot + 0.42 * way + [0, 0.18, 0]]), 0.012, 6)
        for foot, way in zip(at, out)
    ]
    cages = [_cage().moved(0, -HIGH_M - 0.1, 0).scaled(0.8).moved(*spot) for spot in spots]
    yield part("brackets", merge([*arms, *cages]), iron)
    glass = loft(_SQUARE, np.array([(0.12, 0.12), (0.116, 0.1), (0.076, -0.18), (0.07, -0.19)])).faceted()
    lights = tuple(Light(triple(spot), rgb(warm * strength), 6.5, 0.06) for spot in spots)
    yield part(
        "bracket glass",
        glass,
        Material(base_color=(0.1, 0.08, 0.06, 1.0), emission=rgb(warm * 4.0)),
        instances(spots),
        casts_shadow=False,
        lights=lights,
    )


def bokeh(at: np.ndarray, sizes: np.ndarray, tints: np.ndarray, strength: float, chance: Chance) -> Geometry:
    """Lights too far to be sharp: each a glow that falls off to nothing, turned to the visitor.

    at : (n, 3).   sizes : (n,) radii, metres.   tints : (n, 3) linear.
    """
    turn, ring = np.linspace(0, 2 * np.pi, 25), np.linspace(1.0, 0.0, 9)
    v, a = np.meshgrid(ring, turn, indexing="ij")
    disc = patch(np.stack([np.sin(a) * v, np.cos(a) * v, 0 * v], axis=-1))
    body = np.repeat(np.exp(-5.0 * ring**2) * (1 - ring**2), len(turn))
    towards = np.array([0.0, 1.55, 0.0]) - at
    placed = instances(
        at,
        facing(towards, np.tile(np.array([0.0, 1.0, 0.0]), (len(at), 1))),
        sizes,
        tints,
        chance.uniform(0, 1, len(at)),
    )
    return part(
        "far lights",
        disc.shaded(opacity=body),
        Material("glow", emission=(strength,) * 3),
        placed,
        casts_shadow=False,
    )
