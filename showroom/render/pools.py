"""Where arrived geometry and pixels live on the GPU: few large objects, made once, filled in parts."""

from bisect import insort
from dataclasses import dataclass, field

import numpy as np

from showroom import gl
from showroom.errors import UploadError
from showroom.render.blocks import LAYERS, layer_of
from showroom.render.textures import NOTHING_LOD, anisotropy, filtered, put_rows, slide
from showroom.words.geometry import INSTANCE, VERTEX
from showroom.words.image import COLOR, DETAIL, SKY, Image, level_size
from showroom.words.scene import SLOTS

SKY_LEVELS = 6
_COMING_LEVELS = 6.0  # as in sky.glsl


@dataclass
class Ranges:
    """First-fit ranges of a buffer of `capacity` elements; freed neighbours join again."""

    capacity: int
    free: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self):
        self.free = [(0, self.capacity)]

    def take(self, count: int, what: str) -> int:
        """First element of a free range. Raises UploadError if there is none that long."""
        for index, (start, length) in enumerate(self.free):
            if length >= count:
                self.free[index:index + 1] = [(start + count, length - count)] if length > count else []
                return start
        raise UploadError(f"bringing {count} {what} to the GPU: the largest free range of {self.capacity} is "
                          f"{max((length for _, length in self.free), default=0)}; grow with less detail")

    def give_back(self, start: int, count: int) -> None:
        """Frees a taken range."""
        if not count:
            return
        insort(self.free, (start, count))
        joined: list[tuple[int, int]] = []
        for begin, length in self.free:
            if joined and sum(joined[-1]) == begin:
                joined[-1] = (joined[-1][0], joined[-1][1] + length)
            else:
                joined.append((begin, length))
        self.free = joined


class GeometryPool:
    """One vertex, one index and one instance buffer, and the vertex array that reads them."""

    def __init__(self, vertices: int = 1 << 20, indices: int = 1 << 22, instances: int = 1 << 18):
        self.vertices, self.indices, self.instances = Ranges(vertices), Ranges(indices), Ranges(instances)
        self.vertex_buffer = new_buffer(vertices * VERTEX.itemsize)
        self.index_buffer = new_buffer(indices * 4)
        self.instance_buffer = new_buffer(instances * INSTANCE.itemsize)
        self.vertex_array = _vertex_array(self.vertex_buffer, self.index_buffer)

    def close(self) -> None:
        """Deletes the buffers."""
        gl.GL.glDeleteVertexArrays(1, gl.names(self.vertex_array))
        delete_buffers(self.vertex_buffer, self.index_buffer, self.instance_buffer)


def delete_buffers(*buffers: int) -> None:
    """Deletes buffers."""
    gl.GL.glDeleteBuffers(len(buffers), gl.names(*buffers))


def new_buffer(size_bytes: int) -> int:
    """Name of a buffer of a fixed size whose bytes may be written again."""
    name = np.zeros(1, dtype=np.uint32)
    gl.GL.glCreateBuffers(1, name)
    gl.GL.glNamedBufferStorage(int(name[0]), size_bytes, None, gl.GL.GL_DYNAMIC_STORAGE_BIT)
    return int(name[0])


def _vertex_array(vertex_buffer: int, index_buffer: int) -> int:
    gl_, name = gl.GL, np.zeros(1, dtype=np.uint32)
    gl_.glCreateVertexArrays(1, name)
    vao = int(name[0])
    gl_.glVertexArrayVertexBuffer(vao, 0, vertex_buffer, 0, VERTEX.itemsize)
    gl_.glVertexArrayElementBuffer(vao, index_buffer)
    layout = (("position", 3, gl_.GL_FLOAT, False), ("normal", 4, gl_.GL_BYTE, True), ("tangent", 4, gl_.GL_BYTE, True),
              ("uv", 2, gl_.GL_FLOAT, False), ("shade", 4, gl_.GL_UNSIGNED_BYTE, True))
    for location, (field_name, size, kind, normalized) in enumerate(layout):
        gl_.glEnableVertexArrayAttrib(vao, location)
        gl_.glVertexArrayAttribFormat(vao, location, size, kind, normalized, VERTEX.fields[field_name][1])
        gl_.glVertexArrayAttribBinding(vao, location, 0)
    return vao


