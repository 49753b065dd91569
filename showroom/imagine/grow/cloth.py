"""Cloth: a silk scarf that falls over a slim stand, its folds deepening towards the hem."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.shapes import lathe, patch, tube
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero


def scarf_parts(hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "",
                name: str = "hero") -> list[Geometry]:
    """Silk in the body's colour with a border in the accent's, on a metal stand height_m tall."""
    tall = hero.height_m
    body, border = natural(hero.body_srgb), natural(hero.accent_srgb)
    silk = Material("foliage", base_color=rgba(body), second_color=rgb(border), roughness=0.38, sheen=0.8,
                    translucency=0.25)
    metal = Material(base_color=rgba(blend(border, np.array([0.8, 0.68, 0.5]), 0.6)), metallic=1.0,
                     roughness=0.28)
    pieces = [("scarf", _draped(tall, detail), silk), ("stand", _stand(tall), metal)]
    return [part(f"{name}.{piece}", mesh, material, placed, product_id=product_id)
            for piece, mesh, material in pieces]


def _stand(tall_m: float) -> Mesh:
    """A round foot, a slender rod, and a bar that the scarf hangs over."""
    foot = lathe(np.array([(0.0, 0.012), (0.004, 0.011), (0.05, 0.009), (0.056, 0.006), (0.057, 0.002),
                           (0.054, 0.0), (0.0, 0.0)]) * np.array([1.2, 1]), 40)
    rod = tube(np.array([[0, 0.008, 0], [0, 0.5 * tall_m, 0], [0, 0.965 * tall_m, 0]]), 0.0035, 12)
    bar = tube(np.array([[-0.3 * tall_m, 0.965 * tall_m, 0], [0, 0.965 * tall_m, 0],
                         [0.3 * tall_m, 0.965 * tall_m, 0]]), 0.0045, 12)
    ends = [lathe(np.array([(0.0, 0.007), (0.005, 0.005), (0.007, 0.0), (0.005, -0.005), (0.0, -0.007)]),
                  12).moved(side * 0.3 * tall_m, 0.965 * tall_m)
            for side in (-1, 1)]
    return merge([foot, rod, bar, *ends])


def _draped(tall_m: float, detail: float) -> Mesh:
    """One length of silk over the bar: a long fall in front, a shorter behind, gathered in the middle.

    Rows run from the front hem up over the bar and down behind; shade b is the printed border.
    """
    rows, columns = int(50 + 46 * detail), int(30 + 50 * detail)
    t = np.linspace(0, 1, rows)[:, None]
    u = np.linspace(-1, 1, columns)[None, :]
    bar_y, half = 0.965 * tall_m, 0.25 * tall_m
    front_m, back_m = 0.86 * tall_m, 0.62 * tall_m
    length = front_m + back_m
    s = t * length - front_m  # 0 at the bar, negative in front of it
    below = np.maximum(np.abs(s) - 0.008, 0.0)
    front = s < 0
    spread = 0.72 + 0.42 * smoothstep(0.0, 0.8 * tall_m, below) + 0.05 * np.sin(3 * u)
    phase = 7.5 * u + 0.9 * np.sin(2.3 * u + 1.0) + np.where(front, 0.0, 1.7)
    deep = tall_m * (0.012 + 0.075 * smoothstep(0.0, front_m, below))
    fold = deep * (np.sin(phase * (1 + 0.1 * below / tall_m)) + 0.35 * np.sin(2.1 * phase + 1.3))
    wander = 0.03 * tall_m * fbm(np.stack(np.broadcast_arrays(u * 1.4, s * 6 / tall_m), axis=-1), 2,
                                 5) * smoothstep(0, 0.3 * tall_m, below)
    over = np.clip(s / 0.008, -1, 1)
    radius = 0.0058
    z = -np.sin(over * np.pi / 2) * radius + np.where(front, 1.0,
                                                      -1.0) * (0.014 * tall_m * smoothstep(0, 0.2 * tall_m,
                                                          below)) \
        + (fold + wander) * smoothstep(-0.002, 0.06, below)
    slope = 0.06 * tall_m * np.sin(1.3 * u + 0.5) * smoothstep(0.0, front_m, below)
    y = bar_y + np.cos(over * np.pi / 2) * radius - below - slope - np.abs(fold) * 0.12
    x = u * half * spread
    y = np.maximum(y, 0.012)
    points = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
    mesh = patch(points[::-1])
    hem = np.broadcast_to(np.minimum(1 - np.abs(u), np.minimum(t * length, (1 - t) * length) / half),
                          (rows, columns))[::-1]
    border = smoothstep(0.14, 0.12, hem) * smoothstep(0.02, 0.03, hem)
    valley = np.broadcast_to(fold / np.maximum(deep, 1e-6), (rows, columns))[::-1]
    shade = 0.72 + 0.28 * np.clip(valley * np.where(front, 1, -1)[::-1] + 0.4, 0, 1)
    return mesh.shaded(occlusion=shade.reshape(-1), second=border.reshape(-1),
                       flex=(0.4 * smoothstep(0, front_m,
                                              np.broadcast_to(below, (rows, columns)))[::-1]).reshape(-1))
