"""What a soak watches: pictures for pops and flashes, OpenGL for errors and leaks, processes for memory.

Pictures are judged in tiles, frame against frame, while the head is still: what changes then is the
place's own doing.
"""

import os
from collections import deque
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from showroom import gl

TILE_PX = 10
# WCAG 2.2, "general flash": opposing changes of a tenth of the brightest relative luminance
FLASH_STEP = 0.1
FLASH_DARK = 0.8        # of which the darker end lies below this
NAMES = 4096            # object names that are tried; drivers give small ones first
REC_709 = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True)
class Pop:
    """Something that came at once: when, by how much (levels of 255), in which tile (row, column).

    pictures : four that follow one another; it came between the second and the third.
    """

    time_s: float
    levels: float
    tile: tuple[int, int]
    pictures: tuple[np.ndarray, ...]

    def strip(self, scale: int = 4) -> Image.Image:
        """Its pictures side by side, enlarged, the tile framed."""
        height, width = self.pictures[0].shape[:2]
        sheet = Image.new("RGB", (width * scale * len(self.pictures), height * scale))
        draw, (row, column) = ImageDraw.Draw(sheet), self.tile
        for number, picture in enumerate(self.pictures):
            left = number * width * scale
            larger = Image.fromarray(picture).resize((width * scale, height * scale), Image.Resampling.NEAREST)
            sheet.paste(larger, (left, 0))
            corner = left + column * TILE_PX * scale, row * TILE_PX * scale
            draw.rectangle((*corner, *(edge + TILE_PX * scale for edge in corner)), outline=(255, 0, 0))
        return sheet


