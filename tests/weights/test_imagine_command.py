"""showroom imagine as a program calls it."""

import json

import jsonschema
import pytest
from PIL import Image

from showroom.words.schema import SCHEMA
from showroom.words.scenespec import SceneSpec

ROWS = [
    '{"id": "a", "text": "bergamot, sea salt, driftwood"}',
    '{"id": 2, "top": ["Bergamot"], "heart": ["Rose"], "base": ["Musk"]}',
    '{"id": "empty", "text": ""}',
    '{"id": "bell", "text": "rose\\u0007"}',
    '{"id": "long", "text": "' + "rose " * 200_000 + '"}',
    "no json",
    '{"text": "rose"}',
    '{"id": "endless", "text": "' + "rose " * 1_000_000 + '"}',
    '{"id": "neither"}',
    '{"id": "wrong", "top": "rose"}',
    '{"id": "half \\ud800", "text": "rose"}',
    '{"id": "乙", "text": "玫瑰与牡丹"}',
]


@pytest.fixture(scope="module")
def batch(showroom, tmp_path_factory):
    """The command's answer to ROWS."""
    path = tmp_path_factory.mktemp("batch") / "rows.jsonl"
    path.write_text("\n".join(ROWS) + "\n\n", "utf-8")
    return showroom("imagine", "--batch", str(path), "--json")


def test_every_row_is_answered_in_order_under_its_id(batch):
    answers = [json.loads(line) for line in batch.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [
        "a", 2, "empty", "bell", "long", None, None, None, "neither", "wrong", "half \ud800", "乙"]
    assert batch.returncode == 1
    for answer, refused in zip(answers, "..xxxxxxxx.."):
        assert (set(answer) == {"id", "error"}) == (refused == "x"), answer
        if refused == ".":
            jsonschema.validate(answer, SCHEMA)
        else:
            assert "\n" not in answer["error"] and len(answer["error"]) < 300


def test_a_batch_row_is_the_spec_of_its_text_alone(showroom, batch):
    alone = showroom("imagine", "bergamot, sea salt, driftwood", "--json")
    assert alone.returncode == 0 and alone.stdout.count("\n") == 1
    assert SceneSpec.from_json(batch.stdout.splitlines()[0]) == SceneSpec.from_json(alone.stdout)


def test_a_batch_without_refusals_ends_well(showroom, tmp_path):
    (tmp_path / "rows.jsonl").write_text(ROWS[0])
    done = showroom("imagine", "--batch", "rows.jsonl", "--json", cwd=tmp_path)
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(("arguments", "code", "said"), [
    ([""], 1, "nothing came; words are accepted"),
    (["--product", "vesprii"], 1, "did you mean vespri?"),
    (["rose", "--image", "none.png"], 1, "No such file"),
    (["--batch", "none.jsonl", "--json"], 1, "No such file"),
    (["rose", "--batch", "x"], 2, "one of TEXT, --product and --batch"),
    (["--batch", "x"], 2, "add --json"),
    (["rose", "--lang", "fr"], 2, "fr"),
    (["rose", "--seed", "-1"], 1, "seed -1"),
    (["rose", "--adjust", "warmer, purple"], 1, "'purple': unknown"),
    (["rose", "--taste", "none.toml"], 1, "No such file"),
    (["rose", "--variations", "0"], 1, "0 variations; 1 to 100"),
    (["--batch", "none.jsonl", "--json", "--variations", "2"], 2, "neither --image nor --variations"),
    (["--batch", "none.jsonl", "--json", "--adjust", "purple"], 1, "'purple': unknown"),
])
def test_what_cannot_be_imagined(showroom, tmp_path, arguments, code, said):
    done = showroom("imagine", *arguments, cwd=tmp_path)
    assert done.returncode == code and done.stdout == ""
    assert done.stderr.count("\n") == 1 and said in done.stderr


def test_a_table_for_people(showroom, tmp_path):
    Image.new("RGB", (40, 30), (0, 128, 128)).save(tmp_path / "teal.png")
    done = showroom("imagine", "--product", "bassa-marea", "--lang", "it", "--image", "teal.png", cwd=tmp_path)
    assert done.returncode == 0 and "\x1b" not in done.stdout
    assert "Bassa Marea" in done.stdout and "riva del mare" in done.stdout and "davanti avete il mare" in done.stdout
    assert "#008080" in done.stdout and "la vostra foto: " in done.stdout


def test_a_spec_is_adjusted_as_the_visitor_says(showroom, tmp_path):
    (tmp_path / "rows.jsonl").write_text('{"id": 1, "text": "rose, peony"}')
    said = ["--json", "--adjust", "at night, no flowers"]
    one = json.loads(showroom("imagine", "rose, peony", *said, cwd=tmp_path).stdout)
    row = json.loads(showroom("imagine", "--batch", "rows.jsonl", *said, cwd=tmp_path).stdout)
    assert {key: value for key, value in row.items() if key != "id"} == one
    assert one["sky"]["stars"] > 0.7 and "rose" not in [item["name"] for item in one["flora"]]
    assert [why["note"] for why in one["why"]][:3] == ["at night", "no flowers", "rose and peony"]
    jsonschema.validate(one, SCHEMA)


def test_variations_begin_with_the_one_of_the_words_and_a_taste_leans_them_all(showroom, tmp_path):
    (tmp_path / "taste.json").write_text('{"hour": "night", "likes": {"notes": ["peony"]}}')
    said = ["rose, peony", "--json", "--taste", "taste.json"]
    one, many = (showroom("imagine", *said, *more, cwd=tmp_path) for more in ([], ["--variations", "3"]))
    specs = [SceneSpec.from_json(line) for line in many.stdout.splitlines()]
    assert specs[0] == SceneSpec.from_json(one.stdout)
    assert [spec.seed for spec in specs] == [specs[0].seed + at for at in range(3)]
    assert len({spec.digest for spec in specs}) == 3 and len({tuple(spec.accords.items()) for spec in specs}) == 1
    assert all([why.note for why in spec.why[:2]] == ["night", "peony"] for spec in specs)
