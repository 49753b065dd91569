"""Periodic noise on the unit square from integer hashes.

Every field is a (size, size) float32 tensor sampled at pixel centres, row 0 at the top, and repeats
without a seam. Periods count lattice cells across the tile, so a field keeps its look at every size.
A lattice is small and interpolation is separable, so gradient noise is two products of matrices:
the same result as the usual four-corner sum, at a fraction of its cost.
Sources: K. Perlin, "Improving Noise" (2002); S. Worley, "A Cellular Texture Basis Function" (1996);
the integer mixing constants are those of C. Wellons' public-domain lowbias32.
"""

import math

import torch
import torch.nn.functional as F

_LOW = 0xFFFFFFFF


def mixed(x: torch.Tensor) -> torch.Tensor:
    """int64 tensor → int64 tensor of well-mixed 32-bit values."""
    x = x & _LOW
    x = ((x ^ (x >> 16)) * 0x7FEB352D) & _LOW
    x = ((x ^ (x >> 15)) * 0x846CA68B) & _LOW
    return x ^ (x >> 16)


def rand(count: int, seed: int) -> torch.Tensor:
    """(count,) float32 in [0, 1), a pure function of the seed."""
    key = mixed(torch.tensor([seed], dtype=torch.int64) * 0x9E3779B1 + 0x51ED27)
    index = torch.arange(count, dtype=torch.int64)
    return (mixed(mixed(index + 0x632BE5) ^ key) >> 8).to(torch.float32) / float(1 << 24)


def spread(count: int, seed: int, low: float, high: float) -> torch.Tensor:
    """(count,) float32, even between low and high."""
    return low + (high - low) * rand(count, seed)


