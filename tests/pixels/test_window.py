"""The window that simulates a headset, on an X server without a screen."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from showroom.display.recording import Recorder, Recording
from showroom.words.controls import Controls
from showroom.words.view import Pose

CHILD = Path(__file__).with_name("window_child.py")


@pytest.fixture(scope="module")
def screen(x_screen):
    """An X server's name, and the folder in which its screen can be read."""
    with x_screen((640, 480)) as server:
        yield server


@pytest.fixture(scope="module")
def said(screen, python_command, repository) -> dict[str, dict]:
    """What the child saw, by step."""
    environment = {key: value for key, value in os.environ.items()
                   if key not in {"WAYLAND_DISPLAY", "XDG_SESSION_TYPE"}}
    environment |= {"DISPLAY": screen[0], "PYTHONPATH": str(repository)}
    answer = subprocess.run([*python_command, str(CHILD), str(screen[1])], capture_output=True, text=True,
                            env=environment, timeout=150, check=False)
    assert answer.returncode == 0, answer.stderr
    return {line["step"]: line for line in map(json.loads, answer.stdout.splitlines())}


def test_bytes_reach_the_screen_unchanged(said):
    assert said["show"]["pixel"] == [127, 51, 255]
    assert said["show"]["still_encoding"], "the renderer relies on it staying on"


def test_one_layer_of_the_windows_size(said):
    assert (said["show"]["size"], said["show"]["layers"], said["show"]["state"]) == ([320, 200], 1, "window")


def test_a_smaller_picture_fills_the_window(said):
    assert said["coarse"]["size"] == [160, 100]
    assert said["coarse"]["seen"] == [[0, 255, 0]] * 2


def test_a_tap_between_two_frames_selects_once(said):
    assert said["select"]["arrived"] and said["select"]["once"]


def test_walking_forward_keeps_the_eyes_height(said):
    x, y, z = said["walk"]["position"]
    assert (x, y) == pytest.approx((0.0, 1.6)) and -1.0 < z < -0.2


def test_escape_and_backspace_go_back(said):
    assert said["escape"]["back"] and said["backspace"]["back"]


def test_tab_hides_hints_and_f12_is_left_to_the_application(said):
    assert said["keys"]["hints"] is False
    assert said["keys"]["pressed"] == ["F12"]


def test_captured_mouse_looks_and_then_chooses(said):
    look = said["look"]
    assert look["click_only_captures"]
    assert look["yaw"] < -0.1 and look["pitch"] < -0.03, "right and down"
    assert look["chosen"] and look["aim_is_gaze"]
    assert look["escape_goes_back"] is False, "the first Esc only frees the mouse"


def test_resizing_gives_a_new_target(said):
    assert said["resize"]["followed"]


def test_q_quits(said):
    assert said["quit"]["arrived"] and said["quit"]["running"] is False
    assert "closed" in said


def test_a_replayed_preview_shows_the_recorded_head_and_ends(screen, showroom, own_environment, tmp_path):
    given, made = tmp_path / "given.jsonl", tmp_path / "made.jsonl"
    recorder = Recorder(given)
    for number in range(120):
        recorder.note(number / 30, Controls(Pose((0.0, 1.5 + number / 1000, 0.0))))
    recorder.close()
    answer = showroom("preview", "--replay", str(given), "--record", str(made), timeout=150,
                      env=own_environment | {"DISPLAY": screen[0]})
    assert answer.returncode == 0, answer.stderr
    heights = [sample.controls.head.position[1] for sample in Recording(made).samples()]
    assert heights == sorted(heights) and heights[0] == 1.5 and heights[-1] == pytest.approx(1.619)


def test_a_tour_has_no_visitor_to_record(showroom, tmp_path):
    answer = showroom("preview", "--record", str(tmp_path / "a"), "--out", str(tmp_path / "out"))
    assert answer.returncode == 2 and len(answer.stderr.splitlines()) == 1
    assert "need a window" in answer.stderr


@pytest.mark.parametrize(("environment", "named"), [
    ({}, "neither DISPLAY nor WAYLAND_DISPLAY is set"),
    ({"DISPLAY": ":4095"}, "DISPLAY=':4095'"),
])
def test_no_display_is_one_clear_line(environment, named, python_command, own_environment, repository):
    probe = ("from showroom.display.window import WindowDisplay\n"
             "from showroom.errors import GraphicsError\n"
             "try:\n    WindowDisplay()\nexcept GraphicsError as error:\n    print(error)")
    answer = subprocess.run([*python_command, "-c", probe], capture_output=True, text=True, timeout=60,
                            check=True, env=own_environment | {"PYTHONPATH": str(repository)} | environment)
    lines = answer.stdout.splitlines()
    assert len(lines) == 1 and "opening a window" in lines[0] and named in lines[0]
