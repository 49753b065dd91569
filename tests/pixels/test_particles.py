"""Particles stay where they are, whatever else comes and goes; they land, lie, and keep clear of hands."""

from dataclasses import replace

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.render.renderer import Renderer
from showroom.words.geometry import Material
from showroom.words.image import COLOR
from showroom.words.scene import Emitter, Palm, Scene


def snow(slot: int, opacity: float, seed: int) -> Emitter:
    return Emitter("snow", slot, 300, (1.0, 1.0, 1.0), (3.0, 2.0, 3.0), 0.05, 0.9, 0.1, 0.0, 1.0, 1.0, 0, opacity, seed)


@pytest.fixture
def air() -> Scene:
    """Snow that shines in slot 1, and some that cannot be seen in slot 0; of its sprites the coarse levels."""
    scene = scenes.scene(scenes.DARK, 1.0, 1.0)
    scene.ground_m = -1.5
    scene.emitters = [snow(0, 0.0, 0), snow(1, 1.0, 0), snow(1, 1.0, 1)]
    for slot, level in ((slot, level) for slot in (0, 1) for level in range(6, 2, -1)):
        scenes.arrive(scene, scenes.flat_image("sprites", COLOR, (255, 255, 255, 255), (64, 64), level), slot=slot)
    return scene


def test_coarse_sprites_shine_as_wholly_as_fine_ones(draw, air):
    coarse = draw(air)
    for slot, level in ((slot, level) for slot in (0, 1) for level in range(2, -1, -1)):
        scenes.arrive(air, scenes.flat_image("sprites", COLOR, (255, 255, 255, 255), (64, 64), level), slot=slot)
    draw(air)
    air.time_s += 10.0
    draw(air)
    air.time_s -= 10.0
    assert coarse.max() > 100 and (draw(air) == coarse).all()


def test_no_particle_jumps_when_those_of_another_slot_go(draw, air):
    before = draw(air)
    air.presence[0] = 0.0
    assert before.max() > 100 and (draw(air) == before).all()


def test_particles_are_there_after_shaders_are_built_anew(draw, air):
    before = draw(air)
    draw.renderer.reload_shaders()
    assert before.max() > 100 and (draw(air) == before).all()

def counted(picture: np.ndarray) -> int:
    return int((picture[0].max(axis=-1) > 40).sum())


@pytest.fixture
def petals(air) -> Scene:
    """Petals that shine and have nearly all landed, on ground a metre and a half below the eye."""
    air.emitters = [replace(snow(1, 1.0, 0), fall_m_s=20.0, rest_s=500.0, sway_m=0.0, count=2000)]
    air.time_s = 900.0
    return air


def test_what_falls_comes_to_rest_on_the_ground_and_lies_there(draw, petals):
    lying = draw(petals)
    petals.time_s += 1.0
    later = draw(petals)
    assert counted(lying[:, :46]) == 0 and counted(lying[:, 50:]) > 100
    assert ((lying > 40) == (later > 40)).all(axis=-1).mean() > 0.99


def test_and_on_what_stands_on_the_ground(draw, petals):
    black = Material(base_color=(0.0, 0.0, 0.0, 1.0))
    top = scenes.quad((0.0, -0.6, -1.5), 1.0, (0, 1, 0), black, "table")
    seen = (slice(None), slice(77, 92), slice(38, 58))  # nothing but the table top
    scenes.arrive(petals, replace(top, part="lamp", material=scenes.glowing((1, 1, 1))), slot=1)
    assert (draw(petals)[seen] > 250).all()
    scenes.arrive(petals, replace(top, part="lamp"), slot=1)
    assert 5 < counted(draw(petals)[seen]) < 200


def test_hands_part_the_air(draw, air):
    air.emitters = [replace(snow(1, 1.0, 0), box_m=(1.5, 1.5, 1.5), fall_m_s=0.0, count=3000)]
    free = draw(air)
    air.palms = (Palm((0.0, 0.0, -0.9), 0.45),)
    parted = draw(air)
    middle = (slice(None), slice(40, 56), slice(40, 56))
    assert counted(parted[middle]) < 0.5 * counted(free[middle])
    assert counted(parted) > 0.6 * counted(free)
    air.palms = (Palm((0.0, 0.0, -0.9), 0.0),)
    assert (draw(air) == free).all()


def test_the_share_thins_them_without_moving_the_others(draw, air):
    air.emitters = [snow(1, 1.0, 0)]
    whole = draw(air)
    air.emitters = [replace(snow(1, 1.0, 0), share=0.5)]
    half = draw(air)
    assert 0.3 < counted(half) / counted(whole) < 0.7
    air.emitters = [replace(snow(1, 1.0, 0), share=0.0)]
    assert draw(air).max() == 0


def test_however_many_there_are_python_sends_the_same(display, air):
    air.emitters = [replace(snow(1, 1.0, 0), crowd=40.0), replace(snow(1, 1.0, 1), crowd=400.0)]
    calls = []
    for most in (0, 50_000):
        renderer = Renderer(shadow_texels=64, particles=most, coming_s=0.0)
        try:
            air.arrivals.clear()
            scenes.arrive(air, scenes.flat_image("sprites", COLOR, (255, 255, 255, 255), (64, 64), 6), slot=1)
            renderer.upload(air, scenes.NO_BOUND)
            renderer.draw(air, display.eyes())
            with gl.counting() as count:
                renderer.draw(air, display.eyes())
            calls.append((renderer.swarm.count, count.total))
        finally:
            renderer.close()
    assert calls[0][0] <= 2_000 < calls[1][0] <= 50_000 and calls[0][1] == calls[1][1]
