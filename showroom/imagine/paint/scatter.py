"""Scatter: many small things laid on a tile (pebbles, petals, needles, blades), nearest the top wins.

Works as a visibility buffer. Each stamp proposes the pixels of its own rectangle with a height; the
highest one keeps each pixel, an integer maximum and so the same whatever the order. Then every pixel
knows its stamp and its place within it, and a painter shades the whole tile once.
Local coordinates run from −1 to 1: s along a stamp's length, t across it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch

from showroom.imagine.paint import noise

_BATCH = 120_000  # candidate pixels examined at once
_ID_BITS = 20


@dataclass
class Stamps:
    """Where things lie, each (m,): centre (tiles), angle (rad), half-length and half-width (tiles),
    `lift` the height of its own zero (tiles), `bend` sideways bow in half-widths at the tips."""

    x: torch.Tensor
    y: torch.Tensor
    angle: torch.Tensor
    length: torch.Tensor
    width: torch.Tensor
    lift: torch.Tensor
    bend: torch.Tensor

    def __len__(self) -> int:
        return len(self.x)

    def of(self, which: torch.Tensor) -> "Stamps":
        """The stamps at these indices, in their shape, or where a mask (m,) holds."""
        which = which.nonzero()[:, 0] if which.dtype == torch.bool else which
        return Stamps(*(picked(getattr(self, name), which) for name in self.__dataclass_fields__))


def picked(table: torch.Tensor, index: torch.Tensor) -> torch.Tensor:
    """table[index] for a table (m,) or (m, c) and whole numbers of any shape, the quick way."""
    if table.ndim == 1:
        return table.index_select(0, index.reshape(-1)).reshape(index.shape)
    return torch.stack([picked(column, index) for column in table.T.contiguous()]).movedim(0, -1)


@dataclass
class Cover:
    """What lies at each pixel, (n, n): `stamp` its index or −1, local s and t, height in tiles
    (`floor` where there is nothing)."""

    stamp: torch.Tensor
    s: torch.Tensor
    t: torch.Tensor
    height: torch.Tensor

    @property
    def there(self) -> torch.Tensor:
        return self.stamp >= 0

    def of(self, values: torch.Tensor, otherwise: float = 0.0) -> torch.Tensor:
        """A value for each stamp (m,) or (m, c), spread over the pixels it covers."""
        padded = torch.cat([torch.full_like(values[:1], otherwise), values])
        return picked(padded, self.stamp + 1)


def strewn(
    across: int,
    seed: int,
    length: tuple[float, float],
    width: tuple[float, float],
    lift: tuple[float, float] = (0.0, 0.0),
    bend: float = 0.0,
    keep: float = 1.0,
    lean: float = math.pi,
    toward: float = 0.0,
) -> Stamps:
    """Stamps on a jittered grid of across × across cells (no two alike, no clumps by chance).

    length : half-length, tiles, from and to.   width : half-width over half-length, from and to.
    keep : share of the cells that hold one.    lean : how far angles stray (rad) from `toward`.
    """
    count = across * across
    cell = torch.arange(count)
    x = (cell % across + noise.spread(count, seed + 1, 0.02, 0.98)) / across
    y = (cell // across + noise.spread(count, seed + 2, 0.02, 0.98)) / across
    half = noise.spread(count, seed + 4, *length)
    chosen = noise.rand(count, seed + 8) < keep
    stamps = Stamps(
        x,
        y,
        toward + noise.spread(count, seed + 3, -lean, lean),
        half,
        half * noise.spread(count, seed + 5, *width),
        noise.spread(count, seed + 6, *lift),
        noise.spread(count, seed + 7, -bend, bend),
    )
    return stamps.of(chosen)


def settled(stamps: Stamps, steps: int = 14, room: float = 0.98) -> Stamps:
    """The same things pushed apart until they hardly overlap, as stones do that the sea has shaken.

    room : how much of both radii the distance between neighbours should be.
    """
    radius = torch.sqrt(stamps.length * stamps.width)
    wanted = (radius[:, None] + radius[None]) * room
    x, y = stamps.x, stamps.y
    for _ in range(steps):
        dx, dy = (_wrapped(at[:, None] - at[None] + 0.5) - 0.5 for at in (x, y))
        apart = torch.sqrt(dx * dx + dy * dy).clamp(min=1e-5)
        push = (wanted - apart).clamp(min=0.0) * (apart > 1e-4) * 0.38 / apart
        x, y = (x + (dx * push).sum(1)) % 1.0, (y + (dy * push).sum(1)) % 1.0
    return Stamps(x, y, *(getattr(stamps, name) for name in tuple(stamps.__dataclass_fields__)[2:]))


def _wrapped(x: torch.Tensor) -> torch.Tensor:
    """x % 1.0, the quick way."""
    return x - x.floor()


def joined(*groups: Stamps) -> Stamps:
    """Several groups as one; their indices follow on."""
    return Stamps(
        *(torch.cat([getattr(group, name) for group in groups]) for name in Stamps.__dataclass_fields__)
    )


def lay(stamps: Stamps, size: int, shape: Callable, floor: float = 0.0) -> Cover:
    """Lays the stamps on a tile of size × size pixels.

    shape(s, t, stamp) → height over the stamp's lift in tiles, −inf outside its outline.
    """
    key = torch.full((size * size,), -1, dtype=torch.int64)
    for part in _batches(stamps, size):
        at, s, t, stamp = _candidates(stamps, part, size)
        height = shape(s, t, stamp) + picked(stamps.lift, stamp)
        # outside its outline a stamp bids less than nothing
        level = height.add_(1.0).nan_to_num_(nan=-2.0, neginf=-2.0).mul_(1 << 22).long()
        key.scatter_reduce_(0, at, (level << _ID_BITS).bitwise_or_(stamp), "amax")
    stamp = torch.where(key >= 0, key & ((1 << _ID_BITS) - 1), key).reshape(size, size)
    return _resolved(stamps, stamp, size, shape, floor)


def _batches(stamps: Stamps, size: int):
    """Groups of stamps of about one size, few enough at a time to stay in the processor's cache."""
    order = torch.argsort(stamps.length, stable=True)
    length = stamps.length[order].tolist()
    start, count = 0, len(length)
    while start < count:
        end = start + 1
        while (
            end < count
            and length[end] < 1.2 * length[start] + 0.5 / size
            and (end + 1 - start) * (2.0 * length[end] * size + 3.0) ** 2 < _BATCH
        ):
            end += 1
        yield order[start:end]
        start = end


