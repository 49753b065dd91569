"""Library books: bound in leather with gilt bands on the shelves, lying in piles, open; letters and their ribbon."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow.centre import worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.library_room import CASE_M, CASES, bays, shelf_heights
from showroom.imagine.grow.mesh import Mesh, merge, turn
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, part, rgba
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, lathe, patch
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

GILT = (0.55, 0.36, 0.1)
PAPER = Material(base_color=(0.56, 0.49, 0.36, 1.0), second_color=(0.33, 0.25, 0.15), roughness=0.95)
_CALF = np.array([(0.20, 0.1, 0.045), (0.13, 0.06, 0.03), (0.13, 0.03, 0.022), (0.05, 0.065, 0.035),
                  (0.045, 0.048, 0.06), (0.25, 0.16, 0.08), (0.075, 0.04, 0.025), (0.34, 0.26, 0.15)])
_VELLUM = np.array([(0.46, 0.38, 0.26), (0.36, 0.26, 0.16), (0.24, 0.2, 0.22), (0.3, 0.31, 0.34), (0.5, 0.45, 0.36),
                    (0.22, 0.1, 0.06), (0.3, 0.22, 0.3), (0.2, 0.16, 0.1)])


def leathers(spec: SceneSpec) -> np.ndarray:
    """(8, 3) what is bound in: calf and morocco by the fire, vellum and pale calf among letters."""
    return blend(_CALF, _VELLUM, leaning.letters(spec))


def spine() -> Mesh:
    """A book as one sees it on a shelf: 1 thick, 1 tall, 1 deep, its rounded back to +Z, gilt across it."""
    high = np.array([1.0, 0.9, 0.84, 0.72, 0.2, 0.13, 0.0])
    gilt = np.array([0, 0.1, 0.9, 0, 0.0, 0.9, 0])
    across = np.array([-0.5, 0.0, 0.5])
    v, u = np.meshgrid(high, across, indexing="ij")
    band = 0.02 * (gilt > 0)[:, None]
    back = patch(np.stack([u, v, 0.5 + (0.07 + band) * (1 - (2 * u) ** 2)], axis=-1))
    back = back.shaded(second=np.repeat(gilt, 3), occlusion=np.repeat(0.55 + 0.45 * smoothstep(0.0, 0.12, high), 3))
    top = patch(np.array([[[-0.5, 0.97, -0.5], [0.5, 0.97, -0.5]], [[-0.5, 0.97, 0.5], [0.5, 0.97, 0.5]]]))
    sides = [patch(np.array([[[-0.5, 1, -0.5], [-0.5, 1, 0.5]], [[-0.5, 0, -0.5], [-0.5, 0, 0.5]]])),
             patch(np.array([[[0.5, 1, 0.5], [0.5, 1, -0.5]], [[0.5, 0, 0.5], [0.5, 0, -0.5]]]))]
    return merge([back, top.shaded(second=0.55, occlusion=0.5), *(side.shaded(occlusion=0.5) for side in sides)])


def shelved(spec: SceneSpec, chance: Chance, detail: float) -> Geometry:
    """Every shelf filled in runs of a kind, some volumes leaning, a gap here and there."""
    rows = [_row(chance.child(f"{case} {bay} {level}"), place, turned, at, width, high, gap, detail)
            for case, (x, z, length, turned) in enumerate(CASES) for place in ((x, z),)
            for bay, (at, width) in enumerate(zip(bays(length)[0], np.full(99, bays(length)[1])))
            for level, (high, gap) in enumerate(zip(shelf_heights(), np.diff(np.append(shelf_heights(), 3.12))))]
    positions, rotations, sizes, kinds, light = (np.concatenate(each) for each in zip(*rows))
    tints = leathers(spec)[kinds] * light[:, None] / 0.2
    leather = Material(base_color=(0.2, 0.2, 0.2, 1.0), second_color=GILT, roughness=0.5, clearcoat=0.12)
    return part("books", spine(), leather, instances(positions, rotations, sizes, tints), casts_shadow=False)


def _row(chance: Chance, place: tuple[float, float], turned: float, at: float, width: float, high: float, gap: float,
         detail: float) -> tuple[np.ndarray, ...]:
    """(positions, rotations, sizes, leathers, lightness) of the volumes on one shelf."""
    most = int(18 * (0.4 + 0.6 * detail))
    run = np.repeat(np.arange(6), 4)[:most] + chance.integers(0, 3, most) * (chance.uniform(0, 1, most) < 0.18)
    kind = chance.integers(0, 8, 9)[run]
    thick = (0.03 + 0.028 * chance.uniform(0, 1, 9))[run] * (1 + 0.12 * chance.normal(most)) * (18 / most)
    tall = (gap - 0.045) * (0.7 + 0.28 * chance.uniform(0, 1, 9))[run] * (1 + 0.02 * chance.normal(most))
    tall = np.clip(tall, 0.14, gap - 0.035)
    edge = np.concatenate([[0], np.cumsum(thick + 0.0015)])
    fits = edge[1:] < width - 0.07 - (0.12 * chance.uniform() if chance.uniform() < 0.3 else 0.0)
    x = at - width / 2 + 0.03 + (edge[:-1] + edge[1:]) / 2
    deep = 0.2 + 0.03 * chance.uniform(0, 1, most)
    z = CASE_M - 0.045 - 0.5 * deep - 0.02 * chance.uniform(0, 1, most)
    lean = np.where(np.arange(most) == fits.sum() - 1, 0.16 * (chance.uniform() < 0.5), 0.006 * chance.normal(most))
    c, s = np.cos(lean), np.sin(lean)
    tilt = np.zeros((most, 3, 3))
    tilt[:, 0, 0], tilt[:, 0, 1], tilt[:, 1, 0], tilt[:, 1, 1], tilt[:, 2, 2] = c, -s, s, c, 1.0
    world = turn("y", turned)
    local = np.stack([x, np.full(most, high + 0.001), z], axis=1) @ world.T + np.array([place[0], 0.0, place[1]])
    keep = fits & (thick > 0.005)
    sizes = np.stack([thick * 0.97, tall, deep], axis=1)
    return local[keep], (world @ tilt)[keep], sizes[keep], kind[keep], (0.75 + 0.5 * chance.uniform(0, 1, most))[keep]


def volume(wide: float, deep: float, thick: float) -> tuple[Mesh, Mesh]:
    """(cover, pages) of a book lying flat, its rounded spine to −X; shade b is the tooling's gold."""
    boards = [box(wide, 0.005, deep, 0.0018, 0.35).moved(0, foot, 0) for foot in (0.0, thick - 0.005)]
    inset = np.array([0.0, 0.011, 0.013, 0.019, 0.021])
    xs, zs = (np.concatenate([inset - half, np.linspace(0.026 - half, half - 0.026, 5), half - inset[::-1]])
              for half in (wide / 2 - 0.002, deep / 2 - 0.002))
    z, x = np.meshgrid(zs, xs, indexing="ij")
    sheet = patch(np.stack([x, np.full_like(x, thick + 0.0004), z], -1), np.stack([x, z], -1) / 0.35)
    edge = np.minimum(wide / 2 - np.abs(x), deep / 2 - np.abs(z))
    corner = np.hypot(np.abs(x) - wide / 2 + 0.045, np.abs(z) - deep / 2 + 0.045)
    tooled = np.maximum((edge > 0.0125) & (edge < 0.0215), smoothstep(0.02, 0.008, corner))
    boards.append(sheet.shaded(second=0.85 * tooled.reshape(-1)))
    v, a = np.meshgrid(np.linspace(-deep / 2, deep / 2, 16), np.linspace(-np.pi / 2, np.pi / 2, 6), indexing="ij")
    band = smoothstep(0.006, 0.003, np.abs((v / deep * 5) % 1.0 - 0.5) * deep / 5)
    out = 0.008 + 0.003 * band
    points = np.stack([-wide / 2 - np.cos(a) * out, thick / 2 + np.sin(a) * thick / 2, v], axis=-1)
    back = patch(points, np.stack([a * 0.02, v], -1) / 0.35)
    back = back if back.normals[:, 0].mean() < 0 else back.turned_inside_out()
    pages = box(wide - 0.012, thick - 0.01, deep - 0.012, 0.002, 0.4).moved(0.002, 0.005, 0)
    lines = np.sin(pages.positions[:, 1] * 2600) * (np.abs(pages.normals[:, 1]) < 0.5)
    return (merge([*boards, back.shaded(second=0.55 * band.reshape(-1))]),
            pages.shaded(occlusion=0.8, second=0.3 + 0.3 * lines))


