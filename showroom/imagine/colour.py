"""Colours of a spec: sRGB text, and mixing where it looks even, in OKLab (see `showroom.oklab`)."""

from collections.abc import Sequence

import numpy as np

from showroom.oklab import LAB_FROM_ROOT, LMS_FROM_LINEAR, lab
from showroom.srgb import srgb_from_linear
from showroom.words.scenespec import Colour

_LINEAR_FROM_LMS = np.linalg.inv(LMS_FROM_LINEAR)
_ROOT_FROM_LAB = np.linalg.inv(LAB_FROM_ROOT)
_ROUNDS = 12  # of clustering
_SAME = 0.055  # OKLab distance below which two colours of a smell count as one


def srgb(lab_colour: np.ndarray) -> str:
    """ "#rrggbb" of (3,) OKLab, clipped to what sRGB can show."""
    linear = np.clip(((lab_colour @ _ROOT_FROM_LAB.T) ** 3) @ _LINEAR_FROM_LMS.T, 0, 1)
    return "#" + bytes(np.rint(srgb_from_linear(linear) * 255).astype(np.uint8)).hex()


def mixed(one: str, other: str, share: float) -> str:
    """`share` 0 gives one, 1 the other."""
    return srgb(lab(one) * (1 - share) + lab(other) * share)


def tinted(base: str, towards: str, share: float) -> str:
    """`base` with its hue and chroma moved towards another colour's, its lightness almost kept.

    What things are made of decides how light they are; a scent only colours them.
    """
    start, end = lab(base), lab(towards)
    return srgb(start + (end - start) * np.array([0.25, 1.0, 1.0]) * share)


def mean(colours: Sequence[Colour]) -> str:
    """The weighted mean of some colours."""
    weights = np.array([colour.weight for colour in colours])
    return srgb(weights @ np.array([lab(colour.srgb) for colour in colours]) / weights.sum())


def blended(colours: Sequence[Colour]) -> str:
    """Their mean with the chroma they have on average: mixed by eye, where paint would go grey."""
    weights = np.array([colour.weight for colour in colours]) / sum(colour.weight for colour in colours)
    labs = np.array([lab(colour.srgb) for colour in colours])
    middle = weights @ labs
    chroma, wanted = np.hypot(*middle[1:]), weights @ np.hypot(labs[:, 1], labs[:, 2])
    if chroma > 0.01:
        middle[1:] *= wanted / chroma
    return srgb(middle)


def gathered(colours: Sequence[Colour], most: int) -> tuple[Colour, ...]:
    """The same colours with near ones joined, the strongest `most` of them, weights summing to 1."""
    kept: list[tuple[str, np.ndarray, float]] = []
    for colour in sorted(colours, key=lambda item: (-item.weight, item.srgb)):
        here = lab(colour.srgb)
        apart = [np.linalg.norm(here - other) for _, other, _ in kept]
        near = next((at for at, distance in enumerate(apart) if distance < _SAME), None)
        if near is None:
            kept.append((colour.srgb, here, colour.weight))
        else:
            name, other, weight = kept[near]
            kept[near] = (name, other, weight + colour.weight)
    kept = sorted(kept, key=lambda item: (-item[2], item[0]))[:most]
    return normalised(tuple(Colour(name, weight) for name, _, weight in kept))


def nearest(srgb: str, others: Sequence[str]) -> str:
    """The colour of `others` that looks most like `srgb`."""
    here = lab(srgb)
    return min(others, key=lambda other: (float(np.linalg.norm(lab(other) - here)), other))


def normalised(colours: Sequence[Colour]) -> tuple[Colour, ...]:
    """Weights rounded to four decimals that sum to exactly 1."""
    total = sum(colour.weight for colour in colours)
    weights = [round(colour.weight / total, 4) for colour in colours]
    weights[0] = round(weights[0] + 1 - sum(weights), 4)
    return tuple(Colour(colour.srgb, weight) for colour, weight in zip(colours, weights))


def clusters(points: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    """(most, 3) centres and (n,) labels: k-means in OKLab, started from points that lie farthest apart.

    Source: Lloyd 1982; the start is Gonzalez 1985, so there is no chance in it.
    """
    centres = [points.mean(axis=0)]
    for _ in range(most - 1):
        distance = np.min([((points - centre) ** 2).sum(1) for centre in centres], axis=0)
        centres.append(points[int(distance.argmax())])
    centres = np.array(centres)
    for _ in range(_ROUNDS):
        labels = ((points[:, None, :] - centres[None]) ** 2).sum(2).argmin(1)
        centres = np.array([points[labels == at].mean(0) if (labels == at).any() else centre
                            for at, centre in enumerate(centres)])
    return centres, labels
