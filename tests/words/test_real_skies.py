"""Image-based light against real skies: the blurred levels of measured panoramas, by brute force.

Radiance files: G. Ward, "Real Pixels", Graphics Gems II, 1991 (a shared exponent, runs a channel at a time).
"""

from pathlib import Path

import numpy as np
import pytest

from showroom.imagine.skylight import LEVELS, row_solid_angles, sky_levels

SKIES = ("dikhololo_night", "forest_slope", "studio_small_03", "venice_sunset")
HEIGHT = 128


def radiance_of(file: Path) -> np.ndarray:
    """(h, w, 3) float64 of a run-length coded Radiance panorama."""
    raw = file.read_bytes()
    at = raw.index(b"\n\n") + 2
    end = raw.index(b"\n", at)
    _, rows, _, columns = raw[at:end].split()
    height, width, at = int(rows), int(columns), end + 1
    coded = np.zeros((height, 4, width), np.uint8)
    for row in range(height):
        assert raw[at:at + 2] == b"\x02\x02"
        at += 4
        for channel in range(4):
            column = 0
            while column < width:
                count = raw[at]
                run = count > 128
                count -= 128 * run
                coded[row, channel, column:column + count] = (raw[at + 1] if run
                                                             else np.frombuffer(raw, np.uint8, count, at + 1))
                column, at = column + count, at + 1 + (1 if run else count)
    coded = coded.transpose(0, 2, 1).astype(np.float64)
    return coded[..., :3] * np.exp2(coded[..., 3:] - 136.0)


def directions(height: int) -> np.ndarray:
    """(height, 2·height, 3) unit directions of an equirectangular picture's texels."""
    polar = (np.arange(height) + 0.5) * np.pi / height
    turn = ((np.arange(2 * height) + 0.5) / (2 * height) - 0.5) * 2 * np.pi
    polar, turn = polar[:, None], turn[None, :]
    return np.stack([np.sin(polar) * np.sin(turn), np.cos(polar) + 0 * turn, -np.sin(polar) * np.cos(turn)], axis=-1)


@pytest.fixture(scope="module", params=SKIES)
def real(request, data_folder) -> np.ndarray:
    """(HEIGHT, 2·HEIGHT, 3) radiance; a texel holds the mean light of those it stands for."""
    file = data_folder / "hdri" / f"{request.param}_1k.hdr"
    if not file.exists():
        pytest.skip(f"no sky {file.name} in {file.parent}")
    sky = radiance_of(file)
    fine = row_solid_angles(sky.shape[0])[:, None, None]
    step = sky.shape[0] // HEIGHT
    shape = (HEIGHT, step, 2 * HEIGHT, step, 3)
    light = (sky * fine).reshape(shape).sum(axis=(1, 3))
    mean = light / (step * np.broadcast_to(fine, sky.shape).reshape(shape).sum(axis=1)[:, :, 0])
    return np.minimum(mean / mean.mean(), 60000.0)


def whole(sky: np.ndarray) -> np.ndarray:
    return np.concatenate([sky, np.ones((*sky.shape[:2], 1))], axis=-1).astype(np.float16)


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_blurred_light_is_what_integration_gives(real, level):
    blurred = sky_levels(whole(real), height=HEIGHT << level)[level][..., :3].astype(np.float64)
    towards = directions(blurred.shape[0]).reshape(-1, 3)
    picked = np.random.default_rng(level).choice(len(towards), min(24, len(towards)), replace=False)
    from_, light = directions(HEIGHT).reshape(-1, 3), real.reshape(-1, 3)
    solid = np.repeat(row_solid_angles(HEIGHT), 2 * HEIGHT)
    cosine = np.clip(towards[picked] @ from_.T, -1, 1)
    if level == LEVELS - 1:
        lobe = np.maximum(cosine, 0.0)
    else:
        alpha2 = (level / (LEVELS - 1)) ** 4
        lobe = np.maximum(cosine, 0.0) / ((1 + cosine) / 2 * (alpha2 - 1) + 1) ** 2
    weight = lobe * solid
    expected = (weight @ light) / weight.sum(axis=1, keepdims=True)
    found = blurred.reshape(-1, 3)[picked]
    off = np.abs(found - expected) / expected.mean(axis=0)
    assert off.mean() < 0.03 and off.max() < 0.25


def test_no_light_is_made_or_lost(real):
    wanted = (real * row_solid_angles(HEIGHT)[:, None, None]).sum(axis=(0, 1))
    for number, level in sky_levels(whole(real)).items():
        light = (level[..., :3].astype(np.float64) * row_solid_angles(level.shape[0])[:, None, None]).sum(axis=(0, 1))
        assert light == pytest.approx(wanted, rel=0.02), number
