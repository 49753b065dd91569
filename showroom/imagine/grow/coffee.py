"""Coffee: what stands where a smell is roasted. A steam machine, a mill, sacks of beans, spirits, cups."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part, rgb
from showroom.imagine.grow.scatter import bases, instances, varied_sizes
from showroom.imagine.grow.shapes import box, circle, curve, icosphere, lathe, tube
from showroom.words.geometry import Geometry, Material

_SACKS = ((-1.86, 0.0, -2.05, 0.27), (-2.2, 0.0, -1.5, 0.24))


def coffee(chance: Chance, high: float, shelves: tuple[tuple[float, float], ...],
           copper: Material) -> Iterator[Geometry]:
    """On counters `high` metres over the floor; shelves: (y, z) of those on the front wall."""
    brass = Material(base_color=(0.75, 0.5, 0.2, 1.0), metallic=1.0, roughness=0.25)
    body, trim = _machine()
    at = (-0.42, high, -2.85)
    yield part("steam machine", body.moved(*at), copper)
    yield part("machine brass", merge([trim.moved(*at), _mill_brass().moved(1.38, high, -1.15)]), brass)
    yield part("mill", _mill_box().moved(1.38, high, -1.15),
               Material(base_color=(0.12, 0.055, 0.028, 1.0), roughness=0.4, clearcoat=0.5))
    yield from _sacks(chance.child("sacks"))
    yield from _spirits(chance.child("spirits"), shelves)
    yield from _cups(chance.child("cups"), high)
    yield from _slabs(chance.child("slabs"), high)


def _machine() -> tuple[Mesh, Mesh]:
    """(copper, brass): an upright boiler under a dome, 0.75 m tall; rings, taps, handles, an orb on top."""
    shell = lathe(curve(np.array([(0.0, 0.66), (0.06, 0.655), (0.12, 0.62), (0.155, 0.56), (0.16, 0.53),
                                  (0.16, 0.52),
                                  (0.16, 0.2), (0.165, 0.17), (0.2, 0.13), (0.21, 0.1), (0.21, 0.02),
                                  (0.22, 0.0)]), 40),
                  40, 0.5)
    y = shell.positions[:, 1]
    trim = [lathe(np.array([(0.16, y0 + 0.016), (0.172, y0 + 0.012), (0.172, y0 - 0.012),
                            (0.16, y0 - 0.016)]), 36)
            for y0 in (0.54, 0.37, 0.2)]
    trim.append(lathe(curve(np.array([(0.0, 0.77), (0.02, 0.765), (0.032, 0.74), (0.02, 0.712), (0.012, 0.7),
                                      (0.03, 0.685),
                                      (0.045, 0.665), (0.05, 0.655)]), 22), 20))
    for a in (-0.75, 0.0, 0.75):
        way = np.array([np.sin(a), 0.0, np.cos(a)])
        root = way * 0.16 + np.array([0, 0.3, 0])
        trim.append(tube(np.stack([root, root + way * 0.06, root + way * 0.1 + [0, -0.012, 0],
                                   root + way * 0.105 + [0, -0.06, 0]]), 0.014, 9))
        grip = np.stack([root + way * 0.1, root + way * 0.18 + [0, 0.012, 0],
                         root + way * 0.24 + [0, 0.01, 0]])
        trim.append(tube(grip, np.array([0.008, 0.014, 0.011]), 8))
    dial = lathe(np.array([(0.0, 0.012), (0.034, 0.01), (0.038, 0.0)]), 20).turned("x", np.pi / 2)
    trim.append(dial.moved(0, 0.46, 0.16))
    return shell.shaded(occlusion=0.5 + 0.5 * smoothstep(0, 0.15, y)), merge(trim)


def _mill_box() -> Mesh:
    return merge([box(0.15, 0.14, 0.15, 0.008), box(0.18, 0.018, 0.18, 0.006),
                  box(0.17, 0.014, 0.17, 0.006).moved(y=0.14),
                  box(0.09, 0.05, 0.01, 0.004).moved(0, 0.035, 0.078)])


def _mill_brass() -> Mesh:
    """The mill's hopper, crank and the knobs of its handle and drawer."""
    hopper = lathe(curve(np.array([(0.012, 0.26), (0.03, 0.25), (0.06, 0.215), (0.068, 0.17), (0.07, 0.154)]),
                         16), 24)
    crank = tube(np.array([[0, 0.25, 0], [0, 0.275, 0], [0.06, 0.285, 0.02], [0.13, 0.28, 0.04]]), 0.006, 8)
    knob = lathe(np.array([(0.0, 0.03), (0.012, 0.026), (0.014, 0.012), (0.006, 0.0)]), 12)
    return merge([hopper, crank, knob.moved(0.13, 0.282, 0.04),
                  knob.turned("x", np.pi / 2).moved(0, 0.06, 0.083)])


