"""The flash limiter: a deliberate strobe is held down, judged by pictures alone; everything else is as it was."""

import importlib.util
import random

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.render.renderer import Renderer
from showroom.words.comfort import Comfort
from showroom.words.geometry import Light, Material
from showroom.words.view import Pose, yaw_pitch

RATE_HZ = 30
WHITE, RED = (0.6, 0.6, 0.6), (0.9, 0.0, 0.0)


@pytest.fixture(scope="module")
def judging(repository):
    """scripts/soaks/_flashes.py, which is no part of the package and knows nothing of the limiter."""
    spec = importlib.util.spec_from_file_location("_flashes", repository / "scripts" / "soaks" / "_flashes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def show(display):
    """show(scene, seconds, change) → pictures of one eye; change(scene, second) goes before each. `show.renderer`.

    A scene that is shown for the first time begins as a still, long after the last.
    """
    renderer = Renderer(shadow_texels=64, coming_s=0.0)

    def pictures(scene, seconds, change=lambda scene, second: None) -> np.ndarray:
        if scene.time_s == 0.0:
            scene.time_s = pictures.until_s + 100.0
        seen, began_s = [], scene.time_s
        for number in range(round(seconds * RATE_HZ)):
            scene.time_s = began_s + (number + 1) / RATE_HZ
            change(scene, number / RATE_HZ)
            renderer.upload(scene, scenes.NO_BOUND)
            renderer.draw(scene, display.eyes())
            seen.append(display.read()[0])
        pictures.until_s = scene.time_s
        return np.array(seen)

    pictures.renderer, pictures.until_s = renderer, 0.0
    yield pictures
    display.pose = Pose()
    renderer.close()
    gl.check("limiting flashes")


@pytest.fixture
def judged(judging, display):
    """judged(pictures) → the judge who has seen them."""
    def look(pictures) -> "object":
        judge = judging.Judge(RATE_HZ, judging.field_px(display.size[1], display.vertical_fov_rad))
        for picture in pictures:
            judge.look(picture)
        return judge
    return look


def screen(size_m=8.0, center=(0.0, 0.0, -2.0)):
    """A scene of one matt white square that a lamp before it lights."""
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad(center, size_m, material=Material(), casts_shadow=False))
    return scene


def lamp(color, hz, *, low=0.0, side=0.0, reach_m=9.0):
    """Turns a lamp before the screen on and off."""
    def change(scene, second):
        lit = int(second * 2 * hz + 1e-6) % 2
        shine = tuple(8.0 * part * (low + (1.0 - low) * lit) for part in color)
        scene.lights = [(0, Light((side, 0.0, -0.4), shine, reach_m))]
    return change


def unlimited(show, *arguments):
    """The same pictures without the limiter."""
    show.renderer.limits_flashes = False
    try:
        return show(*arguments)
    finally:
        show.renderer.limits_flashes = True


@pytest.mark.parametrize("hz", [3.75, 7.5])
@pytest.mark.parametrize("color", [WHITE, RED], ids=["white", "red"])
def test_a_strobe_is_caught_and_without_the_limiter_it_is_one(show, judged, color, hz):
    free = judged(unlimited(show, screen(), 2.0, lamp(color, hz)))
    assert free.violated and free.share > 0.9
    caught = judged(show(screen(), 2.0, lamp(color, hz)))
    assert not caught.violated and caught.flashes <= 3


@pytest.mark.parametrize("seed", [1, 6, 17])
def test_lamps_that_flash_each_in_its_own_time_are_caught(show, judged, seed):
    chance, lamps = random.Random(seed), []
    for _ in range(14):
        color = chance.choice((WHITE, RED, tuple(chance.random() for _ in range(3))))
        place = chance.uniform(-1.0, 1.0), chance.uniform(-1.0, 1.0), -1.78
        lamps.append((place, [part * 10 ** chance.uniform(-1.0, 0.4) for part in color], chance.uniform(4, 14),
                      chance.random()))

    def change(scene, second):
        scene.lights = [(0, Light(place, tuple(part * (int(2 * hz * second + phase) % 2) for part in color), 0.6))
                        for place, color, hz, phase in lamps]
    assert judged(unlimited(show, screen(), 2.0, change)).violated
    assert not judged(show(screen(), 2.0, change)).violated


def test_a_strobe_from_grey_to_white_is_caught_as_well(show, judged):
    assert judged(unlimited(show, screen(), 2.0, lamp(WHITE, 6.0, low=0.4))).violated
    assert not judged(show(screen(), 2.0, lamp(WHITE, 6.0, low=0.4))).violated


def test_with_more_light_and_contrast_what_is_shown_is_judged(show, judged):
    faint = lamp((0.06, 0.06, 0.06), 6.0, low=0.45)
    assert not judged(unlimited(show, screen(), 2.0, faint)).violated
    show.renderer.comfort = Comfort(brightness=3, contrast=3)
    assert judged(unlimited(show, screen(), 2.0, faint)).violated
    assert not judged(show(screen(), 2.0, faint)).violated


