"""Head and hands from a file, in the headset of a real runtime."""

import math

from showroom.display.recording import Recorder, Recording
from showroom.words.controls import Controls, Hand
from showroom.words.view import Pose, yaw_pitch


def wanted(number: int) -> Controls:
    """A head that turns as it walks, and a hand that points with it."""
    turn = yaw_pitch(0.005 * number, -0.1)
    return Controls(Pose((0.002 * number, 1.7, 0.0), turn), (Hand("right", Pose((0.2, 1.2, -0.3), turn)),))


def test_a_replayed_visit_ends_with_its_recording_and_records_the_same(runtime, tmp_path):
    given, made = tmp_path / "given.jsonl", tmp_path / "made.jsonl"
    recorder = Recorder(given)
    for number in range(360):
        recorder.note(number / 90, wanted(number))
    recorder.close()
    answer = runtime.showroom("run", "--no-wait", "--replay", str(given), "--record", str(made))
    assert answer.returncode == 0, answer.stderr
    samples = list(Recording(made).samples())
    assert len(samples) >= 2
    for sample in samples:  # each is one of the given ones, in their order
        number = round(sample.controls.head.position[0] / 0.002)
        assert math.dist(sample.controls.head.position, wanted(number).head.position) < 1e-6
        assert math.dist(sample.controls.head.orientation, wanted(number).head.orientation) < 1e-6
        assert [hand.side for hand in sample.controls.hands] == ["right"]
    numbers = [round(sample.controls.head.position[0] / 0.002) for sample in samples]
    assert numbers == sorted(numbers) and numbers[0] == 0 and numbers[-1] == 359


def test_what_is_no_recording_ends_with_one_line_before_any_headset_is_asked(stopped_runtime, tmp_path):
    broken = tmp_path / "broken.jsonl"
    broken.write_text("[]\n")
    for arguments, code, named in [(("--replay", str(broken)), 1, "line 1: this is no recording"),
                                   (("--replay", str(tmp_path / "none")), 1, "No such file"),
                                   (("--record", str(tmp_path / "no" / "where")), 1, "can be written"),
                                   (("--record", str(broken), "--replay", str(broken)), 2, "the same file")]:
        answer = stopped_runtime.showroom("run", "--no-wait", *arguments)
        assert answer.returncode == code and len(answer.stderr.splitlines()) == 1, answer.stderr
        assert named in answer.stderr
    assert broken.read_text() == "[]\n"
