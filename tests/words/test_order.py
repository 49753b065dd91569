"""Drafts, orders and receipts: their round trips, their limits, and what a broken one says of itself."""

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showroom.catalogue import load_catalogue, place_digest
from showroom.errors import OrderError, ProductError
from showroom.product_table import product_of
from showroom.words.order import MOST_QUANTITY, STATES, Draft, Order, Receipt
from showroom.words.product import Product, Size

PRODUCTS = {one.id: one for one in load_catalogue().products}
KEY = "0123456789abcdef" * 2
ORDER = Order.of(Draft("vespri", "100ml", 2, True, "ship", "NEVE-10"), PRODUCTS["vespri"], KEY, "zh")


@given(st.sampled_from(sorted(PRODUCTS)), st.integers(1, MOST_QUANTITY), st.booleans(),
       st.sampled_from(("ship", "collect")), st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_ordered_comes_back_the_same(product_id, quantity, gift, delivery, data):
    product = PRODUCTS[product_id]
    size_id = data.draw(st.sampled_from([size.id for size in product.sizes] or [""]))
    draft = Draft(product_id, size_id, quantity, gift, delivery)
    assert Draft.from_plain(json.loads(json.dumps(draft.to_plain()))) == draft
    if draft.lacks(product):
        return
    order = Order.of(draft, product, KEY, "it")
    assert Order.from_body(KEY, order.body()) == Order.from_plain(order.to_plain()) == order
    assert order.draft == draft and order.body() == Order.from_body(KEY, order.body()).body()
    assert order.total_cents == quantity * product.price_of(size_id)
    assert b"key" not in order.body()


@pytest.mark.parametrize(("changed", "said"), [
    ({"quantity": 0}, "reading quantity: 0 came; accepted is a whole number from 1 to 10"),
    ({"quantity": 11}, "quantity: 11"),
    ({"quantity": True}, "quantity: True"),
    ({"quantity": 1.0}, "quantity: 1.0"),
    ({"gift": 1}, "gift: 1 came; accepted is true or false"),
    ({"delivery": "drone"}, "accepted is one of collect, ship"),
    ({"delivery": []}, "accepted is one of collect, ship"),
    ({"coupon": "lower"}, "at most 32 of A-Z"),
    ({"product_id": "../etc"}, "1 to 64 of a-z"),
    ({"product_id": "vespri\n"}, "1 to 64 of a-z"),
    ({"size_id": "50 ml"}, "at most 16"),
    ({"total_cents": 1}, "accepted is unit_cents times quantity"),
    ({"total_cents": -1}, "whole number from 0"),
    ({"unit_cents": 10**12}, "whole number from 1"),
    ({"currency": "€"}, "three capital letters"),
    ({"language": "fr"}, "one of en, zh, it"),
    ({"key": "x"}, "32 hexadecimal digits"),
    ({"price": 1}, "only key, product_id"),
])
def test_a_broken_order_says_what_is_wrong(changed, said):
    with pytest.raises(OrderError) as raised:
        Order.from_plain(ORDER.to_plain() | changed)
    assert said in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize("body", [
    b"", b"[]", b"null", b"{", b"{}", b'{"quantity": 1}', b"[" * 100_000, b"\xff",
])
def test_bytes_that_are_no_order(body):
    with pytest.raises(OrderError):
        Order.from_body(KEY, body)


@pytest.mark.parametrize(("draft", "lacking"), [
    (Draft("vespri"), "size"), (Draft("vespri", "30ml"), "size"), (Draft("vespri", "50ml"), ""),
    (Draft("vespri", "50ml", 11), "quantity"), (Draft("primo-gelo", "m", 8), "total"), (Draft("bruma"), ""),
    (Draft("bruma", "m"), "size"),
])
def test_what_a_draft_lacks(draft, lacking):
    product = PRODUCTS[draft.product_id]
    assert draft.lacks(product) == lacking
    if lacking:
        with pytest.raises(OrderError, match=f"ordering {product.id}: its {lacking}"):
            Order.of(draft, product, KEY, "en")


def test_what_is_not_for_sale_is_not_ordered():
    shown = dataclasses.replace(PRODUCTS["bruma"], price_cents=0)
    assert Draft("bruma").lacks(shown) == "price"
    with pytest.raises(OrderError, match="the product bruma came"):
        Order.of(Draft("vespri", "50ml"), PRODUCTS["bruma"], KEY, "en")


@pytest.mark.parametrize("state", STATES)
def test_a_receipt_comes_back_the_same(state):
    pages = "http://127.0.0.1:1/pay/abc", "https://shop.example/take/x"
    receipt = Receipt("abc_-1", state, 100, "EUR", *pages)
    assert Receipt.from_plain(receipt.to_plain() | {"more": {"than": "we know"}}) == receipt


@pytest.mark.parametrize("changed", [
    {"state": "lost"}, {"order_id": "../1"}, {"order_id": ""}, {"total_cents": "1"},
    {"pay_url": "javascript:alert(1)"}, {"receipt_url": "file:///etc/passwd"}, {"pay_url": "http://a b"},
    {"pay_url": None},
])
def test_a_broken_receipt_is_refused(changed):
    good = Receipt("abc", "paid", 100, "EUR").to_plain()
    with pytest.raises(OrderError):
        Receipt.from_plain(good | changed)


# Sizes -------------------------------------------------------------------------------------------

TABLE = {"id": "one", "kind": "perfume", "name": {"en": "One"}, "description": {"en": "Rose"},
         "price_cents": 1000}


def test_sizes_cost_what_they_say_or_what_the_product_costs():
    sizes = [{"id": "a", "label": "A"}, {"id": "b", "label": "B", "price_cents": 1700}]
    product = product_of(TABLE | {"sizes": sizes}, str)
    assert product.sizes == (Size("a", "A"), Size("b", "B", 1700))
    assert (product.price_of("a"), product.price_of("b")) == (1000, 1700)
    assert product.size("") is None and product.size("c") is None
    with pytest.raises(KeyError):
        product.price_of("")
    assert product_of(TABLE, str).price_of("") == 1000


def test_sizes_change_nothing_of_a_place():
    product = PRODUCTS["vespri"]
    assert place_digest(product) == place_digest(dataclasses.replace(product, sizes=()))
    assert Product(**product.described()).sizes == ()


@pytest.mark.parametrize(("sizes", "said"), [
    ("50 ml", "sizes is '50 ml'; accepted is a list of at most 12"),
    ([{"id": "a", "label": str(n)} for n in range(13)], "at most 12"),
    ([{"id": "a"}], "tables of id, label and"),
    ([{"id": "a", "label": "A", "colour": 1}], "tables of id, label and"),
    ([{"id": "A", "label": "A"}], "an id of 1 to 16"),
    ([{"id": "a", "label": "A", "price_cents": -1}], "a whole number of cents"),
    ([{"id": "a", "label": "A", "price_cents": True}], "a whole number of cents"),
    ([{"id": "a", "label": "A"}, {"id": "a", "label": "B"}], "ids that differ"),
    ([{"id": "a", "label": "A"}, {"id": "b", "label": "A"}], "labels that differ"),
    ([{"id": "a", "label": "x" * 25}], "a label of one line, at most 24"),
    ([{"id": "a", "label": ""}], "nothing came"),
    ([3], "tables of id, label"),
])
def test_a_broken_size_is_named(sizes, said):
    with pytest.raises(ProductError) as raised:
        product_of(TABLE | {"sizes": sizes}, lambda key: "here")
    assert said in str(raised.value)
