"""The shop over HTTP, started as a user starts it: what is answered, and what is refused to strangers."""

import io
import json
import socket
import uuid

import pytest
from shop_kit import MERCHANT_KEY, TILL_KEY, body, running
from PIL import Image

from showroom.shop.problems import KNOWN, MEDIA_TYPE
from showroom.words.order import Order, Receipt


def key() -> dict[str, str]:
    return {"Idempotency-Key": uuid.uuid4().hex}


def code(answer) -> str:
    """The code of a problem; it must be one."""
    assert answer.headers["content-type"] == MEDIA_TYPE, answer.text
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail"} and told["status"] == answer.status_code
    return told["type"].removeprefix("/problems#")


def picture(kind="PNG", size=(640, 360)) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind)
    return out.getvalue()


def test_an_order_as_the_show_sends_it_is_a_receipt_as_the_show_reads_it(shop):
    order = Order(key=uuid.uuid4().hex, **body(language="it"))
    sent = {"Idempotency-Key": order.key, "Content-Type": "application/json"}
    answer = shop.client.post("/orders", content=order.body(), headers=sent)
    assert answer.status_code == 201 and "idempotency-replayed" not in answer.headers
    receipt = Receipt.from_plain(answer.json())
    assert (receipt.state, receipt.total_cents, receipt.currency) == ("awaiting_payment", 24000, "EUR")
    again = shop.client.post("/orders", content=order.body(), headers={**sent, "Idempotency-Key": f'"{order.key}"'})
    assert again.content == answer.content and again.headers["idempotency-replayed"] == "true"
    assert Receipt.from_plain(shop.client.get(f"/orders/{receipt.order_id}").json()) == receipt


@pytest.mark.parametrize(("headers", "refused"), [
    ({}, "idempotency-key-missing"), ({"Idempotency-Key": "short"}, "idempotency-key-missing"),
    ({"Idempotency-Key": "x" * 129}, "idempotency-key-missing"),
    ({"Idempotency-Key": "../../../etc/passwd"}, "idempotency-key-missing"),
])
def test_without_a_good_key_nothing_is_ordered(shop, headers, refused):
    answer = shop.client.post("/orders", json=body(), headers=headers)
    assert answer.status_code == 400 and code(answer) == refused


def test_a_replay_with_another_body_is_refused(shop):
    same = key()
    assert shop.client.post("/orders", json=body(), headers=same).status_code == 201
    answer = shop.client.post("/orders", json=body(quantity=2), headers=same)
    assert answer.status_code == 422 and code(answer) == "idempotency-key-reused"


@pytest.mark.parametrize("changes", [
    {"quantity": 0}, {"quantity": 11}, {"quantity": "1"}, {"quantity": 1.5}, {"quantity": True}, {"gift": "yes"},
    {"language": "de"}, {"delivery": "drone"}, {"product_id": "../vespri"}, {"product_id": "a\u0000b"},
    {"coupon": "x' OR 1=1"}, {"unit_cents": -1}, {"unit_cents": 10**30}, {"currency": "eur"}, {"price": 1},
    {"size_id": None},
])
def test_a_body_of_another_form_is_refused(shop, changes):
    answer = shop.client.post("/orders", json={**body(), **changes}, headers=key())
    assert answer.status_code == 422 and code(answer) == "body-refused"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"quantity": NaN}', b"\xff\xfe", b"[" * 30_000,
                                     b'{"product_id": "\\ud800"}'])
def test_what_is_no_json_is_refused(shop, content):
    answer = shop.client.post("/orders", content=content, headers={**key(), "Content-Type": "application/json"})
    assert answer.status_code == 422 and code(answer) == "body-refused"


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {TILL_KEY}", f"Bearer {MERCHANT_KEY}",
                                   f"Bearer {TILL_KEY}x", "Bearer é"])
def test_only_the_till_may_order(shop, given):
    for path in ("/orders", "/quotes"):
        sent = {**key(), "Authorization": given}
        headers = [(name.encode(), value.encode("latin-1")) for name, value in sent.items()]
        answer = shop.client.post(path, json=body(), headers=headers)
        assert answer.status_code == 401 and code(answer) == "key-refused"
        assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(("method", "path"), [
    ("GET", "/merchant/products"), ("PUT", "/merchant/products/new"), ("PUT", "/merchant/products/vespri/stock"),
    ("POST", "/merchant/products/vespri/bake"), ("GET", "/merchant/products/vespri/place"),
    ("GET", "/merchant/products/vespri/still.jpg"), ("POST", "/merchant/products/vespri/publish"),
    ("PUT", "/merchant/products/vespri/still.jpg"),
    ("POST", "/merchant/coupons"), ("POST", "/merchant/promotions"), ("GET", "/merchant/orders"),
    ("POST", "/merchant/orders/" + "a" * 32 + "/ship"), ("POST", "/merchant/orders/" + "a" * 32 + "/refund"),
])
def test_the_merchants_side_wants_the_merchants_key(shop, method, path):
    for given in (None, {"Authorization": f"Bearer {TILL_KEY}"}, {"Authorization": "Bearer"}):
        answer = shop.client.request(method, path, json={}, headers=given)
        assert answer.status_code == 401 and code(answer) == "key-refused"


