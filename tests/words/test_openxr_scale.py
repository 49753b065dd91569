"""How much of a headset's images is drawn, by law."""

import logging

import pytest

from showroom.display.openxr_scale import BEGINNING_S, CALM_S, LEAST, Scale

HZ = 90.0


class Pictures:
    """Notes pictures at 90 a second."""

    def __init__(self, least: float = LEAST):
        self.scale, self.number = Scale(least), 0

    @property
    def time_s(self) -> float:
        return self.number / HZ

    def come(self, seconds: float, late_every: int = 0) -> list[float]:
        """The factors over so many seconds in which every n-th picture is late (0: none)."""
        seen = []
        for _ in range(round(seconds * HZ)):
            self.number += 1
            self.scale.note(bool(late_every) and self.number % late_every == 0, self.time_s)
            seen.append(self.scale.factor)
        return seen


def test_pictures_in_time_are_drawn_whole():
    assert set(Pictures().come(60)) == {1.0}


def test_two_late_pictures_a_second_are_borne():
    assert set(Pictures().come(60, late_every=50)) == {1.0}


def test_many_late_pictures_take_it_down_step_by_step_to_the_floor_and_no_further():
    seen = Pictures().come(10, late_every=3)
    assert seen[-1] == LEAST
    assert sorted(set(seen), reverse=True) == pytest.approx([1.0, 0.9, 0.8, 0.7])
    assert all(after <= before for before, after in zip(seen, seen[1:]))


def test_calm_brings_it_back_step_by_step():
    pictures = Pictures()
    pictures.come(10, late_every=3)
    assert pictures.come(CALM_S - 1)[-1] == LEAST
    assert pictures.come(2)[-1] == pytest.approx(0.8)
    assert pictures.come(3 * CALM_S)[-1] == 1.0


def test_where_rising_does_not_last_it_tries_ever_more_seldom():
    """Sharpness that can't be kept: late whenever more than 0.8 is drawn."""
    pictures, rises, before = Pictures(), [], 1.0
    for _ in range(round(900 * HZ)):
        pictures.number += 1
        late = pictures.scale.factor > 0.85 and pictures.number % 3 == 0
        pictures.scale.note(late, pictures.time_s)
        if pictures.scale.factor > before:
            rises.append(pictures.time_s)
        before = pictures.scale.factor
    between = [round(later - earlier) for earlier, later in zip(rises, rises[1:])]
    assert between[0] < 2.5 * CALM_S and between[-1] > 10 * CALM_S
    assert between == sorted(between)
    assert len(rises) < 12


def test_a_floor_of_one_keeps_it_whole():
    assert set(Pictures(least=1.0).come(20, late_every=2)) == {1.0}


def test_the_beginning_is_not_judged_nor_is_one_after_a_pause():
    pictures = Pictures()
    for _ in range(5):
        assert set(pictures.come(BEGINNING_S - 0.1, late_every=2)) == {1.0}
        pictures.scale.pause()
        pictures.number += 9
    assert pictures.come(2 * BEGINNING_S, late_every=2)[-1] < 1.0


def test_a_pause_keeps_the_scale():
    pictures = Pictures()
    pictures.come(10, late_every=3)
    pictures.scale.pause()
    assert pictures.come(1)[-1] == LEAST


def test_each_step_is_said_and_the_floor_is_named(caplog):
    pictures = Pictures()
    with caplog.at_level(logging.INFO, logger="showroom.display"):
        pictures.come(10, late_every=3)
    said = [record.getMessage() for record in caplog.records]
    assert [line.split(":")[0] for line in said] == ["render scale 90 %", "render scale 80 %",
                                                     "render scale 70 %, the least"]


@pytest.mark.parametrize("size", [(2064, 2208), (1832, 1920), (321, 241), (3, 3)])
def test_sizes_are_even_within_the_images_and_near_the_factor(size):
    pictures = Pictures()
    assert pictures.scale.of(size) == size
    pictures.come(10, late_every=3)
    shown = pictures.scale.of(size)
    for edge, whole in zip(shown, size):
        assert edge % 2 == 0 and 0 < edge <= whole and abs(edge - LEAST * whole) <= 1.01
