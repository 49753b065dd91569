"""Files of weights: opened only when their bytes are the expected ones."""

import hashlib
from pathlib import Path

from showroom.errors import ModelError


def check_bytes(path: Path, sha256: str, model: str, remedy: str) -> None:
    """Raises ModelError, naming the model and the remedy, unless the file is there with this SHA-256."""
    try:
        found = sha256_of(path)
    except OSError as error:
        raise ModelError(f"loading {model}: {path}: {error.strerror}; {remedy}") from None
    if found != sha256:
        raise ModelError(f"loading {model}: {path} has SHA-256 {found[:12]}…; only {sha256[:12]}… is accepted; {remedy}")


def sha256_of(path: Path) -> str:
    """64 hex digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
