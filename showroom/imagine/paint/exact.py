"""The same floats whatever the processor: operations whose vector versions differ are done in double.

Torch computes +, −, ×, ÷, roots, sines and exponentials alike with and without AVX2; a few others
differ in the last bit of a float32. Done in float64 and rounded, the last bit of the double decides
so rarely that pictures agree byte for byte. Two more things are done where every operation passes: a
painter is stopped between two of them, and a colour times a field is laid plane by plane, as `colour` has it,
where torch alone would lay three channels side by side and go through them a third as fast.
"""

import time
from collections.abc import Callable

import torch
from torch.overrides import TorchFunctionMode

_POWERS = {torch.pow, torch.Tensor.pow, torch.Tensor.__pow__, torch.Tensor.__rpow__}
_OTHERS = {
    torch.atan2, torch.Tensor.atan2, torch.lerp, torch.Tensor.lerp, torch.sigmoid, torch.Tensor.sigmoid,
    torch.expm1, torch.Tensor.expm1, torch.cross, torch.linalg.cross,
    torch.nn.functional.normalize, torch.nn.functional.interpolate, torch.nn.functional.grid_sample,
}
_DOUBLED = _POWERS | _OTHERS
_PRODUCTS = {torch.mul, torch.Tensor.mul, torch.Tensor.__mul__, torch.Tensor.__rmul__}


_LOOK_S = 0.5e-3  # a small picture is thousands of operations: looking up before each costs as much as they


class Attended(TorchFunctionMode):
    """While entered, whoever does not want the work any more can end it between two operations.

    between : called before the first operation, and before one when half a millisecond has gone by since;
              whatever it raises ends the painting. None: nobody looks.
    """

    def __init__(self, between: Callable[[], None] | None = None):
        super().__init__()
        self._between, self._look_at_s = between, 0.0

    def __torch_function__(self, function, types, arguments=(), named=None):
        self._look()
        return function(*arguments, **(named or {}))

    def _look(self) -> None:
        if self._between is not None and time.perf_counter() >= self._look_at_s:
            self._between()
            self._look_at_s = time.perf_counter() + _LOOK_S


class Exactly(Attended):
    """While entered, those operations on float32 tensors go through float64; `between` as Attended has it."""

    def __torch_function__(self, function, types, arguments=(), named=None):
        self._look()
        if function in _PRODUCTS and len(arguments) == 2:
            return _product(function, *arguments)
        named = named or {}
        if function is torch.native_group_norm or function is torch.conv2d and arguments[1].shape[2:] == (1, 1):
            return _halved(function(*map(_doubled, arguments), **named))  # threads add up such sums in another order
        if function not in _DOUBLED or function in _POWERS and _is_product(*arguments[1:2]):
            return function(*arguments, **named)
        answer = function(*map(_doubled, arguments), **named)
        return answer.to(torch.float32) if any(_is_float(value) for value in arguments) else answer


def _product(function: Callable, a: object, b: object) -> torch.Tensor:
    """a × b; a colour (3,) times a field (h, w, 1) lies in planes."""
    if isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor):
        color, field = (a, b) if a.ndim == 1 else (b, a)
        if color.shape == (3,) and field.ndim == 3 and field.shape[2] == 1:
            return function(color[:, None, None], field.movedim(-1, 0)).movedim(0, -1)
    return function(a, b)


def _is_product(exponent: object = None) -> bool:
    """Whether torch multiplies such a power out."""
    return type(exponent) is int and 1 <= exponent <= 3


def _is_float(value: object) -> bool:
    return isinstance(value, torch.Tensor) and value.dtype == torch.float32


def _halved(value: object) -> object:
    """What came of doubles, in float32."""
    return value.float() if isinstance(value, torch.Tensor) else type(value)(map(_halved, value))


def _doubled(value: object) -> object:
    return value.double() if _is_float(value) else value
