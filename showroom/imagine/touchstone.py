"""Touchstone: which of the painters' materials a piece of a photo is most like, and how rough it looks.

Linear, over the statistics of `likeness`, of a picture made grey and of one contrast, so that any colour may be
worn; and over a few numbers of colour and of shine. It was taught with the painters' own tiles in all colours and
lights (`train/touchstone.py`). Shine is told by light tails of the band in which highlights lie, and by their
colour: a highlight is paler than what it lies on (Motoyoshi et al. 2007, "Image statistics and the perception of
surface qualities"; Shafer 1985, "Using color to separate reflection components").
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from showroom import paths
from showroom.errors import ModelError
from showroom.imagine.backbone import Backbone
from showroom.imagine.blur import blur
from showroom.imagine.likeness import FEATURES, features
from showroom.imagine.photo_material import Sample
from showroom.imagine.weights import check_bytes, expected_sums, write_sums
from showroom.oklab import lab_from_bytes

FILES = _CONFIG, _WEIGHTS = ("config.json", "model.safetensors")
SHINES = 6 + 9  # the last of the looks: of colour and of shine
LOOKS = FEATURES + SHINES
_NAME = "the touchstone"
_NEXT = "restore assets/models/touchstone, or make it anew with scripts/train_touchstone"
_GREY, _CONTRAST, _FAINT = 140.0, 33.0, 0.02  # of the grey picture's bytes; deviation below which it is not raised
_SHINE_PX = (1.5, 4.0, 10.0)  # sigmas of bands, in a picture 128 px wide
_ZOOMS = (1.0, 0.6)  # shares of the piece that are looked at
_TRUST = 1.5  # in how much smoother or rougher something looks than most: such guesses are timid
_ROUGH = (0.08, 0.97)  # of what a photo is thought to show


@dataclass(frozen=True)
class Told:
    """materials: each with its probability, the likeliest first.   roughness: 0 to 1, as it looks."""

    materials: Mapping[str, float]
    roughness: float

    @property
    def material(self) -> str:
        """The likeliest."""
        return next(iter(self.materials))


@dataclass(frozen=True)
class Touchstone:
    """materials: their names.

    periods : of each, the period or grain of its painter, in shares of a tile.   roughness : of each, its painter's.
    weights : (LOOKS, materials + 1) and bias : (materials + 1,) float32; the last column is how much rougher than
              most it looks.
    """

    materials: tuple[str, ...]
    periods: tuple[float, ...]
    roughness: tuple[float, ...]
    weights: np.ndarray
    bias: np.ndarray

    @staticmethod
    def load(folder: Path | None = None) -> "Touchstone":
        """The one that ships, or another folder's. Raises ModelError unless every byte is as expected."""
        folder = folder or model_folder()
        for name, expected in expected_sums(folder, FILES, _NAME, _NEXT).items():
            check_bytes(folder / name, expected, _NAME, _NEXT)
        try:
            from safetensors.numpy import load_file

            known, found = json.loads((folder / _CONFIG).read_text("utf-8")), load_file(folder / _WEIGHTS)
            rows = [(name, float(own["period"]), float(own["roughness"])) for name, own in known["materials"].items()]
            stone = Touchstone(*zip(*rows), found["weights"], found["bias"])
        except Exception as error:  # whatever a stranger's weights make of a loader
            reason = " ".join(str(error).split())[:160]
            raise ModelError(f"loading {_NAME} from {folder}: {reason}; {_NEXT}") from None
        stone.check(folder)
        return stone

    def check(self, folder: Path) -> None:
        """Raises ModelError unless the numbers are numbers, and as many as they must be."""
        wide = len(self.materials) + 1
        if self.weights.shape != (LOOKS, wide) or self.bias.shape != (wide,):
            raise ModelError(f"loading {_NAME} from {folder}: weights of {self.weights.shape}; {(LOOKS, wide)} are "
                             f"accepted; {_NEXT}")
        if not np.isfinite(self.weights).all() or not np.isfinite(self.bias).all() or not min(self.periods) > 0:
            raise ModelError(f"loading {_NAME} from {folder}: weights that are no numbers; finite ones are accepted; "
                             f"{_NEXT}")

    def save(self, folder: Path) -> None:
        """Writes config, weights and their digests. Raises OSError."""
        from safetensors.numpy import save_file

        folder.mkdir(parents=True, exist_ok=True)
        rows = zip(self.materials, self.periods, self.roughness)
        own = {name: {"period": round(period, 4), "roughness": round(rough, 3)} for name, period, rough in rows}
        (folder / _CONFIG).write_text(json.dumps({"materials": own}, indent=2) + "\n", encoding="utf-8")
        save_file({"weights": np.ascontiguousarray(self.weights, np.float32), "bias": self.bias.astype(np.float32)},
                  folder / _WEIGHTS)
        write_sums(folder, FILES)

    def tell(self, sample: Sample, backbone: Backbone, among: Collection[str] = ()) -> Told:
        """What a piece is, looked at from near and far. among: materials that it may be of; () for any."""
        cuts = [sample.cut(zoom * len(sample.pixels)) for zoom in _ZOOMS]
        said = (looks(backbone, np.stack(cuts)) @ self.weights + self.bias).astype(np.float64).mean(axis=0)
        known = np.array([not among or name in among for name in self.materials])
        raised = np.exp(said[:-1] - said[:-1][known].max()) * known
        ranked = sorted(zip(self.materials, raised / raised.sum()), key=lambda pair: (-pair[1], pair[0]))
        rough = self.roughness[self.materials.index(ranked[0][0])] + _TRUST * said[-1]
        return Told({name: round(float(share), 4) for name, share in ranked},
                    round(float(np.clip(rough, *_ROUGH)), 3))

    def period_of(self, material: str) -> float:
        """Of a material's painter, in shares of a tile."""
        return self.periods[self.materials.index(material)]


