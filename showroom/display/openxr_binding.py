"""How an OpenGL context is handed to an OpenXR runtime: through EGL, or through GLX."""

import ctypes
from typing import TYPE_CHECKING

from showroom.display.egl import EglContext
from showroom.display.openxr_loader import xr
from showroom.display.openxr_system import System
from showroom.errors import GraphicsError

if TYPE_CHECKING:  # a headless machine needs no GLFW
    from showroom.display.window_glfw import ContextWindow

OPENGL = xr.KHR_OPENGL_ENABLE_EXTENSION_NAME
EGL = xr.MNDX_EGL_ENABLE_EXTENSION_NAME
_GLX_FBCONFIG_ID, _GLX_VISUAL_ID = 0x8013, 0x800B


def required_extensions(context: "EglContext | ContextWindow") -> tuple[str, ...]:
    """What a runtime must offer to take this context."""
    return (OPENGL, EGL) if isinstance(context, EglContext) else (OPENGL,)


def binding(context: "EglContext | ContextWindow"):
    """The struct that XrSessionCreateInfo.next points to."""
    return _egl_binding(context) if isinstance(context, EglContext) else _glx_binding(context)


def ask_requirements(system: System) -> tuple[str, str]:
    """OpenGL versions (lowest, highest) the runtime accepts; asking is owed before a session.

    Raises GraphicsError if the lowest is above the 4.5 that every context here has.
    """
    address = xr.get_instance_proc_addr(system.instance, "xrGetOpenGLGraphicsRequirementsKHR")
    call = ctypes.cast(address, xr.PFN_xrGetOpenGLGraphicsRequirementsKHR)
    answer = xr.GraphicsRequirementsOpenGLKHR()
    result = xr.Result(call(system.instance, system.system_id, ctypes.byref(answer)))
    if xr.exception.check_result(result).is_exception():
        raise GraphicsError(f"asking {system.runtime} for its OpenGL versions: XR_{result.name}; restart it")
    lowest = xr.Version(answer.min_api_version_supported)
    highest = xr.Version(answer.max_api_version_supported)
    if (lowest.major, lowest.minor) > (4, 5):
        raise GraphicsError(f"{system.runtime} wants OpenGL {lowest} or newer; 4.5 is what there is; "
                            "use another runtime")
    return str(lowest), str(highest)


def _egl_binding(context: EglContext):
    struct = xr.GraphicsBindingEGLMNDX()
    struct.display = ctypes.cast(context.display, type(struct.display))
    struct.context = ctypes.cast(context.context, type(struct.context))
    struct.config = ctypes.cast(context.config, type(struct.config))
    struct.get_proc_address = ctypes.cast(context.get_proc_address(), xr.PFN_xrEglGetProcAddressMNDX)
    return struct


def _glx_binding(window: "ContextWindow"):
    display, context, drawable = window.glx_handles()
    config, visual = _glx_config(display, context)
    struct = xr.GraphicsBindingOpenGLXlibKHR()
    struct.x_display = ctypes.cast(display, type(struct.x_display))
    struct.glx_context = ctypes.cast(context, type(struct.glx_context))
    struct.glx_drawable = drawable
    struct.glx_fbconfig = ctypes.cast(config, type(struct.glx_fbconfig))
    struct.visualid = visual
    return struct


def _glx_config(display: int, context: int) -> tuple[int, int]:
    """Address of the context's GLXFBConfig, and its visual's id (0 when it has none)."""
    glx = _glx_library()
    wanted, found, visual = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
    glx.glXQueryContext(display, context, _GLX_FBCONFIG_ID, ctypes.byref(wanted))
    attributes = (ctypes.c_int * 3)(_GLX_FBCONFIG_ID, wanted.value, 0)
    configs = glx.glXChooseFBConfig(display, 0, attributes, ctypes.byref(found))
    if not configs or not found.value:
        raise GraphicsError(f"binding OpenGL to OpenXR: GLX has no configuration {wanted.value}; "
                            "restart the X server or update its driver")
    glx.glXGetFBConfigAttrib(display, configs[0], _GLX_VISUAL_ID, ctypes.byref(visual))
    return configs[0], visual.value


def _glx_library() -> ctypes.CDLL:
    pointer, number = ctypes.c_void_p, ctypes.c_int
    library = ctypes.CDLL("libGL.so.1")
    library.glXQueryContext.argtypes = [pointer, pointer, number, pointer]
    library.glXChooseFBConfig.restype = ctypes.POINTER(pointer)
    library.glXChooseFBConfig.argtypes = [pointer, number, pointer, pointer]
    library.glXGetFBConfigAttrib.argtypes = [pointer, pointer, number, pointer]
    return library
