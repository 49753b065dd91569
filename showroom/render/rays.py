"""Rays: marks where hands are, lines along which they point, cursors at their ends, in one draw."""

from showroom import gl
from showroom.render.blocks import RAYS
from showroom.words.scene import Ray

_QUAD = 6   # vertices: two triangles, which the shader places
_PIECES = 3  # of each ray: line, cursor, mark


def draw_rays(program: int, rays: tuple[Ray, ...], views: int) -> None:
    """Draws what FRAME says of them; blending is on, depth is only read."""
    fn, GL = gl.fn, gl.GL
    fn.glUseProgram(program)
    fn.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
    fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, _QUAD, _PIECES * min(len(rays), RAYS) * views)
