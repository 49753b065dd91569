"""Laws of signs in the picture: where they hang, what covers what, how clear they are, and what they cost."""

import math

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.display.offscreen import EYE_DISTANCE_M
from showroom.words.sign import SIZES_M, Panel, Sign, Writing
from showroom.words.view import Pose, yaw_pitch

RED, GREEN = (200, 30, 40, 255), (20, 180, 90, 255)
WRITING = Writing("choice", "a plain one")


def panel(color, kind="choice") -> Panel:
    """A panel of one colour."""
    width, height = (round(200 * edge) for edge in SIZES_M[kind])
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[:] = color
    return Panel(Writing(kind, str(color)), pixels)


def hung(color, distance_m=2.0, opacity=1.0, x=0.0, yaw_rad=0.0, kind="choice"):
    """A sign straight ahead of the eye at the origin."""
    made = panel(color, kind)
    return made, Sign(made.writing, Pose((x, 0.0, -distance_m), yaw_pitch(yaw_rad, 0.0)), opacity)


@pytest.fixture
def shown(draw, display):
    """shown(*hung, scene=…) → the pictures with these signs."""
    def picture(*signs, scene=None):
        draw.renderer.draw(scene or scenes.scene(), display.eyes(), signs)
        return display.read()
    draw(scenes.scene())
    return picture


def test_a_sign_keeps_its_colour_whatever_the_light(shown, draw):
    lit = scenes.scene()
    scenes.arrive(lit, scenes.quad((0, 0, -3), 9.0, material=scenes.glowing((5.0, 4.0, 3.0))))
    draw(lit)
    assert (shown(hung(RED), scene=lit)[:, 48, 48] == RED[:3]).all()


def test_nothing_of_the_scene_covers_a_sign(shown, draw):
    near = scenes.scene()
    scenes.arrive(near, scenes.quad((0, 0, -0.5), 4.0, material=scenes.glowing((0.2, 0.2, 0.2))))
    draw(near)
    assert (shown(hung(RED), scene=near)[:, 48, 48] == RED[:3]).all()


def test_a_sign_is_as_large_as_its_kind(shown, display):
    picture = shown(hung(RED, 1.0))[0]
    focal_px = 48 / math.tan(display.vertical_fov_rad / 2)
    width, height = SIZES_M["choice"]
    columns, rows = (picture[48] == RED[:3]).all(axis=-1), (picture[:, 48] == RED[:3]).all(axis=-1)
    assert abs(columns.sum() - width * focal_px) <= 1.5
    assert abs(rows.sum() - height * focal_px) <= 1.5


def test_its_first_row_is_the_top_and_its_first_column_on_the_left(shown):
    made = panel(RED)
    height, width = made.pixels.shape[:2]
    made.pixels[:height // 2, :width // 2] = GREEN
    picture = shown((made, Sign(made.writing, Pose((0.0, 0.0, -1.0)))))[0]
    assert (picture[44, 36] == GREEN[:3]).all()
    assert (picture[[52, 44, 52], [36, 60, 60]] == RED[:3]).all()


def test_both_eyes_see_it_where_it_hangs(shown, display):
    left, right = (np.argwhere((picture == RED[:3]).all(axis=-1))[:, 1].mean() for picture in shown(hung(RED, 1.5)))
    focal_px = 48 / math.tan(display.vertical_fov_rad / 2)
    assert abs(left - right - EYE_DISTANCE_M * focal_px / 1.5) <= 1.0


def test_half_clear_is_half_the_light(shown, draw):
    behind = scenes.scene()
    scenes.arrive(behind, scenes.quad((0, 0, -3), 9.0, material=scenes.glowing((0.1, 0.6, 0.3))))
    draw(behind)
    seen = shown(hung(RED, opacity=0.5), scene=behind)[0, 48, 48]
    mean = 0.5 * scenes.linear(np.array(RED[:3])) + 0.5 * np.array((0.1, 0.6, 0.3))
    assert np.abs(seen - scenes.srgb(mean)).max() <= 1.0


def test_what_is_clear_or_seen_from_behind_is_not_there(shown):
    assert shown(hung(RED, opacity=0.0)).max() == 0
    assert shown(hung(RED, yaw_rad=math.pi)).max() == 0


@pytest.mark.parametrize("turned_round", [False, True])
def test_the_nearer_one_is_on_top(shown, turned_round):
    signs = [hung(RED, 2.5), hung(GREEN, 1.5)]
    assert (shown(*(reversed(signs) if turned_round else signs))[:, 48, 48] == GREEN[:3]).all()


def test_a_cursor_is_over_the_sign_it_is_on(shown):
    """Also near an edge, where it is farther from the eye than the sign's middle."""
    card = hung(RED, 1.0, kind="card")
    made = panel(GREEN, "cursor")
    picture = shown((made, Sign(made.writing, Pose((0.3, 0.0, -0.996)))), card)
    assert (picture == GREEN[:3]).all(axis=-1).sum() > 4


def test_a_panel_goes_to_the_gpu_once(shown, draw, display):
    signs = (hung(RED), hung(GREEN, 1.5))
    shown(*signs)
    textures = gl.texture_bytes()
    with gl.counting() as without:
        draw.renderer.draw(scenes.scene(), display.eyes())
    with gl.counting() as count:
        draw.renderer.draw(scenes.scene(), display.eyes(), signs)
    assert count.by_name["glGenerateTextureMipmap"] == without.by_name["glGenerateTextureMipmap"]
    assert count.total - without.total <= 10 + 3 * len(signs)
    assert gl.texture_bytes() == textures


def test_large_panels_come_one_a_frame_and_all_come(shown):
    large = np.empty((2048, 512, 4), np.uint8)
    large[:] = RED
    signs = [(Panel(Writing("choice", str(n)), large.copy()), hung(RED, x=0.5 * n - 0.5, opacity=1.0)[1]) for n in range(3)]
    seen = [(shown(*signs)[0] == RED[:3]).all(axis=-1).any(axis=0).sum() for _ in range(4)]
    assert 0 < seen[0] < seen[1] < seen[2] == seen[3]


def test_panels_of_many_visitors_do_not_pile_up(shown):
    for n in range(40):
        shown(hung((n, 0, 0, 255)))
    held = gl.texture_bytes()
    for n in range(40):
        shown(hung((n, 9, 0, 255)))
    assert gl.texture_bytes() == held
