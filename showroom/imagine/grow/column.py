"""Column: attic base, fluted shaft with entasis, a carved capital; worn where hands and sleeves reach."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import box, circle, curve, lathe, loft


def column(chance: Chance, height_m: float = 3.2, radius_m: float = 0.26, flutes: int = 14,
           tile_m: float = 1.6) -> Mesh:
    """A column on y = 0, its abacus ending at height_m."""
    plinth = box(radius_m * 2.7, 0.12, radius_m * 2.7, 0.012, tile_m)
    base = curve(np.array([(1.02, 0.36), (1.06, 0.345), (1.2, 0.33), (1.24, 0.29), (1.14, 0.26),
                           (1.1, 0.235), (1.2, 0.21),
                           (1.33, 0.18), (1.33, 0.14), (1.28, 0.115)]), 15) * np.array([radius_m, 1.0])
    pieces = [plinth, lathe(base, 24, tile_m), _shaft(chance, height_m, radius_m, flutes, tile_m),
              _capital(height_m, radius_m, tile_m)]
    mesh = merge(pieces)
    y = mesh.positions[:, 1]
    low, high = 0.35 + 0.65 * smoothstep(0.0, 0.35, y), 1 - 0.4 * smoothstep(height_m - 0.6, height_m, y)
    crevice = mesh.shade[:, 0]
    worn = smoothstep(0.3, 0.8, y) * smoothstep(1.9, 1.1, y) * crevice
    return mesh.shaded(occlusion=low * high * crevice, second=0.35 * worn)


def _shaft(chance: Chance, height_m: float, radius_m: float, flutes: int, tile_m: float) -> Mesh:
    columns = flutes * 3
    angle = np.linspace(0, 2 * np.pi, columns + 1)
    groove = np.abs(np.sin(angle * flutes / 2)) ** 0.8
    y = np.linspace(height_m - 0.55, 0.35, 14)
    share = (y - 0.35) / (height_m - 0.9)
    girth = radius_m * (1 - 0.14 * share ** 1.6)
    ends = smoothstep(0, 0.05, share) * smoothstep(1.0, 0.96, share)
    section = circle(columns)[None] * (1 - 0.07 * ends[:, None, None] * groove[None, :, None])
    mesh = loft(section, np.column_stack([girth, y]), tile_m)
    chips = smoothstep(0.35, 0.7, fbm(mesh.positions * 4.0, 3, chance.integers(0, 9999)))
    mesh = mesh.displaced(-0.022 * chips + 0.004 * fbm(mesh.positions * 9, 2, 4))
    return mesh.shaded(occlusion=1 - 0.45 * np.tile(groove, 14))


def _capital(height_m: float, radius_m: float, tile_m: float) -> Mesh:
    """A bell with two rows of plain leaves under a square abacus."""
    rows = curve(np.array([(1.36, -0.12), (1.22, -0.17), (1.0, -0.28), (0.9, -0.42), (0.89, -0.5),
                           (0.97, -0.52), (0.97, -0.55),
                           (0.88, -0.57)]), 15)
    bell = lathe(rows * np.array([radius_m, 1.0]) + np.array([0, height_m]), 28, tile_m)
    x, y, z = bell.positions.T
    tall = (y - height_m + 0.5) / 0.38
    leaves = np.abs(np.sin(4 * np.arctan2(x, z))) ** 0.6 * smoothstep(0.02, 0.12, tall) * smoothstep(1.0,
            0.75, tall)
    tips = np.exp(-((tall - 0.72) / 0.16) ** 2)
    bell = bell.displaced(radius_m * (0.12 * leaves + 0.12 * leaves * tips))
    bell = bell.shaded(occlusion=0.45 + 0.55 * leaves)
    abacus = box(radius_m * 2.75, 0.12, radius_m * 2.75, 0.012, tile_m).moved(y=height_m - 0.12)
    return merge([bell, abacus])
