"""One session: spaces, swapchain, actions and frames, from creation to destruction.

Every call may raise xr.XrException; the display then drops the session and connects again.
"""

import ctypes
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

from showroom.display import openxr_binding
from showroom.display.openxr_input import Input, located, pose
from showroom.display.openxr_loader import xr
from showroom.display.openxr_states import LOSS_PENDING
from showroom.display.openxr_swapchain import Swapchain
from showroom.display.openxr_system import System
from showroom.words.controls import Controls
from showroom.words.view import Eyes, Fov, Pose, View

LOG = logging.getLogger("showroom.display")
EYE_HEIGHT_M = 1.6
_SEEN = xr.ViewStateFlags.POSITION_VALID_BIT | xr.ViewStateFlags.ORIENTATION_VALID_BIT
_FLOORS = (xr.ReferenceSpaceType.LOCAL_FLOOR, xr.ReferenceSpaceType.STAGE)


@dataclass
class Picture:
    """A frame that was begun and must be ended."""

    display_ns: int
    period_ns: int
    eyes: Eyes = field(default_factory=Eyes)
    controls: Controls = field(default_factory=Controls)


class Session:
    """A session on `system`, drawing with `context`, which must be current."""

    def __init__(self, system: System, context):
        openxr_binding.ask_requirements(system)
        self._system = system
        # kept: the struct must outlive the call that points to it
        self._binding = openxr_binding.binding(context)
        self.handle = xr.create_session(system.instance, xr.SessionCreateInfo(
            system_id=system.system_id, next=self._binding))
        self.swapchain = self.input = None
        try:
            self.floor, self.floor_name = _floor_space(self.handle)
            self._head_space = _space(self.handle, xr.ReferenceSpaceType.VIEW)
            self.swapchain = Swapchain(self.handle, system)
            self.input = Input(system.instance, self.handle)
        except Exception:
            self.close()
            raise
        self._head = Pose((0.0, EYE_HEIGHT_M, 0.0))
        self._projection = self._projection_layer()

    def begin(self) -> None:
        """Answers READY."""
        xr.begin_session(self.handle, xr.SessionBeginInfo(self._system.view_type))

    def end(self) -> None:
        """Answers STOPPING."""
        xr.end_session(self.handle)

    def request_exit(self) -> None:
        """Asks the runtime to walk this running session to EXITING."""
        xr.request_exit_session(self.handle)

    def events(self) -> Iterator[str]:
        """States the runtime has announced since the last call, oldest first."""
        while True:
            buffer = xr.EventDataBuffer()
            result = xr.Result(xr.raw_functions.xrPollEvent(self._system.instance, ctypes.byref(buffer)))
            if result == xr.Result.EVENT_UNAVAILABLE:
                return
            error = xr.exception.check_result(result)
            if error.is_exception():
                raise error
            state = self._state(buffer)
            if state:
                yield state

    def _state(self, buffer: xr.EventDataBuffer) -> str:
        kind = xr.StructureType(buffer.type)
        if kind == xr.StructureType.EVENT_DATA_SESSION_STATE_CHANGED:
            kind_of_pointer = ctypes.POINTER(xr.EventDataSessionStateChanged)
            event = ctypes.cast(ctypes.byref(buffer), kind_of_pointer).contents
            return xr.SessionState(event.state).name
        if kind == xr.StructureType.EVENT_DATA_INSTANCE_LOSS_PENDING:
            return LOSS_PENDING
        if kind == xr.StructureType.EVENT_DATA_INTERACTION_PROFILE_CHANGED:
            LOG.info("controllers: %s", self.input.profiles(self._system.instance))
        else:
            LOG.info("OpenXR event %s", kind.name)
        return ""

    def begin_picture(self, focused: bool) -> Picture:
        """Waits for the runtime's pace, begins a frame and says what to draw in it.

        Whatever goes wrong after xrBeginFrame, xrEndFrame follows.
        """
        state = xr.wait_frame(self.handle)
        xr.begin_frame(self.handle)
        picture = Picture(int(state.predicted_display_time), int(state.predicted_display_period))
        try:
            hands = self.input.read(self.floor, picture.display_ns) if focused else ()
            self._head = located(self._head_space, self.floor, picture.display_ns) or self._head
            picture.controls = Controls(self._head, hands, focused)
            if state.should_render:
                target = self.swapchain.acquire()
                picture.eyes = Eyes(self._views(picture.display_ns), target)
        except BaseException:
            self.end_picture(picture, drawn=False)
            raise
        return picture

    def end_picture(self, picture: Picture, drawn: bool) -> None:
        """Ends the frame, with what was drawn or with nothing."""
        layers = [ctypes.byref(self._projection)] if drawn and picture.eyes.views else []
        try:
            self.swapchain.release()
        finally:
            xr.end_frame(self.handle, xr.FrameEndInfo(picture.display_ns, self._system.blend, layers=layers))

    def _views(self, display_ns: int) -> tuple[View, ...]:
        """Located last, so that they are as fresh as can be; empty while the head is not tracked."""
        ask = xr.ViewLocateInfo(self._system.view_type, display_ns, self.floor)
        state, eyes = xr.locate_views(self.handle, ask)
        if state.view_state_flags & _SEEN != _SEEN:
            return ()
        for shown, eye in zip(self._shown, eyes, strict=True):
            shown.pose, shown.fov = eye.pose, eye.fov
        return tuple(View(pose(eye.pose), _fov(eye.fov), layer) for layer, eye in enumerate(eyes))

    def _projection_layer(self) -> xr.CompositionLayerProjection:
        """The layer submitted in every frame; only poses and angles change in it."""
        self._shown = (xr.CompositionLayerProjectionView * self._system.views)()
        for layer in range(self._system.views):
            self._shown[layer] = xr.CompositionLayerProjectionView(sub_image=self.swapchain.sub_image(layer))
        return xr.CompositionLayerProjection(space=self.floor, views=self._shown)

    def close(self) -> None:
        """Destroys everything of this session, also when it is lost."""
        for part in (self.input, self.swapchain):
            if part is not None:
                part.close()
        self.input = self.swapchain = None
        try:
            xr.destroy_session(self.handle)
        except xr.XrException as error:
            LOG.debug("destroying a lost session: %s", error)


def _floor_space(session: xr.Session) -> tuple[xr.Space, str]:
    """The space poses are told in: origin on the floor under the visitor where the runtime knows it."""
    offered = [xr.ReferenceSpaceType(kind) for kind in xr.enumerate_reference_spaces(session)]
    for kind in _FLOORS:
        if kind in offered:
            return _space(session, kind), kind.name
    return _space(session, xr.ReferenceSpaceType.LOCAL, -EYE_HEIGHT_M), f"LOCAL, floor {EYE_HEIGHT_M} m below"


def _space(session: xr.Session, kind: xr.ReferenceSpaceType, height_m: float = 0.0) -> xr.Space:
    origin = xr.Posef(xr.Quaternionf(0, 0, 0, 1), xr.Vector3f(0, height_m, 0))
    return xr.create_reference_space(session, xr.ReferenceSpaceCreateInfo(kind, origin))


def _fov(value: xr.Fovf) -> Fov:
    return Fov(value.angle_left, value.angle_right, value.angle_up, value.angle_down)
