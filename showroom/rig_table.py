"""The table [air] of a configuration as a Rig; what cannot be meant is refused with its line.

    [[air.universe]]  number, address, priority          [[air.osc]]  name, host, port
    [[air.channel]]   name, quantity, curve, least, most, universe, slot, fine, osc, to, lead_s, duty, duty_over_s,
                      place_m, from_deg
"""

import difflib
import ipaddress
import math
import re
import tomllib
from collections.abc import Mapping

from showroom.errors import InputError
from showroom.words.rig import (
    LONGEST_LEAD_S, QUANTITIES, SCENTS, SLOTS, UNIVERSES, WIND, Channel, Osc, Rig, Universe,
)

SCENT_DEFAULTS = {"lead_s": 1.5, "duty": 0.3}  # how long a scent takes to the nose, and how long it may flow
MOST_POINTS = 32


def is_number(value: object, low: float = -math.inf, high: float = math.inf) -> bool:
    """Whether it is a finite number within bounds."""
    return type(value) in (int, float) and math.isfinite(value) and low <= value <= high


def line_of(text: str, *path: str | int) -> int:
    """The line, counted from 1, on which what `path` leads to begins in a TOML text; 1 if it is not there.

    What stands before a line parses without it, and with it: so the line is found however it is written.
    """
    lines = text.splitlines()
    begins = 1
    for number in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("\n".join(lines[:number]))
        except ValueError:
            continue
        if _holds(table, path):
            return begins
        begins = number + 1
    return 1


