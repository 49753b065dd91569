"""A client that takes bottles with driven hands, run as a child: hands_client.py SCENARIO PORT SIDE.

It prints what it saw as JSON lines and judges nothing, so that every expectation stands in the tests.
"""

import math
import os
import sys
import time
from ctypes import POINTER, byref, cast

from joints import JointsLayer
from remote import Remote
from telling import PATIENCE_S, say

from showroom.display import openxr_profiles
from showroom.display.openxr import OpenXRDisplay
from showroom.display.openxr_loader import xr
from showroom.senses.touch import Skin
from showroom.visit.grasp import Grasp, Reached, Ware
from showroom.visit.standing import Standing
from showroom.words.ambience import Ambience
from showroom.words.hall import hall_home
from showroom.words.pose import azimuth_rad
from showroom.words.scenespec import Touch
from showroom.words.vibration import Vibration
from showroom.words.view import Pose, yaw_pitch

HEAVY = Touch(roughness=0.2, softness=0.1, weight=1.0, warmth=0.5)
WARES = tuple(Ware(f"product-{index}", hall_home(index), touch=HEAVY) for index in range(12))
HEAD = (0.0, 1.6, 0.0)


def felt() -> list[tuple[int, float, float]]:
    """(path of the hand, seconds, amplitude) of every vibration that the runtime has taken from now on."""
    pulses, call = [], xr.apply_haptic_feedback

    def counted(session, info, wave):
        call(session, info, wave)
        what = cast(byref(wave), POINTER(xr.HapticVibration)).contents
        hand = getattr(info.subaction_path, "value", info.subaction_path)
        pulses.append((int(hand), what.duration / 1e9, what.amplitude))

    xr.apply_haptic_feedback = counted
    return pulses


class Visit:
    """A display with a visitor's hands on it."""

    def __init__(self, port: str, side: str = "right"):
        self.remote, self.side, self.pulses = Remote(int(port)), side, felt()
        self.remote.head(HEAD)
        self.remote.send()
        self.display = OpenXRDisplay(wait=False, graphics="egl")
        self.grasp, self.standing, self.reached = Grasp(), Standing(), Reached()
        self.controls, self.met, self.skin = None, [], Skin(1.0)

    def frame(self) -> Reached:
        with self.display.frame() as frame:
            before = self.reached
            self.controls = self.standing.step(frame.controls, frame.time_s, before.busy, before.dragging)
            self.reached = self.grasp.step(self.controls, WARES, (), frame.time_s)
            for pulse in self.reached.pulses:
                self.skin.heed(pulse)
            for vibration in self.skin.step(self.controls.hands, Ambience(), {}, frame.time_s):
                self.display.vibrate(vibration)
        self.met.append(self.reached)
        return self.reached

    def until(self, done) -> bool:
        """Frames until `done(reached)`; False when patience ended."""
        deadline = time.monotonic() + PATIENCE_S
        while self.display.running and time.monotonic() < deadline:
            if done(self.frame()):
                return True
        return False

    def hand(self):
        return next((hand for hand in self.controls.hands if hand.side == self.side), None)

    def put(self, position, turn=(0.0, 0.0, 0.0, 1.0)) -> bool:
        """Moves the hand and waits until it is seen there."""
        self.remote.hand(self.side, position, turn)
        self.remote.send()
        return self.until(lambda _: (hand := self.hand()) is not None and hand.grip is not None
                          and math.dist(hand.grip.position, position) < 1e-3
                          and math.dist(hand.grip.orientation, turn) < 1e-3)

    def do(self, **values) -> None:
        for name, value in values.items():
            getattr(self.remote, name)(self.side, *(value if isinstance(value, tuple) else (value,)))
        self.remote.send()

    def pose(self) -> Pose | None:
        return next((one.pose for one in self.reached.held), None)


def grasp(port: str, side: str) -> None:
    """Points, selects, takes, turns, smells, lets go and turns the ring, with a controller."""
    visit = Visit(port, side)
    other = "left" if side == "right" else "right"
    visit.remote.gone(other)
    visit.remote.hand(side, (0.1, 1.2, -0.2))
    visit.remote.send()
    visit.until(lambda _: visit.controls.focused
                and sorted(hand.side for hand in visit.controls.hands if hand.aim is not None) == [side])
    visit.pulses.clear()  # of the hand that has gone
    x, y, z = hall_home(1).position
    start = (0.1, 1.2, -0.2)
    yaw = math.atan2(start[0] - x, start[2] - z)
    visit.put(start, yaw_pitch(yaw, math.atan2(y + 0.07 - start[1], math.hypot(x - 0.1, z + 0.2))))
    say(step="point", pointing=visit.reached.pointing,
        other=[hand.aim is None for hand in visit.controls.hands], palm=visit.hand().palm is not None)
    visit.do(trigger=1.0)
    chosen = visit.until(lambda reached: reached.chosen is not None)
    say(step="select", chosen=chosen and visit.reached.chosen.name)
    visit.do(trigger=0.0)
    take(visit)
    visit.remote.squeeze(side, 0.0)
    visit.remote.send()
    home = visit.until(lambda reached: not reached.held)
    say(step="home", home=home)
    snap(visit)
    say(step="felt", pulses=visit.pulses, path=path_of(visit, side))
    visit.display.close()
    say(step="left")


def path_of(visit: Visit, side: str) -> int:
    """What the runtime calls a hand."""
    return xr.string_to_path(visit.display._system.instance, f"/user/hand/{side}").value


