"""The painter's own model: noise, and what is wanted, become a surface that tiles.

One pass of a convolutional texture network, from 16² to 256². Every level adds to the picture of the one before
what has no mean over four pixels, so a coarse picture is exactly the mean of the fine one, and can be shown
while that is made. All convolutions wrap round; noise and waves of whole periods do too: it tiles by construction.
What is wanted modulates every layer. A surface between two materials is wanted by the mean of what both are.

Sources: Ulyanov et al. 2017, "Improved Texture Networks" (noise in, instance normalisation); Dumoulin et al. 2017,
"A Learned Representation for Artistic Style" (modulation); Bergmann et al. 2017, "Learning Texture Manifolds with
the Periodic Spatial GAN" (waves); Burt and Adelson 1983 (the pyramid).
Only the imagine worker and commands that paint or train import this module: it loads torch.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import PreTrainedConfig, PreTrainedModel

from showroom.imagine.painter_ops import doubled, meaned, modulated, wrapped

OUT = 5  # base colour (3, sRGB from the wanted one), height (see `height_code`), roughness (from the wanted one)
PROPERTIES = 9  # OKLab of the colour and of its accent, roughness, wetness, relief
_FIRST_PX = 16
_NOISES = 8  # channels of noise at the first level
_WAVES = (16, 8, 4)  # pixels of a period, at each level
_HEIGHT_TILES, _HEIGHT_RANGE = 0.004, 4.0


class PainterConfig(PreTrainedConfig):
    """What the model was taught, and its sizes.

    channels  : of each level, from 16 px on, doubling.   condition : width of what modulates them.
    materials : names whose words' vectors come with the weights.
    accords, kinds : names, in the order of the inputs.
    likeness  : how many numbers tell what a photo looks like.   features : statistics that they are made of.
    preferred : kinds of mixtures for which people preferred it to the recipe.
    """

    model_type = "showroom_painter"

    def __init__(self, channels=(256, 192, 128, 64, 32), condition=256, text_width=384, materials=(), accords=(),
                 kinds=(), likeness=24, features=320, preferred=(), **options):
        self.channels, self.condition, self.text_width = list(channels), condition, text_width
        self.materials, self.accords, self.kinds = list(materials), list(accords), list(kinds)
        self.likeness, self.features, self.preferred = likeness, features, list(preferred)
        super().__init__(**options)

    @property
    def size_px(self) -> int:
        """Edge of the finest level."""
        return _FIRST_PX << len(self.channels) - 1


@dataclass(frozen=True)
class Wanted:
    """What surfaces should be, n of them; rows of zeros where nothing is known. All float32.

    text       : (n, k, text_width) unit sentence vectors of k materials.   shares : (n, k), sums 1.
    accords    : (n, accords) 0 to 1.   kind : (n, kinds) one of them 1.
    properties : (n, 9), see PROPERTIES.   likeness : (n, likeness), see `PainterModel.likeness_of`.
    """

    text: Tensor
    shares: Tensor
    accords: Tensor
    kind: Tensor
    properties: Tensor
    likeness: Tensor


class PainterModel(PreTrainedModel):
    """Everything that the painter learned."""

    config_class = PainterConfig
    base_model_prefix = "painter"
    main_input_name = "text"

    def __init__(self, config: PainterConfig):
        super().__init__(config)
        wide = config.condition
        self.register_buffer("material_vectors", torch.zeros(len(config.materials), config.text_width))
        self.register_buffer("likeness_mean", torch.zeros(config.features))
        self.register_buffer("likeness_basis", torch.zeros(config.features, config.likeness))
        self.word = nn.Sequential(nn.Linear(config.text_width, wide), nn.SiLU(), nn.Linear(wide, wide))
        rest = PROPERTIES + len(config.accords) + len(config.kinds) + config.likeness
        self.rest = nn.Sequential(nn.Linear(rest, wide), nn.SiLU(), nn.Linear(wide, wide))
        self.both = nn.Sequential(nn.SiLU(), nn.Linear(wide, wide), nn.SiLU())
        inside = (_NOISES, *config.channels[:-1])
        last = len(config.channels) - 1
        self.levels = nn.ModuleList(Level(*sizes, wide, at == last)
                                    for at, sizes in enumerate(zip(inside, config.channels)))
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, (nn.Linear, nn.Conv2d)):
            nn.init.kaiming_normal_(module.weight, a=0.2)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
        if isinstance(module, Modulation):
            nn.init.normal_(module.gain.weight, std=0.02)
            nn.init.normal_(module.noise.weight, std=0.02)

    def condition(self, wanted: Wanted) -> Tensor:
        """(n, condition): the mean of what each material's words ask for, and all the rest."""
        words = (self.word(wanted.text * math.sqrt(self.config.text_width)) * wanted.shares[..., None]).sum(1)
        rest = (wanted.properties, wanted.accords, wanted.kind, wanted.likeness)
        return self.both(words + self.rest(torch.cat(rest, 1)))

    def painted(self, condition: Tensor, noises: "Noises") -> Iterator[Tensor]:
        """(n, 5, edge, edge) of 16, 32, … 256 px, each the mean of the next; see OUT. Made as it is asked for."""
        inner, picture = noises.first, torch.zeros(len(condition), OUT, 1, 1, dtype=condition.dtype)
        for at, level in enumerate(self.levels):
            if at:
                inner, picture = doubled(inner), doubled(picture)
            inner, added = level(inner, condition, noises, at)
            picture = picture + (added - meaned(added) if at else added)
            yield picture

    def forward(self, text: Tensor, shares: Tensor, accords: Tensor, kind: Tensor, properties: Tensor,
                likeness: Tensor, seed: int = 0) -> Tensor:
        """(n, 5, 256, 256): the finest level; arguments as `Wanted` has them."""
        condition = self.condition(Wanted(text, shares, accords, kind, properties, likeness))
        *_, finest = self.painted(condition, Noises.of(seed, len(text), len(self.levels)))
        return finest

    def likeness_of(self, features: Tensor) -> Tensor:
        """(n, likeness), of deviation about 1 over what was taught. features: (n, features), see `likeness`."""
        return (features - self.likeness_mean) @ self.likeness_basis


