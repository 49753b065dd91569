"""Pointing: what a hand's ray meets: a sign, what stands on a plinth, the floor, or nothing.

A trembling hand shall not have to aim: what stands on a plinth is met by a ray that passes near it, and
what is pointed at already is kept a little longer than it would be found.
"""

import math
from dataclasses import dataclass

from showroom.words.controls import Hand
from showroom.words.pose import Place, conjugate, moved, rotated
from showroom.words.scenespec import Touch
from showroom.words.sign import SIZES_M, Sign
from showroom.words.view import Pose

WARE, SIGN, FLOOR, NOTHING = "product", "sign", "floor", ""
NEAR_M = 0.28           # as near must a ray pass by the middle of a ware
KEPT = 0.6              # share of a miss that counts while it is pointed at already
REACH_M = 0.16          # from a hand to a ware that it can take hold of
FAR_M, FLOOR_FAR_M = 1.6, 7.0
EDGE_M, KEPT_EDGE_M = 0.02, 0.06
SIGN_SEEN = 0.5         # opacity from which a sign can be chosen
REAL_HAND_M = 0.3       # a hand points from where it is; a simulated one points from its eye


@dataclass(frozen=True)
class Ware:
    """What stands on a plinth and can be pointed at and taken.

    product_id : the product's, in the hall and in its place alike.   home : world_from_hero at rest.
    height_m : its own.   touch : how it feels.   own : it is the one in the product's place.
    """

    product_id: str
    home: Pose
    height_m: float = 0.15
    touch: Touch | None = None
    own: bool = False


@dataclass(frozen=True)
class Met:
    """What a hand points at, or touches. place: where on it, metres. near: the hand can take hold of it."""

    kind: str = NOTHING
    name: str = ""
    place: Place = (0.0, 0.0, 0.0)
    near: bool = False

    @property
    def choosable(self) -> bool:
        """Whether selecting it means something."""
        return bool(self.name)


def met_by(hand: Hand, stands: dict[str, tuple[Ware, Pose]], signs: tuple[Sign, ...], kept: Met) -> Met:
    """What one hand meets: what it touches, then choices, then wares, then other signs, then the floor.

    stands : wares by product id, and where each is now.   kept : what the hand met a frame ago.
    """
    if is_real(hand):
        near = [(distance_m(hand.grip.position, *one), name) for name, one in stands.items()]
        away, name = min(near, default=(math.inf, ""))
        if away < REACH_M:
            return Met(WARE, name, hand.grip.position, True)
    if hand.aim is None:
        return Met()
    start, along = hand.aim.position, rotated(hand.aim.orientation, (0.0, 0.0, -1.0))
    choices = [sign for sign in signs if sign.choice and sign.opacity >= SIGN_SEEN]
    others = [sign for sign in signs if not sign.choice and sign.opacity >= SIGN_SEEN]
    return (_sign(start, along, choices, kept) or _ware(start, along, stands, kept)
            or _sign(start, along, others, kept) or _floor(start, along))


def is_real(hand: Hand) -> bool:
    """Whether the hand is where it points from."""
    return (hand.aim is not None and hand.grip is not None
            and math.dist(hand.aim.position, hand.grip.position) < REAL_HAND_M)


def start_of(hand: Hand) -> Place:
    """Where the hand's ray is seen to begin."""
    return hand.aim.position if hand.grip is None or is_real(hand) else hand.grip.position


def distance_m(point: Place, ware: Ware, pose: Pose) -> float:
    """From a point to the axis of a ware, foot to top."""
    along = rotated(pose.orientation, (0.0, 1.0, 0.0))
    to = tuple(one - other for one, other in zip(point, pose.position))
    share = min(max(sum(one * other for one, other in zip(to, along)), 0.0), ware.height_m)
    return math.dist(to, tuple(share * value for value in along))


def _sign(start: Place, along: Place, signs: list[Sign], kept: Met) -> Met | None:
    found, nearest = None, math.inf
    for sign in signs:
        back = conjugate(sign.pose.orientation)
        at = rotated(back, tuple(one - other for one, other in zip(start, sign.pose.position)))
        to = rotated(back, along)
        if at[2] <= 0.0 or to[2] >= -1e-6:  # it is read from one side
            continue
        far = -at[2] / to[2]
        width, height = SIZES_M[sign.writing.kind]
        edge = KEPT_EDGE_M if sign.choice and sign.choice == kept.name else EDGE_M
        beside, above = abs(at[0] + far * to[0]) - width / 2, abs(at[1] + far * to[1]) - height / 2
        if max(beside, above) < edge and far < nearest:
            found, nearest = Met(SIGN, sign.choice, _on(start, along, far)), far
    return found


def _ware(start: Place, along: Place, stands: dict[str, tuple[Ware, Pose]], kept: Met) -> Met | None:
    found, least = None, math.inf
    for name, (ware, pose) in stands.items():
        middle = moved(pose, (0.0, 0.5 * ware.height_m, 0.0))
        to = tuple(one - other for one, other in zip(middle, start))
        ahead = sum(one * other for one, other in zip(to, along))
        if ahead <= 0.0:
            continue
        miss = math.sqrt(max(sum(value * value for value in to) - ahead * ahead, 0.0))
        same = kept.kind == WARE and kept.name == name
        score = miss * (KEPT if same else 1.0)
        if score < NEAR_M and score < least:
            before = max(ahead - 0.35 * ware.height_m, 0.5 * ahead)
            found, least = Met(WARE, name, _on(start, along, before)), score
    return found


def _floor(start: Place, along: Place) -> Met:
    if along[1] < -0.05 and -start[1] / along[1] < FLOOR_FAR_M:
        return Met(FLOOR, "", _on(start, along, -start[1] / along[1]))
    return Met(NOTHING, "", _on(start, along, FAR_M))


def _on(start: Place, along: Place, far: float) -> Place:
    return tuple(one + far * other for one, other in zip(start, along))
