"""Slow exposure: stills are as they were made, a turn to the light is answered within seconds and bounds."""

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.render.renderer import Renderer
from showroom.words.view import Pose, yaw_pitch


@pytest.fixture
def look(display):
    """look(scene, yaw) → mean of the picture (0 to 255); a renderer that tone-maps, in a room half bright, half dark."""
    renderer = Renderer(shadow_texels=64, coming_s=0.0)

    def mean(scene, yaw: float) -> float:
        display.pose = Pose((0.0, 0.0, 0.0), yaw_pitch(yaw, 0.0))
        renderer.upload(scene, scenes.NO_BOUND)
        renderer.draw(scene, display.eyes())
        return float(display.read().mean())

    yield mean
    display.pose = Pose()
    renderer.close()
    gl.check("adapting")


@pytest.fixture
def room():
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad((0, 0, -1), 8.0, (0, 0, 1), scenes.glowing((0.05,) * 3), "dark"),
                  scenes.quad((0, 0, 1), 8.0, (0, 0, -1), scenes.glowing((0.6,) * 3), "bright"))
    return scene


def over(look, room, yaw: float, seconds: float, step_s: float = 0.1) -> np.ndarray:
    seen = []
    for _ in range(round(seconds / step_s)):
        room.time_s += step_s
        seen.append(look(room, yaw))
    return np.array(seen)


def test_a_still_is_as_it_was_made_wherever_it_looks(look, room):
    dark, bright = look(room, 0.0), look(room, np.pi)
    room.time_s += 60.0
    assert (look(room, 0.0), look(room, np.pi)) == (dark, bright)


def test_a_turn_to_the_light_is_answered_slowly_and_within_bounds(look, room):
    as_made = look(room, np.pi)
    room.time_s += 60.0
    look(room, 0.0)
    over(look, room, 0.0, 8.0)
    seen = over(look, room, np.pi, 8.0)
    assert seen[0] == pytest.approx(as_made, rel=0.05)          # nothing at once
    assert (np.diff(seen) <= 0.01).all() and np.abs(np.diff(seen)).max() < 0.03 * as_made
    assert 0.6 * as_made < seen[-1] < 0.93 * as_made
    over(look, room, np.pi, 160.0, 0.8)                         # and in the end one is used to it
    assert over(look, room, np.pi, 0.5)[-1] == pytest.approx(as_made, rel=0.04)


def test_half_a_minute_of_nothing_changes_nothing(look, room):
    seen = over(look, room, 0.0, 3.0)
    assert np.ptp(seen) < 0.5
