"""The stage: light moves at once, ground when it is there, and nothing is left behind."""

import numpy as np
import pytest
from specs import spec_of

from showroom.stage.air import ambience
from showroom.stage.ease import smootherstep
from showroom.stage.light import daylight, direction, linear
from showroom.stage.stage import EASE_S, VEIL_HAZE_PER_M, Stage
from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Light, Material
from showroom.words.request import HALL, PLACE
from showroom.words.result import Done, Failed, Result
from showroom.words.scene import Clear
from showroom.words.wind import TILE_M


def part(name: str, lights=()) -> Geometry:
    return Geometry(name, Material(), np.zeros(3, VERTEX), np.zeros(3, np.uint32), np.zeros(1, INSTANCE), lights=tuple(lights))


def arrive(stage: Stage, request: int, spec=None, parts: int = 3) -> None:
    if spec is not None:
        stage.apply(Result(request, spec))
    for number in range(parts):
        stage.apply(Result(request, part(f"part {number}")))


@pytest.fixture
def in_hall() -> Stage:
    stage = Stage()
    stage.advance(0.0)
    stage.open(1, HALL)
    arrive(stage, 1, spec_of("alpine_snow"))
    stage.apply(Result(1, Done()))
    stage.advance(EASE_S)
    stage.advance(2 * EASE_S)
    return stage


def test_light_moves_at_once_and_the_hall_waits_for_ground(in_hall):
    start = 2 * EASE_S
    before = in_hall.scene.daylight
    in_hall.open(2, PLACE)
    in_hall.apply(Result(2, spec_of("seashore")))
    in_hall.advance(start + 0.1)
    assert in_hall.scene.daylight.sun != before.sun
    in_hall.advance(start + 2 * EASE_S)
    assert in_hall.scene.daylight == daylight(spec_of("seashore"))
    assert in_hall.scene.presence.tolist() == [1, 0, 0, 0]
    arrive(in_hall, 2)
    in_hall.advance(start + 3.5 * EASE_S)
    assert in_hall.scene.presence.tolist() == [0, 1, 0, 0]


def test_nothing_jumps(in_hall):
    start, seen = 2 * EASE_S, []
    in_hall.open(2, PLACE)
    arrive(in_hall, 2, spec_of("rose_garden"))
    for step in range(int(90 * EASE_S) + 1):
        in_hall.advance(start + step / 90)
        day = in_hall.scene.daylight
        seen.append([*day.sun, *day.zenith, *day.fog, day.haze_per_m, *in_hall.scene.presence])
    moved = np.abs(np.diff(np.array(seen), axis=0)).max(axis=0)
    whole = np.ptp(seen, axis=0)
    assert (moved <= whole * 0.02 + 1e-6).all() and whole.max() > 0.5


def test_leaving_gives_the_place_back_to_the_gpu(in_hall):
    in_hall.open(2, PLACE)
    arrive(in_hall, 2, spec_of("seashore"))
    in_hall.advance(4 * EASE_S)
    in_hall.scene.arrivals.clear()
    in_hall.leave()
    in_hall.advance(4 * EASE_S + EASE_S)
    assert in_hall.scene.presence.tolist() == [1, 0, 0, 0]
    assert list(in_hall.scene.arrivals) == [Clear(1)] and not in_hall.in_place


def test_twenty_places_in_a_row_reuse_three_slots(in_hall):
    now = 2 * EASE_S
    for request in range(2, 22):
        in_hall.open(request, PLACE)
        arrive(in_hall, request, spec_of("seashore"))
        now += 0.4
        in_hall.advance(now)
        assert in_hall.scene.presence.max() <= 1.0
    in_hall.advance(now + EASE_S)
    assert sorted(in_hall.scene.presence.tolist()) == [0, 0, 0, 1]


def test_stale_results_are_dropped(in_hall):
    in_hall.open(2, PLACE)
    in_hall.open(3, PLACE)
    waiting = len(in_hall.scene.arrivals)
    arrive(in_hall, 7, spec_of("seashore"))
    assert len(in_hall.scene.arrivals) == waiting


def test_free_text_waits_behind_a_veil_that_lifts(in_hall):
    clear = in_hall.scene.daylight.haze_per_m
    in_hall.open(2, PLACE, waiting=True)
    in_hall.advance(2 * EASE_S + 1.0)
    assert in_hall.scene.daylight.haze_per_m == pytest.approx(clear + VEIL_HAZE_PER_M)
    in_hall.apply(Result(2, spec_of("seashore")))
    in_hall.advance(4 * EASE_S)
    assert in_hall.scene.daylight.haze_per_m == pytest.approx(spec_of("seashore").ambience.haze_per_m)


def test_a_failure_goes_back_to_the_hall_and_says_why(in_hall):
    in_hall.open(2, PLACE, waiting=True)
    in_hall.apply(Result(2, Failed("no words were understood")))
    in_hall.advance(4 * EASE_S)
    assert in_hall.failure == "no words were understood" and not in_hall.in_place
    assert in_hall.scene.presence.tolist() == [1, 0, 0, 0]


def test_a_place_left_while_it_arrives_stays_away(in_hall):
    start = 2 * EASE_S
    in_hall.open(2, PLACE)
    arrive(in_hall, 2, spec_of("seashore"))
    in_hall.advance(start + 0.5 * EASE_S)
    in_hall.leave()
    arrive(in_hall, 2, spec_of("seashore"), parts=9)
    in_hall.apply(Result(2, Done()))
    in_hall.advance(start + 2 * EASE_S)
    assert in_hall.scene.presence.tolist() == [1, 0, 0, 0] and in_hall.in_place is False
    assert in_hall.scene.daylight == daylight(spec_of("alpine_snow"))


