"""Mapping: from physical quantities to how much each channel is told, by curves, limits and duty."""

import math
from collections import deque

import numpy as np

from showroom.senses.air.telling import Told
from showroom.words.pose import moved, rotated
from showroom.words.rig import RATE_HZ, WIND, Channel, Rig
from showroom.words.wind import wind_at

PATIENCE_S = 0.6  # a show that says nothing for so long hangs
FALL_S = 0.9      # in which everything then falls to nothing


class Mapping:
    """One rig's channels. `step` them RATE_HZ times a second.

    spent : the duty before is not known (another process has told the channels until now): as if it were used up.
    """

    def __init__(self, rig: Rig, spent: bool = False):
        self._channels = rig.channels
        self._duties = {channel.name: Duty(channel.duty, channel.duty_over_s, spent)
                        for channel in rig.channels if channel.duty < 1.0}

    def step(self, told: Told | None, now_s: float, alive: float) -> dict[str, float]:
        """How much of each channel, 0 to 1, by name.

        told  : what the show said last, None for nothing yet.   now_s : monotonic, as in it.
        alive : 1 while the show lives, down to 0: how much of everything is left.
        """
        levels = {}
        for channel in self._channels:
            level = 0.0
            if told is not None and alive > 0.0:
                level = alive * wanted(channel, told, max(now_s - told.since_s, 0.0))
            duty = self._duties.get(channel.name)
            levels[channel.name] = level if duty is None else duty.allow(level)
        return levels


def wanted(channel: Channel, told: Told, later_s: float) -> float:
    """How much of a channel the air asks for, 0 to 1, `later_s` after it was told."""
    if channel.quantity == WIND:
        value = blowing(channel, told, later_s)
    else:
        value = told.values[channel.lead_s, channel.quantity]
    xs, ys = zip(*channel.curve)
    return min(max(float(np.interp(value, xs, ys)), channel.least), channel.most)


def blowing(channel: Channel, told: Told, later_s: float) -> float:
    """The wind at a fan's place, m/s; only what comes from its side, where it has one."""
    place = moved(told.world_from_room, channel.place_m)
    wind = wind_at(told.airs[channel.lead_s], place, later_s)
    if channel.from_deg is None:
        return float(np.linalg.norm(wind))
    side = math.radians(channel.from_deg)
    ahead = rotated(told.world_from_room.orientation, (-math.sin(side), 0.0, math.cos(side)))
    return max(0.0, float(np.dot(wind, ahead)))


class Duty:
    """Lets through no more than a share of full over any so many seconds, counted in whole steps.

    share : above 0, below 1.   over_s : seconds.   spent : begin as if the share had been used all along.
    """

    _FULL = 65535  # counted in whole numbers, so that no sum ever drifts

    def __init__(self, share: float, over_s: float, spent: bool = False):
        steps = max(round(over_s * RATE_HZ), 1)
        self._most = int(share * steps * self._FULL)
        evenly = self._most // steps if spent else 0
        self._given = deque([evenly] * steps, maxlen=steps)
        self._sum = evenly * steps

    def allow(self, level: float) -> float:
        """As much of a level as may be given in this step."""
        self._sum -= self._given[0]
        given = min(int(level * self._FULL), self._most - self._sum)
        self._given.append(given)
        self._sum += given
        return given / self._FULL


def alive(silent_s: float, ended_s: float | None) -> float:
    """How much of everything is left: 1 while the show speaks, then down to 0.

    silent_s : since it spoke last.   ended_s : since it ended, None while it has not.
    """
    fallen = (silent_s - PATIENCE_S) / FALL_S
    if ended_s is not None:
        fallen = max(fallen, ended_s / FALL_S)
    return min(max(1.0 - fallen, 0.0), 1.0)
