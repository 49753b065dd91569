"""moderngl as its documentation shows it: a vertex array and a texture for each thing, its matrix written
to a uniform before it is drawn, once for each eye."""

import _scene
import moderngl
import numpy as np

_VERTEX = """#version 330
uniform mat4 view_projection;
uniform mat4 model;
in vec3 in_position; in vec3 in_normal; in vec2 in_uv;
out vec3 normal; out vec2 uv;
void main() {
    gl_Position = view_projection * model * vec4(in_position, 1.0);
    normal = mat3(model) * in_normal;
    uv = in_uv;
}"""
_FRAGMENT = """#version 330
uniform sampler2D map;
uniform vec3 sun;
in vec3 normal; in vec2 uv;
out vec4 color;
void main() {
    vec3 linear = pow(texture(map, uv).rgb, vec3(2.2)) * (0.3 + 0.8 * max(dot(normalize(normal), sun), 0.0));
    color = vec4(pow(linear, vec3(1.0 / 2.2)), 1.0);
}"""


class Contender:
    """size: (width, height) px of one eye."""

    def __init__(self, size: tuple[int, int]):
        self._ctx = ctx = moderngl.create_context(standalone=True, backend="egl", libgl="libGL.so.1",
                                                  libegl="libEGL.so.1")
        ctx.enable(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        self._program = ctx.program(vertex_shader=_VERTEX, fragment_shader=_FRAGMENT)
        self._program["sun"].write(_scene.SUN.astype(np.float32).tobytes())
        self._model, self._view = self._program["model"], self._program["view_projection"]
        edges = (_scene.TEXELS, _scene.TEXELS)
        self._textures = [ctx.texture(edges, 4, pixels.tobytes()) for pixels in _scene.textures()]
        for texture in self._textures:
            texture.build_mipmaps()
        positions, normals, uv, indices = _scene.cube()
        vertices = np.concatenate([positions, normals, uv], axis=1).astype(np.float32).tobytes()
        layout = "3f 3f 2f", "in_position", "in_normal", "in_uv"
        self._arrays = [ctx.vertex_array(self._program, [(ctx.buffer(vertices), *layout)],
                                         index_buffer=ctx.buffer(indices.tobytes())) for _ in range(_scene.COUNT)]
        self._eyes = []
        for side in (-0.5, 0.5):
            colour, depth = ctx.renderbuffer(size, samples=4), ctx.depth_renderbuffer(size, samples=4)
            matrix = _view_projection(side * _scene.EYE_DISTANCE_M, size[0] / size[1])
            self._eyes.append((ctx.framebuffer([colour], depth), matrix.T.astype(np.float32).tobytes(),
                               ctx.simple_framebuffer(size, 4)))

    def frame(self, time_s: float) -> None:
        """Moves every cube, draws both eyes."""
        matrices = [matrix.T.tobytes() for matrix in _scene.matrices(time_s)]
        for framebuffer, view_projection, resolved in self._eyes:
            framebuffer.use()
            framebuffer.clear(*(value ** (1 / 2.2) for value in _scene.BACKGROUND))
            self._view.write(view_projection)
            for number, (array, matrix) in enumerate(zip(self._arrays, matrices)):
                self._textures[number % _scene.TEXTURES].use()
                self._model.write(matrix)
                array.render()
            self._ctx.copy_framebuffer(resolved, framebuffer)

    def finish(self) -> None:
        """Waits until all is drawn."""
        self._ctx.finish()

    def picture(self) -> np.ndarray:
        """(h, 2 w, 3) uint8: both eyes of the last frame."""
        pictures = []
        for _, _, resolved in self._eyes:
            width, height = resolved.size
            pixels = np.frombuffer(resolved.read(components=3), np.uint8)
            pictures.append(pixels.reshape(height, width, 3)[::-1])
        return np.concatenate(pictures, axis=1)


def _view_projection(aside_m: float, aspect: float) -> np.ndarray:
    near, far, focal = 0.05, 100.0, 1.0 / np.tan(_scene.FOV_RAD / 2)
    projection = np.zeros((4, 4))
    projection[0, 0], projection[1, 1], projection[3, 2] = focal / aspect, focal, -1.0
    projection[2, 2:] = -(far + near) / (far - near), -2 * far * near / (far - near)
    view = np.eye(4)
    view[:3, 3] = -np.add(_scene.EYE_M, (aside_m, 0.0, 0.0))
    return projection @ view
