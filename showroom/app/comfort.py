"""Comfort: one visitor's settings reach everything that is drawn, moves or is said.

Staff have three ways to them: the command line, the configuration's keys, which are read again whenever the
file is saved, and keys of the window that they look at. What a key changed is this visit's; the next begins as
the house has it.
"""

import os
from dataclasses import fields, replace
from pathlib import Path

from showroom import config as configuration
from showroom.config import Config
from showroom.errors import ShowroomError
from showroom.render.renderer import Renderer
from showroom.stage.stage import EASE_S, Stage
from showroom.visit.captions import sounds_writing
from showroom.visit.journey import Journey
from showroom.words.comfort import Comfort
from showroom.words.scene import Scene
from showroom.words.vocabulary import SOUNDS

LOOK_S = 0.5                       # between two looks at the file
SWITCHES = {"F1": "captions", "F2": "reduced_motion", "F3": "seated", "F4": "left_handed"}
STEPS = {"F6": ("brightness", -1), "F7": ("brightness", 1), "F8": ("contrast", -1), "F9": ("contrast", 1)}
CALMING_S = 1.5                    # in which the air becomes calm
CALM_SHARE, CALM_GUST = 0.35, 0.25  # how much is left of what floats, and of gusts
UNHURRIED = 2.0                    # how many times as long places take to come and go


class Comforts:
    """What today's visitor needs. `now` is that; `house` is what every visit begins with.

    config : as it was read at the start, with what the command line says in it.
    """

    def __init__(self, config: Config):
        self.house = self.now = config.comfort
        self._read: Comfort | None = None  # what the file said last
        self._stamp, self._looked_s = None, 0.0
        self._calm, self._time_s = 0.0, 0.0

    def press(self, keys: frozenset[str]) -> str:
        """Takes up keys that staff pressed; says in one line what is so now, "" if nothing changed."""
        before = self.now
        for key in sorted(keys):
            if key in SWITCHES:
                self.now = self.now.turned(SWITCHES[key])
            elif key in STEPS:
                self.now = self.now.stepped(*STEPS[key])
        return _told(before, self.now)

    def reset(self) -> None:
        """The visit is over."""
        self.now = self.house

    def heed_file(self, file: Path, time_s: float) -> str:
        """Once in a while: what was changed in the saved configuration holds at once, and for every visit after.

        file : need not exist.   Returns in one line what is so now, or what is wrong with the file; "" for nothing.
        """
        if self._read is not None and 0.0 <= time_s - self._looked_s < LOOK_S:
            return ""
        self._looked_s, stamp = time_s, _stamp(file)
        if self._read is not None and stamp == self._stamp:
            return ""
        self._stamp = stamp
        try:
            read = configuration.load(file).comfort if stamp else Comfort()
        except ShowroomError as error:
            self._read = self._read or Comfort()
            return f"{error}; comfort stays as it was"
        changed = {item.name: getattr(read, item.name) for item in fields(Comfort)
                   if self._read and getattr(read, item.name) != getattr(self._read, item.name)}
        before, self._read = self.now, read
        self.house, self.now = replace(self.house, **changed), replace(self.now, **changed)
        return _told(before, self.now)

    def hand_on(self, renderer: Renderer, stage: Stage, journey: Journey) -> None:
        """Tells everybody, before the journey goes on."""
        renderer.comfort = journey.comfort = self.now
        journey.standing.seated = self.now.seated
        journey.showing.rises = not self.now.reduced_motion
        stage.ease_s = EASE_S * (UNHURRIED if self.now.reduced_motion else 1.0)
        levels = dict(zip(SOUNDS, stage.scene.ambience.sounds))
        journey.heard = sounds_writing(levels, journey.says) if self.now.captions else None

    def calm(self, scene: Scene) -> None:
        """After the stage has advanced: less floats, nothing swings, no gusts, for who asked for that."""
        passed_s, self._time_s = max(scene.time_s - self._time_s, 0.0), scene.time_s
        step = passed_s / CALMING_S
        self._calm = min(max(self._calm + (step if self.now.reduced_motion else -step), 0.0), 1.0)
        if self._calm:
            left = 1.0 - self._calm
            share, gust = CALM_SHARE + (1.0 - CALM_SHARE) * left, CALM_GUST + (1.0 - CALM_GUST) * left
            scene.emitters = [replace(one, share=one.share * share, sway_m=one.sway_m * left)
                              for one in scene.emitters]
            scene.ambience = replace(scene.ambience, gust=scene.ambience.gust * gust)


def _stamp(file: Path) -> tuple[int, int, int] | None:
    """Changes whenever the file is saved, in place or by replacing it; None while there is none."""
    try:
        state = os.stat(file)
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def _told(before: Comfort, after: Comfort) -> str:
    """What differs, in words for staff."""
    changed = [item.name for item in fields(Comfort) if getattr(before, item.name) != getattr(after, item.name)]
    return ", ".join(f"{name.replace('_', ' ')} {_in_words(getattr(after, name))}" for name in changed)


def _in_words(value: bool | int) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else f"{value:+d}"
