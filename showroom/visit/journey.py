"""The journey: from a hall that shows itself to a visitor's goodbye.

A pure state machine: controls in, wishes out, and what is to be seen of it (signs, rays, what is held) as
plain values. Its states are in states.py, what each does with what the hands reached in moves.py, and what
hangs in each in telling.py. Whoever takes the headset off for OFF_S has ended the visit, whatever its state.
"""

import math
from collections.abc import Callable, Mapping

from showroom.visit import moves, serving
from showroom.visit.blink import Blink
from showroom.visit.counter import Counter, Service
from showroom.visit.exhibits import Exhibit
from showroom.visit.floating import Floating
from showroom.visit.grasp import Grasp, Reached
from showroom.visit.pointing import Ware
from showroom.visit.presence import Presence
from showroom.visit.sayings import Sayings
from showroom.visit.showing import Showing
from showroom.visit.signs import Anchor, Hanging
from showroom.visit.standing import Standing
from showroom.visit.states import BUYING, OFF_PAYING_S, OFF_S, TIME_OUTS, WHATEVER, State
from showroom.visit.telling import soon, wanted
from showroom.words.comfort import Comfort
from showroom.words.controls import Controls
from showroom.words.hall import PLACE_HOME, PLINTHS, hall_home
from showroom.words.look import Look
from showroom.words.order import News
from showroom.words.pose import about_up, azimuth_rad
from showroom.words.preference import Preference
from showroom.words.scene import Held, Ray
from showroom.words.sign import Sign, Writing
from showroom.words.view import Eyes, Pose
from showroom.words.wish import Leave, Quit, Reset, Try, Wish

ASKED_S = 0.5  # after something was asked for, what stands is no longer what stood before
NEAR_MIDDLE_M = 0.35  # who begins a visit further from the middle has the ring brought round them
SIGHT = (math.radians(70.0), 1.0)  # turned or walked further, one does not see any more what was hung
MOVES = moves.MOVES | serving.MOVES
COMPARE = (math.radians(11.0), math.radians(24.0), 0.85)  # where two hover: aside, below the eyes, away