class Watcher:
    """Looks at pictures one after another and keeps the worst it saw.

    rate_hz  : frames a second of the pictures' own time.
    pop_from : from how many levels on a change that stands out is a pop; `look` returns it.

    pop       : by how much a tile's change from one frame to the next exceeds the change before it and the
                one after it, at the most, sRGB levels of 255: what fades changes in many frames alike.
    tile_step : largest change of a tile's mean from one frame to the next.
    step      : the same of the whole picture's mean.
    flashes   : most flashes of any tile within a second (WCAG 2.2, success criterion 2.3.1: at most 3).
    """

    def __init__(self, rate_hz: int, pop_from: float = 255.0):
        self.pop_from = pop_from
        self.pop = self.tile_step = self.step = 0.0
        self.flashes = self.judged = 0
        self._turns: deque = deque(maxlen=rate_hz)
        self._before: np.ndarray | None = None
        self._changes: deque = deque(maxlen=3)
        self._pictures: deque = deque(maxlen=4)

    def look(self, picture: np.ndarray, still: bool, time_s: float = 0.0) -> Pop | None:
        """picture: (h, w, 3) uint8 sRGB.  still: the head did not move since the picture before."""
        popped = None
        self._pictures.append(picture)
        tiles = _tiles(picture.astype(np.float64))
        luminance = _tiles(_linear(picture)) @ REC_709
        if not still or self._before is None:
            self._turns.clear()
            self._changes.clear()
            self._extreme, self._direction = luminance, np.zeros(luminance.shape)
        else:
            change = np.abs(tiles - self._before).mean(axis=-1)
            self.judged += 1
            self.step = max(self.step, float(np.abs((tiles - self._before).mean(axis=(0, 1))).max()))
            self.tile_step = max(self.tile_step, float(change.max()))
            popped = self._look_for_pops(change, time_s)
            self._count_flashes(luminance)
        self._before = tiles
        return popped

    def _look_for_pops(self, change: np.ndarray, time_s: float) -> Pop | None:
        self._changes.append(change)
        if len(self._changes) < 3:
            return None
        before, at, after = self._changes
        out = at - np.maximum(before, after)
        tile = tuple(map(int, np.unravel_index(out.argmax(), out.shape)))
        self.pop = max(self.pop, float(out[tile]))
        if out[tile] <= self.pop_from:
            return None
        return Pop(time_s, float(out[tile]), tile, tuple(self._pictures))

    def _count_flashes(self, luminance: np.ndarray) -> None:
        onward = (luminance - self._extreme) * self._direction > 0
        self._extreme = np.where(onward, luminance, self._extreme)
        far = np.abs(luminance - self._extreme) >= FLASH_STEP
        turned = far & (np.minimum(luminance, self._extreme) < FLASH_DARK)
        self._direction = np.where(turned, np.sign(luminance - self._extreme), self._direction)
        self._extreme = np.where(turned, luminance, self._extreme)
        self._turns.append(turned)
        self.flashes = max(self.flashes, int(np.sum(list(self._turns), axis=0).max()) // 2)


def _tiles(picture: np.ndarray) -> np.ndarray:
    """(h / TILE_PX, w / TILE_PX, 3) means of whole tiles."""
    height, width = (edge // TILE_PX for edge in picture.shape[:2])
    cut = picture[:height * TILE_PX, :width * TILE_PX]
    return cut.reshape(height, TILE_PX, width, TILE_PX, 3).mean(axis=(1, 3))


def _linear(srgb: np.ndarray) -> np.ndarray:
    """sRGB 0 to 255 → linear 0 to 1. Source: IEC 61966-2-1."""
    return _LINEAR[srgb]


_SHARE = np.arange(256) / 255
_LINEAR = np.where(_SHARE <= 0.04045, _SHARE / 12.92, ((_SHARE + 0.055) / 1.055) ** 2.4)


class Errors:
    """OpenGL's errors, as the driver tells them. Keep it for as long as the context lives."""

    def __init__(self):
        self.messages: list[str] = []
        self._callback = gl.GL.GLDEBUGPROC(self._heard)  # a callback that is collected is a crash
        gl.GL.glEnable(gl.GL.GL_DEBUG_OUTPUT)
        gl.GL.glEnable(gl.GL.GL_DEBUG_OUTPUT_SYNCHRONOUS)
        gl.GL.glDebugMessageCallback(self._callback, None)

    def _heard(self, source, kind, number, severity, length, message, user) -> None:
        if kind == gl.GL.GL_DEBUG_TYPE_ERROR:
            self.messages.append(message[:length].decode(errors="replace"))

    def forget(self) -> None:
        """What was heard is no longer pending: PyOpenGL would raise it at its next call."""
        while gl.fn.glGetError():
            pass

    def close(self) -> None:
        """Hears no more."""
        self.forget()
        gl.GL.glDisable(gl.GL.GL_DEBUG_OUTPUT)
        gl.GL.glDebugMessageCallback(gl.GL.GLDEBUGPROC(0), None)


def objects() -> dict[str, int]:
    """How many objects of each kind the current context holds, by asking after every name."""
    kinds = ("Texture", "Buffer", "Framebuffer", "VertexArray", "Program", "Shader", "Query")
    asked = {kind.lower(): getattr(gl.GL, f"glIs{kind}") for kind in kinds}
    return {kind: sum(bool(is_one(name)) for name in range(1, NAMES)) for kind, is_one in asked.items()}


def open_files(pid: int | None = None) -> int:
    """How many files, sockets and pipes a process (this one by default) holds open."""
    return len(os.listdir(f"/proc/{pid or 'self'}/fd"))


def threads(pid: int | None = None) -> int:
    """How many threads a process (this one by default) has."""
    return len(os.listdir(f"/proc/{pid or 'self'}/task"))


def children() -> list[int]:
    """Process numbers of this process's children, multiprocessing's own tracker aside."""
    tracker = resource_tracker._resource_tracker._pid
    listed = (file.read_text().split() for file in Path("/proc/self/task").glob("*/children"))
    return [int(pid) for pids in listed for pid in pids if int(pid) != tracker]


def shared_bytes() -> int:
    """How much shared memory this process maps, names taken away or not."""
    total = 0
    for line in Path("/proc/self/maps").read_text().splitlines():
        if " /dev/shm/" in line:
            start, end = line.split(" ", 1)[0].split("-")
            total += int(end, 16) - int(start, 16)
    return total
