"""Library furniture: buttoned armchairs, a desk with a tooled top, the green lamp, a globe, a ladder."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import fire
from showroom.imagine.grow.centre import surface_of, worn
from showroom.imagine.grow.library_books import GILT
from showroom.imagine.grow.library_room import wood
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, part, rgb, rgba
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, circle, curve, icosphere, lathe, patch, rock, tube
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

BRASS = Material(base_color=(0.62, 0.43, 0.18, 1.0), metallic=0.9, roughness=0.32)


def leather(spec: SceneSpec) -> Material:
    """Upholstery: waxed brown hide, or pale suede with a nap."""
    letters = leaning.letters(spec)
    tone = blend(np.array([1.3, 1.05, 0.9]), np.array([2.8, 6.6, 12.0]), letters)
    return Material(surface=worn(spec, "prop"), base_color=rgba(tone), second_color=rgb(0.3 * tone * 0.12),
                    roughness=0.85 + 0.15 * letters, normal_scale=1.0 - 0.6 * letters, clearcoat=0.35 * (1 - letters),
                    sheen=0.5 * letters)


def armchairs(spec: SceneSpec, spots: tuple[tuple[float, float, float], ...]) -> Iterator[Geometry]:
    """One at each x, z, turn: buttoned leather, brass nails, turned legs."""
    hide, legs, nails = [], [], []
    chair, leg = _chair(), lathe(np.array([(0.03, 0.15), (0.034, 0.12), (0.022, 0.1), (0.028, 0.06), (0.018, 0.0)]),
                                 12)
    for x, z, turned in spots:
        hide.append(chair.turned("y", turned).moved(x, 0, z))
        for dx in (-0.36, 0.36):
            legs += [leg.moved(dx, 0, dz).turned("y", turned).moved(x, 0, z) for dz in (-0.33, 0.33)]
        at = np.array([(side * 0.405 + 0.0, high, 0.425) for side in (-1, 1) for high in np.arange(0.2, 0.6, 0.03)]
                      + [(dx, 0.215, 0.43) for dx in np.arange(-0.38, 0.39, 0.03)])
        c, s = np.cos(turned), np.sin(turned)
        nails.append(at @ np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]).T + np.array([x, 0, z]))
    yield part("armchairs", merge(hide), leather(spec))
    yield part("legs", merge(legs), wood(spec))
    yield part("nails", rock(0, 3, 0.0, (1, 1, 1), 0).scaled(0.008), BRASS, instances(np.concatenate(nails)),
               casts_shadow=False)


def _chair() -> Mesh:
    """A club chair facing +Z on y = 0, 0.95 wide: buttons in its back, a seat that has been sat in, rolled arms."""
    base = box(0.84, 0.22, 0.82, 0.03, 0.5, 3).moved(0, 0.13, 0)
    seat = box(0.6, 0.17, 0.7, 0.07, 0.5, 6).moved(0, 0.33, 0.04)
    x, y, z = seat.positions.T
    hollow = 0.035 * np.exp(-((x / 0.2) ** 2 + ((z - 0.02) / 0.22) ** 2)) * (y > 0.4)
    seat = seat.displaced(np.stack([0 * x, -hollow + 0.006 * fbm(seat.positions * 9, 2, 4) * (y > 0.4), 0 * x], 1))
    pieces = [base, seat]
    for side in (-1, 1):
        panel = box(0.13, 0.46, 0.8, 0.03, 0.5, 3).moved(side * 0.37, 0.17, 0.02)
        roll = tube(np.array([[side * 0.4, 0.64, 0.43], [side * 0.4, 0.645, 0.1], [side * 0.395, 0.66, -0.3]]),
                    np.array([0.085, 0.095, 0.095]), 18, 0.5)
        front = lathe(np.array([(0.0, 0.022), (0.04, 0.02), (0.07, 0.014), (0.085, 0.0)]), 20, 0.3)
        pieces += [panel, roll, front.turned("x", np.pi / 2).moved(side * 0.4, 0.64, 0.425)]
    v, u = np.meshgrid(np.linspace(1, 0, 33), np.linspace(-1, 1, 41), indexing="ij")
    a, b = u * 2.5 + v * 2.0, u * 2.5 - v * 2.0
    tuft = (np.abs(np.sin(np.pi * a)) * np.abs(np.sin(np.pi * b))) ** 0.42
    rim = smoothstep(1.0, 0.9, np.abs(u)) * smoothstep(0.0, 0.08, v)
    out = 0.052 * tuft * rim + 0.05 * (1 - u ** 2)
    lean = -0.27 - 0.14 * v
    back = patch(np.stack([u * 0.36, 0.42 + 0.58 * v, lean + out], axis=-1),
                 np.stack([u * 0.36, -v * 0.58], -1) / 0.5)
    back = back.shaded(occlusion=(0.35 + 0.65 * tuft).reshape(-1) * (0.6 + 0.4 * smoothstep(0.0, 0.2, v)).reshape(-1))
    top = tube(np.array([[-0.4, 0.99, -0.39], [0.0, 1.03, -0.4], [0.4, 0.99, -0.39]]), 0.08, 16, 0.5)
    shell = box(0.8, 0.86, 0.12, 0.04, 0.5, 3).turned("x", -0.13).moved(0, 0.16, -0.34)
    wings = [tube(np.array([[side * 0.39, 0.62, -0.2], [side * 0.4, 0.82, -0.3], [side * 0.39, 1.0, -0.37]]),
                  np.array([0.075, 0.07, 0.075]), 14, 0.5) for side in (-1, 1)]
    mesh = merge([*pieces, back, top, shell, *wings])
    y = mesh.positions[:, 1]
    return mesh.shaded(occlusion=mesh.shade[:, 0] * (0.4 + 0.6 * smoothstep(0.1, 0.45, y)))


def desk(spec: SceneSpec, x: float, z: float, wide: float, deep: float, top_m: float) -> Iterator[Geometry]:
    """A writing desk: drawers with brass pulls on both sides of a knee hole, its top inlaid with tooled leather."""
    tile = 6.0 * surface_of(spec, "wall").scale_m  # so large that no joint of the painted boards shows
    pieces = [box(wide, 0.035, deep, 0.012, tile, 6).moved(x, top_m - 0.035, z),
              box(wide - 0.06, 0.11, deep - 0.06, 0.01, tile, 2).moved(x, top_m - 0.145, z)]
    fronts, pulls = [], []
    inner = -np.sign(x)
    for end in (-1, 1):
        pieces.append(box(wide - 0.08, top_m - 0.14, 0.42, 0.01, tile, 3).moved(x, 0, z + end * (deep / 2 - 0.25)))
        for low in (0.08, 0.3, 0.5):
            fronts.append(box(0.03, 0.17, 0.34, 0.012, tile).moved(x + inner * (wide / 2 - 0.04), low,
                                                                  z + end * (deep / 2 - 0.25)))
            ring = circle(10)
            arc = np.stack([np.full(6, x + inner * (wide / 2 + 0.0)), low + 0.075 - 0.018 * np.abs(ring[2:8, 1]),
                            z + end * (deep / 2 - 0.25) + 0.045 * np.linspace(-1, 1, 6)], axis=1)
            pulls.append(tube(arc, 0.004, 5))
    mesh = merge([*pieces, *fronts])
    y = mesh.positions[:, 1]
    yield part("desk", mesh.shaded(occlusion=0.5 + 0.5 * smoothstep(0.0, 0.4, y)),
               wood(spec))
    rows, columns = np.linspace(-0.5, 0.5, 70), np.linspace(-0.5, 0.5, 40)
    v, u = np.meshgrid(rows * (deep - 0.16), columns * (wide - 0.16), indexing="ij")
    inset = patch(np.stack([x + u, np.full_like(u, top_m + 0.0012), z + v], axis=-1), np.stack([u, v], -1) / 0.5)
    inset = inset if inset.normals[:, 1].mean() > 0 else inset.turned_inside_out()
    edge = np.minimum((wide - 0.16) / 2 - np.abs(u), (deep - 0.16) / 2 - np.abs(v))
    scroll = 0.5 + 0.5 * np.sin(np.where(np.abs(u) / wide > np.abs(v) / deep, v, u) * 160)
    gilt = np.maximum(smoothstep(0.008, 0.003, np.abs(edge - 0.02)), 0.8 * scroll * (np.abs(edge - 0.045) < 0.012))
    green = blend(np.array([0.32, 0.75, 0.6]), np.array([1.1, 1.3, 1.7]), leaning.letters(spec))
    yield part("desk leather", inset.shaded(second=np.clip(gilt, 0, 1).reshape(-1)),
               Material(surface=worn(spec, "prop"), base_color=rgba(green), second_color=GILT, roughness=0.8))
    yield part("pulls", merge(pulls), BRASS)


def green_lamp(spec: SceneSpec, x: float, y: float, z: float, turned: float) -> Iterator[Geometry]:
    """A banker's lamp: brass foot and stem, a shade of green glass, white within; it lights the desk and the hero."""
    foot = lathe(curve(np.array([(0.012, 0.3), (0.009, 0.16), (0.012, 0.06), (0.03, 0.035), (0.085, 0.022),
                                 (0.095, 0.008), (0.095, 0.0)]), 24), 28)
    arm = tube(curve(np.array([[0, 0.29, 0], [0, 0.37, -0.01], [0, 0.4, 0.05], [0, 0.385, 0.08]]), 12), 0.007, 8)
    chain = tube(np.array([[0.09, 0.33, 0.08], [0.09, 0.28, 0.08], [0.09, 0.23, 0.08]]), 0.0018, 4)
    ends = [lathe(np.array([(0.0, 0.008), (0.014, 0.004), (0.016, -0.004), (0.0, -0.01)]), 12).turned("z", np.pi / 2)
            .moved(side * 0.135, 0.37, 0.08) for side in (-1, 1)]
    yield part("lamp", merge([foot, arm, chain, *ends]).turned("y", turned).moved(x, y, z), BRASS)
    a, u = np.meshgrid(np.linspace(-1.75, 1.75, 21), np.linspace(-1, 1, 27), indexing="ij")
    end = np.sqrt(np.clip(1 - np.abs(u) ** 6, 0, 1)) * 0.9 + 0.1
    points = np.stack([u * 0.135, 0.335 + 0.068 * np.cos(a) * end, 0.08 + 0.075 * np.sin(a) * end], axis=-1)
    shade = patch(points)
    shade = shade if shade.normals[10 * 27 + 13, 1] > 0 else shade.turned_inside_out()
    thin = 0.4 + 0.6 * np.cos(a * 0.8) ** 2
    glass = Material(base_color=(0.004, 0.1, 0.045, 1.0), roughness=0.12, clearcoat=1.0, emission=(0.01, 0.22, 0.085))
    yield part("lamp shade", shade.shaded(occlusion=thin.reshape(-1)).turned("y", turned).moved(x, y, z), glass)
    within = shade.turned_inside_out().transformed(np.diag([0.985, 1.0, 0.97]))
    inside = Material(base_color=(0.7, 0.66, 0.55, 1.0), roughness=0.5, emission=(2.3, 1.75, 1.05))
    way = np.array([np.sin(turned), 0.0, np.cos(turned)]) * 0.08
    lamp = np.array([x, y + 0.32, z]) + way
    lights = (fire.light(tuple(lamp), np.array([1.0, 0.74, 0.42]), 1.0, 2.6, 0.0),
              fire.light(tuple(lamp + np.array([0.0, 0.16, 0.0])), np.array([0.1, 1.0, 0.42]), 0.16, 1.3, 0.0))
    yield part("lamp within", within.turned("y", turned).moved(x, y - 0.003, z), inside, casts_shadow=False,
               lights=lights)


