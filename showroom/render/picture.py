"""The renderer's own targets: a multisampled HDR picture and its half-size copy."""

import numpy as np

from showroom import gl
from showroom.errors import GraphicsError

SAMPLES = 4
COPY_LEVELS = 6


class Picture:
    """RGBA16F + D32F, four samples, one layer a view; and a mipmapped half-size copy.

    size : (width, height) px.   Raises GraphicsError if the driver can't.
    `room` is that size; `size`, how much of it is drawn in this frame, may be smaller. The copy is always
    whole: it shows what was drawn, stretched.
    """

    def __init__(self, size: tuple[int, int], layers: int):
        gl_ = gl.GL
        self.room, self.size, self.layers = size, size, layers
        self.half = (max(2, size[0] // 2), max(2, size[1] // 2))  # so that there is a smaller level to bloom
        self.color = _multisampled(gl_.GL_RGBA16F, size, layers)
        self.depth = _multisampled(gl_.GL_DEPTH_COMPONENT32F, size, layers)
        self.framebuffer = framebuffer({gl_.GL_COLOR_ATTACHMENT0: self.color, gl_.GL_DEPTH_ATTACHMENT: self.depth})
        self.copy = new_texture(gl_.GL_TEXTURE_2D_ARRAY)
        levels = min(COPY_LEVELS, max(self.half).bit_length())
        gl_.glTextureStorage3D(self.copy, levels, gl_.GL_RGBA16F, *self.half, layers)
        gl_.glTextureParameteri(self.copy, gl_.GL_TEXTURE_MIN_FILTER, gl_.GL_LINEAR_MIPMAP_LINEAR)
        for axis in (gl_.GL_TEXTURE_WRAP_S, gl_.GL_TEXTURE_WRAP_T):
            gl_.glTextureParameteri(self.copy, axis, gl_.GL_CLAMP_TO_EDGE)
        self.copy_framebuffer = framebuffer({gl_.GL_COLOR_ATTACHMENT0: self.copy})

    def close(self) -> None:
        """Deletes textures and framebuffers."""
        gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, 0)
        gl.GL.glDeleteFramebuffers(2, gl.names(self.framebuffer, self.copy_framebuffer))
        gl.GL.glDeleteTextures(3, gl.names(self.color, self.depth, self.copy))


def new_texture(kind: int) -> int:
    """Name of a new texture object."""
    name = np.zeros(1, dtype=np.uint32)
    gl.GL.glCreateTextures(kind, 1, name)
    return int(name[0])


def _multisampled(format_: int, size: tuple[int, int], layers: int) -> int:
    texture = new_texture(gl.GL.GL_TEXTURE_2D_MULTISAMPLE_ARRAY)
    with gl.making(f"a picture of {size[0]}x{size[1]} px with {SAMPLES} samples and {layers} layers"):
        gl.GL.glTextureStorage3DMultisample(texture, SAMPLES, format_, *size, layers, True)
    return texture


def framebuffer(attachments: dict[int, int], layer: int | None = None) -> int:
    """A framebuffer over whole textures with their layers, or over one layer. Raises GraphicsError if the driver can't."""
    name = np.zeros(1, dtype=np.uint32)
    gl.GL.glCreateFramebuffers(1, name)
    made = int(name[0])
    for point, texture in attachments.items():
        if layer is None:
            gl.GL.glNamedFramebufferTexture(made, point, texture, 0)
        else:
            gl.GL.glNamedFramebufferTextureLayer(made, point, texture, 0, layer)
    if gl.GL.GL_COLOR_ATTACHMENT0 not in attachments:
        gl.GL.glNamedFramebufferDrawBuffer(made, gl.GL.GL_NONE)
    status = gl.GL.glCheckNamedFramebufferStatus(made, gl.GL.GL_FRAMEBUFFER)
    if status != gl.GL.GL_FRAMEBUFFER_COMPLETE:
        raise GraphicsError(f"making the renderer's targets: framebuffer status 0x{status:04x}; try a smaller size")
    return made
