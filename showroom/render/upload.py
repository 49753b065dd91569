"""Brings what has arrived to the GPU, a bounded number of bytes a frame, in the order it came."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from showroom import gl
from showroom.errors import UploadError
from showroom.render.models import ModelPool
from showroom.render.motions import HEAD_WORDS, MotionPool, head_of
from showroom.render.pools import GeometryPool, Ranges, SurfacePool
from showroom.render.staging import Staging
from showroom.words.geometry import INSTANCE, VERTEX, Geometry
from showroom.words.image import COLOR, Image
from showroom.words.material import Material
from showroom.words.model_maps import MODEL_SURFACES
from showroom.words.scene import Arrival, Clear, Scene

log = logging.getLogger(__name__)
PIECE_BYTES = 256 << 10


@dataclass(frozen=True)
class Look:
    """How a part is drawn, told once: its MATERIAL row, its groups in the draw list, DRAW layer and traits."""

    material: bytes
    groups: tuple[str, ...]
    layer: int
    traits: int


@dataclass
class Part:
    """A part on the GPU: ranges in the pool, how many of its instances have come, and when it could first be drawn."""

    slot: int
    name: str
    material: Material
    casts_shadow: bool
    first_vertex: int
    vertices: int
    first_index: int
    indices: int
    first_instance: int
    capacity: int
    layer: str = ""
    product_id: str = ""
    first_motion: int = 0
    motion_words: int = 0
    ready: int = 0
    seen_s: float | None = None
    look: Look | None = None


class Uploader:
    """Holds the parts. `changed` counts up whenever what can be drawn changes.

    gently : skies slide in; False: they are there at once.
    """

    def __init__(self, gently: bool = True):
        self.geometry, self.surfaces, self.staging = GeometryPool(), SurfacePool(gently), Staging()
        self.models, self.motions = ModelPool(), MotionPool()
        self.parts: dict[tuple[int, str], Part] = {}
        self.changed = self._looked_at = 0
        self.last_bytes = 0
        self._work: Iterator[int] | None = None

    def step(self, scene: Scene, budget_bytes: int) -> None:
        """Uploads from the front of `scene.arrivals`, at most `budget_bytes` in all (0: nothing now; else at
        least one piece).

        What the driver has no room for yet waits for the next call; only a budget beyond all that staging
        holds, which no frame has, waits for the driver.
        """
        self.last_bytes = 0
        if budget_bytes and (scene.arrivals or self._work):
            self._upload(scene, max(budget_bytes, PIECE_BYTES))
        if self.changed != self._looked_at:
            self._looked_at = self.changed
            for part in self.parts.values():
                if part.seen_s is None and self.can_be_drawn(part):
                    part.seen_s = scene.time_s

    def _upload(self, scene: Scene, budget_bytes: int) -> None:
        self.staging.begin()
        gl.fn.glBindBuffer(gl.GL.GL_PIXEL_UNPACK_BUFFER, self.staging.buffer)
        while (self._work or scene.arrivals) and self.last_bytes + PIECE_BYTES <= budget_bytes:
            if not self.staging.has_room(PIECE_BYTES):
                if budget_bytes <= self.staging.size_bytes:
                    break
                self.staging.wait()
            self._work = self._work or self._pieces(scene.arrivals.popleft())
            try:
                self.last_bytes += next(self._work)
            except StopIteration:
                self._work = None
            except UploadError as error:
                log.warning("%s", error)
                self._work = None
        gl.fn.glBindBuffer(gl.GL.GL_PIXEL_UNPACK_BUFFER, 0)
        self.staging.end()

    def can_be_drawn(self, part: Part) -> bool:
        """Whether instances and a first level of all that they wear have come."""
        material = part.material
        if material.surface in MODEL_SURFACES:
            return part.ready > 0 and self.models.has(part.slot, material.surface, material.maps)
        return part.ready > 0 and (not material.surface or self.surfaces.has(part.slot, material.surface))

    def settle(self, seconds: float) -> None:
        """Lets finer levels of what is worn fade in."""
        self.surfaces.settle(seconds)
        self.models.settle(seconds)

    def _pieces(self, arrival: Arrival | Clear) -> Iterator[int]:
        if isinstance(arrival, Clear):
            self._clear(arrival.slot)
        elif isinstance(arrival.value, Geometry):
            yield from self._geometry(arrival.slot, arrival.value)
        else:
            yield from self._image(arrival.slot, arrival.value)

    def _image(self, slot: int, image: Image) -> Iterator[int]:
        """Rows of a surface. What can be drawn changes with a first level, and a shadow with cut-outs' last."""
        of_model = image.surface in MODEL_SURFACES
        before, pool = self._has(slot, image), self.models if of_model else self.surfaces
        row_bytes = image.pixels[0].nbytes
        rows = max(1, PIECE_BYTES // row_bytes)
        for row in range(0, len(image.pixels), rows) if pool.check(slot, image) else ():
            count = min(rows, len(image.pixels) - row)
            staged = self.staging.put(image.pixels, row * row_bytes, count * row_bytes)
            pool.place(slot, image, row, count, staged)
            yield count * row_bytes
        cut_out = image.level == 0 and (image.surface == "sprites" or of_model and image.map == COLOR)
        self.changed += cut_out or self._has(slot, image) != before

    def _has(self, slot: int, image: Image) -> bool:
        """Whether any level of what an image belongs to has come."""
        if image.surface in MODEL_SURFACES:
            return self.models.has(slot, image.surface, (image.map,))
        return self.surfaces.has(slot, image.surface)

    def _clear(self, slot: int) -> None:
        for key in [key for key in self.parts if key[0] == slot]:
            self._free(self.parts.pop(key))
        self.surfaces.clear(slot)
        self.models.clear(slot)
        self.changed += 1

    def _free(self, part: Part) -> None:
        self.geometry.vertices.give_back(part.first_vertex, part.vertices)
        self.geometry.indices.give_back(part.first_index, part.indices)
        self.geometry.instances.give_back(part.first_instance, part.capacity)
        self.motions.words.give_back(part.first_motion, part.motion_words)

    def _geometry(self, slot: int, block: Geometry) -> Iterator[int]:
        key = (slot, block.part)
        if block.first_instance == 0:
            part = self._reserve(slot, block)
            pool = self.geometry
            yield from self._send(pool.vertex_buffer, part.first_vertex * VERTEX.itemsize, block.vertices)
            yield from self._send(pool.index_buffer, part.first_index * 4, block.indices)
            if part.motion_words:
                yield from self._send(self.motions.buffer, part.first_motion * 4, head_of(block.motion))
                yield from self._send(self.motions.buffer, (part.first_motion + HEAD_WORDS) * 4, block.motion.frames)
        else:
            part = self.parts.get(key)
            if part is None or block.first_instance + len(block.instances) > part.capacity:
                raise UploadError(f"bringing instances {block.first_instance}+{len(block.instances)} of {block.part}: "
                                  f"its first block has not come or promised fewer; send that first")
        at = (part.first_instance + block.first_instance) * INSTANCE.itemsize
        yield from self._send(self.geometry.instance_buffer, at, block.instances)
        part.ready = block.first_instance + len(block.instances)
        replaced = self.parts.get(key, part)
        if replaced is not part:  # it stood until now, so that nothing blinks
            self._free(replaced)
            part.seen_s = replaced.seen_s
        self.parts[key] = part
        self.changed += 1

    def _reserve(self, slot: int, block: Geometry) -> Part:
        pool, capacity = self.geometry, max(block.total_instances, len(block.instances))
        wanted = [(pool.vertices, len(block.vertices), "vertices"), (pool.indices, len(block.indices), "indices"),
                  (pool.instances, capacity, "instances")]
        first_vertex, first_index, first_instance = _taken(wanted)
        return Part(slot, block.part, block.material, block.casts_shadow, first_vertex, len(block.vertices),
                    first_index, len(block.indices), first_instance, capacity, block.layer, block.product_id,
                    *self._room_to_move(block))

    def _room_to_move(self, block: Geometry) -> tuple[int, int]:
        """First word of a part's motion, and how many; none, and said, where there is no room: it stands still."""
        if block.motion is None:
            return 0, 0
        words = self.motions.needed(block.motion)
        try:
            return self.motions.words.take(words, "words of motion"), words
        except UploadError as error:
            log.warning("%s; %s stands still", error, block.part)
            return 0, 0

    def _send(self, buffer: int, offset: int, array: np.ndarray) -> Iterator[int]:
        """Writes an array in pieces, yielding the bytes of each."""
        for at in range(0, array.nbytes, PIECE_BYTES):
            size = min(PIECE_BYTES, array.nbytes - at)
            staged = self.staging.put(array, at, size)
            gl.fn.glCopyNamedBufferSubData(self.staging.buffer, buffer, staged, offset + at, size)
            yield size

    def close(self) -> None:
        """Deletes everything on the GPU."""
        self.staging.close()
        for pool in (self.geometry, self.surfaces, self.models, self.motions):
            pool.close()
        self.parts.clear()


def _taken(wanted: list[tuple[Ranges, int, str]]) -> list[int]:
    """First elements of so many of each of some ranges: of all or, with an UploadError, of none."""
    taken: list[int] = []
    try:
        for ranges, count, what in wanted:
            taken.append(ranges.take(count, what))
    except UploadError:
        for (ranges, count, _), first in zip(wanted, taken):
            ranges.give_back(first, count)
        raise
    return taken
