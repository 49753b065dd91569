"""Bottle: thick glass with a cavity and its liquid, a collar, a cap and an embossed label.

Every shape is an outline carried up a profile. Lengths in the table are shares of the whole height;
the bottle stands on y = 0 with its front to +Z.
"""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.shapes import circle, curve, lathe, loft, lofted, patch, tube
from showroom.srgb import linear
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero


@dataclass(frozen=True)
class Shape:
    """corner: 2 is an ellipse, more is squarer, 0 an octagon. wide, deep, body, neck: shares of the
    height (full width and depth, height of the glass, radius of the neck). side: (height, girth)
    knots of the silhouette between heel and shoulder, both 0 to 1. cap: its outline, and matter."""

    corner: float
    wide: float
    deep: float
    body: float
    neck: float
    side: tuple[tuple[float, float], ...]
    cap: str
    matter: str


SHAPES = {
    "flacon": Shape(7, 0.54, 0.25, 0.68, 0.075, ((0, 0.97), (0.03, 1), (0.93, 1), (0.985, 0.97)), "block",
                    "metal"),
    "column": Shape(2, 0.36, 0.36, 0.70, 0.085, ((0, 0.96), (0.02, 1), (0.95, 1), (0.99, 0.95)), "drum",
                    "metal"),
    "round": Shape(2, 0.66, 0.34, 0.70, 0.07,
                   ((0, 0.42), (0.04, 0.56), (0.15, 0.78), (0.32, 0.95), (0.5, 1), (0.68, 0.94), (0.84, 0.75),
                    (0.95, 0.48), (0.99, 0.3)), "ball", "stone"),
    "faceted": Shape(0, 0.50, 0.40, 0.66, 0.07,
                     ((0, 0.72), (0.16, 0.98), (0.5, 1.0), (0.74, 0.98), (0.97, 0.52)),
                     "gem", "metal"),
    "flask": Shape(2.8, 0.50, 0.27, 0.74, 0.075,
                   ((0, 0.93), (0.03, 0.99), (0.25, 1), (0.55, 0.92), (0.75, 0.74), (0.9, 0.46),
                    (0.99, 0.29)),
                   "stopper", "wood"),
    "tall": Shape(9, 0.27, 0.27, 0.74, 0.07, ((0, 0.95), (0.015, 1), (0.965, 1), (0.992, 0.95)), "block",
                  "metal"),
}
_WALL_M, _LIFT_M = 0.0042, 0.0004


def bottle_parts(hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "",
                 name: str = "hero") -> list[Geometry]:
    """Glass, cavity, liquid, fittings, cap and label of a bottle; an unknown shape is a flacon."""
    shape = SHAPES.get(hero.shape, SHAPES["flacon"])
    columns = 8 if shape.corner == 0 else int(np.clip(round(72 * detail / 8) * 8, 24, 72))
    tint = blend(np.array([0.95, 0.96, 0.96]), natural(hero.body_srgb), 0.35)
    accent = natural(hero.accent_srgb)
    glass = Material("glass", base_color=rgba(tint), roughness=0.02, ior=1.5, density_per_m=9.0)
    inside = Material("glass", base_color=rgba(tint), roughness=0.03, ior=1.3, density_per_m=0.0)
    liquid = Material("liquid", base_color=rgba(np.clip(linear(hero.liquid_srgb), 0.02, 0.98)),
                      roughness=0.0, ior=1.36, density_per_m=38.0,
                      second_color=rgb(np.clip(linear(hero.liquid_srgb) * 1.15, 0.02, 0.98)))
    fittings = Material(base_color=rgba(blend(accent, np.array([0.9, 0.78, 0.55]), 0.35)), metallic=1.0,
                        roughness=0.22, clearcoat=0.3)
    pieces = [
        ("liquid", _liquid(shape, hero, columns), liquid),
        ("cap", _cap(shape, hero.height_m, columns), _cap_material(shape.matter, accent)),
        ("fittings", _fittings(shape, hero.height_m, detail), fittings),
        ("label", _label(shape, hero.height_m, detail), fittings),
        ("glass", _glass(shape, hero.height_m, columns), glass),
        ("cavity", _cavity(shape, hero.height_m, columns), inside),
    ]
    return [part(f"{name}.{piece}", mesh, material, placed, product_id=product_id,
                 casts_shadow=material.kind == "opaque") for piece, mesh, material in pieces]


