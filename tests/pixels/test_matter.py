"""Laws of what products are made of: glTF's matter with its extensions makes no light, lets through what it says, and
mirrors what physics says."""

import numpy as np
import pytest
import scenes
from film import film_colour
from test_laws import BRIGHT, FAR_M, FURNACE, GREY, _directions, sphere

from showroom.render.blocks import MAX_LIGHTS
from showroom.words.geometry import Light
from showroom.words.material import Material
from showroom.words.scene import Daylight

WHITE = (1.0, 1.0, 1.0)
KINDS = {
    "plain": {}, "metal": {"metallic": 1.0}, "diamond": {"ior": 2.42}, "dull": {"specular": 0.0},
    "golden gloss": {"specular_color": (1.0, 0.6, 0.1), "ior": 1.8},
    "lacquer": {"clearcoat": 1.0}, "worn lacquer": {"clearcoat": 1.0, "clearcoat_roughness": 0.5},
    "lacquered metal": {"clearcoat": 1.0, "metallic": 1.0},
    "velvet": {"sheen_color": WHITE, "sheen_roughness": 0.3}, "felt": {"sheen_color": WHITE, "sheen_roughness": 1.0},
    "soap film": {"iridescence": 1.0}, "anodised": {"iridescence": 1.0, "metallic": 1.0, "film_nm": (0.0, 250.0)},
    "glass": {"transmission": 1.0, "thickness_m": 0.1}, "frosted sheet": {"transmission": 1.0},
    "everything": {"clearcoat": 1.0, "clearcoat_roughness": 0.2, "sheen_color": WHITE, "sheen_roughness": 0.5,
                   "iridescence": 1.0, "transmission": 0.5},
}


def product(**words) -> Material:
    return Material("product", **words)


@pytest.mark.parametrize("kind", KINDS)
def test_no_product_shines_brighter_than_the_furnace_it_stands_in(draw, kind):
    scene = scenes.scene(FURNACE)
    scenes.arrive(scene, *scenes.flat_sky(GREY))
    for roughness in (0.0, 0.15, 0.4, 0.7, 1.0):
        scenes.arrive(scene, sphere(product(roughness=roughness, **KINDS[kind])))
        assert draw(scene).max() <= scenes.srgb(0.5 * 1.01) + 0.5, roughness


@pytest.mark.parametrize("facing", [1.0, 0.5])
@pytest.mark.parametrize("kind", [kind for kind, words in KINDS.items() if "transmission" not in words])
def test_lamps_all_round_get_back_no_more_of_a_product_than_they_send(draw, kind, facing):
    """As for matter in general (test_laws.py)."""
    normal = np.array([np.sqrt(1 - facing ** 2), 0.0, facing])
    lamps = _directions(2 * MAX_LIGHTS, normal)
    for roughness in (0.5, 1.0):
        total, wall = 0.0, scenes.quad((0, 0, -2), 0.6, normal, product(roughness=roughness, **KINDS[kind]))
        for some in np.split(lamps, 2):
            scene = scenes.scene()
            scenes.arrive(scene, wall)
            scene.lights = [(0, Light(tuple(FAR_M * toward + (0, 0, -2)), (BRIGHT,) * 3, 1e4)) for toward in some]
            total += scenes.linear(draw(scene)[0, 46:50, 46:50, 1]).mean()
        albedo = total * 2 / len(lamps) * FAR_M ** 2 / BRIGHT
        assert 0.2 < albedo <= 1.03, roughness


def before(draw, *front, light=Daylight()) -> np.ndarray:
    """What is seen of a striped wall with something before it, linear."""
    left = scenes.quad((-6, 0, -4), 12.0, material=scenes.glowing((0.5, 0.3, 0.1)), part="left")
    right = scenes.quad((6, 0, -4), 12.0, material=scenes.glowing((0.1, 0.3, 0.6)), part="right")
    scene = scenes.scene(light)
    scenes.arrive(scene, left, right, *front)
    return scenes.linear(draw(scene)[0, 8:88, 8:88])


@pytest.mark.parametrize("thickness_m", [0.0, 0.3])
@pytest.mark.parametrize("shape", ["pane", "ball"])
def test_what_bends_nothing_and_lets_all_through_is_not_there(draw, shape, thickness_m):
    clear = product(transmission=1.0, ior=1.0, roughness=0.0, thickness_m=thickness_m)
    body = sphere(clear) if shape == "ball" else scenes.quad((0, 0, -1), 0.8, material=clear)
    sunny = Daylight(sun_direction=(0.0, 0.6, 0.8), sun=(0.5, 0.5, 0.5))
    off_the_edge = [*range(36), *range(44, 80)]  # the picture behind is read at half its size
    difference = np.abs(before(draw, body, light=sunny) - before(draw, light=sunny))[:, off_the_edge]
    assert difference.max() < 0.01


@pytest.mark.parametrize("thickness_m", [0.05, 0.1, 0.4])
def test_a_body_drinks_light_as_beer_says(draw, thickness_m):
    left = np.array([0.7, 0.4, 0.9])
    body = product(transmission=1.0, ior=1.0, roughness=0.0, thickness_m=thickness_m, attenuation_color=tuple(left),
                   attenuation_distance_m=0.1)
    seen = before(draw, scenes.quad((0, 0, -1), 0.8, material=body))[40, 12]
    assert np.allclose(seen, np.array([0.5, 0.3, 0.1]) * left ** (thickness_m / 0.1), atol=0.01)


