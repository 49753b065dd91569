"""Coconut: a nut in its fibre with the three eyes at one end, and one cracked open to the white."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, lathe, rock, tube
from showroom.imagine.grow.things.arrange import grounded, matter, srgb, thin

_INNER = ((0.0, -0.66), (0.3, -0.6), (0.56, -0.38), (0.68, -0.08), (0.7, 0.07), (0.75, 0.1), (0.9, 0.1))
_OUTER = ((0.9, 0.1), (0.93, 0.115), (0.99, 0.1), (1.0, 0.0), (0.92, -0.42), (0.68, -0.78), (0.34, -0.99),
          (0.0, -1.06))  # radius and height of a half, rim up, in radii of the nut
_FLESH = srgb("#f2efe4")


def coconut(chance: Chance, color: np.ndarray, many: bool) -> list[Piece]:
    """A cracked half that shows its flesh, a broken piece; of many also a whole nut."""
    size = 0.058 if many else 0.043
    jag = chance.integers(0, 9999)
    tip, at = 0.85, (0.55 * size, 0.93 * size, 0.62 * size) if many else (0.0, 0.93 * size, 0.0)
    shell, flesh = (mesh.turned("x", tip).turned("y", -0.15).moved(*at)
                    for mesh in (_half(_OUTER, size, jag, True), _half(_INNER, size, jag, False)))
    shells, whites = [shell], [flesh]
    if many:
        shells.append(_whole(chance, size).moved(-0.85 * size, 0.97 * size, -0.75 * size))
    for x, z, yaw in ((-0.95, 1.25, 0.4), (1.75, 0.2, 2.0), (-1.7, 0.35, 1.2))[: 3 if many else 1]:
        rind, white = _chip(0.5 * size, jag)
        for mesh, into in ((rind, shells), (white, whites)):
            into.append(mesh.turned("z", 0.2).turned("y", yaw).moved(x * size, 0.004, z * size))
    husk = matter(color * 0.55, np.clip(color * 1.7 + 0.05, 0, 0.5), 1.0)
    return [Piece("shell", grounded(merge(shells), size), husk),
            Piece("flesh", grounded(merge(whites), 0.4 * size), thin(_FLESH, _FLESH * 0.8, 0.15, 0.7))]


def _half(rows: tuple[tuple[float, float], ...], size: float, jag: int, fibrous: bool) -> Mesh:
    """One side of a cracked half, its broken rim up and uneven as `jag` has it; fibre outside."""
    mesh = lathe(np.array(rows) if not fibrous else _finer(np.array(rows)), 40)
    x, y, z = mesh.positions.T
    round_ = unit(np.stack([x, 0 * x, z], axis=1) + 1e-9)
    broken = 0.13 * fbm(round_ * 2.6, 3, jag) * smoothstep(-0.3, 0.1, y) * smoothstep(0.4, 0.7, np.hypot(x, z))
    mesh = mesh.displaced(np.stack([0 * x, broken, 0 * x], axis=1))
    if fibrous:
        mesh = _fibre(mesh)
    else:
        mesh = mesh.shaded(occlusion=0.62 + 0.38 * smoothstep(-0.6, 0.05, y))
    return mesh.scaled(size)


def _finer(rows: np.ndarray) -> np.ndarray:
    """The rim's corner kept, the round below it in smooth steps."""
    return np.concatenate([rows[:2], curve(rows[2:], 13)])


def _fibre(mesh: Mesh) -> Mesh:
    """Coarse strands from end to end of a nut of unit radius: furrows, and pale threads on dark."""
    along = mesh.positions * np.array([9.0, 1.3, 9.0])
    strands, knots = fbm(along, 3, 5), fbm(mesh.positions * 4.0, 2, 8)
    mesh = mesh.displaced(0.045 * strands + 0.02 * knots)
    return mesh.shaded(second=0.75 * smoothstep(0.0, 0.5, strands + 0.4 * knots),
                       occlusion=0.55 + 0.45 * smoothstep(-0.5, 0.15, strands))


def _whole(chance: Chance, size: float) -> Mesh:
    """A nut about the origin, its eyes turned up and to whoever looks, loose fibre standing off it."""
    rows = curve(np.array([(0.0, 1.12), (0.3, 1.06), (0.74, 0.72), (1.0, 0.0), (0.7, -0.74), (0.0, -1.06)]), 19)
    body = _fibre(lathe(np.maximum(rows, [0, -2]), 40))
    eyes = []
    for index in range(3):
        away = 2.1 * index + 0.5
        way = unit(np.array([0.34 * np.sin(away), 1.0, 0.34 * np.cos(away)]))
        eyes.append(rock(1, 3, 0.0, (1, 1, 1), 0).scaled(0.15).moved(*(way * 0.99))
                    .shaded(occlusion=0.08, second=0.0))
    threads = [_thread(chance) for _ in range(34)]
    return merge([body, *eyes, *threads]).scaled(size).turned("x", 0.8).turned("y", 0.35)


def _thread(chance: Chance) -> Mesh:
    """A strand of fibre that lies along the nut and comes off it at its end."""
    away, high = chance.uniform(0, 2 * np.pi), chance.uniform(-0.6, 0.75)
    steps = np.linspace(0.0, 0.5, 5)
    up = np.clip(high - steps, -1.0, 0.98)
    off = 1.02 + 0.5 * steps**2
    wide = np.sqrt(1 - up**2) * off
    turn = away + 0.25 * chance.normal() * steps
    path = np.stack([np.sin(turn) * wide, up * off, np.cos(turn) * wide], axis=1)
    return tube(path, 0.012, 3).shaded(second=0.9, occlusion=0.9)


def _chip(size: float, seed: int) -> tuple[Mesh, Mesh]:
    """A splinter of shell lying on its back, and the flesh in it."""
    chip = rock(2, seed % 50, 0.14, (1.0, 0.2, 0.6), 5).scaled(size)
    lift = -float(chip.positions[:, 1].min())
    white = chip.scaled(0.94, 1.0, 0.94).moved(y=lift + 0.14 * size)
    return chip.moved(y=lift).shaded(second=0.2), white
