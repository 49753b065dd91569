"""A client of the runtime that looks at what pictures are handed over with: frames.py SCENARIO; JSON lines.

What xrEndFrame gets is read from its arguments, as the runtime reads it.
"""

import ctypes
import logging
import struct
import sys
import time
from pathlib import Path

import numpy as np
from dot import Dot
from dot import layers as layers_of
from telling import PATIENCE_S, frames_until, say

from showroom import gl
from showroom.display.openxr import OpenXRDisplay
from showroom.display.openxr_loader import xr
from showroom.words.view import HiddenArea, View, clip_from_view, view_from_world


def handed_over() -> list:
    """From now on, the projection views of every picture that was ended, newest last."""
    seen, end_frame = [], xr.raw_functions.xrEndFrame

    def watching(session, info):
        ended = info._obj if hasattr(info, "_obj") else info
        for index in range(ended.layer_count):
            layer = ended.layers[index].contents
            if layer.type == xr.StructureType.COMPOSITION_LAYER_PROJECTION.value:
                seen.append(described(ctypes.cast(ctypes.byref(layer),
                                                  ctypes.POINTER(xr.CompositionLayerProjection)).contents))
        return end_frame(session, info)

    xr.raw_functions.xrEndFrame = watching
    return seen


def described(layer) -> list[dict]:
    """One projection layer's views: rectangles, and the depth that hangs on each."""
    views = []
    for index in range(layer.view_count):
        view = layer._views[index]
        extent = view.sub_image.image_rect.extent
        facts = {"rectangle": [extent.width, extent.height], "array": view.sub_image.image_array_index,
                 "depth": None}
        if view.next:
            info = ctypes.cast(view.next, ctypes.POINTER(xr.CompositionLayerDepthInfoKHR)).contents
            inner = info.sub_image.image_rect.extent
            facts["depth"] = {"type": int(info.type), "rectangle": [inner.width, inner.height],
                              "array": info.sub_image.image_array_index,
                              "range": [info.min_depth, info.max_depth], "near_far": [info.near_z, info.far_z]}
        views.append(facts)
    return views


def depth_of(target) -> np.ndarray:
    """(layers, height, width) float32 of the depth that hangs on a target, row 0 at the bottom."""
    GL, name = gl.GL, ctypes.c_int()
    GL.glGetNamedFramebufferAttachmentParameteriv(target.framebuffer, GL.GL_DEPTH_ATTACHMENT,
                                                  GL.GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME, name)
    width, height = target.whole
    pixels = np.empty((target.layers, height, width), dtype=np.float32)
    GL.glGetTextureImage(name.value, 0, GL.GL_DEPTH_COMPONENT, GL.GL_FLOAT, pixels.nbytes,
                         GL.GLvoidp(gl.pointer(pixels)))
    return pixels


def layers() -> None:
    """Depth, rectangles that follow the scale, and what the lenses hide."""
    logging.getLogger("showroom.display").setLevel(logging.INFO)
    ended = handed_over()
    display = OpenXRDisplay(wait=False, graphics="egl", most_hz=1000.0)
    frame = frames_until(display, lambda frame: frame.eyes.views)
    hidden, target = frame.eyes.hidden, frame.eyes.target
    say(step="whole", ended=ended[-1], size=target.size, room=target.whole, keeps_depth=target.keeps_depth,
        hidden=[shape_of(mesh, view) for mesh, view in zip(hidden.triangles, frame.eyes.views)],
        near_far=[frame.eyes.views[0].near_m, frame.eyes.views[0].far_m])
    dot = Dot((0.0, frame.controls.head.position[1], -2.0), 0.3)
    gl.fn.glEnable(gl.GL.GL_DEPTH_TEST)
    with display.frame() as frame:
        gl.GL.glClearDepth(1.0)
        gl.GL.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, frame.eyes.target.framebuffer)
        gl.GL.glClear(gl.GL.GL_DEPTH_BUFFER_BIT)
        dot.draw(frame.eyes)
        depths = depth_of(frame.eyes.target)
    say(step="depth", nearest=float(depths.min()), farthest=float(depths.max()),
        expected=window_depth(frame.eyes.views[0], dot.point))
    be_late(display)
    least = 0.7 * target.size[0]
    frames_until(display, lambda frame: frame.eyes.views and frame.eyes.target.size[0] <= least)
    frame = frames_until(display, lambda frame: frame.eyes.views)
    say(step="part", ended=ended[-1], size=frame.eyes.target.size, room=frame.eyes.target.whole,
        errors=int(gl.fn.glGetError()))
    display.close()


def be_late(display) -> None:
    """From now on every picture comes late, as the clock says."""
    clock, predicted = display._clock, display._clock.predicted

    def late(*arguments):
        time_s = predicted(*arguments)
        clock.late = True
        return time_s

    clock.predicted = late


def shape_of(mesh: np.ndarray, view: View) -> dict:
    """How much of a view's picture its hidden triangles cover, and how far they reach, in clip space."""
    lens = clip_from_view(view.fov, view.near_m, view.far_m)
    corners = mesh * (lens[0, 0], lens[1, 1]) - (lens[0, 2], lens[1, 2])
    edges = corners[:, 1:] - corners[:, :1]
    areas = np.abs(np.cross(edges[:, 0], edges[:, 1])) / 2
    return {"triangles": len(mesh), "share": float(areas.sum() / 4), "reach": float(np.abs(corners).max())}


