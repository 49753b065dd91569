"""A surface as the learned painter makes it: recipes' drafts and the spec's words in, the maps of a tile out.

The model paints from 16 px on, level by level, as far as is asked; what is finer than its finest level comes from
the recipes of the surface's materials (see `fine_scales`), of the same seed as their drafts. Mean colour, roughness
and relief are the spec's, as a recipe's are. Imports torch: only the imagine worker and tools load it.
"""

import dataclasses
from collections.abc import Callable

import numpy as np
import torch

from showroom.errors import ModelError
from showroom.imagine.assay import LIMITS
from showroom.imagine.fine_scales import refined
from showroom.imagine.paint import Painted, colour, relief, seed_of
from showroom.imagine.paint.exact import Exactly
from showroom.imagine.paint.relief import Layers
from showroom.imagine.painter_drafts import Drafts, drafts_of, height_tiles, properties
from showroom.imagine.painter_model import DRAFTS, PainterModel, Wanted
from showroom.imagine.painter_noise import Noises
from showroom.oklab import lab, lab_from_linear
from showroom.srgb import linear_from_srgb
from showroom.words.scenespec import SceneSpec, Surface

_SMALLEST_PX = 64  # smaller pictures are painted so large and averaged, as the recipes' are
_CUT = 3 / 64       # of a tile, where it is cut out anew: between the joints of up to ten courses
_LIKE = 0.3         # how far a surface in a photo's likeness leaves its recipe: farther, and its threads break up


def paint_learned(model: PainterModel, spec: SceneSpec, surface: str, size_px: int,
                  between: Callable[[], None] = lambda: None) -> Painted:
    """Paints one surface of a spec, of materials that the model knows.

    size_px, between : as `paint.paint` takes them.
    Raises : ModelError if the model gives nothing that can be shown.
    """
    want, seed = spec.surfaces[surface], seed_of(spec, surface)
    with torch.inference_mode(), Exactly(between):
        drafts = drafts_of(want, seed, draft_px(model, size_px))
        layers = drawn(model, wanted(model, want, surface, spec.accords), want, drafts, seed, size_px)
        if layers.height.shape[0] < size_px:
            layers = refined(layers, drafts, size_px)
        painted = Painted(*relief.finish(moved(layers), want, size_px))
    _check(painted, surface, want)
    return painted


def moved(layers: Layers) -> Layers:
    """The same surface, cut out elsewhere: recipes begin their courses at a tile's edge, where two would add up."""
    by = round(_CUT * layers.height.shape[0])
    color, height, rough = (field.roll((by, by), (0, 1)) for field in (layers.color, layers.height, layers.roughness))
    return dataclasses.replace(layers, color=color, height=height, roughness=rough)


def wanted(model: PainterModel, want: Surface, kind: str, accords: dict[str, float]) -> Wanted:
    """What the model is asked for, one surface.

    kind : the surface's name.   accords : as a spec has them.
    """
    config = model.config
    text = torch.zeros(1, DRAFTS, config.text_width)
    for at, name in enumerate(materials_of(want)):
        text[0, at] = model.material_vectors[config.materials.index(name)]
    second = want.share if want.also else _LIKE if want.likeness else 0.0
    likeness = [*want.likeness, *[0.0] * config.likeness][:config.likeness]
    rows = ([1.0 - second, second], [accords.get(name, 0.0) for name in config.accords],
            [float(kind == name) for name in config.kinds], properties(want).tolist(), likeness)
    return Wanted(text, *(torch.tensor([row], dtype=torch.float32) for row in rows))


def materials_of(want: Surface) -> list[str]:
    """The two materials that a surface lies between; in a photo's likeness one, the photo stands for the other.

    A surface of one material lies between that and itself, as the model was taught.
    """
    return [want.painter, want.also or want.painter] if want.also or not want.likeness else [want.painter]


def draft_px(model: PainterModel, size_px: int) -> int:
    """Edge of the drafts for a picture of that size; small ones begin as smaller drafts."""
    return model.config.size_px if size_px > _SMALLEST_PX else model.config.size_px // 2


def drawn(model: PainterModel, asked: Wanted, want: Surface, drafts: Drafts, seed: int, size_px: int) -> Layers:
    """The level of size_px, or the finest there is; of less than 64 px, that of 64. drafts: of `draft_px` or more."""
    edge = min(max(size_px, _SMALLEST_PX), model.config.size_px)
    there = drafts.there if want.also else drafts.there + asked.shares[0, 1]
    pictures = model.painted(asked, Noises.of(seed, 1, len(model.levels)), drafts.pictures[None], there[None])
    picture = next(picture for picture in pictures if picture.shape[-1] == edge)[0]
    return layers_of(picture, want, drafts.layers[0], drafts.layers[-1])


def layers_of(picture: torch.Tensor, want: Surface, first: Layers, second: Layers) -> Layers:
    """A recipe's layers of what the model gave, (5, n, n): see `painter_model.OUT`. Raises ModelError if it is none.

    first, second : the materials' own, which know how deep and large their cavities are.
    """
    if not picture.isfinite().all():
        raise ModelError("painting with the learned painter: it gave what is no number")
    asked = torch.tensor([int(want.srgb[at:at + 2], 16) / 255.0 for at in (1, 3, 5)])
    color = colour.linear_from_srgb((picture[:3] + asked[:, None, None]).clamp(0.0, 1.0)).movedim(0, -1)
    occlusion, cavity = (getattr(first, name) * (1 - want.share) + getattr(second, name) * want.share
                         for name in ("occlusion", "cavity"))
    return Layers(color, height_tiles(picture[3]), want.roughness + picture[4], occlusion=occlusion, cavity=cavity)


def _check(painted: Painted, surface: str, want: Surface) -> None:
    """Raises ModelError unless the mean colour is the spec's, as near as any painter's has to be."""
    mean = linear_from_srgb(painted.color[..., :3] / 255.0).mean(axis=(0, 1))
    apart = float(np.linalg.norm(lab_from_linear(mean) - lab(want.srgb)))
    if not apart <= LIMITS["palette"]:
        raise ModelError(f"painting {surface} with the learned painter: it is {apart:.3f} from {want.srgb} in OKLab; "
                         f"at most {LIMITS['palette']} is accepted")
