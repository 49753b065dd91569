"""Pictures: a model's images, bounded and decoded, each at the size that all its maps have.

PNG, JPEG and WebP are read by Pillow. Source: glTF 2.0, section 3.8.2, and EXT_texture_webp.
"""

import io
import struct
import warnings

import numpy as np
from PIL import Image

from showroom.imagine.gltf.buffers import Buffers
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.refusal import Refusal, pointer

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 36_000_000
_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"RIFF": "WEBP"}
_KTX2 = b"\xabKTX 20\xbb"
_ACCEPTED = f"PNG, JPEG or WebP of at most {MOST_PIXELS // 1_000_000} megapixels"
# What decoders raise over bytes that are no picture.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, TypeError, struct.error,
           Image.DecompressionBombError)


class Pictures:
    """A document's images. Making it opens the head of each; Raises Refusal for one that is broken or too large."""

    def __init__(self, document: Document, buffers: Buffers):
        self._document = document
        self._bytes = [self._found(at, image, buffers) for at, image in enumerate(document.list("images"))]
        self._kept: dict[tuple[int, int], np.ndarray] = {}
        for at in range(len(self._bytes)):
            if self._bytes[at] is not None:
                self._opened(at)

    def can_read(self, at: int) -> bool:
        """Whether the image of that number is there and of a kind that is read."""
        return self._bytes[at] is not None

    def rgba(self, at: int, size_px: int) -> np.ndarray:
        """(size_px, size_px, 4) uint8, as stored; grey is grey, and opaque what has no alpha. Raises Refusal."""
        if (at, size_px) not in self._kept:
            picture = self._opened(at)
            try:
                picture.draft("RGB", (size_px, size_px))
                self._kept[at, size_px] = _sized(picture, size_px)
            except _BROKEN as error:
                raise _refusal(at, error) from None
        return self._kept[at, size_px]

    def _found(self, at: int, image: dict, buffers: Buffers) -> memoryview | None:
        """Its bytes; None, and told, where they are elsewhere or of another kind."""
        where = pointer("images", at)
        if "bufferView" in image:
            content = buffers.view(image["bufferView"])
        else:
            content = buffers.file(image["uri"], f"{where}/uri") if "uri" in image else None
        if content is None:
            return None
        begins = bytes(content[:8])
        if not any(begins.startswith(beginning) for beginning in _BEGINNINGS):
            kind = "KTX2" if begins == _KTX2 else "of another kind"
            self._document.tell(f"{where} is {kind} and is left out; PNG, JPEG and WebP are read")
            return None
        return content

    def _opened(self, at: int) -> Image.Image:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of bombs, which are refused here, and of broken metadata
                picture = Image.open(io.BytesIO(self._bytes[at]), formats=FORMATS)
        except _BROKEN as error:
            raise _refusal(at, error) from None
        if picture.width * picture.height > MOST_PIXELS:
            raise Refusal(pointer("images", at), f"{picture.width}×{picture.height} pixels", _ACCEPTED)
        return picture


def _refusal(at: int, error: Exception) -> Refusal:
    return Refusal(pointer("images", at), f"a picture that cannot be decoded ({type(error).__name__})", _ACCEPTED)


def _sized(picture: Image.Image, size_px: int) -> np.ndarray:
    """Colour and alpha each for itself: what is transparent keeps its colour, for alpha may mean something else."""
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits of grey: Pillow's own way would clip them
        grey = (np.asarray(picture).astype(np.float64).clip(0, 65535) / 257).astype(np.uint8)
        picture = Image.fromarray(grey)
    planes = picture.convert("RGBA").split()
    size = (size_px, size_px)
    way = Image.Resampling.BOX if min(picture.size) > size_px else Image.Resampling.BICUBIC
    shrunk = [plane if picture.size == size else plane.resize(size, way, reducing_gap=3.0) for plane in planes]
    return np.stack([np.asarray(plane) for plane in shrunk], axis=-1)
