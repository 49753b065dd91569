"""Crowns: leafy heads of round trees, dense enough for a stranger to stand under; a dark heart, painted boughs.

The painted bough is green as the spec's own herbs are; a tree asks for its own green and gets it.
"""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hedge import BOUGH_CELL, boughs, leafy, skin
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.scatter import facing, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import lathe
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_HERBS = ("moss", "fern", "grass", "tea", "fig")  # whose green the atlas paints its boughs in
_LEAF = "#47602c"


def painted_green(spec: SceneSpec) -> np.ndarray:
    """(3,) linear: the green of the atlas's boughs, as their painter chooses it."""
    known = [flora for flora in spec.flora if flora.name in _HERBS]
    return natural(max(known, key=lambda flora: (flora.density, flora.name)).srgb if known else _LEAF, 0.02)


def toned(spec: SceneSpec, green: np.ndarray) -> np.ndarray:
    """(3,) factor that turns the atlas's green into a green of one's own."""
    return np.clip(green / painted_green(spec), 0.08, 2.5)


def spire(chance: Chance, tall_m: float, wide_m: float) -> Mesh:
    """A cypress's crown from the ground up: ragged, widest at a third, drawn to a point."""
    high = np.linspace(1.0, 0.03, 13)
    girth = np.sin(np.pi * np.clip(1 - high, 0, 1) ** 0.62) ** 0.8 * (1 - 0.25 * (1 - high)) + 0.12 * (high < 0.1)
    girth = np.maximum(girth, np.minimum(1 - high, 0.35))
    crown = lathe(np.column_stack([girth * wide_m / 2, high * tall_m]), 11)
    ragged = 0.2 * wide_m * fbm(crown.positions * np.array([1.6, 0.7, 1.6]), 2, chance.integers(0, 1 << 20))
    return leafy(crown.displaced(ragged), 0.0, 0.8 * tall_m)


def crowns(name: str, bodies: list[Mesh], spec: SceneSpec, green: np.ndarray, chance: Chance, covers: int,
           bough_m: float, casts_shadow: bool = True, gloss: float = 0.0, sunk: float = 0.5) -> Iterator[Geometry]:
    """The dark hearts of crowns that stand in the world, as one part, and the boughs that cover them.

    green : linear RGB of a leaf.   covers : pairs of boughs.   gloss : 0 matt to 1 leathery.
    sunk : how far a heart lies within its boughs, in boughs.
    """
    body = merge(bodies)
    heart = Material(base_color=rgba(0.7 * green), second_color=rgb(green), roughness=1.0)
    yield part(name, body.displaced(np.full(len(body.positions), -sunk * bough_m)), heart, casts_shadow=casts_shadow)
    at, out = skin(chance, body, covers, _seen(body))
    count = len(at)
    stand = bough_m * chance.uniform(-0.1, 0.28, count)
    upright = np.array([0.0, 1.0, 0.0]) + 0.6 * chance.normal((count, 3))
    turned = facing(out + 0.35 * chance.normal((count, 3)), upright)
    lit = 0.72 + 0.3 * np.clip(0.4 + out[:, 1], 0, 1) + 0.22 * fbm(at * 0.8 / bough_m, 2, 5)
    tints = varied_tints(chance, count, 0.02, 0.2) * np.clip(lit, 0.4, 1.25)[:, None]
    placed = instances(at + stand[:, None] * out, turned, varied_sizes(chance, count, 1.0, 0.35), tints,
                       chance.uniform(0, 1, count), 0.005, BOUGH_CELL)
    leaf = Material("foliage", surface="sprites", base_color=rgba(toned(spec, green)), roughness=1.0 - 0.55 * gloss,
                    translucency=0.4)
    yield part(f"{name} leaves", boughs(chance.child("bough"), bough_m), leaf, placed, casts_shadow=casts_shadow)


def _seen(mesh: Mesh, eye_m: float = 1.5, near_m: float = 9.0) -> np.ndarray:
    """(t,) how thickly each face is covered: by how much of it one sees from where visitors stand."""
    middle = mesh.positions[mesh.faces].mean(axis=1)
    out = mesh.normals[mesh.faces].mean(axis=1)
    towards = np.array([0.0, eye_m, 0.0]) - middle
    far = np.linalg.norm(towards, axis=1)
    shown = 0.1 + 0.9 * smoothstep(-0.55, -0.05, np.sum(out * towards, axis=1) / far)
    return shown / (1 + (far / near_m) ** 2)
