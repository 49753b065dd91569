"""Lipstick: a fluted gold case, a lacquered band, the bullet with its slanted tip; its cap and a stroke of it."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.shapes import lathe, patch
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero

_GOLD = np.array([0.86, 0.6, 0.28])
_FLUTES = 28
_STROKE_M = 0.055


def lipstick_parts(
    hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "", name: str = "hero"
) -> list[Geometry]:
    """Bullet and stroke in the body's colour, case and cap in the accent's metal, bands of dark lacquer."""
    tall = hero.height_m
    around = int(np.clip(84 * detail, 28, 84))
    color = natural(hero.body_srgb, 0.015, 0.8)
    lacquer = Material(
        "product",
        base_color=rgba(0.012 + 0.05 * natural(hero.body_srgb)),
        roughness=0.3,
        clearcoat=1.0,
        clearcoat_roughness=0.04,
    )
    metal = Material(base_color=rgba(blend(natural(hero.accent_srgb), _GOLD, 0.45)), metallic=1.0, roughness=0.17)
    wax = Material(
        "product",
        base_color=rgba(color),
        second_color=rgb(np.clip(color * 1.25 + 0.02, 0, 0.85)),
        roughness=0.36,
        clearcoat=0.45,
        clearcoat_roughness=0.22,
        sheen_color=rgb(0.12 * color),
        sheen_roughness=0.4,
    )
    r = 0.135 * tall
    case = _fluted(
        _turned([(0, 0.44), (0.93, 0.44), (0.99, 0.435), (1.0, 0.42), (1.0, 0.13), (0.985, 0.12)], r, tall, around),
        tall,
        0.15,
        0.405,
    )
    foot = _turned(
        [(0.98, 0.122), (1.03, 0.118), (1.04, 0.105), (1.04, 0.02), (1.03, 0.006), (0.99, 0.0), (0, 0.0)],
        r,
        tall,
        around,
    )
    sleeve = _turned(
        [
            (0.71, 0.56),
            (0.755, 0.7),
            (0.785, 0.706),
            (0.81, 0.7),
            (0.815, 0.69),
            (0.815, 0.47),
            (0.86, 0.462),
            (0.93, 0.458),
            (0.93, 0.44),
        ],
        r,
        tall,
        around,
    )
    cap = _cap(r * 1.06, tall, around)
    aside = (2.6 * r, 0.0, -0.7 * r)
    rings = [
        _turned([(1.0, 0.45), (1.035, 0.445), (1.035, 0.43), (1.0, 0.425)], r, tall, around),
        _turned([(1.03, 0.065), (1.055, 0.062), (1.055, 0.05), (1.03, 0.047)], r, tall, around),
    ]
    pieces = [
        ("case", merge([case, *rings, _fluted(cap, tall, 0.08, 0.46).moved(*aside)]), metal),
        ("sleeve", sleeve, metal),
        ("foot", merge([foot, _cap_band(r * 1.06, tall, around).moved(*aside)]), lacquer),
        ("bullet", _bullet(r * 0.7, tall, around), wax),
        ("stroke", _stroke(detail).turned("y", 0.35).moved(-0.004, 0.0, 0.05), wax),
    ]
    return [
        part(f"{name}.{piece}", mesh, material, placed, product_id=product_id) for piece, mesh, material in pieces
    ]


def _turned(rows: list[tuple[float, float]], radius_m: float, tall_m: float, around: int) -> Mesh:
    """A lathe whose corners are eased: each knot has two rows close beside it."""
    profile = []
    for index, here in enumerate(rows):
        if index:
            before = rows[index - 1]
            profile.append((here[0] - 0.06 * (here[0] - before[0]), here[1] - 0.06 * (here[1] - before[1])))
        profile.append(here)
        if index + 1 < len(rows):
            after = rows[index + 1]
            profile.append((here[0] + 0.06 * (after[0] - here[0]), here[1] + 0.06 * (after[1] - here[1])))
    return lathe(np.array(profile) * np.array([radius_m, tall_m]), around)


def _fluted(mesh: Mesh, tall_m: float, low: float, high: float) -> Mesh:
    """Shallow flutes between two shares of the height, running out softly at both ends."""
    x, y, z = mesh.positions.T
    within = smoothstep(low, low + 0.02, y / tall_m) * smoothstep(high, high - 0.02, y / tall_m)
    groove = np.abs(np.sin(np.arctan2(x, z) * _FLUTES / 2)) ** 0.7
    cut = -0.0055 * tall_m * within * (1 - groove)
    return mesh.displaced(cut).shaded(occlusion=1 - 0.55 * within * (1 - groove))


def _cap(radius_m: float, tall_m: float, around: int) -> Mesh:
    """Standing beside the case on its open end, its top domed."""
    rows = [
        (0, 0.575),
        (0.6, 0.572),
        (0.9, 0.56),
        (0.99, 0.54),
        (1.0, 0.5),
        (1.0, 0.3),
        (1.0, 0.06),
        (1.0, 0.012),
        (0.985, 0.002),
        (0.93, 0.0),
        (0.92, 0.2),
    ]
    return _turned(rows, radius_m, tall_m, around)


def _cap_band(radius_m: float, tall_m: float, around: int) -> Mesh:
    """The cap's lacquered hem."""
    return _turned([(1.0, 0.062), (1.022, 0.058), (1.024, 0.02), (1.0, 0.014)], radius_m, tall_m, around)


