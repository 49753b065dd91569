"""The dry-down: how a place turns from what a perfume says first to what it says last.

A perfume's light notes leave within minutes and its heavy ones stay for hours (Poucher, "A
Classification of Odours and Its Uses", 1955); a visit shows that in `dry_down_s` seconds. At first
the place is as its spec says; then its colours move with the palette's three stages, the sun sinks
and warms, the haze thickens, light things thin out in the air and heavy ones come. Nothing is
painted anew: all of it is factors on what is there.
"""

import math
from dataclasses import dataclass, replace

from showroom.stage.air import Scents
from showroom.stage.ease import mixed, smootherstep
from showroom.stage.light import linear
from showroom.words.ambience import Scent
from showroom.words.scene import Daylight, Emitter, Mood
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import STAGES

Color = tuple[float, float, float]
DRY_DOWN_S = 90.0
# when top gives way to heart and heart to base, as shares of the whole time: (from, to)
_TO_HEART, _TO_BASE = (0.10, 0.48), (0.52, 0.94)
_MOMENTS_PER_S = 20
_LUMA = (0.2126, 0.7152, 0.0722)
# how much of each kind of particle there is in top, heart and base; what is light goes first
SHARES = {
    "petal": (0.6, 1.0, 0.7), "leaf": (0.6, 0.8, 1.0), "pollen": (0.9, 1.0, 0.45), "mote": (0.6, 0.8, 1.0),
    "mist": (0.7, 0.85, 1.0), "snow": (1.0, 0.8, 0.65), "rain": (1.0, 0.7, 0.4), "spray": (1.0, 0.8, 0.5),
    "ember": (0.5, 0.75, 1.0), "smoke": (0.6, 0.8, 1.0), "sugar": (1.0, 0.75, 0.5),
    "bubble": (1.0, 0.65, 0.35),
}
# what of each layer stands in the time of top, heart and base: all of it in its own, some in the others
_LAYERS = {"top": (1.0, 0.5, 0.2), "heart": (0.9, 1.0, 0.65), "base": (0.4, 0.6, 1.0)}


@dataclass(frozen=True)
class Turn:
    """Factors on a place's light and air at one time of its dry-down; `Turn()` changes nothing.

    sun, low, high : linear RGB factors on the key light, on the sky along the horizon (and on haze,
    which takes its colour from there), and on the sky overhead.
    haze           : factor on extinction.   sink_rad : how far the sun has come down.
    """

    sun: Color = (1.0, 1.0, 1.0)
    low: Color = (1.0, 1.0, 1.0)
    high: Color = (1.0, 1.0, 1.0)
    haze: float = 1.0
    sink_rad: float = 0.0


def weights(age_s: float, whole_s: float) -> tuple[float, float, float]:
    """How much one smells of top, heart and base, `age_s` after arriving; they sum to 1."""
    x = age_s / whole_s
    heart, base = (smootherstep((x - start) / (end - start)) for start, end in (_TO_HEART, _TO_BASE))
    return 1.0 - heart, heart * (1.0 - base), heart * base


class DryDown:
    """What a spec's dry-down comes to at any time: the latest, kept for the frames of the same moment.

    emitters : of the place.   whole_s : seconds from the first note to the last, > 0.
    turn, mood, emitters : factors on light and air; what has become of the things in the place; the
    emitters with as many of their particles as there are. All as of the age that `grow` was told last.
    """

    def __init__(self, spec: SceneSpec, emitters: list[Emitter], whole_s: float = DRY_DOWN_S):
        self.whole_s = whole_s
        self._turns, self._moods, self._emitters = _turns(spec), _moods(spec), emitters
        self._scents = Scents(spec)
        self._moment = -1
        self.grow(0.0)

    def grow(self, age_s: float) -> None:
        """Goes on to an age, in steps far too small to see."""
        moment = int(age_s * _MOMENTS_PER_S)
        if moment == self._moment:
            return
        self._moment = moment
        now = weights(moment / _MOMENTS_PER_S, self.whole_s)
        self.turn = _blended(self._turns, now)
        layers = tuple(_sum(_LAYERS[stage], now) for stage in STAGES)
        self.mood = replace(_blended(self._moods, now), layers=layers)
        self.emitters = [replace(one, share=_sum(SHARES[one.kind], now)) for one in self._emitters]

    def scent(self, age_s: float) -> Scent:
        """What is smelled at an age, whatever the present one is."""
        return self._scents.at(weights(age_s, self.whole_s))


