"""Rose bush: arching canes with leaves in threes and fives, and where its flowers and buds open."""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.rose import stem, thorns
from showroom.imagine.grow.shapes import curve


@dataclass(frozen=True)
class Bush:
    """Canes in world coordinates; leaves and flowers as (n, 3) places and the way each looks."""

    canes: Mesh
    leaf_at: np.ndarray
    leaf_ahead: np.ndarray
    rose_at: np.ndarray
    rose_up: np.ndarray


def bush(chance: Chance, at: tuple[float, float, float], height_m: float, spread_m: float, canes: int,
         lean: tuple[float, float] = (0.0, 0.0), leaf_step_m: float = 0.085, sides: int = 4) -> Bush:
    """One bush rooted at x, y, z. lean: x, z metres its tips are drawn to one side."""
    root = np.array(at)
    meshes, leaf_at, leaf_ahead, rose_at, rose_up = [], [], [], [], []
    for index in range(canes):
        away = 2 * np.pi * (index + chance.uniform(0, 0.8)) / canes
        out = np.array([np.sin(away), 0.0, np.cos(away)])
        tall = height_m * chance.uniform(0.62, 1.05)
        reach = spread_m * chance.uniform(0.35, 1.0)
        drift = np.array([lean[0], 0.0, lean[1]])
        knots = root + np.array([out * 0.03, out * reach * 0.3 + [0, 0.45 * tall, 0] + drift * 0.25,
                                 out * reach * 0.72 + [0, 0.85 * tall, 0] + drift * 0.7,
                                 out * reach + [0, tall, 0] + drift])
        knots[0, 1] -= 0.03
        path = curve(knots, 11)
        meshes.append(stem(path[::1 if sides > 3 else 2], 0.006, sides))
        shoots = [path] + [_shoot(path, step, chance) for step in (5, 7, 9) if chance.uniform() < 0.75]
        meshes += [stem(shoot[::1 if sides > 3 else 2], 0.0035, 3) for shoot in shoots[1:]]
        for shoot in shoots:
            at_leaf, ahead = _leaves(shoot, root, leaf_step_m, chance)
            leaf_at.append(at_leaf)
            leaf_ahead.append(ahead)
            tip = unit(shoot[-1] - shoot[-2])
            rose_at.append(shoot[-1])
            rose_up.append(unit(tip * 0.8 + [0, 0.35, 0] + out * 0.35))
    return Bush(_shade(merge(meshes), root, height_m), np.concatenate(leaf_at), np.concatenate(leaf_ahead),
                np.array(rose_at), np.array(rose_up))


def _shade(mesh: Mesh, root: np.ndarray, height_m: float) -> Mesh:
    high = np.clip((mesh.positions[:, 1] - root[1]) / height_m, 0, 1)
    return mesh.shaded(occlusion=0.3 + 0.7 * high, flex=high, second=high)


def _shoot(path: np.ndarray, step: int, chance: Chance) -> np.ndarray:
    """A side shoot off a cane, upwards and outwards."""
    away = chance.normal(3) * np.array([0.7, 0.2, 0.7]) + np.array([0, 0.85, 0]) + unit(path[step]
            - path[step - 1]) * 0.5
    reach = chance.uniform(0.1, 0.26)
    knots = path[step] + np.array([np.zeros(3), unit(away) * reach * 0.5 + [0, -0.01, 0],
                                   unit(away) * reach + [0, 0.02, 0]])
    return curve(knots, 5)


def _leaves(path: np.ndarray, root: np.ndarray, step_m: float, chance: Chance) -> tuple[np.ndarray,
    np.ndarray]:
    """Places along a shoot, golden-angle round it, each leaf outward, a little up, the lowest third bare."""
    length = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum())
    count = max(2, int(length / step_m))
    where = np.linspace(0.22 if length > 0.4 else 0.1, 0.95, count) * (len(path) - 1)
    low = np.minimum(where.astype(int), len(path) - 2)
    at = path[low] + (path[low + 1] - path[low]) * (where - low)[:, None]
    turn = np.arange(count) * 2.39996 + chance.uniform(0, 6.3)
    outward = at - root
    outward[:, 1] = 0
    ahead = np.stack([np.sin(turn), np.full(count, 0.25), np.cos(turn)], axis=1) + 0.6 * unit(outward)
    return at, unit(ahead)


def reaching_stem(chance: Chance, root: tuple[float, float, float], tip: tuple[float, float, float],
                  bow: float = 0.18) -> Bush:
    """One long thorned stem from root to tip with a single flower: what stands at a visitor's hand."""
    start, end = np.array(root), np.array(tip)
    middle = (start + end) / 2 + np.array([0, bow, 0]) + 0.05 * chance.normal(3)
    path = curve(np.array([start, middle, end]), 16)
    mesh = merge([stem(path, 0.0055, 7), thorns(path, 0.0055, chance, 14)])
    at, ahead = _leaves(path, start - [0, 1, 0], 0.075, chance)
    return Bush(_shade(mesh, start, max(0.3, tip[1] - root[1])), at, ahead, path[-1:],
                unit(path[-1:] - path[-3:-2] + [[0, 0.08, 0.06]]))


def gathered_bushes(bushes: list[Bush]) -> Bush:
    """Several as one."""
    return Bush(merge([each.canes for each in bushes]),
                *(np.concatenate([getattr(each, name) for each in bushes])
                                                          for name in ("leaf_at", "leaf_ahead", "rose_at",
                                                                       "rose_up")))
