"""A client with an eye on itself, run as a child: lifecycle.py SCENARIO [ARGUMENT]; prints JSON lines.

It judges nothing, and runs until its input is closed, or what the scenario says.
"""

import logging
import math
import os
import select
import sys
import threading
import time
from pathlib import Path

from dot import Dot, layers
from remote import Remote
from telling import say

from showroom import gl
from showroom.display.openxr import OpenXRDisplay
from showroom.display.openxr_loader import xr

DOT = (0.2, 1.5, -1.5)
ASIDE = (0.5, 1.6, -0.25)
NAMES = 4096  # far above what the showroom or a runtime makes


def asked_to_leave() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def possessions() -> dict[str, int]:
    """What a leak would show in: objects of OpenGL, handles, sockets, threads, mappings of files."""
    GL = gl.GL
    kinds = {"textures": GL.glIsTexture, "framebuffers": GL.glIsFramebuffer, "buffers": GL.glIsBuffer,
             "programs": GL.glIsProgram, "vertex_arrays": GL.glIsVertexArray, "queries": GL.glIsQuery}
    links = []
    for number in os.listdir("/proc/self/fd"):
        try:
            links.append(os.readlink(f"/proc/self/fd/{number}"))
        except OSError:  # the listing's own
            pass
    return ({kind: sum(bool(exists(name)) for name in range(1, NAMES)) for kind, exists in kinds.items()}
            | {"handles": len(links), "sockets": sum(link.startswith("socket") for link in links),
               "threads": len(os.listdir("/proc/self/task")), "python_threads": threading.active_count(),
               "mappings": len(Path("/proc/self/maps").read_text().splitlines())})


def sessions(graphics: str) -> None:
    """Says what it owns in each session, once pictures are drawn in it, and each loss when it notices."""
    display = OpenXRDisplay(graphics=graphics)
    dot, drawn, lost_s = Dot(DOT, 0.04), 0, time.monotonic()
    while not asked_to_leave():
        with display.frame() as frame:
            if frame.eyes.views:
                dot.draw(frame.eyes)
        if frame.eyes.views:
            drawn += 1
            if drawn == 3:
                say(step="drawn", since_loss_s=time.monotonic() - lost_s, owns=possessions())
        elif drawn and frame.state == "ABSENT":
            drawn, lost_s = 0, time.monotonic()
            say(step="lost")
    display.close()
    say(step="closed", states=display.lifecycle.history, threads=threading.active_count())


def hang() -> None:
    """Another thread tells the display's status whenever it is another one's turn to speak."""
    display = OpenXRDisplay(graphics="egl")
    dot, told = Dot(DOT, 0.04), ""

    def listen() -> None:
        was = ""
        while display.running:
            status = display.status
            if bool(status) != bool(was):
                say(step="status", hung=bool(status), status=status, at_s=time.monotonic())
            was = status
            time.sleep(0.02)

    threading.Thread(target=listen, daemon=True).start()
    while not asked_to_leave():
        with display.frame() as frame:
            if frame.eyes.views:
                dot.draw(frame.eyes)
                bright = [bool((picture[..., 0] > 127).any()) for picture in layers(frame.eyes)]
        if frame.state != told:
            told = frame.state
            say(state=told)
        if frame.eyes.views and frame.state == "FOCUSED":
            say(step="picture", bright=bright)
    display.close()
    say(step="closed", states=display.lifecycle.history)


def moves(port: str = "") -> None:
    """Every change of state, of the origin, and of whether the headset is worn. With PORT, one step aside."""
    logging.getLogger("showroom.display").setLevel(logging.INFO)
    display = OpenXRDisplay(graphics="egl")
    dot, told = Dot(DOT, 0.04), None
    remote = Remote(int(port)) if port else None
    while not asked_to_leave():
        with display.frame() as frame:
            if frame.eyes.views:
                dot.draw(frame.eyes)
        controls = frame.controls
        if controls.recentred:
            say(step="recentred", head=controls.head.position)
        if (frame.state, controls.worn) != told:
            told = frame.state, controls.worn
            if remote and frame.state == "FOCUSED":
                remote.head(ASIDE)
                remote.send()
            say(step="state", state=frame.state, worn=controls.worn, hands=len(controls.hands))
        if remote and math.dist(controls.head.position, ASIDE) < 0.001:
            say(step="aside")
            remote = None
    display.close()
    say(step="closed", states=display.lifecycle.history)


def mistake() -> None:
    """Ends a frame with a struct of the wrong type, on purpose."""
    display = OpenXRDisplay(wait=False, graphics="glx")
    deadline = time.monotonic() + 20.0
    while display.lifecycle.state != "FOCUSED" and time.monotonic() < deadline:
        with display.frame():
            pass
    session = display._session
    state = xr.wait_frame(session.handle)
    xr.begin_frame(session.handle)
    info = xr.FrameEndInfo(state.predicted_display_time, session.system.blend, layers=[])
    info.type = xr.StructureType.FRAME_BEGIN_INFO
    say(step="mistake", result=xr.raw_functions.xrEndFrame(session.handle, info).name)
    info.type = xr.StructureType.FRAME_END_INFO
    xr.end_frame(session.handle, info)
    display.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    {"sessions": sessions, "hang": hang, "moves": moves, "mistake": mistake}[sys.argv[1]](*sys.argv[2:])
