"""Lanterns: pierced brass with a flame behind amber panes, standing on the ground or hung from a limb."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.part import part
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import circle, curve, lathe, tube
from showroom.words.geometry import Geometry, Material

_SIDES = 6
TALL_M = 0.34


def lantern() -> tuple[Mesh, Mesh]:
    """(brass, panes) of one lantern standing on the origin, TALL_M high to its ring."""
    rows = np.array([(0.0, 0.02), (0.075, 0.018), (0.082, 0.008), (0.076, 0.0), (0.0, 0.0)])
    foot = lathe(rows, 24, 0.3)
    roof = lathe(
        curve(
            np.array(
                [
                    (0.0, 0.315),
                    (0.012, 0.31),
                    (0.016, 0.29),
                    (0.04, 0.268),
                    (0.062, 0.235),
                    (0.086, 0.218),
                    (0.084, 0.212),
                    (0.0, 0.21),
                ]
            ),
            20,
        ).clip(0),
        24,
        0.3,
    )
    posts, bars = [], []
    for side in range(_SIDES):
        angle = 2 * np.pi * side / _SIDES
        at = np.array([np.sin(angle), 0.0, np.cos(angle)])
        posts.append(
            tube(
                np.array([at * 0.07 + [0, 0.012, 0], at * 0.074 + [0, 0.11, 0], at * 0.07 + [0, 0.214, 0]]),
                0.0042,
                5,
                0.3,
            )
        )
    for high, reach in ((0.05, 0.07), (0.115, 0.073), (0.18, 0.071)):
        ring = circle(_SIDES) * reach
        bars.append(
            tube(
                np.stack([ring[:, 0], np.full(_SIDES + 1, high), ring[:, 1]], axis=1),
                0.0028,
                4,
                0.3,
                closed=False,
            )
        )
    loop = circle(14) * 0.016
    bail = tube(
        np.stack([loop[:, 0], 0.328 + loop[:, 1], 0 * loop[:, 0]], axis=1), 0.0026, 5, 0.3, closed=False
    )
    panes = lathe(np.array([(0.066, 0.21), (0.068, 0.11), (0.066, 0.02)]), _SIDES)
    high = panes.positions[:, 1]
    return merge([foot, roof, *posts, *bars, bail]), panes.shaded(
        opacity=0.35 + 0.65 * np.exp(-(((high - 0.09) / 0.07) ** 2))
    )


def lanterns(at: np.ndarray, strength: float, chain_m: dict[int, float], surface: str) -> Iterator[Geometry]:
    """Lanterns with their feet at (n, 3); chain_m: how long a chain those hang from, by number."""
    brass, panes = lantern()
    chains = [
        tube(
            at[index] + np.array([[0, TALL_M, 0], [0, TALL_M + 0.5 * long, 0], [0, TALL_M + long, 0]]),
            0.003,
            4,
            0.3,
        )
        for index, long in chain_m.items()
    ]
    placed = instances(at)
    metal = Material(surface=surface, base_color=(0.85, 0.75, 0.6, 1.0), metallic=1.0, roughness=0.8)
    lights = tuple(
        fire.light((float(x), float(y + 0.1), float(z)), fire.FLAME, strength, 2.6, 0.2) for x, y, z in at
    )
    yield part("lanterns", brass, metal, placed, lights=lights, casts_shadow=False)
    if chains:
        yield part("lantern chains", merge(chains), metal, casts_shadow=False)
    yield part(
        "lantern panes", panes, fire.burning(np.array([1.0, 0.47, 0.12]), 0.75), placed, casts_shadow=False
    )
    yield part(
        "lantern shine",
        fire.halo(0.24).moved(y=0.1),
        fire.shine(fire.FLAME, 0.35),
        placed,
        casts_shadow=False,
    )
