"""The renderer: a Scene, seen through Eyes, into the framebuffer that a display gave.

One pass draws every view: instance counts are multiplied by the number of views and the vertex
shader sends each copy to its layer. The order of a frame:

    shadow map and floor map (only when something changed) → what lenses hide →
    (image in a polished floor → half-size copy → what lenses hide →) opaque, foliage → polished floor → sky → water →
    half-size copy → liquid → half-size copy → glass (both bend the copy) → glow → particles → rays →
    half-size copy (bloom) → exposure → flash limiter → resolve → signs
"""

import logging
from pathlib import Path

import numpy as np

from showroom import gl
from showroom.errors import ShaderError
from showroom.paths import SHADERS
from showroom.render import blocks
from showroom.render.blocks import ELEMENTS, FRAME, MAX_EMITTERS
from showroom.render.drawlist import DrawList
from showroom.render.exposure import Exposure
from showroom.render.limiter import Limiter
from showroom.render.mask import Mask
from showroom.render.picture import Picture
from showroom.render.pools import SKY_LEVELS, new_buffer
from showroom.render.program import Edits, Program
from showroom.render.rays import draw_rays
from showroom.render.shadow import FloorMap, SunShadow
from showroom.render.signs import Signs
from showroom.render.swarm import Swarm
from showroom.render.upload import Uploader
from showroom.words.comfort import Comfort
from showroom.words.image import COLOR, DETAIL, SKY
from showroom.words.scene import Emitter, Ray, Scene
from showroom.words.sign import Panel, Sign
from showroom.words.view import Eyes, Target

log = logging.getLogger(__name__)

PROGRAMS = ("depth", "solid", "product", "liquid", "backdrop", "water", "glass", "glow", "particles", "shadow", "floor",
            "copy", "adapt", "flash", "mask", "ray", "resolve", "sign")
_FAR = np.array([1.0], dtype=np.float32)
_NOTHING = np.zeros(4, dtype=np.float32)
_AS_IT_IS, _IMAGE, _FLOOR = 0, 1, 2  # modes of solid.glsl and product.glsl
_MODELS = 13  # texture unit of the first of models' two arrays


