"""The flash soak: a hundredth of it holds; and its judge, who must be trusted, counts as the guideline says."""

import importlib.util
import json
import subprocess

import numpy as np
import pytest

RATE_HZ, FIELD_PX = 30, 10


@pytest.fixture(scope="module")
def judging(repository):
    """scripts/soaks/_flashes.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("_flashes", repository / "scripts" / "soaks" / "_flashes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def level(linear: float) -> int:
    """sRGB, 0 to 255, of a linear value. Source: IEC 61966-2-1."""
    return round(255 * (12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055))


def judged(judging, *colors, hz=5.0, seconds=2.0, where=slice(None)):
    """Two linear colours by turns, or one."""
    judge = judging.Judge(RATE_HZ, FIELD_PX)
    for number in range(round(seconds * RATE_HZ)):
        picture = np.full((40, 60, 3), level(0.2), np.uint8)
        color = colors[int(number / RATE_HZ * 2 * hz + 1e-6) % len(colors)]
        picture[where, where] = [level(part) for part in color]
        judge.look(picture)
    return judge


def test_a_hundredth_of_the_soak_holds(needs_opengl, python_command, own_environment, repository):
    command = [*python_command, str(repository / "scripts" / "soaks"), "flash", "--share", "0.01"]
    answer = subprocess.run(command, capture_output=True, text=True, env=own_environment, timeout=900, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    told = json.loads(answer.stdout)
    assert told["holds"] and not told["broken"] and told["places"] == 10 and told["frames"] == 10 * 320
    assert told["share_of_ten_degrees"] <= 0.25 < told["strobe_without_limiter"]["share"]
    assert told["strobe"]["share"] <= 0.25


@pytest.mark.parametrize(("hz", "flashes", "broken"), [(1.0, 1, False), (3.0, 3, False), (3.75, 4, True), (7.5, 7, True)])
def test_more_than_three_in_a_second_are_too_many(judging, hz, flashes, broken):
    judge = judged(judging, (0.0,) * 3, (0.5,) * 3, hz=hz)
    assert abs(judge.flashes - flashes) <= 1 and judge.violated == broken


@pytest.mark.parametrize(("dark", "bright", "broken"), [
    (0.0, 0.12, True), (0.0, 0.08, False), (0.5, 0.58, False), (0.5, 0.65, True), (0.85, 1.0, False)])
def test_a_flash_is_a_tenth_of_full_light_with_its_darker_end_below_eight_tenths(judging, dark, bright, broken):
    assert judged(judging, (dark,) * 3, (bright,) * 3).violated == broken


@pytest.mark.parametrize(("one", "other", "broken"), [
    ((0.0, 0.0, 0.0), (0.2, 0.0, 0.0), True),      # luminance alone would let it pass: 0.04
    ((0.0, 0.0, 0.0), (0.2, 0.15, 0.15), False),   # no saturated red, and 0.16 of it is luminance: see below
    ((0.0, 0.0, 0.0), (0.05, 0.0, 0.0), False),
    ((0.0, 0.0, 0.0), (0.0, 0.0, 0.9), False)])    # blue: luminance 0.065
def test_saturated_red_counts_by_itself(judging, one, other, broken):
    luminance = np.dot(other, judging.LUMINANCE)
    assert judged(judging, one, other).violated == (broken or luminance >= 0.1)


@pytest.mark.parametrize(("edge_px", "broken"), [(4, False), (6, True), (40, True)])
def test_a_small_area_may_flash(judging, edge_px, broken):
    # of a square of ten pixels, 16 may not be 25 of a hundred; 36 are
    assert judged(judging, (0.0,) * 3, (0.9,) * 3, where=slice(10, 10 + edge_px)).violated == broken


def test_ten_degrees_are_as_many_pixels_as_the_lens_says(judging):
    assert judging.field_px(1000, np.radians(10.0)) == 1000
    assert judging.field_px(100, np.radians(58.0)) == 16
