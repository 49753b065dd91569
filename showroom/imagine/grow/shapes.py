"""Shapes: surfaces from rows and columns of points, of revolution, along curves, boxes, rocks."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, make, merge, unit
from showroom.imagine.grow.noise import fbm


def patch(points: np.ndarray, uv: np.ndarray | None = None) -> Mesh:
    """A sheet from (rows, columns, 3) points, seen as a picture: rows go down, columns to the right.

    uv : (rows, columns, 2); None spreads 0 to 1 over the sheet.
    """
    points = np.asarray(points, dtype=np.float64)
    rows, columns = points.shape[:2]
    if uv is None:
        v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
        uv = np.stack([u, v], axis=-1)
    corner = np.arange((rows - 1) * columns).reshape(rows - 1, columns)[:, :-1].reshape(-1)
    a, b, c, d = corner, corner + columns, corner + columns + 1, corner + 1
    faces = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    return make(points.reshape(-1, 3), faces, np.asarray(uv).reshape(-1, 2))


def circle(segments: int) -> np.ndarray:
    """(segments + 1, 2) x, z on the unit circle; starts at +Z and turns towards +X."""
    angle = np.linspace(0, 2 * np.pi, segments + 1)
    return np.stack([np.sin(angle), np.cos(angle)], axis=1)


def loft(section: np.ndarray, profile: np.ndarray, tile_m: float | None = None) -> Mesh:
    """A closed outline carried down a profile.

    section : (columns, 2) x, z of a closed unit outline, first point repeated last; or one for
              each row, (rows, columns, 2).
    profile : (rows, 2) radius, height or (rows, 3) radius along x, along z, height; from the top
              down. A radius of 0 closes an end.
    tile_m  : texture repeats every so many metres; None wraps it once.
    """
    points, down = lofted(section, profile)
    outline = section if section.ndim == 2 else section[len(section) // 2]
    around = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(outline, axis=0), axis=1))])
    girth = around[-1] * float(np.max(np.linalg.norm(points[:, :, [0, 2]], axis=2)))
    wide = 1.0 if tile_m is None else max(1.0, round(girth / tile_m))
    long = 1.0 if tile_m is None else down[-1] / tile_m
    v, u = np.meshgrid(down / max(down[-1], 1e-9) * long, around / around[-1] * wide, indexing="ij")
    return patch(points, np.stack([u, v], axis=-1))


def lofted(section: np.ndarray, profile: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The (rows, columns, 3) points of a loft and the (rows,) way down its profile, metres."""
    profile = np.asarray(profile, dtype=np.float64)
    if profile.shape[1] == 2:
        profile = profile[:, [0, 0, 1]]
    outline = section if section.ndim == 3 else section[None]
    x, z = profile[:, None, 0] * outline[..., 0], profile[:, None, 1] * outline[..., 1]
    y = np.broadcast_to(profile[:, None, 2], x.shape)
    down = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(profile, axis=0), axis=1))])
    return np.stack([x, y, z], axis=-1), down


def lathe(profile: np.ndarray, segments: int = 32, tile_m: float | None = None) -> Mesh:
    """A surface of revolution about Y; profile (rows, 2) of radius and height, from the top down."""
    return loft(circle(segments), profile, tile_m)


def curve(knots: np.ndarray, count: int) -> np.ndarray:
    """(count, d) points on a Catmull–Rom curve through (k, d) knots, k ≥ 2."""
    knots = np.asarray(knots, dtype=np.float64)
    padded = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    where = np.linspace(0, len(knots) - 1, count)
    first = np.minimum(where.astype(int), len(knots) - 2)
    t = (where - first)[:, None]
    p0, p1, p2, p3 = (padded[first + step] for step in range(4))
    return 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t ** 2
                  + (3 * p1 - p0 - 3 * p2 + p3) * t ** 3)


