"""Signs in the picture: for displays that have no layers of their own for them.

They are drawn after tone mapping, as they were lettered: what is read keeps its colours whatever the light
of a place. Each is one draw, the farthest first; nothing of the scene covers them, as nothing covers a layer.
"""

import numpy as np

from showroom import gl
from showroom.render.picture import new_texture
from showroom.render.pools import new_buffer
from showroom.render.program import Program
from showroom.words.sign import SIZES_M, Panel, Sign, far_to_near
from showroom.words.view import View, world_from_view

MOST = 16
KEPT = 20                # textures, of panels that may be shown again
WRITE_BYTES = 4 << 20    # at most in one frame, if more than one panel is new
SIGN = np.dtype([("world_from_sign", "<f4", (4, 4)), ("look", "<f4", 4)])  # stored transposed, as in blocks
_BLOCK, _UNIT = 1, 9     # uniform block and texture unit, as in sign.glsl
_SHARPER = -0.5          # levels: letters are smooth-edged already


class Signs:
    """Needs a current context; `close` gives everything back."""

    def __init__(self):
        self._rows = np.zeros(MOST, SIGN)
        self._buffer = new_buffer(self._rows.nbytes)
        self._textures: list[tuple[Panel, int]] = []  # what was shown last is last

    def draw(self, program: Program, signs: tuple[tuple[Panel, Sign], ...], views: tuple[View, ...]) -> None:
        """Draws into the framebuffer that is bound, whose views the frame's block holds.

        A panel that cannot be brought to the GPU in this frame comes in one of the next.
        """
        shown = self._ready([hung for hung in signs if hung[1].opacity > 0.0], views)
        if not shown:
            return
        fn, GL = gl.fn, gl.GL
        for row, (_, sign) in zip(self._rows, shown):
            _fill(row, sign)
        fn.glNamedBufferSubData(self._buffer, 0, len(shown) * SIGN.itemsize, gl.pointer(self._rows))
        fn.glBindBufferBase(GL.GL_UNIFORM_BUFFER, _BLOCK, self._buffer)
        fn.glUseProgram(program.id)
        fn.glDisable(GL.GL_DEPTH_TEST)
        fn.glEnable(GL.GL_BLEND)
        fn.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
        fn.glColorMask(1, 1, 1, 0)  # the picture stays opaque
        for index, (texture, _) in enumerate(shown):
            program.tell(0, index)
            fn.glBindTextureUnit(_UNIT, texture)
            fn.glDrawArraysInstanced(GL.GL_TRIANGLE_STRIP, 0, 4, len(views))
        fn.glColorMask(1, 1, 1, 1)
        fn.glDisable(GL.GL_BLEND)
        fn.glEnable(GL.GL_DEPTH_TEST)

    def close(self) -> None:
        """Deletes textures and buffer."""
        for _, texture in self._textures:
            gl.GL.glDeleteTextures(1, gl.names(texture))
        gl.GL.glDeleteBuffers(1, gl.names(self._buffer))
        self._textures = []

    def _ready(self, signs, views: tuple[View, ...]) -> list[tuple[int, Sign]]:
        """Texture and sign of what can be drawn now, the farthest first."""
        eye, left_bytes, ready = views[0].pose.position, WRITE_BYTES, []
        for panel, sign in far_to_near(signs, eye)[-MOST:]:
            texture = self._texture_of(panel)
            if texture is None:
                if left_bytes < WRITE_BYTES and panel.pixels.nbytes > left_bytes:
                    continue
                left_bytes -= panel.pixels.nbytes
                texture = _brought(panel.pixels)
                self._textures.append((panel, texture))
            ready.append((texture, sign))
        while len(self._textures) > KEPT:
            gl.GL.glDeleteTextures(1, gl.names(self._textures.pop(0)[1]))
        return ready

    def _texture_of(self, panel: Panel) -> int | None:
        for at, (held, texture) in enumerate(self._textures):
            if held is panel:
                self._textures.append(self._textures.pop(at))
                return texture
        return None


def _fill(row: np.ndarray, sign: Sign) -> None:
    """world_from_sign with the sign's half size in it: its corners are at −1 and 1."""
    width, height = SIZES_M[sign.writing.kind]
    world_from_sign = world_from_view(sign.pose) @ np.diag([width / 2, height / 2, 1.0, 1.0])
    row["world_from_sign"] = world_from_sign.T
    row["look"] = sign.opacity, 0.0, 0.0, 0.0


def _brought(pixels: np.ndarray) -> int:
    """A texture with all its levels."""
    gl_, (height, width) = gl.GL, pixels.shape[:2]
    texture = new_texture(gl_.GL_TEXTURE_2D)
    gl_.glTextureStorage2D(texture, max(width, height).bit_length(), gl_.GL_SRGB8_ALPHA8, width, height)
    gl_.glTextureParameteri(texture, gl_.GL_TEXTURE_MIN_FILTER, gl_.GL_LINEAR_MIPMAP_LINEAR)
    gl_.glTextureParameterf(texture, gl_.GL_TEXTURE_LOD_BIAS, _SHARPER)
    for axis in (gl_.GL_TEXTURE_WRAP_S, gl_.GL_TEXTURE_WRAP_T):
        gl_.glTextureParameteri(texture, axis, gl_.GL_CLAMP_TO_EDGE)
    lowest_first = np.ascontiguousarray(pixels[::-1])  # a scribe's panels lie so in memory
    gl_.glTextureSubImage2D(texture, 0, 0, 0, width, height, gl_.GL_RGBA, gl_.GL_UNSIGNED_BYTE,
                            gl_.GLvoidp(gl.pointer(lowest_first)))
    gl.fn.glGenerateTextureMipmap(texture)
    return texture
