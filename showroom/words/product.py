"""Product: what the shop sells, in the shop's words."""

import dataclasses
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Size:
    """One size that a product is sold in.

    id          : [a-z0-9-]{1,16}, unique in its product: "50ml", "m".
    label       : as it is read in every language: "50 ml", "M".
    price_cents : what this size costs; 0: what the product costs.
    """

    id: str
    label: str
    price_cents: int = 0


@dataclass(frozen=True)
class Product:
    """One product of a catalogue, or free text made into one.

    id          : [a-z0-9-]{1,64}, unique in its catalogue.
    kind        : one of `product_table.KINDS`; decides the hero on the plinth.
    name, description : by language code ("en", "zh", "it"); a name in one at least.
    top, heart, base  : note names; empty for what has no scent.
    price_cents, currency : what it costs; 0 means not for sale.
    hero        : overrides for SceneSpec.hero (shape, height_m, body_srgb, accent_srgb, …).
    sizes       : it is sold in; none where there is but one.
    model       : path of its glTF file, which stands in the hero's place; "" for none.   variant : of that model.
    """

    id: str
    kind: str
    name: dict[str, str]
    description: dict[str, str]
    top: tuple[str, ...] = ()
    heart: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    price_cents: int = 0
    currency: str = "EUR"
    hero: dict[str, str | float] = field(default_factory=dict)
    sizes: tuple[Size, ...] = ()
    model: str = ""
    variant: str = ""

    @property
    def notes(self) -> dict[str, tuple[str, ...]]:
        """The notes by layer."""
        return {"top": self.top, "heart": self.heart, "base": self.base}

    def said(self, language: str) -> str:
        """The description in `language`, else in English, else in whatever there is."""
        told = self.description
        return told.get(language) or told.get("en") or next(iter(told.values()), "")

    def described(self) -> dict:
        """As plain data, all but its sizes: in which bottles it is sold changes nothing of its place.

        Of its model the file's name alone, and only where there is one: a catalogue may lie anywhere.
        """
        plain = dataclasses.asdict(self)
        del plain["sizes"]
        model, variant = plain.pop("model"), plain.pop("variant")
        return plain | ({"model": model.replace("\\", "/").rpartition("/")[2], "variant": variant} if model else {})

    def size(self, size_id: str) -> Size | None:
        """The size of that id; "" is that of a product with only one; None if there is none such."""
        if not self.sizes:
            return Size("", "", self.price_cents) if size_id == "" else None
        return next((size for size in self.sizes if size.id == size_id), None)

    def price_of(self, size_id: str) -> int:
        """Cents that one piece of that size costs. Raises KeyError if it is not sold in it."""
        if (size := self.size(size_id)) is None:
            raise KeyError(size_id)
        return size.price_cents or self.price_cents
