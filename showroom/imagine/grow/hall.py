"""Hall: the showroom itself, a dome of ice over a dark floor, with twelve lit plinths round the visitor."""

from typing import Iterator, Sequence

import numpy as np

from showroom.imagine.grow.bottle import outline
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.dome import dome_meshes, frost_mesh
from showroom.imagine.grow.hero import hero_parts
from showroom.imagine.grow.mesh import Mesh, merge, unit
from showroom.imagine.grow.noise import fbm, ridged, smoothstep
from showroom.imagine.grow.part import part, rgb, triple
from showroom.imagine.grow.plinth import TOP_M, plinth_mesh
from showroom.imagine.grow.scatter import bases, facing, instances, one
from showroom.imagine.grow.shapes import lathe, loft, patch, polar_sheet, tube
from showroom.srgb import linear
from showroom.words.geometry import CAUSTIC, Geometry, Light, Material
from showroom.words.hall import PLINTHS, plinth_position
from showroom.words.product import Product
from showroom.words.scenespec import SceneSpec

RADIUS_M, LAMP_M = 7.0, 1.96
_SEED = 20_26
_LAMP = np.array([1.0, 0.56, 0.24])  # 2,700 K, a little of its red held back
_HERO_DETAIL = 0.45


def grow_hall(products: Sequence[tuple[Product, SceneSpec]], detail: float = 1.0) -> Iterator[Geometry]:
    """Floor, plinths, heroes (with their product's id), dome, lamps, frost; product 0 straight ahead."""
    chance = Chance(_SEED, "hall")
    shown = list(zip(products, map(_place, range(PLINTHS))))
    places = [place for _, place in shown]
    yield from _floor(detail)
    yield from _plinths(places, chance, detail)
    for index, ((product, spec), (x, z, yaw)) in enumerate(shown):
        yield from hero_parts(spec.hero, one((x, TOP_M, z), yaw), _HERO_DETAIL * detail, product.id,
                              f"hero{index}")
    yield from _gathered(shown)
    yield from _dome(chance)
    if shown:
        yield from _lamps(places, np.array([spec.hero.height_m for (_, spec), _ in shown]))
    yield from _frost(chance, detail)


def _place(index: int) -> tuple[float, float, float]:
    """(x, z, yaw) of a plinth on the ring, its front to the middle."""
    x, _, z = plinth_position(index)
    return x, z, -2 * np.pi * index / PLINTHS


def _floor(detail: float) -> Iterator[Geometry]:
    """Polished stone with rings of brass let in, frosted towards the wall."""
    radii = np.linspace(0, RADIUS_M + 0.2, int(30 + 30 * detail))
    mesh = polar_sheet(radii, int(72 + 72 * detail), lambda x, z: np.zeros_like(x), 1.0)
    x, z = mesh.positions[:, 0], mesh.positions[:, 2]
    reach = np.hypot(x, z)
    flat = np.stack([x, z], 1)
    edge = reach + 0.45 * fbm(flat * 1.3, 4, 7) + 0.5 * ridged(flat * 2.2, 3, 19)
    frost = smoothstep(4.7, 6.7, edge) * (0.55 + 0.45 * ridged(flat * 4.0, 3, 11))
    material = Material("polished", surface="ground", base_color=(0.9, 0.95, 1.0, 1.0),
                        second_color=(0.56, 0.63, 0.7), roughness=0.5, normal_scale=0.15)
    shade = 1 - 0.45 * np.exp(-(np.abs(reach - RADIUS_M) / 0.35))
    yield part("floor", mesh.shaded(occlusion=shade, second=frost), material, casts_shadow=False)
    rings = [lathe(np.array([(near, 0.0014), (near + 0.011, 0.0014)])[::-1], 120)
             for near in (1.02, 2.2, 2.24)]
    inlay = merge([ring if ring.normals[:, 1].mean() > 0 else ring.turned_inside_out() for ring in rings])
    yield part("inlay", inlay, _brass(), casts_shadow=False)