def _bullet(radius_m: float, tall_m: float, around: int) -> Mesh:
    """A round stick cut by a slanted, slightly hollow plane, its edge softened."""
    rows = [(0.0, 1.0), (0.25, 0.998), (0.5, 0.99), (0.72, 0.97), (0.88, 0.93), (0.97, 0.88), (1.0, 0.82)]
    rows += [(1.0, y) for y in (0.78, 0.74, 0.7, 0.66, 0.62, 0.58)]
    mesh = lathe(np.array(rows) * np.array([radius_m, tall_m]), around)
    x, y, z = mesh.positions.T
    slant = tall_m * 0.885 - 1.15 * (z - 0.15 * radius_m) - 0.012 * tall_m * (1 - (np.hypot(x, z) / radius_m) ** 2)
    over = y - slant
    soft = 0.006 * tall_m
    cut = np.where(over > -soft, np.minimum(over, soft * np.log1p(np.exp(np.clip(over / soft, -20, 20)))), 0.0)
    lowered = np.stack([0 * x, -np.where(y > 0.6 * tall_m, cut, 0.0), 0 * x], axis=1)
    mesh = mesh.displaced(lowered)
    face = smoothstep(-0.3 * soft, 0.4 * soft, over)
    return mesh.shaded(
        occlusion=0.45 + 0.55 * smoothstep(0.66 * tall_m, 0.76 * tall_m, mesh.positions[:, 1]), second=0.6 * face
    )


def _stroke(detail: float) -> Mesh:
    """One stroke of it on the stone: drawn along X, ridged by the bullet, thin and broken where it ran out."""
    rows, columns = int(10 + 18 * detail), int(24 + 56 * detail)
    v, u = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    ragged = 0.5 * fbm(np.stack([u * 14, v * 0.4], -1), 3, 4)
    half = 0.0075 * (smoothstep(-0.02, 0.08, u) * (1 - 0.2 * u) + 0.12 * ragged)
    ends = 0.1 * fbm(np.stack([v * 3, 0 * v], -1), 2, 9) * u
    ridge = 0.5 + 0.5 * fbm(np.stack([u * 3, v * 7], -1), 2, 5)
    thick = 0.00035 + 0.0011 * ridge * (1 - v**2) * (1 - 0.75 * u) * smoothstep(0.0, 0.05, u)
    x = (u + ends - 0.5) * _STROKE_M
    mesh = patch(
        np.stack([x, thick * smoothstep(1.0, 0.85, np.abs(v)), -v * half + 0.006 * np.sin(2.4 * u)], -1)[::-1]
    )
    mesh = mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()
    return mesh.shaded(second=(0.5 * ridge[::-1]).reshape(-1), occlusion=0.9)
