"""Particles stay where they are, whatever else comes and goes."""

import pytest
import scenes

from showroom.words.image import COLOR
from showroom.words.scene import Emitter, Scene


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
