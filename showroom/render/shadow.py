"""The sun's shadow, and the floor as falling things find it: depth maps drawn only when something changed.

There are two shadow maps. While nothing changes the newer one is read alone; when parts come or go,
or the sun has moved, the older is drawn anew and becomes the newer, and one fades into the other, so
that no shadow ever jumps.
"""

import numpy as np

from showroom import gl
from showroom.render.picture import framebuffer, new_texture
from showroom.words.scene import Scene

RADIUS_M, DEPTH_M = 14.0, 60.0
CENTER = np.array([0.0, 1.0, -4.0])
FADE_S = 0.5
SUN_MOVED_RAD = 0.001
LAYERS_MOVED = 0.05
FLOOR_TEXELS, FLOOR_RADIUS_M = 512, 8.0
FLOOR_TOP_M, FLOOR_DEPTH_M = 1.9, 3.0  # above the ground; what hangs higher catches nothing
_FAR = np.array([1.0], dtype=np.float32)


class SunShadow:
    """Two maps as the sun sees the place, read with comparison; `texels` is their edge."""

    def __init__(self, texels: int):
        self.texels = texels
        self.texture = _depth_texture(texels, 2, compared=True)
        self.framebuffers = [_one_layer(self.texture, layer) for layer in (0, 1)]
        self.newer, self.share = 0, 1.0
        self._sun = self._layers = None
        self._matrices = np.zeros((2, 4, 4), dtype=np.float32)
        self._stale = True
        self._time_s, self._began_s = -1.0, 0.0

    def forget(self) -> None:
        """What was drawn counts no more: it is drawn again with the next frame."""
        self._stale, self._sun = True, None

    def aim(self, scene: Scene, changed: bool) -> bool:
        """Moves the maps on to a scene's time. changed: parts came or went.

        Returns whether the newer map has to be drawn now. A map is read by the sun it was drawn by.
        """
        sun = np.asarray(scene.daylight.sun_direction)
        layers = np.array([mood.layers for mood in scene.moods])
        turned = np.inf if self._sun is None else np.linalg.norm(sun - self._sun)
        grown = 0.0 if self._layers is None else np.abs(layers - self._layers).max()
        passed_s, self._time_s = scene.time_s - self._time_s, scene.time_s
        self._stale |= changed or turned > SUN_MOVED_RAD or grown > LAYERS_MOVED
        # where time stands or leaps there is nobody to hide the change from
        at_once = self._sun is None or not 0.0 < passed_s < FADE_S
        self.share = 1.0 if at_once else min(1.0, max(0.0, (scene.time_s - self._began_s) / FADE_S))
        if not self._stale or self.share < 1.0:
            return False
        self.newer, self.share = 1 - self.newer, float(at_once)
        self._sun, self._layers, self._stale = sun, layers, False
        self._began_s = scene.time_s - FADE_S * at_once
        self._matrices[self.newer] = shadow_from_world(sun, self.texels).T
        return True

    def fill(self, block: np.ndarray) -> None:
        """Writes what shaders need to read the maps into a FRAME block."""
        block["shadow_from_world"] = self._matrices
        block["shadow"][:3] = (self.newer, self.share, 1.0 / self.texels)

    def target(self) -> int:
        """Framebuffer of the newer map, bound and cleared."""
        return _begin(self.framebuffers[self.newer], self.texels)

    def close(self) -> None:
        """Deletes the maps."""
        _close(self.texture, self.framebuffers)


class FloorMap:
    """What lies under falling things, seen from above: ground, steps, a bench, the top of a plinth."""

    def __init__(self):
        self.texture = _depth_texture(FLOOR_TEXELS, 1, compared=False)
        self.framebuffer = _one_layer(self.texture, 0)
        self._ground_m, self._matrix = 0.0, floor_from_world(0.0).T

    def fill(self, block: np.ndarray, ground_m: float) -> None:
        """Writes the map's matrix into a FRAME block, and the height of its nearest depth."""
        if ground_m != self._ground_m:
            self._ground_m, self._matrix = ground_m, floor_from_world(ground_m).T
        block["floor_from_world"] = self._matrix
        block["shadow"][3] = ground_m + FLOOR_TOP_M

    def target(self) -> int:
        """The map's framebuffer, bound and cleared."""
        return _begin(self.framebuffer, FLOOR_TEXELS)

    def close(self) -> None:
        """Deletes the map."""
        _close(self.texture, [self.framebuffer])


