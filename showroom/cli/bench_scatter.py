"""What many things cost against few: two scattered places of as many parts, drawn in turns in one run."""

import contextlib
import time

from showroom.cli.bench_loop import RATE_HZ
from showroom.cli.figures import percentile, ratio, spread

FEW = 1_000
PARTS, BLOCKS = 50, 20
WARM_UP = 3  # frames of a block that are not counted


def measure(frames: int, size: tuple[int, int], many: int) -> dict:
    """Thread CPU time of advance + upload + draw with `many` instances and with FEW, and their ratio.

    frames : of each, in blocks that take turns; the ratio's spread is that of the blocks.
    """
    from showroom import gl
    from showroom.display.offscreen import OffscreenDisplay

    with contextlib.closing(OffscreenDisplay(size, views=2)) as display, contextlib.ExitStack() as stack:
        fields = [stack.enter_context(contextlib.closing(_Field(count, display))) for count in (FEW, many)]
        times_ms: tuple[list, list] = ([], [])
        for _ in range(BLOCKS):
            for field, blocks in zip(fields, times_ms):
                blocks.append([field.frame_ms() for _ in range(WARM_UP + max(1, frames // BLOCKS))][WARM_UP:])
        medians = [[percentile(block, 0.5) for block in blocks] for blocks in times_ms]
        few, more = (spread([value for block in blocks for value in block], 0.99) for blocks in times_ms)
        return {"instances": many, "against": FEW, "parts": PARTS, "cpu_ms": more, "cpu_ms_against": few,
                "ratio": ratio(medians[1], medians[0]), "views": 2, "size": list(size),
                "renderer": gl.describe()["renderer"]}


class _Field:
    """A stage and a renderer of their own, on which `count` small things of PARTS kinds stand and sway."""

    def __init__(self, count: int, display):
        from showroom.render.renderer import Renderer
        from showroom.stage.stage import EASE_S, Stage
        from showroom.words.request import PLACE
        from showroom.words.result import Done, Result

        self._display, self._renderer, self._stage = display, Renderer(), Stage()
        self._stage.open(1, PLACE)
        for number in range(PARTS):
            self._stage.apply(Result(1, _part(number, _share(count, number))))
        self._stage.apply(Result(1, Done()))
        for self._frames in range(round(2 * EASE_S * RATE_HZ)):
            self.frame_ms()
        drawn = self._renderer.drawlist.instances
        assert drawn == count and self._stage.settled, f"{drawn} of {count} instances stand"

    def frame_ms(self) -> float:
        """Draws the next frame; the thread's CPU time."""
        from showroom import gl

        self._frames += 1
        before = time.thread_time_ns()
        self._stage.advance(self._frames / RATE_HZ)
        self._renderer.upload(self._stage.scene, 1 << 30)
        self._renderer.draw(self._stage.scene, self._display.eyes())
        spent_ms = (time.thread_time_ns() - before) / 1e6
        gl.fn.glFinish()
        return spent_ms

    def close(self) -> None:
        """Gives the renderer's objects back."""
        self._renderer.close()


def _share(count: int, number: int) -> int:
    """Of `count`, what part `number` of PARTS has."""
    return count // PARTS + (number < count % PARTS)


def _part(number: int, count: int):
    """`count` leaves on a square of 20 m: four vertices, two triangles each."""
    import numpy as np

    from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Material

    vertices = np.zeros(4, VERTEX)
    vertices["position"] = [(-0.02, 0, 0), (0.02, 0, 0), (0.02, 0.2, 0), (-0.02, 0.2, 0)]
    vertices["normal"][:, 2] = vertices["tangent"][:, 0] = vertices["tangent"][:, 3] = 127
    vertices["shade"] = [(255, flex, 0, 255) for flex in (0, 0, 255, 255)]
    instances = np.zeros(count, INSTANCE)
    instances["world_from_part"] = np.eye(4)[:3]
    step = np.arange(count) * PARTS + number
    # the R2 sequence: Roberts 2018, "The Unreasonable Effectiveness of Quasirandom Sequences"
    instances["world_from_part"][:, 0, 3] = (step * 0.7548776662) % 1 * 20 - 10
    instances["world_from_part"][:, 2, 3] = (step * 0.5698402910) % 1 * 20 - 10
    instances["tint"], instances["flex_m"] = 128, 0.02
    material = Material(kind=("opaque", "foliage")[number % 2], base_color=(0.2, 0.4, 0.1, 1.0))
    indices = np.array([0, 1, 2, 0, 2, 3], np.uint32)
    return Geometry(f"leaves {number}", material, vertices, indices, instances, total_instances=count)
