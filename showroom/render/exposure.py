"""Slow exposure: the eye gets used to where one looks, within seconds, and never by much.

A picture's mean brightness is found on the GPU and kept in one texel, which the next frame reads:
nothing is read back. Two means are kept: what the eye is used to now, and what it is used to in this
place; their difference is what the picture is lifted or lowered by, so that a place looks as it was
made to when one comes to it, and answers when one turns towards its sun or its dark.
Source of time-dependent adaptation: Pattanaik et al. 2000, "Time-Dependent Visual Adaptation for Fast
Realistic Image Display"; of the logarithmic mean: Reinhard et al. 2002, "Photographic Tone Reproduction".
"""

import math

import numpy as np

from showroom import gl
from showroom.render.picture import framebuffer, new_texture
from showroom.render.program import Program

EYE_S, PLACE_S = 1.8, 40.0  # time constants
LEAP_S = 1.0  # a pause longer than this, or none at all, is a still: the eye is used to all of it


class Exposure:
    """Two texels that take turns: one is read, the other written."""

    def __init__(self):
        GL = gl.GL
        self._textures = [_texel() for _ in range(2)]
        self._framebuffers = [framebuffer({GL.GL_COLOR_ATTACHMENT0: texture}) for texture in self._textures]
        self._newer, self._time_s, self._changed_s = 0, None, -math.inf

    def pace(self, time_s: float, changing: bool) -> tuple[float, float]:
        """How far the eye's and the place's mean move to the present one by `time_s`, 0 to 1.

        changing : light itself is on its way (places come and go): both go with it alike, and until they
                   have reached it, for what is lifted or lowered then would be a flash.
        """
        passed_s = math.inf if self._time_s is None else time_s - self._time_s
        self._time_s = time_s
        self._changed_s = time_s if changing else min(self._changed_s, time_s)
        if not 0.0 < passed_s < LEAP_S:
            return 1.0, 1.0
        eye = -math.expm1(-passed_s / EYE_S)
        alike = time_s - self._changed_s < 4 * EYE_S
        return eye, eye if alike else -math.expm1(-passed_s / PLACE_S)

    def adapt(self, program: Program) -> None:
        """Moves both means on by the picture at texture unit 4; leaves the newer texel at unit 7."""
        fn, GL = gl.fn, gl.GL
        fn.glBindTextureUnit(7, self._textures[self._newer])
        self._newer = 1 - self._newer
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._framebuffers[self._newer])
        fn.glViewport(0, 0, 1, 1)
        fn.glUseProgram(program.id)
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, 1)
        fn.glBindTextureUnit(7, self._textures[self._newer])

    def close(self) -> None:
        """Deletes the texels."""
        gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, 0)
        gl.GL.glDeleteFramebuffers(2, gl.names(*self._framebuffers))
        gl.GL.glDeleteTextures(2, gl.names(*self._textures))


def _texel() -> int:
    GL = gl.GL
    texture = new_texture(GL.GL_TEXTURE_2D_ARRAY)
    GL.glTextureStorage3D(texture, 1, GL.GL_RG32F, 1, 1, 1)
    GL.glTextureParameteri(texture, GL.GL_TEXTURE_MIN_FILTER, GL.GL_NEAREST)
    GL.glTextureParameteri(texture, GL.GL_TEXTURE_MAG_FILTER, GL.GL_NEAREST)
    dark = np.zeros(2, dtype=np.float32)
    GL.glTextureSubImage3D(texture, 0, 0, 0, 0, 1, 1, 1, GL.GL_RG, GL.GL_FLOAT, dark)
    return texture
