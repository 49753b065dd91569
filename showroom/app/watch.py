"""Watching a catalogue's file: what a content person saves is shown, and what is wrong in it is said."""

import os
from pathlib import Path

from showroom.app.show import Show
from showroom.catalogue import Catalogue, load_catalogue, product_digest
from showroom.errors import ShowroomError
from showroom.words.product import Product

LOOK_S = 0.25  # between two looks at the file; editors write a file in several steps


class Watch:
    """Keeps a show on the product of a catalogue that was edited last.

    path    : the catalogue, read at once.   begin : the product to begin with; the first by default.
    Raises  : ProductError if the catalogue cannot be read at the beginning, or lacks that product.
    """

    def __init__(self, path: Path, begin: str | None = None):
        self.path = path
        self._stamp = _stamp(path)
        self.catalogue = load_catalogue(path)
        self.shown = self.catalogue.find(begin) if begin else self.catalogue.products[0]
        self._model = _model_stamp(self.shown)
        self._looked_s = 0.0

    def look(self, show: Show, time_s: float) -> None:
        """Once in a while: if the file or the shown product's model was saved, takes it up, or leaves why not in
        the show's notice."""
        if time_s - self._looked_s < LOOK_S:
            return
        self._looked_s = time_s
        stamp = _stamp(self.path)
        if stamp == self._stamp:
            self._look_at_model(show)
            return
        self._stamp = stamp
        try:
            saved = load_catalogue(self.path)
        except ShowroomError as error:
            show.notice = str(error)
            return
        show.notice = ""
        edited = edited_product(self.catalogue, saved, self.shown)
        self.catalogue = saved
        show.restock(saved)
        if edited is not None:
            self.shown, self._model = edited, _model_stamp(edited)
            show.try_product(edited)

    def _look_at_model(self, show: Show) -> None:
        """Shows the product anew once its model was saved; while there is none, the old one stands."""
        stamp = _model_stamp(self.shown)
        if stamp not in (None, self._model):
            self._model = stamp
            show.try_product(self.shown)


def edited_product(before: Catalogue, after: Catalogue, shown: Product) -> Product | None:
    """What to show of a saved catalogue: the shown product if it was edited, else the first that was.

    None if no product was edited. If the shown one has gone, the first there is.
    """
    known = {product.id: product_digest(product) for product in before.products}
    edited = [product for product in after.products if known.get(product.id) != product_digest(product)]
    own = [product for product in edited if product.id == shown.id]
    gone = all(product.id != shown.id for product in after.products)
    return next(iter(own or edited or (after.products[:1] if gone else ())), None)


def _model_stamp(product: Product) -> tuple[int, int, int] | None:
    return _stamp(Path(product.model)) if product.model else None


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """Changes whenever the file is saved, in place or by replacing it."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
