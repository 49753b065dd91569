"""Recordings of what a visitor does: head and hands, picture by picture, as JSON Lines.

    {"showroom_poses": 1, "made_by": "showroom 0.1.0"}
    {"t": 0.0111, "head": [x, y, z, qx, qy, qz, qw], "hands": [{"side": "right", "aim": […], …}], …}

Times are seconds since the first line, and rise. Poses are metres and unit quaternions x, y, z, w in the
space whose origin is on the floor under the visitor. What is as it is at rest is left out. A recording
comes from anyone (a bug report): everything in it is checked before it is used.
"""

import json
import logging
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from showroom import __version__
from showroom.errors import InputError
from showroom.words.controls import Controls, Hand
from showroom.words.view import Pose

LOG = logging.getLogger("showroom.display")
VERSION = 1
_KEY = "showroom_poses"
_MOST_LINE_BYTES = 1 << 13
_FAR_M = 1000.0
_POSES = ("aim", "grip", "palm")
_SHARES = {"select": (0.0, 1.0), "squeeze": (0.0, 1.0), "turn": (-1.0, 1.0)}
_FLAGS = ("back", "bare")
_STATES = ("focused", "worn", "recentred")  # not `quit`: a recording's end is the end
_HAND_AT_REST, _AT_REST = Hand(""), Controls()


@dataclass(frozen=True)
class Sample:
    """What the visitor did at one time, seconds since the recording began."""

    time_s: float
    controls: Controls


class Recorder:
    """Writes a recording. `note` never raises: a full disk ends the recording, not the show.

    Raises InputError if the file cannot be made.
    """

    def __init__(self, path: Path):
        self._path, self._began_s = path, None
        try:
            self._file = path.open("w", encoding="ascii")
            self._write({_KEY: VERSION, "made_by": f"showroom {__version__}"})
            self._file.flush()
        except OSError as error:
            raise InputError(f"recording to {path}: {error.strerror}; "
                             "give a file that can be written") from None

    def note(self, time_s: float, controls: Controls) -> None:
        """One picture; times must not go back."""
        if self._file is None:
            return
        if self._began_s is None:
            self._began_s = time_s
        try:
            self._write(row(Sample(time_s - self._began_s, controls)))
        except OSError as error:
            self._give_up(error)

    def _write(self, value: dict) -> None:
        self._file.write(json.dumps(value, separators=(",", ":")) + "\n")

    def _give_up(self, error: OSError) -> None:
        LOG.warning("recording to %s: %s; it ends here, the show goes on", self._path, error.strerror)
        file, self._file = self._file, None
        try:
            file.close()
        except OSError:
            pass  # said already

    def close(self) -> None:
        """Writes what is left. Calling it twice does nothing."""
        if self._file is not None:
            try:
                self._file.flush()
            except OSError as error:
                self._give_up(error)
                return
            self._file.close()
            self._file = None


class Recording:
    """A recording that was checked from end to end.

    count, duration_s : how many samples there are, and the last one's time.
    Raises InputError naming the file, the line and what is wrong with it.
    """

    def __init__(self, path: Path):
        self.path = path
        self.count, self.duration_s = 0, 0.0
        for sample in self.samples():
            self.count, self.duration_s = self.count + 1, sample.time_s
        if not self.count:
            raise InputError(f"reading {path}: there is no picture in it; record one with --record")

    def samples(self) -> Iterator[Sample]:
        """All samples in order, read as they are asked for: a long recording needs no memory."""
        before_s = 0.0
        for number, value in enumerate(self._values(), 1):
            try:
                if number == 1:
                    _check_header(value)
                    continue
                sample = _sample(value)
                if sample.time_s < before_s:
                    raise ValueError(f"its time {sample.time_s:g} comes after {before_s:g}; times rise")
            except ValueError as error:
                raise InputError(f"reading {self.path}, line {number}: {error}; "
                                 "record it anew with --record") from None
            before_s = sample.time_s
            yield sample

    def _values(self) -> Iterator[object]:
        try:
            with self.path.open("rb") as file:
                number = 0
                while line := file.readline(_MOST_LINE_BYTES + 1):
                    number += 1
                    if not line.endswith(b"\n"):
                        reason = "too long" if len(line) > _MOST_LINE_BYTES else "cut short"
                        raise InputError(f"reading {self.path}, line {number}: it is {reason}; lines of at "
                                         f"most {_MOST_LINE_BYTES} bytes are accepted; delete that line")
                    yield _parsed(line)
        except OSError as error:
            raise InputError(f"reading {self.path}: {error.strerror}; "
                             "give a file that --record has made") from None