def test_a_place_that_fails_before_one_can_stand_there_goes_back_too(in_hall):
    in_hall.open(2, PLACE)
    arrive(in_hall, 2, spec_of("seashore"), parts=1)
    in_hall.apply(Result(2, Failed("the grower broke")))
    assert not in_hall.in_place


def test_a_place_that_fails_once_it_stands_is_kept(in_hall):
    in_hall.open(2, PLACE)
    arrive(in_hall, 2, spec_of("seashore"))
    in_hall.apply(Result(2, Failed("the fine levels broke")))
    in_hall.advance(4 * EASE_S)
    assert in_hall.in_place and in_hall.scene.presence.tolist() == [0, 1, 0, 0]


def test_a_hall_made_again_takes_over_from_the_one_that_stands(in_hall):
    lamp = Light((0, 1, -2), (1, 1, 1), 3.0)
    in_hall.apply(Result(1, part("lamp", [lamp])))
    in_hall.advance(3 * EASE_S)
    in_hall.scene.arrivals.clear()
    in_hall.open(2, HALL)
    in_hall.apply(Result(2, part("lamp", [lamp])))
    in_hall.advance(3 * EASE_S + 0.01)
    assert in_hall.scene.presence[0] == 1 and in_hall.scene.lights == [(0, lamp)]
    assert not any(isinstance(item, Clear) for item in in_hall.scene.arrivals)


def test_lamps_and_particles_come_and_go_with_their_place(in_hall):
    in_hall.open(2, PLACE)
    in_hall.apply(Result(2, spec_of("seashore")))
    lamp = Light((0, 1, -2), (1, 1, 1), 3.0)
    in_hall.apply(Result(2, part("lantern", [lamp])))
    in_hall.apply(Result(2, Done()))
    in_hall.advance(4 * EASE_S)
    assert (1, lamp) in in_hall.scene.lights
    kinds = {emitter.kind for emitter in in_hall.scene.emitters if emitter.slot == 1}
    assert kinds == {particles.name for particles in spec_of("seashore").ambience.particles}
    in_hall.leave()
    in_hall.advance(6 * EASE_S)
    assert not in_hall.scene.lights


def test_directions_and_colours_by_law():
    assert np.allclose(direction(0, 0), (0, 0, -1)) and np.allclose(direction(90, 0), (1, 0, 0), atol=1e-9)
    assert np.allclose(direction(10, 90), (0, 1, 0), atol=1e-9)
    assert linear("#ffffff") == (1.0, 1.0, 1.0) and linear("#bcbcbc")[0] == pytest.approx(0.503, abs=0.002)
    assert smootherstep(0.5) == 0.5 and smootherstep(-1) == 0 and smootherstep(2) == 1


def test_the_wind_blows_from_its_azimuth():
    air = ambience(spec_of("seashore"))
    speed = spec_of("seashore").ambience.wind_m_s
    assert np.hypot(*np.take(air.wind_m_s, [0, 2])) == pytest.approx(speed)
    assert air.wind_m_s[2] < 0  # from behind the visitor, out to sea


def test_lamps_of_a_part_that_comes_late_come_up_slowly(in_hall):
    lamp = Light((0, 2, 0), (4.0, 2.0, 1.0), 3.0)
    in_hall.advance(100.0)
    in_hall.apply(Result(1, part("late lamps", [lamp])))
    shine = []
    for frame in range(80):
        in_hall.advance(100.0 + frame / 30)
        shine.append(sum(light.color[0] for _, light in in_hall.scene.lights if light.position == lamp.position))
    assert shine[0] == 0 and shine[-1] == 4.0 and 0 <= min(np.diff(shine)) and max(np.diff(shine)) < 0.2


def test_nothing_jumps_when_one_leaves_a_place_that_has_dried_down(in_hall):
    start = 2 * EASE_S
    in_hall.open(2, PLACE)
    arrive(in_hall, 2, spec_of("seashore"))
    in_hall.apply(Result(2, Done()))
    fresh, seen = None, []
    for step in range(int(30 * 70.0)):
        time_s = start + step / 30
        if time_s > start + 62.0 and in_hall.in_place:
            in_hall.leave()
        in_hall.advance(time_s)
        day, wind = in_hall.scene.daylight, in_hall.scene.ambience.wind_m_s
        seen.append([*day.sun_direction, *day.sun, *day.horizon, *day.fog, day.haze_per_m, *wind])
        if abs(time_s - start - EASE_S - 0.5) < 0.01:
            fresh = day
    assert fresh == daylight(spec_of("seashore"))
    dried = np.array(seen[30 * 61])
    assert dried[3] / dried[5] > 1.2 * fresh.sun[0] / fresh.sun[2]        # warmer
    moved = np.abs(np.diff(np.array(seen), axis=0)).max(axis=0)
    assert (moved < 0.03 + 0.06 * np.ptp(np.array(seen), axis=0)).all()
    assert in_hall.scene.daylight == daylight(spec_of("alpine_snow"))


def test_the_air_drifts_with_the_wind_and_never_jumps(in_hall):
    in_hall.open(2, PLACE)
    arrive(in_hall, 2, spec_of("seashore"))
    path = []
    for step in range(300):
        in_hall.advance(2 * EASE_S + step / 30)
        path.append(in_hall.scene.ambience.drift_m)
    lap = 64 * TILE_M
    steps = (np.diff(np.array(path), axis=0) + lap / 2) % lap - lap / 2
    speed, before = (np.linalg.norm(ambience(spec_of(place)).wind_m_s) for place in ("seashore", "alpine_snow"))
    assert np.linalg.norm(steps, axis=1).max() <= max(speed, before) / 30 + 1e-9
    assert np.linalg.norm(steps[-1]) == pytest.approx(speed / 30)
