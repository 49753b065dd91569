"""The lexicon of notes: sound tables, and a note known by every name that a perfumer writes."""

import pytest

from showroom.errors import SpecError
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.note_tables import NAME_LANGUAGES
from showroom.imagine.places import NEEDED_SURFACES, place_table
from showroom.words.schema import SCHEMA
from showroom.words.vocabulary import ACCORDS, LANGUAGES, PLACES


@pytest.fixture(scope="module")
def lexicon():
    """The lexicon as it ships."""
    return load_lexicon()


def test_it_is_large_enough(lexicon):
    assert len(lexicon.notes) >= 500
    for language in NAME_LANGUAGES:
        assert all(note.names[language] for note in lexicon.notes)


def test_characters_are_sound(lexicon):
    for character in lexicon.characters.values():
        assert character.accords and set(character.accords) <= set(ACCORDS), character.name
        assert character.colours and all(0 <= value <= 1 for value in character.feel), character.name
        assert len(character.season) == 4 and min(character.season) > 0, character.name
        assert abs(sum(character.season) - 1) < 0.06, character.name
        assert all(character.brings[language].strip() for language in LANGUAGES), character.name


def test_every_place_is_some_note_s_own(lexicon):
    for place in PLACES:
        strongest = [note for note in lexicon.notes if note.main.places.get(place, 0) >= 0.7]
        assert strongest, place


def test_no_name_means_two_notes_in_one_language(lexicon):
    for language in ("en", "zh", "it", "de"):
        names = [name for note in lexicon.notes for name in dict.fromkeys(note.names[language])]
        assert len(names) == len(set(names)), [name for name in names if names.count(name) > 1]


@pytest.mark.parametrize(("said", "note"), [
    ("rose", "rose"), ("ROSE", "rose"), ("roses", "rose"), ("Bulgarian rose absolute", "damask rose"),
    ("rosa bulgara", "damask rose"), ("保加利亚玫瑰", "damask rose"), ("Damaszener-Rose", "damask rose"),
    ("musk (white)", "white musk"), ("White Musk", "white musk"), ("Haitian vetiver", "vetiver"),
    ("haitianisches Vetiver", "vetiver"), ("agarwood (oud)", "oud"), ("Ambroxan®", "ambroxan"),
    ("raspberies", "raspberry"), ("olibanun", "olibanum"), ("Lily-of-the-valley Accord", "lily-of-the-valley"),
    ("legno di cedro", "cedar"), ("Zedernholz", "cedar"), ("雪松木", "cedar"), ("tè verde", "green tea"),
    ("grüner Tee", "green tea"), ("绿茶", "green tea"), ("crème brûlée", "caramel"), ("Tonkabohne Absolue", "tonka bean"),
    ("sale marino", "sea salt"), ("Meersalz", "sea salt"), ("海盐", "sea salt"), ("driftwood", "driftwood"),
    ("Weihrauch", "incense"), ("乳香", "olibanum"), ("maritime Noten", "marine notes"),
    ("Akigalawood", "cypriol"), ("Iso E Super", "iso e super"), ("Hedione HC", "hedione"), ("Calone", "marine notes"),
    ("Javanol®", "sandalwood"), ("Helvetolide", "white musk"), ("Cashmeran", "cashmeran"), ("encens", "incense"),
    ("Black Currant Blossom", "black currant"), ("orris powder", "orris"), ("Desert Rose", "rose"),
    ("Patchouli from Indonesia", "patchouli"), ("Essential oil of Wild Oud from Sri Lanka", "oud"),
    ("Himbeersorbet", "raspberry"), ("ägyptisches Veilchenblatt Absolue", "violet leaf"), ("白麝香调", "white musk"),
    ("Aqual™", "water notes"), ("elder blossom", "elderflower"), ("tincture of rose", "rose"), ("cedar from Virginia", "cedar"),
])
def test_a_note_is_known_by_its_names(lexicon, said, note):
    assert lexicon.resolve(said).note.name == note


@pytest.mark.parametrize("said", ["xqzw", "tax return", "", "…", "1789"])
def test_what_is_no_note(lexicon, said):
    assert lexicon.resolve(said) is None


@pytest.mark.parametrize(("said", "accord"), [
    ("amber", "amber"), ("calone", "marine"), ("musk", "musky"), ("oakmoss", "mossy"), ("tonka bean", "vanilla"),
    ("ambergris", "salty"), ("galbanum", "green"), ("birch tar", "leather"), ("coumarin", "sweet"),
])
def test_names_mean_what_perfumers_mean(lexicon, said, accord):
    """Amber is a resin accord and not a stone, marine is calone, musk is skin."""
    accords: dict[str, float] = {}
    for character, weight in lexicon.resolve(said).note.blend:
        for name, amount in character.accords.items():
            accords[name] = accords.get(name, 0.0) + weight * amount
    assert accords.get(accord, 0) >= 0.3 * max(accords.values())


