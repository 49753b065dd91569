"""Levels of detail: far away fewer stand for many, as much is covered, and nothing pops on the way."""

from dataclasses import replace

import numpy as np
import pytest
import scenes

from showroom.words.geometry import Material
from showroom.words.scene import Daylight
from showroom.words.view import Pose

EVEN = Daylight(zenith=(0.0,) * 3, horizon=(0.0,) * 3, ground=(0.0,) * 3)
LEAF = Material("foliage", base_color=(0.0, 0.0, 0.0, 1.0), emission=(0.8, 0.8, 0.8))


def crowd(count: int, away_m: float, part: str, seed: int, size: float = 0.012):
    """Leaves that face the eye, scattered over a square two thirds as wide as far."""
    rng = np.random.default_rng(seed)
    placed = scenes.instances(count)
    placed["world_from_part"][:, 0, 3] = rng.uniform(-0.33, 0.33, count) * away_m
    placed["world_from_part"][:, 1, 3] = rng.uniform(-0.33, 0.33, count) * away_m
    placed["world_from_part"][:, 2, 3] = rng.uniform(-0.5, 0.5, count) - away_m
    leaf = scenes.quad((0.0, 0.0, 0.0), size * away_m, (0, 0, 1), LEAF, part)
    return replace(leaf, instances=placed)


def drawn(draw, *parts) -> np.ndarray:
    scene = scenes.scene(EVEN)
    scenes.arrive(scene, *parts)
    return draw(scene)[0].astype(float)


@pytest.mark.parametrize("away_m", [5.0, 20.0, 45.0])
def test_fewer_far_away_cover_as_much(draw, away_m):
    whole = [crowd(150, away_m, f"part {k}", k) for k in range(6)]  # too few in each to thin
    many = replace(whole[0], part="part 0", instances=np.concatenate([part.instances for part in whole]))
    every = drawn(draw, *whole)
    nothing = [replace(part, instances=part.instances[:0]) for part in whole[1:]]
    thinned = drawn(draw, many, *nothing)
    assert thinned.mean() == pytest.approx(every.mean(), rel=0.12)
    changed = np.abs(thinned - every).max()
    assert changed == 0 if away_m < 8 else changed > 100


def test_nothing_pops_while_one_walks(draw, display, monkeypatch):
    def walked(*parts) -> np.ndarray:
        scene, seen = scenes.scene(EVEN), []
        scenes.arrive(scene, *parts)
        for step in range(100):
            monkeypatch.setattr(display, "pose", Pose((0.0, 0.0, -step * 0.02)))
            seen.append(draw(scene)[0].astype(float).reshape(12, 8, 12, 8, 3).mean(axis=(1, 3, 4)))
        return np.abs(np.diff(np.array(seen), axis=0)).max(axis=(1, 2))

    leaves = crowd(600, 30.0, "leaves", 3, size=0.05)  # each covers a quarter of a tile of 8 by 8 pixels
    few = [replace(leaves, part=f"few {k}", instances=leaves.instances[k::2].copy()) for k in (0, 1)]
    whole = walked(*few)
    thinned = walked(leaves, *(replace(part, instances=part.instances[:0]) for part in few))
    assert thinned.max() < 1.5 * whole.max() and thinned.max() < 30 and thinned.mean() > 0
