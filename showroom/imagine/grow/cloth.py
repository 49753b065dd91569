"""Cloth: a silk scarf that hangs over a slim stand, a long fall before and a short one behind, and stirs.

Silk bends but does not stretch: across it the folds are given, and how far each thread reaches sideways
follows from its length, so that what is folded deeper hangs narrower.
"""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.shapes import lathe, patch, tube
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero

_BAR_Y, _BAR_M = 0.965, 0.0052  # share of the height; radius
_FRONT, _BACK, _WIDE = 0.8, 0.6, 0.66  # shares of the height: falls, and the silk's width laid flat
_FOLDS = 2.7
_STIR_M = 0.016  # how far the hem goes in a wind of 1 m/s
_PRINT_M = 0.026  # from one printed dot to the next
_FRINGE = 0.045


def scarf_parts(
    hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "", name: str = "hero",
    tile_m: float | None = None,
) -> list[Geometry]:
    """Silk in the body's colour, bordered and dotted in the accent's, on a metal stand height_m tall.

    tile_m : it is cut from the place's own drape, whose tile is so large, and has no print.
    """
    tall = hero.height_m
    body, border = natural(hero.body_srgb), natural(hero.accent_srgb)
    silk = Material(
        "foliage", base_color=rgba(body), second_color=rgb(border), roughness=0.42, sheen=0.9, translucency=0.3
    )
    metal = Material(base_color=rgba(blend(border, np.array([0.8, 0.62, 0.38]), 0.7)), metallic=1.0, roughness=0.24)
    cloth, fringe = _draped(tall, detail, tile_m)
    if tile_m:
        lit = merge([cloth, cloth.turned_inside_out()])  # of a painted surface one side is seen
        cloth, woven = lit.shaded(second=0.0), Material(surface="drape", roughness=1.0, sheen=0.6, translucency=0.3)
    else:
        woven = silk
    stirring = placed.copy()
    stirring["flex_m"], stirring["phase"] = _STIR_M, 0.37
    pieces = [
        ("scarf", cloth, woven, stirring),
        ("fringe", fringe, silk, stirring),
        ("stand", _stand(tall), metal, placed),
    ]
    return [
        part(f"{name}.{piece}", mesh, material, where, product_id=product_id)
        for piece, mesh, material, where in pieces
    ]


def _stand(tall_m: float) -> Mesh:
    """A round foot, a slender rod, and a bar with turned ends that the scarf hangs over."""
    foot = lathe(
        np.array(
            [
                (0.0, 0.018),
                (0.006, 0.016),
                (0.02, 0.0125),
                (0.066, 0.0105),
                (0.07, 0.008),
                (0.0705, 0.003),
                (0.067, 0.0),
                (0.0, 0.0),
            ]
        ),
        48,
    )
    high = _BAR_Y * tall_m
    rod = tube(np.array([[0, 0.008, 0], [0, 0.5 * tall_m, 0], [0, high, 0]]), 0.0038, 14)
    bar = tube(np.array([[-0.31 * tall_m, high, 0], [0, high, 0], [0.31 * tall_m, high, 0]]), 0.0045, 14)
    knob = lathe(np.array([(0.0, 0.01), (0.006, 0.008), (0.0085, 0.002), (0.008, -0.004), (0.0045, -0.008)]), 18)
    ends = [knob.turned("z", -side * np.pi / 2).moved(side * 0.31 * tall_m, high, 0) for side in (-1, 1)]
    collar = lathe(np.array([(0.0038, 0.012), (0.0075, 0.008), (0.0075, -0.006), (0.0038, -0.01)]), 18)
    return merge([foot, rod, bar, collar.moved(y=high - 0.01), *ends])


