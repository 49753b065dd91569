"""The painters' tools, each by its law: noise repeats, scatter wraps, colours return, slopes are slopes."""

import math

import torch

from showroom.imagine.paint import colour, courses, noise, relief, scatter


def test_random_numbers_are_even_and_their_own():
    numbers = noise.rand(20000, 3)
    assert 0.0 <= numbers.min() and numbers.max() < 1.0
    assert abs(float(numbers.mean()) - 0.5) < 0.01 and abs(float(numbers.var()) - 1 / 12) < 0.003
    assert torch.equal(numbers, noise.rand(20000, 3)) and not torch.equal(numbers, noise.rand(20000, 4))
    assert abs(float(torch.corrcoef(torch.stack([numbers, noise.rand(20000, 4)]))[0, 1])) < 0.03


def test_noise_keeps_its_look_at_every_size():
    fine, coarse = noise.gradient(256, 5, 9), noise.gradient(64, 5, 9)
    small = fine.reshape(64, 4, 64, 4).mean(dim=(1, 3))
    assert (small - coarse).abs().max() < 0.03
    assert abs(float(fine.mean())) < 0.1 and fine.abs().max() < 1.5


def test_noise_closes_over_the_seam():
    for field in (
        noise.fbm(128, 4, 1),
        noise.ridged(128, 4, 2),
        noise.worley(128, 6, 3)[0],
        noise.value(128, 7, 4),
    ):
        for axis in (0, 1):
            across = (field - field.roll(1, axis)).abs()
            edge = across[0] if axis == 0 else across[:, 0]
            assert edge.max() <= 1.2 * across.max()
            assert edge.mean() <= 2.0 * across.mean()


def test_sampling_where_pixels_are_gives_the_pixels():
    field = noise.fbm(64, 4, 5)
    u, v = noise.grid(64)
    assert (noise.sample(field, u, v) - field).abs().max() < 1e-4
    assert (noise.sample(field, u + 3.0, v - 2.0) - field).abs().max() < 1e-3
    moved = noise.warp(field, torch.full((64, 64), 1 / 64), torch.zeros(64, 64))
    assert (moved - field.roll(-1, 1)).abs().max() < 1e-3


def test_blur_keeps_the_mean():
    field = noise.value(64, 16, 6)
    assert abs(float(noise.blur(field, 0.05).mean() - field.mean())) < 1e-5
    assert noise.blur(field, 0.05).std() < 0.5 * field.std()


def test_a_stamp_at_the_edge_comes_back_on_the_other_side():
    one = torch.tensor([0.0])
    stamps = scatter.Stamps(one, one, one, one + 0.1, one + 0.1, one, one)
    cover = scatter.lay(stamps, 64, lambda s, t, k: scatter.dome(s, t, 2.0))
    there = cover.there
    assert there[0, 0] and there[-1, 0] and there[0, -1] and there[-1, -1] and not there[32, 32]
    assert abs(float(there.float().mean()) - math.pi * 0.01) < 0.004
    assert torch.equal(there, there.flip(0).flip(1))


def test_the_highest_stamp_wins_whatever_the_order():
    stamps = scatter.strewn(6, 5, (0.1, 0.2), (0.3, 0.9), (0.0, 0.1), bend=0.5)
    turned = stamps.of(torch.arange(len(stamps)).flip(0))
    shape = lambda s, t, k: torch.where(s * s + t * t < 1.0, 0.0, -math.inf)  # noqa: E731
    first, second = scatter.lay(stamps, 64, shape), scatter.lay(turned, 64, shape)
    assert torch.allclose(first.height, second.height)


def test_settled_stones_hardly_overlap():
    stones = scatter.strewn(10, 3, (0.03, 0.05), (0.8, 1.0))
    calm = scatter.settled(stones, steps=40, room=0.9)

    def overlap(group):
        radius = torch.sqrt(group.length * group.width)
        dx = (group.x[:, None] - group.x[None] + 0.5) % 1.0 - 0.5
        dy = (group.y[:, None] - group.y[None] + 0.5) % 1.0 - 0.5
        deep = 0.9 * (radius[:, None] + radius[None]) - torch.sqrt(dx**2 + dy**2)
        return float(deep.fill_diagonal_(0.0).clamp(min=0.0).sum())

    assert overlap(calm) < 0.35 * overlap(stones)


def test_courses_cover_the_tile():
    u, v = noise.grid(128)
    wall = courses.laid(u, v, 6, 4, 3, uneven=0.5)
    assert len(torch.unique(wall.piece)) == 24
    assert wall.x.abs().max() <= 1.0 + 1e-4 and wall.y.abs().max() <= 1.0 + 1e-4
    assert wall.edge.min() >= -1e-5 and wall.edge.max() < 0.2


def test_colours_come_back():
    srgb = torch.rand(50, 3, generator=torch.Generator().manual_seed(1))
    assert (colour.srgb_from_linear(colour.linear_from_srgb(srgb)) - srgb).abs().max() < 1e-4
    assert (colour.linear_from_oklab(colour.oklab(srgb)) - srgb).abs().max() < 1e-3
    white = colour.oklab(torch.ones(3))
    assert abs(float(white[0]) - 1.0) < 1e-3 and white[1:].abs().max() < 1e-3
    assert torch.allclose(
        colour.parse("#ff8000"), colour.linear_from_srgb(torch.tensor([1.0, 128 / 255, 0.0]))
    )


def test_a_ramp_runs_from_stop_to_stop():
    red, blue = colour.parse("#ff0000"), colour.parse("#0000ff")
    ends = colour.ramp([(0.0, red), (1.0, blue)], torch.tensor([0.0, 1.0]))
    assert (ends[0] - red).abs().max() < 0.01 and (ends[1] - blue).abs().max() < 0.01


def test_a_slope_of_one_leans_by_45_degrees():
    u, _ = noise.grid(64)
    height = torch.where(u < 0.5, u, 1.0 - u)
    normal = relief.normals(height, 1.0)
    assert abs(float(normal[32, 16, 0]) + math.sqrt(0.5)) < 1e-3  # rising to the right leans to the left
    assert abs(float(normal[32, 48, 0]) - math.sqrt(0.5)) < 1e-3
    up = relief.normals(height.T, 1.0)  # rising down the picture leans up it: green is up
    assert abs(float(up[16, 32, 1]) - math.sqrt(0.5)) < 1e-3


def test_hollows_see_less_sky_than_ridges():
    u, v = noise.grid(64)
    pit = -0.05 * torch.exp(-((u - 0.5) ** 2 + (v - 0.5) ** 2) / 0.002)
    open_ = relief.open_sky(pit, 0.02, 1.0)
    assert open_[32, 32] < 0.6 < 0.95 < open_[4, 4]
