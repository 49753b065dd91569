"""One session: what it is made of, and its frames, from creation to destruction.

Its parts have files of their own: spaces, swapchain, projection, actions. Every call may raise
xr.XrException; the display then drops the session and connects again.
"""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from showroom.display import openxr_binding, openxr_events, openxr_refresh
from showroom.display.openxr_canvas import Canvas
from showroom.display.openxr_events import Event, Events
from showroom.display.openxr_input import Input
from showroom.display.openxr_layers import Hung
from showroom.display.openxr_loader import xr
from showroom.display.openxr_mask import Mask
from showroom.display.openxr_projection import Projection
from showroom.display.openxr_scale import Scale
from showroom.display.openxr_space import Spaces
from showroom.display.openxr_system import System
from showroom.words.controls import Controls
from showroom.words.view import Eyes

LOG = logging.getLogger("showroom.display")


@dataclass
class Picture:
    """A frame that was begun and must be ended."""

    display_ns: int
    period_ns: int
    eyes: Eyes = field(default_factory=Eyes)
    controls: Controls = field(default_factory=Controls)


class Session:
    """A session on `system`, drawing with `context`, which must be current.

    scale   : how much of the images each picture fills; it outlives sessions.
    most_hz : the headset is asked for the highest rate that is not above.
    """

    def __init__(self, system: System, context, scale: Scale, most_hz: float):
        openxr_binding.ask_requirements(system)
        self.system, self._scale, self._most_hz = system, scale, most_hz
        self._events = Events(system.instance)
        # kept: the struct must outlive the call that points to it
        self._binding = openxr_binding.binding(context)
        self.handle = xr.create_session(system.instance, xr.SessionCreateInfo(
            system_id=system.system_id, next=self._binding))
        self._owned = contextlib.ExitStack()
        self._owned.callback(self._destroy)
        try:
            self._furnish()
        except BaseException:
            self.close()
            raise

    def _furnish(self) -> None:
        """Makes the parts; `close` closes what is owned, the last one first, and then the session."""
        self.spaces = Spaces(self.handle)
        self.canvas = self._own(Canvas(self.handle, self.system))
        self.projection = Projection(self.system, self.handle, self.spaces.floor)
        self.canvas.attach(self.projection)
        self.hung = self._own(Hung(self.handle, self.system, self.spaces.floor, self.projection))
        self.mask = Mask(self.handle, self.system)
        self.input = self._own(Input(self.system, self.handle))

    def _own(self, part):
        self._owned.callback(part.close)
        return part

    # -- events -----------------------------------------------------------------------------------

    def events(self) -> Iterator[Event]:
        """What the runtime has said since the last call, oldest first."""
        return self._events.poll()

    def heed(self, event: Event) -> None:
        """Takes up an event that is not about the session's state."""
        match event:
            case openxr_events.OriginMoved(kind, at_ns):
                self.spaces.move(kind, at_ns)
            case openxr_events.MaskChanged():
                self.mask.read()
            case openxr_events.ControllersChanged():
                LOG.info("controllers: %s", self.input.profiles(self.system.instance))
            case _:
                LOG.info("OpenXR: %s", event)

    def begin(self) -> None:
        """Answers READY."""
        xr.begin_session(self.handle, xr.SessionBeginInfo(self.system.view_type))
        openxr_refresh.choose(self.handle, self.system, self._most_hz)

    def end(self) -> None:
        """Answers STOPPING."""
        xr.end_session(self.handle)

    def request_exit(self) -> None:
        """Asks the runtime to walk this running session to EXITING."""
        xr.request_exit_session(self.handle)

    # -- frames -----------------------------------------------------------------------------------

    def begin_picture(self, focused: bool, worn: bool) -> Picture:
        """Waits for the runtime's pace, begins a frame and says what to draw in it.

        Whatever goes wrong after xrBeginFrame, xrEndFrame follows.
        """
        state = xr.wait_frame(self.handle)
        xr.begin_frame(self.handle)
        picture = Picture(int(state.predicted_display_time), int(state.predicted_display_period))
        try:
            picture.controls = self._controls(focused, worn, picture.display_ns)
            if state.should_render:
                picture.eyes = self._eyes(picture.display_ns)
        except BaseException:
            self.end_picture(picture, drawn=False)
            raise
        return picture

    def _controls(self, focused: bool, worn: bool, display_ns: int) -> Controls:
        """What head and hands will do; hands are only read with focus, which is when they are ours."""
        head = self.spaces.head(display_ns)
        hands = self.input.read(self.spaces.floor, display_ns, head) if focused else ()
        return Controls(head, hands, focused, worn=worn, recentred=self.spaces.recentred(display_ns))

    def _eyes(self, display_ns: int) -> Eyes:
        """Where to draw what. Views are located last, so that they are as fresh as can be."""
        target = self.canvas.acquire(self._scale.of(self.system.size), self.projection)
        if target is None:
            return Eyes()
        return Eyes(self.projection.locate(display_ns), target, self.mask.hidden)

    def end_picture(self, picture: Picture, drawn: bool) -> None:
        """Ends the frame, with what was drawn or with nothing."""
        layers = []
        try:
            self.canvas.release()
            layers = self._layers() if drawn and picture.eyes.views else []
        finally:  # also without the images: what was begun is ended
            xr.end_frame(self.handle, xr.FrameEndInfo(picture.display_ns, self.system.blend, layers=layers))

    def _layers(self) -> list:
        """What is shown, the farthest first: later ones cover earlier ones."""
        return [self.projection.pointer(), *self.hung.pointers()]

    # -- the end ------------------------------------------------------------------------------------

    def close(self) -> None:
        """Destroys everything of this session, also when it is lost."""
        self._owned.close()

    def _destroy(self) -> None:
        try:
            xr.destroy_session(self.handle)
        except xr.XrException as error:
            LOG.debug("destroying a lost session: %s", error)
