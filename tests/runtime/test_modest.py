"""A runtime that offers less than one would like."""

import pytest


@pytest.fixture(scope="module")
def said(runtime) -> dict[str, dict]:
    client = runtime.client("modest")
    answers = {step: client.until("step", step) for step in ("lacking", "floorless")}
    assert client.end() == 0, "".join(client.errors)
    return answers


def test_a_lacking_extension_is_named(said):
    assert "does not offer XR_EXT_not_there;" in said["lacking"]["error"]


def test_without_a_floor_the_eyes_are_put_at_standing_height(said):
    # the driven headset starts 1.6 m up, which is where LOCAL begins
    assert said["floorless"]["head"] == pytest.approx([0.0, 1.6, 0.0], abs=0.01)
