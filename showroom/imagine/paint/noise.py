"""Periodic noise on the unit square from integer hashes.

Every field is a (size, size) float32 tensor sampled at pixel centres, row 0 at the top, and repeats
without a seam. Periods count lattice cells across the tile, so a field keeps its look at every size.
A lattice is small and interpolation is separable, so gradient noise is two products of matrices:
the same result as the usual four-corner sum, at a fraction of its cost.
Sources: K. Perlin, "Improving Noise" (2002); S. Worley, "A Cellular Texture Basis Function" (1996);
the integer mixing constants are those of C. Wellons' public-domain lowbias32.
"""

import functools
import math

import numpy as np
import torch
import torch.nn.functional as F

_STRIP = 1 << 16  # pixels at a time that stay in the processor's cache
_KEPT = 1 << 15  # a table of weights up to so many is kept: they are few, and asked for again and again


def _mixed(x: np.ndarray) -> np.ndarray:
    """uint32 → uint32, well mixed."""
    x = (x ^ (x >> 16)) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> 15)) * np.uint32(0x846CA68B)
    return x ^ (x >> 16)


def rand(count: int, seed: int) -> torch.Tensor:
    """(count,) float32 in [0, 1), a pure function of the seed."""
    key = _mixed(np.array([(seed * 0x9E3779B1 + 0x51ED27) & 0xFFFFFFFF], np.uint32))
    index = np.arange(0x632BE5, 0x632BE5 + count, dtype=np.uint32)
    return torch.from_numpy((_mixed(_mixed(index) ^ key) >> 8).astype(np.float32) / np.float32(1 << 24))


def spread(count: int, seed: int, low: float, high: float) -> torch.Tensor:
    """(count,) float32, even between low and high."""
    return low + (high - low) * rand(count, seed)