def outline(corner: float, columns: int) -> np.ndarray:
    """(columns + 1, 2) unit outline: a superellipse, or for 0 an octagon with a flat front."""
    if corner == 0:
        angle = np.linspace(0, 2 * np.pi, 9) + np.pi / 8
        return np.stack([np.sin(angle), np.cos(angle)], axis=1) / np.cos(np.pi / 8)
    angle = np.linspace(0, 2 * np.pi, columns + 1)
    if corner > 3:  # crowd the points into the corners
        angle = angle - 0.17 * np.sin(4 * angle + np.pi)
    ring = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return ring / (np.abs(ring) ** corner).sum(axis=1, keepdims=True) ** (1 / corner)


def _silhouette(shape: Shape, height_m: float, inset_m: float = 0.0) -> np.ndarray:
    """(rows, 3) half-width, half-depth, y from shoulder down to heel, drawn in by inset_m."""
    knots = np.array(shape.side)
    if shape.corner == 0 or shape.corner > 5 or len(knots) < 5:
        y, girth = knots.T
    else:
        y, girth = curve(knots, 28).T
    body = shape.body * height_m
    wide = np.maximum(girth * shape.wide / 2 * height_m - inset_m, shape.neck * height_m * 0.5)
    deep = np.maximum(girth * shape.deep / 2 * height_m - inset_m, shape.neck * height_m * 0.5)
    return np.stack([wide, deep, y * body], axis=1)[::-1]


def _rounded(rows: np.ndarray, reach_m: float = 0.0016) -> np.ndarray:
    """The same profile with every sharp bend replaced by two points close to it: a small bevel."""
    out = [rows[0]]
    for before, here, after in zip(rows, rows[1:], rows[2:]):
        for other in (before, after):
            step = other - here
            length = np.linalg.norm(step)
            out.append(here + step * min(reach_m / max(length, 1e-9), 0.4))
    return np.array([*out, rows[-1]])


def _sections(shape: Shape, rows: np.ndarray, columns: int, neck_m: float) -> np.ndarray:
    """(rows, columns + 1, 2): the body's outline, turning to a circle where it narrows to the neck."""
    body = outline(shape.corner, columns)
    if shape.corner == 0:
        return np.broadcast_to(body, (len(rows), *body.shape))
    ring = circle(columns)
    near = np.clip((rows[:, 0] - neck_m) / max(neck_m * 0.6, 1e-6), 0, 1)[:, None, None]
    return ring * (1 - near) + body * near


def _glass(shape: Shape, height_m: float, columns: int) -> Mesh:
    """The outer surface, closed under the collar and underneath."""
    neck, body = shape.neck * height_m, shape.body * height_m
    side = _silhouette(shape, height_m)
    top = np.array([[neck, neck, body + 0.035 * height_m], [neck, neck, body + 0.004 * height_m]])
    heel = side[-1]
    base = np.array([[heel[0] * 0.86, heel[1] * 0.86, 0.0006], [heel[0] * 0.5, heel[1] * 0.5, 0.0022],
                     [0, 0, 0.003]])
    rows = _rounded(np.concatenate([[[0, 0, top[0, 2]]], top, side, base]))
    mesh = loft(_sections(shape, rows, columns, neck), rows)
    return mesh.faceted() if shape.corner == 0 else mesh


