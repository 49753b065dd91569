"""Citrus: fruit with pores, leathery leaves, waxy blossom, and a branch of them that one could reach for."""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.scatter import facing
from showroom.imagine.grow.shapes import curve, lathe, patch, tube

KINDS = {  # radius in metres, length over width, how drawn out its ends are
    "lemon": (0.033, 1.26, 0.4),
    "bergamot": (0.038, 1.08, 0.16),
    "orange": (0.041, 1.0, 0.0),
    "mandarin": (0.034, 0.84, 0.0),
    "lime": (0.029, 1.08, 0.14),
    "grapefruit": (0.052, 0.93, 0.0),
}
LEAF = np.array([0.028, 0.062, 0.014])  # linear RGB of an old leaf
_GOLDEN = np.pi * (3 - 5 ** 0.5)


def fruit(kind: str, around: int = 30, rows: int = 22) -> Mesh:
    """One fruit that hangs from the origin, its stalk's end up; shade b where it is still green.

    Its texture coordinates repeat every 11 cm, so that a plaster's grain is a peel's pores.
    """
    radius, long, nipple = KINDS[kind]
    side = np.array([
        (0.0, 2.02 * long), (0.3, 1.99 * long), (0.74, 1.68 * long), (1.0, 1.06 * long), (0.92, 0.58 * long),
        (0.6, 0.2 * long - 0.04 * nipple), (0.27, -0.02 - 0.28 * nipple), (0.13 * (nipple > 0), -0.06 - 0.55 * nipple),
        (0.0, -0.06 - 0.58 * nipple)])
    mesh = lathe(curve(side, rows) * radius, around, 0.11)
    x, y, z = mesh.positions.T / radius
    lumps = 0.035 * fbm(mesh.positions / radius * 1.3 + 4.0, 2, 7) + 0.006 * fbm(mesh.positions / radius * 9, 2, 3)
    mesh = mesh.displaced(lumps * radius * smoothstep(0.0, 0.3, np.hypot(x, z)))
    top = smoothstep(1.75 * long, 2.02 * long, y)
    return mesh.moved(y=-2.02 * long * radius).shaded(occlusion=0.72 + 0.28 * (1 - top), second=0.55 * top, flex=0.6)


def picked(kind: str, around: int, rows: int) -> Mesh:
    """One fruit about its own middle, for what lies in crates and on the ground."""
    mesh = fruit(kind, around, rows)
    return mesh.moved(y=-0.5 * (mesh.positions[:, 1].max() + mesh.positions[:, 1].min()))


def leaf(long_m: float = 0.095, rows: int = 5) -> Mesh:
    """A leaf from the origin along +Z, face up: folded, its tip drawn out and hanging; shade b its midrib."""
    v, u = np.meshgrid(np.linspace(1, 0, rows), np.array([-1.0, -0.12, 0.12, 1.0]), indexing="ij")
    half = 0.25 * long_m * np.sin(np.pi * np.clip(v, 0, 1) ** 0.85) ** 0.75 + 0.012 * long_m
    fold = 0.32 * np.abs(u) * half
    points = np.stack([-u * half, fold - 0.28 * long_m * v ** 2, long_m * v * (1 - 0.1 * v)], axis=-1)
    mesh = patch(points)
    rib = (np.abs(u) < 0.5).reshape(-1) * 0.7
    high = v.reshape(-1)
    return mesh.shaded(occlusion=0.6 + 0.4 * high, flex=0.4 + 0.6 * high, second=rib)


def blossom(chance: Chance, size_m: float = 0.036) -> Mesh:
    """An open flower looking up +Y: five waxy straps that curl back round a sheaf of stamens (shade b)."""
    pieces = []
    for index in range(5):
        v, u = np.meshgrid(np.linspace(1, 0, 5), np.linspace(-1, 1, 3), indexing="ij")
        half = 0.17 * np.sin(np.pi * (0.16 + 0.76 * v)) ** 0.6
        out = 0.05 + 0.46 * v
        up = 0.2 * np.sin(2.6 * v) * v ** 0.5 - 0.12 * v ** 3 + 0.12 * half * u * u
        petal = patch(np.stack([u * half, up, out], axis=-1)).shaded(occlusion=(0.6 + 0.4 * v).reshape(-1), second=0.0)
        pieces.append(petal.turned("y", 2 * np.pi * index / 5 + 0.1 * chance.normal()))
    for index in range(9):
        away = _GOLDEN * index
        tip = np.array([0.1 * np.sin(away), 0.27 + 0.03 * chance.normal(), 0.1 * np.cos(away)])
        foot = np.array([0.05 * np.sin(away), 0.0, 0.05 * np.cos(away)])
        pieces.append(tube(np.stack([foot, tip]), 0.02, 3).shaded(second=1.0))
    return merge(pieces).scaled(size_m).shaded(flex=0.8)


