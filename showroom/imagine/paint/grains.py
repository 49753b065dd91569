"""What lies in grains: a crust of salt, and ground spice with its seeds."""

import math

import torch

from showroom.imagine.paint import colour, noise, scatter
from showroom.imagine.paint.noise import smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface

_DIAGONAL = math.sqrt(3.0)  # half of a cube's, over half of its edge


def _cube_faces(count: int, seed: int, tilt: tuple[float, float]) -> torch.Tensor:
    """(count, 3, 3) the three outward normals that look up, of cubes tilted by `tilt` (rad, from and to).

    A tilt by θ about the level axis (cos φ, sin φ, 0), after Rodrigues.
    """
    phi, theta = noise.spread(count, seed + 1, 0.0, math.tau), noise.spread(count, seed + 2, *tilt)
    c, s, k = torch.cos(theta), torch.sin(theta), 1.0 - torch.cos(theta)
    x, y = torch.cos(phi), torch.sin(phi)
    faces = torch.stack([
        torch.stack([c + x * x * k, x * y * k, -y * s], dim=-1),
        torch.stack([x * y * k, c + y * y * k, x * s], dim=-1),
        torch.stack([y * s, -x * s, c], dim=-1),
    ], dim=1)
    up = torch.where(faces[..., 2:] < 0.0, -faces, faces)
    return torch.cat([up[..., :2], up[..., 2:].clamp(min=0.24)], dim=-1)  # so that a side is seen


def _crystals(seed: int) -> tuple[scatter.Stamps, torch.Tensor]:
    """(stamps, faces): fine grains, small cubes, and large ones that stand on a corner or an edge."""
    sizes = ((46, (0.008, 0.014), (-0.012, -0.004), 1.0, (0.0, 0.8)),
             (20, (0.018, 0.032), (-0.010, 0.002), 0.9, (0.05, 0.75)),
             (9, (0.040, 0.068), (-0.012, 0.0), 0.85, (0.1, 0.75)),
             (4, (0.085, 0.12), (-0.030, -0.016), 0.7, (0.1, 0.6)))
    groups, faces = [], []
    for k, (across, half, lift, keep, tilt) in enumerate(sizes):
        group = scatter.strewn(across, seed + 10 * k, half, (0.85, 1.0), lift, keep=keep)
        groups.append(group)
        faces.append(_cube_faces(len(group), seed + 10 * k + 5, tilt))
    return scatter.joined(*groups), torch.cat(faces)


