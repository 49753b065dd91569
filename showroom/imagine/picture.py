"""A photo: its colours and what its thing is made of. The file comes from a stranger: it is bounded,
decoded, and never believed.

Only its pixels are read, and at most how the camera was held; profiles, places and names inside it are not.
"""

import io
import struct
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from showroom.errors import PictureError
from showroom.imagine.colour import clusters, normalised, srgb
from showroom.imagine.matter import Matter, matter_of, subject
from showroom.imagine.photo_material import LONGEST_PX as SAMPLED_PX
from showroom.imagine.photo_material import Sample, sample_of
from showroom.oklab import lab_from_bytes
from showroom.words.scenespec import Colour

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 32 << 20
MOST_PIXELS = 50_000_000
LONGEST_PX = 224  # of a photo's pixels once read
_EDGE_PX = 64
_COLOURS = 5
_BACKGROUND = 0.1  # how much a pixel counts that is of the border's colour
# EXIF 2.32, tag 274: how a stored picture comes upright.
_ORIENTATION = 274
_TURNS = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
          4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
          6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
          8: Image.Transpose.ROTATE_90}
_PAPER = (245, 244, 240)  # what shows through where a picture is transparent
# What decoders raise over bytes that are no picture; running out of memory is one of them.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError, MemoryError,
           struct.error, Image.DecompressionBombError)


@dataclass(frozen=True)
class Photo:
    """What was seen.

    colours : up to five with their shares, the thing's and the vivid ones counting more.
    matter  : what the thing looks to be made of.
    pixels  : (h, w, 3) uint8 sRGB, the longer edge at most 224.
    sample  : a piece of the material that it shows, if it shows one from near.
    """

    colours: tuple[Colour, ...]
    matter: Matter
    pixels: np.ndarray = field(compare=False, repr=False)
    sample: Sample | None = None


def read_photo(path: Path) -> Photo:
    """The first picture of a file.

    Raises PictureError if the file is no JPEG, PNG or WebP, or is larger than 32 MiB or 50 megapixels.
    """
    pixels = read_pixels(path)
    return Photo(main_colours(pixels), matter_of(pixels), pixels, sample_of(read_pixels(path, SAMPLED_PX)))


def main_colours(pixels: np.ndarray) -> tuple[Colour, ...]:
    """Up to five colours of (h, w, 3) uint8 sRGB with their shares."""
    small = Image.fromarray(pixels).resize((_EDGE_PX, _EDGE_PX), Image.Resampling.BOX)
    picture = lab_from_bytes(np.asarray(small))
    counts = np.where(subject(picture), 1.0, _BACKGROUND).reshape(-1)
    points = picture.reshape(-1, 3)
    chroma = np.hypot(points[:, 1], points[:, 2])
    centres, labels = clusters(points, _COLOURS)
    weights = [float(((0.03 + chroma) * counts)[labels == at].sum()) for at in range(len(centres))]
    colours = [Colour(srgb(centre), weight) for centre, weight in zip(centres, weights) if weight > 0]
    strongest = sorted(colours, key=lambda colour: (-colour.weight, colour.srgb))
    return normalised(strongest)


def read_pixels(path: Path, longest_px: int = LONGEST_PX, upright: bool = False) -> np.ndarray:
    """(h, w, 3) uint8 sRGB, at most `longest_px` long. Raises PictureError as `read_photo` does.

    upright : turned as the camera says that it was held (EXIF's orientation, a number from 1 to 8).
    """
    most = f"{MOST_BYTES >> 20} MiB and {MOST_PIXELS // 1_000_000} megapixels"
    accepted = f"{', '.join(FORMATS)} of at most {most} are accepted"
    try:
        if path.exists() and not path.is_file():  # a pipe or a device may never end
            raise PictureError(f"reading {path}: no regular file; {accepted}; choose another file")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise PictureError(f"reading {path}: {size:,} bytes; {accepted}; make it smaller")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of bombs, which are refused below, and of broken metadata
            picture = Image.open(io.BytesIO(path.read_bytes()), formats=FORMATS)
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise PictureError(f"reading {path}: {width}×{height} pixels; {accepted}; make it smaller")
            return _decoded(picture, longest_px, upright)
    except _BROKEN as error:
        reason = getattr(error, "strerror", None) or "no picture that can be decoded"
        raise PictureError(f"reading {path}: {reason}; {accepted}; choose another file") from None


def _decoded(picture: Image.Image, longest_px: int, upright: bool) -> np.ndarray:
    """The first frame on paper, small. JPEG decodes at a fraction of its size where that is enough."""
    width, height = picture.size
    share = min(1.0, longest_px / max(width, height))
    size = max(1, round(width * share)), max(1, round(height * share))
    turn = _TURNS.get(picture.getexif().get(_ORIENTATION)) if upright else None
    picture.draft("RGB", (2 * size[0], 2 * size[1]))
    small = _in_bytes(picture).convert("RGBA").resize(size, Image.Resampling.BOX)
    paper = Image.new("RGBA", size, (*_PAPER, 255))
    flat = Image.alpha_composite(paper, small).convert("RGB")
    return np.asarray(flat if turn is None else flat.transpose(turn))


def _in_bytes(picture: Image.Image) -> Image.Image:
    """A picture of 16 bits a grey in 8; Pillow's own conversion would clip it to white."""
    if not picture.mode.startswith("I"):
        return picture
    return Image.fromarray((np.asarray(picture).clip(0, 65535) >> 8).astype(np.uint8))
