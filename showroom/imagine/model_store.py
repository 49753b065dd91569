"""Where the nose's model lies, what it must be, and how it is loaded.

`assets/models/nose` holds what `scripts/train_model` wrote: config.json, model.safetensors, and SHA256SUMS
with the digests of both. Reading the digests loads no torch.
"""

import functools
import hashlib
from pathlib import Path

from showroom import paths
from showroom.errors import ModelError
from showroom.imagine.weights import check_bytes, expected_sums, write_sums

FILES = ("config.json", "model.safetensors")
_NEXT = "restore assets/models/nose, or make it anew with scripts/train_model"


def model_folder() -> Path:
    """Where the model ships."""
    return paths.ASSETS / "models" / "nose"


@functools.cache
def lexicon_digest(folder: Path | None = None) -> str:
    """SHA-256 of the lexicon's tables."""
    digest = hashlib.sha256()
    for path in sorted((folder or paths.ASSETS / "lexicon").iterdir()):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


@functools.cache
def model_digest(folder: Path | None = None) -> str:
    """The SHA-256 that the model's weights must have. Raises ModelError if the folder does not say."""
    return _expected(folder or model_folder())["model.safetensors"]


def check_model(folder: Path) -> None:
    """Raises ModelError unless both files are there with the digests that SHA256SUMS gives them."""
    for name, expected in _expected(folder).items():
        check_bytes(folder / name, expected, "the nose", _NEXT)


def load_model(folder: Path | None = None):
    """The model of a folder, float64, ready to answer. Raises ModelError as `check_model` does."""
    folder = folder or model_folder()
    check_model(folder)
    try:
        from showroom.imagine.model import NoseModel

        model = NoseModel.from_pretrained(folder, local_files_only=True)
    except ImportError as error:
        raise ModelError(f"loading the nose: the package {error.name or error} cannot be imported; "
                         "start scripts/run, or install it with pip") from None
    except (OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
        reason = " ".join(str(error).split())[:160]
        raise ModelError(f"loading the nose from {folder}: {reason}; {_NEXT}") from None
    return model.double().eval()


def save_model(model, folder: Path) -> None:
    """Writes config, weights (float32) and their digests. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    model.float().save_pretrained(folder)
    write_sums(folder, FILES)


def _expected(folder: Path) -> dict[str, str]:
    return expected_sums(folder, FILES, "the nose", _NEXT)
