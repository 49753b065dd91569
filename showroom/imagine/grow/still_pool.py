"""Still pool: an oblong of water within a stone kerb, mirroring the sky; lilies on it."""

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.night_flowers import lily_pad, water_lily
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgba
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import box, grid_sheet
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

LEVEL_M = 0.002  # of the water
_KERB_M, _KERB_TOP_M = 0.3, 0.075


@dataclass(frozen=True)
class Basin:
    """Half its width, and where it begins and ends along z; z falls."""

    half_m: float
    near_z: float
    far_z: float

    def within(self, x: np.ndarray, z: np.ndarray, margin_m: float = 0.0) -> np.ndarray:
        """Metres inside the water's edge, less a margin; negative on land."""
        across = self.half_m - np.abs(x)
        along = np.minimum(self.near_z - z, z - self.far_z)
        return np.minimum(across, along) - margin_m


def still_pool(spec: SceneSpec, basin: Basin, white: np.ndarray, chance: Chance) -> Iterator[Geometry]:
    """Water, kerb, lily pads with a few lilies open, and blossoms that fell on the water."""
    surface = surface_of(spec, "water")
    sheet = grid_sheet(np.linspace(-basin.half_m - 0.06, basin.half_m + 0.06, 9),
                       np.linspace(basin.far_z - 0.06, basin.near_z + 0.06, 21),
                       lambda x, z: np.full_like(x, LEVEL_M), surface.scale_m)
    deep = Material("water", surface=worn(spec, "water"), base_color=rgba(0.5 * natural(surface.srgb, 0.008, 0.2)),
                    second_color=(0.5, 0.52, 0.5), roughness=0.06, normal_scale=0.25, ior=1.33, density_per_m=1.2)
    yield part("pool", sheet.shaded(flex=0.12, second=0.0), deep, casts_shadow=False)
    stone = Material(surface=worn(spec, "wall"), second_color=(0.05, 0.06, 0.045), clearcoat=0.2)
    yield part("kerb", _kerb(basin, surface_of(spec, "wall").scale_m, chance.child("kerb")), stone)
    yield from _lilies(basin, white, chance.child("lilies"))


def _kerb(basin: Basin, tile_m: float, chance: Chance) -> Mesh:
    """Cut stones along the four sides, each laid a little its own way, wet at the water."""
    stones = []
    long = basin.near_z - basin.far_z
    for side in (-1, 1):
        stones += _course(long + 2 * _KERB_M, tile_m, chance.child(f"long {side}"), (
            np.pi / 2, side * (basin.half_m + _KERB_M / 2), (basin.near_z + basin.far_z) / 2))
        end = basin.near_z + _KERB_M / 2 if side > 0 else basin.far_z - _KERB_M / 2
        stones += _course(2 * basin.half_m, tile_m, chance.child(f"end {side}"), (0.0, 0.0, end))
    mesh = merge(stones)
    x, y, z = mesh.positions.T
    wet = smoothstep(0.05, -0.02, -basin.within(x, z)) * smoothstep(_KERB_TOP_M, 0.01, y)
    return mesh.shaded(occlusion=0.35 + 0.65 * smoothstep(-0.02, 0.05, y), second=0.85 * np.maximum(
        wet, smoothstep(0.03, -0.02, y)))


def _course(long_m: float, tile_m: float, chance: Chance, laid: tuple[float, float, float]) -> list[Mesh]:
    """Stones of 0.6 to 1 m end to end along X, turned and moved as `laid` (yaw, x, z) says."""
    yaw, x, z = laid
    stones, at = [], -long_m / 2
    while at < long_m / 2 - 0.05:
        size = min(chance.uniform(0.62, 0.98), long_m / 2 - at)
        size = long_m / 2 - at if long_m / 2 - at - size < 0.35 else size
        stone = box(size - 0.012, _KERB_TOP_M + 0.3, _KERB_M - 0.006 + 0.012 * chance.uniform(), 0.016, tile_m, cuts=4)
        rough = 0.006 * fbm(stone.positions * 5 + chance.uniform(0, 50), 2, 3)
        stone = stone.displaced(rough).turned("x", 0.01 * chance.normal())
        stones.append(stone.moved(at + size / 2, -0.3 + 0.004 * chance.normal(), 0.006 * chance.normal()))
        at += size
    return [stone.turned("y", yaw).moved(x, 0.0, z) for stone in stones]


def _lilies(basin: Basin, white: np.ndarray, chance: Chance) -> Iterator[Geometry]:
    """Pads in two rafts that leave the middle free for the moon, a lily here and there among them."""
    def rafts(x, z):
        patchy = smoothstep(-0.1, 0.35, fbm(np.stack([x, z], -1) * 0.9, 2, 17))
        free = smoothstep(0.25, 0.7, np.abs(x + 0.1))
        return patchy * free * (basin.within(x, z, 0.16) > 0)

    points = blue_noise(chance, (-basin.half_m, basin.far_z), (basin.half_m, basin.near_z), 0.24, rafts, 40)
    count = len(points)
    at = np.stack([points[:, 0], np.full(count, LEVEL_M + 0.004), points[:, 1]], axis=1)
    leaf = Material(base_color=(0.022, 0.045, 0.02, 1.0), second_color=(0.07, 0.06, 0.035), roughness=0.45,
                    clearcoat=0.4)
    yield part("lily pads", lily_pad(chance), leaf,
               instances(at, bases(chance, count, 0.02), varied_sizes(chance, count, 0.24, 0.35),
                         varied_tints(chance, count, 0.04, 0.3)), casts_shadow=False)
    some = at[:: max(1, count // 7)] + np.array([0.05, 0.006, 0.03])
    petal = Material("foliage", base_color=rgba(white), second_color=(0.75, 0.5, 0.12), roughness=0.5,
                     translucency=0.5, sheen=0.3)
    yield part("water lilies", water_lily(chance), petal,
               instances(some, bases(chance, len(some), 0.12), varied_sizes(chance, len(some), 0.13),
                         varied_tints(chance, len(some), 0.01, 0.1)), casts_shadow=False, layer="heart")
