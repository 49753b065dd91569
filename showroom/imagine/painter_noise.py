"""The chance in a learned picture: white noise for every level, which a seed decides."""

from dataclasses import dataclass

import torch
from torch import Tensor

FIRST_PX, NOISES = 16, 8  # edge of the first level, and its channels of noise


@dataclass(frozen=True)
class Noises:
    """All chance there is in n pictures. first: (n, 8, 16, 16). levels: two (n, 1, edge, edge) each."""

    first: Tensor
    levels: tuple[tuple[Tensor, Tensor], ...]

    @staticmethod
    def of(seed: int, count: int, levels: int) -> "Noises":
        """The same for the same seed; the first levels are the same however many there are."""
        return Noises.drawn(torch.Generator().manual_seed(seed), count, levels)

    @staticmethod
    def drawn(chance: torch.Generator, count: int, levels: int) -> "Noises":
        """The next of a row of them."""
        first = torch.randn(count, NOISES, FIRST_PX, FIRST_PX, generator=chance)
        rows = tuple(tuple(torch.randn(count, 1, FIRST_PX << at, FIRST_PX << at, generator=chance) for _ in range(2))
                     for at in range(levels))
        return Noises(first, rows)
