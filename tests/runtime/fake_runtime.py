"""A runtime that lives in this process, for what no real one does on demand: any result from any call.

It keeps to the specification itself, and writes down every rule that its caller breaks.
Source: OpenXR 1.1 specification, chapters 9 (sessions) and 10 (swapchains, frames).
"""

import ctypes
from collections import deque

from fake_loader import FakeLoader, R

from showroom import gl
from showroom.display.openxr_loader import xr

EXTENSIONS = ("XR_KHR_opengl_enable", "XR_MNDX_egl_enable", "XR_EXT_local_floor", "XR_EXT_user_presence",
              "XR_KHR_composition_layer_depth")
SIZE, IMAGES = (32, 24), 3
COLOUR, DEPTH = 0x8C43, 0x8CAC


class FakeRuntime(FakeLoader):
    """Its calls. One for each example; `should_render` and `tracked` are what its next frames are like."""

    def __init__(self):
        super().__init__()
        self.events: deque[tuple[xr.StructureType | int, dict]] = deque()
        self.should_render = self.tracked = True
        self.now_ns = 0
        self._asked_requirements = False
        self._kept: list = []  # callbacks that pointers lead to

    # -- instance and system -----------------------------------------------------------------------

    def xrEnumerateInstanceExtensionProperties(self, _layer, capacity, count, out):
        self._list([xr.ExtensionProperties(name, 1) for name in EXTENSIONS], capacity, count, out)

    def xrCreateInstance(self, _info, out):
        if "Instance" in self.living():
            return self._wrong("xrCreateInstance", "while there is one")
        self._asked_requirements = False
        self.events.clear()
        self._make("Instance", None, out)

    def xrDestroyInstance(self, instance):
        self._destroy(instance, "xrDestroyInstance")

    def xrGetInstanceProperties(self, _instance, out):
        out._obj.runtime_name = b"fake"

    def xrGetSystem(self, _instance, _info, out):
        out._obj.value = 1

    def xrGetSystemProperties(self, _instance, _system, out):
        out._obj.system_name = b"fake headset"

    def xrEnumerateViewConfigurations(self, _instance, _system, capacity, count, out):
        self._list([xr.ViewConfigurationType.PRIMARY_STEREO.value], capacity, count, out)

    def xrEnumerateViewConfigurationViews(self, _instance, _system, _type, capacity, count, out):
        view = xr.ViewConfigurationView(recommended_image_rect_width=SIZE[0],
                                        recommended_image_rect_height=SIZE[1])
        self._list([view, view], capacity, count, out)

    def xrEnumerateEnvironmentBlendModes(self, _instance, _system, _type, capacity, count, out):
        self._list([xr.EnvironmentBlendMode.OPAQUE.value], capacity, count, out)

    def xrGetInstanceProcAddr(self, _instance, name, out):
        if name != b"xrGetOpenGLGraphicsRequirementsKHR":
            return R.ERROR_FUNCTION_UNSUPPORTED

        def requirements(_instance, _system, out):
            self._asked_requirements = True
            return R.SUCCESS.value
        callback = xr.PFN_xrGetOpenGLGraphicsRequirementsKHR(requirements)
        self._kept.append(callback)
        ctypes.cast(out, ctypes.POINTER(ctypes.c_void_p))[0] = ctypes.cast(callback, ctypes.c_void_p).value

    def xrStringToPath(self, _instance, _name, out):
        out._obj.value = 7

    def xrPathToString(self, _instance, _path, capacity, count, out):
        count._obj.value = 2
        if out is not None:
            out.value = b"/"

    def xrPollEvent(self, _instance, out):
        if not self.events:
            return R.EVENT_UNAVAILABLE
        kind, values = self.events.popleft()
        out._obj._type = getattr(kind, "value", kind)
        if kind == xr.StructureType.EVENT_DATA_SESSION_STATE_CHANGED:
            for thing in self.things.values():
                if thing.kind == "Session" and thing.alive:
                    thing.told = values["state"].name
        fields = {xr.StructureType.EVENT_DATA_SESSION_STATE_CHANGED: xr.EventDataSessionStateChanged,
                  xr.StructureType.EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING:
                      xr.EventDataReferenceSpaceChangePending,
                  xr.StructureType.EVENT_DATA_USER_PRESENCE_CHANGED_EXT: xr.EventDataUserPresenceChangedEXT}
        if kind in fields:
            data = ctypes.cast(out, ctypes.POINTER(fields[kind])).contents
            for key, value in values.items():
                setattr(data, key, value)

    def announce(self, state: xr.SessionState) -> None:
        self.events.append((xr.StructureType.EVENT_DATA_SESSION_STATE_CHANGED, {"state": state}))

    # -- session -----------------------------------------------------------------------------------

    def xrCreateSession(self, instance, _info, out):
        if not self._asked_requirements:
            return self._wrong("xrCreateSession", "before the graphics requirements were asked for")
        if "Session" in self.living():
            return self._wrong("xrCreateSession", "while there is one")
        self._make("Session", self._of(instance), out)
        self.announce(xr.SessionState.IDLE)
        self.announce(xr.SessionState.READY)

    def xrDestroySession(self, session):
        self._destroy(session, "xrDestroySession")

    def xrBeginSession(self, handle, _info):
        session = self._of(handle)
        if session.running or session.told != "READY":
            return self._wrong("xrBeginSession", f"in {session.told}, running: {session.running}")
        session.running = True
        for state in (xr.SessionState.SYNCHRONIZED, xr.SessionState.VISIBLE, xr.SessionState.FOCUSED):
            self.announce(state)

    def xrEndSession(self, handle):
        session = self._of(handle)
        if not session.running or session.told != "STOPPING":
            return self._wrong("xrEndSession", f"in {session.told}, running: {session.running}")
        session.running = session.waited = False
        self.announce(xr.SessionState.IDLE)
        if session.leaving:
            self.announce(xr.SessionState.EXITING)

    def xrRequestExitSession(self, handle):
        session = self._of(handle)
        if not session.running:
            return self._wrong("xrRequestExitSession", "without a running session")
        session.leaving = True
        for state in (xr.SessionState.VISIBLE, xr.SessionState.SYNCHRONIZED, xr.SessionState.STOPPING):
            self.announce(state)

    def xrEnumerateReferenceSpaces(self, _session, capacity, count, out):
        self._list([xr.ReferenceSpaceType.VIEW.value, xr.ReferenceSpaceType.LOCAL.value,
                    xr.ReferenceSpaceType.LOCAL_FLOOR.value], capacity, count, out)

    def xrCreateReferenceSpace(self, session, _info, out):
        self._make("Space", self._of(session), out)

    def xrLocateSpace(self, _space, _base, _time, out):
        out._obj._location_flags = 15 if self.tracked else 0
        out._obj.pose = xr.Posef(xr.Quaternionf(0, 0, 0, 1), xr.Vector3f(0, 1.6, 0))

    def xrLocateViews(self, _session, _info, state, capacity, count, out):
        state._obj._view_state_flags = 15 if self.tracked else 0
        view = xr.View(pose=xr.Posef(xr.Quaternionf(0, 0, 0, 1), xr.Vector3f(0, 1.6, 0)),
                       fov=xr.Fovf(-0.7, 0.7, 0.7, -0.7))
        self._list([view, view], capacity, count, out)

    # -- actions -----------------------------------------------------------------------------------

    def xrCreateActionSet(self, instance, _info, out):
        self._make("ActionSet", self._of(instance), out)

    def xrDestroyActionSet(self, handle):
        self._destroy(handle, "xrDestroyActionSet")

    def xrCreateAction(self, above, _info, out):
        self._make("Action", self._of(above), out)

    def xrCreateActionSpace(self, session, _info, out):
        self._make("Space", self._of(session), out)

    def xrSuggestInteractionProfileBindings(self, _instance, _bindings):
        pass

    def xrAttachSessionActionSets(self, session, _info):
        self._of(session).attached = True

    def xrSyncActions(self, session, _info):
        if not self._of(session).attached:
            return self._wrong("xrSyncActions", "before the action sets were attached")

    def _state(self, *_):
        pass

    xrGetActionStateFloat = xrGetActionStateBoolean = xrGetActionStateVector2f = xrGetActionStatePose = _state
    xrApplyHapticFeedback = xrStopHapticFeedback = xrGetCurrentInteractionProfile = _state

    # -- swapchains ----------------------------------------------------------------------------------

    def xrEnumerateSwapchainFormats(self, _session, capacity, count, out):
        self._list([COLOUR, DEPTH], capacity, count, out)

    def xrCreateSwapchain(self, session, info, out):
        swapchain = self._make("Swapchain", self._of(session), out)
        for _ in range(IMAGES):
            swapchain.textures.append(_texture(info))

    def xrEnumerateSwapchainImages(self, handle, capacity, count, out):
        textures = self._of(handle).textures
        count._obj.value = len(textures)
        if getattr(capacity, "value", capacity):
            images = ctypes.cast(out, ctypes.POINTER(xr.SwapchainImageOpenGLKHR))
            for index, texture in enumerate(textures):
                images[index].image = texture

    def xrDestroySwapchain(self, handle):
        self._destroy(handle, "xrDestroySwapchain")

    def xrAcquireSwapchainImage(self, handle, _info, out):
        swapchain = self._of(handle)
        if swapchain.acquired:
            return self._wrong("xrAcquireSwapchainImage", "while one is acquired: it leaks")
        swapchain.turn += 1
        swapchain.acquired.append(swapchain.turn % IMAGES)
        out._obj.value = swapchain.acquired[0]

    def xrWaitSwapchainImage(self, handle, _info):
        swapchain = self._of(handle)
        if not swapchain.acquired or swapchain.ready:
            return self._wrong("xrWaitSwapchainImage", "without an image to wait for")
        swapchain.ready = True

    def xrReleaseSwapchainImage(self, handle, _info):
        swapchain = self._of(handle)
        if not swapchain.ready:
            return self._wrong("xrReleaseSwapchainImage", "without an image that was waited for")
        swapchain.acquired, swapchain.ready = [], False

    # -- frames ----------------------------------------------------------------------------------------

    def xrWaitFrame(self, handle, _info, out):
        session = self._of(handle)
        if not session.running:
            return self._wrong("xrWaitFrame", "without a running session")
        if session.waited or session.begun:
            return self._wrong("xrWaitFrame", "in a frame: nothing would ever go on")
        session.waited = True
        self.now_ns += 11_111_111
        out._obj.predicted_display_time, out._obj.predicted_display_period = self.now_ns, 11_111_111
        out._obj.should_render = self.should_render

    def xrBeginFrame(self, handle, _info):
        session = self._of(handle)
        if not session.waited or session.begun:
            return self._wrong("xrBeginFrame", f"waited: {session.waited}, begun: {session.begun}")
        session.waited, session.begun = False, True

    def xrEndFrame(self, handle, info):
        session = self._of(handle)
        if not session.begun:
            return self._wrong("xrEndFrame", "without xrBeginFrame")
        session.begun = False
        held = [thing for thing in self.things.values()
                if thing.kind == "Swapchain" and thing.above is session and thing.alive and thing.ready]
        if held and info.layer_count:
            self._wrong("xrEndFrame", "with layers of an image that is still held")
        if info.layer_count and not self.should_render:
            self._wrong("xrEndFrame", "with layers that nobody asked for")


def _texture(info: xr.SwapchainCreateInfo) -> int:
    """An array of layers; a plain one where there is a single layer."""
    GL, name = gl.GL, int(gl.GL.glGenTextures(1))
    if info.array_size == 1:
        GL.glBindTexture(GL.GL_TEXTURE_2D, name)
        GL.glTexStorage2D(GL.GL_TEXTURE_2D, 1, info.format, info.width, info.height)
    else:
        GL.glBindTexture(GL.GL_TEXTURE_2D_ARRAY, name)
        GL.glTexStorage3D(GL.GL_TEXTURE_2D_ARRAY, 1, info.format, info.width, info.height, info.array_size)
    return name
