"""Laws of space: the sphere's delays and shadows, the air's price, what turning and walking do, how a tail dies."""

import math
from dataclasses import replace

import numpy as np
import pytest

from showroom.senses.audio import head, master
from showroom.senses.audio.frames import FILTERED, FILTERED_HZ, HOP, RATE_HZ
from showroom.senses.audio.grains import bubble
from showroom.senses.audio.soundscape import Soundscape
from showroom.senses.audio.space import Space, absorption_db_m
from showroom.senses.audio.tail import Tail
from showroom.words.hearing import Hearing
from showroom.words.pose import about_up
from showroom.words.view import Pose
from showroom.words.vocabulary import SOUNDS


@pytest.fixture(scope="module")
def sphere():
    return head.responses(FILTERED_HZ)


@pytest.fixture(scope="module")
def space():
    return Space(FILTERED_HZ)


def at_hz(hz: float) -> int:
    return int(np.argmin(np.abs(FILTERED_HZ - hz)))


def db(ratio) -> float:
    return 20.0 * math.log10(abs(ratio))


def test_the_sphere_is_small_for_bass_and_doubles_treble_that_meets_it(sphere):
    for row in range(0, head.STEPS + 1, 30):
        assert abs(db(sphere[row, at_hz(40.0)])) < 0.3
    assert db(sphere[0, at_hz(15000.0)]) == pytest.approx(6.02, abs=0.2)
    # the shadow is deepest before the bright spot
    assert db(sphere[300, at_hz(10000.0)]) < -8.0 < -3.0 < db(sphere[360, at_hz(10000.0)])


@pytest.mark.parametrize("degrees", [0, 45, 90, 135, 180])
def test_the_wave_comes_when_woodworth_says(sphere, degrees):
    """R. S. Woodworth, "Experimental Psychology", 1938: straight to a lit ear, and round the sphere to the other."""
    wave = np.fft.irfft(sphere[2 * degrees], 8 * FILTERED)
    late_s = np.argmax(np.abs(wave)) / (8 * RATE_HZ) - 2.5 * head.RADIUS_M / head.SPEED_M_S
    angle = math.radians(degrees)
    path = -math.cos(angle) if degrees <= 90 else angle - math.pi / 2
    assert late_s == pytest.approx(path * head.RADIUS_M / head.SPEED_M_S, abs=3e-5)


@pytest.mark.parametrize(("hz", "kelvin", "humidity", "db_km"), [
    (1000.0, 293.15, 0.5, 4.66), (4000.0, 293.15, 0.5, 29.7), (8000.0, 293.15, 0.5, 105.0),
    (1000.0, 283.15, 0.7, 3.66), (8000.0, 283.15, 0.7, 117.0),
])
def test_the_air_takes_what_the_standard_says(hz, kelvin, humidity, db_km):
    """Against table 1 of ISO 9613-1 and table 2 of ISO 9613-2."""
    assert 1000.0 * absorption_db_m(np.array([hz]), kelvin, humidity)[0] == pytest.approx(db_km, rel=0.03)


def test_turning_and_walking(space):
    source = np.array([[5.0, 1.6, 0.0]])  # to the right
    ahead = Hearing(head=Pose((0.0, 1.6, 0.0)))
    left, right, room = np.abs(space.filters(source, np.ones(1), ahead)[0, :, at_hz(4000.0)])
    assert db(right / left) > 8.0
    turned = replace(ahead, head=Pose((0.0, 1.6, 0.0), about_up(math.pi)))
    other = np.abs(space.filters(source, np.ones(1), turned)[0, :, at_hz(4000.0)])
    assert other[0] == pytest.approx(right, rel=0.1) and other[1] == pytest.approx(left, rel=0.1)
    near = replace(ahead, head=Pose((2.5, 1.6, 0.0)))
    closer = np.abs(space.filters(source, np.ones(1), near)[0, :, at_hz(500.0)])
    whole = np.abs(space.filters(source, np.ones(1), ahead)[0, :, at_hz(500.0)])
    assert db(closer[1] / whole[1]) == pytest.approx(6.02, abs=0.1)  # half the way, twice the pressure
    assert db(closer[2] / whole[2]) == pytest.approx(0.0, abs=0.1)  # the room is as loud everywhere