def grid(size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(u, v) at pixel centres, each (size, size); u grows to the right, v downwards."""
    line = (torch.arange(size, dtype=torch.float32) + 0.5) / size
    return line.expand(size, size), line[:, None].expand(size, size)


def smooth(low: float, high: float, x: torch.Tensor) -> torch.Tensor:
    """0 below `low`, 1 above `high`, a smooth step between (falls where low > high)."""
    t = (x - low).div_(high - low).clamp_(0.0, 1.0)
    return (3.0 - 2.0 * t).mul_(t * t)


def mix(a, b, t):
    """a where t is 0, b where it is 1."""
    return a + (b - a) * t


def _weights(size: int, period: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Interpolation matrix (size, period) and the same times the distance to the lattice point; read only."""
    return (_kept_weights if size * period <= _KEPT else _new_weights)(size, period)


def _new_weights(size: int, period: int) -> tuple[torch.Tensor, torch.Tensor]:
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


_kept_weights = functools.lru_cache(maxsize=256)(_new_weights)


def _pair(period: int | tuple[int, int]) -> tuple[int, int]:
    return (period, period) if isinstance(period, int) else period


def _extent(size: int | tuple[int, int]) -> tuple[int, int]:
    return (size, size) if isinstance(size, int) else size


def gradient(size: int | tuple[int, int], period: int | tuple[int, int], seed: int) -> torch.Tensor:
    """Gradient noise, mean 0, nearly all of it in [−1, 1].

    size: pixels, or (rows, columns) for a panorama.   period: cells, or cells (across, down).
    """
    return _summed(size, [(_pair(period), seed, 1.0)])


def _summed(size: int | tuple[int, int], waves: list[tuple[tuple[int, int], int, float]]) -> torch.Tensor:
    """The sum of several gradient noises, each (period, seed, amplitude): one product of two matrices."""
    rows, columns = _extent(size)
    left, right = [torch.zeros(rows, 1)], [torch.zeros(1, columns)]  # the sum of none is flat
    for (across, down), seed, amplitude in waves:
        angle = rand(across * down, seed).reshape(down, across) * math.tau
        wx, px = _weights(columns, across)
        left += _weights(rows, down)
        right += [amplitude * 1.55 * torch.cos(angle) @ px.T, amplitude * 1.55 * torch.sin(angle) @ wx.T]
    return torch.cat(left, dim=1) @ torch.cat(right)


def value(size: int | tuple[int, int], period: int | tuple[int, int], seed: int) -> torch.Tensor:
    """Value noise in [0, 1]: random heights, smoothly joined."""
    across, down = _pair(period)
    rows, columns = _extent(size)
    heights = rand(across * down, seed).reshape(down, across)
    return _weights(rows, down)[0] @ heights @ _weights(columns, across)[0].T


def _octaves(size: int | tuple[int, int], period, seed: int, octaves: int, gain: float):
    """(period, seed, amplitude) of each octave a picture of this size can hold; amplitudes sum to about 1."""
    across, down = _pair(period)
    rows, columns = _extent(size)
    total = sum(gain**k for k in range(octaves))
    for k in range(octaves):
        pixels = min(rows / (down << k), columns / (across << k))
        fits = min(1.0, pixels / 1.5 - 0.5)
        if fits <= 0.0:
            return
        yield (across << k, down << k), seed * 31 + k, fits * gain**k / total


def fbm(
    size: int | tuple[int, int], period: int | tuple[int, int], seed: int, octaves: int = 5, gain: float = 0.5
) -> torch.Tensor:
    """Sum of octaves of gradient noise, mean 0, nearly all of it in [−1, 1]."""
    return _summed(size, [(p, s, 1.5 * a) for p, s, a in _octaves(size, period, seed, octaves, gain)])


def ridged(
    size: int | tuple[int, int], period: int | tuple[int, int], seed: int, octaves: int = 4, gain: float = 0.5
) -> torch.Tensor:
    """Sharp crests, in [0, 1]: 1 on a ridge."""
    return sum(
        (1.0 - gradient(size, p, s).abs_()).clamp_(min=0.0) ** 2 * a
        for p, s, a in _octaves(size, period, seed, octaves, gain)
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
    at = (torch.arange(size, dtype=torch.float32) + 0.5) / size * period
    home = at.floor()
    count = period * period
    points = [(0.5 + jitter * (rand(count, seed * 2 + k) - 0.5)).reshape(period, period) for k in (1, 2)]
    rows = torch.arange(size).split(max(1, _STRIP // size))
    strips = [_nearest(at - home, home.long(), part, period, *points) for part in rows]
    return tuple(torch.cat(part) for part in zip(*strips))


def _nearest(within: torch.Tensor, home: torch.Tensor, rows: torch.Tensor, period: int, jx: torch.Tensor,
             jy: torch.Tensor):
    """`worley` for some rows. within, home: where in its cell, and in which, each row or column lies;
    jx, jy: each cell's own point in it, (period, period).

    A squared distance is positive, so its bits count up with it as an integer's do; the lowest four say
    which of the nine cells about it belongs to (and cost a millionth of it).
    """
    first, last = int(home[rows[0]]), int(home[rows[-1]]) + 1  # the rows of cells that these rows cross
    own, tall = home[rows] - first, within[rows]
    nearest = second = None
    from_x, from_y, cells = [], [], []
    for k in range(9):
        oy, ox = k // 3 - 1, k % 3 - 1
        lines, columns = torch.arange(first + oy, last + oy) % period, (home + ox) % period
        x, y = jx[lines][:, columns] + ox, jy[lines][:, columns] + oy
        wide = within - x
        square = (tall[:, None] - y.index_select(0, own)).square_().add_((wide * wide).index_select(0, own))
        square = square.view(torch.int32).bitwise_and_(-16).bitwise_or_(k)
        if k == 0:
            nearest, second = square, torch.full_like(square, torch.iinfo(torch.int32).max)
        else:
            second = torch.minimum(second, torch.maximum(nearest, square))
            nearest = torch.minimum(nearest, square)
        from_x.append(x)
        from_y.append(y)
        cells.append(lines[:, None] * period + columns)
    index = (nearest & 15).mul_(len(lines)).add_(own[:, None].int()).mul_(len(home))
    index = index.add_(torch.arange(len(home), dtype=torch.int32)).reshape(-1)
    px, py, cell = (torch.stack(table).reshape(-1).index_select(0, index).reshape(nearest.shape)
                    for table in (from_x, from_y, cells))
    f1, f2 = (bits.bitwise_and_(-16).view(torch.float32).sqrt() for bits in (nearest, second))
    return f1, f2, cell, within - px, tall[:, None] - py


def sample(field: torch.Tensor, u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Bilinear look-up of a periodic (h, w) or (h, w, c) field at any (u, v) of one shape."""
    h, w = field.shape[:2]
    planes = field[None] if field.ndim == 2 else field.movedim(-1, 0)
    wrapped = F.pad(planes[None], (1, 1, 1, 1), mode="circular")[0].reshape(len(planes), -1)
    out = torch.empty(len(planes), u.numel())
    parts = zip(out.split(_STRIP, dim=1), u.reshape(-1).split(_STRIP), v.reshape(-1).split(_STRIP))
    for target, across, down in parts:
        column, fx = _between(across, w)
        row, fy = _between(down, h)
        index = row.mul_(w + 2.0).add_(column).int()
        for plane, values in zip(wrapped, target):
            a, b, c, d = (plane[begin:].index_select(0, index) for begin in (0, 1, w + 2, w + 3))
            top, low = b.sub_(a).mul_(fx).add_(a), d.sub_(c).mul_(fx).add_(c)
            torch.sub(low, top, out=values)
            values.mul_(fy).add_(top)
    out = out.reshape(len(planes), *u.shape)
    return out[0] if field.ndim == 2 else out.movedim(0, -1)


def _between(x: torch.Tensor, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """(texel, share of the next) that x lies between, of a row of `count` with its ends repeated about it.

    Whole numbers of at most 2²⁴, so float32 counts them exactly.
    """
    at = (x - x.floor()).mul_(count).add_(0.5)
    texel = at.floor()
    return texel, at.sub_(texel)


def warp(field: torch.Tensor, du: torch.Tensor, dv: torch.Tensor) -> torch.Tensor:
    """The field looked up at (u + du, v + dv); offsets in tiles."""
    u, v = grid(field.shape[0])
    return sample(field, u + du, v + dv)


def blur(field: torch.Tensor, sigma: float) -> torch.Tensor:
    """Periodic Gaussian blur of (n, n) or (n, n, c); sigma in tiles."""
    return blurs(field, sigma)[0]


def blurs(field: torch.Tensor, *sigmas: float) -> list[torch.Tensor]:
    """The field blurred once for each sigma, as `blur` does."""
    n = field.shape[0]
    waves = torch.fft.rfft2(field if field.ndim == 2 else field.movedim(-1, 0))
    done = []
    for sigma in sigmas:
        down, across = (torch.exp(-2.0 * (math.pi * sigma) ** 2 * f**2)
                        for f in (torch.fft.fftfreq(n) * n, torch.fft.rfftfreq(n) * n))
        out = torch.fft.irfft2(waves * (down[:, None] * across), s=(n, n))
        done.append(out if field.ndim == 2 else out.movedim(0, -1))
    return done
