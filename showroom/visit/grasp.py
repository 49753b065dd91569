"""Grasp: what a visitor's hands point at, choose, take, bring to the face and put back.

Pure: hands in, meanings out. Either hand alone can do everything:

    point and select        chooses a product or a sign
    squeeze beside a bottle takes it as it stands; bare hands may also pinch it
    squeeze, pointing at it calls it to the hand
    bring it to the face    tries it; so does selecting while it is held
    let go                  and it flies home by itself
    select on nothing       takes hold of the ring, to drag it round (see standing.py)
"""

import math
from dataclasses import dataclass, replace

from showroom.visit import feel, flight, pointing
from showroom.visit.flight import Flight
from showroom.visit.pointing import Met, Ware, is_real, met_by
from showroom.words.controls import Controls, Hand
from showroom.words.pose import moved
from showroom.words.scene import Held, Ray
from showroom.words.sign import Sign
from showroom.words.view import Pose
from showroom.words.wish import Pulse

PRESSED, RELEASED = 0.6, 0.4
FACE = (0.0, -0.06, -0.08)      # from the middle of the head to the nose
SMELLED_M, AWAY_M = 0.2, 0.34   # a bottle at the face, and one that has left it
MOVED_M = 0.03                  # a hand that moves more is not lying on a table
ELSEWHERE_M = 0.1               # a home that moves less at once only hovers, and what flies there flies on
RAY_S = 0.12                    # how fast rays come and go
FAINT = 0.3                     # a ray that meets the floor, or a sign that is only read


@dataclass(frozen=True)
class Chosen:
    """Something that was selected. kind: "product" (name: its id) or "sign" (name: its choice)."""

    kind: str
    name: str


@dataclass(frozen=True)
class Reached:
    """What the hands did in one frame.

    pointing, choice : a product's id and a sign's choice that are pointed at, "" for none.
    pressing : the choice of a sign on which select is held down, "" for none.
    chosen : at the press of select.   back : pressed.   acted : somebody is there and does something.
    tried, taken : a product brought to the face, or into a hand, once each time.   pulses : for the hands.
    busy : sides that hold something.   dragging : the side that has taken hold of the ring, "" for none.
    """

    pointing: str = ""
    choice: str = ""
    pressing: str = ""
    chosen: Chosen | None = None
    tried: str = ""
    taken: str = ""
    back: bool = False
    acted: bool = False
    rays: tuple[Ray, ...] = ()
    held: tuple[Held, ...] = ()
    pulses: tuple[Pulse, ...] = ()
    busy: tuple[str, ...] = ()
    dragging: str = ""


