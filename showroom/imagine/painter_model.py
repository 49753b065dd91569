"""The painter's own model: drafts of materials, noise, and what is wanted become one surface that tiles.

One pass of a convolutional network, from 16² to 256². A recipe drafts each material; the picture begins as both
drafts laid into one another in drifts, and every level mends it, until its values, shapes and details are those of
something between, most of all at the seams, also where words or a photo tell of a material that nobody drafted. What a
level adds has no mean over four pixels, so a coarse picture is exactly the mean of the fine one, and can be shown while
that is made. All convolutions wrap round, as drafts and noise do: it tiles by construction. What is wanted modulates
every layer.

Sources: Ulyanov et al. 2017, "Improved Texture Networks" (noise in, instance normalisation); Johnson et al. 2016,
"Perceptual Losses for Real-Time Style Transfer" (a picture in); Dumoulin et al. 2017, "A Learned Representation for
Artistic Style" (modulation); Burt and Adelson 1983, "The Laplacian Pyramid".
Only the imagine worker and commands that paint or train import this module: it loads torch.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import PreTrainedConfig, PreTrainedModel

from showroom.imagine.painter_noise import FIRST_PX, NOISES, Noises
from showroom.imagine.painter_ops import doubled, meaned, modulated, smoothly_doubled, wrapped

OUT = 5  # base colour (3, sRGB from the wanted one), height (see `painter_drafts`), roughness (from its mean)
DRAFTS = 2  # of as many channels each
PROPERTIES = 9  # OKLab of the colour and of its accent, roughness, wetness, relief


class PainterConfig(PreTrainedConfig):
    """What the model was taught, and its sizes.

    channels  : of each level, from 16 px on, doubling.   condition : width of what modulates them.
    materials : names whose words' vectors come with the weights.
    accords, kinds : names, in the order of the inputs.
    likeness  : how many numbers tell what a photo looks like.   features : statistics that they are made of.
    preferred : kinds of mixtures for which people preferred it to the recipe.
    """

    model_type = "showroom_painter"

    def __init__(self, channels=(256, 192, 96, 64, 32), condition=256, text_width=384, materials=(), accords=(),
                 kinds=(), likeness=24, features=320, preferred=(), **options):
        self.channels, self.condition, self.text_width = list(channels), condition, text_width
        self.materials, self.accords, self.kinds = list(materials), list(accords), list(kinds)
        self.likeness, self.features, self.preferred = likeness, features, list(preferred)
        super().__init__(**options)

    @property
    def size_px(self) -> int:
        """Edge of the finest level."""
        return FIRST_PX << len(self.channels) - 1


@dataclass(frozen=True)
class Wanted:
    """What surfaces should be, n of them; rows of zeros where nothing is known. All float32.

    text       : (n, 2, text_width) unit sentence vectors of both materials.   shares : (n, 2), sums 1.
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
    main_input_name = "drafts"

    def __init__(self, config: PainterConfig):
        super().__init__(config)
        wide = config.condition
        self.register_buffer("material_vectors", torch.zeros(len(config.materials), config.text_width))
        self.register_buffer("likeness_mean", torch.zeros(config.features))
        self.register_buffer("likeness_basis", torch.zeros(config.features, config.likeness))
        self.word = nn.Sequential(nn.Linear(config.text_width, wide), nn.SiLU(), nn.Linear(wide, wide))
        rest = PROPERTIES + len(config.accords) + len(config.kinds) + config.likeness + 1
        self.rest = nn.Sequential(nn.Linear(rest, wide), nn.SiLU(), nn.Linear(wide, wide))
        self.order = nn.Linear(2 * wide, wide)
        self.both = nn.Sequential(nn.SiLU(), nn.Linear(wide, wide), nn.SiLU())
        inside = (NOISES, *config.channels[:-1])
        self.levels = nn.ModuleList(Level(*sizes, wide) for sizes in zip(inside, config.channels))
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, (nn.Linear, nn.Conv2d)):
            if begins := getattr(module, "begins", None):
                nn.init.normal_(module.weight, std=begins)
            else:
                nn.init.kaiming_normal_(module.weight, a=0.2)
            if module.bias is not None:
                nn.init.zeros_(module.bias)

    def condition(self, wanted: Wanted) -> Tensor:
        """(n, condition): what each material's words ask for, by its share, and all the rest."""
        words = self.word(wanted.text * math.sqrt(self.config.text_width)) * wanted.shares[..., None]
        rest = (wanted.properties, wanted.accords, wanted.kind, wanted.likeness, wanted.shares[:, 1:])
        return self.both(self.order(words.flatten(1)) + self.rest(torch.cat(rest, 1)))

    def painted(self, wanted: Wanted, noises: Noises, drafts: Tensor, there: Tensor) -> Iterator[Tensor]:
        """(n, 5, edge, edge) of 16, 32, … px, each the mean of the next; see OUT. Made as it is asked for.

        drafts : (n, 10, edge, edge) both materials as their recipes have them; zeros for one that is only told of.
        there  : (n, 1, edge, edge) 0 to 1, how much of the second is wanted where.
        """
        condition, laid = self.condition(wanted), laid_together(drafts, there)
        drafts = torch.cat([_LOUD * drafts, there], 1)
        inner, added = noises.first, torch.zeros(len(condition), OUT, 1, 1)
        for at, level in enumerate(self.levels):
            edge = FIRST_PX << at
            if edge > drafts.shape[-1]:
                return
            seen, begun = (F.avg_pool2d(x, drafts.shape[-1] // edge) for x in (drafts, laid))
            if at:
                inner, added = doubled(inner), smoothly_doubled(added)
            inner, new = level(inner, seen, condition, noises.levels[at])
            new = new.float()  # what is learned may be computed with fewer digits; what is added up, not
            added = added + (new - meaned(new) if at else new)
            yield begun + added

    def forward(self, drafts: Tensor, there: Tensor, text: Tensor, shares: Tensor, accords: Tensor, kind: Tensor,
                properties: Tensor, likeness: Tensor, seed: int = 0) -> Tensor:
        """(n, 5, 256, 256): the finest level; arguments as `Wanted` and `painted` have them."""
        wanted = Wanted(text, shares, accords, kind, properties, likeness)
        *_, finest = self.painted(wanted, Noises.of(seed, len(text), len(self.levels)), drafts, there)
        return finest

    def likeness_of(self, features: Tensor) -> Tensor:
        """(n, likeness), of deviation about 1 over what was taught. features: (n, features), see `likeness`."""
        return (features - self.likeness_mean) @ self.likeness_basis


def laid_together(drafts: Tensor, there: Tensor) -> Tensor:
    """(n, 5, h, w): the second draft laid into the first; the first alone where there is no second."""
    first, second = drafts.split(OUT, 1)
    drafted = (second != 0).flatten(1).any(1)[:, None, None, None]
    return first + (second - first) * (there * drafted)


class Level(nn.Module):
    """Two convolutions at one size, each with noise of its own, modulated by what is wanted."""

    def __init__(self, inside: int, outside: int, condition: int):
        super().__init__()
        self.before = nn.Conv2d(inside + DRAFTS * OUT + 1, outside, 3, bias=False)
        self.after = nn.Conv2d(outside, outside, 3, bias=False)
        self.modulations = nn.ModuleList(Modulation(outside, condition) for _ in range(2))
        self.skip = nn.Conv2d(inside, outside, 1, bias=False)
        self.out = nn.Conv2d(outside, OUT, 1)
        self.out.begins = 0.005  # nearly the drafts

    def forward(self, x: Tensor, drafts: Tensor, condition: Tensor, noises: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
        """(n, outside, h, w) and what it adds to the picture, (n, 5, h, w). drafts: (n, 11, h, w), with `there`."""
        y = self.before(wrapped(torch.cat([x, drafts.to(x.dtype)], 1)))
        y = self.modulations[0](y, condition, noises[0])
        y = self.modulations[1](self.after(wrapped(y)), condition, noises[1])
        y = (y + self.skip(x)) * math.sqrt(0.5)
        return y, self.out(y)


_LOUD = 5.0  # drafts vary by a tenth or two; what goes through a network by about one


class Modulation(nn.Module):
    """Noise, normalised and given the mean and deviation that the condition wants."""

    def __init__(self, channels: int, condition: int):
        super().__init__()
        self.gain = nn.Linear(condition, 2 * channels)
        self.noise = nn.Linear(condition, channels)
        self.gain.begins = self.noise.begins = 0.02

    def forward(self, x: Tensor, condition: Tensor, noise: Tensor) -> Tensor:
        """(n, channels, h, w) of the same. noise: (n, 1, h, w)."""
        gain, offset = self.gain(condition).chunk(2, 1)
        return modulated(x, gain, offset, self.noise(condition), noise)