def salt(want: Surface, size: int, seed: int) -> Layers:
    """A crust of salt: true cubes of four sizes at every tilt, clear at heart and white at the edge, in fine grain."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    stamps, faces = _crystals(seed)

    def tops(s, t, stamp):
        """(height over the centre, in half-edges, of each of the three faces) and the lower hull, for the outline."""
        s, t = s * _DIAGONAL, t * _DIAGONAL
        normal = [scatter.picked(faces[:, k].contiguous(), stamp) for k in range(3)]
        above = [(1.0 - n[..., 0] * s - n[..., 1] * t) / n[..., 2] for n in normal]
        below = [(-1.0 - n[..., 0] * s - n[..., 1] * t) / n[..., 2] for n in normal]
        return above, torch.maximum(torch.maximum(*below[:2]), below[2])

    def shape(s, t, stamp):
        above, low = tops(s, t, stamp)
        top = torch.minimum(torch.minimum(*above[:2]), above[2])
        half = scatter.picked(stamps.length, stamp) / _DIAGONAL
        return torch.where(top > low, (0.7 * top).clamp(min=-1.0) * half, torch.full_like(top, -math.inf))

    cover = scatter.lay(stamps, size, shape, floor=-0.012)
    above, _ = tops(cover.s, cover.t, cover.stamp.clamp(min=0))
    ordered = torch.stack(above).sort(dim=0).values
    edge = (ordered[1] - ordered[0]) * cover.there  # 0 where two faces meet
    bright = smooth(0.22, 0.02, edge) * cover.there
    own = cover.of(noise.spread(len(stamps), seed + 60, -0.16, 0.16))
    grit, cloud = noise.fbm(size, 80, seed + 61, 2), noise.fbm(size, 4, seed + 62, 4)
    heart = cover.there * smooth(0.1, 0.8, edge) * cover.of((stamps.length > 0.016).float())
    frost = noise.fbm(size, 18, seed + 63, 4)
    tone = (0.60 + own + 0.34 * bright - 0.42 * heart + 0.20 * frost + 0.08 * grit).clamp(0.0, 1.0)
    color = colour.tones(base, (-0.24, -0.006, 1.1), (0.09, 0.0, 0.6), tone)
    tinted = cover.of(smooth(0.72, 0.98, noise.rand(len(stamps), seed + 64)))
    deep = smooth(0.0, -0.014, cover.height)
    color = colour.blend(color, accent * (0.8 + 0.5 * tone)[..., None], (0.5 * tinted + 0.35 * deep).clamp(0.0, 1.0))
    height = cover.height + 0.0004 * grit + 0.004 * cloud
    rough = 0.32 + 0.18 * smooth(-0.1, 0.5, frost) + 0.15 * bright - 0.24 * heart + 0.22 * deep
    return Layers(color, height, rough - 0.15 * want.wetness, occlusion=0.8, cavity=0.02)


def _pod(s: torch.Tensor, t: torch.Tensor, stamp: torch.Tensor) -> torch.Tensor:
    """Height (half-lengths) of a star of eight boat-shaped pods that gape; −inf between them."""
    angle, away = torch.atan2(t, s), torch.sqrt(s * s + t * t)
    turn = (angle * (8.0 / math.tau) + 0.5) % 1.0 - 0.5  # from −0.5 to 0.5 across one arm
    aside = (turn * (math.tau / 8.0)).abs() * away
    half = 0.155 * smooth(1.0, 0.45, away) * (0.55 + 0.45 * smooth(0.05, 0.4, away)) + 0.01
    inside = 1.0 - (aside / half.clamp(min=1e-3)) ** 2
    gape = smooth(0.5, 0.0, aside / half.clamp(min=1e-3)) * smooth(0.25, 0.4, away) * smooth(0.92, 0.75, away)
    height = 0.18 * inside.clamp(min=0.0).sqrt() - 0.16 * gape
    return torch.where((inside > 0.0) & (away < 1.0), height, torch.full_like(s, -math.inf))


def _seeds(seed: int) -> list[scatter.Stamps]:
    """Crumbs, ribbed seeds (cumin, fennel), peppercorns, stars of anise."""
    return [
        scatter.strewn(44, seed + 1, (0.004, 0.009), (0.55, 1.0), (-0.002, 0.002), keep=0.55),
        scatter.strewn(13, seed + 2, (0.022, 0.034), (0.24, 0.34), (-0.001, 0.004), bend=0.7, keep=0.62),
        scatter.settled(scatter.strewn(9, seed + 3, (0.019, 0.027), (0.9, 1.0), (-0.006, 0.002), keep=0.42), 6),
        scatter.settled(scatter.strewn(3, seed + 4, (0.085, 0.105), (0.95, 1.0), (0.004, 0.010), keep=0.5), 6),
    ]


def spice(want: Surface, size: int, seed: int) -> Layers:
    """A spice seller's heap: ground powder in soft drifts, crumbs, ribbed seeds, wrinkled peppercorns, star anise."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    groups = _seeds(seed)
    stamps = scatter.joined(*groups)
    kinds = torch.cat([torch.full((len(group),), float(k)) for k, group in enumerate(groups)])

    def shape(s, t, stamp):
        kind, long = scatter.picked(kinds, stamp), scatter.picked(stamps.length, stamp)
        body = scatter.dome(s, t, 2.2) * torch.where(kind == 1.0, 0.26, torch.where(kind == 2.0, 0.75, 0.5))
        return torch.where(kind == 3.0, _pod(s, t, stamp), body) * long

    cover = scatter.lay(stamps, size, shape, floor=-0.02)
    kind = cover.of(kinds, -1.0)
    crumb, long, corn, star = ((kind == float(k)).float() for k in range(4))
    drift, dust = noise.fbm(size, 3, seed + 10, 4), noise.fbm(size, 90, seed + 11, 2)
    powder = 0.007 * drift + 0.0011 * dust + 0.0016 * noise.fbm(size, 30, seed + 12, 3)
    over = cover.there * (cover.height > powder)
    ribs = 0.5 + 0.5 * torch.cos(cover.t * 9.5)
    wrinkle = noise.ridged(size, 44, seed + 13, 2)
    height = torch.where(over, cover.height + 0.0010 * long * ribs - 0.004 * corn * wrinkle, powder)

    tone = (0.55 + 0.24 * dust + 0.22 * drift).clamp(0.0, 1.0)
    ground = colour.tones(base, (-0.12, -0.01), (0.12, 0.02, 1.1), tone)
    patch = smooth(0.05, 0.5, noise.fbm(size, 4, seed + 14, 4))  # another spice, strewn in
    ground = colour.blend(ground, colour.shifted(base, 0.10, 0.03, 1.15) * (0.85 + 0.5 * tone)[..., None], 0.5 * patch)
    own = cover.of(noise.spread(len(stamps), seed + 15, -0.09, 0.09))
    pale, husk, black, wood = (colour.shifted(c, *by) for c, by in (
        (base, (0.10, 0.02)), (base, (0.16, 0.01, 0.6)), (accent, (-0.08, 0.0, 0.6)), (accent, (0.06, 0.02))))
    body = sum(c * part[..., None] for c, part in ((pale, crumb), (husk, long), (black, corn), (wood, star)))
    lined = 1.0 - 0.45 * long * (1.0 - ribs) - 0.4 * corn * wrinkle - 0.12 * star * dust + 2.2 * own
    color = torch.where(over[..., None] > 0, body * lined.clamp(min=0.3)[..., None], ground)
    cast = noise.blur((over > 0).float(), 0.006) * (over == 0)
    color = color * (1.0 - 0.45 * cast)[..., None]
    rough = 0.8 + 0.05 * dust - over * (0.22 * long + 0.30 * corn + 0.26 * star)
    return Layers(color, height, rough, occlusion=0.9, cavity=0.014)