def shadow_from_world(sun_direction, texels: int) -> np.ndarray:
    """(4, 4) float32 orthographic matrix of the sun's shadow map, snapped to whole texels.

    The map lies still in the world, whatever the eye does. Snapping also keeps the edges of shadows
    still while the sun moves (Valient 2007, "Stable Rendering of Cascaded Shadow Maps").
    """
    forward = -np.asarray(sun_direction, dtype=np.float64)
    forward /= np.linalg.norm(forward)
    aside = np.array([0.0, 0.0, 1.0]) if abs(forward[1]) > 0.95 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, aside)
    right /= np.linalg.norm(right)
    rotation = np.stack([right, np.cross(right, forward), -forward])
    center = rotation @ CENTER
    step = 2 * RADIUS_M / texels
    center[:2] = np.round(center[:2] / step) * step
    return _orthographic(rotation, center, RADIUS_M, DEPTH_M)


def floor_from_world(ground_m: float) -> np.ndarray:
    """(4, 4) float32 orthographic matrix that looks straight down, from FLOOR_TOP_M above the ground."""
    rotation = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
    center = rotation @ np.array([0.0, ground_m + FLOOR_TOP_M - FLOOR_DEPTH_M / 2, -2.0])
    return _orthographic(rotation, center, FLOOR_RADIUS_M, FLOOR_DEPTH_M)


def _orthographic(rotation: np.ndarray, center: np.ndarray, radius_m: float, depth_m: float) -> np.ndarray:
    """Looks along the third row's negative; center in turned coordinates."""
    matrix = np.eye(4)
    scale = np.array([1 / radius_m, 1 / radius_m, -2 / depth_m])
    matrix[:3, :3] = rotation * scale[:, None]
    matrix[:3, 3] = -center * scale
    return matrix.astype(np.float32)


def _depth_texture(texels: int, layers: int, compared: bool) -> int:
    gl_ = gl.GL
    texture = new_texture(gl_.GL_TEXTURE_2D_ARRAY)
    gl_.glTextureStorage3D(texture, 1, gl_.GL_DEPTH_COMPONENT32F, texels, texels, layers)
    filter_ = gl_.GL_LINEAR if compared else gl_.GL_NEAREST
    parameters = [(gl_.GL_TEXTURE_MIN_FILTER, filter_), (gl_.GL_TEXTURE_MAG_FILTER, filter_),
                  (gl_.GL_TEXTURE_WRAP_S, gl_.GL_CLAMP_TO_EDGE),
                  (gl_.GL_TEXTURE_WRAP_T, gl_.GL_CLAMP_TO_EDGE)]
    if compared:
        parameters += [(gl_.GL_TEXTURE_COMPARE_MODE, gl_.GL_COMPARE_REF_TO_TEXTURE),
                       (gl_.GL_TEXTURE_COMPARE_FUNC, gl_.GL_LEQUAL)]
    for name, value in parameters:
        gl_.glTextureParameteri(texture, name, value)
    return texture


def _one_layer(texture: int, layer: int) -> int:
    return framebuffer({gl.GL.GL_DEPTH_ATTACHMENT: texture}, layer)


def _begin(framebuffer_: int, texels: int) -> int:
    fn, GL = gl.fn, gl.GL
    fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer_)
    fn.glViewport(0, 0, texels, texels)
    fn.glDisable(GL.GL_CULL_FACE)
    fn.glDisable(GL.GL_BLEND)
    fn.glDepthMask(1)
    fn.glClearNamedFramebufferfv(framebuffer_, GL.GL_DEPTH, 0, gl.pointer(_FAR))
    return framebuffer_


def _close(texture: int, framebuffers: list[int]) -> None:
    gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, 0)
    gl.GL.glDeleteFramebuffers(len(framebuffers), gl.names(*framebuffers))
    gl.GL.glDeleteTextures(1, gl.names(texture))
