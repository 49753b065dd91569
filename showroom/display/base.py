"""What every display is to the show's loop.

    with display.frame() as frame:      # paced by the display; leaving always ends the frame
        ...draw frame.eyes...

A display makes its OpenGL context current when it is constructed and keeps it until `close`. It owns
context, swapchains and framebuffers; the renderer makes none of them. What must travel up (head,
hands, a missed frame) comes back as the frame itself, never as a callback.
"""

from contextlib import AbstractContextManager
from typing import Protocol

from showroom.words.frame import Frame
from showroom.words.sign import Panel, Sign
from showroom.words.vibration import Vibration


class Display(Protocol):
    """A headset, a window, or pictures that are read back."""

    running: bool
    """False once the visitor, the window or the runtime has ended the show."""

    pressed: frozenset[str]
    """Names ("F6") of function keys that were pressed before this frame, where staff have a window."""

    def frame(self) -> AbstractContextManager[Frame]:
        """The next frame. Its eyes are empty when nothing should be drawn; never call it nested.

        What the body raises passes through, after the frame has been ended.
        """

    def vibrate(self, wanted: Vibration) -> None:
        """Lets one hand feel something, where it holds something that can."""

    def hang(self, signs: tuple[tuple[Panel, Sign], ...]) -> bool:
        """Whether the display shows these signs itself, from this frame on; else the renderer has to draw them."""

    def close(self) -> None:
        """Ends the session and gives back the context. Calling it twice does nothing."""
