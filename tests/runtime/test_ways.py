"""Every state and every way out of it, also those that a real runtime does not take on demand."""

import pytest

WAY_IN = ["IDLE", "READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED"]


@pytest.fixture(scope="module")
def ways(runtime) -> dict[str, dict]:
    """What was seen, by the name of the way."""
    client = runtime.client(script="ways.py")
    names = ("doff_and_don", "should_not_render", "focus_lost", "untracked", "recentred", "loss_pending",
             "losses", "no_headset", "leaving")
    answers = {name: client.until("step", name) for name in names}
    assert client.end() == 0, "".join(client.errors)
    return answers


def test_taken_off_and_put_on_is_the_same_session(ways):
    way = ways["doff_and_don"]
    assert way["before"][-1]["worn"] and not way["taken_off"][0]["worn"]
    assert all(not frame["worn"] and not frame["focused"] for frame in way["resting"])
    assert [frame["views"] for frame in way["resting"]][-3:] == [0, 0, 0], "nobody looks"
    assert way["resting"][-1]["state"] == "IDLE"
    assert way["after"][-1]["worn"] and way["after"][-1]["views"] == 2
    assert way["sessions"] == 1
    assert way["states"] == [*WAY_IN, "VISIBLE", "SYNCHRONIZED", "STOPPING", *WAY_IN]


def test_frames_that_should_not_be_drawn_are_begun_and_ended(ways):
    way = ways["should_not_render"]
    assert [frame["views"] for frame in way["hidden"]] == [0, 0, 0]
    assert [frame["hands"] for frame in way["hidden"]] == [2, 2, 2]
    assert way["after"][-1]["views"] == 2 and way["begun"] == way["ended"]


def test_without_focus_it_is_drawn_and_hands_are_not_read(ways):
    way = ways["focus_lost"]
    without = [(frame["views"], frame["hands"], frame["focused"]) for frame in way["without"]]
    assert without == [(2, 0, False)] * 2
    assert way["after"][-1]["hands"] == 2


def test_without_tracking_nothing_is_drawn_from_a_guessed_place(ways):
    way = ways["untracked"]
    assert [frame["views"] for frame in way["lost"]] == [0, 0]
    assert way["after"][-1]["views"] == 2 and way["sessions"] == 1


def test_recentring_counts_from_the_picture_that_shows_it(ways):
    way = ways["recentred"]
    assert [frame["recentred"] for frame in way["first"]].count(True) == 1, "the session's own"
    assert [frame["recentred"] for frame in way["then"]] == [False, False, True, False, False, False]


def test_pending_losses_are_answered_with_a_new_session(ways):
    way = ways["loss_pending"]
    assert way["between"][-1]["views"] == 2 and way["after"][-1]["views"] == 2
    assert way["sessions"] == 3
    assert [line for line in way["told"] if line.startswith("WARNING")] != []


def test_a_loss_in_any_call_is_survived(ways):
    survived = ways["losses"]["survived"]
    assert len(survived) == 16 * 3
    assert {name: facts for name, facts in survived.items() if not (facts["met"] and facts["drawn"])} == {}
    assert ways["losses"]["begun"] - ways["losses"]["ended"] <= 3, "those whose xrBeginFrame itself failed"


def test_a_headset_that_is_not_there_yet_is_said_once(ways):
    way = ways["no_headset"]
    waiting = {(frame["state"], frame["views"], frame["worn"]) for frame in way["waiting"]}
    assert waiting == {("ABSENT", 0, False)}
    assert way["after"][-1]["views"] == 2
    told = [line for line in way["told"] if line.startswith("WARNING")]
    assert len(told) == 1 and "asking the OpenXR runtime for a headset" in told[0], told


def test_the_runtime_can_end_the_show(ways):
    assert ways["leaving"]["running"] is False
    assert ways["leaving"]["states"][-2:] == ["STOPPING", "EXITING"]


def test_time_never_goes_back(ways):
    for way in ways.values():
        times = [frame["time_s"] for frames in way.values() if isinstance(frames, list)
                 for frame in frames if isinstance(frame, dict)]
        assert times == sorted(times)
