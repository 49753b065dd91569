"""The merchant's API: products and their places, stock, coupons, promotions, orders. It wants the key."""

import json
import time
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import insert, select, update

from showroom.shop import bodies, gateway, keepsake, keys, ledger, places, shelf, tables
from showroom.shop.openapi import refusals
from showroom.shop.problems import Refused
from showroom.shop.till import Till
from showroom.shop.visiting import BINARY, OrderId, picture_body, read_picture

ProductId = Annotated[str, Path(pattern="^[a-z0-9-]{1,64}$")]


def router(till: Till, baker: places.Baker) -> APIRouter:
    """The operations of a shop that only its merchant may use."""
    _, merchant = keys.guards(till.keys)
    routes = APIRouter(prefix="/merchant", tags=["merchant"], dependencies=[Depends(merchant)])
    _products(routes, till, baker)
    _offers(routes, till)
    _orders(routes, till)
    return routes


def _products(routes: APIRouter, till: Till, baker: places.Baker) -> None:
    @routes.get("/products", response_model=bodies.MerchantProducts, responses=refusals("key-refused"))
    def products() -> dict:
        """All products, on sale or not, with their places' state."""
        with till.store.reading() as connection:
            counted = shelf.all_stock(connection)
            return {"products": [_told(connection, one, counted.get(one.product.id, {}))
                                 for one in shelf.all_shelved(connection)]}

    @routes.put("/products/{product_id}", response_model=bodies.MerchantProduct,
                responses=refusals("key-refused", "not-yours"))
    def put(product_id: ProductId, body: bodies.ProductBody) -> dict:
        """Adds or changes a product of the merchant's own; it is off sale until it is published again."""
        product = shelf.read_product(body.table(product_id))
        with till.store.writing() as connection:
            shelf.put(connection, product, shelf.MERCHANT, False, till.pieces)
            return _told(connection, _found(connection, product_id), shelf.stock_of(connection, product_id))

    @routes.put("/products/{product_id}/stock", response_model=bodies.MerchantProduct,
                responses=refusals("key-refused", "unknown-product", "unknown-size"))
    def stock(product_id: ProductId, body: bodies.StockBody) -> dict:
        """Counts one size anew."""
        with till.store.writing() as connection:
            shelved = _found(connection, product_id)
            shelf.set_stock(connection, shelved.product, body.size_id, body.stock)
            return _told(connection, shelved, shelf.stock_of(connection, product_id))

    @routes.post("/products/{product_id}/bake", status_code=202, response_model=bodies.Place,
                 responses=refusals("key-refused", "unknown-product", "not-yours"))
    def bake(product_id: ProductId) -> dict:
        """Has the product's place made, beside other work; ask for `place` to see how far it is."""
        with till.store.writing() as connection:
            product = _own(connection, product_id, "is baked with it").product
            places.begin(connection, product, _now_s())
            state = places.state_of(connection, product)
        baker.ask(product)
        return state

    @routes.get("/products/{product_id}/place", response_model=bodies.Place,
                responses=refusals("key-refused", "unknown-product"))
    def place(product_id: ProductId) -> dict:
        """What became of its place: which it is, and why."""
        with till.store.reading() as connection:
            return places.state_of(connection, _found(connection, product_id).product)

    @routes.get("/products/{product_id}/still.jpg", response_class=Response,
                responses={200: {"content": {"image/jpeg": {"schema": BINARY}}},
                           **refusals("key-refused", "nothing-here", "unknown-product")})
    def still(product_id: ProductId) -> Response:
        """A still of its baked place."""
        with till.store.reading() as connection:
            _found(connection, product_id)
            own = tables.places.c.product_id == product_id
            jpeg = connection.scalar(select(tables.places.c.still).where(own))
        if jpeg is None:
            raise Refused("nothing-here", "There is no still of it yet; bake it first.")
        return Response(jpeg, media_type="image/jpeg")

    @routes.put("/products/{product_id}/still.jpg", status_code=204, response_class=Response,
                openapi_extra=picture_body(),
                responses=refusals("key-refused", "unknown-product", "not-baked", "body-of-another-kind",
                                   "picture-refused"))
    async def own_still(product_id: ProductId, request: Request) -> Response:
        """Another still of a baked place, of the merchant's own choice."""
        picture = await read_picture(request)
        await run_in_threadpool(_set_still, till, product_id, picture)
        return Response(status_code=204)

    @routes.post("/products/{product_id}/publish", response_model=bodies.MerchantProduct,
                 responses=refusals("key-refused", "unknown-product", "not-baked", "not-yours"))
    def publish(product_id: ProductId) -> dict:
        """Puts a product of the merchant's own on sale, once its place is baked as the product is now."""
        with till.store.writing() as connection:
            shelved = _own(connection, product_id, "is on sale while that names it")
            if places.state_of(connection, shelved.product)["state"] != "baked":
                raise Refused("not-baked", f"The place of {product_id} is not baked as it is; POST …/bake.")
            shelf.publish(connection, product_id)
            return _told(connection, _found(connection, product_id), shelf.stock_of(connection, product_id))


