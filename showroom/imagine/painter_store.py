"""Where the learned painter lies, what it must be, and how it is loaded.

`assets/models/painter` holds what `scripts/train_painter` wrote: config.json, model.safetensors, and SHA256SUMS
with the digests of both. What a place in the cache needs of it is its card, which loads no torch.
"""

import functools
import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import ModelError
from showroom.imagine.weights import check_bytes, expected_sums, write_sums

FILES = _CONFIG, _WEIGHTS = ("config.json", "model.safetensors")
MOST_BYTES = 40 << 20
_NAME, _KIND = "the painter", "showroom_painter"
_NEXT = "restore assets/models/painter, or make it anew with scripts/train_painter"
_LOADING_S = 0.02  # how long whoever waits for the model goes without a look around


@dataclass(frozen=True)
class Card:
    """What is known of the painter without loading it.

    digest    : first 16 hex digits of a digest of both files.
    materials : tile painters whose words it knows.   preferred : kinds of mixtures that it paints best, see
                `sorts.kind_of`.
    """

    digest: str
    materials: tuple[str, ...]
    preferred: tuple[str, ...]


def model_folder() -> Path:
    """Where the painter ships."""
    return paths.ASSETS / "models" / "painter"


def card(folder: Path | None = None) -> Card:
    """The card of the painter that ships, or of another folder's.

    Raises ModelError unless the folder says what its files must be, and its config.json is so, and a painter's.
    """
    folder = folder or model_folder()
    sums = expected_sums(folder, FILES, _NAME, _NEXT)
    check_bytes(folder / _CONFIG, sums[_CONFIG], _NAME, _NEXT)
    try:
        config = json.loads((folder / _CONFIG).read_text("utf-8"))
        kind = config["model_type"]
        lists = {name: tuple(map(str, config[name])) for name in ("materials", "preferred")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        told = " ".join(f"{type(error).__name__} {error}".split())[:160]
        raise ModelError(f"loading {_NAME}: {folder / _CONFIG} is no painter's ({told}); {_NEXT}") from None
    if kind != _KIND:
        raise ModelError(f"loading {_NAME}: {folder} holds a {str(kind)[:60]!r}; a {_KIND!r} is accepted; {_NEXT}")
    digest = hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()
    return Card(digest[:16], **lists)


def check_model(folder: Path) -> None:
    """Raises ModelError unless both files are there with the digests that SHA256SUMS gives them, and not too large."""
    for name, expected in expected_sums(folder, FILES, _NAME, _NEXT).items():
        check_bytes(folder / name, expected, _NAME, _NEXT)
    size = (folder / _WEIGHTS).stat().st_size
    if size > MOST_BYTES:
        raise ModelError(f"loading {_NAME}: {folder / _WEIGHTS} has {size:,} bytes; at most {MOST_BYTES:,} are "
                         f"accepted; {_NEXT}")


def load_model(folder: Path | None = None):
    """The model of a folder, float32, ready to paint.

    Raises ModelError as `card` and `check_model` do, and for weights that are no numbers, or not this painter's.
    """
    folder = folder or model_folder()
    card(folder)
    check_model(folder)
    try:
        from transformers.utils import logging

        from showroom.imagine.painter_model import PainterModel

        logging.disable_progress_bar()
        logging.set_verbosity_error()  # what is wrong is said below, once
        model, found = PainterModel.from_pretrained(folder, local_files_only=True, use_safetensors=True,
                                                    ignore_mismatched_sizes=True, output_loading_info=True)
    except ImportError as error:
        raise ModelError(f"loading {_NAME}: the package {error.name or error} cannot be imported; "
                         "start scripts/run, or install it with pip") from None
    except Exception as error:  # whatever a stranger's weights make of a loader
        told = " ".join(str(error).split())[:160]
        raise ModelError(f"loading {_NAME} from {folder}: {told}; {_NEXT}") from None
    for fault in ("missing_keys", "unexpected_keys", "mismatched_keys"):
        if names := sorted(" ".join(map(str, name)) if isinstance(name, tuple) else name for name in found[fault]):
            raise ModelError(f"loading {_NAME} from {folder}: {fault.replace('_', ' ')}, {names[0]} and "
                             f"{len(names) - 1} more; weights of this painter are accepted; {_NEXT}")
    for name, weights in model.state_dict().items():
        if not weights.isfinite().all():
            raise ModelError(f"loading {_NAME} from {folder}: {name} holds what is no number; finite weights are "
                             f"accepted; {_NEXT}")
    return model.float().eval()


def save_model(model, folder: Path) -> None:
    """Writes config, weights (float32) and their digests. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    model.float().save_pretrained(folder)
    write_sums(folder, FILES)


def shared_model(between: Callable[[], None]):
    """The model that ships, loaded once in a process, by a thread of its own; any number of hands may ask.

    between : called while it loads, which takes seconds; whatever it raises ends the waiting, not the loading.
    Raises  : ModelError as `load_model`; the same at once when asked again while the files are the same.
    """
    folder = model_folder()
    try:
        state = (folder / _WEIGHTS).stat()
    except OSError as error:
        raise ModelError(f"loading {_NAME}: {folder / _WEIGHTS}: {error.strerror}; {_NEXT}") from None
    return _loading(folder, card(folder).digest, state.st_mtime_ns, state.st_size).get(between)


class _Loading:
    """One loading, under way or done."""

    def __init__(self, folder: Path):
        self._folder, self._ended = folder, threading.Event()
        self._model, self._error = None, None
        threading.Thread(target=self._run, name="painter", daemon=True).start()

    def _run(self) -> None:
        try:
            self._model = load_model(self._folder)
        except Exception as error:  # raised again wherever the model is asked for
            self._error = error
        self._ended.set()

    def get(self, between: Callable[[], None]):
        while not self._ended.wait(_LOADING_S):
            between()
        if self._error is not None:
            raise ModelError(str(self._error))
        return self._model


_booking = threading.Lock()  # hands ask side by side: one of them starts the loading


def _loading(folder: Path, *state: object) -> _Loading:
    with _booking:
        return _kept_loading(folder, state)


@functools.lru_cache(maxsize=1)
def _kept_loading(folder: Path, state: tuple) -> _Loading:
    """Of this state of its files: what was mended is loaded anew."""
    return _Loading(folder)
