"""The catalogue: what the house sells, read from TOML; and free text made into a product.

Nothing here needs the model. A product's baked SceneSpec lies in `assets/specs/<id>.json` beside
the digest of the product it was made from, so that a changed product is never shown as it was.
"""

import dataclasses
import difflib
import functools
import hashlib
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import InputError, ProductError, SpecError
from showroom.text import clean, is_chinese
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import BOTTLES, LANGUAGES, STAGES

KINDS = ("perfume", "jacket", "scarf", "lipstick", "torch", "tea_set")
MOST_BYTES = 4 << 20
MOST_PRODUCTS = 1000
MOST_NOTES = 60

_ID = re.compile("[a-z0-9-]{1,64}")
_SRGB = re.compile("#[0-9a-f]{6}")
_SHAPE = re.compile("[a-z][a-z0-9_]{0,63}")
_PRODUCT_KEYS = tuple(field.name for field in dataclasses.fields(Product))
_HERO_COLOURS = ("body_srgb", "accent_srgb", "liquid_srgb")
_HERO_NUMBERS = {"height_m": (0.01, 2.5), "fill": (0.0, 1.0)}


@dataclass(frozen=True)
class Catalogue:
    """A house's name and description by language, and its products in the order of the file."""

    path: Path
    name: dict[str, str]
    description: dict[str, str]
    products: tuple[Product, ...]

    def find(self, product_id: str) -> Product:
        """The product of that id. Raises ProductError naming the nearest id."""
        for product in self.products:
            if product.id == product_id:
                return product
        known = [product.id for product in self.products]
        near = difflib.get_close_matches(product_id.lower()[:64], known, n=1, cutoff=0.0)
        raise ProductError(
            f"looking for the product {product_id[:64]!r} in {self.path}: unknown; "
            f"accepted are {', '.join(known)}; did you mean {near[0]}?"
        )


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Reads a catalogue (the house's own by default).

    Raises ProductError with file, line, product and key where something is wrong.
    """
    path = Path(path) if path is not None else paths.ASSETS / "catalogue.toml"
    text = _read(path)
    try:
        plain = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # beside TOML's own: a number too long, nested too deep
        found = re.search(r"line (\d+)", str(error))
        line = found[1] if found else len(text.splitlines())
        raise ProductError(f"reading {path}:{line}: not TOML ({error}); correct that line") from None
    return _Reader(path, text).catalogue(plain)


def product_digest(product: Product) -> str:
    """SHA-256 of everything a product says of itself."""
    text = json.dumps(dataclasses.asdict(product), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def baked_spec(product: Product, folder: Path | None = None) -> SceneSpec | None:
    """The spec that ships for this product, or None if there is none for it as it is now.

    Raises SpecError naming the file if it is broken.
    """
    path = (folder or paths.ASSETS / "specs") / f"{product.id}.json"
    if not path.is_file():
        return None
    try:
        baked = json.loads(path.read_text("utf-8"))
        made_from, plain = baked["product"], baked["spec"]
    except (ValueError, KeyError, TypeError):
        raise SpecError(f"reading {path}: no baked spec; product and spec are needed; bake again") from None
    if made_from != product_digest(product):
        return None
    try:
        return SceneSpec.from_plain(plain)
    except SpecError as error:
        raise SpecError(f"reading {path}: {error}; bake it again with --specs") from None


# Free text ---------------------------------------------------------------------------------------

_KIND_WORDS = {
    "jacket": r"\b(?:down (?:jacket|coat|parka)|puffer|parka|piumino)\b|羽绒服",
    "scarf": r"\b(?:silk scarf|scarf|shawl|foulard|sciarpa)\b|丝巾|围巾",
    "lipstick": r"\b(?:lipstick|lip colou?r|rossetto)\b|口红|唇膏",
}
_LAYER_WORDS = {
    "top": r"top notes?|head notes?|top|head|note di testa|testa|前调|头调",
    "heart": r"heart notes?|middle notes?|heart|middle|note di cuore|cuore|中调|心调",
    "base": r"base notes?|base|dry-?down|note di fondo|fondo|后调|基调|尾调",
}


@functools.cache
def _layer_label() -> re.Pattern:
    """A layer's name and a colon. The full-width , ; : of Chinese text are escapes: they look plain."""
    groups = "|".join(f"(?P<{stage}>{words})" for stage, words in _LAYER_WORDS.items())
    return re.compile(rf"(?:^|(?<=[\s.,;。\uff0c\uff1b]))(?:{groups})\s*[:\uff1a]", re.IGNORECASE)


def product_from_text(text: str) -> Product:
    """Free text as a product: a description, and notes where it labels them by layer.

    Layers are read from labels ("Top: …; heart: …; base: …", 前调:…, note di testa: …). A bare
    list of notes stays the description: which layer a note belongs to is the lexicon's knowledge.
    Raises InputError for text that `showroom.text.clean` refuses.
    """
    text = clean(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    kind = next((kind for kind, words in _KIND_WORDS.items() if re.search(words, text, re.I)), "perfume")
    language = "zh" if is_chinese(text) else "en"
    title = " ".join(text.split())
    name = title if len(title) <= 60 else title[:59] + "…"
    return Product(f"text-{digest[:8]}", kind, {language: name}, {language: text}, **_labelled_notes(text))


def product_from_notes(notes: dict[str, object]) -> Product:
    """Lists of note names by layer as a product. Raises InputError for what is no such list."""
    kept: dict[str, tuple[str, ...]] = {}
    for stage in STAGES:
        names = notes.get(stage, [])
        if not isinstance(names, list) or len(names) > MOST_NOTES:
            shown = f"{len(names)} names" if isinstance(names, list) else repr(names)[:60]
            accepted = f"a list of at most {MOST_NOTES} note names is accepted"
            raise InputError(f"reading {stage}: {shown}; {accepted}; correct it")
        kept[stage] = tuple(clean(name, f"a note of {stage}") for name in names)
    title = clean(", ".join(name for names in kept.values() for name in names), "the notes")
    digest = hashlib.sha256(json.dumps(kept).encode()).hexdigest()
    return Product(f"notes-{digest[:8]}", "perfume", {"en": title[:60]}, {}, **kept)


def _labelled_notes(text: str) -> dict[str, tuple[str, ...]]:
    labels = list(_layer_label().finditer(text))
    notes: dict[str, tuple[str, ...]] = {}
    for label, following in zip(labels, [*labels[1:], None]):
        said = text[label.end():following.start() if following else len(text)]
        said = re.split(r"\n\s*\n|[.。](?:\s|$)", said.strip(), maxsplit=1)[0]
        parts = (part.strip(" \t.-") for part in re.split("[,;、\uff0c\uff1b\n]", said))
        names = tuple(part for part in parts if any(character.isalnum() for character in part))
        stage = label.lastgroup or "heart"
        notes[stage] = (*notes.get(stage, ()), *names)[:MOST_NOTES]
    return notes


# Reading -----------------------------------------------------------------------------------------


def _read(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            most = f"at most {MOST_BYTES:,} are accepted"
            raise ProductError(f"reading {path}: {size:,} bytes; {most}; split the catalogue")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ProductError(f"reading {path}:{line}: not UTF-8; save the catalogue as UTF-8 text") from None
    except OSError as error:
        wanted = "a TOML catalogue is accepted"
        raise ProductError(f"reading {path}: {error.strerror}; {wanted}; check the path") from None


@dataclass(frozen=True)
class _Reader:
    """Turns TOML tables into products; knows file and text to say where something is wrong."""

    path: Path
    text: str

    def catalogue(self, plain: dict) -> Catalogue:
        if set(plain) != {"house", "product"} or not isinstance(plain["product"], list):
            raise self._refusal("", "the file", sorted(plain), "a table [house] and tables [[product]]")
        if len(plain["product"]) > MOST_PRODUCTS:
            raise self._refusal("", "the file", len(plain["product"]), f"at most {MOST_PRODUCTS} products")
        house = plain["house"]
        if not isinstance(house, dict) or not all(isinstance(table, dict) for table in plain["product"]):
            raise self._refusal("", "house" if not isinstance(house, dict) else "product", "no table",
                                "a table [house] and tables [[product]]")
        products: list[Product] = []
        for at, table in enumerate(plain["product"]):
            product = self._product(at, table)
            if any(product.id == other.id for other in products):
                raise self._refusal(at, "id", product.id, "an id that no other product has")
            products.append(product)
        if not products:
            raise self._refusal("", "product", "missing", "at least one [[product]]")
        name = self._by_language("house", "name", house.get("name"))
        description = self._by_language("house", "description", house.get("description"))
        return Catalogue(self.path, name, description, tuple(products))

    def _product(self, at: int, table: dict) -> Product:
        for key in table:
            if key not in _PRODUCT_KEYS:
                raise self._refusal(at, key, table[key], "only the keys " + ", ".join(_PRODUCT_KEYS))
        identity = table.get("id")
        if not isinstance(identity, str) or not _ID.fullmatch(identity):
            raise self._refusal(at, "id", identity, "1 to 64 of a-z, 0-9 and -")
        if table.get("kind") not in KINDS:
            raise self._refusal(at, "kind", table.get("kind"), "one of " + ", ".join(KINDS))
        price, currency = table.get("price_cents", 0), table.get("currency", "EUR")
        if type(price) is not int or not 0 <= price <= 100_000_000:
            raise self._refusal(at, "price_cents", price, "a whole number of cents from 0 to 100,000,000")
        if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
            raise self._refusal(at, "currency", currency, "three capital letters such as EUR")
        return Product(
            id=identity,
            kind=table["kind"],
            name=self._by_language(at, "name", table.get("name")),
            description=self._by_language(at, "description", table.get("description")),
            **{stage: self._notes(at, stage, table.get(stage, [])) for stage in STAGES},
            price_cents=price,
            currency=currency,
            hero=self._hero(at, table["kind"], table.get("hero", {})),
        )

    def _by_language(self, at: int | str, key: str, said: object) -> dict[str, str]:
        if not isinstance(said, dict) or "en" not in said or not set(said) <= set(LANGUAGES):
            raise self._refusal(at, key, said, f"a table by language ({', '.join(LANGUAGES)}), en at least")
        where = f"{self._where(at, key)} {key}"
        return {language: clean(text, f"{where}.{language}", ProductError) for language, text in said.items()}

    def _notes(self, at: int, key: str, notes: object) -> tuple[str, ...]:
        if not isinstance(notes, list) or len(notes) > MOST_NOTES:
            raise self._refusal(at, key, notes, f"a list of at most {MOST_NOTES} note names")
        where = f"{self._where(at, key)} {key}"
        return tuple(clean(note, where, ProductError) for note in notes)

    def _hero(self, at: int, kind: str, hero: object) -> dict[str, str | float]:
        if not isinstance(hero, dict):
            raise self._refusal(at, "hero", hero, "a table such as { shape = \"flacon\", height_m = 0.16 }")
        for key, value in hero.items():
            if key in _HERO_NUMBERS:
                low, high = _HERO_NUMBERS[key]
                if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
                    raise self._refusal(at, "hero", {key: value}, f"{key} from {low} to {high}")
            elif key in _HERO_COLOURS:
                if not isinstance(value, str) or not _SRGB.fullmatch(value):
                    raise self._refusal(at, "hero", {key: value}, "a colour such as #a1b2c3")
            elif key == "shape":
                if not isinstance(value, str) or not _SHAPE.fullmatch(value):
                    raise self._refusal(at, "hero", {key: value}, "a shape's name of a-z, 0-9 and _, up to 64")
                if kind == "perfume" and value not in BOTTLES:
                    raise self._refusal(at, "hero", {key: value}, "a shape of " + ", ".join(BOTTLES))
            else:
                keys = ("shape", *_HERO_NUMBERS, *_HERO_COLOURS)
                raise self._refusal(at, "hero", {key: value}, "only the keys " + ", ".join(keys))
        return dict(hero)

    def _where(self, at: int | str, key: str) -> str:
        """ "file:line product ID" of a key in the at-th product (or in the table named `at`)."""
        lines = self.text.splitlines()
        heads = [n for n, line in enumerate(lines) if line.strip().startswith("[[product]]")]
        if isinstance(at, str):
            start, end, whose = 0, len(lines), f" [{at}]" if at else ""
        else:
            start = heads[at] if at < len(heads) else 0
            end = heads[at + 1] if at + 1 < len(heads) else len(lines)
            body = "\n".join(lines[start:end])
            named = re.search(r'^\s*id\s*=\s*"([^"]{1,64})"', body, re.MULTILINE)
            whose = f" product {named[1]}" if named else f" product number {at + 1}"
        key_line = re.compile(rf"\s*(?:\[product\.)?{re.escape(key)}\b")
        line = next((n for n in range(start, end) if key_line.match(lines[n])), start)
        return f"{self.path}:{line + 1}{whose}"

    def _refusal(self, at: int | str, key: str, value: object, accepted: str) -> ProductError:
        shown = repr(value) if value is not None else "missing"
        shown = shown if len(shown) <= 80 else shown[:77] + "…"
        where = self._where(at, key)
        return ProductError(f"reading {where}: {key} is {shown}; accepted is {accepted}; correct it")
