"""Assay: what is measured of a finished surface, and the limits beyond which it may not be shown."""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image as Picture

from showroom.oklab import lab, lab_from_linear
from showroom.srgb import linear_from_srgb, srgb_from_linear
from showroom.words.image import COLOR, SKY, Image
from showroom.words.scenespec import SceneSpec, Surface

THUMBNAIL_PX = 96
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)  # luminance of linear Rec. 709, ITU-R BT.709-6

# The most that a figure may be; a test paints everything there is against them.
LIMITS = {"seam": 1.1, "pole": 0.03, "clipped": 0.01, "palette": 0.04}
# Petals on soil and foam on water are not part of the colour asked for.
_LITTERED = {"soil_petals": 0.06, "water": 0.03}
_WORDS = {"seam": "shows its seam", "pole": "is pinched at a pole", "clipped": "is clipped",
          "palette": "is not of the colour asked for"}


@dataclass(frozen=True)
class Assay:
    """One surface's figures; None where a figure has no meaning.

    seam    : mean step across the edge ÷ the largest mean step between neighbouring rows inside.
    pole    : mean step along the rows at the poles ÷ their mean (skies).
    clipped : share of values that stand at an end of their range, or are no number.
    palette : OKLab distance of the mean colour to the spec's.
    thumbnail : PNG, THUMBNAIL_PX high, in base64.   faults : one line for each figure beyond its limit.
    """

    surface: str
    painter: str
    size_px: int
    seam: float | None
    pole: float | None
    clipped: float
    palette: float | None
    thumbnail: str
    faults: tuple[str, ...]


class Assayer:
    """Sees a place's images go by and keeps the finest level of every surface's picture."""

    def __init__(self):
        self._bands: dict[str, dict[int, np.ndarray]] = {}

    def see(self, image: Image) -> None:
        """Notes an image, if it is a band of what one sees of a surface."""
        if image.level == 0 and image.map in (COLOR, SKY):
            self._bands.setdefault(image.surface, {})[image.row] = image.pixels

    def assays(self, spec: SceneSpec) -> Iterator[Assay]:
        """The figures of everything seen."""
        for surface, bands in self._bands.items():
            pixels = np.concatenate([bands[row] for row in sorted(bands)])
            yield assay(surface, spec.surfaces[surface], pixels)


def assay(name: str, surface: Surface, pixels: np.ndarray) -> Assay:
    """Figures of one surface.

    pixels : (h, w, 4), uint8 sRGB with linear height or alpha; or, for a sky, float16 linear radiance.
    """
    figures = _of_sky(pixels) if pixels.dtype == np.float16 else _of_picture(name, surface, pixels)
    faults = tuple(_faults(name, surface, figures))
    return Assay(name, surface.painter, pixels.shape[0], **figures, thumbnail=_thumbnail(pixels, name == "sprites"),
                 faults=faults)


def _of_sky(pixels: np.ndarray) -> dict[str, float | None]:
    sky = pixels[..., :3].astype(np.float32)
    clipped = float((~np.isfinite(sky) | (sky < 0) | (sky >= 60_000)).mean())
    sky = np.nan_to_num(sky)
    poles = [np.abs(np.diff(sky[row], axis=0)).mean() / max(sky[row].mean(), 1e-6) for row in (0, -1)]
    return {"seam": _seam(sky, axes=(1,)), "pole": float(max(poles)), "clipped": clipped, "palette": None}


def _of_picture(name: str, surface: Surface, pixels: np.ndarray) -> dict[str, float | None]:
    color = pixels[..., :3]
    if name == "sprites":  # an atlas does not tile, and has many colours
        shown = color[pixels[..., 3] > 0]
        return {"seam": None, "pole": None, "clipped": float((shown == 255).mean()), "palette": None}
    mean = linear_from_srgb(color / 255.0).mean(axis=(0, 1))
    apart = np.linalg.norm(lab_from_linear(mean) - lab(surface.srgb))
    clipped = float(((color == 0) | (color == 255)).mean())
    return {"seam": _seam(color.astype(np.float32), axes=(0, 1)), "pole": None, "clipped": clipped,
            "palette": float(apart)}


def _seam(values: np.ndarray, axes: tuple[int, ...]) -> float:
    worst = 0.0
    for axis in axes:
        inside = np.abs(np.diff(values, axis=axis)).mean(axis=(1 - axis, 2)).max()
        across = np.abs(np.take(values, 0, axis) - np.take(values, -1, axis)).mean()
        worst = max(worst, float(across / max(inside, 1e-6)))
    return worst


def _faults(name: str, surface: Surface, figures: dict[str, float | None]) -> Iterator[str]:
    for figure, value in figures.items():
        most = LIMITS[figure] + (_LITTERED.get(surface.painter, 0.0) if figure == "palette" else 0.0)
        if value is not None and not value <= most:
            yield (f"the surface {name} painted by {surface.painter} {_WORDS[figure]}: {figure} {value:.3f}; "
                   f"at most {most:.3g} is accepted; change its colours or its painter")


def _thumbnail(pixels: np.ndarray, atlas: bool) -> str:
    """The picture made small; a sky at the exposure that shows its mean as middle grey."""
    if pixels.dtype == np.float16:
        sky = np.nan_to_num(pixels[..., :3].astype(np.float32), posinf=0.0, neginf=0.0)
        exposed = sky * (0.18 / max(float((sky @ _WEIGHTS).mean()), 1e-6))
        picture = Picture.fromarray(_bytes(srgb_from_linear(exposed / (1 + exposed))))
    else:
        picture = Picture.fromarray(np.ascontiguousarray(pixels if atlas else pixels[..., :3]))
    width = THUMBNAIL_PX * picture.width // picture.height
    file = io.BytesIO()
    picture.resize((width, THUMBNAIL_PX), Picture.Resampling.BOX).save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode()


def _bytes(unit: np.ndarray) -> np.ndarray:
    return np.rint(np.clip(unit, 0.0, 1.0) * 255).astype(np.uint8)