def _plinths(places, chance: Chance, detail: float) -> Iterator[Geometry]:
    """All plinths as instances of one: dark stone, a band of brass let in under the top."""
    mesh = plinth_mesh("slab", chance.child("plinth"), 0.4 * detail, 0.5)
    positions = np.array([(x, 0.0, z) for x, z, _ in places]).reshape(-1, 3)
    turned = bases(chance, len(places), 0.0, yaw_rad=np.array([yaw for *_, yaw in places]))
    material = Material(surface="plinth", base_color=(0.85, 0.95, 1.1, 1), second_color=(0.45, 0.55, 0.62),
                        roughness=0.5, clearcoat=0.7)
    placed = instances(positions, turned)
    yield part("plinths", mesh, material, placed)
    band = np.array([(0.1165, 0.9825), (0.1195, 0.981), (0.1195, 0.973), (0.1165, 0.9715)])
    yield part("bands", loft(outline(14.0, 32), band), _brass(), placed, casts_shadow=False)


def _brass() -> Material:
    return Material(base_color=(0.55, 0.36, 0.16, 1.0), metallic=1.0, roughness=0.32)


def _gathered(shown) -> Iterator[Geometry]:
    """The lamp's light, gathered by each bottle in its liquid's colour on the stone it stands on."""
    bottles = [(index, product.id, place, spec.hero) for index, ((product, spec), place) in enumerate(shown)
               if spec.hero.kind == "bottle"]
    if not bottles:
        return
    reach = np.linspace(1, 0, 12)
    v, a = np.meshgrid(reach, np.linspace(0, 2 * np.pi, 33), indexing="ij")
    disc = patch(np.stack([np.sin(a) * v, np.zeros_like(v), np.cos(a) * v], axis=-1))
    disc = disc if disc.normals[:, 1].mean() > 0 else disc.turned_inside_out()
    x, _, z = disc.positions.T
    far = np.hypot(x, z - 0.12)
    ray = 0.6 + 0.4 * np.cos(np.arctan2(x, z) * 7 + 1.3 * np.sin(np.arctan2(x, z) * 3))
    light = (np.clip(1 - np.hypot(x, z), 0, 1) ** 1.4) * (0.35 + 0.65 * smoothstep(0.85, 0.3, far) * ray)
    tints = np.array([np.clip(linear(hero.liquid_srgb), 0.02, 1.0) for *_, hero in bottles])
    tints = np.clip(tints / np.maximum(tints.max(axis=1, keepdims=True), 0.05), 0.03, 1.0)
    sheet, glow = disc.shaded(opacity=light), Material("glow", emission=rgb(_LAMP * 0.5 + 0.2))
    for (index, product_id, (x, z, yaw), _), tint in zip(bottles, tints):
        turned = bases(Chance(_SEED, "gathered"), 1, 0.0, yaw_rad=np.array([yaw]))
        placed = instances(np.array([(x, TOP_M + 0.0012, z)]), turned, 0.105, tint[None])
        yield part(f"hero{index}{CAUSTIC}", sheet, glow, placed, casts_shadow=False, product_id=product_id)


def _ice(drinks: float, ior: float = 1.45, smooth: bool = True, **more) -> Material:
    """Clear ice: it bends what lies beyond, drinks the red of it, and hides it where it is frosted."""
    return Material(base_color=(0.56, 0.78, 0.92, 1.0), second_color=(0.62, 0.72, 0.82), ior=ior,
                    density_per_m=drinks, roughness=0.4 if smooth else 1.0, clearcoat=float(smooth), **more)


def _dome(chance: Chance) -> Iterator[Geometry]:
    """The vault; a few bare bulbs' worth of light, for its facets to glint with; its edges' cold light."""
    glints = tuple(Light((float(x), LAMP_M, float(z)), rgb(_LAMP * 0.28), 11.0) for x, z in
                   ((0.0, -1.6), (1.6, 0.0), (0.0, 1.6), (-1.6, 0.0)))
    blocks, edges = dome_meshes(RADIUS_M, chance.child("dome"))
    yield part("dome", blocks, _ice(1.2, surface="wall", normal_scale=0.35), casts_shadow=False,
               lights=glints)
    yield part("edges", edges, _ice(0.1, 1.04, False, emission=(0.12, 0.2, 0.3)), casts_shadow=False)