def model_folder() -> Path:
    """Where it ships."""
    return paths.ASSETS / "models" / "touchstone"


def looks(backbone: Backbone, pictures: np.ndarray) -> np.ndarray:
    """(n, LOOKS) float32 of (n, 256, 256, 3) uint8 sRGB, at half their size."""
    labs = [lab_from_bytes(_half(picture)) for picture in pictures]
    grey = np.stack([_grey(lab[..., 0]) for lab in labs])
    told = [np.concatenate([lab.mean(axis=(0, 1)), lab.std(axis=(0, 1)), _shine(lab)]) for lab in labs]
    return np.concatenate([features(backbone, grey), np.array(told, np.float32)], axis=1)


def _grey(light: np.ndarray) -> np.ndarray:
    """(h, w, 3) uint8 of a lightness, all of one mean and nearly one contrast."""
    even = (light - light.mean()) / max(float(light.std()), _FAINT)
    return np.repeat(np.clip(_GREY + _CONTRAST * even, 0, 255).round().astype(np.uint8)[..., None], 3, axis=2)


def _half(picture: np.ndarray) -> np.ndarray:
    """(h / 2, w / 2, c): means of four pixels."""
    height, width, channels = picture.shape
    return picture.reshape(height // 2, 2, width // 2, 2, channels).mean(axis=(1, 3))


def _shine(lab: np.ndarray) -> np.ndarray:
    """(9,): of three bands, how much farther lightness reaches up than down, and how lopsided it is; of the
    brightest, how far they stand out, how much paler they are than the rest, and how bright."""
    light, chroma = lab[..., 0], np.hypot(lab[..., 1], lab[..., 2])
    fine, told = blur(light, 0.6), []
    for sigma in _SHINE_PX:
        band = fine - blur(light, sigma)
        low, middle, high = np.quantile(band, (0.002, 0.5, 0.998))
        lopsided = ((band - band.mean()) ** 3).mean() / (band.std() + 0.01) ** 3
        told += [high + low - 2 * middle, np.tanh(lopsided / 2)]
    bright = light >= np.quantile(light, 0.98)
    brightest = float(np.quantile(light, 0.999))
    paler = (chroma.mean() - chroma[bright].mean()) / (chroma.mean() + 0.02)
    return np.array([*told, brightest - float(np.median(light)), paler, brightest])
