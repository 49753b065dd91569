"""Photograph: one picture of a visitor, from a file or from a camera, straight into this process's memory.

A camera is asked by ffmpeg (Video4Linux), which writes one picture into a pipe; nothing of it is ever a file.
"""

import io
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

from showroom.errors import PictureError
from showroom.imagine.picture import read_pixels
from showroom.words.look import CAMERA, Photograph

LONGEST_PX = 768
_WIDEST_PX = 1280             # what ffmpeg gives of a camera's picture
_PATIENCE_S = 12.0            # a camera that wakes up takes a second or three
_WARM_FRAMES = 12             # a camera's first pictures are dark, until it has measured the light
_NEXT = "choose another camera (/dev/video0 is the first), or a file"


def pixels_of(photograph: Photograph) -> np.ndarray:
    """(h, w, 3) uint8 sRGB, at most LONGEST_PX long. Raises PictureError."""
    if photograph.kind == CAMERA:
        return from_camera(photograph.path)
    return read_pixels(Path(photograph.path), LONGEST_PX, upright=True)


def from_camera(device: str) -> np.ndarray:
    """One picture of a Video4Linux device. Raises PictureError if it gives none."""
    if not Path(device).is_char_device():
        raise PictureError(f"photographing with {device}: no camera is there; {_NEXT}")
    return frame_of(["-f", "v4l2", "-i", device], device)


def frame_of(source: list[str], name: str) -> np.ndarray:
    """The first settled picture that ffmpeg reads from a source (its options), called `name` in errors."""
    import imageio_ffmpeg

    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-loglevel", "error", *source,
               "-vf", f"select=gte(n\\,{_WARM_FRAMES}),scale=min({_WIDEST_PX}\\,iw):-2", "-frames:v", "1",
               "-f", "image2pipe", "-c:v", "ppm", "pipe:1"]
    try:
        shot = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise PictureError(f"photographing with {name}: no picture in {_PATIENCE_S:.0f} s; {_NEXT}") from None
    except OSError as error:
        raise PictureError(f"photographing with {name}: ffmpeg cannot be started: {error.strerror}; "
                           "reinstall imageio-ffmpeg") from None
    try:
        picture = Image.open(io.BytesIO(shot.stdout), formats=("PPM",)).convert("RGB")
    except (OSError, ValueError):
        told = shot.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = told[-1][:160] if told else "no picture"
        raise PictureError(f"photographing with {name}: {reason}; {_NEXT}") from None
    picture.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BOX)
    return np.asarray(picture)
