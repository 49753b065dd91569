"""A person at the one open window: keys, clicks and the mouse as X events sent to it."""

import ctypes

import glfw

_INT, _LONG, _POINTER = ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p
_CALLS = {
    "XStringToKeysym": [ctypes.c_char_p],
    "XKeysymToKeycode": [_POINTER, _LONG],
    "XSync": [_POINTER, _INT],
    "XSendEvent": [_POINTER, _LONG, _INT, _LONG, _POINTER],
    "XResizeWindow": [_POINTER, _LONG, _INT, _INT],
    "XWarpPointer": [_POINTER, _LONG, _LONG, _INT, _INT, _INT, _INT, _INT, _INT],
}
_KEY_PRESS, _KEY_RELEASE, _BUTTON_PRESS, _BUTTON_RELEASE = 2, 3, 4, 5


class InputEvent(ctypes.Structure):
    """XKeyEvent and XButtonEvent, which are laid out alike."""

    _fields_ = [("type", _INT), ("serial", _LONG), ("sent", _INT), ("display", _POINTER), ("window", _LONG),
                ("root", _LONG), ("subwindow", _LONG), ("time", _LONG), ("x", _INT), ("y", _INT),
                ("x_root", _INT), ("y_root", _INT), ("state", _INT), ("code", _INT), ("same_screen", _INT),
                ("padding", _LONG * 16)]


class Person:
    """Presses keys of the one open window."""

    def __init__(self):
        self._x = ctypes.CDLL("libX11.so.6")
        for name, arguments in _CALLS.items():
            getattr(self._x, name).argtypes = arguments
        self._x.XOpenDisplay.restype = _POINTER
        self._x.XStringToKeysym.restype = _LONG
        self._display = self._x.XOpenDisplay(None)
        self._window = glfw.get_x11_window(glfw.get_current_context())
        self._clock = 0

    def _send(self, kind: int, code: int) -> None:
        self._clock += 100
        event = InputEvent(type=kind, window=self._window, code=code, same_screen=1, time=self._clock,
                           display=self._display)
        self._x.XSendEvent(self._display, self._window, 1, 0, ctypes.byref(event))
        self._x.XSync(self._display, 0)

    def press(self, key: str) -> None:
        self._send(_KEY_PRESS, self._code(key))

    def release(self, key: str) -> None:
        self._send(_KEY_RELEASE, self._code(key))

    def tap(self, key: str) -> None:
        """Down and up again between two frames."""
        self.press(key)
        self.release(key)

    def click(self, button: int) -> None:
        self._send(_BUTTON_PRESS, button)
        self._send(_BUTTON_RELEASE, button)

    def move(self, right_px: int, down_px: int) -> None:
        self._x.XWarpPointer(self._display, 0, 0, 0, 0, 0, 0, right_px, down_px)
        self._x.XSync(self._display, 0)

    def point(self, x: float, y: float) -> None:
        """Puts the mouse at a place in the window, px from its upper left corner."""
        self._x.XWarpPointer(self._display, 0, self._window, 0, 0, 0, 0, round(x), round(y))
        self._x.XSync(self._display, 0)

    def resize(self, width: int, height: int) -> None:
        self._x.XResizeWindow(self._display, self._window, width, height)
        self._x.XSync(self._display, 0)

    def _code(self, key: str) -> int:
        return self._x.XKeysymToKeycode(self._display, self._x.XStringToKeysym(key.encode()))
