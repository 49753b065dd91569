"""Standing: where the room that the visitor really stands in lies in the world.

Two metres of floor, or a chair, must be enough for a ring of twelve. So the ring is called round: it turns
about its own middle, a twelfth at a time, and every plinth comes to stand where another stood before;
nobody is ever moved into one. A stick turns it by snaps; a hand that takes hold of nothing drags it, and it
settles on the next twelfth.

The head is where the runtime says in the room; what is drawn, pointed at and heard is in the world.
"""

import math
from dataclasses import replace

from showroom.words.controls import Controls, Hand
from showroom.words.hall import PLINTHS
from showroom.words.pose import about_up, azimuth_rad, composed, inverse
from showroom.words.view import Eyes, Pose

STEP_RAD = math.tau / PLINTHS
PUSHED, FREED = 0.7, 0.4   # of a stick: far enough to mean it, and near enough to the middle to mean it again
SETTLE_S = 0.25
LOW_EYE_M, LIFT_M = 1.35, 0.35  # lower eyes, of children and who sits, are lifted up to so much
SEATED_EYE_M, SEATED_LIFT_M = 1.5, 0.75  # and of whoever is known to sit, as high as of who stands


class Standing:
    """world_from_room, and how it is changed. Turns are radians to the left, as `about_up` counts them.

    `turned`: the ring was called round in this frame.
    `seated`: who is there sits, whatever the height of the eyes: the world comes down to them.
    """

    def __init__(self):
        self.seated = False
        self.reset()

    def reset(self) -> None:
        """The world is the room again."""
        self._front, self._turn = 0.0, 0.0      # the way one stood at first, and the turning since
        self._middle = (0.0, 0.0, 0.0)          # of the ring, in the room
        self._sat = False                       # the eyes were lifted for somebody who sits
        self._settling: tuple[float, float, float] | None = None  # from, to, since when
        self._stick: dict[str, bool] = {}
        self._drag: tuple[str, float, float] | None = None        # side, the hand's azimuth, the turn
        self._head = Pose()
        self._time_s = 0.0
        self.turned = False
        self._place()

    def step(self, controls: Controls, time_s: float, busy: tuple[str, ...] = (),
             dragging: str = "") -> Controls:
        """The same controls in the world.

        controls : in the room.   busy : sides whose stick means something else now.
        dragging : the side that has taken hold of the ring, "" for none.
        """
        if controls.recentred:  # the runtime has moved the room's own origin
            self.reset()
        self.turned = False
        self._head, self._time_s = controls.head, time_s
        if self._sat != self.seated:
            self._lift()
        self._snap(controls.hands, busy)
        self._pull(controls.hands, dragging)
        self._settle()
        self._place()
        hands = tuple(replace(hand, aim=self._seen(hand.aim), grip=self._seen(hand.grip),
                              palm=self._seen(hand.palm)) for hand in controls.hands)
        return replace(controls, head=self.world_from_room(controls.head), hands=hands)

    def eyes(self, eyes: Eyes) -> Eyes:
        """The same views in the world, to be drawn."""
        return replace(eyes, views=tuple(replace(view, pose=self.world_from_room(view.pose))
                                         for view in eyes.views))

    def world_from_room(self, pose: Pose) -> Pose:
        """A pose of the room, in the world."""
        return composed(self._world_from_room, pose)

    def room_from_world(self, pose: Pose) -> Pose:
        """A pose of the world, in the room: for what a headset itself puts before the eyes."""
        return composed(self._room_from_world, pose)

    def recentre(self, head: Pose) -> None:
        """Who stands at `head` (in the room) stands in the middle and looks along −Z; low eyes are lifted."""
        x, y, z = head.position
        self.reset()
        self._head = head
        self._front = azimuth_rad(head.orientation)
        self._middle = (x, y, z)
        self._lift()
        self._place()

    def _lift(self) -> None:
        """The floor goes down under low eyes."""
        self._sat = self.seated
        least_m, most_m = (SEATED_EYE_M, SEATED_LIFT_M) if self.seated else (LOW_EYE_M, LIFT_M)
        x, _, z = self._middle
        self._middle = (x, -min(max(least_m - self._head.position[1], 0.0), most_m), z)

    def face(self, azimuth: float) -> None:
        """Turns by whole twelfths: what the visitor looks at comes nearest to this azimuth (see pose.py)."""
        ahead = azimuth_rad(self._head.orientation) - self._front
        self._turn = STEP_RAD * round((ahead - azimuth) / STEP_RAD)
        self._settling = self._drag = None
        self._place()

    # -- turning --------------------------------------------------------------------------------

    def _snap(self, hands: tuple[Hand, ...], busy: tuple[str, ...]) -> None:
        for hand in hands:
            before = self._stick.get(hand.side, False)
            pushed = self._stick[hand.side] = abs(hand.turn) > (FREED if before else PUSHED)
            if pushed and not before and hand.side not in busy and self._drag is None:
                aimed = self._settling[1] if self._settling else self._turn
                self._turn = aimed - math.copysign(STEP_RAD, hand.turn)  # right: the ring comes from there
                self._settling, self.turned = None, True

    def _pull(self, hands: tuple[Hand, ...], dragging: str) -> None:
        """What the hand has hold of stays under it."""
        aim = next((hand.aim for hand in hands if hand.side == dragging), None)
        if aim is None:
            if self._drag is not None:
                self._drag = None
                self._settling = (self._turn, STEP_RAD * round(self._turn / STEP_RAD), self._time_s)
                self.turned = True
            return
        azimuth = azimuth_rad(aim.orientation)
        if self._drag is None or self._drag[0] != dragging:
            self._drag, self._settling = (dragging, azimuth, self._turn), None
        _, began, turn = self._drag
        swung = math.remainder(azimuth - began, math.tau)
        self._drag, self._turn = (dragging, azimuth, turn + swung), turn + swung

    def _settle(self) -> None:
        if self._settling is not None:
            first, last, since_s = self._settling
            way = min(max((self._time_s - since_s) / SETTLE_S, 0.0), 1.0)
            self._turn = last if way == 1.0 else first + (last - first) * way * way * (3.0 - 2.0 * way)
            self._settling = None if way == 1.0 else self._settling

    # -- the transform --------------------------------------------------------------------------

    def _place(self) -> None:
        turn = about_up(self._front + self._turn)
        self._world_from_room = composed(Pose(orientation=turn),
                                         Pose(tuple(-value for value in self._middle)))
        self._room_from_world = inverse(self._world_from_room)

    def _seen(self, pose: Pose | None) -> Pose | None:
        return None if pose is None else self.world_from_room(pose)
