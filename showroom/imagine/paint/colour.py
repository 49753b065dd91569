"""Colour: sRGB, linear light and OKLab, and ramps between colours.

Painters mix in linear light or OKLab, never in sRGB. Tensors end in a channel axis of 3; pictures lie in
memory plane by plane all the same, which the processor goes through several times as fast.
Sources: IEC 61966-2-1 (sRGB); B. Ottosson, "A perceptual color space for image processing" (2020).
"""

import functools

import torch

from showroom.imagine.paint.exact import Exactly

_LMS_FROM_RGB = torch.tensor((
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
))
_LAB_FROM_LMS = torch.tensor((
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
))
_RGB_FROM_LMS, _LMS_FROM_LAB = torch.linalg.inv(_LMS_FROM_RGB), torch.linalg.inv(_LAB_FROM_LMS)
LUMA = (0.2126, 0.7152, 0.0722)


def linear_from_srgb(x: torch.Tensor) -> torch.Tensor:
    """sRGB 0 to 1 → linear 0 to 1."""
    return torch.where(x <= 0.04045, x / 12.92, ((x.clamp(min=0.0) + 0.055) / 1.055) ** 2.4)


def srgb_from_linear(x: torch.Tensor) -> torch.Tensor:
    """Linear 0 to 1 → sRGB 0 to 1."""
    return torch.where(x <= 0.0031308, x * 12.92, 1.055 * x.clamp(min=1e-8) ** (1.0 / 2.4) - 0.055)


def parse(srgb: str) -> torch.Tensor:
    """ "#rrggbb" → (3,) linear."""
    code = int(srgb[1:], 16)
    return linear_from_srgb(
        torch.tensor([code >> 16, code >> 8 & 255, code & 255], dtype=torch.float32) / 255.0
    )


def oklab(linear: torch.Tensor) -> torch.Tensor:
    """Linear RGB → OKLab (L 0 to 1, a, b)."""
    lms = linear @ _LMS_FROM_RGB.T
    return (lms.sign() * lms.abs() ** (1.0 / 3.0)) @ _LAB_FROM_LMS.T


def linear_from_oklab(lab: torch.Tensor) -> torch.Tensor:
    """OKLab → linear RGB, clamped at 0 below (colours outside sRGB)."""
    lms = (lab @ _LMS_FROM_LAB.T) ** 3
    return (lms @ _RGB_FROM_LMS.T).clamp(min=0.0)


def luminance(linear: torch.Tensor) -> torch.Tensor:
    """Rec. 709 luminance of linear RGB."""
    return linear @ torch.tensor(LUMA)


def shifted(linear: torch.Tensor, light=0.0, warm=0.0, chroma=1.0) -> torch.Tensor:
    """A (3,) colour, or one for each entry of the tensors given: OKLab lightness added, the
    yellow–blue axis moved by `warm`, chroma multiplied. Returns (..., 3) linear."""
    if linear.ndim == 1 and not any(isinstance(x, torch.Tensor) for x in (light, warm, chroma)):
        return _shifted_one(tuple(linear.tolist()), light, warm, chroma).clone()
    return _shifted(linear, light, warm, chroma)


def _shifted(linear: torch.Tensor, light, warm, chroma) -> torch.Tensor:
    lab = oklab(linear)
    light, warm, chroma = (torch.as_tensor(x, dtype=torch.float32) for x in (light, warm, chroma))
    return linear_from_oklab(
        torch.stack(
            torch.broadcast_tensors(
                (lab[..., 0] + light).clamp(0.02, 0.99), lab[..., 1] * chroma, lab[..., 2] * chroma + warm
            ),
            dim=-1,
        )
    )


@functools.lru_cache(maxsize=512)
def _shifted_one(linear: tuple, light: float, warm: float, chroma: float) -> torch.Tensor:
    """A sprite of sixty leaves asks for the same few again and again. What is kept is exact, whoever asked."""
    with Exactly():
        return _shifted(torch.tensor(linear), light, warm, chroma)


