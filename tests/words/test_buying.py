"""At the counter: advised and served by pointing and by typing; nothing typed buys, and nothing stays."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showroom.app.shelf import Shelf
from showroom.catalogue import baked_spec, load_catalogue
from showroom.visit.counter import Service
from showroom.visit.journey import Journey
from showroom.visit.reasons import AdviceSayings
from showroom.visit.recommend import Advice, Ware
from showroom.visit.sayings import load_sayings
from showroom.visit.states import BUYING, OFF_PAYING_S, OFF_S, TIME_OUTS, State
from showroom.words.look import FILE, Garment, Look, Photograph, Region
from showroom.words.order import ANSWER, CONFLICT, REFUSAL, News, Receipt
from showroom.words.preference import Preference
from showroom.words.scenespec import Colour
from showroom.words.sign import CARD, FILLING
from showroom.words.wish import Advise, CancelOrder, ForgetLook, Open, Photo, PlaceOrder, PrepareLook, Reset, Try
from tests.words.visitor import AWAY, Visitor, apart

PAY_URL, TAKE_URL = "http://127.0.0.1:8765/pay/" + "a" * 32, "http://127.0.0.1:8765/take/" + "b" * 32
PHOTO = Photograph(FILE, "/nowhere/photo.jpg")
LOOK = Look((Garment("dress", 0.9),), (Region("whole", (Colour("#224466", 1.0),), "plain"),), (0.4, 0.4, 0.1, 0.1))


@pytest.fixture(scope="module")
def house():
    """Exhibits and wares of the house's own catalogue, and its sayings."""
    sayings, products = load_sayings(), load_catalogue().products
    baked = [(product, spec) for product in products if (spec := baked_spec(product))]
    return sayings, Shelf(sayings).of(baked), {product.id: product for product in products}, Advice(
        [Ware(*pair) for pair in baked])


class Buyer(Visitor):
    """A visitor in a house that advises and sells; keys of orders count up."""

    def __init__(self, house, photograph: Photograph | None = None, opens: bool = True):
        sayings, exhibits, products, advice = house
        numbers = itertools.count(1)
        service = Service(products, advice, AdviceSayings(), True, photograph, opens, lambda: f"{next(numbers):032x}")
        super().__init__(Journey(exhibits, sayings, "en", service))
        self.come_in()

    @property
    def state(self) -> State:
        return self.journey.state

    def choices(self) -> list[str]:
        """What can be chosen now, once it hangs."""
        self.wait(1.5)
        return [sign.choice for sign in self.journey.signs if sign.choice]

    def types(self, line: str) -> list:
        """Sends a line; what was wished."""
        wishes = self.frame(typed=line)
        self.wait(0.5)
        return wishes

    def inside(self, index: int = 0) -> str:
        """Steps into a product's place; its id."""
        self.press(self.at_plinth(index))
        self.wait(4.0)
        return self.journey.inside

    def hold(self, seconds: float, choice: str = "confirm") -> list:
        """Keeps the trigger down on a sign."""
        aim = self.at_sign(self.sign(choice))
        self.frame(aim)
        return self.wait(seconds, aim=aim, select=1.0)

    def confirming(self) -> "Buyer":
        """As far as the card that is read back."""
        self.inside()
        for choice in ("buy", "size:50ml", "review"):
            self.press_sign(choice)
        self.wait(1.5)
        assert self.state is State.CONFIRM
        return self

    def ordered(self):
        """A confirmed order."""
        placed = [wish for wish in self.confirming().hold(1.3) if isinstance(wish, PlaceOrder)]
        assert len(placed) == 1
        return placed[0].order

    def told(self, order, state: str) -> None:
        """The shop says how the order stands."""
        self.journey.heard_of(News(order.key, ANSWER, Receipt("o" * 32, state, order.total_cents, "EUR", PAY_URL,
                                                              TAKE_URL if state == "paid" else "")))
        self.frame()


@pytest.fixture
def buyer(house) -> Buyer:
    return Buyer(house)


# Advice ----------------------------------------------------------------------------------------


def test_three_questions_lead_to_three_offers_and_one_of_them_into_its_place(buyer):
    buyer.press_sign("advise")
    asked = []
    while buyer.state is State.ASK:
        asked.append(buyer.journey.counter.question.key)
        answer = next(one for one in buyer.choices() if one.startswith("answer:"))
        buyer.press_sign(answer)
    assert 1 <= len(asked) <= 3 and len(set(asked)) == len(asked) and buyer.state is State.OFFER
    offers = [one for one in buyer.choices() if one.startswith("try:")]
    cards = [sign.writing for sign in buyer.journey.signs if sign.writing.kind == CARD]
    assert len(offers) == len(cards) == 3 and all(len(card.lines[1]) > 10 for card in cards), "a reason on each"
    wishes = buyer.press_sign(offers[1])
    assert wishes == [Try(offers[1].removeprefix("try:"))] and buyer.state is State.TRY