def _lamps(places, tall_m: np.ndarray) -> Iterator[Geometry]:
    """A small brass pendant over each plinth, hung higher over what is tall: cord, shade, disc, light."""
    cord = tube(np.array([[0, 0.1, 0], [0, 2.2, 0], [0, RADIUS_M - LAMP_M - 0.4, 0]]), 0.0035, 5)
    shade = lathe(np.array([(0.0, 0.135), (0.014, 0.132), (0.02, 0.11), (0.024, 0.08), (0.06, 0.03),
                            (0.066, 0.0)]), 20)
    inner = shade.turned_inside_out().scaled(0.96, 0.98, 0.96)
    disc = lathe(np.array([(0.0, 0.012), (0.03, 0.016), (0.05, 0.022)]), 20).turned_inside_out()
    foot = np.array([(x, TOP_M, z) for x, z, _ in places])
    high = np.maximum(LAMP_M, TOP_M + tall_m + 0.52)
    positions = np.column_stack([foot[:, 0] * 0.9, high, foot[:, 2] * 0.9])
    way = unit(foot - positions)
    strength = 7.0 * np.where(tall_m > 0.3, 0.34, 1.0)  # what is tall reaches up to its lamp
    lights = tuple(Light(triple(at - [0, 0.08, 0]), rgb(_LAMP * much), 4.5, 0.02, triple(down), 0.89)
                   for at, down, much in zip(positions, way, strength))
    placed = instances(positions)
    yield part("lamps", merge([shade, inner]), _brass(), placed, casts_shadow=False, lights=lights)
    yield part("cords", cord, Material(base_color=(0.012, 0.012, 0.014, 1.0)), placed, casts_shadow=False)
    # opaque, not a glow: the floor mirrors it
    bulb = Material(base_color=(0.02, 0.02, 0.02, 1.0), emission=rgb(_LAMP * 9))
    yield part("lamp discs", disc, bulb, placed, casts_shadow=False)
    turned = facing(np.cross(way, np.cross(np.array([0.0, 0.0, 1.0]), way)), -way)
    long = (high - TOP_M)[:, None] * np.array([[0.7, 1.0, 0.7]])
    yield part("lamplight", _cone(), Material("shaft", emission=rgb(_LAMP * 0.042 + 0.006),
                                              density_per_m=1.0),
               instances(positions, turned, long), casts_shadow=False)
    yield _dust(positions, way, Chance(_SEED, "dust"))


def _dust(lamps: np.ndarray, way: np.ndarray, chance: Chance) -> Geometry:
    """Ice dust that glitters in the lamps' light: motes of 2 to 5 mm, turned to the middle of the hall."""
    count = 26
    along = 0.06 + 0.9 * chance.uniform(0, 1, (len(lamps), count))
    aside = (0.06 + 0.3 * along)[..., None] * 0.5 * chance.normal((len(lamps), count, 3))
    at = (lamps[:, None] + way[:, None] * along[..., None] + aside).reshape(-1, 3)
    eye = np.array([0.0, 1.55, 0.0]) - at
    bright = chance.uniform(0.15, 1.0, (len(at), 1)) ** 2 * (1.2 - along.reshape(-1, 1))
    speck = patch(np.array([[[-0.5, 0.5, 0], [0.5, 0.5, 0]], [[-0.5, -0.5, 0], [0.5, -0.5, 0]]]))
    placed = instances(at, facing(eye, np.tile(np.array([0.0, 1.0, 0.0]), (len(at), 1))),
                       chance.uniform(0.0018, 0.0042, len(at)), np.clip(bright, 0.05, 1) * np.ones(3),
                       chance.uniform(0, 1, len(at)), 0.12)
    return part("dust", speck.shaded(flex=1.0), Material("glow", emission=rgb(_LAMP * 2.6 + 0.4)), placed,
                casts_shadow=False)


