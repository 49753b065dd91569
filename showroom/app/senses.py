"""Senses: each frame's ambience, on to ears, hands and the room. All of it may be missing; the show goes on."""

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from showroom.config import Config
from showroom.display.base import Display
from showroom.senses.air.bridge import Air
from showroom.senses.audio.process import Audio
from showroom.senses.touch import Carried, Skin
from showroom.stage.stage import Stage
from showroom.visit.journey import Journey
from showroom.visit.states import State
from showroom.words.ambience import NO_SCENT, Ambience
from showroom.words.frame import Frame
from showroom.words.hearing import Hearing
from showroom.words.rig import RATE_HZ
from showroom.words.scenespec import SceneSpec
from showroom.words.view import Pose
from showroom.words.wish import Pulse

log = logging.getLogger(__name__)
BOTTLE = "bottle"
LISTEN_S = 0.5  # how often sound and air are asked how they are


class Senses:
    """What a show's visitors feel. `feel` it every frame; `close` it when the show ends.

    apart : start the processes that sound and air have of their own, as far as the configuration has them.
    """

    def __init__(self, config: Config, apart: bool = False):
        self._skin, self._volume = Skin(config.touch_strength), config.sound_volume
        self.audio = _tried("sound", lambda: Audio(config.sound_device)) if apart and config.sound else None
        self.air = _tried("air", lambda: Air(config.air)) if apart and config.air.channels else None
        self._told_s = self._listened_s = -math.inf

    def heed(self, pulse: Pulse) -> None:
        """Something happened to a hand."""
        self._skin.heed(pulse)

    def feel(self, stage: Stage, journey: Journey, frame: Frame, display: Display,
             specs: Mapping[str, SceneSpec | None]) -> None:
        """One frame, once the stage has advanced to it.   specs : of the products that are known, by id."""
        hands = journey.hands if frame.controls.focused else ()
        air = stage.scene.ambience
        for vibration in self._skin.step(hands, air, _carried(journey, specs), frame.time_s):
            display.vibrate(vibration)
        if self.audio:
            self.audio.hear(Hearing.of(air, journey.head, self._volume))
        now = time.monotonic()
        if self.air and now - self._told_s > 0.5 / RATE_HZ:
            self._told_s = now
            airs = airs_ahead(stage, self.air.rig.leads_s, somebody=journey.state is not State.ATTRACT)
            self.air.tell(journey.standing.world_from_room(Pose()), airs)
        if now - self._listened_s > LISTEN_S:
            self._listened_s = now
            self._listen()

    def _listen(self) -> None:
        """Tells staff what there is to tell."""
        for one in filter(None, (self.audio, self.air)):
            for line in one.news():
                log.warning("%s", line)

    def close(self) -> None:
        """Ends what was started; what moves air falls to nothing first. May be called twice."""
        for one in filter(None, (self.audio, self.air)):
            one.close()
        self.audio = self.air = None


def airs_ahead(stage: Stage, leads_s: tuple[float, ...], somebody: bool) -> list[Ambience]:
    """The air of now and of so much later, as calm as it is shown; without scent where nobody is to smell it."""
    whole, shown = stage.ahead(0.0).gust, stage.scene.ambience.gust
    left = shown / whole if whole else 1.0
    airs = [stage.ahead(lead_s) for lead_s in leads_s]
    return [replace(air, gust=air.gust * left, scent=air.scent if somebody else NO_SCENT) for air in airs]


def _tried(name: str, make: Callable):
    """What was made, or None and a line for staff."""
    try:
        return make()
    except OSError as error:
        log.warning("the %s process cannot be started: %s; the show goes on without it", name, error)
        return None


def _carried(journey: Journey, specs: Mapping[str, SceneSpec | None]) -> dict[str, Carried]:
    """By side, what each hand has: the bottle nearest to it of those that are away from home."""
    found = {}
    for hand in journey.hands:
        if hand.side not in journey.reached.busy or hand.grip is None:
            continue
        named = [one for one in journey.reached.held if one.product_id in journey.exhibits]
        nearest = min(named, key=lambda one: math.dist(one.pose.position, hand.grip.position), default=None)
        if nearest is not None:
            spec = specs.get(nearest.product_id)
            fill = spec.hero.fill if spec and spec.hero.kind == BOTTLE else 0.0
            found[hand.side] = Carried(nearest, journey.exhibits[nearest.product_id].touch, fill)
    return found
