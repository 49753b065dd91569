"""Lavender field: spikes at both hands, rows that climb to a vanishing point, a stone house below a hill."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.crowns import crowns, spire
from showroom.imagine.grow.farmhouse import farmhouse
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.harvest import bales, hives, linen_line
from showroom.imagine.grow.hedge import crown_mesh
from showroom.imagine.grow.lavender_rows import bees, between_rows, bushes, height
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.shapes import graded, polar_sheet, tube
from showroom.imagine.grow.stones import cobble, sized, strewn
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SPOTS = ((-0.6, -2.0), (0.64, -2.75), (-0.62, -3.1), (0.62, -3.9), (-0.6, -4.4), (0.2, -5.2))  # in the lane
_PROP_XZ = (-0.5, -2.5)
_HOUSE_XZ = (-11.5, -44.0)
_OAKS = ((15.0, -38.0, 3.4), (26.0, -62.0, 3.6), (21.0, -66.0, 3.0), (34.0, -58.0, 4.0), (8.5, -74.0, 3.3),
         (-34.0, -50.0, 3.6), (-40.0, -42.0, 4.2), (-20.0, 15.0, 3.6), (9.0, 24.0, 4.0), (26.0, 10.0, 3.8))
_CYPRESSES = ((-9.3, 2.0, 9.5), (-10.9, 1.0, 7.6), (-12.0, 3.4, 8.4), (12.2, 3.0, 10.4), (13.9, -1.0, 7.8))
_LINEN = "#e9e5dc"
_VIOLET = "#6852ae"  # of the flower itself, which a perfume's colours may lean


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; the rows; what stands among them; house, trees and stones."""
    density, flower = flora_of(spec, "lavender")
    violet = blend(natural(_VIOLET), natural(flower), 0.12)
    yield _ground(spec, chance.child("ground"), detail)
    yield from centre(spec, "drum", chance, detail)
    yield from bushes(violet, density, chance.child("bushes"), detail)
    yield bees(chance.child("bushes"))
    yield from _house(spec, chance.child("house"))
    yield from _trees(spec, chance.child("trees"), detail)
    yield from _work(spec, chance.child("work"))
    yield from _stones(spec, chance.child("stones"), detail)
    yield _grass(spec, chance.child("grass"), detail)
    yield from guests(spec, ("lavender", "grass"), "lavender_field", height, chance.child("guests"), False,
                      _SPOTS, _PROP_XZ)


def _ground(spec: SceneSpec, chance: Chance, detail: float) -> Geometry:
    """Pale stony earth in the lanes, darker under the rows."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(graded(0.1, 110.0, int(30 + 26 * detail)), int(64 + 64 * detail), height, surface.scale_m)
    x, _, z = mesh.positions.T
    lane = between_rows(x, z)
    foot = 1 - 0.5 * np.exp(-((np.hypot(x, z + 1.05) / 0.33) ** 4))
    material = Material(surface="ground", second_color=rgb(natural(surface.srgb) * 0.45))
    return part("ground", mesh.shaded(occlusion=foot * (0.6 + 0.4 * lane), second=0.4 * (1 - lane)), material)


def _house(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """The house at the head of the rows, where they turn to."""
    x, z = _HOUSE_XZ
    y = float(height(np.array(x), np.array(z)))
    yield from farmhouse(spec, (x, y + 0.1, z), 0.32, chance)


def _trees(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Cypresses by the house, oaks at the field's edges."""
    x, z = _HOUSE_XZ
    spires, heads, trunks = [], [], []
    for index, (dx, dz, tall) in enumerate(_CYPRESSES):
        foot = float(height(np.array(x + dx), np.array(z + dz)))
        spires.append(spire(chance.child(f"cypress {index}"), tall, 0.21 * tall).moved(x + dx, foot, z + dz))
    for index, (tx, tz, size) in enumerate(_OAKS):
        foot = float(height(np.array(tx), np.array(tz)))
        draw = chance.child(f"oak {index}")
        crown = crown_mesh(draw, 1).scaled(size, 0.72 * size * draw.uniform(0.9, 1.15), size)
        heads.append(crown.moved(tx, foot + 1.12 * size, tz))
        trunks.append(tube(np.array([[tx, foot - 0.3, tz], [tx + 0.1, foot + size, tz]]), 0.09 * size, 6))
    yield from crowns("cypresses", spires, spec, np.array([0.03, 0.048, 0.024]), chance.child("cypress"),
                      int(1300 * detail), 0.5, False, sunk=0.1)
    yield from crowns("oaks", heads, spec, np.array([0.055, 0.075, 0.028]), chance.child("oak"),
                      int(1700 * detail), 0.75, False)
    yield part("trunks", merge(trunks), Material(base_color=(0.07, 0.055, 0.04, 1.0)), casts_shadow=False)


def _work(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """What the smell brings into the field: straw for hay, hives for honey, linen for what is clean."""
    things = {thing.name for thing in spec.things}
    clean = bool(things & {"cotton", "soap", "powder"}) or spec.accords.get("soapy", 0.0) > 0.4
    if clean:
        yield from linen_line(np.array([(2.35, -4.2), (5.4, -6.6), (8.6, -8.8)]), height, _LINEN,
                              chance.child("linen"))
    else:
        yield from hives(np.array([(2.0, -4.3), (2.05, -5.5), (1.95, -6.8), (1.8, -8.2)]), height,
                         chance.child("hives"))
    if things & {"hay", "tobacco", "tonka"}:
        yield bales(np.array([(-3.6, -9.5), (-7.9, -14.0), (4.6, -15.5), (9.4, -21.0), (-12.8, -22.0), (1.4, -27.0)]),
                    height, chance.child("bales"))


def _stones(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Limestone that the plough turned up, along the lanes."""
    points = blue_noise(chance, (-5, -9), (5, 3), 0.3, lambda x, z: smoothstep(0.3, 0.8, between_rows(x, z)),
                        int(110 * detail))
    points = clear_of_visitor(points, 0.4)
    material = Material(base_color=(0.36, 0.31, 0.23, 1.0), second_color=(0.14, 0.1, 0.07), roughness=0.95)
    yield from strewn("stones", [cobble(1, seed) for seed in range(2)], points,
                      sized(chance, len(points), 0.012, 0.07), height, material, chance.child("tilt"), 0.5)


def _grass(spec: SceneSpec, chance: Chance, detail: float) -> Geometry:
    """Dry blades that came up at the rows' edges."""
    density, srgb = flora_of(spec, "grass")

    def edges(x, z):
        lane = between_rows(x, z)
        patchy = smoothstep(-0.2, 0.4, fbm(np.stack([x, z], -1) * 0.9, 2, 8))
        return smoothstep(0.25, 0.5, lane) * smoothstep(1.0, 0.6, lane) * (0.2 + 0.8 * patchy)

    points = blue_noise(chance, (-6, -10), (6, 4), 0.2, edges, int((90 + 350 * density) * detail))
    points = clear_of_visitor(points, 0.45)
    x, z = points.T
    count = len(points)
    placed = instances(np.stack([x, height(x, z), z], 1), bases(chance, count, 0.2), varied_sizes(chance, count),
                       varied_tints(chance, count, 0.03, 0.25), chance.uniform(0, 1, count), 0.014)
    color = natural(srgb) * 0.8
    straw = Material("foliage", base_color=rgba(color), second_color=rgb(np.clip(color * 1.6, 0, 0.7)),
                     roughness=0.7, translucency=0.5)
    return part("grass", tuft(chance, 6, 0.2, 0.006, 0.05, 0.6, 3), straw, placed, casts_shadow=False)
