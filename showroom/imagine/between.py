"""Between: a spec part of the way from one to another, so that a wish can be followed half."""

import dataclasses
import re
from collections.abc import Mapping

from showroom.imagine.colour import mixed
from showroom.words.scenespec import SceneSpec

_SRGB = re.compile("#[0-9a-f]{6}")


def between(one: SceneSpec, other: SceneSpec, share: float) -> SceneSpec:
    """Numbers and colours `share` of the way (0 is one, 1 the other); names, seed and words are one's.

    What only one of them has is there by so much of its density or level; a surface or an accord too.
    """
    return _between(one, other, share)


def _between(one, other, share: float):
    if isinstance(one, float):
        return one + (other - one) * share
    if isinstance(one, str):
        return mixed(one, other, share) if _SRGB.fullmatch(one) and one != other else one
    if dataclasses.is_dataclass(one):
        values = {field.name: _between(getattr(one, field.name), getattr(other, field.name), share)
                  for field in dataclasses.fields(one)}
        return type(one)(**values)
    if isinstance(one, dict):
        return _between_tables(one, other, share)
    if isinstance(one, tuple):
        return _between_rows(one, other, share)
    return one


def _between_tables(one: Mapping, other: Mapping, share: float) -> dict:
    """By key. A number that is missing is 0; anything else that is missing is as the other has it."""
    mixture = {}
    for key in (*one, *(key for key in other if key not in one)):
        here, there = (table.get(key, 0.0 if isinstance(one.get(key, other.get(key)), float) else
                                 one.get(key, other.get(key))) for table in (one, other))
        mixture[key] = _between(here, there, share)
    return mixture


def _between_rows(one: tuple, other: tuple, share: float) -> tuple:
    """Flora, particles and layers by name, a missing one with nothing of it; other rows in their order."""
    amount = next((key for key in ("density", "level") if one + other and hasattr((one + other)[0], key)), "")
    if not amount:
        return tuple(map(_between, one, other, [share] * len(one))) if len(one) == len(other) else one
    here, there = ({item.name: item for item in rows} for rows in (one, other))
    rows = []
    for name in dict.fromkeys([*here, *there]):
        none = dataclasses.replace(here.get(name) or there[name], **{amount: 0.0})
        rows.append(_between(here.get(name, none), there.get(name, none), share))
    return tuple(row for row in rows if getattr(row, amount) > 0)