def piles(spec: SceneSpec, spots: tuple[tuple[float, float, float, int], ...], chance: Chance) -> Iterator[Geometry]:
    """Books lying at x, y, z, so many one on another; two kinds of leather, and all their pages."""
    covers: list[list[Mesh]] = [[], []]
    pages = []
    for at, (x, y, z, count) in enumerate(spots):
        high = y
        for level in range(count):
            wide, deep, thick = chance.uniform(0.15, 0.2), chance.uniform(0.21, 0.28), chance.uniform(0.028, 0.055)
            cover, leaves = volume(wide - 0.008 * level, deep - 0.01 * level, thick)
            yaw = chance.uniform(-0.4, 0.4) + (0.5 if x < 0 else -0.6)
            shift = (x + 0.012 * chance.normal(), high, z + 0.012 * chance.normal())
            covers[(at + level) % 2].append(cover.turned("y", yaw).moved(*shift))
            pages.append(leaves.turned("y", yaw).moved(*shift))
            high += thick
    letters = leaning.letters(spec)
    tones = (blend(np.array([1.5, 1.1, 0.9]), np.array([2.6, 3.4, 4.4]), letters),
             blend(np.array([0.55, 0.75, 0.55]), np.array([1.3, 1.2, 1.2]), letters))
    for index, (cut, tone) in enumerate(zip(covers, tones)):
        yield part(f"bindings {index}", merge(cut), Material(surface=worn(spec, "prop"), base_color=rgba(tone),
                                                             second_color=GILT, roughness=0.85, clearcoat=0.15))
    yield part("pages", merge([*pages, *(leaf for leaf in _open(spec))]), PAPER)


