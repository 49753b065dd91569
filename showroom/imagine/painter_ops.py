"""What the painter's model does to pictures beside convolving, nearly each with its gradient written out.

Autograd would find the same gradients in three times the time: it fills and adds whole pictures for every edge
that wraps, and goes through each of them a dozen times to normalise. Pictures are (n, c, h, w), laid channels last.
"""

import torch
from torch import Tensor
from torch.autograd import Function
from torch.nn import functional as F

_SLOPE = 0.2  # of the leaky ramp


def wrapped(x: Tensor) -> Tensor:
    """(n, c, h + 2, w + 2) of (n, c, h, w) that goes on beyond its edges."""
    return _Wrapped.apply(x)


def doubled(x: Tensor) -> Tensor:
    """(n, c, 2 h, 2 w): every pixel four times."""
    return _Doubled.apply(x)


def smoothly_doubled(x: Tensor) -> Tensor:
    """(n, c, 2 h, 2 w): every pixel four, of its mean, that rise as its neighbours do. Its gradient is autograd's."""
    for axis in (2, 3):
        rise = (x.roll(-1, axis) - x.roll(1, axis)) / 8
        x = torch.stack([x - rise, x + rise], axis + 1).flatten(axis, axis + 1)
    return x


def meaned(x: Tensor) -> Tensor:
    """The same size, every two by two pixels their mean."""
    return doubled(F.avg_pool2d(x, 2))


def modulated(x: Tensor, gain: Tensor, offset: Tensor, loud: Tensor, noise: Tensor) -> Tensor:
    """A picture normalised, given another deviation and mean and noise, through a leaky ramp.

    x : (n, c, h, w).   gain, offset, loud : (n, c), the deviation less one, the mean, and how loud the noise is.
    noise : (n, 1, h, w), which nothing learns.
    """
    return _Modulated.apply(x, gain, offset, loud, noise)


class _Wrapped(Function):
    @staticmethod
    def forward(ctx, x):
        x = torch.cat([x[:, :, -1:], x, x[:, :, :1]], 2)
        return torch.cat([x[..., -1:], x, x[..., :1]], 3)

    @staticmethod
    def backward(ctx, grad):
        whole = grad[:, :, 1:-1, 1:-1].clone(memory_format=torch.channels_last)
        rows, columns = grad[..., [-1, 0]].clone(), grad[:, :, [-1, 0], 1:-1]
        rows[:, :, [1, -2]] += rows[:, :, [-1, 0]]  # the corners belong to the far edges' ends
        whole[:, :, [0, -1]] += columns
        whole[..., [0, -1]] += rows[:, :, 1:-1]
        return whole


class _Doubled(Function):
    @staticmethod
    def forward(ctx, x):
        n, c, h, w = x.shape
        rows = x.permute(0, 2, 3, 1)[:, :, None, :, None].expand(n, h, 2, w, 2, c)
        return rows.reshape(n, 2 * h, 2 * w, c).permute(0, 3, 1, 2)

    @staticmethod
    def backward(ctx, grad):
        return F.avg_pool2d(grad, 2).mul_(4)


class _Modulated(Function):
    @staticmethod
    def forward(ctx, x, gain, offset, loud, noise):
        n, c, h, w = x.shape
        even, _, rate = torch.native_group_norm(x, None, None, n, c, h * w, c, 1e-5)
        gain = _field(1 + gain, x)
        moved = torch.addcmul(torch.addcmul(_field(offset, x), _field(loud, x), noise.to(x.dtype)), even, gain)
        out = F.leaky_relu_(moved, _SLOPE)
        ctx.save_for_backward(even, gain, rate, noise, out)
        return out

    @staticmethod
    def backward(ctx, grad):
        even, gain, rate, noise, out = ctx.saved_tensors
        n, c, h, w = even.shape
        grad = torch.ops.aten.leaky_relu_backward(grad, out, _SLOPE, True)
        for_gain = _summed(grad * even)
        flat = grad.permute(0, 2, 3, 1).reshape(n, h * w, c)
        columns = torch.cat([torch.ones_like(noise), noise], 1).to(grad.dtype).reshape(n, 2, h * w)
        for_offset, for_loud = torch.bmm(columns, flat).float().unbind(1)
        # The gradient of normalising: what is left of it beside the mean and the picture itself.
        rest = torch.addcmul(grad - _field(for_offset / (h * w), grad), even, _field(-for_gain / (h * w), grad))
        return rest * (gain * _field(rate.reshape(n, c), grad)), for_gain, for_offset, for_loud, None


def _field(rows: Tensor, like: Tensor) -> Tensor:
    """(n, c, 1, 1) in a picture's own type."""
    return rows[:, :, None, None].to(like.dtype)


def _summed(x: Tensor) -> Tensor:
    """(n, c) float32."""
    return x.mean((2, 3), dtype=torch.float32) * (x.shape[2] * x.shape[3])
