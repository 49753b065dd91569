"""What eyes are started with in tests: loaders whose looks are known, or never come."""

import os
import signal
import time
from pathlib import Path

from showroom.errors import PictureError
from showroom.words.look import Garment, Look, Photograph, Region
from showroom.words.scenespec import Colour

LOOK = Look((Garment("outwear", 0.9),), (Region("whole", (Colour("#224466", 1.0),), "plain"),),
            (0.55, 0.1, 0.02, 0.33))


def quick():
    """Sees what LOOK says in any file that is there."""
    def look(photograph: Photograph) -> Look:
        if not Path(photograph.path).exists():
            raise PictureError(f"reading {photograph.path}: no such file; choose another")
        return LOOK

    return look


def blind():
    """Finds nothing in a photo, in a way that nobody thought of."""
    def look(photograph: Photograph) -> Look:
        raise RuntimeError(f"secret {photograph.path}")

    return look


def hung():
    """Never tells."""
    return lambda photograph: time.sleep(600)


def killed():
    """Dies while it looks."""
    return lambda photograph: os.kill(os.getpid(), signal.SIGKILL)


def holding():
    """Holds the whole file in its memory, and never tells."""
    def look(photograph: Photograph) -> None:
        held = Path(photograph.path).read_bytes()
        Path(photograph.path).with_name("held").touch()
        while held:
            time.sleep(1)

    return look


def filming():
    """What ships, but its camera films a test's picture: ffmpeg's own, since no camera need be there."""
    from showroom.imagine.look import photograph

    source = ["-f", "lavfi", "-i", "testsrc=size=640x480:rate=30"]
    photograph.from_camera = lambda device: photograph.frame_of(source, device)
    from showroom.imagine.look.eye import load

    return load()


def leaking():
    """Writes its pixels beside the photo, and opens a socket: what must never be."""
    import socket

    from showroom.imagine.picture import read_pixels

    def look(photograph: Photograph) -> Look:
        path = Path(photograph.path)
        path.with_name("leak.raw").write_bytes(read_pixels(path, 512).tobytes())
        socket.socket(socket.AF_UNIX).close()
        return LOOK

    return look
