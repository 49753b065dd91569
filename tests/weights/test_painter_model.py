"""The painter's network: it tiles, a coarse picture is the mean of the fine one, and its gradients are right."""

import dataclasses

import pytest
import torch
from tiny_painter import tiny_painter
from torch.autograd import gradcheck
from torch.nn import functional as F

from showroom.imagine.painter_drafts import height_code, height_tiles
from showroom.imagine.painter_model import OUT, Wanted, laid_together
from showroom.imagine.painter_noise import Noises
from showroom.imagine.painter_ops import doubled, meaned, modulated, smoothly_doubled, wrapped


@pytest.fixture(scope="module")
def model():
    return tiny_painter()


def asked(model, count: int = 2, share: float = 0.4) -> Wanted:
    config, chance = model.config, torch.Generator().manual_seed(4)
    text = F.normalize(torch.randn(count, 2, config.text_width, generator=chance), dim=-1)
    kind = F.one_hot(torch.arange(count), len(config.kinds)).float()
    return Wanted(text, torch.tensor([[1 - share, share]] * count), torch.rand(count, len(config.accords), generator=chance),
                  kind, torch.rand(count, 9, generator=chance), torch.randn(count, config.likeness, generator=chance))


def drafts(count: int = 2, edge: int = 256) -> tuple[torch.Tensor, torch.Tensor]:
    """Two materials, and where the second lies."""
    chance = torch.Generator().manual_seed(5)
    return (0.1 * torch.randn(count, 2 * OUT, edge, edge, generator=chance),
            torch.rand(count, 1, edge, edge, generator=chance))


def levels(model, wanted: Wanted, noises: Noises, laid: tuple[torch.Tensor, torch.Tensor]) -> list[torch.Tensor]:
    with torch.no_grad():
        return list(model.painted(wanted, noises, *laid))


def test_every_level_is_the_mean_of_the_next(model):
    pictures = levels(model, asked(model), Noises.of(3, 2, 5), drafts())
    assert [picture.shape for picture in pictures] == [(2, OUT, edge, edge) for edge in (16, 32, 64, 128, 256)]
    for coarse, fine in zip(pictures, pictures[1:]):
        assert torch.allclose(F.avg_pool2d(fine, 2), coarse, atol=1e-5)


def test_smaller_drafts_end_at_their_own_size(model):
    pictures = levels(model, asked(model), Noises.of(3, 2, 5), drafts(edge=64))
    assert [picture.shape[-1] for picture in pictures] == [16, 32, 64]


