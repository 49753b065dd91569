"""A headless OpenGL 4.5 core context through EGL: no window, no X server.

Mesa's surfaceless platform is asked first, then each EGL device (drivers that have no surfaceless
platform). SHOWROOM_EGL=device turns the order round, for machines that have both a software and a
real driver.
"""

import ctypes
import os

from showroom import gl
from showroom.errors import GraphicsError

_SURFACELESS, _DEVICE = 0x31DD, 0x313F
_OPENGL_API = 0x30A2
_CONFIG = (0x3033, 0x0001, 0x3040, 0x0008, 0x3024, 8, 0x3023, 8, 0x3022, 8, 0x3021, 8, 0x3038)
_CONTEXT = (0x3098, 4, 0x30FB, 5, 0x30FD, 0x1, 0x3038)  # 4.5, core profile
_SIGNATURES = {
    "eglGetProcAddress": (ctypes.c_void_p, [ctypes.c_char_p]),
    "eglInitialize": (ctypes.c_int, [ctypes.c_void_p] * 3),
    "eglTerminate": (ctypes.c_int, [ctypes.c_void_p]),
    "eglBindAPI": (ctypes.c_int, [ctypes.c_uint]),
    "eglChooseConfig": (ctypes.c_int, [ctypes.c_void_p] * 3 + [ctypes.c_int, ctypes.c_void_p]),
    "eglCreateContext": (ctypes.c_void_p, [ctypes.c_void_p] * 4),
    "eglDestroyContext": (ctypes.c_int, [ctypes.c_void_p] * 2),
    "eglMakeCurrent": (ctypes.c_int, [ctypes.c_void_p] * 4),
    "eglGetPlatformDisplay": (ctypes.c_void_p, [ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p]),
}


class EglContext:
    """One current context. `display`, `config`, `context` are EGL handles for an OpenXR binding."""

    def __init__(self):
        self._egl = _library()
        reasons = []
        for source in _sources():
            try:
                self.display, self.config, self.context = self._open(source)
                break
            except GraphicsError as error:
                reasons.append(str(error))
        else:
            raise GraphicsError("opening a headless OpenGL 4.5 context: " + "; ".join(reasons)
                                + "; install a driver (on Debian: libegl1 libgl1-mesa-dri)")
        gl.load("egl", lambda name: self._egl.eglGetProcAddress(name))

    def _open(self, source):
        display = self._display(source)
        if not display or not self._egl.eglInitialize(display, None, None):
            raise GraphicsError(f"{source} has no EGL display")
        config, found = ctypes.c_void_p(), ctypes.c_int()
        wanted = (ctypes.c_int * len(_CONFIG))(*_CONFIG)
        asked = (ctypes.c_int * len(_CONTEXT))(*_CONTEXT)
        self._egl.eglBindAPI(_OPENGL_API)
        self._egl.eglChooseConfig(display, wanted, ctypes.byref(config), 1, ctypes.byref(found))
        # EGL_NO_CONFIG where a device offers no pbuffer configuration: surfaceless needs none
        chosen = config if found.value else None
        context = self._egl.eglCreateContext(display, chosen, None, asked)
        if not context or not self._egl.eglMakeCurrent(display, None, None, context):
            raise GraphicsError(f"{source} gives no OpenGL 4.5 core context")
        return display, chosen, context

    def _display(self, source):
        if source == "surfaceless":
            return self._egl.eglGetPlatformDisplay(_SURFACELESS, None, None)
        return self._egl.eglGetPlatformDisplay(_DEVICE, self._device(source), None)

    def _device(self, source):
        address = self._egl.eglGetProcAddress(b"eglQueryDevicesEXT")
        if not address:
            raise GraphicsError("EGL offers no devices")
        query = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(address)
        devices, count = (ctypes.c_void_p * 16)(), ctypes.c_int()
        index = int(source.removeprefix("device "))
        if not query(16, devices, ctypes.byref(count)) or index >= count.value:
            raise GraphicsError(f"EGL has no {source}")
        return devices[index]

    def get_proc_address(self) -> ctypes.c_void_p:
        """Address of eglGetProcAddress itself, which an OpenXR binding hands to its runtime."""
        return ctypes.cast(self._egl.eglGetProcAddress, ctypes.c_void_p)

    def close(self) -> None:
        """Lets the context go. Calling it twice does nothing."""
        if self.context:
            self._egl.eglMakeCurrent(self.display, None, None, None)
            if not os.environ.get("GALLIUM_NOOP"):  # Mesa 25's switched-off driver dies when it is taken down
                self._egl.eglDestroyContext(self.display, self.context)
                self._egl.eglTerminate(self.display)
            self.context = None


def _sources() -> list[str]:
    devices = [f"device {index}" for index in range(4)]
    devices_first = os.environ.get("SHOWROOM_EGL") == "device"
    return [*devices, "surfaceless"] if devices_first else ["surfaceless", *devices]


def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL("libEGL.so.1")
    except OSError:
        raise GraphicsError("opening a headless OpenGL context: libEGL.so.1 is not installed; "
                            "on Debian type: apt-get install libegl1 libgl1-mesa-dri") from None
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
