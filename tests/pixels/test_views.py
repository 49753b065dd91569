"""Laws of views: two eyes in one pass see what each would see alone, from where it is."""

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.display.offscreen import EYE_DISTANCE_M
from showroom.display.targets import ArrayTarget
from showroom.errors import GraphicsError
from showroom.render.picture import Picture
from showroom.render.renderer import Renderer
from showroom.words.geometry import Material
from showroom.words.scene import Daylight
from showroom.words.view import Eyes, View


def spot(pictures: np.ndarray) -> np.ndarray:
    """Mean column and row of what is bright, in each view."""
    bright = ((pictures / 255) ** 2.2).sum(axis=-1)  # shares of covered samples, about linear
    weight = bright.sum(axis=(1, 2))
    columns = (bright * np.arange(bright.shape[2])).sum(axis=(1, 2)) / weight
    rows = (bright * np.arange(bright.shape[1])[:, None]).sum(axis=(1, 2)) / weight
    return np.stack([columns, rows], axis=-1)


def test_parallax_has_the_right_sign_and_size(draw, display):
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad((0, 0, -1.5), 0.3, material=scenes.glowing((1, 1, 1))))
    left, right = spot(draw(scene))
    focal_px = 48 / np.tan(display.vertical_fov_rad / 2)
    assert abs((left[0] - right[0]) - EYE_DISTANCE_M * focal_px / 1.5) < 0.25  # four samples a pixel
    assert abs(left[1] - right[1]) < 0.1


def test_right_is_right_and_up_is_up(draw):
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad((0.4, 0.2, -2), 0.2, material=scenes.glowing((1, 1, 1))))
    columns, rows = spot(draw(scene)).T
    assert (columns > 50).all() and (rows < 46).all()


def test_two_views_in_one_pass_equal_each_alone(draw, display):
    scene = scenes.scene(Daylight((0.3, 0.8, 0.5), (0.7, 0.6, 0.5), (0.1, 0.2, 0.4), (0.4, 0.4, 0.5), (0.1, 0.1, 0.1)))
    scenes.arrive(scene, scenes.quad((0.1, 0.1, -1.2), 0.6, (0.2, 0.3, 1), Material(base_color=(0.6, 0.3, 0.2, 1))))
    together = draw(scene)
    for index, view in enumerate(display.eyes().views):
        alone = Eyes((View(view.pose, view.fov, 0),), display.eyes().target)
        draw.renderer.draw(scene, alone)
        assert np.abs(display.read()[0].astype(int) - together[index]).max() <= 1


def test_back_faces_are_not_drawn(draw):
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad(normal=(0, 0, -1), material=scenes.glowing((1, 1, 1))))
    assert draw(scene).max() == 0


def test_glass_that_does_not_bend_is_not_there(draw):
    def behind(*front):
        scene = scenes.scene()
        scenes.arrive(scene, scenes.quad((0, 0, -2), 3.0, material=scenes.glowing((0.5, 0.3, 0.1))), *front)
        return draw(scene)[:, 30:66, 30:66].astype(int)
    pane = scenes.quad((0, 0, -1), 0.8, material=Material(kind="glass", ior=1.0, roughness=0.0), part="pane")
    assert np.abs(behind(pane) - behind()).max() <= 1


@pytest.mark.parametrize("kind", [ArrayTarget, Picture])
def test_what_the_driver_cannot_make_is_one_line(display, kind):
    with pytest.raises(GraphicsError, match=r"1048576x64 .*try a smaller size"):
        kind((1 << 20, 64), 1)


@pytest.mark.parametrize("edge_px", [1, 6, 17])
def test_a_tiny_window_shows_the_same_light_as_a_large_one(display, edge_px):
    renderer, target = Renderer(shadow_texels=64, coming_s=0.0), ArrayTarget((edge_px, edge_px))
    try:
        scene = scenes.scene()
        scenes.arrive(scene, *scenes.flat_sky((0.4, 0.4, 0.4)))
        while scene.arrivals:
            renderer.upload(scene, 1 << 30)
        view = display.eyes().views[0]
        renderer.draw(scene, Eyes((view,), target.target))
        renderer.draw(scene, display.eyes())
        assert np.abs(target.read()[0, ..., :3].astype(int) - display.read()[0, 48, 48]).max() <= 1
    finally:
        target.close()
        renderer.close()


def test_a_stereo_frame_stays_within_its_calls(draw, display):
    scene = scenes.scene()
    kinds = ("opaque", "foliage", "water", "glass", "liquid", "glow", "shaft")
    scenes.arrive(scene, *(scenes.quad((0, 0, -2 - n), material=Material(kind=kind), part=f"{kind} {n}")
                           for kind in kinds for n in range(40)))
    draw(scene)
    with gl.counting() as count:
        draw.renderer.upload(scene, 1 << 20)
        draw.renderer.draw(scene, display.eyes())
    assert 20 < count.total <= 150, count.by_name
