"""Grasp: pointing, choosing, taking, turning, smelling, putting back; with either hand, also a bare one."""

import math
from dataclasses import replace

import pytest

from showroom.visit.flight import LONGEST_S, UNSEEN_S
from showroom.visit.grasp import FACE, Chosen, Grasp
from showroom.visit.pointing import REACH_M, Ware
from showroom.words.controls import Controls, Hand
from showroom.words.hall import PLACE_HOME, hall_home, plinth_position
from showroom.words.pose import composed, inverse, moved, rotated
from showroom.words.sign import CAPTION, CHOICE, Sign, Writing
from showroom.words.view import Pose, yaw_pitch

SIDES = ("left", "right")
IDS = tuple(f"product-{n}" for n in range(12))
WARES = tuple(Ware(name, hall_home(index)) for index, name in enumerate(IDS))
HEAD = Pose((0.0, 1.6, 0.0))
STEP_S = 1 / 90


class Visitor:
    """Steps a grasp with one hand."""

    def __init__(self, side: str = "right", wares=WARES, signs=(), **hand):
        self.grasp, self.wares, self.signs, self.time_s = Grasp(), wares, signs, 0.0
        self.hand, self.head = Hand(side, **hand), HEAD
        self.seen = []

    def step(self, frames: int = 1, focused: bool = True, **changes):
        self.hand = replace(self.hand, **changes)
        for _ in range(frames):
            controls = Controls(self.head, (self.hand,), focused)
            self.seen.append(self.grasp.step(controls, self.wares, self.signs, self.time_s))
            self.time_s += STEP_S
        return self.seen[-1]

    def at(self, pose: Pose, **changes):
        return self.step(grip=pose, aim=pose, **changes)


def towards(point, start=(0.0, 1.2, 0.0)) -> Pose:
    """A pose at `start` that looks at a point."""
    x, y, z = (there - here for there, here in zip(point, start))
    return Pose(start, yaw_pitch(math.atan2(-x, -z), math.atan2(y, math.hypot(x, z))))


def at_plinth(index: int, start=(0.0, 1.2, 0.0)) -> Pose:
    return towards(moved(hall_home(index), (0.0, 0.07, 0.0)), start)


def beside(index: int) -> Pose:
    """A hand that could take what stands on a plinth."""
    x, y, z = hall_home(index).position
    return Pose((0.96 * x, y + 0.06, 0.96 * z), yaw_pitch(0.4, -0.2))


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("index", range(12))
def test_either_hand_points_at_each_and_chooses_it(side, index):
    visitor = Visitor(side)
    assert visitor.at(at_plinth(index)).pointing == IDS[index]
    assert visitor.step(select=1.0).chosen == Chosen("product", IDS[index])
    assert visitor.step(select=1.0).chosen is None
    (ray,) = visitor.step(20).rays
    assert ray.met and ray.strength == 1.0
    assert math.dist(ray.end, moved(hall_home(index), (0.0, 0.07, 0.0))) < 0.1


def test_a_trembling_finger_chooses_once():
    visitor = Visitor(aim=at_plinth(0), grip=at_plinth(0))
    chosen = [visitor.step(select=value).chosen for value in (0.55, 0.65, 0.58, 0.62, 0.45, 0.7)]
    assert [one is not None for one in chosen] == [False, True, False, False, False, False]


def test_between_two_the_one_that_was_pointed_at_stays():
    visitor, flips = Visitor(), 0
    x0, _, z0 = plinth_position(0)
    x1, _, z1 = plinth_position(1)
    visitor.at(at_plinth(0))
    for frame in range(60):  # a trembling hand that points in the middle
        share = 0.5 + (0.02 if frame % 2 else -0.02)
        seen = visitor.at(towards((x0 + share * (x1 - x0), 1.12, z0 + share * (z1 - z0))))
        flips += seen.pointing != visitor.seen[-2].pointing
    assert flips <= 1


def test_without_focus_nothing_is_chosen_and_a_finger_that_is_down_then_means_nothing():
    visitor = Visitor(aim=at_plinth(4), grip=at_plinth(4))
    seen = visitor.step(focused=False, select=1.0)
    assert (seen.pointing, seen.chosen, seen.rays, seen.acted) == ("", None, (), False)
    assert visitor.step(select=1.0).chosen is None
    visitor.step(select=0.0)
    assert visitor.step(select=1.0).chosen == Chosen("product", IDS[4])


