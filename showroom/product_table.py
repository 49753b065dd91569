"""A product's plain table (of TOML or JSON), checked key by key, made into a Product."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

from showroom.errors import ProductError
from showroom.text import clean
from showroom.words.product import Product, Size
from showroom.words.vocabulary import BOTTLES, LANGUAGES, STAGES

KINDS = ("perfume", "jacket", "scarf", "lipstick", "torch", "tea_set")
MOST_NOTES = 60
MOST_SIZES = 12
MOST_CENTS = 100_000_000

_ID = re.compile("[a-z0-9-]{1,64}")
_SIZE_ID = re.compile("[a-z0-9-]{1,16}")
_SIZE_KEYS = tuple(field.name for field in dataclasses.fields(Size))
_SRGB = re.compile("#[0-9a-f]{6}")
_SHAPE = re.compile("[a-z][a-z0-9_]{0,63}")
_MODEL = re.compile(r"(?!/)[^\x00-\x1f\\]{1,400}[.](?:glb|gltf)", re.IGNORECASE)
_KEYS = tuple(field.name for field in dataclasses.fields(Product))
_HERO_COLOURS = ("body_srgb", "accent_srgb", "liquid_srgb")
_HERO_NUMBERS = {"height_m": (0.01, 2.5), "fill": (0.0, 1.0), "roughness": (0.0, 1.0), "metallic": (0.0, 1.0)}

_A_PRICE = f"a whole number of cents from 0 to {MOST_CENTS:,}"

Where = Callable[[str], str]  # the place of a key in its file, in words: "file:line product ID"


def product_of(table: dict, where: Where, folder: Path | None = None) -> Product:
    """The product that a table describes.

    where  : says where a key stands, for the errors.
    folder : in which its model is; None where a table may name no file.
    Raises : ProductError naming the place, the key, the value and what is accepted.
    """
    for key in table:
        if key not in _KEYS:
            raise refusal(where, key, table[key], "only the keys " + ", ".join(_KEYS))
    identity, kind = table.get("id"), table.get("kind")
    if not isinstance(identity, str) or not _ID.fullmatch(identity):
        raise refusal(where, "id", identity, "1 to 64 of a-z, 0-9 and -")
    if kind not in KINDS:
        raise refusal(where, "kind", kind, "one of " + ", ".join(KINDS))
    price, currency = table.get("price_cents", 0), table.get("currency", "EUR")
    if not _is_price(price):
        raise refusal(where, "price_cents", price, _A_PRICE)
    if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
        raise refusal(where, "currency", currency, "three capital letters such as EUR")
    return Product(
        id=identity,
        kind=kind,
        name=by_language(where, "name", table.get("name")),
        description=by_language(where, "description", table.get("description")),
        **{stage: _notes(where, stage, table.get(stage, [])) for stage in STAGES},
        price_cents=price,
        currency=currency,
        hero=_hero(where, kind, table.get("hero", {})),
        sizes=_sizes(where, table.get("sizes", [])),
        model=_model(where, table.get("model", ""), folder),
        variant=_variant(where, table),
    )


def by_language(where: Where, key: str, said: object) -> dict[str, str]:
    """Texts by language, English at least. Raises ProductError."""
    if not isinstance(said, dict) or "en" not in said or not set(said) <= set(LANGUAGES):
        raise refusal(where, key, said, f"a table by language ({', '.join(LANGUAGES)}), en at least")
    return {language: clean(text, f"{where(key)} {key}.{language}", ProductError) for language, text in said.items()}


def refusal(where: Where, key: str, value: object, accepted: str) -> ProductError:
    """The error that says what came and what is accepted."""
    shown = repr(value) if value is not None else "missing"
    shown = shown if len(shown) <= 80 else shown[:77] + "…"
    return ProductError(f"reading {where(key)}: {key} is {shown}; accepted is {accepted}; correct it")


def _notes(where: Where, key: str, notes: object) -> tuple[str, ...]:
    if not isinstance(notes, list) or len(notes) > MOST_NOTES:
        raise refusal(where, key, notes, f"a list of at most {MOST_NOTES} note names")
    return tuple(clean(note, f"{where(key)} {key}", ProductError) for note in notes)


def _is_price(cents: object) -> bool:
    return type(cents) is int and 0 <= cents <= MOST_CENTS


def _sizes(where: Where, sizes: object) -> tuple[Size, ...]:
    if not isinstance(sizes, list) or len(sizes) > MOST_SIZES:
        example = '{ id = "50ml", label = "50 ml" }'
        raise refusal(where, "sizes", sizes, f"a list of at most {MOST_SIZES} tables such as {example}")
    made = tuple(_size(where, size) for size in sizes)
    for what in ("id", "label"):
        known = [getattr(size, what) for size in made]
        if len(set(known)) < len(made):
            raise refusal(where, "sizes", known, f"{what}s that differ")
    return made


def _size(where: Where, size: object) -> Size:
    if not isinstance(size, dict) or not {"id", "label"} <= set(size) <= set(_SIZE_KEYS):
        raise refusal(where, "sizes", size, "tables of id, label and, where it differs, price_cents")
    if not isinstance(size["id"], str) or not _SIZE_ID.fullmatch(size["id"]):
        raise refusal(where, "sizes", size, "an id of 1 to 16 of a-z, 0-9 and -")
    if not _is_price(size.get("price_cents", 0)):
        raise refusal(where, "sizes", size, f"price_cents: {_A_PRICE}")
    label = clean(size["label"], f"{where('sizes')} label", ProductError)
    if len(label) > 24 or "\n" in label:
        raise refusal(where, "sizes", size, "a label of one line, at most 24 characters")
    return Size(size["id"], label, size.get("price_cents", 0))


def _model(where: Where, model: object, folder: Path | None) -> str:
    """The whole path of a model that lies in the catalogue's folder, or below it."""
    if model == "":
        return ""
    accepted = "a .glb or .gltf file beside the catalogue or in a folder of its folder"
    if folder is None:
        raise refusal(where, "model", model, "none here; a catalogue's file may name one")
    if not isinstance(model, str) or not _MODEL.fullmatch(model):
        raise refusal(where, "model", model, accepted)
    try:
        whole = folder.resolve()
        path = (whole / model).resolve()
        is_there = path.is_relative_to(whole) and path.is_file()
    except (OSError, RuntimeError, ValueError):  # a name too long, a circle of links
        is_there = False
    if not is_there:
        raise refusal(where, "model", model, accepted)
    return str(path)


