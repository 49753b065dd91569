"""What the learned painter is taught by: lessons, the distance between textures, and a run of it, made short."""

import dataclasses
import itertools
import random

import numpy as np
import pytest
import torch

from showroom.imagine.backbone import Backbone
from showroom.imagine.paint import TILES, colour
from showroom.imagine.painter_drafts import second_offset
from showroom.imagine.painter_model import PainterConfig
from showroom.imagine.painter_store import load_model
from showroom.imagine.train import painter, painter_school
from showroom.imagine.train.painter_loss import Distance, seen, views
from showroom.imagine.train.painter_pairs import held_out
from showroom.imagine.train.painter_teacher import Lesson, lessons, photographed, tile
from showroom.words.scenespec import Surface
from showroom.words.vocabulary import ACCORDS, SURFACES

WISH = Surface("moss", "#5f7a42", "#4a3826", 0.7, 0.2, 0.6, 1.2)


@pytest.fixture(scope="module")
def taught() -> torch.Tensor:
    """Views of three materials, (3, 7, 64, 64)."""
    tiles = np.stack([tile(Surface(name, *WISH_REST), 4) for name in ("moss", "bark", "linen")]).astype(np.float32)
    return seen(torch.nn.functional.avg_pool2d(torch.from_numpy(tiles), 4), [WISH] * 3)


WISH_REST = (WISH.srgb, WISH.accent_srgb, WISH.roughness, WISH.wetness, WISH.relief, WISH.scale_m)


@pytest.fixture(scope="module")
def distance() -> Distance:
    return Distance(Backbone.load().early)


def measured(distance, made, first, second, share=0.0) -> float:
    torch.manual_seed(0)
    with torch.no_grad():
        return float(distance(made[None], first[None], second[None], torch.as_tensor(share).expand(1, 1, 64, 64)))


def test_a_texture_is_nearest_to_itself_wherever_it_lies(distance, taught):
    moss, bark, linen = taught
    itself = measured(distance, moss.roll((9, 23), (1, 2)), moss, moss)
    assert itself < 0.3 * min(measured(distance, other, moss, moss) for other in (bark, linen))


def test_by_share_the_one_is_nearer_or_the_other(distance, taught):
    moss, bark, _ = taught
    near = [measured(distance, moss, moss, bark, share) for share in (0.0, 0.5, 1.0)]
    assert near == sorted(near) and near[0] < 1e-6
    assert measured(distance, bark, moss, bark, 1.0) < 1e-6


def test_so_much_of_either_is_wanted_and_not_their_mean_and_where_they_lie_is_the_drafts_matter(distance, taught):
    moss, bark, _ = taught
    half = (torch.arange(64) < 32).float().expand(64, 64)
    beside, mean = moss + (bark - moss) * half, (moss + bark) / 2
    apart = measured(distance, beside, moss, bark, half)
    assert apart < 0.6 * measured(distance, mean, moss, bark, half)
    assert measured(distance, beside, moss, bark, 1 - half) == pytest.approx(apart, rel=0.2)


def test_a_picture_that_goes_down_the_distance_becomes_like_the_material(distance, taught):
    bark, torch_seed = taught[1:2], torch.manual_seed(1)
    assert torch_seed is not None
    made = (bark.mean((2, 3), keepdim=True) + 0.05 * torch.randn_like(bark)).requires_grad_()
    descent = torch.optim.Adam([made], 0.02)
    before = measured(distance, made.detach()[0], bark[0], bark[0])
    for _ in range(25):
        descent.zero_grad()
        distance(made, bark, bark, torch.zeros(1, 1, 64, 64)).backward()
        descent.step()
    assert measured(distance, made.detach()[0], bark[0], bark[0]) < 0.4 * before


def test_lessons_follow_from_their_seed_and_are_one_wish_each():
    first, again = (next(lessons(5)) for _ in range(2))
    assert first.wish == again.wish and np.array_equal(first.tiles, again.tiles)
    assert first.tiles.shape == (len(TILES), 5, 256, 256) and np.isfinite(first.tiles).all()
    assert first.features.shape == (len(TILES), 320)
    assert np.abs(first.tiles[:, 3:].astype(np.float32).mean(axis=(2, 3))).max() < 0.35
    assert next(lessons(6)).wish != first.wish


def test_a_draft_has_the_mean_colour_that_was_wanted():
    linear = tile(WISH, 3)[:3].astype(np.float32)
    base = colour.srgb_from_linear(colour.parse(WISH.srgb))
    mean = colour.linear_from_srgb(torch.from_numpy(linear) + base[:, None, None]).mean((1, 2))
    assert torch.allclose(mean, colour.parse(WISH.srgb), atol=0.01)


def test_photos_of_one_tile_differ_in_light_alone():
    tiles = tile(WISH, 3)[None]
    one, other = (photographed(tiles, WISH, random.Random(seed)) for seed in (1, 2))
    assert one.shape == (1, 256, 256, 3) and one.dtype == np.uint8 and not np.array_equal(one, other)


