"""What moves by itself is where its frames say, and between two of them on the way from one to the next."""

from dataclasses import replace

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.words.geometry import Geometry
from showroom.words.material import Material
from showroom.words.motion import motion_of
from showroom.words.scene import Clear, Daylight

SHOWN = Material("product", unlit=True, base_color=(0.5, 0.5, 0.5, 1.0))


def moving(offsets, tilts=None, material=SHOWN, rate_hz=1.0, part="quad") -> Geometry:
    """A small square, at so many offsets from the middle (m), tilted about y (rad), one frame after another."""
    rest = scenes.quad(size_m=0.5, material=material, part=part, casts_shadow=False)
    tilts = np.zeros(len(offsets)) if tilts is None else np.asarray(tilts)
    places = rest.vertices["position"] + np.asarray(offsets, float)[:, None]
    normals = np.stack([np.sin(tilts), np.zeros_like(tilts), np.cos(tilts)], axis=-1)[:, None].repeat(4, axis=1)
    tangents = np.stack([np.cos(tilts), np.zeros_like(tilts), -np.sin(tilts)], axis=-1)[:, None].repeat(4, axis=1)
    ahead, aside = np.array([[0.0, 0.0, 1.0]] * 4), np.array([[1.0, 0.0, 0.0]] * 4)
    return replace(rest, motion=motion_of(places, normals, tangents, ahead, aside, rate_hz))


def center(picture) -> np.ndarray:
    """(x, y) of the middle of what is lit, px."""
    y, x = np.nonzero(picture[0].sum(axis=-1) > 60)
    return np.array([x.mean(), y.mean()])


def at(draw, geometry: Geometry, time_s: float, light=Daylight()):
    scene = scenes.scene(light)
    scene.time_s = time_s
    scenes.arrive(scene, geometry)
    return draw(scene)


def test_half_way_is_the_mean_of_two_frames(draw):
    there_and_back = moving([(-0.4, 0, 0), (0.4, 0.2, 0)])
    first, second = center(at(draw, there_and_back, 0.0)), center(at(draw, there_and_back, 1.0))
    assert second[0] - first[0] > 20
    for time_s, share in ((0.5, 0.5), (0.25, 0.25), (1.5, 0.5), (100.25, 0.25)):
        assert np.allclose(center(at(draw, there_and_back, time_s)), first + share * (second - first), atol=0.6)


def test_after_the_last_frame_comes_the_first(draw):
    round_ = moving([(-0.4, 0, 0), (0, 0.3, 0), (0.4, 0, 0)], rate_hz=10.0)
    for frame in range(3):
        assert np.array_equal(at(draw, round_, frame / 10 + 1e-5), at(draw, round_, frame / 10 + 30.0 + 1e-5))


@pytest.mark.parametrize("time_s", [0.0, 0.5, 1.0])
def test_a_turned_face_is_lit_as_one_that_stands_so(draw, time_s):
    light = Daylight(sun_direction=(0.0, 0.0, 1.0), sun=(0.8, 0.8, 0.8))
    matt = Material("product", specular=0.0)
    seen = scenes.linear(at(draw, moving([(0, 0, 0)] * 2, (0.0, 1.0), matt), time_s, light)[0, 48, 48, 0])
    assert np.isclose(seen, 0.8 * np.cos(time_s), atol=0.015)


def test_what_stands_beside_it_stands_still(draw):
    scene = scenes.scene()
    scenes.arrive(scene, moving([(-0.4, 0, 0), (0.4, 0.0, 0)], part="moves"),
                  scenes.quad((0, -0.8, -2), 0.3, material=SHOWN, part="stands", casts_shadow=False))
    low = [draw(scene, upload=True)[0, 70:]]
    scene.time_s = 0.5
    low.append(draw(scene)[0, 70:])
    assert low[0].any() and np.array_equal(*low)


def test_a_motion_costs_no_call_more(draw):
    counts = []
    for geometry in (scenes.quad(material=SHOWN, casts_shadow=False), moving([(0, 0, 0), (0.1, 0, 0)])):
        scene = scenes.scene()
        scenes.arrive(scene, geometry)
        for time_s in (0.0, 1.0):
            scene.time_s = time_s
            with gl.counting() as count:
                draw(scene)
        counts.append(count.total)
    assert counts[0] == counts[1]


def test_its_room_comes_back_with_its_slot(draw):
    words = draw.renderer.uploader.motions.words
    room = sum(length for _, length in words.free)
    scene = scenes.scene()
    scenes.arrive(scene, moving([(0, 0, 0), (0.1, 0, 0)]))
    draw(scene)
    assert sum(length for _, length in words.free) < room
    scene.arrivals.append(Clear(0))
    draw(scene)
    assert sum(length for _, length in words.free) == room


def test_where_there_is_no_room_to_move_it_stands_still(draw, caplog):
    """Many models that move, in one hall: each is seen, if not all of them move."""
    words = draw.renderer.uploader.motions.words
    kept, words.free = words.free, [(0, 4)]
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad(material=SHOWN, casts_shadow=False))
    rest = center(draw(scene, upload=True))
    scene.arrivals.append(Clear(0))
    scenes.arrive(scene, moving([(0.4, 0, 0), (0.4, 0, 0)]))
    try:
        assert np.allclose(center(draw(scene, upload=True)), rest, atol=1.0)
        assert "stands still" in caplog.text
        scene.arrivals.append(Clear(0))
        draw(scene, upload=True)
        assert words.free == [(0, 4)]
    finally:
        words.free = kept
