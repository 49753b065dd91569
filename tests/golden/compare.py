"""Whether two pictures are the same to an eye: small blocks, so that an edge may move by a part of a
pixel, but no thing may be missing, shifted or of another colour."""

from dataclasses import dataclass

import numpy as np

BLOCK_PX = 4
MEAN_LIMIT = 1.5      # mean difference over the picture, of 255
BLOCK_LIMIT = 12.0    # what one block may differ by before it counts as wrong
WRONG_SHARE = 0.01    # share of blocks that may be wrong


@dataclass(frozen=True)
class Difference:
    """mean : mean absolute difference of block means, 0 to 255.   wrong : share of wrong blocks."""

    mean: float
    wrong: float

    @property
    def same(self) -> bool:
        """Within both limits."""
        return self.mean <= MEAN_LIMIT and self.wrong <= WRONG_SHARE


def compare(left: np.ndarray, right: np.ndarray) -> Difference:
    """Two (h, w, 3) uint8 pictures. Pictures of different shape are wholly different."""
    if left.shape != right.shape:
        return Difference(255.0, 1.0)
    apart = np.abs(_blocks(left) - _blocks(right)).max(axis=-1)
    return Difference(float(apart.mean()), float((apart > BLOCK_LIMIT).mean()))


def _blocks(picture: np.ndarray) -> np.ndarray:
    """(h / 4, w / 4, 3) means; rows and columns beyond the last whole block are left out."""
    height, width = (edge // BLOCK_PX * BLOCK_PX for edge in picture.shape[:2])
    cut = picture[:height, :width].astype(np.float64)
    return cut.reshape(height // BLOCK_PX, BLOCK_PX, width // BLOCK_PX, BLOCK_PX, 3).mean(axis=(1, 3))
