"""The wind's field: gusts travel down it at its own speed, and nothing jumps when it turns."""

import numpy as np
import pytest

from showroom.words.ambience import Ambience
from showroom.words.wind import TILE_M, carried_on, gust_at, wind_at

BREEZE = Ambience(wind_m_s=(1.5, 0.0, -2.0), gust=0.7)
SPEED = 2.5


def series(air: Ambience, place, times) -> np.ndarray:
    """The gust at a place while the wind blows on."""
    moved = (Ambience(air.wind_m_s, air.gust, drift_m=carried_on(air.drift_m, air.wind_m_s, t)) for t in times)
    return np.array([float(gust_at(now, place)) for now in moved])


def test_a_gust_comes_later_further_down_the_wind():
    times = np.arange(0.0, 120.0, 0.1)
    away_m = 12.0
    here = series(BREEZE, (0.0, 1.0, 0.0), times)
    there = series(BREEZE, (away_m * 0.6, 1.0, -away_m * 0.8), times)
    lags = np.arange(0, 120)
    likeness = [np.corrcoef(here[:len(here) - lag or None], there[lag:])[0, 1] for lag in lags]
    assert abs(lags[int(np.argmax(likeness))] * 0.1 - away_m / SPEED) < 0.15 and max(likeness) > 0.99
    assert likeness[0] < 0.9


def test_later_is_the_same_as_having_waited():
    places = np.random.default_rng(1).uniform(-30, 30, (200, 3))
    later = Ambience(BREEZE.wind_m_s, BREEZE.gust, drift_m=carried_on(BREEZE.drift_m, BREEZE.wind_m_s, 3.0))
    assert np.allclose(wind_at(BREEZE, places, 3.0), wind_at(later, places), atol=1e-9)


def test_the_mean_wind_is_the_mean_and_none_blows_without_it():
    grid = np.stack(np.meshgrid(np.linspace(0, TILE_M, 160), [1.0], np.linspace(0, TILE_M, 160)), axis=-1)
    field = wind_at(BREEZE, grid)
    assert np.abs(field.mean(axis=(0, 1, 2)) - BREEZE.wind_m_s).max() < 0.1
    assert np.linalg.norm(field, axis=-1).max() < 2.5 * SPEED
    assert not wind_at(Ambience(gust=1.0), grid).any()


@pytest.mark.parametrize("drift", [(0.0, 0.0), (64 * TILE_M - 0.01, 3.0)])
def test_a_drift_that_wraps_changes_nothing(drift):
    before = Ambience(BREEZE.wind_m_s, 0.7, drift_m=drift)
    after = Ambience(BREEZE.wind_m_s, 0.7, drift_m=carried_on(drift, BREEZE.wind_m_s, 0.01))
    assert abs(gust_at(after, (3.0, 1.0, 2.0)) - gust_at(before, (3.0, 1.0, 2.0))) < 0.02
    assert max(after.drift_m) < 64 * TILE_M
