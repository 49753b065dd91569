"""What lenses hide of each view is drawn first and nearest, so that the rest of the frame skips it."""

import numpy as np

from showroom import gl
from showroom.render.pools import new_buffer
from showroom.render.program import Program
from showroom.words.view import Eyes, Fov, HiddenArea, View, clip_from_view

CORNERS = 5  # the storage block's number in mask.glsl


class Mask:
    """The triangles of one hidden area on the GPU, for the angles of view they were last drawn with."""

    def __init__(self):
        self._buffer = 0
        self._made_for: tuple[HiddenArea, tuple[Fov, ...]] | None = None
        self.corners = 0

    def fit(self, eyes: Eyes) -> bool:
        """Takes up the hidden area of these eyes; False if they hide nothing."""
        wanted = eyes.hidden and (eyes.hidden, tuple(view.fov for view in eyes.views))
        if wanted != self._made_for:
            self._made_for = wanted
            nothing = np.empty((0, 4), dtype=np.float32)
            self._fill(clip_corners(eyes.hidden, eyes.views) if wanted else nothing)
        return self.corners > 0

    def _fill(self, corners: np.ndarray) -> None:
        self.close()
        self.corners = len(corners)
        if self.corners:
            self._buffer = new_buffer(corners.nbytes)
            gl.fn.glNamedBufferSubData(self._buffer, 0, corners.nbytes, gl.pointer(corners))

    def draw(self, program: Program) -> None:
        """Draws all views' triangles; depth is written, blending off."""
        fn, GL = gl.fn, gl.GL
        fn.glBindBufferBase(GL.GL_SHADER_STORAGE_BUFFER, CORNERS, self._buffer)
        fn.glUseProgram(program.id)
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, self.corners, 1)

    def close(self) -> None:
        """Deletes the buffer."""
        if self._buffer:
            gl.GL.glDeleteBuffers(1, gl.names(self._buffer))
        self._buffer = self.corners = 0


def clip_corners(hidden: HiddenArea, views: tuple[View, ...]) -> np.ndarray:
    """(corners, 4) float32: x and y in clip space with w 1, the view's layer, and 0; three a triangle."""
    rows = []
    for view, triangles in zip(views, hidden.triangles, strict=False):
        lens = clip_from_view(view.fov, view.near_m, view.far_m)
        flat = triangles.reshape(-1, 2)
        clip = flat * (lens[0, 0], lens[1, 1]) - (lens[0, 2], lens[1, 2])
        rows.append(np.concatenate([clip, np.broadcast_to([view.layer, 0.0], (len(flat), 2))], axis=1))
    return np.ascontiguousarray(np.concatenate(rows), dtype=np.float32)
