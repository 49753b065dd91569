"""Signs on their way to whoever shows them: only what is lettered, in the headset's room or the picture's world."""

import math

import numpy as np
import pytest

from showroom.app.signs import Lettering, left_to_draw
from showroom.visit.standing import Standing
from showroom.words.sign import CAPTION, Panel, Sign, Writing
from showroom.words.view import Pose

ONE, OTHER, LATER = (Writing(CAPTION, title) for title in ("one", "other", "later"))
SIGNS = tuple(Sign(writing, Pose((0.0, 1.3, -1.6))) for writing in (ONE, OTHER))


class Desk:
    """Letters what it is told to have ready, as a scribe does."""

    def __init__(self, *ready: Writing):
        self.panels = {writing: Panel(writing, np.zeros((1, 1, 4), np.uint8)) for writing in ready}
        self.wanted, self.polls = (), 0

    def want(self, writings) -> None:
        self.wanted = writings

    def poll(self) -> list[Panel]:
        self.polls += 1
        return []

    def shown(self, writing: Writing) -> Panel | None:
        return self.panels.get(writing)


class Headset:
    """Shows signs by itself if it `takes` them."""

    def __init__(self, takes: bool):
        self.takes, self.hung = takes, None

    def hang(self, signs) -> bool:
        self.hung = signs
        return self.takes


def test_what_hangs_is_wanted_first_and_only_what_is_lettered_is_shown():
    desk = Desk(OTHER, LATER)
    shown = Lettering(desk).of(SIGNS, (LATER,))
    assert desk.wanted[:2] == (ONE, OTHER) and desk.wanted[-1] == LATER and desk.polls == 1
    assert shown == ((desk.panels[OTHER], SIGNS[1]),)


def test_without_a_scribe_nothing_is_shown():
    assert Lettering(None).of(SIGNS) == ()


@pytest.mark.parametrize("takes", [True, False])
def test_a_headset_gets_signs_where_its_room_has_them_and_the_picture_where_the_world_has(takes):
    standing, headset = Standing(), Headset(takes)
    standing.recentre(Pose((1.0, 1.6, 0.5), (0.0, math.sin(0.4), 0.0, math.cos(0.4))))
    shown = ((Desk(ONE).panels[ONE], SIGNS[0]),)
    assert left_to_draw(headset, shown, standing) == (() if takes else shown)
    back = standing.world_from_room(headset.hung[0][1].pose)
    assert headset.hung[0][1].pose.position != SIGNS[0].pose.position
    assert back.position == pytest.approx(SIGNS[0].pose.position)