def test_every_merchant_operation_is_in_the_list_above(shop):
    listed = {(mark[0], mark[1].replace("a" * 32, "{order_id}").replace("vespri", "{product_id}").replace(
        "/new", "/{product_id}")) for mark in test_the_merchants_side_wants_the_merchants_key.pytestmark[0].args[1]}
    paths = shop.client.get("/openapi.json").json()["paths"]
    assert listed == {(method.upper(), path) for path, methods in paths.items() if path.startswith("/merchant")
                      for method in methods}


def test_an_order_opens_to_its_own_id_alone(shop):
    mine, other = shop.order(), shop.order()
    number, take = mine["number"], mine["receipt_url"].rsplit("/", 1)[1]
    for guess in (number, take, mine["order_id"][:-1], mine["order_id"] + "A", mine["order_id"].swapcase(), "a" * 32,
                  "%", "_" * 32, "..", "../merchant/orders", "%2e%2e%2fmerchant%2forders", f"{other['order_id']}%00"):
        for path in (f"/orders/{guess}", f"/pay/{guess}", f"/orders/{guess}/cancel"):
            answer = shop.client.request("POST" if path.endswith("cancel") else "GET", path)
            assert answer.status_code in (401, 404, 405), (path, answer.status_code)  # 401: the merchant's own list
    for guess in (mine["order_id"], number, take[:-1], take.swapcase(), "..", "%2e%2e/%2e%2e/etc/passwd", "a" * 32):
        assert shop.client.get(f"/take/{guess}").status_code in (404, 405), guess
        assert shop.client.get(f"/take/{guess}/still.jpg").status_code == 404
    page = shop.client.get(f"/take/{take}").text
    assert number in page and mine["order_id"] not in page  # who may look may not cancel


@pytest.mark.parametrize("path", [
    "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/take/..%2f..%2fetc", "/static/../shop.sqlite",
    "/docs/../openapi", "/orders/%00", "/pay/\\..\\..", "/.env", "/openapi.json/..;/merchant/orders",
])
def test_paths_lead_nowhere_else(shop, path):
    host = shop.url.removeprefix("http://")
    with socket.create_connection(host.split(":"), timeout=30) as line:  # as it stands: a client would tidy it up
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert int(answer.split()[1]) in (400, 401, 404), answer[:200]
    assert b"root:" not in answer and b"SQLite format" not in answer


def test_a_body_too_large_is_refused_whether_it_says_so_or_not(shop):
    headers = {**key(), "Content-Type": "application/json"}
    for content in (b" " * 65_537, iter([b" " * 40_000] * 3)):
        answer = shop.client.post("/orders", content=content, headers=headers)
        assert answer.status_code == 413 and code(answer) == "body-too-large"
    order = shop.order()["order_id"]
    answer = shop.client.put(f"/orders/{order}/still", content=b" " * ((4 << 20) + 1),
                             headers={"Content-Type": "image/png"})
    assert answer.status_code == 413
    answer = shop.client.post(f"/pay/{order}", content=b"name=" + b"x" * 70_000)
    assert answer.status_code == 413


def test_a_still_is_made_anew_and_only_of_a_picture(shop):
    order = shop.order()
    path = f"/orders/{order['order_id']}/still"
    hidden = picture("JPEG") + b"<script>alert(1)</script>"
    assert shop.client.put(path, content=hidden, headers={"Content-Type": "image/jpeg"}).status_code == 204
    kept = shop.client.get(order["receipt_url"] + "/still.jpg")
    assert kept.headers["content-type"] == "image/jpeg" and b"<script>" not in kept.content
    assert Image.open(io.BytesIO(kept.content)).size == (640, 360)
    for content in (b"", b"GIF89a", picture()[:200], picture(size=(4097, 20)), picture("BMP"), b"<svg/>"):
        answer = shop.client.put(path, content=content, headers={"Content-Type": "image/png"})
        assert answer.status_code == 422 and code(answer) == "picture-refused"
    answer = shop.client.put(path, content=picture(), headers={"Content-Type": "text/html"})
    assert answer.status_code == 415 and code(answer) == "body-of-another-kind"


def test_a_quote_keeps_nothing(shop):
    before = shop.client.get("/products").json()
    priced = ("unit_cents", "total_cents", "currency")
    draft = {name: value for name, value in body(quantity=2).items() if name not in priced}
    for _ in range(2):
        told = shop.client.post("/quotes", json=draft).json()
        assert (told["total_cents"], told["unit_cents"], told["name"]) == (48000, 24000, "Vespers")
    assert shop.client.get("/products").json() == before


