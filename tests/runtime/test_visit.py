"""One visit on a real runtime: what the client sees, and what its pictures show."""

import math

import numpy as np
import pytest

from showroom.words.view import rotation_matrix

WAY_IN = ["IDLE", "READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED"]
WAY_OUT = ["VISIBLE", "SYNCHRONIZED", "STOPPING", "IDLE", "EXITING"]
EYE_DISTANCE_M = 0.063  # what the driven headset says


@pytest.fixture(scope="module", params=["egl", "glx"])
def visit(runtime, request) -> dict[str, list[dict]]:
    """What the client said, by step; under "validation", what the validation layer wrote of its calls."""
    environment = {"DISPLAY": request.getfixturevalue("x_server")} if request.param == "glx" else {}
    client = runtime.client("visit", str(runtime.port), request.param, **environment)
    answers, steps = [], ("focused", "look", "look", "look", "see", "reach", "release", "stumble", "left")
    for step in steps:
        answers.append(client.until("step", step))
    assert client.end() == 0, "".join(client.errors)
    return ({step: [answer for answer in answers if answer["step"] == step] for step in steps}
            | {"validation": client.validation()})


def test_states_come_in_order_to_focused(visit):
    assert visit["focused"][0]["states"] == WAY_IN


def test_exit_request_ends_cleanly(visit):
    assert visit["left"][0]["states"] == WAY_IN + WAY_OUT
    assert visit["left"][0]["running"] is False


def test_two_views_share_one_layered_target(visit):
    assert (visit["focused"][0]["views"], visit["focused"][0]["layers"]) == (2, 2)
    assert min(visit["focused"][0]["size"]) > 0


def test_driven_head_is_followed_to_a_millimetre(visit):
    assert len(visit["look"]) == 3
    for look in visit["look"]:
        assert look["followed"], look
        assert look["error_m"] < 0.001


def test_eyes_stand_beside_the_head_where_it_looks(visit):
    for look in visit["look"]:
        left, right = (np.array(eye) for eye in look["eyes"])
        across = rotation_matrix(look["turn"])[:, 0]
        assert right - left == pytest.approx(across * EYE_DISTANCE_M, abs=1e-4)
        assert (left + right) / 2 == pytest.approx(np.array(look["wanted"]), abs=1e-3)


def test_both_layers_show_the_dot_where_the_matrices_say(visit):
    see = visit["see"][0]
    for found, expected in zip(see["found"], see["expected"], strict=True):
        assert math.dist(found, expected) < 1.0


def test_parallax_has_the_right_sign_and_size(visit):
    see = visit["see"][0]
    left, right = see["found"]
    shift, expected = left[0] - right[0], see["expected"][0][0] - see["expected"][1][0]
    assert shift > 3, "what is in front lies further right for the left eye"
    assert shift == pytest.approx(expected, abs=1.0)
    assert left[1] == pytest.approx(right[1], abs=0.01)


def test_trigger_stick_and_button_arrive_from_the_right_hand_alone(visit):
    reach = visit["reach"][0]
    assert reach["sides"] == ["left", "right"]
    assert reach["select"] == [0.0, 1.0]
    assert reach["turn"] == pytest.approx([0.0, -0.5], abs=0.01)
    assert reach["back"] == [False, True]
    assert visit["release"][0]["released"]


def test_hand_is_where_the_driver_puts_it(visit):
    assert visit["reach"][0]["grip"] == pytest.approx([0.3, 1.2, -0.4], abs=1e-3)
    assert visit["reach"][0]["aim"] == pytest.approx([0.0, math.sin(0.1), 0.0, math.cos(0.1)], abs=1e-3)


def test_a_failing_picture_still_ends_its_frame(visit):
    stumble = visit["stumble"][0]
    assert stumble["caught"] == 3
    assert stumble["frames_after"] == [True, True, True]
    assert stumble["state"] == "FOCUSED"


def test_what_was_begun_was_ended(visit):
    calls = visit["left"][0]["calls"]
    assert calls["xrWaitFrame"] == calls["xrBeginFrame"] == calls["xrEndFrame"] > 10
    assert calls["xrAcquireSwapchainImage"] == calls["xrReleaseSwapchainImage"] > 10


def test_validation_layer_was_there_and_had_nothing_to_say(visit):
    assert any("Validation Layer is initialized" in line for line in visit["validation"])
    assert [line for line in visit["validation"] if "VALID_ERROR" in line or "VALID_WARNING" in line] == []
