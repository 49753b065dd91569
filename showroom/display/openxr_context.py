"""The OpenGL context that a headset's pictures are drawn with; it outlives every session."""

import logging
import os

from showroom.display.egl import EglContext
from showroom.errors import GraphicsError

LOG = logging.getLogger("showroom.display")


def make_context(graphics: str):
    """The OpenGL context: GLX needs an X server, EGL needs none."""
    if graphics == "egl" or (graphics == "auto" and not os.environ.get("DISPLAY")):
        return EglContext()
    from showroom.display.window_glfw import ContextWindow

    try:
        return ContextWindow()
    except GraphicsError as error:
        if graphics == "glx":
            raise
        LOG.warning("%s; drawing through EGL instead", error)
        return EglContext()


def mirrored_context():
    """A window's context, and the mirror in it. Raises GraphicsError without an X server."""
    from showroom.display import mirror
    from showroom.display.window_glfw import ContextWindow

    window = ContextWindow(mirror.SIZE, mirror.TITLE, visible=True)
    return window, mirror.Mirror(window)