def frames(path: np.ndarray, up: tuple[float, float, float] = (0.31, 0.2, 0.93)) -> tuple[np.ndarray, ...]:
    """(forward, side, lift) unit vectors, each (n, 3), carried along a path without twisting."""
    forward = unit(np.gradient(path, axis=0))
    side = np.zeros_like(path)
    side[0] = unit(np.cross(forward[0], up))
    for step in range(1, len(path)):
        side[step] = unit(side[step - 1] - forward[step] * (side[step - 1] @ forward[step]))
    return forward, side, np.cross(forward, side)


def tube(path: np.ndarray, radius, segments: int = 8, tile_m: float | None = None,
         closed: bool = True) -> Mesh:
    """A pipe along (n, 3) points; radius a number or (n,); closed draws both ends in to a point."""
    path = np.asarray(path, dtype=np.float64)
    radius = np.broadcast_to(np.asarray(radius, dtype=np.float64), len(path)).copy()
    if closed:
        path = np.concatenate([path[:1], path, path[-1:]])
        radius = np.concatenate([[0.0], radius, [0.0]])
    _, side, lift = frames(path if not closed else path[1:-1])
    if closed:
        side, lift = (np.concatenate([axis[:1], axis, axis[-1:]]) for axis in (side, lift))
    ring = circle(segments)
    offset = side[:, None] * ring[None, :, :1] + lift[:, None] * ring[None, :, 1:]
    points = path[:, None] + offset * radius[:, None, None]
    down = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    wide = 1.0 if tile_m is None else max(1.0, round(2 * np.pi * float(radius.max()) / tile_m))
    long = 1.0 if tile_m is None else down[-1] / tile_m
    v, u = np.meshgrid(down / max(down[-1], 1e-9) * long, np.linspace(0, wide, segments + 1), indexing="ij")
    return patch(points, np.stack([u, v], axis=-1))


def box(width: float, height: float, depth: float, bevel: float = 0.01, tile_m: float = 1.0,
        cuts: int = 1) -> Mesh:
    """A box on the ground (y from 0 to height) with rounded edges; `cuts` divides its faces."""
    half = np.array([width, height, depth]) / 2
    bevel = min(bevel, float(half.min()) * 0.9)
    steps = np.concatenate([[-1.0], np.linspace(-1, 1, cuts + 1), [1.0]])
    inset = np.concatenate([[1.0], np.zeros(cuts + 1), [1.0]])
    pieces = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            pieces.append(_box_side(half, bevel, axis, sign, steps, inset, tile_m))
    whole = merge(pieces)
    return make(whole.positions + np.array([0, height / 2, 0]), whole.faces, whole.uv)


def _box_side(half, bevel, axis, sign, steps, inset, tile_m) -> Mesh:
    """One side with the edge strips that round it into its neighbours (they meet at 45°)."""
    right, up = {0: (2, 1), 1: (0, 2), 2: (0, 1)}[axis]
    flat_right, flat_up = half[right] - bevel, half[up] - bevel
    rows, columns = np.meshgrid(-steps, steps, indexing="ij")
    edge_row, edge_column = np.meshgrid(inset, inset, indexing="ij")
    points = np.zeros(rows.shape + (3,))
    lean = bevel * (1 - np.sqrt(0.5))
    points[..., right] = columns * (flat_right + edge_column * (bevel - lean))
    points[..., up] = rows * (flat_up + edge_row * (bevel - lean))
    corner = np.maximum(edge_row, edge_column)
    points[..., axis] = sign * (half[axis] - corner * lean)
    both = (edge_row * edge_column)[..., None] > 0
    core = np.clip(points, -(half - bevel), half - bevel)
    points = np.where(both, core + unit(points - core) * bevel, points)
    uv = np.stack([points[..., right], -points[..., up]], axis=-1) / tile_m
    mesh = patch(points, uv)
    normal = np.zeros(3)
    normal[axis] = sign
    outward = np.sum(mesh.normals.mean(axis=0) * normal) > 0
    return mesh if outward else Mesh(mesh.positions, -mesh.normals, mesh.uv, mesh.shade, mesh.faces[:, ::-1])


