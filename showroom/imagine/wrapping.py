"""Networks that draw pictures, made to draw pictures that join at their edges.

Every convolution pads with the opposite edge instead of zeros: along both axes for a tile, along x
alone for a panorama.
"""

import contextlib
import types
from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import nn


@contextlib.contextmanager
def wrapping(networks: list[nn.Module], tile: bool) -> Iterator[None]:
    """While inside, the networks' pictures wrap round: in x and y if `tile`, else in x."""
    with contextlib.ExitStack() as undo:
        for network in networks:
            for module in network.modules():
                if isinstance(module, nn.Conv2d) and any(_padding(module)):
                    undo.enter_context(_replaced(module, "_conv_forward", _convolved, tile))
                elif type(module).__name__ == "Downsample2D" and getattr(module, "padding", 1) == 0:
                    undo.enter_context(_replaced(module, "forward", _halved, tile))
        yield


@contextlib.contextmanager
def _replaced(module: nn.Module, name: str, function, tile: bool) -> Iterator[None]:
    def method(self, *arguments, **named):
        return function(self, tile, *arguments, **named)

    setattr(module, name, types.MethodType(method, module))
    try:
        yield
    finally:
        delattr(module, name)


def _padding(conv: nn.Conv2d) -> tuple[int, int]:
    """(y, x) of a convolution's own padding."""
    if conv.padding == "same":
        return tuple((size - 1) * step // 2 for size, step in zip(conv.kernel_size, conv.dilation))
    return (0, 0) if isinstance(conv.padding, str) else tuple(conv.padding)


def _padded(picture: torch.Tensor, top: int, bottom: int, left: int, right: int, tile: bool) -> torch.Tensor:
    picture = F.pad(picture, (left, right, 0, 0), mode="circular")
    return F.pad(picture, (0, 0, top, bottom), mode="circular" if tile else "replicate")


def _convolved(conv: nn.Conv2d, tile: bool, picture: torch.Tensor, weight: torch.Tensor,
               bias: torch.Tensor | None) -> torch.Tensor:
    y, x = _padding(conv)
    return F.conv2d(_padded(picture, y, y, x, x, tile), weight, bias, conv.stride, 0, conv.dilation, conv.groups)


def _halved(layer: nn.Module, tile: bool, picture: torch.Tensor, *_: object, **__: object) -> torch.Tensor:
    """A halving layer that pads at the right and at the bottom only."""
    return layer.conv(_padded(picture, 0, 1, 0, 1, tile))