class Journey:
    """One visit after another. `step` it every frame; what it shows is as of the last step.

    exhibits : in the order of the plinths, at most twelve.   sayings : of every language.
    language : of the house: where a visit begins.   service : what it does beyond showing.

    state; language (the visitor's); tried (ids, the last at the end); inside (whose place is shown, or "");
    since_s, stood_s (when the state began, and what was asked for stood; None: not yet);
    counter (where one is advised and served); typing (a line under way, or None);
    comfort, heard (what the show has them be: as a visitor needs it, and what sounds, in words);
    signs, rays, held; hands (in the world); pointing, lit (the id that light falls on, ""); shade.
    """

    def __init__(self, exhibits: tuple[Exhibit, ...], sayings: Mapping[str, Sayings], language: str = "en",
                 service: Service | None = None):
        self.exhibits = {one.product_id: one for one in exhibits}
        self.homes = {one.product_id: hall_home(index) for index, one in enumerate(exhibits[:PLINTHS])}
        self.sayings, self._house_language = sayings, language
        self.standing, self.presence = Standing(), Presence()
        self.state, self.since_s, self.stood_s, self.time_s = State.ATTRACT, 0.0, None, 0.0
        self._grasp, self._hanging, self._floating = Grasp(), Hanging(), Floating()
        self.showing, self._blink = Showing(), Blink()
        self._wishes: list[Wish] = []
        self._service = service or Service()
        self.counter, self.typing = Counter(self._service), None
        self.comfort, self.heard = Comfort(), None
        self.language, self.tried, self.inside, self.visits = language, (), "", 0
        self.reached, self.hands, self.bare = Reached(), (), False
        self._room_head = self.head = Pose()
        self._turned_for = ""  # the product for whose place the world was turned
        self.anchor = Anchor.of(self.head)

    # -- what is to be seen -----------------------------------------------------------------------

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What hangs, in the world."""
        return self._hanging.signs

    @property
    def rays(self) -> tuple[Ray, ...]:
        """Where hands point; while nobody does anything, nowhere."""
        return () if self.state is State.ATTRACT else self.reached.rays

    @property
    def shade(self) -> float:
        """How dark it is, 0 to 1, while the world is turned."""
        return self._blink.shade

    @property
    def pointing(self) -> str:
        """The product that is pointed at, "" for none."""
        return self.reached.pointing

    @property
    def chosen_sign(self) -> str:
        """The choice that was selected in this frame, "" for none."""
        chosen = self.reached.chosen
        return chosen.name if chosen and chosen.kind == "sign" else ""

    @property
    def says(self) -> Sayings:
        """The sentences of the visitor's language."""
        return self.sayings[self.language]

    @property
    def carried(self) -> str:
        """The product in a hand, "" for none."""
        return self.reached.held[0].product_id if self.reached.busy and self.reached.held else ""

    @property
    def soon(self) -> tuple[Writing, ...]:
        """What may have to be read next."""
        return soon(self)

    @property
    def compared(self) -> tuple[str, ...]:
        """The last two of the ring that were tried."""
        return tuple(one for one in self.tried if one in self.homes)[-2:]

    @property
    def held(self) -> tuple[Held, ...]:
        """Heroes that have left their plinths, in hands first; at most two of the hall's."""
        in_hands = {held.product_id for held in self.reached.held}
        floating = tuple(Held(0, product_id, pose) for product_id, pose in self._floating.poses.items()
                         if product_id not in in_hands)
        return (*self.reached.held, *floating[:max(0, 2 - len(in_hands))])

    @property
    def lit(self) -> str:
        """Whose plinth the warm light stands over."""
        if self.inside:
            return ""
        return self.showing.product_id if self.state is State.ATTRACT else self.pointing

    def anchor_here(self) -> Anchor:
        """The visitor's eyes now."""
        return Anchor.of(self.head)

    def eyes(self, eyes: Eyes) -> Eyes:
        """A frame's views in the world."""
        return self.standing.eyes(eyes)

    # -- what the show tells ------------------------------------------------------------------------

    def begin_trying(self, exhibit: Exhibit) -> None:
        """The show opened a product's place by itself."""
        self.exhibits[exhibit.product_id] = exhibit
        self.inside, self._turned_for = exhibit.product_id, ""
        self._tried(exhibit.product_id)
        self.go(State.TRY)

    def advised(self, preference: Preference) -> None:
        """What the visitor said of what they like has been understood so."""
        self.counter.preference = preference
        if self.state not in (*BUYING, State.ATTRACT, State.RESET):
            serving.begin_offer(self)

    def looked(self, look: Look | None) -> None:
        """What the photo showed; None: nothing could be seen. It counts only while it is waited for."""
        if self.counter.looking:
            self.counter.saw(look)

    def serve(self, service: Service) -> None:
        """What the house does for a visitor is this, from now on."""
        self._service = self.counter.service = service

    def heard_of(self, news: News) -> None:
        """What became of an order."""
        self.counter.purchase.heard(news)

    def back_in_hall(self) -> None:
        """The place could not be made; the hall is where the visitor is."""
        self.inside = self._turned_for = ""
        if self.state is State.TRY or self.state in BUYING:
            self.go(State.BROWSE)

    # -- a frame ------------------------------------------------------------------------------------

    def step(self, controls: Controls, time_s: float, settled: bool = True) -> list[Wish]:
        """What is wished now.   controls : in the room.   settled : what was asked for stands."""
        if controls.quit:
            return [Quit()]
        self._wishes, self.time_s = [], max(time_s, self.time_s)
        if settled and self.stood_s is None and self.time_s - self.since_s > ASKED_S:
            self.stood_s = self.time_s
        self._see(controls)
        self._pass_time()
        self._hear(controls)
        MOVES[self.state](self, settled)
        self._keep_in_sight()
        if self._blink.step(self.time_s):
            self.head = self.standing.world_from_room(self._room_head)
            self._hang_anew()
        goals = self.showing.goals(self.homes) if self.state is State.ATTRACT else self._hovering()
        self._floating.step(self.homes, {} if self.inside else goals, self.time_s)
        self._hanging.step(wanted(self) if self._blink.open else (), self.reached.choice, self.time_s)
        return [*self._wishes, *(self.reached.pulses if self.state is not State.ATTRACT else ())]

    def _see(self, controls: Controls) -> None:
        before = self.reached
        moved = self.standing.step(controls, self.time_s, before.busy, before.dragging)
        self._room_head = controls.head
        self.hands = moved.hands
        self.head, self.bare = moved.head, any(hand.bare for hand in controls.hands)
        if self.standing.turned or controls.recentred:
            self._hang_anew()
        self.reached = self._grasp.step(moved, self._wares(), self.signs, self.time_s)
        self.presence.step(controls, self.reached.acted, self.time_s)

    def _hear(self, controls: Controls) -> None:
        """What is typed; who begins a visit so is greeted by being answered."""
        self.typing = controls.typing
        if self.state in (State.ATTRACT, State.GREET) and controls.typed:
            self.begin_visit()
            self.go(State.BROWSE)
        if self.state not in (State.ATTRACT, State.GREET, State.RESET):
            self.counter.watch(self.inside, tuple(one.product_id for one in self.reached.held), self.time_s)
            if controls.typed:
                serving.hear(self, controls.typed)

    def _wares(self) -> tuple[Ware, ...]:
        """What stands on plinths where the visitor is."""
        if self.inside:
            one = self.exhibits[self.inside]
            return (Ware(self.inside, PLACE_HOME, one.height_m, one.touch, own=True),)
        here = ((self.exhibits[product_id], self._floating.poses.get(product_id, home))
                for product_id, home in self.homes.items())
        return tuple(Ware(one.product_id, home, one.height_m, one.touch) for one, home in here)

    def _pass_time(self) -> None:
        """Ends a visit that nobody is in any more, and a state in which nothing happens."""
        paying = self.state in (State.PAY, State.RECEIPT)
        over = self.presence.off_s >= (OFF_PAYING_S if paying else OFF_S)
        if over and self.state not in (State.ATTRACT, State.RESET):
            return self.go(State.RESET)
        most_s, after = TIME_OUTS.get(self.state, (math.inf, self.state))
        passed_s = self.time_s - self.since_s
        if self.state not in WHATEVER:
            passed_s = min(passed_s, self.presence.idle_s)
        if passed_s >= most_s:
            self._run_out(after)

    def _run_out(self, after: State) -> None:
        """A state gives way: where it was about advice to the offers, where about buying to what was."""
        if after is State.OFFER:
            serving.run_out(self)
        elif after is State.DRAFT:
            self.counter.purchase.back()
            self.go(after)
        else:
            if self.state in BUYING:
                self.counter.purchase.clear()
            self.leave(after)

    def go(self, state: State) -> None:
        """Another state begins; what hangs is hung anew."""
        self.state, self.since_s, self.stood_s = state, self.time_s, None
        self._hang_anew()
        if state is State.RESET:
            self._reset()

    def _hang_anew(self) -> None:
        """What is read hangs where the visitor stands and looks now."""
        self.anchor = Anchor.of(self.head)
        if self.inside:
            self.anchor = self.anchor.towards(PLACE_HOME.position)
        self._hanging.rehang()

    def _keep_in_sight(self) -> None:
        """What hangs nowhere yet will hang where one looks; what one has left behind comes after."""
        if self.inside or self.state is State.COMPARE:
            return
        if not self.signs:
            self.anchor = Anchor.of(self.head)
        elif not self.anchor.sees(self.head, *SIGHT):
            self._hang_anew()

    def _reset(self) -> None:
        """Nothing of the visit stays."""
        self.leave_place()
        self._grasp.forget()
        self._floating.clear()
        self._hanging.clear()
        self._change_standing(self.standing.reset, hidden=self.presence.off_s > 0.0)
        self.language, self.tried, self._turned_for = self._house_language, (), ""
        self.counter, self.typing = Counter(self._service), None
        self._wishes.append(Reset())

    # -- steps ------------------------------------------------------------------------------------

    def wish(self, wish: Wish) -> None:
        """Has something done at the end of this step."""
        self._wishes.append(wish)

    def begin_visit(self) -> None:
        """Somebody is there."""
        self.leave_place()
        self.showing.rest()
        x, _, z = self._room_head.position
        if self.presence.put_on or math.hypot(x, z) > NEAR_MIDDLE_M:
            self._change_standing(lambda: self.standing.recentre(self._room_head), self.presence.put_on)
        self.visits += 1
        self.go(State.GREET)

    def choose_product(self) -> bool:
        """Steps inside what was selected, or brought to the face."""
        chosen = self.reached.chosen
        product_id = chosen.name if chosen and chosen.kind == "product" else self.reached.tried
        if product_id in self.homes:
            self.enter(product_id)
            return True
        return False

    def enter(self, product_id: str) -> None:
        """Steps inside a product's place."""
        self.inside = product_id
        self._wishes.append(Try(product_id))
        self._tried(product_id)
        self._turned_for = product_id
        self.go(State.TRY)
        self._face(0)

    def _tried(self, product_id: str) -> None:
        self.tried = (*(one for one in self.tried if one != product_id), product_id)

    def leave(self, state: State) -> None:
        """Goes on to a state of the hall; before the plinth of whoever's place one comes from."""
        turned_for, self._turned_for = self._turned_for, ""
        self.leave_place()
        self.go(state)
        if turned_for:
            self._face(tuple(self.homes).index(turned_for))

    def leave_place(self) -> None:
        """Back to the hall, if one is inside."""
        if self.inside:
            self.inside = ""
            self._wishes.append(Leave())

    def _face(self, index: int) -> None:
        """Brings a plinth's direction before the visitor; nothing happens if it is there."""
        azimuth = index * math.tau / PLINTHS
        if abs(math.remainder(azimuth_rad(self.head.orientation) - azimuth, math.tau)) > math.pi / PLINTHS:
            self._change_standing(lambda: self.standing.face(azimuth))

    def _change_standing(self, change: Callable[[], None], hidden: bool = False) -> None:
        """Moves the world about the visitor in the dark of a blink, or at once where nobody sees it."""
        if hidden:
            change()
            self.head = self.standing.world_from_room(self._room_head)
        else:
            self._blink.close(change, self.time_s)

    def _hovering(self) -> dict[str, Pose]:
        """Where the two that are compared wait for a hand."""
        if self.state is not State.COMPARE:
            return {}
        aside, below, away = COMPARE
        spots = (self.anchor.at(side * aside, below, away) for side in (-1, 1))
        return {product_id: Pose(spot.position, about_up(-azimuth_rad(spot.orientation)))
                for product_id, spot in zip(self.compared, spots)}
