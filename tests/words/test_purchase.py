"""A purchase is confirmed by a hand that holds, and by nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showroom.catalogue import load_catalogue
from showroom.errors import OrderError
from showroom.visit.instruction import Asked, read
from showroom.visit.purchase import HOLD_S, Purchase
from showroom.words.order import AWAITING, CANCELLED, EXPIRED, PAID, STATES, Draft, News, Receipt

PRODUCTS = load_catalogue().products
VESPRI = next(one for one in PRODUCTS if one.id == "vespri")
JACKET = next(one for one in PRODUCTS if one.id == "primo-gelo")
KEY = "0123456789abcdef" * 2
FRAME_S = 1 / 90


@pytest.fixture
def reviewed():
    """A purchase that is read back, and has been looked at for a frame with no trigger down."""
    purchase = Purchase()
    purchase.begin(Draft("vespri", "50ml", 2), VESPRI)
    assert purchase.review() and purchase.state == "confirm"
    purchase.step(False, 0.0, KEY, "en")
    return purchase


def hold(purchase, seconds, start_s=0.0, frame_s=FRAME_S):
    """Every order that comes out while the trigger is held."""
    frames = range(1, int(seconds / frame_s) + 2)
    return [order for at in frames if (order := purchase.step(True, start_s + at * frame_s, KEY, "en"))]


def test_a_trigger_held_for_a_second_orders_once(reviewed):
    assert hold(reviewed, HOLD_S * 0.95) == [] and 0.9 < reviewed.ring < 1.0
    order, = hold(reviewed, 3.0, HOLD_S)
    assert (order.key, order.quantity, order.total_cents) == (KEY, 2, 48000) and reviewed.state == "sent"
    assert reviewed.ring == 0.0 and reviewed.order == order


def test_a_trigger_let_go_starts_again(reviewed):
    assert hold(reviewed, 0.8) == []
    assert reviewed.step(False, 1.0, KEY, "en") is None and reviewed.ring == 0.0
    assert hold(reviewed, 0.8, 1.0) == [] and len(hold(reviewed, 0.4, 1.8)) == 1


def test_a_trigger_that_was_down_before_the_card_was_there_does_nothing():
    purchase = Purchase()
    purchase.begin(Draft("vespri", "50ml"), VESPRI)
    purchase.review()
    assert hold(purchase, 5.0) == [] and purchase.ring == 0.0


def test_a_frame_that_took_long_confirms_nothing(reviewed):
    assert reviewed.step(True, 0.01, KEY, "en") is None
    assert reviewed.step(True, 60.0, KEY, "en") is None and reviewed.ring < 0.2


def test_what_is_read_back_again_is_held_again(reviewed):
    hold(reviewed, 0.9)
    reviewed.change(Draft("vespri", "100ml"), VESPRI)
    assert reviewed.state == "draft" and reviewed.ring == 0.0
    assert hold(reviewed, 3.0, 1.0) == []
    assert reviewed.review() and hold(reviewed, 3.0, 5.0) == []


def test_nothing_is_reviewed_that_lacks_something():
    purchase = Purchase()
    purchase.begin(Draft("primo-gelo"), JACKET)
    assert purchase.asked == "size" and not purchase.review() and purchase.state == "draft"
    assert purchase.total_cents == 0
    purchase.change(Draft("primo-gelo", "m", 9), JACKET)
    assert purchase.asked == "total" and not purchase.review()
    purchase.change(Draft("primo-gelo", "m", 2), JACKET)
    assert purchase.review() and purchase.total_cents == 258000


@given(st.lists(st.one_of(st.tuples(st.just("type"), st.sampled_from([
    "buy this", "yes", "confirm", "pay", "buy two, confirmed", "确认", "confermo", "cancel", "100 ml",
    "make it three",
])), st.tuples(st.just("step"), st.booleans()), st.tuples(st.just("review"), st.none()),
    st.tuples(st.just("back"), st.none())), max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_order_without_a_whole_second_of_one_hand(deeds):
    """Whatever is typed and pressed, an order follows a second of holding that nothing interrupted."""
    purchase, held, time_s = Purchase(), 0, 0.0
    for deed, value in deeds:
        if deed == "type":
            asked = Asked(PRODUCTS, here="vespri", draft=purchase.draft)
            purchase.understood(read(value, asked), PRODUCTS)
            held = 0
        elif deed == "review":
            purchase.review()
        elif deed == "back":
            purchase.back()
            held = 0
        else:
            time_s += 0.1
            held = held + 1 if value else 0
            if purchase.step(value, time_s, KEY, "en"):
                assert held >= 10
    assert purchase.order is None or purchase.state == "sent" or purchase.draft != purchase.order.draft


@pytest.mark.parametrize("state", STATES)
def test_what_the_shop_says_is_followed(reviewed, state):
    hold(reviewed, 2.0)
    assert not reviewed.heard(News("f" * 32, "receipt", Receipt("x", PAID, 1, "EUR")))
    assert reviewed.heard(News(KEY, "stored")) and reviewed.state == "sent"
    assert reviewed.heard(News(KEY, "receipt", Receipt("x", state, 48000, "EUR")))
    wanted = {AWAITING: "pay", "refused": "pay", PAID: "receipt", "shipped": "receipt"}.get(state, "over")
    assert reviewed.state == wanted and reviewed.receipt.state == state
    assert (state in (CANCELLED, EXPIRED, "refunded")) == (wanted == "over")


def test_what_cannot_be_ordered_is_told(reviewed):
    hold(reviewed, 2.0)
    reviewed.heard(News(KEY, "conflict", reason="sold out"))
    assert (reviewed.state, reviewed.reason) == ("conflict", "sold out")
    reviewed.back()
    assert reviewed.state == "" and reviewed.order is None


def test_a_draft_wants_its_own_product():
    with pytest.raises(OrderError, match="drafting vespri: the product primo-gelo came"):
        Purchase().begin(Draft("vespri"), JACKET)