def bud(size_m: float = 0.016) -> Mesh:
    """A blossom still closed."""
    rows = np.array([(0.0, 1.0), (0.28, 0.86), (0.36, 0.6), (0.22, 0.2), (0.08, 0.0)]) * size_m
    return lathe(rows, 6).shaded(occlusion=0.85, flex=0.8, second=0.0)


def spray(chance: Chance, leaves: int = 7) -> Mesh:
    """A shoot's end along +Z from the origin: leaves every way out of it, for the skin of a tree."""
    pieces = []
    for index in range(leaves):
        one = leaf(0.1 * chance.uniform(0.75, 1.15), 3)
        aside = 1.15 * np.sin(_GOLDEN * index + chance.uniform(0, 1))
        one = one.turned("x", 0.25 * chance.normal() - 0.15).turned("y", aside)
        pieces.append(one.turned("z", _GOLDEN * index * 0.5).moved(z=0.02 * index - 0.05))
    mesh = merge(pieces)
    soft = unit(0.5 * mesh.normals + np.array([0.0, 0.25, 0.6]))
    return Mesh(mesh.positions, soft, mesh.uv, mesh.shade, mesh.faces)


@dataclass(frozen=True)
class Branch:
    """Wood, leaves and flowers in world coordinates; (n, 3) where fruit hangs from."""

    wood: Mesh
    leaves: Mesh
    flowers: Mesh | None
    fruit_at: np.ndarray


def branch(chance: Chance, knots: np.ndarray, fruits: int, flowers: int) -> Branch:
    """A bough along (k, 3) knots whose end hangs under its fruit; shoots and leaves on all of it."""
    path = curve(np.asarray(knots, dtype=float), 22)
    wood = [tube(path, np.linspace(0.014, 0.004, len(path)), 7, closed=False)]
    leaves, bloom, hung = [], [], []
    for index in range(11):  # from the tip back to the tree: what hangs, hangs before one's eyes
        step = 21 - int(index * 1.5)
        onward = 1.3 * unit(path[step] - path[step - 1]) + np.array([0.0, 0.1, 0.0])
        way = onward + chance.normal(3) * np.array([1.0, 0.5, 1.0])
        reach = chance.uniform(0.12, 0.26)
        shoot = curve(path[step] + unit(way) * np.array([[0.0], [0.6], [1.0]]) * reach
                      + np.array([[0, 0, 0], [0, 0.012, 0], [0, -0.03, 0]]), 8)
        wood.append(tube(shoot, np.linspace(0.005, 0.002, 8), 5, closed=False))
        leaves += _leaves_on(shoot, chance.child(f"leaves {index}"))
        if index % 2 == 0 and len(hung) < fruits:
            hung.append(shoot[2 if index % 4 else 4] + [0, -0.004, 0])
        elif len(bloom) < 6 * flowers:
            bloom += _cluster(shoot[-1], chance.child(f"bloom {index}"))
    leaves += _leaves_on(path[8:], chance.child("own"))
    return Branch(merge(wood), merge(leaves), merge(bloom) if bloom else None, np.array(hung))


def _leaves_on(path: np.ndarray, chance: Chance) -> list[Mesh]:
    """Leaves spiralling round a shoot, each leaning out and a little to the light."""
    made = []
    for step in range(1, len(path)):
        away = _GOLDEN * step + chance.uniform(0, 0.7)
        side = np.array([np.sin(away), 0.35 * np.cos(away) + 0.1, np.cos(away)])
        ahead = unit(side + 0.7 * unit(path[step] - path[step - 1]))
        turned = facing(ahead[None], np.array([[0.2 * chance.normal(), 1.0, 0.2 * chance.normal()]]))[0]
        made.append(leaf(0.098 * chance.uniform(0.7, 1.2)).transformed(turned).moved(*path[step]))
    return made


def _cluster(at: np.ndarray, chance: Chance) -> list[Mesh]:
    """Two or three open flowers and some buds at the end of a shoot."""
    made = []
    for index in range(6):
        away = _GOLDEN * index + chance.uniform(0, 1)
        off = np.array([np.sin(away), 0.5 + 0.5 * chance.normal(), np.cos(away)]) * 0.022
        head = blossom(chance, 0.037 * chance.uniform(0.85, 1.1)) if index < 3 else bud()
        made.append(head.turned("x", 0.7 * np.cos(away)).turned("z", -0.7 * np.sin(away)).moved(*(at + off)))
    return made
