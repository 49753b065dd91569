"""Lipstick: a lacquered base, a metal sleeve, and the bullet with its slanted tip; about 8 cm open."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import natural, part, rgba
from showroom.imagine.grow.shapes import lathe
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero


def lipstick_parts(hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "",
                   name: str = "hero") -> list[Geometry]:
    """Bullet in the body's colour, sleeve and ring in the accent's metal, a dark case, the cap beside it."""
    tall = hero.height_m
    around = int(np.clip(56 * detail, 24, 56))
    lacquer = Material(base_color=rgba(0.012 + 0.06 * natural(hero.body_srgb)), roughness=0.22, clearcoat=1.0)
    metal = Material(base_color=rgba(natural(hero.accent_srgb)), metallic=1.0, roughness=0.2)
    wax = Material(base_color=rgba(natural(hero.body_srgb, 0.015, 0.8)), roughness=0.34, clearcoat=0.35,
                   translucency=0.1, sheen=0.2)
    r = 0.135 * tall
    case = _turned([(0, 0.44), (0.93, 0.44), (0.99, 0.43), (1.0, 0.41), (1.0, 0.02), (0.985, 0.006),
                    (0.95, 0.0), (0, 0.0)], r, tall, around)
    sleeve = _turned([(0.7, 0.58), (0.76, 0.71), (0.8, 0.715), (0.82, 0.705), (0.82, 0.46), (0.9, 0.458),
                      (0.97, 0.452), (0.97, 0.425), (0.9, 0.42)], r, tall, around)
    ring = _turned([(0.98, 0.075), (1.012, 0.07), (1.012, 0.045), (0.98, 0.04)], r, tall, around)
    cap = _turned([(0, 0.56), (0.94, 0.56), (1.0, 0.545), (1.0, 0.01), (0.97, 0.0), (0.9, 0.0), (0, 0.02)],
                  r * 1.01, tall, around)
    cap = cap.turned("z", np.pi / 2).turned("y", 0.5).moved(0.55 * r + 0.1 * tall, r * 1.01, 0.3 * tall)
    pieces = [("case", case, lacquer), ("sleeve", sleeve, metal), ("ring", ring, metal),
              ("bullet", _bullet(r * 0.71, tall, around), wax),
              ("cap", cap, lacquer)]
    return [part(f"{name}.{piece}", mesh, material, placed, product_id=product_id)
            for piece, mesh, material in pieces]


def _turned(rows: list[tuple[float, float]], radius_m: float, tall_m: float, around: int) -> Mesh:
    profile = []
    for before, here in zip([None, *rows], rows):
        if before is not None:
            profile.append((before[0] + 0.94 * (here[0] - before[0]),
                            before[1] + 0.94 * (here[1] - before[1])))
        profile.append(here)
        following = rows[rows.index(here) + 1] if rows.index(here) + 1 < len(rows) else None
        if following is not None:
            profile.append((here[0] + 0.06 * (following[0] - here[0]),
                            here[1] + 0.06 * (following[1] - here[1])))
    return lathe(np.array(profile) * np.array([radius_m, tall_m]), around)


def _bullet(radius_m: float, tall_m: float, around: int) -> Mesh:
    """A round stick cut by a slanted, slightly hollow plane, its edge softened."""
    rows = [(0.0, 1.0), (0.25, 0.998), (0.5, 0.99), (0.72, 0.97), (0.88, 0.93), (0.97, 0.88), (1.0, 0.82)]
    rows += [(1.0, y) for y in (0.78, 0.74, 0.7, 0.66, 0.62, 0.58)]
    mesh = lathe(np.array(rows) * np.array([radius_m, tall_m]), around)
    x, y, z = mesh.positions.T
    slant = tall_m * 0.885 - 1.15 * (z - 0.15 * radius_m) - 0.012 * tall_m * (1
            - (np.hypot(x, z) / radius_m) ** 2)
    over = y - slant
    soft = 0.006 * tall_m
    cut = np.where(over > -soft, np.minimum(over, soft * np.log1p(np.exp(np.clip(over / soft, -20, 20)))),
                   0.0)
    lowered = np.stack([0 * x, -np.where(y > 0.6 * tall_m, cut, 0.0), 0 * x], axis=1)
    mesh = mesh.displaced(lowered)
    return mesh.shaded(occlusion=0.45 + 0.55 * smoothstep(0.66 * tall_m, 0.76 * tall_m, mesh.positions[:, 1]))
