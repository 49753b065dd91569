"""The runtime dies, or was never there; the show goes on."""


def test_killed_runtime_is_survived_and_found_again(stopped_runtime):
    stopped_runtime.start()
    client = stopped_runtime.client("survive")
    before = client.until("state", "FOCUSED")
    stopped_runtime.kill()
    lost = client.until("state", "ABSENT")
    stopped_runtime.start()
    client.until("state", "FOCUSED")
    drawn = client.until("bright", [True, True])  # with what was uploaded before the loss
    code = client.end()
    closed = client.until("state", "closed")
    assert code == 0, "".join(client.errors)
    assert before["time_s"] <= lost["time_s"] <= drawn["time_s"]
    way_in = ["IDLE", "READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED"]
    assert closed["states"][:11] == [*way_in, "ABSENT", *way_in]
    assert closed["states"][-1] == "EXITING"
    said = [line for line in client.errors if line.startswith("WARNING")]
    assert len(said) <= 2 and "XR_ERROR" in said[0], said


def test_a_client_that_comes_first_waits_for_the_runtime(stopped_runtime):
    client = stopped_runtime.client("survive")
    waiting = client.until("state", "ABSENT")
    stopped_runtime.start()
    focused = client.until("state", "FOCUSED")
    assert client.end() == 0, "".join(client.errors)
    assert waiting["drawn"] == 0 and focused["frames"] > waiting["frames"]
    said = [line for line in client.errors if line.startswith("WARNING")]
    assert len(said) == 1 and "no runtime answers" in said[0], said


def test_another_application_takes_the_headset_and_gives_it_back(stopped_runtime):
    stopped_runtime.start()
    first = stopped_runtime.client("survive")
    seen = first.until("state", "FOCUSED")
    second = stopped_runtime.client("survive")
    second.until("state", "FOCUSED")
    hidden = first.until("state", "SYNCHRONIZED")
    assert second.end() == 0, "".join(second.errors)
    again = first.until("state", "FOCUSED")
    assert first.end() == 0, "".join(first.errors)
    assert (seen["focused"], seen["hands"]) == (True, 2)
    assert (hidden["focused"], hidden["hands"], hidden["bright"]) == (False, 0, [])
    undrawn = (again["frames"] - again["drawn"]) - (seen["frames"] - seen["drawn"])
    assert undrawn >= 1, "frames went on, with nothing to draw"
    assert "ABSENT" not in first.until("state", "closed")["states"]
