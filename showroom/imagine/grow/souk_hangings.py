"""Souk hangings: pierced lanterns on chains, lengths of dyed cloth, sails against the sun, strings of pods."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import circle, curve, lathe, patch, rock, tube
from showroom.imagine.grow.souk_spices import brass_of
from showroom.imagine.grow.souk_vault import BAY_M, HALF_M, MIDDLES, crown
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

AMBER = np.array([1.0, 0.52, 0.16])
_LANTERNS = (  # x, height of the body's middle, z, size
    (-0.98, 2.42, -1.95, 1.0), (1.05, 2.28, -2.3, 0.85), (-1.25, 2.75, -3.4, 1.15), (0.72, 2.95, -4.3, 1.25),
    (-0.6, 2.7, -5.9, 1.1), (1.2, 2.6, -6.6, 1.0), (-1.1, 2.75, -8.2, 1.2), (0.75, 2.8, -9.4, 1.1),
    (-0.4, 2.85, -11.4, 1.2), (1.0, 2.7, -12.8, 1.0), (-1.05, 2.5, 1.2, 1.0), (1.1, 2.7, 2.6, 1.15),
    (-0.8, 2.8, 4.4, 1.1), (0.7, 2.7, 6.4, 1.0), (1.5, 2.0, -1.1, 0.7), (-1.55, 2.05, -0.75, 0.65),
)
_PROFILE = np.array([(0.012, 0.24), (0.03, 0.225), (0.035, 0.2), (0.075, 0.16), (0.105, 0.1), (0.115, 0.03),
                     (0.1, -0.05), (0.07, -0.11), (0.035, -0.15), (0.012, -0.165)])
_DYES = {True: ("#d7b04a", "#e8ddc4", "#8fa05a"), False: ("#a3291c", "#c4761f", "#5e1d2a")}


def lanterns(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Onion-shaped, of brass ribs and amber glass; those nearest give light, the others only shine."""
    at = np.array([spot[:3] for spot in _LANTERNS])
    size = np.array([spot[3] for spot in _LANTERNS])
    count, morning = len(at), leaning.morning(spec)
    power = 1.0 - 0.72 * morning
    strength = (2.3, 1.7, 2.0, 2.2, 2.0, 1.8, 2.0, 2.0, 2.2, 0.0, 2.4, 2.0, 1.9, 0.0, 0.9, 0.9)
    lights = tuple(fire.light(tuple(spot - np.array([0, 0.05, 0])), AMBER, power * each, 4.6, 0.1)
                   for spot, each in zip(at, strength) if each)
    lights += (fire.light((-0.4, 1.75, -0.5), AMBER + np.array([0.0, 0.15, 0.2]), 0.5, 1.9, 0.05),)  # for the hero
    turned_to, phases = bases(chance, count), chance.uniform(0, 1, count)
    placed = instances(at, turned_to, size, phases=phases, flex_m=0.02)
    yield part("lanterns", _cage(), brass_of(spec), placed, casts_shadow=False, lights=lights)
    colors = np.array([[1.0, 0.5, 0.12], [1.0, 0.62, 0.24], [1.0, 0.3, 0.06], [0.9, 0.72, 0.3]])
    tints = colors[chance.integers(0, 4, count)]
    panes = instances(at, turned_to, size, tints, phases, 0.02)
    yield part("lantern glass", _panes(), Material("glow", emission=rgb(np.full(3, 2.6 * power + 0.25))), panes,
               casts_shadow=False)
    shines = instances(at - np.array([0, 0.02, 0]), None, size, phases=phases)
    yield part("lantern shine", fire.halo(0.34), fire.shine(AMBER, 0.2 * power), shines, casts_shadow=False)


def _sway(mesh: Mesh, top_m: float = 1.9) -> Mesh:
    """What hangs sways about where it hangs from."""
    return mesh.shaded(flex=np.clip((top_m - mesh.positions[:, 1]) / (top_m + 0.2), 0, 1))


