"""A headset through OpenXR.

The display owns the OpenGL context, which outlives every session: when the runtime dies, session and
instance are destroyed and built again in the same process, and what was uploaded stays. While there is
no session the show goes on with empty frames.
"""

import contextlib
import logging
import time
from collections.abc import Iterator

from showroom.display import openxr_binding, openxr_refresh, openxr_scale
from showroom.display.openxr_context import make_context, mirrored_context
from showroom.display.openxr_events import EventsLost, PresenceChanged, StateChanged
from showroom.display.openxr_loader import quiet, xr
from showroom.display.openxr_scale import Scale
from showroom.display.openxr_session import Picture, Session
from showroom.display.openxr_states import Do, Lifecycle, Retry, ShowClock
from showroom.display.openxr_system import System, connect, result_name
from showroom.display.openxr_watchdog import Watchdog
from showroom.errors import NotReadyError, RuntimeAbsentError
from showroom.words.controls import Controls
from showroom.words.frame import Frame
from showroom.words.sign import Panel, Sign
from showroom.words.vibration import Vibration

LOG = logging.getLogger("showroom.display")
IDLE_SLEEP_S = 0.01
GOODBYE_S = 3.0
CONNECTING_S = 15.0  # some runtimes start only when somebody asks for them


class OpenXRDisplay:
    """The machine's OpenXR runtime and its headset.

    wait     : the first frame connects; without a runtime it says so once, and tries again four times a
               second. False connects now, and raises RuntimeAbsentError if there is none.
    graphics : "egl" needs no X server, "glx" every runtime takes; "auto" is GLX where there is an
               X server and EGL elsewhere.
    mirror   : a window on the desktop shows what one eye sees; it needs an X server.
    most_hz  : the headset is asked for the highest rate that is not above.
    least_scale : how far the pictures' edges may shrink while they come late; 1 keeps them as they are.
    `lifecycle.history` lists every session state since the start; `pressed` holds the names of the function
    keys that staff pressed in the mirror since the last frame.
    """

    def __init__(self, wait: bool = True, graphics: str = "auto", mirror: bool = False,
                 most_hz: float = openxr_refresh.MOST_HZ, least_scale: float = openxr_scale.LEAST):
        self.running = True
        self.lifecycle = Lifecycle()
        self._system: System | None = None
        self._session: Session | None = None
        self._open: Picture | None = None  # begun, and not ended
        self._retry = Retry()
        self._clock = ShowClock(time.monotonic())
        self._scale, self._most_hz = Scale(least_scale), most_hz
        self._context, self._mirror = mirrored_context() if mirror else (make_context(graphics), None)
        self._watchdog = Watchdog()
        self.pressed: frozenset[str] = frozenset()
        try:
            if not wait:
                self._connect(raising=True)
        except BaseException:
            self._watchdog.close()
            self._context.close()
            raise

    @property
    def status(self) -> str:
        """One line for staff while the runtime hangs, "" else. Any thread may ask."""
        return self._watchdog.status

    @contextlib.contextmanager
    def frame(self) -> Iterator[Frame]:
        """The next frame, paced by the runtime; an empty one after a short sleep without a session."""
        if self._mirror:
            self.pressed = self._mirror.taken_keys()
        picture = self._begin_picture()
        if picture is None:
            self._scale.pause()
            if self._mirror:
                self._mirror.rest()
            time.sleep(IDLE_SLEEP_S)
            resting = Controls(focused=False, quit=not self.running, worn=self.lifecycle.worn)
            yield Frame(self._clock.idle(time.monotonic()), controls=resting, state=self.lifecycle.state)
            return
        time_s = self._clock.predicted(picture.display_ns, picture.period_ns, time.monotonic())
        self._scale.note(self._clock.late, time_s)
        drawn = False
        try:
            yield Frame(time_s, picture.eyes, picture.controls, self._clock.late, self.lifecycle.state)
            drawn = True
        finally:
            self._end_picture(drawn)

    def request_exit(self) -> None:
        """Asks the runtime to end the session; frames go on until it has, then `running` is False."""
        if self._session is None or not self.lifecycle.paced:
            self.running = False
            return
        try:
            with self._watchdog.over("ending the session"):
                self._session.request_exit()
        except xr.XrException as error:
            self._drop(result_name(error))
            self.running = False

    def vibrate(self, wanted: Vibration) -> None:
        """Lets the controller in one hand vibrate; nothing happens without focus."""
        if self._session is not None and self.lifecycle.focused:
            try:
                with self._watchdog.over("letting a controller vibrate"):
                    self._session.input.vibrate(wanted)
            except xr.XrException as error:
                self._drop(result_name(error))

    def hang(self, signs: tuple[tuple[Panel, Sign], ...]) -> bool:
        """Shows signs as layers of their own, their poses on the room's floor; False without a session."""
        if self._session is None:
            return False
        try:
            with self._watchdog.over("hanging signs"):
                self._session.hung.hang(signs)
        except xr.XrException as error:
            self._drop(result_name(error))
        return True

    def close(self) -> None:
        """Leaves politely: asks for the end, walks the session through it, destroys everything."""
        if self._context is None:
            return
        self._end_picture(drawn=False)
        self._say_goodbye()
        self.running = False
        self._destroy()
        self._watchdog.close()
        self._context.close()
        self._context = None

    # -- frames ---------------------------------------------------------------------------------

    def _begin_picture(self) -> Picture | None:
        try:
            if self._session is None and self.running:
                self._connect(raising=False)
            with self._watchdog.over("beginning a picture"):
                self._obey_events()
                if self._session is None or not self.lifecycle.paced:
                    return None
                self._open = self._session.begin_picture(self.lifecycle.focused, self.lifecycle.worn)
                return self._open
        except xr.XrException as error:
            self._drop(result_name(error))
            return None

    def _end_picture(self, drawn: bool) -> None:
        """Ends the picture that was begun, if the session has not taken it along."""
        picture, self._open = self._open, None
        if picture is None:
            return
        if drawn and self._mirror and picture.eyes.views:
            self._mirror.show(picture.eyes)
        try:
            with self._watchdog.over("ending a picture"):
                self._session.end_picture(picture, drawn)
        except xr.XrException as error:
            self._drop(result_name(error))

    def _obey_events(self) -> None:
        session = self._session
        for event in session.events() if session else ():
            match event:
                case StateChanged(state):
                    self._obey(self.lifecycle.changed(state))
                case PresenceChanged(worn):
                    self.lifecycle.present(worn)
                case EventsLost(count):  # among them may be one that an answer was owed to
                    self._drop(f"{count} lost events")
                case _:
                    session.heed(event)
            if self._session is not session:
                return

    def _obey(self, order: Do) -> None:
        if order is Do.BEGIN:
            self._session.begin()
        elif order is Do.END:
            self._session.end()
        elif order is Do.QUIT:
            self.running = False
            self._destroy()
        elif order is Do.REBUILD:
            self._drop("XR_SESSION_LOSS_PENDING")

    # -- the connection ---------------------------------------------------------------------------

    def _connect(self, raising: bool) -> None:
        """Builds instance and session if it is time to try."""
        if not self._retry.due(time.monotonic()):
            return
        try:
            with self._watchdog.over("connecting", CONNECTING_S):
                self._system = connect(openxr_binding.required_extensions(self._context))
                self._session = self._make_session(self._system)
        except NotReadyError as error:
            self._destroy()
            if raising:
                raise
            if self._retry.failed(str(error), time.monotonic()):
                LOG.warning("%s; trying again every %g s", error, self._retry.every_s)
            return
        self._retry.succeeded()
        self._clock.new_epoch()
        self.lifecycle.connected()
        system = self._system
        LOG.info("OpenXR: %s, %s, %d views of %dx%d px, floor from %s", system.runtime, system.name,
                 system.views, *system.size, self._session.spaces.floor_name)

    def _make_session(self, system: System) -> Session:
        try:
            return Session(system, self._context, self._scale, self._most_hz)
        except xr.XrException as error:
            raise RuntimeAbsentError(f"starting a session on {system.runtime}: {result_name(error)}; "
                                     "restart the runtime") from None

    def _drop(self, reason: str) -> None:
        """Session or instance are gone: say it, destroy what is left, and connect again soon."""
        if self._retry.failed(reason, time.monotonic()):
            LOG.warning("the OpenXR runtime let go of the session (%s); connecting again every %g s",
                        reason, self._retry.every_s)
        self.lifecycle.lost()
        with quiet():  # of a lost session it would tell a line for everything in it
            self._destroy()

    def _destroy(self) -> None:
        with self._watchdog.over("letting the session go"):
            if self._open is not None:
                picture, self._open = self._open, None
                with contextlib.suppress(xr.XrException):  # gone or not, what was begun is ended
                    self._session.end_picture(picture, drawn=False)
            for part in (self._session, self._system):
                if part is not None:
                    part.close()
        self._session = self._system = None

    def _say_goodbye(self) -> None:
        """Runs empty frames until the runtime has walked the session to EXITING, or time is up."""
        if not self.running or self._session is None or not self.lifecycle.paced:
            return
        self.request_exit()
        deadline = time.monotonic() + GOODBYE_S
        while self.running and self._session is not None and time.monotonic() < deadline:
            with self.frame():
                pass
