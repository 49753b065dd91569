"""Arrays of mipmapped textures that come level by level, and how finer levels fade in."""

import numpy as np

from showroom import gl
from showroom.words.image import Image

NOTHING_LOD = 99.0


def new_array(srgb: bool, size: tuple[int, int], layers: int) -> int:
    """Name of an array of 8-bit textures with all their levels, which repeat."""
    name = np.zeros(1, dtype=np.uint32)
    gl.GL.glCreateTextures(gl.GL.GL_TEXTURE_2D_ARRAY, 1, name)
    texture = int(name[0])
    kind = gl.GL.GL_SRGB8_ALPHA8 if srgb else gl.GL.GL_RGBA8
    gl.GL.glTextureStorage3D(texture, max(size).bit_length(), kind, *size, layers)
    filtered(texture)
    gl.GL.glTextureParameterf(texture, gl.GL.GL_TEXTURE_MAX_ANISOTROPY, anisotropy())
    return texture


def filtered(texture: int, clamps_v: bool = False) -> None:
    """Sets an array to be read smoothly, and to repeat, along v only if it is to."""
    gl_ = gl.GL
    gl_.glTextureParameteri(texture, gl_.GL_TEXTURE_MIN_FILTER, gl_.GL_LINEAR_MIPMAP_LINEAR)
    gl_.glTextureParameteri(texture, gl_.GL_TEXTURE_MAG_FILTER, gl_.GL_LINEAR)
    gl_.glTextureParameteri(texture, gl_.GL_TEXTURE_WRAP_S, gl_.GL_REPEAT)
    gl_.glTextureParameteri(texture, gl_.GL_TEXTURE_WRAP_T, gl_.GL_CLAMP_TO_EDGE if clamps_v else gl_.GL_REPEAT)


def put_rows(texture: int, layer: int, image: Image, row: int, count: int, staged: int) -> None:
    """Uploads `count` of an image's rows, from its `row` on, that lie at `staged` in the buffer bound to be unpacked."""
    kind = gl.GL.GL_HALF_FLOAT if image.pixels.dtype == np.float16 else gl.GL.GL_UNSIGNED_BYTE
    gl.fn.glTextureSubImage3D(texture, image.level, 0, image.row + row, layer, image.pixels.shape[1], count, 1,
                              gl.GL.GL_RGBA, kind, staged)


def slide(shown: np.ndarray, target: np.ndarray, seconds: float, begins: float | None = None) -> bool:
    """Moves the levels that are shown towards those that have come: about a quarter of a second a level.

    begins : where one starts that has just come; None: where it is.   Returns whether any is still on its way.
    """
    fresh = (shown >= NOTHING_LOD) & (target < NOTHING_LOD)
    shown[fresh] = target[fresh] if begins is None else begins
    np.maximum(shown - 4.0 * seconds, target, out=shown, where=target < NOTHING_LOD)
    return bool((shown != target).any())


def delete(textures) -> None:
    """Deletes those of some textures that there are."""
    made = [texture for texture in textures if texture]
    gl.GL.glDeleteTextures(len(made), gl.names(*made))


def anisotropy() -> float:
    """Samples along the slope of a slanted surface: 8 on a graphics card that can, 1 where the processor draws.

    In software it costs up to seventeen times as much, and each version of Mesa draws it differently.
    """
    if gl.draws_in_software() or not {"GL_ARB_texture_filter_anisotropic",
                                      "GL_EXT_texture_filter_anisotropic"} & gl.extensions():
        return 1.0
    return min(8.0, float(gl.GL.glGetFloatv(gl.GL.GL_MAX_TEXTURE_MAX_ANISOTROPY)))
