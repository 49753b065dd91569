"""What has come is drawn, what has not is not, and no frame uploads more than its budget."""

from dataclasses import replace

import numpy as np
import pytest
import scenes

from showroom.render.renderer import Renderer
from showroom.render.upload import PIECE_BYTES
from showroom.words.geometry import Geometry, Material
from showroom.words.image import COLOR, DETAIL
from showroom.words.scene import Clear, Daylight

EVEN = Daylight(zenith=(1, 1, 1), horizon=(1, 1, 1), ground=(1, 1, 1))


def wearing(surface: str, **changes) -> Geometry:
    return scenes.quad(material=Material(surface=surface, **changes), size_m=8.0)


def test_a_part_waits_for_its_surface(draw):
    scene = scenes.scene(Daylight())
    scenes.arrive(scene, wearing("wall", emission=(1.0, 1.0, 1.0)))
    assert draw(scene).max() == 0
    scenes.arrive(scene, scenes.flat_image("wall", COLOR, (255, 0, 0, 255), (64, 64), 4))
    seen = draw(scene)[0, 48, 48]
    assert seen[0] > 250 and seen[1] < 5


def test_a_finer_level_slides_in_and_halfway_is_the_mean(draw):
    scene = scenes.scene(Daylight())
    scenes.arrive(scene, wearing("wall", emission=(1.0, 1.0, 1.0), base_color=(0, 0, 0, 1)),
                  scenes.flat_image("wall", COLOR, (255, 0, 0, 255), (64, 64), 1))
    draw(scene)
    scenes.arrive(scene, scenes.flat_image("wall", COLOR, (0, 0, 255, 255), (64, 64), 0))
    draw(scene)                                   # both levels are here, the coarse one is shown
    scene.time_s += 0.125                         # a quarter of a second a level: halfway
    halfway = draw(scene)[0, 48, 48]
    scene.time_s += 0.5
    after = draw(scene)[0, 48, 48]
    assert np.abs(halfway.astype(float) - scenes.srgb((0.5, 0.0, 0.5))).max() <= 3
    assert after[2] > 250 and after[0] < 5


def test_a_colour_whose_relief_has_not_come_is_lit_like_a_plain_one(draw):
    scene = scenes.scene(EVEN)
    scenes.arrive(scene, *scenes.flat_sky((0.5, 0.5, 0.5)), wearing("wall"),
                  scenes.flat_image("wall", COLOR, (255, 255, 255, 255), (64, 64), 2),
                  scenes.flat_image("ground", DETAIL, (0, 0, 0, 0), (64, 64), 2))  # there is an array, only not this
    assert draw(scene)[0, 40:56, 40:56].min() > 150


def test_a_level_that_begins_again_has_come_with_its_last_row(draw):
    scene, whole = scenes.scene(EVEN), scenes.flat_image("wall", COLOR, (255, 0, 0, 255), (64, 64), 0)
    upper = replace(whole, pixels=whole.pixels[:32].copy())
    lower = replace(whole, row=32, pixels=whole.pixels[32:].copy())
    finest = draw.renderer.uploader.surfaces.lods[COLOR]
    scenes.arrive(scene, upper, upper)  # a worker that was lost between the halves
    draw(scene)
    assert finest.min() > 0
    scenes.arrive(scene, lower)
    draw(scene)
    assert finest.min() == 0


def test_a_part_that_comes_again_does_not_blink(draw):
    scene = scenes.scene(Daylight())
    big = scenes.quad(size_m=8.0, material=scenes.glowing((1, 1, 1)))
    crowd = replace(big, instances=scenes.instances(20_000))
    scenes.arrive(scene, crowd)
    while scene.arrivals:
        draw.renderer.upload(scene, 1 << 30)
    scenes.arrive(scene, crowd)
    draw.renderer.upload(scene, PIECE_BYTES)  # a fifth of it
    assert [part.ready for part in draw.renderer.uploader.parts.values()] == [20_000]


