"""Joined: parts that wear the same thing and stand where they were grown become one part, for a part is a draw."""

from dataclasses import replace
from typing import Iterable, Iterator

import numpy as np

from showroom.imagine.grow.scatter import one
from showroom.words.geometry import Geometry

_STANDING = one().tobytes()


def joined(parts: Iterable[Geometry]) -> Iterator[Geometry]:
    """The same triangles in fewer parts: what stands alone joins the first that wears its material.

    A joined part keeps the first one's name and all their lights. What comes in many instances, or with a
    layer of the smell, stays itself.
    """
    kept: dict[object, list[Geometry]] = {}
    for index, part in enumerate(parts):
        alone = part.instances.tobytes() == _STANDING and not part.layer and not part.product_id
        kept.setdefault((part.material, part.casts_shadow) if alone else index, []).append(part)
    for same in kept.values():
        yield same[0] if len(same) == 1 else _one_of(same)


def _one_of(parts: list[Geometry]) -> Geometry:
    starts = np.cumsum([0] + [len(part.vertices) for part in parts[:-1]])
    indices = np.concatenate([part.indices + np.uint32(start) for part, start in zip(parts, starts)])
    return replace(parts[0], vertices=np.concatenate([part.vertices for part in parts]),
                   indices=indices.astype(np.uint32), lights=tuple(light for part in parts for light in part.lights))