def _candidates(stamps: Stamps, part: torch.Tensor, size: int):
    """(pixel index, s, t, stamp) of every pixel near the stamps in `part`."""
    one = stamps.of(part[:, None, None])
    longest, widest = float(one.length.max()), float((one.width * (1.0 + one.bend.abs())).max())
    if widest > 0.4 * longest:  # roundish: the square of pixels about it, each once
        reach = int(max(longest, widest) * size) + 2
        line = torch.arange(-reach, reach + 1, dtype=torch.float32)
        px, py = (one.x * size).floor() + line, (one.y * size).floor() + line[:, None]
        px, py = px.expand(len(part), len(line), len(line)), py.expand(len(part), len(line), len(line))
    else:  # slender: a turned rectangle, close enough set to miss no pixel
        along = torch.linspace(-1.0, 1.0, int(2.9 * longest * size) + 3)[:, None] * (longest + 0.7 / size)
        across = torch.linspace(-1.0, 1.0, int(2.9 * widest * size) + 3) * (widest + 0.7 / size)
        cos, sin = torch.cos(one.angle), torch.sin(one.angle)
        px = ((one.x + cos * along - sin * across) * size).floor()
        py = ((one.y + sin * along + cos * across) * size).floor()
    s, t = _local(one, (px + 0.5) / size, (py + 0.5) / size)
    near = torch.maximum(s.abs(), t.abs()).reshape(-1).le(1.0).nonzero()[:, 0]
    px, py = (picked(line.reshape(-1), near).long().bitwise_and_(size - 1) for line in (px, py))
    stamp = picked(part, near.div(s[0].numel(), rounding_mode="floor"))
    return py.mul_(size).add_(px), picked(s.reshape(-1), near), picked(t.reshape(-1), near), stamp


def _local(one: Stamps, u: torch.Tensor, v: torch.Tensor):
    """A point's place within its stamp: the exact inverse of turn, scale and bow."""
    dx, dy = u - one.x, v - one.y
    cos, sin = torch.cos(one.angle), torch.sin(one.angle)
    s = (cos * dx + sin * dy) / one.length
    return s, (cos * dy - sin * dx) / one.width - one.bend * s * s


def _resolved(stamps: Stamps, stamp: torch.Tensor, size: int, shape: Callable, floor: float) -> Cover:
    u, v = noise.grid(size)
    who = stamp.clamp(min=0)
    here = stamps.of(who)
    # the copy across the seam
    near_u, near_v = (at + _folded(line - at) for at, line in ((here.x, u), (here.y, v)))
    s, t = _local(here, near_u, near_v)
    height = shape(s, t, who) + here.lift
    there = (stamp >= 0) & torch.isfinite(height)
    return Cover(
        torch.where(there, stamp, -torch.ones_like(stamp)),
        s,
        t,
        torch.where(there, height, torch.full_like(height, floor)),
    )


def _folded(x: torch.Tensor) -> torch.Tensor:
    """A way round the tile as the shorter of both, −0.5 to 0.5."""
    return x - x.round()


def dome(s: torch.Tensor, t: torch.Tensor, power: float = 2.4) -> torch.Tensor:
    """A worn stone's profile: 1 in the middle, falling steeply at the rim, −inf outside."""
    r = s.abs() ** power + t.abs() ** power
    return torch.where(r < 1.0, (1.0 - r).clamp(min=0.0).sqrt(), torch.full_like(r, -math.inf))