class SurfacePool:
    """The colour, detail and sky arrays. A slot's surface has its layer; skies have one a slot.

    lods : finest level wholly come, for each map; 99 where nothing has. What the shaders read
    slides down to it over time (`settle`), so that a finer level fades in.

    gently : a sky that has just come slides in too; False: it is there at once.
    """

    def __init__(self, gently: bool = True):
        self.anisotropy = anisotropy()
        self._sky_begins = SKY_LEVELS - 1 + (_COMING_LEVELS if gently else 0.0)
        self.textures: dict[str, int] = {}
        self.sizes: dict[str, tuple[int, int]] = {}
        self.lods = {COLOR: np.full(LAYERS, NOTHING_LOD), DETAIL: np.full(LAYERS, NOTHING_LOD),
                     SKY: np.full(SLOTS, NOTHING_LOD)}
        self.shown = {name: lods.copy() for name, lods in self.lods.items()}
        self._sliding = False

    def layer(self, slot: int, image: Image) -> int:
        """Layer that an image's rows go to."""
        return slot if image.map == SKY else layer_of(slot, image.surface)

    def has(self, slot: int, surface: str) -> bool:
        """Whether any level of a surface's colour has come."""
        return self.lods[COLOR][layer_of(slot, surface)] < NOTHING_LOD

    def has_sky(self, slot: int) -> bool:
        """Whether any level of a slot's sky has come."""
        return self.lods[SKY][slot] < NOTHING_LOD

    def place(self, slot: int, image: Image, row: int, count: int, staged: int) -> None:
        """Uploads `count` of an image's rows, from its `row` on; with a level's last row it has come.

        staged : where they lie in the buffer that is bound to be unpacked from. The image has been checked.
        """
        layer = self.layer(slot, image)
        put_rows(self.textures[image.map], layer, image, row, count, staged)
        if image.row + row + count == level_size(image.size, image.level)[1]:
            self.lods[image.map][layer] = min(self.lods[image.map][layer], image.level)
            self._sliding = True

    def check(self, slot: int, image: Image) -> bool:
        """True; raises UploadError if the rows don't fit their map, which is made if it is not there yet."""
        if image.map not in self.textures:
            self._create(image.map, image.size)
        if self.sizes[image.map] != image.size:
            raise UploadError(f"bringing {image.surface}/{image.map} of {image.size} px to the GPU: this show's "
                              f"{image.map} maps are {self.sizes[image.map]} px; ask for one size throughout")
        width, height = level_size(image.size, image.level)
        rows, columns = image.pixels.shape[:2]
        if columns != width or image.row < 0 or image.row + rows > height:
            raise UploadError(f"bringing {image.surface}/{image.map} level {image.level}: rows {image.row}+{rows} of "
                              f"{columns} px, but the level is {width}x{height} px")
        return True

    def _create(self, name: str, size: tuple[int, int]) -> None:
        gl_, made = gl.GL, np.zeros(1, dtype=np.uint32)
        formats = {COLOR: gl_.GL_SRGB8_ALPHA8, DETAIL: gl_.GL_RGBA8, SKY: gl_.GL_RGBA16F}
        levels = SKY_LEVELS if name == SKY else max(size).bit_length()
        gl_.glCreateTextures(gl_.GL_TEXTURE_2D_ARRAY, 1, made)
        texture = int(made[0])
        gl_.glTextureStorage3D(texture, levels, formats[name], *size, SLOTS if name == SKY else LAYERS)
        filtered(texture, clamps_v=name == SKY)
        if name != SKY:
            gl_.glTextureParameterf(texture, gl_.GL_TEXTURE_MAX_ANISOTROPY, self.anisotropy)
        self.textures[name], self.sizes[name] = texture, size

    def clear(self, slot: int) -> None:
        """Forgets everything a slot's layers hold."""
        first, last = layer_of(slot, "sky"), layer_of(slot + 1, "sky")
        for name in (COLOR, DETAIL):
            self.lods[name][first:last] = self.shown[name][first:last] = NOTHING_LOD
        self.lods[SKY][slot] = self.shown[SKY][slot] = NOTHING_LOD

    def settle(self, seconds: float) -> None:
        """Slides what is shown towards what has come: about a quarter of a second a level."""
        if not self._sliding:
            return
        moving = [slide(self.shown[name], target, seconds, self._sky_begins if name == SKY else None)
                  for name, target in self.lods.items()]
        self._sliding = any(moving)

    def close(self) -> None:
        """Deletes the textures."""
        gl.GL.glDeleteTextures(len(self.textures), gl.names(*self.textures.values()))
        self.textures.clear()