def take(visit: Visit) -> None:
    """Squeezes beside the first bottle, carries it, and brings it to the face."""
    x, y, z = hall_home(0).position
    beside, turn = (x, y + 0.06, z + 0.05), yaw_pitch(0.5, -0.3)
    visit.put(beside, turn)
    visit.do(squeeze=1.0)
    visit.until(lambda reached: bool(reached.taken))
    say(step="take", taken=visit.reached.taken, at=visit.pose().position, busy=visit.reached.busy)
    away, turned = (0.25, 1.15, -0.5), yaw_pitch(-1.0, 0.4)
    visit.put(away, turned)
    pose = visit.pose()
    say(step="carry", grips=[[*beside, *turn], [*away, *turned]], at=pose.position, turn=pose.orientation)
    visit.put((0.0, 1.45, -0.15), turned)
    tried = [reached.tried for reached in visit.met if reached.tried]
    say(step="smell", tried=tried)
    visit.put(away, turned)


def snap(visit: Visit) -> None:
    """Pushes the stick aside: the ring comes round by a twelfth."""
    visit.do(thumbstick=(1.0, 0.0))
    turned = visit.until(lambda _: visit.standing.turned)
    visit.do(thumbstick=(0.0, 0.0))
    visit.until(lambda _: visit.hand().turn == 0.0)
    say(step="snap", turned=turned, azimuth=azimuth_rad(visit.controls.head.orientation))


def make(port: str, name: str) -> None:
    """Controllers of one make alone: what is bound, and what its buttons do."""
    for other in set(openxr_profiles.PROFILES) - {name}:
        del openxr_profiles.PROFILES[other]
    visit = Visit(port)
    visit.put((0.3, 1.2, -0.4))
    visit.do(trigger=1.0, squeeze=1.0, thumbstick=(-0.5, 0.0))
    selected = visit.until(lambda _: visit.hand().select == 1.0)
    visit.until(lambda _: visit.hand().squeeze == 1.0 or name.startswith("khr"))
    hand = visit.hand()
    display = visit.display
    say(step="make", selected=selected, squeeze=hand.squeeze, turn=hand.turn, aim=hand.aim is not None,
        grip=hand.grip.position, profiles=display._session.input.profiles(display._system.instance))
    visit.do(b_button=True)
    say(step="back", back=name.startswith("khr") or visit.until(lambda _: visit.hand().back))
    display.vibrate(Vibration("right", 0.02, 0.5))
    say(step="felt", pulses=len(visit.pulses))
    display.close()
    say(step="left")


def fist(port: str, side: str) -> None:
    """A bare hand of the runtime's own closes and opens."""
    visit = Visit(port, side)
    visit.until(lambda _: visit.controls.focused)
    visit.do(hand=((0.2, 1.2, -0.4),), bare=0.0)
    seen = visit.until(lambda _: visit.hand() is not None and visit.hand().bare)
    opened = visit.hand().squeeze
    visit.do(bare=1.0)
    closed = visit.until(lambda _: visit.hand().squeeze > 0.9)
    say(step="fist", seen=seen, opened=opened, closed=closed, select=visit.hand().select,
        near=math.dist(visit.hand().grip.position, (0.2, 1.2, -0.4)))
    visit.do(gone=())
    say(step="gone", gone=visit.until(lambda _: visit.hand() is None or visit.hand().aim is None))
    visit.display.close()
    say(step="left")


def pinch(port: str, side: str) -> None:
    """A bare hand whose joints a layer tells pinches a bottle, carries it and opens."""
    layer = JointsLayer()
    layers = [os.environ.get("XR_ENABLE_API_LAYERS", ""), layer.name]
    os.environ["XR_ENABLE_API_LAYERS"] = os.pathsep.join(filter(None, layers))
    visit = Visit(port, side)
    for hand in ("left", "right"):
        visit.remote.gone(hand)
    visit.remote.send()
    visit.until(lambda _: visit.controls.focused)
    x, y, z = hall_home(0).position
    layer.places = joints((x, y + 0.05, z + 0.08), 0.09)
    seen = visit.until(lambda reached: bool(reached.pointing) and visit.hand().bare)
    say(step="seen", seen=seen, pointing=visit.reached.pointing, select=visit.hand().select,
        asked=layer.asked > 0)
    layer.places = joints((x, y + 0.05, z + 0.08), 0.012)
    visit.until(lambda reached: bool(reached.taken))
    say(step="pinch", taken=visit.reached.taken, chosen=visit.reached.chosen is not None)
    layer.places = joints((x, y + 0.25, z + 0.38), 0.012)
    visit.until(lambda _: math.dist(visit.hand().grip.position, (x, y + 0.25, z + 0.38)) < 1e-3)
    say(step="carry", moved=[one - other for one, other in zip(visit.pose().position, hall_home(0).position)])
    layer.places = joints((x, y + 0.25, z + 0.38), 0.09)
    say(step="home", home=visit.until(lambda reached: not reached.held))
    layer.places = None
    say(step="gone", gone=visit.until(lambda _: visit.hand().aim is None))
    visit.display.close()
    say(step="left")


def joints(palm, between_m: float) -> list[tuple[float, float, float]]:
    """26 joints of a flat hand with its fingers along −Z; thumb and index finger `between_m` apart."""
    x, y, z = palm
    places = [(x, y, z - 0.13)] * 26
    places[0], places[1], places[12] = (x, y, z), (x, y, z + 0.05), (x, y, z - 0.05)
    places[7] = (x - 0.03, y, z - 0.05)
    places[10], places[5] = (x - 0.03, y, z - 0.12), (x - 0.03 - between_m, y, z - 0.12)
    return places


if __name__ == "__main__":
    {"grasp": grasp, "make": make, "fist": fist, "pinch": pinch}[sys.argv[1]](*sys.argv[2:])
