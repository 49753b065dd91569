"""Senses: each frame's ambience, on to ears, hands and the room. All of it may be missing; the show goes on."""

import math
from collections.abc import Mapping

from showroom.config import Config
from showroom.display.base import Display
from showroom.senses.touch import Carried, Skin
from showroom.stage.stage import Stage
from showroom.visit.journey import Journey
from showroom.words.frame import Frame
from showroom.words.scenespec import SceneSpec
from showroom.words.wish import Pulse

BOTTLE = "bottle"


class Senses:
    """What a show's visitors feel. `feel` it every frame; `close` it when the show ends."""

    def __init__(self, config: Config):
        self._skin = Skin(config.touch_strength)

    def heed(self, pulse: Pulse) -> None:
        """Something happened to a hand."""
        self._skin.heed(pulse)

    def feel(self, stage: Stage, journey: Journey, frame: Frame, display: Display,
             specs: Mapping[str, SceneSpec | None]) -> None:
        """One frame, once the stage has advanced to it.   specs : of the products that are known, by id."""
        hands = journey.hands if frame.controls.focused else ()
        for vibration in self._skin.step(hands, stage.scene.ambience, _carried(journey, specs), frame.time_s):
            display.vibrate(vibration)

    def close(self) -> None:
        """Ends what was started."""


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
