"""pygfx as its documentation shows it: a Mesh with a material and a texture for each thing, its place and
turn set before a frame, the scene rendered once for each eye."""

import _scene
import numpy as np
import pygfx as gfx
import wgpu


class Contender:
    """size: (width, height) px of one eye."""

    def __init__(self, size: tuple[int, int]):
        width, height = size
        target = gfx.Texture(dim=2, size=(2 * width, height, 1), format="rgba8unorm",
                             usage=wgpu.TextureUsage.RENDER_ATTACHMENT | wgpu.TextureUsage.COPY_SRC)
        self._renderer = gfx.WgpuRenderer(target, pixel_ratio=1)
        self._scene = gfx.Scene()
        background = gfx.Color([value ** (1 / 2.2) for value in _scene.BACKGROUND])
        self._scene.add(gfx.Background.from_color(background))
        sun = gfx.DirectionalLight(intensity=2.5)
        sun.local.position = 10.0 * _scene.SUN
        self._scene.add(gfx.AmbientLight(intensity=0.9), sun)
        positions, normals, uv, indices = _scene.cube()
        maps = [gfx.Texture(pixels, dim=2, generate_mipmaps=True) for pixels in _scene.textures()]
        self._meshes = []
        for number in range(_scene.COUNT):
            geometry = gfx.Geometry(positions=positions, normals=normals, texcoords=uv,
                                    indices=indices.reshape(-1, 3))
            self._meshes.append(gfx.Mesh(geometry, gfx.MeshPhongMaterial(map=maps[number % _scene.TEXTURES])))
        self._scene.add(*self._meshes)
        self._eyes = []
        for side in (0, 1):
            fov_deg = np.degrees(_scene.FOV_RAD)
            camera = gfx.PerspectiveCamera(fov_deg, width / height, depth_range=(0.05, 100.0))
            camera.local.position = np.add(_scene.EYE_M, ((side - 0.5) * _scene.EYE_DISTANCE_M, 0.0, 0.0))
            self._eyes.append((camera, (side * width, 0, width, height)))

    def frame(self, time_s: float) -> None:
        """Moves every cube, draws both eyes."""
        halves = _scene.turns(time_s) / 2
        nothing = np.zeros_like(halves)
        quaternions = np.stack([nothing, np.sin(halves), nothing, np.cos(halves)], axis=1)
        for mesh, place, quaternion in zip(self._meshes, _scene.places(time_s), quaternions):
            mesh.local.position = place
            mesh.local.rotation = quaternion
        for camera, rect in self._eyes:
            self._renderer.render(self._scene, camera, rect=rect, flush=False)
        self._renderer.flush()

    def finish(self) -> None:
        """Waits until all is drawn, by reading it."""
        self._renderer.snapshot()

    def picture(self) -> np.ndarray:
        """(h, 2 w, 3) uint8: both eyes of the last frame."""
        return self._renderer.snapshot()[..., :3]
