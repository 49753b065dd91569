"""Controls: what the visitor does with head and hands, whatever the device."""

from dataclasses import dataclass, field

from showroom.words.view import Pose


@dataclass(frozen=True)
class Hand:
    """One hand or controller. aim: where it points; grip: where it is; None when not tracked."""

    side: str
    aim: Pose | None = None
    grip: Pose | None = None
    select: float = 0.0
    squeeze: float = 0.0
    back: bool = False
    turn: float = 0.0


@dataclass(frozen=True)
class Controls:
    """head: world_from_head. focused: False while another application has the input."""

    head: Pose = field(default_factory=Pose)
    hands: tuple[Hand, ...] = ()
    focused: bool = True
    quit: bool = False