def _cavity_rows(shape: Shape, height_m: float, inset_m: float) -> np.ndarray:
    """(rows, 3) of the hollow from its top down to the thick base, ending on the axis."""
    floor = (0.105 * height_m if shape.corner != 0 else 0.2 * shape.body * height_m) + inset_m
    side = _silhouette(shape, height_m, _WALL_M + inset_m)
    inside = side[side[:, 2] > floor + 0.008 * height_m]
    heel = np.array([np.interp(floor, side[::-1, 2], side[::-1, axis]) for axis in (0, 1)])
    bend = np.array([[heel[0], heel[1], floor + 0.007 * height_m],
                     [heel[0] * 0.97, heel[1] * 0.95, floor + 0.002 * height_m],
                     [heel[0] * 0.88, heel[1] * 0.85, floor], [0, 0, floor - 0.004 * height_m]])
    ceiling = shape.body * height_m - _WALL_M
    inside = np.column_stack([inside[:, :2], np.minimum(inside[:, 2], ceiling)])
    return np.concatenate([inside, bend])


def _cavity(shape: Shape, height_m: float, columns: int) -> Mesh:
    """The hollow's wall, seen from within the hollow."""
    rows = _cavity_rows(shape, height_m, 0.0)
    rows = _rounded(np.concatenate([[[0, 0, rows[0, 2] + 0.0006]], rows]), 0.0012)
    mesh = loft(_sections(shape, rows, columns, 0.0), rows)
    mesh = mesh.faceted() if shape.corner == 0 else mesh
    return mesh.turned_inside_out()


def _liquid(shape: Shape, hero: Hero, columns: int) -> Mesh:
    """The liquid up to `fill` of the hollow, its surface drawn up at the wall as a meniscus."""
    rows = _cavity_rows(shape, hero.height_m, _LIFT_M)
    high, low = rows[0, 2], rows[-1, 2]
    level = low + np.clip(hero.fill, 0.08, 0.97) * (high - low)
    edge = np.array([np.interp(level, rows[::-1, 2], rows[::-1, axis]) for axis in (0, 1)])
    top = [[edge[0] * share, edge[1] * share, level + rise]
           for share, rise in ((0.0, 0.0), (0.6, 0.0), (0.86, 0.0002), (0.95, 0.0006), (1.0, 0.0014))]
    rows = np.concatenate([top, rows[rows[:, 2] < level]])
    mesh = loft(_sections(shape, rows, columns, 0.0), rows)
    mesh = mesh.faceted() if shape.corner == 0 else mesh
    return mesh.shaded(second=np.clip((mesh.positions[:, 1] - low) / max(level - low, 1e-6), 0, 1))


def _fittings(shape: Shape, height_m: float, detail: float) -> Mesh:
    """Collar under the cap, and the dip tube down to the base."""
    neck, body = shape.neck * height_m, shape.body * height_m
    wide = neck * 1.28
    rows = np.array([(neck * 0.6, 0.047), (wide * 0.95, 0.047), (wide, 0.043), (wide, 0.027),
                     (wide * 0.93, 0.023),
                     (wide * 0.93, 0.018), (wide * 1.06, 0.014), (wide * 1.06, 0.003), (wide, 0.0),
                     (neck * 0.9, 0.0)])
    collar = lathe(np.column_stack([rows[:, 0], rows[:, 1] * height_m + body + 0.001]), 48
                   if detail > 0.5 else 20)
    bend = np.array([[0, body * 0.98, 0], [0, body * 0.6, 0.001], [0.002, 0.125 * height_m, 0.002]])
    straw = tube(curve(bend, 10), 0.0011, 6)
    return merge([collar.shaded(occlusion=0.85), straw.shaded(occlusion=0.7)])


