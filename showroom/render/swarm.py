"""Particles: one indirect draw for every kind in the air, however many there are of each.

Nothing here looks at a single particle: commands are written when an emitter's count changes, and
each frame sends a few numbers for each emitter.
"""

import logging

import numpy as np

from showroom import gl
from showroom.render import blocks
from showroom.render.blocks import ARRAYS, MAX_EMITTERS
from showroom.render.pools import new_buffer
from showroom.words.scene import Emitter

log = logging.getLogger(__name__)
MOST, MOST_IN_SOFTWARE = 50_000, 2_000
FARTHEST = 2.6  # times the modest box, to each side


class Swarm:
    """The particles of a scene's emitters.

    most : how many at once in one slot; 0 chooses by the driver: 50,000 on a graphics card, 2,000
           where the processor draws. Up to its `crowd` times what an emitter asks for fill a wider
           box, and fill it more densely; where there is room for fewer, all thin alike.
    """

    def __init__(self, most: int = 0):
        software = gl.draws_in_software()
        self.most = most or (MOST_IN_SOFTWARE if software else MOST)
        if software and not most:
            log.info("particles: the processor draws here, so at most %d at once (%d on a graphics card)",
                     MOST_IN_SOFTWARE, MOST)
        self._commands = new_buffer(MAX_EMITTERS * ARRAYS.itemsize)
        self._made_for = None
        self.count = 0

    def reach(self, emitters: list[Emitter], emitter: Emitter) -> float:
        """How many times wider than modest the box is that an emitter's particles fill, 1 to FARTHEST."""
        return min(max(self._plenty(emitters, emitter) ** (1 / 3), 1.0), FARTHEST)

    def _plenty(self, emitters: list[Emitter], emitter: Emitter) -> float:
        """How many times what an emitter asks for is drawn; on software drivers never more than that."""
        crowds = self.most > MOST_IN_SOFTWARE
        same = (one for one in emitters if one.slot == emitter.slot)
        asked = sum(one.count * (one.crowd if crowds else 1.0) for one in same)
        return (emitter.crowd if crowds else 1.0) * min(1.0, self.most / max(asked, 1))

    def forget(self) -> None:
        """What the program was told once, it has to be told again."""
        self._made_for = None

    def draw(self, program: int, emitters: list[Emitter], views: int) -> None:
        """Draws all emitters, out of no vertex array; blending and depth are the caller's."""
        fn, GL = gl.fn, gl.GL
        state = (tuple((emitter.count, emitter.slot) for emitter in emitters), views)
        fn.glUseProgram(program)
        if state != self._made_for:
            self._made_for = state
            self._write(emitters, views)
        fn.glBindBuffer(GL.GL_DRAW_INDIRECT_BUFFER, self._commands)
        fn.glMultiDrawArraysIndirect(GL.GL_TRIANGLE_STRIP, None, len(emitters), 0)

    def _write(self, emitters: list[Emitter], views: int) -> None:
        counts = [int(emitter.count * self._plenty(emitters, emitter)) for emitter in emitters]
        self.count = sum(counts)
        commands = np.array([(4, count * views, 0, 0) for count in counts], dtype=ARRAYS)
        gl.fn.glNamedBufferSubData(self._commands, 0, commands.nbytes, gl.pointer(commands))
        for index, emitter in enumerate(emitters):
            gl.fn.glUniform1i(1 + index, blocks.layer_of(emitter.slot, "sprites"))

    def close(self) -> None:
        """Deletes the buffer."""
        gl.GL.glDeleteBuffers(1, gl.names(self._commands))
