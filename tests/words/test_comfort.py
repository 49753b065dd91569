"""Comfort: steps, keys, a configuration read again, calm air, captions and a lifted world."""

import argparse
from types import SimpleNamespace

import numpy as np
import pytest
import specs
from hypothesis import given
from hypothesis import strategies as st

from showroom import config
from showroom.app.comfort import CALMING_S, Comforts
from showroom.cli import comfort as options
from showroom.config import Config
from showroom.errors import InputError
from showroom.stage.stage import EASE_S, Stage
from showroom.visit.captions import MOST, sounds_writing
from showroom.visit.journey import Journey
from showroom.visit.sayings import load_sayings
from showroom.visit.standing import SEATED_EYE_M, Standing
from showroom.words.comfort import STEPS, Comfort
from showroom.words.controls import Controls
from showroom.words.request import PLACE
from showroom.words.result import Result
from showroom.words.view import Pose
from showroom.words.vocabulary import LANGUAGES, SOUNDS

SAYINGS = load_sayings()


def test_no_step_changes_nothing_and_three_are_twice_the_light():
    assert Comfort().light == Comfort().spread == 1.0
    assert Comfort(brightness=3).light == pytest.approx(2.0) and Comfort(brightness=-3).light == pytest.approx(0.5)


def test_steps_end_where_they_end():
    one = Comfort()
    for _ in range(9):
        one = one.stepped("contrast", 1)
    assert one.contrast == STEPS[1] and one.stepped("contrast", -99).contrast == STEPS[0]
    assert one.turned("seated").seated and one.turned("seated").turned("seated") == one


def test_the_configuration_has_its_keys():
    read = config.parse("brightness = -2\ncaptions = true\nleft_handed = true\n", "house.toml")
    assert read.comfort == Comfort(brightness=-2, captions=True, left_handed=True)


@pytest.mark.parametrize("line", ["brightness = 4", "contrast = 0.5", "contrast = true", "seated = 1",
                                  "captions = 'yes'", "reduced_motions = true"])
def test_what_cannot_be_is_refused_in_one_line(line):
    with pytest.raises(InputError) as refused:
        config.parse(line, "house.toml")
    assert str(refused.value).startswith("house.toml") and "\n" not in str(refused.value)


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    options.add_arguments(parser)
    return parser.parse_args(words)


def test_the_command_line_goes_before_the_configuration():
    house = Config(brightness=1, captions=True, seated=True)
    assert options.chosen(parsed(), house) == house
    told = options.chosen(parsed("--brightness", "-1", "--contrast", "2", "--no-captions", "--reduced-motion",
                                 "--left-handed"), house)
    assert told.comfort == Comfort(-1, 2, True, False, True, True)


@pytest.mark.parametrize("word", ["4", "-4", "much", "0.5"])
def test_a_step_that_is_none_is_a_mistake_in_usage(word):
    with pytest.raises((argparse.ArgumentError, SystemExit)):
        parsed(f"--brightness={word}")


def test_keys_turn_and_step_and_the_next_visit_begins_as_the_house_has_it():
    comforts = Comforts(Config(brightness=1))
    assert comforts.press(frozenset({"F7"})) == "brightness +2"
    assert comforts.press(frozenset({"F1", "F2"})) == "reduced motion on, captions on"
    assert comforts.press(frozenset({"F5", "F12"})) == ""
    assert comforts.press(frozenset({"F1"})) == "captions off"
    comforts.reset()
    assert comforts.now == Comfort(brightness=1)


def test_a_saved_configuration_holds_at_once_but_not_over_what_it_does_not_say(tmp_path):
    file = tmp_path / "showroom.toml"
    comforts = Comforts(Config(seated=True))  # as the command line said
    assert comforts.heed_file(file, 0.0) == ""
    file.write_text("captions = true\n")
    assert comforts.heed_file(file, 0.1) == ""  # not looked yet
    assert comforts.heed_file(file, 1.0) == "captions on"
    assert comforts.now == comforts.house == Comfort(captions=True, seated=True)
    file.write_text("captions = 3\n")
    assert "captions = 3" in comforts.heed_file(file, 2.0) and comforts.now.captions
    assert comforts.heed_file(file, 3.0) == ""  # said once
    file.write_text("contrast = -1\n")
    assert comforts.heed_file(file, 4.0) == "contrast -1, captions off"
    file.unlink()
    assert comforts.heed_file(file, 5.0) == "contrast +0"


