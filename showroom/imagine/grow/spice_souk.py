"""Spice souk: cones of saffron red and turmeric at one's hands, brass and dyed cloth, dust in a vaulted alley."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import centre
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.souk_brass import brassware, shops
from showroom.imagine.grow.souk_hangings import cloths, garlands, lanterns, sails
from showroom.imagine.grow.souk_spices import bowls, quills, sacks
from showroom.imagine.grow.souk_vault import beams, counters, floor, vaults
from showroom.words.geometry import Geometry
from showroom.words.scenespec import SceneSpec

STEPS = ((1.16, 1.54, 0.72), (1.54, 1.93, 0.97))  # inner x, outer x and height of the boards of a stall
STALLS = ((-1.95, 3.3), (-5.85, 3.7), (-9.8, 3.6), (2.55, 3.2))  # z of the middle, length
_SACK_X = 0.95
_GUEST_SPOTS = ((-0.74, -2.75), (0.76, -3.0), (-0.8, -4.4), (0.8, -4.6), (-0.72, 1.2), (0.74, 1.5))


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Floor, plinth and hero; stalls and what is heaped on them; the vaults; what hangs; the sun's beams."""
    sacked = sack_spots(chance.child("sack spots"))
    yield floor(spec, [(x, z, radius) for x, _, z, radius in sacked], detail)
    yield from centre(spec, "drum", chance, detail)
    set_out = bowl_spots(chance.child("bowl spots"))
    yield from bowls(spec, set_out[:int(len(set_out) * (0.4 + 0.6 * detail))], chance.child("bowls"))
    yield from sacks(spec, np.array(sacked), chance.child("sacks"), detail)
    yield counters(spec, STEPS, list(STALLS))
    yield from vaults(spec, chance.child("soot").integers(0, 9999))
    low, high = STEPS[0][2], STEPS[1][2]
    yield from quills(spec, ((1.27, low, -0.5, 1.25), (-1.3, low, -1.62, -1.3), (1.28, low, -2.5, 1.5)),
                      chance.child("quills"))
    yield brassware(spec, low, high)
    yield from lanterns(spec, chance.child("lanterns"))
    yield from cloths(spec, chance.child("cloths"))
    yield from sails(spec, chance.child("sails"))
    yield from garlands(spec, chance.child("garlands"))
    yield from shops(spec, chance.child("shops"), detail)
    yield from guests(spec, (), "spice_souk", lambda x, z: 0.0 * x, chance.child("guests"), True, _GUEST_SPOTS)
    yield from beams(spec)


_TAKEN = np.array([  # x, z, radius of what else stands on the boards
    (1.36, -0.98, 0.36), (-1.32, -0.72, 0.21), (-1.24, -1.28, 0.2), (1.27, -0.52, 0.21), (-1.3, -1.62, 0.21),
    (1.28, -2.5, 0.21), (-1.72, -1.05, 0.2), (-1.75, -2.75, 0.2), (1.74, -1.75, 0.2), (1.7, -3.2, 0.2),
    (-1.72, -4.2, 0.2), (1.74, -6.4, 0.2), (-1.72, -7.2, 0.2), (1.72, 1.6, 0.2), (-1.74, 3.6, 0.2),
])


def bowl_spots(chance: Chance) -> np.ndarray:
    """(n, 4) x, y, z, radius of the bowls on the boards, clear of the brass that stands among them; nearest first."""
    spots = []
    for z, long in STALLS:
        for side in (-1, 1):
            for inner, outer, high in STEPS:
                for step in np.arange(-long / 2 + 0.2, long / 2 - 0.15, 0.36):
                    at = (side * (inner + outer) / 2 + 0.02 * chance.normal(), z + step + 0.02 * chance.normal())
                    radius = 0.155 * chance.uniform(0.85, 1.1)
                    if (np.hypot(_TAKEN[:, 0] - at[0], _TAKEN[:, 1] - at[1]) > _TAKEN[:, 2]).all():
                        spots.append((at[0], high, at[1], radius))
    return np.array(sorted(spots, key=lambda spot: np.hypot(spot[0], spot[2] + 1.0)))


def sack_spots(chance: Chance) -> list[tuple[float, float, float, float]]:
    """x, y, z, radius of the sacks that stand on the flags before the stalls, in gaps and clusters; nearest first."""
    rows = [(-1, -1.5), (1, -1.62), (-1, -1.98), (1, -2.1), (1, -1.1), (-1, -1.02), (-1, -3.3), (1, -3.5),
            (-1, -5.0), (1, -5.5), (-1, -5.5), (1, -6.9), (-1, -7.6), (1, -9.0), (-1, -9.6), (1, -10.2), (-1, 1.6),
            (1, 1.7), (1, 2.2), (-1, 2.9), (-1, 3.4)]
    made = []
    for side, z in rows:
        radius = 0.185 * chance.uniform(0.9, 1.12)
        made.append((side * (_SACK_X + 0.03 * chance.normal()), -0.005, z + 0.02 * chance.normal(), radius))
    return sorted(made, key=lambda spot: np.hypot(spot[0], spot[2] + 1.0))
