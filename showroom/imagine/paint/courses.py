"""Courses: rows of laid pieces (slabs, bricks, setts, planks) with joints, closed over the seam."""

from dataclasses import dataclass

import torch

from showroom.imagine.paint import noise


@dataclass
class Courses:
    """For every pixel: which piece, its place in it (x, y from −1 to 1), and how far its edge is (tiles).

    piece : (n, n) int64.   count : number of pieces.   width, height : of the piece, tiles.
    """

    piece: torch.Tensor
    count: int
    x: torch.Tensor
    y: torch.Tensor
    edge: torch.Tensor
    width: torch.Tensor
    height: torch.Tensor

    def each(self, seed: int, low: float, high: float) -> torch.Tensor:
        """(n, n) a random number for each piece."""
        return noise.spread(self.count, seed, low, high)[self.piece]


def laid(
    u: torch.Tensor,
    v: torch.Tensor,
    rows: int,
    across: int,
    seed: int,
    uneven: float = 0.0,
    bond: float = 0.5,
) -> Courses:
    """Lays rows × across pieces.

    u, v : (n, n) tile coordinates, already bent if edges should waver.
    uneven : 0 all alike to 0.9, how much rows and pieces differ in size.
    bond : shift of every other row, in pieces (0.5 running bond); rows shift at random when < 0.
    """
    u, v = u % 1.0, v % 1.0
    tops = _breaks(rows, seed + 1, uneven * 0.6)
    row = (torch.searchsorted(tops, v.contiguous(), right=True) - 1).clamp(0, rows - 1)
    bounds = torch.cat([tops, tops[:1] + 1.0])
    shift = noise.rand(rows, seed + 2) if bond < 0 else (torch.arange(rows) % 2) * bond
    along = (u + shift[row] / across) % 1.0
    sides = torch.stack([_breaks(across, seed + 10 + k, uneven) for k in range(rows)])
    ends = torch.cat([sides, sides[:, :1] + 1.0], dim=1)
    column = torch.zeros_like(row)
    for k in range(1, across):
        column = column + (along >= sides[:, k][row])
    left, right = ends[row, column], ends[row, column + 1]
    top, bottom = bounds[row], bounds[row + 1]
    x, y = (along - left) / (right - left) * 2.0 - 1.0, (v - top) / (bottom - top) * 2.0 - 1.0
    width, height = right - left, bottom - top
    edge = torch.minimum((1.0 - x.abs()) * width, (1.0 - y.abs()) * height) / 2.0
    return Courses(row * across + column, rows * across, x, y, edge, width, height)


def _breaks(count: int, seed: int, uneven: float) -> torch.Tensor:
    """(count,) where pieces begin, from 0, their sizes within ±uneven of one another."""
    sizes = 1.0 + uneven * (noise.rand(count, seed) - 0.5)
    ends = torch.cumsum(sizes / sizes.sum(), dim=0)
    return torch.cat([torch.zeros(1), ends[:-1]])