def test_coupons_promotions_and_shipping_are_the_merchants(shop):
    offer = {"code": "WINTER10", "percent": 10, "off_cents": 0, "currency": "EUR", "product_id": None, "uses": 5,
             "starts_s": 0, "ends_s": 1 << 36}
    assert shop.client.post("/merchant/coupons", json=offer, headers=shop.merchant).status_code == 201
    assert code(shop.client.post("/merchant/coupons", json=offer, headers=shop.merchant)) == "name-taken"
    free = {"id": "opening", "product_id": "sipario", "size_id": None, "orders": 1, "starts_s": 0, "ends_s": 1 << 36}
    assert shop.client.post("/merchant/promotions", json=free, headers=shop.merchant).status_code == 201
    order = shop.order(coupon="WINTER10")
    assert order["total_cents"] == 21600
    refused = shop.client.post(f"/merchant/orders/{order['order_id']}/ship", headers=shop.merchant)
    assert refused.status_code == 409 and code(refused) == "too-late"
    paid(shop, order)
    sent = shop.client.post(f"/merchant/orders/{order['order_id']}/ship", headers=shop.merchant).json()
    assert sent["state"] == "shipped" and len(sent["key"]) == 32
    assert code(shop.client.post(f"/orders/{order['order_id']}/cancel")) == "too-late"
    for _ in range(2):
        back = shop.client.post(f"/merchant/orders/{order['order_id']}/refund", headers=shop.merchant)
        assert back.json()["state"] == "refunded"


def paid(shop, order: dict) -> None:
    """Pays as a phone would."""
    on = shop.client.post(f"/pay/{order['order_id']}")
    assert on.status_code == 303
    done = shop.client.post(on.headers["location"], data={"verdict": "paid"})
    assert done.status_code == 303 and "/take/" in done.headers["location"]


def test_the_merchant_reads_every_order_once_page_by_page(shop):
    keys = []
    for _ in range(5):
        keys.append(uuid.uuid4().hex)
        shop.client.post("/orders", json=body(), headers={"Idempotency-Key": keys[-1]})
    found, after = [], ""
    while True:
        told = shop.client.get(f"/merchant/orders?limit=3&after={after}", headers=shop.merchant).json()
        found += told["orders"]
        if not told["orders"]:
            break
        after = told["orders"][-1]["order_id"]
    assert len({one["order_id"] for one in found}) == len(found) == sum(told["counted"].values())
    assert set(keys) <= {one["key"] for one in found}


def test_what_is_sent_needs_an_address_first(shop):
    order = shop.order(delivery="ship", language="it")
    answer = shop.client.post(f"/pay/{order['order_id']}", data={"name": "Ada", "street": " "})
    assert answer.status_code == 422 and "Compila tutte le righe" in answer.text
    address = {"name": "Ada", "street": "Via Roma 1", "postcode": "10121", "city": "Torino", "country": "Italia"}
    on = shop.client.post(f"/pay/{order['order_id']}", data=address)
    assert on.status_code == 303
    rows = shop.client.get("/merchant/orders?limit=1000", headers=shop.merchant).json()["orders"]
    assert next(one["address"] for one in rows if one["order_id"] == order["order_id"]) == address
    assert "Via Roma" not in shop.client.get(f"/orders/{order['order_id']}").text


def test_every_page_is_sealed_and_says_what_is_wrong_as_a_page(shop):
    order = shop.order(language="zh")
    for path, status in ((f"/pay/{order['order_id']}", 200), (order["receipt_url"], 200), ("/take/" + "a" * 32, 404),
                         ("/docs", 200), ("/problems", 200)):
        answer = shop.client.get(path, headers={"Accept-Language": "it-IT,it;q=0.9,en;q=0.8"})
        assert answer.status_code == status and answer.headers["content-type"].startswith("text/html")
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "script" not in policy and "http" not in policy
        assert "://" not in answer.text.split("<main>")[0] and "<script" not in answer.text
        assert answer.headers["referrer-policy"] == "no-referrer" and answer.headers["cache-control"] == "no-store"
    assert "Qui non c" in shop.client.get("/take/" + "a" * 32, headers={"Accept-Language": "it-IT,it"}).text


def test_text_from_outside_stays_text(shop):
    table = {"kind": "perfume", "name": {"en": "<img src=x onerror=alert(1)> & co"}, "description": {"en": "rose"},
             "heart": ["rose"], "price_cents": 24000}
    put = shop.client.put("/merchant/products/marked-up", json=table, headers=shop.merchant)
    assert put.status_code == 200 and put.json()["published"] is False
    answer = shop.client.post("/orders", json=body(product_id="marked-up", size_id=""), headers=key())
    assert code(answer) == "unknown-product"
    refused = shop.client.post("/merchant/products/marked-up/publish", headers=shop.merchant)
    assert refused.status_code == 409 and code(refused) == "not-baked"
    assert code(shop.client.put("/merchant/products/vespri", json=table, headers=shop.merchant)) == "not-yours"


def test_the_shop_keeps_everything_over_a_restart_and_ends_politely(tmp_path):
    with running(tmp_path) as first:
        order = first.order()
        paid(first, order)
    with running(tmp_path) as second:
        assert second.client.get(f"/orders/{order['order_id']}").json()["state"] == "paid"
    logged = (tmp_path / "log").read_text()
    assert order["order_id"] not in logged


def test_every_problem_is_explained(shop):
    told = shop.client.get("/problems").text
    assert all(f'id="{one}"' in told for one in KNOWN)
    assert json.loads(shop.client.get("/openapi.json").text)["components"]["schemas"]["ProblemTold"]
