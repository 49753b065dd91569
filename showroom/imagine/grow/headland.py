"""Headland: cliffs and stacks at the far end of the bay, made to be seen through haze."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, ridged, smoothstep
from showroom.imagine.grow.shapes import grid_sheet, rock


def headland_mesh(seed: int, detail: float) -> Mesh:
    """A long cliff that runs out to sea on the right and ends in two stacks; a low spit on the left."""
    count = int(24 + 36 * detail)

    def cliff(x, z):
        ridge = smoothstep(0, 10, x - 34 - 0.22 * (z + 90)) * smoothstep(0, 16,
            150 - x) * smoothstep(-150, -120, z)
        wall = smoothstep(0, 9, z + 96 + 0.18 * x + 6 * fbm(np.stack([x, z], -1) * 0.06, 2, seed))
        top = 11 + 0.1 * (x - 34) + 7 * ridged(np.stack([x, z], -1) * 0.05, 3, seed + 1)
        back = smoothstep(10, -40, z)
        return -3 + (top + 3) * ridge * wall * back

    cape = grid_sheet(np.linspace(28, 150, count), np.linspace(-130, 5, count), cliff, 3.0)
    x, y, z = cape.positions.T
    cape = Mesh(cape.positions, cape.normals, np.stack([(x - z) * 0.12, -y * 0.16], axis=1), cape.shade,
                cape.faces)
    low = cape.shaded(occlusion=0.7 + 0.3 * smoothstep(0, 8, cape.positions[:, 1]),
                      second=smoothstep(0.6, 0.9, cape.normals[:, 1]) * smoothstep(5, 9,
                          cape.positions[:, 1]))
    stacks = [rock(2, seed % 50 + index, 0.3, (1, 1.6, 1), 8).scaled(size).moved(x, 0.2 * size, z)
              for index, (x, z, size) in enumerate(((29, -88, 4.5), (24, -97, 2.6), (-64, -105, 3.2),
                                                    (-70, -112, 5.0),
                                                    (-82, -108, 4.0), (21.5, -30, 0.9), (23.5, -33, 1.5)))]
    return merge([low, *stacks]).shaded()