def _cap(shape: Shape, height_m: float, columns: int) -> Mesh:
    """The cap over the collar, up to the whole height."""
    low, high = (shape.body + 0.034) * height_m, height_m
    tall = high - low
    neck = shape.neck * height_m * 1.28
    if shape.cap == "ball":
        angle = np.linspace(0, np.pi * 0.86, 24)
        radius = tall * 0.56
        rows = np.column_stack([np.sin(angle) * radius, high - radius + np.cos(angle) * radius])
        rows = np.concatenate([rows, [[rows[-1, 0] * 0.96, low], [0, low]]])
        return lathe(rows, columns)
    if shape.cap == "gem":
        rows = np.array([(0, 1), (0.72, 0.97), (1.25, 0.72), (1.25, 0.5), (0.98, 0.0), (0, 0)])
        profile = np.column_stack([rows[:, 0] * neck, rows[:, 0] * neck, low + rows[:, 1] * tall])
        return loft(outline(0, 8), profile).faceted()
    if shape.cap == "stopper":
        rows = curve(np.array([(0.0, 1), (0.7, 0.985), (1.12, 0.9), (1.2, 0.7), (1.06, 0.3), (1.02, 0.03),
                               (0.9, 0), (0, 0)]), 40)
        return lathe(np.column_stack([np.maximum(rows[:, 0], 0) * neck,
                                      low + np.clip(rows[:, 1], 0, 1) * tall]), columns)
    wide, deep = (shape.wide * 0.34, shape.deep * 0.40) if shape.cap == "block" else (shape.wide / 2,) * 2
    wide, deep = max(wide * height_m, neck), max(deep * height_m, neck)
    rows = np.array([(0, 0, high), (wide, deep, high), (wide, deep, low), (0, 0, low)])
    corner = shape.corner if shape.cap == "block" else 2
    return loft(outline(corner, columns), _rounded(_rounded(rows, 0.0022), 0.0008))


def _cap_material(matter: str, accent: np.ndarray) -> Material:
    """Metal takes the accent as it is; wood and stone only lean towards it."""
    if matter == "wood":
        return Material(base_color=rgba(blend(np.array([0.16, 0.085, 0.04]), accent, 0.3)), roughness=0.5,
                        clearcoat=0.35)
    if matter == "stone":
        return Material(surface="plinth", base_color=rgba(blend(np.ones(3), accent, 0.5)), roughness=0.7,
                        clearcoat=0.5,
                        normal_scale=0.5)
    return Material(base_color=rgba(accent), metallic=1.0, roughness=0.24, clearcoat=0.4)


def _label(shape: Shape, height_m: float, detail: float) -> Mesh:
    """A small metal plate that follows the front, with a raised rim and a drop embossed on it."""
    count = int(np.clip(26 * detail, 12, 26))
    half = np.clip(0.016 / (shape.wide / 2 * height_m), 0.12, 0.52)
    if shape.corner == 0:
        half = 0.3
    angle = np.linspace(-half, half, count)
    ring = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    if shape.corner == 0:
        ring = np.stack([np.tan(angle), np.ones(count)], axis=1)
    else:
        ring = ring / (np.abs(ring) ** shape.corner).sum(axis=1, keepdims=True) ** (1 / shape.corner)
    side = _silhouette(shape, height_m)[::-1]
    middle = 0.44 * shape.body * height_m
    y = np.linspace(middle + 0.011, middle - 0.011, count)
    rows = np.column_stack([np.interp(y, side[:, 2], side[:, 0]), np.interp(y, side[:, 2], side[:, 1]), y])
    points, _ = lofted(ring, rows)
    v, u = np.meshgrid(np.linspace(-1, 1, count), np.linspace(-1, 1, count), indexing="ij")
    edge = np.maximum(np.abs(u), np.abs(v))
    drop = np.hypot(u * (2.6 + 1.6 * np.clip(-v, 0, 1)), (v - 0.12) * 1.7)
    relief = 0.0007 + 0.0004 * (edge > 0.8) + 0.0005 * np.clip(1.15 - drop, 0, 0.5) * 2
    relief = np.where(edge > 0.97, -0.0004, relief)
    mesh = patch(points)
    plate = mesh.displaced(relief.reshape(-1))
    front = np.all(plate.normals @ np.array([0, 0, 1.0]) > -0.5)
    return plate.shaded(occlusion=1.0
                        - 0.3 * (edge.reshape(-1) > 0.9)) if front else plate.turned_inside_out()
