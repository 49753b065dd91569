"""Draper: knows a material by a piece of it, and hangs a place with the like.

What a photo shows becomes what any painter can be asked for: the nearest material that there is a recipe for, the
two colours, how rough it looks and how large its pattern is; and, for the learned painter, what no word says.
A photo says nothing of metres. The piece that is seen is taken for one tile of the surface that will wear it, and
the surface's tile made so large that the painter's pattern comes as often as the photo's.
"""

import logging
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from showroom.errors import ModelError
from showroom.imagine import painter_store
from showroom.imagine.backbone import Backbone
from showroom.imagine.likeness import FEATURES, features
from showroom.imagine.materials import materials
from showroom.imagine.photo_material import Sample
from showroom.imagine.touchstone import Told, Touchstone
from showroom.words.scenespec import SceneSpec, Surface

_WORN = ("drape", "prop", "plinth", "wall", "ground")  # surfaces that may wear it, the nearest to the hero first
_NEAR = ("drape", "prop")
CLOTHS = ("leather", "silk", "linen", "suede", "velvet", "cashmere")
_OF_CLOTH = ("scarf", "jacket")  # kinds of product, whose print is not taken for stones or crumbs
_RELIEF = 0.5              # a material's own
_FINEST, _WIDEST = 0.4, 2.5  # by which a tile may become smaller and larger
_MOST = 4.0                # of a likeness: what lies farther out is like nothing that was taught
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stuff:
    """A material as a photo shows it.

    told     : which of the painters' materials it is like, and how rough.
    repeats  : the period of the photo's pattern, in shares of the piece, by that of the painter's in a tile.
    likeness : for the learned painter; () if there is none.
    """

    told: Told
    srgb: str
    accent_srgb: str
    repeats: float
    likeness: tuple[float, ...]

    @property
    def wide(self) -> float:
        """How many times as large as the surface's own a tile becomes."""
        return min(max(self.repeats, _FINEST), _WIDEST)

    def worn_by(self, surface: Surface) -> Surface:
        """A surface in its likeness, where there was another."""
        return replace(surface, painter=self.told.material, srgb=self.srgb, accent_srgb=self.accent_srgb,
                       roughness=self.told.roughness, wetness=0.0, relief=_RELIEF, scale_m=surface.scale_m * self.wide,
                       also="", share=0.0, likeness=self.likeness)


class Draper:
    """Not for use from two threads at once."""

    def __init__(self, backbone: Backbone, touchstone: Touchstone, basis: "Basis | None"):
        self._backbone, self._touchstone, self._basis = backbone, touchstone, basis

    @staticmethod
    def load(backbone: Backbone) -> "Draper":
        """With the touchstone that ships. Without the learned painter's weights no photo has a likeness for it.

        Raises ModelError if the touchstone is not the expected one.
        """
        try:
            basis = Basis.load()
        except ModelError as error:
            log.warning("%s; photos of materials are worn by recipes until then", error)
            basis = None
        return Draper(backbone, Touchstone.load(), basis)

    def stuff(self, sample: Sample, kind: str = "") -> Stuff:
        """What a piece is. kind: of the product that it is of, where that says something of its matter."""
        told = self._touchstone.tell(sample, self._backbone, CLOTHS if kind in _OF_CLOTH else ())
        own = self._touchstone.period_of(told.material)
        tile = sample.cut(sample.period.px / own)  # its pattern comes as often as in a tile that was taught
        likeness = self._basis.of(features(self._backbone, tile[None]))[0] if self._basis else ()
        return Stuff(told, sample.srgb, sample.accent_srgb, sample.period.px / len(sample.pixels) / own,
                     tuple(round(float(value), 3) for value in likeness))


@dataclass(frozen=True)
class Basis:
    """What makes a likeness of features: see `PainterModel.likeness_of`. mean: (features,). basis: (features, n)."""

    mean: np.ndarray
    basis: np.ndarray

    @staticmethod
    def load(folder: Path | None = None) -> "Basis":
        """From the learned painter's weights, of which the rest stays where it is. Raises ModelError."""
        folder = folder or painter_store.model_folder()
        painter_store.check_model(folder)
        path = folder / painter_store.FILES[-1]
        try:
            from safetensors import safe_open

            with safe_open(path, "numpy") as file:
                found = Basis(file.get_tensor("likeness_mean"), file.get_tensor("likeness_basis"))
        except Exception as error:  # whatever a stranger's weights make of a loader
            told = " ".join(str(error).split())[:160]
            raise ModelError(f"reading what a likeness is from {path}: {told}; restore the painter's weights") from None
        shapes = found.mean.shape == (FEATURES,) and found.basis.shape[:1] == (FEATURES,)
        if not shapes or not np.isfinite(found.mean).all() or not np.isfinite(found.basis).all():
            raise ModelError(f"reading what a likeness is from {path}: not {FEATURES} finite rows; restore the "
                             "painter's weights")
        return found

    def of(self, rows: np.ndarray) -> np.ndarray:
        """(n, likeness) of (n, features), cut off where nothing was taught."""
        return np.clip((rows - self.mean) @ self.basis, -_MOST, _MOST)


def draped(spec: SceneSpec, stuff: Stuff) -> SceneSpec:
    """The place with the cloth and the objects round the hero in its likeness; where it is neither, with one other."""
    known = materials()
    own = known[stuff.told.material]
    worn = {at: known.get(spec.surfaces[at].painter) for at in _WORN if at in own.on and at in spec.surfaces}
    fit = [at for at, was in worn.items() if was and (was == own or own.goes_with(was))]
    chosen = [at for at in fit if at in _NEAR] or fit[:1]
    return replace(spec, surfaces=spec.surfaces | {at: stuff.worn_by(spec.surfaces[at]) for at in chosen})
