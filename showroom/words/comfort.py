"""Comfort: what one visitor needs changed so that the show is good for them, too."""

from dataclasses import dataclass, replace

STEPS = (-3, 3)                 # of brightness and contrast: the least and the most
BRIGHTER, CRISPER = 2.0 ** (1 / 3), 1.12  # what one step multiplies light, and contrast about mid grey, by


@dataclass(frozen=True)
class Comfort:
    """One visitor's settings; the flash limiter is none of them, for it is always on.

    brightness, contrast : whole steps, −3 to 3; three steps of brightness are twice (or half) the light.
    reduced_motion : less in the air, no gusts, nothing that moves by itself only to be looked at.
    captions       : what sounds is said in a small line.
    seated         : the world stands as high as for somebody who stands.
    left_handed    : what is chosen and what is read change sides; a simulated hand is a left one.
    """

    brightness: int = 0
    contrast: int = 0
    reduced_motion: bool = False
    captions: bool = False
    seated: bool = False
    left_handed: bool = False

    @property
    def light(self) -> float:
        """Factor on all light before it is tone-mapped, ½ to 2; 1 at step 0."""
        return BRIGHTER ** self.brightness

    @property
    def spread(self) -> float:
        """Factor on the distance from mid grey of what is shown, 0.7 to 1.4; 1 at step 0."""
        return CRISPER ** self.contrast

    def stepped(self, name: str, by: int) -> "Comfort":
        """The same with "brightness" or "contrast" moved by so many steps, as far as there are any."""
        low, high = STEPS
        return replace(self, **{name: min(max(getattr(self, name) + by, low), high)})

    def turned(self, name: str) -> "Comfort":
        """The same with one of the settings that are on or off turned."""
        return replace(self, **{name: not getattr(self, name)})
