"""What is carried is drawn where it is held and nowhere else; rays end in a cursor where they say."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scenes import arrive, glowing, linear, quad, scene

from showroom import gl
from showroom.render.blocks import STEEPEST, surface_slope
from showroom.words.geometry import CAUSTIC, Material
from showroom.words.scene import Held, Ray
from showroom.words.view import Pose, yaw_pitch

RED = glowing((0.5, 0.0, 0.0))
HOME = (0.0, -0.2, -2.0)


def hero(product_id: str = "a", name: str = "hero0.cap", material: Material = RED, place=HOME):
    """A square of one product, whose instance stands at `place`."""
    part = replace(quad((0.0, 0.0, 0.0), 0.3, material=material, part=name), product_id=product_id)
    part.instances["world_from_part"][0, :, 3] = place
    return part


def middle_px(picture: np.ndarray, channel: int = 0) -> tuple[float, float] | None:
    """Mean (x, y) of what is bright in the left view, from its middle, in shares of its half width."""
    ys, xs = np.nonzero(picture[0, ..., channel] > 100)
    return ((xs.mean() + 0.5) / 48 - 1, 1 - (ys.mean() + 0.5) / 48) if len(xs) else None


def expected(display, place) -> tuple[float, float]:
    x, y, z = np.subtract(place, display.eyes().views[0].pose.position)
    reach = math.tan(display.eyes().views[0].fov.right)
    return x / -z / reach, y / -z / reach


@pytest.mark.parametrize("name, product_id, slot", [("hero3.cap", "a", 0), ("hero.cap", "", 1)])
def test_a_hero_is_where_it_is_held_and_at_home_again_after(draw, display, name, product_id, slot):
    made = scene()
    made.presence[:2] = 1.0
    arrive(made, hero(product_id, name), slot=slot)
    assert middle_px(draw(made)) == pytest.approx(expected(display, HOME), abs=0.03)
    there = (0.3, 0.25, -1.5)
    made.held = (Held(slot, product_id, Pose(there)),)
    assert middle_px(draw(made)) == pytest.approx(expected(display, there), abs=0.03)
    made.held = ()
    assert middle_px(draw(made)) == pytest.approx(expected(display, HOME), abs=0.03)


def test_another_product_or_slot_stays_where_it_stands(draw, display):
    made = scene()
    arrive(made, hero("a"))
    for slot, product_id in ((0, "b"), (1, "a"), (0, "")):
        made.held = (Held(slot, product_id, Pose((0.3, 0.3, -1.5))),)
        assert middle_px(draw(made)) == pytest.approx(expected(display, HOME), abs=0.03)


def test_it_turns_with_the_hand(draw):
    made = scene()
    arrive(made, hero())
    made.held = (Held(0, "a", Pose((0.0, 0.0, -1.5))),)
    face_on = (draw(made)[0, ..., 0] > 100).sum()
    made.held = (Held(0, "a", Pose((0.0, 0.0, -1.5), yaw_pitch(math.pi / 3, 0.0))),)
    assert (draw(made)[0, ..., 0] > 100).sum() == pytest.approx(face_on / 2, rel=0.15)
    made.held = (Held(0, "a", Pose((0.0, 0.0, -1.5), yaw_pitch(math.pi, 0.0))),)
    assert middle_px(draw(made)) is None  # its back, which is not drawn


def test_a_held_hero_is_lit_as_it_is_turned(draw):
    made = scene()
    made.daylight = replace(made.daylight, sun=(0.5, 0.5, 0.5), sun_direction=(0.0, 0.0, 1.0))
    arrive(made, hero(material=Material(roughness=1.0)))
    brightness = []
    for pitch in (0.0, -math.pi / 3):
        made.held = (Held(0, "a", Pose((0.0, 0.0, -1.5), yaw_pitch(0.0, pitch))),)
        picture = linear(draw(made)[0, 40:56, 40:56, 0])
        brightness.append(np.percentile(picture, 90))
    assert brightness[1] == pytest.approx(brightness[0] / 2, rel=0.2)


def test_the_light_it_gathered_stays_and_goes_as_it_is_lifted(draw, display):
    made = scene()
    caustic = hero("a", f"hero0{CAUSTIC}", Material("glow", emission=(0.4, 0.4, 0.4)))
    arrive(made, caustic)
    stands = draw(made)[0].max()
    made.held = (Held(0, "a", Pose(HOME)),)
    assert draw(made)[0].max() == stands
    made.held = (Held(0, "a", Pose((HOME[0], HOME[1] + 0.05, HOME[2]))),)
    half = draw(made)
    assert 0.3 < linear(half[0].max()) / linear(stands) < 0.7
    assert middle_px(half, 1) == pytest.approx(expected(display, HOME), abs=0.03)
    made.held = (Held(0, "a", Pose((HOME[0], HOME[1] + 0.2, HOME[2]))),)
    assert draw(made)[0].max() == 0


def test_what_is_lifted_leaves_no_shadow(draw):
    made = scene()
    made.daylight = replace(made.daylight, sun=(0.5, 0.5, 0.5), sun_direction=(0.0, 1.0, 0.0))
    ground = quad((0.0, -0.5, -2.0), 2.0, (0, 1, 0), Material(roughness=1.0), "ground")
    roof = hero("a", "hero0.cap", Material(roughness=1.0), (0.0, 1.4, -2.0))
    roof.vertices[:] = quad((0.0, 0.0, 0.0), 1.0, (0, 1, 0)).vertices
    arrive(made, ground, roof)
    shadowed = draw(made)[0, 60:72, 44:52].mean()
    made.held = (Held(0, "a", Pose((0.0, 1.5, -2.0))),)
    made.time_s = 10.0
    assert draw(made)[0, 60:72, 44:52].mean() > shadowed + 40


@pytest.mark.parametrize("tilt", [0.0, 0.2, -0.3])
def test_a_liquid_stays_level_in_a_bottle_that_is_tilted_a_little(tilt):
    turn = (0.0, 0.0, math.sin(tilt / 2), math.cos(tilt / 2))  # about z: to the left
    along_x, along_z = surface_slope(Held(0, "a", Pose(orientation=turn)))
    assert along_x == pytest.approx(-math.tan(tilt), rel=0.15) and along_z == pytest.approx(0.0)


def test_a_liquid_never_leaves_its_bottle():
    for seed in range(50):
        turn = np.random.default_rng(seed).normal(size=4)
        turn /= np.linalg.norm(turn)
        held = Held(0, "a", Pose(orientation=tuple(turn)), (0.35, -0.35))
        assert math.hypot(*surface_slope(held)) <= STEEPEST


def test_sloshing_is_told_in_the_world_and_drawn_in_the_bottle():
    turned = Held(0, "a", Pose(orientation=yaw_pitch(math.pi / 2, 0.0)), (0.2, 0.0))
    along_x, along_z = surface_slope(turned)   # its own z points along the world's x
    assert abs(along_x) < 1e-9 and along_z == pytest.approx(0.2, rel=0.1)


# -- rays ---------------------------------------------------------------------------------------

def test_a_ray_ends_in_a_cursor_where_it_says(draw, display):
    made, end = scene(), (0.3, 0.2, -1.5)
    made.rays = (Ray((0.1, -0.2, -0.3), end, 1.0, True),)
    picture = draw(made)
    for view, eye in enumerate(display.eyes().views):
        x, y, z = np.subtract(end, eye.pose.position)
        reach = math.tan(eye.fov.right)
        column, row = 48 * (1 + x / -z / reach), 48 * (1 - y / -z / reach)
        at = picture[view, round(row) - 2:round(row) + 2, round(column) - 2:round(column) + 2]
        assert at.max() > 60
    assert picture[0, :20, :20].max() == 0   # and nowhere else


def test_without_strength_the_hand_alone_is_marked_and_what_stands_before_it_hides_it(draw, display):
    made, hand = scene(), (0.1, -0.1, -0.4)
    made.rays = (Ray(hand, (0.3, 0.2, -1.5), 0.0, True),)
    bead = draw(made)
    ys, xs = np.nonzero(bead[0, ..., 0] > 50)
    across, up = expected(display, hand)
    assert (xs.mean(), ys.mean()) == pytest.approx((48 * (1 + across) - 0.5, 48 * (1 - up) - 0.5), abs=1.0)
    assert len(xs) < 60
    arrive(made, quad((0.0, 0.0, -0.25), 3.0, material=glowing((0.0, 0.2, 0.0))))
    made.rays = (Ray((0.1, -0.2, -0.35), (0.3, 0.2, -1.5), 1.0, True),)
    assert draw(made)[..., 0].max() == 0


def test_before_white_a_ray_has_a_dark_edge(draw):
    made = scene()
    arrive(made, quad((0.0, 0.0, -2.0), 6.0, material=glowing((0.9, 0.9, 0.9))))
    plain = draw(made)[0].min()
    made.rays = (Ray((0.1, -0.2, -0.3), (0.2, 0.1, -1.5), 1.0, True),)
    assert draw(made)[0].min() < plain - 8


def test_rays_cost_three_calls_and_held_heroes_none(draw, display):
    made = scene()
    arrive(made, hero())
    draw(made)

    def calls() -> int:
        with gl.counting() as count:
            draw.renderer.draw(made, display.eyes())
        return count.total

    before = calls()
    made.held = (Held(0, "a", Pose((0.0, 0.0, -1.5))),)
    calls()  # the shadow map is drawn again as it is lifted
    assert calls() == before
    made.rays = (Ray((0.1, -0.2, -0.3), (0.3, 0.2, -1.5)), Ray((-0.1, -0.2, -0.3), (0.0, 0.2, -1.5)))
    assert calls() == before + 3
