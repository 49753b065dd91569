"""Library table: what lies at the visitor's hands. Rolled hides; pipe, tobacco and a decanter; pens and ink."""

from dataclasses import replace
from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.library_furniture import BRASS, leather
from showroom.imagine.grow.library_room import wood
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import box, curve, lathe, patch, tube
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec


def table(spec: SceneSpec, x: float, z: float, wide: float, deep: float, top_m: float) -> Geometry:
    """A low bookcase without books: a top, four turned legs, a shelf below."""
    tile = 6.0 * surface_of(spec, "wall").scale_m  # so large that no joint of the painted boards shows
    leg = lathe(curve(np.array([(0.03, top_m - 0.04), (0.035, 0.62), (0.02, 0.56), (0.034, 0.5), (0.028, 0.3),
                                (0.022, 0.24), (0.034, 0.18), (0.02, 0.0)]), 20), 14, tile)
    pieces = [box(wide, 0.035, deep, 0.012, tile, 6).moved(x, top_m - 0.035, z),
              box(wide - 0.1, 0.09, deep - 0.1, 0.008, tile, 2).moved(x, top_m - 0.125, z),
              box(wide - 0.1, 0.025, deep - 0.1, 0.008, tile, 2).moved(x, 0.2, z)]
    pieces += [leg.moved(x + side * (wide / 2 - 0.07), 0, z + end * (deep / 2 - 0.07)) for side in (-1, 1)
               for end in (-1, 1)]
    mesh = merge(pieces)
    return part("table", mesh.shaded(occlusion=0.5 + 0.5 * smoothstep(0.0, 0.4, mesh.positions[:, 1])), wood(spec))


def hides(spec: SceneSpec, spots: tuple[tuple[float, float, float, float, float], ...]) -> Iterator[Geometry]:
    """Rolls of hide at x, y, z, turn, radius: smooth without, raw within, a corner hanging open."""
    rolls, raw = [], []
    for index, (x, y, z, turned_to, radius) in enumerate(spots):
        outer, inner = _roll(radius, 0.62, index)
        rolls.append(outer.turned("y", turned_to).moved(x, y, z))
        raw.append(inner.turned("y", turned_to).moved(x, y, z))
    skin = leather(spec)
    yield part("hides", merge(rolls), replace(skin, normal_scale=0.4 * skin.normal_scale))  # thinner than a chair's
    pale = natural("#b08a62") * (1 + 0.5 * leaning.letters(spec))
    yield part("hide insides", merge(raw), Material(base_color=(*rgb(pale), 1.0), second_color=rgb(pale * 0.5),
                                                    roughness=1.0, sheen=0.5))


def _roll(radius: float, long: float, seed: int) -> tuple[Mesh, Mesh]:
    """(grain side, flesh side) of a hide rolled along X, lying on y = 0; its free edge ripples on the table."""
    t = np.linspace(0, 1, 60)
    angle = -5.6 * np.pi * (1 - t) - np.pi
    reach = radius * (0.42 + 0.58 * t)
    cy, cz = radius + np.cos(angle) * -reach * -1, np.sin(angle) * reach
    tail = np.linspace(0, 1, 14)[1:]
    line_y = np.concatenate([cy, 0.004 + 0.006 * np.sin(tail * 9)])
    line_z = np.concatenate([cz, cz[-1] + tail * radius * 1.9])
    line_y = np.maximum(line_y - line_y[59] * smoothstep(0.93, 1.0, np.append(t, np.ones(13))) * (np.arange(73) < 60),
                        0.003)
    u, _ = np.meshgrid(np.linspace(-0.5, 0.5, 17), line_y, indexing="xy")
    wave = 0.008 * fbm(np.stack([u * 9, np.broadcast_to(np.arange(73.0)[:, None] * 0.12, u.shape)], -1), 2, seed)
    x = u * long + 0.04 * wave / 0.008 * (np.abs(u) > 0.45)
    points = np.stack([x, line_y[:, None] + np.abs(wave), np.broadcast_to(line_z[:, None], u.shape)], axis=-1)
    sheet = patch(points, np.stack([u * long, np.broadcast_to(np.arange(73.0)[:, None] * 0.012, u.shape)], -1) / 0.5)
    middle = sheet.positions - np.array([0.0, radius, 0.0])
    outward = np.mean(np.sum(sheet.normals[40 * 17:58 * 17] * middle[40 * 17:58 * 17], axis=1)) > 0
    grain, flesh = (sheet, sheet.turned_inside_out()) if outward else (sheet.turned_inside_out(), sheet)
    thin = Mesh(flesh.positions + 0.0022 * flesh.normals, flesh.normals, flesh.uv, flesh.shade, flesh.faces)
    return grain, thin.shaded(occlusion=0.75, second=0.3)