def test_half_a_transmission_is_the_mean_of_none_and_all(draw):
    light = Daylight(zenith=GREY, horizon=GREY, ground=GREY)

    def seen(share):
        body = product(transmission=share, base_color=(0.6, 0.6, 0.6, 1.0))
        return before(draw, scenes.quad((0, 0, -1), 0.8, material=body), light=light)[40, 12]

    assert np.allclose(seen(0.5), (seen(0.0) + seen(1.0)) / 2, atol=0.01)


@pytest.mark.parametrize("light", [Daylight(), FURNACE, Daylight(sun=(3.0, 2.0, 1.0), haze_per_m=0.3)])
def test_what_is_unlit_is_its_flat_colour(draw, light):
    scene = scenes.scene(light)
    scenes.arrive(scene, scenes.quad(material=product(unlit=True, base_color=(0.2, 0.5, 0.8, 1.0)), size_m=9.0))
    assert np.abs(draw(scene)[0, 8:88, 8:88] - scenes.srgb((0.2, 0.5, 0.8))).max() < 1


def test_what_is_unlit_is_a_number_in_a_closed_eye(draw):
    """The contact's dark under each model is unlit, and a blink's exposure is 0: what is no number stays for ever."""
    for level in (0.0, 0.06):
        scene = scenes.scene(Daylight(exposure=0.0))
        scenes.arrive(scene, scenes.quad(material=product(unlit=True, base_color=(level, level, level, 1.0))))
        assert np.allclose(scenes.linear(draw(scene)[0, 48, 48]), level / 0.15, atol=0.01)


@pytest.mark.parametrize("ior", [1.33, 1.5, 2.42])
def test_what_is_mirrored_head_on_is_fresnels(draw, ior):
    """A black smooth body in a grey world, but for what the fit of the sky's mirror image misses."""
    scene = scenes.scene(FURNACE)
    scenes.arrive(scene, *scenes.flat_sky(GREY), scenes.quad(
        material=product(base_color=(0, 0, 0, 1), roughness=0.0, ior=ior), size_m=0.5))
    seen = scenes.linear(draw(scene)[0, 48, 48]) / 0.5
    assert np.allclose(seen, ((ior - 1) / (ior + 1)) ** 2, atol=0.012)


@pytest.mark.parametrize("thick_nm", [120, 250, 400, 600])
@pytest.mark.parametrize("metal", [False, True])
def test_a_thin_films_colours_are_those_of_its_waves(draw, thick_nm, metal):
    """Beside an integral over the spectrum of all that the two faces send to and fro."""
    base = {"metallic": 1.0, "base_color": (0.8, 0.8, 0.8, 1.0)} if metal else {"ior": 2.4, "base_color": (0, 0, 0, 1)}
    scene = scenes.scene(FURNACE)
    film = product(roughness=0.0, iridescence=1.0, iridescence_ior=1.4, film_nm=(0.0, thick_nm), **base)
    scenes.arrive(scene, *scenes.flat_sky(GREY), scenes.quad(material=film, size_m=0.5))
    seen = scenes.linear(draw(scene)[0, 48, 48]) / 0.5
    f0 = 0.8 if metal else (1.4 / 3.4) ** 2
    assert np.allclose(seen, np.clip(film_colour(1.4, thick_nm, f0), 0, 1), atol=0.05)


def test_a_coat_lies_over_what_glows(draw):
    def seen(coat):
        scene = scenes.scene()
        lit = product(base_color=(0, 0, 0, 1), emission=(0.5, 0.5, 0.5), clearcoat=coat)
        scenes.arrive(scene, scenes.quad(material=lit))
        return scenes.linear(draw(scene)[0, 48, 48, 0])

    assert np.isclose(seen(1.0) / seen(0.0), 0.96, atol=0.015)


@pytest.mark.parametrize(("mode", "alpha", "share"), [("opaque", 0.3, 1), ("mask", 0.49, 0), ("mask", 0.51, 1),
                                                      ("blend", 0.25, 0.25), ("blend", 0.0, 0)])
def test_alpha_is_kept_cut_or_mixed(draw, mode, alpha, share):
    front = product(unlit=True, base_color=(0.9, 0.9, 0.9, alpha), alpha_mode=mode)
    seen = before(draw, scenes.quad((0, 0, -1), 0.8, material=front))[40, 12]
    assert np.allclose(seen, share * 0.9 + (1 - share) * np.array([0.5, 0.3, 0.1]), atol=0.01)


@pytest.mark.parametrize("both", [False, True])
def test_a_back_is_seen_of_what_has_two_sides(draw, both):
    scene = scenes.scene()
    back = product(double_sided=both, base_color=(0, 0, 0, 1), emission=(0.5, 0.4, 0.3))
    scenes.arrive(scene, scenes.quad(normal=(0, 0, -1), material=back))
    assert np.allclose(scenes.linear(draw(scene)[0, 48, 48]), np.array((0.5, 0.4, 0.3)) * both, atol=0.01)


def test_a_corners_colour_is_a_factor(draw):
    quad = scenes.quad(material=product(unlit=True, vertex_colors=True, base_color=(0.8, 0.8, 0.8, 1.0)))
    quad.vertices["shade"] = (255, 0, 128, 255)
    scene = scenes.scene()
    scenes.arrive(scene, quad)
    assert np.allclose(scenes.linear(draw(scene)[0, 48, 48]), (0.8, 0.0, 0.8 * 128 / 255), atol=0.01)
