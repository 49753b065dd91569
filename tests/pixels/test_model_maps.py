"""A model's pictures: each channel means what glTF says it does, and they come and go with their slot."""

import logging

import numpy as np
import pytest
import scenes

from showroom.words.image import COLOR, DETAIL, Image
from showroom.words.material import Material
from showroom.words.model_maps import COAT, GLOW, MODEL_LAYERS, SHEEN, SPECULAR, VOLUME
from showroom.words.scene import Clear, Daylight

SIZE = (8, 8)
GREY, WHITE = (0.5, 0.5, 0.5), (1.0, 1.0, 1.0)
FURNACE = Daylight(zenith=GREY, horizon=GREY, ground=GREY)
SUNNY = Daylight(sun_direction=(0.0, 0.2, 0.98), sun=(0.4, 0.4, 0.4), zenith=GREY, horizon=GREY, ground=GREY)


def picture(map_: str, value, surface="model_0") -> list[Image]:
    """All levels of a map in one colour, coarse to fine."""
    return [scenes.flat_image(surface, map_, value, SIZE, level) for level in reversed(range(4))]


def seen(draw, material: Material, *images: Image, light=SUNNY, texel=(48, 48)) -> np.ndarray:
    """Linear rgb of a face of a material and its pictures."""
    scene = scenes.scene(light)
    scenes.arrive(scene, *scenes.flat_sky(GREY), *images, scenes.quad(material=material, size_m=3.0))
    return scenes.linear(draw(scene)[0][texel])


BLACK = {"base_color": (0.0, 0.0, 0.0, 1.0)}
# a map with one channel at half of what it may be, and what its factor has to be to look the same without it
HALVES = [
    (COLOR, (188, 188, 188, 255), {}, {"base_color": (0.5, 0.5, 0.5, 1.0)}),
    (COLOR, (255, 255, 255, 128), {"alpha_mode": "blend"}, {"base_color": (1.0, 1.0, 1.0, 0.5)}),
    (GLOW, (188, 188, 188, 255), {"emission": (0.4, 0.4, 0.4), **BLACK}, {"emission": (0.2, 0.2, 0.2)}),
    (GLOW, (255, 255, 255, 128), {"metallic": 1.0}, {"metallic": 0.5}),
    (SHEEN, (188, 188, 188, 255), {"sheen_color": WHITE, "sheen_roughness": 0.6, **BLACK}, {"sheen_color": GREY}),
    (SHEEN, (255, 255, 255, 128), {"sheen_color": WHITE, "sheen_roughness": 1.0, **BLACK}, {"sheen_roughness": 0.5}),
    (SPECULAR, (188, 188, 188, 255), {"ior": 2.4, **BLACK}, {"specular_color": GREY}),
    (SPECULAR, (255, 255, 255, 128), {"ior": 2.4, **BLACK}, {"specular": 0.5}),
    (DETAIL, (128, 128, 128, 255), {"metallic": 1.0}, {"roughness": 0.5}),
    (COAT, (128, 128, 128, 255), {"clearcoat": 1.0, **BLACK}, {"clearcoat": 0.5}),
    (COAT, (128, 128, 255, 128), {"clearcoat": 1.0, "clearcoat_roughness": 1.0, **BLACK}, {"clearcoat_roughness": 0.5}),
    (VOLUME, (128, 255, 255, 255), {"transmission": 1.0}, {"transmission": 0.5}),
    (VOLUME, (255, 128, 255, 255), {"transmission": 1.0, "thickness_m": 0.2, "attenuation_color": (0.2, 0.5, 0.9),
                                    "attenuation_distance_m": 0.1}, {"thickness_m": 0.1}),
    (VOLUME, (255, 255, 128, 255), {"iridescence": 1.0, "ior": 2.4}, {"iridescence": 0.5}),
    (VOLUME, (255, 255, 255, 128), {"iridescence": 1.0, "ior": 2.4, "film_nm": (100.0, 500.0)},
     {"film_nm": (100.0, 300.8)}),
]


