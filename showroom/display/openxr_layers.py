"""Signs as layers of their own: the runtime samples their pictures once, at the headset's own sharpness.

Each hangs in the room on a swapchain that is written only when its picture changes; cards and captions are
bent round the visitor where the runtime offers cylinders. Later layers cover earlier ones, and all of them
the scene.
Source: OpenXR 1.1 specification, XrCompositionLayerQuad and XrCompositionLayerCylinderKHR.
"""

import ctypes
import logging
import math

import numpy as np

from showroom import gl
from showroom.display.openxr_loader import xr
from showroom.display.openxr_projection import Projection
from showroom.display.openxr_space import posef
from showroom.display.openxr_swapchain import COLOUR, SRGB8_ALPHA8, Swapchain
from showroom.display.openxr_system import System
from showroom.words.pose import composed
from showroom.words.sign import CAPTION, CARD, SIZES_M, Panel, Sign, far_to_near
from showroom.words.view import Pose

LOG = logging.getLogger("showroom.display")
CYLINDER = xr.KHR_COMPOSITION_LAYER_CYLINDER_EXTENSION_NAME
COLOR_SCALE = xr.KHR_COMPOSITION_LAYER_COLOR_SCALE_BIAS_EXTENSION_NAME
BENT = (CAPTION, CARD)
RADIUS_M = 2.0           # what is bent is as far from the visitor all along
MOST_PLATES = 15         # with the scene that makes the 16 layers every runtime takes
WRITE_BYTES = 4 << 20    # at most in one frame, if more than one picture has changed
READ_FROM_M = 2.0
_MOST_HALVINGS = 3       # every panel's edges can be halved so often
_FLAGS = (xr.CompositionLayerFlags.BLEND_TEXTURE_SOURCE_ALPHA_BIT
          | xr.CompositionLayerFlags.UNPREMULTIPLIED_ALPHA_BIT)
_USAGE = COLOUR | xr.SwapchainUsageFlags.TRANSFER_DST_BIT


class Hung:
    """The signs of one session.

    projection : tells how fine the headset's picture is, and where the eyes are.
    """

    def __init__(self, session: xr.Session, system: System, floor: xr.Space, projection: Projection):
        self._session, self._system, self._floor, self._projection = session, system, floor, projection
        self._bends, self._fades = system.has(CYLINDER), system.has(COLOR_SCALE)
        self._most = min(MOST_PLATES, _layers_taken(system) - 1)
        self._plates: list[_Plate] = []
        self._shown: list[_Plate] = []
        self.written = 0  # pictures, since the session began

    def hang(self, signs: tuple[tuple[Panel, Sign], ...]) -> None:
        """Shows these from this frame on, where they hang on the floor's space.

        A picture that cannot be brought over in this frame comes in one of the next, and none does
        before the views were located, for nobody looks yet.
        """
        self._shown, left_bytes = [], WRITE_BYTES
        if not self._theirs_px_a_rad:
            return
        taken = [plate for panel, _ in signs if (plate := self._holding(panel))]
        eye = self._projection.shown[0].pose.position
        for panel, sign in far_to_near(signs, (eye.x, eye.y, eye.z))[-self._most:]:
            plate = self._holding(panel)
            if plate is None:
                if left_bytes < WRITE_BYTES and panel.pixels.nbytes > left_bytes:
                    continue
                left_bytes -= panel.pixels.nbytes
                plate = self._written(panel, taken)
                if plate is None:
                    continue
                taken.append(plate)
            if plate.place(sign, self._fades):
                self._shown.append(plate)

    def pointers(self) -> list:
        """The layers for xrEndFrame, the farthest first."""
        return [ctypes.byref(plate.layer) for plate in self._shown]

    def close(self) -> None:
        """Destroys the swapchains, also those of a lost session."""
        for plate in self._plates:
            plate.swapchain.close()
        self._plates, self._shown = [], []

    def _holding(self, panel: Panel) -> "_Plate | None":
        return next((plate for plate in self._plates if plate.panel is panel), None)

    def _written(self, panel: Panel, taken: list["_Plate"]) -> "_Plate | None":
        """A plate with this picture on it; None while the runtime still reads from that plate."""
        halvings = self._halvings(panel)
        size = (panel.pixels.shape[1] >> halvings, panel.pixels.shape[0] >> halvings)
        alike = [plate for plate in self._plates if plate.kind == panel.writing.kind and plate.size == size]
        free = [plate for plate in alike if not any(plate is other for other in taken)]
        if len(self._plates) >= MOST_PLATES and not free:
            self._give_up_one(taken)
        # one that is not shown keeps its picture, which may come again, while there is room for another
        crowded = len(alike) > 3 or len(self._plates) >= MOST_PLATES
        plate = free[0] if free and crowded else self._another(panel, size)
        if not plate.write(panel, halvings):
            return None
        self._plates.remove(plate)
        self._plates.append(plate)  # written last, taken for another last
        self.written += 1
        return plate

    def _another(self, panel: Panel, size: tuple[int, int]) -> "_Plate":
        bent = self._bends and panel.writing.kind in BENT
        plate = _Plate(Swapchain(self._session, self._system, SRGB8_ALPHA8, _USAGE, size, 1), size,
                       panel.writing.kind, self._floor, bent)
        self._plates.append(plate)
        return plate

    def _give_up_one(self, taken: list["_Plate"]) -> None:
        for plate in self._plates:
            if not any(plate is other for other in taken):
                plate.swapchain.close()
                self._plates.remove(plate)
                return

    @property
    def _theirs_px_a_rad(self) -> float:
        """How fine the headset's picture is in its middle; 0 before its views were located."""
        fov = self._projection.shown[0].fov
        wide = math.tan(fov.angle_right) - math.tan(fov.angle_left)
        return self._system.size[0] / wide if wide > 0 else 0.0

    def _halvings(self, panel: Panel) -> int:
        """How often to halve a picture, so that at two metres it has 1.2 to 2.4 pixels for each of the eye's."""
        ours = panel.pixels.shape[1] / SIZES_M[panel.writing.kind][0] * READ_FROM_M
        return max(0, min(_MOST_HALVINGS, math.floor(math.log2(ours / self._theirs_px_a_rad / 1.2))))


