"""The bridge: a process between the show and what moves air, which watches the show as well.

The show tells it of the air in shared memory, every frame, and never waits. Here every channel is told 40 times
a second. If the show says nothing for a while, hangs or is gone, everything falls to nothing: fans stop, scents
close, heaters cool, within `mapping.PATIENCE_S + FALL_S`, 1.5 s. If the bridge itself is killed, sACN's
receivers let go by themselves after 2.5 s (E1.31, 6.7.1), and the show starts it again, beginning with nothing.
"""

import contextlib
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass

from showroom.senses.air.mapping import FALL_S, Mapping, alive
from showroom.senses.air.telling import Told, floats_of, packed, unpacked
from showroom.senses.block import Block
from showroom.senses.kept import Kept
from showroom.words.ambience import Ambience
from showroom.words.rig import RATE_HZ, Rig
from showroom.words.view import Pose

NICENESS = -5
LATE_S = 0.25       # a step that is later than this begins a new pace, instead of hurrying after the old one
ENDING_S = 0.3      # of nothing at the end, before the stream is ended
_FIGURES = 4


@dataclass(frozen=True)
class Figures:
    """steps taken, packets sent and failed, and how much of everything is left now (0 to 1)."""

    steps: int = 0
    sent: int = 0
    failed: int = 0
    alive: float = 0.0


class Air:
    """The show's side: `tell` it of the air every frame. Raises OSError if there is no shared memory."""

    def __init__(self, rig: Rig):
        self.rig = rig
        self._told, self._counted = Block.create(floats_of(rig)), Block.create(_FIGURES)
        self._kept = Kept("air", serve, (self._told.name, self._counted.name, rig))
        self._failed = False

    def tell(self, world_from_room: Pose, airs: Sequence[Ambience]) -> None:
        """airs : the air of now and so much later, of each of the rig's leads."""
        self._told.write(packed(self.rig, time.monotonic(), world_from_room, airs))
        self._kept.look()

    @property
    def pid(self) -> int | None:
        """Of the process, None while there is none."""
        return self._kept.pid

    @property
    def starts(self) -> int:
        """How often the process was started."""
        return self._kept.starts

    @property
    def figures(self) -> Figures:
        """What the process has counted since it was started last."""
        counted = self._counted.read()
        return Figures(*map(int, counted[:3]), counted[3]) if counted else Figures()

    def news(self) -> list[str]:
        """Lines for staff since the last time."""
        lines, self._kept.news = self._kept.news, []
        figures = self.figures
        failing = figures.failed > figures.sent // 2 and figures.failed >= RATE_HZ
        if failing and not self._failed:
            lines.append(f"fans and scents cannot be reached: {figures.failed} packets could not be sent; look after "
                         "the network and the addresses in [air]")
        self._failed = failing
        return lines

    def close(self) -> None:
        """Lets everything fall, and ends the process. May be called twice."""
        self._kept.close()
        self._told.close()
        self._counted.close()


def serve(end, starts: int, told_name: str, counted_name: str, rig: Rig) -> None:
    """The process: tells every channel until the show has ended (`end` is a pipe that then is at its end)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the show's to heed
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, NICENESS)
    told, counted = Block.attach(told_name, floats_of(rig)), Block.attach(counted_name, _FIGURES)
    try:
        _Watch(rig, told, counted, spent=starts > 0).keep(end)
    except OSError as error:
        raise SystemExit(f"showroom: fans and scents: {error}") from None
    finally:
        told.close()
        counted.close()


class _Watch:
    """One rig's channels, and whether anybody still speaks for them."""

    def __init__(self, rig: Rig, told: Block, counted: Block, spent: bool):
        from showroom.senses.air.sending import Sender

        self._rig, self._block, self._counted = rig, told, counted
        self._mapping, self._sender = Mapping(rig, spent), Sender(rig)
        self._writes, self._spoke_s, self._told = told.writes, time.monotonic(), None
        self._steps = 0

    def keep(self, end) -> None:
        """Until the show has ended and everything has fallen."""
        next_s = time.monotonic()
        ended_s: float | None = None
        with contextlib.closing(self._sender):
            while ended_s is None or time.monotonic() - ended_s < FALL_S + ENDING_S:
                now = time.monotonic()
                if ended_s is None and end.poll():
                    ended_s = now
                self._step(now, None if ended_s is None else now - ended_s)
                next_s = next_s + 1 / RATE_HZ if now - next_s < LATE_S else now + 1 / RATE_HZ
                time.sleep(max(next_s - time.monotonic(), 0.0))
            self._sender.end()

    def _step(self, now_s: float, ended_s: float | None) -> None:
        told = self._heard(now_s)
        left = alive(now_s - self._spoke_s, ended_s)
        self._sender.send(self._mapping.step(told, now_s, left))
        self._steps += 1
        self._counted.write((self._steps, self._sender.sent, self._sender.failed, left))

    def _heard(self, now_s: float) -> Told | None:
        """What the show said last; notices when."""
        writes = self._block.writes
        if writes != self._writes:
            floats = self._block.read()
            if floats:
                self._writes, self._spoke_s, self._told = writes, now_s, unpacked(self._rig, floats)
        return self._told