def test_back_is_told_once():
    visitor = Visitor(aim=at_plinth(4), grip=at_plinth(4))
    told = [visitor.step(back=down).back for down in (False, True, True, False, True)]
    assert told == [False, True, False, False, True]


# -- signs and the floor ------------------------------------------------------------------------

SIGN = Sign(Writing(CHOICE, "English"), Pose((0.5, 1.2, -1.4), yaw_pitch(-0.34, 0.0)), choice="en")


@pytest.mark.parametrize(("aside_m", "up_m", "met"), [(0.0, 0.0, True), (0.2, 0.06, True), (0.3, 0.0, False),
                                                      (0.0, 0.12, False)])
def test_a_sign_is_met_within_its_edges(aside_m, up_m, met):
    visitor = Visitor(wares=(), signs=(SIGN,))
    seen = visitor.at(towards(moved(SIGN.pose, (aside_m, up_m, 0.0))))
    assert seen.choice == ("en" if met else "")
    assert visitor.step(select=1.0).chosen == (Chosen("sign", "en") if met else None)


def test_a_choice_before_a_bottle_is_chosen_and_a_caption_is_not():
    x, y, z = hall_home(0).position
    before = Pose((x, y + 0.07, z + 0.4))
    for kind, choice, expected in ((CHOICE, "en", Chosen("sign", "en")),
                                   (CAPTION, "", Chosen("product", IDS[0]))):
        visitor = Visitor(signs=(Sign(Writing(kind, "words"), before, choice=choice),), aim=at_plinth(0),
                          grip=at_plinth(0))
        assert visitor.step(select=1.0).chosen == expected


BACK = composed(SIGN.pose, Pose(orientation=yaw_pitch(math.pi, 0.0)))


@pytest.mark.parametrize("sign", [replace(SIGN, opacity=0.2), replace(SIGN, pose=BACK)])
def test_a_sign_that_fades_or_shows_its_back_is_not_met(sign):
    visitor = Visitor(wares=(), signs=(sign,))
    assert visitor.at(towards(SIGN.pose.position)).choice == ""


def test_the_cursor_lies_on_the_floor_and_no_ray_points_at_the_sky():
    visitor = Visitor(wares=())
    visitor.at(towards((0.5, 0.0, -1.5)))
    (ray,) = visitor.step(20).rays
    assert ray.end == pytest.approx((0.5, 0.0, -1.5), abs=1e-6) and not ray.met and 0 < ray.strength < 0.5
    visitor.at(towards((0.5, 3.0, -1.5)))
    (ray,) = visitor.step(20).rays
    assert ray.strength == 0.0 and not ray.met  # the hand is marked, it points at nothing
    assert visitor.step(20, aim=None).rays == ()


def test_select_on_nothing_takes_hold_of_the_ring_until_it_is_let_go():
    visitor = Visitor("left", wares=())
    visitor.at(towards((0.5, 0.0, -2.5)))
    assert visitor.step(select=1.0).dragging == "left"
    assert visitor.step(3).dragging == "left" and visitor.step().rays
    assert visitor.step(select=0.0).dragging == ""
    visitor.step(grip=Pose((0.2, 1.1, -0.9)))  # a hand that points from elsewhere: a mouse
    assert visitor.step(select=1.0).dragging == ""


# -- bottles in the hand ------------------------------------------------------------------------

def pose_of(seen, name: str) -> Pose | None:
    return next((held.pose for held in seen.held if held.product_id == name), None)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("how", [{"squeeze": 1.0}, {"select": 1.0, "bare": True}])
