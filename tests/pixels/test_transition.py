"""From the hall into a place and back: two and a half seconds, no flash, no jump, no darkness between."""

from dataclasses import replace

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.catalogue import baked_spec, load_catalogue
from showroom.render.renderer import Renderer
from showroom.stage.stage import EASE_S, Stage
from showroom.words.geometry import Material
from showroom.words.request import HALL, PLACE
from showroom.words.result import Done, Result

RATE_HZ = 20


def box(albedo: float, radius_m: float) -> list:
    """Floor, wall ahead and a thing in the middle, of one grey."""
    grey = Material(base_color=(albedo, albedo, albedo, 1.0))
    return [scenes.quad((0, -1.5, 0), 2 * radius_m, (0, 1, 0), grey, "floor"),
            scenes.quad((0, 0, -radius_m), 2 * radius_m, (0, 0, 1), grey, "wall"),
            scenes.quad((0.5, -1.0, -2.0), 0.6, (0, 0, 1), grey, "thing")]


@pytest.fixture
def visit(display):
    """visit(seconds) → mean brightness of each frame; .enter() and .leave() between; starts in a dark hall."""
    stage, renderer = Stage(), Renderer(shadow_texels=64)
    product = next(product for product in load_catalogue().products if baked_spec(product))
    spec = baked_spec(product)

    def send(request: int, *values) -> None:
        for value in values:
            stage.apply(Result(request, value))

    def run(seconds: float) -> np.ndarray:
        seen = []
        for _ in range(round(seconds * RATE_HZ)):
            stage.advance(stage.scene.time_s + 1 / RATE_HZ)
            renderer.upload(stage.scene, scenes.NO_BOUND)
            drawn = renderer.shadow.newer
            renderer.draw(stage.scene, display.eyes())
            run.shadows += renderer.shadow.newer != drawn
            seen.append(display.read()[0].astype(float))
        run.pictures = np.array(seen)
        return run.pictures.mean(axis=(1, 2, 3))

    def enter() -> None:
        stage.open(2, PLACE)
        send(2, spec, *scenes.flat_sky((0.6, 0.6, 0.6)), *box(0.5, 9.0), Done())

    run.enter, run.leave, run.shadows = enter, stage.leave, 0
    stage.open(1, HALL)
    send(1, *scenes.flat_sky((0.05, 0.05, 0.08)), *(replace(part, part=f"hall {part.part}") for part in box(0.3, 4.0)), Done())
    run(2 * EASE_S)
    yield run
    renderer.close()
    gl.check("a transition")


def test_nothing_flashes_on_the_way_in_or_out(visit):
    dark = visit(0.2)[-1]
    for way in (visit.enter, visit.leave):
        before = visit(0.2)[-1]
        way()
        path = visit(EASE_S + 3.0)
        low, high = sorted((before, path[-1]))
        room = high - low
        assert room > 30
        assert low - 0.08 * room <= path.min() and path.max() <= high + 0.08 * room
        assert np.abs(np.diff(path)).max() < 0.14 * room  # a ramp of a third of a second or slower
        tiles = visit.pictures.reshape(len(path), 8, 12, 8, 12, 3).mean(axis=(2, 4, 5))  # nor in any part of it
        assert np.abs(np.diff(tiles, axis=0)).max() < 0.3 * 255
    assert path[-1] == pytest.approx(dark, abs=1.0)


def test_the_shadow_is_not_drawn_anew_with_every_frame(visit):
    visit(1.0)
    visit.shadows = 0
    visit.enter()
    frames = len(visit(EASE_S + 3.0))
    assert 1 <= visit.shadows <= frames / 8
    visit.shadows = 0
    visit(1.0)
    assert visit.shadows == 0
