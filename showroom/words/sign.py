"""Sign: words that hang in the air, and the picture that is made of them.

The visit says what is written and where it hangs; a scribe draws it; a headset shows it as a layer of
its own, which keeps it sharp, and every other display as a part of the picture.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from showroom.words.view import Pose

CAPTION, CARD, CHOICE, CURSOR, FILLING = "caption", "card", "choice", "cursor", "filling"
SIZES_M = {CAPTION: (1.1, 0.24), CARD: (0.66, 0.84), CHOICE: (0.46, 0.14), CURSOR: (0.06, 0.06),
           FILLING: (0.15, 0.15)}
"""(width, height) of each kind, made to be seen from two metres."""
CHOSEN = "chosen"
STEPS = 12  # in which a ring fills


@dataclass(frozen=True)
class Writing:
    """What is to be read. Equal writings make equal pictures, so it is the key to its own.

    kind     : "caption" (one sentence), "card" (a product, or what there is to compare), "choice" (to be
               pointed at), "cursor" (a ring without words, where one points), "filling" (a ring that
               fills; its title is how far, "0" to STEPS).
    title    : what stands largest; the sentence of a caption.   lines : below it, each on a line or more.
               A card's first line is the product's kind, a second its description; a line of cells
               divided by tabs is "accent, label, text": what the accent "top", "heart" or "base" draws
               beside, "price" puts at the foot, and "code" shows as a QR code; without accent and label
               the text stands by itself. A choice's line CHOSEN marks what is chosen already.
    language : "en", "zh" or "it": decides the glyphs and where lines break.
    lit      : it is pointed at.
    """

    kind: str
    title: str
    lines: tuple[str, ...] = ()
    language: str = "en"
    lit: bool = False


@dataclass(frozen=True)
class Panel:
    """A writing as a picture.

    pixels : (h, w, 4) uint8, sRGB colour and straight linear alpha, row 0 at the top; as wide to as
             high as SIZES_M has its kind.
    """

    writing: Writing
    pixels: np.ndarray


@dataclass(frozen=True)
class Sign:
    """Where a writing hangs.

    pose   : world_from_sign; its middle, +Z towards who reads it.   opacity : 0 to 1.
    choice : what pointing at it and selecting means, "" for nothing.
    """

    writing: Writing
    pose: Pose
    opacity: float = 1.0
    choice: str = ""


def far_to_near(hung: Sequence[tuple[Panel, Sign]],
                eye: tuple[float, float, float]) -> list[tuple[Panel, Sign]]:
    """Signs in the order in which they cover each other: the farthest first, cursors after everything."""
    def order(one: tuple[Panel, Sign]) -> tuple[bool, float]:
        return one[1].writing.kind == CURSOR, -math.dist(one[1].pose.position, eye)
    return sorted(hung, key=order)