class Renderer:
    """Draws scenes. Needs a current context; `close` gives everything back.

    shadow_texels : edge of the sun's shadow map.
    tone          : "agx", or "linear" to pass linear values through (for measuring).
    coming_s      : how long a part or a sky takes to come once it can be drawn; 0: at once (for measuring).
    particles     : how many at most in one place; 0: as many as the driver can bear (see swarm.py).
    limits_flashes : False shows what would be shown without the flash limiter (for measuring).

    `comfort` and `limits_flashes` may be changed between frames.
    """

    def __init__(self, shadow_texels: int = 2048, tone: str = "agx", shaders: Path = SHADERS, coming_s: float = 0.8,
                 particles: int = 0, limits_flashes: bool = True):
        self.programs = {name: Program(f"{name}.glsl", shaders) for name in PROGRAMS}
        self._edits = Edits(shaders)
        self.uploader = Uploader(gently=coming_s > 0)
        self.drawlist = DrawList(coming_s)
        self._frame = np.zeros(1, dtype=FRAME)
        self._frame_buffer = new_buffer(FRAME.itemsize)
        self._textures, self._buffers = np.zeros(7, dtype=np.uint32), np.zeros(4, dtype=np.uint32)
        self._model_textures = np.zeros(2, dtype=np.uint32)
        self.swarm = Swarm(particles)
        self.shadow, self._floor, self._exposure = SunShadow(shadow_texels), FloorMap(), Exposure()
        self.limiter, self.comfort = Limiter(), Comfort()
        self._mask, self._masked, self._signs = Mask(), False, Signs()
        self._picture: Picture | None = None
        self._tones, self.limits_flashes = tone != "linear", limits_flashes
        self._last_time_s = 0.0
        gl.fn.glEnable(gl.GL.GL_DEPTH_TEST)  # what has no depth to test, a copy or the last picture, passes
        gl.fn.glDepthFunc(gl.GL.GL_LEQUAL)
        gl.fn.glEnable(gl.GL.GL_FRAMEBUFFER_SRGB)
        gl.fn.glEnable(gl.GL.GL_TEXTURE_CUBE_MAP_SEAMLESS)

    def upload(self, scene: Scene, budget_bytes: int) -> None:
        """Brings arrivals to the GPU, at most `budget_bytes` (0: nothing; else at least a piece)."""
        self.uploader.step(scene, budget_bytes)
        self.uploader.settle(max(0.0, scene.time_s - self._last_time_s))
        self._last_time_s = scene.time_s

    def draw(self, scene: Scene, eyes: Eyes, signs: tuple[tuple[Panel, Sign], ...] = ()) -> None:
        """Draws all views of `eyes` into their target. Draws nothing if there are none.

        signs : those that the display does not show by itself.
        """
        if not eyes.views or eyes.target is None:
            return
        views, emitters = len(eyes.views), self._visible_emitters(scene)
        changed = self.drawlist.refresh(self.uploader, scene.presence, views)
        changed |= self.drawlist.lifted(scene.held)
        settled = scene.time_s >= self.drawlist.whole_s and all(here in (0.0, 1.0) for here in scene.presence.tolist())
        shadow_due = self.shadow.aim(scene, changed or not settled)
        self._frame[0]["pace"] = (*self._exposure.pace(scene.time_s, not settled),
                                  self.limiter.passed_s(scene.time_s), self.comfort.spread - 1.0)
        self._write_frame(scene, eyes, emitters)
        picture = self._sized_picture(eyes.target, views)
        self._masked = self._mask.fit(eyes)
        self._bind(picture)
        if shadow_due:
            self._draw_shadow()
        if changed and emitters:
            self._draw_floor()
        self._draw_solid(picture, views, settled)
        self._draw_bending(picture, views)
        self._draw_added(emitters, scene.rays, views)
        self._copy(picture, views)
        self._exposure.adapt(self.programs["adapt"])
        limits = self._tones and self.limits_flashes
        if limits:
            self.limiter.limit(self.programs["flash"])
        self._resolve(picture, eyes.target, views, self._tones + limits)
        if signs:
            self._signs.draw(self.programs["sign"], signs, eyes.views)

    def _write_frame(self, scene: Scene, eyes: Eyes, emitters: list[Emitter]) -> None:
        block, surfaces = self._frame[0], self.uploader.surfaces
        blocks.fill_views(block, eyes)
        blocks.fill_scene(block, scene, len(eyes.views))
        blocks.fill_held(block, scene.held, self.drawlist.heroes)
        block["sky_lod"] = surfaces.shown[SKY]
        block["color_lod"], block["detail_lod"] = surfaces.shown[COLOR], surfaces.shown[DETAIL]
        block["model_lod"] = self.uploader.models.shown
        for row, emitter in zip(block["emitters"], emitters):
            blocks.fill_emitter(row, emitter, float(scene.presence[emitter.slot]),
                                self.swarm.reach(emitters, emitter))
        block["clock"][1] *= self.comfort.light
        block["counts"][1:] = (SKY_LEVELS, *eyes.target.size)
        self.shadow.fill(block)
        self._floor.fill(block, scene.ground_m)
        gl.fn.glNamedBufferSubData(self._frame_buffer, 0, FRAME.itemsize, gl.pointer(self._frame))

    def _visible_emitters(self, scene: Scene) -> list[Emitter]:
        return [emitter for emitter in scene.emitters if scene.presence[emitter.slot] > 0
                and self.uploader.surfaces.has(emitter.slot, "sprites")][:MAX_EMITTERS]

    def _bind(self, picture: Picture) -> None:
        """What every pass reads, in few calls: storage blocks 1 to 4, texture units 0 to 6 (7 is the exposure's)."""
        fn, GL, geometry = gl.fn, gl.GL, self.uploader.geometry
        fn.glBindBufferBase(GL.GL_UNIFORM_BUFFER, 0, self._frame_buffer)
        self._buffers[:] = (geometry.instance_buffer, self.drawlist.draws, self.drawlist.materials,
                            self.uploader.motions.buffer)
        fn.glBindBuffersBase(GL.GL_SHADER_STORAGE_BUFFER, 1, len(self._buffers), gl.pointer(self._buffers))
        surfaces = self.uploader.surfaces.textures
        self._textures[:] = (surfaces.get(COLOR, 0), surfaces.get(DETAIL, 0), surfaces.get(SKY, 0), self.shadow.texture,
                             picture.copy, picture.color, self._floor.texture)
        fn.glBindTextures(0, len(self._textures), gl.pointer(self._textures))
        self._model_textures[:] = self.uploader.models.textures
        if self._model_textures[0]:
            fn.glBindTextures(_MODELS, len(self._model_textures), gl.pointer(self._model_textures))
        fn.glBindBuffer(GL.GL_DRAW_INDIRECT_BUFFER, self.drawlist.commands)
        fn.glBindVertexArray(geometry.vertex_array)

    def _draw_shadow(self) -> None:
        fn, GL = gl.fn, gl.GL
        self.shadow.target()
        fn.glEnable(GL.GL_POLYGON_OFFSET_FILL)
        fn.glPolygonOffset(1.5, 2.0)
        self._draw_group("shadow", "shadow")
        fn.glDisable(GL.GL_POLYGON_OFFSET_FILL)

    def _draw_floor(self) -> None:
        self._floor.target()
        for group in ("opaque", "polished", "water"):
            self._draw_group("floor", group)

    def _draw_group(self, program: str, group: str, mode: int | None = None) -> None:
        chosen = self.drawlist.groups[group]
        if not chosen.count:
            return
        used = self.programs[program]
        gl.fn.glUseProgram(used.id)
        used.tell(0, chosen.first)
        if mode is not None:
            used.tell(1, mode)
        gl.fn.glMultiDrawElementsIndirect(gl.GL.GL_TRIANGLES, gl.GL.GL_UNSIGNED_INT, chosen.first * ELEMENTS.itemsize,
                                          chosen.count, 0)

    def _sized_picture(self, target: Target, layers: int) -> Picture:
        if self._picture is None or (self._picture.room, self._picture.layers) != (target.whole, layers):
            if self._picture:
                self._picture.close()
            self._picture = Picture(target.whole, layers)
        self._picture.size = target.size
        return self._picture

    def _clear_depth(self, picture: Picture) -> None:
        """Everything far away, but what lenses hide. Alpha to coverage must be off."""
        gl.fn.glClearNamedFramebufferfv(picture.framebuffer, gl.GL.GL_DEPTH, 0, gl.pointer(_FAR))
        if self._masked:
            self._mask.draw(self.programs["mask"])

    def _draw_solid(self, picture: Picture, views: int, settled: bool) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, picture.framebuffer)
        fn.glViewport(0, 0, *picture.size)
        fn.glDisable(GL.GL_BLEND)
        self._clear_depth(picture)
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
        fn.glUseProgram(self.programs["backdrop"].id)  # at the far end, where nothing stands
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, views)
        if self.drawlist.groups["water"].count:
            fn.glEnable(GL.GL_BLEND)
            fn.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
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
        self._go_on(picture)
        self._clear_depth(picture)
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
        if depth_first:
            fn.glDepthMask(1)
        fn.glDisable(GL.GL_CULL_FACE)
        self._draw_group("solid", "foliage", mode)
        self._draw_group("product", "product", mode)

    def _copy(self, picture: Picture, views: int) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, picture.copy_framebuffer)
        fn.glViewport(0, 0, *picture.half)
        fn.glDisable(GL.GL_BLEND)
        fn.glUseProgram(self.programs["copy"].id)
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, views)
        fn.glGenerateTextureMipmap(picture.copy)

    def _go_on(self, picture: Picture) -> None:
        """Back to the picture after a copy of it."""
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, picture.framebuffer)
        fn.glViewport(0, 0, *picture.size)

    def _draw_bending(self, picture: Picture, views: int) -> None:
        """Liquid, then glass: each bends the picture as far as it has come."""
        fn, GL = gl.fn, gl.GL
        kinds = [kind for kind in ("liquid", "glass") if self.drawlist.groups[kind].count]
        if kinds:
            fn.glEnable(GL.GL_CULL_FACE)
            fn.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
        for kind in kinds:
            self._copy(picture, views)
            self._go_on(picture)
            fn.glEnable(GL.GL_BLEND)
            self._draw_group(kind, kind)
        self._draw_clear_products(picture, views)

    def _draw_clear_products(self, picture: Picture, views: int) -> None:
        """Products that show what is behind them, then those that are mixed with it. Leaves depth unwritten."""
        fn, GL, groups = gl.fn, gl.GL, self.drawlist.groups
        if not groups["clear"].count + groups["blend"].count:
            return
        if groups["clear"].count:
            self._copy(picture, views)
            self._go_on(picture)
        fn.glDisable(GL.GL_CULL_FACE)
        fn.glEnable(GL.GL_BLEND)
        fn.glBlendFunc(GL.GL_SRC_ALPHA, GL.GL_ONE_MINUS_SRC_ALPHA)
        self._draw_group("product", "clear", _AS_IT_IS)
        fn.glDepthMask(0)
        self._draw_group("product", "blend", _AS_IT_IS)

    def _draw_added(self, emitters: list[Emitter], rays: tuple[Ray, ...], views: int) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glEnable(GL.GL_BLEND)
        fn.glDepthMask(0)
        fn.glDisable(GL.GL_CULL_FACE)
        fn.glBlendFunc(GL.GL_ONE, GL.GL_ONE)
        self._draw_group("glow", "glow")
        if emitters:
            fn.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
            self.swarm.draw(self.programs["particles"].id, emitters, views)
        if rays:
            draw_rays(self.programs["ray"].id, rays, views)
        fn.glDepthMask(1)

    def _resolve(self, picture: Picture, target: Target, views: int, tone: int) -> None:
        fn, GL = gl.fn, gl.GL
        fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, target.framebuffer)
        fn.glViewport(0, 0, *target.size)
        fn.glUseProgram(self.programs["resolve"].id)
        self.programs["resolve"].tell(0, tone)
        reads_depth = target.keeps_depth or self._masked
        self.programs["resolve"].tell(1, int(reads_depth))
        if reads_depth:
            fn.glBindTextureUnit(8, picture.depth)
            fn.glDepthFunc(GL.GL_ALWAYS)  # whatever the target's depth was
        fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, views)
        if reads_depth:
            fn.glDepthFunc(GL.GL_LEQUAL)

    def heed_edits(self, time_s: float) -> None:
        """Builds the shaders anew if a file of theirs was saved; for those who write them, in a preview."""
        if self._edits.any(time_s):
            self.reload_shaders()

    def reload_shaders(self) -> None:
        """Builds every program again; a broken edit keeps the last good one and is logged."""
        for program in self.programs.values():
            try:
                program.reload()
            except ShaderError as error:
                log.warning("%s; the last good version stays", error)
        # what a program was told once, and what was drawn once, has to be again
        self.swarm.forget()
        self.shadow.forget()

    def close(self) -> None:
        """Gives everything on the GPU back."""
        for program in self.programs.values():
            program.close()
        for holder in (self.uploader, self.drawlist, self.swarm, self.shadow, self._floor, self._exposure, self.limiter,
                       self._signs, self._mask, self._picture):
            if holder:
                holder.close()
        gl.GL.glDeleteBuffers(1, gl.names(self._frame_buffer))
