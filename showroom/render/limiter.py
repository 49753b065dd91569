"""The flash limiter: nothing that is shown flashes more than anybody bears, whatever a place is made of.

It looks at the picture as it is going to be shown, in the same frame, on the GPU, and reads nothing back:
each cell of the world's directions remembers its own rises and falls (shaders/flash.glsl says how), and
the resolve multiplies what is shown there by the cell's gain, which is 1 unless it would flash. Directions
are the world's, so that turning one's head is no flash.
Source of the limits: W3C, Web Content Accessibility Guidelines 2.2, success criterion 2.3.1.
"""

import numpy as np

from showroom import gl
from showroom.render.picture import framebuffer, new_texture
from showroom.render.program import Program

CELLS = 96     # to each side, as in shaders/cells.glsl
LEAP_S = 1.0   # a pause longer than this, or none at all, is a still: what was seen before is forgotten
_LIGHTS, _GAINS = 10, 12  # texture units: lights and reds as they were, gains as they are now


class Limiter:
    """What cells remember, twice: one is read, the other written."""

    def __init__(self):
        GL = gl.GL
        kinds = (GL.GL_RGBA32F, GL.GL_RGBA32F, GL.GL_R16F)
        self._cells = [[_square(kind) for kind in kinds] for _ in range(2)]
        self._framebuffers = [_over(*textures) for textures in self._cells]
        self._newer, self._time_s = 0, None
        self._bound = np.zeros(3, dtype=np.uint32)

    def passed_s(self, time_s: float) -> float:
        """Seconds since the picture before this one; −1 for a still, before which there was none."""
        passed_s = -1.0 if self._time_s is None else time_s - self._time_s
        self._time_s = time_s
        return passed_s if 0.0 < passed_s < LEAP_S else -1.0

    def limit(self, program: Program) -> None:
        """Goes on by the picture at texture unit 4 and the exposure at 7; leaves the gains at unit 12."""
        fn, GL, older = gl.fn, gl.GL, self._newer
        self._newer = 1 - older
        self._bound[:] = *self._cells[older][:2], self._cells[self._newer][2]
        fn.glBindTextures(_LIGHTS, len(self._bound), gl.pointer(self._bound))
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._framebuffers[self._newer])
        fn.glViewport(0, 0, CELLS, CELLS)
        fn.glUseProgram(program.id)
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, 1)

    def gains(self) -> np.ndarray:
        """(CELLS, CELLS) float32, what was shown last was multiplied by; waits for the GPU, so not in a show."""
        read = np.zeros((CELLS, CELLS), dtype=np.float32)
        GL = gl.GL
        GL.glGetTextureImage(self._cells[self._newer][2], 0, GL.GL_RED, GL.GL_FLOAT, read.nbytes, read)
        return read

    def close(self) -> None:
        """Deletes the cells."""
        gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, 0)
        gl.GL.glDeleteFramebuffers(2, gl.names(*self._framebuffers))
        textures = [texture for both in self._cells for texture in both]
        gl.GL.glDeleteTextures(len(textures), gl.names(*textures))


def _square(kind: int) -> int:
    GL = gl.GL
    texture = new_texture(GL.GL_TEXTURE_2D)
    GL.glTextureStorage2D(texture, 1, kind, CELLS, CELLS)
    # gains are read between cells; what cells remember is theirs alone
    filter_ = GL.GL_LINEAR if kind == GL.GL_R16F else GL.GL_NEAREST
    for name, value in ((GL.GL_TEXTURE_MIN_FILTER, filter_), (GL.GL_TEXTURE_MAG_FILTER, filter_),
                        (GL.GL_TEXTURE_WRAP_S, GL.GL_CLAMP_TO_EDGE), (GL.GL_TEXTURE_WRAP_T, GL.GL_CLAMP_TO_EDGE)):
        GL.glTextureParameteri(texture, name, value)
    return texture


def _over(*textures: int) -> int:
    points = [gl.GL.GL_COLOR_ATTACHMENT0 + number for number in range(len(textures))]
    made = framebuffer(dict(zip(points, textures)))
    gl.GL.glNamedFramebufferDrawBuffers(made, len(points), np.array(points, dtype=np.uint32))
    return made
