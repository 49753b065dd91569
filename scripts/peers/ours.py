"""The showroom's own renderer: every cube a part of its own, moved by one write for all of them."""

import _scene
import numpy as np

from showroom import gl
from showroom.display.offscreen import OffscreenDisplay
from showroom.render.renderer import Renderer
from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Material
from showroom.words.image import COLOR, Image, level_size
from showroom.words.scene import Arrival, Daylight, Scene
from showroom.words.view import Pose
from showroom.words.vocabulary import SURFACES


class Contender:
    """size: (width, height) px of one eye."""

    def __init__(self, size: tuple[int, int]):
        self._display, self._renderer = OffscreenDisplay(size, views=2), Renderer(coming_s=0.0)
        self._display.pose, self._display.vertical_fov_rad = Pose(_scene.EYE_M), _scene.FOV_RAD
        light = Daylight(tuple(map(float, _scene.SUN)), sun=(0.8, 0.8, 0.8), zenith=(0.3, 0.3, 0.3),
                         horizon=(0.3, 0.3, 0.3), ground=(0.3, 0.3, 0.3))
        self._scene = Scene(daylight=light)
        self._scene.presence[0] = 1.0
        self._instances = np.zeros(_scene.COUNT, INSTANCE)
        self._instances["tint"] = 128
        self._arrive()
        parts = self._renderer.uploader.parts.values()
        firsts = [part.first_instance for part in parts]
        assert firsts == list(range(firsts[0], firsts[0] + _scene.COUNT)), "one write reaches all instances"
        self._first, self._eyes = firsts[0], self._display.eyes()

    def _arrive(self) -> None:
        names = [name for name in SURFACES if name not in ("sky", "sprites")]
        arrivals = self._scene.arrivals
        for number in range(_scene.COUNT):
            material = Material(surface=names[number % len(names)], roughness=0.9)
            part = Geometry(f"cube {number}", material, _vertices(), _scene.cube()[3],
                            self._instances[number:number + 1], casts_shadow=False)
            arrivals.append(Arrival(0, part))
        edges = (_scene.TEXELS, _scene.TEXELS)
        for name, texture in zip(names, _scene.textures()):
            for level in range(_scene.TEXELS.bit_length()):
                size = level_size(edges, level)
                pixels = np.ascontiguousarray(texture[::1 << level, ::1 << level][:size[1], :size[0]])
                arrivals.append(Arrival(0, Image(name, COLOR, edges, level, 0, pixels)))
        while arrivals:
            self._renderer.upload(self._scene, 1 << 30)

    def frame(self, time_s: float) -> None:
        """Moves every cube, draws both eyes."""
        self._scene.time_s = time_s
        self._instances["world_from_part"] = _scene.matrices(time_s)[:, :3]
        buffer, at = self._renderer.uploader.geometry.instance_buffer, self._first * INSTANCE.itemsize
        gl.fn.glNamedBufferSubData(buffer, at, self._instances.nbytes, gl.pointer(self._instances))
        self._renderer.upload(self._scene, 2 << 20)
        self._renderer.draw(self._scene, self._eyes)

    def finish(self) -> None:
        """Waits until all is drawn."""
        gl.fn.glFinish()

    def picture(self) -> np.ndarray:
        """(h, 2 w, 3) uint8: both eyes of the last frame."""
        return np.concatenate(list(self._display.read()), axis=1)


def _vertices() -> np.ndarray:
    positions, normals, uv, _ = _scene.cube()
    made = np.zeros(len(positions), VERTEX)
    made["position"], made["uv"] = positions, uv
    made["normal"][:, :3] = np.round(normals * 127)
    made["tangent"][:, :3] = np.round(np.roll(normals, 1, axis=1) * 127)
    made["tangent"][:, 3] = 127
    made["shade"] = (255, 0, 0, 255)
    return made
