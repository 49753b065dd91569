"""Hands: what they push aside grows and shrinks, and what is in a carried bottle sways and comes to rest."""

import numpy as np
import pytest

from showroom.stage.hands import PALM_RADIUS_M, STEEPEST, Carried, Palms
from showroom.stage.stage import EASE_S, Stage
from showroom.words.controls import Hand
from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Light, Material
from showroom.words.hall import hall_home
from showroom.words.request import HALL, PLACE
from showroom.words.result import Result
from showroom.words.scene import Held
from showroom.words.view import Pose, world_from_view, yaw_pitch

STEP_S = 1 / 90


def held(x: float, z: float = -1.0, slot: int = 0) -> tuple[Held, ...]:
    return (Held(slot, "a", Pose((x, 1.1, z))),)


def slopes(carried: Carried, places, passed_s: float = STEP_S) -> np.ndarray:
    return np.array([carried.carry(held(x), passed_s)[0].slosh for x in places])


def test_a_bottle_that_quickens_leaves_its_liquid_behind():
    seen = slopes(Carried(), 0.5 * 3.0 * (np.arange(12) * STEP_S) ** 2)  # ever faster towards +x
    assert seen[4:, 0].max() < 0.0  # it stands higher where it comes from
    assert not seen[:, 1].any()


def test_liquid_sways_and_comes_to_rest():
    carried = Carried()
    moving = slopes(carried, np.concatenate([np.linspace(0, 0.5, 20), np.full(30, 0.5)]))
    assert 0.02 < np.abs(moving).max() <= STEEPEST
    assert np.sum(np.diff(np.sign(moving[:, 0])) != 0) >= 2  # it swings, rather than creeping back
    assert np.abs(slopes(carried, np.full(360, 0.5))[-1]).max() < 1e-3


def test_carried_evenly_it_lies_level():
    carried = Carried()
    slopes(carried, np.linspace(0, 4, 360))
    assert np.abs(slopes(carried, 4 + np.linspace(4 / 359, 1, 90))[-1]).max() < 0.01


def test_a_long_pause_or_a_jump_of_the_tracking_does_no_harm():
    carried = Carried()
    slopes(carried, [0.0, 5.0, -5.0])
    for pause_s in (0.0, 5.0, 3600.0):
        seen = slopes(carried, [0.0], pause_s)
        assert np.isfinite(seen).all() and np.abs(seen).max() <= STEEPEST


def test_put_back_it_is_there_until_its_liquid_lies_still_and_then_no_more():
    carried = Carried()
    slopes(carried, np.linspace(0, 0.5, 20))
    counts = [len(carried.carry((), STEP_S)) for _ in range(900)]
    assert counts[0] == 1 and counts[-1] == 0 and sorted(counts, reverse=True) == counts
    assert carried.carry((), STEP_S) == ()


def test_what_never_moved_is_gone_at_once():
    carried = Carried()
    slopes(carried, [0.5, 0.5])
    assert carried.carry((), STEP_S) == ()


def test_hands_grow_into_the_air_and_shrink_from_it():
    palms, hand = Palms(), Hand("right", grip=Pose((0.2, 1.1, -0.8)))
    palms.feel((hand,), 0.0)
    radii = [palm.radius_m for t in np.arange(0, 0.5, 0.02) for palm in palms.at(t)]
    assert radii[0] < 0.02 and radii[-1] == pytest.approx(PALM_RADIUS_M) and (np.diff(radii) >= 0).all()
    palms.feel((), 1.0)
    assert palms.at(1.1) and not palms.at(1.5)


def test_the_stage_knows_which_place_a_bottle_of_its_own_is_in():
    stage, own = Stage(), Held(0, "", Pose((0.0, 1.2, -0.5)))
    stage.hold((own,))
    stage.advance(0.0)
    assert stage.scene.held == ()                       # there is no place
    stage.open(2, PLACE)
    stage.hold((own, Held(0, "a", own.pose)))
    stage.advance(0.1)
    assert [(one.slot, one.product_id) for one in stage.scene.held] == [(1, ""), (0, "a")]
    stage.leave()
    stage.hold((own,))
    stage.advance(0.2)
    assert (1, "") in [(one.slot, one.product_id) for one in stage.scene.held]  # it fades in the hand
    stage.advance(0.2 + 2 * EASE_S)
    stage.hold((own,))
    stage.advance(0.3 + 2 * EASE_S)
    assert "" not in [one.product_id for one in stage.scene.held]


def test_the_light_of_a_carried_torch_goes_with_it():
    stage, home = Stage(), hall_home(3)
    up, light = (0.0, 1.0, 0.0), np.add(home.position, (0.0, 0.2, 0.0))
    placed = np.zeros(1, INSTANCE)
    placed["world_from_part"] = world_from_view(home)[:3]
    shape = np.zeros(3, VERTEX), np.zeros(3, np.uint32), placed
    lens = Geometry("hero3.lens", Material("glow"), *shape, product_id="a",
                    lights=(Light(tuple(light), (1.0, 1.0, 1.0), 1.6, direction=up, cone_cos=0.9),))
    stage.open(1, HALL)
    for block in (*(Geometry(f"part {number}", Material(), *shape) for number in range(3)), lens):
        stage.apply(Result(1, block))
    stage.advance(0.0)
    stage.advance(2 * EASE_S)
    ((_, stands),) = stage.scene.lights
    assert stands.position == pytest.approx(light)
    stage.hold((Held(0, "a", Pose((0.3, 1.2, -0.4), yaw_pitch(0.0, np.pi / 2))),))  # its top towards the visitor
    stage.advance(2 * EASE_S + STEP_S)
    ((_, carried),) = stage.scene.lights
    assert carried.position == pytest.approx((0.3, 1.2, -0.2)) and carried.direction == pytest.approx((0.0, 0.0, 1.0))
    assert carried.color == stands.color