class _Plate:
    """A swapchain and the layer that shows it.   panel: what is on it, None before the first."""

    def __init__(self, swapchain: Swapchain, size: tuple[int, int], kind: str, floor: xr.Space, bent: bool):
        self.swapchain, self.size, self.kind, self._bent = swapchain, size, kind, bent
        self.panel: Panel | None = None
        width_m, height_m = SIZES_M[kind]
        shows = {"layer_flags": _FLAGS, "space": floor, "sub_image": swapchain.sub_image(0)}
        if bent:
            self.layer = xr.CompositionLayerCylinderKHR(radius=RADIUS_M, central_angle=width_m / RADIUS_M,
                                                        aspect_ratio=width_m / height_m, **shows)
        else:
            self.layer = xr.CompositionLayerQuad(size=xr.Extent2Df(width_m, height_m), **shows)
        self._scale = xr.CompositionLayerColorScaleBiasKHR(xr.Color4f(1, 1, 1, 1), xr.Color4f(0, 0, 0, 0))

    def place(self, sign: Sign, fades: bool) -> bool:
        """Where it hangs and how clear; False if it cannot be seen (where nothing fades, below one half)."""
        # a cylinder is placed by its axis, which stands before what is bent round it
        pose = composed(sign.pose, Pose((0.0, 0.0, RADIUS_M))) if self._bent else sign.pose
        self.layer.pose = posef(pose)
        if not fades:
            return sign.opacity >= 0.5
        self._scale.color_scale.a = sign.opacity
        whole = sign.opacity >= 1.0
        self.layer.next = None if whole else ctypes.cast(ctypes.pointer(self._scale), ctypes.c_void_p)
        return sign.opacity > 0.0

    def write(self, panel: Panel, halvings: int) -> bool:
        """Brings a picture over, halved so often; False while the runtime keeps the image."""
        index = self.swapchain.acquire()
        if index is None:
            return False
        try:
            _copy(panel.pixels, self.swapchain.textures[index], halvings)
        finally:
            self.swapchain.release()
        self.panel = panel
        return True


def _copy(pixels: np.ndarray, texture: int, halvings: int) -> None:
    """Brings a level of a picture into a runtime's texture."""
    gl_, name = gl.GL, np.zeros(1, np.uint32)
    height, width = pixels.shape[:2]
    lowest_first = np.ascontiguousarray(pixels[::-1])  # a scribe's panels lie so in memory
    gl_.glCreateTextures(gl_.GL_TEXTURE_2D, 1, name)
    scratch = int(name[0])
    gl_.glTextureStorage2D(scratch, halvings + 1, gl_.GL_SRGB8_ALPHA8, width, height)
    gl_.glTextureSubImage2D(scratch, 0, 0, 0, width, height, gl_.GL_RGBA, gl_.GL_UNSIGNED_BYTE,
                            gl_.GLvoidp(gl.pointer(lowest_first)))
    if halvings:
        gl.fn.glGenerateTextureMipmap(scratch)
    gl_.glCopyImageSubData(scratch, gl_.GL_TEXTURE_2D, halvings, 0, 0, 0, texture, gl_.GL_TEXTURE_2D,
                           0, 0, 0, 0, width >> halvings, height >> halvings, 1)
    gl_.glDeleteTextures(1, name)


def _layers_taken(system: System) -> int:
    """How many layers the runtime takes in one frame; 16 at least, says the specification."""
    told = xr.get_system_properties(system.instance, system.system_id)
    return int(told.graphics_properties.max_layer_count)
