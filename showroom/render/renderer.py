"""The renderer: a Scene, seen through Eyes, into the framebuffer that a display gave.

One pass draws every view: instance counts are multiplied by the number of views and the vertex
shader sends each copy to its layer. The order of a frame:

    shadow map (only when something changed) → (image in a polished floor → half-size copy →) opaque,
    foliage → polished floor → sky → water →
    half-size copy → liquid → half-size copy → glass (both bend the copy) → glow → particles →
    half-size copy (bloom) → resolve
"""

import logging
from pathlib import Path

import numpy as np

from showroom import gl
from showroom.errors import ShaderError
from showroom.paths import SHADERS
from showroom.render import blocks
from showroom.render.blocks import ARRAYS, ELEMENTS, FRAME, MAX_EMITTERS
from showroom.render.drawlist import DrawList
from showroom.render.picture import Picture, ShadowMap
from showroom.render.pools import SKY_LEVELS, new_buffer
from showroom.render.program import Program
from showroom.render.upload import Uploader
from showroom.words.image import COLOR, DETAIL, SKY
from showroom.words.scene import Emitter, Scene
from showroom.words.view import Eyes

log = logging.getLogger(__name__)

PROGRAMS = ("depth", "solid", "liquid", "backdrop", "water", "glass", "glow", "particles", "shadow", "copy", "resolve")
_FAR = np.array([1.0], dtype=np.float32)
_NOTHING = np.zeros(4, dtype=np.float32)
_SUN_MOVED_RAD = 0.004
_AS_IT_IS, _IMAGE, _FLOOR = 0, 1, 2  # modes of solid.glsl


