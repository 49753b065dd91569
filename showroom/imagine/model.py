"""The nose's own model: from a product's notes, by layer, to what people would say of it.

Its first part adds up as perfumes do: each character of the lexicon builds accords (a perfumer's
judgement, and what votes add to it), as strongly as its layer and its place in the layer let it. The
second part, centres, corrects that by likeness to what was voted on. What has no votes (places, light,
air, sound, touch, palette) is distilled from the lexicon's own answers, so that words alone get it too.
Only the imagine worker and commands that imagine or train import this module: it loads torch.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus
from transformers import PreTrainedConfig, PreTrainedModel
from transformers.utils import ModelOutput

from showroom.imagine import scene_row

STAGE_COUNT = 3
_TEXT_SHARE = 0.5  # of the sentence vectors beside the other features
_CENTRES_SHARE = 0.2  # of the accords, said by the centres; the rest by the layers
_TOLD_SHARE = 0.6  # of the accords of running text, said by what was learned from descriptions
_WORDS_SHARE, _EVIDENCE = 0.8, 0.6  # of a text's meaning, and the notes' worth that take 1/e of it
_SHARP = 20.0  # how sharply the unlisted are told from the listed, before learning


class NoseConfig(PreTrainedConfig):
    """Names of the model's columns, and its sizes.

    characters, families, accords : in the order of the weights.   lexicon : digest of what it learned from.
    positions : places in a layer that are told apart; the last holds all later ones. One more place is for
                notes that no layer orders.
    accord_centres, season_centres : rows they remember.
    texts : notes and sentences about places, whose sentence vectors come with the model.
    garments : what the head on photos' features tells apart.
    """

    model_type = "showroom_nose"

    def __init__(self, characters=(), families=(), accords=(), lexicon="", positions=5, text_width=384,
                 accord_centres=0, season_centres=0, texts=(), garments=(), photo_width=1280, **options):
        self.characters, self.families, self.accords = list(characters), list(families), list(accords)
        self.lexicon, self.positions, self.text_width = lexicon, positions, text_width
        self.accord_centres, self.season_centres = accord_centres, season_centres
        self.texts, self.garments, self.photo_width = list(texts), list(garments), photo_width
        super().__init__(**options)

    @property
    def features(self) -> int:
        """Width of what the centres compare."""
        families = STAGE_COUNT * len(self.families)
        return len(self.accords) + len(self.characters) + families + 4 + 4 + self.text_width


@dataclass
class NoseOutput(ModelOutput):
    """accords (n, accords) 0 to 1, the strongest 1, or all 0. season (n, 4) shares. scene (n, ·): scene_row."""

    accords: Tensor | None = None
    season: Tensor | None = None
    scene: Tensor | None = None


class Layers(nn.Module):
    """Accords as sums over notes: what each character builds, as strongly as where it stands lets it."""

    def __init__(self, config: NoseConfig):
        super().__init__()
        characters, families, accords = len(config.characters), len(config.families), len(config.accords)
        self.register_buffer("prior", torch.zeros(characters, accords))
        self.register_buffer("family", torch.zeros(characters, families))
        self.character_accords = nn.Parameter(torch.zeros(characters, accords))
        self.family_accords = nn.Parameter(torch.zeros(families, accords))
        self.accord_gain = nn.Parameter(torch.zeros(accords))
        self.accord_bias = nn.Parameter(torch.zeros(accords))
        self.character_gain = nn.Parameter(torch.zeros(characters))
        self.layer_gain = nn.Parameter(torch.zeros(STAGE_COUNT))
        self.layer_family_gain = nn.Parameter(torch.zeros(STAGE_COUNT, families))
        self.position_gain = nn.Parameter(torch.zeros(STAGE_COUNT, config.positions + 1))
        self.threshold = nn.Parameter(torch.zeros(1))
        self.power = nn.Parameter(torch.zeros(1))
        self.sharpness = nn.Parameter(torch.zeros(1))

    def gains(self) -> Tensor:
        """(3, positions + 1, characters): how much a character counts, by layer and place in it."""
        of_character = self.layer_family_gain @ self.family.T + self.character_gain
        of_place = self.layer_gain[:, None] + self.position_gain
        return torch.exp(of_place[:, :, None] + of_character[:, None, :])

    def forward(self, placed: Tensor) -> Tensor:
        """(n, accords): 0 to about 1. placed: (n, 3, positions + 1, characters)."""
        built = self.prior + self.character_accords + self.family @ self.family_accords
        built = built * self.accord_gain.exp()
        strength = (placed * self.gains()).sum((1, 2))
        heard = strength @ built + self.accord_bias
        most = heard.max(1, keepdim=True).values.clamp(min=1e-6)
        sharp = _SHARP * self.sharpness.exp()
        # People list an accord or leave it out: near the threshold it is faint, below it is nothing.
        listed = softplus((heard / most - 0.1 - self.threshold) * sharp) / sharp
        return listed.clamp(min=1e-12) ** self.power.exp() * (strength.sum(1, keepdim=True) > 0)


class Centres(nn.Module):
    """Kernel ridge regression as a layer: radial functions around the rows it was fitted to.

    Source: Saunders, Gammerman and Vovk 1998, "Ridge regression learning algorithm in dual variables".
    """

    def __init__(self, count: int, width: int, outputs: int):
        super().__init__()
        self.register_buffer("centres", torch.zeros(count, width))
        self.register_buffer("scale", torch.ones(1))
        self.weights = nn.Parameter(torch.zeros(count, outputs))
        self.mean = nn.Parameter(torch.zeros(outputs))

    def likeness(self, features: Tensor) -> Tensor:
        """(n, count), 0 to 1. features: (n, width)."""
        apart = (features**2).sum(1)[:, None] + (self.centres**2).sum(1) - 2 * features @ self.centres.T
        return torch.exp(-apart.clamp(min=0) / self.scale)

    def forward(self, features: Tensor) -> Tensor:
        """(n, outputs)."""
        return self.mean + self.likeness(features) @ self.weights


class NoseModel(PreTrainedModel):
    """Everything the nose learned. All inputs and outputs are of one dtype, on one device."""

    config_class = NoseConfig
    base_model_prefix = "nose"
    main_input_name = "placed"

    def __init__(self, config: NoseConfig):
        super().__init__(config)
        accords, characters = len(config.accords), len(config.characters)
        self.layers = Layers(config)
        self.register_buffer("feel", torch.zeros(characters, 4))
        self.register_buffer("season_logs", torch.zeros(characters, 4))
        self.register_buffer("vectors", torch.zeros(characters, config.text_width))
        self.register_buffer("text_vectors", torch.zeros(len(config.texts), config.text_width))
        self.accord_centres = Centres(config.accord_centres, config.features, accords)
        self.season_centres = Centres(config.season_centres, accords + config.features, 4)
        self.told = nn.Linear(2 * accords + characters, accords)
        self.words = nn.Linear(config.text_width, accords)
        self.scene = nn.Linear(accords + 4, scene_row.WIDTH)
        self.garments = nn.Linear(config.photo_width, len(config.garments))
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        """Nothing: all weights are made by fitting, and start at zero or as they are."""

    def forward(self, placed: Tensor, told: Tensor, evidence: Tensor, text: Tensor) -> NoseOutput:
        """What people would say.

        placed   : (n, 3, positions + 1, characters) amounts of each character by layer and place in it.
        told     : (n,) 1 where the notes were found in running text, else 0.
        evidence : (n,) how many notes' worth of evidence they are.
        text     : (n, text_width) the running text's sentence vector, or zeros.
        """
        features = self.features(placed)
        heard = self.layers(placed)
        accords = torch.where(told[:, None] > 0, self.from_told(heard, features),
                              self.from_notes(heard, features))
        meant = (text.abs().sum(1) > 0) * told * _WORDS_SHARE * torch.exp(-evidence / _EVIDENCE)
        meant = torch.where((evidence <= 0) & (meant > 0), torch.ones_like(meant), meant)[:, None]
        accords = loudest((1 - meant) * unit(accords) + meant * unit(self.words(text).clamp(min=0)))
        return NoseOutput(accords, self.seasons(heard, features), self.scene(self.seen(accords, features)))

    def worn(self, features: Tensor) -> Tensor:
        """(n, garments) probabilities. features: (n, photo_width) of photos, see `backbone`."""
        return torch.softmax(self.garments(features), 1)

    def features(self, placed: Tensor) -> Tensor:
        """(n, config.features): what the centres compare, before any votes."""
        weighted = placed * self.layers.position_gain.exp()[None, :, :, None]
        by_layer = weighted.sum(2)
        by_layer = by_layer / by_layer.sum((1, 2), keepdim=True).clamp(min=1e-9)
        shares = by_layer.sum(1)
        families = (by_layer @ self.layers.family).flatten(1)
        said = [2 * unit(shares @ self.layers.prior), 2 * shares, families, 2 * shares @ self.feel,
                shares @ self.season_logs, _TEXT_SHARE * shares @ self.vectors]
        return torch.cat(said, 1)

    def from_notes(self, heard: Tensor, features: Tensor) -> Tensor:
        """(n, accords) of listed notes: the layers' answer, a share of it corrected by likeness."""
        near = unit(self.accord_centres(features).clamp(min=0))
        return (1 - _CENTRES_SHARE) * unit(heard) + _CENTRES_SHARE * near * (heard.sum(1, keepdim=True) > 0)

    def from_told(self, heard: Tensor, features: Tensor) -> Tensor:
        """(n, accords) of notes found in running text, which names some of what a thing smells of."""
        learned = unit(self.told(self.told_inputs(heard, features)).clamp(min=0))
        return (1 - _TOLD_SHARE) * unit(heard) + _TOLD_SHARE * learned * (heard.sum(1, keepdim=True) > 0)

    def told_inputs(self, heard: Tensor, features: Tensor) -> Tensor:
        """(n, 2 accords + characters): the first columns of the features, and the layers' answer."""
        first = len(self.config.accords) + len(self.config.characters)
        prior = features[:, : len(self.config.accords)] / 2
        return torch.cat([2 * unit(heard), prior, features[:, len(self.config.accords) : first]], 1)

    def seasons(self, heard: Tensor, features: Tensor) -> Tensor:
        """(n, 4) shares of winter, spring, summer, autumn."""
        return torch.softmax(self.season_centres(self.season_inputs(heard, features)), 1)

    def season_inputs(self, heard: Tensor, features: Tensor) -> Tensor:
        """(n, accords + features)."""
        return torch.cat([unit(heard), features], 1)

    def seen(self, accords: Tensor, features: Tensor) -> Tensor:
        """(n, accords + 4): what the scene head looks at. No text: it says the same in any language."""
        config = self.config
        first = len(config.accords) + len(config.characters) + STAGE_COUNT * len(config.families)
        return torch.cat([unit(accords), features[:, first : first + 4]], 1)


def unit(rows: Tensor) -> Tensor:
    """Rows of length one; zeros stay zeros."""
    return rows / rows.norm(dim=1, keepdim=True).clamp(min=1e-9)


def loudest(rows: Tensor) -> Tensor:
    """Rows whose strongest is 1; zeros stay zeros."""
    return rows / rows.max(1, keepdim=True).values.clamp(min=1e-9)
