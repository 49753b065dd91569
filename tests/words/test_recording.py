"""Recordings of poses: what goes in comes out, and what is none is refused in one line."""

import contextlib
import dataclasses
import json
import math
import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from showroom.display.recording import Recorder, Recording
from showroom.display.replay import Recorded, Replayed
from showroom.errors import InputError
from showroom.words.controls import Controls, Hand
from showroom.words.frame import Frame
from showroom.words.view import Eyes, Fov, Pose, Target, View, yaw_pitch

FULL_HAND = Hand("left", aim=Pose((0.1, 1.0, -0.3), yaw_pitch(0.4, 0.2)),
                 grip=Pose((-0.2, 0.9, 0.1), yaw_pitch(-2.0, 0.1)), select=0.25, squeeze=0.5, back=True, turn=-0.75, bare=True, palm=Pose((-0.21, 0.92, 0.1)))
FULL = Controls(Pose((0.3, 1.6, -2.0), yaw_pitch(1.0, -0.5)), (FULL_HAND, Hand("right")), focused=False,
                quit=True, worn=False, recentred=True)
NEVER_WRITTEN_DOWN = {"typing", "typed"}  # what somebody types is theirs
HEADER = '{"showroom_poses": 1}\n'
STILL = '{"t": 0, "head": [0, 1.6, 0, 0, 0, 0, 1]}\n'


def controls_at(number: int) -> Controls:
    """Something else in every picture, from a fixed beginning."""
    chance = random.Random(number)
    def pose():
        place = tuple(chance.uniform(-2, 2) for _ in range(3))
        return Pose(place, yaw_pitch(chance.uniform(-3, 3), chance.uniform(-1, 1)))
    hands = tuple(Hand(side, pose(), pose() if chance.random() < 0.7 else None, select=chance.random(),
                       turn=chance.uniform(-1, 1), back=chance.random() < 0.2) for side in ("left", "right"))
    return Controls(pose(), hands[:chance.randrange(3)], focused=chance.random() < 0.8)


