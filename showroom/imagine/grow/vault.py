"""Vault: walls with arches through them, a barrel above, an apse: a room seen from within."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import patch


def wall(width: float, low: float, high: float, tile_m: float, step_m: float = 0.8) -> Mesh:
    """A plain wall along X about x = 0, facing +Z, from y low to y high."""
    xs = np.linspace(-width / 2, width / 2, max(2, int(width / step_m) + 1))
    ys = np.linspace(high, low, max(2, int((high - low) / step_m) + 1))
    y, x = np.meshgrid(ys, xs, indexing="ij")
    return patch(np.stack([x, y, 0 * x], axis=-1), np.stack([x, -y], axis=-1) / tile_m)


def pierced_wall(width: float, low: float, high: float, thick: float, tile_m: float,
                 opening: tuple[float, float, float, float], rounded: bool = True) -> Mesh:
    """A wall along X, both its faces, with one opening (x middle, width, sill y, spring y) and its reveal.

    rounded : the opening ends in a half circle above its spring, else flat.
    """
    middle, wide, sill, spring = opening
    count = 17
    angle = np.linspace(np.pi, 0, count)
    radius = wide / 2 if rounded else 0.0
    head = np.stack([middle + np.cos(angle) * wide / 2, spring + np.sin(angle) * radius], axis=1)
    left, right = -width / 2, width / 2
    outline = np.concatenate([[[middle - wide / 2, sill]], head, [[middle + wide / 2, sill]]])
    strips = [_strip(np.array([[left, high], [left, low]]),
                     np.array([[middle - wide / 2, high], [middle - wide / 2, low]])),
              _strip(np.array([[middle + wide / 2, high], [middle + wide / 2, low]]),
                     np.array([[right, high], [right, low]])),
              _fill(head, high)]
    if sill > low + 1e-6:
        strips.append(_strip(np.array([[middle - wide / 2, sill], [middle - wide / 2, low]]),
                             np.array([[middle + wide / 2, sill], [middle + wide / 2, low]])))
    front = merge([_faced(points, tile_m) for points in strips]).moved(z=thick / 2)
    back = front.turned("y", np.pi)
    back = back.transformed(np.diag([-1.0, 1.0, 1.0])) if abs(middle) > 1e-9 else back
    return merge([front, back, _reveal(outline, thick, tile_m)])


def _strip(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """(rows, 2, 2) points between two edges that run downwards."""
    return np.stack([left, right], axis=1)


def _fill(head: np.ndarray, high: float) -> np.ndarray:
    """What stands over an arch: (2, n, 2) from the wall's top down to the arch."""
    return np.stack([np.column_stack([head[:, 0], np.full(len(head), high)]), head])


def _faced(points: np.ndarray, tile_m: float) -> Mesh:
    flat = np.concatenate([points, np.zeros((*points.shape[:2], 1))], axis=-1)
    return patch(flat, np.stack([points[..., 0], -points[..., 1]], axis=-1) / tile_m)


def _reveal(outline: np.ndarray, thick: float, tile_m: float) -> Mesh:
    """The inside of an opening, seen from within it."""
    closed = np.concatenate([outline, outline[:1]])
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    points = np.stack([np.column_stack([closed, np.full(len(closed), z)]) for z in (thick / 2, -thick / 2)])
    uv = np.stack([np.stack([along, np.full(len(along), v)], axis=1) for v in (0.0, thick)]) / tile_m
    mesh = patch(points, uv)
    centre = outline.mean(axis=0)
    inward = np.sum((centre - mesh.positions[:, :2]) * mesh.normals[:, :2])
    mesh = mesh if inward > 0 else mesh.turned_inside_out()
    return mesh.shaded(occlusion=0.7)


def arcade(bays: int, bay_m: float, pier_m: float, spring: float, high: float, thick: float,
           tile_m: float) -> Mesh:
    """Round arches along X over piers or columns, from their springing up to `high`."""
    pieces = []
    for bay in range(bays):
        middle = (bay - (bays - 1) / 2) * bay_m
        radius = (bay_m - pier_m) / 2
        angle = np.linspace(np.pi, 0, 17)
        head = np.stack([np.cos(angle) * radius, spring + np.sin(angle) * radius], axis=1)
        edge = np.concatenate([[[-bay_m / 2, spring]], head, [[bay_m / 2, spring]]])
        front = _faced(_fill(edge, high), tile_m).moved(z=thick / 2)
        back = _faced(_fill(edge, high)[:, ::-1] * np.array([1.0, 1.0]), tile_m).moved(z=-thick / 2)
        soffit = _reveal(edge, thick, tile_m)
        keep = ~np.any(np.isin(soffit.faces, [len(edge), 2 * len(edge) + 1]), axis=1)
        soffit = make(soffit.positions, soffit.faces[keep], soffit.uv)
        pieces.append(merge([front, back, soffit.shaded(occlusion=0.6)]).moved(x=middle))
    mesh = merge(pieces)
    return mesh.shaded(occlusion=mesh.shade[:, 0] * (0.75 + 0.25 * smoothstep(spring, spring + 1.5,
        mesh.positions[:, 1])))


