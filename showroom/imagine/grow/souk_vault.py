"""Souk vault: a covered alley. Pointed vaults of brick with slits for the sun, and a shop in every bay."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M
from showroom.imagine.grow.shapes import box, patch, polar_sheet
from showroom.imagine.grow.sunbeam import beam, sun_way
from showroom.imagine.grow.vault import pierced_wall, wall, weathered
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

HALF_M, SPRING_M, BAY_M, SHOP_M = 2.3, 2.75, 3.4, 1.15
FRONT_Z, BACK_Z = -15.3, 8.5
MIDDLES = tuple(6.8 - BAY_M * bay for bay in range(7))  # z of the bays' middles, from behind to ahead
_RADIUS = 1.32 * HALF_M  # of each of the two arcs that meet in a pointed arch
_LIT = 3                 # the bay whose opening lights the hero


def crown(x: np.ndarray, half_m: float = HALF_M) -> np.ndarray:
    """Height of the vault over x: two arcs from the springings that meet in a point."""
    radius = _RADIUS * half_m / HALF_M
    return SPRING_M + np.sqrt(np.maximum(radius ** 2 - (np.abs(x) + radius - half_m) ** 2, 0.0))


def opening(spec: SceneSpec) -> tuple[float, float, float, float]:
    """(x, z in its bay, half width, half depth) of the slits, so that one lets the sun fall on the hero."""
    way = sun_way(spec.sky)
    reach = (float(crown(np.array(0.1))) + 0.2 - TOP_M) / max(way[1], 0.3)
    x, z = PLACE_XZ[0] + way[0] * reach, PLACE_XZ[1] + way[2] * reach - MIDDLES[_LIT]
    morning = leaning.morning(spec)
    wide, deep = 0.42 + 0.5 * morning, 0.42 + 0.4 * morning
    furthest = BAY_M / 2 - 0.1 - deep
    return float(np.clip(x, -0.55, 0.55)), float(np.clip(z, -furthest, furthest)), wide, deep


def brick(spec: SceneSpec) -> Material:
    """The walls: brown from smoke and lamps, or limewashed where a morning has come in."""
    morning = leaning.morning(spec)
    tone = blend(np.array([0.95, 0.86, 0.8]), np.array([1.6, 2.4, 3.7]), morning)
    soot = blend(natural(surface_of(spec, "wall").srgb) * 0.35, np.array([0.34, 0.27, 0.2]), morning)
    return Material(surface=worn(spec, "wall"), base_color=rgba(tone), second_color=rgb(soot), roughness=0.95)


def vaults(spec: SceneSpec, seed: int) -> Iterator[Geometry]:
    """Vaults, ribs, shopfronts with their rooms, and what stands at both ends of the alley."""
    tile = surface_of(spec, "wall").scale_m
    pieces = []
    for middle in MIDDLES:
        pieces += [_barrel(opening(spec), tile).moved(z=middle), _rib(tile).moved(z=middle - BAY_M / 2)]
        pieces += [_shop(side, tile).moved(z=middle) for side in (-1, 1)]
    pieces.append(_rib(tile).moved(z=MIDDLES[0] + BAY_M / 2))
    pieces += [_gate(tile).moved(z=FRONT_Z), _gate(tile).turned("y", np.pi).moved(z=BACK_Z)]
    yield part("vaults", weathered(merge(pieces), seed), brick(spec))
    yield _ends(spec)


def _barrel(hole: tuple[float, float, float, float], tile: float) -> Mesh:
    """One bay of the vault about z = 0, seen from below, with a slit in it and the slit's sides."""
    x, z, wide, deep = hole
    even = np.sin(np.linspace(-np.pi / 2, np.pi / 2, 21)) * HALF_M
    xs = np.sort(np.concatenate([even[(even < x - wide - 0.06) | (even > x + wide + 0.06)],
                                 np.linspace(x - wide, x + wide, 3)]))
    zs = np.concatenate([np.linspace(-BAY_M / 2 - 0.02, z - deep, 4), np.linspace(z + deep, BAY_M / 2 + 0.02, 4)])
    gz, gx = np.meshgrid(zs, xs, indexing="ij")
    along = np.concatenate([[0], np.cumsum(np.hypot(np.diff(xs), np.diff(crown(xs))))])
    uv = np.stack(np.broadcast_arrays(along[None], gz), axis=-1) / tile
    mesh = patch(np.stack([gx, crown(gx), gz], axis=-1), uv)
    middle = mesh.positions[mesh.faces].mean(axis=1)
    cut = (np.abs(middle[:, 0] - x) < wide) & (np.abs(middle[:, 2] - z) < deep)
    mesh = make(mesh.positions, mesh.faces[~cut], mesh.uv)
    mesh = mesh if mesh.normals[:, 1].mean() < 0 else mesh.turned_inside_out()
    height = smoothstep(SPRING_M, float(crown(np.array(0.0))), mesh.positions[:, 1])
    sides = [wall(2 * size, 4.0, 5.6, tile, 2.0).turned("y", turn).moved(x + dx, 0.0, z + dz)
             for size, turn, dx, dz in ((wide, 0.0, 0.0, -deep), (wide, np.pi, 0.0, deep),
                                        (deep, np.pi / 2, -wide, 0.0), (deep, -np.pi / 2, wide, 0.0))]
    shaft = merge(sides)
    low = crown(shaft.positions[:, 0])
    shaft = make(np.column_stack([shaft.positions[:, 0], np.maximum(shaft.positions[:, 1], low - 0.01),
                                  shaft.positions[:, 2]]), shaft.faces, shaft.uv)
    return merge([mesh.shaded(occlusion=0.75 - 0.25 * height), shaft.shaded(occlusion=0.9)])


