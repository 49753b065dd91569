"""Touch: what hands feel, as vibrations of what they hold.

Two kinds. *Pulses* answer a deed: something is met, chosen, taken, put down. *Texture* goes on: the breeze on
a palm that faces the wind, a rough thing stroked while it is carried, liquid that moves in a turned bottle.

A motor knows how long, how strong and how fast. What is heavy answers long, strong and low, what is rough
answers sharply and unevenly, and what is soft comes on gently. Frequencies stay where skin feels best, 40 to
400 Hz with its peak about 250 Hz: Bolanowski et al., "Four channels mediate the mechanical aspects of touch",
J. Acoust. Soc. Am. 84, 1988. Roughness as unevenness of amplitude along the way stroked: Culbertson and
Kuchenbecker, "Importance of matching physical friction, hardness, and texture", IEEE Trans. Haptics 10, 2017.
"""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from showroom.words.ambience import Ambience
from showroom.words.controls import Hand
from showroom.words.pose import rotated
from showroom.words.scene import Held
from showroom.words.scenespec import Touch
from showroom.words.vibration import Vibration
from showroom.words.wind import wind_at
from showroom.words.wish import Pulse

PLAIN = Touch(roughness=0.3, softness=0.3, weight=0.4, warmth=0.5)
LONGEST_S = 0.12            # of a pulse
GENTLEST_S = 0.05           # in which a pulse of the softest thing comes on
STEP_S = 0.015              # shorter than this a motor does not follow
TICK_S = 0.05               # how often texture is renewed; each lasts a little longer
MOST_A_SECOND = 30          # vibrations of one hand
FAINTEST = 0.02             # less is not felt, and would only whirr
HIGH_HZ, LOW_HZ = 250.0, 60.0
BREEZE_HZ = 170.0
BREEZE_FULL_M_S = 12.0      # wind on a palm that is all a motor gives as a breeze: BREEZE_MOST
BREEZE_MOST = 0.35
STROKE_FULL_M_S, STROKE_MOST = 0.6, 0.3
GRAIN_M = 0.004             # distance between two bumps of what is stroked
LIQUID_HZ, LIQUID_MOST = 55.0, 0.35
_PALM_OUT = {"left": (1.0, 0.0, 0.0), "right": (-1.0, 0.0, 0.0)}  # OpenXR 1.1, grip pose: +X and the palm


@dataclass(frozen=True)
class Carried:
    """A thing in a hand: how it feels, and how full of liquid it is (0: it holds none)."""

    held: Held
    touch: Touch | None = None
    fill: float = 0.0


class Skin:
    """Both hands. Tell it what happened with `heed`, and `step` it every frame.

    strength : 0 nothing at all to 1 as strong as motors go.
    """

    def __init__(self, strength: float):
        self.strength = strength
        self._hands = {side: _Feeling() for side in _PALM_OUT}

    def heed(self, pulse: Pulse) -> None:
        """Something happened to a hand; it is felt from the next step on."""
        if pulse.side in self._hands:
            self._hands[pulse.side].asked.append(pulse)

    def step(self, hands: tuple[Hand, ...], air: Ambience, carried: Mapping[str, Carried],
             time_s: float) -> list[Vibration]:
        """What motors are to do now.

        hands   : in the world; none of them while another application has the input: then nothing is felt.
        carried : by side, what each hand holds.   time_s : never goes back.
        """
        told, by_side = [], {hand.side: hand for hand in hands}
        for side, feeling in self._hands.items():
            hand = by_side.get(side)
            if self.strength <= 0 or hand is None or hand.grip is None or hand.bare:
                feeling.rest()
                continue
            told += feeling.pulses(time_s)
            told += feeling.texture(hand, air, carried.get(side), time_s)
        louder = ((one, min(one.amplitude * self.strength, 1.0)) for one in told)
        return [Vibration(one.side, one.duration_s, amplitude, one.frequency_hz)
                for one, amplitude in louder if amplitude >= FAINTEST * self.strength]


