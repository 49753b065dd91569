"""Telling: what the show says of the air, as floats, so that another process can tell every channel.

    when this was so (monotonic s) · the room in the world (position, orientation) ·
    for each lead of the rig: wind (3), gust, drift (2), and its quantities
"""

from collections.abc import Sequence
from dataclasses import dataclass

from showroom.words.ambience import Ambience
from showroom.words.rig import Rig, quantity_of
from showroom.words.view import Pose

_HEAD, _WIND = 8, 6


@dataclass(frozen=True)
class Told:
    """since_s: the monotonic time that it is of.   world_from_room: where the real room lies in the world.

    airs : by lead, as much of an ambience as `words.wind` asks for.   values : by (lead, quantity).
    """

    since_s: float
    world_from_room: Pose
    airs: dict[float, Ambience]
    values: dict[tuple[float, str], float]


def floats_of(rig: Rig) -> int:
    """How many floats a telling has."""
    return _HEAD + len(rig.leads_s) * (_WIND + len(rig.quantities))


def packed(rig: Rig, since_s: float, world_from_room: Pose, airs: Sequence[Ambience]) -> list[float]:
    """What the show knows, as floats.   airs : of each of the rig's leads."""
    floats = [since_s, *world_from_room.position, *world_from_room.orientation]
    for air in airs:
        floats += [*air.wind_m_s, air.gust, *air.drift_m]
        floats += [quantity_of(air, name) for name in rig.quantities]
    return floats


def unpacked(rig: Rig, floats: Sequence[float]) -> Told:
    """What was packed for the same rig."""
    airs, values, at = {}, {}, _HEAD
    for lead_s in rig.leads_s:
        x, y, z, gust, drift_x, drift_z = floats[at:at + _WIND]
        airs[lead_s] = Ambience((x, y, z), gust, drift_m=(drift_x, drift_z))
        at += _WIND
        for name in rig.quantities:
            values[lead_s, name] = floats[at]
            at += 1
    return Told(floats[0], Pose(tuple(floats[1:4]), tuple(floats[4:8])), airs, values)