def planes(color: torch.Tensor) -> torch.Tensor:
    """(3, h, w) of a picture (h, w, 3), or (3, 1, 1) of one colour (3,); not copied if it lies in planes."""
    if color.ndim == 1:
        return color[:, None, None]
    laid = color.movedim(-1, 0)
    return laid if color.stride(-1) != 1 or 0 in color.stride() else laid.contiguous()


def blend(a: torch.Tensor, b: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    """Linear mixture of two colours or pictures by a field: t (h, w) → (h, w, 3), or (n,) → (n, 3)."""
    if t.ndim < 2:
        return a + (b - a) * t[..., None]
    a = planes(a)
    return (planes(b) - a).mul(t).add_(a).movedim(0, -1)


def times(color: torch.Tensor, field: torch.Tensor) -> torch.Tensor:
    """A colour or picture, brighter and darker by a field: (h, w, 3)."""
    return (planes(color) * field).movedim(0, -1)


def ramp(stops: list[tuple[float, torch.Tensor]], t: torch.Tensor) -> torch.Tensor:
    """Colour at t along stops (position, linear colour), mixed in OKLab by way of a table of 256."""
    table = _ramp_table(tuple((place, *color.tolist()) for place, color in stops))
    index = (t.clamp(0.0, 1.0) * 255.0).round_().int().reshape(-1)
    return table.index_select(1, index).reshape(3, *t.shape).movedim(0, -1)


@functools.lru_cache(maxsize=128)
def _ramp_table(stops: tuple[tuple[float, float, float, float], ...]) -> torch.Tensor:
    """(3, 256) linear, of stops (position, red, green, blue)."""
    with Exactly():
        places = [stop[0] for stop in stops]
        lab = torch.stack([oklab(torch.tensor(stop[1:])) for stop in stops])
        at = torch.linspace(0.0, 1.0, 256)
        table = lab[:1].expand(256, 3)
        for left, right, a, b in zip(places, places[1:], lab, lab[1:]):
            part = ((at - left) / max(right - left, 1e-6)).clamp(0.0, 1.0)
            table = torch.where((at >= left)[:, None], a + (b - a) * part[:, None], table)
        return linear_from_oklab(table).T.contiguous()


def tones(base: torch.Tensor, low: tuple, high: tuple, t: torch.Tensor) -> torch.Tensor:
    """A colour's own ramp: `shifted` by `low` where t is 0, itself at a half, by `high` where t is 1."""
    return ramp([(0.0, shifted(base, *low)), (0.5, base), (1.0, shifted(base, *high))], t)


def with_mean(linear: torch.Tensor, target: torch.Tensor, where: torch.Tensor | None = None) -> torch.Tensor:
    """The picture (h, w, 3) with each channel scaled so that its mean is `target` (3,).

    where: weight (h, w) of the pixels that count; litter lying on a ground does not.
    """
    picture = planes(linear)
    count = picture[0].numel() if where is None else _sum(where).clamp(min=1.0)
    for _ in range(3):  # clamping at the top costs a little light, so the gain is found again
        sums = torch.stack([_sum(plane if where is None else plane * where) for plane in picture])
        mean = (sums / count).to(torch.float32)
        picture = (picture * (target / mean.clamp(min=1e-5))[:, None, None]).clamp_(0.0015, 0.93)
    return picture.movedim(0, -1)


def _sum(field: torch.Tensor) -> torch.Tensor:
    """In double precision: the same whatever the number of threads."""
    return field.double().sum()


@functools.cache
def _codes() -> torch.Tensor:
    """(65536,) uint8: sRGB code of each linear value from 0 to 1, kept off 0 and 255."""
    srgb = srgb_from_linear(torch.linspace(0.0, 1.0, 1 << 16, dtype=torch.float64))
    return (srgb * 255.0).clamp(3.0, 251.0).round().to(torch.uint8)


def srgb_codes(linear: torch.Tensor) -> torch.Tensor:
    """Linear 0 to 1, any shape → uint8 sRGB, 3 to 251; within a twentieth of a code where darkest."""
    index = linear.clamp(0.0, 1.0).mul_(65535.0).round_().int()
    return _codes().index_select(0, index.reshape(-1)).reshape(linear.shape)