def _parsed(line: bytes) -> object:
    """A line's value; what is no JSON at all is None, which nothing accepts."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _check_header(value: object) -> None:
    version = value.get(_KEY) if isinstance(value, dict) else None
    if type(version) is not int:
        raise ValueError(f'this is no recording of poses; {{"{_KEY}": {VERSION}}} is what begins one')
    if version != VERSION:
        raise ValueError(f"a recording of version {version}; version {VERSION} is accepted")


def row(sample: Sample) -> dict:
    """A sample as a line's value; `_sample` turns it back."""
    controls = sample.controls
    value = {"t": round(sample.time_s, 6), "head": _numbers(controls.head)}
    if controls.hands:
        value["hands"] = [_hand_row(hand) for hand in controls.hands]
    return value | {name: getattr(controls, name) for name in _STATES
                    if getattr(controls, name) != getattr(_AT_REST, name)}


def _hand_row(hand: Hand) -> dict:
    value = {"side": hand.side}
    value |= {name: _numbers(getattr(hand, name)) for name in _POSES if getattr(hand, name) is not None}
    return value | {name: getattr(hand, name) for name in (*_SHARES, *_FLAGS)
                    if getattr(hand, name) != getattr(_HAND_AT_REST, name)}


def _numbers(pose: Pose) -> list[float]:
    return [round(float(value), 7) for value in (*pose.position, *pose.orientation)]


def _sample(value: object) -> Sample:
    _check_keys(value, {"t", "head", "hands", *_STATES}, "a picture")
    hands = value.get("hands", [])
    if not isinstance(hands, list) or len(hands) > 2:
        raise ValueError(f"hands {_short(hands)}; a list of at most two is accepted")
    states = {name: _flag(value, name, getattr(_AT_REST, name)) for name in _STATES}
    time_s = _number(value.get("t"), "t", 0.0, 1e7)
    made = tuple(_hand(hand) for hand in hands)
    if len({hand.side for hand in made}) != len(made):
        raise ValueError("two hands of the same side; a left and a right one are accepted")
    return Sample(time_s, Controls(_pose(value.get("head"), "head"), made, **states))


def _hand(value: object) -> Hand:
    _check_keys(value, {"side", *_POSES, *_SHARES, *_FLAGS}, "a hand")
    side = value.get("side")
    if side not in ("left", "right"):
        raise ValueError(f'side {_short(side)}; "left" or "right" is accepted')
    poses = {name: _pose(value[name], name) for name in _POSES if name in value}
    shares = {name: _number(value[name], name, *span) for name, span in _SHARES.items() if name in value}
    return Hand(side, **poses, **shares, **{name: _flag(value, name, False) for name in _FLAGS})


def _check_keys(value: object, known: set[str], what: str) -> None:
    if not isinstance(value, dict):
        raise ValueError(f"{_short(value)} is not {what}")
    unknown = sorted(set(value) - known)
    if unknown:
        raise ValueError(f"unknown key {_short(unknown[0])} in {what}; known are {', '.join(sorted(known))}")


def _number(value: object, name: str, least: float, most: float) -> float:
    if type(value) not in (int, float) or not least <= value <= most:  # which NaN is never
        raise ValueError(f"{name} {_short(value)}; a number from {least:g} to {most:g} is accepted")
    return float(value)


def _flag(value: dict, name: str, at_rest: bool) -> bool:
    flag = value.get(name, at_rest)
    if type(flag) is not bool:
        raise ValueError(f"{name} {_short(flag)}; true or false is accepted")
    return flag


def _pose(value: object, name: str) -> Pose:
    if not isinstance(value, list) or len(value) != 7:
        raise ValueError(f"{name} {_short(value)}; seven numbers are accepted: x, y, z, qx, qy, qz, qw")
    x, y, z = (_number(number, name, -_FAR_M, _FAR_M) for number in value[:3])
    turn = tuple(_number(number, name, -1.001, 1.001) for number in value[3:])
    length = math.hypot(*turn)
    if abs(length - 1.0) > 0.01:
        raise ValueError(f"{name}'s quaternion {_short(value[3:])} has length {length:.3g}; 1 is accepted")
    return Pose((x, y, z), turn)


def _short(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else text[:57] + "…"