def smoking(spec: SceneSpec, x: float, z: float, top_m: float, chance: Chance) -> Iterator[Geometry]:
    """A box of cigars, a pipe that still smokes, cut tobacco in a dish, a decanter: by the fireside only."""
    if leaning.letters(spec) > 0.5:
        return
    lid = box(0.24, 0.012, 0.17, 0.004, 0.6, 2).turned("x", -1.9).moved(x, top_m + 0.055, z - 0.085)
    yield part("cigar box", merge([box(0.24, 0.05, 0.17, 0.004, 0.6, 2).moved(x, top_m, z), lid]), wood(spec))
    cigar = lathe(curve(np.array([(0.0, 0.072), (0.006, 0.069), (0.0085, 0.055), (0.009, 0.0), (0.0085, -0.066),
                                  (0.007, -0.068), (0.0, -0.067)]), 14), 10).turned("x", np.pi / 2)
    band = np.abs(cigar.positions[:, 2] - 0.03) < 0.011
    rolled = cigar.displaced(0.0004 * fbm(cigar.positions * 220, 2, 3)).shaded(second=band)
    at = np.array([(x - 0.095 + 0.0187 * (index % 11), top_m + 0.054 + 0.016 * (index // 11), z)
                   for index in range(19)])
    yield part("cigars", rolled, Material(base_color=(0.13, 0.06, 0.025, 1.0), second_color=(0.45, 0.06, 0.03),
                                          roughness=0.75),
               instances(at, bases(chance, 19, 0.0, None, 0.02 * chance.normal(19)), 1.0,
                         varied_tints(chance, 19, 0.01, 0.2)))
    yield from _tobacco(chance, x + 0.06, z + 0.3, top_m)
    yield from _pipe(x + 0.23, z + 0.16, top_m)
    yield from _decanter(x + 0.08, z - 0.3, top_m)


def _tobacco(chance: Chance, x: float, z: float, top_m: float) -> Iterator[Geometry]:
    """Cut tobacco heaped on a brass dish: a tangle of brown and gold ribbons."""
    dish = turned(((0.0, 0.008), (0.08, 0.012), (0.105, 0.024), (0.11, 0.024), (0.105, 0.016), (0.07, 0.0),
                   (0.0, 0.0)),
                  1.0, 18, 28)
    yield part("tobacco dish", dish.moved(x, top_m, z), BRASS)
    count = 420
    reach, away = 0.088 * np.sqrt(chance.uniform(0, 1, count)), chance.uniform(0, 6.3, count)
    heaped = 0.04 * (1 - (reach / 0.09) ** 2) * chance.uniform(0.2, 1, count)
    at = np.stack([x + np.sin(away) * reach, top_m + 0.02 + heaped, z + np.cos(away) * reach], axis=1)
    v, u = np.meshgrid(np.linspace(-1, 1, 5), np.array([-1.0, 1.0]), indexing="ij")
    shred = patch(np.stack([u * 0.0011, 0.005 * np.sin(2.6 * v), 0.02 * v], axis=-1))
    both = merge([shred, shred.turned_inside_out()])
    yield part("tobacco", both, Material(base_color=(0.2, 0.1, 0.035, 1.0), roughness=0.85),
               instances(at, bases(chance, count, 0.7), varied_sizes(chance, count, 1.0, 0.3),
                         varied_tints(chance, count, 0.02, 0.45)), casts_shadow=False)


def _pipe(x: float, z: float, top_m: float) -> Iterator[Geometry]:
    """A briar pipe leaning on its bowl, and the last of its smoke."""
    bowl = turned(((0.0, 0.012), (0.011, 0.014), (0.0115, 0.048), (0.018, 0.05), (0.021, 0.044), (0.022, 0.02),
                   (0.013, 0.001), (0.0, 0.0)), 1.0, 24, 22)
    stem = tube(curve(np.array([[0.012, 0.012, 0], [0.05, 0.02, 0], [0.1, 0.034, 0], [0.15, 0.03, 0]]), 16),
                np.linspace(0.0075, 0.004, 16), 10)
    briar = merge([bowl, stem]).turned("y", 0.7).moved(x, top_m, z)
    yield part("pipe", briar.shaded(second=briar.positions[:, 0] > x + 0.075),
               Material(base_color=(0.16, 0.05, 0.02, 1.0), second_color=(0.008, 0.007, 0.007), roughness=0.25,
                        clearcoat=0.8))
    curl = fire.curl(3, 0.85, 0.05).turned("y", np.arctan2(-x, -z)).moved(x, top_m + 0.05, z)
    yield part("pipe smoke", curl, Material("shaft", emission=(0.3, 0.27, 0.24), density_per_m=1.0),
               casts_shadow=False)


def _decanter(x: float, z: float, top_m: float) -> Iterator[Geometry]:
    """A cut decanter two thirds full of something amber, its stopper, and two tumblers on a tray."""
    rows = curve(np.array([(0.03, 0.235), (0.018, 0.225), (0.016, 0.17), (0.03, 0.155), (0.062, 0.13), (0.066, 0.02),
                           (0.06, 0.0), (0.0, 0.001)]), 26)
    stopper = lathe(curve(np.array([(0.0, 0.285), (0.02, 0.275), (0.024, 0.255), (0.012, 0.236), (0.013, 0.22),
                                    (0.0, 0.215)]), 14), 12)
    tumbler = lathe(np.array([(0.034, 0.09), (0.032, 0.012), (0.03, 0.0), (0.0, 0.0)]), 20)
    glass = merge([lathe(np.maximum(rows, 0), 12).faceted(), stopper.faceted(), tumbler.moved(0.12, 0, 0.03),
                   tumbler.moved(0.09, 0, -0.08)])
    liquor = lathe(np.array([(0.0, 0.1), (0.057, 0.099), (0.06, 0.02), (0.054, 0.008), (0.0, 0.008)]), 20)
    dram = lathe(np.array([(0.0, 0.035), (0.029, 0.035), (0.028, 0.013), (0.0, 0.012)]), 16)
    yield part("liquor", merge([liquor, dram.moved(0.12, 0, 0.03)]).moved(x, top_m + 0.006, z),
               Material(base_color=(0.42, 0.15, 0.02, 1.0), roughness=0.1, clearcoat=1.0, translucency=0.6,
                        emission=(0.05, 0.016, 0.001)))
    yield part("decanter", glass.moved(x, top_m + 0.006, z),
               Material("glass", base_color=(0.95, 0.96, 0.95, 1.0), roughness=0.03, ior=1.3, density_per_m=3.0),
               casts_shadow=False)
    tray = turned(((0.0, 0.004), (0.2, 0.005), (0.22, 0.018), (0.225, 0.016), (0.21, 0.0), (0.0, 0.0)), 1.0, 16, 36)
    yield part("tray", tray.moved(x + 0.05, top_m, z - 0.01), BRASS)


def pens(spec: SceneSpec, x: float, z: float, top_m: float) -> Iterator[Geometry]:
    """An inkwell of glass and brass with two quills; a candlestick beside it."""
    well = turned(((0.0, 0.02), (0.018, 0.022), (0.02, 0.045), (0.026, 0.05), (0.034, 0.04), (0.042, 0.012),
                   (0.044, 0.0), (0.0, 0.0)), 1.0, 22, 20)
    stick = turned(((0.012, 0.21), (0.018, 0.215), (0.024, 0.205), (0.01, 0.18), (0.016, 0.14), (0.009, 0.1),
                    (0.012, 0.05), (0.05, 0.02), (0.055, 0.0), (0.0, 0.0)), 1.0, 30, 20)
    yield part("inkwell", merge([well.moved(x, top_m, z), stick.moved(x + 0.26, top_m, z - 0.34)]), BRASS)
    vanes = []
    for turned_to, lean in ((0.4, 0.5), (2.5, 0.62)):
        v, u = np.meshgrid(np.linspace(0, 1, 22), np.linspace(-1, 1, 7), indexing="ij")
        half = 0.02 * smoothstep(0.28, 0.42, v) * smoothstep(1.02, 0.8, v) + 0.0012
        barbs = 1 + 0.12 * np.sin(v * 90) * (np.abs(u) > 0.8)
        vane = patch(np.stack([u * half * barbs, 0.26 * v, 0.07 * v ** 2 + 0.2 * half * np.abs(u)], axis=-1))
        both = merge([vane, vane.turned_inside_out()])
        both = both.shaded(second=np.tile((np.abs(u) < 0.1).reshape(-1), 2))
        vanes.append(both.turned("x", lean).turned("y", turned_to).moved(x, top_m + 0.035, z))
    yield part("quills", merge(vanes), Material(base_color=(0.6, 0.56, 0.5, 1.0), second_color=(0.4, 0.3, 0.18),
                                                roughness=0.8, translucency=0.3))
    candle = lathe(np.array([(0.0, 0.13), (0.0085, 0.132), (0.01, 0.12), (0.011, 0.0)]), 12)
    light = fire.light((x + 0.26, top_m + 0.4, z - 0.34), fire.FLAME, 0.35 + 0.35 * leaning.letters(spec), 2.2, 0.6)
    yield part("candle", candle.moved(x + 0.26, top_m + 0.205, z - 0.34), fire.wax(), lights=(light,))
    yield part("candle flame", fire.flame(0.04), fire.burning(fire.FLAME, 7.0),
               instances(np.array([(x + 0.26, top_m + 0.338, z - 0.34)]), flex_m=0.003), casts_shadow=False)
