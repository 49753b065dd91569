"""Signs handed to a real runtime: as layers of their own, the farthest first, written only when they change."""

import pytest

PROJECTION, QUAD, CYLINDER = (f"COMPOSITION_LAYER_{kind}" for kind in ("PROJECTION", "QUAD", "CYLINDER_KHR"))


@pytest.fixture(scope="module")
def said(runtime) -> dict[str, dict]:
    client = runtime.client("hang", script="signs.py")
    answers = {step: client.until("step", step)
               for step in ("nothing", "three", "moved", "clearer", "lit", "gone", "many", "closed")}
    assert client.end() == 0, "".join(client.errors)
    return answers


def test_without_signs_there_is_the_scene_alone(said):
    assert [layer["kind"] for layer in said["nothing"]["layers"]] == [PROJECTION]
    assert said["nothing"]["before"]  # a session takes signs from its first moment on


def test_the_farthest_comes_first_and_all_after_the_scene(said):
    assert [layer["kind"] for layer in said["three"]["layers"]] == [PROJECTION, CYLINDER, CYLINDER, QUAD]
    assert said["three"]["written"] == 3


def test_cards_and_captions_are_bent_at_two_metres(said):
    _, caption, card, choice = said["three"]["layers"]
    for layer, (width, height), z in ((caption, (1.1, 0.24), -2.5), (card, (0.66, 0.84), -2.0)):
        assert layer["radius"] == 2.0
        assert layer["angle"] * layer["radius"] == pytest.approx(width)
        assert layer["aspect"] == pytest.approx(width / height)
        assert layer["at"][2] == pytest.approx(z + layer["radius"])
    assert choice["size"] == pytest.approx([0.46, 0.14])
    assert choice["at"] == pytest.approx([0.4, 1.3, -1.5])


def test_a_coarse_headset_gets_a_coarse_picture(said):
    """Half the pixels, and half again, rather than aliasing: this one has some three to a degree."""
    assert said["three"]["layers"][3]["px"] == [552 >> 3, 168 >> 3]


def test_moving_and_fading_write_nothing(said):
    choice = said["clearer"]["layers"][3]
    assert said["clearer"]["written"] == said["moved"]["written"] == 3
    assert choice["at"] == pytest.approx([0.1, 1.0, -1.2])
    assert choice["opacity"] == pytest.approx(0.75 if said["moved"]["fades"] else 1.0)


def test_a_runtime_that_fades_nothing_shows_a_sign_once_it_is_half_there(said):
    kinds = [layer["kind"] for layer in said["moved"]["layers"]]
    assert kinds == [PROJECTION, CYLINDER, CYLINDER] + [QUAD] * said["moved"]["fades"]


def test_a_changed_picture_is_written_once(said):
    assert said["lit"]["written"] == 4
    assert [layer["kind"] for layer in said["lit"]["layers"]] == [PROJECTION, CYLINDER, CYLINDER, QUAD]
    assert said["gone"]["layers"] == [{"kind": PROJECTION}]


def test_many_signs_share_a_few_swapchains(said):
    assert said["many"]["plates"] <= 15
    assert len(said["many"]["layers"]) <= 16
    assert said["many"]["errors"] == 0


def test_it_ends_as_it_should(said):
    assert said["closed"]["running"] is False


def test_signs_hang_again_when_the_runtime_has_returned(stopped_runtime):
    stopped_runtime.start()
    client = stopped_runtime.client("outlive", script="signs.py")
    first = client.until("sessions", 1)
    stopped_runtime.kill()
    stopped_runtime.start()
    again = client.until("sessions", 2)
    assert client.end() == 0, "".join(client.errors)
    assert again["absent"] > 0  # while there was no session, they were left to be drawn
    assert again["textures"] <= first["textures"] + 2  # the images of a session that is gone went with it