def _rib(tile: float) -> Mesh:
    """A pointed arch across the alley on two piers, about z = 0: its soffit and its two faces."""
    out, half = 0.24, 0.27
    turn = np.linspace(-1, 1, 33)
    inner = np.sign(turn) * np.abs(turn) ** 0.8 * (HALF_M - out)
    high = crown(inner, HALF_M - out) - 0.04
    line = np.concatenate([[[-HALF_M + out, -0.1]], [[-HALF_M + out, 1.4]], np.stack([inner, high], 1),
                           [[HALF_M - out, 1.4]], [[HALF_M - out, -0.1]]])
    over = line * np.array([1.0, 1.0]) + np.where(np.abs(line[:, :1]) > HALF_M - out - 1e-6,
                                                  np.sign(line[:, :1]) * [[out + 0.1, 0.0]], [[0.0, 0.45]])
    around = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    soffit = patch(np.stack([np.column_stack([line, np.full(len(line), z)]) for z in (-half, 0.0, half)]),
                   np.stack([np.stack([around, np.full(len(line), z)], 1) for z in (-half, 0.0, half)]) / tile)
    soffit = soffit if soffit.normals[len(line) // 2, 1] < 0 else soffit.turned_inside_out()
    pieces = [soffit]
    for z in (-half, half):
        rows = np.stack([np.column_stack([edge, np.full(len(line), z)]) for edge in (over, line)])
        face = patch(rows, rows[..., :2] * np.array([1.0, -1.0]) / tile)
        outward = face.normals[:, 2].mean() * z > 0
        pieces.append(face if outward else face.turned_inside_out())
    mesh = merge(pieces)
    return mesh.shaded(occlusion=0.92 - 0.25 * smoothstep(3.2, 4.6, mesh.positions[:, 1]))


def _shop(side: int, tile: float) -> Mesh:
    """An arched shopfront and the little room behind it, on one side of a bay about z = 0."""
    front = pierced_wall(BAY_M + 0.04, -0.1, SPRING_M + 0.3, 0.3, tile, (0.0, 2.3, -0.1, 1.42)).moved(z=-0.15)
    deep = SHOP_M + 0.3
    room = [wall(BAY_M - 0.3, -0.1, 2.9, tile).moved(z=-deep),
            wall(SHOP_M, -0.1, 2.9, tile).turned("y", np.pi / 2).moved(-BAY_M / 2 + 0.2, 0, -0.3 - SHOP_M / 2),
            wall(SHOP_M, -0.1, 2.9, tile).turned("y", -np.pi / 2).moved(BAY_M / 2 - 0.2, 0, -0.3 - SHOP_M / 2)]
    mesh = merge(room)
    depth = smoothstep(-0.2, -deep, mesh.positions[:, 2])
    ceiling = wall(BAY_M, -SHOP_M - 0.4, 0.0, tile).turned("x", np.pi / 2).moved(0, 2.85, 0.0)
    lid = wall(BAY_M, -0.1, 5.4, tile, 4.0).moved(z=-deep - 0.2)  # keeps the sun out of the seams
    both = merge([front, mesh.shaded(occlusion=0.62 - 0.3 * depth), ceiling.shaded(occlusion=0.3), lid])
    return both.turned("y", -side * np.pi / 2).moved(side * HALF_M, 0, 0)


def _gate(tile: float) -> Mesh:
    """The wall that ends the alley, with an arch to walk out by; seen from +Z."""
    return pierced_wall(2 * HALF_M + 0.4, -0.1, 5.4, 0.5, tile, (0.0, 2.9, -0.1, 2.0))


def _ends(spec: SceneSpec) -> Geometry:
    """Daylight beyond both gates: pale dust, and the fronts of houses across a square."""
    pieces = []
    for z, facing in ((FRONT_Z - 1.2, 0.0), (BACK_Z + 1.2, np.pi)):
        v, u = np.meshgrid(np.linspace(3.9, -0.05, 21), np.linspace(-2.2, 2.2, 25), indexing="ij")
        houses = v < 1.7 + 0.5 * np.floor(2.2 * fbm(np.floor(u[..., None] * 1.7), 1, 3)) * 0.6
        light = np.where(houses, 0.34 + 0.1 * fbm(np.stack([u * 3, v * 3], -1), 2, 5), 0.8)
        light = light * (0.55 + 0.45 * smoothstep(-0.05, 2.4, v))
        sheet = patch(np.stack([u, v, 0 * u], axis=-1)).shaded(opacity=light.reshape(-1))
        pieces.append(sheet.turned("y", facing).moved(z=z))
    morning = leaning.morning(spec)
    sun = natural(spec.sky.sun_srgb)
    color = blend(0.25 * sun + np.array([0.34, 0.42, 0.58]), 0.4 * sun + np.array([0.8, 0.9, 1.0]), morning)
    return part("daylight", merge(pieces), Material("glow", emission=rgb(color)), casts_shadow=False)


def beams(spec: SceneSpec) -> Iterator[Geometry]:
    """The sun through three of the slits, seen in the dust; the nearest falls on the hero."""
    x, z, wide, _ = opening(spec)
    way = sun_way(spec.sky)
    strength = 0.2 - 0.08 * leaning.morning(spec)
    for index, bay in enumerate((_LIT, _LIT + 1, _LIT + 2)):
        top = np.array([x, float(crown(np.array(x))) + 0.3, MIDDLES[bay] + z])
        foot = top - way * (top[1] / max(way[1], 0.3))
        yield beam(spec, tuple(top), tuple(foot), 0.75 * wide, 0.95 * wide, strength, 3, f"sunbeam {index}",
                   slices=8 if index == 0 else 0)


def floor(spec: SceneSpec, dark_at: list[tuple[float, float, float]], detail: float) -> Geometry:
    """Flags worn bright up the middle, dusted with spice; dark_at: (x, z, radius) of what stands there."""
    radii = np.concatenate([np.linspace(0, 1, int(30 + 26 * detail)) ** 1.4 * 6.0, [9.0, 13.0, 18.0]])
    mesh = polar_sheet(radii, int(48 + 44 * detail), lambda x, z: 0 * x, surface_of(spec, "ground").scale_m)
    x, _, z = mesh.positions.T
    dark = 0.6 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.27) ** 4))
    for at_x, at_z, radius in dark_at:
        dark = np.maximum(dark, 0.65 * np.exp(-((np.hypot(x - at_x, z - at_z) / (1.25 * radius)) ** 4)))
    dark = np.maximum(dark, 0.6 * smoothstep(1.0, 1.75, np.abs(x)))
    spilt = smoothstep(0.0, 0.5, fbm(np.stack([x, z], 1) * 1.7, 4, 11)) * np.exp(-((np.abs(x) - 0.85) / 0.3) ** 2)
    tone = blend(np.array([0.95, 0.88, 0.8]), np.array([1.35, 1.35, 1.35]), leaning.morning(spec))
    material = Material(surface="ground", base_color=rgba(tone), second_color=(0.5, 0.22, 0.04), roughness=0.9,
                        clearcoat=0.12)
    return part("floor", mesh.shaded(occlusion=1 - dark, second=0.4 * spilt), material)


