"""The catalogue: what the house sells, read from TOML; and free text made into a product.

A catalogue in JSON Lines is for baking: it is read a row at a time, whatever its length. Nothing
here needs the model. A product's baked SceneSpec lies in `assets/specs/<id>.json` beside the digest
of what it was made from, so that a changed product is never shown as it was.
"""

import difflib
import functools
import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import InputError, ProductError, SpecError
from showroom.product_table import MOST_NOTES, by_language, product_of, refusal
from showroom.text import clean, is_chinese
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec, Why
from showroom.words.vocabulary import STAGES

MOST_BYTES = 4 << 20
MOST_PRODUCTS = 1000
MOST_ROW_BYTES = 64 << 10
_NOT_OF_ITS_PLACE = ("price_cents", "currency", "model", "variant")


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
        raise unknown_product(product_id, self.path, [product.id for product in self.products])


def unknown_product(product_id: str, path: Path, known: Sequence[str]) -> ProductError:
    """The error for an id that is not among those of a catalogue; it names the nearest."""
    near = difflib.get_close_matches(product_id.lower()[:64], known, n=1, cutoff=0.0)
    listed = ", ".join(known[:20]) + (", …" if len(known) > 20 else "")
    return ProductError(f"looking for the product {product_id[:64]!r} in {path}: unknown; "
                        f"accepted are {listed}; did you mean {near[0]}?")


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Reads a catalogue (the house's own by default).

    Raises ProductError with file, line, product and key where something is wrong.
    """
    path = Path(path) if path is not None else paths.ASSETS / "catalogue.toml"
    return _Reader(path, _read(path)).catalogue()


def find_product(product_id: str, path: Path | None = None) -> Product:
    """The product of that id in a catalogue of TOML or JSON Lines (the house's own by default).

    Raises ProductError if there is none or its row is broken.
    """
    path = Path(path) if path is not None else paths.ASSETS / "catalogue.toml"
    if path.suffix != ".jsonl":
        return load_catalogue(path).find(product_id)
    known = []
    for name, product in product_rows(path):
        if isinstance(product, ProductError):
            raise product
        if name == product_id:
            return product
        known.append(name)
    if not known:
        raise refusal(lambda _: str(path), "product", None, "at least one row")
    raise unknown_product(product_id, path, known)


def product_digest(product: Product) -> str:
    """SHA-256 of everything a product says of itself but the sizes it is sold in."""
    return _digest(product.described())


def place_digest(product: Product) -> str:
    """SHA-256 of what a product's place is made from: no size, price or model changes anything of it."""
    plain = product.described()
    return _digest({key: value for key, value in plain.items() if key not in _NOT_OF_ITS_PLACE})


def _digest(plain: dict) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def baked_spec(product: Product, folder: Path | None = None, language: str = "en") -> SceneSpec | None:
    """The spec that ships for this product, or None if there is none for it as it is now, whatever it costs.

    language : of its reasons, where they were baked in it; else they are English.
    Raises SpecError naming the file if it is broken.
    """
    path, baked = _baked(product, folder)
    if baked is None:
        return None
    try:
        why = baked.get("why", {}).get(language)
        return SceneSpec.from_plain(baked["spec"]) if why is None else SceneSpec.from_plain(baked["spec"]).telling(why)
    except SpecError as error:
        raise SpecError(f"reading {path}: {error}; bake it again with --specs") from None


def baked_reasons(product: Product, folder: Path | None = None) -> dict[str, tuple[Why, ...]]:
    """The reasons that ship for this product by language, as `baked_spec` tells them; none if it has changed since.

    Raises SpecError naming the file if it is broken.
    """
    path, baked = _baked(product, folder)
    if baked is None:
        return {}
    try:
        by_language = {"en": baked["spec"]["why"], **baked.get("why", {})}
        return {language: tuple(Why(**one) for one in told) for language, told in by_language.items()}
    except (KeyError, TypeError, AttributeError):
        raise SpecError(f"reading {path}: no reasons; note, layer and brings are needed; bake again") from None


def _baked(product: Product, folder: Path | None) -> tuple[Path, dict | None]:
    """The file of a product's baked spec, and what is in it; None if there is none for it as it is now."""
    path = (folder or paths.ASSETS / "specs") / f"{product.id}.json"
    if not path.is_file():
        return path, None
    try:
        baked = json.loads(path.read_text("utf-8"))
        made_from = baked["product"]
        baked["spec"], baked.get("why", {}).get
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SpecError(f"reading {path}: no baked spec; product and spec are needed; bake again") from None
    return path, baked if made_from == place_digest(product) else None


# Free text ---------------------------------------------------------------------------------------

_KIND_WORDS = {
    "jacket": r"\b(?:down (?:jacket|coat|parka)|puffer|parka|piumino)\b|羽绒服|羽绒衣",
    "scarf": r"\b(?:silk (?:scarf|square|twill square)|scarf|shawl|foulard|sciarpa)\b|丝巾|围巾",
    "lipstick": r"\b(?:lipstick|lip colou?r|rossetto)\b|口红|唇膏|唇釉",
    # the kind that one holds: a temple may be lit by torches, a street by lanterns
    "torch": r"\b(?:flashlight|(?:souvenir|pocket|steel|brass|metal|aluminium) torch|torch souvenir|"
             r"torcia (?:souvenir|elettrica|tascabile|in (?:acciaio|ottone|alluminio|metallo)))\b|"
             r"^\W*(?:an? |the |una |la )?(?:torch|torcia)\b|手电|纪念火炬|^\W*(?:一[支把座个])?火炬",
    "tea_set": r"\b(?:tea ?set|tea service|teapot|servizio da t[eè]|teiera)\b|茶具|茶壶",
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


def product_rows(path: Path | None = None) -> Iterator[tuple[str, Product | ProductError]]:
    """(name, product) of every row of a catalogue, and (name, what is wrong) of every broken one.

    path   : TOML, or JSON Lines (`.jsonl`: one product's table a line), which is read a row at a
             time however long it is; the house's own by default.
    Raises : ProductError if the file itself cannot be read.
    """
    path = Path(path) if path is not None else paths.ASSETS / "catalogue.toml"
    if path.suffix == ".jsonl":
        yield from _json_rows(path)
        return
    reader = _Reader(path, _read(path))
    for at, table in enumerate(reader.tables()):
        yield _row(table, reader.where(at), f"row {at + 1}", path.parent)


def _json_rows(path: Path) -> Iterator[tuple[str, Product | ProductError]]:
    try:
        with path.open("rb") as file:
            for at, line in enumerate(iter(lambda: file.readline(MOST_ROW_BYTES + 1), b""), 1):
                place, name = f"{path}:{at}", f"row {at}"
                if len(line) > MOST_ROW_BYTES:
                    while line and not line.endswith(b"\n"):
                        line = file.readline(MOST_ROW_BYTES)
                    yield name, ProductError(f"reading {place}: a row of more than {MOST_ROW_BYTES:,} bytes; "
                                             "at most so many are accepted; shorten it")
                elif line.strip():
                    yield _json_row(line, place, name, path.parent)
    except OSError as error:
        raise _unreadable(path, error) from None


def _json_row(line: bytes, place: str, name: str, folder: Path) -> tuple[str, Product | ProductError]:
    try:
        table = json.loads(line)
    except (ValueError, RecursionError) as error:
        return name, ProductError(f"reading {place}: not JSON ({error}); one product's table is accepted; correct it")
    return _row(table, lambda _: place, name, folder)


def _row(table: object, where: Callable[[str], str], name: str, folder: Path) -> tuple[str, Product | ProductError]:
    if not isinstance(table, dict):
        return name, refusal(where, "product", table, "a product's table")
    try:
        product = product_of(table, where, folder)
    except ProductError as error:
        return name, error
    return product.id, product


def _read(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            most = f"at most {MOST_BYTES:,} are accepted"
            raise ProductError(f"reading {path}: {size:,} bytes; {most}; give the products as JSON Lines (.jsonl)")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ProductError(f"reading {path}:{line}: not UTF-8; save the catalogue as UTF-8 text") from None
    except OSError as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: OSError) -> ProductError:
    wanted = "a catalogue in TOML or JSON Lines is accepted"
    return ProductError(f"reading {path}: {error.strerror}; {wanted}; check the path")


@dataclass(frozen=True)
class _Reader:
    """Turns TOML tables into products; knows file and text to say where something is wrong."""

    path: Path
    text: str

    def catalogue(self) -> Catalogue:
        products: list[Product] = []
        for at, table in enumerate(self.tables()):
            product = product_of(table, self.where(at), self.path.parent)
            if any(product.id == other.id for other in products):
                raise refusal(self.where(at), "id", product.id, "an id that no other product has")
            products.append(product)
        if not products:
            raise refusal(self.where(""), "product", "missing", "at least one [[product]]")
        house = self._plain["house"]
        name = by_language(self.where("house"), "name", house.get("name"))
        description = by_language(self.where("house"), "description", house.get("description"))
        return Catalogue(self.path, name, description, tuple(products))

    def tables(self) -> list[dict]:
        """The products' tables, as they stand. Raises ProductError for a file that is no catalogue."""
        plain, whole = self._plain, self.where("")
        if set(plain) != {"house", "product"} or not isinstance(plain["product"], list):
            raise refusal(whole, "the file", sorted(plain), "a table [house] and tables [[product]]")
        if len(plain["product"]) > MOST_PRODUCTS:
            most = f"at most {MOST_PRODUCTS} products in TOML (JSON Lines may hold any number)"
            raise refusal(whole, "the file", len(plain["product"]), most)
        house = plain["house"]
        if not isinstance(house, dict) or not all(isinstance(table, dict) for table in plain["product"]):
            raise refusal(whole, "house" if not isinstance(house, dict) else "product", "no table",
                          "a table [house] and tables [[product]]")
        return plain["product"]

    @functools.cached_property
    def _plain(self) -> dict:
        try:
            return tomllib.loads(self.text)
        except (ValueError, RecursionError) as error:  # beside TOML's own: a number too long, nested too deep
            found = re.search(r"line (\d+)", str(error))
            line = found[1] if found else len(self.text.splitlines())
            raise ProductError(f"reading {self.path}:{line}: not TOML ({error}); correct that line") from None

    def where(self, at: int | str) -> Callable[[str], str]:
        """Says "file:line product ID" of a key in the at-th product (or in the table named `at`)."""
        return functools.partial(self._where, at)

    def _where(self, at: int | str, key: str) -> str:
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