def test_a_bottle_in_reach_is_taken_as_it_stands_and_follows_the_hand(side, how):
    visitor = Visitor(side)
    seen = visitor.at(beside(3))
    assert seen.pointing == IDS[3] and [(ray.strength, ray.met) for ray in seen.rays] == [(0.0, True)]
    seen = visitor.step(**how)
    assert seen.taken == IDS[3] and seen.busy == (side,) and seen.chosen is None
    assert math.dist(pose_of(seen, IDS[3]).position, hall_home(3).position) < 1e-9  # nothing jumps
    hand_from_hero = composed(inverse(beside(3)), hall_home(3))
    there = Pose((0.2, 1.3, -0.5), yaw_pitch(-1.0, 0.7))
    seen = visitor.at(there)
    expected = composed(there, hand_from_hero)
    assert pose_of(seen, IDS[3]).position == pytest.approx(expected.position)
    assert rotated(pose_of(seen, IDS[3]).orientation, (0, 1, 0)) == pytest.approx(
        rotated(expected.orientation, (0, 1, 0)))


def test_out_of_reach_a_squeeze_calls_it_upright_with_its_front_to_the_face():
    visitor = Visitor()
    hand = at_plinth(2, (0.2, 1.15, -0.35))
    visitor.at(hand)
    seen = visitor.step(squeeze=1.0)
    assert seen.taken == IDS[2] and math.dist(pose_of(seen, IDS[2]).position, hall_home(2).position) < 0.01
    places = [pose_of(visitor.step(), IDS[2]).position for _ in range(round(LONGEST_S / STEP_S) + 2)]
    assert max(math.dist(*pair) for pair in zip(places, places[1:])) < 0.08  # it flies, it does not jump
    pose = pose_of(visitor.step(), IDS[2])
    assert math.dist(pose.position, hand.position) < 0.1
    assert rotated(pose.orientation, (0, 1, 0)) == pytest.approx((0, 1, 0))
    front = rotated(pose.orientation, (0, 0, 1))
    assert front[0] * -hand.position[0] + front[2] * -hand.position[2] > 0.99 * math.hypot(0.2, 0.35)


def test_let_go_it_flies_home_by_itself_and_is_home_exactly():
    visitor = Visitor()
    visitor.at(beside(5))
    visitor.step(squeeze=1.0)
    visitor.at(Pose((0.1, 1.4, -0.3), yaw_pitch(2.0, 1.0)))
    start = pose_of(visitor.step(), IDS[5])
    first = pose_of(visitor.step(squeeze=0.0), IDS[5])
    assert math.dist(first.position, start.position) < 0.02
    last = first
    while (pose := pose_of(visitor.step(), IDS[5])) is not None:
        last = pose
        assert visitor.time_s < 3.0
    assert math.dist(last.position, hall_home(5).position) < 0.01
    assert visitor.step().held == () and visitor.step().busy == ()


def test_a_home_that_hovers_is_reached_all_the_same():
    visitor = Visitor()
    visitor.at(beside(5))
    visitor.step(squeeze=1.0)
    visitor.at(Pose((0.1, 1.4, -0.3)))
    visitor.step(squeeze=0.0)
    x, y, z = hall_home(5).position
    while visitor.step().held:
        risen = 0.05 + 0.05 * math.sin(3.0 * visitor.time_s)
        visitor.wares = (*WARES[:5], Ware(IDS[5], Pose((x, y + risen, z))), *WARES[6:])
        assert visitor.time_s < 3.0


def test_on_its_way_home_it_can_be_taken_again():
    visitor = Visitor()
    visitor.at(beside(5))
    visitor.step(squeeze=1.0)
    visitor.step(squeeze=0.0)
    visitor.step(2)
    assert visitor.step(squeeze=1.0).taken == IDS[5]


def test_two_hands_hold_two():
    grasp = Grasp()
    for squeeze in (0.0, 1.0, 1.0):
        hands = tuple(Hand(side, beside(index), beside(index), squeeze=squeeze)
                      for side, index in (("left", 2), ("right", 8)))
        seen = grasp.step(Controls(HEAD, hands), WARES, (), squeeze)
    assert {held.product_id for held in seen.held} == {IDS[2], IDS[8]}


def test_a_hand_out_of_sight_keeps_it_a_moment_and_then_it_goes_home():
    visitor = Visitor()
    visitor.at(beside(5))
    visitor.step(squeeze=1.0)
    held = pose_of(visitor.step(), IDS[5])
    assert pose_of(visitor.step(grip=None, aim=None), IDS[5]) == held
    visitor.step(round((UNSEEN_S + 3.0) / STEP_S))
    assert visitor.step().held == ()


def face(head: Pose) -> tuple[float, float, float]:
    return moved(head, FACE)


