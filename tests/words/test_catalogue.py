"""The catalogue as it ships, what a broken one says of itself, and free text made into a product."""

import dataclasses
import json
import tracemalloc

import pytest

from showroom import paths
from showroom.catalogue import (
    baked_spec, load_catalogue, place_digest, product_digest, product_from_notes, product_from_text, product_rows,
)
from showroom.errors import InputError, ProductError, SpecError
from showroom.words.product import Product
from showroom.words.vocabulary import BOTTLES, LANGUAGES, STAGES

HOUSE = '[house]\nname = { en = "House" }\ndescription = { en = "A house" }\n'
GOOD = """
[[product]]
id = "one"
kind = "perfume"
name = { en = "One" }
description = { en = "Rose" }
top = ["rose"]
"""


@pytest.fixture
def catalogue_of(tmp_path):
    """Loads a catalogue of the given text."""
    def load(text: str | bytes):
        path = tmp_path / "catalogue.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_catalogue(path)

    return load


def refusal(load, text) -> str:
    with pytest.raises(ProductError) as raised:
        load(text)
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 500
    return str(raised.value)


def test_the_house_sells_twelve_things_in_three_languages():
    catalogue = load_catalogue()
    assert len(catalogue.products) == 12
    kinds = [product.kind for product in catalogue.products]
    assert kinds.count("perfume") == 9 and {"jacket", "scarf", "lipstick"} < set(kinds)
    for product in catalogue.products:
        assert set(product.name) == set(product.description) == set(LANGUAGES)
        assert product.price_cents > 0 and product.currency == "EUR"
        assert product.kind != "perfume" or all(product.notes[stage] for stage in STAGES)
        assert product.kind != "perfume" or product.hero["shape"] in BOTTLES


def test_an_unknown_product_is_told_the_nearest():
    with pytest.raises(ProductError, match="'vesprii'.*did you mean vespri?"):
        load_catalogue().find("vesprii")
    assert load_catalogue().find("vespri").id == "vespri"


@pytest.mark.parametrize(("broken", "line", "said"), [
    ("colour = 1\n", 11, "product one: colour is 1; accepted is only the keys id, kind"),
    ("heart = [7]\n", 11, "heart: int came"),
    ('heart = "rose"\n', 11, "heart is 'rose'; accepted is a list"),
    ("price_cents = -5\n", 11, "price_cents is -5"),
    ("price_cents = 9.5\n", 11, "price_cents is 9.5"),
    ('currency = "€"\n', 11, "currency is '€'"),
    ('hero = { shape = "skull" }\n', 11, "hero is {'shape': 'skull'}"),
    ('hero = { shape = "A Skull" }\n', 11, "a shape's name of a-z"),
    ("hero = { height_m = 99 }\n", 11, "height_m from 0.01 to 2.5"),
    ('hero = { body_srgb = "red" }\n', 11, "a colour such as #a1b2c3"),
])
def test_a_broken_key_is_named_with_file_line_and_product(catalogue_of, broken, line, said):
    message = refusal(catalogue_of, HOUSE + GOOD + broken)
    assert f"catalogue.toml:{line} product one" in message and said in message


@pytest.mark.parametrize(("text", "said"), [
    (HOUSE + GOOD + "top = = 3\n", "catalogue.toml:11: not TOML"),
    (HOUSE + GOOD.replace('"one"', '"One!"'), "id is 'One!'; accepted is 1 to 64 of a-z"),
    (HOUSE + GOOD.replace('"perfume"', '"sword"'), "kind is 'sword'; accepted is one of perfume"),
    (HOUSE + GOOD.replace('{ en = "Rose" }', '{ fr = "Rose" }'), "description is {'fr': 'Rose'}"),
    (HOUSE + GOOD.replace('{ en = "Rose" }', '{ en = "" }'), "description.en: nothing came"),
    (HOUSE + GOOD + GOOD, "catalogue.toml:13 product one: id is 'one'; accepted is an id that no other product has"),
    (HOUSE, "accepted is a table [house] and tables [[product]]"),
    ("", "a table [house]"),
    (HOUSE + "[product]", "a table [house]"),
    ("house = 1\nproduct = [1]\n", "catalogue.toml:1: house is 'no table'"),
    ("product = [1]\n" + HOUSE, "catalogue.toml:1: product is 'no table'"),
    ("a = " + "[" * 100_000, "catalogue.toml:1: not TOML"),
    ("a = " + "9" * 5_000, "catalogue.toml:1: not TOML"),
    (b"\xff\xfe[house]", "catalogue.toml:1: not UTF-8"),
])
def test_a_broken_catalogue_says_where(catalogue_of, text, said):
    assert said in refusal(catalogue_of, text)


