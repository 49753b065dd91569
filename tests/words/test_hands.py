"""Hands: what they push aside grows and shrinks, a held bottle turns with them and its liquid comes to rest."""

import numpy as np
import pytest

from showroom.stage.hands import PALM_RADIUS_M, Hands
from showroom.words.controls import Hand
from showroom.words.view import Pose

BOTTLE = (0.0, 1.05, -1.05)
STEP_S = 1 / 90


def beside(angle_rad: float, squeeze: float = 1.0, away_m: float = 0.2) -> tuple[Hand, ...]:
    at = (BOTTLE[0] + away_m * np.sin(angle_rad), 1.1, BOTTLE[2] + away_m * np.cos(angle_rad))
    return (Hand("right", grip=Pose(at), squeeze=squeeze),)


def run(hands: Hands, angles, start_s: float = 0.0, **grip) -> np.ndarray:
    slopes = []
    for number, angle in enumerate(angles):
        hands.feel(beside(angle, **grip), BOTTLE, start_s + number * STEP_S, STEP_S)
        slopes.append(hands.slosh(STEP_S))
    return np.array(slopes)


def test_a_held_bottle_turns_with_the_hand():
    hands = Hands()
    run(hands, np.linspace(0.0, 0.8, 60))
    assert hands.turn_rad == pytest.approx(0.8, abs=1e-6)
    run(hands, np.linspace(0.8, 0.2, 60))
    assert hands.turn_rad == pytest.approx(0.2, abs=1e-6)


@pytest.mark.parametrize("grip", [{"squeeze": 0.0}, {"away_m": 0.9}])
def test_a_hand_that_does_not_hold_it_turns_nothing(grip):
    hands = Hands()
    slopes = run(hands, np.linspace(0.0, 0.8, 60), **grip)
    assert hands.turn_rad == 0.0 and not slopes.any()


def test_liquid_sways_and_comes_to_rest():
    hands = Hands()
    moving = run(hands, np.concatenate([np.linspace(0, 0.9, 20), np.full(30, 0.9)]))
    assert 0.02 < np.abs(moving).max() <= 0.35
    crossings = np.sum(np.diff(np.sign(moving[:, 0])) != 0)
    assert crossings >= 2                                         # it swings, rather than creeping back
    later = run(hands, np.full(360, 0.9), start_s=1.0)
    assert np.abs(later[-1]).max() < 1e-3


def test_a_long_pause_does_no_harm():
    hands = Hands()
    run(hands, np.linspace(0, 0.9, 20))
    for pause_s in (0.0, 5.0, 3600.0):
        assert np.isfinite(hands.slosh(pause_s)).all() and np.abs(hands.slosh(pause_s)).max() <= 0.35


def test_a_hand_grows_into_the_air_and_shrinks_from_it():
    hands = Hands()
    hands.feel(beside(0.0), BOTTLE, 0.0, STEP_S)
    radii = [palm.radius_m for t in np.arange(0, 0.5, 0.02) for palm in hands.palms(t)]
    assert radii[0] < 0.02 and radii[-1] == pytest.approx(PALM_RADIUS_M) and (np.diff(radii) >= 0).all()
    hands.feel((), BOTTLE, 1.0, STEP_S)
    assert hands.palms(1.1) and not hands.palms(1.5)
