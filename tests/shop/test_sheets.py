"""The pages' words: every language says everything, fills the same gaps, and money looks as it does there."""

import re
import tomllib

import pytest

from showroom import paths
from showroom.shop.sheets import money
from showroom.words.order import STATES
from showroom.words.vocabulary import LANGUAGES

FOLDER = paths.ASSETS / "shop"
SAY = {language: tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")) for language in LANGUAGES}
TEMPLATES = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.html")}


def gaps(sentence: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", sentence))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language):
    assert list(SAY[language]) == list(SAY["en"]) and SAY[language]["lang"] == language
    for key, sentence in SAY[language].items():
        assert sentence.strip() and gaps(sentence) == gaps(SAY["en"][key]), key


def test_every_state_and_every_word_that_a_page_asks_for_is_there_and_no_other():
    asked = {key for text in TEMPLATES.values() for key in re.findall(r"\bsay\.(\w+)", text)}
    asked |= {f"state_{state}" for state in (*STATES, "collected")}
    asked |= {"language", "gone", "failed", "collect", "ship", "name", "street", "postcode", "city", "country"}
    assert asked == set(SAY["en"])


def test_no_page_loads_anything_from_elsewhere_or_runs_a_script():
    for name, text in TEMPLATES.items():
        assert not re.search(r"<script|\bon\w+=|(?:src|href|action)=\"(?:https?:)?//|@import|url\(", text), name
        assert "|safe" not in text.replace(" ", "") and not re.search(r"\s\w+={{", text), name  # in quotes


@pytest.mark.parametrize(("cents", "currency", "language", "told"), [
    (24000, "EUR", "en", "€240.00"), (24000, "EUR", "zh", "€240.00"), (24000, "EUR", "it", "240,00\xa0€"),
    (123_456_789, "EUR", "it", "1.234.567,89\xa0€"), (5, "USD", "en", "$0.05"), (100, "CHF", "en", "CHF\xa01.00"),
    (100, "CHF", "it", "1,00\xa0CHF"),
])
def test_money(cents, currency, language, told):
    assert money(cents, currency, language) == told
