"""Vanilla: cured pods with their hooked ends, the orchid they come from, crystals of sugar."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, make, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import box, curve, patch, tube


def pod(chance: Chance, length_m: float = 0.18) -> Mesh:
    """One pod along X lying on y = 0: wrinkled lengthways, flattened, hooked at the stalk."""
    bend = chance.normal(3) * 0.06
    knots = np.array([[-0.5, 0.0, 0.05], [-0.44, 0.0, 0.0], [-0.15, 0.0, bend[0]], [0.2, 0.0, bend[1]],
                      [0.5, 0.0, bend[2]]]) * length_m
    path = curve(knots, 14)
    share = np.linspace(0, 1, 14)
    radius = 0.0042 * np.interp(share, [0, 0.06, 0.25, 0.8, 0.96, 1], [0.4, 0.55, 1, 0.95, 0.6, 0.25])
    path[:, 1] = radius * 0.62
    mesh = tube(path, radius, 6).transformed(np.diag([1.0, 0.72, 1.0]))
    around = mesh.uv[:, 0] / max(mesh.uv[:, 0].max(), 1e-9) * 2 * np.pi
    mesh = mesh.displaced(-0.0006 * np.abs(np.sin(around * 3.5 + 3 * mesh.uv[:, 1])))
    return mesh.shaded(occlusion=0.5 + 0.5 * smoothstep(0, 0.004, mesh.positions[:, 1]),
                       second=0.5 + 0.5 * fbm(mesh.positions * 160, 2, 3))


def bundle(chance: Chance, count: int = 11, length_m: float = 0.19) -> tuple[Mesh, Mesh]:
    """(pods, tie): pods stacked along X and tied round the middle with raffia."""
    pods = []
    for index in range(count):
        layer, place = divmod(index, 5)
        at = (0.012 * chance.normal(), 0.0055 * layer, (place - 2 + 0.5 * (layer % 2)) * 0.0085)
        turned = pod(chance, length_m * chance.uniform(0.9, 1.06)).turned("y", 0.03 * chance.normal())
        pods.append(turned.moved(*at))
    angle = np.linspace(0, 2 * np.pi * 3, 60)
    loop = np.stack([np.linspace(-0.006, 0.006, 60), 0.009 + 0.0105 * np.sin(angle), 0.024 * np.cos(angle)],
                    axis=1)
    ends = [curve(np.array([[0, 0.02, 0.004], [0.02 * side, 0.026, 0.02], [0.045 * side, 0.006, 0.03],
                            [0.06 * side, 0.003, 0.045]]), 12) for side in (-1, 1)]
    return merge(pods), merge([tube(loop, 0.0012, 5)] + [tube(path, 0.001, 5) for path in ends])


def orchid(chance: Chance) -> Mesh:
    """A vanilla blossom, 7 cm, looking up +Y: five narrow petals, a fluted lip with a gold throat."""
    pieces = []
    for index in range(5):
        turn = 2 * np.pi * index / 5 + 0.12 * chance.normal()
        v, u = np.meshgrid(np.linspace(1, 0, 7), np.linspace(-1, 1, 5), indexing="ij")
        wide = 0.0085 * np.sin(np.pi * (0.1 + 0.88 * v) ** 0.9) ** 0.7 + 0.001
        arch = 0.012 * np.sin(v * 2.4) + 0.003 * np.abs(u) ** 2 - 0.006 * v ** 3
        petal = patch(np.stack([u * wide, 0.004 + arch, 0.004 + 0.036 * v], axis=-1)).turned("y", turn)
        pieces.append(petal.shaded(occlusion=0.6 + 0.4 * (1 - petal.uv[:, 1]),
                                   second=0.8 * smoothstep(0.7, 1.0, petal.uv[:, 1])))
    v, u = np.meshgrid(np.linspace(1, 0, 8), np.linspace(-1, 1, 13), indexing="ij")
    flare = 0.005 + 0.009 * v ** 2
    a = u * 2.5
    frill = 0.0016 * v ** 2 * np.sin(a * 9)
    lip = np.stack([np.sin(a) * (flare + frill), 0.006 + 0.026 * v - 0.004 * np.cos(a) * v,
                    np.cos(a) * (flare + frill) + 0.006 * v], axis=-1)
    throat = patch(lip)
    pieces.append(throat.shaded(occlusion=0.5 + 0.5 * (1 - throat.uv[:, 1]),
                                second=0.35 + 0.65 * smoothstep(0.3, 0.9, throat.uv[:, 1])))
    return merge(pieces)


def crystal() -> Mesh:
    """One crystal of sugar, a cut cube 1 across."""
    corners = np.array([[-0.5, 0, 0.5], [0.5, 0, 0.5], [0.5, 0, -0.5], [-0.5, 0, -0.5]])
    top = corners * np.array([0.86, 1, 0.8]) + np.array([0, 0.8, 0])
    sides = [(k, (k + 1) % 4, (k + 1) % 4 + 4, k + 4) for k in range(4)] + [(4, 5, 6, 7)]
    faces = np.array([triple for a, b, c, d in sides for triple in ((a, b, c), (a, c, d))])
    points = np.concatenate([corners, top])
    return make(points, faces, points[:, [0, 2]]).faceted().shaded(occlusion=0.9)


def cube() -> Mesh:
    """A lump of sugar, 16 mm, with rubbed edges."""
    mesh = box(0.016, 0.016, 0.016, 0.0022, 0.05)
    return mesh.displaced(0.0005 * fbm(mesh.positions * 600, 2, 7)).shaded(occlusion=0.5
            + 0.5 * smoothstep(0, 0.008, mesh.positions[:, 1]))
