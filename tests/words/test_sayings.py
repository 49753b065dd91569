"""What is said: complete in every language, in its own letters; cards as they are written there."""

import re
import shutil

import pytest

from showroom import paths
from showroom.catalogue import load_catalogue
from showroom.errors import InputError
from showroom.text import is_chinese
from showroom.visit.cards import price, product_card
from showroom.visit.sayings import BARE, load_sayings
from showroom.words.product import Product
from showroom.words.vocabulary import LANGUAGES

CODE = [path for folder in ("visit", "app") for path in (paths.ASSETS.parent / "showroom" / folder).glob("*.py")]


@pytest.fixture(scope="module")
def sayings() -> dict:
    return load_sayings()


def test_every_language_says_everything(sayings):
    assert tuple(sayings) == LANGUAGES
    assert len({frozenset(one.sentences) for one in sayings.values()}) == 1


def test_everything_that_is_said_is_said_somewhere(sayings):
    source = "".join(path.read_text("utf-8") for path in CODE)
    for key in sayings["en"].sentences:
        key = key.removesuffix(BARE)
        table = key.split(".")[0]
        assert f'"{key}"' in source or f"'{key}'" in source or f'"{table}.{{' in source or f"'{table}.{{" in source, key


def test_each_language_is_in_its_own_letters(sayings):
    for key, sentence in sayings["zh"].sentences.items():
        if not key.startswith(("price.", "card.comma", "card.why", "sounds.form")):
            assert is_chinese(sentence), key
    for language in ("en", "it"):
        assert not any(is_chinese(sentence) for sentence in sayings[language].sentences.values())


def test_gaps_are_the_same_in_every_language(sayings):
    for key, sentence in sayings["en"].sentences.items():
        gaps = sorted(re.findall(r"\{\w+\}", sentence))
        assert all(sorted(re.findall(r"\{\w+\}", one.sentences[key])) == gaps for one in sayings.values()), key


def test_an_instruction_is_one_sentence(sayings):
    for one in sayings.values():
        for key, sentence in one.sentences.items():
            if key.startswith(("greet.", "browse.", "try.", "compare.")):
                assert len(re.findall(r"[.?!。？！]", sentence)) == 1, (one.language, key)


@pytest.mark.parametrize(("broken", "says"), [
    ("[greet]\nhello = 3", "greet.hello = 3"), ("hello", "TOML"), ("[greet]\nhello = 'Hello.'", "is missing"),
])
def test_a_broken_file_is_named(tmp_path, broken, says):
    folder = tmp_path / "sayings"
    shutil.copytree(paths.ASSETS / "sayings", folder)
    (folder / "it.toml").write_text(broken, "utf-8")
    with pytest.raises(InputError) as error:
        load_sayings(folder)
    assert says in str(error.value) and "it.toml" in str(error.value) and "\n" not in str(error.value).strip()


def test_cards_of_the_house_are_whole_in_every_language(sayings):
    for product in load_catalogue().products:
        for language, one in sayings.items():
            card = product_card(product, one, lambda note, _: note)
            assert card.title == product.name[language] and card.lines[1] == product.description[language]
            rows = [line.split("\t") for line in card.lines[2:]]
            assert all(len(row) == 3 for row in rows)
            assert [row[0] for row in rows] == [*(stage for stage, notes in product.notes.items() if notes), "price"]


@pytest.mark.parametrize(("cents", "currency", "language", "written"), [
    (129000, "EUR", "en", "€1,290"), (129000, "EUR", "it", "1.290 €"), (1950, "EUR", "it", "19,50 €"),
    (1950, "CHF", "en", "CHF 19.50"), (99900, "CNY", "zh", "¥999"), (500, "SEK", "en", "SEK 5"),
])
def test_a_price_is_written_as_the_language_does(sayings, cents, currency, language, written):
    product = Product("p", "perfume", {"en": "P"}, {}, price_cents=cents, currency=currency)
    assert price(product, sayings[language]) == written
