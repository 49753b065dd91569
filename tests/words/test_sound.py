"""Laws of the soundscape: the same bytes again, no click at any change, each layer with what it is known
by."""

import importlib
import sys
from dataclasses import replace

import numpy as np
import pytest

from showroom.catalogue import baked_spec, load_catalogue
from showroom.senses.audio.soundscape import HOP, LAYERS, RATE_HZ, Soundscape
from showroom.words.ambience import Ambience
from showroom.words.hearing import FLOATS, Hearing
from showroom.words.pose import about_up
from showroom.words.view import Pose
from showroom.words.vocabulary import SOUNDS

WINDY = Hearing(wind_m_s=(2.0, 0.0, 1.0), gust=0.5, drift_m=(31.0, 7.0), temperature_k=296.0)


def only(*names: str, level: float = 1.0, **also) -> Hearing:
    """A hearing in which these layers sound."""
    return replace(WINDY, levels=tuple(level * (name in names) for name in SOUNDS), **also)


@pytest.fixture(scope="module")
def soaks(repository):
    """scripts/soaks/sounds.py and its ears, which are no part of the package."""
    folder = str(repository / "scripts" / "soaks")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module("sounds")
    finally:
        sys.path.remove(folder)


def rms(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


def treble(samples: np.ndarray, above_hz: float) -> np.ndarray:
    """Sizes of the left ear's samples without what lies below a frequency; the ends are faded."""
    rise = np.sin(0.5 * np.pi * np.arange(HOP) / HOP) ** 2
    ends = np.concatenate([rise, np.ones(len(samples) - 2 * HOP), rise[::-1]])
    spectrum = np.fft.rfft(samples[:, 0] * ends)
    spectrum[np.fft.rfftfreq(len(samples), 1 / RATE_HZ) < above_hz] = 0.0
    return np.abs(np.fft.irfft(spectrum, len(samples)))


def test_a_hearing_goes_through_a_row_of_floats():
    air = Ambience((1.0, 0.5, -2.0), 0.3, 280.0, 0.7, drift_m=(5.0, 6.0), night=0.8, pitch=0.1,
                   brightness=0.2, consonance=0.3, tail_s=2.0, wet=0.4,
                   sounds=tuple(np.linspace(0, 1, 11).tolist()))
    hearing = Hearing.of(air, Pose((0.1, 1.7, 0.2), about_up(0.5)), 0.6)
    assert len(hearing.packed()) == FLOATS and all(isinstance(value, float) for value in hearing.packed())
    assert Hearing.unpacked(hearing.packed()) == hearing
    there = hearing.air
    assert (there.wind_m_s, there.gust, there.drift_m) == (air.wind_m_s, air.gust, air.drift_m)
    with pytest.raises(ValueError, match="33 are accepted"):
        Hearing.unpacked(hearing.packed()[1:])


def test_same_seed_same_bytes_whatever_is_asked_for_at_once():
    hearing = only(*SOUNDS, level=0.4)
    whole = Soundscape(7).render(9 * HOP + 100, hearing)
    other, parts = Soundscape(7), []
    for count in (1, HOP - 1, 3 * HOP, 777, 5 * HOP + 100 - 777):
        parts.append(other.render(count, hearing))
    assert whole.dtype == np.float32 and whole.shape == (9 * HOP + 100, 2)
    assert np.concatenate(parts).tobytes() == whole.tobytes()
    assert not np.array_equal(Soundscape(8).render(len(whole), hearing), whole)


def test_a_layer_has_its_own_chance():
    """What else sounds changes nothing in what it does."""
    alone, beside = (Soundscape(5) for _ in range(2))
    for scape, names in ((alone, ("bells",)), (beside, ("bells", "rain", "tone"))):
        scape.render(60 * HOP, only(*names))
    struck = [scape.render(60 * HOP, only("bells")) for scape in (alone, beside)]
    assert rms(struck[0]) > 1e-3 and rms(struck[1][-HOP:] - struck[0][-HOP:]) < 0.2 * rms(struck[0][-HOP:])


def test_silence_is_silent_and_everything_at_once_stays_within_bounds():
    assert not np.any(Soundscape(1).render(4 * HOP, Hearing()))
    loud = Soundscape(1).render(RATE_HZ * 2, only(*SOUNDS, wet=0.9, tail_s=8.0, wind_m_s=(20.0, 0.0, 0.0)))
    assert np.all(np.isfinite(loud)) and np.max(np.abs(loud)) < 1.0


@pytest.mark.parametrize("name", SOUNDS)
def test_every_layer_is_heard_at_a_level_and_goes_with_it(name):
    still = only(name, tail_s=0.1, wet=0.0)
    full = rms(Soundscape(2).render(3 * RATE_HZ, still))
    halved = replace(still, levels=tuple(0.5 * level for level in still.levels))
    half = rms(Soundscape(2).render(3 * RATE_HZ, halved))
    assert 1e-3 < full < 0.5 and 0.3 < half / full < 0.75
    scape = Soundscape(2)
    scape.render(20 * HOP, still)
    scape.render(90 * HOP, WINDY)
    assert rms(scape.render(HOP, WINDY)) < 1e-4 * full


CHANGES = {
    "level": lambda hearing, odd: replace(hearing, levels=tuple(level * (0.15 if odd else 1.0)
                                                                for level in hearing.levels)),
    "silence": lambda hearing, odd: replace(hearing, levels=(0.0,) * len(SOUNDS)) if odd else hearing,
    "volume": lambda hearing, odd: replace(hearing, volume=0.0 if odd else 1.0),
    "head": lambda hearing, odd: replace(hearing, head=Pose((0.4 * odd, 1.6, 0.0), about_up(2.8 * odd))),
    "wind": lambda hearing, odd: replace(hearing, wind_m_s=(9.0, 0.0, 0.0) if odd else (0.5, 0.0, 0.0),
                                         drift_m=(100.0 * odd, 0.0)),
    "notes": lambda hearing, odd: replace(hearing, pitch=0.1 + 0.8 * odd, consonance=1.0 - odd),
    "tail": lambda hearing, odd: replace(hearing, tail_s=0.2 + 5.0 * odd, wet=0.02 + 0.5 * odd),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_clicks(change):
    """A soft tone has no treble of its own, so that a step of parameters would stand out in it.

    Compared with the same tone in either state, left alone.
    """
    base = only("tone", brightness=0.1, tail_s=0.5, wet=0.2)
    states = [CHANGES[change](base, odd) for odd in (False, True)]
    still = [heard(lambda block, state=state: state, base) for state in states]
    stepped = heard(lambda block: states[block // 5 % 2], base)
    alone = max(float(np.max(treble(samples, 9000.0))) for samples in still)
    assert rms(stepped) > 1e-3 and float(np.max(treble(stepped, 9000.0))) < 1.5 * alone + 2e-6
    # the same law sees a click: a hop that is missing
    stepped[20 * HOP:21 * HOP] = 0.0
    assert float(np.max(treble(stepped, 9000.0))) > 100.0 * alone


def heard(state, first: Hearing) -> np.ndarray:
    """Sixty hops in the states of their time, after ten in the first."""
    scape = Soundscape(3)
    scape.render(10 * HOP, first)
    return np.concatenate([scape.render(HOP, state(block)) for block in range(60)])


def test_gusts_are_heard_when_and_where_they_blow():
    """The wind's loudness is that of words.wind at the places where it sounds, and not a moment late."""
    from showroom.words.wind import carried_on, wind_at

    hearing = only("wind", wet=0.0, wind_m_s=(6.0, 0.0, 0.0), gust=0.8)
    scape, loud, speed = Soundscape(4), [], []
    places = LAYERS["wind"](4).step(hearing, 1.0).noise_at
    for _ in range(1400):
        loud.append(rms(scape.render(HOP, hearing)))
        speed.append(np.mean(np.linalg.norm(wind_at(hearing.air, places, HOP / RATE_HZ / 2), axis=1)))
        hearing = replace(hearing, drift_m=carried_on(hearing.drift_m, hearing.wind_m_s, HOP / RATE_HZ))
    smooth = np.hanning(34) / np.hanning(34).sum()
    loud, speed = (np.convolve(values, smooth, mode="valid") for values in (loud, speed))
    assert np.corrcoef(loud, speed)[0, 1] > 0.95
    late = [np.corrcoef(loud[20:-20], np.roll(speed, shift)[20:-20])[0, 1] for shift in range(-12, 13)]
    assert abs(int(np.argmax(late)) - 12) <= 4  # blocks; a gust lasts two hundred


def test_a_temple_rings_longer_than_a_meadow(soaks):
    temple, meadow = soaks.rings_s("incense_temple"), soaks.rings_s("lavender_field")
    assert 2.4 < temple < 4.0 and 0.1 < meadow < 0.3


def test_crickets_count_the_degrees():
    from showroom.senses.audio.insects import chirps_per_s

    assert chirps_per_s(293.15) == pytest.approx(112 / 60)  # 68 °F
    assert chirps_per_s(303.15) > 1.5 * chirps_per_s(293.15) and chirps_per_s(275.0) == 0.0


def test_the_bed_follows_the_notes():
    from showroom.senses.audio import tonal

    assert tonal.root_hz(0.9) > 3.0 * tonal.root_hz(0.1)
    assert set(tonal.choice(1.0)) < set(tonal.choice(0.5)) < set(tonal.choice(0.0))

    def centre_hz(**also) -> float:
        power = np.abs(np.fft.rfft(Soundscape(6).render(6 * RATE_HZ, only("tone", **also))[:, 0])) ** 2
        return float(np.sum(power * np.fft.rfftfreq(6 * RATE_HZ, 1 / RATE_HZ)) / np.sum(power))

    low, high = centre_hz(pitch=0.1), centre_hz(pitch=0.9)
    dull, bright = centre_hz(pitch=0.1, brightness=0.0), centre_hz(pitch=0.1, brightness=1.0)
    assert high > 2.0 * low and bright > 1.15 * dull


def test_places_are_told_apart_and_known_by_their_sounds(soaks):
    """A few mornings of what `scripts/soak sounds` listens to at length."""
    catalogue = load_catalogue()

    def morning(product: str, seed: int):
        return replace(baked_spec(catalogue.find(product)), seed=seed)

    told = soaks.recognised(morning, range(1, 4), 4.0)
    assert told["recordings"] == 18 and told["right"] > 0.9, told["wrong"]
    known = soaks.signatures(morning, range(1, 2))
    assert soaks.holds({**known, "right": 1.0}), known
    assert not soaks.holds({**known, "right": 0.9})
    assert not soaks.holds({**known, "right": 1.0, "swell_hz": (0.3, 0.3)})
