"""Brings what has arrived to the GPU, a bounded number of bytes a frame, in the order it came."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from showroom import gl
from showroom.errors import UploadError
from showroom.render.pools import GeometryPool, SurfacePool
from showroom.render.staging import Staging
from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Material
from showroom.words.image import Image
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
    ready: int = 0
    seen_s: float | None = None
    look: Look | None = None


class Uploader:
    """Holds the parts. `changed` counts up whenever what can be drawn changes.

    gently : skies slide in; False: they are there at once.
    """

    def __init__(self, gently: bool = True):
        self.geometry, self.surfaces, self.staging = GeometryPool(), SurfacePool(gently), Staging()
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
        """Whether instances and a first level of the surface they wear have come."""
        surface = part.material.surface
        return part.ready > 0 and (not surface or self.surfaces.has(part.slot, surface))

    def _pieces(self, arrival: Arrival | Clear) -> Iterator[int]:
        if isinstance(arrival, Clear):
            self._clear(arrival.slot)
        elif isinstance(arrival.value, Geometry):
            yield from self._geometry(arrival.slot, arrival.value)
        else:
            yield from self._image(arrival.slot, arrival.value)

    def _image(self, slot: int, image: Image) -> Iterator[int]:
        """Rows of a surface. What can be drawn changes with a first level, and a shadow with cut-outs' last."""
        before = self.surfaces.has(slot, image.surface)
        self.surfaces.check(image)
        row_bytes = image.pixels[0].nbytes
        rows = max(1, PIECE_BYTES // row_bytes)
        for row in range(0, len(image.pixels), rows):
            count = min(rows, len(image.pixels) - row)
            staged = self.staging.put(image.pixels, row * row_bytes, count * row_bytes)
            self.surfaces.place(slot, image, row, count, staged)
            yield count * row_bytes
        cut_out = image.surface == "sprites" and image.level == 0
        self.changed += cut_out or self.surfaces.has(slot, image.surface) != before

    def _clear(self, slot: int) -> None:
        for key in [key for key in self.parts if key[0] == slot]:
            self._free(self.parts.pop(key))
        self.surfaces.clear(slot)
        self.changed += 1

    def _free(self, part: Part) -> None:
        self.geometry.vertices.give_back(part.first_vertex, part.vertices)
        self.geometry.indices.give_back(part.first_index, part.indices)
        self.geometry.instances.give_back(part.first_instance, part.capacity)

    def _geometry(self, slot: int, block: Geometry) -> Iterator[int]:
        key = (slot, block.part)
        if block.first_instance == 0:
            part = self._reserve(slot, block)
            pool = self.geometry
            yield from self._send(pool.vertex_buffer, part.first_vertex * VERTEX.itemsize, block.vertices)
            yield from self._send(pool.index_buffer, part.first_index * 4, block.indices)
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
        first_vertex = pool.vertices.take(len(block.vertices), "vertices")
        try:
            first_index = pool.indices.take(len(block.indices), "indices")
        except UploadError:
            pool.vertices.give_back(first_vertex, len(block.vertices))
            raise
        try:
            first_instance = pool.instances.take(capacity, "instances")
        except UploadError:
            pool.vertices.give_back(first_vertex, len(block.vertices))
            pool.indices.give_back(first_index, len(block.indices))
            raise
        return Part(slot, block.part, block.material, block.casts_shadow, first_vertex, len(block.vertices),
                    first_index, len(block.indices), first_instance, capacity, block.layer, block.product_id)

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
        self.geometry.close()
        self.surfaces.close()
        self.parts.clear()
