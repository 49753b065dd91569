"""Boxed: texture coordinates from the nearest of three sides, so that no face of a rock is stretched."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh


def boxed(mesh: Mesh, tile_m: float) -> Mesh:
    """The mesh with corners of its own for every triangle, one repeat every tile_m; normals stay smooth."""
    corners = mesh.faces.reshape(-1)
    at = mesh.positions[corners]
    a, b, c = (at[k::3] for k in range(3))
    side = np.repeat(np.abs(np.cross(b - a, c - a)).argmax(axis=1), 3)
    pick = np.array([[2, 1], [0, 2], [0, 1]])[side]
    rows = np.arange(len(at))
    uv = np.stack([at[rows, pick[:, 0]], -at[rows, pick[:, 1]]], axis=1) / tile_m + 0.37 * side[:, None]
    return Mesh(at, mesh.normals[corners], uv, mesh.shade[corners], rows.reshape(-1, 3))
