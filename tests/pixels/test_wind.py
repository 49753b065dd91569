"""The wind in Python and the wind in shaders are one."""

from dataclasses import replace

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.paths import SHADERS
from showroom.render.blocks import FRAME, fill_scene
from showroom.render.picture import framebuffer, new_texture
from showroom.render.pools import new_buffer
from showroom.render.program import Program
from showroom.words.ambience import Ambience
from showroom.words.geometry import Material
from showroom.words.scene import Scene
from showroom.words.wind import carried_on, gust_at, wind_at

ASK = """
#ifdef VERTEX
#include "screen.glsl"
#endif
#ifdef FRAGMENT
#include "frame.glsl"
#include "wind.glsl"
layout(std430, binding = 1) readonly buffer Asked { vec4 asked[]; };  // xyz m, w seconds later
layout(location = 0) out vec4 color;
void main() {
    vec4 a = asked[int(gl_FragCoord.x)];
    color = vec4(wind_at(a.xyz, a.w), gust_at(a.xyz, a.w));
}
#endif
"""
COUNT = 512


@pytest.fixture
def ask(display, tmp_path):
    """ask(air, (COUNT, 4) places and times) → (COUNT, 4): wind and gust as a shader finds them."""
    GL = gl.GL
    for file in ("screen.glsl", "frame.glsl", "wind.glsl"):
        (tmp_path / file).write_text((SHADERS / file).read_text())
    (tmp_path / "ask.glsl").write_text(ASK)
    program, frame_buffer, asked_buffer = Program("ask.glsl", tmp_path), new_buffer(FRAME.itemsize), new_buffer(COUNT * 16)
    texture = new_texture(GL.GL_TEXTURE_2D_ARRAY)
    GL.glTextureStorage3D(texture, 1, GL.GL_RGBA32F, COUNT, 1, 1)
    target, array = framebuffer({GL.GL_COLOR_ATTACHMENT0: texture}), np.zeros(1, np.uint32)
    GL.glCreateVertexArrays(1, array)

    def answer(air: Ambience, places: np.ndarray) -> np.ndarray:
        block, places = np.zeros(1, FRAME), places.astype(np.float32)
        fill_scene(block[0], Scene(ambience=air), 1)
        gl.fn.glNamedBufferSubData(frame_buffer, 0, FRAME.itemsize, gl.pointer(block))
        gl.fn.glNamedBufferSubData(asked_buffer, 0, places.nbytes, gl.pointer(places))
        gl.fn.glBindBufferBase(GL.GL_UNIFORM_BUFFER, 0, frame_buffer)
        gl.fn.glBindBufferBase(GL.GL_SHADER_STORAGE_BUFFER, 1, asked_buffer)
        gl.fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, target)
        gl.fn.glViewport(0, 0, COUNT, 1)
        gl.fn.glDisable(GL.GL_DEPTH_TEST)
        gl.fn.glDisable(GL.GL_BLEND)
        gl.fn.glUseProgram(program.id)
        gl.fn.glBindVertexArray(int(array[0]))
        gl.fn.glDrawArraysInstanced(GL.GL_TRIANGLES, 0, 3, 1)
        gl.fn.glEnable(GL.GL_DEPTH_TEST)
        found = np.zeros((COUNT, 4), np.float32)
        GL.glGetTextureImage(texture, 0, GL.GL_RGBA, GL.GL_FLOAT, found.nbytes, found)
        return found

    yield answer
    gl.fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
    GL.glDeleteFramebuffers(1, gl.names(target))
    GL.glDeleteTextures(1, gl.names(texture))
    GL.glDeleteVertexArrays(1, array)
    GL.glDeleteBuffers(2, gl.names(frame_buffer, asked_buffer))
    program.close()


@pytest.mark.parametrize("wind, gust, drift", [((0.0, 0.0, 0.0), 0.5, (0.0, 0.0)), ((1.3, 0.0, -2.1), 0.6, (37.25, 250.5)),
                                               ((-6.0, 0.2, 0.5), 1.0, (16123.5, 9001.25))])
def test_shader_and_python_find_the_same_wind(ask, wind, gust, drift):
    rng = np.random.default_rng(7)
    places = np.column_stack([rng.uniform(-40, 40, (COUNT, 3)), rng.uniform(-3, 3, COUNT)])
    air = Ambience(wind_m_s=wind, gust=gust, drift_m=drift)
    found, places = ask(air, places), places.astype(np.float32)
    expected = np.array([wind_at(air, place[:3], place[3]) for place in places])
    assert np.abs(found[:, :3] - expected).max() < 1e-3
    assert np.abs(found[:, 3] - [gust_at(air, place[:3], place[3]) for place in places]).max() < 1e-3
    if any(wind):
        assert np.ptp(found[:, :3], axis=0).max() > 0.5


def test_a_gust_bends_what_stands_downwind_later(draw):
    scene = scenes.scene()
    leaf = Material("foliage", base_color=(0.0, 0.0, 0.0, 1.0), emission=(1.0, 1.0, 1.0))
    stalk = scenes.quad((0.0, 0.0, 0.0), 0.5, (0, 0, 1), leaf, "stalks")
    stalk.vertices["shade"][:, 1] = 255
    placed = scenes.instances(2)
    placed["flex_m"] = 0.12
    placed["world_from_part"][:, :, 3] = [(-1.5, 0.0, -4.0), (1.5, 0.0, -4.0)]
    scenes.arrive(scene, replace(stalk, instances=placed))
    across, times = np.arange(48), np.arange(0.0, 40.0, 0.25)
    paths = []
    for _ in times:
        scene.ambience = replace(scene.ambience, wind_m_s=(2.0, 0.0, 0.0), gust=1.0,
                                 drift_m=carried_on(scene.ambience.drift_m, (2.0, 0.0, 0.0), 0.25))
        seen = draw(scene)[0].astype(float).sum(axis=(0, 2))
        paths.append([(half * across).sum() / half.sum() for half in (seen[:48], seen[48:])])
    upwind, downwind = np.array(paths).T
    assert min(np.ptp(upwind), np.ptp(downwind)) > 3.0
    likeness = [np.corrcoef(upwind[:len(times) - lag or None], downwind[lag:])[0, 1] for lag in range(16)]
    assert int(np.argmax(likeness)) == 6  # three metres at two metres a second, in quarters of a second