class Grasp:
    """The hands of one visit. `step` it every frame."""

    def __init__(self):
        self._down: dict[tuple[str, str], bool] = {}
        self._unheard = False  # whether a button that has not been heard of counts as down
        self._met: dict[str, Met] = {}
        self._shine: dict[str, float] = {}
        self._flights: dict[str, Flight] = {}
        self._smelled: set[str] = set()
        self._seen_at: dict[str, tuple[float, float, float]] = {}
        self._leading = "right"
        self._dragging = ""
        self._own = ""
        self._time_s: float | None = None

    def forget(self) -> None:
        """Everything is at home, nothing is pointed at; a button that is down means nothing until it is up."""
        self.__init__()
        self._unheard = True

    def step(self, controls: Controls, wares: tuple[Ware, ...], signs: tuple[Sign, ...],
             time_s: float) -> Reached:
        """One frame.

        controls : in the world; hands count only while it is focused.   wares : what stands on plinths here.
        signs    : what hangs here.   time_s : never goes back.
        """
        passed_s = 0.0 if self._time_s is None else max(time_s - self._time_s, 0.0)
        self._time_s = time_s
        hands = controls.hands if controls.focused else ()
        if not controls.focused:  # a finger that is down when the focus returns chooses nothing
            self._down, self._unheard, self._dragging = {}, True, ""
        here = {ware.product_id: ware for ware in wares}
        self._own = next((ware.product_id for ware in wares if ware.own), self._own)
        self._rehome(here, time_s)
        presses = {hand.side: self._presses(hand) for hand in hands}
        pulses: list[Pulse] = []
        self._point(hands, here, signs, pulses)
        taken = self._take(hands, presses, here, time_s, pulses)
        chosen = self._choose(hands, presses, here, pulses)
        tried = self._fly(hands, controls.head, time_s, passed_s, pulses)
        lead = self._met.get(self._leading, Met())
        return Reached(
            pointing=lead.name if lead.kind == pointing.WARE else "",
            choice=lead.name if lead.kind == pointing.SIGN else "", pressing=self._pressing(),
            chosen=chosen, tried=tried, taken=taken,
            back=any("back" in pressed for pressed in presses.values()), acted=self._acted(hands),
            rays=self._rays(hands, passed_s), held=self._held(), pulses=tuple(pulses),
            busy=tuple(one.side for one in self._flights.values() if one.side), dragging=self._dragging)

    # -- buttons --------------------------------------------------------------------------------

    def _presses(self, hand: Hand) -> set[str]:
        """Which buttons go down now, with a dead band, so that a trembling finger presses once."""
        now = {"select": hand.select, "squeeze": hand.squeeze, "back": float(hand.back)}
        pressed = set()
        for name, value in now.items():
            before = self._down.get((hand.side, name), self._unheard)
            down = self._down[hand.side, name] = value > (RELEASED if before else PRESSED)
            if down and not before:
                pressed.add(name)
        return pressed

    def _is_down(self, side: str, *names: str) -> bool:
        return any(self._down.get((side, name), False) for name in names)

    def _acted(self, hands: tuple[Hand, ...]) -> bool:
        acted = any(self._is_down(hand.side, "select", "squeeze", "back") or abs(hand.turn) > 0.5
                    for hand in hands)
        for hand in (hand for hand in hands if hand.grip is not None):
            at = hand.grip.position
            if math.dist(self._seen_at.setdefault(hand.side, at), at) > MOVED_M:
                acted, self._seen_at[hand.side] = True, at
        return acted

    # -- pointing -------------------------------------------------------------------------------

    def _point(self, hands: tuple[Hand, ...], here: dict[str, Ware], signs, pulses: list[Pulse]) -> None:
        """What each hand meets, while it holds nothing and drags nothing; one hand leads."""
        before, self._met = self._met, {}
        loose = {name: (ware, self._flights[name].pose if name in self._flights else ware.home)
                 for name, ware in here.items() if name not in self._flights or not self._flights[name].side}
        for hand in hands:
            if self._held_by(hand.side) is not None:
                continue
            kept = before.get(hand.side, Met())
            if self._dragging == hand.side:
                self._met[hand.side] = met_by(hand, {}, (), kept)
                continue
            met = self._met[hand.side] = met_by(hand, loose, signs, kept)
            if met.choosable and (met.kind, met.name) != (kept.kind, kept.name):
                pulses.append(feel.hover(hand.side, _touch(here, met)))
                self._leading = hand.side
        if not self._met.get(self._leading, Met()).choosable:
            self._leading = next((side for side, met in self._met.items() if met.choosable), self._leading)

    def _choose(self, hands: tuple[Hand, ...], presses, here: dict[str, Ware],
                pulses: list[Pulse]) -> Chosen | None:
        """What is selected: what is pointed at, or what is held; on nothing it takes hold of the ring."""
        seen = any(hand.side == self._dragging and hand.aim is not None for hand in hands)
        if not seen or not self._is_down(self._dragging, "select"):
            self._dragging = ""
        for hand in hands:
            if "select" not in presses[hand.side]:
                continue
            self._leading = hand.side
            held = self._held_by(hand.side)
            if held is not None:
                if not held.in_hand or hand.bare:  # a pinch is what holds it there
                    continue
                met = Met(pointing.WARE, held.ware.product_id)
            else:
                met = self._met.get(hand.side, Met())
            if met.choosable:
                pulses.append(feel.select(hand.side, _touch(here, met)))
                return Chosen(met.kind, met.name)
            if not self._dragging and is_real(hand):
                self._dragging = hand.side
        return None

    def _pressing(self) -> str:
        """The sign that is held down."""
        return next((met.name for side, met in self._met.items()
                     if met.kind == pointing.SIGN and met.name and self._is_down(side, "select")), "")

    # -- bottles --------------------------------------------------------------------------------

    def _take(self, hands: tuple[Hand, ...], presses, here: dict[str, Ware], time_s: float,
              pulses: list[Pulse]) -> str:
        """Takes what is squeezed, or pinched by a bare hand; returns whose it is."""
        taken = ""
        for hand in hands:
            met = self._met.get(hand.side, Met())
            pinched = hand.bare and met.near and "select" in presses[hand.side]
            takes = "squeeze" in presses[hand.side] or pinched
            if not takes or hand.grip is None or met.kind != pointing.WARE:
                continue
            ware, away = here[met.name], self._flights.get(met.name)
            pose = away.pose if away else ware.home
            self._flights[met.name] = flight.taken(ware, pose, hand, time_s, called=not met.near)
            self._leading = hand.side
            self._met.pop(hand.side)
            if met.near:
                pulses.append(feel.grab(hand.side, ware.touch))
            taken = met.name
        return taken

    def _fly(self, hands: tuple[Hand, ...], head: Pose, time_s: float, passed_s: float,
             pulses: list[Pulse]) -> str:
        """Moves everything that is away from home; returns what has come to the face."""
        tried, by_side = "", {hand.side: hand for hand in hands}
        for name, one in list(self._flights.items()):
            hand = by_side.get(one.side)
            holding = ("squeeze", "select") if hand and hand.bare else ("squeeze",)
            if hand is not None and not self._is_down(one.side, *holding):
                pulses.append(feel.let_go(one.side, one.ware.touch))
                one = flight.let_go(one, time_s)
            moved_on = flight.step(one, hand, head, time_s, passed_s)
            if moved_on is None:
                del self._flights[name]
                continue
            if moved_on.in_hand and not one.in_hand:  # it was called, and now it has come
                pulses.append(feel.grab(one.side, one.ware.touch))
            self._flights[name] = moved_on
            if self._smells(name, moved_on, head):
                pulses.append(feel.select(one.side, one.ware.touch))
                tried = name
        self._smelled &= set(self._flights)
        return tried

    def _smells(self, name: str, one: Flight, head: Pose) -> bool:
        """Whether it comes to the face now; once, until it has been away from it."""
        away = pointing.distance_m(moved(head, FACE), one.ware, one.pose)
        if not one.in_hand or away > AWAY_M:
            self._smelled.discard(name)
        elif away < SMELLED_M and name not in self._smelled:
            self._smelled.add(name)
            return True
        return False

    def _rehome(self, here: dict[str, Ware], time_s: float) -> None:
        """Where hall and place give way to each other, a bottle has another home, or none any more."""
        for name, one in list(self._flights.items()):
            ware = here.get(name)
            if ware is None and not one.side:
                del self._flights[name]
            elif ware is not None and ware != one.ware:
                elsewhere = math.dist(ware.home.position, one.ware.home.position) > ELSEWHERE_M
                start = {"start": one.pose, "since_s": time_s} if elsewhere and not one.side else {}
                self._flights[name] = replace(one, ware=ware, **start)

    def _held_by(self, side: str) -> Flight | None:
        return next((one for one in self._flights.values() if one.side == side), None)

    # -- what is seen ---------------------------------------------------------------------------

    def _held(self) -> tuple[Held, ...]:
        """Every bottle away from home; a place's own also as that, so that it stays while the hall goes."""
        held = []
        for name, one in self._flights.items():
            held.append(Held(0, name, one.pose))
            if name == self._own:
                held.append(Held(0, "", one.pose))
        return tuple(held)

    def _rays(self, hands: tuple[Hand, ...], passed_s: float) -> tuple[Ray, ...]:
        """A ray for each empty hand: strong where it meets something to choose, none where it touches it."""
        rays = []
        for hand in hands:
            met = self._met.get(hand.side)
            unseen = met is None or met.near or met.kind == pointing.NOTHING
            wanted = 0.0 if unseen else 1.0 if met.choosable else FAINT
            shine = self._shine.get(hand.side, 0.0)
            step = passed_s / RAY_S
            shine = self._shine[hand.side] = shine + min(max(wanted - shine, -step), step)
            if met is not None and hand.aim is not None:
                seen = 0.0 if met.near else shine
                rays.append(Ray(pointing.start_of(hand), met.place, seen, met.choosable))
        return tuple(rays)


def _touch(here: dict[str, Ware], met: Met):
    return here[met.name].touch if met.kind == pointing.WARE and met.name in here else None
