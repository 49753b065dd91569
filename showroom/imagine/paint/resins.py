"""What runs and sets: resin in tears and pools, and wax that bees have built and filled."""

import math

import torch

from showroom.imagine.paint import colour, noise, scatter
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.relief import Layers
from showroom.words.scenespec import Surface

_BUCKET_M = 0.5  # a tile longer than this has twice as many cells across: a cell is no bucket


def _tears(size: int, seed: int) -> tuple[scatter.Cover, scatter.Stamps]:
    """Drops that ran together: large, middling and small, each a flattened dome."""
    tears = scatter.joined(
        scatter.settled(scatter.strewn(6, seed + 1, (0.060, 0.105), (0.62, 0.92), (-0.010, 0.0)), 6, 0.86),
        scatter.strewn(11, seed + 2, (0.024, 0.044), (0.60, 0.95), (-0.002, 0.010), keep=0.35),
        scatter.strewn(17, seed + 3, (0.009, 0.017), (0.75, 1.0), (0.006, 0.020), keep=0.25),
    )
    waist = noise.spread(len(tears), seed + 4, -0.3, 0.3)  # a drop is wider at one end
    wobble, phase = noise.spread(len(tears), seed + 5, 0.0, 0.10), noise.spread(len(tears), seed + 6, 0.0, math.tau)
    cut = noise.spread(len(tears), seed + 7, 0.25, 1.6)  # some broke, and show a flat face
    lean = noise.spread(len(tears), seed + 8, 0.0, math.tau)

    def shape(s, t, stamp):
        worn = 1.04 + wobble[stamp] * torch.sin(3.0 * torch.atan2(t, s) + phase[stamp])
        whole = scatter.dome(s * worn, t * worn / (1.0 - waist[stamp] * s), 2.1)
        face = cut[stamp] - 0.9 * (s * torch.cos(lean[stamp]) + t * torch.sin(lean[stamp])) + 0.25
        return torch.minimum(whole, face) * tears.width[stamp] * 0.52

    return scatter.lay(tears, size, shape, floor=-0.004), tears


def _shells(size: int, seed: int) -> torch.Tensor:
    """0 to 1: cracks as glass and resin have them, arcs about a point, each stronger at its middle."""
    f1, f2, cell, dx, dy = noise.worley(size, 4, seed, jitter=1.0)
    turn = noise.spread(16, seed + 1, -math.pi, math.pi)[cell]
    along = dx * torch.cos(turn) + dy * torch.sin(turn)
    across = dy * torch.cos(turn) - dx * torch.sin(turn)
    away = torch.sqrt((along + 0.5) ** 2 + across * across)
    rings = (away * 7.0 + noise.spread(16, seed + 2, 0.0, 1.0)[cell]) % 1.0
    arc = smooth(0.12, 0.0, (rings - 0.5).abs()) * smooth(0.34, 0.10, across.abs())
    arc = arc * smooth(0.30, 0.14, (along - 0.05).abs())
    return arc * smooth(0.02, 0.12, f2 - f1) * (noise.rand(16, seed + 3) < 0.8)[cell]