@pytest.mark.parametrize(("map_", "value", "words", "same"), HALVES)
def test_a_channel_multiplies_its_factor(draw, map_, value, words, same):
    mapped = seen(draw, Material("product", "model_0", maps=(map_,), **words), *picture(map_, value))
    plain = seen(draw, Material("product", **{**words, **same}))
    whole = seen(draw, Material("product", **words))
    assert np.allclose(mapped, plain, rtol=0.01, atol=0.003)
    assert np.abs(plain - whole).max() > 0.01, "the factor shows at all"


def test_a_texel_without_occlusion_is_dark(draw):
    material = Material("product", "model_0", maps=(DETAIL,), specular=0.0)
    assert seen(draw, material, *picture(DETAIL, (128, 128, 255, 0)), light=FURNACE).max() < 0.02


def test_a_face_waits_for_all_its_maps(draw):
    material = Material("product", "model_0", maps=(COLOR, GLOW), unlit=True)
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad(material=material), *picture(COLOR, (255, 0, 0, 255)))
    assert not draw(scene).any()
    scenes.arrive(scene, *picture(GLOW, (255, 255, 255, 255)))
    assert draw(scene)[0, 48, 48, 0] == 255


# what lies at u = 1.25 and at u = −0.25 of a map that is white in its left half and black in its right
@pytest.mark.parametrize(("wrap", "beyond", "below"), [("repeat", 1, 0), ("clamp", 0, 1), ("mirror", 0, 1)])
def test_what_lies_beyond_a_map_is_as_its_sampler_says(draw, wrap, beyond, below):
    images = []
    for level in reversed(range(4)):
        pixels = np.full((8 >> level, 8 >> level, 4), 255, np.uint8)
        pixels[:, (8 >> level) // 2:, :3] = 0
        images.append(Image("model_0", COLOR, SIZE, level, 0, pixels))
    quad = scenes.quad(material=Material("product", "model_0", maps=(COLOR,), wrap=wrap, unlit=True), size_m=3.0)
    for start, expected in ((1.0, beyond), (-0.5, below)):
        quad.vertices["uv"] = [(start, 1.0), (start + 0.5, 1.0), (start + 0.5, 0.0), (start, 0.0)]
        scene = scenes.scene()
        scenes.arrive(scene, *images, quad)
        assert draw(scene)[0, 48, 48, 0] == 255 * expected, start


def test_a_map_cuts_out(draw):
    images = []
    for level in reversed(range(4)):
        pixels = np.full((8 >> level, 8 >> level, 4), 255, np.uint8)
        pixels[:, (8 >> level) // 2:, 3] = 0
        images.append(Image("model_0", COLOR, SIZE, level, 0, pixels))
    material = Material("product", "model_0", maps=(COLOR,), unlit=True, alpha_mode="mask")
    scene = scenes.scene()
    scenes.arrive(scene, *images, scenes.quad(material=material, size_m=3.0))
    row = draw(scene)[0, 48, :, 0]
    assert row[30] == 255 and row[66] == 0


def test_where_no_layer_is_left_a_face_shows_its_own_colour(draw, caplog):
    scene = scenes.scene()
    for number in range(MODEL_LAYERS):
        scenes.arrive(scene, *picture(COLOR, (255,) * 4, f"model_{number}"), slot=1)
    plain = Material("product", "model_0", maps=(COLOR,), unlit=True, base_color=(0.2, 0.5, 0.8, 1.0))
    scenes.arrive(scene, *picture(COLOR, (0, 0, 0, 255)), scenes.quad(material=plain))
    with caplog.at_level(logging.WARNING):
        shown = draw(scene)[0, 48, 48]
    assert np.abs(shown - scenes.srgb((0.2, 0.5, 0.8))).max() < 1
    assert len(caplog.records) == 1 and "layers" in caplog.text
    scene.arrivals.append(Clear(1))
    scene.arrivals.append(Clear(0))
    scenes.arrive(scene, *picture(COLOR, (0, 0, 0, 255)), scenes.quad(material=plain))
    assert not draw(scene)[0, 48, 48].any(), "there is room again"


def test_pictures_of_two_sizes_are_refused_in_words(draw, caplog):
    scene = scenes.scene()
    other = scenes.flat_image("model_1", COLOR, 255, (16, 16), 0)
    scenes.arrive(scene, *picture(COLOR, 255), other)
    with caplog.at_level(logging.WARNING):
        draw(scene)
    assert "(16, 16)" in caplog.text and "(8, 8)" in caplog.text
