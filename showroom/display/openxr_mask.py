"""Visibility mask: what the lenses hide of each view, as the runtime knows it.

Source: XR_KHR_visibility_mask in the OpenXR 1.1 specification.
"""

import ctypes
import logging

import numpy as np

from showroom.display.openxr_loader import LOST, xr
from showroom.display.openxr_system import System, result_name
from showroom.words.view import HiddenArea

LOG = logging.getLogger("showroom.display")
EXTENSION = xr.KHR_VISIBILITY_MASK_EXTENSION_NAME
MOST_CORNERS = 1 << 16  # a mask is some dozen triangles: what claims to be more is no mask


class Mask:
    """The hidden area of one session's views; `hidden` is None where everything is seen."""

    def __init__(self, session: xr.Session, system: System):
        self._session, self._view_type, self._views = session, system.view_type, system.views
        self._call = None
        if system.has(EXTENSION):
            address = xr.get_instance_proc_addr(system.instance, "xrGetVisibilityMaskKHR")
            self._call = ctypes.cast(address, xr.PFN_xrGetVisibilityMaskKHR)
        self.hidden: HiddenArea | None = None
        self.read()

    def read(self) -> None:
        """Asks the runtime; again whenever it says that a mask has changed. Unanswered, all is drawn."""
        if self._call is None:
            return
        self.hidden = None
        try:
            meshes = tuple(self._mesh(view) for view in range(self._views))
        except LOST:
            raise
        except xr.XrException as error:
            LOG.warning("OpenXR: asking what the lenses hide: %s; everything is drawn", result_name(error))
            return
        count = sum(len(mesh) for mesh in meshes)
        self.hidden = HiddenArea(meshes) if count else None
        LOG.info("OpenXR: the lenses hide %d triangles of %d views", count, self._views)

    def _mesh(self, view: int) -> np.ndarray:
        """(n, 3, 2) float32 triangles of one view."""
        mask = xr.VisibilityMaskKHR()
        self._ask(view, mask)
        corners, indices = mask.vertex_count_output, mask.index_count_output
        if not (0 < corners <= MOST_CORNERS and 0 < indices <= MOST_CORNERS):
            return np.empty((0, 3, 2), dtype=np.float32)
        places, order = np.zeros((corners, 2), dtype=np.float32), np.zeros(indices, dtype=np.uint32)
        mask.vertex_capacity_input, mask.index_capacity_input = corners, indices
        mask.vertices = ctypes.cast(places.ctypes.data, ctypes.POINTER(xr.Vector2f))
        mask.indices = ctypes.cast(order.ctypes.data, ctypes.POINTER(ctypes.c_uint32))
        self._ask(view, mask)
        return triangles(places[:mask.vertex_count_output], order[:mask.index_count_output])

    def _ask(self, view: int, mask: xr.VisibilityMaskKHR) -> None:
        kind = xr.VisibilityMaskTypeKHR.HIDDEN_TRIANGLE_MESH.value
        result = xr.Result(self._call(self._session, self._view_type.value, view, kind, ctypes.byref(mask)))
        error = xr.exception.check_result(result)
        if error.is_exception():
            raise error


def triangles(places: np.ndarray, order: np.ndarray) -> np.ndarray:
    """(n, 3, 2) float32 corners of the triangles that `order` makes of `places`, but for those out of bounds.

    places : (corners, 2) float32.   order : (indices,) uint32.
    """
    whole = order[:len(order) // 3 * 3].reshape(-1, 3)
    whole = whole[(whole < len(places)).all(axis=1)]
    made = places[whole]
    return np.ascontiguousarray(made[np.isfinite(made).all(axis=(1, 2))])
