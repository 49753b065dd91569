"""The clerk: does what is wished at the counter, and brings back what came of it.

Orders go to the orders' own process, photos to the one that looks, stills to take home to a third; the
clerk only hands things over, once a frame, and never waits.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from showroom.app.keepsake import Keepsakes
from showroom.app.own_shop import OwnShop
from showroom.app.pages import open_page
from showroom.catalogue import Catalogue
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.look.seer import Seer
from showroom.imagine.wanted import prepare, wanted
from showroom.orders import Orders
from showroom.visit.counter import Service
from showroom.visit.instruction import make_ready
from showroom.visit.journey import Journey
from showroom.visit.reasons import AdviceSayings
from showroom.visit.recommend import Advice, Ware
from showroom.words.look import Look, Photograph, Unseen, Wiped
from showroom.words.order import News
from showroom.words.preference import Preference
from showroom.words.request import Request
from showroom.words.scenespec import SceneSpec
from showroom.words.wish import (
    Advise, CancelOrder, ForgetLook, Open, Photo, PlaceOrder, PrepareLook, Reset, Wish,
)

log = logging.getLogger(__name__)


class Clerk:
    """One house's.

    shop_url   : where orders go, "" for nowhere: nothing is sold.   folder : where they are kept meanwhile.
    shop       : the house's own, if it has one; tended and closed here.
    photograph : what a look may be taken from, None: nobody is asked for one.
    opens      : the visitor sits before a screen on which pages can be opened.
    """

    def __init__(self, folder: Path, shop_url: str = "", shop: OwnShop | None = None,
                 photograph: Photograph | None = None, opens: bool = False):
        self._shop, self._shop_url = shop, shop_url or (shop.url if shop else "")
        self._orders = Orders(folder, self._shop_url) if self._shop_url else None
        self._photograph, self._opens = photograph, opens
        self._seer, self._keepsakes, self._lexicon = Seer(), Keepsakes(), load_lexicon()
        self._preferences: dict[str, tuple[str, Preference]] = {}  # by order: what a still to take home is of

    def service(self, catalogue: Catalogue, baked: Mapping[str, SceneSpec]) -> Service:
        """What the house does for a visitor.   baked : specs by product; what has none is not advised."""
        make_ready(catalogue.products)
        prepare()
        wares = tuple(Ware(product, baked[product.id]) for product in catalogue.products if product.id in baked)
        return Service({product.id: product for product in catalogue.products}, Advice(wares) if wares else None,
                       AdviceSayings(), self._orders is not None, self._photograph, self._opens)

    def perform(self, wish: Wish, journey: Journey) -> None:
        """Does what is wished; what is no wish of the counter's is left alone."""
        if isinstance(wish, PlaceOrder) and self._orders is not None:
            self._preferences[wish.order.key] = (wish.order.product_id, journey.counter.preference)
            self._orders.place(wish.order)
        elif isinstance(wish, CancelOrder) and self._orders is not None:
            self._orders.cancel(wish.order_id)
        elif isinstance(wish, Advise):
            journey.advised(wanted(wish.text, journey.counter.preference, self._lexicon))
        elif isinstance(wish, PrepareLook):
            self._seer.prepare()
        elif isinstance(wish, Photo):
            self._seer.look(wish.photograph)
        elif isinstance(wish, ForgetLook):
            self._seer.wipe()
        elif isinstance(wish, Open):
            open_page(wish.url)
        elif isinstance(wish, Reset):
            self._seer.wipe()
            self._preferences.clear()

    def attend(self, journey: Journey) -> None:
        """Once a frame: brings what has come."""
        if self._shop is not None:
            self._shop.tend()
        self._keepsakes.poll()
        for news in self._orders.poll() if self._orders is not None else ():
            journey.heard_of(news)
            if news.receipt is not None and news.key in self._preferences:
                self._draw_keepsake(news)
        came = self._seer.poll()
        if isinstance(came, Look):
            journey.looked(came)
        elif isinstance(came, Unseen):
            log.warning("%s", came.reason)
            journey.looked(None)
        elif isinstance(came, Wiped):
            log.info("what looked at a visitor (process %d, %s) has ended, and its memory with it", came.pid,
                     "a photo seen" if came.looked else "no photo seen")

    def leaning(self, request: Request, journey: Journey) -> Request:
        """The request as this visitor's taste leans it."""
        preference = journey.counter.preference
        return replace(request, preference=preference) if preference.leans else request

    def __enter__(self) -> "Clerk":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """Ends everything that was started for it."""
        self._keepsakes.close()
        self._seer.close()
        if self._orders is not None:
            self._orders.close()
        if self._shop is not None:
            self._shop.close()

    def _draw_keepsake(self, news: News) -> None:
        """Once an order has come through, its place is drawn for the page to take home."""
        product_id, preference = self._preferences.pop(news.key)
        self._keepsakes.take(product_id, preference, f"{self._shop_url}/orders/{news.receipt.order_id}/still")
