"""The page's pictures as the showroom draws them: the model goes through the same reader as a merchant's."""

from dataclasses import replace
from pathlib import Path

import _studio
import numpy as np

from showroom.display.offscreen import OffscreenDisplay
from showroom.imagine.gltf.reader import read_model
from showroom.imagine.skylight import sky_levels
from showroom.render.renderer import Renderer
from showroom.words.image import SKY, Image
from showroom.words.scene import Arrival, Clear, Daylight, Scene
from showroom.words.view import Pose, yaw_pitch

_ALL = 1 << 30
_SETTLE_S = 10.0
_STUDIO, _MODEL = 0, 1


class Camera:
    """The studio, and one model after another in it. Values are shown as they are, without the showroom's tone."""

    def __init__(self, floor: Path):
        self._display = OffscreenDisplay(_studio.SIZE, 1)
        self._display.pose = Pose(_studio.EYE_M, yaw_pitch(0.0, _studio.PITCH_RAD))
        self._display.vertical_fov_rad = _studio.FOV_RAD
        self._renderer = Renderer(tone="linear", coming_s=0.0)
        toward = np.array(_studio.SUN_DIRECTION) / np.linalg.norm(_studio.SUN_DIRECTION)
        self._scene = Scene(daylight=Daylight(sun_direction=tuple(toward.tolist()), sun=_studio.SUN))
        self._scene.presence[:2] = 1.0
        self._arrive(_STUDIO, _sky())
        self._arrive(_STUDIO, _read(floor, -0.01))

    def picture(self, model: Path, time_s: float) -> np.ndarray:
        """(h, w, 3) sRGB of a model at a time."""
        self._scene.arrivals.append(Clear(_MODEL))
        self._arrive(_MODEL, _read(model, 0.0))
        self._scene.time_s = time_s - _SETTLE_S
        while self._scene.arrivals:
            self._renderer.upload(self._scene, _ALL)
        self._scene.time_s = time_s  # by now the finest levels have slid in
        self._renderer.upload(self._scene, _ALL)
        self._renderer.draw(self._scene, self._display.eyes())
        return self._display.read()[0]

    def _arrive(self, slot: int, values) -> None:
        self._scene.arrivals.extend(Arrival(slot, value) for value in values)

    def close(self) -> None:
        """Gives the context back."""
        self._renderer.close()
        self._display.close()


def _sky() -> list[Image]:
    panorama = np.concatenate([_studio.sky(), np.ones((_studio.HEIGHT, 2 * _studio.HEIGHT, 1), np.float32)], axis=-1)
    size = (2 * _studio.HEIGHT, _studio.HEIGHT)
    return [Image("sky", SKY, size, level, 0, np.ascontiguousarray(pixels))
            for level, pixels in sorted(sky_levels(panorama.astype(np.float16)).items(), reverse=True)]


def _read(path: Path, up_m: float) -> list:
    model = read_model(path)
    for note in model.notes:
        print(f"{path.name}: {note}")
    parts = []
    for part in model.parts:
        instances = part.instances.copy()
        instances["world_from_part"][:, 1, 3] += up_m
        parts.append(replace(part, instances=instances))
    return [*model.images, *parts]
