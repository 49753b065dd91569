"""Opens the window on the X server in DISPLAY, uses it as a person would, and prints JSON lines.

Keys and clicks are a person's (person.py); what is on screen is read from the file that
`Xvfb -fbdir FOLDER` keeps. Run as a child: window_child.py FOLDER.
"""

import json
import math
import struct
import sys
import time
from pathlib import Path

import numpy as np

from showroom import gl
from showroom.display.window import WindowDisplay
from tests.pixels.person import Person

SIZE = (320, 200)
PATIENCE_S = 10.0


def say(**facts) -> None:
    print(json.dumps(facts), flush=True)


def frame_where(display, condition):
    """The first frame that fulfils `condition`, or None when patience ended; every frame is drawn red."""
    deadline = time.monotonic() + PATIENCE_S
    while display.running and time.monotonic() < deadline:
        with display.frame() as frame:
            paint(frame, (1.0, 0.0, 0.0))
            if condition(frame):
                return frame
    return None


def paint(frame, colour) -> None:
    if frame.eyes.target:
        linear = np.array([*colour, 1.0], dtype=np.float32)
        gl.fn.glClearNamedFramebufferfv(frame.eyes.target.framebuffer, gl.GL.GL_COLOR, 0, gl.pointer(linear))


def on_screen(folder: str, x: int, y: int) -> list[int]:
    """Red, green, blue of one pixel of the X server's screen, from its XWD file."""
    data = (Path(folder) / "Xvfb_screen0").read_bytes()
    header = struct.unpack(">25I", data[:100])
    start = header[0] + 12 * header[19] + y * header[12] + x * header[11] // 8
    blue, green, red = data[start:start + 3]
    return [red, green, blue]


def show(display, folder: str) -> None:
    """The bytes of the target reach the screen unchanged, dark and bright, with encoding on."""
    gl.fn.glEnable(gl.GL.GL_FRAMEBUFFER_SRGB)
    linear = (0.2140, 0.0331, 1.0)  # sRGB 127, 51, 255
    seen, deadline = [], time.monotonic() + PATIENCE_S
    while seen != [127, 51, 255] and time.monotonic() < deadline:
        with display.frame() as frame:
            paint(frame, linear)
        seen = on_screen(folder, 100, 100)
    say(step="show", pixel=seen, size=frame.eyes.target.size, layers=frame.eyes.target.layers,
        state=frame.state, still_encoding=bool(gl.GL.glIsEnabled(gl.GL.GL_FRAMEBUFFER_SRGB)))


def act(display, person) -> None:
    """Selecting, walking, going back, hiding the hints, looking."""
    def hand(frame):
        return frame.controls.hands[0]

    person.tap("e")
    say(step="select", arrived=frame_where(display, lambda frame: hand(frame).select == 1.0) is not None,
        once=frame_where(display, lambda frame: hand(frame).select == 0.0) is not None)
    person.press("w")
    walked = frame_where(display, lambda frame: frame.controls.head.position[2] < -0.2)
    person.release("w")
    say(step="walk", position=walked and walked.controls.head.position)
    for button, name in (("Escape", "escape"), ("BackSpace", "backspace")):
        person.tap(button)
        say(step=name, back=frame_where(display, lambda frame: hand(frame).back) is not None)
    person.tap("Tab")
    frame_where(display, lambda frame: not display.show_hints)
    person.tap("F12")
    pressed = frame_where(display, lambda frame: display.pressed)
    say(step="keys", hints=display.show_hints, pressed=pressed is not None and sorted(display.pressed))
    look(display, person)


def look(display, person) -> None:
    """A click captures the mouse; then movements turn the head; Esc lets the mouse go and nothing else."""
    before_rad = display.walker.pitch_rad
    person.click(1)
    frame = frame_where(display, lambda frame: True)
    captured_by_click = frame.controls.hands[0].select == 0.0
    person.move(0, 0)
    frame_where(display, lambda frame: True)
    person.move(100, 40)
    turned = frame_where(display, lambda frame: display.walker.yaw_rad != 0.0)
    person.click(1)
    chosen = frame_where(display, lambda frame: frame.controls.hands[0].select == 1.0)
    person.tap("Escape")
    freed = frame_where(display, lambda frame: True)
    say(step="look", click_only_captures=captured_by_click, chosen=chosen is not None,
        yaw=turned and display.walker.yaw_rad, pitch=turned and display.walker.pitch_rad - before_rad,
        escape_goes_back=freed.controls.hands[0].back,
        aim_is_gaze=chosen is not None and math.dist(chosen.controls.hands[0].aim.orientation,
                                                     chosen.controls.head.orientation) < 1e-5)


def coarse(folder: str) -> None:
    """A picture of half the window's edges fills the whole window all the same."""
    display = WindowDisplay(SIZE, scale=0.5)
    corners = [(2, 2), (SIZE[0] - 3, SIZE[1] - 3)]
    seen, deadline = [], time.monotonic() + PATIENCE_S
    while seen != [[0, 255, 0]] * 2 and time.monotonic() < deadline:
        with display.frame() as frame:
            paint(frame, (0.0, 1.0, 0.0))
        seen = [on_screen(folder, *corner) for corner in corners]
    say(step="coarse", seen=seen, size=frame.eyes.target.size)
    display.close()


def main(folder: str) -> None:
    display = WindowDisplay(SIZE, scale=1.0)
    person = Person()
    show(display, folder)
    act(display, person)
    person.resize(200, 120)
    resized = frame_where(display, lambda frame: frame.eyes.target.size == (200, 120))
    say(step="resize", followed=resized is not None)
    person.tap("q")
    left = frame_where(display, lambda frame: frame.controls.quit)
    say(step="quit", arrived=left is not None, running=display.running)
    display.close()
    display.close()
    say(step="closed")
    coarse(folder)


main(sys.argv[1])
