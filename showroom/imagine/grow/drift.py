"""Drift: snow as the wind leaves it: a firm floor cut into tongues, long drifts with a sharp lee edge."""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.noise import fbm, ridged, smoothstep


@dataclass(frozen=True)
class Snowfield:
    """The lie of the snow.

    wind_rad : where the wind blows to, clockwise from −Z.   carved : 0 soft to 1 cut hard.
    hollows : (k, 4) x, z, radius, depth of pans (a tarn).
    lumps : (k, 4) x, z, radius, height where it gathers.
    """

    seed: int
    wind_rad: float
    carved: float
    hollows: np.ndarray
    lumps: np.ndarray

    def height(self, x: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Metres; level round the visitor, falling away ahead beyond 14 m."""
        reach = np.hypot(x, z + 0.5)
        along, across = self.axes(x, z)
        bend = 1.3 * fbm(np.stack([along * 0.16, across * 0.22], -1), 2, self.seed)
        tongues = ridged(np.stack([along * 0.42 + bend, across * 1.5 + bend], -1), 3, self.seed + 1)
        patchy = smoothstep(-0.35, 0.35, fbm(np.stack([along, across], -1) * 0.21, 2, self.seed + 2))
        cut = 0.26 * (tongues - 0.45) * patchy * (0.25 + 0.75 * self.carved)
        soft = 0.22 * fbm(np.stack([along * 0.5, across * 0.5], -1), 2, self.seed + 3) * (1.15 - self.carved)
        near = (cut + soft) * smoothstep(0.9, 3.0, reach)
        roll = (
            1.3 * (fbm(np.stack([x, z], -1) * 0.07, 3, self.seed + 4) + 0.15) * smoothstep(4.0, 18.0, reach)
        )
        ahead = -0.22 * np.maximum(-z - 16.0, 0.0) - 0.05 * np.maximum(reach - 22.0, 0.0)
        high = near + roll + ahead + self._drifts(along, across, reach)
        for hx, hz, radius, depth in self.hollows:
            level = smoothstep(1.35, 0.85, np.hypot(x - hx, z - hz) / radius)
            high = high * (1 - level) - depth * level
        for lx, lz, radius, tall in self.lumps:
            lee = 1.0 + 0.7 * np.tanh((along - self.axes(lx, lz)[0]) / radius)  # a tail down the wind
            away = np.hypot(along - self.axes(lx, lz)[0], (across - self.axes(lx, lz)[1]) * 1.25) / (
                radius * lee
            )
            high = high + tall * np.exp(-(away**2))
        return high

    def axes(self, x, z):
        """(along, across) the wind, metres."""
        s, c = np.sin(self.wind_rad), np.cos(self.wind_rad)
        return x * s - z * c, x * c + z * s

    def _drifts(self, along, across, reach):
        """Long backs that rise slowly to windward and break off in an edge to the lee."""
        phase = along / 7.5 + 0.5 * fbm(np.stack([along * 0.05, across * 0.11], -1), 2, self.seed + 6)
        saw = phase % 1.0
        back = np.where(saw < 0.8, saw / 0.8, (1 - saw) / 0.2) ** 1.6
        big = smoothstep(-0.1, 0.5, fbm(np.stack([along * 0.06, across * 0.09], -1), 2, self.seed + 7))
        return 0.75 * back * big * smoothstep(3.2, 7.0, reach) * smoothstep(60.0, 25.0, reach)
