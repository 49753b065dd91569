"""Garments: which of ten kinds a photo shows, by a linear head on the maps of EfficientNet-Lite0.

The maps of a photo and of its mirror image are pooled to one row: their mean, their strongest answer
anywhere, and the means of their upper, middle and lower third, since a hem lies below a collar.
`assets/models/garments` holds what `scripts/train_garments` wrote. torch is used by the backbone alone.
"""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from showroom import paths
from showroom.errors import ModelError
from showroom.imagine.backbone import Backbone
from showroom.imagine.weights import check_bytes, sha256_of
from showroom.words.look import GARMENTS

LONGEST_PX, _SHORTEST_PX = 320, 64  # of a photo as the network sees it
BANDS = 3  # from top to bottom
FILES = ("config.json", "model.safetensors")
_SUMS = "SHA256SUMS"
_NEXT = "restore assets/models/garments, or make it anew with scripts/train_garments"


def model_folder() -> Path:
    """Where the head ships."""
    return paths.ASSETS / "models" / "garments"


def check_model(folder: Path) -> None:
    """Raises ModelError unless every file is there with the bytes that SHA256SUMS gives it."""
    for name, expected in _sums(folder).items():
        check_bytes(folder / name, expected, "the garments", _NEXT)


class Garments:
    """Tells garments apart. Not for use from two threads at once."""

    def __init__(self, backbone: Backbone, weights: np.ndarray, bias: np.ndarray):
        """weights: (features, 10) and bias: (10,) float32; the logits they give are calibrated."""
        self._backbone, self._weights, self._bias = backbone, weights, bias

    @staticmethod
    def load(folder: Path | None = None) -> "Garments":
        """The head that ships, or another folder's. Raises ModelError unless every byte is as expected."""
        folder = folder or model_folder()
        check_model(folder)
        try:
            from safetensors.numpy import load_file

            known = json.loads((folder / "config.json").read_text("utf-8"))
            found = load_file(folder / "model.safetensors")
            if known != config():
                raise ModelError(f"loading the garments from {folder}: made for {known}; {config()} is "
                                 f"accepted; {_NEXT}")
            return Garments(Backbone.load(), found["weights"], found["bias"])
        except ImportError as error:
            raise ModelError(f"loading the garments: the package {error.name or error} cannot be imported; "
                             "start scripts/run, or install it with pip") from None
        except (OSError, ValueError, KeyError) as error:
            reason = " ".join(str(error).split())[:160]
            raise ModelError(f"loading the garments from {folder}: {reason}; {_NEXT}") from None

    def tell(self, pixels: np.ndarray) -> np.ndarray:
        """(10,) float64 probabilities in the order of GARMENTS. pixels: (h, w, 3) uint8 sRGB."""
        logits = features(self._backbone, pixels) @ self._weights + self._bias
        return probabilities(logits.astype(np.float64))


def config() -> dict:
    """What the head was made for, as its config.json says it."""
    return {"garments": list(GARMENTS), "longest_px": LONGEST_PX, "bands": BANDS}


def features(backbone: Backbone, pixels: np.ndarray) -> np.ndarray:
    """(1280 · 5,) float32 of a picture (h, w, 3) uint8 sRGB; the same for its mirror image."""
    small = _sized(pixels)
    maps = backbone.maps(np.stack([small, small[:, ::-1]]))
    return np.mean([_pooled(one) for one in maps], axis=0)


def probabilities(logits: np.ndarray) -> np.ndarray:
    """Softmax along the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def save(folder: Path, weights: np.ndarray, bias: np.ndarray) -> None:
    """Writes config, weights (float32) and their digests. Raises OSError."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config(), indent=2) + "\n", encoding="utf-8")
    save_file({"weights": np.ascontiguousarray(weights, np.float32), "bias": bias.astype(np.float32)},
              folder / "model.safetensors")
    sums = "".join(f"{sha256_of(folder / name)}  {name}\n" for name in FILES)
    (folder / _SUMS).write_text(sums, encoding="utf-8")


def _sized(pixels: np.ndarray) -> np.ndarray:
    """With its longer edge LONGEST_PX; a very long picture is widened, so that there is something to see."""
    height, width = pixels.shape[:2]
    scale = LONGEST_PX / max(height, width)
    size = max(_SHORTEST_PX, round(width * scale)), max(_SHORTEST_PX, round(height * scale))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC))


def _pooled(maps: np.ndarray) -> np.ndarray:
    """(1280 · 5,) of (1280, rows, columns)."""
    parts = [maps[:, top:bottom].mean((1, 2)) for top, bottom in _spans(maps.shape[1], BANDS)]
    return np.concatenate([maps.mean((1, 2)), maps.max((1, 2)), *parts])


def _spans(length: int, count: int) -> list[tuple[int, int]]:
    """`count` spans that cover a length, of as equal a size as can be; they may share what lies between."""
    return [(at * length // count, -(-(at + 1) * length // count)) for at in range(count)]


def _sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / _SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no text"
        raise ModelError(f"loading the garments: {folder / _SUMS}: {reason}; {_NEXT}") from None
    sums = dict(line.split(maxsplit=1)[::-1] for line in lines if len(line.split(maxsplit=1)) == 2)
    if set(sums) != set(FILES):
        raise ModelError(f"loading the garments: {folder / _SUMS} names {', '.join(sums) or 'nothing'}; "
                         f"{' and '.join(FILES)} are accepted; {_NEXT}")
    return sums
