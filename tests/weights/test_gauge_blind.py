"""Blind pairs: what is chosen to be judged, that the key says what the sheets show, and how answers are counted."""

import csv
import dataclasses

import numpy as np
import pytest
from PIL import Image

from showroom.errors import InputError
from showroom.imagine.gauge.blind import Case, cases, score, write_sheets
from showroom.imagine.hallspec import hall_spec
from showroom.imagine.paint import Painted
from showroom.words.scenespec import Surface

PLAIN = Surface("silk", "#808080", "#606060", 0.5, 0.0, 0.5, 1.0)


def spec_of(*mixtures, seed=1, share=0.3):
    """A spec whose surfaces are these mixtures: (surface, painter, also)."""
    surfaces = {name: dataclasses.replace(PLAIN, painter=painter, also=also, share=share if also else 0.0)
                for name, painter, also in mixtures}
    return dataclasses.replace(hall_spec(), seed=seed, surfaces=surfaces).sealed()


def plain(grey):
    """One who paints everything in one grey."""
    def fulfil(spec, surface):
        detail = np.full((512, 512, 4), 255, np.uint8)
        detail[..., :2] = 128
        return Painted(np.full((512, 512, 4), grey, np.uint8), detail)

    return fulfil


def test_only_mixed_surfaces_are_judged_and_every_kind_has_its_turn():
    specs = [spec_of(("drape", "silk", "petal"), ("ground", "moss", ""), seed=at, share=0.2 + 0.01 * at)
             for at in range(9)]
    specs += [spec_of(("plinth", "marble", "resin")), spec_of(("drape", "linen", "velvet"))]
    chosen = cases(specs, 4)
    assert [case.kind for case in chosen] == ["clear in hard", "soft in soft", "soft in soft", "soft in soft"]
    mixed = [case.spec.surfaces[case.surface] for case in chosen[1:]]
    assert [one.also for one in mixed] == ["petal", "velvet", "petal"]
    assert [one.share for one in mixed] == [0.28, 0.3, 0.27]


def test_the_key_says_on_which_side_the_learned_one_is(tmp_path):
    chosen = [Case(spec_of(("drape", "silk", "petal"), seed=at), "drape") for at in range(6)]
    sheets = write_sheets(chosen, plain(230), plain(60), tmp_path / "sheets", tmp_path / "key.csv", seed=3)
    assert len(sheets) == 2
    with (tmp_path / "key.csv").open() as file:
        sides = [row["learned"] for row in csv.DictReader(file)]
    assert set(sides) == {"left", "right"}
    picture = np.asarray(Image.open(sheets[0]).convert("L")).astype(float)
    high = picture.shape[0] // 4
    for at, side in enumerate(sides[:4]):
        row = picture[at * high + 40 : at * high + 300]
        brighter = "left" if row[:, :300].mean() > row[:, -300:].mean() else "right"
        assert side == brighter


def test_the_key_may_not_lie_beside_the_sheets(tmp_path):
    with pytest.raises(InputError, match="whoever judges"):
        write_sheets([], plain(1), plain(2), tmp_path, tmp_path / "key.csv", seed=1)


@pytest.fixture
def key(tmp_path):
    """Two cloths, learned left and right; one stone, learned left."""
    file = tmp_path / "key.csv"
    file.write_text("pair,kind,surface,painter,also,share,learned\n1,soft in soft,drape,silk,petal,0.3,left\n"
                    "2,soft in soft,drape,linen,velvet,0.3,right\n3,clear in hard,plinth,marble,resin,0.3,left\n")
    return file


def test_answers_are_counted_by_kind_and_by_surface(key, tmp_path):
    answers = tmp_path / "answers.csv"
    answers.write_text("pair,choice\n1,left\n2,left\n3,neither\n")
    found = {one.what: (one.learned, one.count) for one in score(key, answers)}
    assert found == {"all": (1.5, 3), "soft in soft": (1.0, 2), "clear in hard": (0.5, 1), "on a drape": (1.0, 2),
                     "on a plinth": (0.5, 1)}


def test_a_share_is_told_with_the_interval_of_wilson(key, tmp_path):
    answers = tmp_path / "answers.csv"
    answers.write_text("pair,choice\n1,left\n2,right\n")
    assert str(score(key, answers)[0]) == "all: 2 of 2 (100%, 34% to 100%)"


@pytest.mark.parametrize("text", ["pair,choice\n9,left\n", "pair,choice\n1,middle\n", "pair,side\n1,left\n",
                                  "pair,choice\n", f"pair,choice\n{'9' * 200_000},left\n"])
def test_answers_to_nothing_are_refused_in_one_line(key, tmp_path, text):
    answers = tmp_path / "answers.csv"
    answers.write_text(text)
    with pytest.raises(InputError, match="^reading [^\n]*$"):
        score(key, answers)
