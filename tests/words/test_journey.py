"""The journey: each state, each way out of it, each time-out; and that nothing of a visit stays."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showroom.visit.exhibits import Exhibit
from showroom.visit.journey import Journey
from showroom.visit.sayings import load_sayings
from showroom.visit.showing import EACH_S, PLACE_S
from showroom.visit.states import OFF_S, TIME_OUTS, State
from showroom.words.controls import Controls
from showroom.words.pose import azimuth_rad
from showroom.words.view import Pose, yaw_pitch
from showroom.words.wish import Leave, Quit, Reset, Try
from tests.words.visitor import AWAY, HEAD, PRODUCTS, Visitor, apart, exhibits


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


@pytest.fixture
def browsing(visitor) -> Visitor:
    visitor.come_in()
    assert visitor.journey.state is State.BROWSE
    return visitor


def trying(visitor: Visitor, index: int = 0) -> Visitor:
    visitor.press(visitor.at_plinth(index))
    visitor.wait(1.0)
    assert visitor.journey.state is State.TRY
    return visitor


# Attract ---------------------------------------------------------------------------------------


def test_where_nobody_does_anything_light_goes_round_and_heroes_rise(visitor):
    visitor.frame()
    lit, risen = [], 0.0
    for _ in range(12):
        visitor.wait(EACH_S / 2)
        lit.append(visitor.journey.lit)
        risen = max(risen, *(held.pose.position[1] for held in visitor.journey.held))
        assert [held.product_id for held in visitor.journey.held] == [visitor.journey.lit]
        visitor.wait(EACH_S / 2)
    assert lit == list(PRODUCTS) and risen > 1.15


def test_after_a_round_a_place_opens_by_itself_and_closes_again(visitor):
    visitor.wait(12 * EACH_S + 1.0)
    assert visitor.wishes == [Try(PRODUCTS[0])] and visitor.journey.state is State.ATTRACT
    visitor.wait(PLACE_S + 1.0)
    assert visitor.wishes == [Try(PRODUCTS[0]), Leave()]
    visitor.wait(12 * EACH_S + 1.0)
    assert visitor.wishes[-1] == Try(PRODUCTS[1])


def test_nothing_is_shown_off_before_the_hall_stands(visitor):
    visitor.settled = False
    visitor.wait(3 * 12 * EACH_S)
    assert visitor.wishes == [] and visitor.journey.lit == ""
    visitor.settled = True
    visitor.wait(1.0)
    assert visitor.journey.lit == PRODUCTS[0]


@pytest.mark.parametrize("deed", ["look", "step", "hand", "press"])
def test_whoever_does_anything_is_greeted(visitor, deed):
    visitor.wait(1.0)
    assert visitor.journey.state is State.ATTRACT
    if deed in {"look", "step"}:
        visitor.head = Pose((0.2 * (deed == "step"), 1.6, 0.0), yaw_pitch(0.2 * (deed == "look"), 0.0))
        visitor.frame()
    elif deed == "hand":
        visitor.frame(Pose((0.3, 1.0, 0.0), AWAY.orientation))
    else:
        assert visitor.press(AWAY) == []
    assert visitor.journey.state is State.GREET


def test_tracking_that_is_found_and_hands_that_are_first_seen_are_nobody(visitor):
    visitor.wait(0.5, aim=None)
    visitor.head = Pose((0.5, 1.2, 0.3), yaw_pitch(2.0, 0.0))
    visitor.wait(0.5)
    visitor.wait(0.5, recentred=True)
    assert visitor.journey.state is State.ATTRACT


def test_a_visitor_who_comes_while_a_place_shows_off_is_greeted_in_the_hall(visitor):
    visitor.wait(12 * EACH_S + 1.0)
    visitor.stir()
    assert visitor.wishes == [Try(PRODUCTS[0]), Leave()]
    assert visitor.journey.state is State.GREET and not visitor.journey.inside


def test_whoever_puts_the_headset_on_elsewhere_stands_in_the_middle(visitor):
    visitor.worn = False
    visitor.wait(1.0)
    visitor.worn, visitor.head = True, Pose((1.4, 1.6, 0.9), yaw_pitch(2.0, 0.0))
    visitor.frame()
    x, _, z = visitor.journey.head.position
    assert visitor.journey.state is State.GREET and math.hypot(x, z) < 1e-6
    assert azimuth_rad(visitor.journey.head.orientation) == pytest.approx(0.0, abs=1e-6)


# Greet -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh", "it"])
def test_a_language_is_chosen_by_pointing_at_it(visitor, language):
    visitor.come_in(language)
    assert visitor.journey.state is State.BROWSE and visitor.journey.language == language
    assert all(sign.writing.language == language for sign in visitor.journey.signs)


def test_who_chooses_no_language_goes_on_in_that_of_the_house():
    visitor = Visitor(Journey(exhibits(), load_sayings(), "it"))
    visitor.frame()
    visitor.stir()
    visitor.wait(TIME_OUTS[State.GREET][0] + 0.2)
    assert visitor.journey.state is State.BROWSE and visitor.journey.language == "it"


def test_the_welcome_is_said_in_each_language_by_turns(visitor):
    visitor.frame()
    visitor.stir()
    heard = set()
    for _ in range(30):
        visitor.wait(0.5)
        sentences = [sign for sign in visitor.journey.signs if sign.writing.kind == "caption"]
        assert len(sentences) <= 1
        heard |= {sign.writing.language for sign in sentences}
    assert heard == {"en", "zh", "it"}


# Browse ----------------------------------------------------------------------------------------


def test_each_of_the_twelve_can_be_pointed_at_and_shows_its_card(browsing):
    for index, product in enumerate(PRODUCTS):
        browsing.wait(1.0, aim=browsing.at_plinth(index))
        assert browsing.journey.pointing == browsing.journey.lit == product
        assert browsing.said("card") == [product]


def test_a_press_tries_once_and_holding_does_not_repeat(browsing):
    browsing.frame(browsing.at_plinth(3))
    assert browsing.frame(browsing.at_plinth(3), select=1.0) == [Try("product-3")]
    assert browsing.frame(browsing.at_plinth(3), select=1.0) == []
    assert browsing.journey.state is State.TRY and browsing.journey.inside == "product-3"


def test_a_bottle_brought_to_the_face_is_tried(browsing):
    browsing.frame(browsing.at_plinth(2))
    calling = browsing.at_plinth(2)
    browsing.wait(1.5, aim=calling, squeeze=1.0)
    assert [held.product_id for held in browsing.journey.held] == ["product-2"]
    assert browsing.said("card") == ["product-2"] and browsing.said("caption") == ["Bring it close to your face."]
    face = Pose((0.0, 1.5, -0.1), calling.orientation)
    assert browsing.wait(0.5, aim=face, squeeze=1.0) == [Try("product-2")]


def test_a_finger_that_is_down_when_the_focus_returns_chooses_nothing(browsing):
    aim = browsing.at_plinth(4)
    browsing.frame(aim)
    browsing.frame(aim, focused=False)  # the runtime's own menu, closed by the same trigger
    assert browsing.frame(aim, select=1.0) == []
    assert browsing.frame(aim) == []
    assert browsing.frame(aim, select=1.0) == [Try("product-4")]


def test_lessons_change_until_one_has_chosen(browsing):
    lessons = set()
    for _ in range(70):
        browsing.wait(0.5)
        said = browsing.said("caption")
        assert len(said) <= 1
        lessons |= set(said)
    assert len(lessons) == 3


def test_bare_hands_are_told_to_pinch(browsing):
    browsing.bare = True
    browsing.wait(12.0)
    assert any("fist" in said for said in browsing.said("caption"))


def test_choices_can_be_reached_from_whatever_is_pointed_at(browsing):
    for index in (0, 1):
        trying(browsing, index)
        browsing.press(AWAY, "back")
        browsing.wait(1.5)
    for index in range(12):
        browsing.wait(1.0, aim=browsing.at_plinth(index))
        choices = [sign for sign in browsing.journey.signs if sign.choice]
        assert [sign.choice for sign in choices] == ["compare", "goodbye"]
        cards = [sign for sign in browsing.journey.signs if sign.writing.kind == "card"]
        assert len(cards) == (not browsing.journey.reached.choice), "there is a choice before it, or its card beside it"
        assert all(apart(card, sign) for card in cards for sign in choices), index
        for sign in choices:
            browsing.wait(0.2, aim=browsing.at_sign(sign))
            assert browsing.journey.reached.choice == sign.choice


# Try -------------------------------------------------------------------------------------------


def test_a_place_is_left_by_the_button_and_by_the_sign(browsing):
    trying(browsing)
    assert browsing.press(AWAY, "back") == [Leave()] and browsing.journey.state is State.BROWSE
    trying(browsing, 1)
    browsing.wait(4.0)
    assert browsing.press_sign("browse") == [Leave()] and browsing.journey.state is State.BROWSE


def test_in_a_place_one_is_told_why_and_then_the_way_back(browsing):
    browsing.settled = False
    trying(browsing, 5)
    browsing.wait(20.0)
    assert browsing.said("caption") == [] and browsing.said("card") == ["product-5"]
    browsing.settled = True
    browsing.wait(5.0)
    assert browsing.said("caption") == ["why product-5 en"] and browsing.said("card") == ["product-5"]
    browsing.wait(10.0)
    assert browsing.said("caption") == [browsing.journey.says.say("try.back")]
    browsing.wait(12.0)
    assert browsing.said("caption") == []


def test_whoever_chose_something_behind_them_faces_it_in_its_place_and_its_plinth_on_return(browsing):
    browsing.head = Pose(HEAD.position, yaw_pitch(-2 * math.pi * 4 / 12, 0.0))  # towards the fifth plinth
    browsing.frame()
    before = browsing.journey.head
    trying(browsing, 4)
    assert azimuth_rad(browsing.journey.head.orientation) == pytest.approx(0.0, abs=1e-6)
    browsing.press(AWAY, "back")
    browsing.wait(1.0)
    assert azimuth_rad(browsing.journey.head.orientation) == pytest.approx(azimuth_rad(before.orientation))


def test_the_world_is_turned_in_the_dark_only(browsing):
    browsing.head = Pose(HEAD.position, yaw_pitch(2.0, 0.0))
    browsing.press(browsing.at_plinth(8))
    darkest, turned = 0.0, []
    last = browsing.journey.head.orientation
    for _ in range(40):
        browsing.frame()
        darkest = max(darkest, browsing.journey.shade)
        if browsing.journey.head.orientation != last:
            last = browsing.journey.head.orientation
            turned.append(browsing.journey.shade)
    assert turned == [1.0] and darkest == 1.0 and browsing.journey.shade == 0.0


def test_a_place_that_could_not_be_made_leads_back_to_the_ring(browsing):
    trying(browsing)
    browsing.journey.back_in_hall()
    assert browsing.journey.state is State.BROWSE and not browsing.journey.inside


def test_a_show_that_opens_with_a_product_is_inside_at_once(visitor):
    product = Exhibit("of-words", {"en": "Words"}, {one: exhibits()[0].cards[one] for one in ("en", "zh", "it")})
    visitor.journey.begin_trying(product)
    visitor.wait(4.0)
    assert visitor.journey.state is State.TRY and visitor.said("card") == [PRODUCTS[0]]
    assert visitor.press(AWAY, "back") == [Leave()] and visitor.journey.shade == 0.0


# Compare, goodbye, reset -----------------------------------------------------------------------


def test_two_that_were_tried_are_compared_and_one_is_chosen_again(browsing):
    for index in (0, 1):
        trying(browsing, index)
        browsing.press(AWAY, "back")
        browsing.wait(1.5)
    assert browsing.press_sign("compare") == [] and browsing.journey.state is State.COMPARE
    browsing.wait(2.5)
    assert sorted(browsing.said("card")) == [PRODUCTS[0], PRODUCTS[1]]
    assert [held.product_id for held in browsing.journey.held] == [PRODUCTS[0], PRODUCTS[1]]
    assert browsing.press_sign(f"try:{PRODUCTS[1]}") == [Try(PRODUCTS[1])]
    assert browsing.journey.tried == (PRODUCTS[0], PRODUCTS[1])


def test_nothing_can_be_compared_before_two_were_tried(browsing):
    trying(browsing)
    browsing.press(AWAY, "back")
    browsing.wait(1.5)
    assert [sign.choice for sign in browsing.journey.signs if sign.choice] == ["goodbye"]


def test_a_goodbye_names_what_was_tried_and_ends_in_a_reset(browsing):
    trying(browsing, 6)
    browsing.press(AWAY, "back")
    browsing.wait(1.5)
    browsing.press_sign("goodbye")
    browsing.wait(1.0)
    card = next(sign.writing for sign in browsing.journey.signs if sign.writing.kind == "card")
    assert browsing.journey.state is State.GOODBYE and card.lines == ("\t\tproduct-6 en",)
    wishes = browsing.wait(TIME_OUTS[State.GOODBYE][0])
    assert wishes == [Reset()] and browsing.journey.state is State.RESET
    browsing.wait(TIME_OUTS[State.RESET][0] + 0.2)
    assert browsing.journey.state is State.ATTRACT


def reach(state: State) -> Visitor:
    """A visitor who has come as far as this state."""
    visitor = Visitor()
    if state is State.GREET:
        visitor.frame()
        visitor.stir()
        return visitor
    visitor.come_in("zh")
    for index in (0, 1):
        if state is State.BROWSE:
            return visitor
        trying(visitor, index)
        if state is State.TRY and index == 1:
            return visitor
        visitor.press(AWAY, "back")
        visitor.wait(1.5)
    visitor.press_sign("compare" if state is State.COMPARE else "goodbye")
    return visitor


@pytest.mark.parametrize("state", [State.GREET, State.BROWSE, State.TRY, State.COMPARE, State.GOODBYE])
def test_the_headset_off_ends_a_visit_and_nothing_of_it_stays(state):
    visitor = reach(state)
    assert visitor.journey.state is state
    visitor.worn = False
    before = visitor.wait(OFF_S - 1.0, aim=None)
    assert Reset() not in before or state is State.GOODBYE
    visitor.wait(2.0 + TIME_OUTS[State.RESET][0], aim=None)
    journey = visitor.journey
    assert journey.state is State.ATTRACT and Reset() in visitor.wishes
    assert (journey.language, journey.tried, journey.inside, journey.signs) == ("en", (), "", ())
    assert journey.standing.world_from_room(HEAD) == HEAD
    assert not journey.rays and journey.shade == 0.0


@pytest.mark.parametrize("state", [State.GREET, State.BROWSE, State.TRY, State.COMPARE, State.GOODBYE])
def test_every_state_ends_by_itself(state):
    visitor = reach(state)
    seconds, after = TIME_OUTS[state]
    visitor.wait(seconds - 5.0)
    assert visitor.journey.state is state
    visitor.wait(5.5)
    assert visitor.journey.state is after


def test_whoever_takes_it_off_for_a_moment_goes_on_where_they_were(browsing):
    trying(browsing)
    browsing.worn = False
    browsing.wait(OFF_S - 2.0)
    browsing.worn = True
    browsing.wait(OFF_S)
    assert browsing.journey.state is State.TRY and browsing.journey.inside == PRODUCTS[0]


def test_quit_ends_the_show():
    assert Visitor().journey.step(Controls(quit=True), 0.0) == [Quit()]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(["select", "squeeze", "back", "turn", "off", "look",
                                                               "recentre", "unfocus", "wait", "sign"])),
                max_size=40))
def test_whatever_one_does_places_are_entered_and_left_in_turn(deeds):
    visitor = Visitor()
    for index, deed in deeds:
        hand = {"select": {"select": 1.0}, "squeeze": {"squeeze": 1.0}, "back": {"back": True},
                "turn": {"turn": 1.0}, "unfocus": {"focused": False}, "recentre": {"recentred": True}}.get(deed, {})
        if deed == "look":
            visitor.head = Pose((0.1 * index, 1.6, 0.0), yaw_pitch(0.5 * index, 0.0))
        visitor.worn = deed != "off"
        signs = [sign for sign in visitor.journey.signs if sign.choice and sign.opacity > 0.5]
        if deed == "sign" and signs:
            visitor.press(visitor.at_sign(signs[index % len(signs)]))
        visitor.frame(visitor.at_plinth(index), **hand)
        visitor.wait({"wait": 20.0, "off": 3.0 * index}.get(deed, 0.3), aim=visitor.at_plinth(index))
        journey = visitor.journey
        assert sum(sign.writing.kind == "caption" for sign in journey.signs) <= 1
        assert len({held.product_id for held in journey.held}) <= 2
        assert all(0.0 < sign.opacity <= 1.0 for sign in journey.signs) and 0.0 <= journey.shade <= 1.0
        assert bool(journey.inside) == (journey.state is State.TRY) or journey.state is State.ATTRACT
    inside = False
    for wish in visitor.wishes:
        if isinstance(wish, Leave):
            assert inside, "nobody leaves who is not inside"
        inside = isinstance(wish, Try) or (inside and not isinstance(wish, Leave))
    assert inside == bool(visitor.journey.inside)
