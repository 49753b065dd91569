"""Depth beside colour: with it a runtime can move a late picture by where things stand, not only turn it.

Source: XR_KHR_composition_layer_depth in the OpenXR 1.1 specification.
"""

import ctypes
import logging

from showroom.display.openxr_loader import LOST, xr
from showroom.display.openxr_projection import Projection
from showroom.display.openxr_swapchain import DEPTH, Swapchain
from showroom.display.openxr_system import System, result_name
from showroom.words.view import View

LOG = logging.getLogger("showroom.display")
EXTENSION = xr.KHR_COMPOSITION_LAYER_DEPTH_EXTENSION_NAME
# OpenGL's numbers, the finest first: GL_DEPTH_COMPONENT32F, 24 and 16, then those with stencil beside
_FORMATS = (0x8CAC, 0x81A6, 0x81A5, 0x8CAD, 0x88F0)


class Depth:
    """A swapchain of depth images, and for each view how to read them."""

    def __init__(self, session: xr.Session, system: System, format: int):
        self.swapchain = Swapchain(session, system, format, DEPTH)
        # depth in the image runs from 0 at a view's near_m to 1 at its far_m, as every View is drawn
        self._infos = (xr.CompositionLayerDepthInfoKHR * system.views)()
        for layer in range(system.views):
            self._infos[layer] = xr.CompositionLayerDepthInfoKHR(
                self.swapchain.sub_image(layer), min_depth=0.0, max_depth=1.0,
                near_z=View.near_m, far_z=View.far_m)

    @staticmethod
    def of(session: xr.Session, system: System, offered: list[int]) -> "Depth | None":
        """Depth images where the runtime takes them, in the finest of the `offered` formats; else None."""
        if not system.has(EXTENSION):
            return None
        format = next((number for number in _FORMATS if number in offered), None)
        if format is None:
            LOG.info("OpenXR: %s takes depth, but offers no format for it; it goes without", system.runtime)
            return None
        try:
            return Depth(session, system, format)
        except LOST:
            raise
        except xr.XrException as error:
            LOG.warning("OpenXR: asking %s for depth images: %s; it goes without", system.runtime,
                        result_name(error))
            return None

    def attach(self, projection: Projection) -> None:
        """Hangs each view's struct onto the projection layer's, for all frames to come."""
        for shown, info in zip(projection.shown, self._infos, strict=True):
            shown.next = ctypes.cast(ctypes.pointer(info), ctypes.c_void_p)

    def fit(self, size: tuple[int, int]) -> None:
        """Shows the lower left `size` px of the images from now on."""
        for info in self._infos:
            info.sub_image.image_rect.extent = xr.Extent2Di(*size)
