"""The shapes that the page's models have: a fluted flacon, its stopper, a ribbon, and the studio they stand in."""

import numpy as np
from _glb import Mesh

# outline of the flacon's body: height and radius, m
BODY = np.array([(0.0, 0.0), (0.0, 0.030), (0.003, 0.036), (0.012, 0.043), (0.030, 0.047), (0.050, 0.044),
                 (0.068, 0.034), (0.080, 0.022), (0.086, 0.015), (0.096, 0.013), (0.098, 0.0)])
STOPPER = np.array([(0.098, 0.0), (0.0981, 0.012), (0.104, 0.015), (0.110, 0.022), (0.121, 0.026), (0.132, 0.022),
                    (0.139, 0.010), (0.140, 0.0)])


def smoothed(outline: np.ndarray, rows: int) -> np.ndarray:
    """(rows, 2) points along an outline, even steps, its corners rounded.

    Source: Chaikin 1974, "An Algorithm for High Speed Curve Generation"."""
    for _ in range(3):
        quarter, rest = 0.75 * outline[:-1] + 0.25 * outline[1:], 0.25 * outline[:-1] + 0.75 * outline[1:]
        outline = np.concatenate([outline[:1], np.stack([quarter, rest], axis=1).reshape(-1, 2), outline[-1:]])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(outline, axis=0), axis=1))])
    at = np.linspace(0.0, along[-1], rows)
    return np.stack([np.interp(at, along, outline[:, k]) for k in (0, 1)], axis=-1)


def lathe(outline: np.ndarray, rows: int = 72, columns: int = 144, flutes: int = 0, depth: float = 0.0) -> Mesh:
    """An outline turned about the axis; `flutes` hollows round it, deep by a share of the radius."""
    line = smoothed(outline, rows)
    around = np.linspace(-np.pi, np.pi, columns + 1)
    height, radius = line[:, :1], line[:, 1:]
    belly = np.sin(np.pi * np.clip((height - height.min()) / np.ptp(height), 0, 1))
    radius = radius * (1 + depth * belly * (np.cos(flutes * around) - 1) / 2)
    upward = np.broadcast_to(height, radius.shape)
    places = np.stack([radius * np.sin(around), upward, radius * np.cos(around)], axis=-1)
    return _sheet(places, np.stack(np.meshgrid(np.linspace(0, 2, columns + 1), np.linspace(1, 0, rows)), axis=-1))


def ribbon(rows: int = 48, columns: int = 12, long_m: float = 0.16, wide_m: float = 0.035) -> Mesh:
    """A flat band that stands upright, facing +Z."""
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, columns + 1), np.linspace(0, 1, rows + 1))
    places = np.stack([u * wide_m, v * long_m, np.zeros_like(u)], axis=-1)
    return _sheet(places, np.stack([u + 0.5, 1 - v], axis=-1))


def box(low, high) -> Mesh:
    """A box with hard edges."""
    low, high = np.asarray(low, float), np.asarray(high, float)
    faces = []
    for axis in range(3):
        for side in (-1.0, 1.0):
            normal = np.eye(3)[axis] * side
            across = np.roll(np.eye(3), -axis, axis=0)[1]
            up = np.cross(normal, across)
            corners = [(low + high) / 2 + (high - low) / 2 * (normal + x * across + y * up)
                       for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            faces.append((corners, normal))
    places = np.array([corner for corners, _ in faces for corner in corners])
    normals = np.repeat([normal for _, normal in faces], 4, axis=0)
    triangles = (np.array([[0, 1, 2], [0, 2, 3]]) + 4 * np.arange(6)[:, None, None]).reshape(-1, 3)
    return Mesh(places, normals, np.tile([[0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]], (6, 1)), triangles)


def _sheet(places: np.ndarray, uv: np.ndarray) -> Mesh:
    """A mesh of a grid of places, rows going up and columns to the right as seen from outside."""
    rows, columns = places.shape[:2]
    up, right = np.gradient(places, axis=0), np.gradient(places, axis=1)
    if np.allclose(places[:, 0], places[:, -1], atol=1e-9):  # closed: both sides of the seam lean alike
        right[:, 0] = right[:, -1] = (places[:, 1] - places[:, -2]) / 2
    normals = np.cross(right, up)
    for row in (0, -1):  # where a row is a point, it leans as the one beside it does, all together
        if np.ptp(places[row], axis=0).max() < 1e-9:
            normals[row] = np.cross(right, up)[1 if row == 0 else -2].mean(axis=0)
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-12)
    corner = np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)
    above = corner + columns
    triangles = np.stack([corner, corner + 1, above + 1, corner, above + 1, above], axis=-1).reshape(-1, 3)
    return Mesh(places.reshape(-1, 3), normals.reshape(-1, 3), uv.reshape(-1, 2), triangles)
