"""showroom recommend: offers with reasons, as a table or JSON, and one line for what is wrong."""

import json
import subprocess
import sys

import pytest

from showroom.words.look import Garment, Look, Region
from showroom.words.scenespec import Colour


def recommend(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "showroom", "recommend", *words], capture_output=True,
                          text=True, timeout=120)


def test_the_verb_tells_offers_reasons_and_ranking():
    answer = recommend("--like", "玫瑰，不要烟熏", "--season", "spring", "--not", "sipario", "--lang", "zh",
                       "--json")
    assert answer.returncode == 0 and answer.stderr == ""
    told = json.loads(answer.stdout)
    assert [offer["id"] for offer in told["offers"]][0] == "prima-rugiada" and len(told["offers"]) == 3
    assert all(offer["said"].endswith("。") for offer in told["offers"])
    assert "sipario" not in {one["id"] for one in told["ranking"]} and len(told["ranking"]) == 11
    assert told["preference"]["likes"]["rose"] == 1.0 and told["preference"]["refused"] == ["sipario"]


def test_the_verb_heeds_what_somebody_wears(tmp_path):
    look = Look((Garment("outwear", 0.9),), (Region("whole", (Colour("#808080", 1.0),), "plain"),),
                (1.0, 0.0, 0.0, 0.0))
    path = tmp_path / "look.json"
    path.write_text(json.dumps(look.to_plain()))
    told = json.loads(recommend("--look", str(path), "--json").stdout)
    assert told["offers"][0]["id"] == "primo-gelo" and told["offers"][0]["reason"] == "look_season"


@pytest.mark.parametrize(("words", "line"), [
    (["--like", "hello"], "a season or a price are understood"),
    (["--more", "vespre"], "did you mean vespri?"),
    (["--budget", "inf"], "give one from 0.01"),
    (["--look", "/nowhere.json"], "check the path"),
])
def test_the_verb_says_what_is_wrong_in_one_line(words, line):
    answer = recommend(*words)
    assert answer.returncode and answer.stdout == ""
    assert answer.stderr.count("\n") == 1 and line in answer.stderr
