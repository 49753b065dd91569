"""GLFW, imported in one place: windows with OpenGL 4.5, and the one that lends OpenXR its context."""

import ctypes
import os

from showroom import gl
from showroom.errors import GraphicsError

# The wheel carries one library for X11 and one for Wayland and chooses by the session's type alone. The
# choice is this process's: a child may have another display.
_VARIANT = "PYGLFW_LIBRARY_VARIANT"
_chosen = os.environ.get(_VARIANT)
os.environ[_VARIANT] = _chosen or ("x11" if os.environ.get("DISPLAY") else "wayland")

import glfw  # noqa: E402

if _chosen is None:
    del os.environ[_VARIANT]

__all__ = ["ContextWindow", "close_window", "function_key", "glfw", "open_window"]
# pictures are drawn elsewhere and copied in: the window itself needs no depth
_CONTEXT_HINTS = {glfw.CONTEXT_VERSION_MAJOR: 4, glfw.CONTEXT_VERSION_MINOR: 5,
                  glfw.OPENGL_PROFILE: glfw.OPENGL_CORE_PROFILE, glfw.OPENGL_FORWARD_COMPAT: True,
                  glfw.DEPTH_BITS: 0, glfw.STENCIL_BITS: 0}


class ContextWindow:
    """A window for its GLX context, which OpenXR runtimes take; where it is visible, a mirror draws in it.

    size : screen units.   Raises GraphicsError without an X server.
    """

    def __init__(self, size: tuple[int, int] = (64, 64), title: str = "showroom", visible: bool = False):
        self._window = open_window(size, title, visible)
        if not os.environ.get("DISPLAY"):
            self.close()
            raise GraphicsError("opening a GLX context: there is no X server (DISPLAY is not set); "
                                "start one, or XWayland, and try again")
        glfw.swap_interval(0)
        self._keys: set[str] = set()
        glfw.set_key_callback(self._window, self._on_key)

    def glx_handles(self) -> tuple[int, int, int]:
        """X display, GLX context and GLX drawable, as addresses and an id."""
        display = ctypes.cast(glfw.get_x11_display(), ctypes.c_void_p).value
        context = ctypes.cast(glfw.get_glx_context(self._window), ctypes.c_void_p).value
        return display, context, int(glfw.get_glx_window(self._window))

    def shown_size(self) -> tuple[int, int]:
        """(width, height) px that can be seen now; a width of 0 when nothing can: hidden, or minimised.

        Takes up what happened to the window: who closes it only hides it.
        """
        glfw.poll_events()
        if glfw.window_should_close(self._window):
            glfw.set_window_should_close(self._window, False)
            glfw.hide_window(self._window)
        seen = (glfw.get_window_attrib(self._window, glfw.VISIBLE)
                and not glfw.get_window_attrib(self._window, glfw.ICONIFIED))
        return glfw.get_framebuffer_size(self._window) if seen else (0, 0)

    def taken_keys(self) -> frozenset[str]:
        """Names ("F6") of the function keys that were pressed since the last call."""
        taken, self._keys = frozenset(self._keys), set()
        return taken

    def _on_key(self, _window, key: int, _scancode: int, action: int, _modifiers: int) -> None:
        if action == glfw.PRESS and (name := function_key(key)):
            self._keys.add(name)

    def swap(self) -> None:
        """Shows what was drawn into the window, without waiting for the screen."""
        glfw.swap_buffers(self._window)

    def close(self) -> None:
        """Frees the window. Calling it twice does nothing."""
        if self._window is not None:
            close_window(self._window)
            self._window = None


def function_key(key: int) -> str:
    """"F1" to "F12" for GLFW's key, "" for any other."""
    return f"F{key - glfw.KEY_F1 + 1}" if glfw.KEY_F1 <= key <= glfw.KEY_F12 else ""


def open_window(size: tuple[int, int], title: str, visible: bool):
    """A window whose OpenGL 4.5 core context is current and bound to `showroom.gl`."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise GraphicsError("opening a window: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is "
                            "set); start a desktop session, or draw without a window with `showroom shot`")
    # where the processor draws (llvmpipe), it must leave a core to the imagine worker, or nothing arrives
    os.environ.setdefault("LP_NUM_THREADS", str(max(1, len(os.sched_getaffinity(0)) - 1)))
    glfw.ERROR_REPORTING = "ignore"
    on_x11 = bool(os.environ.get("DISPLAY"))
    glfw.init_hint(glfw.PLATFORM, glfw.PLATFORM_X11 if on_x11 else glfw.PLATFORM_WAYLAND)
    if not glfw.init():
        raise GraphicsError(f"opening a window: {_glfw_reason()}; "
                            f"check DISPLAY={os.environ.get('DISPLAY', '')!r}")
    glfw.window_hint(glfw.VISIBLE, visible)
    for hint, value in _CONTEXT_HINTS.items():
        glfw.window_hint(hint, value)
    window = glfw.create_window(*size, title, None, None)
    if not window:
        reason = _glfw_reason()
        glfw.terminate()
        raise GraphicsError(f"opening a window with OpenGL 4.5: {reason}; update the graphics driver")
    glfw.make_context_current(window)
    try:
        gl.load("glx" if on_x11 else "egl", _proc_address)
    except GraphicsError:
        close_window(window)
        raise
    return window


def _proc_address(name: bytes) -> int | None:
    return ctypes.cast(glfw.get_proc_address(name.decode()), ctypes.c_void_p).value


def close_window(window) -> None:
    glfw.make_context_current(None)
    glfw.destroy_window(window)
    glfw.terminate()


def _glfw_reason() -> str:
    _code, description = glfw.get_error()
    words = description.decode("utf-8", "replace") if isinstance(description, bytes) else description
    return words or "GLFW gives no reason"