def test_a_catalogue_that_is_not_there(tmp_path):
    with pytest.raises(ProductError, match="No such file"):
        load_catalogue(tmp_path / "none.toml")


def test_a_catalogue_that_is_too_large(catalogue_of):
    assert "at most" in refusal(catalogue_of, HOUSE + GOOD + "#" * (5 << 20))


# Free text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "top", "heart", "base"), [
    ("Top: bergamot, lemon; Heart: rose. Base: musk", ("bergamot", "lemon"), ("rose",), ("musk",)),
    ("Head notes: neroli\nMiddle notes: iris\nBase notes: cedar", ("neroli",), ("iris",), ("cedar",)),
    ("前调:佛手柑、海盐;中调:玫瑰;后调:麝香", ("佛手柑", "海盐"), ("玫瑰",), ("麝香",)),
    ("前调\uff1a佛手柑、海盐\uff1b中调\uff1a玫瑰\uff0c茉莉\uff1b后调\uff1a麝香", ("佛手柑", "海盐"), ("玫瑰", "茉莉"),
     ("麝香",)),
    ("Note di testa: limone. Note di cuore: rosa. Note di fondo: cedro", ("limone",), ("rosa",), ("cedro",)),
    ("rose, musk", (), (), ()),
])
def test_labelled_notes_are_read_by_layer(text, top, heart, base):
    product = product_from_text(text)
    assert (product.top, product.heart, product.base) == (top, heart, base)


@pytest.mark.parametrize(("text", "kind"), [
    ("a down jacket for snow", "jacket"), ("一件羽绒服", "jacket"), ("un foulard di seta", "scarf"),
    ("a red lipstick", "lipstick"), ("leather jacket and smoke", "perfume"), ("rose", "perfume"),
])
def test_the_kind_is_guessed_from_the_words(text, kind):
    assert product_from_text(text).kind == kind


def test_the_same_words_are_the_same_product():
    assert product_from_text(" rose, musk ") == product_from_text("rose, musk")
    assert product_from_text("rose").id != product_from_text("musk").id
    assert product_from_text("玫瑰").description == {"zh": "玫瑰"}


def test_notes_alone_make_a_product():
    product = product_from_notes({"top": ["Rose"], "base": ["Musk"]})
    assert (product.top, product.heart, product.base) == (("Rose",), (), ("Musk",))
    assert product.said("en") == ""


@pytest.mark.parametrize("notes", [
    {}, {"top": []}, {"top": "rose"}, {"top": [1]}, {"top": ["a"] * 100}, {"top": [""]},
])
def test_what_is_no_list_of_notes(notes):
    with pytest.raises(InputError) as raised:
        product_from_notes(notes)
    assert "\n" not in str(raised.value)


# Baked specs -------------------------------------------------------------------------------------


def test_every_product_carries_a_spec_of_its_own():
    for product in load_catalogue().products:
        assert baked_spec(product) is not None, f"{product.id}: run scripts/bake --specs"


def test_a_changed_product_has_no_baked_spec():
    product = load_catalogue().products[0]
    assert product_digest(product) != product_digest(dataclasses.replace(product, price_cents=1))
    assert baked_spec(dataclasses.replace(product, top=("rose",))) is None