def test_brought_to_the_face_it_is_tried_once_each_time():
    visitor = Visitor()
    visitor.at(beside(0))
    visitor.step(squeeze=1.0)
    assert not any(seen.tried for seen in visitor.seen)
    near, away = Pose(moved(Pose(face(HEAD)), (0.0, -0.1, -0.08))), Pose((0.2, 1.1, -0.5))
    seen = [visitor.at(pose) for pose in (near, near, away, near, away)]
    assert [one.tried for one in seen] == [IDS[0], "", "", IDS[0], ""]
    assert [len(one.pulses) for one in seen] == [1, 0, 0, 1, 0]  # and felt


def test_selecting_what_one_holds_tries_it_too():
    visitor = Visitor()
    visitor.at(beside(0))
    visitor.step(squeeze=1.0)
    visitor.at(Pose((0.2, 1.1, -0.5)))
    assert visitor.step(select=1.0).chosen == Chosen("product", IDS[0])


def test_a_stick_turns_what_is_held_about_its_own_axis():
    visitor = Visitor()
    visitor.at(beside(0))
    before = pose_of(visitor.step(squeeze=1.0), IDS[0])
    after = pose_of(visitor.step(20, turn=1.0), IDS[0])
    assert after.position == pytest.approx(before.position)
    assert rotated(after.orientation, (0, 1, 0)) == pytest.approx(rotated(before.orientation, (0, 1, 0)))
    fronts = [rotated(pose.orientation, (0, 0, 1)) for pose in (before, after)]
    assert math.dist(*fronts) > 0.2


def test_what_is_tried_stays_in_the_hand_while_hall_and_place_change():
    visitor = Visitor()
    visitor.at(beside(0))
    visitor.step(squeeze=1.0)
    hand = Pose((0.2, 1.2, -0.5))
    in_hall = pose_of(visitor.at(hand), IDS[0])
    visitor.wares = (Ware(IDS[0], PLACE_HOME, own=True),)
    seen = visitor.step()
    assert pose_of(seen, IDS[0]) == pose_of(seen, "") == in_hall
    visitor.step(squeeze=0.0)
    visitor.step(10)
    halfway = pose_of(visitor.step(), "")
    visitor.wares = WARES                    # one leaves while it flies home: it has another home now
    assert math.dist(pose_of(visitor.step(), "").position, halfway.position) < 0.03
    visitor.step(100)
    assert visitor.step().held == ()
    visitor.wares = ()


def test_what_has_no_home_any_more_is_gone_once_let_go():
    visitor = Visitor()
    visitor.at(beside(0))
    visitor.step(squeeze=1.0)
    visitor.wares = ()
    assert visitor.step().held
    visitor.step(2, squeeze=0.0)
    assert visitor.step().held == ()


def test_forget_puts_everything_back():
    visitor = Visitor()
    visitor.at(beside(0))
    visitor.step(squeeze=1.0)
    visitor.grasp.forget()
    seen = visitor.step(squeeze=1.0)
    assert seen.held == () and seen.taken == ""


# -- what is felt -------------------------------------------------------------------------------

def test_hover_select_and_grab_are_felt_by_the_hand_that_did_them():
    visitor = Visitor("left")
    pulses = [visitor.at(at_plinth(1)).pulses, visitor.step().pulses, visitor.step(select=1.0).pulses,
              visitor.at(beside(1), select=0.0).pulses, visitor.step(squeeze=1.0).pulses,
              visitor.step(squeeze=0.0).pulses]
    assert [len(felt) for felt in pulses] == [1, 0, 1, 0, 1, 1]
    assert {pulse.side for felt in pulses for pulse in felt} == {"left"}
    assert [felt[0].deed for felt in pulses if felt] == ["hover", "select", "grab", "let_go"]


def test_a_hand_that_lies_on_a_table_does_nothing():
    visitor = Visitor(aim=towards((3.0, 1.0, 0.0)), grip=towards((3.0, 1.0, 0.0)))
    assert not visitor.step(5).acted
    assert visitor.at(towards((3.0, 1.0, 0.0), (0.1, 1.2, 0.0))).acted
    assert REACH_M < 0.3  # beside() above is in reach, at_plinth() is not
