"""The shop as one ASGI application."""

import contextlib
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from showroom import __version__
from showroom.catalogue import Catalogue
from showroom.shop import gateway, guard, keepsake, ledger, merchant, outside, pages, shelf, visiting
from showroom.shop.bodies import ProblemTold
from showroom.shop.openapi import describe, page_of
from showroom.shop.places import Baker
from showroom.shop.problems import Refused
from showroom.shop.sheets import Sheets
from showroom.shop.till import Till

log = logging.getLogger(__name__)

SWEEP_S = 2.0
_ENDING_S = 15.0


def build(till: Till, catalogue: Catalogue, adapter: outside.Adapter | None = None) -> FastAPI:
    """The application, its shelf filled from the catalogue. It tidies up and bakes while it is served."""
    with till.store.writing() as connection:
        shelf.stock_up(connection, catalogue, till.pieces)
    baker = Baker(till.store, till.folder, _now_s)
    sheets = Sheets(catalogue.name, till.gateway.origin)

    @contextlib.asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        over = threading.Event()
        works = (lambda now_s: sweep(till, now_s), lambda now_s: outside.pass_on(till.store, adapter, now_s))
        threads = [threading.Thread(target=_again_until, args=(over, work), daemon=True) for work in works]
        baker.start()
        for thread in threads:
            thread.start()
        yield
        over.set()
        baker.close()
        for thread in threads:
            thread.join(_ENDING_S)

    app = FastAPI(title=f"{catalogue.name['en']}: shop", version=__version__, lifespan=life,
                  docs_url=None, redoc_url=None,  # theirs load scripts from elsewhere
                  generate_unique_id_function=lambda route: "_".join([*route.tags[:1], route.name]),
                  description="Orders, payment by link, and the merchant's side of it.")
    guard.answer_problems(app)
    app.add_middleware(guard.Door)
    app.include_router(visiting.router(till))
    app.include_router(merchant.router(till, baker))
    app.include_router(pages.router(till, sheets))
    describe(app, ProblemTold.model_json_schema())
    _describing(app, sheets)
    return app


def _describing(app: FastAPI, sheets: Sheets) -> None:
    @app.get("/docs", include_in_schema=False)
    def docs(_request: Request) -> Response:
        return sheets.page("docs.html", "en", **page_of(app.openapi()))

    @app.get("/problems", include_in_schema=False)
    def problems(_request: Request) -> Response:
        return sheets.page("problems.html", "en", **page_of(app.openapi()))


def sweep(till: Till, now_s: int) -> None:
    """What time brings: unpaid orders end, pages to take home go, debts are paid back."""
    expired, more = 0, True
    while more:  # a few at a time, so that nobody who orders waits for all of them
        with till.store.writing() as connection:
            ended = ledger.expire(connection, now_s)
        expired, more = expired + ended, ended == ledger.EXPIRED_AT_ONCE
    with till.store.writing() as connection:
        gone = keepsake.clear(connection, now_s)
    if expired or gone:
        log.info("%d orders expired, %d pages to take home are gone", expired, gone)
    gateway.return_owed(till.store, till.gateway, now_s)


def _again_until(over: threading.Event, work: Callable[[int], object]) -> None:
    """Does something now and again, whatever becomes of it: it calls what others wrote."""
    while not over.wait(SWEEP_S):
        try:
            work(_now_s())
        except (SQLAlchemyError, Refused) as error:
            log.warning("tidying up did not work (%s); tried again in %g s", error, SWEEP_S)
        except Exception:  # it must go on: orders end here, and pages to take home
            log.exception("tidying up broke; tried again in %g s", SWEEP_S)


def _now_s() -> int:
    return int(time.time())
