"""A window that simulates a headset: the mouse is the head, keys are the legs and the right hand.

    mouse (captured by a click) looks · WASD or arrows walk · E or left click selects
    Space, kept down, holds · Esc, Backspace or right click goes back (Esc first frees the mouse)
    Enter begins a line of words, and sends it; while it is typed, keys are letters · Tab hides the hints
    Q quits

Under Wayland the window goes through XWayland where there is one.
"""

import contextlib
import math
import time
from collections.abc import Iterator

from showroom import gl
from showroom.display.targets import ArrayTarget, copy_to_window
from showroom.display.walker import Walker
from showroom.display.window_line import Line
from showroom.display.window_glfw import close_window, function_key, glfw, open_window
from showroom.words.controls import Controls, Hand
from showroom.words.frame import Frame
from showroom.words.sign import Panel, Sign
from showroom.words.vibration import Vibration
from showroom.words.view import Eyes, Fov, View

HINTS = ("WASD walk · mouse looks · E or click tries · Space holds · Enter types · Esc back · "
         "Tab hides this · Q quits")
VERTICAL_FOV_RAD = math.radians(70.0)
START_PITCH_RAD = math.radians(-8.0)  # as people stand before something on a plinth
HIDDEN_SLEEP_S = 0.05
SOFTWARE_SCALE = 0.5
_WALK_KEYS = {glfw.KEY_W: (1, 0), glfw.KEY_UP: (1, 0), glfw.KEY_S: (-1, 0), glfw.KEY_DOWN: (-1, 0),
              glfw.KEY_A: (0, -1), glfw.KEY_LEFT: (0, -1), glfw.KEY_D: (0, 1), glfw.KEY_RIGHT: (0, 1)}
_LINE_KEYS = {glfw.KEY_ENTER: "enter", glfw.KEY_KP_ENTER: "enter", glfw.KEY_BACKSPACE: "backspace",
              glfw.KEY_ESCAPE: "escape"}