def masked() -> None:
    """A mask that changes while one looks."""
    display = OpenXRDisplay(wait=False, graphics="egl")
    first = frames_until(display, lambda frame: frame.eyes.views).eyes.hidden
    display._session.mask.read()  # as the event lets it
    again = frames_until(display, lambda frame: frame.eyes.views).eyes.hidden
    say(step="masked", same=first is again, kind=isinstance(again, HiddenArea),
        equal=all(np.array_equal(a, b) for a, b in zip(first.triangles, again.triangles)))
    display.close()


def refusing() -> None:
    """A runtime that offers all of it and gives none: the session runs, drawn wholly and without depth."""
    from showroom.display import openxr_canvas, openxr_mask, openxr_refresh
    from showroom.errors import GraphicsError

    def refuse(*_arguments, **_named):
        raise xr.RuntimeFailureError

    make, openxr_refresh.rates, openxr_mask.Mask._mesh = openxr_canvas.layered_target, refuse, refuse

    def made_without_depth(texture, size, layers, depth=0):
        if depth:
            raise GraphicsError("making a target: the driver is odd")
        return make(texture, size, layers, depth)

    create = xr.create_swapchain

    def but_no_depth(session, info):
        return refuse() if info.format == 0x8CAC else create(session, info)

    openxr_canvas.layered_target = made_without_depth
    for number in range(2):
        if number:
            openxr_canvas.layered_target = make
            xr.create_swapchain = but_no_depth  # now no depth image can be had at all
        display = OpenXRDisplay(wait=False, graphics="egl")
        frame = frames_until(display, lambda frame: frame.eyes.views and frame.controls.focused)
        say(step=f"refusing {number}", focused=frame is not None, keeps_depth=frame.eyes.target.keeps_depth,
            hidden=frame.eyes.hidden is not None, errors=int(gl.fn.glGetError()))
        display.close()


def drawn() -> None:
    """The renderer itself, in a session: a wall two metres ahead, and what lenses hide."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "pixels"))
    import scenes

    from showroom.render.renderer import Renderer

    display = OpenXRDisplay(wait=False, graphics="egl", least_scale=1.0)
    renderer, scene = Renderer(shadow_texels=64, tone="linear", coming_s=0.0), scenes.scene()
    scenes.arrive(scene, scenes.quad((0, 1.6, -2), 40.0, material=scenes.glowing((1.0, 1.0, 1.0))))
    for kind in ("first", "later"):
        frames_until(display, lambda frame: frame.eyes.views)
        with display.frame() as frame, gl.counting() as count:
            renderer.upload(scene, 1 << 30)
            renderer.draw(scene, frame.eyes)
        say(step=kind, calls=count.total, errors=int(gl.fn.glGetError()))
    with display.frame() as frame:
        renderer.draw(scene, frame.eyes)
        pictures, depths = layers_of(frame.eyes), depth_of(frame.eyes.target)
    wall = window_depth(frame.eyes.views[0], (0.0, 1.6, -2.0))
    black = pictures[..., 0] == 0
    say(step="drawn", hidden=[float(one.mean()) for one in black],
        wanted=[shape_of(mesh, view)["share"]
                for mesh, view in zip(frame.eyes.hidden.triangles, frame.eyes.views)],
        far_where_hidden=bool((depths[black] == 1.0).all()), middle=float(depths[0, 120, 160]), wall=wall,
        bright=bool((pictures[~black][..., 0] > 100).all()))
    renderer.close()
    display.close()


def window_depth(view: View, point) -> float:
    clip = clip_from_view(view.fov, view.near_m, view.far_m) @ view_from_world(view.pose) @ [*point, 1.0]
    return float(clip[2] / clip[3]) / 2 + 0.5


def mirror(folder: str) -> None:
    """A window shows what one eye sees, as bytes, now and then; FOLDER is where the screen can be read."""
    display = OpenXRDisplay(wait=False, mirror=True, least_scale=1.0)
    colour = np.array([0.2140, 0.0331, 1.0, 1.0], dtype=np.float32)
    seen, deadline = [], time.monotonic() + PATIENCE_S
    gl.fn.glEnable(gl.GL.GL_FRAMEBUFFER_SRGB)
    while seen != [127, 51, 255] and time.monotonic() < deadline:
        with display.frame() as frame:
            if frame.eyes.views:
                target = frame.eyes.target.framebuffer
                gl.fn.glClearNamedFramebufferfv(target, gl.GL.GL_COLOR, 0, gl.pointer(colour))
        seen = on_screen(folder, 400, 300)
    with gl.counting() as count:
        before, drawn, began_s = display._mirror.count, 0, time.monotonic()
        while drawn < 30:
            with display.frame() as frame:
                drawn += bool(frame.eyes.views)
        passed_s = time.monotonic() - began_s
    say(step="mirror", pixel=seen, drawn=drawn, mirrored=display._mirror.count - before, passed_s=passed_s,
        calls=dict(count.by_name), still_encoding=bool(gl.GL.glIsEnabled(gl.GL.GL_FRAMEBUFFER_SRGB)),
        errors=int(gl.fn.glGetError()))
    display.close()


def on_screen(folder: str, x: int, y: int) -> list[int]:
    """Red, green, blue of one pixel of the X server's screen, from its XWD file."""
    data = (Path(folder) / "Xvfb_screen0").read_bytes()
    header = struct.unpack(">25I", data[:100])
    start = header[0] + 12 * header[19] + y * header[12] + x * header[11] // 8
    blue, green, red = data[start:start + 3]
    return [red, green, blue]


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    {"layers": layers, "masked": masked, "drawn": drawn, "refusing": refusing,
     "mirror": mirror}[sys.argv[1]](*sys.argv[2:])