def test_everybody_is_told():
    comforts, stage, renderer = Comforts(Config()), Stage(), SimpleNamespace()
    journey = Journey((), SAYINGS)
    comforts.hand_on(renderer, stage, journey)
    assert renderer.comfort == journey.comfort == Comfort() and journey.heard is None and stage.ease_s == EASE_S
    comforts.press(frozenset({"F2", "F3", "F8"}))
    comforts.hand_on(renderer, stage, journey)
    assert renderer.comfort.spread < 1 and journey.standing.seated and stage.ease_s > EASE_S
    assert not journey.showing.rises


def test_calm_air_comes_gently_and_holds_less():
    stage, comforts = Stage(), Comforts(Config(reduced_motion=True))
    stage.open(1, PLACE)
    stage.apply(Result(1, specs.spec_of("seashore")))
    stage._sets[1].presence.towards(1.0, 0.0, 0.01)
    shares, gusts = [], []
    for number in range(60):
        stage.advance(5.0 + 0.1 * number)
        as_it_is = stage.scene.ambience.gust
        comforts.calm(stage.scene)
        gusts.append(stage.scene.ambience.gust / as_it_is)
        shares += [max(one.share for one in stage.scene.emitters)]
    assert stage.scene.emitters and all(one.sway_m == 0.0 for one in stage.scene.emitters)
    assert shares[-1] < 0.5 and gusts[-1] < 0.5
    slowest = 0.1 / CALMING_S + 0.01
    assert np.abs(np.diff(gusts)).max() < slowest and np.abs(np.diff(shares)).max() < slowest


# -- captions -------------------------------------------------------------------------------------

def test_the_loudest_are_named_first_and_silence_is_not():
    line = sounds_writing({"surf": 0.8, "wind": 0.4, "bells": 0.05}, SAYINGS["en"])
    assert line.title == "[ waves, wind ]" and line.language == "en"
    assert sounds_writing({"bells": 0.05}, SAYINGS["en"]) is None and sounds_writing({}, SAYINGS["zh"]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sound_has_a_name_in_every_language(language):
    said = [sounds_writing({name: 1.0}, SAYINGS[language]).title for name in SOUNDS]
    assert len(set(said)) == len(SOUNDS) and all("{" not in one for one in said)


@given(st.dictionaries(st.sampled_from(SOUNDS), st.floats(0, 1)), st.floats(-0.01, 0.01))
def test_few_sounds_are_named_and_a_little_more_or_less_rarely_swaps_them(levels, more):
    line = sounds_writing(levels, SAYINGS["it"])
    assert line is None or line.title.count(",") < MOST
    if levels and all(abs(level * 5 % 1 - 0.5) > 0.06 and abs(level - 0.12) > 0.02 for level in levels.values()):
        assert sounds_writing({name: level + more for name, level in levels.items()}, SAYINGS["it"]) == line


# -- seated ---------------------------------------------------------------------------------------

@given(st.floats(0.85, 1.45))
def test_who_sits_sees_from_as_high_as_who_stands(height_m):
    standing = Standing()
    standing.seated = True
    head = standing.step(Controls(head=Pose((0.2, height_m, 0.1))), 0.0).head
    assert head.position == pytest.approx((0.2, SEATED_EYE_M, 0.1), abs=1e-6)
    standing.reset()
    assert standing.step(Controls(head=Pose((0.0, height_m, 0.0))), 1.0).head.position[1] == pytest.approx(SEATED_EYE_M)
    standing.recentre(Pose((1.0, height_m, 1.0)))
    assert standing.world_from_room(Pose((1.0, height_m, 1.0))).position == pytest.approx((0, SEATED_EYE_M, 0), abs=1e-6)


def test_who_stands_up_stands_where_the_room_is():
    standing = Standing()
    standing.seated = True
    standing.step(Controls(head=Pose((0.0, 1.2, 0.0))), 0.0)
    standing.seated = False
    assert standing.step(Controls(head=Pose((0.0, 1.7, 0.0))), 0.1).head.position[1] == pytest.approx(1.7)
