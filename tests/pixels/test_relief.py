"""What stands out of a tile is seen where it stands, what is laid on a part fills hollows first, sprites give
light where their painter says."""

import numpy as np
import pytest
import scenes

from showroom.imagine.mips import tile_levels
from showroom.words.geometry import Material
from showroom.words.image import COLOR, DETAIL, HEIGHT_TILES, Image
from showroom.words.scene import Daylight, Emitter

PX, WIDE_M = 64, 30.0
DAY = Daylight(sun_direction=(0.0, 0.6, 0.8), sun=(0.8, 0.8, 0.8))


def tiled(code: np.ndarray | int, dark: int = 40) -> list[Image]:
    """All levels of a chequered ground whose heights are these codes."""
    color = np.full((PX, PX, 4), 230, np.uint8)
    y, x = np.mgrid[0:PX, 0:PX] // 4
    color[(y + x) % 2 == 1, :3] = dark
    color[..., 3] = code
    levels = list(enumerate(tile_levels(color)))
    return [Image("ground", COLOR, (PX, PX), level, 0, pixels) for level, pixels in reversed(levels)]


def seen(draw, images, normal, center) -> np.ndarray:
    """A wide face, its middle there."""
    scene = scenes.scene(DAY)
    face = scenes.quad(center, WIDE_M, normal, Material(surface="ground"), casts_shadow=False)
    scenes.arrive(scene, *images, face)
    draw(scene)
    scene.time_s += 10.0  # until the finest level is shown
    return draw(scene).astype(float)


@pytest.mark.parametrize("code", [230, 26])
@pytest.mark.parametrize("normal", [(0, 0, 1), (0.6, 0, 0.8), (0, 0.6, 0.8), (-0.5, -0.4, 0.8)])
def test_what_stands_out_looks_as_if_the_face_stood_there(draw, normal, code):
    center, outward = np.array((0.0, 0.0, -4.0)), np.array(normal) / np.linalg.norm(normal)
    plain, out = seen(draw, tiled(128), normal, center), seen(draw, tiled(code), normal, center)
    lift_m = HEIGHT_TILES * (code / 255 - 0.5) * WIDE_M
    nearer = seen(draw, tiled(128), normal, center + lift_m * outward)
    middle = (slice(None), slice(24, 72), slice(24, 72))
    apart, before = (np.abs(out[middle] - other[middle]).mean() for other in (nearer, plain))
    if normal == (0, 0, 1):  # straight on there is only the picture's own perspective
        assert np.abs(out[0, 46:50, 46:50] - plain[0, 46:50, 46:50]).mean() < 12
    else:
        assert before > 25 and apart < 0.3 * before


def test_a_face_too_far_to_show_its_relief_is_plain(draw):
    far = [seen(draw, tiled(code), (0.6, 0, 0.8), (0, 0, -100.0)) for code in (128, 230)]
    assert np.array_equal(*far)


@pytest.mark.parametrize(("share", "least", "most"), [(0, 0.9, 1.1), (128, 1.2, 9.0), (255, 0.9, 1.1)])
def test_a_second_colour_fills_hollows_first(draw, share, least, most):
    code = np.full((PX, PX), 140)
    code[:, PX // 2:] = 116
    material = Material(surface="ground", second_color=(0.0, 0.0, 0.0))
    scene = scenes.scene(DAY)
    face = scenes.quad((0, 0, -8), WIDE_M, (0, 0, 1), material, casts_shadow=False)
    face.vertices["shade"][:, 2] = share
    scenes.arrive(scene, *tiled(code, dark=230), face)
    draw(scene)
    scene.time_s += 10.0
    picture = scenes.linear(draw(scene)[0])
    assert least <= picture[40:56, 30:40].mean() / picture[40:56, 56:66].mean() <= most


def test_a_sprite_gives_its_light_where_it_is_painted_to(draw):
    def shining(given: int) -> np.ndarray:
        scene = scenes.scene(scenes.DARK)
        scene.ground_m = -1.5
        grey, box = (0.2, 0.2, 0.2), (3.0, 2.0, 3.0)
        scene.emitters = [Emitter("ember", 0, 300, grey, box, 0.05, 0.9, 0.1, 0.0, 1.0, 1.0, 0, 1.0, 0)]
        for level in range(6, -1, -1):
            for map_, value in ((COLOR, (200, 200, 200, 255)), (DETAIL, (128, 128, 200, given))):
                scenes.arrive(scene, scenes.flat_image("sprites", map_, value, (PX, PX), level))
        draw(scene)
        return scenes.linear(draw(scene)).max()

    whole, half, none = (shining(given) for given in (255, 128, 0))
    assert none < 0.01 < 0.1 < half < 0.75 * whole