def _holds(table: object, path: tuple) -> bool:
    for key in path:
        try:
            table = table[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def rig(table: object, source: str, text: str) -> Rig:
    """A Rig from the table `air` of a TOML text. Raises InputError with file, line and what is accepted."""
    def refused(path: tuple, what: str, accepted: str) -> InputError:
        return InputError(f"{source}, line {line_of(text, 'air', *path)}: {what}; {accepted}; correct that line")

    if not isinstance(table, dict) or not set(table) <= {"universe", "osc", "channel"}:
        unknown = sorted(set(table) - {"universe", "osc", "channel"})[:1] if isinstance(table, dict) else []
        raise refused(tuple(unknown), f"air{''.join(f'.{key}' for key in unknown)} is not known",
                      "[[air.universe]], [[air.osc]] and [[air.channel]] are accepted")
    universes = tuple(Universe(**given) for given in _rows(table, "universe", _UNIVERSE, {"number"}, refused))
    oscs = tuple(Osc(**given) for given in _rows(table, "osc", _OSC, {"name", "host", "port"}, refused))
    rows = _rows(table, "channel", _CHANNEL, {"name", "quantity"}, refused)
    _check_once("universe", "number", [one.number for one in universes], refused)
    _check_once("osc", "name", [one.name for one in oscs], refused)
    _check_once("channel", "name", [row["name"] for row in rows], refused)
    channels = [_channel(at, row, universes, oscs, refused) for at, row in enumerate(rows)]
    _check_overlaps(channels, refused)
    return Rig(universes, oscs, tuple(channels))


def _rows(table: Mapping, kind: str, known: Mapping, needed: set[str], refused) -> list[dict]:
    """The tables of one kind, every key of them checked by itself."""
    rows = table.get(kind, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refused((kind,), f"air.{kind} is {rows!r}", f"tables that begin with [[air.{kind}]] are accepted")
    for at, row in enumerate(rows):
        for key, value in row.items():
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1)
                raise refused((kind, at, key), f"{kind} {at + 1} has an unknown key {key!r}",
                              f"{', '.join(known)} are accepted" + (f" (did you mean {near[0]!r}?)" if near else ""))
            accepted, fits = known[key]
            if not fits(value):
                raise refused((kind, at, key), f"{kind} {at + 1} has {key} = {value!r}", f"{accepted} is accepted")
        for key in sorted(needed - set(row)):
            raise refused((kind, at), f"{kind} {at + 1} has no {key}", f"{known[key][0]} is wanted")
    return rows


def _channel(at: int, row: dict, universes, oscs, refused) -> Channel:
    """One channel, its keys checked against each other."""
    given = {"curve": [[0, 0], [1, 1]], **(SCENT_DEFAULTS if row["quantity"] in SCENTS else {}), **row}
    if not (("universe" in row and "slot" in row) or "osc" in row):
        raise refused(("channel", at), f"channel {row['name']!r} goes nowhere",
                      "universe and slot are wanted, or osc, or both")
    if ("universe" in row) != ("slot" in row):
        raise refused(("channel", at), f"channel {row['name']!r} has only one of universe and slot",
                      "both are wanted")
    numbers = [one.number for one in universes]
    if row.get("universe", 0) and row["universe"] not in numbers:
        raise refused(("channel", at, "universe"), f"universe {row['universe']} is not known",
                      f"one of [[air.universe]] is accepted: {', '.join(map(str, numbers)) or 'there is none'}")
    if row.get("fine") and row.get("slot") == SLOTS:
        raise refused(("channel", at, "slot"), f"a fine channel at slot {SLOTS}",
                      f"1 to {SLOTS - 1} is accepted: it takes two")
    names = [one.name for one in oscs]
    given["to"] = _receiver(at, row, names, refused) if "osc" in row else ""
    for key, only in (("place_m", WIND), ("from_deg", WIND)):
        if key in row and row["quantity"] != only:
            raise refused(("channel", at, key), f"{key} of a channel that follows {row['quantity']!r}",
                          f"it is accepted where the quantity is {only!r}")
    if given.get("least", 0.0) > given.get("most", 1.0):
        raise refused(("channel", at, "least"), f"least {given['least']} above most {given.get('most', 1.0)}",
                      "least up to most is accepted")
    whole = {key: float(value) if type(value) is int and key not in ("universe", "slot") else value
             for key, value in given.items()}
    whole["curve"] = tuple((float(x), float(y)) for x, y in given["curve"])
    if "place_m" in given:
        whole["place_m"] = tuple(map(float, given["place_m"]))
    return Channel(**whole)


def _receiver(at: int, row: dict, names: list[str], refused) -> str:
    to = row.get("to", names[0] if len(names) == 1 else None)
    if to not in names:
        raise refused(("channel", at, "to" if "to" in row else "osc"),
                      f"channel {row['name']!r} goes to {'no one in particular' if to is None else repr(to)}",
                      f"the name of one of [[air.osc]] is accepted: {', '.join(names) or 'there is none'}")
    return to


def _check_once(kind: str, key: str, values: list, refused) -> None:
    for at, value in enumerate(values):
        if value in values[:at]:
            raise refused((kind, at, key), f"{key} {value!r} stands twice among [[air.{kind}]]",
                          "each once is accepted")


def _check_overlaps(channels: list[Channel], refused) -> None:
    """No two channels on one slot, or at one address."""
    taken: dict[tuple, str] = {}
    for at, channel in enumerate(channels):
        slots = [] if not channel.slot else [channel.slot, channel.slot + 1][:1 + channel.fine]
        places = [(channel.universe, slot) for slot in slots] + ([(channel.to, channel.osc)] if channel.osc else [])
        for place in places:
            if place in taken:
                raise refused(("channel", at, "slot" if isinstance(place[0], int) else "osc"),
                              f"channel {channel.name!r} overlaps {taken[place]!r} at {place[0]}, {place[1]}",
                              "each slot and each address once is accepted")
            taken[place] = channel.name


def _is_curve(value: object) -> bool:
    points = value if isinstance(value, list) and 2 <= len(value) <= MOST_POINTS else []
    if not points or not all(isinstance(point, list) and len(point) == 2 and is_number(point[0])
                             and is_number(point[1], 0, 1) for point in points):
        return False
    (xs, ys) = zip(*points)
    rises = [b - a for a, b in zip(ys, ys[1:])]
    return all(a < b for a, b in zip(xs, xs[1:])) and (min(rises) >= 0 or max(rises) <= 0)


def _is_address(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(ipaddress.IPv4Address(value))
    except ValueError:
        return False


def _is_whole(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


_NAME = ("a name of 1 to 60 characters", lambda v: isinstance(v, str) and 1 <= len(v) <= 60 and v.isprintable())
_SHARE = ("a number from 0 to 1", lambda v: is_number(v, 0, 1))
_UNIVERSE = {
    "number": (f"a whole number from {UNIVERSES[0]} to {UNIVERSES[1]}", lambda v: _is_whole(v, *UNIVERSES)),
    "address": ("an IPv4 address", _is_address),
    "priority": ("a whole number from 0 to 200", lambda v: _is_whole(v, 0, 200)),
}
_OSC = {
    "name": _NAME,
    "host": ("an IPv4 address", _is_address),
    "port": ("a whole number from 1 to 65535", lambda v: _is_whole(v, 1, 65535)),
}
_CHANNEL = {
    "name": _NAME,
    "quantity": ("wind, temperature, humidity, haze, light, light.red, light.green, light.blue, stage.STAGE, "
                 "accord.NAME or note.NAME", lambda v: v in QUANTITIES),
    "curve": (f"2 to {MOST_POINTS} points [quantity, 0 to 1], the first always rising, the second never turning "
              "back", _is_curve),
    "least": _SHARE,
    "most": _SHARE,
    "universe": _UNIVERSE["number"],
    "slot": (f"a whole number from 1 to {SLOTS}", lambda v: _is_whole(v, 1, SLOTS)),
    "fine": ("true or false", lambda v: type(v) is bool),
    "osc": ("an OSC address such as /fan/left", lambda v: isinstance(v, str)
            and len(v) <= 200 and re.fullmatch(r"(/[A-Za-z0-9_.-]+)+", v) is not None),
    "to": _NAME,
    "lead_s": (f"a number of seconds from 0 to {LONGEST_LEAD_S:g}", lambda v: is_number(v, 0, LONGEST_LEAD_S)),
    "duty": ("a number from 0.01 to 1", lambda v: is_number(v, 0.01, 1)),
    "duty_over_s": ("a number of seconds from 1 to 600", lambda v: is_number(v, 1, 600)),
    "place_m": ("[x, y, z] in metres, each from -20 to 20", lambda v: isinstance(v, list) and len(v) == 3
                and all(is_number(part, -20, 20) for part in v)),
    "from_deg": ("a number of degrees from -360 to 360", lambda v: is_number(v, -360, 360)),
}
