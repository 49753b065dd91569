"""The life of an OpenXR session as a pure state machine: events in, what to do out.

Nothing here touches a runtime, so every path (also the ones a runtime seldom takes) is tested by law.
Source: OpenXR 1.1 specification, chapter 9.3 "Session Lifecycle".
"""

from enum import Enum

ABSENT = "ABSENT"
IDLE = "IDLE"
READY = "READY"
SYNCHRONIZED = "SYNCHRONIZED"
VISIBLE = "VISIBLE"
FOCUSED = "FOCUSED"
STOPPING = "STOPPING"
LOSS_PENDING = "LOSS_PENDING"
EXITING = "EXITING"

RETRY_S = 0.25  # an attempt without a runtime takes a millisecond


class Do(Enum):
    """What the display owes the runtime after an event."""

    NOTHING = "nothing"
    BEGIN = "begin the session"
    END = "end the session"
    QUIT = "destroy everything and stop"
    REBUILD = "destroy everything and connect again"


class Lifecycle:
    """Where the session is. `history` keeps every state since the start, for staff and tests."""

    def __init__(self):
        self.state = ABSENT
        self.paced = False
        self.history: list[str] = []
        self._present: bool | None = None

    @property
    def focused(self) -> bool:
        """True when head, hands and eyes are ours."""
        return self.state == FOCUSED

    @property
    def worn(self) -> bool:
        """Somebody has the headset on: as its sensor says, else whether anybody can be seeing pictures."""
        return self.state in (VISIBLE, FOCUSED) if self._present is None else self._present

    def present(self, worn: bool) -> None:
        """The headset's sensor has spoken."""
        if self.state != ABSENT:
            self._present = worn

    def connected(self) -> None:
        """A session exists; the runtime has not spoken yet."""
        self._enter(IDLE)
        self.paced = False

    def changed(self, state: str) -> Do:
        """The runtime says the session is now in `state` (XrSessionState without its prefix)."""
        if self.state == ABSENT:
            return Do.NOTHING
        self._enter(state)
        if state == READY and not self.paced:
            self.paced = True
            return Do.BEGIN
        if state == STOPPING and self.paced:
            self.paced = False
            return Do.END
        if state == EXITING:
            self.paced = False
            return Do.QUIT
        if state == LOSS_PENDING:
            self.paced = False
            return Do.REBUILD
        return Do.NOTHING

    def lost(self) -> None:
        """The session or the instance is gone, whatever it was doing."""
        self._enter(ABSENT)
        self.paced, self._present = False, None

    def _enter(self, state: str) -> None:
        if state != self.state:
            self.history.append(state)
        self.state = state


class Retry:
    """When to try to connect again, and whether the reason is news worth a line."""

    def __init__(self, every_s: float = RETRY_S):
        self.every_s = every_s
        self._next_s = 0.0
        self._said = ""

    def due(self, now_s: float) -> bool:
        return now_s >= self._next_s

    def failed(self, reason: str, now_s: float) -> bool:
        """Note a failure; True when this reason has not been said since the last success."""
        self._next_s = now_s + self.every_s
        news = reason != self._said
        self._said = reason
        return news

    def succeeded(self) -> None:
        self._said = ""


class ShowClock:
    """One monotonic time line in seconds over wall-clock pauses and the runtime's predicted times.

    A runtime counts nanoseconds from an epoch of its own, and a restarted one may choose another.
    """

    def __init__(self, now_s: float):
        self._began_s = now_s
        self._last_s = 0.0
        self._offset_s: float | None = None
        self._previous_ns: int | None = None
        self.late = False

    def idle(self, now_s: float) -> float:
        """Time of an empty frame, from the wall clock."""
        self._previous_ns, self.late = None, False
        return self._forward(now_s - self._began_s)

    def predicted(self, display_ns: int, period_ns: int, now_s: float) -> float:
        """Time at which a picture will be seen.

        `late` becomes True when more than one and a half periods passed since the previous picture.
        """
        if self._offset_s is None:
            self._offset_s = now_s - self._began_s - display_ns * 1e-9
        step_ns = 0 if self._previous_ns is None else display_ns - self._previous_ns
        self.late = 2 * step_ns > 3 * period_ns > 0
        self._previous_ns = display_ns
        return self._forward(display_ns * 1e-9 + self._offset_s)

    def new_epoch(self) -> None:
        """Forget the runtime's epoch; the next predicted time continues from the wall clock."""
        self._offset_s = self._previous_ns = None

    def _forward(self, time_s: float) -> float:
        self._last_s = max(self._last_s, time_s)
        return self._last_s
