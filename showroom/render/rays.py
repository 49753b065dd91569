"""Rays: the lines along which hands point, and the cursors at their ends, in one draw."""

from showroom import gl
from showroom.render.blocks import RAYS
from showroom.words.scene import Ray

_QUAD = 6  # vertices: two triangles, which the shader places


def draw_rays(program: int, rays: tuple[Ray, ...], views: int) -> None:
    """Draws what FRAME says of them, over everything but what stands before it; blending is on, depth is only read."""
    fn, GL = gl.fn, gl.GL
    fn.glUseProgram(program)
    fn.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
    fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, _QUAD, 2 * min(len(rays), RAYS) * views)
