"""Guests: what a scent brings into its place from elsewhere, plants by their notes and a keepsake of a place.

They stand lightly: in two or three spots beside the visitor and the plinth, in pots where there is no soil.
"""

from dataclasses import replace
from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import plant
from showroom.imagine.grow.keepsake import KEEPSAKES
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.part import part, triple
from showroom.imagine.grow.scatter import bases, instances, one, varied_sizes, varied_tints
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Flora, SceneSpec

Spot = tuple[float, float]
_SPOTS = ((-1.05, -1.62), (1.0, -1.95), (-1.62, -2.1), (1.62, -1.3), (-0.62, -2.35), (0.72, -2.6))
_PROP_SPOT = (-0.5, -2.5)  # between the hero and what stands to its left
_APART_M = 0.55  # from a keepsake to the next plant
_SCARCE, _FAINT = 0.1, 0.14  # less of a plant, or of another place, is not worth a guest
_MOST = 3
_TREES = ("citrus_tree", "fig", "pine", "cedar", "palm")  # stand in the larger pots
_POT_M, _TREE_POT = 0.17, 1.45  # how high the earth is in a pot; how much larger a tree's is
_UNSHADOWED = ("glow", "shaft", "glass", "liquid")


def guests(
    spec: SceneSpec,
    native: tuple[str, ...],
    here: str,
    ground: Ground,
    chance: Chance,
    potted: bool,
    spots: tuple[Spot, ...] = _SPOTS,
    prop_at: Spot = _PROP_SPOT,
) -> Iterator[Geometry]:
    """Plants of spec.flora that are not `native`, and the keepsake of the place it leans to most after `here`.

    ground : (x, z) → height.   potted : each plant stands in an earthen pot.   spots, prop_at : x, z of
    plants, and of the keepsake's middle.
    """
    foreign, place = invited(spec, native, here)
    pots = []
    for order, flora in enumerate(foreign):
        at = np.array(_clear(spots, order, prop_at if place else None))
        size = _TREE_POT if flora.name in _TREES else 1.0
        lift = _POT_M * size if potted else 0.0
        positions = np.stack([at[:, 0], ground(at[:, 0], at[:, 1]) + lift, at[:, 1]], axis=1)
        yield from _planted(flora, positions, chance.child(flora.name))
        pots += [(x, high - lift, z, size) for x, high, z in positions] if potted else []
    if pots:
        yield _pots(np.array(pots), chance)
    if place:
        yield from _kept(place, ground, chance.child(place), np.array(prop_at))


def invited(spec: SceneSpec, native: tuple[str, ...], here: str) -> tuple[list[Flora], str]:
    """(plants, place): the densest of what does not grow `here`, and whose keepsake comes ("" for none)."""
    foreign = sorted(
        (flora for flora in spec.flora if flora.name not in native and flora.density >= _SCARCE),
        key=lambda flora: (-flora.density, flora.name),
    )[:_MOST]
    others = sorted((-weight, name) for name, weight in spec.place.items() if name != here and weight >= _FAINT)
    return foreign, others[0][1] if others else ""


def _clear(spots: tuple[Spot, ...], order: int, kept: Spot | None) -> list[Spot]:
    """Every third of the spots, less those that a keepsake takes; one at least."""
    own = list(spots[order::_MOST])
    if kept is None:
        return own
    free = [spot for spot in own if np.hypot(spot[0] - kept[0], spot[1] - kept[1]) > _APART_M]
    return free or own[-1:]


def _planted(flora: Flora, positions: np.ndarray, draw: Chance) -> Iterator[Geometry]:
    """One species at (n, 3) places, every piece of it as the others."""
    count = len(positions)
    turns, sizes, tints = bases(draw, count, 0.06), varied_sizes(draw, count), varied_tints(draw, count)
    for piece in plant(flora.name, flora.srgb, draw):
        placed = instances(positions, turns, sizes, tints, draw.uniform(0, 1, count), 0.012, piece.cell)
        yield part(f"guest {flora.name} {piece.name}", piece.mesh, piece.material, placed)


def _pots(at: np.ndarray, chance: Chance) -> Geometry:
    """Terracotta with a rolled rim, earth to just below it; at : (n, 4) foot and size."""
    pot = turned(
        (
            (0.0, 0.165),
            (0.09, 0.165),
            (0.1, 0.17),
            (0.105, 0.19),
            (0.125, 0.19),
            (0.126, 0.16),
            (0.112, 0.15),
            (0.085, 0.02),
            (0.08, 0.0),
            (0.0, 0.0),
        ),
        1.0,
        40,
        28,
    )
    earth = np.hypot(pot.positions[:, 0], pot.positions[:, 2]) < 0.101
    pot = pot.shaded(second=earth & (pot.positions[:, 1] > 0.15))
    clay = Material(base_color=(0.33, 0.13, 0.065, 1.0), second_color=(0.03, 0.02, 0.013), roughness=0.9)
    wide = at[:, 3] * varied_sizes(chance, len(at), 1.0, 0.1)
    sizes = np.stack([wide, at[:, 3], wide], axis=1)
    return part(
        "guest pots",
        pot,
        clay,
        instances(at[:, :3], bases(chance, len(at)), sizes, varied_tints(chance, len(at), 0.015, 0.15)),
    )


def _kept(place: str, ground: Ground, chance: Chance, at: np.ndarray) -> Iterator[Geometry]:
    """The keepsake of a place, its front to the visitor."""
    foot = np.array([at[0], float(ground(at[:1], at[1:])[0]), at[1]])
    token = KEEPSAKES[place](chance)
    for index, piece in enumerate(token.pieces):
        placed = one(triple(foot), float(np.arctan2(-at[0], -at[1])))
        placed["cell"], placed["flex_m"] = piece.cell, 0.004
        lights = tuple(replace(light, position=triple(foot + np.array(light.position))) for light in token.lights)
        yield part(
            f"guest {place} {piece.name}",
            piece.mesh,
            piece.material,
            placed,
            casts_shadow=piece.material.kind not in _UNSHADOWED,
            lights=lights if index == 0 else (),
        )
