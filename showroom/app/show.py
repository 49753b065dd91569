"""The show: one loop that gives a display's frames to everyone who needs them.

What arrives from the imagine worker goes to the stage, what the visitor does goes to the journey,
what the journey wishes is done here.
"""

import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from showroom import gl
from showroom.app.clerk import Clerk
from showroom.app.comfort import Comforts
from showroom.app.requests import hall_request, place_request
from showroom.app.senses import Senses
from showroom.app.shelf import Shelf
from showroom.app.signs import Lettering, left_to_draw
from showroom.catalogue import Catalogue
from showroom.config import Config
from showroom.display.base import Display
from showroom.forget import overwrite_freed
from showroom.imagine.scribe import Scribe
from showroom.imagine.studio import Studio
from showroom.render.renderer import Renderer
from showroom.stage.stage import Stage
from showroom.visit.journey import Journey
from showroom.visit.sayings import load_sayings
from showroom.words.frame import Frame
from showroom.words.hall import PLINTH_TOP_M
from showroom.words.product import Product
from showroom.words.request import Request
from showroom.words.result import Done, Failed, Remark
from showroom.words.wish import Leave, Pulse, Quit, Reset, Try, Wish

log = logging.getLogger(__name__)
WARM_UP_FRAMES = 30


@dataclass
class Figures:
    """What the loop counted, for benchmarks and staff."""

    frames: int = 0
    late: int = 0
    largest_upload_bytes: int = 0
    failures: list[str] = field(default_factory=list)


