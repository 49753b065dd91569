"""Library rug: a carpet under plinth and chairs, its figures laid crisply over its field."""

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm
from showroom.imagine.grow.part import blend, part, rgb, rgba
from showroom.imagine.grow.plinth import PLACE_XZ
from showroom.imagine.grow.shapes import circle, patch
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_HALF_X, _HALF_Z, _MIDDLE_Z, _Y = 1.75, 2.2, -1.3, 0.014
_FRAMES = ((0.06, 0.035), (0.125, 0.015), (0.43, 0.035), (0.5, 0.015))  # how far in, how wide
_STEP_M = 0.235  # from one palmette of the border to the next


def rug(spec: SceneSpec) -> Geometry:
    """A border of palmettes between lines, a field of flowers, a medallion; red and gold, or blue and pale."""
    z, x = np.meshgrid(np.linspace(-_HALF_Z, _HALF_Z, 31), np.linspace(-_HALF_X, _HALF_X, 25), indexing="ij")
    worn = 0.85 + 0.3 * fbm(np.stack([x, z], -1) * 1.3, 3, 7)
    field = _upward(np.stack([x, np.full_like(x, _Y - 0.002), z], axis=-1)).shaded(occlusion=worn.reshape(-1))
    figures = [_frame(*lines) for lines in _FRAMES] + _border() + _flowers()
    figures += [_ring(1.06, 0.98), _ring(0.9, 0.62), _ring(0.5, 0.44), _ring(0.3, 0.0)]
    drawn = merge(figures)
    mesh = merge([field, drawn.shaded(second=0.8 + 0.15 * np.sin(23 * drawn.positions[:, 0]))]).moved(z=_MIDDLE_Z)
    x, _, z = mesh.positions.T
    foot = 1 - 0.6 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.26) ** 4))
    letters = leaning.letters(spec)
    wool = blend(np.array([0.115, 0.02, 0.018]), np.array([0.07, 0.1, 0.17]), letters)
    yarn = blend(np.array([0.26, 0.15, 0.06]), np.array([0.4, 0.36, 0.3]), letters)
    return part("rug", mesh.shaded(occlusion=mesh.shade[:, 0] * foot),
                Material(base_color=rgba(wool), second_color=rgb(yarn), roughness=1.0, sheen=0.5))


def _upward(points: np.ndarray) -> Mesh:
    mesh = patch(points)
    return mesh if mesh.normals[:, 1].mean() > 0 else mesh.turned_inside_out()


def _between(outer: np.ndarray, inner: np.ndarray) -> Mesh:
    """What lies between two closed outlines, (n, 2) x, z each."""
    return _upward(np.stack([np.column_stack([line[:, 0], np.full(len(line), _Y), line[:, 1]])
                             for line in (outer, inner)]))


def _frame(inset: float, wide: float) -> Mesh:
    """A line that runs round the rug."""
    corners = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)])
    half = np.array([_HALF_X, _HALF_Z])
    return _between(corners * (half - inset), corners * (half - inset - wide))


def _blossom(radius: float, petals: int) -> Mesh:
    """A flower seen from above, its heart left open."""
    ring = circle(6 * petals)
    lobes = 0.6 + 0.4 * np.abs(np.cos(petals / 2 * np.arctan2(ring[:, 0], ring[:, 1])))
    return _between(ring * lobes[:, None] * radius, ring * 0.22 * radius)


def _border() -> list[Mesh]:
    """Palmettes and diamonds by turns, all round between the lines."""
    palm = _blossom(0.105, 6)
    square = np.array([(0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0), (0.0, 1.0)])
    diamond = _between(square * 0.075, square * 0.035)
    made = []
    for long, out, along_x in ((_HALF_X - 0.28, _HALF_Z - 0.285, True), (_HALF_Z - 0.28 - _STEP_M, _HALF_X - 0.285, False)):
        count = round(2 * long / _STEP_M)
        for index, at in enumerate(np.linspace(-long, long, count + 1)):
            figure = palm if index % 2 == 0 else diamond
            made += [figure.moved(at, 0, side * out) if along_x else figure.moved(side * out, 0, at) for side in (-1, 1)]
    return made


def _flowers() -> list[Mesh]:
    """Flowers over the field in staggered rows, clear of the medallion."""
    flower = _blossom(0.075, 8)
    spots = [(0.36 * column + 0.18 * (row % 2), 0.26 * row) for row in range(-6, 7) for column in range(-4, 4)]
    return [flower.moved(x, 0, z) for x, z in spots
            if abs(x) < _HALF_X - 0.62 and abs(z) < _HALF_Z - 0.62 and 1.25 * abs(x) + abs(z) > 1.2]


def _ring(outer: float, inner: float) -> Mesh:
    """One of the medallion's bands: a diamond with scalloped sides."""
    ring = circle(96)
    angle = np.arctan2(ring[:, 0], ring[:, 1])
    reach = (1 + 0.05 * np.cos(16 * angle)) / (1.25 * np.abs(ring[:, 0]) + np.abs(ring[:, 1]))
    return _between(ring * (outer * reach)[:, None], ring * (inner * reach)[:, None])
