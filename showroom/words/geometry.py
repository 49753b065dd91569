"""Geometry: vertex, index and instance blocks of one named part, which wear a material.

Units are metres, +Y up, −Z forward, counter-clockwise faces seen from outside. A part is drawn
once for every instance. Large parts may arrive as several blocks: the first carries the mesh and
the first instances, the following ones carry instances alone (`first_instance` > 0, no vertices).
"""

from dataclasses import dataclass, field

import numpy as np

from showroom.words.material import Material
from showroom.words.motion import Motion

VERTEX = np.dtype([
    ("position", "<f4", 3),
    ("normal", "i1", 4),    # snorm xyz, w unused
    ("tangent", "i1", 4),   # snorm xyz, w = handedness (±127), as glTF
    ("uv", "<f4", 2),       # in tiles: 1.0 is one repeat of the surface; sprites: in one atlas cell
    ("shade", "u1", 4),     # unorm: r occlusion (255 open), g flex (how much wind moves it),
                            # b second-colour mix, a opacity
])
INSTANCE = np.dtype([
    ("world_from_part", "<f4", (3, 4)),  # rows of the affine matrix
    ("tint", "u1", 4),      # unorm linear rgb multiplied onto base colour (128 = 1.0), a free
    ("phase", "<f4"),       # 0 to 1, own seed of motion and variation
    ("flex_m", "<f4"),      # sway of a vertex with flex 1 in a wind of 1 m/s, metres
    ("cell", "<u4"),        # sprite cell in the atlas, else 0
])
assert VERTEX.itemsize == 32 and INSTANCE.itemsize == 64

HERO = "hero."  # names of the parts of a place's own hero begin with this; they go where it is carried
CAUSTIC = ".caustic"  # of a hero's light on what it stands on, end with this; it stays, and goes as it is lifted


@dataclass(frozen=True)
class Light:
    """A small local light: a lantern, a coal, a lamp.

    position in metres; color linear RGB times intensity (W/sr, in the scene's relative units);
    radius_m: where it has faded to nothing; flicker: 0 steady to 1 candle.
    direction with cone_cos > −1 makes it a spot: full inside, soft to the edge.
    """

    position: tuple[float, float, float]
    color: tuple[float, float, float]
    radius_m: float
    flicker: float = 0.0
    direction: tuple[float, float, float] = (0.0, -1.0, 0.0)
    cone_cos: float = -1.0


@dataclass(frozen=True)
class Geometry:
    """One block of one part.

    vertices  : (v,) VERTEX, empty when first_instance > 0.   indices : (3t,) uint32.
    instances : (n,) INSTANCE.  total_instances : how many the part will have in the end.
    casts_shadow : whether the sun's shadow map draws it.
    product_id : set on a hall's heroes and their caustics: whose they are.
    layer : "top", "heart" or "base" for what comes and goes with that part of the smell, one
            instance after another; "" for what stays.
    motion : of vertices that move by themselves, with the block that brings them; else None.
    """

    part: str
    material: Material
    vertices: np.ndarray
    indices: np.ndarray
    instances: np.ndarray
    first_instance: int = 0
    total_instances: int = 0
    casts_shadow: bool = True
    product_id: str = ""
    lights: tuple[Light, ...] = field(default=())
    layer: str = ""
    motion: Motion | None = None

    @property
    def nbytes(self) -> int:
        """Bytes a renderer has to upload for this block."""
        moving = self.motion.frames.nbytes if self.motion else 0
        return self.vertices.nbytes + self.indices.nbytes + self.instances.nbytes + moving