def _bean() -> Mesh:
    """A roasted bean 1 long, flat below with a groove."""
    points, faces = icosphere(0)
    flat = points * np.array([0.5, 0.22, 0.34])
    flat[:, 1] = np.where(flat[:, 1] > 0, flat[:, 1] - 0.07 * np.exp(-(flat[:, 2] / 0.06) ** 2),
                          flat[:, 1] * 0.8)
    mesh = make(flat, faces, flat[:, [0, 2]])
    return mesh.shaded(occlusion=0.35 + 0.65 * smoothstep(0.0, 0.1, np.abs(flat[:, 2])))


def _sacks(chance: Chance) -> Iterator[Geometry]:
    """Jute sacks, their mouths rolled down, full of beans."""
    jute, at, turned_to = [], [], []
    for x, y, z, r in _SACKS:
        rows = curve(np.array([(0.78, 1.62), (0.86, 1.72), (0.97, 1.74), (1.02, 1.64), (0.98, 1.5),
                               (0.94, 1.42), (1.02, 1.2),
                               (1.08, 0.75), (1.06, 0.3), (0.95, 0.04), (0.85, 0.0)]), 26) * r
        sack = lathe(rows, 32)
        sag = fbm(sack.positions * 5.0 / r * 0.3, 3, chance.integers(0, 999))
        sack = sack.displaced(0.09 * r * sag)
        weave = fbm(sack.positions * 160, 2, 3)
        shade = 0.4 + 0.6 * smoothstep(0, 0.12, sack.positions[:, 1])
        jute.append(sack.shaded(second=np.clip(0.5 + weave, 0, 1), occlusion=shade).moved(x, y, z))
        count = 210
        away, reach = chance.uniform(0, 2 * np.pi, count), 0.84 * r * np.sqrt(chance.uniform(0, 1, count))
        heap = y + 1.66 * r + 0.1 * r * (1 - (reach / r) ** 2) + 0.004 * chance.normal(count)
        at.append(np.stack([x + np.sin(away) * reach, heap, z + np.cos(away) * reach], axis=1))
        turned_to.append(bases(chance, count, 0.9))
        bed = lathe(np.array([(0.0, 1.74), (0.5, 1.71), (0.9, 1.62)]) * r, 24)
        jute.append(bed.shaded(occlusion=0.12).moved(x, y, z))
    yield part("sacks", merge(jute), Material(base_color=(0.34, 0.235, 0.125, 1.0),
                                              second_color=(0.2, 0.13, 0.065),
                                              roughness=1.0, sheen=0.3))
    at, turned_to = np.concatenate(at), np.concatenate(turned_to)
    yield part("beans", _bean(), Material(base_color=(0.055, 0.024, 0.012, 1.0), roughness=0.38,
                                          clearcoat=0.35),
               instances(at, turned_to, varied_sizes(chance, len(at), 0.017, 0.2)), casts_shadow=False)


def _spirits(chance: Chance, shelves: tuple[tuple[float, float], ...]) -> Iterator[Geometry]:
    """Bottles of rum, dark glass under wax and paper, in small crowds on the shelves."""
    rows = curve(np.array([(0.0, 0.3), (0.017, 0.298), (0.018, 0.27), (0.0165, 0.25), (0.018, 0.21),
                           (0.034, 0.17),
                           (0.041, 0.14), (0.042, 0.08), (0.041, 0.01), (0.036, 0.0), (0.0, 0.002)]), 18)
    bottle = lathe(np.maximum(rows, 0), 13)
    y = bottle.positions[:, 1]
    label = smoothstep(0.035, 0.037, y) * smoothstep(0.115, 0.113, y)
    bottle = bottle.shaded(second=label, occlusion=0.55 + 0.45 * smoothstep(0, 0.05, y))
    at = []
    for shelf, (y0, z) in enumerate(shelves):
        for x in np.linspace(-0.8, 1.9, 15):
            if fbm(np.array([[x * 1.3, shelf * 3.1]]), 2, 5)[0] + 0.25 * chance.normal() > 0.06:
                at.append((x + 0.012 * chance.normal(), y0, z + 0.03 * chance.normal()))
    at += [(0.95, 0.92, -2.9), (1.07, 0.92, -2.97)]
    count = len(at)
    tints = np.array([[1.0, 0.42, 0.12], [0.45, 0.3, 0.12], [0.25, 0.4, 0.2]])[chance.integers(0, 3, count)]
    sizes = varied_sizes(chance, count, 1.0, 0.12)
    yield part("spirits", bottle, Material(base_color=(0.14, 0.09, 0.05, 1.0), second_color=(0.5, 0.46, 0.38),
                                           roughness=0.12, clearcoat=0.8, translucency=0.5),
               instances(np.array(at), bases(chance, count), sizes, tints * 1.2))
    cap = lathe(np.array([(0.0, 0.306), (0.019, 0.304), (0.021, 0.26), (0.0195, 0.256)]), 12)
    yield part("wax caps", cap, Material(base_color=(0.2, 0.025, 0.02, 1.0), roughness=0.4),
               instances(np.array(at), None, sizes), casts_shadow=False)