def turned(day: Daylight, turn: Turn) -> Daylight:
    """A light with a turn's factors on it."""
    return replace(day, sun_direction=_sunk(day.sun_direction, turn.sink_rad), sun=_times(day.sun, turn.sun),
                   zenith=_times(day.zenith, turn.high), horizon=_times(day.horizon, turn.low),
                   ground=_times(day.ground, turn.low), fill=_times(day.fill, turn.high),
                   fog=_times(day.fog, turn.low), haze_per_m=day.haze_per_m * turn.haze)


def _turns(spec: SceneSpec) -> tuple[Turn, Turn, Turn]:
    """Of top (none), heart and base. Under a roof the sun stays: its beams are built where they fall."""
    hues = {stage.stage: _leaning(_mean(stage), (1.0, 1.0, 1.0), 0.14) for stage in spec.palette}
    heart, base = (hues.get(stage, (1.0, 1.0, 1.0)) for stage in STAGES[1:])
    roofed = "sky" in spec.surfaces and spec.surfaces["sky"].painter.startswith("sky_interior")
    sink = 0.0 if roofed else min(math.radians(6.0), 0.28 * math.radians(max(spec.sky.sun_elevation_deg, 0.0)))
    red, _, blue = linear(spec.sky.horizon_srgb)
    # what is warm already need not warm as much
    cool = min(max(1.25 - 0.25 * red / (blue + 0.02), 0.35), 1.0)

    def warmed(hue: Color, factor: Color) -> Color:
        return tuple(a * b ** cool for a, b in zip(hue, factor))

    return (Turn(),
            Turn(sun=warmed(heart, (1.10, 1.0, 0.84)), low=warmed(heart, (1.04, 1.0, 0.93)),
                 high=(0.97, 0.98, 1.0), haze=1.1, sink_rad=0.35 * sink),
            Turn(sun=warmed(base, (1.42, 0.92, 0.46)), low=warmed(base, (1.12, 0.87, 0.60)),
                 high=(0.80, 0.79, 0.88), haze=1.35, sink_rad=sink))


def _moods(spec: SceneSpec) -> tuple[Mood, Mood, Mood]:
    plants = _leanings(spec, 0.5)
    return tuple(Mood(tint=tint, low=turn.low, high=turn.high) for tint, turn in zip(plants, _turns(spec)))


def _leanings(spec: SceneSpec, strength: float) -> list[Color]:
    """Of top, heart and base: which way each stage's colours lean from the first's; as bright, no more.

    strength : 0 not at all to 1 wholly.
    """
    means = {stage.stage: _mean(stage) for stage in spec.palette}
    first = means.get(STAGES[0], (0.2, 0.2, 0.2))
    return [_leaning(means.get(stage, first), first, strength) for stage in STAGES]


def _mean(stage) -> Color:
    """A stage's colours in one, linear; kept off black, so that no ratio runs away."""
    parts = [(linear(colour.srgb), colour.weight) for colour in stage.colours]
    whole = sum(weight for _, weight in parts) or 1.0
    return tuple(0.03 + sum(color[k] * weight for color, weight in parts) / whole for k in range(3))


def _leaning(color: Color, first: Color, strength: float) -> Color:
    factor = [(there / here) ** strength for there, here in zip(color, first)]
    luma = _sum(factor, _LUMA)
    return tuple(min(max(value / luma, 0.55), 1.7) for value in factor)


def _blended(three, now):
    """Of three dataclasses of numbers, as much of each as `now` says (they sum to 1)."""
    top, heart, base = three
    late = now[1] + now[2]
    return mixed(top, mixed(heart, base, now[2] / late), late) if late > 0 else top


def _sum(values, weights_) -> float:
    return sum(value * weight for value, weight in zip(values, weights_))


def _times(color: Color, factor: Color) -> Color:
    return color[0] * factor[0], color[1] * factor[1], color[2] * factor[2]


def _sunk(direction: Color, by_rad: float) -> Color:
    """A direction to the sun, lower by so much; never below 3 degrees, nor lifted to that."""
    x, y, z = direction
    level = math.hypot(x, z)
    if by_rad <= 0.0 or level < 1e-6:
        return direction
    elevation = math.atan2(y, level)
    lower = min(elevation, max(elevation - by_rad, math.radians(3.0)))
    scale = math.cos(lower) / level
    return x * scale, math.sin(lower), z * scale
