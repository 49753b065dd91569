"""Colour: sRGB, linear light and OKLab, and ramps between colours.

Painters mix in linear light or OKLab, never in sRGB. Tensors end in a channel axis of 3.
Sources: IEC 61966-2-1 (sRGB); B. Ottosson, "A perceptual color space for image processing" (2020).
"""

import torch

_LMS_FROM_RGB = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LAB_FROM_LMS = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
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
    lms = linear @ torch.tensor(_LMS_FROM_RGB).T
    return (lms.sign() * lms.abs() ** (1.0 / 3.0)) @ torch.tensor(_LAB_FROM_LMS).T


def linear_from_oklab(lab: torch.Tensor) -> torch.Tensor:
    """OKLab → linear RGB, clamped at 0 below (colours outside sRGB)."""
    lms = (lab @ torch.linalg.inv(torch.tensor(_LAB_FROM_LMS)).T) ** 3
    return (lms @ torch.linalg.inv(torch.tensor(_LMS_FROM_RGB)).T).clamp(min=0.0)


def luminance(linear: torch.Tensor) -> torch.Tensor:
    """Rec. 709 luminance of linear RGB."""
    return linear @ torch.tensor(LUMA)


def shifted(linear: torch.Tensor, light=0.0, warm=0.0, chroma=1.0) -> torch.Tensor:
    """A (3,) colour, or one for each entry of the tensors given: OKLab lightness added, the
    yellow–blue axis moved by `warm`, chroma multiplied. Returns (..., 3) linear."""
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


def blend(a: torch.Tensor, b: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
    """Linear mixture of two colours or pictures by a field: t (...) → (..., 3)."""
    return a + (b - a) * t[..., None]


def ramp(stops: list[tuple[float, torch.Tensor]], t: torch.Tensor) -> torch.Tensor:
    """Colour at t along stops (position, linear colour), mixed in OKLab by way of a table of 256."""
    lab = torch.stack([oklab(colour) for _, colour in stops])
    at = torch.linspace(0.0, 1.0, 256)
    table = lab[:1].expand(256, 3)
    for (left, _), (right, _), a, b in zip(stops, stops[1:], lab, lab[1:]):
        part = ((at - left) / max(right - left, 1e-6)).clamp(0.0, 1.0)
        table = torch.where((at >= left)[:, None], a + (b - a) * part[:, None], table)
    return linear_from_oklab(table)[(t.clamp(0.0, 1.0) * 255.0).round().long()]


def tones(base: torch.Tensor, low: tuple, high: tuple, t: torch.Tensor) -> torch.Tensor:
    """A colour's own ramp: `shifted` by `low` where t is 0, itself at a half, by `high` where t is 1."""
    return ramp([(0.0, shifted(base, *low)), (0.5, base), (1.0, shifted(base, *high))], t)


def with_mean(linear: torch.Tensor, target: torch.Tensor, where: torch.Tensor | None = None) -> torch.Tensor:
    """The picture (h, w, 3) with each channel scaled so that its mean is `target` (3,).

    where: weight (h, w) of the pixels that count; litter lying on a ground does not.
    """
    weight = torch.ones_like(linear[..., 0]) if where is None else where
    for _ in range(3):  # clamping at the top costs a little light, so the gain is found again
        # summed in double precision: the same whatever the number of threads
        sums = (linear * weight[..., None]).sum(dim=(0, 1), dtype=torch.float64)
        mean = (sums / weight.sum(dtype=torch.float64).clamp(min=1.0)).to(torch.float32)
        linear = (linear * (target / mean.clamp(min=1e-5))).clamp(0.0015, 0.93)
    return linear
