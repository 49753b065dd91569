"""The stage: results come in, a scene stands there.

The hall lives in slot 0. A place takes the next of slots 1 to 3, so that the one before it can fade
while the new one grows. Light and air start towards a place the moment its spec comes; its ground
and plants grow once the first of them are here, and until then the hall stays. A hall that is made
again (a place cut it short) takes over part by part from what stands of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from showroom.stage.air import ambience
from showroom.stage.drydown import DRY_DOWN_S, DryDown, Turn, turned
from showroom.stage.ease import Eased, mixed, smootherstep
from showroom.stage.emitters import emitters
from showroom.stage.hands import Carried, Palms
from showroom.stage.light import carried, daylight, direction, kindled
from showroom.words.ambience import NO_SCENT, Ambience, Scent
from showroom.words.controls import Hand
from showroom.words.geometry import HERO, Geometry, Light
from showroom.words.image import Image
from showroom.words.model_maps import MODEL_SURFACES
from showroom.words.request import HALL
from showroom.words.result import Done, Failed, Progress, Result
from showroom.words.scene import SLOTS, Arrival, Clear, Daylight, Emitter, Held, Mood, Ray, Scene
from showroom.words.scenespec import SceneSpec
from showroom.words.wind import carried_on

EASE_S = 2.5
PARTS_TO_STAND_ON = 3
VEIL_HAZE_PER_M = 0.35
POINTING_COLOR = np.array([0.5, 0.42, 0.32])
BLUE_HOUR = Daylight(
    sun_direction=direction(146.0, 68.0), sun=(0.05, 0.06, 0.09), zenith=(0.02, 0.04, 0.09),
    horizon=(0.08, 0.12, 0.2), ground=(0.01, 0.012, 0.02), fill=(0.03, 0.04, 0.06), fog=(0.06, 0.09, 0.15),
    haze_per_m=0.01, exposure=1.0)
_FRESH, _STRAIGHT = Mood(), Turn()  # nothing has dried down yet


@dataclass
class _Set:
    """One slot: the request it answers and what has come of it."""

    request: int = 0
    spec: SceneSpec | None = None
    parts: int = 0
    done: bool = False
    lights: dict[str, tuple[float, tuple[Light, ...]]] = field(default_factory=dict)  # by part: since when, which
    shining: dict[str, tuple[str, np.ndarray]] = field(default_factory=dict)  # by part: of whose hero, and its home
    emitters: list[Emitter] = field(default_factory=list)
    presence: Eased = field(default_factory=lambda: Eased(0.0, EASE_S))
    used: bool = False
    dry_down: DryDown | None = None      # places have one; the hall stays as it is
    since_s: float | None = None         # when one came; None: not yet

    def age_s(self, time_s: float) -> float:
        """How long one has been there at a time, >= 0."""
        return 0.0 if self.since_s is None else max(time_s - self.since_s, 0.0)


class Stage:
    """Owns the scene. `open` a request, `apply` its results, `advance` every frame.

    dry_down_s : how long a place takes from its first note to its last, > 0.
    `ease_s` : how long places, light and air take to come and go, from the next time on.
    """

    def __init__(self, dry_down_s: float = DRY_DOWN_S):
        self.scene = Scene(daylight=BLUE_HOUR)
        self.ease_s = EASE_S
        self._palms, self._carried = Palms(), Carried()
        self._held: tuple[Held, ...] = ()
        self._dry_down_s = dry_down_s
        self._sets = [_Set() for _ in range(SLOTS)]
        self._place = self._left = 0  # slots of the place that is open, and of the one that fades behind it
        self._light = Eased(BLUE_HOUR, EASE_S)
        self._air = Eased(Ambience(), EASE_S)
        self._turn, self._turn_before, self._turned_s = Turn(), Turn(), 0.0
        self._scent_before = NO_SCENT
        self._veil = Eased(0.0, 0.8)
        self._pointed: tuple[float, float, float] | None = None
        self._pointing = Eased(0.0, 0.25)
        self.progress = Progress(0.0, "")
        self.failure = ""

    def open(self, request: int, kind: str, waiting: bool = False) -> None:
        """Makes room for a request's results. waiting: draw a veil until the first has come."""
        if kind == HALL:
            hall = self._sets[0]
            hall.request, hall.done, hall.used = request, False, True
        else:
            self._open_place(request)
        if waiting:
            self._veil.towards(1.0, self.scene.time_s, 0.8)

    def _open_place(self, request: int) -> None:
        slot = self._free_slot()
        self._empty(slot)
        self._sets[slot] = _Set(request, used=True)
        if self._place:
            self._sets[self._place].presence.towards(0.0, self.scene.time_s)
        self._place = slot
        self.failure = ""

    def _free_slot(self) -> int:
        order = [(self._place + step - 1) % (SLOTS - 1) + 1 for step in range(1, SLOTS)]
        unused = [slot for slot in order if not self._sets[slot].used]
        return (unused or [slot for slot in order if slot != self._place])[0]

    def _empty(self, slot: int) -> None:
        arrivals = self.scene.arrivals
        kept = [item for item in arrivals if item.slot != slot]
        arrivals.clear()
        arrivals.extend(kept)
        arrivals.append(Clear(slot))
        self._carried.drop(slot)
        self._left = 0 if self._left == slot else self._left

    def apply(self, result: Result) -> None:
        """Takes one result; those of requests not open here are dropped."""
        open_ = (index for index, one in enumerate(self._sets) if one.used and one.request == result.request)
        slot = next(open_, None)
        if slot is None:
            return
        one, value = self._sets[slot], result.value
        if isinstance(value, SceneSpec):
            self._understood(slot, value)
        elif isinstance(value, (Geometry, Image)):
            self._arrived(slot, value)
        elif isinstance(value, Progress):
            self.progress = value
        elif isinstance(value, Failed):
            self.failure = value.reason
            self._veil.towards(0.0, self.scene.time_s, 1.5)
            if slot and slot == self._place and one.presence.target == 0.0:  # there is nothing to stand in
                self.leave()
        elif isinstance(value, Done):
            one.done = True
            self._stand(slot)

    def _understood(self, slot: int, spec: SceneSpec) -> None:
        one, now = self._sets[slot], self.scene.time_s
        one.spec, one.emitters = spec, emitters(spec, slot)
        one.dry_down = DryDown(spec, one.emitters, self._dry_down_s) if slot else None
        self._veil.towards(0.0, now, 1.5)
        if slot == self._place:
            self._go_to(spec)

    def _go_to(self, spec: SceneSpec | None) -> None:
        """Light and air set out for a spec's; the dry-down that was on them stays behind."""
        now = self.scene.time_s
        self._light.towards(daylight(spec) if spec else BLUE_HOUR, now, self.ease_s)
        self._air.towards(ambience(spec) if spec else Ambience(), now, self.ease_s)
        self._turn_before, self._turned_s = self._turn, now
        self._scent_before = self.scene.ambience.scent

    def _arrived(self, slot: int, value: Geometry | Image) -> None:
        one = self._sets[slot]
        known = (*one.spec.surfaces, *MODEL_SURFACES) if one.spec else ()
        if isinstance(value, Geometry) and one.spec and value.material.surface not in known:
            # nobody will paint it: the part shows its own colour instead of waiting
            value = replace(value, material=replace(value.material, surface=""))
        self.scene.arrivals.append(Arrival(slot, value))
        if isinstance(value, Geometry):
            if value.first_instance == 0:
                came_s, _ = one.lights.get(value.part, (self.scene.time_s, ()))
                one.lights[value.part] = came_s, value.lights
                if value.lights and (value.product_id or value.part.startswith(HERO)):
                    whose = "" if value.part.startswith(HERO) else value.product_id
                    one.shining[value.part] = whose, value.instances["world_from_part"][0].astype(np.float64)
                one.parts += 1
            if one.parts >= PARTS_TO_STAND_ON:
                self._stand(slot)

    def _stand(self, slot: int) -> None:
        """A set has enough to stand in: it comes, what was there goes; not where nobody is any more."""
        one, now = self._sets[slot], self.scene.time_s
        if slot != self._place or one.presence.target == 1.0:
            return
        one.presence.towards(1.0, now, self.ease_s)
        one.since_s = now
        if slot and self._sets[0].used:
            self._sets[0].presence.towards(0.0, now, self.ease_s)

    def leave(self) -> None:
        """Back to the hall; the place fades."""
        now = self.scene.time_s
        if self._place:
            self._sets[self._place].presence.towards(0.0, now, self.ease_s)
            self._place, self._left = 0, self._place
        self._veil.towards(0.0, now, 1.0)
        hall = self._sets[0]
        if hall.parts:
            hall.presence.towards(1.0, now, self.ease_s)
        self._go_to(hall.spec)

    def feel(self, hands: tuple[Hand, ...], time_s: float) -> None:
        """Takes the visitor's hands at a time, before `advance` to it."""
        self._palms.feel(hands, time_s)

    def hold(self, held: tuple[Held, ...]) -> None:
        """Takes the bottles that are away from their plinths now; a place's own ("") is told apart here."""
        own = self._place or self._left
        self._held = tuple(one if one.product_id else replace(one, slot=own) for one in held
                           if one.product_id or own)

    def point(self, rays: tuple[Ray, ...]) -> None:
        """Takes the rays of hands that point."""
        self.scene.rays = rays

    def came_at(self, time_s: float) -> None:
        """Says when one came to the open place, if not when it stood: its dry-down counts from there."""
        self._sets[self._place].since_s = time_s

    def point_at(self, position: tuple[float, float, float] | None) -> None:
        """Lights up what the visitor points at (a place above it, metres), or nothing."""
        wanted = 0.0 if position is None else 1.0
        if self._pointing.target != wanted:
            self._pointing.towards(wanted, self.scene.time_s)
        self._pointed = position or self._pointed

    @property
    def in_place(self) -> bool:
        """Whether a place is open (else one is in the hall)."""
        return self._place > 0

    @property
    def settled(self) -> bool:
        """Whether everything of the open set has come and nothing eases any more."""
        one = self._sets[self._place]
        return one.done and not self.scene.arrivals and one.presence.value == 1.0 and self._veil.value == 0.0

    def advance(self, time_s: float) -> None:
        """Moves everything to `time_s` and rewrites the scene."""
        scene = self.scene
        passed_s, scene.time_s = max(time_s - scene.time_s, 0.0), time_s
        for one in self._sets:
            if one.dry_down:
                one.dry_down.grow(one.age_s(time_s))
        self._light_up(time_s)
        self._blow(time_s, passed_s)
        scene.palms, scene.held = self._palms.at(time_s), self._carried.carry(self._held, passed_s)
        scene.lights, scene.emitters = self._pointing_light(time_s), []
        for slot, one in enumerate(self._sets):
            presence = scene.presence[slot] = one.presence.at(time_s)
            scene.moods[slot] = one.dry_down.mood if one.dry_down else _FRESH
            if presence > 0:
                scene.lights += [(slot, light) for light in self._lights_of(slot, time_s)]
                scene.emitters += one.dry_down.emitters if one.dry_down else one.emitters
            elif one.used and slot and slot != self._place:
                self._empty(slot)
                self._sets[slot] = _Set()

    def _lights_of(self, slot: int, time_s: float) -> Iterator[Light]:
        """The lights of a slot's parts; those of a hero go where it is carried."""
        one = self._sets[slot]
        away = {held.product_id: held.pose for held in self.scene.held if held.slot == slot}
        for part, (came_s, lights) in one.lights.items():
            lights = kindled(lights, time_s - came_s)
            whose, home = one.shining.get(part, (None, None))
            yield from carried(lights, home, away[whose]) if whose in away else lights

    def _light_up(self, time_s: float) -> None:
        """Light on its way between two places, what the dry-down makes of it, and the veil over it."""
        one, veil = self._sets[self._place], float(self._veil.at(time_s))
        target = one.dry_down.turn if one.dry_down else _STRAIGHT
        way = smootherstep((time_s - self._turned_s) / self.ease_s)
        self._turn = target if way >= 1.0 else mixed(self._turn_before, target, way)
        light = self._light.at(time_s)
        light = light if self._turn == _STRAIGHT else turned(light, self._turn)
        if veil > 0:
            light = replace(light, haze_per_m=light.haze_per_m + VEIL_HAZE_PER_M * veil)
        self.scene.daylight = light

    def _blow(self, time_s: float, passed_s: float) -> None:
        """The air of now, carried on by the wind of the time that passed."""
        self.scene.ambience = self._blown(self._air.at(time_s), time_s, passed_s)

    def ahead(self, later_s: float) -> Ambience:
        """The air as it will be `later_s` (>= 0) after now, unless something is asked for meanwhile.

        For what takes its time until it is felt: a scent on its way, a fan that has to gather speed.
        """
        time_s = self.scene.time_s + later_s
        return self._blown(self._air.then(time_s), time_s, later_s)

    def _blown(self, air: Ambience, time_s: float, passed_s: float) -> Ambience:
        """`air`, that of a time, after `passed_s` in which what is there now was blown on to it."""
        before = self.scene.ambience
        mean = tuple(0.5 * (a + b) for a, b in zip(before.wind_m_s, air.wind_m_s))
        return replace(air, drift_m=carried_on(before.drift_m, mean, passed_s), scent=self._smelled(time_s),
                       haze_per_m=self.scene.daylight.haze_per_m)

    def _smelled(self, time_s: float) -> Scent:
        """Scent on its way from one place to another, as light is."""
        one, way = self._sets[self._place], smootherstep((time_s - self._turned_s) / self.ease_s)
        target = one.dry_down.scent(one.age_s(time_s)) if one.dry_down else NO_SCENT
        return target if way >= 1.0 else mixed(self._scent_before, target, way)

    def _pointing_light(self, time_s: float) -> list[tuple[int, Light]]:
        shine = float(self._pointing.at(time_s))
        if shine <= 0 or self._pointed is None:
            return []
        return [(0, Light(self._pointed, tuple(POINTING_COLOR * shine), 1.1))]