def grid(size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(u, v) at pixel centres, each (size, size); u grows to the right, v downwards."""
    line = (torch.arange(size, dtype=torch.float32) + 0.5) / size
    return line.expand(size, size), line[:, None].expand(size, size)


def smooth(low: float, high: float, x: torch.Tensor) -> torch.Tensor:
    """0 below `low`, 1 above `high`, a smooth step between (falls where low > high)."""
    t = ((x - low) / (high - low)).clamp(0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def mix(a, b, t):
    """a where t is 0, b where it is 1."""
    return a + (b - a) * t


def _weights(size: int, period: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Interpolation matrix (size, period) and the same times the distance to the lattice point."""
    x = (torch.arange(size, dtype=torch.float32) + 0.5) * (period / size)
    cell = x.floor()
    f = x - cell
    fade = f * f * f * (f * (f * 6.0 - 15.0) + 10.0)
    left = cell.long() % period
    right = (left + 1) % period
    rows = torch.arange(size)
    weight = torch.zeros(size, period)
    pull = torch.zeros(size, period)
    weight.index_put_((rows, left), 1.0 - fade, accumulate=True)
    weight.index_put_((rows, right), fade, accumulate=True)
    pull.index_put_((rows, left), (1.0 - fade) * f, accumulate=True)
    pull.index_put_((rows, right), fade * (f - 1.0), accumulate=True)
    return weight, pull


def _pair(period: int | tuple[int, int]) -> tuple[int, int]:
    return (period, period) if isinstance(period, int) else period


def _extent(size: int | tuple[int, int]) -> tuple[int, int]:
    return (size, size) if isinstance(size, int) else size


def gradient(size: int | tuple[int, int], period: int | tuple[int, int], seed: int) -> torch.Tensor:
    """Gradient noise, mean 0, nearly all of it in [−1, 1].

    size: pixels, or (rows, columns) for a panorama.   period: cells, or cells (across, down).
    """
    across, down = _pair(period)
    rows, columns = _extent(size)
    angle = rand(across * down, seed).reshape(down, across) * math.tau
    wx, px = _weights(columns, across)
    wy, py = _weights(rows, down)
    return 1.55 * (wy @ torch.cos(angle) @ px.T + py @ torch.sin(angle) @ wx.T)


def value(size: int | tuple[int, int], period: int | tuple[int, int], seed: int) -> torch.Tensor:
    """Value noise in [0, 1]: random heights, smoothly joined."""
    across, down = _pair(period)
    rows, columns = _extent(size)
    heights = rand(across * down, seed).reshape(down, across)
    return _weights(rows, down)[0] @ heights @ _weights(columns, across)[0].T


def _octaves(size: int | tuple[int, int], period, seed: int, octaves: int, gain: float):
    """(noise, amplitude) of each octave a picture of this size can hold; amplitudes sum to about 1."""
    across, down = _pair(period)
    rows, columns = _extent(size)
    total = sum(gain**k for k in range(octaves))
    for k in range(octaves):
        pixels = min(rows / (down << k), columns / (across << k))
        fits = min(1.0, pixels / 1.5 - 0.5)
        if fits <= 0.0:
            return
        yield gradient(size, (across << k, down << k), seed * 31 + k), fits * gain**k / total


def fbm(
    size: int | tuple[int, int], period: int | tuple[int, int], seed: int, octaves: int = 5, gain: float = 0.5
) -> torch.Tensor:
    """Sum of octaves of gradient noise, mean 0, nearly all of it in [−1, 1]."""
    return 1.5 * sum(n * a for n, a in _octaves(size, period, seed, octaves, gain))


def ridged(
    size: int | tuple[int, int], period: int | tuple[int, int], seed: int, octaves: int = 4, gain: float = 0.5
) -> torch.Tensor:
    """Sharp crests, in [0, 1]: 1 on a ridge."""
    return sum(
        (1.0 - n.abs()).clamp(min=0.0) ** 2 * a for n, a in _octaves(size, period, seed, octaves, gain)
    )


def line(count: int, period: int, seed: int, octaves: int = 4, gain: float = 0.5) -> torch.Tensor:
    """(count,) a periodic profile, mean about 0, nearly all of it in [−1, 1]: ridges, roofs, crowns."""
    total = torch.zeros(count)
    for k in range(octaves):
        if count < 3 * (period << k):
            break
        slope = 2.0 * rand(period << k, seed * 31 + k) - 1.0
        total = total + gain**k * (_weights(count, period << k)[1] @ slope)
    return 2.6 * total * (1.0 - gain)


def worley(size: int, period: int, seed: int, jitter: float = 0.9):
    """Cells round random points: (f1, f2, cell, dx, dy).

    f1, f2 : distance to the nearest and second point, in cells.  cell : int64 index of the nearest.
    dx, dy : offset from that point, in cells.
    """
    u, v = grid(size)
    x, y = u * period, v * period
    cx, cy = x.floor(), y.floor()
    count = period * period
    jx = 0.5 + jitter * (rand(count, seed * 2 + 1) - 0.5)
    jy = 0.5 + jitter * (rand(count, seed * 2 + 2) - 0.5)
    f1 = torch.full_like(x, 9.0)
    f2 = torch.full_like(x, 9.0)
    best = torch.zeros_like(x, dtype=torch.int64)
    bx, by = torch.zeros_like(x), torch.zeros_like(x)
    for oy in (-1, 0, 1):
        for ox in (-1, 0, 1):
            nx, ny = cx + ox, cy + oy
            cell = (ny.long() % period) * period + nx.long() % period
            dx, dy = x - nx - jx[cell], y - ny - jy[cell]
            d = dx * dx + dy * dy
            near = d < f1
            f2 = torch.where(near, f1, torch.minimum(f2, d))
            f1 = torch.where(near, d, f1)
            best = torch.where(near, cell, best)
            bx, by = torch.where(near, dx, bx), torch.where(near, dy, by)
    return f1.sqrt(), f2.sqrt(), best, bx, by


def sample(field: torch.Tensor, u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Bilinear look-up of a periodic (h, w) or (h, w, c) field at any (u, v) of one shape."""
    h, w = field.shape[:2]
    planes = field[None] if field.ndim == 2 else field.permute(2, 0, 1)
    wrapped = F.pad(planes[None], (1, 1, 1, 1), mode="circular")
    at = torch.stack(
        [
            (u % 1.0) * (2.0 * w) / (w + 2.0) + (2.0 - w - 2.0) / (w + 2.0),
            (v % 1.0) * (2.0 * h) / (h + 2.0) + (2.0 - h - 2.0) / (h + 2.0),
        ],
        dim=-1,
    )
    flat = at.reshape(1, 1, -1, 2)
    out = F.grid_sample(wrapped, flat, mode="bilinear", padding_mode="border", align_corners=False)
    out = out[0, :, 0].reshape(planes.shape[0], *u.shape)
    return out[0] if field.ndim == 2 else out.movedim(0, -1)


def warp(field: torch.Tensor, du: torch.Tensor, dv: torch.Tensor) -> torch.Tensor:
    """The field looked up at (u + du, v + dv); offsets in tiles."""
    u, v = grid(field.shape[0])
    return sample(field, u + du, v + dv)


def blur(field: torch.Tensor, sigma: float) -> torch.Tensor:
    """Periodic Gaussian blur of (n, n) or (n, n, c); sigma in tiles."""
    n = field.shape[0]
    fy = torch.fft.fftfreq(n) * n
    fx = torch.fft.rfftfreq(n) * n
    keep = torch.exp(-2.0 * (math.pi * sigma) ** 2 * (fy[:, None] ** 2 + fx[None] ** 2))
    planes = field if field.ndim == 2 else field.permute(2, 0, 1)
    out = torch.fft.irfft2(torch.fft.rfft2(planes) * keep, s=(n, n))
    return out if field.ndim == 2 else out.permute(1, 2, 0)
