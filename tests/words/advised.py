"""What advice is tried on: the house's own products, and strangers' catalogues drawn by hypothesis."""

import dataclasses
import functools

import numpy as np
from hypothesis import strategies as st
from specs import spec_of

from showroom.catalogue import baked_spec, load_catalogue
from showroom.visit.affinity import Ware
from showroom.visit.recommend import Advice
from showroom.words.look import Garment, Look, Region
from showroom.words.preference import CHOICES, Preference
from showroom.words.product import Product
from showroom.words.scenespec import Colour, PaletteStage, Touch
from showroom.words.vocabulary import ACCORDS, PLACES, SEASONS, STAGES

SHARES = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
SRGB = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@functools.cache
def house() -> Advice:
    """Advice on what the house sells."""
    return Advice([Ware(product, baked_spec(product)) for product in load_catalogue().products])


def name_of(product_id: str, language: str) -> str:
    """A product of the house, as it is called."""
    return next(ware.product.name[language] for ware in house().wares if ware.product.id == product_id)


def drawn(seed: int, least: int = 2) -> Advice:
    """Advice on two to eight products of any accords, places, season, touch, colours and price."""
    rng = np.random.default_rng(seed)
    return Advice([_ware(rng, f"p{at}") for at in range(rng.integers(least, 9))])


def _ware(rng: np.random.Generator, product_id: str) -> Ware:
    """Shares are twentieths, so that equals happen; some smell of nothing, or are not for sale."""
    seasons, touch = 1 + rng.integers(0, 20, 4), rng.integers(0, 21, 4) / 20
    some = rng.choice(len(PLACES), rng.integers(1, 4), replace=False)
    places = dict(zip((PLACES[at] for at in some), rng.dirichlet(np.ones(len(some)))))
    accords = rng.choice(len(ACCORDS[:12]), rng.integers(0, 6), replace=False)
    colours = [f"#{rng.integers(0, 1 << 24):06x}" for _ in STAGES]
    spec = dataclasses.replace(
        spec_of(max(places, key=places.get)), touch=Touch(*map(float, touch)), place=places,
        palette=tuple(PaletteStage(stage, (Colour(srgb, 1.0),)) for stage, srgb in zip(STAGES, colours)),
        accords={ACCORDS[at]: float(rng.integers(1, 21)) / 20 for at in accords},
        season=dict(zip(SEASONS, map(float, seasons / seasons.sum()))))
    price = int(rng.integers(0, 40)) * 1000
    return Ware(Product(product_id, "perfume", {"en": "One"}, {"en": "One"}, price_cents=price), spec)


def catalogues(least: int = 2):
    """Such advice, by hypothesis."""
    return st.integers(0, 2**32 - 1).map(functools.partial(drawn, least=least))


@st.composite
def preferences(draw, ids: tuple[str, ...] = tuple(f"p{at}" for at in range(8))) -> Preference:
    """Anything that may be known of somebody."""
    known = Preference()
    for question, choices in CHOICES.items():
        if draw(st.booleans()):
            known = known.answered(question, draw(st.sampled_from(choices)))
    accords = st.dictionaries(st.sampled_from(ACCORDS[:12]), SHARES.filter(bool), max_size=3)
    known = known.liking(draw(accords), draw(accords)).costing(draw(st.sampled_from((0, 5000, 15000, 30000))))
    known = dataclasses.replace(known, colours=tuple(draw(st.lists(SRGB, max_size=2, unique=True))))
    deeds = st.sampled_from(("more_like", "not_this", "grabbing", "dwelling"))
    for deed, product_id in draw(st.lists(st.tuples(deeds, st.sampled_from(ids)), max_size=4)):
        known = known.dwelling(product_id, 40.0) if deed == "dwelling" else getattr(known, deed)(product_id)
    return known


@st.composite
def looks(draw) -> Look:
    """What somebody may wear."""
    shares = draw(st.lists(SHARES, min_size=4, max_size=4).filter(any))
    season = tuple(share / sum(shares) for share in shares)
    return Look((Garment("outwear", 0.9),), (Region("whole", (Colour(draw(SRGB), 1.0),), "plain"),), season)