def test_a_refusal_does_not_come_back(buyer):
    buyer.press_sign("advise")
    while buyer.state is State.ASK:
        buyer.press_sign("skip")
    refused = set()
    for _ in range(4):
        one = next(one for one in buyer.choices() if one.startswith("not:")).removeprefix("not:")
        buyer.press_sign(f"not:{one}")
        refused.add(one)
        assert not refused & {offer.product_id for offer in buyer.journey.counter.offers}


def test_what_is_known_is_shown_and_taken_back(buyer):
    buyer.press_sign("advise")
    buyer.press_sign(next(one for one in buyer.choices() if one.startswith("answer:")))
    while buyer.state is State.ASK:
        buyer.press_sign("skip")
    known = buyer.journey.counter.preference.entries
    buyer.press_sign("known")
    assert buyer.state is State.KNOWN and len(known) >= 1
    assert sum(one.startswith("forget:") for one in buyer.choices()) == len(known)
    for _ in known:
        buyer.press_sign("forget:0")
    assert buyer.journey.counter.preference.entries == ()
    buyer.press_sign("back")
    assert buyer.state is State.OFFER


def test_in_a_place_more_like_it_is_offered_and_what_is_not_wanted_is_not(buyer):
    one = buyer.inside()
    buyer.press_sign("more")
    assert buyer.state is State.OFFER and one in buyer.journey.counter.preference.more
    buyer.press_sign("back")
    buyer.wait(1.0)
    other = buyer.inside(2)
    buyer.press_sign("not")
    assert other in buyer.journey.counter.preference.refused
    assert other not in {offer.product_id for offer in buyer.journey.counter.offers}


def test_no_photo_is_taken_before_a_yes(house):
    buyer = Buyer(house, PHOTO)
    buyer.press_sign("advise")
    while buyer.state is State.ASK:
        buyer.press_sign("skip")
    assert buyer.state is State.LOOK and PrepareLook() in buyer.wishes
    buyer.wait(5.0)
    assert not any(isinstance(wish, Photo) for wish in buyer.wishes)
    buyer.press_sign("look_yes")
    assert [wish for wish in buyer.wishes if isinstance(wish, Photo)] == [Photo(PHOTO)]
    buyer.journey.looked(LOOK)
    buyer.frame()
    assert buyer.state is State.OFFER and buyer.journey.counter.look == LOOK


@pytest.mark.parametrize("way", ["look_no", "back", "wait"])
def test_no_and_silence_are_no_and_what_was_got_ready_goes(house, way):
    buyer = Buyer(house, PHOTO)
    buyer.press_sign("advise")
    while buyer.state is State.ASK:
        buyer.press_sign("skip")
    if way == "wait":
        buyer.wait(TIME_OUTS[State.LOOK][0] + 1.0)
    else:
        buyer.press(AWAY, "back") if way == "back" else buyer.press_sign(way)
    assert buyer.state is State.OFFER and ForgetLook() in buyer.wishes
    assert not any(isinstance(wish, Photo) for wish in buyer.wishes)
    buyer.journey.looked(LOOK)
    assert buyer.journey.counter.look is None, "what nobody waits for does not count"


def test_what_is_typed_of_ones_taste_is_heeded_by_the_house(buyer):
    assert buyer.types("something with roses and no smoke") == [Advise("something with roses and no smoke")]
    buyer.journey.advised(Preference().liking({"floral": 1.0}))
    buyer.frame()
    assert buyer.state is State.OFFER and len(buyer.journey.counter.offers) == 3


# Buying by pointing ------------------------------------------------------------------------------


def test_a_draft_is_changed_by_pointing_and_read_back(buyer):
    product = buyer.inside()
    buyer.press_sign("buy")
    assert buyer.state is State.DRAFT and "review" not in buyer.choices(), "its size is open"
    for choice in ("size:100ml", "one_more", "one_more", "one_fewer", "gift", "ship"):
        buyer.press_sign(choice)
    draft = buyer.journey.counter.purchase.draft
    assert (draft.product_id, draft.size_id, draft.quantity, draft.gift, draft.delivery) == (
        product, "100ml", 2, True, "ship")
    buyer.press_sign("review")
    assert buyer.state is State.CONFIRM
    buyer.press_sign("change")
    assert buyer.state is State.DRAFT and buyer.journey.counter.purchase.draft == draft