def _cone() -> Mesh:
    """A lamp's light in the fine ice of the air, 1 m from the shade down to the hero; shade a is its body."""
    pieces = []
    v, u = np.meshgrid(np.linspace(0, 1, 13), np.linspace(-1, 1, 11), indexing="ij")
    for index in range(4):
        turn = np.pi * index / 4
        wide, down = (0.07 + 0.36 * v) * u, -0.01 - 1.1 * v
        sheet = patch(np.stack([np.sin(turn) * wide, down, np.cos(turn) * wide], axis=-1))
        body = np.clip(1 - u * u, 0, 1) ** 2 * (1 - v) ** 1.2 * smoothstep(0.0, 0.05, v)
        pieces.append(sheet.shaded(opacity=body.reshape(-1)))
    return merge(pieces)


def _frost(chance: Chance, detail: float) -> Iterator[Geometry]:
    """Druses of ice at the foot of the wall, each about a tall point of its own, and banked rime."""
    draw = chance.child("frost")
    at, up, tall = [], [], []
    for angle in np.cumsum(draw.uniform(0.32, 0.86, 10)) + 0.3:
        centre = np.array([np.sin(angle), 0.0, -np.cos(angle)]) * draw.uniform(6.25, 6.6)
        great, count = draw.uniform(0.55, 1.5), int((6 + 6 * detail) * draw.uniform(0.7, 1.3))
        away = draw.uniform(0, 2 * np.pi, count)
        reach = np.sqrt(draw.uniform(0, 1, count)) * (0.2 + 0.36 * great)
        out = np.stack([np.sin(away), np.zeros(count), np.cos(away)], axis=1)
        at.append(centre + out * reach[:, None] - np.array([0.0, 0.03, 0.0]))
        up.append(np.array([0.0, 1.0, 0.0]) + out * (0.9 * reach)[:, None] + 0.12 * draw.normal((count, 3)))
        tall.append(great * (1.05 - 0.8 * reach / reach.max()) * draw.uniform(0.6, 1.1, count))
    positions, upright, tall = np.concatenate(at), np.concatenate(up), np.concatenate(tall)
    sizes = np.stack([0.27 * tall ** 0.75, tall, 0.27 * tall ** 0.75], axis=1) + 0.015
    turned = bases(draw, len(tall), 0.1, upright)
    for kind in range(3):
        own = slice(kind, None, 3)
        yield part(f"frost {kind}", _crystal(draw), _ice(0.35, 1.28),
                   instances(positions[own], turned[own], sizes[own]),
                   casts_shadow=False)
    snow = Material(base_color=(0.62, 0.7, 0.78, 1.0), roughness=0.8, translucency=0.3)
    yield part("rim", frost_mesh(RADIUS_M, draw), snow, casts_shadow=False)


def _crystal(chance: Chance) -> Mesh:
    """A six-sided point, 1 m before it is sized: faces of unlike width, a leaning tip, rime at its foot."""
    turn = np.arange(7) * np.pi / 3 + 0.16 * np.append(chance.normal(6), 0.0)
    turn[6] = turn[0] + 2 * np.pi
    wide = 1 + 0.16 * np.append(chance.normal(6), 0.0)
    ring = np.stack([np.sin(turn), np.cos(turn)], axis=1) * wide[:, None]
    ring[6] = ring[0]
    shape = loft(ring, np.array([(0.0, 1.0), (0.09, 0.93), (0.33, 0.74), (0.38, 0.42), (0.42, 0.0)]))
    x, y, z = shape.positions.T
    lean = 0.12 * chance.normal(2) * smoothstep(0.7, 1.0, y)[:, None]
    sheared = 0.05 * chance.normal() * np.cos(3 * np.arctan2(x, z)) * (y > 0.6) * (y < 0.9)
    shape = shape.displaced(np.stack([lean[:, 0], sheared, lean[:, 1]], axis=1)).faceted()
    y = shape.positions[:, 1]
    rime = 0.95 * smoothstep(0.34, 0.04, y + 0.25 * fbm(shape.positions * 5, 2, 9))
    return shape.shaded(second=rime, occlusion=0.25 + 0.5 * smoothstep(0, 0.7, y))