class Level(nn.Module):
    """Two convolutions at one size, each with noise of its own, modulated by what is wanted.

    The finest level, where time goes, has one, and no waves.
    """

    def __init__(self, inside: int, outside: int, condition: int, finest: bool):
        super().__init__()
        self.waves = 0 if finest else 4 * len(_WAVES)
        self.before = nn.Conv2d(inside + self.waves, outside, 3, bias=False)
        self.after = None if finest else nn.Conv2d(outside, outside, 3, bias=False)
        self.modulations = nn.ModuleList(Modulation(outside, condition) for _ in range(1 if finest else 2))
        self.skip = nn.Conv2d(inside, outside, 1, bias=False)
        self.out = nn.Conv2d(outside, OUT, 1)

    def forward(self, x: Tensor, condition: Tensor, noises: "Noises", at: int) -> tuple[Tensor, Tensor]:
        """(n, outside, h, w) and what it adds to the picture, (n, 5, h, w)."""
        y = x
        if self.waves:
            y = torch.cat([x, noises.waves(x.shape[-1]).to(x.dtype).expand(len(x), -1, -1, -1)], 1)
        y = self.modulations[0](self.before(wrapped(y)), condition, noises.levels[at][0])
        if self.after is not None:
            y = self.modulations[1](self.after(wrapped(y)), condition, noises.levels[at][1])
        y = (y + self.skip(x)) * math.sqrt(0.5)
        return y, self.out(y)


class Modulation(nn.Module):
    """Noise, normalised and given the mean and deviation that the condition wants."""

    def __init__(self, channels: int, condition: int):
        super().__init__()
        self.gain = nn.Linear(condition, 2 * channels)
        self.noise = nn.Linear(condition, channels)

    def forward(self, x: Tensor, condition: Tensor, noise: Tensor) -> Tensor:
        """(n, channels, h, w) of the same. noise: (n, 1, h, w)."""
        gain, offset = self.gain(condition).chunk(2, 1)
        return modulated(x, gain, offset, self.noise(condition), noise)


@dataclass(frozen=True)
class Noises:
    """All chance there is in a picture. first: (n, 8, 16, 16). levels: two (n, 1, edge, edge) each. shift: (2,)."""

    first: Tensor
    levels: tuple[tuple[Tensor, Tensor], ...]
    shift: tuple[float, float]

    @staticmethod
    def of(seed: int, count: int, levels: int) -> "Noises":
        """The same for the same seed, whatever is asked for of it."""
        chance = torch.Generator().manual_seed(seed)
        shift = torch.rand(2, generator=chance).tolist()
        first = torch.randn(count, _NOISES, _FIRST_PX, _FIRST_PX, generator=chance)
        edges = [_FIRST_PX << at for at in range(levels)]
        rows = tuple(tuple(torch.randn(count, 1, edge, edge, generator=chance) for _ in range(2)) for edge in edges)
        return Noises(first, rows, tuple(shift))

    def waves(self, edge: int) -> Tensor:
        """(1, 12, edge, edge): sines and cosines along both axes, whole periods of each."""
        at = torch.arange(edge) / edge
        rows = []
        for period in _WAVES:
            for axis, moved in enumerate(self.shift):
                turn = 2 * math.pi * (edge // period) * (at + moved)
                for wave in (turn.sin(), turn.cos()):
                    rows.append(wave[None].expand(edge, edge) if axis == 0 else wave[:, None].expand(edge, edge))
        return torch.stack(rows)[None]


def height_code(tiles: Tensor) -> Tensor:
    """Heights in tiles, of mean 0, → about −1 to 1: the small ones spread."""
    return torch.asinh(tiles / _HEIGHT_TILES) / _HEIGHT_RANGE


def height_tiles(code: Tensor) -> Tensor:
    """The heights of `height_code`'s numbers; beyond ±1.25 cut off, 0.3 tiles."""
    return torch.sinh(code.clamp(-1.25, 1.25) * _HEIGHT_RANGE) * _HEIGHT_TILES