def test_what_a_product_costs_changes_nothing_of_its_place():
    product = load_catalogue().products[0]
    dearer = dataclasses.replace(product, price_cents=product.price_cents + 1, currency="USD", sizes=())
    assert place_digest(dearer) == place_digest(product) and baked_spec(dearer) == baked_spec(product)
    assert place_digest(dataclasses.replace(product, name={"en": "Other"})) != place_digest(product)


def test_a_baked_spec_tells_its_reasons_in_the_visitor_s_language(tmp_path):
    product = load_catalogue().products[0]
    english = baked_spec(product)
    why = [{"note": "海盐", "layer": "top", "brings": "您听见的是海浪"}]
    baked = {"product": place_digest(product), "spec": english.to_plain(), "why": {"zh": why}}
    (tmp_path / f"{product.id}.json").write_text(json.dumps(baked), "utf-8")
    chinese = baked_spec(product, tmp_path, "zh")
    assert [reason.note for reason in chinese.why] == ["海盐"] and chinese.sealed() == chinese
    assert dataclasses.replace(chinese, why=english.why).sealed().digest == english.digest
    assert baked_spec(product, tmp_path, "it") == baked_spec(product, tmp_path) == english


def test_a_broken_baked_spec_is_named(tmp_path):
    product = load_catalogue().products[0]
    good = (paths.ASSETS / "specs" / f"{product.id}.json").read_text("utf-8")
    untold = json.dumps(json.loads(good) | {"why": {"en": [{"note": 3}]}})
    for text in (good[:100], "[]", json.dumps({"product": place_digest(product), "spec": {}}), untold):
        (tmp_path / f"{product.id}.json").write_text(text)
        with pytest.raises(SpecError, match=rf"reading .*{product.id}\.json"):
            baked_spec(product, tmp_path)


# Rows --------------------------------------------------------------------------------------------

ROW = {"id": "one", "kind": "perfume", "name": {"en": "One"}, "description": {"en": "Rose"}, "top": ["rose"]}


def rows_of(tmp_path, *lines: str | bytes):
    path = tmp_path / "many.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    return list(product_rows(path))


def test_rows_of_the_house_are_its_products():
    assert [product for _, product in product_rows()] == list(load_catalogue().products)


def test_a_broken_row_costs_no_other(tmp_path):
    bad = {**ROW, "kind": "pizza"}
    rows = rows_of(tmp_path, json.dumps(ROW), json.dumps(bad), "{", b"\xff", "", "[1]", "[" * 5000,
                   '{"id": "' + "x" * 70_000 + '"}', json.dumps({**ROW, "id": "two"}))
    assert [name for name, _ in rows] == ["one", "row 2", "row 3", "row 4", "row 6", "row 7", "row 8", "two"]
    for at, (name, row) in enumerate(rows[1:-1], 1):
        assert isinstance(row, ProductError) and f"many.jsonl:{name[4:]}" in str(row), at
        assert len(str(row)) < 500 and "\n" not in str(row)
    assert "pizza" in str(rows[1][1]) and "65,536" in str(rows[6][1])


def test_a_broken_table_among_good_ones(tmp_path):
    path = tmp_path / "catalogue.toml"
    path.write_text(HOUSE + GOOD + GOOD.replace('"one"', '"two"').replace("perfume", "pizza") + GOOD)
    (_, first), (name, broken), (_, last) = product_rows(path)
    assert first == last and name == "row 2" and ":14 product two: kind is 'pizza'" in str(broken)


def test_rows_are_read_one_at_a_time(tmp_path):
    path = tmp_path / "many.jsonl"
    with path.open("w") as file:
        file.writelines(json.dumps({**ROW, "id": f"p{at}"}) + "\n" for at in range(4000))

    def peak_bytes(consume) -> int:
        tracemalloc.start()
        assert consume(product_rows(path)) == 4000
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    one_by_one = peak_bytes(lambda rows: sum(isinstance(row, Product) for _, row in rows))
    assert one_by_one < 0.1 * peak_bytes(lambda rows: len(list(rows)))


def test_no_such_rows(tmp_path):
    with pytest.raises(ProductError, match="nowhere.jsonl: No such file"):
        list(product_rows(tmp_path / "nowhere.jsonl"))
