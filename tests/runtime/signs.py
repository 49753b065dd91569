"""A client of the runtime that hangs signs: signs.py SCENARIO …; prints JSON lines.

It reports what it saw and judges nothing, so that every expectation stands in the tests.
"""

import ctypes
import logging
import math
import select
import sys
import time

import numpy as np
from dot import Dot, clip_from_world
from remote import Remote
from telling import say

from showroom import gl
from showroom.display.openxr import OpenXRDisplay
from showroom.display.openxr_loader import xr
from showroom.words.sign import SIZES_M, Panel, Sign, Writing
from showroom.words.view import Pose

PATIENCE_S = 30.0
COLORS = {"choice": (255, 0, 0, 255), "card": (0, 0, 255, 255), "caption": (0, 255, 0, 255)}
HEAD = (0.0, 1.6, 0.0)


def panel(kind: str, color, title: str = "", px_a_m: int = 1200) -> Panel:
    """A panel of one colour, as large as a scribe's."""
    width, height = (round(px_a_m * edge) for edge in SIZES_M[kind])
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[:] = color
    return Panel(Writing(kind, title or kind), pixels)


def hung(made: Panel, x: float, y: float, z: float, opacity: float = 1.0) -> tuple[Panel, Sign]:
    """A panel that faces +Z at a point of the room."""
    return made, Sign(made.writing, Pose((x, y, z)), opacity)


def handed_over() -> list[list[dict]]:
    """From now on, the layers of every picture that was ended, newest last, in words."""
    seen, end_frame = [], xr.raw_functions.xrEndFrame

    def watching(session, info):
        ended = info._obj if hasattr(info, "_obj") else info
        seen.append([described(ended.layers[index].contents) for index in range(ended.layer_count)])
        return end_frame(session, info)

    xr.raw_functions.xrEndFrame = watching
    return seen


def described(layer) -> dict:
    kinds = {xr.StructureType.COMPOSITION_LAYER_QUAD.value: xr.CompositionLayerQuad,
             xr.StructureType.COMPOSITION_LAYER_CYLINDER_KHR.value: xr.CompositionLayerCylinderKHR}
    if int(layer.type) not in kinds:
        return {"kind": xr.StructureType(layer.type).name}
    made = ctypes.cast(ctypes.byref(layer), ctypes.POINTER(kinds[int(layer.type)])).contents
    extent, place = made.sub_image.image_rect.extent, made.pose.position
    facts = {"kind": xr.StructureType(layer.type).name, "px": [extent.width, extent.height],
             "at": [place.x, place.y, place.z], "opacity": 1.0}
    if made.next:
        scale = ctypes.cast(made.next, ctypes.POINTER(xr.CompositionLayerColorScaleBiasKHR)).contents
        facts["opacity"] = scale.color_scale.a
    if hasattr(made, "radius"):
        return facts | {"radius": made.radius, "angle": made.central_angle, "aspect": made.aspect_ratio}
    return facts | {"size": [made.size.width, made.size.height]}


def frames(display, count: int, signs=(), dot=None) -> None:
    """So many pictures with these signs."""
    drawn, deadline = 0, time.monotonic() + PATIENCE_S
    while display.running and drawn < count and time.monotonic() < deadline:
        with display.frame() as frame:
            display.hang(signs)
            if frame.eyes.views and dot:
                dot.draw(frame.eyes)
            drawn += bool(frame.eyes.views)