def near(found: Pose | None, wanted: Pose | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return math.dist((*found.position, *found.orientation), (*wanted.position, *wanted.orientation)) < 1e-6


def same(found: Controls, wanted: Controls) -> bool:
    if not near(found.head, wanted.head) or len(found.hands) != len(wanted.hands):
        return False
    for one, other in zip(found.hands, wanted.hands):
        if not all(near(getattr(one, name), getattr(other, name)) for name in ("aim", "grip", "palm")):
            return False
        if dataclasses.replace(one, aim=other.aim, grip=other.grip, palm=other.palm) != other:
            return False
    rest = [(one.focused, one.worn, one.recentred) for one in (found, wanted)]
    return rest[0] == rest[1]


def recorded(path, controls, step_s: float = 1 / 90) -> Recording:
    recorder = Recorder(path)
    for number, one in enumerate(controls):
        recorder.note(17.0 + number * step_s, one)
    recorder.close()
    return Recording(path)


def test_everything_a_visitor_does_comes_back(tmp_path):
    at_rest = Controls(), Hand("")
    for full, rest in zip((FULL, FULL_HAND), at_rest):
        for field in dataclasses.fields(full):  # a field that is new must be recorded, too
            if field.name in NEVER_WRITTEN_DOWN:
                continue
            assert getattr(full, field.name) != getattr(rest, field.name), field.name
    wanted = [FULL, *(controls_at(number) for number in range(200)), Controls()]
    recording = recorded(tmp_path / "a.jsonl", wanted)
    found = list(recording.samples())
    assert recording.count == len(wanted) and recording.duration_s == pytest.approx(201 / 90, abs=1e-5)
    assert [sample.time_s for sample in found] == pytest.approx([n / 90 for n in range(202)], abs=1e-5)
    assert all(same(sample.controls, one) for sample, one in zip(found, wanted, strict=True))
    assert found[0].controls.quit is False


def test_what_is_typed_is_in_no_recording(tmp_path):
    recorded(tmp_path / "a.jsonl", [Controls(typing="for my sis"), Controls(typed="for my sister")])
    assert "sis" not in (tmp_path / "a.jsonl").read_text()


def test_the_same_visit_gives_the_same_bytes_and_few_of_them(tmp_path):
    for name in "ab":
        recorded(tmp_path / name, [controls_at(number) for number in range(300)])
    data = (tmp_path / "a").read_bytes()
    assert data == (tmp_path / "b").read_bytes()
    assert len(data) / 300 < 600


@pytest.mark.parametrize(("text", "named"), [
    ("", "no picture in it"),
    (HEADER, "no picture in it"),
    ("hello\n" + STILL, "line 1: this is no recording"),
    (STILL, "line 1: this is no recording"),
    ('{"showroom_poses": 2}\n' + STILL, "a recording of version 2; version 1 is accepted"),
    ('{"showroom_poses": true}\n' + STILL, "no recording"),
    (HEADER + "{]\n", "line 2: null is not a picture"),
    (HEADER + "[" * 5000 + "\n", "line 2: null is not a picture"),
    (HEADER + STILL[:-1], "line 2: it is cut short"),
    (HEADER + "[" * 9000 + "\n", "line 2: it is too long"),
    (HEADER + STILL.replace("1.6", "NaN"), "head NaN; a number from -1000 to 1000"),
    (HEADER + STILL.replace("1.6", "1e9"), "head 1000000000.0"),
    (HEADER + STILL.replace("1.6", "9" * 400), "head 999"),
    (HEADER + STILL.replace("1.6", '"x"'), 'head "x"'),
    (HEADER + STILL.replace("1.6", "true"), "head true"),
    (HEADER + STILL.replace("1]", "0]"), "has length 0; 1 is accepted"),
    (HEADER + STILL.replace(", 1]", "]"), "seven numbers"),
    (HEADER + STILL.replace('"t": 0', '"t": -1'), "t -1"),
    (HEADER + STILL.replace('"t": 0', '"T": 0'), 'unknown key "T"'),
    (HEADER + STILL.replace('"t": 0', '"t": 2') + STILL, "line 3: its time 0 comes after 2"),
    (HEADER + STILL.replace("}", ', "hands": 3}'), "hands 3"),
    (HEADER + STILL.replace("}", ', "hands": [{"side": "up"}]}'), 'side "up"'),
    (HEADER + STILL.replace("}", ', "hands": [{"side": "left"}, {"side": "left"}]}'), "two hands of the same"),
    (HEADER + STILL.replace("}", ', "hands": [{"side": "left", "select": 1.5}]}'), "select 1.5; a number from 0"),
    (HEADER + STILL.replace("}", ', "hands": [{"side": "left", "aim": null}]}'), "aim null"),
    (HEADER + STILL.replace("}", ', "worn": 1}'), "worn 1; true or false"),
])
def test_what_is_no_recording_is_refused_in_one_line(tmp_path, text, named):
    path = tmp_path / "given.jsonl"
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        Recording(path)
    said = str(refused.value)
    assert named in said and str(path) in said and "\n" not in said and len(said) < 600


LINES = st.one_of(
    st.binary(max_size=60), st.sampled_from([HEADER.strip().encode(), STILL.strip().encode()]),
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                 lambda inner: st.lists(inner, max_size=7) | st.dictionaries(
                     st.sampled_from(["t", "head", "hands", "side", "aim", "select", "back", "worn"]), inner))
    .map(lambda value: json.dumps(value).encode()))