@pytest.mark.parametrize("across, down", [(16, 0), (0, 32), (48, 80)])
def test_whatever_is_rolled_comes_out_rolled(model, across, down):
    """So no seam can be told from any other row."""
    noises, laid = Noises.of(3, 2, 5), drafts()
    still = levels(model, asked(model), noises, laid)[-1]

    def rolled(x: torch.Tensor) -> torch.Tensor:
        share = 256 // x.shape[-1]
        return x.roll((down // share, across // share), (2, 3))

    moved = Noises(rolled(noises.first), tuple(tuple(map(rolled, pair)) for pair in noises.levels))
    assert torch.allclose(levels(model, asked(model), moved, tuple(map(rolled, laid)))[-1], rolled(still), atol=1e-4)


def test_the_first_levels_noise_is_the_same_however_many_there_are():
    few, many = Noises.of(9, 1, 3), Noises.of(9, 1, 5)
    assert torch.equal(few.first, many.first)
    assert all(torch.equal(a, b) for one, other in zip(few.levels, many.levels) for a, b in zip(one, other))
    assert not torch.equal(Noises.of(10, 1, 3).first, few.first)


@pytest.mark.parametrize("part", [field.name for field in dataclasses.fields(Wanted)])
def test_all_that_is_wanted_modulates(model, part):
    one = asked(model)
    other = dataclasses.replace(one, **{part: getattr(one, part).flip(-1) * 0.5})
    with torch.no_grad():
        assert not torch.allclose(model.condition(one), model.condition(other), atol=1e-4)


def test_materials_are_told_apart_by_which_comes_first(model):
    one = asked(model, share=0.5)
    with torch.no_grad():
        turned = dataclasses.replace(one, text=one.text.flip(1))
        assert not torch.allclose(model.condition(one), model.condition(turned), atol=1e-3)


def test_each_draft_is_where_it_is_wanted_and_one_alone_everywhere():
    both, there = drafts()
    laid = laid_together(both, (there > 0.5).float())
    assert torch.allclose(laid, torch.where(there > 0.5, both[:, OUT:], both[:, :OUT]), atol=1e-6)
    even = laid_together(both, torch.full_like(there, 0.5))
    assert torch.allclose(even, (both[:, :OUT] + both[:, OUT:]) / 2, atol=1e-6)
    alone = torch.cat([both[:, :OUT], torch.zeros_like(both[:, OUT:])], 1)
    assert torch.equal(laid_together(alone, there), both[:, :OUT])


def test_where_the_second_is_wanted_has_a_say(model):
    both, there = drafts()
    one, other = (levels(model, asked(model), Noises.of(3, 2, 5), (both, at))[-1] for at in (there, 0.5 * there))
    mended = (one - laid_together(both, there)), (other - laid_together(both, 0.5 * there))
    assert (mended[0] - mended[1]).abs().max() > 1e-5


def test_heights_come_back_from_their_code():
    tiles = torch.linspace(-0.2, 0.2, 101)
    assert torch.allclose(height_tiles(height_code(tiles)), tiles, atol=1e-6)
    assert height_code(tiles).abs().max() < 1.25
    assert height_tiles(torch.tensor([-99.0, 99.0])).abs().max() < 0.31


# Gradients ---------------------------------------------------------------------------------------

def exact(*shape: int) -> torch.Tensor:
    x = torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(sum(shape)))
    return (x.contiguous(memory_format=torch.channels_last) if x.ndim == 4 else x).requires_grad_()


@pytest.mark.parametrize("operation", [wrapped, doubled, smoothly_doubled, meaned])
def test_gradients_of_moving_pixels(operation):
    assert gradcheck(operation, (exact(2, 3, 4, 6),))


def test_what_is_doubled_smoothly_keeps_its_means_has_no_steps_in_a_slope_and_wraps():
    x = exact(1, 2, 8, 6).detach()
    large = smoothly_doubled(x)
    assert torch.allclose(F.avg_pool2d(large, 2), x, atol=1e-12)
    assert torch.allclose(smoothly_doubled(x.roll((3, 2), (2, 3))), large.roll((6, 4), (2, 3)))
    slope = torch.arange(8.0).expand(1, 1, 8, 8)
    assert torch.allclose(smoothly_doubled(slope)[..., 2:-2].diff(dim=3), torch.tensor(0.5))


def test_gradients_of_modulating():
    noise = exact(2, 1, 4, 6).detach()
    inputs = exact(2, 3, 4, 6), exact(2, 3), exact(2, 3), exact(2, 3)
    assert gradcheck(lambda *x: modulated(*x, noise), inputs, atol=1e-4, rtol=1e-3)


def test_what_is_modulated_has_the_mean_and_deviation_asked_for():
    x, zeros = exact(1, 3, 16, 16).detach(), torch.zeros(1, 3, dtype=torch.float64)
    even = modulated(x * 7 + 3, zeros - 0.5, zeros + 9.0, zeros, x[:, :1])
    assert torch.allclose(even.mean((2, 3)), zeros + 9.0) and torch.allclose(even.std((2, 3)), zeros + 0.5, atol=2e-3)


def test_wrapping_goes_on_beyond_the_edges():
    x = exact(1, 2, 4, 5).detach()
    assert torch.equal(wrapped(x), F.pad(x, (1, 1, 1, 1), mode="circular"))