def barrel(length_m: float, radius_m: float, spring: float, tile_m: float, ribs: int = 6) -> Mesh:
    """A round vault along Z about z = 0, seen from below, with ribs across it."""
    angle = np.linspace(np.pi, 0, 25)
    z = np.linspace(-length_m / 2, length_m / 2, ribs * 6 + 1)
    a, depth = np.meshgrid(angle, z, indexing="ij")
    along = (depth / length_m + 0.5) * ribs
    drop = 0.14 * smoothstep(0.09, 0.05, np.abs(along - np.round(along)))
    radius = radius_m - drop
    points = np.stack([np.cos(a) * radius, spring + np.sin(a) * radius, depth], axis=-1)
    uv = np.stack([a * radius_m, depth], axis=-1) / tile_m
    mesh = patch(points, uv)
    inward = np.sum(mesh.normals[:, 1]) < 0
    mesh = mesh if inward else mesh.turned_inside_out()
    rise = np.sin(np.repeat(angle, len(z)))
    return mesh.shaded(occlusion=0.4 + 0.35 * (1 - rise) + 0.25 * (drop.reshape(-1) > 0))


def apse(radius_m: float, spring: float, tile_m: float, window_m: tuple[float, float] | None = None) -> Mesh:
    """A half-round end wall with its half dome, opening towards +Z, seen from within.

    window_m : (sill, head) of a hole 30° wide in the middle; head below the spring.
    """
    angle = np.linspace(-np.pi / 2, np.pi / 2, 25)
    y = np.linspace(0, spring, 7)
    if window_m is not None:
        y = np.concatenate([np.linspace(0, window_m[0], 5), [window_m[1], spring]])
    drum_a, drum_y = np.meshgrid(angle, y[::-1], indexing="xy")
    drum = np.stack([np.sin(drum_a) * radius_m, drum_y, -np.cos(drum_a) * radius_m], axis=-1)
    tilt = np.linspace(np.pi / 2, 0, 11)
    dome_a, dome_t = np.meshgrid(angle, tilt, indexing="xy")
    ring = np.cos(dome_t) * radius_m
    dome = np.stack([np.sin(dome_a) * ring, spring + np.sin(dome_t) * radius_m, -np.cos(dome_a) * ring],
                    axis=-1)
    pieces = []
    for points, a, v in ((drum, drum_a, -drum_y), (dome, dome_a, -spring - dome_t * radius_m)):
        mesh = patch(points, np.stack([a * radius_m, v], axis=-1) / tile_m)
        if window_m is not None and points is drum:
            x, middle_y, z = mesh.positions[mesh.faces].mean(axis=1).T
            hole = (np.abs(np.arctan2(x, -z)) < 0.24) & (middle_y > window_m[0]) & (middle_y < window_m[1])
            mesh = make(mesh.positions, mesh.faces[~hole], mesh.uv)
        facing = np.sum(mesh.normals[:, 2]) > 0
        pieces.append(mesh if facing else mesh.turned_inside_out())
    return merge(pieces).shaded(occlusion=0.6)


def weathered(mesh: Mesh, seed: int) -> Mesh:
    """Shade made uneven, as stone darkens with smoke and damp; the second colour is soot."""
    stain = smoothstep(-0.1, 0.5, fbm(mesh.positions * 0.5, 3, seed))
    floor = smoothstep(0.7, 0.0, mesh.positions[:, 1])
    return mesh.shaded(occlusion=mesh.shade[:, 0] * (1 - 0.45 * floor),
                       second=np.clip(0.4 * stain + 0.25 * floor, 0, 1))


def hull(half_m: float, front_z: float, back_z: float, high_m: float, hole: tuple[float, float, float],
         tile_m: float) -> Mesh:
    """A closed box outside everything, seen from outside alone: no seam within lets the sun in.

    hole : (half its width, sill, head) of the one opening, in the front.
    """
    wide, sill, head = hole
    middle, deep = (front_z + back_z) / 2, back_z - front_z
    front = [wall(half_m - wide, -0.3, high_m, tile_m, 8.0).moved(side * (half_m + wide) / 2)
             for side in (-1, 1)]
    front += [wall(2 * wide, low, high, tile_m, 8.0) for low, high in ((-0.3, sill), (head, high_m))]
    pieces = [mesh.turned("y", np.pi).moved(z=front_z) for mesh in front]
    pieces.append(wall(2 * half_m, -0.3, high_m, tile_m, 8.0).moved(z=back_z))
    for side in (-1, 1):
        flank = wall(deep, -0.3, high_m, tile_m, 8.0).turned("y", side * np.pi / 2)
        pieces.append(flank.moved(side * half_m, 0, middle))
    roof = wall(2 * half_m, -deep / 2, deep / 2, tile_m, 8.0).turned("x", -np.pi / 2).moved(0, high_m, middle)
    return merge([*pieces, roof])
