"""A bright square at one world point, drawn into every layer in one pass, and found again in pixels."""

import ctypes

import numpy as np

from showroom import gl
from showroom.words.view import Eyes, View, clip_from_view, view_from_world

_VERTEX = """#version 450 core
#extension GL_ARB_shader_viewport_layer_array : require
layout(location = 0) uniform mat4 clip_from_world[2];
layout(location = 4) uniform vec3 point;
layout(location = 5) uniform float half_size;
void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
    gl_Layer = gl_InstanceID;
    gl_Position = clip_from_world[gl_InstanceID] * vec4(point + vec3(corner * half_size, 0.0), 1.0);
}
"""
_FRAGMENT = """#version 450 core
out vec4 colour;
void main() { colour = vec4(1.0); }
"""


class Dot:
    """Faces +Z, so look at it along −Z."""

    def __init__(self, point: tuple[float, float, float], half_size_m: float):
        self.point, self.half_size_m = point, half_size_m
        GL = gl.GL
        self._program = GL.glCreateProgram()
        for kind, source in ((GL.GL_VERTEX_SHADER, _VERTEX), (GL.GL_FRAGMENT_SHADER, _FRAGMENT)):
            shader = GL.glCreateShader(kind)
            GL.glShaderSource(shader, source)
            GL.glCompileShader(shader)
            assert GL.glGetShaderiv(shader, GL.GL_COMPILE_STATUS), GL.glGetShaderInfoLog(shader)
            GL.glAttachShader(self._program, shader)
        GL.glLinkProgram(self._program)
        assert GL.glGetProgramiv(self._program, GL.GL_LINK_STATUS), GL.glGetProgramInfoLog(self._program)
        self._vertices = GL.glGenVertexArrays(1)

    def draw(self, eyes: Eyes) -> None:
        GL = gl.GL
        matrices = np.stack([clip_from_world(view).T for view in eyes.views])
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, eyes.target.framebuffer)
        GL.glViewport(0, 0, *eyes.target.size)
        GL.glClearColor(0, 0, 0, 1)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        GL.glUseProgram(self._program)
        GL.glUniformMatrix4fv(0, len(matrices), False, np.ascontiguousarray(matrices))
        GL.glUniform3f(4, *self.point)
        GL.glUniform1f(5, self.half_size_m)
        GL.glBindVertexArray(self._vertices)
        GL.glDrawArraysInstanced(GL.GL_TRIANGLE_STRIP, 0, 4, len(eyes.views))

    def expected_px(self, view: View, size: tuple[int, int]) -> list[float]:
        """Where the point must appear: x from the left, y from the bottom, in pixels."""
        clip = clip_from_world(view) @ [*self.point, 1.0]
        return [float((clip[axis] / clip[3] + 1) / 2 * size[axis]) for axis in (0, 1)]


def clip_from_world(view: View) -> np.ndarray:
    return clip_from_view(view.fov, view.near_m, view.far_m) @ view_from_world(view.pose)


def layers(eyes: Eyes) -> np.ndarray:
    """(layers, height, width, 4) uint8 of what is drawn of the target, as it is now, row 0 at the bottom."""
    GL = gl.GL
    texture = ctypes.c_int()
    GL.glGetNamedFramebufferAttachmentParameteriv(eyes.target.framebuffer, GL.GL_COLOR_ATTACHMENT0,
                                                  GL.GL_FRAMEBUFFER_ATTACHMENT_OBJECT_NAME, texture)
    width, height = eyes.target.whole
    pixels = np.empty((eyes.target.layers, height, width, 4), dtype=np.uint8)
    GL.glGetTextureImage(texture.value, 0, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, pixels.nbytes,
                         GL.GLvoidp(gl.pointer(pixels)))
    return pixels[:, :eyes.target.size[1], :eyes.target.size[0]]


def centre_px(picture: np.ndarray) -> list[float]:
    """Centre of what is bright in one layer: x from the left, y from the bottom, in pixels."""
    rows, columns = np.nonzero(picture[..., 0] > 127)
    assert len(rows), "nothing bright in this layer"
    return [float(columns.mean() + 0.5), float(rows.mean() + 0.5)]
