"""Grow: geometry from a SceneSpec, with numpy alone. Places yield their parts most important first."""

import hashlib
from pathlib import Path
from typing import Iterator

from showroom.imagine.grow import rose_garden, seashore
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.hall import grow_hall
from showroom.words.geometry import Geometry
from showroom.words.scenespec import SceneSpec

__all__ = ["GROWN_PLACES", "REVISION", "grow_hall", "grow_place"]

_GROWERS = {
    "rose_garden": rose_garden.grow,
    "seashore": seashore.grow,
}
GROWN_PLACES: tuple[str, ...] = tuple(sorted(_GROWERS))


def _revision() -> str:
    """Digest of this package's sources: geometry grown by other sources is stale."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


REVISION = _revision()


def grow_place(spec: SceneSpec, detail: float = 1.0) -> Iterator[Geometry]:
    """The parts of the spec's main place: ground, plinth and hero first, then near, middle and far.

    detail : 0 to 1, how much there is of it. A place that has no grower yet stands on the seashore's beach.
    """
    name = spec.main_place(_GROWERS) or "seashore"
    yield from _GROWERS[name](spec, Chance(spec.seed, name), max(0.05, min(1.0, detail)))
