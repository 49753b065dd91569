"""Hall: the showroom itself, a dome of ice over a dark floor, with twelve lit plinths round the visitor."""

from typing import Iterator, Sequence

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.dome import dome_mesh, frost_mesh
from showroom.imagine.grow.hero import hero_parts
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb, triple
from showroom.imagine.grow.plinth import TOP_M, plinth_mesh
from showroom.imagine.grow.scatter import bases, instances, one
from showroom.imagine.grow.shapes import lathe, polar_sheet, tube
from showroom.words.geometry import Geometry, Light, Material
from showroom.words.hall import PLINTHS, plinth_position
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec

RADIUS_M, LAMP_M = 7.0, 2.35
_SEED = 20_26
_LAMP = np.array([1.0, 0.56, 0.24])  # 2,700 K, a little of its red held back
_HERO_DETAIL = 0.45


def grow_hall(products: Sequence[tuple[Product, SceneSpec]], detail: float = 1.0) -> Iterator[Geometry]:
    """Floor, plinths, heroes (with their product's id), dome, lamps, frost; product 0 straight ahead."""
    chance = Chance(_SEED, "hall")
    places = [_place(index) for index in range(min(len(products), PLINTHS))]
    yield _floor(detail)
    yield _plinths(places, chance, detail)
    for index, ((product, spec), (x, z, yaw)) in enumerate(zip(products, places)):
        yield from hero_parts(spec.hero, one((x, TOP_M, z), yaw), _HERO_DETAIL * detail, product.id,
                              f"hero{index}")
    yield _dome(chance, detail)
    yield from _lamps(places)
    yield from _frost(chance, detail)


def _place(index: int) -> tuple[float, float, float]:
    """(x, z, yaw) of a plinth on the ring, its front to the middle."""
    x, _, z = plinth_position(index)
    return x, z, -2 * np.pi * index / PLINTHS


def _floor(detail: float) -> Geometry:
    """Polished stone, frosted towards the wall and darker round each foot."""
    radii = np.linspace(0, RADIUS_M + 0.2, int(30 + 30 * detail))
    mesh = polar_sheet(radii, int(72 + 72 * detail), lambda x, z: np.zeros_like(x), 1.0)
    x, z = mesh.positions[:, 0], mesh.positions[:, 2]
    reach = np.hypot(x, z)
    edge = reach + 0.5 * fbm(np.stack([x, z], 1) * 1.3, 4, 7)
    frost = smoothstep(5.0, 6.6, edge) * (0.65 + 0.35 * fbm(np.stack([x, z], 1) * 4.0, 3, 11))
    material = Material("polished", surface="ground", base_color=(0.9, 0.95, 1.0, 1.0),
                        second_color=(0.50, 0.57, 0.64),
                        roughness=0.5, normal_scale=0.15)
    shade = 1 - 0.45 * np.exp(-(np.abs(reach - RADIUS_M) / 0.35))
    return part("floor", mesh.shaded(occlusion=shade, second=frost), material, casts_shadow=False)


def _plinths(places, chance: Chance, detail: float) -> Geometry:
    """All plinths as instances of one, each with a lamp over it."""
    mesh = plinth_mesh("slab", chance.child("plinth"), 0.4 * detail, 0.8)
    positions = np.array([(x, 0.0, z) for x, z, _ in places]).reshape(-1, 3)
    turned = bases(chance, len(places), 0.0, yaw_rad=np.array([yaw for *_, yaw in places]))
    lights = tuple(Light((float(x * 0.9), LAMP_M - 0.1, float(z * 0.9)), rgb(_LAMP * 7.0), 4.0,
                         0.02, _aim(x, z), 0.86) for x, z, _ in places)
    material = Material(surface="plinth", base_color=(1, 1, 1, 1), second_color=(0.45, 0.55, 0.62),
                        roughness=0.5,
                        clearcoat=0.7)
    return part("plinths", mesh, material, instances(positions, turned), lights=lights)


def _aim(x: float, z: float) -> tuple[float, float, float]:
    """From the lamp, a little nearer the visitor than the plinth, down to the hero's foot."""
    way = np.array([x * 0.1, TOP_M - (LAMP_M - 0.1), z * 0.1])
    return triple(way / np.linalg.norm(way))


