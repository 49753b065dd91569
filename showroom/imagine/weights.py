"""Files of weights: opened only when their bytes are the expected ones."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from showroom.errors import ModelError

SUMS = "SHA256SUMS"


def check_bytes(path: Path, sha256: str, model: str, remedy: str) -> None:
    """Raises ModelError, naming the model and the remedy, unless the file is there with this SHA-256."""
    try:
        found = sha256_of(path)
    except OSError as error:
        raise ModelError(f"loading {model}: {path}: {error.strerror}; {remedy}") from None
    if found != sha256:
        raise ModelError(f"loading {model}: {path} has SHA-256 {found[:12]}…; only {sha256[:12]}… is accepted; {remedy}")


def expected_sums(folder: Path, files: Sequence[str], model: str, remedy: str) -> dict[str, str]:
    """SHA-256 of each of these files, as the folder's SHA256SUMS has them.

    Raises ModelError, naming the model and the remedy, if it is missing or names other files.
    """
    path = folder / SUMS
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "no text"
        raise ModelError(f"loading {model}: {path}: {reason}; {remedy}") from None
    sums = dict(line.split(maxsplit=1)[::-1] for line in lines if len(line.split(maxsplit=1)) == 2)
    if set(sums) != set(files):
        named = ", ".join(sums)[:160] or "nothing"
        raise ModelError(f"loading {model}: {path} names {named}; "
                         f"{' and '.join(files)} are accepted; {remedy}")
    return sums


def write_sums(folder: Path, files: Sequence[str]) -> None:
    """The folder's SHA256SUMS of these files. Raises OSError."""
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def sha256_of(path: Path) -> str:
    """64 hex digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
