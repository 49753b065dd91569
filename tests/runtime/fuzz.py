"""Any sequence of events and results, run as a child: fuzz.py EXAMPLES.

It ends with 1 and the smallest example that breaks a rule, else with what it came across, as a JSON line.
"""

import contextlib
import json
import logging
import sys
from collections import Counter

import fake_stage
import numpy as np
from fake_loader import R
from fake_runtime import FakeRuntime
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from showroom.display.openxr_loader import xr
from showroom.words.sign import CARD, CHOICE, Panel, Sign, Writing
from showroom.words.vibration import Vibration
from showroom.words.view import Pose

_Kind = xr.StructureType
ERRORS = [result for result in xr.Result if result.value < 0]
FATAL = [R.ERROR_SESSION_LOST, R.ERROR_INSTANCE_LOST, R.ERROR_RUNTIME_FAILURE]
CALLS = ("xrPollEvent", "xrWaitFrame", "xrBeginFrame", "xrEndFrame", "xrLocateSpace", "xrLocateViews",
         "xrSyncActions", "xrGetActionStateFloat", "xrGetActionStateBoolean", "xrAcquireSwapchainImage",
         "xrWaitSwapchainImage", "xrReleaseSwapchainImage", "xrBeginSession", "xrEndSession",
         "xrRequestExitSession", "xrApplyHapticFeedback", "xrGetCurrentInteractionProfile")
CONNECTING = ("xrEnumerateInstanceExtensionProperties", "xrCreateInstance", "xrGetInstanceProperties",
              "xrGetSystem", "xrGetSystemProperties", "xrEnumerateViewConfigurations",
              "xrEnumerateViewConfigurationViews",
              "xrEnumerateEnvironmentBlendModes", "xrGetInstanceProcAddr", "xrCreateSession",
              "xrEnumerateReferenceSpaces", "xrCreateReferenceSpace", "xrEnumerateSwapchainFormats",
              "xrCreateSwapchain", "xrEnumerateSwapchainImages", "xrCreateActionSet", "xrCreateAction",
              "xrStringToPath", "xrSuggestInteractionProfileBindings", "xrAttachSessionActionSets",
              "xrCreateActionSpace")
# results that are no errors, where the specification allows them
SUCCESSES = [("xrBeginFrame", R.FRAME_DISCARDED), ("xrSyncActions", R.SESSION_NOT_FOCUSED),
             *((name, R.SESSION_LOSS_PENDING) for name in CALLS[1:] if name != "xrEndSession")]
faults = st.one_of(st.tuples(st.sampled_from(CALLS), st.sampled_from(FATAL)),
                   st.tuples(st.sampled_from(CALLS + CONNECTING), st.sampled_from(ERRORS)),
                   st.sampled_from(SUCCESSES))
states = st.builds(lambda state: (_Kind.EVENT_DATA_SESSION_STATE_CHANGED, {"state": state}),
                   st.sampled_from(xr.SessionState))
events = st.one_of(
    states, states,
    st.sampled_from([(_Kind.EVENT_DATA_INSTANCE_LOSS_PENDING, {}), (_Kind.EVENT_DATA_EVENTS_LOST, {}),
                     (_Kind.EVENT_DATA_INTERACTION_PROFILE_CHANGED, {}), (123456, {}),
                     (_Kind.EVENT_DATA_PERF_SETTINGS_EXT, {})]),
    st.builds(lambda worn: (_Kind.EVENT_DATA_USER_PRESENCE_CHANGED_EXT, {"is_user_present": worn}),
              st.booleans()),
    st.builds(lambda kind, at: (_Kind.EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING,
                                {"reference_space_type": kind, "change_time": at}),
              st.sampled_from(xr.ReferenceSpaceType), st.integers(0, 10**9)))
BODIES = (*["draw"] * 6, "hang", "hang", "raise", "interrupt", "leave", "vibrate", "close", "time out",
          "flood")
seldom = st.integers(0, 3).map(lambda number: number == 3)  # so that sessions get somewhere before they end
turns = st.lists(st.tuples(seldom.flatmap(lambda some: st.lists(events, max_size=3 * some)),
                           seldom.flatmap(lambda some: faults if some else st.none()),
                           st.sampled_from(BODIES), seldom, st.integers(0, 9).map(bool)),
                 min_size=6, max_size=30)

SIGNS = tuple((Panel(writing, np.full((48, 64, 4), 255, np.uint8)), Sign(writing, Pose((0.0, 1.4, -2.0))))
              for writing in (Writing(CARD, "a card"), Writing(CHOICE, "a choice")))
met: Counter = Counter()


def one(display, runtime: FakeRuntime, turn: tuple) -> None:
    """One turn of a show's loop, while the runtime does what `turn` says."""
    happenings, fault, body, hidden, runtime.tracked = turn
    runtime.events.extend(happenings)
    runtime.fault, runtime.should_render = fault, not hidden
    if body == "time out":
        runtime.fault = ("xrWaitSwapchainImage", R.TIMEOUT_EXPIRED)
    if body == "flood":
        runtime.events.extend([(_Kind.EVENT_DATA_INTERACTION_PROFILE_CHANGED, {})] * 200)
    with contextlib.suppress(ArithmeticError, KeyboardInterrupt), display.frame() as frame:
        assert not frame.eyes.views or frame.eyes.target is not None
        met["pictures"] += bool(frame.eyes.views)
        met["focused"] += frame.controls.focused
        met["worn"] += frame.controls.worn
        met["recentred"] += frame.controls.recentred
        if body == "raise":
            raise ArithmeticError
        if body == "interrupt":
            raise KeyboardInterrupt
        if body == "leave":
            display.request_exit()
        if body == "vibrate":
            display.vibrate(Vibration("left", 0.1, 1.0))
        if body == "hang":
            met["hung"] += display.hang(SIGNS)
        if body == "close":
            display.close()


def no_rule_is_broken(happenings: list[tuple]) -> None:
    with fake_stage.display() as (display, runtime):
        for turn in happenings:
            if display.running:
                one(display, runtime, turn)
        met["faults"] += runtime.faults
        met["losses"] += display.lifecycle.history.count("ABSENT")
        met.update(runtime.calls)


def main(examples: str) -> None:
    with fake_stage.context(logging.CRITICAL):
        fuzz = settings(max_examples=int(examples), deadline=None, derandomize=True, database=None,
                        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink))(
            given(turns)(no_rule_is_broken))
        fuzz()
    print(json.dumps({"step": "fuzzed", "met": met}))


if __name__ == "__main__":
    main(*sys.argv[1:])