def test_the_sea_stays_where_it_is_when_the_head_turns():
    surf = Hearing(levels=tuple(float(name == "surf") for name in SOUNDS), wet=0.0)

    def ears(turn_rad: float) -> np.ndarray:
        turned = replace(surf, head=Pose((0.0, 1.6, 0.0), about_up(turn_rad)))
        heard = Soundscape(1).render(12 * RATE_HZ, turned)
        return np.sqrt(np.mean(np.diff(heard, axis=0) ** 2, axis=0))

    facing, to_the_left = ears(0.0), ears(math.pi / 2)
    assert abs(db(facing[1] / facing[0])) < 2.5
    assert db(to_the_left[1] / to_the_left[0]) > 5.0  # it lies to the right then


@pytest.mark.parametrize("tail_s", [0.2, 1.0, 4.0])
def test_a_tail_takes_its_time_and_is_none_of_one_ear(tail_s):
    tail, blow = Tail(2), np.zeros(HOP, np.float32)
    blow[0] = 1.0
    answers = [tail.ring(blow if hop == 0 else 0.0 * blow, tail_s) for hop in range(int(60 * tail_s) + 15)]
    heard = np.concatenate(answers, axis=1).astype(np.float64)
    assert np.sum(heard**2, axis=1) == pytest.approx([0.7, 0.7], abs=0.25)
    assert abs(np.corrcoef(heard)[0, 1]) < 0.2
    # the middle of the spectrum alone: treble goes sooner
    size = 2 * heard.shape[1]
    middle = np.fft.rfft(heard, size, axis=1) * np.exp(-((np.fft.rfftfreq(size, 1 / RATE_HZ) / 1000.0) ** 2))
    passed = np.fft.irfft(middle, size, axis=1)[:, :heard.shape[1]]
    left = np.cumsum(np.sum(passed**2, axis=0)[::-1])[::-1]
    level = 10.0 * np.log10(left / left[0])
    start, end = np.argmax(level < -5.0), np.argmax(level < -30.0)
    assert 60.0 / 25.0 * (end - start) / RATE_HZ == pytest.approx(tail_s, rel=0.15)


def test_a_bubble_rings_at_minnaerts_pitch():
    sound = bubble(0.003, 0.0)
    hz = np.fft.rfftfreq(8 * sound.size, 1 / RATE_HZ)
    assert hz[np.argmax(np.abs(np.fft.rfft(sound, 8 * sound.size)))] == pytest.approx(1000.0, rel=0.02)


def test_a_true_peak_lies_between_samples_and_is_turned_down():
    """A quarter of the rate, sampled halfway up each side: the wave is 3 dB above its samples."""
    wave = np.sin(np.pi / 2 * np.arange(RATE_HZ) + np.pi / 4) * np.hanning(RATE_HZ)
    assert float(np.max(np.abs(wave))) < 0.7072
    assert float(np.max(master.true_peaks(wave))) == pytest.approx(1.0, abs=0.01)
    both = np.stack([wave, 0.1 * wave], axis=1).astype(np.float32) * 2.0
    done = master.limited(both)
    assert max(float(np.max(master.true_peaks(channel))) for channel in done.T) < 10 ** (-1.25 / 20)
    quiet = (0.2 * both).astype(np.float32)
    assert master.limited(quiet) is quiet


def test_mastering_finds_the_loudness_and_leaves_silence_alone():
    noise = np.random.Generator(np.random.PCG64(3)).standard_normal((3 * RATE_HZ, 2)).astype(np.float32)
    noise[RATE_HZ // 2::RATE_HZ] *= 40.0  # peaks that the limiter has to hold
    done = master.mastered(0.01 * noise)
    assert master.loudness_lufs(done) == pytest.approx(-23.0, abs=0.1)
    assert max(float(np.max(master.true_peaks(channel))) for channel in done.T) < 10 ** (-1.0 / 20)
    assert not np.any(master.mastered(np.zeros((RATE_HZ, 2), np.float32)))
