"""pyopenxr, imported in one place and set up for this program.

Two habits of pyopenxr matter here. Importing it turns PyOpenGL to GLX, whatever context there is: so
it is imported before a context is made, and `gl.load` turns PyOpenGL back. And it raises results that
are successes ("no event", "session not focused", "loss pending"), in the middle of calls that did
happen: so only errors raise here.
"""

import contextlib
import os
import threading
from collections.abc import Iterator

from showroom.errors import RuntimeAbsentError

# The loader repeats on standard error what its result codes say already; whoever asks for more wants it.
_VERBOSE = os.environ.get("XR_LOADER_DEBUG", "none") != "none"
os.environ.setdefault("XR_LOADER_DEBUG", "none")

try:
    import xr
except (ImportError, OSError, AttributeError) as error:
    raise RuntimeAbsentError(f"loading the OpenXR loader: {error}; install libGL "
                             "(on Debian: apt-get install libgl1) and try again") from None

xr.exception.raise_on_qualified_success = False

# what no part of a session may take for a mere refusal
LOST = (xr.SessionLostError, xr.InstanceLostError)

__all__ = ["LOST", "aloud", "quiet", "text", "xr"]


_kept: int | None = None  # standard error, while it is turned away
_turning = threading.Lock()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keeps a runtime's own lines off standard error while it is asked again and again.

    They come from C, so the file descriptor itself is turned away. With XR_LOADER_DEBUG set to more
    than "none" (which this module sets for its children too), nothing is.
    """
    global _kept
    if _VERBOSE:
        yield
        return
    with _turning, open(os.devnull, "wb") as nowhere:
        _kept = os.dup(2)
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        with _turning:
            os.dup2(_kept, 2)
            os.close(_kept)
            _kept = None


def aloud() -> None:
    """Turns standard error back at once, for another thread that has something to say."""
    with _turning:
        if _kept is not None:
            os.dup2(_kept, 2)


def text(value: bytes | str) -> str:
    """A fixed-size character field of an OpenXR struct as str."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