def _cage() -> Mesh:
    """Eight ribs, hoops between them, a pierced cap, a drop below, and the chain."""
    pieces = []
    outline = curve(_PROFILE, 10)
    for rib in range(8):
        turn = np.pi * rib / 4
        path = np.stack([np.sin(turn) * outline[:, 0] * 1.02, outline[:, 1], np.cos(turn) * outline[:, 0] * 1.02], 1)
        pieces.append(tube(path, 0.0042, 3, 0.4))
    ring = circle(14)
    for high, radius in ((0.158, 0.077), (0.1, 0.106), (0.03, 0.116), (-0.06, 0.097)):
        hoop = np.stack([ring[:, 0] * radius, np.full(15, high), ring[:, 1] * radius], axis=1)
        pieces.append(tube(hoop, 0.0035, 3, 0.4, closed=False))
    cap = lathe(curve(np.array([(0.0, 0.34), (0.012, 0.33), (0.006, 0.3), (0.03, 0.27), (0.045, 0.225), (0.08, 0.165),
                                (0.088, 0.155)]), 9), 12, 0.4)
    drop = lathe(curve(np.array([(0.035, -0.145), (0.03, -0.165), (0.012, -0.18), (0.016, -0.2), (0.0, -0.24)]), 6), 7)
    chain = np.stack([np.zeros(9), np.linspace(0.33, 1.9, 9), np.zeros(9)], axis=1)
    pieces += [cap, drop, tube(chain, 0.003, 3)]
    return _sway(merge(pieces))


def _panes() -> Mesh:
    """The glass between the ribs, brightest before the flame, pierced in rows."""
    mesh = lathe(curve(_PROFILE, 12) * np.array([0.96, 1.0]), 24)
    x, y, z = mesh.positions.T
    angle = np.arctan2(x, z)
    rib = np.abs((angle / (np.pi / 4)) % 1.0 - 0.5) * 2
    pierced = 0.55 + 0.45 * np.cos(12 * angle) * np.cos(y * 90)
    flame = np.exp(-((y + 0.01) / 0.075) ** 2)
    return _sway(mesh.shaded(opacity=np.clip((0.25 + 0.75 * flame) * (1 - 0.4 * rib ** 4) * pierced, 0.05, 1)))