class WindowDisplay:
    """One resizable window of `size` screen units, vertical sync on.

    scale : the picture's edges over the window's; None is 1, and SOFTWARE_SCALE where no graphics card
            draws, so that one can still walk there.
    Raises GraphicsError without a display or OpenGL 4.5.
    `show_hints` is what Tab turns; `pressed` holds the names ("F12") of keys pressed since the last
    frame that mean nothing here and are left to the application.
    """

    def __init__(self, size: tuple[int, int] = (1280, 720), title: str = "showroom",
                 scale: float | None = None):
        self._window = open_window(size, title, visible=True)
        glfw.swap_interval(1)
        self._scale = scale or (SOFTWARE_SCALE if gl.draws_in_software() else 1.0)
        self.running = True
        self.show_hints = True
        self.pressed: frozenset[str] = frozenset()
        self.walker = Walker()
        self.walker.pitch_rad = START_PITCH_RAD
        self._title = ""
        self._shown_title = title
        self._began_s = self._last_s = time.monotonic()
        self._period_s = _refresh_period_s()
        self._output: ArrayTarget | None = None
        self._captured = self._capturing = False
        self._cursor: tuple[float, float] | None = None
        self._taps: set[str] = set()
        self._line = Line()
        self._keys: set[str] = set()
        glfw.set_key_callback(self._window, self._on_key)
        glfw.set_char_callback(self._window, self._on_character)
        glfw.set_mouse_button_callback(self._window, self._on_button)
        glfw.set_cursor_pos_callback(self._window, self._on_cursor)
        glfw.set_window_focus_callback(self._window, self._on_focus)
        self.set_title(title)

    def set_title(self, text: str) -> None:
        """Shows `text` in the title bar, followed by the hints unless they are hidden."""
        self._title = text
        shown = f"{text} — {HINTS}" if self.show_hints else text
        if shown != self._shown_title:
            self._shown_title = shown
            glfw.set_window_title(self._window, shown)

    @contextlib.contextmanager
    def frame(self) -> Iterator[Frame]:
        """One picture; leaving shows it. Empty, after a short sleep, while the window is minimised."""
        glfw.poll_events()
        now_s = time.monotonic()
        step_s, self._last_s = now_s - self._last_s, now_s
        self._walk(step_s)
        self.pressed, self._keys = frozenset(self._keys), set()
        closing = "quit" in self._taps or bool(glfw.window_should_close(self._window))
        eyes = self._eyes()
        frame = Frame(now_s - self._began_s, eyes, self._controls(eyes, closing),
                      late=step_s > 1.5 * self._period_s, state="window")
        self._taps.clear()
        self.running = not closing
        yield frame
        if self._window is None:
            return
        if eyes.target:
            self._present(eyes.target)
        else:
            time.sleep(HIDDEN_SLEEP_S)

    def vibrate(self, wanted: Vibration) -> None:
        """Nobody holds anything here that could be felt."""

    def hang(self, signs: tuple[tuple[Panel, Sign], ...]) -> bool:
        """False: signs are a part of the picture here."""
        return False

    def close(self) -> None:
        """Frees the target and the window. Calling it twice does nothing."""
        self.running = False
        if self._window is not None:
            if self._output is not None:
                self._output.close()
                self._output = None
            close_window(self._window)
            self._window = None

    # -- the picture ----------------------------------------------------------------------------

    def _eyes(self) -> Eyes:
        shown = glfw.get_framebuffer_size(self._window)
        if 0 in shown or glfw.get_window_attrib(self._window, glfw.ICONIFIED):
            return Eyes()
        size = tuple(max(1, round(edge * self._scale)) for edge in shown)
        if self._output is None or self._output.target.size != size:
            if self._output is not None:
                self._output.close()
            self._output = ArrayTarget(size, 1)
        fov = Fov.symmetric(VERTICAL_FOV_RAD, size[0] / size[1])
        return Eyes((View(self.walker.head, fov),), self._output.target)

    def _present(self, target) -> None:
        """Shows the whole picture."""
        copy_to_window(target, (0, 0, *target.size), glfw.get_framebuffer_size(self._window))
        glfw.swap_buffers(self._window)

    # -- the simulated visitor ------------------------------------------------------------------

    def _walk(self, seconds: float) -> None:
        held = [way for key, way in _WALK_KEYS.items() if self._key(key)]
        forward = max(-1, min(1, sum(way[0] for way in held)))
        right = max(-1, min(1, sum(way[1] for way in held)))
        # after a pause (a moved window, a breakpoint) nobody has walked through the wall
        self.walker.walk(forward, right, min(seconds, 0.1))

    def _controls(self, eyes: Eyes, closing: bool) -> Controls:
        focused = bool(glfw.get_window_attrib(self._window, glfw.FOCUSED))
        hands = (self._hand(eyes.views[0].fov),) if eyes.views else ()
        return Controls(self.walker.head, hands, focused, closing,
                        typing=self._line.typing, typed=self._line.sent())

    def _hand(self, fov: Fov) -> Hand:
        across, up = (0.0, 0.0) if self._captured else self._cursor_in_picture()
        # a tap between two frames counts like a key held now
        select = ("select" in self._taps or self._key(glfw.KEY_E)
                  or (self._captured and self._button(glfw.MOUSE_BUTTON_LEFT) and not self._capturing))
        back = ("back" in self._taps or self._key(glfw.KEY_BACKSPACE)
                or self._button(glfw.MOUSE_BUTTON_RIGHT))
        holds = self._key(glfw.KEY_SPACE)
        grip = self.walker.held if holds else self.walker.grip
        return Hand("left" if self.walker.left_handed else "right", aim=self.walker.aim(across, up, fov), grip=grip, select=float(select),
                    squeeze=float(holds), back=back)

    def _key(self, key: int) -> bool:
        """Whether it is down, and no letter of a line."""
        return self._line.typing is None and glfw.get_key(self._window, key) == glfw.PRESS

    def _button(self, button: int) -> bool:
        return glfw.get_mouse_button(self._window, button) == glfw.PRESS

    def _cursor_in_picture(self) -> tuple[float, float]:
        width, height = glfw.get_window_size(self._window)
        x, y = glfw.get_cursor_pos(self._window)
        across, up = 2 * x / max(1, width) - 1, 1 - 2 * y / max(1, height)
        return max(-1.0, min(1.0, across)), max(-1.0, min(1.0, up))

    # -- events ---------------------------------------------------------------------------------

    def _on_character(self, _window, character: int) -> None:
        self._line.write(chr(character))

    def _on_key(self, _window, key: int, _scancode: int, action: int, _modifiers: int) -> None:
        if key in _LINE_KEYS and action != glfw.RELEASE and self._line.press(_LINE_KEYS[key]):
            return
        if action != glfw.PRESS or self._line.typing is not None:
            return
        if key == glfw.KEY_ESCAPE and self._captured:
            self._capture(False)
        elif key in (glfw.KEY_ESCAPE, glfw.KEY_BACKSPACE):
            self._taps.add("back")
        elif key == glfw.KEY_E:
            self._taps.add("select")
        elif key == glfw.KEY_Q:
            self._taps.add("quit")
        elif key == glfw.KEY_TAB:
            self.show_hints = not self.show_hints
            self.set_title(self._title)
        elif name := function_key(key):
            self._keys.add(name)

    def _on_button(self, _window, button: int, action: int, _modifiers: int) -> None:
        if button == glfw.MOUSE_BUTTON_LEFT and action == glfw.RELEASE:
            self._capturing = False
        if action != glfw.PRESS:
            return
        if button == glfw.MOUSE_BUTTON_RIGHT:
            self._taps.add("back")
        elif button == glfw.MOUSE_BUTTON_LEFT and self._captured:
            self._taps.add("select")
        elif button == glfw.MOUSE_BUTTON_LEFT:
            self._capturing = True  # this press chooses nothing yet, however long it is held
            self._capture(True)

    def _on_cursor(self, _window, x: float, y: float) -> None:
        if self._captured and self._cursor is not None:
            self.walker.look(x - self._cursor[0], y - self._cursor[1])
        self._cursor = (x, y)

    def _on_focus(self, _window, focused: int) -> None:
        if not focused:
            self._capture(False)

    def _capture(self, wanted: bool) -> None:
        self._captured = wanted
        self._cursor = None  # capturing moves the cursor; that is not a look
        glfw.set_input_mode(self._window, glfw.CURSOR, glfw.CURSOR_DISABLED if wanted else glfw.CURSOR_NORMAL)


def _refresh_period_s() -> float:
    mode = glfw.get_video_mode(glfw.get_primary_monitor()) if glfw.get_primary_monitor() else None
    return 1.0 / (mode.refresh_rate if mode and mode.refresh_rate else 60)
