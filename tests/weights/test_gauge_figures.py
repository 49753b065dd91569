"""The gauge by law: seams, colours and answers that are known beforehand, and wishes that name no answer."""

import dataclasses
import random

import numpy as np
import pytest
from tiny_painter import tiny_painter

from showroom.imagine.gauge.captions import TWENTY
from showroom.imagine.gauge.figures import (
    Pace, Told, Vectors, apart, learning, mixed_wishes, pace, seams, share_right, unseen_pairs,
)
from showroom.imagine.gauge.probe import learned, right
from showroom.imagine.gauge.samples import by_learning, from_words, metallic, shown, told_of, wish
from showroom.imagine.paint import TILES, Painted
from showroom.imagine.train.painter_pairs import held_out
from showroom.words.scenespec import Surface

NOISE = np.random.default_rng(5)
SILK = Surface("silk", "#a05068", "#e0c0b0", 0.4, 0.1, 0.5, 0.6, "petal", 0.3)


@pytest.fixture(scope="module")
def model():
    return tiny_painter()


def painted_of(picture: np.ndarray) -> Painted:
    """The same (n, n) values of 0 to 1 in every map."""
    codes = np.rint(np.repeat(picture[..., None], 4, -1) * 255).astype(np.uint8)
    return Painted(codes, codes)


def test_a_zigzag_of_whole_periods_has_no_seam_and_a_ramp_has_one():
    along = np.arange(128) / 128
    wave = np.abs(4 * along % 1 - 0.5)  # as steep everywhere
    assert seams(painted_of(wave[:, None] + wave)) == pytest.approx((1.0, 1.0), abs=0.1)
    assert min(seams(painted_of(np.broadcast_to(along, (128, 128))))) > 20


def test_noise_that_does_not_care_where_it_is_has_a_seam_of_one():
    ratio, steepest = seams(painted_of(NOISE.random((128, 128))))
    assert ratio == pytest.approx(1.0, abs=0.05) and steepest <= 1.02


def test_a_joint_at_the_edge_is_no_seam_where_there_are_joints_inside():
    rows = np.where(np.arange(128) % 32 == 0, 0.2, 0.7)[:, None] + NOISE.normal(0, 0.004, (128, 128))
    ratio, steepest = seams(painted_of(rows))
    assert ratio > 2 and steepest == pytest.approx(1.0, abs=0.03)


def test_a_picture_of_the_colour_asked_for_is_not_apart_and_another_is_by_its_distance():
    codes = np.zeros((8, 8, 4), np.uint8)
    codes[..., :3] = (0xA0, 0x50, 0x68)
    assert apart(Painted(codes, codes), SILK) < 1e-6
    assert apart(Painted(codes, codes), dataclasses.replace(SILK, srgb="#68a050")) > 0.15


def test_wishes_are_mixtures_of_two_in_the_shares_that_specs_have():
    wishes = mixed_wishes(TWENTY, 30)
    assert wishes == mixed_wishes(TWENTY, 30)
    assert all(one.painter != one.also and 0.15 <= one.share <= 0.5 for one, _ in wishes)
    assert len({one.srgb for one, _ in wishes}) == 30


def test_pairs_that_are_asked_for_were_never_learned():
    assert len(unseen_pairs()) > 20 and all(held_out(*pair) for pair in unseen_pairs())


def test_one_material_has_to_come_first_and_of_two_both_have_to_be_among_three():
    assert Told("", ("silk",), ("silk", "linen", "moss")).right
    assert not Told("", ("silk",), ("linen", "silk", "moss")).right
    assert Told("", ("silk", "moss"), ("linen", "silk", "moss")).right
    assert not Told("", ("silk", "bark"), ("linen", "silk", "moss")).right
    assert share_right([Told("", ("a",), ("a",)), Told("", ("a",), ("b",))]) == 0.5


def test_a_probe_tells_what_lies_apart_and_cannot_tell_what_is_alike():
    which = np.repeat(np.arange(3), 30)
    tellable = NOISE.normal(size=(90, 5, 12)) + 6 * np.eye(3, 12)[which][:, None]
    train = np.arange(90) % 3 > 0
    probe = learned(("a", "b", "c"), tellable[train], which[train])
    assert right(probe, tellable[~train], which[~train]) > 0.95
    assert probe.names(6 * np.eye(3, 12)[1:2, None], 3)[0][0] == "b"
    two = 6 * np.eye(3, 12)[[1, 1, 2, 2, 2]]
    assert probe.names(two[None], 2)[0] == ("c", "b"), "of two that share a picture both are found, by their parts"
    assert probe.scores(two[None])[0] == pytest.approx([0, 0.4, 0.6], abs=0.05)
    alike = NOISE.normal(size=(90, 5, 12))
    probe = learned(("a", "b", "c"), alike[train], which[train])
    assert right(probe, alike[~train], which[~train]) < 0.7


def test_a_text_stands_for_the_name_of_what_is_drafted(model):
    one = wish(random.Random(1), "silk")
    first, other = (NOISE.normal(size=384) for _ in range(2))
    pictures = [from_words(model, vector, one, 3).color for vector in (first, first, other)]
    assert (pictures[0] == pictures[1]).all() and (pictures[0] != pictures[2]).any()


def test_what_is_told_of_alone_moves_a_surface_only_by_its_words_and_its_share(model):
    one, vector = wish(random.Random(1), "silk"), NOISE.normal(size=384)
    pictures = [told_of(model, vector, share, one, 3).color for share in (0.5, 0.5, 0.1)]
    assert (pictures[0] == pictures[1]).all() and (pictures[0] != pictures[2]).any()


def test_the_nearest_word_names_the_material():
    words = {name: row[None] for name, row in zip(TWENTY, np.eye(len(TWENTY)))}
    vectors = Vectors({}, words)
    assert vectors.nearest(np.eye(len(TWENTY))[3] + 0.1) == TWENTY[3]


def test_the_probe_sees_the_surface_as_the_learned_painter_made_it(model):
    picture = shown(by_learning(model, SILK, 4), SILK)
    assert picture.shape == (256, 256, 3) and picture.std() > 1


def test_every_material_may_be_asked_for(model):
    assert set(TILES) == set(model.config.materials)
    assert learning(model)(wish(random.Random(2), "gold", "salt", 0.5), 7).color.shape == (256, 256, 4)


def test_metal_counts_by_its_share():
    assert metallic(dataclasses.replace(SILK, painter="gold", also="salt", share=0.25)) == 0.75
    assert metallic(SILK) == 0.0


def test_a_ratio_of_times_is_taken_turn_by_turn():
    assert Pace(np.array([10.0, 200.0, 30.0]), np.array([5.0, 100.0, 10.0])).ratio == 2.0


def test_pace_gives_the_threads_back(model, monkeypatch):
    import torch

    from showroom.imagine.gauge import figures

    monkeypatch.setattr(figures, "TIMED", 1)
    before = torch.get_num_threads()
    taken = pace(model, before + 1)
    assert torch.get_num_threads() == before and len(taken.learned) == len(taken.recipe) == 1
