"""What a visitor's eyes get: the picture that a real compositor makes of the scene and its signs.

Monado's full compositor draws on a software Vulkan driver into a window of a private X server, whose
frame buffer is a file. The headset has no lenses, so each half of the window is one eye's field of view.
"""

import struct
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

PATIENCE_S = 60.0
SIZE = (960, 540)  # half of what the headset asks for
COLORS = {"choice": (255, 0, 0), "caption": (0, 255, 0), "card": (0, 0, 255), "before": (255, 255, 0)}


@pytest.fixture(scope="module")
def screen(x_screen):
    """A display and the file its frame buffer lies in."""
    with x_screen(SIZE) as (display, folder):
        yield display, folder / "Xvfb_screen0"


@pytest.fixture(scope="module")
def seen(launchers, runtime_kind, screen, tmp_path_factory) -> tuple[np.ndarray, dict]:
    """(2, 540, 480, 3) uint8, the two eyes' composited pictures, and what the client says is where."""
    if not launchers.through:
        pytest.skip("no prefix from scripts/openxr_runtime: the compositor is started from there")
    display, file = screen
    full = ("XRT_COMPOSITOR_NULL=0", "XRT_COMPOSITOR_FORCE_XCB=1", "XRT_COMPOSITOR_SCALE_PERCENTAGE=50", f"DISPLAY={display}")
    runtime = runtime_kind(replace(launchers, runtime=[*launchers.runtime, *full]), tmp_path_factory.mktemp("full") / "runtime")
    try:
        runtime.start()
        client = runtime.client("stand", str(runtime.port), script="signs.py")
        said = client.until("step", "stands")
        picture = composited(file, lambda eyes: all(spots(eyes, name).any() for name in COLORS))
        assert client.end() == 0, "".join(client.errors)
        return picture, said
    finally:
        runtime.stop()


def composited(file: Path, ready: Callable[[np.ndarray], bool]) -> np.ndarray:
    """The eyes' pictures once two looks in a row agree and show what is waited for."""
    deadline, before = time.monotonic() + PATIENCE_S, None
    while time.monotonic() < deadline:
        picture = read_xwd(file)
        if before is not None and (picture == before).all() and ready(picture):
            return picture
        before = picture
        time.sleep(0.2)
    raise AssertionError("the compositor never showed what was handed to it")


def read_xwd(file: Path) -> np.ndarray:
    """(2, h, w, 3) uint8 of a 24-bit X window dump. Source: X11/XWDFile.h, 25 big-endian words, then the colour map."""
    raw = file.read_bytes()
    header = struct.unpack(">25I", raw[:100])
    begins, width, height, row_bytes, colors = header[0], header[4], header[5], header[12], header[19]
    rows = np.frombuffer(raw, np.uint8, height * row_bytes, begins + 12 * colors).reshape(height, row_bytes // 4, 4)
    return np.stack(np.split(rows[:, :width, 2::-1], 2, axis=1))


def spots(eyes: np.ndarray, name: str) -> np.ndarray:
    """Which pixels have a sign's colour."""
    return (np.abs(eyes.astype(int) - COLORS[name]) < 40).all(axis=-1)


def edges_px(mask: np.ndarray) -> np.ndarray:
    """Left, top, right, bottom of what is true."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return np.array([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1])


def expected_px(said: dict, name: str) -> np.ndarray:
    """(2, 4) edges of a sign in each eye's picture."""
    return np.array(said["signs"][name]) * [SIZE[0] / 2, SIZE[1], SIZE[0] / 2, SIZE[1]]


@pytest.mark.parametrize("name", ["choice", "before"])
def test_a_quad_is_seen_where_it_hangs(seen, name):
    eyes, said = seen
    for mask, expected in zip(spots(eyes, name), expected_px(said, name), strict=True):
        assert np.abs(edges_px(mask) - expected).max() <= 1.5


def test_parallax_is_right_to_a_pixel(seen):
    eyes, said = seen
    for name in ("choice", "before"):
        left, right = (edges_px(mask)[[0, 2]].mean() for mask in spots(eyes, name))
        expected = np.subtract(*expected_px(said, name))[[0, 2]].mean()
        assert abs(left - right - expected) <= 1.0
        assert left - right > 5


def test_a_bent_caption_hangs_about_where_a_flat_one_would(seen):
    eyes, said = seen
    for mask, expected in zip(spots(eyes, "caption"), expected_px(said, "caption"), strict=True):
        found = edges_px(mask)
        assert np.abs((found[:2] + found[2:]) / 2 - (expected[:2] + expected[2:]) / 2).max() <= 3.0
        assert abs(found[2] - found[0] - (expected[2] - expected[0])) <= 0.03 * (expected[2] - expected[0]) + 2


def test_the_nearer_sign_covers_the_farther_one(seen):
    eyes, said = seen
    for eye, card, before in zip(eyes, expected_px(said, "card"), expected_px(said, "before"), strict=True):
        both = [max(card[0], before[0]), max(card[1], before[1]), min(card[2], before[2]), min(card[3], before[3])]
        x, y = int((both[0] + both[2]) / 2), int((both[1] + both[3]) / 2)
        assert (np.abs(eye[y, x].astype(int) - COLORS["before"]) < 40).all()


def test_the_scene_is_seen_beside_its_signs(seen):
    eyes, said = seen
    for eye, share in zip(eyes, said["dot"], strict=True):
        x, y = int(share[0] * eye.shape[1]), int(share[1] * eye.shape[0])
        assert eye[y, x].min() > 200
