"""Old tree: a trunk that swells into roots, roots that run over the ground and dive, crooked mossy limbs."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import fbm, ridged, smoothstep
from showroom.imagine.grow.shapes import curve, patch, tube
from showroom.imagine.grow.stones import Ground


def old_tree(chance: Chance, x: float, z: float, radius_m: float, tall_m: float, ground: Ground, roots: int,
             sides: int = 30) -> Mesh:
    """Rooted at x, z; shade b is moss: on what looks up, and in tongues up the bark."""
    y = float(ground(np.array([x]), np.array([z]))[0])
    body = _trunk(chance, radius_m, tall_m, roots, sides).moved(x, y - 0.05, z)
    laid = [_root(chance.child(f"root {index}"), (x, z), 2 * np.pi * (index + chance.uniform(-0.25, 0.25)) / roots,
                  radius_m, ground) for index in range(roots)]
    return mossed(merge([body, *laid]), chance.integers(0, 1 << 20), y)


def _trunk(chance: Chance, radius_m: float, tall_m: float, roots: int, sides: int) -> Mesh:
    """Leaning a little, fluted below where each root leaves it."""
    high = -0.3 + (tall_m + 0.3) * np.linspace(0, 1, 34) ** 1.6
    sway = 0.05 * tall_m * chance.normal((4, 2)) * np.array([[0.0], [0.25], [0.6], [1.0]])
    knots = np.stack([sway[:, 0], np.linspace(-0.3, tall_m, 4), sway[:, 1]], axis=1)
    dense = curve(knots, 60)
    path = np.stack([np.interp(high, dense[:, 1], dense[:, axis]) if axis != 1 else high for axis in range(3)], 1)
    girth = radius_m * (1.02 - 0.5 * np.clip(high / tall_m, 0, 1))
    mesh = tube(path, girth, sides, 1.1, closed=False)
    out = unit((mesh.positions - np.repeat(path, sides + 1, axis=0)) * np.array([1.0, 0.0, 1.0]))
    angle, y = np.arctan2(out[:, 0], out[:, 2]), mesh.positions[:, 1]
    flute = 0.5 + 0.5 * np.cos(roots * angle)
    flare = radius_m * (0.95 * np.exp(-np.clip(y, 0, None) / (0.75 * radius_m)) * (0.25 + 0.75 * flute)
                        + 0.12 * np.exp(-np.clip(y, 0, None) / (3.5 * radius_m)) * flute)
    seed = chance.integers(0, 1 << 20)
    grain = np.stack([out[:, 0] * 4.5, y * 1.3, out[:, 2] * 4.5], axis=1)
    ribs = 0.045 * radius_m * (ridged(grain, 3, seed) - 0.5) + 0.1 * radius_m * fbm(grain * 0.4, 2, seed + 4)
    return mesh.displaced((flare + ribs)[:, None] * out).shaded(occlusion=0.3 + 0.7 * smoothstep(0.0, 0.8, y))


def _root(chance: Chance, at: tuple[float, float], angle: float, radius_m: float, ground: Ground) -> Mesh:
    """One root: down off the trunk, over the ground in bends, and under."""
    long = radius_m * chance.uniform(3.0, 6.0)
    share = np.linspace(0, 1, 22)
    bend = angle + 0.8 * share * chance.normal() + 0.5 * np.sin(5.0 * share + chance.uniform(0, 6)) * share
    step = long / 21
    x = at[0] + np.concatenate([[0], np.cumsum(np.sin(bend[:-1]) * step)]) + 0.75 * radius_m * np.sin(angle)
    z = at[1] + np.concatenate([[0], np.cumsum(np.cos(bend[:-1]) * step)]) + 0.75 * radius_m * np.cos(angle)
    thick = radius_m * (0.30 * (1 - share) ** 0.8 + 0.07)
    over = 1.1 * radius_m * np.exp(-share * long / (0.55 * radius_m))
    lift = thick * (0.35 + 0.45 * np.sin(4.0 * share + chance.uniform(0, 6))) * (1 - share**3) - 1.6 * thick * share**5
    mesh = tube(np.stack([x, ground(x, z) + over + lift, z], axis=1), thick, 10, 0.8)
    seed = chance.integers(0, 1 << 20)
    mesh = mesh.displaced(0.12 * radius_m * 0.3 * fbm(mesh.positions * 7.0, 3, seed))
    dark = smoothstep(-0.7, 0.5, mesh.normals[:, 1])
    return mesh.shaded(occlusion=0.25 + 0.75 * dark)


def limb(chance: Chance, knots: np.ndarray, thick_m: float) -> Mesh:
    """A crooked limb through (k, 3) places, with a few forks; moss along its back."""
    path = curve(knots, 40)
    bent = np.stack([0.11 * fbm(np.linspace(0, 9, 40)[:, None] + 31.0 * axis, 2, 5) for axis in range(3)], axis=1)
    path = path + bent
    pieces = [tube(path, thick_m * np.linspace(1.0, 0.16, 40), 12, 0.7)]
    for step in (14, 22, 29, 35):
        way = unit(chance.normal(3) * np.array([1.0, 0.5, 1.0]) + 1.2 * unit(path[step + 1] - path[step]))
        long = chance.uniform(0.4, 1.0)
        fork = path[step] + np.array([np.zeros(3), 0.5 * long * way + [0, 0.05, 0], long * way - [0, 0.05, 0]])
        pieces.append(tube(curve(fork, 9), 0.45 * thick_m * np.linspace(1.0, 0.25, 9), 7, 0.5))
    mesh = merge(pieces)
    mesh = mesh.displaced(0.12 * thick_m * fbm(mesh.positions * 9.0, 3, chance.integers(0, 1 << 20)))
    return mossed(mesh.shaded(occlusion=0.7), 9, -9.0)


def torn_end(chance: Chance, at_x: float, radius_m: float) -> Mesh:
    """The face where a log along X broke, looking along −X: rings, cracks, rotted hollow; shade b is paler wood."""
    seed = chance.integers(0, 1 << 20)
    turn, reach = np.meshgrid(np.linspace(0, 2 * np.pi, 37), np.linspace(1, 0, 15), indexing="xy")
    flat = np.stack([np.cos(turn) * reach, np.sin(turn) * reach], axis=-1)
    rough = fbm(flat * 4.0, 3, seed)
    crack = smoothstep(0.12, 0.0, np.abs(fbm(np.stack([np.cos(turn), np.sin(turn)], -1) * 3.0, 2, seed + 1))) * reach
    hollow = smoothstep(0.55, 0.1, reach + 0.25 * rough)
    deep = radius_m * (0.10 + 0.10 * rough + 0.10 * crack + 0.55 * hollow)
    r = 1.0 * radius_m * (1 + 0.06 * rough) * reach
    points = np.stack([at_x + deep, 0.72 * radius_m + r * np.sin(turn), r * np.cos(turn)], axis=-1)
    mesh = patch(points, np.stack([turn * 0.3, reach * 0.25], axis=-1))
    mesh = mesh.turned_inside_out() if mesh.normals[:, 0].mean() > 0 else mesh
    rings = 0.5 + 0.5 * np.sin(34 * reach + 5.0 * rough)
    pale = rings * (1 - hollow) * (1 - 0.8 * crack) * smoothstep(1.0, 0.86, reach)
    return mesh.shaded(occlusion=((1 - 0.8 * hollow) * (1 - 0.5 * crack)).reshape(-1), second=pale.reshape(-1))


def mossed(mesh: Mesh, seed: int, foot_m: float) -> Mesh:
    """Moss where rain lies: on what looks up, at the foot all round, in tongues above it."""
    up = smoothstep(-0.15, 0.6, mesh.normals[:, 1])
    low = np.exp(-np.clip(mesh.positions[:, 1] - foot_m, 0, None) / 1.2)
    ragged = fbm(mesh.positions * np.array([4.0, 1.8, 4.0]), 3, seed)
    grown = smoothstep(0.1, 0.55, 0.75 * up + 0.8 * low + 0.6 * ragged)
    return mesh.shaded(second=0.95 * grown)