def test_uploads_keep_to_the_budget_and_the_order(draw):
    scene = scenes.scene(EVEN)
    big = scenes.quad()
    crowd = Geometry("crowd", Material(), big.vertices, big.indices, scenes.instances(40_000))
    scenes.arrive(scene, crowd, scenes.quad(part="after"))
    sizes, parts = [], []
    while scene.arrivals or sizes[-1:] != [0]:
        draw.renderer.upload(scene, 2 * PIECE_BYTES)
        sizes.append(draw.renderer.uploader.last_bytes)
        parts.append(len(draw.renderer.uploader.parts))
        assert len(sizes) < 100
    assert max(sizes) <= 2 * PIECE_BYTES and sum(sizes) == crowd.nbytes + big.nbytes
    assert parts == sorted(parts) and parts[0] == 0 and parts[-1] == 2


def test_clearing_a_slot_gives_everything_back(draw):
    pool = draw.renderer.uploader.geometry
    before = [list(ranges.free) for ranges in (pool.vertices, pool.indices, pool.instances)]
    scene = scenes.scene(EVEN)
    scenes.arrive(scene, *(scenes.quad(part=f"part {n}") for n in range(9)))
    draw(scene)
    scenes.arrive(scene, scenes.quad(part="part 4"))  # a part that comes again replaces itself
    draw(scene)
    scene.arrivals.append(Clear(0))
    draw(scene)
    assert [ranges.free for ranges in (pool.vertices, pool.indices, pool.instances)] == before
    assert not draw.renderer.uploader.parts


def test_rows_outside_their_level_are_refused_and_the_rest_goes_on(draw, caplog):
    scene = scenes.scene(Daylight())
    wrong = scenes.flat_image("wall", COLOR, (255, 0, 0, 255), (64, 64), 4)
    scenes.arrive(scene, type(wrong)("wall", COLOR, (64, 64), 4, 2, wrong.pixels),
                  scenes.quad(material=scenes.glowing((1, 1, 1)), size_m=8.0))
    assert draw(scene)[0, 48, 48].min() > 250
    assert "the level is 4x4 px" in caplog.text


@pytest.mark.parametrize("what", ["part", "sky"])
def test_what_comes_late_comes_gently(display, what):
    renderer = Renderer(shadow_texels=64, tone="linear")
    try:
        scene, white = scenes.scene(), scenes.glowing((1.0, 1.0, 1.0))
        values = [scenes.quad(size_m=8.0, material=white)] if what == "part" else scenes.flat_sky((1.0, 1.0, 1.0))
        scenes.arrive(scene, *values)
        seen = []
        for _ in range(121):
            renderer.upload(scene, scenes.NO_BOUND)
            renderer.draw(scene, display.eyes())
            seen.append(scenes.linear(display.read()[0, 40:56, 40:56].mean()))
            scene.time_s += 1 / 60
        assert seen[0] < 0.1 and seen[-1] > 0.98
        assert np.diff(seen).max() < 0.06 and np.diff(seen).min() > -0.01
    finally:
        renderer.close()


def test_a_shadow_goes_with_what_throws_it(draw):
    scene = scenes.scene(Daylight(sun_direction=(0.0, 1.0, 0.0), sun=(0.8, 0.8, 0.8)), 1.0, 1.0)
    roof = scenes.quad((0, 3, -2), 8.0, (0, 1, 0), part="roof")
    scenes.arrive(scene, scenes.quad((0, -0.5, -2), 4.0, (0, 1, 0)))
    scenes.arrive(scene, roof, slot=1)
    light = []
    for presence in np.linspace(0.0, 0.7, 15):
        scene.presence[1] = presence
        light.append(scenes.linear(draw(scene)[0, 66:74, 40:56].mean()))
    assert light[0] > 0.2 and light[-1] < 0.1 * light[0]
    assert np.abs(np.diff(light)).max() < 0.3 * light[0]
