"""Prices, by law."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showroom.shop.prices import Coupon, Promotion, check_coupon, holds, price
from showroom.shop.problems import Refused

CENTS, PIECES = st.integers(1, 1_000_000), st.integers(1, 10)
TEN_PERCENT = Coupon("WINTER10", 10, 0, "EUR", None, 3, 100, 200)


@given(CENTS, PIECES, st.integers(0, 100), st.integers(0, 2_000_000))
def test_nobody_is_paid_for_buying_and_nobody_pays_more_for_a_coupon(unit, quantity, percent, off):
    coupon = Coupon("A", 0 if off else percent, off, "EUR", None, 1, 0, 1)
    cost = price(unit, quantity, "EUR", coupon, None)
    assert 0 <= cost.total_cents <= cost.subtotal_cents == unit * quantity
    assert cost.discount_cents >= (min(off, unit * quantity) if off else unit * quantity * percent / 100)


@given(CENTS, PIECES, st.integers(0, 99))
def test_more_percent_never_costs_more(unit, quantity, percent):
    costs = [price(unit, quantity, "EUR", Coupon("A", more, 0, "EUR", None, 1, 0, 1), None).total_cents
             for more in (percent, percent + 1)]
    assert costs[1] <= costs[0]


def test_a_promotion_makes_it_free_and_spares_the_coupon():
    cost = price(24000, 1, "EUR", TEN_PERCENT, Promotion("opening", None, None, 1, 0, 1))
    assert (cost.total_cents, cost.coupon, cost.promotion) == (0, "", "opening")


@pytest.mark.parametrize(("coupon", "now_s"), [
    (None, 150), (TEN_PERCENT, 99), (TEN_PERCENT, 200),
    (Coupon("WINTER10", 10, 0, "EUR", None, 0, 100, 200), 150),
    (Coupon("WINTER10", 10, 0, "EUR", "bruma", 1, 100, 200), 150),
    (Coupon("WINTER10", 0, 500, "USD", None, 1, 100, 200), 150),
])
def test_a_coupon_that_is_not_meant_for_this_is_refused(coupon, now_s):
    with pytest.raises(Refused) as refused:
        check_coupon(coupon, "WINTER10", "vespri", "EUR", now_s)
    assert refused.value.problem.code == "bad-coupon" and "WINTER10" in refused.value.problem.detail


@pytest.mark.parametrize(("promotion", "quantity", "free"), [
    (Promotion("a", None, None, 1, 0, 10), 1, True), (Promotion("a", None, None, 1, 0, 10), 2, False),
    (Promotion("a", None, None, 0, 0, 10), 1, False), (Promotion("a", None, None, 1, 6, 10), 1, False),
    (Promotion("a", "vespri", "50ml", 1, 0, 10), 1, True), (Promotion("a", "bruma", None, 1, 0, 10), 1, False),
    (Promotion("a", "vespri", "100ml", 1, 0, 10), 1, False),
])
def test_which_orders_are_free(promotion, quantity, free):
    assert holds(promotion, "vespri", "50ml", quantity, 5) is free