def _variant(where: Where, table: dict) -> str:
    variant = table.get("variant", "")
    if variant != "" and not table.get("model"):
        raise refusal(where, "variant", variant, "one of a model; name the model too")
    if not isinstance(variant, str) or len(variant) > 100 or not variant.isprintable():
        raise refusal(where, "variant", variant, "a name of a variant in the model, at most 100 characters")
    return variant


def _hero(where: Where, kind: str, hero: object) -> dict[str, str | float]:
    if not isinstance(hero, dict):
        raise refusal(where, "hero", hero, "a table such as { shape = \"flacon\", height_m = 0.16 }")
    for key, value in hero.items():
        if not (accepted := _accepted_of_hero(kind, key, value)):
            continue
        raise refusal(where, "hero", {key: value}, accepted)
    return dict(hero)


def _accepted_of_hero(kind: str, key: str, value: object) -> str:
    """What is accepted instead of this value, or "" if it is fine."""
    if key in _HERO_NUMBERS:
        low, high = _HERO_NUMBERS[key]
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return "" if number and low <= value <= high else f"{key} from {low} to {high}"
    if key in _HERO_COLOURS:
        return "" if isinstance(value, str) and _SRGB.fullmatch(value) else "a colour such as #a1b2c3"
    if key != "shape":
        return "only the keys " + ", ".join(("shape", *_HERO_NUMBERS, *_HERO_COLOURS))
    if not isinstance(value, str) or not _SHAPE.fullmatch(value):
        return "a shape's name of a-z, 0-9 and _, up to 64"
    return "a shape of " + ", ".join(BOTTLES) if kind == "perfume" and value not in BOTTLES else ""