def globe(x: float, z: float, spec: SceneSpec) -> Iterator[Geometry]:
    """A globe of old paper in a wooden stand, seas and lands in brown inks."""
    points, faces = icosphere(4)
    ball = make(points * 0.24 + np.array([0.0, 0.82, 0.0]), faces, points[:, :2])
    land = smoothstep(0.02, 0.1, fbm(points * 1.7 + 4.0, 4, 12))
    grid = np.minimum(np.abs(np.sin(6 * np.arctan2(points[:, 0], points[:, 2]))),
                      np.abs(np.sin(9 * np.arcsin(points[:, 1].clip(-1, 1)))))
    ball = ball.turned("z", 0.0).shaded(second=np.clip(0.75 * land + 0.25 * (grid < 0.08), 0, 1), occlusion=0.9)
    yield part("globe", ball.moved(x, 0, z), Material(base_color=(0.42, 0.33, 0.19, 1.0),
                                                      second_color=(0.2, 0.1, 0.045),
                                                      roughness=0.4, clearcoat=0.5))
    ring = circle(40)
    band = tube(np.stack([ring[:, 0] * 0.285, np.full(41, 0.82), ring[:, 1] * 0.285], 1), 0.02, 8, closed=False)
    hoop = tube(np.stack([ring[:, 0] * 0.262, 0.82 + ring[:, 1] * 0.262, np.zeros(41)], 1), 0.006, 6, closed=False)
    legs = [tube(np.array([[np.sin(t) * 0.28, 0.81, np.cos(t) * 0.28], [np.sin(t) * 0.22, 0.4, np.cos(t) * 0.22],
                           [np.sin(t) * 0.27, 0.0, np.cos(t) * 0.27]]), np.array([0.02, 0.016, 0.02]), 8)
            for t in np.arange(3) * 2.1 + 0.5]
    yield part("globe stand", merge([band, hoop, *legs]).moved(x, 0, z), wood(spec))


def ladder(spec: SceneSpec, x: float, z: float) -> Geometry:
    """A library ladder leaning at the shelves ahead, on its brass rail."""
    pieces = [box(0.045, 2.75, 0.07, 0.01, 1.0, 4).turned("x", -0.2).moved(x + side * 0.2, 0.0, z + 0.72)
              for side in (-1, 1)]
    for step in range(9):
        high = 0.25 + 0.28 * step
        pieces.append(box(0.38, 0.028, 0.1, 0.008, 1.0).moved(x, high, z + 0.72 - 0.2 * high))
    return part("ladder", merge(pieces), wood(spec))