def hang() -> None:
    """Signs come, change, fade and go."""
    display = OpenXRDisplay(wait=False, graphics="egl")
    ended, dot = handed_over(), Dot((0.0, 1.6, -3.0), 0.05)
    far, near = panel("caption", COLORS["caption"]), panel("choice", COLORS["choice"])
    card, lit = panel("card", COLORS["card"]), panel("choice", (255, 255, 0, 255), "lit")
    hung_parts = lambda: display._session.hung  # noqa: E731  it is made anew with every session
    before = display.hang((hung(far, 0, 1.6, -2),))
    frames(display, 3, (), dot)
    say(step="nothing", layers=ended[-1], before=before)
    three = (hung(near, 0.4, 1.3, -1.5), hung(far, 0, 1.6, -2.5), hung(card, -0.5, 1.5, -2.0))
    frames(display, 4, three, dot)
    say(step="three", layers=ended[-1], written=hung_parts().written)
    frames(display, 4, (hung(near, 0.1, 1.0, -1.2, 0.25), *three[1:]), dot)
    fades = display._session.system.has(xr.KHR_COMPOSITION_LAYER_COLOR_SCALE_BIAS_EXTENSION_NAME)
    say(step="moved", layers=ended[-1], written=hung_parts().written, fades=fades)
    frames(display, 2, (hung(near, 0.1, 1.0, -1.2, 0.75), *three[1:]), dot)
    say(step="clearer", layers=ended[-1], written=hung_parts().written)
    frames(display, 3, (hung(lit, 0.4, 1.3, -1.5), *three[1:]), dot)
    say(step="lit", layers=ended[-1], written=hung_parts().written)
    frames(display, 3, (), dot)
    say(step="gone", layers=ended[-1], written=hung_parts().written)
    for number in range(24):  # a visitor who points at many things
        frames(display, 1, (hung(panel("choice", (number, 0, 0, 255), str(number)), 0, 1.5, -2),), dot)
    many = tuple(hung(panel("choice", (number, 9, 0, 255), f"many {number}"), 0, 1.5, -2 - number) for number in range(24))
    frames(display, 12, many, dot)
    say(step="many", layers=ended[-1], plates=len(hung_parts()._plates), errors=gl.fn.glGetError())
    display.request_exit()
    frames(display, 1000)
    display.close()
    say(step="closed", running=display.running)


def outlive() -> None:
    """The same signs hang whatever becomes of the runtime; tells of every picture in which there are as many as before."""
    display = OpenXRDisplay(graphics="egl")
    ended, dot = handed_over(), Dot((0.0, 1.6, -3.0), 0.05)
    signs = (hung(panel("choice", COLORS["choice"]), 0.4, 1.3, -1.5), hung(panel("card", COLORS["card"]), -0.5, 1.5, -2.0))
    pictures = absent = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        with display.frame() as frame:
            absent += not display.hang(signs)
            if frame.eyes.views:
                dot.draw(frame.eyes)
        if ended and len(ended[-1]) == 1 + len(signs):
            pictures += 1
            ended.clear()
            say(step="shown", pictures=pictures, absent=absent, sessions=display.lifecycle.history.count("FOCUSED"),
                textures=sum(bool(gl.GL.glIsTexture(name)) for name in range(1, 400)))
    display.close()


def stand() -> None:
    """Signs beside each other, one before another, and a dot of the scene; stands still until its input is closed."""
    remote = Remote(int(sys.argv[2]))
    remote.head(HEAD)
    remote.send()
    display = OpenXRDisplay(wait=False, graphics="egl")
    dot = Dot((0.0, 1.6, -3.0), 0.05)
    signs = (hung(panel("choice", COLORS["choice"]), 0.5, 1.9, -1.5), hung(panel("caption", COLORS["caption"]), 0.0, 1.2, -2.0),
             hung(panel("card", COLORS["card"]), -0.7, 1.7, -2.0),
             hung(panel("choice", (255, 255, 0, 255), "before"), -0.55, 1.7, -1.5))
    told = 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        with display.frame() as frame:
            display.hang(signs)
            if not frame.eyes.views:
                continue
            dot.draw(frame.eyes)
            told += math.dist(frame.controls.head.position, HEAD) < 1e-3
        if told == 10:
            say(step="stands", signs={sign.writing.title: corners(frame.eyes.views, sign) for _, sign in signs},
                dot=[middle(view, dot.point) for view in frame.eyes.views])
    display.close()


def corners(views, sign: Sign) -> list[list[float]]:
    """For each view: left, top, right, bottom of a sign in shares of the picture, 0 to 1 from the upper left."""
    width, height = SIZES_M[sign.writing.kind]
    x, y, z = sign.pose.position
    return [[*middle(view, (x - width / 2, y + height / 2, z)), *middle(view, (x + width / 2, y - height / 2, z))]
            for view in views]


def middle(view, point) -> list[float]:
    """A point of the room in shares of a view's picture."""
    clip = clip_from_world(view) @ [*point, 1.0]
    return [float(0.5 + 0.5 * clip[0] / clip[3]), float(0.5 - 0.5 * clip[1] / clip[3])]


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    {"hang": hang, "stand": stand, "outlive": outlive}[sys.argv[1]]()