def test_only_where_it_flashes_anything_is_held(show, judged):
    def scene():
        made = screen(0.9, (-0.6, 0.0, -2.0))  # to the left; to the right hangs what shines steadily
        scenes.arrive(made, scenes.quad((0.75, 0.0, -2.0), 0.7, material=scenes.glowing((0.4, 0.3, 0.2)), part="steady"))
        return made

    as_it_is, pictures = unlimited(show, scene(), 2.0, lamp(WHITE, 7.5)), show(scene(), 2.0, lamp(WHITE, 7.5))
    assert judged(as_it_is).violated and not judged(pictures).violated
    assert (pictures[:, 30:66, 72:90] == as_it_is[:, 30:66, 72:90]).all() and pictures[:, 30:66, 72:90].mean() > 60


@pytest.mark.parametrize("what", ["dawn", "once a second", "a small lamp"])
def test_what_does_not_flash_is_shown_to_the_bit(show, what):
    def change(scene, second):
        if what == "dawn":
            scene.lights = [(0, Light((0.0, 0.0, -0.4), (second * 2.0,) * 3, 9.0))]
        elif what == "once a second":
            lamp(WHITE, 1.0)(scene, second)
        else:
            scene.lights = [(0, Light((0.21, 0.13, -1.985), (0.02 * (int(second * 20) % 2),) * 3, 0.03))]
    as_it_is = unlimited(show, screen(), 2.0, change)
    assert (show(screen(), 2.0, change) == as_it_is).all() and (show.renderer.limiter.gains() == 1.0).all()
    assert np.ptp(as_it_is.max(axis=(1, 2, 3)).astype(int)) > 60  # there was something to see


def test_to_turn_ones_head_is_no_flash(show, display, monkeypatch):
    monkeypatch.setattr(display, "vertical_fov_rad", 0.35)  # as many pixels to a degree as a coarse headset has
    def striped():
        scene = scenes.scene()
        for number in range(-6, 7):
            scenes.arrive(scene, scenes.quad((0.35 * number, 0.0, -1.5), 0.17, material=scenes.glowing((2.0,) * 3),
                                             part=f"stripe {number}"))
        return scene

    def shake(scene, second):
        display.pose = Pose((0.0, 0.0, 0.0), yaw_pitch(0.3 * np.sin(2 * np.pi * 2.5 * second), 0.0))
    as_it_is = unlimited(show, striped(), 2.0, shake)
    assert (show(striped(), 2.0, shake) == as_it_is).all()


def test_a_strobe_stays_held_wherever_one_looks_meanwhile(show, display, judged):
    scene = screen(30.0, (0.0, 0.0, -2.0))
    show(scene, 1.5, lamp(WHITE, 7.5, reach_m=40.0))

    def turned(scene, second):
        display.pose = Pose((0.0, 0.0, 0.0), yaw_pitch(0.25 * second, 0.0))
        lamp(WHITE, 7.5, reach_m=40.0)(scene, second)
    seen = show(scene, 1.5, turned)[:, 40:56, 40:56].mean(axis=(1, 2, 3))
    assert seen.max() < 90


def test_when_it_ends_light_comes_back_gently(show):
    scene = screen()
    before = show(scene, 0.2, lambda scene, second: lamp(WHITE, 1.0, low=1.0)(scene, second))[-1].mean()
    show(scene, 2.0, lamp(WHITE, 7.5))
    after = show(scene, 4.0, lamp(WHITE, 1.0, low=1.0)).mean(axis=(1, 2, 3))
    assert after[0] < 0.6 * before and after[-1] == pytest.approx(before, rel=0.06)
    assert np.diff(after).max() < 16 and np.diff(after).min() > -3


def test_a_still_is_as_it_was_made_whatever_went_before(show):
    scene = screen()
    first = show(scene, 1 / RATE_HZ, lamp(WHITE, 7.5, low=1.0))
    show(scene, 2.0, lamp(WHITE, 7.5))
    scene.time_s += 60.0
    again = show(scene, 1 / RATE_HZ, lamp(WHITE, 7.5, low=1.0))
    assert (show.renderer.limiter.gains() == 1.0).all() and np.abs(again.astype(int) - first).max() <= 1


def test_light_and_contrast_go_by_steps_about_mid_grey(show):
    def seen(comfort: Comfort, shine: float) -> float:
        show.renderer.comfort = comfort
        scene = scenes.scene()
        scenes.arrive(scene, scenes.quad(size_m=8.0, material=scenes.glowing((shine,) * 3)))
        return float(show(scene, 1 / RATE_HZ)[0].mean())

    brighter = [seen(Comfort(brightness=step), 0.2) for step in range(-3, 4)]
    assert (np.diff(brighter) > 5).all()
    dark, light = ([seen(Comfort(contrast=step), shine) for step in range(-3, 4)] for shine in (0.05, 1.0))
    assert (np.diff(dark) < 0).all() and (np.diff(light) > 0).all()
    assert seen(Comfort(contrast=3), 0.2) - seen(Comfort(contrast=-3), 0.2) < 30


def test_it_costs_a_handful_of_calls(show, display):
    scene = screen()
    counts = []
    for limits in (True, False):
        show.renderer.limits_flashes = limits
        show(scene, 0.1)
        with gl.counting() as count:
            show.renderer.draw(scene, display.eyes())
        counts.append(count.total)
    assert 0 < counts[0] - counts[1] <= 6