def test_a_second_on_the_card_orders_once_and_less_does_not(buyer):
    buyer.confirming()
    assert buyer.hold(0.8) == [] and 0.6 < buyer.journey.counter.purchase.ring < 1.0
    assert [sign.writing.title for sign in buyer.journey.signs if sign.writing.kind == FILLING] != ["0"]
    buyer.wait(0.2)
    assert buyer.journey.counter.purchase.ring == 0.0
    wishes = buyer.hold(3.0)
    assert [type(wish) for wish in wishes] == [PlaceOrder] and buyer.state is State.PAY
    assert (wishes[0].order.quantity, wishes[0].order.size_id, wishes[0].order.language) == (1, "50ml", "en")


def test_the_press_that_asks_for_the_card_is_no_yes(buyer):
    buyer.inside()
    buyer.press_sign("buy")
    buyer.press_sign("size:50ml")
    buyer.wait(1.5)
    buyer.hold(0.1, "review")
    assert buyer.state is State.CONFIRM
    here = buyer.at_sign(buyer.journey.signs[0])
    assert buyer.wait(5.0, aim=here, select=1.0) == []


def test_order_pay_receipt_and_the_page_to_take_home(buyer):
    order = buyer.ordered()
    buyer.told(order, "awaiting_payment")
    assert {"open", "cancel_order", "back"} <= set(buyer.choices())
    card = next(sign.writing for sign in buyer.journey.signs if sign.writing.kind == CARD)
    assert f"code\t\t{PAY_URL}" in card.lines
    assert buyer.press_sign("open") == [Open(PAY_URL)]
    buyer.told(order, "refused")
    buyer.wait(1.5)
    assert buyer.state is State.PAY and buyer.said("caption") == [buyer.journey.says.say("pay.refused")]
    buyer.told(order, "paid")
    buyer.frame()
    assert buyer.state is State.RECEIPT
    buyer.wait(1.5)
    card = next(sign.writing for sign in buyer.journey.signs if sign.writing.kind == CARD)
    assert f"code\t\t{TAKE_URL}" in card.lines
    assert buyer.press_sign("open") == [Open(TAKE_URL)]
    buyer.press_sign("back")
    assert buyer.state is State.TRY and buyer.journey.counter.purchase.order is None


def test_an_order_is_taken_back_and_then_left(buyer):
    order = buyer.ordered()
    buyer.told(order, "awaiting_payment")
    assert buyer.press_sign("cancel_order") == [CancelOrder("o" * 32)]
    buyer.told(order, "cancelled")
    assert buyer.choices() == ["back"] and buyer.said("caption") == [buyer.journey.says.say("pay.cancelled")]


@pytest.mark.parametrize(("kind", "says"), [(REFUSAL, "pay.unstored"), (CONFLICT, "pay.conflict")])
def test_what_could_not_be_ordered_is_said_and_left(buyer, kind, says):
    order = buyer.ordered()
    buyer.journey.heard_of(News(order.key, kind, None, "for staff"))
    assert buyer.choices() == ["back"] and buyer.said("caption") == [buyer.journey.says.say(says)]
    buyer.press_sign("back")
    assert buyer.state is State.TRY


def test_where_nobody_sits_before_a_screen_nothing_is_opened_on_one(house):
    buyer = Buyer(house, opens=False)
    order = buyer.ordered()
    buyer.told(order, "awaiting_payment")
    assert "open" not in buyer.choices()


# Typing ------------------------------------------------------------------------------------------


def test_a_typed_line_drafts_and_no_typed_line_orders(buyer):
    buyer.inside()
    buyer.types("two of this in 100 ml for my sister")
    draft = buyer.journey.counter.purchase.draft
    assert buyer.state is State.DRAFT and (draft.quantity, draft.size_id, draft.gift) == (2, "100ml", True)
    for line in ("yes", "confirm", "order it now", "buy it!", "确认", "confermo"):
        buyer.types(line)
        buyer.wait(1.5)
    assert not any(isinstance(wish, PlaceOrder) for wish in buyer.wishes)
    assert buyer.state in (State.DRAFT, State.CONFIRM)


def test_a_typed_line_asks_which_and_the_answer_can_be_pointed_at(buyer):
    buyer.types("Low Tide and Vespers please")
    purchase = buyer.journey.counter.purchase
    assert buyer.state is State.DRAFT and purchase.asked == "one"
    assert {"this:bassa-marea", "this:vespri"} <= set(buyer.choices())
    assert buyer.said("caption") == [buyer.journey.says.say("ask.one")]
    buyer.press_sign("this:vespri")
    assert purchase.draft.product_id == "vespri"


def test_cancelling_leads_back_to_where_one_was(buyer):
    buyer.inside()
    buyer.types("buy this in 50 ml")
    assert buyer.state is State.DRAFT
    buyer.types("cancel")
    assert buyer.state is State.TRY and buyer.journey.counter.purchase.draft is None


