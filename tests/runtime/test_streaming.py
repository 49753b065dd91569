"""The whole show on a runtime: the worker streams a place while frames go on, and both eyes see it."""

import pytest

PRODUCT = "vespri"  # its place is a room, so there is something to see all round its bottle


@pytest.fixture(scope="module")
def show(runtime) -> dict:
    """What came, what was drawn, and where the bottle was in both pictures."""
    client = runtime.client(PRODUCT, script="streaming.py")
    answer = client.until("step", "streamed", patience_s=150.0)
    assert client.end() == 0, "".join(client.errors)
    return answer


def test_a_whole_place_arrives_while_frames_go_on(show):
    assert show["done"] and show["failures"] == []
    assert {"SceneSpec", "Geometry", "Image", "Progress", "Done"} == set(show["kinds"])
    assert show["turns_with_results"] >= 3, "it came in pieces, frame by frame"
    assert show["frames_in_focus"] >= 5


def test_the_session_noticed_nothing(show):
    assert "ABSENT" not in show["states"] and show["states"][-1] == "EXITING"


def test_the_bottle_has_the_parallax_of_where_it_stands(show):
    hero = show["hero"]
    assert hero["contrast"] > 8, "there is something to recognise"
    assert hero["disparity_px"] >= 8
    assert abs(hero["miss_px"]) <= 2