def _open(spec: SceneSpec) -> Iterator[Mesh]:
    """A book open at the visitor's right hand: two pages that swell from the gutter, lines of print."""
    v, u = np.meshgrid(np.linspace(-1, 1, 60), np.linspace(-1, 1, 49), indexing="ij")
    away = np.abs(u)
    y = 0.012 + 0.03 * np.sin(np.pi * np.clip(away * 1.05, 0, 1)) ** 0.8 * (1 - 0.35 * away) + 0.004 * (away > 0.03)
    mesh = patch(np.stack([u * 0.17, y, v * 0.125], axis=-1))
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    words = fbm(np.stack([u * 30, np.floor(v * 15) * 7.1], -1), 1, 5) > -0.25
    printed = (np.abs((v * 15) % 1.0 - 0.5) < 0.28) & words & (away > 0.14) & (away < 0.86) & (np.abs(v) < 0.82)
    gutter = 0.35 + 0.65 * smoothstep(0.0, 0.14, away)
    yield (mesh.shaded(second=np.where(printed, 0.85, 0.0).reshape(-1), occlusion=gutter.reshape(-1))
           .turned("y", -0.55).moved(1.02, 0.765, -1.18))


def letters(spec: SceneSpec, spots: tuple[tuple[float, float, float], ...], top_m: float,
            chance: Chance) -> Iterator[Geometry]:
    """Sheets written on and folded, in loose drifts at x, z, reach; a bundle tied with ribbon, its seal of wax."""
    sheets = []
    for x, z, reach in spots:
        for index in range(7):
            v, u = np.meshgrid(np.linspace(-1, 1, 27), np.linspace(-1, 1, 19), indexing="ij")
            curl = 0.004 * u ** 2 + 0.006 * np.abs(v) ** 3 * (index % 2) + 0.0012 * index
            sheet = patch(np.stack([u * 0.07, 0.002 + curl, v * 0.1], axis=-1))
            sheet = sheet if sheet.normals[:, 1].mean() > 0 else sheet.turned_inside_out()
            hand = fbm(np.stack([u * 16, np.floor(v * 12) * 5.3 + index], -1), 2, index)
            ink = (np.abs((v * 12) % 1.0 - 0.5 + 0.3 * hand) < 0.17) & (np.abs(u) < 0.78) & (np.abs(v) < 0.85)
            written = sheet.shaded(second=np.where(ink, 0.9, 0.0).reshape(-1))
            sheets.append(written.turned("y", chance.uniform(-0.9, 0.9)).moved(
                x + reach * chance.normal() * 0.5, top_m + 0.002, z + reach * chance.normal() * 0.6))
    for index in range(9):
        note = box(0.15, 0.004, 0.1, 0.001, 0.4).turned("y", 0.3 + 0.05 * chance.normal())
        sheets.append(note.moved(spots[0][0] + 0.16, top_m + 0.0045 * index, spots[0][1] - 0.1))
    paper = Material(base_color=(0.66, 0.6, 0.48, 1.0), second_color=(0.1, 0.08, 0.1), roughness=0.95)
    yield part("letters", merge(sheets), paper)
    high = top_m + 0.044
    seal = lathe(np.array([(0.0, 0.004), (0.008, 0.005), (0.013, 0.003), (0.015, 0.0)]), 16)
    seal = seal.displaced(0.0012 * fbm(seal.positions * 200, 2, 3))
    ribbon = [box(0.155, 0.001, 0.012, 0.0004), box(0.012, 0.001, 0.106, 0.0004)]
    tied = merge([*(strip.moved(0, -0.0005, 0) for strip in ribbon), seal]).turned("y", 0.3)
    yield part("seal", tied.moved(spots[0][0] + 0.16, high - 0.003, spots[0][1] - 0.1),
               Material(base_color=(0.3, 0.02, 0.02, 1.0), roughness=0.35, clearcoat=0.4))
