"""Examine: one photo's pixels → Look. Only what is worn is told, and nothing else is worked out."""

from collections.abc import Sequence

import numpy as np

from showroom.imagine.look.cloth import colours_of, pattern_of
from showroom.imagine.matter import subject
from showroom.imagine.sights import season_worn
from showroom.oklab import lab_from_bytes
from showroom.words.look import GARMENTS, Garment, Look, Region

# What can be worn where: the rest is not looked for there.
WORN = {"upper": ("dress", "longsleeve", "outwear", "shirt", "t-shirt"),
        "lower": ("dress", "pants", "shorts", "skirt")}
_MOST_EACH = 2       # garments told of a region
_LEAST_SURE = 0.15   # besides the likeliest
_MIDDLE = (0.55, 0.4)  # of half the height and the width
_LEAST_SEEN = 0.3
_DIGITS = 3


def examine(pixels: np.ndarray, garments, body=None) -> Look:
    """What is worn in a photo.

    pixels   : (h, w, 3) uint8 sRGB.
    garments : `garments.Garments`.   body: `body.Body`, or None: the whole photo counts.
    """
    parts = body.parts(pixels) if body is not None else {}
    if not parts:
        sure = garments.tell(pixels)
        return _look([("whole", sure)], [_region("whole", pixels, _middle(pixels))])
    seen = [(name, _possible(garments.tell(part.picture), name)) for name, part in parts.items()]
    return _look(seen, [_region(name, pixels, part.inside) for name, part in parts.items()])


def _look(seen: Sequence[tuple[str, np.ndarray]], regions: Sequence[Region]) -> Look:
    told = [Garment(GARMENTS[at], float(np.round(sure[at], _DIGITS)), region)
            for region, sure in seen for rank, at in enumerate(np.argsort(-sure, kind="stable")[:_MOST_EACH])
            if rank == 0 or sure[at] >= _LEAST_SURE]
    season = np.round(season_worn(np.mean([sure for _, sure in seen], axis=0)), _DIGITS)
    season[int(season.argmax())] += 1 - season.sum()
    told.sort(key=lambda one: (-one.confidence, one.name))
    return Look(tuple(told), tuple(regions), tuple(float(np.round(share, _DIGITS)) for share in season))


def _region(name: str, pixels: np.ndarray, inside: np.ndarray) -> Region:
    return Region(name, colours_of(pixels, inside), pattern_of(pixels, inside))


def _middle(pixels: np.ndarray) -> np.ndarray:
    """(h, w) bool: what stands out from the photo's border and lies round its middle, where a garment is."""
    down, across = (np.linspace(-1, 1, length) for length in pixels.shape[:2])
    middle = (down[:, None] / _MIDDLE[0]) ** 2 + (across[None] / _MIDDLE[1]) ** 2 < 1
    inside = middle & subject(lab_from_bytes(pixels))
    return inside if inside.sum() > _LEAST_SEEN * middle.sum() else middle


def _possible(sure: np.ndarray, region: str) -> np.ndarray:
    """The probabilities of what can be worn there, made to sum to 1."""
    kept = np.where([name in WORN[region] for name in GARMENTS], sure, 0.0)
    return kept / max(float(kept.sum()), 1e-9)