@pytest.mark.parametrize(("said", "family"), [
    ("cherry", "fruit"), ("cherry blossom", "flowers"), ("Cherry Blossom Absolute", "flowers"), ("cherry liqueur", "drinks"),
    ("cherry tree", "woods"), ("cherry leaf", "greens"), ("cinnamon bark", "spices"), ("grapefruit blossom", "white flowers"),
    ("Apfelblüte", "flowers"), ("Kirschholz", "woods"), ("foglie di fico", "greens"), ("candied ginger", "gourmand"),
    ("jasmine petals", "white flowers"), ("tea flower", "flowers"), ("amber", "amber"), ("leather", "leather"),
])
def test_a_note_s_family_is_what_it_is(lexicon, said, family):
    assert lexicon.resolve(said).family == family


def test_a_perfumer_looks_under_what_it_is_and_under_what_it_smells_of(lexicon):
    assert lexicon.resolve("coffee").families == ("spices", "drinks")
    assert lexicon.resolve("peach blossom").families == ("flowers", "fruit")


def test_sureness_falls_with_every_step_away_from_the_name(lexicon):
    steps = ["vetiver", "wild Haitian vetiver", "grand cru vetiver harvest", "vetivre"]
    sure = [lexicon.resolve(said).sure for said in steps]
    assert sure == sorted(sure, reverse=True) and sure[0] == 1.0 and len(set(sure)) == 4


@pytest.mark.parametrize(("text", "language", "notes"), [
    ("the green tea and a rose hip", "en", ["green tea", "rose hip"]),
    ("She met him on skin and air", "en", []),
    ("唇上有盐,一缕海藻搭在灰白的浮木上", "zh", ["sea salt", "seaweed", "driftwood"]),
    ("这款香水的风格", "zh", []),
    ("rose without sugar, not a lily but iris", "en", ["rose", "iris"]),
    ("not only rose but musk", "en", ["rose", "musk"]),
    ("rosa senza vaniglia", "it", ["rose"]), ("含玫瑰,不含香草", "zh", ["rose"]),
    ("baccelli di vaniglia in un vaso, mandorle sotto zucchero", "it", ["vanilla", "almond", "sugar"]),
])
def test_notes_are_found_in_running_text(lexicon, text, language, notes):
    assert [found.note.name for found in lexicon.search(text, (language,))] == notes


# Places ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLACES)
def test_every_place_has_a_sound_table(name):
    """Within the schema's ranges; nothing that things are made of is black or white."""
    table = place_table(name)
    ranges = SCHEMA["properties"]["sky"]["properties"]
    for key, value in vars(table.sky).items():
        if not key.endswith("srgb"):
            assert ranges[key]["minimum"] <= value <= ranges[key]["maximum"], key
    assert set(NEEDED_SURFACES) <= set(table.surfaces) and len(table.sentences) == 3
    made = [surface for name, surface in table.surfaces.items() if name not in ("sky", "sprites")]
    for srgb in (srgb for surface in made for srgb in (surface.srgb, surface.accent_srgb)):
        assert 0.01 < sum((byte / 255) ** 2.2 for byte in bytes.fromhex(srgb[1:])) / 3 < 0.9, srgb


def test_an_unknown_place_is_named():
    with pytest.raises(SpecError, match="the place 'moon': unknown; accepted are seashore"):
        place_table("moon")


@pytest.mark.parametrize(("old", "new", "said"), [
    ('painter = "sky_sea"', "painter = 7", "surfaces.sky.painter is 7; accepted is text"),
    ('name = "spray", density = 0.45', 'name = "bats", density = 0.45', "particles[0].name is 'bats'; accepted is one of petal"),
    ("sun_strength = 0.95", 'sun_strength = "strong"', "sky.sun_strength is 'strong'; accepted is a number"),
    ('tint = "#9cc9cc"', 'tint = "blue"', "tint is 'blue'; accepted is a colour such as #a1b2c3"),
    ("stars = 0.0\n", "", "accepted is a table with the keys sun_elevation_deg"),
    ("[sky]", "[sky", "a TOML table is needed"),
])
def test_a_broken_place_says_file_and_key(tmp_path, monkeypatch, old, new, said):
    from showroom import paths

    text = (paths.ASSETS / "places" / "seashore.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "seashore.toml").write_text(text.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(paths, "ASSETS", tmp_path)
    with pytest.raises(SpecError) as raised:
        place_table.__wrapped__("seashore")
    assert "seashore.toml" in str(raised.value) and said in str(raised.value)


def test_full_width_brackets_are_brackets():
    lexicon = load_lexicon()
    assert lexicon.resolve("\u9e9d\u9999\uff08\u767d\uff09").sure == lexicon.resolve("\u9e9d\u9999(\u767d)").sure == 1.0
