"""The walk: a hundredth of it holds what the whole promises; what watches it sees what must not be."""

import importlib
import importlib.util
import json
import subprocess
import sys

import numpy as np
import pytest

RATE_HZ = 30


@pytest.fixture(scope="module")
def watch(repository):
    """scripts/soaks/_watch.py, which is no part of the package."""
    file = repository / "scripts" / "soaks" / "_watch.py"
    spec = importlib.util.spec_from_file_location("_watch", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seen(watch, pictures, still=True):
    watcher = watch.Watcher(RATE_HZ)
    for picture in pictures:
        watcher.look(picture, still)
    return watcher


def grey(level: float) -> np.ndarray:
    return np.full((90, 160, 3), round(level), np.uint8)


def test_a_hundredth_of_the_walk_holds(needs_opengl, python_command, own_environment, repository):
    command = [*python_command, str(repository / "scripts" / "soaks"), "walk", "--share", "0.01"]
    answer = subprocess.run(command, capture_output=True, text=True, env=own_environment, timeout=900,
                            check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    told = json.loads(answer.stdout)
    assert told["holds"] and not told["broken"] and told["visits"] >= 1 and told["frames_judged"] > 30
    assert told["gl_objects"] > 30 and told["seconds"] >= 6.0


def test_a_thing_that_appears_from_one_frame_to_the_next_pops(watch):
    without, with_it = grey(90), grey(90)
    with_it[30:50, 40:60] = 160
    assert seen(watch, [without, without, with_it, with_it]).pop == pytest.approx(70)
    eased = [np.where(with_it == 160, np.uint8(90 + 70 * t), with_it) for t in np.linspace(0, 1, 8)]
    watcher = seen(watch, [without] * 3 + eased + [with_it] * 3)
    assert watcher.tile_step == pytest.approx(10) and watcher.pop < 2


def test_what_pops_is_told_with_its_tile_and_its_pictures(watch):
    without, with_it = grey(90), grey(90)
    with_it[30:40, 40:50] = 160
    watcher = watch.Watcher(RATE_HZ, pop_from=30)
    told = [watcher.look(picture, True, number / RATE_HZ)
            for number, picture in enumerate([without, without, with_it, with_it, with_it])]
    popped, = filter(None, told)
    assert popped.levels == pytest.approx(70) and popped.tile == (3, 4)
    assert popped.time_s == pytest.approx(3 / RATE_HZ)
    assert [int(picture[35, 45, 0]) for picture in popped.pictures] == [90, 90, 160, 160]
    sheet = np.asarray(popped.strip(scale=2))
    assert sheet.shape == (180, 4 * 320, 3) and tuple(sheet[60, 80]) == (255, 0, 0)


def test_a_visit_is_the_same_whenever_it_is_walked(repository, monkeypatch):
    monkeypatch.syspath_prepend(str(repository / "scripts" / "soaks"))
    walk = importlib.import_module("walk")

    def chance(first: int) -> list[float]:
        walker = walk._Walker(None, None, None, seed=20, first=first, keep=None)
        return [one.random() for one in (walker.chance, walker.glances)]

    assert chance(43) == chance(43) != chance(44)


def test_only_what_changes_while_the_head_is_still_is_judged(watch):
    watcher = seen(watch, [grey(0), grey(255), grey(0)], still=False)
    assert watcher.judged == 0 and watcher.pop == watcher.tile_step == 0 and watcher.flashes == 0


@pytest.mark.parametrize(("level", "flashes"), [(255, 5), (95, 5), (80, 0)])
def test_flashes_are_counted_from_a_tenth_of_full_light(watch, level, flashes):
    # five times bright and dark again within a second; (95/255 is 0.11 of full light, 80/255 is 0.08)
    pictures = [grey(level if number // 3 % 2 else 0) for number in range(RATE_HZ + 1)]
    assert seen(watch, pictures).flashes == flashes


def test_a_slow_dawn_and_one_flash_a_second_are_no_flashes(watch):
    assert seen(watch, [grey(255 * t) for t in np.linspace(0, 1, 60)]).flashes == 0
    once_a_second = [grey(255 if number % RATE_HZ == 5 else 0) for number in range(4 * RATE_HZ)]
    assert seen(watch, once_a_second).flashes == 1


@pytest.mark.parametrize("words", [["nowhere"], ["walk", "--share", "2"], ["walk", "--share", "nan"]])
def test_a_soak_nobody_knows_and_a_share_that_is_none_are_refused(repository, words):
    command = [sys.executable, str(repository / "scripts" / "soaks"), *words]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 2 and words[-1] in answer.stderr
