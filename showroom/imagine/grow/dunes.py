"""Dunes: sand as the wind lays it: long backs to windward, slip faces to the lee, a blade between them.

The wind blows along +X, so every crest is a line x(z) and a dune a height over (x, z) in closed form;
its mesh has a column of vertices along the crest, which keeps the blade sharp. Dry sand slips at 32 to
34°: R. A. Bagnold, "The Physics of Blown Sand and Desert Dunes", 1941.
"""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, grid_sheet, patch

_REPOSE = float(np.tan(np.radians(33.0)))
_SUNK_M = 0.12  # how far the toes of a dune go below the plain
_RIPPLE_M, _RIPPLE_HIGH_M = 0.26, 0.021
POOL_DEEP_M = 0.3
_RIPPLED = (-3.0, 3.4, -5.6, 1.6)  # x from, to, z from, to: where ripples are modelled


@dataclass(frozen=True)
class Dune:
    """One dune.

    knots : (k, 3) x, z and height of its crest, z falling (the first is nearest to the visitor).
    back  : length of its windward side for each metre of height.
    """

    knots: tuple[tuple[float, float, float], ...]
    back: float = 5.5

    def crest(self, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(x, height) of the crest at z; height 0 beyond its ends."""
        line = curve(np.array(self.knots), 160)[::-1]
        tall = np.clip(np.interp(z, line[:, 1], line[:, 2], 0.0, 0.0), 0.0, None)
        return np.interp(z, line[:, 1], line[:, 0]), tall

    def rise(self, off: np.ndarray, tall: np.ndarray) -> np.ndarray:
        """Metres over the plain `off` metres downwind of a crest `tall` metres high; its toes are sunk."""
        tall = np.maximum(tall, 1e-3)
        share = np.clip(-off / (self.back * tall + 0.4), 0.0, 1.0)
        windward = 0.55 * (1 - share) ** 1.7 + 0.45 * (0.5 + 0.5 * np.cos(np.pi * share))
        slip = 1 - np.maximum(off, 0.0) * _REPOSE / tall
        lee = (slip + np.sqrt(slip**2 + 0.03)) / (1 + np.sqrt(1.03))
        return tall * np.where(off > 0, lee, windward) - _SUNK_M * smoothstep(
            0.0, 1.0, np.abs(off) / (2.2 * tall + 0.5)
        )

    def mesh(self, rows: int, columns: int, land: "Sands", tile_m: float, seed: int) -> Mesh:
        """Its surface over the plain of `land`. Shade b is the paler sand by the crest."""
        z = np.linspace(self.knots[0][1], self.knots[-1][1], rows)[:, None]
        x, tall = self.crest(z)
        t = np.linspace(-1, 1, 2 * columns + 1)[None, :]
        reach = np.where(t < 0, self.back * tall + 0.4, (1.9 * tall + 0.3) / _REPOSE)
        off = np.sign(t) * np.abs(t) ** 1.6 * reach
        at = np.stack(np.broadcast_arrays(x + off, z), axis=-1)
        soft = smoothstep(0.0, 0.4, np.abs(off))
        rise = self.rise(off, tall) + soft * (0.05 + 0.03 * tall) * fbm(at * 0.45, 3, seed)
        high = land.plain(at[..., 0], at[..., 1]) + land.spared(at[..., 0], at[..., 1], rise)
        mesh = patch(np.stack([at[..., 0], high, at[..., 1]], axis=-1)[::-1], at[::-1] / tile_m)
        blade = np.exp(-np.abs(off) / (0.10 + 0.12 * tall))[::-1]
        return mesh.shaded(
            occlusion=0.92 + 0.08 * np.broadcast_to(blade, at.shape[:2]).reshape(-1),
            second=0.6 * np.broadcast_to(blade, at.shape[:2]).reshape(-1),
        )


# by hand where the picture wants them: one leads in from the right, shaded flanks under the sun
DUNES = (
    Dune(
        (
            (4.6, 7.0, 0.0),
            (4.7, 3.0, 0.45),
            (5.6, -2.5, 1.0),
            (7.4, -8.0, 1.9),
            (6.2, -15.0, 3.0),
            (8.5, -24.0, 4.8),
            (14.0, -36.0, 5.2),
            (13.0, -52.0, 2.0),
            (12.0, -62.0, 0.0),
        ),
        4.2,
    ),
    Dune(
        (
            (-4.3, -1.6, 0.0),
            (-4.1, -3.6, 0.32),
            (-3.4, -6.5, 0.75),
            (-4.6, -10.0, 1.1),
            (-4.2, -14.0, 0.8),
            (-3.0, -18.5, 0.0),
        ),
        4.5,
    ),
    Dune(
        ((-15.0, 4.0, 0.0), (-13.5, -4.0, 1.6), (-15.0, -14.0, 2.6), (-12.0, -23.0, 2.3), (-13.0, -31.0, 0.0))
    ),
    Dune(
        ((-4.0, -20.0, 0.0), (-2.0, -26.0, 1.7), (-4.5, -34.0, 3.1), (-1.5, -44.0, 2.4), (-3.0, -54.0, 0.0))
    ),
    Dune(
        (
            (-30.0, -18.0, 0.0),
            (-26.0, -34.0, 4.2),
            (-30.0, -52.0, 6.0),
            (-24.0, -70.0, 4.0),
            (-26.0, -84.0, 0.0),
        )
    ),
    Dune(
        ((24.0, -44.0, 0.0), (30.0, -60.0, 6.5), (25.0, -82.0, 8.5), (33.0, -104.0, 6.0), (30.0, -120.0, 0.0))
    ),
    Dune(
        ((-2.0, -66.0, 0.0), (3.0, -82.0, 5.0), (-4.0, -104.0, 8.5), (4.0, -128.0, 6.0), (0.0, -146.0, 0.0))
    ),
    Dune(
        (
            (-52.0, -50.0, 0.0),
            (-46.0, -78.0, 7.5),
            (-54.0, -108.0, 10.0),
            (-45.0, -140.0, 6.0),
            (-48.0, -160.0, 0.0),
        )
    ),
    Dune(((26.0, 12.0, 0.0), (24.0, -2.0, 2.8), (28.0, -16.0, 4.0), (25.0, -30.0, 0.0))),
    Dune(((2.5, 26.0, 0.0), (4.0, 18.0, 1.9), (1.5, 10.5, 1.3), (2.6, 6.5, 0.0)), 4.0),
    Dune(((-9.0, 34.0, 0.0), (-6.0, 22.0, 2.6), (-9.5, 11.0, 1.4), (-8.0, 6.0, 0.0))),
    Dune(((20.0, 60.0, 0.0), (14.0, 42.0, 5.0), (21.0, 24.0, 3.4), (17.0, 13.0, 0.0))),
    Dune(((-34.0, 50.0, 0.0), (-28.0, 28.0, 5.0), (-34.0, 6.0, 5.5), (-30.0, -12.0, 0.0))),
)


@dataclass(frozen=True)
class Sands:
    """The lie of the land: a plain that swells, and dunes on it."""

    seed: int
    camp: tuple[float, float, float]  # x, z, radius of the level ground that a tent stands on
    pool: tuple[float, float, float] | None = None  # x, z, radius of a hollow that water stands in
    dunes: tuple[Dune, ...] = DUNES

    def plain(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Metres; level about the visitor and the plinth."""
        at = np.stack([x, z], axis=-1)
        reach = np.hypot(x, z + 0.6)
        near = 0.07 * fbm(at * 0.5, 3, self.seed) * smoothstep(1.2, 3.4, reach)
        return (
            near + 0.9 * fbm(at * 0.045, 2, self.seed + 1) * smoothstep(7.0, 26.0, reach) - self._hollow(x, z)
        )

    def _hollow(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """How far the plain sinks towards the pool, metres."""
        if self.pool is None:
            return np.zeros_like(np.asarray(x, dtype=np.float64))
        at_x, at_z, radius = self.pool
        ragged = 0.14 * fbm(np.stack([x, z], axis=-1) * 0.8, 2, self.seed + 9)
        return POOL_DEEP_M * smoothstep(1.35, 0.7, np.hypot(x - at_x, (z - at_z) * 1.25) / radius + ragged)

    def spared(self, x: np.ndarray, z: np.ndarray, rise: np.ndarray) -> np.ndarray:
        """A dune's rise, metres, where it buries neither camp nor pool."""
        away = np.ones_like(np.asarray(x, dtype=np.float64))
        for at_x, at_z, radius in (self.camp, *([self.pool] if self.pool else [])):
            away = away * smoothstep(0.75, 1.5, np.hypot(x - at_x, z - at_z) / radius)
        return np.where(rise > -_SUNK_M, (rise + _SUNK_M) * away - _SUNK_M, rise)

    def height(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Metres, with the dunes and without the ripples."""
        x, z = np.broadcast_arrays(np.asarray(x, dtype=np.float64), np.asarray(z, dtype=np.float64))
        floor = self.plain(x, z)
        highest = np.zeros_like(floor)
        for dune in self.dunes:
            line, tall = dune.crest(z)
            highest = np.maximum(
                highest, np.where(tall > 0, self.spared(x, z, dune.rise(x - line, tall)), 0.0)
            )
        return floor + highest

    def dune_mesh(self, detail: float, tile_m: float) -> Mesh:
        """All of them as one mesh, finer where they are near."""
        meshes = []
        for index, dune in enumerate(self.dunes):
            knots = np.array(dune.knots)
            near = np.hypot(knots[:, 0], knots[:, 1]).min() < 9.0
            rows, columns = (
                (int(30 + 70 * detail), int(8 + 14 * detail))
                if near
                else (int(16 + 34 * detail), int(5 + 7 * detail))
            )
            meshes.append(dune.mesh(rows, columns, self, tile_m, self.seed + 20 + index))
        return merge(meshes)

    def ripples(self, detail: float, tile_m: float) -> Mesh:
        """The sand at the visitor's feet: ripples across the wind that fork and join, gentle up, steep down.

        Shade b is the coarse dark grain in their troughs.
        """
        west, east, north, south = _RIPPLED
        x, z = np.linspace(west, east, int(60 + 100 * detail)), np.linspace(
            north, south, int(36 + 44 * detail)
        )
        mesh = grid_sheet(x, z, self.rippled, tile_m)
        px, _, pz = mesh.positions.T
        crest, here = _ripple(px, pz, self.seed)
        away = np.hypot(px, pz + 1.05)
        foot = 1 - 0.5 * np.exp(-((away / 0.3) ** 4))
        return mesh.shaded(
            occlusion=(0.72 + 0.28 * crest) * foot * here + foot * (1 - here),
            second=0.75 * here * smoothstep(0.4, 0.0, crest),
        )

    def rippled(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Metres of the modelled ripples; they sink below the plain at their field's edge."""
        crest, here = _ripple(x, z, self.seed)
        field = _field(x, z, 0.9)
        return self.plain(x, z) + _RIPPLE_HIGH_M * (crest - 0.35) * here + 0.012 * field - 0.03 * (1 - field)

    def below(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """How far the coarse plain keeps below the modelled ripples, metres."""
        return 0.03 * _field(x, z, 0.5)


def _field(x: np.ndarray, z: np.ndarray, rim_m: float) -> np.ndarray:
    """1 well within the rippled field, 0 at its edge."""
    west, east, north, south = _RIPPLED
    inside = np.minimum(np.minimum(x - west, east - x), np.minimum(z - north, south - z))
    return smoothstep(0.1, rim_m, inside)


def _ripple(x: np.ndarray, z: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """(height 0 to 1, share of ripples here 0 to 1)."""
    at = np.stack([x, z], axis=-1)
    wander = 0.42 * fbm(at * np.array([0.5, 0.8]), 3, seed + 3) + 0.06 * fbm(at * 2.6, 2, seed + 4)
    phase = ((x + 0.34 * z + wander) / _RIPPLE_M + 0.5 * fbm(at * 0.9, 2, seed + 5)) % 1.0
    crest = np.where(phase < 0.7, (phase / 0.7) ** 1.5, ((1 - phase) / 0.3) ** 1.1)
    strong = 0.45 + 0.55 * smoothstep(-0.35, 0.3, fbm(at * 0.6, 2, seed + 6))
    stood = smoothstep(0.26, 0.6, np.hypot(x, z + 1.05))  # blown away about the plinth's foot
    return crest, strong * stood * _field(x, z, 0.9)