def _draped(tall_m: float, detail: float, tile_m: float | None) -> tuple[Mesh, Mesh]:
    """(silk, fringe): rows run from the front hem up over the bar and down behind; shade b is the print."""
    rows, columns = int(64 + 116 * detail), int(30 + 54 * detail)
    front_m, back_m, wide = _FRONT * tall_m, _BACK * tall_m, _WIDE * tall_m
    s = np.linspace(-front_m, back_m, rows)[:, None]
    q = np.linspace(-0.5, 0.5, columns)[None, :] * wide
    x, z, valley = _across(s, q, tall_m)
    arc = 0.5 * np.pi * _BAR_M
    below = np.maximum(np.abs(s) - arc, 0.0)
    over = np.clip(s / arc, -1, 1) * np.pi / 2
    y = _BAR_Y * tall_m + np.cos(over) * _BAR_M - below * (1 - 0.02 * np.abs(z) / _BAR_M / 4)
    points = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
    far = below / front_m
    flex = np.broadcast_to(smoothstep(0.0, 1.0, far) * 0.95, points.shape[:2])
    shade = 0.3 + 0.7 * np.clip(0.6 + 0.6 * valley, 0, 1)
    laid = np.stack(np.broadcast_arrays(q, s), axis=-1) / tile_m if tile_m else None
    mesh = patch(points, laid).shaded(
        occlusion=shade.reshape(-1), second=_print(s, q, front_m, back_m, wide).reshape(-1), flex=flex.reshape(-1)
    )
    return mesh, merge([_fringe(points[0], flex[0], tall_m), _fringe(points[-1], flex[-1], tall_m)])


def _across(s: np.ndarray, q: np.ndarray, tall_m: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x, z and how far out of its fold (−1 to 1) each point of the silk is; s : along it, 0 on the bar."""
    side = np.where(s < 0, -1.0, 1.0)
    far = np.clip(np.abs(s) / (_FRONT * tall_m), 0, 1)
    length = _WIDE * tall_m / _FOLDS
    wander = 0.55 * np.sin(3.1 * far + 1.4 * side) + 0.8 * side + 1.1 * far * np.sin(5.0 * q / tall_m + side)
    phase = 2 * np.pi * q / length + wander
    steep = 0.3 + 0.62 * smoothstep(0.0, 0.45, far) - 0.08 * smoothstep(0.6, 1.0, far)
    small = 0.4 * smoothstep(0.75, 0.0, far)  # many small folds at the bar run together below it
    wave = np.sin(phase + 0.35 * np.sin(phase)) + small * np.sin(2.3 * phase + 1.0)
    deep = steep * length / (2 * np.pi)
    fold = deep * wave
    slope = np.gradient(fold, q[0], axis=1)
    step = np.sqrt(1 - np.clip(slope**2, 0.0, 0.92)) * (q[0, 1] - q[0, 0])
    x = np.cumsum(step, axis=1)
    x = x - x.mean(axis=1, keepdims=True)
    x = x + 0.022 * tall_m * side * (1 + 0.6 * far) + 0.05 * tall_m * far**2 * np.sin(2.0 * far)
    out = _BAR_M + 1.3 * deep * smoothstep(0, 0.06, far) + fold * smoothstep(0, 0.05, far)
    stirred = 0.035 * tall_m * far**2
    z = np.sin(np.clip(np.abs(s) / (0.5 * np.pi * _BAR_M), 0, 1) * np.pi / 2) * out
    return x, -side * z + stirred, wave / 1.3


def _print(s: np.ndarray, q: np.ndarray, front_m: float, back_m: float, wide_m: float) -> np.ndarray:
    """A broad border, a fine line within it, and dots in rows that stand in each other's gaps."""
    edge = np.minimum(0.5 * wide_m - np.abs(q), np.minimum(s + front_m, back_m - s))
    border = smoothstep(0.021, 0.0195, edge) * smoothstep(0.003, 0.0045, edge)
    line = smoothstep(0.0265, 0.0275, edge) * smoothstep(0.0305, 0.0295, edge)
    row = np.round(s / _PRINT_M)
    across = q / _PRINT_M + 0.5 * (row % 2)
    off = np.hypot(s / _PRINT_M - row, across - np.round(across)) * _PRINT_M
    dots = smoothstep(0.0052, 0.0036, off) * (edge > 0.036)
    return np.clip(border + line + dots, 0, 1)


def _fringe(hem: np.ndarray, flex: np.ndarray, tall_m: float) -> Mesh:
    """Twisted ends of the silk's own threads along a (columns, 3) hem."""
    tassels = []
    for index in np.linspace(0, len(hem) - 1, 46).astype(int):
        top = hem[index]
        lean = 0.004 * np.sin(index * 2.4)
        path = np.stack(
            [
                top + [0, 0.002, 0],
                top + [0.4 * lean, -0.5 * _FRINGE * tall_m, 0],
                top + [lean, -_FRINGE * tall_m, 0.6 * lean],
            ]
        )
        tassels.append(
            tube(path, np.array([0.0013, 0.0011, 0.0017]), 4).shaded(flex=flex[index], second=1.0, occlusion=0.8)
        )
    return merge(tassels)
