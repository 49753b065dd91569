"""The projection layer: what the eyes see of the scene, one view for each eye."""

import ctypes

from showroom.display.openxr_loader import xr
from showroom.display.openxr_space import pose
from showroom.display.openxr_system import System
from showroom.words.view import Fov, View

_SEEN = xr.ViewStateFlags.POSITION_VALID_BIT | xr.ViewStateFlags.ORIENTATION_VALID_BIT


class Projection:
    """Made once a session; in every frame only poses and angles change in it.

    shown : one XrCompositionLayerProjectionView a view, in the order of `locate`.
    """

    def __init__(self, system: System, session: xr.Session, floor: xr.Space):
        self._session, self._view_type, self._floor = session, system.view_type, floor
        self.shown = (xr.CompositionLayerProjectionView * system.views)()
        for layer in range(system.views):
            self.shown[layer] = xr.CompositionLayerProjectionView()
        self._layer = xr.CompositionLayerProjection(space=floor, views=self.shown)

    def fit(self, size: tuple[int, int]) -> None:
        """Shows the lower left `size` px of the images from now on."""
        for shown in self.shown:
            shown.sub_image.image_rect.extent = xr.Extent2Di(*size)

    def locate(self, display_ns: int) -> tuple[View, ...]:
        """The views at one time; empty while the head is not tracked."""
        ask = xr.ViewLocateInfo(self._view_type, display_ns, self._floor)
        state, eyes = xr.locate_views(self._session, ask)
        if state.view_state_flags & _SEEN != _SEEN:
            return ()
        for shown, eye in zip(self.shown, eyes, strict=True):
            shown.pose, shown.fov = eye.pose, eye.fov
        return tuple(View(pose(eye.pose), _fov(eye.fov), layer) for layer, eye in enumerate(eyes))

    def pointer(self):
        """The layer for xrEndFrame, as it was located last."""
        return ctypes.byref(self._layer)


def _fov(value: xr.Fovf) -> Fov:
    return Fov(value.angle_left, value.angle_right, value.angle_up, value.angle_down)
