"""Hands on a real runtime: a driven controller takes a bottle, a bare hand closes, fingers pinch."""

import math

import pytest

from showroom.words.hall import hall_home
from showroom.words.pose import composed, inverse
from showroom.words.view import Pose

SIDES = ("left", "right")


def told(runtime, scenario: str, side: str, steps) -> dict[str, dict]:
    """What the client said, by step."""
    client = runtime.client(scenario, str(runtime.port), side, script="hands_client.py")
    answers = {step: client.until("step", step) for step in (*steps, "left")}
    assert client.end() == 0, "".join(client.errors)
    return answers


@pytest.fixture(scope="module", params=SIDES)
def grasped(runtime, request) -> tuple[str, dict[str, dict]]:
    steps = ("point", "select", "take", "carry", "smell", "home", "snap", "felt")
    return request.param, told(runtime, "grasp", request.param, steps)


def test_the_driven_hand_points_and_selects(grasped):
    side, seen = grasped
    assert seen["point"]["pointing"] == "product-1"
    assert seen["point"]["other"] == [side == "right", side == "left"]  # the other one is not there
    assert seen["point"]["palm"], "grip_surface/pose is bound where the runtime offers it"
    assert seen["select"]["chosen"] == "product-1"


def test_it_takes_the_bottle_beside_it_where_it_stands(grasped):
    side, seen = grasped
    assert seen["take"]["taken"] == "product-0" and seen["take"]["busy"] == [side]
    assert math.dist(seen["take"]["at"], hall_home(0).position) < 1e-3


def test_the_bottle_follows_the_hand_to_a_millimetre(grasped):
    _, seen = grasped
    before, after = (Pose(tuple(grip[:3]), tuple(grip[3:])) for grip in seen["carry"]["grips"])
    expected = composed(after, composed(inverse(before), hall_home(0)))
    assert math.dist(seen["carry"]["at"], expected.position) < 1e-3
    cosine = abs(sum(one * other for one, other in zip(seen["carry"]["turn"], expected.orientation)))
    assert 2 * math.acos(min(cosine, 1.0)) < math.radians(0.1)


def test_brought_to_the_face_it_is_tried_and_let_go_it_goes_home(grasped):
    _, seen = grasped
    assert seen["smell"]["tried"] == ["product-0"]
    assert seen["home"]["home"]


def test_a_push_of_the_stick_calls_the_ring_round(grasped):
    _, seen = grasped
    assert seen["snap"]["turned"]
    assert seen["snap"]["azimuth"] == pytest.approx(math.pi / 6, abs=1e-3)


def test_what_is_done_is_felt(grasped):
    _, seen = grasped
    assert {hand for hand, *_ in seen["felt"]["pulses"]} == {seen["felt"]["path"]}
    durations = [round(seconds, 4) for _, seconds, _ in seen["felt"]["pulses"]]
    amplitudes = [amplitude for *_, amplitude in seen["felt"]["pulses"]]
    assert len(durations) >= 4                                # hovers, a select, a grab, a letting go
    assert max(durations) == pytest.approx(0.092, abs=2e-3)   # the grab of something heavy
    assert all(0 < amplitude <= 1 for amplitude in amplitudes)


@pytest.mark.parametrize("make", ["khr/simple_controller", "oculus/touch_controller", "valve/index_controller"])
def test_controllers_of_each_make_that_the_runtime_has_do_what_is_bound(runtime, make):
    seen = told(runtime, "make", make, ("make", "back", "felt"))
    assert seen["make"]["profiles"] == dict.fromkeys(SIDES, f"/interaction_profiles/{make}")
    assert seen["make"]["selected"] and seen["make"]["aim"] and seen["back"]["back"]
    assert seen["make"]["grip"] == pytest.approx([0.3, 1.2, -0.4], abs=1e-3)
    has_more = make != "khr/simple_controller"
    assert seen["make"]["squeeze"] == (1.0 if has_more else 0.0)
    assert seen["make"]["turn"] == pytest.approx(-0.5 if has_more else 0.0, abs=0.01)
    assert seen["felt"]["pulses"] >= 1


@pytest.mark.parametrize("side", SIDES)
def test_a_bare_hand_of_the_runtime_closes_and_goes(runtime, side):
    seen = told(runtime, "fist", side, ("fist", "gone"))
    assert seen["fist"]["seen"] and seen["fist"]["closed"] and seen["fist"]["opened"] < 0.2
    assert seen["fist"]["select"] < 0.4, "a fist pinches nothing"
    assert seen["fist"]["near"] < 0.1
    assert seen["gone"]["gone"]


@pytest.mark.parametrize("side", SIDES)
def test_fingers_pinch_a_bottle_and_open_to_let_it_go(runtime, side):
    seen = told(runtime, "pinch", side, ("seen", "pinch", "carry", "home", "gone"))
    assert seen["seen"]["asked"] and seen["seen"]["seen"]
    assert (seen["seen"]["pointing"], seen["seen"]["select"]) == ("product-0", 0.0)
    assert seen["pinch"]["taken"] == "product-0" and not seen["pinch"]["chosen"]
    assert seen["carry"]["moved"] == pytest.approx([0.0, 0.2, 0.3], abs=1e-3)
    assert seen["home"]["home"] and seen["gone"]["gone"]
