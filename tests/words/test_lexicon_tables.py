"""The tables that a perfumer edits: every fault is named by file, line and column, all at once."""

import json
import os
import re
from pathlib import Path

import pytest

from showroom import paths
from showroom.errors import SpecError
from showroom.imagine.check_lexicon import faults, main
from showroom.imagine.lexicon import load_lexicon, plain

LEXICON = paths.ASSETS / "lexicon"
SOUND = "x,flowers,top,rose=1,#aabbcc,.2 .3 .3 .2,.5 .5 .5 .5,,,,a,b,c"
BROKEN = [
    ("characters.csv", SOUND.replace("rose=1", "rosey=1"), "accords has 'rosey'; unknown; did you mean rose"),
    ("characters.csv", SOUND.replace("#aabbcc", "red"), "colour 'red'; #a1b2c3 is accepted"),
    ("characters.csv", SOUND.replace("#aabbcc", ""), "colours is empty"),
    ("characters.csv", SOUND.replace(".2 .3 .3 .2", ".2 .3"), "season is '.2 .3'; four numbers"),
    ("characters.csv", SOUND.replace(".2 .3 .3 .2", ".2 .3 .3 .9"), "four shares above 0 that sum to 1"),
    ("characters.csv", SOUND.replace(".5 .5 .5 .5", ".5 .5 .5 5"), "feel is '.5 .5 .5 5'; four numbers from 0 to 1"),
    ("characters.csv", SOUND.replace("rose=1", "rose=many"), "accords has 'rose=many'"),
    ("characters.csv", SOUND.replace("flowers", "flowery"), "family has 'flowery'; unknown; did you mean flowers"),
    ("characters.csv", SOUND.replace(",b,c", ",,c"), "zh is empty"),
    ("notes.csv", "x,rosse,,,,y,y,y,", "like has 'rosse'; unknown; did you mean"),
    ("notes.csv", "x,,,,,y,y,y,", "like is empty"),
    ("notes.csv", ",rose,,,,y,y,y,", "name is empty"),
    ("notes.csv", "x,rose,flowery,,,y,y,y,", "family has 'flowery'"),
    ("notes.csv", "x,rose,,middle,,y,y,y,", "layer has 'middle'"),
    ("notes.csv", "x,rose,,", "another number of columns; 9 columns"),
]
ODD = [  # what the checker minds, though the lexicon can be read
    ("notes.csv", "x,rose,,,,y,,y,", "it is empty"),
    ("notes.csv", "x,rose,,,Rose,y,y,y,", "name or aliases has 'Rose', as line"),
    ("characters.csv", SOUND.replace("x,", "rose,", 1), "name is 'rose' again"),
    ("qualifiers.toml", '[parts.leafs]\nwords = ""', "[parts.\"leafs\"] has 'leafs'; unknown; did you mean"),
]


# Some perfumes are called by nothing but the common word for a smell or a thing.
PLAIN_WORDS = {
    "cloud", "lily of the valley", "laguna", "green tea", "arabica", "vetiver", "olibanum", "tobacco", "narciso",
    "patchouli", "fantasy", "pulp", "body",
}


@pytest.fixture
def tables(tmp_path):
    """A copy of the tables with a row more; returns its folder and the row's line."""
    def call(table: str, row: str) -> tuple[Path, int]:
        for path in LEXICON.iterdir():
            text = path.read_text("utf-8")
            (tmp_path / path.name).write_text(text.rstrip("\n") + f"\n{row}\n" * (path.name == table), "utf-8")
        return tmp_path, len((tmp_path / table).read_text("utf-8").splitlines())

    return call


def test_the_tables_have_no_fault():
    assert list(faults(LEXICON)) == []


@pytest.mark.parametrize(("table", "row", "said"), BROKEN)
def test_a_broken_table_says_file_line_and_column(tables, table, row, said):
    folder, line = tables(table, row)
    with pytest.raises(SpecError) as raised:
        load_lexicon(folder)
    assert f"{table}:{line}" in str(raised.value) and said in str(raised.value)


@pytest.mark.parametrize(("table", "row", "said"), BROKEN + ODD)
def test_the_checker_prints_it(tables, capsys, table, row, said):
    folder, line = tables(table, row)
    assert main([str(folder)]) == 1
    printed = capsys.readouterr()
    assert printed.out.count("\n") >= 1 and said in printed.out and "fault" in printed.err
    assert table.endswith("toml") or f"{table}:{line}" in printed.out


def test_the_checker_finds_all_faults_at_once(tables):
    folder, _ = tables("notes.csv", "x,rosse,,,,y,y,y,\nz,rose,flowery,,,w,w,w,\nq,rose,,,,v,,v,")
    assert len(list(faults(folder))) == 3


def test_no_perfume_of_the_votes_is_a_name_in_the_lexicon():
    folder = Path(os.environ.get("SHOWROOM_DATA", paths.ASSETS.parent.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no development rows: SHOWROOM_DATA names no folder")
    rows = [
        json.loads(line)
        for table in ("accord_votes_dev.jsonl", "season_votes_dev.jsonl")
        for line in (folder / table).read_text("utf-8").splitlines()
    ]
    stored = {plain(name) for note in load_lexicon().notes for names in note.names.values() for name in names}
    text = "\n".join(plain(path.read_text("utf-8")) for path in sorted(LEXICON.iterdir()))
    for row in rows:
        both = (plain(f"{row['brand']} {row['name']}"), plain(f"{row['name']} {row['brand']}"))
        assert not any(name in text for name in both) and plain(row["brand"]) not in stored, row["name"]
        name = plain(row["name"])
        assert name in PLAIN_WORDS or not re.search(rf"\b{re.escape(name)}\b", text), name
