"""Likeness: what a picture of a material looks like, as statistics of what a network sees in it.

Means and deviations of a pretrained network's early maps say which fine shapes there are, how many, how large and
how they lie, and nothing of where: two pieces of one material are alike, whatever is cut out.
Source: Huang and Belongie 2017, "Arbitrary style transfer in real-time with adaptive instance normalization".
"""

import numpy as np

from showroom.imagine.backbone import Backbone

FEATURES = 320


def features(backbone: Backbone, pictures: np.ndarray) -> np.ndarray:
    """(n, 320) float32 of (n, h, w, 3) uint8 sRGB: a piece of a material each, at the scale of a tile 256 px wide."""
    import torch

    pixels = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255
    with torch.inference_mode():
        return statistics(backbone.early(pixels)).numpy()


def statistics(maps: list):
    """(n, 320): the mean of every early map, and the logarithm of its deviation."""
    import torch

    means = [x.float().mean((2, 3)) for x in maps]
    spreads = [torch.log(x.float().std((2, 3)) + 0.05) for x in maps]
    return torch.cat([*means, *spreads], 1)