class Renderer:
    """Draws scenes. Needs a current context; `close` gives everything back.

    shadow_texels : edge of the sun's shadow map.
    tone          : "agx", or "linear" to pass linear values through (for measuring).
    coming_s      : how long a part or a sky takes to come once it can be drawn; 0: at once (for measuring).
    """

    def __init__(self, shadow_texels: int = 2048, tone: str = "agx", shaders: Path = SHADERS, coming_s: float = 0.8):
        self.programs = {name: Program(f"{name}.glsl", shaders) for name in PROGRAMS}
        self.uploader = Uploader(gently=coming_s > 0)
        self.drawlist = DrawList(coming_s)
        self._frame = np.zeros(1, dtype=FRAME)
        self._frame_buffer = new_buffer(FRAME.itemsize)
        self._emitter_commands = new_buffer(MAX_EMITTERS * ARRAYS.itemsize)
        self._emitters_made_for = None
        self._shadow = ShadowMap(shadow_texels)
        self._shadow_sun = None
        self._shadow_stale = True
        self._picture: Picture | None = None
        self._tone = tone
        self._last_time_s = 0.0
        self._empty_array = np.zeros(1, dtype=np.uint32)
        gl.GL.glCreateVertexArrays(1, self._empty_array)
        gl.fn.glEnable(gl.GL.GL_DEPTH_TEST)
        gl.fn.glEnable(gl.GL.GL_FRAMEBUFFER_SRGB)
        gl.fn.glEnable(gl.GL.GL_TEXTURE_CUBE_MAP_SEAMLESS)

    def upload(self, scene: Scene, budget_bytes: int) -> None:
        """Brings arrivals to the GPU, at most `budget_bytes` (never less than one piece)."""
        self.uploader.step(scene, budget_bytes)
        self.uploader.surfaces.settle(max(0.0, scene.time_s - self._last_time_s))
        self._last_time_s = scene.time_s

    def draw(self, scene: Scene, eyes: Eyes) -> None:
        """Draws all views of `eyes` into their target. Draws nothing if there are none."""
        if not eyes.views or eyes.target is None:
            return
        views, emitters = len(eyes.views), self._visible_emitters(scene)
        self._shadow_stale |= self.drawlist.refresh(self.uploader, scene.presence, views)
        settled = bool(np.isin(scene.presence, (0.0, 1.0)).all()) and scene.time_s >= self.drawlist.whole_s
        self._aim_shadow(scene)
        self._write_frame(scene, eyes, emitters)
        self._bind()
        self._draw_shadow(settled)
        picture = self._sized_picture(eyes.target.size, views)
        self._draw_solid(picture, views, settled)
        for kind in ("liquid", "glass"):  # each bends the picture as far as it has come
            if self.drawlist.groups[kind].count:
                self._copy(picture, views)
                self._draw_bending(picture, kind)
        self._draw_added(picture, emitters, views)
        self._copy(picture, views)
        self._resolve(picture, eyes, views)

    def _write_frame(self, scene: Scene, eyes: Eyes, emitters: list[Emitter]) -> None:
        block, surfaces = self._frame[0], self.uploader.surfaces
        blocks.fill_views(block, eyes)
        blocks.fill_scene(block, scene, len(eyes.views))
        block["sky_lod"] = surfaces.shown[SKY]
        block["color_lod"], block["detail_lod"] = surfaces.shown[COLOR], surfaces.shown[DETAIL]
        for row, emitter in zip(block["emitters"], emitters):
            blocks.fill_emitter(row, emitter, float(scene.presence[emitter.slot]))
        block["counts"][1:] = (len(emitters), SKY_LEVELS, 1.0 / self._shadow.texels)
        gl.fn.glNamedBufferSubData(self._frame_buffer, 0, FRAME.itemsize, gl.pointer(self._frame))

    def _visible_emitters(self, scene: Scene) -> list[Emitter]:
        return [emitter for emitter in scene.emitters if scene.presence[emitter.slot] > 0
                and self.uploader.surfaces.has(emitter.slot, "sprites")][:MAX_EMITTERS]

    def _bind(self) -> None:
        fn, GL, geometry = gl.fn, gl.GL, self.uploader.geometry
        fn.glBindBufferBase(GL.GL_UNIFORM_BUFFER, 0, self._frame_buffer)
        fn.glBindBufferBase(GL.GL_SHADER_STORAGE_BUFFER, 1, geometry.instance_buffer)
        fn.glBindBufferBase(GL.GL_SHADER_STORAGE_BUFFER, 2, self.drawlist.draws)
        fn.glBindBufferBase(GL.GL_SHADER_STORAGE_BUFFER, 3, self.drawlist.materials)
        for unit, name in enumerate((COLOR, DETAIL, SKY)):
            fn.glBindTextureUnit(unit, self.uploader.surfaces.textures.get(name, 0))
        fn.glBindTextureUnit(3, self._shadow.texture)
        fn.glBindBuffer(GL.GL_DRAW_INDIRECT_BUFFER, self.drawlist.commands)
        fn.glBindVertexArray(geometry.vertex_array)

    def _aim_shadow(self, scene: Scene) -> None:
        """Turns the shadow map after the sun. It is read as it was drawn: by the sun of that time."""
        sun = np.asarray(scene.daylight.sun_direction)
        if self._shadow_sun is None or np.linalg.norm(sun - self._shadow_sun) > _SUN_MOVED_RAD:
            self._shadow_sun, self._shadow_stale = sun, True
            self._frame[0]["shadow_from_world"] = blocks.shadow_from_world(sun, self._shadow.texels).T

    def _draw_shadow(self, settled: bool) -> None:
        """Draws the shadow map if what it shows changed, and all the while anything comes or goes."""
        if not self._shadow_stale and settled:
            return
        self._shadow_stale = not settled  # once more when all has come
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, self._shadow.framebuffer)
        fn.glViewport(0, 0, self._shadow.texels, self._shadow.texels)
        fn.glDisable(GL.GL_CULL_FACE)
        fn.glDisable(GL.GL_BLEND)
        fn.glDepthMask(1)
        fn.glClearNamedFramebufferfv(self._shadow.framebuffer, GL.GL_DEPTH, 0, gl.pointer(_FAR))
        fn.glEnable(GL.GL_POLYGON_OFFSET_FILL)
        fn.glPolygonOffset(1.5, 2.0)
        self._draw_group("shadow", "shadow")
        fn.glDisable(GL.GL_POLYGON_OFFSET_FILL)

    def _draw_group(self, program: str, group: str, mode: int | None = None) -> None:
        chosen = self.drawlist.groups[group]
        if not chosen.count:
            return
        gl.fn.glUseProgram(self.programs[program].id)
        gl.fn.glUniform1i(0, chosen.first)
        if mode is not None:
            gl.fn.glUniform1i(1, mode)
        gl.fn.glMultiDrawElementsIndirect(gl.GL.GL_TRIANGLES, gl.GL.GL_UNSIGNED_INT, chosen.first * ELEMENTS.itemsize,
                                          chosen.count, 0)

    def _sized_picture(self, size: tuple[int, int], layers: int) -> Picture:
        if self._picture is None or (self._picture.size, self._picture.layers) != (size, layers):
            if self._picture:
                self._picture.close()
            self._picture = Picture(size, layers)
        return self._picture

    def _draw_solid(self, picture: Picture, views: int, settled: bool) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, picture.framebuffer)
        fn.glViewport(0, 0, *picture.size)
        fn.glClearNamedFramebufferfv(picture.framebuffer, GL.GL_DEPTH, 0, gl.pointer(_FAR))
        fn.glDisable(GL.GL_BLEND)
        fn.glDepthMask(1)
        fn.glDepthFunc(GL.GL_LEQUAL)
        fn.glEnable(GL.GL_SAMPLE_ALPHA_TO_COVERAGE)
        mirrors = self.drawlist.groups["polished"].count > 0
        if mirrors:
            self._draw_mirrored(picture, views)
        self._draw_things(_AS_IT_IS, settled)
        fn.glDisable(GL.GL_SAMPLE_ALPHA_TO_COVERAGE)
        if mirrors:
            fn.glEnable(GL.GL_BLEND)
            fn.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
            self._draw_group("solid", "polished", _FLOOR)
            fn.glDisable(GL.GL_BLEND)
        fn.glDepthMask(0)
        fn.glUseProgram(self.programs["backdrop"].id)
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, views)
        fn.glEnable(GL.GL_BLEND)
        fn.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
        fn.glDepthMask(1)
        self._draw_group("water", "water")

    def _draw_mirrored(self, picture: Picture, views: int) -> None:
        """What a polished floor mirrors, into the half-size copy, which the floor then reads blurred.

        Where nothing is mirrored the copy stays clear, and the floor mirrors the sky.
        """
        fn, GL = gl.fn, gl.GL
        fn.glClearNamedFramebufferfv(picture.framebuffer, GL.GL_COLOR, 0, gl.pointer(_NOTHING))
        self._draw_things(_IMAGE, False)
        fn.glDisable(GL.GL_SAMPLE_ALPHA_TO_COVERAGE)
        self._copy(picture, views)
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, picture.framebuffer)
        fn.glViewport(0, 0, *picture.size)
        fn.glClearNamedFramebufferfv(picture.framebuffer, GL.GL_DEPTH, 0, gl.pointer(_FAR))
        fn.glEnable(GL.GL_SAMPLE_ALPHA_TO_COVERAGE)

    def _draw_things(self, mode: int, depth_first: bool) -> None:
        """Opaque parts and foliage, as they are or as their image in the floor.

        depth_first : opaque depth goes ahead of light; not while anything is coming or going, for
        what is half there must not hide what stands behind it.
        """
        fn, GL = gl.fn, gl.GL
        fn.glEnable(GL.GL_CULL_FACE)
        fn.glCullFace(GL.GL_FRONT if mode == _IMAGE else GL.GL_BACK)
        if depth_first:
            fn.glColorMask(0, 0, 0, 0)
            self._draw_group("depth", "opaque", mode)
            fn.glColorMask(1, 1, 1, 1)
            fn.glDepthMask(0)
        self._draw_group("solid", "opaque", mode)
        fn.glDepthMask(1)
        fn.glDisable(GL.GL_CULL_FACE)
        self._draw_group("solid", "foliage", mode)
        fn.glCullFace(GL.GL_BACK)

    def _copy(self, picture: Picture, views: int) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, picture.copy_framebuffer)
        fn.glViewport(0, 0, *picture.half)
        fn.glDisable(GL.GL_BLEND)
        fn.glDisable(GL.GL_DEPTH_TEST)
        fn.glDisable(GL.GL_CULL_FACE)
        fn.glBindTextureUnit(5, picture.color)
        fn.glUseProgram(self.programs["copy"].id)
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, views)
        fn.glGenerateTextureMipmap(picture.copy)
        fn.glBindTextureUnit(4, picture.copy)
        fn.glEnable(GL.GL_DEPTH_TEST)

    def _draw_bending(self, picture: Picture, kind: str) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, picture.framebuffer)
        fn.glViewport(0, 0, *picture.size)
        fn.glEnable(GL.GL_BLEND)
        fn.glEnable(GL.GL_CULL_FACE)
        fn.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
        self._draw_group(kind, kind)

    def _draw_added(self, picture: Picture, emitters: list[Emitter], views: int) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, picture.framebuffer)
        fn.glViewport(0, 0, *picture.size)
        fn.glEnable(GL.GL_BLEND)
        fn.glDepthMask(0)
        fn.glDisable(GL.GL_CULL_FACE)
        fn.glBlendFunc(GL.GL_ONE, GL.GL_ONE)
        self._draw_group("glow", "glow")
        self._draw_particles(emitters, views)
        fn.glDepthMask(1)

    def _draw_particles(self, emitters: list[Emitter], views: int) -> None:
        if not emitters:
            return
        fn, GL = gl.fn, gl.GL
        state = (tuple((emitter.count, emitter.slot) for emitter in emitters), views)
        fn.glUseProgram(self.programs["particles"].id)
        if state != self._emitters_made_for:
            self._emitters_made_for = state
            commands = np.array([(4, emitter.count * views, 0, 0) for emitter in emitters], dtype=ARRAYS)
            fn.glNamedBufferSubData(self._emitter_commands, 0, commands.nbytes, gl.pointer(commands))
            for index, emitter in enumerate(emitters):
                fn.glUniform1i(1 + index, blocks.layer_of(emitter.slot, "sprites"))
        fn.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        fn.glBindVertexArray(int(self._empty_array[0]))
        fn.glBindBuffer(GL.GL_DRAW_INDIRECT_BUFFER, self._emitter_commands)
        fn.glMultiDrawArraysIndirect(GL.GL_TRIANGLE_STRIP, None, len(emitters), 0)

    def _resolve(self, picture: Picture, eyes: Eyes, views: int) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, eyes.target.framebuffer)
        fn.glViewport(0, 0, *eyes.target.size)
        fn.glDisable(GL.GL_BLEND)
        fn.glDisable(GL.GL_DEPTH_TEST)
        fn.glUseProgram(self.programs["resolve"].id)
        fn.glUniform1i(0, int(self._tone == "agx"))
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, views)
        fn.glEnable(GL.GL_DEPTH_TEST)

    def reload_shaders(self) -> None:
        """Builds every program again; a broken edit keeps the last good one and is logged."""
        for program in self.programs.values():
            try:
                program.reload()
            except ShaderError as error:
                log.warning("%s; the last good version stays", error)
        # what a program was told once, and what was drawn once, has to be again
        self._emitters_made_for, self._shadow_stale = None, True

    def close(self) -> None:
        """Gives everything on the GPU back."""
        for program in self.programs.values():
            program.close()
        for holder in (self.uploader, self.drawlist, self._shadow, self._picture):
            if holder:
                holder.close()
        gl.GL.glDeleteBuffers(2, gl.names(self._frame_buffer, self._emitter_commands))
        gl.GL.glDeleteVertexArrays(1, self._empty_array)
