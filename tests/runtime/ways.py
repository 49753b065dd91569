"""Every way through a session's life that a real runtime does not take on demand, run as a child.

Each way is a function that gets a display and its fake runtime; what it saw is a JSON line.
"""

import json
import logging
import sys

import fake_stage
from fake_loader import R
from fuzz import CALLS

from showroom.display.openxr_loader import xr
from showroom.words.vibration import Vibration

Kind, State = xr.StructureType, xr.SessionState
PATIENCE = 60  # frames


class Counting(logging.Handler):
    """Keeps what staff are told."""

    def __init__(self):
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.getMessage()}")


def seen(display, frames: int) -> list[dict]:
    """What so many frames were like."""
    answer = []
    for _ in range(frames):
        if display.running:
            with display.frame() as frame:
                controls = frame.controls
                answer.append({"state": frame.state, "views": len(frame.eyes.views), "worn": controls.worn,
                               "focused": controls.focused, "hands": len(controls.hands),
                               "recentred": controls.recentred, "time_s": frame.time_s})
    return answer


def until_drawn(display) -> list[dict]:
    """Frames until one in focus that is drawn, that one included."""
    frames = []
    for _ in range(PATIENCE):
        frames += seen(display, 1)
        if frames[-1]["views"] and frames[-1]["focused"]:
            break
    return frames


def doff_and_don(display, runtime) -> dict:
    """Taken off: the sensor says so, the runtime stops the session; put on: it is begun again."""
    before = until_drawn(display)
    runtime.events.append((Kind.EVENT_DATA_USER_PRESENCE_CHANGED_EXT, {"is_user_present": False}))
    taken_off = seen(display, 1)
    for state in (State.VISIBLE, State.SYNCHRONIZED, State.STOPPING):
        runtime.announce(state)
    resting = seen(display, 5)
    runtime.announce(State.READY)
    runtime.events.append((Kind.EVENT_DATA_USER_PRESENCE_CHANGED_EXT, {"is_user_present": True}))
    after = until_drawn(display)
    return {"before": before, "taken_off": taken_off, "resting": resting, "after": after}


def should_not_render(display, runtime) -> dict:
    """Frames go on, with nothing to draw, and hands are read."""
    until_drawn(display)
    runtime.should_render = False
    hidden = seen(display, 3)
    runtime.should_render = True
    return {"hidden": hidden, "after": until_drawn(display)}


def focus_lost(display, runtime) -> dict:
    """Another application has the hands: it is drawn, and none are read."""
    until_drawn(display)
    runtime.announce(State.VISIBLE)
    without = seen(display, 2)
    runtime.announce(State.FOCUSED)
    return {"without": without, "after": until_drawn(display)}


def untracked(display, runtime) -> dict:
    """The head is lost and found."""
    until_drawn(display)
    runtime.tracked = False
    lost = seen(display, 2)
    runtime.tracked = True
    return {"lost": lost, "after": until_drawn(display)}


def recentred(display, runtime) -> dict:
    """The floor's origin moves three pictures from now; another space's does not concern us."""
    first = until_drawn(display)
    soon = runtime.now_ns + 30_000_000
    for kind, at in ((xr.ReferenceSpaceType.STAGE, 0), (xr.ReferenceSpaceType.LOCAL_FLOOR, soon)):
        runtime.events.append((Kind.EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING,
                               {"reference_space_type": kind, "change_time": at}))
    return {"first": first, "then": seen(display, 6)}


def loss_pending(display, runtime) -> dict:
    """The session is about to be lost, and then the instance."""
    until_drawn(display)
    runtime.announce(State.LOSS_PENDING)
    between = until_drawn(display)
    runtime.events.append((Kind.EVENT_DATA_INSTANCE_LOSS_PENDING, {}))
    return {"between": between, "after": until_drawn(display)}


def losses(display, runtime) -> dict:
    """Session and instance are lost in every call that a visit makes, one after the other."""
    survived = {}
    until_drawn(display)
    for call in CALLS:
        if call == "xrRequestExitSession":  # a loss on the way out is the way out
            continue
        for result in (R.ERROR_SESSION_LOST, R.ERROR_INSTANCE_LOST, R.ERROR_RUNTIME_FAILURE):
            runtime.fault = (call, result)
            if call == "xrBeginSession":
                runtime.announce(State.LOSS_PENDING)
            if call == "xrEndSession":
                runtime.announce(State.STOPPING)
            if call == "xrGetCurrentInteractionProfile":
                runtime.events.append((Kind.EVENT_DATA_INTERACTION_PROFILE_CHANGED, {}))
            if call == "xrApplyHapticFeedback":
                with display.frame():
                    display.vibrate(Vibration("left", 0.1, 1.0))
            frames = seen(display, 1) + until_drawn(display)
            survived[f"{call} {result.name}"] = {"met": runtime.fault is None,
                                                 "drawn": bool(frames[-1]["views"])}
            runtime.fault = None
    return {"survived": survived}


def no_headset(display, runtime) -> dict:
    """The runtime is there before its headset."""
    frames = []
    for _ in range(PATIENCE):
        runtime.fault = ("xrGetSystem", R.ERROR_FORM_FACTOR_UNAVAILABLE)
        frames += seen(display, 1)
    runtime.fault = None
    return {"waiting": frames, "after": until_drawn(display)}


def leaving(display, runtime) -> dict:
    """The runtime ends the show."""
    until_drawn(display)
    for state in (State.STOPPING, State.EXITING):
        runtime.announce(state)
    return {"frames": seen(display, 5), "running": display.running}


WAYS = (doff_and_don, should_not_render, focus_lost, untracked, recentred, loss_pending, losses, no_headset,
        leaving)


def main() -> None:
    with fake_stage.context(logging.INFO):
        for way in WAYS:
            told = Counting()
            logger = logging.getLogger("showroom.display")
            logger.handlers, logger.propagate = [told], False
            with fake_stage.display() as (display, runtime):
                facts = way(display, runtime)
                print(json.dumps({"step": way.__name__, **facts, "states": display.lifecycle.history,
                                  "told": told.lines, "sessions": runtime.calls.count("xrCreateSession"),
                                  "ended": runtime.calls.count("xrEndFrame"),
                                  "begun": runtime.calls.count("xrBeginFrame")}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
