"""Smooth noise on a hashed lattice: what makes ground uneven and rocks unlike each other."""

import itertools

import numpy as np

from showroom.imagine.grow.chance import mixed

_PRIMES = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint64)


def noise(points: np.ndarray, seed: int = 0) -> np.ndarray:
    """Value noise, −1 to 1, with one lattice cell a unit.

    points : (..., d) for d 1 to 3.   Returns: (...). Continuous in value and first derivative.
    """
    points = np.asarray(points, dtype=np.float64)
    size = points.shape[-1]
    cell = np.floor(points)
    part = points - cell
    part = part * part * part * (part * (part * 6 - 15) + 10)
    lattice = cell.astype(np.int64)
    total = np.zeros(points.shape[:-1])
    for corner in itertools.product((0, 1), repeat=size):
        step = np.array(corner)
        weight = np.prod(np.where(step == 1, part, 1 - part), axis=-1)
        total += weight * _lattice_value(lattice + step, seed)
    return total


def _lattice_value(lattice: np.ndarray, seed: int) -> np.ndarray:
    with np.errstate(over="ignore"):
        key = np.full(lattice.shape[:-1], np.uint64(seed & 0xFFFFFFFFFFFFFFFF), dtype=np.uint64)
        for axis in range(lattice.shape[-1]):
            key = mixed(key ^ (lattice[..., axis].astype(np.uint64) * _PRIMES[axis]))
    return (key >> np.uint64(11)).astype(np.float64) * 2.0 ** -52 - 1.0


def fbm(points: np.ndarray, octaves: int = 4, seed: int = 0, gain: float = 0.5) -> np.ndarray:
    """Octaves of noise, each twice as fine and `gain` as strong; about −1 to 1."""
    points = np.asarray(points, dtype=np.float64)
    total, strength, reach = np.zeros(points.shape[:-1]), 1.0, 0.0
    for octave in range(octaves):
        total += strength * noise(points * 2.0 ** octave + 17.3 * octave, seed + octave)
        reach += strength
        strength *= gain
    return total / reach


def ridged(points: np.ndarray, octaves: int = 4, seed: int = 0) -> np.ndarray:
    """Sharp crests where the noise crosses zero: 0 in the valleys to 1 on the ridges."""
    points = np.asarray(points, dtype=np.float64)
    total, strength, reach = np.zeros(points.shape[:-1]), 1.0, 0.0
    for octave in range(octaves):
        total += strength * (1 - np.abs(noise(points * 2.0 ** octave + 9.1 * octave, seed + octave)))
        reach += strength
        strength *= 0.5
    return (total / reach) ** 2


def smoothstep(low: float, high: float, value: np.ndarray) -> np.ndarray:
    """0 below low, 1 above high (or the other way round when low > high), smooth between."""
    part = np.clip((np.asarray(value, dtype=np.float64) - low) / (high - low), 0.0, 1.0)
    return part * part * (3 - 2 * part)
