"""Flower pots: irises that stand and violets that lie over the rim, in clay and zinc."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import plant
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.part import part, rgba
from showroom.imagine.grow.scatter import bases, facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import patch
from showroom.words.geometry import Geometry, Material

POT_M = 0.19  # height of the rim's inside, of a pot of size 1


def pots(name: str, at: np.ndarray, sizes: np.ndarray, zinc: bool, chance: Chance) -> Geometry:
    """Clay pots with rolled rims, or plain buckets, at (n, 3) places; earth to below the rim."""
    knots = (
        (
            (0.0, 0.19),
            (0.1, 0.19),
            (0.108, 0.2),
            (0.112, 0.226),
            (0.118, 0.226),
            (0.115, 0.19),
            (0.098, 0.02),
            (0.09, 0.0),
            (0.0, 0.0),
        )
        if zinc
        else (
            (0.0, 0.19),
            (0.1, 0.19),
            (0.108, 0.2),
            (0.11, 0.215),
            (0.134, 0.215),
            (0.136, 0.18),
            (0.12, 0.168),
            (0.092, 0.02),
            (0.086, 0.0),
            (0.0, 0.0),
        )
    )
    pot = turned(knots, 1.0, 40, 28)
    earth = (np.hypot(pot.positions[:, 0], pot.positions[:, 2]) < 0.105) & (pot.positions[:, 1] > 0.15)
    skin = (
        Material(
            base_color=(0.26, 0.28, 0.3, 1.0), second_color=(0.03, 0.02, 0.013), metallic=0.6, roughness=0.5
        )
        if zinc
        else Material(
            base_color=(0.3, 0.115, 0.06, 1.0),
            second_color=(0.03, 0.02, 0.013),
            roughness=0.75,
            clearcoat=0.3,
        )
    )
    return part(
        name,
        pot.shaded(second=earth),
        skin,
        instances(at, bases(chance, len(at)), sizes, varied_tints(chance, len(at), 0.01, 0.15)),
    )


def irises(at: np.ndarray, sizes: np.ndarray, srgb: str, chance: Chance) -> Iterator[Geometry]:
    """An iris in each pot, every piece one part for all of them."""
    count = len(at)
    turned_to, tints, phases = (
        bases(chance, count, 0.05),
        varied_tints(chance, count, 0.02, 0.12),
        chance.uniform(0, 1, count),
    )
    feet = at + np.array([0.0, 1.0, 0.0]) * (POT_M * sizes)[:, None]
    for piece in plant("iris", srgb, chance.child("iris")):
        yield part(
            f"iris {piece.name}",
            piece.mesh,
            piece.material,
            instances(feet, turned_to, sizes, tints, phases, 0.008, piece.cell),
            layer="heart",
        )


def violet() -> Mesh:
    """A violet looking along +Y: two petals up, two aside, one broad below, a yellow eye (second colour)."""
    petals = []
    for away, long, wide in (
        (0.38, 1.0, 0.42),
        (-0.38, 1.0, 0.42),
        (1.75, 0.85, 0.4),
        (-1.75, 0.85, 0.4),
        (np.pi, 1.1, 0.55),
    ):
        v, u = np.meshgrid(np.array([1.0, 0.6, 0.12]), np.array([-1.0, 0.0, 1.0]), indexing="ij")
        half = wide * np.array([0.62, 1.0, 0.25])[:, None]
        petal = patch(
            np.stack(
                [-u * half, 0.16 * v**2 - 0.06 * (1 - np.abs(u)), long * v * (1 - 0.12 * u * u)], axis=-1
            )
        )
        petal = petal if petal.normals[:, 1].mean() > 0 else petal.turned_inside_out()
        petals.append(
            petal.turned("y", away).shaded(
                second=(v < 0.3).reshape(-1), occlusion=0.7 + 0.3 * v.reshape(-1), flex=0.6
            )
        )
    return merge(petals)


def _heart() -> Mesh:
    """A heart-shaped leaf from the origin along +Z, cupped."""
    v, u = np.meshgrid(
        np.array([1.0, 0.72, 0.4, 0.1, -0.12]), np.array([-1.0, -0.5, 0.0, 0.5, 1.0]), indexing="ij"
    )
    half = np.array([0.02, 0.3, 0.5, 0.48, 0.3])[:, None]
    notch = 0.14 * (1 - np.abs(u)) * (v < 0.0)
    leaf = patch(np.stack([-u * half, 0.12 * np.abs(u) - 0.2 * np.clip(v, 0, 1) ** 2, v + notch], axis=-1))
    leaf = leaf if leaf.normals[:, 1].mean() > 0 else leaf.turned_inside_out()
    return leaf.shaded(
        occlusion=0.55 + 0.45 * np.clip(v, 0, 1).reshape(-1),
        second=(0.5 * (1 - np.abs(u))).reshape(-1),
        flex=0.4,
    )


def violets(
    at: np.ndarray, sizes: np.ndarray, color: np.ndarray, chance: Chance, detail: float
) -> Iterator[Geometry]:
    """Cushions of heart-shaped leaves over the rims at (n, 3), thick with flowers that look out.

    sizes : (n,) radius of each cushion, metres.
    """
    count = int(12 + 22 * detail)
    leaf_at, leaf_way, flower_at, flower_up, size = [], [], [], [], []
    for spot, wide in zip(at, sizes):
        turned_by = 2.39996 * np.arange(count) + chance.uniform(0, 6.3)
        reach = np.sqrt((np.arange(count) + 0.5) / count)
        out = np.stack([np.sin(turned_by), 0 * reach, np.cos(turned_by)], axis=1)
        dome = 0.5 * wide * np.sqrt(np.clip(1.05 - reach**2, 0, 1))
        leaf_at.append(
            spot + out * (reach * wide * 0.72)[:, None] + np.column_stack([0 * dome, 0.8 * dome, 0 * dome])
        )
        leaf_way.append(out + np.array([0, 0.35, 0]))
        own = np.arange(count)[chance.uniform(0, 1, count) < 0.85]
        lift = dome[own] + 0.035 + 0.02 * chance.uniform(0, 1, len(own))
        flower_at.append(
            spot + out[own] * (reach[own] * wide * 0.9)[:, None] + np.column_stack([0 * lift, lift, 0 * lift])
        )
        flower_up.append(
            unit(out[own] * 0.8 + np.array([0, 0.45, 0.35]) + 0.25 * chance.normal((len(own), 3)))
        )
        size.append(np.full(count, wide))
    places, ways = np.concatenate(leaf_at), np.concatenate(leaf_way)
    count = len(places)
    green = Material(
        "foliage",
        base_color=(0.035, 0.075, 0.025, 1.0),
        second_color=(0.07, 0.13, 0.045),
        roughness=0.45,
        clearcoat=0.4,
        translucency=0.35,
    )
    yield part(
        "violet leaves",
        _heart(),
        green,
        instances(
            places,
            facing(ways, np.tile(np.array([0.0, 1.0, 0.0]), (count, 1)) + 0.2 * chance.normal((count, 3))),
            0.36 * np.concatenate(size) * varied_sizes(chance, count),
            varied_tints(chance, count, 0.02, 0.2),
            chance.uniform(0, 1, count),
            0.006,
        ),
        casts_shadow=False,
    )
    spots, ups = np.concatenate(flower_at), np.concatenate(flower_up)
    count = len(spots)
    petal = Material(
        "foliage",
        base_color=rgba(color),
        second_color=(0.75, 0.6, 0.2),
        roughness=0.55,
        sheen=0.3,
        translucency=0.4,
    )
    yield part(
        "violet flowers",
        violet(),
        petal,
        instances(
            spots,
            bases(chance, count, 0.15, ups),
            varied_sizes(chance, count, 0.024),
            varied_tints(chance, count, 0.03, 0.2),
            chance.uniform(0, 1, count),
            0.008,
        ),
        layer="heart",
    )
