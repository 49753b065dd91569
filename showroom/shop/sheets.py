"""Sheets: the shop's pages for people, filled in from `assets/shop` in three languages.

Nothing in them comes from elsewhere, and no script runs.
"""

import base64
import hashlib
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from showroom import paths
from showroom.words.vocabulary import LANGUAGES

_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "CNY": "¥", "JPY": "¥"}


class Sheets:
    """Pages by template's name. house: what the house is called, by language.

    form_origin : where forms may lead besides this shop (a payment service's), "" for nowhere.
    """

    def __init__(self, house: Mapping[str, str], form_origin: str = "", folder: Path | None = None):
        self._house, self._folder, self._form_origin = house, folder or paths.ASSETS / "shop", form_origin
        self._environment = Environment(loader=FileSystemLoader(self._folder), autoescape=True,
                                        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self.say = {language: tomllib.loads((self._folder / f"{language}.toml").read_text("utf-8"))
                    for language in LANGUAGES}

    def page(self, template: str, language: str, status: int = 200, **filled: object) -> HTMLResponse:
        """One page as an answer."""
        say = self.say[language]
        text = self._environment.get_template(template).render(
            say=say, style=self._style, house=self._house.get(language) or self._house["en"],
            languages=[(code, self.say[code]["language"]) for code in LANGUAGES], **filled)
        return HTMLResponse(text, status, {"Content-Security-Policy": self._policy})

    @cached_property
    def _style(self) -> Markup:
        return Markup((self._folder / "page.css").read_text("utf-8"))

    @cached_property
    def _policy(self) -> str:
        """Content-Security-Policy: this page's own style and pictures of this shop, and nothing else."""
        digest = base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()
        return (f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; base-uri 'none'; "
                f"form-action 'self' {self._form_origin}".rstrip() + "; frame-ancestors 'none'")


def money(cents: int, currency: str, language: str) -> str:
    """An amount as it is written in a language: €1,950.00 (en, zh), 1.950,00 € (it)."""
    symbol = _SYMBOLS.get(currency, currency + "\N{NO-BREAK SPACE}")
    amount = f"{cents / 100:,.2f}"
    if language != "it":
        return symbol + amount
    swapped = amount.translate(str.maketrans(",.", ".,"))
    return f"{swapped}\N{NO-BREAK SPACE}{symbol.strip()}"
