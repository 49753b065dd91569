"""Laws of light: what goes in comes out, once encoded, and never more."""

import numpy as np
import pytest
import scenes

from showroom.words.geometry import Material
from showroom.words.scene import Daylight
from showroom.words.view import Pose, yaw_pitch


def centre(pictures: np.ndarray) -> np.ndarray:
    return pictures[:, 44:52, 44:52].reshape(-1, 3).mean(axis=0)


@pytest.mark.parametrize("color", [(0.0, 0.0, 0.0), (0.25, 0.5, 0.75), (1.0, 1.0, 1.0), (0.002, 0.02, 0.2)])
def test_a_flat_colour_is_exact(draw, color):
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad(material=scenes.glowing(color)))
    assert np.abs(centre(draw(scene)) - scenes.srgb(color)).max() <= 0.75


def test_a_linear_ramp_is_encoded_once(draw):
    values = np.linspace(0.01, 0.99, 24)
    seen = []
    scene = scenes.scene()
    for value in values:
        scenes.arrive(scene, scenes.quad(material=scenes.glowing((value, value, value))))
        seen.append(centre(draw(scene))[1])
    assert np.abs(np.array(seen) - scenes.srgb(values)).max() <= 0.75


@pytest.mark.parametrize("metallic", [0.0, 1.0])
@pytest.mark.parametrize("roughness", [0.06, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
@pytest.mark.parametrize("normal", [(0, 0, 1), (0.7, 0, 0.7)])
def test_a_white_thing_vanishes_in_a_white_furnace(draw, metallic, roughness, normal):
    scene = scenes.scene()
    white = Material(metallic=metallic, roughness=roughness)
    scenes.arrive(scene, *scenes.flat_sky((0.5, 0.5, 0.5)), scenes.quad(material=white, normal=normal))
    one_percent = scenes.srgb(0.505) - scenes.srgb(0.5)
    assert np.abs(centre(draw(scene)) - scenes.srgb(0.5)).max() <= one_percent + 0.5  # and an eighth bit's rounding


def test_halfway_between_two_skies_is_their_mean(draw):
    scene = scenes.scene(Daylight(), 0.5, 0.5)
    scenes.arrive(scene, *scenes.flat_sky((0.2, 0.4, 0.6)), slot=0)
    scenes.arrive(scene, *scenes.flat_sky((0.6, 0.2, 0.0)), slot=1)
    assert np.abs(centre(draw(scene)) - scenes.srgb((0.4, 0.3, 0.3))).max() <= 1.0


def test_fog_without_end_is_the_fog_colour(draw):
    scene = scenes.scene(Daylight(fog=(0.3, 0.2, 0.1), horizon=(0.3, 0.2, 0.1), zenith=(0.3, 0.2, 0.1),
                                  ground=(0.3, 0.2, 0.1), haze_per_m=50.0))
    scenes.arrive(scene, scenes.quad(material=scenes.glowing((1.0, 1.0, 1.0))))
    assert np.abs(centre(draw(scene)) - scenes.srgb((0.3, 0.2, 0.1))).max() <= 1.0


def test_a_thing_between_sun_and_ground_throws_its_shadow_there(draw):
    def ground_under(*above):
        scene = scenes.scene(Daylight(sun_direction=(0.0, 1.0, 0.0), sun=(0.8, 0.8, 0.8)))
        scenes.arrive(scene, scenes.quad((0, -1, -2), 6.0, (0, 1, 0.8), Material(), "ground"), *above)
        return centre(draw(scene))
    lid = scenes.quad((0, 1.5, -2), 3.0, (0, 1, 0), Material(), "lid")
    assert ground_under().min() > 150
    assert ground_under(lid).max() < 30


def test_a_shadow_is_read_as_it_was_drawn(draw):
    scene = scenes.scene(Daylight(sun_direction=(0.0, 1.0, 0.0), sun=(0.8, 0.8, 0.8)))
    scenes.arrive(scene, scenes.quad((0, -1, -2), 6.0, (0, 1, 0.8), Material(), "ground"),
                  scenes.quad((0.3, 9.0, -2), 1.0, (0, 1, 0), Material(), "lid"))
    before = draw(scene).astype(int)
    scene.daylight.sun_direction = (0.0008, 1.0, 0.0)  # not far enough to draw the map anew
    assert np.abs(draw(scene).astype(int) - before).max() <= 2
    scene.daylight.sun_direction = (0.035, 1.0, 0.0)
    assert np.abs(draw(scene).astype(int) - before).max() > 100


def test_no_acne_on_a_tilted_plane(draw):
    scene = scenes.scene(Daylight(sun_direction=(0.5, 0.5, 0.7), sun=(0.8, 0.8, 0.8)))
    scenes.arrive(scene, scenes.quad((0, 0, -3), 5.0, (0.3, 0.5, 0.8), Material()))
    patch = draw(scene)[:, 36:60, 36:60].astype(float)
    assert patch.min() > 100 and patch.std(axis=(1, 2)).max() < 1.5


@pytest.mark.parametrize("along", [(0.0, -0.3, -1.0), (0.0, 0.4, -1.2), (0.0, 0.0, -1.0)])
def test_light_from_behind_the_eye_is_a_number_everywhere(draw, display, monkeypatch, along):
    # where light, eye and normal agree, cosines round to above 1: look closely at just that spot
    toward = -np.array(along) / np.linalg.norm(along)
    pitch = float(np.arctan2(along[1], -along[2]))
    monkeypatch.setattr(display, "pose", Pose((0.0, 0.0, 0.0), yaw_pitch(0.0, pitch)))
    monkeypatch.setattr(display, "vertical_fov_rad", 0.004)
    scene = scenes.scene(Daylight(sun_direction=tuple(toward), sun=(0.2, 0.2, 0.2), zenith=(0.3, 0.3, 0.3),
                                  horizon=(0.3, 0.3, 0.3), ground=(0.3, 0.3, 0.3)))
    scenes.arrive(scene, scenes.quad(along, 4.0, tuple(toward), Material(roughness=0.3, clearcoat=1.0, sheen=1.0)))
    assert draw(scene).min() > 20


def test_a_shadow_fades_into_the_next_and_stays_while_only_the_eye_moves(draw, display, monkeypatch):
    scene = scenes.scene(Daylight(sun_direction=(0.0, 1.0, 0.0), sun=(0.8, 0.8, 0.8)))
    scenes.arrive(scene, scenes.quad((0, -1, -2), 6.0, (0, 1, 0.8), Material(), "ground"))
    scene.time_s = 1.0
    bright = centre(draw(scene))
    scene.time_s += 0.01
    assert np.abs(centre(draw(scene)) - bright).max() < 0.5  # a still that begins to move
    scenes.arrive(scene, scenes.quad((0, 1.5, -2), 3.0, (0, 1, 0), Material(), "lid"))
    path = []
    for _ in range(40):
        scene.time_s += 0.02
        path.append(centre(draw(scene))[0])
    assert path[0] > bright[0] - 12 and path[-1] < 30 and (np.diff(path) <= 0.01).all()
    drawn = draw.renderer.shadow.newer
    for step in range(20):  # far less than a texel of the shadow each
        monkeypatch.setattr(display, "pose", Pose((0.0004 * step, 0.0, 0.0)))
        scene.time_s += 0.02
        draw(scene)
    assert draw.renderer.shadow.newer == drawn


@pytest.mark.parametrize("coat, sheen", [(1.0, 0.0), (0.0, 1.0), (1.0, 1.0)])
@pytest.mark.parametrize("normal", [(0, 0, 1), (0.85, 0, 0.53), (0.97, 0, 0.24)])
def test_lacquer_and_sheen_give_back_what_they_take_and_no_more(draw, coat, sheen, normal):
    scene = scenes.scene()
    white = Material(roughness=0.6, clearcoat=coat, sheen=sheen)
    scenes.arrive(scene, *scenes.flat_sky((0.5, 0.5, 0.5)), scenes.quad(material=white, normal=normal, size_m=3.0))
    assert np.abs(centre(draw(scene)) - scenes.srgb(0.5)).max() <= 2.0
