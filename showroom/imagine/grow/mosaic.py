"""Mosaic: gold tesserae on an apse, laid in courses and figures, each at its own angle: some always glint."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb
from showroom.imagine.grow.scatter import facing, instances, varied_sizes
from showroom.imagine.grow.shapes import patch
from showroom.words.geometry import Geometry, Material

_EDGE = 1.5  # rad from the middle to where the apse opens
_TILE_M = 0.036


def mosaic(chance: Chance, radius_m: float, spring_m: float, middle_z: float, window_m: tuple[float, float],
           splendour: float, detail: float) -> Geometry:
    """Borders along the apse's opening and under its window, a halo about the window, stars above, gold in
    drifts between. window_m: sill and head, kept clear. splendour: 0 worn to a few, 1 nearly whole."""
    across, high, bright = (np.concatenate(rows) for rows in zip(
        _opening(radius_m, spring_m), _border(radius_m, 2.62), _halo(window_m), _stars(chance, spring_m),
        _ground(chance, radius_m, spring_m, int(900 + 2300 * detail * (0.5 + splendour)))))
    worn = fbm(np.stack([across * 0.9, high * 0.9], 1), 3, 19) + 0.5 * chance.uniform(-1, 1, len(across))
    clear = (np.abs(across) > 0.42) | (high < window_m[0] - 0.1) | (high > window_m[1] + 0.28)
    keep = clear & (worn > -0.16 - 0.5 * splendour)
    keep &= chance.uniform(0, 1, len(across)) < 0.35 + 0.65 * detail
    across, high, bright = across[keep], high[keep], bright[keep]
    azimuth, tilt = across / radius_m, np.maximum(high - spring_m, 0.0) / radius_m
    y = np.minimum(high, spring_m) + np.sin(tilt) * radius_m
    ring = np.cos(tilt) * radius_m * 0.992
    at = np.stack([np.sin(azimuth) * ring, y, middle_z - np.cos(azimuth) * ring], axis=1)
    count = len(at)
    inward = np.stack([-at[:, 0], 0.35 * (spring_m - at[:, 1]), middle_z - at[:, 2]], axis=1)
    inward = inward + 0.42 * chance.normal((count, 3))
    tints = (bright * chance.uniform(0.6, 1.05, count))[:, None] * np.array([1.0, 0.97, 0.9])
    placed = instances(at, facing(inward, np.tile(np.array([0.0, 1.0, 0.0]), (count, 1))),
                       varied_sizes(chance, count, _TILE_M, 0.2), tints)
    quad = patch(np.array([[[-0.5, 0.5, 0.1], [0.5, 0.5, 0.1]], [[-0.5, -0.5, 0.1], [0.5, -0.5, 0.1]]]))
    gold = Material(base_color=(0.9, 0.62, 0.22, 1.0), metallic=0.9, roughness=0.36,
                    emission=rgb(np.array([0.05, 0.03, 0.008]) * (0.7 + splendour)))
    return part("mosaic", quad, gold, placed, casts_shadow=False)


def _opening(radius: float, spring: float) -> tuple[np.ndarray, ...]:
    """Four courses up one side of the opening, over the crown, and down the other."""
    high = np.arange(0.6, spring + 1.35 * radius, _TILE_M * 1.25)
    rows = [(side * (_EDGE * radius - 0.06 - _TILE_M * 1.3 * course) * np.ones_like(high), high)
            for side in (-1, 1) for course in (0, 1, 3, 4)]
    across, high = (np.concatenate(row) for row in zip(*rows))
    return across, high, np.ones_like(across)


def _border(radius: float, low: float) -> tuple[np.ndarray, ...]:
    """Two lines round the apse with a running diamond between them."""
    across = np.arange(-1.42, 1.42, _TILE_M * 1.2 / radius) * radius
    wave = 0.11 * (2 * np.abs((across / 0.34) % 1 - 0.5) * 2 - 1)
    rows = [(across, np.full_like(across, low + lift)) for lift in (-0.17, -0.13, 0.13, 0.17)]
    rows += [(across, low + sign * wave) for sign in (-1, 1)]
    across, high = (np.concatenate(row) for row in zip(*rows))
    return across, high, np.ones_like(across)


def _halo(window: tuple[float, float]) -> tuple[np.ndarray, ...]:
    """Three rings and sixteen rays about the window."""
    middle = sum(window) / 2
    across, high = [], []
    for reach in (0.92, 0.965, 1.3):
        turn = np.arange(0, 2 * np.pi, _TILE_M * 1.2 / reach)
        across.append(np.sin(turn) * reach)
        high.append(middle + np.cos(turn) * reach)
    for ray in range(16):
        turn, long = 2 * np.pi * ray / 16, np.arange(1.02, 1.25, _TILE_M * 1.15)
        across.append(np.sin(turn) * long)
        high.append(middle + np.cos(turn) * long)
    across, high = np.concatenate(across), np.concatenate(high)
    return across, high, np.ones_like(across)


def _stars(chance: Chance, spring: float) -> tuple[np.ndarray, ...]:
    """Eight-pointed stars over the half dome."""
    across, high = [], []
    for row in range(4):
        for column in range(-4 + row // 2, 5 - row // 2):
            x = (column + 0.5 * (row % 2)) * 0.72 + 0.05 * chance.normal()
            y = spring + 0.75 + row * 0.62 + 0.05 * chance.normal()
            turn = np.pi / 4 * np.arange(8)
            for reach in (0.0, 0.045, 0.085):
                across.append(x + np.sin(turn[: 8 if reach else 1]) * reach)
                high.append(y + np.cos(turn[: 8 if reach else 1]) * reach)
    across, high = np.concatenate(across), np.concatenate(high)
    return across, high, np.ones_like(across)


def _ground(chance: Chance, radius: float, spring: float, count: int) -> tuple[np.ndarray, ...]:
    """What is left of a gold ground, in courses, in drifts."""
    across = chance.uniform(-1.36, 1.36, count) * radius
    high = spring - 0.6 + np.round(chance.uniform(0, 1.25 * radius, count) / 0.046) * 0.046
    drift = smoothstep(-0.05, 0.35, fbm(np.stack([across * 0.8, high * 0.8], 1), 3, 23))
    keep = chance.uniform(0, 1, count) < drift
    across, high = across[keep], high[keep]
    return across, high, np.full_like(across, 0.7)
