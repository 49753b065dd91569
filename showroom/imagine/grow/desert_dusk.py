"""Desert at dusk: rippled sand and a thorn tree that weeps amber, a lit tent, dunes behind dunes in dust.

What the smell leans to decides what stands there: resin and smoke is the bare sand, more amber, a fire;
fruit and honey is an oasis, date palms heavy with their bunches.
"""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire, oasis
from showroom.imagine.grow.acacia import HOOK, acacia
from showroom.imagine.grow.centre import centre, clear_of_visitor, flora_of, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.dunes import Sands
from showroom.imagine.grow.grass import tuft
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.lanterns import TALL_M, lanterns
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import graded, patch, polar_sheet
from showroom.imagine.grow.stones import cobble, sized, strewn
from showroom.imagine.grow.tent import tent
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_TENT, _TENT_YAW = (2.7, -7.2), -0.32
_CHAIN_M = 0.22
_GUESTS = ((-0.92, -2.5), (1.05, -2.35), (1.55, -0.95), (-0.6, -3.0), (1.95, -1.5), (1.3, -0.5))  # x, z
_FIRE = (1.18, -1.62)
_LAMPS = np.array([[0.95, -3.1], [1.35, -4.9], [3.3, -5.3]])


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; ripples and dunes; tree or oasis, tent, lanterns; grass, stones, veils."""
    green = leaning.oasis(spec) > 0.4
    sands = Sands(chance.child("land").integers(0, 1 << 20), (*_TENT, 3.0), oasis.POOL if green else None)
    yield _ground(spec, sands, detail)
    yield from centre(spec, "block", chance, detail)
    tile = surface_of(spec, "ground").scale_m
    yield part("ripples", sands.ripples(detail, tile), _sand(spec, 0.45), casts_shadow=False)
    yield part("dunes", sands.dune_mesh(detail, tile), _sand(spec, 1.25))
    if not green:
        yield from acacia(sands.plain, chance.child("acacia"), 64, detail)
    yield from tent(spec, sands.plain, chance.child("tent"), _TENT, _TENT_YAW, detail)
    yield from _lamps(sands, not green)
    if green:
        yield from oasis.oasis(sands, chance.child("oasis"), detail)
    else:
        yield from _fire(sands, chance.child("fire"))
    yield from _grass(spec, sands, chance.child("grass"), detail)
    yield from _stones(spec, sands, chance.child("stones"), detail)
    strangers = chance.child("guests")
    yield from guests(spec, ("grass",), "desert_dusk", sands.plain, strangers, False, _GUESTS)
    yield _veils(spec, sands, chance.child("veils"))


def _sand(spec: SceneSpec, second: float) -> Material:
    """The ground's sand; its second colour is `second` times as light."""
    color = natural(surface_of(spec, "ground").srgb)
    return Material(surface="ground", second_color=rgb(np.clip(color * second, 0, 0.7)), normal_scale=0.7)


def _ground(spec: SceneSpec, sands: Sands, detail: float) -> Geometry:
    """The plain, sunk a little where ripples are modelled on it."""

    def high(x, z):
        return sands.plain(x, z) - sands.below(x, z)

    mesh = polar_sheet(
        graded(0.12, 420.0, int(26 + 24 * detail)),
        int(52 + 44 * detail),
        high,
        surface_of(spec, "ground").scale_m,
    )
    return part("ground", mesh, _sand(spec, 0.6))


def _lamps(sands: Sands, hung: bool) -> Iterator[Geometry]:
    """Some stand on the way to the tent; one hangs from the tree, where there is one."""
    x, z = _LAMPS.T
    feet = np.stack([x, sands.plain(x, z) + 0.012, z], axis=1)
    if hung:
        feet = np.concatenate([[(HOOK[0], HOOK[1] - TALL_M - _CHAIN_M, HOOK[2])], feet])
    yield from lanterns(feet, 0.5, {0: _CHAIN_M} if hung else {}, "prop")


def _fire(sands: Sands, chance: Chance) -> Iterator[Geometry]:
    """A brazier of coals with resin melting on it, and its smoke."""
    x, z = _FIRE
    y = float(sands.plain(np.array([x]), np.array([z]))[0])
    brass = Material(surface="prop", base_color=(0.8, 0.7, 0.6, 1.0), metallic=1.0)
    ember = fire.light((x, y + 0.75, z), fire.EMBER, 0.8, 2.6, 0.4)
    yield part("brazier", fire.brazier(0.52, 0.21).moved(x, y, z), brass, lights=(ember,))
    lumps, skin = fire.coals(chance, 0.17, 16)
    yield part("coals", lumps.moved(x, y + 0.485, z), fire.charred())
    yield part("embers", skin.moved(x, y + 0.485, z), fire.burning(fire.COAL, 1.0), casts_shadow=False)
    yield part(
        "melting resin", fire.tears(chance, 0.17, 9).moved(x, y + 0.5, z), fire.resin(), casts_shadow=False
    )
    smoke = merge([fire.curl(seed, 1.9, 0.1).turned("y", 1.2 * seed) for seed in range(3)])
    yield part(
        "smoke",
        smoke.moved(x, y + 0.56, z),
        Material("shaft", emission=(0.3, 0.24, 0.24), density_per_m=1.0),
        casts_shadow=False,
    )


