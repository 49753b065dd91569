"""What masons lay: marble, limestone, plaster, brick."""

import math

import torch

from showroom.imagine.paint import colour, noise, scatter
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface


def marble(want: Surface, size: int, seed: int) -> Layers:
    """Polished marble: cloudy calcite, long veins that branch and vary in width, hairline cracks."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 3, seed + 1, 5), noise.fbm(size, 3, seed + 2, 5)
    cloud = noise.warp(noise.fbm(size, 3, seed + 3, 6, 0.55), 0.10 * wx, 0.10 * wy)
    u, v = noise.grid(size)
    # veins run along one diagonal of the tile; a whole number of them keeps the seam closed
    run = torch.sin(math.tau * (u + v) + 2.6 * wx + 1.2 * cloud + 0.7) + 0.25 * wy
    branch = noise.warp(noise.gradient(size, 4, seed + 4), 0.13 * wx, 0.13 * wy)
    hair = noise.warp(noise.gradient(size, 9, seed + 5), 0.06 * wy, 0.06 * wx)
    strength = smooth(-0.35, 0.5, noise.fbm(size, 4, seed + 6, 3))
    broad = torch.exp(-(run / 0.34) ** 2) * 0.55 + torch.exp(-(run / 0.075) ** 2) * 0.5
    forks = torch.exp(-(branch / 0.07) ** 2) * 0.6 + torch.exp(-(branch / 0.02) ** 2) * 0.4
    fine = torch.exp(-(hair / 0.018) ** 2)
    vein = (broad * (0.35 + 0.65 * strength) + forks * strength * 0.75 + fine * 0.22 * strength).clamp(0.0, 1.0)
    ground = colour.blend(colour.shifted(base, 0.025, 0.0), colour.shifted(base, -0.055, 0.004), smooth(-0.6, 0.7, cloud))
    crystal = 1.0 + 0.018 * noise.gradient(size, 110, seed + 7)
    gilt = smooth(0.1, 0.7, noise.fbm(size, 3, seed + 8, 3))[..., None]
    ink = mix(accent.expand_as(ground), colour.shifted(accent, 0.06, 0.045), gilt)
    color = colour.blend(ground * crystal[..., None], ink, 0.72 * vein)
    height = -0.0006 * vein + 0.0002 * noise.fbm(size, 12, seed + 9, 3)
    rough = 0.4 + 0.10 * vein + 0.04 * cloud + 0.03 * noise.fbm(size, 22, seed + 10, 3)
    return Layers(color, height, rough, occlusion=0.2)
