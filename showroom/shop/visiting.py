"""The API for a showroom and its visitors: what is on sale, what it would cost, ordering, one's own order."""

import time
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select

from showroom.shop import bodies, gateway, keepsake, keys, ledger, shelf, tables
from showroom.shop.openapi import links_of_order, refusals
from showroom.shop.problems import MEDIA_TYPE, Refused
from showroom.shop.till import Till
from showroom.words.order import Draft, Order

OrderId = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{32}$",
                              description="unguessable: who has it may see, pay and cancel")]
IdempotencyKey = Annotated[str, Header(pattern='^"?[A-Za-z0-9_-]{16,128}"?$',
                                       description="one for each order, drawn at random; see "
                                                   "draft-ietf-httpapi-idempotency-key-header")]
BINARY = {"type": "string", "format": "binary"}  # how OpenAPI describes bytes
_SELLING = ("sold-out", "price-changed", "bad-coupon", "unknown-product", "unknown-size", "currency-differs")


def router(till: Till) -> APIRouter:
    """The operations of a shop."""
    routes = APIRouter(tags=["showroom"])
    till_only, _ = keys.guards(till.keys)
    may_order = [Depends(till_only)]

    @routes.get("/health", response_model=bodies.Health, responses=refusals())
    def health() -> dict:
        """Whether the shop and its database can serve."""
        with till.store.reading() as connection:
            connection.scalar(select(tables.about.c.version))
        return {"ok": True}

    @routes.get("/products", response_model=bodies.Products, responses=refusals())
    def products() -> dict:
        """What is on sale, with pieces by size."""
        with till.store.reading() as connection:
            counted = shelf.all_stock(connection)
            found = [one.product for one in shelf.all_shelved(connection) if one.on_sale]
        return {"products": [{**shelf.plain(product), "stock": counted.get(product.id, {})}
                             for product in found]}

    @routes.post("/quotes", response_model=bodies.Quote, dependencies=may_order,
                 responses=refusals("key-refused", *_SELLING))
    def quotes(body: bodies.DraftBody) -> dict:
        """What it would cost now; nothing is kept or set aside."""
        plain = body.model_dump()
        language = plain.pop("language")
        with till.store.reading() as connection:
            product = ledger.sold(connection, body.product_id)
            cost = ledger.quote(connection, product, Draft(**plain), _now_s())
        return {"product_id": body.product_id, "size_id": body.size_id,
                "name": shelf.name_of(product, language), **cost.to_plain()}

    @routes.post("/orders", status_code=201, response_model=bodies.OrderTold, dependencies=may_order,
                 responses={201: {"links": links_of_order()}, **refusals(
                     "key-refused", "idempotency-key-missing", "idempotency-key-reused", *_SELLING)})
    def place(body: bodies.OrderBody, idempotency_key: IdempotencyKey) -> Response:
        """Orders, once for each key: the same body under the same key gets the same answer for ever."""
        plain = body.model_dump()
        key = idempotency_key.strip('"')
        if body.total_cents != body.unit_cents * body.quantity:
            raise Refused("price-changed", "total_cents is not quantity times unit_cents.")
        asked = ledger.fingerprint(plain)
        answer = ledger.place(till.store, Order(key=key, **plain), asked, till.terms, _now_s())
        headers = {"Idempotency-Replayed": "true"} if answer.replayed else {}
        return Response(answer.body, answer.status, headers,
                        "application/json" if answer.status == 201 else MEDIA_TYPE)

    @routes.get("/orders/{order_id}", response_model=bodies.OrderTold, responses=refusals("order-unknown"))
    def order(order_id: OrderId) -> dict:
        """An order as it is now."""
        with till.store.reading() as connection:
            return ledger.told(connection, ledger.find(connection, order_id), till.terms)

    @routes.post("/orders/{order_id}/cancel", response_model=bodies.OrderTold,
                 responses=refusals("order-unknown", "too-late"))
    def cancel(order_id: OrderId) -> dict:
        """Changes one's mind, until it is shipped; what was paid goes back."""
        with till.store.writing() as connection:
            row = gateway.cancel(connection, order_id, _now_s())
            return ledger.told(connection, row, till.terms)

    @routes.put("/orders/{order_id}/still", status_code=204, response_class=Response,
                responses=refusals("order-unknown", "body-of-another-kind", "picture-refused"),
                openapi_extra=picture_body())
    async def still(order_id: OrderId, request: Request) -> Response:
        """The visitor's own place, for the page to take home."""
        await run_in_threadpool(_expects, till, order_id)  # a stranger's megabytes are not even read
        await run_in_threadpool(_keep, till, order_id, await read_picture(request))
        return Response(status_code=204)

    return routes


def _expects(till: Till, order_id: str) -> None:
    with till.store.reading() as connection:
        keepsake.expects(connection, order_id, _now_s())


def _keep(till: Till, order_id: str, picture: bytes) -> None:
    jpeg = keepsake.jpeg_of(picture)
    with till.store.writing() as connection:
        keepsake.keep_still(connection, order_id, jpeg, _now_s())


async def read_picture(request: Request) -> bytes:
    """A body that says it is a JPEG or a PNG. Raises Refused."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in keepsake.KINDS:
        raise Refused("body-of-another-kind", "image/jpeg or image/png is accepted.")
    return await request.body()


def picture_body() -> dict:
    """How the OpenAPI page describes such a body."""
    return {"requestBody": {"required": True, "content": {
        kind: {"schema": BINARY} for kind in keepsake.KINDS}}}


def _now_s() -> int:
    return int(time.time())