def _cups(chance: Chance, high: float) -> Iterator[Geometry]:
    """Small cups on saucers, coffee in them, steam over each."""
    cup = turned(((0.0, 0.012), (0.018, 0.014), (0.03, 0.035), (0.034, 0.058), (0.0365, 0.058),
                  (0.033, 0.035), (0.021, 0.008),
                  (0.018, 0.004), (0.0, 0.005)), 1.0, 17, 18)
    saucer = turned(((0.0, 0.004), (0.03, 0.004), (0.055, 0.012), (0.058, 0.011), (0.034, 0.0), (0.0, 0.0)),
                    1.0, 11, 20)
    ring = circle(14)
    ear = tube(np.stack([0.034 + 0.013 + 0.013 * ring[:, 0], 0.035 + 0.015 * ring[:, 1], np.zeros(15)],
                        axis=1), 0.003, 6,
               closed=False)
    spots = ((0.12, -2.5), (-0.02, -2.58), (-0.85, -2.52), (1.22, -0.72), (-1.2, -0.62))
    at = np.array([(x, high, z) for x, z in spots])
    turned_to = bases(chance, len(at))
    placed = instances(at, turned_to)
    yield part("cups", merge([cup.moved(y=0.004), saucer, ear.moved(y=0.004)]),
               Material(base_color=(0.66, 0.6, 0.5, 1.0), roughness=0.2, clearcoat=0.9), placed)
    drink = lathe(np.array([(0.0, 0.052), (0.02, 0.052), (0.0325, 0.053)]), 20)
    foam = smoothstep(0.012, 0.03, np.hypot(drink.positions[:, 0], drink.positions[:, 2]))
    yield part("drink", drink.shaded(second=foam), Material(base_color=(0.03, 0.012, 0.006, 1.0),
                                                            second_color=(0.2, 0.09, 0.035), roughness=0.15,
                                                            clearcoat=0.6), placed, casts_shadow=False)
    steam = [fire.curl(20 + index, 0.32, 0.03).turned("y", np.arctan2(-x, -z)).moved(x, high + 0.06, z)
             for index, (x, z) in enumerate(spots)]
    steam.append(fire.curl(31, 0.7, 0.07).moved(-0.3, high + 0.62, -2.72))
    yield part("steam", merge(steam), Material("shaft", emission=rgb(np.array([0.5, 0.46, 0.42])),
                                               density_per_m=1.0),
               casts_shadow=False)


def _slabs(chance: Chance, high: float) -> Iterator[Geometry]:
    """Broken slabs of chocolate in a leaning stack, and dust of cocoa about them."""
    pieces = []
    for index in range(7):
        wide, deep = chance.uniform(0.1, 0.2), chance.uniform(0.09, 0.14)
        slab = box(wide, 0.016, deep, 0.003, cuts=4)
        x, y, z = slab.positions.T
        slab = slab.displaced(np.stack([0 * x, np.where(y > 0.008, -0.003 * (np.abs(np.sin(x * 90)) < 0.3),
                                                        0.0), 0 * x], 1))
        lean = slab.turned("z", 0.04 * chance.normal()).turned("y", chance.uniform(0, 6.3))
        pieces.append(lean.moved(-1.26 + 0.03 * chance.normal(), high + 0.016 * index,
                                 -1.38 + 0.03 * chance.normal()))
    yield part("slabs", merge(pieces), Material(base_color=(0.05, 0.02, 0.011, 1.0), roughness=0.4,
                                                clearcoat=0.3))