def _offers(routes: APIRouter, till: Till) -> None:
    @routes.post("/coupons", status_code=201, response_model=bodies.CouponTold,
                 responses=refusals("key-refused", "name-taken"))
    def coupon(body: bodies.CouponBody) -> dict:
        """A new coupon."""
        values = body.model_dump()
        if bool(body.percent) == bool(body.off_cents):
            raise Refused("bad-coupon", "Either percent or off_cents takes something off; the other is 0.")
        with till.store.writing() as connection:
            if connection.scalar(select(tables.coupons.c.code).where(tables.coupons.c.code == body.code)):
                raise Refused("name-taken", f"There is a coupon {body.code} already.")
            connection.execute(insert(tables.coupons).values(uses_left=values.pop("uses"), **values))
        return body.model_dump()

    @routes.post("/promotions", status_code=201, response_model=bodies.PromotionTold,
                 responses=refusals("key-refused", "name-taken"))
    def promotion(body: bodies.PromotionBody) -> dict:
        """A new promotion: so many orders of one piece are free."""
        values = body.model_dump()
        with till.store.writing() as connection:
            if connection.scalar(select(tables.promotions.c.id).where(tables.promotions.c.id == body.id)):
                raise Refused("name-taken", f"There is a promotion {body.id} already.")
            connection.execute(insert(tables.promotions).values(orders_left=values.pop("orders"), **values))
        return body.model_dump()


def _orders(routes: APIRouter, till: Till) -> None:
    @routes.get("/orders", response_model=bodies.MerchantOrders,
                responses=refusals("key-refused", "order-unknown"))
    def orders(state: bodies.State | None = None,
               after: Annotated[str, Query(pattern="^([A-Za-z0-9_-]{32})?$")] = "",
               limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> dict:
        """Orders by the time they came; `after` is the last order_id of the page before."""
        with till.store.reading() as connection:
            found = ledger.page(connection, state, after, limit)
            return {"orders": [_order(connection, row, till) for row in found],
                    "counted": ledger.counted(connection)}

    @routes.post("/orders/{order_id}/ship", response_model=bodies.MerchantOrder,
                 responses=refusals("key-refused", "order-unknown", "too-late"))
    def ship(order_id: OrderId) -> dict:
        """It has left the house, or was handed over."""
        with till.store.writing() as connection:
            return _order(connection, ledger.ship(connection, order_id, _now_s()), till)

    @routes.post("/orders/{order_id}/refund", response_model=bodies.MerchantOrder,
                 responses=refusals("key-refused", "order-unknown", "too-late"))
    def refund(order_id: OrderId) -> dict:
        """Gives back what was paid, shipped or not; once done, doing it again changes nothing."""
        with till.store.writing() as connection:
            row = ledger.find(connection, order_id, hold=True)
            if row.state != "refunded":
                row = gateway.give_back(connection, row, _now_s())
            return _order(connection, row, till)


def _set_still(till: Till, product_id: str, picture: bytes) -> None:
    jpeg = keepsake.jpeg_of(picture)
    with till.store.writing() as connection:
        product = _found(connection, product_id).product
        if places.state_of(connection, product)["state"] != "baked":
            raise Refused("not-baked", f"The place of {product_id} has not been baked as it is now.")
        own = tables.places.c.product_id == product_id
        connection.execute(update(tables.places).values(still=jpeg).where(own))


def _found(connection, product_id: str) -> shelf.Shelved:
    shelved = shelf.find(connection, product_id)
    if shelved is None:
        raise Refused("unknown-product", f"There is no product {product_id}.")
    return shelved


def _own(connection, product_id: str, why: str) -> shelf.Shelved:
    """A product of the merchant's. Raises Refused "not-yours" for one of the file, and says why."""
    shelved = _found(connection, product_id)
    if shelved.source == shelf.FILE:
        raise Refused("not-yours", f"{product_id} comes from the catalogue's file and {why}.")
    return shelved


def _told(connection, shelved: shelf.Shelved, stock: dict[str, int]) -> dict:
    return {**shelf.plain(shelved.product), "stock": stock, "source": shelved.source,
            "published": shelved.published, "place": places.state_of(connection, shelved.product)["state"]}


def _order(connection, row, till: Till) -> dict:
    return {**ledger.told(connection, row, till.terms), "key": row.key,
            "address": json.loads(row.address) if row.address else None}


def _now_s() -> int:
    return int(time.time())
