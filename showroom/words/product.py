"""Product: what the shop sells, in the shop's words."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Product:
    """One product of a catalogue, or free text made into one.

    id          : [a-z0-9-]{1,64}, unique in its catalogue.
    kind        : one of `product_table.KINDS`; decides the hero on the plinth.
    name, description : by language code ("en", "zh", "it"); a name in one at least.
    top, heart, base  : note names; empty for what has no scent.
    price_cents, currency : what it costs; 0 means not for sale.
    hero        : overrides for SceneSpec.hero (shape, height_m, body_srgb, accent_srgb, …).
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

    @property
    def notes(self) -> dict[str, tuple[str, ...]]:
        """The notes by layer."""
        return {"top": self.top, "heart": self.heart, "base": self.base}

    def said(self, language: str) -> str:
        """The description in `language`, else in English, else in whatever there is."""
        told = self.description
        return told.get(language) or told.get("en") or next(iter(told.values()), "")