def test_what_is_being_typed_is_shown_and_gone_when_it_is_sent(buyer):
    buyer.wait(1.0, typing="帮我买")
    assert "帮我买" in buyer.said("caption")
    buyer.wait(1.0)
    assert "帮我买" not in buyer.said("caption")


# Ways out ----------------------------------------------------------------------------------------


def reach(house, state: State) -> Buyer:
    """A visitor who has come as far as a state of the counter."""
    buyer = Buyer(house, PHOTO)
    if state in (State.ASK, State.LOOK, State.OFFER, State.KNOWN):
        buyer.press_sign("advise")
        while buyer.state is State.ASK and state is not State.ASK:
            buyer.press_sign("skip")
        if state in (State.OFFER, State.KNOWN):
            buyer.press_sign("look_no")
        if state is State.KNOWN:
            buyer.press_sign("known")
    elif state is State.DRAFT:
        buyer.inside()
        buyer.press_sign("buy")
    elif state is State.CONFIRM:
        buyer.confirming()
    else:
        order = buyer.ordered()
        buyer.told(order, "paid" if state is State.RECEIPT else "awaiting_payment")
        buyer.frame()
    assert buyer.state is state
    return buyer


COUNTER = (State.ASK, State.LOOK, State.OFFER, State.KNOWN, *BUYING)


@pytest.mark.parametrize("state", COUNTER)
def test_every_state_ends_by_itself_and_each_has_a_way_back(house, state):
    buyer = reach(house, state)
    seconds, after = TIME_OUTS[state]
    buyer.wait(seconds + 0.6)
    assert buyer.state is after
    buyer = reach(house, state)
    buyer.press(AWAY, "back")
    assert buyer.state is not state
    again = reach(house, state)
    assert {"back", "look_no", "change"} & set(again.choices())


@pytest.mark.parametrize("state", COUNTER)
def test_the_headset_off_ends_it_and_nothing_of_the_visitor_stays(house, state):
    buyer = reach(house, state)
    buyer.worn = False
    paying = state in (State.PAY, State.RECEIPT)
    buyer.wait((min(OFF_PAYING_S, TIME_OUTS[state][0]) if paying else OFF_S) + TIME_OUTS[State.RESET][0] + 1.0, aim=None)
    if paying:
        buyer.wait(OFF_PAYING_S, aim=None)
    counter = buyer.journey.counter
    assert Reset() in buyer.wishes and buyer.state is State.ATTRACT
    assert (counter.preference, counter.look, counter.offers, counter.purchase.order) == (Preference(), None, (), None)


@pytest.mark.parametrize("state", COUNTER)
def test_what_hangs_at_the_counter_does_not_overlap(house, state):
    buyer = reach(house, state)
    buyer.wait(2.0)
    signs = [sign for sign in buyer.journey.signs if sign.writing.kind != FILLING]
    assert all(apart(one, other) for one, other in itertools.combinations(signs, 2)), [
        (one.writing.title, other.writing.title) for one, other in itertools.combinations(signs, 2)
        if not apart(one, other)]
    assert len(signs) <= 15


DEEDS = ("sign", "back", "wait", "off", "look", "product", "type", "hold", "paid", "refused")
LINES = ("buy two of this", "买一瓶", "annulla", "yes, order it", "something warm", "the second one in 50 ml", "")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), st.sampled_from(DEEDS)), max_size=30))
def test_whatever_one_does_an_order_was_confirmed_by_holding(house, deeds):
    buyer = Buyer(house, PHOTO)
    placed = 0
    for index, deed in deeds:
        signs = [sign for sign in buyer.journey.signs if sign.choice and sign.opacity > 0.5]
        if deed == "sign" and signs:
            buyer.press(buyer.at_sign(signs[index % len(signs)]))
        elif deed == "hold" and signs:
            confirming = buyer.state is State.CONFIRM
            wishes = buyer.wait(1.5, aim=buyer.at_sign(signs[index % len(signs)]), select=1.0)
            placed += (found := sum(isinstance(wish, PlaceOrder) for wish in wishes))
            assert not found or confirming
        elif deed == "product":
            buyer.press(buyer.at_plinth(index))
        elif deed == "type":
            buyer.types(LINES[index % len(LINES)])
        elif deed in ("paid", "refused") and buyer.journey.counter.purchase.order:
            buyer.told(buyer.journey.counter.purchase.order, deed)
        elif deed == "back":
            buyer.press(AWAY, "back")
        buyer.worn = deed != "off"
        buyer.wait({"wait": 30.0, "off": 3.0 * index}.get(deed, 1.2))
        buyer.worn = True
        journey = buyer.journey
        assert sum(sign.writing.kind == "caption" for sign in journey.signs) <= 1
        assert not journey.inside or journey.state in (State.TRY, State.ATTRACT, *BUYING)
    assert sum(isinstance(wish, PlaceOrder) for wish in buyer.wishes) == placed
