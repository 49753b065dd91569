"""The pages behind the QR codes: paying, the test gateway's, and the one to take home.

Each opens to whoever has its address, which nobody can guess; none keeps a cookie or loads anything
from elsewhere. What goes wrong is said on a page too, in the visitor's language.
"""

import json
import time
from collections.abc import Callable
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from sqlalchemy import Connection, Row, update
from sqlalchemy.exc import OperationalError

from showroom.shop import gateway, keepsake, ledger, shelf, tables
from showroom.shop.problems import Refused
from showroom.shop.sheets import Sheets, money
from showroom.shop.till import Till
from showroom.words.order import COLLECT, PAID, SHIP, SHIPPED
from showroom.words.vocabulary import LANGUAGES

ADDRESS = (("name", "name"), ("street", "street-address"), ("postcode", "postal-code"),
           ("city", "address-level2"), ("country", "country-name"))
_MOST_ADDRESS = 200
_MOST_FIELDS = 10
Secret = Annotated[str, Path(pattern="^[A-Za-z0-9_-]{32}$")]


def router(till: Till, sheets: Sheets) -> APIRouter:
    """All pages."""
    routes = APIRouter(include_in_schema=False, route_class=_page_route(sheets))
    _paying(routes, till, sheets)
    if till.gateway.name == gateway.TestGateway.name:
        _testing(routes, till, sheets)
    _taking(routes, till, sheets)
    return routes


def _paying(routes: APIRouter, till: Till, sheets: Sheets) -> None:
    @routes.get("/pay/{order_id}")
    def show(order_id: Secret, request: Request) -> Response:
        with till.store.reading() as connection:
            return _pay_page(connection, sheets, ledger.find(connection, order_id), request)

    @routes.post("/pay/{order_id}")
    async def pay(order_id: Secret, request: Request) -> Response:
        return await run_in_threadpool(_pay, till, sheets, order_id, await _form(request), request)

    @routes.post("/pay/{order_id}/cancel")
    def cancel(order_id: Secret, request: Request) -> Response:
        with till.store.writing() as connection:
            gateway.cancel(connection, order_id, _now_s())
        return _to(f"/pay/{order_id}", request)


def _pay(till: Till, sheets: Sheets, order_id: str, form: dict[str, str], request: Request) -> Response:
    """Notes the address where one is needed, and sends the phone on to the gateway."""
    with till.store.writing() as connection:
        order = ledger.find(connection, order_id, hold=True)
        if order.delivery == SHIP and not order.address:
            address = {field: form.get(field, "").strip() for field, _ in ADDRESS}
            if not all(_is_line(line) for line in address.values()):
                return _pay_page(connection, sheets, order, request, incomplete=True)
            connection.execute(update(tables.orders).where(tables.orders.c.id == order_id)
                               .values(address=json.dumps(address, ensure_ascii=False)))
            order = ledger.find(connection, order_id)
        if order.total_cents == 0 and order.state in ledger.PAYABLE and order.pay_by_s > _now_s():
            return _to(_after(connection, till, ledger.move(connection, order, PAID, _now_s())), request)
        payment = gateway.open_payment(connection, order, _now_s())
    back = f"{till.terms.base_url}/pay/{order_id}"
    return _to(till.gateway.page_of(payment.id, payment.cents, order.currency, back), request)


def _after(connection: Connection, till: Till, order: Row) -> str:
    """Where a phone goes on: to the page to take home once it is paid, while there is one."""
    home = ledger.told(connection, order, till.terms)["receipt_url"].removeprefix(till.terms.base_url)
    return home if order.state == PAID and home else f"/pay/{order.id}"


def _is_line(text: str) -> bool:
    return 0 < len(text) <= _MOST_ADDRESS and text.isprintable()