def _grass(spec: SceneSpec, sands: Sands, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Tussocks of dry grass, bleached, bowed down the wind, each in a little heap of sand it has caught."""
    density, srgb = flora_of(spec, "grass")
    straw = natural(srgb) * 0.95
    near = np.array(
        [
            [1.16, -0.82],
            [1.36, -1.12],
            [-1.05, -0.62],
            [-1.75, -2.4],
            [1.95, -2.3],
            [-2.3, -1.4],
            [0.75, -3.9],
        ]
    )
    wide = blue_noise(
        chance,
        (-16, -26),
        (16, 10),
        1.2,
        lambda x, z: smoothstep(0.0, 0.4, fbm(np.stack([x, z], -1) * 0.22, 2, 6)),
        int((90 + 600 * density) * detail),
    )
    wide = wide[np.hypot(wide[:, 0], wide[:, 1]) > 2.6]
    dry = Material(
        "foliage",
        base_color=rgba(straw * 0.7),
        second_color=rgb(np.clip(straw * 1.5, 0, 0.75)),
        roughness=0.8,
        translucency=0.55,
    )
    for name, points, mesh, flex in (
        ("grass", near, tuft(chance, 46, 0.62, 0.0042, 0.05, 0.75), 0.03),
        ("far grass", wide, tuft(chance, 13, 0.55, 0.014, 0.1, 0.9, rows=3), 0.02),
    ):
        x, z = points.T
        count = len(points)
        placed = instances(
            np.stack([x, sands.height(x, z) - 0.01, z], 1),
            bases(chance, count, 0.12),
            varied_sizes(chance, count, 1.0, 0.35),
            varied_tints(chance, count, 0.02, 0.25),
            chance.uniform(0, 1, count),
            flex,
        )
        yield part(name, mesh, dry, placed, casts_shadow=name == "grass")


def _stones(spec: SceneSpec, sands: Sands, chance: Chance, detail: float) -> Iterator[Geometry]:
    """A few wind-cut stones, half buried."""
    points = clear_of_visitor(blue_noise(chance, (-7, -9), (7, 4), 1.1, None, int(18 + 26 * detail)), 0.9)
    stone = Material(
        surface="plinth",
        base_color=(0.75, 0.7, 0.68, 1.0),
        second_color=rgb(natural(surface_of(spec, "ground").srgb)),
    )
    yield from strewn(
        "stones",
        [cobble(2, seed) for seed in range(2)],
        points,
        sized(chance, len(points), 0.02, 0.16),
        sands.height,
        stone,
        chance,
        0.6,
    )


def _veils(spec: SceneSpec, sands: Sands, chance: Chance) -> Geometry:
    """Sand that blows off the crests: curtains of lit dust that lean down the wind."""
    pieces = []
    for index, dune in enumerate(sands.dunes[:9]):
        z = np.linspace(dune.knots[0][1], dune.knots[-1][1], 46)
        x, tall = dune.crest(z)
        base = sands.plain(x, z) + tall
        t = np.linspace(0, 1, 7)[:, None]
        gust = smoothstep(-0.15, 0.45, fbm(z[:, None] * 0.16, 3, 60 + index))
        reach = (0.5 + 0.28 * tall) * (0.6 + 0.8 * gust)
        points = np.stack(
            np.broadcast_arrays(x + 1.5 * reach * t, base + reach * (0.05 + 0.75 * t**0.8), z), axis=-1
        )
        body = gust * smoothstep(0.25, 1.0, tall) * smoothstep(0.0, 0.1, t) * (1 - t) ** 1.5
        body = body * (0.6 + 0.6 * fbm(points * np.array([0.5, 2.0, 1.6]), 2, 70 + index))
        sheet = patch(points).shaded(opacity=np.clip(body, 0, 1).reshape(-1))
        pieces.append(sheet)
    color = linear(spec.sky.sun_srgb) * spec.sky.sun_strength * 0.5
    return part(
        "veils", merge(pieces), Material("shaft", emission=rgb(color), density_per_m=1.0), casts_shadow=False
    )