def resin(want: Surface, size: int, seed: int) -> Layers:
    """Amber and benzoin: glossy tears run together, glowing where thin; bubbles, bits of bark, cracks, bloom."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    wx, wy = noise.fbm(size, 4, seed + 10, 3), noise.fbm(size, 4, seed + 11, 3)
    cover, tears = _tears(size, seed)
    flow = noise.warp(noise.ridged(size, (3, 5), seed + 12, 2), 0.10 * wx, 0.10 * wy)  # ropes of what was poured
    height = noise.blur(torch.maximum(cover.height, 0.014 * flow - 0.012), 0.003)
    thick = smooth(-0.006, 0.045, height)
    rim = smooth(0.55, 1.0, torch.sqrt(cover.s**2 + cover.t**2)) * cover.there
    own = cover.of(noise.spread(len(tears), seed + 13, -0.22, 0.22))
    cloud = noise.warp(noise.fbm(size, 4, seed + 14, 5), 0.12 * wx, 0.12 * wy)
    tone = (0.58 - 0.34 * thick + 0.42 * rim + own + 0.24 * cloud).clamp(0.0, 1.0)
    color = colour.ramp(
        [
            (0.0, colour.shifted(accent, 0.02, 0.01)),
            (0.38, colour.shifted(base, -0.06, 0.01, 1.2)),
            (0.70, colour.shifted(base, 0.10, 0.025, 1.15)),
            (1.0, colour.shifted(base, 0.26, 0.03, 0.9)),
        ],
        tone,
    )
    crack = noise.warp(_shells(size, seed + 20), 0.02 * wx, 0.02 * wy) * smooth(-0.2, 0.3, cloud)
    color = colour.blend(color, colour.shifted(base, 0.34, 0.01, 0.5), 0.65 * crack)
    color = _held(color, accent, base, seed + 30)
    bloom = smooth(0.25, 0.85, noise.fbm(size, 5, seed + 40, 5, 0.6) + 2.2 * own)  # the dust old tears wear
    color = colour.blend(color, colour.shifted(base, 0.26, 0.0, 0.35), 0.36 * bloom)
    height = height - 0.0008 * crack + 0.0003 * bloom * noise.fbm(size, 70, seed + 41, 2)
    rough = 0.14 + 0.45 * bloom + 0.25 * crack + 0.02 * cloud
    return Layers(color, height, rough, occlusion=0.7, cavity=0.016)


def _held(color: torch.Tensor, accent: torch.Tensor, base: torch.Tensor, seed: int) -> torch.Tensor:
    """The colour with what the resin holds: bubbles (a dark ring about a light heart) and splinters of bark."""
    size = color.shape[0]
    gas = scatter.strewn(20, seed + 1, (0.004, 0.010), (0.85, 1.0), keep=0.30)
    bubble = scatter.lay(gas, size, lambda s, t, k: scatter.dome(s, t, 2.0) * 0.001, floor=0.0)
    away = torch.sqrt(bubble.s**2 + bubble.t**2)
    ring, heart = 0.5 * smooth(0.4, 0.85, away), 0.7 * smooth(0.55, 0.2, away)
    color = colour.blend(color, accent, ring * bubble.there)
    color = colour.blend(color, colour.shifted(base, 0.30, 0.01, 0.6), heart * bubble.there)
    bark = scatter.strewn(12, seed + 2, (0.008, 0.026), (0.10, 0.35), bend=1.2, keep=0.34)
    splinter = scatter.lay(bark, size, lambda s, t, k: scatter.dome(s, t, 2.0) * 0.001, floor=0.0)
    dark = splinter.there * splinter.of(noise.spread(len(bark), seed + 3, 0.5, 0.95))
    return colour.blend(color, colour.shifted(accent, -0.22, 0.0, 0.5), dark)


def _cells(size: int, across: int, down: int, seed: int):
    """A comb of hexagons drawn by bees: (cell, edge, away), each (n, n).

    cell : int64 index.   edge : distance to the nearest wall's middle, in cells.   away : from the centre, in cells.
    `down` rows (an even number) of `across` cells, every other row shifted by half a cell.
    """
    u, v = noise.grid(size)
    u, v = u + 0.006 * noise.fbm(size, 5, seed + 1, 2), v + 0.006 * noise.fbm(size, 5, seed + 2, 2)
    x, y = u * across, v * down
    tall = across / down  # of a row, in cells
    first = second = torch.full_like(x, 9.0)
    cell = torch.zeros(size, size, dtype=torch.int64)
    at_x = at_y = other_x = other_y = torch.zeros_like(x)
    home = y.floor()
    for oy in (-1, 0, 1):
        row = home + oy
        odd = 0.5 * (row.long() % 2)
        left = (x - odd - 0.5).floor()
        for ox in (0, 1):
            column = left + ox
            index = (row.long() % down) * across + column.long() % across
            px = x - (column + 0.5 + odd) - noise.spread(across * down, seed + 3, -0.05, 0.05)[index]
            py = (y - row - 0.5) * tall - noise.spread(across * down, seed + 4, -0.05, 0.05)[index]
            square = px * px + py * py
            nearer, next_ = square < first, (square >= first) & (square < second)
            other_x = torch.where(nearer, at_x, torch.where(next_, px, other_x))
            other_y = torch.where(nearer, at_y, torch.where(next_, py, other_y))
            second = torch.where(nearer, first, torch.where(next_, square, second))
            at_x, at_y = torch.where(nearer, px, at_x), torch.where(nearer, py, at_y)
            cell, first = torch.where(nearer, index, cell), torch.where(nearer, square, first)
    apart = torch.sqrt((at_x - other_x) ** 2 + (at_y - other_y) ** 2).clamp(min=0.2)
    return cell, (second - first) / (2.0 * apart), first.sqrt()


def honeycomb(want: Surface, size: int, seed: int) -> Layers:
    """Comb: hexagonal wax cells, some empty and deep, some brimming with honey, some under a pale lid of wax."""
    base, accent = colour.parse(want.srgb), colour.parse(want.accent_srgb)
    across, down = (7, 8) if want.scale_m <= _BUCKET_M else (14, 16)
    cell, edge, away = _cells(size, across, down, seed)
    count, wide = across * down, 1.0 / across
    drawn = noise.rand(count, seed + 5) * 0.45 + 0.55 * _by_patches(across, down, seed + 6)
    fill = noise.spread(count, seed + 7, 0.0, 1.0)
    full = ((drawn > 0.40) & (drawn <= 0.66)).float()[cell]
    lid = (drawn > 0.66).float()[cell]
    wall = smooth(0.105, 0.055, edge + 0.012 * noise.fbm(size, 26, seed + 8, 2))
    soft, grit = noise.fbm(size, 5, seed + 9, 4), noise.fbm(size, 60, seed + 10, 3)
    hollow = smooth(0.06, 0.20, edge)  # 1 inside a cell
    level = mix(0.34, 0.16, fill[cell])  # of the honey under the rim, in cells
    floor = -0.36 - 0.10 * smooth(0.5, 0.0, away)
    honey = -level + 0.05 * smooth(0.20, 0.07, edge)  # creeps up the wall
    cap = 0.02 + 0.055 * smooth(0.04, 0.30, edge) + 0.008 * grit + 0.02 * noise.fbm(size, 22, seed + 11, 2)
    depth = torch.where(lid > 0.5, cap, torch.where(full > 0.5, honey, floor))
    rim = 0.02 * smooth(0.05, 0.0, edge) + 0.008 * soft
    height = wide * mix(rim, depth, hollow) + 0.003 * soft

    tone = (0.62 + 0.2 * soft + 0.14 * grit + 0.2 * wall).clamp(0.0, 1.0)
    wax = colour.tones(base, (-0.10, 0.0, 1.05), (0.14, 0.0, 0.75), tone)
    deep = colour.shifted(accent, -0.10, 0.0, 0.8) * (1.0 + 0.25 * soft)[..., None]
    amber = colour.ramp(
        [(0.0, accent), (0.6, colour.shifted(base, -0.02, 0.02, 1.3)), (1.0, colour.shifted(base, 0.14, 0.03, 1.2))],
        (0.30 + 0.5 * smooth(0.34, 0.08, edge) + 0.3 * (fill[cell] - 0.5) + 0.12 * soft).clamp(0.0, 1.0),
    )
    tone = (0.62 + 0.2 * grit + 0.25 * soft).clamp(0.0, 1.0)
    lidded = colour.tones(base, (-0.06, 0.0, 0.75), (0.16, -0.01, 0.5), tone)
    inside = torch.where(lid[..., None] > 0.5, lidded, torch.where(full[..., None] > 0.5, amber, deep))
    color = colour.blend(wax, inside, smooth(0.07, 0.13, edge))
    held = 0.62 * lid + 0.06 * full + 0.60 * (1.0 - lid - full)
    rough = mix(torch.full_like(edge, 0.52), held, hollow) + 0.05 * grit * (1.0 - full)
    return Layers(color, height, rough, occlusion=0.9, cavity=0.35 * wide)


def _by_patches(across: int, down: int, seed: int) -> torch.Tensor:
    """(across · down,) 0 to 1: neighbours alike, as a comb is filled from the middle out."""
    field = 0.5 + 0.8 * noise.fbm((down * 8, across * 8), (2, 2), seed, 2)
    return field[4::8, 4::8].reshape(-1).clamp(0.0, 1.0)
