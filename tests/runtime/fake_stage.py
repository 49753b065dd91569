"""A display before a fake runtime: on one OpenGL context for all, in a time of its own."""

import contextlib
import logging
from collections.abc import Iterator

from fake_runtime import EXTENSIONS, FakeRuntime

from showroom import gl
from showroom.display import openxr
from showroom.display.egl import EglContext
from showroom.display.openxr_loader import xr


class Clock:
    """Time that passes only when somebody looks, so that nothing here waits."""

    def __init__(self):
        self.now_s = 0.0

    def monotonic(self) -> float:
        self.now_s += 0.05
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds


class Lent:
    """The context, as a display has it: closing it leaves it to the next one."""

    def close(self) -> None:
        pass


@contextlib.contextmanager
def context(level: int) -> Iterator[None]:
    """Everything below happens on one context; `level` is what is logged."""
    real = EglContext()
    assert hasattr(openxr, "make_context")
    openxr.make_context = lambda _graphics: Lent()
    openxr.openxr_binding.required_extensions = lambda _context: EXTENSIONS[:2]
    openxr.openxr_binding.binding = lambda _context: xr.GraphicsBindingEGLMNDX()
    logging.getLogger("showroom.display").setLevel(level)
    yield
    real.close()


@contextlib.contextmanager
def display() -> Iterator[tuple[openxr.OpenXRDisplay, FakeRuntime]]:
    """A display and its runtime; at the end no rule was broken, and nothing is left of either."""
    openxr.time, before = Clock(), _objects()
    with FakeRuntime() as runtime:
        shown = openxr.OpenXRDisplay(graphics="egl")
        yield shown, runtime
        runtime.fault, runtime.should_render = None, True
        shown.close()
        assert runtime.broken == [], runtime.broken
        assert runtime.living() == [], f"never destroyed: {runtime.living()}"
    assert _objects() <= before, "an object of OpenGL is left"


def _objects() -> set[tuple[str, int]]:
    """Framebuffers and textures that there are."""
    names = range(1, 200)
    return ({("framebuffer", name) for name in names if gl.GL.glIsFramebuffer(name)}
            | {("texture", name) for name in names if gl.GL.glIsTexture(name)})