def test_steeper_slopes_and_rougher_places_are_seen():
    tiles = torch.zeros(2, 5, 32, 32)
    tiles[:, 3] = 0.2 * torch.sin(torch.arange(32) / 16 * torch.pi)
    flat, steep = views(tiles, torch.full((2, 3), 0.5), torch.tensor([0.2, 0.9]), torch.tensor([0.3, 0.8]))
    assert flat[3].std() < 0.5 * steep[3].std() and torch.allclose(flat[4], torch.tensor(0.5))
    assert torch.allclose(steep[5] - flat[5], torch.tensor(0.5))


@pytest.mark.parametrize("two", [("linen", "salt"), ("salt", "linen")])
def test_a_batch_lays_the_second_as_it_is_laid_in_use(two, monkeypatch):
    at = [painter_school.MATERIALS.index(name) for name in two]
    monkeypatch.setattr(painter_school, "_pair", lambda _: tuple(at))
    monkeypatch.setattr(painter_school, "_TOLD", (1.0, 0.0, 0.0))
    tiles = np.zeros((len(TILES), 5, 256, 256), np.float16)
    for k, name in zip(at, two):
        tiles[k] = tile(dataclasses.replace(WISH, painter=name), 3)
    config = PainterConfig(materials=TILES, accords=ACCORDS, kinds=SURFACES)
    words = painter_school.Words([torch.ones(1, 384)] * len(TILES), [torch.zeros(1, len(ACCORDS))] * len(TILES))
    features = np.random.default_rng(0).normal(size=(len(TILES), 320)).astype(np.float32)
    school = painter_school.School(words, [Lesson(WISH, tiles, features)], config)
    wanted, drafts, there, _, _ = school.batch(3, random.Random(4))
    assert torch.allclose(there.mean((1, 2, 3)), wanted.shares[:, 1], atol=0.06)
    wide = ((there > 0.1) & (there < 0.9)).float().mean((1, 2, 3))
    assert bool((wide < 0.25 if two[1] == "salt" else wide > 0.22).all()), wide
    for draft, share in zip(drafts, wanted.shares[:, 1].tolist()):
        offset = second_offset(dataclasses.replace(WISH, share=share))
        assert torch.allclose(draft[:5], torch.from_numpy(tiles[at[0]]).float(), atol=1e-3)
        moved = draft[5:8] - torch.from_numpy(tiles[at[1], :3]).float()
        assert torch.allclose(moved, offset[:, None, None], atol=1e-3)


def test_pairs_held_out_are_never_taught():
    pairs = {painter_school._pair(chance) for chance in [random.Random(1)] for _ in range(20_000)}
    names = [(painter_school.MATERIALS[a], painter_school.MATERIALS[b]) for a, b in pairs if a != b]
    assert not any(held_out(*pair) for pair in names)
    every = [pair for pair in itertools.permutations(painter_school.MATERIALS, 2) if not held_out(*pair)]
    assert len(names) > 0.99 * len(every)


def test_a_short_run_learns_and_writes_what_can_be_loaded(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(painter, "POOL", 2)
    monkeypatch.setattr(painter, "COURSES", (painter.Course(32, 2, 0.5), painter.Course(64, 2, 0.5)))
    assert painter.main(["--out", str(tmp_path), "--minutes", "0.04", "--threads", "1"]) == 0
    assert f"written: {tmp_path}" in capsys.readouterr().err
    model = load_model(tmp_path)
    assert model.config.materials == list(painter_school.MATERIALS)
    assert all(level.out.weight.abs().max() > 0.0 for level in model.levels)
    assert model.likeness_basis.abs().sum() > 0 and model.material_vectors.norm(dim=1).numpy() == pytest.approx(1, abs=1e-3)


def test_a_teacher_that_has_ended_is_told_of_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(painter, "_teach", int)  # ends at once, of a seed that is none
    assert painter.main(["--out", str(tmp_path), "--minutes", "0.04", "--threads", "1"]) == 3
    assert "the process that paints the lessons has ended, with code 1" in capsys.readouterr().err.splitlines()[-1]


def test_a_teacher_that_ends_in_the_midst_of_it_is_told_of_too(tmp_path, monkeypatch, capsys):
    """Killed while it writes: a lesson is larger than what a pipe holds."""
    listening, heard = painter.Training._lesson, []

    def taught_and_left(self):
        heard.append(listening(self))
        if len(heard) == painter.POOL:
            assert self._lessons.poll(120)
            self._teacher.kill()
        return heard[-1]

    monkeypatch.setattr(painter.Training, "_lesson", taught_and_left)
    monkeypatch.setattr(painter, "POOL", 2)
    monkeypatch.setattr(painter, "FRESH_EVERY", 1)
    assert painter.main(["--out", str(tmp_path), "--minutes", "1", "--threads", "1"]) == 3
    assert "has ended, with code -9" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("arguments", [["--minutes", "0"], ["--threads", "0"]])
def test_what_cannot_be_done_is_one_line(arguments, capsys):
    assert painter.main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path, monkeypatch, capsys):
    def failing(*_):
        raise PermissionError(13, "Permission denied", str(tmp_path / "x"))

    monkeypatch.setattr(painter, "Training", failing)
    monkeypatch.setattr(painter, "words_of_materials", lambda: None)
    assert painter.main(["--out", str(tmp_path / "x")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "Permission denied" in said and "--out" in said