class _Feeling:
    """One hand: what is still to be felt of pulses, and where texture is."""

    def __init__(self):
        self.asked: list[Pulse] = []
        self._due: deque[tuple[float, Vibration]] = deque()
        self._sent: deque[float] = deque(maxlen=MOST_A_SECOND)
        self._busy_until_s = self._ticked_s = -math.inf
        self._rest_motion()

    def rest(self) -> None:
        """Nothing is felt; what was asked for is forgotten."""
        self.asked.clear()
        self._due.clear()
        self._rest_motion()

    def _rest_motion(self) -> None:
        self._place: tuple[float, float, float] | None = None
        self._path_m = 0.0
        self._liquid: tuple[str, float, float, float] | None = None

    def pulses(self, time_s: float) -> list[Vibration]:
        """The part of a pulse whose time has come; the newest deed is the one that is felt."""
        if self.asked:
            steps = wave(self.asked[-1])
            self.asked.clear()
            self._due = deque((time_s + start_s, one) for start_s, one in steps)
            self._busy_until_s = time_s + sum(one.duration_s for _, one in steps)
        told = []
        while self._due and self._due[0][0] <= time_s:
            told = [self._due.popleft()[1]]  # of those that a late frame finds, the last
        return told if told and self._may(time_s) else []

    def texture(self, hand: Hand, air: Ambience, carried: Carried | None, time_s: float) -> list[Vibration]:
        """What goes on, unless a pulse is under way."""
        passed_s = time_s - self._ticked_s
        if passed_s < TICK_S - 1e-6 or time_s < self._busy_until_s:
            return []
        self._ticked_s = time_s
        parts = [(breeze(hand, air, 0.5 * TICK_S), BREEZE_HZ)]  # of the middle of what it lasts
        speed = self._speed(hand, passed_s)
        if carried is not None:
            touch = carried.touch or PLAIN
            parts.append((stroke(touch, speed, self._path_m), frequency_hz(touch)))
            parts.append((self._swirl(carried, passed_s), LIQUID_HZ))
        power = sum(strength * strength for strength, _ in parts)
        amplitude = math.sqrt(power)
        if amplitude < FAINTEST or not self._may(time_s):
            return []
        heard = sum(strength * strength * hz for strength, hz in parts) / power
        return [Vibration(hand.side, TICK_S * 1.2, min(amplitude, 1.0), heard)]

    def _speed(self, hand: Hand, passed_s: float) -> float:
        """Of the hand, m/s; 0 where it has just come."""
        before, self._place = self._place, hand.grip.position
        if before is None or not passed_s < 1.0:
            return 0.0
        moved_m = math.dist(before, self._place)
        self._path_m += moved_m
        return moved_m / passed_s

    def _swirl(self, carried: Carried, passed_s: float) -> float:
        """How strongly liquid moves against its bottle: by how fast its surface turns against the glass."""
        up = rotated(carried.held.pose.orientation, (0.0, 1.0, 0.0))
        x, z = carried.held.slosh
        now = (carried.held.product_id, up[0] - x, up[1], up[2] - z)
        before, self._liquid = self._liquid, now
        if carried.fill <= 0 or before is None or before[0] != now[0] or not passed_s < 1.0:
            return 0.0
        turning = math.dist(before[1:], now[1:]) / passed_s
        room = 4.0 * carried.fill * (1.0 - carried.fill)  # what is full or empty has nothing that swings
        return LIQUID_MOST * max(room, 0.25) * min(turning / 4.0, 1.0)

    def _may(self, time_s: float) -> bool:
        """Whether one more vibration is allowed now; if so, it counts."""
        if len(self._sent) == MOST_A_SECOND and time_s - self._sent[0] < 1.0:
            return False
        self._sent.append(time_s)
        return True


def breeze(hand: Hand, air: Ambience, later_s: float = 0.0) -> float:
    """The wind of the hand's own place on its palm, 0 to BREEZE_MOST; none on a palm turned away.

    later_s : seconds from the time of `air`.
    """
    place = hand.palm or hand.grip
    out = rotated(place.orientation, _PALM_OUT[hand.side])
    wind = wind_at(air, place.position, later_s)
    against = -sum(float(speed) * way for speed, way in zip(wind, out))
    return BREEZE_MOST * min(max(against, 0.0) / BREEZE_FULL_M_S, 1.0)


def stroke(touch: Touch, speed_m_s: float, path_m: float) -> float:
    """A thing's surface under fingers that move, 0 to STROKE_MOST: the rougher, the stronger and more uneven."""
    along = path_m / GRAIN_M
    uneven = 0.5 + 0.5 * math.sin(math.tau * along) * math.sin(math.tau * along * 0.382 + 1.0)
    share = 1.0 - touch.roughness * (1.0 - uneven)
    return STROKE_MOST * touch.roughness * min(speed_m_s / STROKE_FULL_M_S, 1.0) * share


def frequency_hz(touch: Touch) -> float:
    """How fast a thing answers: the lightest at HIGH_HZ, the heaviest at LOW_HZ, evenly to the ear between."""
    return HIGH_HZ * (LOW_HZ / HIGH_HZ) ** touch.weight


def wave(pulse: Pulse) -> list[tuple[float, Vibration]]:
    """A pulse as what a motor does, (seconds from its start, vibration) one after another.

    The softer the thing, the more steps it takes to come on.
    """
    touch = pulse.touch or PLAIN
    duration_s, strength = _ANSWERS[pulse.deed](touch)
    duration_s, strength = min(duration_s, LONGEST_S), min(max(strength, 0.05), 1.0)
    steps = int(min(GENTLEST_S * touch.softness, 0.5 * duration_s) / STEP_S)
    hertz = frequency_hz(touch)
    rising = [(step * STEP_S, Vibration(pulse.side, STEP_S, strength * (step + 1) / (steps + 1), hertz))
              for step in range(steps)]
    return [*rising, (steps * STEP_S, Vibration(pulse.side, duration_s - steps * STEP_S, strength, hertz))]


# deed: how long (s) and how strong a thing's touch makes it
_ANSWERS = {
    "hover": lambda touch: (0.008 + 0.012 * touch.softness,
                            0.14 + 0.2 * touch.roughness - 0.06 * touch.softness),
    "select": lambda touch: (0.02 + 0.01 * touch.softness,
                             0.5 + 0.2 * touch.roughness - 0.15 * touch.softness),
    "grab": lambda touch: (0.03 + 0.06 * touch.weight + 0.02 * touch.softness,
                           0.4 + 0.4 * touch.weight + 0.15 * touch.roughness - 0.15 * touch.softness),
    "let_go": lambda touch: (0.012, 0.15 + 0.2 * touch.weight),
    "press": lambda touch: (0.015, 0.25),
    "done": lambda touch: (LONGEST_S, 0.8),
}
