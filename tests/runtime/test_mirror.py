"""The desktop mirror, beside a headset on a real runtime, on an X server without a screen."""


import pytest

from showroom.display.mirror import EVERY_S, middle


@pytest.fixture(scope="module")
def screen(x_screen):
    """A display of its own, and the folder in which its screen can be read."""
    with x_screen((1024, 768)) as (display, folder):
        yield display, str(folder)


@pytest.fixture(scope="module")
def said(runtime, screen) -> dict:
    client = runtime.client("mirror", screen[1], script="frames.py", DISPLAY=screen[0])
    answer = client.until("step", "mirror")
    assert client.end() == 0, "".join(client.errors)
    return answer


def test_what_one_eye_sees_is_on_the_desktop_byte_for_byte(said):
    assert said["pixel"] == [127, 51, 255]


def test_it_is_a_copy_now_and_then_and_leaves_the_rest_as_it_was(said):
    assert 1 <= said["mirrored"] <= min(said["drawn"], said["passed_s"] / EVERY_S + 1)
    assert said["calls"] == {"glDisable": said["mirrored"], "glBlitNamedFramebuffer": said["mirrored"],
                             "glEnable": said["mirrored"]}, "no second drawing"
    assert said["still_encoding"] and said["errors"] == 0


def test_without_an_x_server_it_is_refused_in_one_line(runtime):
    answer = runtime.showroom("run", "--no-wait", "--mirror", "--seconds", "2")
    assert answer.returncode == 3 and answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1 and "neither DISPLAY nor" in answer.stderr, answer.stderr


@pytest.mark.parametrize(("size", "shown", "share", "part"), [
    ((320, 240), (320, 240), 1.0, (0, 0, 320, 240)),
    ((2064, 2208), (960, 720), 1.0, (0, 330, 2064, 1878)),
    ((2000, 1000), (500, 500), 1.0, (500, 0, 1500, 1000)),
    ((2000, 1000), (500, 500), 0.8, (600, 100, 1400, 900)),
])
def test_the_middle_of_the_picture_fills_the_window(size, shown, share, part):
    assert middle(size, shown, share) == part
