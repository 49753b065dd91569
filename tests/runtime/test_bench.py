"""What the bench of a headset counts, on a runtime that it starts and kills itself."""

import json
import shlex


def test_pictures_come_after_the_start_and_after_each_return(stopped_runtime):
    answer = stopped_runtime.showroom("bench", "headset", "--json", "--kills", "2",
                                      "--runtime", shlex.join(stopped_runtime.command))
    assert answer.returncode == 0, answer.stderr
    figures = json.loads(answer.stdout)
    assert figures["return_to_picture_s"]["kills"] == 2
    assert 0.0 < figures["return_to_picture_s"]["median"] <= figures["return_to_picture_s"]["max"] < 10.0
    assert 0.0 < figures["start_to_picture_s"] < 20.0, "five times what is promised"
    assert figures["loading"] is True, "nobody waits for the models"


def test_a_runtime_that_never_answers_is_said_in_a_line(stopped_runtime):
    answer = stopped_runtime.showroom("bench", "headset", "--runtime", "false", "--patience", "2")
    assert answer.returncode == 3
    assert "no runtime answers" in answer.stderr.splitlines()[-1], answer.stderr
