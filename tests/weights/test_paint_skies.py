"""Skies light what they surround: no seam, whole poles, the spec's colours at the right radiance."""

import dataclasses

import numpy as np
import pytest
import torch
from paint_specs import spec_of, under

from showroom.imagine.paint import PAINTERS, colour, paint

SKIES = sorted(name for name in PAINTERS if name.startswith("sky_"))
MEAN = {  # luminance of the upper half, from and to
    "sky_sea": (0.3, 1.0),
    "sky_grove": (0.3, 1.0),
    "sky_fields": (0.3, 1.0),
    "sky_mountains": (0.18, 1.0),
    "sky_terraces": (0.25, 1.0),
    "sky_garden": (0.25, 1.0),
    "sky_dunes": (0.1, 0.6),
    "sky_lagoon": (0.25, 1.0),
    "sky_forest": (0.05, 0.5),
    "sky_interior_patisserie": (0.08, 0.5),
    "sky_interior_temple": (0.015, 0.12),
    "sky_interior_souk": (0.03, 0.4),
    "sky_interior_library": (0.01, 0.15),
    "sky_moonlit": (0.01, 0.12),
    "sky_undergrowth": (0.05, 0.5),
    "sky_city": (0.015, 0.12),
    "sky_hall": (0.02, 0.15),
}


def radiance(spec, height=128) -> np.ndarray:
    return paint(spec, "sky", height).sky[..., :3].astype(np.float32)


def luminance(sky: np.ndarray) -> np.ndarray:
    return sky @ np.array([0.2126, 0.7152, 0.0722], np.float32)


def upper_mean(sky: np.ndarray) -> float:
    """Mean luminance above the horizon, each row by its solid angle."""
    rows = sky.shape[0]
    weight = np.sin((np.arange(rows // 2) + 0.5) / rows * np.pi)
    return float((luminance(sky)[: rows // 2].mean(axis=1) * weight).sum() / weight.sum())


@pytest.mark.parametrize("painter", SKIES)
def test_a_sky_is_whole(painter):
    painted = paint(under(painter), "sky", 128)
    assert painted.sky.shape == (128, 256, 4) and painted.sky.dtype == np.float16
    assert painted.color is None and painted.detail is None
    sky = painted.sky[..., :3].astype(np.float32)
    assert np.isfinite(sky).all() and sky.min() > 0.0 and sky.max() < 20.0
    inside = np.abs(np.diff(sky, axis=1)).mean(axis=(0, 2))
    assert np.abs(sky[:, 0] - sky[:, -1]).mean() <= 1.1 * inside.max()
    for pole in (0, -1):  # the ring round a pole is one place: it cannot change from column to column
        assert np.abs(np.diff(sky[pole], axis=0)).mean() <= 0.03 * sky[pole].mean()


@pytest.mark.parametrize("painter", SKIES)
def test_its_light_is_of_the_hour(painter):
    low, high = MEAN[painter]
    assert low <= upper_mean(radiance(under(painter))) <= high


@pytest.mark.parametrize("painter", ["sky_interior_temple", "sky_interior_patisserie"])
def test_rooms_have_bright_windows_toward_the_sun(painter):
    spec = under(painter)
    sky = luminance(radiance(spec))
    assert 2.0 <= sky.max() <= 8.0
    columns = (np.argwhere(sky > 1.6)[:, 1] + 0.5) / sky.shape[1] * 2.0 * np.pi - np.pi
    azimuth = np.degrees(np.arctan2(np.sin(columns).mean(), np.cos(columns).mean()))
    assert abs((azimuth - spec.sky.sun_azimuth_deg + 180.0) % 360.0 - 180.0) <= 8.0


def test_the_glow_is_where_the_sun_is():
    spec = spec_of("seashore")
    for azimuth in (-120.0, 45.0):
        bare = dataclasses.replace(spec.sky, sun_azimuth_deg=azimuth, cloud=0.0)
        sky = luminance(radiance(dataclasses.replace(spec, sky=bare)))
        row, column = np.unravel_index(sky.argmax(), sky.shape)
        assert abs((column + 0.5) / 256 * 360.0 - 180.0 - azimuth) <= 6.0
        assert abs(90.0 - (row + 0.5) / 128 * 180.0 - spec.sky.sun_elevation_deg) <= 6.0


def test_the_specs_colours_are_the_skys():
    spec = spec_of("seashore")
    sky = dataclasses.replace(
        spec.sky, zenith_srgb="#203f90", horizon_srgb="#d8c0a0", sun_strength=0.0, cloud=0.0
    )
    painted = torch.tensor(radiance(dataclasses.replace(spec, sky=sky)))
    zenith = colour.oklab(painted[0].mean(dim=0))
    assert torch.linalg.norm(zenith - colour.oklab(colour.parse("#203f90"))) < 0.12
    level = painted[58].mean(dim=0)  # 8° up
    assert level[0] > level[2]


def test_coarse_sky_is_the_fine_one_blurred():
    for painter in SKIES:
        fine, coarse = radiance(under(painter), 256), radiance(under(painter), 64)
        small = fine.reshape(64, 4, 128, 4, 3).mean(axis=(1, 3))
        assert np.abs(small - coarse).mean() <= 0.10 * small.mean(), painter


def test_same_seed_same_sky():
    for painter in ("sky_sea", "sky_forest", "sky_city"):
        assert radiance(under(painter)).tobytes() == radiance(under(painter)).tobytes()
