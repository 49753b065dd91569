"""Requests for places and for the hall, and making them here and now where one may wait."""

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

from showroom.catalogue import baked_spec, load_catalogue, product_from_text
from showroom.config import Config, load
from showroom.errors import InputError
from showroom.words.product import Product
from showroom.words.request import HALL, PLACE, Request
from showroom.words.scenespec import SceneSpec


def request_for(text: str | None = None, product_id: str | None = None, config: Config | None = None) -> Request:
    """The request for a text, a catalogue product, or (with neither) the hall.

    Raises InputError or ProductError if the text or the id is not one.
    """
    if text is None and product_id is None:
        return hall_request(config)
    product = product_from_text(text) if text is not None else load_catalogue().find(product_id)
    return place_request(product, config)


def place_request(product: Product, config: Config | None = None, spec: SceneSpec | None = None) -> Request:
    """The request for a product's place; a catalogue product brings its baked spec.

    spec : the baked spec where the caller has read it already; reading one takes longer than a frame may.
    """
    config = config or load()
    return Request(PLACE, product=product, spec=spec or baked_spec(product, language=config.language),
                   surface_px=config.surface_px, detail=config.detail, language=config.language,
                   painter=config.painter, diffusion=config.diffusion)


def hall_request(config: Config | None = None, products: Iterable[Product] | None = None) -> Request:
    """The request for the hall with the house's products (or these), as far as they have baked specs."""
    config = config or load()
    shown = load_catalogue().products if products is None else products
    baked = ((product, baked_spec(product, language=config.language)) for product in shown)
    pairs = tuple((product, spec) for product, spec in baked if spec)
    return Request(HALL, products=pairs, surface_px=config.surface_px, detail=config.detail,
                   language=config.language, painter=config.painter, diffusion=config.diffusion)


def asked(request: Request, seed: int | None = None, image: Path | None = None, taste: Path | None = None,
          adjust: str = "") -> Request:
    """The same request, for a seed, with a photo, for a taste, and moved by a visitor's words.

    Raises InputError for a place that cannot be asked for so: the hall is as it is.
    """
    if request.kind == HALL and (seed is not None or image or taste or adjust):
        raise InputError("asking for the hall by seed, photo, taste or words; "
                         "a place alone is made so; name a product")
    return dataclasses.replace(request, seed=seed, image=str(image or ""), taste=str(taste or ""),
                               adjust=adjust)


def make_now(request: Request) -> Iterator:
    """What the worker would send for a request, made in this process."""
    from showroom.imagine.cache import Cache
    from showroom.imagine.make import make
    from showroom.imagine.nose import Nose
    from showroom.paths import cache_dir

    yield from make(request, Nose.load, Cache(cache_dir(), forgiving=True))
