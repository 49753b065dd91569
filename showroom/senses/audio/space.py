"""Space: what becomes of sounds between where they are and the ears of a turned head.

A layer's level is what is heard of it in the middle of the place; nearer or farther goes by one over the
distance. The air takes the treble. Source: ISO 9613-1:1993, equations 3 to 5.
"""

import numpy as np

from showroom.senses.audio import head
from showroom.words.hearing import Hearing
from showroom.words.pose import rotated

HOME = np.array([0.0, 1.6, 0.0])
_NEAREST_M = 0.4


class Space:
    """Filters from places to the left ear, the right ear and the room, at the frequencies `hz`."""

    def __init__(self, hz: np.ndarray):
        self._hz, self._responses = hz, head.responses(hz)
        self._air, self._loss = (0.0, 0.0), np.zeros(hz.size, np.float32)

    def filters(self, at: np.ndarray, gains: np.ndarray, hearing: Hearing) -> np.ndarray:
        """(n, 3, hz.size) complex64 for sources `at` (n, 3) metres, each times its gain.

        To the room a sound goes as loud as it is in the middle of the place, wherever it is heard from.
        """
        to_source = at - np.asarray(hearing.head.position)
        far = np.maximum(np.linalg.norm(to_source, axis=1), _NEAREST_M)
        home = np.maximum(np.linalg.norm(at - HOME, axis=1), _NEAREST_M)
        turn = hearing.head.orientation
        ears = np.array([rotated(turn, tuple(ear)) for ear in head.EARS])
        cosine = np.clip((to_source / far[:, None]) @ ears.T, -1.0, 1.0)
        row = np.rint(np.arccos(cosine) * (head.STEPS / np.pi)).astype(int)
        lost = np.exp(-far.astype(np.float32)[:, None] * self._absorption(hearing))
        lost *= (gains * home / far).astype(np.float32)[:, None]
        whole = np.empty((len(at), 3, self._hz.size), np.complex64)
        np.multiply(self._responses[row], lost[:, None], out=whole[:, :2])
        whole[:, 2] = lost * (far / home).astype(np.float32)[:, None]
        return whole

    def _absorption(self, hearing: Hearing) -> np.ndarray:
        """Nepers a metre, kept while the air stays about the same."""
        air = (round(hearing.temperature_k), round(hearing.humidity, 1))
        if air != self._air:
            self._air, self._loss = air, (absorption_db_m(self._hz, *air) / 8.685889638).astype(np.float32)
        return self._loss


def absorption_db_m(hz: np.ndarray, temperature_k: float, humidity: float) -> np.ndarray:
    """What the air takes, dB a metre, at one standard atmosphere. humidity: 0 to 1, relative."""
    warm = temperature_k / 293.15
    saturated = 10.0 ** (4.6151 - 6.8346 * (273.16 / temperature_k) ** 1.261)
    water = 100.0 * max(humidity, 0.05) * saturated  # molar share, per cent
    oxygen = 24.0 + 4.04e4 * water * (0.02 + water) / (0.391 + water)
    nitrogen = warm**-0.5 * (9.0 + 280.0 * water * np.exp(-4.170 * (warm ** (-1.0 / 3.0) - 1.0)))
    square = hz * hz
    relaxing = (0.01275 * np.exp(-2239.1 / temperature_k) / (oxygen + square / oxygen)
                + 0.1068 * np.exp(-3352.0 / temperature_k) / (nitrogen + square / nitrogen))
    return 8.686 * square * (1.84e-11 * warm**0.5 + warm**-2.5 * relaxing)
