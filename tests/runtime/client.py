"""A client of the runtime, run as a child: client.py SCENARIO [PORT] [GRAPHICS]; prints JSON lines.

It reports what it saw and judges nothing, so that every expectation stands in the tests.
"""

import logging
import math
import select
import sys
from collections import Counter

from dot import Dot, centre_px, layers
from remote import Remote
from telling import frames_until, say

from showroom.display.openxr import OpenXRDisplay
from showroom.display.openxr_loader import xr
from showroom.display.openxr_system import connect
from showroom.errors import RuntimeAbsentError
from showroom.words.vibration import Vibration
from showroom.words.view import yaw_pitch

DOT = (0.2, 1.5, -1.5)
HEADS = (((0.0, 1.6, 0.0), (0.0, 0.0)), ((0.25, 1.7, -0.3), (0.0, 0.0)), ((-0.4, 1.2, 0.5), (0.6, -0.3)))


def visit(port: str, graphics: str) -> None:
    """Everything a visitor does, once."""
    remote, calls = Remote(int(port)), counted_calls()
    display = OpenXRDisplay(wait=False, graphics=graphics)
    frame = frames_until(display, lambda frame: frame.controls.focused and frame.eyes.views)
    say(step="focused", states=display.lifecycle.history, views=len(frame.eyes.views),
        size=frame.eyes.target.size, layers=frame.eyes.target.layers)
    look(display, remote)
    see(display, remote)
    reach(display, remote)
    stumble(display)
    display.request_exit()
    frames_until(display, lambda frame: False)
    say(step="left", states=display.lifecycle.history, running=display.running, calls=calls)
    display.close()


def counted_calls() -> Counter:
    """Counts every frame's calls that belong together, from now on."""
    calls = Counter()

    def counting(name, call):
        def counted(*arguments):
            calls[name] += 1
            return call(*arguments)
        return counted

    for name in ("xrWaitFrame", "xrBeginFrame", "xrEndFrame",
                 "xrAcquireSwapchainImage", "xrReleaseSwapchainImage"):
        setattr(xr.raw_functions, name, counting(name, getattr(xr.raw_functions, name)))
    return calls


def look(display, remote) -> None:
    """The head goes where the driver puts it."""
    for position, (yaw, pitch) in HEADS:
        turn = yaw_pitch(yaw, pitch)
        remote.head(position, turn)
        remote.send()
        seen = frames_until(display, lambda frame: math.dist(frame.controls.head.position, position) < 0.001
                            and math.dist(frame.controls.head.orientation, turn) < 0.001)
        with display.frame() as frame:
            eyes = [view.pose.position for view in frame.eyes.views]
        say(step="look", followed=seen is not None, wanted=position, turn=turn,
            error_m=math.dist(frame.controls.head.position, position), eyes=eyes)


def see(display, remote) -> None:
    """A dot drawn into both layers, read back before the runtime takes the image."""
    remote.head((0.0, 1.6, 0.0))
    remote.send()
    dot = Dot(DOT, 0.04)
    frames_until(display, lambda frame: frame.eyes.views and abs(frame.controls.head.position[0]) < 0.001)
    with display.frame() as frame:
        dot.draw(frame.eyes)
        pictures = layers(frame.eyes)
    say(step="see", found=[centre_px(picture) for picture in pictures],
        expected=[dot.expected_px(view, frame.eyes.target.size) for view in frame.eyes.views],
        late_is_bool=isinstance(frame.late, bool))


def reach(display, remote) -> None:
    """The right hand points, pulls the trigger, pushes the stick and presses B."""
    remote.hand("right", (0.3, 1.2, -0.4), yaw_pitch(0.2, 0.0))
    remote.trigger("right", 1.0)
    remote.thumbstick("right", -0.5, 0.0)
    remote.b_button("right", True)
    remote.send()
    frame = frames_until(display, lambda frame: any(hand.back for hand in frame.controls.hands))
    left, right = frame.controls.hands
    say(step="reach", sides=[left.side, right.side], select=[left.select, right.select],
        turn=[left.turn, right.turn], back=[left.back, right.back], grip=right.grip.position,
        aim=right.aim.orientation)
    display.vibrate(Vibration("right", 0.02, 0.5))
    remote.trigger("right", 0.0)
    remote.b_button("right", False)
    remote.send()
    released = frames_until(display, lambda frame: any(hand.side == "right" and not hand.select
                                                       for hand in frame.controls.hands))
    say(step="release", released=released is not None)


def stumble(display) -> None:
    """What is drawn raises; the session must not notice."""
    caught = 0
    for _ in range(3):
        try:
            with display.frame():
                raise ValueError("from inside a frame")
        except ValueError:
            caught += 1
    after = [frames_until(display, lambda frame: bool(frame.eyes.views)) is not None for _ in range(3)]
    say(step="stumble", caught=caught, frames_after=after, state=display.lifecycle.state)


def survive() -> None:
    """Runs until its input is closed, telling each change of state; frames go on whatever happens."""
    display = OpenXRDisplay(graphics="egl")
    dot = Dot(DOT, 0.04)  # made once: it must outlive every session
    told, frames, drawn = "", 0, 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        with display.frame() as frame:
            frames += 1
            if frame.eyes.views:
                dot.draw(frame.eyes)
                drawn += 1
                bright = [bool((picture[..., 0] > 127).any()) for picture in layers(frame.eyes)]
        if frame.state != told or (frame.state == "FOCUSED" and frame.eyes.views and not drawn % 10):
            told = frame.state
            say(state=told, frames=frames, drawn=drawn, time_s=frame.time_s, focused=frame.controls.focused,
                hands=len(frame.controls.hands),
                bright=bright if frame.eyes.views else [])
    display.close()
    say(state="closed", states=display.lifecycle.history)


def modest() -> None:
    """As on a runtime that knows no floor, and one that lacks an extension."""
    try:
        connect(("XR_KHR_opengl_enable", "XR_EXT_not_there"))
    except RuntimeAbsentError as error:
        say(step="lacking", error=str(error))
    xr.enumerate_reference_spaces = lambda session: [xr.ReferenceSpaceType.VIEW, xr.ReferenceSpaceType.LOCAL]
    display = OpenXRDisplay(wait=False, graphics="egl")
    frame = frames_until(display, lambda frame: frame.controls.focused and frame.eyes.views)
    say(step="floorless", head=frame.controls.head.position)
    display.close()


def report() -> None:
    """What doctor would say."""
    from showroom.display.openxr_report import facts

    say(step="report", facts=facts())


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    {"visit": visit, "survive": survive, "modest": modest, "report": report}[sys.argv[1]](*sys.argv[2:])