def counters(spec: SceneSpec, steps: tuple[tuple[float, float, float], ...],
             lengths: list[tuple[float, float]]) -> Geometry:
    """Stepped stalls along both walls; steps: (inner x, outer x, height); lengths: (z middle, length)."""
    tile = surface_of(spec, "plinth").scale_m
    pieces = []
    for z, long in lengths:
        for side in (-1, 1):
            for inner, outer, high in steps:
                board = box(outer - inner, 0.035, long, 0.008, tile, 3).moved(side * (inner + outer) / 2,
                                                                             high - 0.035, z)
                riser = box(0.03, high - 0.03, long - 0.02, 0.004, tile, 2).moved(side * (inner + 0.03), 0.0, z)
                pieces += [board, riser.shaded(occlusion=0.45)]
            pieces += [box(outer - inner - 0.03, high - 0.035, 0.03, 0.004, tile).moved(
                side * ((inner + outer) / 2 + 0.015), 0.0, z + end * (long / 2 - 0.02))
                for inner, outer, high in steps for end in (-1, 1)]
    mesh = merge(pieces)
    y = mesh.positions[:, 1]
    shade = mesh.shade[:, 0] * (0.45 + 0.55 * smoothstep(0.0, 0.5, y))
    return part("counters", mesh.shaded(occlusion=shade),
                Material(surface="plinth", base_color=(0.95, 0.9, 0.85, 1.0), second_color=(0.06, 0.04, 0.03)))
