"""Array swapchains: images that a runtime lends for one picture at a time, one layer a view."""

import logging

from showroom.display.openxr_loader import xr
from showroom.display.openxr_system import System
from showroom.errors import GraphicsError

LOG = logging.getLogger("showroom.display")
SRGB8_ALPHA8 = 0x8C43
COLOUR = xr.SwapchainUsageFlags.COLOR_ATTACHMENT_BIT
DEPTH = xr.SwapchainUsageFlags.DEPTH_STENCIL_ATTACHMENT_BIT
WAIT_NS = 100_000_000  # many pictures long: only a runtime in trouble keeps an image for this time


class Swapchain:
    """Images of all views; the runtime owns the textures.

    format   : OpenGL's number, one of `formats`.   usage : COLOUR or DEPTH.
    size, layers : (width, height) px and how many; else the system's, a layer a view.
    textures : the images' array textures, by index.

    acquire() → index of the image to draw into; release() hands the image over; both once a frame. An
    image whose wait ended too early stays acquired, and the next acquire() goes on waiting for it.
    """

    def __init__(self, session: xr.Session, system: System, format: int = SRGB8_ALPHA8, usage=COLOUR,
                 size: tuple[int, int] | None = None, layers: int | None = None):
        self._size = size or system.size
        self.handle = xr.create_swapchain(session, xr.SwapchainCreateInfo(
            usage_flags=usage | xr.SwapchainUsageFlags.SAMPLED_BIT,
            format=format, sample_count=1, width=self._size[0], height=self._size[1],
            face_count=1, array_size=layers or system.views, mip_count=1))
        images = xr.enumerate_swapchain_images(self.handle, xr.SwapchainImageOpenGLKHR)
        self.textures = [int(image.image) for image in images]
        self._index: int | None = None
        self._ready = False

    def acquire(self) -> int | None:
        """The next image; None when the runtime has kept on reading from it for too long."""
        if self._index is None:
            self._index = xr.acquire_swapchain_image(self.handle)
        result = xr.raw_functions.xrWaitSwapchainImage(self.handle, xr.SwapchainImageWaitInfo(WAIT_NS))
        if result == xr.Result.TIMEOUT_EXPIRED:
            return None
        error = xr.exception.check_result(result)
        if error.is_exception():
            raise error
        self._ready = True
        return self._index

    def release(self) -> None:
        """Hands the image to the runtime; nothing happens if there is none that was waited for."""
        if self._ready:
            self._index, self._ready = None, False
            xr.release_swapchain_image(self.handle)

    def sub_image(self, layer: int) -> xr.SwapchainSubImage:
        """What a projection layer's view shows at first: one whole layer."""
        whole = xr.Rect2Di(xr.Offset2Di(0, 0), xr.Extent2Di(*self._size))
        return xr.SwapchainSubImage(self.handle, whole, layer)

    def close(self) -> None:
        """Destroys the swapchain, also one of a lost session."""
        try:
            xr.destroy_swapchain(self.handle)
        except xr.XrException as error:
            LOG.debug("destroying a lost swapchain: %s", error)


def formats(session: xr.Session) -> list[int]:
    """OpenGL's numbers of the formats that the runtime offers, those it likes best first."""
    return [int(number) for number in xr.enumerate_swapchain_formats(session)]


def check_formats(offered: list[int], system: System) -> None:
    """Raises GraphicsError if GL_SRGB8_ALPHA8 is not among them."""
    if SRGB8_ALPHA8 not in offered:
        names = ", ".join(f"0x{number:04x}" for number in offered)
        raise GraphicsError(f"asking {system.runtime} for GL_SRGB8_ALPHA8 images: it offers {names}; "
                            "use another runtime or update it")
