"""The table of materials: whole, and one clear line where it is broken."""

import re

import pytest

from showroom import paths
from showroom.errors import SpecError
from showroom.imagine.materials import NEVER, accords_of, materials

GOOD = (paths.ASSETS / "materials.toml").read_text("utf-8")


def test_no_caption_is_of_two_materials():
    said = [word.casefold() for material in materials().values() for word in material.words]
    assert len(said) == len(set(said)) >= 8 * len(materials())


def test_what_notes_bring_may_lie_somewhere_and_cloth_only_hangs():
    for material in materials().values():
        assert bool(material.on) == (material.name not in NEVER) and material.characters, material.name
        assert not set(material.on) & set(NEVER)
    assert all(materials()[name].on == ("drape",) for name in ("silk", "linen", "cashmere"))


def test_nothing_that_grows_comes_onto_a_floor_indoors():
    assert materials()["grass"].lies_on("ground", indoors=False)
    assert not materials()["grass"].lies_on("ground", indoors=True)
    assert materials()["spice"].lies_on("ground", indoors=True)
    assert not materials()["spice"].lies_on("drape", indoors=True)


def test_metal_goes_with_metal_and_nothing_built_onto_what_grows():
    known = materials()
    assert known["copper"].goes_with(known["brass"]) and not known["copper"].goes_with(known["copper"])
    assert not known["copper"].goes_with(known["silk"]) and not known["silk"].goes_with(known["copper"])
    assert known["moss"].goes_with(known["brick"]) and not known["brick"].goes_with(known["moss"])


def test_accords_are_those_of_what_brings_a_material():
    moss = accords_of("moss")
    assert max(moss, key=moss.get) in ("mossy", "earthy", "woody", "green")
    assert all(0 < amount <= 1 for amount in moss.values()) and moss["mossy"] > accords_of("silk").get("mossy", 0)


@pytest.mark.parametrize(("old", "new", "said"), [
    ("words = [\"moss\",", "words = [7,", "moss.words is [7, 'oakmoss'"),
    ("words = [\"moss\", \"oakmoss\",", "words = [\"moss\", \"moss\",", "accepted is 8 to 12 different texts"),
    ("{ oakmoss = 1.0", "{ oak_moss = 1.0", "moss.characters is 'oak_moss'; accepted is names of lexicon"),
    ("{ oakmoss = 1.0", "{ oakmoss = 1.5", "moss.characters is {'oakmoss': 1.5}; accepted is weights above 0"),
    ("{ oakmoss = 1.0", "{ oakmoss = nan", "moss.characters is {'oakmoss': nan}"),
    ("{ oakmoss = 1.0", "{ oakmoss = true", "moss.characters is {'oakmoss': True}"),
    ("[\"plinth\", \"wall\", \"drape\", \"prop\", \"ground\"]", "[\"sky\"]", "moss.on is ['sky']; accepted is some of"),
    ("[moss]", "[moss]\nseason = 1", "moss is ['characters', 'kind', 'name', 'on', 'season'"),
    ("[moss]", "[moss]\noutdoors = 1", "moss.outdoors is 1"),
    ("[moss]", "[moss]\noutdoors = \"yes\"", "moss.outdoors is 'yes'"),
    ("kind = \"growing\"\n\n[needles]", "kind = \"alive\"\n\n[needles]", "moss.kind is 'alive'; accepted is one of"),
    ("en = \"moss\", zh", "fr = \"mousse\", zh", "accepted is a text each for en, zh, it"),
    ("en = \"moss\", zh", "en = \" \", zh", "accepted is a text each for en, zh, it"),
])
def test_a_broken_table_is_refused_by_line_and_key(tmp_path, old, new, said):
    broken = tmp_path / "materials.toml"
    assert old in GOOD
    broken.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(SpecError) as raised:
        materials(broken)
    line = int(re.search(r"materials\.toml:(\d+):", str(raised.value))[1])
    key = re.search(r"moss\.(\w+)", str(raised.value))
    assert said in str(raised.value) and "\n" not in str(raised.value)
    assert broken.read_text("utf-8").splitlines()[line - 1].startswith(key[1] if key else "[moss]")


@pytest.mark.parametrize("text", ["[moss", "moss = 1", b"\xff"])
def test_what_is_no_table_is_refused(tmp_path, text):
    broken = tmp_path / "materials.toml"
    broken.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SpecError, match="materials.toml"):
        materials(broken)
    with pytest.raises(SpecError, match="restore the file"):
        materials(tmp_path / "none.toml")