@given(st.lists(LINES, max_size=6), st.booleans())
@settings(max_examples=300, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_a_recording_or_one_line(tmp_path, lines, headed):
    path = tmp_path / "given"
    path.write_bytes(b"\n".join([HEADER.strip().encode()] * headed + lines) + b"\n")
    try:
        assert Recording(path).count > 0
    except InputError as refused:
        assert "\n" not in str(refused)


def test_a_file_that_is_not_there_or_cannot_be_made_is_one_line(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        Recording(tmp_path / "none")
    with pytest.raises(InputError, match="Is a directory"):
        Recording(tmp_path)
    with pytest.raises(InputError, match="recording to .*No such file.*can be written"):
        Recorder(tmp_path / "none" / "a")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full: nothing stands for a full disk")
def test_a_full_disk_ends_the_recording_in_one_line_and_not_the_show(tmp_path, caplog):
    path = tmp_path / "a.jsonl"
    recorder = Recorder(path)
    recorder._file = open("/dev/full", "w")
    for number in range(400):
        recorder.note(number / 90, FULL)
    recorder.close()
    assert len(caplog.records) == 1 and "No space left" in caplog.text and "the show goes on" in caplog.text


# --- displays that are recorded and replayed ---------------------------------------------------------------


class Fake:
    """A display whose visitor stands still, a little askew, and looks with two eyes."""

    def __init__(self, times, blind: int = 0):
        self.times, self.blind, self.closed = list(times), blind, 0
        self.head = Pose((0.5, 1.5, 0.2), yaw_pitch(0.3, 0.1))

    @contextlib.contextmanager
    def frame(self):
        time_s = self.times.pop(0)
        self.blind -= 1
        eyes = () if self.blind >= 0 else tuple(
            View(Pose((0.5 + side, 1.5, 0.2), self.head.orientation), Fov.symmetric(1.0, 1.0), layer)
            for layer, side in enumerate((-0.03, 0.03)))
        yield Frame(time_s, Eyes(eyes, Target(1, (8, 8), 2) if eyes else None), Controls(self.head))

    def set_title(self, text):
        self.title = text

    def close(self):
        self.closed += 1


def replayed(display, recording, frames) -> list[Frame]:
    seen, around = [], Replayed(display, recording)
    for _ in range(frames):
        with around.frame() as frame:
            seen.append(frame)
    return seen


def test_what_was_recorded_is_replayed_sample_by_sample(tmp_path):
    wanted = [controls_at(number) for number in range(50)]
    recording = recorded(tmp_path / "a", wanted)
    seen = replayed(Fake([5.0 + n / 90 + 1e-4 * (n > 0) for n in range(50)]), recording, 50)
    assert all(same(frame.controls, one) for frame, one in zip(seen, wanted, strict=True))
    assert [frame.controls.quit for frame in seen] == [False] * 49 + [True]


def test_eyes_stand_round_the_recorded_head(tmp_path):
    head = Pose((2.0, 1.8, -1.0), yaw_pitch(-0.8, 0.0))
    frame = replayed(Fake([0.0]), recorded(tmp_path / "a", [Controls(head)]), 1)[0]
    left, right = (view.pose.position for view in frame.eyes.views)
    assert math.dist(left, right) == pytest.approx(0.06)
    assert math.dist([(a + b) / 2 for a, b in zip(left, right)], head.position) < 1e-6
    assert all(math.dist(view.pose.orientation, head.orientation) < 1e-6 for view in frame.eyes.views)
    assert frame.eyes.target.size == (8, 8)


def test_a_press_between_two_slow_frames_is_not_lost(tmp_path):
    rest, tap = Controls(hands=(Hand("right"),)), Controls(hands=(Hand("right", select=1.0, back=True),))
    recording = recorded(tmp_path / "a", [rest, rest, tap, rest, rest, rest, rest, rest], 0.01)
    seen = replayed(Fake([0.0, 0.045, 0.065]), recording, 3)
    assert [frame.controls.hands[0].select for frame in seen] == [0.0, 1.0, 0.0]
    assert [frame.controls.hands[0].back for frame in seen] == [False, True, False]


def test_the_origin_moves_once_however_often_it_is_looked_at(tmp_path):
    recording = recorded(tmp_path / "a", [Controls(), Controls(recentred=True), Controls()], 0.1)
    seen = replayed(Fake([0.0, 0.12, 0.14, 0.25]), recording, 4)
    assert [frame.controls.recentred for frame in seen] == [False, True, False, False]


def test_nothing_is_replayed_or_recorded_before_there_is_something_to_see(tmp_path):
    wanted = [controls_at(number) for number in range(3)]
    seen = replayed(Fake([0.0, 1.0, 2.0], blind=2), recorded(tmp_path / "a", wanted), 3)
    assert same(seen[2].controls, wanted[0]) and seen[0].eyes.views == ()
    display = Recorded(Fake([0.0, 1.0, 2.0, 2.5], blind=2), Recorder(tmp_path / "b"))
    for _ in range(4):
        with display.frame():
            pass
    display.close()
    assert [sample.time_s for sample in Recording(tmp_path / "b").samples()] == [0.0, 0.5]


def test_what_is_not_about_poses_is_the_displays_own(tmp_path):
    inside = Fake([0.0])
    display = Replayed(Recorded(inside, Recorder(tmp_path / "b")), recorded(tmp_path / "a", [Controls()]))
    display.set_title("rose")
    assert inside.title == "rose" and display.blind == 0
    display.close()
    assert inside.closed == 1


def test_a_recording_is_plain_json_lines(tmp_path):
    recorded(tmp_path / "a", [FULL])
    lines = [json.loads(line) for line in (tmp_path / "a").read_text().splitlines()]
    assert lines[0]["showroom_poses"] == 1 and lines[1]["hands"][0]["select"] == 0.25
