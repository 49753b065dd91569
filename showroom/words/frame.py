"""Frame: what a display gives the loop for one picture, and what travels back up."""

from dataclasses import dataclass, field

from showroom.words.controls import Controls
from showroom.words.view import Eyes


@dataclass(frozen=True)
class Frame:
    """time_s: when the picture will be seen, seconds since the show began (monotonic).

    eyes: empty views when nothing should be drawn. late: the previous frame missed its time.
    state: the display's own state, for staff ("FOCUSED", "window", …).
    """

    time_s: float
    eyes: Eyes = field(default_factory=Eyes)
    controls: Controls = field(default_factory=Controls)
    late: bool = False
    state: str = ""
