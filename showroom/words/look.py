"""Look: what a visitor wears, as far as a recommendation needs it, and what asks for it and ends it.

Of the person there is nothing here: no face, age, gender or emotion, no features of a network, no pixels.
"""

import dataclasses
import math
import re
from dataclasses import dataclass

from showroom.errors import PictureError
from showroom.words.scenespec import Colour
from showroom.words.vocabulary import SEASONS

GARMENTS = ("dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt")
REGIONS = ("whole", "upper", "lower")
PATTERNS = ("plain", "striped", "checked", "printed")
FILE, CAMERA = "file", "camera"

_MOST_COLOURS, _MOST_LETTERS = 5, 400
_SRGB = re.compile(r"#[0-9a-f]{6}\Z")


@dataclass(frozen=True)
class Photograph:
    """Where one picture comes from. kind: FILE or CAMERA. path: of the file, or of the camera's device."""

    kind: str
    path: str


@dataclass(frozen=True)
class Garment:
    """name: one of GARMENTS. confidence: 0 to 1, calibrated. region: of REGIONS, where it is worn."""

    name: str
    confidence: float
    region: str = "whole"


@dataclass(frozen=True)
class Region:
    """A part of what is worn. name: of REGIONS. colours: up to five, strongest first, shares that sum to 1.

    pattern: of PATTERNS.
    """

    name: str
    colours: tuple[Colour, ...]
    pattern: str


@dataclass(frozen=True)
class Look:
    """garments: the likeliest first, at least one.

    regions : at least one; "whole" alone where no body was told apart.
    season  : shares of SEASONS, in their order, of when all this is worn.
    """

    garments: tuple[Garment, ...]
    regions: tuple[Region, ...]
    season: tuple[float, float, float, float]

    @property
    def colours(self) -> tuple[Colour, ...]:
        """Of all that is worn, in equal parts of the regions; strongest first, shares that sum to 1."""
        share = 1 / len(self.regions)
        every = [Colour(one.srgb, one.weight * share) for region in self.regions for one in region.colours]
        return tuple(sorted(every, key=lambda one: (-one.weight, one.srgb)))

    def to_plain(self) -> dict:
        """For JSON."""
        return dataclasses.asdict(self)

    @staticmethod
    def from_plain(plain: object) -> "Look":
        """From `to_plain`'s. Raises PictureError for anything else."""
        try:
            look = Look(tuple(Garment(**one) for one in plain["garments"]),
                        tuple(_region(one) for one in plain["regions"]), tuple(plain["season"]))
            wrong = _wrong(look)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            wrong = f"{type(error).__name__} {error}"
        if wrong:
            told = " ".join(wrong.split())[:120]
            raise PictureError(f"reading a look: {told}; what `Look.to_plain` gives is accepted; look again")
        return look


@dataclass(frozen=True)
class Unseen:
    """There is no look: the file is no photo, the camera is not there, what looked was lost.

    reason: one line, for staff; a visitor is told kindly that it did not work, and may go on without.
    """

    reason: str


@dataclass(frozen=True)
class Wiped:
    """The receipt: the process that held the photo has ended, and its memory has gone back to the system.

    pid: the process's.   looked: whether it had been given a photo at all.
    """

    pid: int
    looked: bool


def _region(plain: dict) -> Region:
    return Region(plain["name"], tuple(Colour(**one) for one in plain["colours"]), plain["pattern"])


def _wrong(look: Look) -> str:
    """What does not hold, "" if all does."""
    garments_hold = look.garments and all(
        one.name in GARMENTS and one.region in REGIONS and _is_share(one.confidence) for one in look.garments)
    regions_hold = look.regions and all(
        one.name in REGIONS and one.pattern in PATTERNS and 0 < len(one.colours) <= _MOST_COLOURS
        and all(_SRGB.match(colour.srgb) and _is_share(colour.weight) for colour in one.colours)
        for one in look.regions)
    if not garments_hold:
        return f"garments {look.garments}"
    if not regions_hold:
        return f"regions {look.regions}"
    season_holds = (len(look.season) == len(SEASONS) and all(map(_is_share, look.season))
                    and abs(math.fsum(look.season) - 1) < 1e-2)
    return "" if season_holds else f"season {look.season}"


def _is_share(number: float) -> bool:
    return isinstance(number, (int, float)) and 0.0 <= number <= 1.0
