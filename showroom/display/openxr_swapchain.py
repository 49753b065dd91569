"""The array swapchain that all views share, one layered framebuffer for each of its images."""

import logging

import numpy as np

from showroom import gl
from showroom.display.openxr_loader import xr
from showroom.display.openxr_system import System
from showroom.display.targets import layered_target
from showroom.errors import GraphicsError
from showroom.words.view import Target

LOG = logging.getLogger("showroom.display")
SRGB8_ALPHA8 = 0x8C43
WAIT_NS = 100_000_000  # many pictures long: only a runtime in trouble keeps an image for this time


class Swapchain:
    """Images of `layers` views; the runtime owns the textures, this owns the framebuffers.

    acquire() → target to draw into; release() hands the image over; both once a frame. An image whose
    wait ended too early stays acquired, and the next acquire() goes on waiting for it.
    """

    def __init__(self, session: xr.Session, system: System):
        _check_format(session, system)
        width, height = system.size
        self.handle = xr.create_swapchain(session, xr.SwapchainCreateInfo(
            usage_flags=xr.SwapchainUsageFlags.COLOR_ATTACHMENT_BIT | xr.SwapchainUsageFlags.SAMPLED_BIT,
            format=SRGB8_ALPHA8, sample_count=1, width=width, height=height,
            face_count=1, array_size=system.views, mip_count=1))
        images = xr.enumerate_swapchain_images(self.handle, xr.SwapchainImageOpenGLKHR)
        self.textures = [int(image.image) for image in images]
        self.targets = [layered_target(texture, system.size, system.views) for texture in self.textures]
        self._index: int | None = None
        self._ready = False

    def acquire(self) -> Target | None:
        """The next image's target; None when the runtime has kept on reading from it for too long."""
        if self._index is None:
            self._index = xr.acquire_swapchain_image(self.handle)
        result = xr.raw_functions.xrWaitSwapchainImage(self.handle, xr.SwapchainImageWaitInfo(WAIT_NS))
        if result == xr.Result.TIMEOUT_EXPIRED:
            return None
        error = xr.exception.check_result(result)
        if error.is_exception():
            raise error
        self._ready = True
        return self.targets[self._index]

    def release(self) -> None:
        """Hands the image to the runtime; nothing happens if there is none that was waited for."""
        if self._ready:
            self._index, self._ready = None, False
            xr.release_swapchain_image(self.handle)

    @property
    def texture(self) -> int | None:
        """The acquired image's array texture, between acquire and release."""
        return None if self._index is None else self.textures[self._index]

    def sub_image(self, layer: int) -> xr.SwapchainSubImage:
        """What a projection layer's view shows: one whole layer."""
        width, height = self.targets[0].size
        whole = xr.Rect2Di(xr.Offset2Di(0, 0), xr.Extent2Di(width, height))
        return xr.SwapchainSubImage(self.handle, whole, layer)

    def close(self) -> None:
        """Deletes the framebuffers and the swapchain, also one of a lost session."""
        gl.fn.glBindFramebuffer(gl.GL.GL_FRAMEBUFFER, 0)  # a bound one must not be deleted
        framebuffers = np.array([target.framebuffer for target in self.targets], dtype=np.uint32)
        gl.GL.glDeleteFramebuffers(len(framebuffers), framebuffers)
        try:
            xr.destroy_swapchain(self.handle)
        except xr.XrException as error:
            LOG.debug("destroying a lost swapchain: %s", error)


def _check_format(session: xr.Session, system: System) -> None:
    offered = [int(number) for number in xr.enumerate_swapchain_formats(session)]
    if SRGB8_ALPHA8 not in offered:
        names = ", ".join(f"0x{number:04x}" for number in offered)
        raise GraphicsError(f"asking {system.runtime} for GL_SRGB8_ALPHA8 images: it offers {names}; "
                            "use another runtime or update it")
