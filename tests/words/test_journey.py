"""The journey: pointing, choosing, going back."""

import math

from showroom.visit.journey import Journey, State
from showroom.words.controls import Controls, Hand
from showroom.words.hall import plinth_position
from showroom.words.view import Pose, yaw_pitch
from showroom.words.wish import Leave, Quit, Try

PRODUCTS = tuple(f"product-{n}" for n in range(12))


def pointing_at(index: int, **hand) -> Controls:
    """A right hand at chest height that points at a plinth's hero."""
    x, _, z = plinth_position(index)
    yaw = math.atan2(-x, -z)
    return Controls(hands=(Hand("right", Pose((0.0, 1.17, 0.0), yaw_pitch(yaw, 0.0)), **hand),))


def test_each_plinth_can_be_pointed_at():
    journey = Journey(PRODUCTS)
    for index, product in enumerate(PRODUCTS):
        journey.step(pointing_at(index))
        assert journey.pointing == product


def test_a_press_tries_once_and_holding_does_not_repeat():
    journey = Journey(PRODUCTS)
    assert journey.step(pointing_at(3)) == []
    assert journey.step(pointing_at(3, select=1.0)) == [Try("product-3")]
    assert journey.step(pointing_at(3, select=1.0)) == []
    assert journey.state is State.TRYING and journey.pointing is None


def test_a_trembling_finger_presses_once():
    journey = Journey(PRODUCTS)
    wishes = [wish for value in (0.55, 0.65, 0.58, 0.62, 0.45, 0.7) for wish in journey.step(pointing_at(0, select=value))]
    assert wishes == [Try("product-0")]


def test_back_leaves_and_the_next_press_tries_again():
    journey = Journey(PRODUCTS)
    journey.step(pointing_at(5, select=1.0))
    assert journey.step(pointing_at(5, back=True)) == [Leave()]
    assert journey.step(pointing_at(6)) == []
    assert journey.step(pointing_at(6, select=1.0)) == [Try("product-6")]


def test_pointing_elsewhere_or_without_focus_means_nothing():
    journey = Journey(PRODUCTS)
    up = Controls(hands=(Hand("left", Pose((0.0, 1.2, 0.0), yaw_pitch(0.0, 1.2)), select=1.0),))
    assert journey.step(up) == [] and journey.pointing is None
    unfocused = Controls(hands=pointing_at(2, select=1.0).hands, focused=False)
    assert journey.step(unfocused) == [] and journey.pointing is None
    assert journey.step(Controls(quit=True)) == [Quit()]


def test_a_finger_that_is_down_when_the_focus_returns_chooses_nothing():
    journey = Journey(PRODUCTS)
    journey.step(pointing_at(4))
    journey.step(Controls(focused=False))  # the runtime's own menu, closed by the same trigger
    assert journey.step(pointing_at(4, select=1.0)) == []
    assert journey.step(pointing_at(4)) == []
    assert journey.step(pointing_at(4, select=1.0)) == [Try("product-4")]
