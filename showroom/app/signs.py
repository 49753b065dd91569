"""Signs to show: what hangs in the visit, with the pictures that the scribe has lettered so far."""

from dataclasses import replace

from showroom.app import cursors
from showroom.display.base import Display
from showroom.imagine.scribe import Scribe
from showroom.visit.standing import Standing
from showroom.words.scene import Ray
from showroom.words.sign import Panel, Sign, Writing
from showroom.words.view import Pose

Shown = tuple[tuple[Panel, Sign], ...]


class Lettering:
    """Between a scribe and whoever shows signs.   scribe : None shows none."""

    def __init__(self, scribe: Scribe | None):
        self._scribe = scribe
        self._hung: dict[tuple[str, Pose], Panel] = {}  # what was shown last, by kind and place

    def of(self, signs: tuple[Sign, ...], soon: tuple[Writing, ...] = (), rays: tuple[Ray, ...] = ()) -> Shown:
        """The signs that can be shown by now; the others are asked for, and then what may come soon.

        rays : those that end on a sign have a cursor there, which is a sign too.
        """
        if self._scribe is None:
            return ()
        self._scribe.want((*(sign.writing for sign in signs), cursors.WRITING, *soon))
        self._scribe.poll()
        panels = ((self._panel(sign), sign) for sign in (*signs, *cursors.cursors(rays, signs)))
        shown = tuple((panel, sign) for panel, sign in panels if panel is not None)
        self._hung = {(sign.writing.kind, sign.pose): panel for panel, sign in shown}
        return shown

    def forget(self) -> None:
        """What was lettered for a visitor goes with them."""
        self._hung = {}
        if self._scribe is not None:
            self._scribe.forget()

    def _panel(self, sign: Sign) -> Panel | None:
        """What is lettered for it; until then what it said before, where it only says something else."""
        return self._scribe.shown(sign.writing) or self._hung.get((sign.writing.kind, sign.pose))


def left_to_draw(display: Display, shown: Shown, standing: Standing) -> Shown:
    """Gives a headset its signs, in the room it stands in; returns those that it leaves to the renderer."""
    in_room = tuple((panel, replace(sign, pose=standing.room_from_world(sign.pose))) for panel, sign in shown)
    return () if display.hang(in_room) else shown
