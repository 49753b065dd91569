"""What a session's pictures are drawn into: colour, and beside it depth where the runtime takes that.

One layered framebuffer for each pair of images, made once. How much of the images a picture fills may
change with every frame: that moves a viewport and a rectangle, and makes nothing anew.
"""

import itertools
import logging

import numpy as np

from showroom import gl
from showroom.display.openxr_depth import Depth
from showroom.display.openxr_loader import xr
from showroom.display.openxr_projection import Projection
from showroom.display.openxr_swapchain import Swapchain, check_formats, formats
from showroom.display.openxr_system import System
from showroom.display.targets import layered_target
from showroom.errors import GraphicsError
from showroom.words.view import Target

LOG = logging.getLogger("showroom.display")


class Canvas:
    """The swapchains of one session and their framebuffers.

    acquire(size) → target to draw into; release() hands the images over; both once a frame.
    """

    def __init__(self, session: xr.Session, system: System):
        offered = formats(session)
        check_formats(offered, system)
        self._system = system
        self.colour = Swapchain(session, system)
        self.depth = Depth.of(session, system, offered)
        self._targets: dict[tuple[int, int | None], Target] = {}
        self._target: Target | None = None
        try:
            self._make_framebuffers()
        except BaseException:
            self.close()
            raise

    def _make_framebuffers(self) -> None:
        """One a pair of images; without depth where this driver does not take the runtime's depth images."""
        try:
            self._make_targets()
        except GraphicsError as error:
            if self.depth is None:
                raise
            LOG.warning("OpenXR: with depth beside, %s; %s goes without", error, self._system.runtime)
            self._delete_framebuffers()
            self.depth.swapchain.close()
            self.depth = None
            self._make_targets()

    def _make_targets(self) -> None:
        beside = enumerate(self.depth.swapchain.textures) if self.depth else [(None, 0)]
        pairs = itertools.product(enumerate(self.colour.textures), list(beside))
        for (colour, texture), (depth, depth_texture) in pairs:
            self._targets[colour, depth] = layered_target(texture, self._system.size, self._system.views,
                                                          depth_texture)

    def attach(self, projection: Projection) -> None:
        """Lets the projection layer show these images, depth with them."""
        for layer, shown in enumerate(projection.shown):
            shown.sub_image = self.colour.sub_image(layer)
        if self.depth:
            self.depth.attach(projection)

    def acquire(self, size: tuple[int, int], projection: Projection) -> Target | None:
        """The next images' target, to be filled up to `size` px; None if the runtime keeps them too long."""
        colour = self.colour.acquire()
        depth = self.depth.swapchain.acquire() if self.depth and colour is not None else None
        if colour is None or (self.depth and depth is None):
            return None
        made = self._targets[colour, depth]
        if self._target is None or self._target.size != size:
            projection.fit(size)
            if self.depth:
                self.depth.fit(size)
        self._target = Target(made.framebuffer, size, made.layers, made.size, depth is not None)
        return self._target

    def release(self) -> None:
        """Hands the acquired images to the runtime, if there are any."""
        try:
            self.colour.release()
        finally:
            if self.depth:
                self.depth.swapchain.release()

    def close(self) -> None:
        """Deletes the framebuffers and the swapchains, also those of a lost session."""
        self._delete_framebuffers()
        for part in (self.depth and self.depth.swapchain, self.colour):
            if part:
                part.close()

    def _delete_framebuffers(self) -> None:
        gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, 0)  # a bound one must not be deleted
        framebuffers = np.array([target.framebuffer for target in self._targets.values()], dtype=np.uint32)
        gl.GL.glDeleteFramebuffers(len(framebuffers), framebuffers)
        self._targets = {}