def _pay_page(connection: Connection, sheets: Sheets, order: Row, request: Request,
              incomplete: bool = False) -> Response:
    language = _language(request, order.language)
    now_s = _now_s()
    return sheets.page("pay.html", language, 422 if incomplete else 200, incomplete=incomplete,
                       address_fields=ADDRESS,
                       payable=order.state in ledger.PAYABLE and order.pay_by_s > now_s,
                       cancellable=order.state in (*ledger.PAYABLE, PAID),
                       minutes=max(-(-(order.pay_by_s - now_s) // 60), 0),
                       **_order_words(connection, sheets, order, language))


def _order_words(connection: Connection, sheets: Sheets, order: Row, language: str) -> dict:
    """What every page that shows an order needs."""
    shelved = shelf.find(connection, order.product_id)
    size = shelved.product.size(order.size_id) if shelved else None
    collected = order.state == SHIPPED and order.delivery == COLLECT
    say = sheets.say[language]
    name = shelved.product.name.get(language, order.name) if shelved else order.name
    return {"order": order, "name": name, "size": size.label if size else "",
            "state": say["state_collected" if collected else f"state_{order.state}"],
            "money": lambda cents: money(cents, order.currency, language)}


def _testing(routes: APIRouter, till: Till, sheets: Sheets) -> None:
    @routes.get("/gateway/test/{payment_id}")
    def show(payment_id: Secret, request: Request) -> Response:
        with till.store.reading() as connection:
            payment = gateway.find(connection, payment_id)
            order = ledger.find(connection, payment.order_id)
            if payment.state != gateway.OPEN:
                return _to(f"/pay/{order.id}", request)
            language = _language(request, order.language)
            return sheets.page("gateway.html", language, payment=payment_id,
                               **_order_words(connection, sheets, order, language))

    @routes.post("/gateway/test/{payment_id}")
    async def decide(payment_id: Secret, request: Request) -> Response:
        verdict = (await _form(request)).get("verdict", "")
        if verdict not in gateway.VERDICTS:
            raise Refused("body-refused", "verdict is one of " + ", ".join(gateway.VERDICTS) + ".")
        return await run_in_threadpool(_decide, till, payment_id, verdict, request)


def _decide(till: Till, payment_id: str, verdict: str, request: Request) -> Response:
    with till.store.writing() as connection:
        order = gateway.settle(connection, payment_id, verdict, _now_s())
        return _to(_after(connection, till, order), request)


def _taking(routes: APIRouter, till: Till, sheets: Sheets) -> None:
    @routes.get("/take/{keepsake_id}")
    def show(keepsake_id: Secret, request: Request) -> Response:
        with till.store.reading() as connection:
            row = keepsake.find(connection, keepsake_id, _now_s())
            language = _language(request, row.language)
            words = _order_words(connection, sheets, row, language)
            return sheets.page("take.html", language, id=keepsake_id, still=keepsake.size_of(row.still),
                               hours=-(-(row.ends_s - _now_s()) // 3600), **words)

    @routes.get("/take/{keepsake_id}/still.jpg")
    def still(keepsake_id: Secret) -> Response:
        with till.store.reading() as connection:
            row = keepsake.find(connection, keepsake_id, _now_s())
        if row.still is None:
            raise Refused("nothing-here", "There is no picture.")
        return Response(row.still, media_type="image/jpeg")


# What pages share --------------------------------------------------------------------------------


def _page_route(sheets: Sheets) -> type[APIRoute]:
    """Routes on which whatever is refused becomes a page."""
    class PageRoute(APIRoute):
        def get_route_handler(self) -> Callable:
            handle = super().get_route_handler()

            async def handler(request: Request) -> Response:
                try:
                    return await handle(request)
                except RequestValidationError:
                    return _told(sheets, request, 404, "gone")
                except Refused as refused:
                    status = refused.problem.status
                    return _told(sheets, request, status, "gone" if status == 404 else "failed")
                except (OperationalError, gateway.Unanswered):
                    return _told(sheets, request, 503, "failed")

            return handler

    return PageRoute


def _told(sheets: Sheets, request: Request, status: int, key: str) -> Response:
    language = _language(request, _accepted(request))
    return sheets.page("gone.html", language, status, told=sheets.say[language][key])


def _language(request: Request, otherwise: str) -> str:
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else otherwise


def _accepted(request: Request) -> str:
    """The first of our languages that the browser names."""
    told = request.headers.get("accept-language", "")
    named = (part.split(";")[0].strip()[:2].lower() for part in told.split(","))
    return next((language for language in named if language in LANGUAGES), "en")


def _to(path: str, request: Request) -> Response:
    """Sends the browser on, in the language that it was reading."""
    asked = request.query_params.get("lang", "")
    keeps = asked in LANGUAGES and path.startswith("/")
    return RedirectResponse(f"{path}?lang={asked}" if keeps else path, 303)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form as browsers send it. Raises Refused."""
    try:
        return dict(parse_qsl((await request.body()).decode("utf-8"), max_num_fields=_MOST_FIELDS))
    except ValueError:
        raise Refused("body-refused", "A form in UTF-8 with a few fields is accepted.") from None


def _now_s() -> int:
    return int(time.time())