def cloths(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Lengths across the alley that sag from wall to wall, and others hung to be seen beside the piers."""
    morning = leaning.morning(spec)
    fresh = morning > 0.5
    lengths: list[list[Mesh]] = [[], [], []]
    swags = [(z, (3.05 if fresh else 3.35) + (0.12 if fresh else 0.35) * (index % 3), 0.5 + 0.12 * (index % 2), index)
             for index, z in enumerate((-2.75, -4.3, -6.2, -7.6, -9.6, -11.0, -12.9, 1.0, 3.0, 4.6, 6.4))]
    for z, high, wide, index in swags:
        deep = 0.75 + 0.3 * chance.uniform()
        lengths[(index + 1) % 3].append(_swag(chance.child(f"swag {index}"), high, wide * (1.5 if fresh else 1.0),
                                              deep * (0.7 if fresh else 1.0)).moved(z=z))
    for index, (side, z) in enumerate(((-1, -1.7), (1, -1.7), (-1, -5.1), (1, -5.1), (-1, -8.5), (1, -8.5), (-1, 1.7),
                                       (1, 1.7), (1, 5.1), (-1, 5.1))):
        hung = _hung(chance.child(f"hung {index}"), 0.5, 1.35).turned("y", -side * np.pi / 2)
        lengths[index % 3].append(hung.moved(side * (HALF_M - 0.3), 2.62, z))
    for index, (dye, cut) in enumerate(zip(_DYES[fresh], lengths)):
        yield _dyed(spec, f"cloth {index}", dye, merge(cut))


def _dyed(spec: SceneSpec, name: str, dye: str, mesh: Mesh) -> Geometry:
    undyed = linear(spec.surfaces["drape"].srgb) if worn(spec, "drape") else np.ones(3)
    tone = linear(dye) / np.maximum(undyed, 0.05)
    material = Material("opaque", surface=worn(spec, "drape"), base_color=(*rgb(np.clip(tone, 0.0, 1.6)), 1.0),
                        second_color=(0.62, 0.4, 0.12), translucency=0.55, sheen=0.5, roughness=0.95)
    back = mesh.turned_inside_out()
    return part(name, merge([mesh, back]), material, instances(np.zeros((1, 3)), flex_m=0.05))


def _swag(chance: Chance, high_m: float, wide_m: float, sag_m: float) -> Mesh:
    """A length of cloth slung across the alley over x, sagging, its folds gathered where it is tied."""
    u, v = np.meshgrid(np.linspace(-1, 1, 25), np.linspace(-1, 1, 11), indexing="xy")
    half = HALF_M - 0.05
    gather = 0.3 + 0.7 * smoothstep(1.0, 0.55, np.abs(u))
    fold = 0.05 * np.sin(7 * v + 2.5 * chance.uniform() + 0.7 * np.sin(2 * u)) * (1.2 - gather)
    wave = 0.06 * fbm(np.stack([u * 2.0, v * 1.2], -1), 2, chance.integers(0, 999))
    y = high_m - sag_m * (1 - u ** 2) + fold + wave - 0.09 * (1 - v ** 2) * gather
    points = np.stack([u * half, y, v * wide_m * gather * 0.75], axis=-1)
    mesh = patch(points, np.stack([u * half, v * wide_m], axis=-1) / 0.6)
    hem = smoothstep(0.86, 0.9, np.abs(v)) * smoothstep(0.98, 0.96, np.abs(v))
    return mesh.shaded(second=0.75 * hem.reshape(-1), flex=(1 - u ** 2).reshape(-1),
                       occlusion=(0.78 + 0.22 * np.clip(fold / 0.03, -1, 1)).reshape(-1))


def _hung(chance: Chance, wide_m: float, tall_m: float) -> Mesh:
    """A shawl hung from a rail at the origin, facing +Z: folds that open downwards, bands near its hem, a fringe."""
    v, u = np.meshgrid(np.linspace(0, 1, 19), np.linspace(-1, 1, 17), indexing="ij")
    fold = (0.02 + 0.025 * v) * np.sin(u * 9 + 2 * chance.uniform() + 0.8 * np.sin(2 * v))
    x = u * wide_m / 2 * (0.86 + 0.14 * v)
    points = np.stack([x, -v * tall_m - 0.012 * np.abs(fold) / 0.02, 0.05 + fold], axis=-1)
    mesh = patch(points, np.stack([u * wide_m / 2, v * tall_m], axis=-1) / 0.6)
    bands = (np.abs(v - 0.86) < 0.02) | (np.abs(v - 0.93) < 0.012) | (np.abs(v - 0.8) < 0.008) | (v > 0.985)
    return mesh.shaded(second=0.8 * bands.reshape(-1), flex=(v ** 1.5).reshape(-1),
                       occlusion=(0.7 + 0.3 * np.clip(fold / 0.03, -1, 1)).reshape(-1))


def garlands(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Strings of what dries in the air: red pods by evening, small lemons and bay by morning."""
    fresh = leaning.morning(spec) > 0.5
    spots = ((-1.9, 2.25, -1.25), (-1.88, 2.2, -2.2), (1.9, 2.3, -2.35), (1.88, 2.2, -2.9), (-1.9, 2.3, -3.6),
             (1.9, 2.25, -3.9), (-1.9, 2.2, -6.0), (1.9, 2.3, -6.5), (-1.9, 2.2, 2.4), (1.9, 2.2, 3.2),
             (1.86, 2.15, 0.9))
    positions, upright = [], []
    cords = []
    for x, y, z in spots:
        long = 0.75 * chance.uniform(0.8, 1.2)
        each = 14 if fresh else 30
        down = (np.arange(each) + 0.5) / each
        away = 2.39996 * np.arange(each)
        out = 0.03 + 0.02 * np.sin(np.pi * down)
        positions.append(np.stack([x + np.sin(away) * out, y - down * long, z + np.cos(away) * out], 1))
        upright.append(np.stack([np.sin(away), np.full(each, 0.6), np.cos(away)], 1))
        cords.append(tube(np.array([[x, 2.75, z], [x, y - 0.5 * long, z], [x, y - long, z]]), 0.003, 5))
    at, up = np.concatenate(positions), np.concatenate(upright)
    count = len(at)
    pod = _lemonette() if fresh else _pepper()
    yellow = Material(base_color=(0.72, 0.5, 0.06, 1.0), second_color=(0.12, 0.2, 0.05), roughness=0.5)
    red = Material(base_color=(0.3, 0.022, 0.012, 1.0), second_color=(0.12, 0.13, 0.05), roughness=0.35, clearcoat=0.3)
    placed = instances(at, bases(chance, count, 0.3, up), varied_sizes(chance, count, 1.0, 0.2),
                       varied_tints(chance, count, 0.02, 0.2))
    yield part("garlands", pod, yellow if fresh else red, placed, casts_shadow=False)
    yield part("garland cords", merge(cords), Material(base_color=(0.3, 0.24, 0.15, 1.0), roughness=0.9),
               casts_shadow=False)


def _pepper() -> Mesh:
    """A dried red pod, 7 cm, hanging from its green cap at the origin."""
    rows = np.array([(0.0, 0.012), (0.005, 0.01), (0.009, 0.0), (0.0115, -0.012), (0.01, -0.035), (0.005, -0.06),
                     (0.0, -0.07)])
    mesh = lathe(np.maximum(curve(rows, 7), [0.0, -1.0]), 5)
    y = mesh.positions[:, 1]
    bend = np.stack([0.9 * np.minimum(y, 0) ** 2 / 0.07, 0 * y, 0 * y], axis=1)
    crumpled = mesh.displaced(bend).displaced(0.0016 * fbm(mesh.positions * 90, 2, 4))
    return crumpled.shaded(second=smoothstep(-0.002, 0.004, y))


def _lemonette() -> Mesh:
    """A small lemon, 4 cm, and the stub of its stalk."""
    fruit = rock(1, 5, 0.02, (0.78, 1, 0.78), 0)
    y = fruit.positions[:, 1]
    drawn = np.stack([0 * y, 0.25 * np.sign(y) * smoothstep(0.75, 1.0, np.abs(y)), 0 * y], axis=1)
    return fruit.displaced(drawn).scaled(0.02).shaded(second=smoothstep(0.9, 1.05, y))


def sails(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """By morning: wide sheets of pale linen under the slits, through which the sun comes soft."""
    if leaning.morning(spec) < 0.5:
        return
    sheets = []
    for index, middle in enumerate((MIDDLES[1], MIDDLES[4], MIDDLES[5])):
        u, v = np.meshgrid(np.linspace(-1, 1, 17), np.linspace(-1, 1, 13), indexing="xy")
        high = 3.72 - 0.32 * (1 - u ** 2) - 0.12 * (1 - v ** 2) + 0.04 * np.sin(3 * v + index)
        points = np.stack([u * (HALF_M - 0.35), np.minimum(high, crown(u * (HALF_M - 0.35)) - 0.06),
                           v * (0.42 * BAY_M) + 0.15 * u], axis=-1)
        mesh = patch(points, points[..., [0, 2]] / 0.6).shaded(flex=((1 - u ** 2) * (1 - v ** 2)).reshape(-1))
        sheets.append(mesh.moved(z=middle))
    yield _dyed(spec, "sails", "#e9dfc8", merge(sheets))