def _dome(chance: Chance, detail: float) -> Geometry:
    material = Material(surface="wall", base_color=(0.85, 0.93, 1.0, 1.0), second_color=(0.86, 0.93, 1.0),
                        roughness=0.4,
                        emission=(0.012, 0.022, 0.04), translucency=0.6, clearcoat=1.0, normal_scale=0.6)
    return part("dome", dome_mesh(RADIUS_M, chance.child("dome")), material, casts_shadow=False)


def _lamps(places) -> Iterator[Geometry]:
    """A small brass pendant over each plinth: cord, shade, and the glowing disc inside it."""
    cord = tube(np.array([[0, 0.1, 0], [0, 1.2, 0], [0, RADIUS_M - LAMP_M - 0.4, 0]]), 0.003, 5)
    shade = lathe(np.array([(0.0, 0.135), (0.014, 0.132), (0.02, 0.11), (0.024, 0.08), (0.06, 0.03),
                            (0.066, 0.0)]), 20)
    inner = shade.turned_inside_out().scaled(0.96, 0.98, 0.96)
    disc = lathe(np.array([(0.0, 0.012), (0.03, 0.016), (0.05, 0.022)]), 20).turned_inside_out()
    positions = np.array([(x * 0.9, LAMP_M, z * 0.9) for x, z, _ in places]).reshape(-1, 3)
    brass = Material(base_color=(0.55, 0.36, 0.16, 1.0), metallic=1.0, roughness=0.32)
    glow = Material("glow", base_color=(1, 1, 1, 1), emission=rgb(_LAMP * 5))
    placed = instances(positions)
    yield part("lamps", merge([cord, shade, inner]), brass, placed, casts_shadow=False)
    yield part("lamp glow", disc, glow, placed, casts_shadow=False)


def _frost(chance: Chance, detail: float) -> Iterator[Geometry]:
    """Crystals grown out of the foot of the wall, in clusters about a few tall ones, and their rime."""
    draw = chance.child("frost")
    count = int(160 + 240 * detail)
    angle = draw.uniform(0, 2 * np.pi, count)
    cluster = smoothstep(-0.25, 0.2, fbm(np.stack([np.cos(angle), np.sin(angle)], 1) * 3.4, 2, 5))
    reach = RADIUS_M - 0.05 - draw.uniform(0, 1, count) ** 2 * (0.3 + 0.9 * cluster)
    positions = np.stack([np.sin(angle) * reach, np.full(count, -0.02), -np.cos(angle) * reach], axis=1)
    lean = draw.uniform(0.0, 0.6, count)
    inward = np.stack([-np.sin(angle) * lean, np.ones(count), np.cos(angle) * lean], axis=1)
    tall = (0.1 + 1.15 * cluster * draw.uniform(0, 1, count) ** 2.2) * smoothstep(RADIUS_M - 1.6,
        RADIUS_M - 0.3, reach)
    sizes = np.stack([0.27 * tall ** 0.6, tall, 0.27 * tall ** 0.6], axis=1) + 0.02
    ice = Material(base_color=(0.55, 0.7, 0.82, 1.0), second_color=(0.82, 0.9, 0.96), roughness=0.16,
                   clearcoat=1.0,
                   translucency=0.7, emission=(0.004, 0.008, 0.014))
    yield part("frost", _crystal(), ice, instances(positions, bases(draw, count, 0.35, inward), sizes),
               casts_shadow=False)
    yield part("rim", frost_mesh(RADIUS_M, draw), ice, casts_shadow=False)


def _crystal() -> Mesh:
    """A six-sided point, its edge bright; 1 m tall before it is sized."""
    ring = lathe(np.array([(0.0, 1.0), (0.30, 0.78), (0.42, 0.0)]), 6).faceted()
    return ring.shaded(second=smoothstep(0.4, 1.0, ring.positions[:, 1]),
                       occlusion=0.45 + 0.55 * smoothstep(0, 0.6, ring.positions[:, 1]))
