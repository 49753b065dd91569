"""What the show hands on to ears, hands and air: one ambience for all of them, and nobody is needed."""

import logging
from types import SimpleNamespace

import pytest
from specs import spec_of
from test_air_of_places import SPEC, stand

from showroom.app import senses as module
from showroom.app.senses import Senses, airs_ahead
from showroom.config import Config
from showroom.stage.stage import EASE_S, Stage
from showroom.visit.grasp import Reached
from showroom.visit.standing import Standing
from showroom.visit.states import State
from showroom.words.ambience import NO_SCENT
from showroom.words.controls import Controls, Hand
from showroom.words.frame import Frame
from showroom.words.hearing import Hearing
from showroom.words.request import HALL, PLACE
from showroom.words.rig import WIND, Channel, Osc, Rig
from showroom.words.scene import Held
from showroom.words.scenespec import Touch
from showroom.words.view import Pose

RIG = Rig((), (Osc("here", "127.0.0.1", 9000),),
          (Channel("fan", WIND, osc="/fan", to="here", lead_s=0.4),
           Channel("rose", "accord.floral", osc="/rose", to="here", lead_s=1.5)))
HELD = Held(0, "vespri", Pose((0.2, 1.2, -0.3)))


class Heard:
    """In the place of a process: what it was told, and what it says."""

    def __init__(self, rig=None):
        self.rig, self.told, self.lines, self.closed = rig, [], ["something is amiss"], 0

    def hear(self, hearing):
        self.told.append(hearing)

    def tell(self, world_from_room, airs):
        self.told.append((world_from_room, airs))

    def news(self):
        lines, self.lines = self.lines, []
        return lines

    def close(self):
        self.closed += 1


@pytest.fixture
def stage() -> Stage:
    stage = Stage(dry_down_s=60.0)
    stage.advance(0.0)
    stage.open(1, HALL)
    stand(stage, 1, spec_of("alpine_snow"))
    stage.open(2, PLACE)
    stand(stage, 2, SPEC)
    stage.advance(0.5)
    return stage


def visit(state=State.TRY, hands=()):
    """As much of a journey as senses ask for."""
    held = (HELD,) if hands else ()
    exhibits = {"vespri": SimpleNamespace(touch=Touch(1.0, 0.0, 0.5, 0.5))}
    reached = Reached(busy=("right",) if hands else (), held=held)
    return SimpleNamespace(hands=hands, head=Pose((0.0, 1.6, 0.1)), state=state, standing=Standing(),
                           exhibits=exhibits, reached=reached)


def frame(time_s: float, focused=True) -> Frame:
    return Frame(time_s, controls=Controls(focused=focused))


def test_ears_and_air_are_told_of_the_one_ambience(stage, monkeypatch):
    monkeypatch.setattr(module, "Audio", lambda device: Heard())
    monkeypatch.setattr(module, "Air", Heard)
    senses = Senses(Config(air=RIG, sound_volume=0.25), apart=True)
    senses.feel(stage, visit(), frame(0.5), None, {})
    air = stage.scene.ambience
    assert senses.audio.told == [Hearing.of(air, Pose((0.0, 1.6, 0.1)), 0.25)]
    (_, airs), = senses.air.told
    assert airs == [stage.ahead(0.4), stage.ahead(1.5)] and any(airs[1].scent.accords)


def test_without_a_configuration_nothing_is_started(stage, monkeypatch):
    monkeypatch.setattr(module, "Audio", None)
    monkeypatch.setattr(module, "Air", None)
    for senses in (Senses(Config()), Senses(Config(sound=False), apart=True)):
        senses.feel(stage, visit(), frame(0.5), None, {})
        senses.close()


def test_what_cannot_be_started_is_one_line_and_the_show_goes_on(stage, monkeypatch, caplog):
    def refuse(*_):
        raise OSError("no shared memory")
    monkeypatch.setattr(module, "Audio", refuse)
    monkeypatch.setattr(module, "Air", refuse)
    with caplog.at_level(logging.WARNING):
        senses = Senses(Config(air=RIG), apart=True)
    senses.feel(stage, visit(), frame(0.5), None, {})
    assert [record.getMessage().split(" process")[0] for record in caplog.records] == ["the sound", "the air"]
    senses.close()


def test_staff_hear_what_a_process_has_to_say_once(stage, monkeypatch, caplog):
    monkeypatch.setattr(module, "Audio", lambda device: Heard())
    senses = Senses(Config(), apart=True)
    audio = senses.audio
    with caplog.at_level(logging.WARNING):
        for step in range(5):
            senses.feel(stage, visit(), frame(0.5 + step), None, {})
    assert [record.getMessage() for record in caplog.records] == ["something is amiss"]
    senses.close()
    senses.close()
    assert audio.closed == 1


def test_nothing_is_smelled_where_nobody_is_and_calm_air_is_calm_for_fans(stage):
    stage.advance(2 * EASE_S)
    assert [air.scent for air in airs_ahead(stage, (0.0, 1.5), somebody=False)] == [NO_SCENT] * 2
    whole = airs_ahead(stage, (0.0, 1.5), somebody=True)
    assert any(whole[0].scent.accords)
    stage.scene.ambience = module.replace(stage.scene.ambience, gust=0.25 * stage.scene.ambience.gust)
    calmed = airs_ahead(stage, (0.0, 1.5), somebody=True)
    assert [air.gust for air in calmed] == pytest.approx([0.25 * air.gust for air in whole])


@pytest.mark.parametrize("focused", [True, False])
def test_what_a_hand_carries_is_felt_while_the_show_has_the_input(stage, focused):
    felt = []
    display = SimpleNamespace(vibrate=felt.append)
    senses, specs = Senses(Config(touch_strength=1.0)), {"vespri": SPEC}
    for step in range(60):
        pose = Pose((0.2 + 0.01 * (step % 20), 1.2, -0.3))
        senses.feel(stage, visit(hands=(Hand("right", pose, pose),)), frame(0.5 + step / 30, focused), display, specs)
    assert bool(felt) == focused and {one.side for one in felt} <= {"right"}
