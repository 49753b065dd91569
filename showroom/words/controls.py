"""Controls: what the visitor does with head and hands, whatever the device."""

from dataclasses import dataclass, field

from showroom.words.view import Pose

MOST_TYPED = 200  # characters of a line


@dataclass(frozen=True)
class Hand:
    """One hand or controller. aim: where it points; grip: where it is; None when not tracked.

    select, squeeze : 0 to 1, a trigger or a pinch, a grip or a fist.   turn : −1 (left) to 1, a thumbstick.
    bare : it is a hand without a controller.   palm : the middle of the palm, where the device tells it apart.
    """

    side: str
    aim: Pose | None = None
    grip: Pose | None = None
    select: float = 0.0
    squeeze: float = 0.0
    back: bool = False
    turn: float = 0.0
    bare: bool = False
    palm: Pose | None = None


@dataclass(frozen=True)
class Controls:
    """head: world_from_head. focused: False while another application has the input.

    worn      : somebody has the headset on, as far as it can tell.
    recentred : the runtime has moved the origin since the frame before: what hangs round the visitor
                has to be hung anew.
    typing    : the line that is being typed, None while nothing is.   typed : one that was finished in this
                frame, "" for none. At most MOST_TYPED characters, none of them a control character.
    """

    head: Pose = field(default_factory=Pose)
    hands: tuple[Hand, ...] = ()
    focused: bool = True
    quit: bool = False
    worn: bool = True
    recentred: bool = False
    typing: str | None = None
    typed: str = ""
