"""A merchant's product becomes a place: added over the API, baked by the showroom's own command, published, sold."""

import json
import sys
import time

import pytest
from shop_kit import body, running
from sqlalchemy.exc import OperationalError

from showroom.shop import places, shelf
from showroom.shop.places import Baker, begin, state_of

TABLE = {"kind": "perfume", "name": {"en": "Late Light"}, "description": {"en": "The last sun on warm fig leaves."},
         "top": ["bergamot"], "heart": ["fig leaf"], "base": ["cedarwood"], "price_cents": 18000}
LONG_S = 300


def product(**changes):
    return shelf.read_product({"id": "late-light", **TABLE, **changes})


def until(asked, wanted) -> object:
    """What `asked` says once it is wanted."""
    deadline = time.monotonic() + LONG_S
    while not wanted(said := asked()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return said


@pytest.mark.usefixtures("needs_opengl")
def test_a_merchants_product_from_its_words_to_its_sale(tmp_path, own_environment):
    with running(tmp_path, environment=own_environment) as shop:
        def call(method, path, **more):
            return shop.client.request(method, f"/merchant/products/late-light{path}", headers=shop.merchant, **more)

        assert call("PUT", "", json=TABLE).json()["place"] == "none"
        assert call("POST", "/publish").status_code == 409
        assert call("GET", "/still.jpg").status_code == 404
        assert call("POST", "/bake").json()["state"] == "baking"
        place = until(lambda: call("GET", "/place").json(), lambda said: said["state"] != "baking")
        assert place["state"] == "baked" and place["has_still"], place
        assert place["told"]["place"] and any(why["note"] == "fig leaf" for why in place["told"]["why"]), place
        assert call("GET", "/still.jpg").content[:2] == b"\xff\xd8"
        assert call("POST", "/publish").json()["published"] is True
        order = shop.order(product_id="late-light", size_id="", unit_cents=18000)
        assert order["name"] == "Late Light"
        dearer = call("PUT", "", json={**TABLE, "price_cents": 20000}).json()
        assert (dearer["place"], dearer["published"]) == ("baked", False)  # another price needs no other bake
        assert call("POST", "/publish").json()["price_cents"] == 20000
        changed = call("PUT", "", json={**TABLE, "description": {"en": "Snow at night."}}).json()
        assert (changed["place"], changed["published"]) == ("stale", False)
        refused = shop.client.post("/orders", json=body(product_id="late-light", size_id="", unit_cents=18000),
                                   headers={"Idempotency-Key": "a" * 32})
        assert refused.status_code == 409


def test_what_cannot_be_made_is_told_and_may_be_asked_again(store, tmp_path):
    failing = Baker(store, tmp_path / "places", lambda: 1, (sys.executable, "-c", "raise SystemExit('no room')"))
    with store.writing() as connection:
        shelf.put(connection, product(), shelf.MERCHANT, False, 1)
        begin(connection, product(), 1)
    failing.start()  # finds what an earlier shop had begun
    said = until(lambda: state(store), lambda said: said["state"] != "baking")
    failing.close()
    assert said["state"] == "failed" and "no room" in said["told"]["error"] and not said["has_still"]


def test_a_place_of_an_older_text_is_stale(store):
    with store.writing() as connection:
        shelf.put(connection, product(), shelf.MERCHANT, False, 1)
        begin(connection, product(), 1)
        assert state_of(connection, product())["state"] == "baking"
        assert state_of(connection, product(base=["vetiver"]))["state"] == "stale"
        sized = product(sizes=[{"id": "50ml", "label": "50 ml"}])
        for same in (sized, product(price_cents=1), product(currency="USD")):
            assert state_of(connection, same)["state"] == "baking"  # what it costs changes nothing of a place


def test_a_database_that_is_busy_ends_no_baking(store, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "_AGAIN_S", 0.0)
    baker = Baker(store, tmp_path / "places", lambda: 1, (sys.executable, "-c", "raise SystemExit('no room')"))
    write, tried = places._write, []

    def busy(*given):
        tried.append(given)
        if len(tried) == 1:
            raise OperationalError("", {}, OSError("database is locked"))
        write(*given)

    with store.writing() as connection:
        shelf.put(connection, product(), shelf.MERCHANT, False, 1)
        begin(connection, product(), 1)
    monkeypatch.setattr(places, "_write", busy)
    baker.start()
    said = until(lambda: state(store), lambda said: said["state"] != "baking")
    baker.close()
    assert said["state"] == "failed" and len(tried) == 2


def test_a_merchant_changes_a_price_without_another_bake(store):
    with store.writing() as connection:
        shelf.put(connection, product(), shelf.MERCHANT, False, 1)
        places._write(connection, product(), "baked", {}, None, 1)
        shelf.put(connection, product(price_cents=1), shelf.MERCHANT, False, 1)
        assert state_of(connection, shelf.find(connection, "late-light").product)["state"] == "baked"


def state(store) -> dict:
    with store.reading() as connection:
        return state_of(connection, shelf.find(connection, "late-light").product)


def test_the_houses_own_products_are_baked_already(shop):
    told = shop.client.get("/merchant/products", headers=shop.merchant).json()["products"]
    assert {one["place"] for one in told if one["source"] == "catalogue"} == {"baked"}
    vespri = shop.client.get("/merchant/products/vespri/place", headers=shop.merchant).json()
    assert json.dumps(vespri["told"]["place"]) and not vespri["has_still"]
    for verb in ("bake", "publish"):
        refused = shop.client.post(f"/merchant/products/vespri/{verb}", headers=shop.merchant)
        assert refused.status_code == 409 and refused.json()["type"] == "/problems#not-yours"
