"""The framebuffers that finished pictures go into."""

import numpy as np

from showroom import gl
from showroom.errors import GraphicsError
from showroom.words.view import Target


class ArrayTarget:
    """A layered SRGB8_ALPHA8 framebuffer of its own: one layer a view.

    size : (width, height) px.   Raises GraphicsError if the driver can't.
    """

    def __init__(self, size: tuple[int, int], layers: int = 1):
        self.texture = gl.GL.glGenTextures(1)
        gl.GL.glBindTexture(gl.GL.GL_TEXTURE_2D_ARRAY, self.texture)
        with gl.making(f"a {size[0]}x{size[1]} target of {layers} layers"):
            gl.GL.glTexStorage3D(gl.GL.GL_TEXTURE_2D_ARRAY, 1, gl.GL.GL_SRGB8_ALPHA8, *size, layers)
        self.target = layered_target(self.texture, size, layers)

    def read(self) -> np.ndarray:
        """(layers, height, width, 4) uint8, sRGB with linear alpha, row 0 at the top."""
        width, height = self.target.size
        pixels = np.empty((self.target.layers, height, width, 4), dtype=np.uint8)
        gl.GL.glGetTextureImage(self.texture, 0, gl.GL.GL_RGBA, gl.GL.GL_UNSIGNED_BYTE, pixels.nbytes,
                                gl.GL.GLvoidp(gl.pointer(pixels)))
        return pixels[:, ::-1]

    def close(self) -> None:
        """Deletes the framebuffer and its texture."""
        gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, 0)  # a bound one must not be deleted
        gl.GL.glDeleteFramebuffers(1, gl.names(self.target.framebuffer))
        gl.GL.glDeleteTextures(1, gl.names(self.texture))


def layered_target(texture: int, size: tuple[int, int], layers: int, depth: int = 0) -> Target:
    """A framebuffer over all layers of an array texture, and of a depth array texture if there is one.

    Raises GraphicsError if it is incomplete.
    """
    framebuffer = int(gl.GL.glGenFramebuffers(1))
    gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, framebuffer)
    gl.GL.glFramebufferTexture(gl.GL.GL_FRAMEBUFFER, gl.GL.GL_COLOR_ATTACHMENT0, texture, 0)
    if depth:
        gl.GL.glFramebufferTexture(gl.GL.GL_FRAMEBUFFER, gl.GL.GL_DEPTH_ATTACHMENT, depth, 0)
    status = gl.GL.glCheckFramebufferStatus(gl.GL.GL_FRAMEBUFFER)
    if status != gl.GL.GL_FRAMEBUFFER_COMPLETE:
        gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, 0)
        gl.GL.glDeleteFramebuffers(1, gl.names(framebuffer))
        raise GraphicsError(f"making a {size[0]}x{size[1]} target of {layers} layers: framebuffer status "
                            f"0x{status:04x}; try a smaller size")
    return Target(framebuffer, size, layers, keeps_depth=bool(depth))


def copy_to_window(target: Target, part: tuple[int, int, int, int], shown: tuple[int, int]) -> None:
    """Copies part of a target's first layer into the window, its bytes as they are.

    part : left, bottom, right, top px.   shown : (width, height) px of the window.
    A conversion on the way would darken it: a window takes what it gets for sRGB.
    """
    gl.fn.glDisable(gl.GL.GL_FRAMEBUFFER_SRGB)
    gl.fn.glBlitNamedFramebuffer(target.framebuffer, 0, *part, 0, 0, *shown,
                                 gl.GL.GL_COLOR_BUFFER_BIT, gl.GL.GL_LINEAR)
    gl.fn.glEnable(gl.GL.GL_FRAMEBUFFER_SRGB)