def icosphere(rounds: int) -> tuple[np.ndarray, np.ndarray]:
    """Unit (v, 3) positions and (t, 3) faces of an icosahedron split `rounds` times."""
    g = (1 + 5 ** 0.5) / 2
    points = unit(np.array([[-1, g, 0], [1, g, 0], [-1, -g, 0], [1, -g, 0], [0, -1, g], [0, 1, g],
                            [0, -1, -g], [0, 1, -g], [g, 0, -1], [g, 0, 1], [-g, 0, -1], [-g, 0, 1]]))
    faces = np.array([[0, 11, 5], [0, 5, 1], [0, 1, 7], [0, 7, 10], [0, 10, 11], [1, 5, 9], [5, 11, 4],
                      [11, 10, 2], [10, 7, 6], [7, 1, 8], [3, 9, 4], [3, 4, 2], [3, 2, 6], [3, 6, 8],
                      [3, 8, 9], [4, 9, 5], [2, 4, 11], [6, 2, 10], [8, 6, 7], [9, 8, 1]])
    for _ in range(rounds):
        edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
        unique, where = np.unique(edges, axis=0, return_inverse=True)
        middle = where.reshape(3, -1).T + len(points)
        points = np.concatenate([points, unit(points[unique].mean(axis=1))])
        a, b, c = faces.T
        ab, bc, ca = middle.T
        faces = np.concatenate([np.stack(triple, 1) for triple in
                                ((a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca))])
    return points, faces


def rock(rounds: int, seed: int, roughness: float = 0.28, squash: tuple[float, float, float] = (1, 0.7, 1),
         flats: int = 7) -> Mesh:
    """A stone of about unit radius about the origin: cut by planes, then weathered by noise.

    flats : how many broken faces it has; 0 is a worn pebble.
    """
    points, faces = icosphere(rounds)
    lattice = np.arange(3 * max(flats, 1), dtype=np.float64).reshape(-1, 3)
    normals = unit(np.stack([fbm(lattice * 7.7 + 31.1 * axis, 1, seed + axis) for axis in range(3)], axis=1))
    shape = points.copy()
    for normal in normals[:flats]:
        over = np.maximum(shape @ normal - (0.62 + 0.02 * (seed % 5)), 0.0)
        shape -= 0.88 * over[:, None] * normal
    lumps = fbm(points * 1.7 + seed % 97, 2, seed) + 0.35 * fbm(points * 6.0, 3, seed + 5)
    shape = shape * (1 + roughness * lumps[:, None]) * np.array(squash)
    u = np.arctan2(points[:, 0], points[:, 2]) / np.pi
    return make(shape, faces, np.stack([u * 2, points[:, 1]], axis=1))


def grid_sheet(xs: np.ndarray, zs: np.ndarray, height, tile_m: float = 1.0) -> Mesh:
    """A height field over x and z values (both rising); height(x, z) takes and gives arrays, metres."""
    z, x = np.meshgrid(zs, xs, indexing="ij")
    points = np.stack([x, np.broadcast_to(height(x, z), x.shape), z], axis=-1)
    return patch(points, np.stack([x, z], axis=-1) / tile_m)


def polar_sheet(radii: np.ndarray, spokes: int, height, tile_m: float = 1.0) -> Mesh:
    """A height field on rings about the visitor, fine near and coarse far; radii rise from 0."""
    angle = np.linspace(0, 2 * np.pi, spokes + 1)
    r, a = np.meshgrid(np.asarray(radii)[::-1], angle, indexing="ij")
    x, z = r * np.sin(a), -r * np.cos(a)
    points = np.stack([x, np.broadcast_to(height(x, z), x.shape), z], axis=-1)
    return patch(points, np.stack([x, z], axis=-1) / tile_m)


def graded(first_m: float, last_m: float, count: int) -> np.ndarray:
    """(count,) radii from 0: steps grow evenly from first_m until last_m is reached."""
    low, high = 1.0, 4.0
    for _ in range(60):
        ratio = (low + high) / 2
        reach = first_m * np.sum(ratio ** np.arange(count - 1))
        low, high = (ratio, high) if reach < last_m else (low, ratio)
    steps = first_m * ratio ** np.arange(count - 1)
    return np.concatenate([[0.0], np.cumsum(steps)])
