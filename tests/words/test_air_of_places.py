"""The air of a place: what its spec says, scents that come and go with the dry-down, and what is to come."""

import dataclasses

import numpy as np
import pytest
from specs import spec_of

from showroom.stage.air import LASTING, TAILS, Scents, ambience, time_of
from showroom.stage.stage import EASE_S, Stage
from showroom.words.ambience import NO_SCENT
from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Material
from showroom.words.request import HALL, PLACE
from showroom.words.result import Done, Result
from showroom.words.scenespec import Sound, SoundLayer, Thing
from showroom.words.vocabulary import ACCORDS, INDOOR, PLACES, SOUNDS, THINGS

SPEC = dataclasses.replace(
    spec_of("seashore"), accords={"citrus": 0.8, "floral": 0.5, "woody": 0.9},
    things=(Thing("bergamot", "#aabb44", "top"), Thing("driftwood", "#887766", "base")),
    sound=Sound((SoundLayer("surf", 0.7), SoundLayer("wind", 0.2)), 0.6, 0.4, 0.9)).sealed()


def stand(stage: Stage, request: int, spec) -> None:
    """Everything of a request is there."""
    stage.apply(Result(request, spec))
    for number in range(3):
        stage.apply(Result(request, Geometry(f"part {number}", Material(), np.zeros(3, VERTEX), np.zeros(3, np.uint32),
                                             np.zeros(1, INSTANCE))))
    stage.apply(Result(request, Done()))


@pytest.fixture
def stage() -> Stage:
    """In the hall since a while."""
    stage = Stage(dry_down_s=60.0)
    stage.advance(0.0)
    stage.open(1, HALL)
    stand(stage, 1, spec_of("alpine_snow"))
    stage.advance(2 * EASE_S)
    return stage


def test_an_ambience_says_what_its_spec_says():
    air = ambience(SPEC)
    assert dict(zip(SOUNDS, air.sounds)) == dict.fromkeys(SOUNDS, 0.0) | {"surf": 0.7, "wind": 0.2}
    assert (air.pitch, air.brightness, air.consonance) == (0.6, 0.4, 0.9)
    assert (air.roughness, air.softness, air.weight, air.warmth) == (0.5, 0.5, 0.5, 0.5)
    assert 0 <= min(air.light_rgb) <= max(air.light_rgb) <= air.light <= 1
    assert air.scent == NO_SCENT


def test_rooms_ring_longer_than_meadows():
    assert set(TAILS) == set(PLACES)
    air = {place: ambience(spec_of(place)) for place in PLACES}
    open_air = max(air[place].tail_s for place in ("lavender_field", "alpine_snow", "desert_dusk", "seashore"))
    assert all(air[place].tail_s > open_air for place in INDOOR)
    assert air["incense_temple"].tail_s == max(one.tail_s for one in air.values())


def test_each_accord_and_note_has_its_time():
    scents, first, heart, last = Scents(SPEC), *(np.eye(3).tolist())
    at = {name: scents.at(tuple(now)) for name, now in (("top", first), ("heart", heart), ("base", last))}
    citrus, floral, woody = (ACCORDS.index(name) for name in ("citrus", "floral", "woody"))
    assert [time_of(name) for name in ("citrus", "floral", "woody")] == ["top", "heart", "base"]
    for name, accord, strength in (("top", citrus, 0.8), ("heart", floral, 0.5), ("base", woody, 0.9)):
        values = {stage: at[stage].accords[accord] for stage in at}
        assert max(values, key=values.get) == name and values[name] == pytest.approx(strength)
        assert values == pytest.approx({stage: strength * LASTING[name][k] for k, stage in enumerate(at)})
    bergamot, driftwood = THINGS.index("bergamot"), THINGS.index("driftwood")
    assert at["top"].notes[bergamot] == 1 and at["base"].notes[driftwood] == 1
    assert sum(value > 0 for value in at["heart"].notes) == 2


def test_scent_comes_dries_down_and_goes_without_a_jump(stage):
    assert stage.scene.ambience.scent == NO_SCENT
    stage.open(2, PLACE)
    stand(stage, 2, SPEC)
    seen = []
    for step in range(30 * 75):
        time_s = 2 * EASE_S + step / 30
        if time_s > 70.0 and stage.in_place:
            stage.leave()
        stage.advance(time_s)
        seen.append([*stage.scene.ambience.scent.stages, *stage.scene.ambience.scent.accords])
    seen = np.array(seen)
    assert np.abs(np.diff(seen, axis=0)).max() < 0.04 and not seen[0].any() and not seen[-1].any()
    assert seen[30 * 3, 0] > 0.99 and seen[30 * 30, 1] > 0.9 and seen[30 * 62, 2] > 0.99


@pytest.mark.parametrize("later_s", [0.0, 0.4, 1.5])
def test_what_is_ahead_comes_true(stage, later_s):
    stage.open(2, PLACE)
    stand(stage, 2, SPEC)
    for _ in range(40):
        stage.advance(stage.scene.time_s + 1 / 50)
        now, expected = stage.scene.ambience, stage.ahead(later_s)
        assert stage.ahead(3.0) != expected == stage.ahead(later_s)
        assert stage.scene.ambience is now  # to ask changes nothing
    stage.advance(stage.scene.time_s + later_s)
    came = stage.scene.ambience
    for name in ("wind_m_s", "drift_m", "sounds", "temperature_k", "tail_s"):
        assert getattr(came, name) == pytest.approx(getattr(expected, name)), name
    assert came.scent.accords == pytest.approx(expected.scent.accords) and any(came.scent.accords)