class Show:
    """Everything of one show, wired. `frame` does one turn of the loop; `run` all of them.

    scribe : letters what is to be read; without one, nothing is.
    senses : feels what the show feels like; without them, hands alone do.
    clerk  : advises and sells; without one, nobody does.
    """

    def __init__(self, display: Display, studio: Studio, catalogue: Catalogue, config: Config,
                 first: Product | None = None, scribe: Scribe | None = None, senses: Senses | None = None,
                 clerk: Clerk | None = None):
        self.display, self.studio, self.config = display, studio, config
        self._stock = {product.id: product for product in catalogue.products}
        self.renderer, self.stage = Renderer(particles=config.particles), Stage(config.dry_down_s)
        self._hall_request = hall_request(config, catalogue.products)
        self.products = [product for product, _ in self._hall_request.products]
        self._baked = {product.id: spec for product, spec in self._hall_request.products}
        sayings = load_sayings()
        self._shelf, self._lettering = Shelf(sayings), Lettering(scribe)
        self._clerk = clerk
        self.journey = Journey(self._shelf.of(self._hall_request.products), sayings, config.language,
                               clerk.service(catalogue, self._baked) if clerk else None)
        self.senses = senses or Senses(config)
        self.comforts = Comforts(config)
        self.figures = Figures()
        self.running = True
        self.remark = ""  # for staff, of what is open
        self._told: set[str] = set()  # remarks that staff have heard: of a thousand places once
        self.notice = ""  # for whoever stands at the screen; goes before everything in the caption
        self._newest, self._hall = 0, -1  # numbers of the newest request, and of the newest for the hall
        self._hall_stands = False
        if first is None:
            self._want_hall()
        else:
            self.try_product(first)

    def _open(self, request: Request) -> None:
        waiting = request.product is not None and request.needs_model
        self._newest, self.remark = self.studio.request(request), ""
        self.stage.open(self._newest, request.kind, waiting)

    def _want_hall(self) -> None:
        """Asks for the hall, unless it stands or is what was asked for last."""
        if not self._hall_stands and self._newest != self._hall:
            self._open(self._hall_request)
            self._hall = self._newest

    def try_product(self, product: Product) -> None:
        """Asks for a product's place. The worker drops a hall it was still making for it."""
        self._open_place(product)
        self.journey.begin_trying(*self._shelf.of([(product, self._baked.get(product.id))]))

    def _open_place(self, product: Product) -> None:
        request = place_request(product, self.config, self._baked.get(product.id))
        self._open(self._clerk.leaning(request, self.journey) if self._clerk else request)

    def restock(self, catalogue: Catalogue) -> None:
        """Takes up a catalogue that was edited. Who has gone from it stays on the plinth that stands."""
        for product in catalogue.products:
            if self._stock.get(product.id) != product:
                self._stock[product.id] = product
                self._baked.pop(product.id, None)  # it was of the product as it had been
                self.journey.exhibits |= {one.product_id: one for one in self._shelf.of([(product, None)])}
        if self._clerk:
            self.journey.serve(self._clerk.service(catalogue, self._baked))

    def _leave(self) -> None:
        self.stage.leave()
        self._want_hall()
        gc.collect()  # between two visits; during one the collector is off

    def frame(self) -> Frame:
        """One turn: results, wishes, time, uploads, picture."""
        with self.display.frame() as frame:
            results = self.studio.poll()
            for result in results:
                self._heed(result)
            if self._clerk:
                self._clerk.attend(self.journey)
            self.comforts.hand_on(self.renderer, self.stage, self.journey)
            for wish in self.journey.step(frame.controls, frame.time_s, self.stage.settled):
                self._perform(wish)
            self._set_stage(frame.time_s)
            self.senses.feel(self.stage, self.journey, frame, self.display, self._baked)
            # no frame does both: what one has read, the next uploads
            self.renderer.upload(self.stage.scene, 0 if results else self.config.upload_bytes_per_frame)
            lettered = self._lettering.of(self.journey.signs, self.journey.soon, self.journey.rays)
            signs = left_to_draw(self.display, lettered, self.journey.standing)
            self.renderer.draw(self.stage.scene, self.journey.eyes(frame.eyes), signs)
        self.studio.heed(frame.late)
        self._count(frame)
        return frame

    def _set_stage(self, time_s: float) -> None:
        """What the visit shows, at a time."""
        stage, journey = self.stage, self.journey
        stage.point_at(self._lit_at())
        stage.point(journey.rays)
        stage.hold(journey.held)
        stage.feel(journey.hands, time_s)
        stage.advance(time_s)
        self.comforts.calm(stage.scene)
        if journey.shade:
            day = stage.scene.daylight
            stage.scene.daylight = replace(day, exposure=day.exposure * (1.0 - journey.shade))

    def _heed(self, result) -> None:
        self.stage.apply(result)
        if isinstance(result.value, Done):
            self._hall_stands |= result.request == self._hall
            self._want_hall()  # while the visitor is in a place, make the hall to come back to
        elif isinstance(result.value, Remark):
            if result.value.line not in self._told:
                log.warning("%s", result.value.line)
                self._told.add(result.value.line)
            self.remark = result.value.line if result.value.fault else self.remark
        elif isinstance(result.value, Failed):
            self.figures.failures.append(result.value.reason)
            log.warning("%s", result.value.reason)
            if not self.stage.in_place:
                self.journey.back_in_hall()
            if result.request == self._hall:
                self._hall = -1  # asked for again when somebody comes back to it, not at once
            else:
                self._want_hall()

    def _perform(self, wish: Wish) -> None:
        if self._clerk:
            self._clerk.perform(wish, self.journey)
        if isinstance(wish, Try):
            self._open_place(self._stock[wish.product_id])
        elif isinstance(wish, Leave):
            self._leave()
        elif isinstance(wish, Pulse):
            self.senses.heed(wish)
        elif isinstance(wish, Reset):
            self.comforts.reset()
            self.studio.forget()
            self._lettering.forget()
            overwrite_freed()
        elif isinstance(wish, Quit):
            self.running = False

    def _lit_at(self):
        home = self.journey.homes.get(self.journey.lit)
        return (home.position[0], PLINTH_TOP_M + 0.45, home.position[2]) if home else None

    def _count(self, frame: Frame) -> None:
        figures = self.figures
        figures.frames += 1
        figures.late += frame.late
        figures.largest_upload_bytes = max(figures.largest_upload_bytes, self.renderer.uploader.last_bytes)
        if figures.frames == WARM_UP_FRAMES:  # what lives now lives on: the collector need not look at it again
            gc.collect()
            gc.freeze()
            gc.disable()

    def caption(self) -> str:
        """One line on what can be done now, for a window's title."""
        language = self.journey.language
        if self.journey.typing is not None:
            return "showroom: Enter sends what you type, Esc does not"
        if self.notice:
            return f"showroom: {self.notice}"
        if self.stage.failure or self.remark:
            return f"showroom: {self.stage.failure or self.remark}"
        if self.journey.pointing in self._stock and not self.journey.inside:
            product = self._stock[self.journey.pointing]
            return f"{product.name.get(language) or product.id}: press E to step inside"
        if not self.stage.in_place:
            return "showroom: look around, walk with W A S D, point at a product"
        making = self.stage.progress
        return "Backspace: back to the hall" + (f" (painting {making.making})" if making.fraction < 1 else "")

    def close(self) -> None:
        """Frees what the show made on the GPU; display and studio are the caller's."""
        gc.enable()
        gc.unfreeze()
        self.renderer.close()


def run(display: Display, studio: Studio, catalogue: Catalogue, config: Config, first: Product | None = None,
        each_frame: Callable[[Show, Frame], bool] | None = None, scribe: Scribe | None = None,
        senses: Senses | None = None, clerk: Clerk | None = None) -> Figures:
    """Shows until the display ends, the visitor quits or `each_frame` returns False.

    first  : begin in this product's place instead of the hall.
    scribe : letters what is to be read; without one, nothing is.
    senses : feels what the show feels like; without them, hands alone do.
    clerk  : advises and sells; without one, nobody does.
    """
    show = Show(display, studio, catalogue, config, first, scribe, senses, clerk)
    try:
        while display.running and show.running:
            frame = show.frame()
            if each_frame is not None and not each_frame(show, frame):
                break
        gl.check("ending the show")
        return show.figures
    finally:
        show.close()
