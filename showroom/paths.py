"""Where things are, in a checkout and in an installed wheel alike, and how a file comes there whole.

In a checkout `assets/` and `shaders/` stand beside the package; the wheel maps them into it.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


ASSETS = _shipped("assets")
SHADERS = _shipped("shaders")


def cache_dir() -> Path:
    """The user's cache folder for painted surfaces and grown geometry (not created here)."""
    return Path(platformdirs.user_cache_dir("showroom"))


def data_dir() -> Path:
    """The user's folder for what must not be lost, such as orders (not created here)."""
    return Path(platformdirs.user_data_dir("showroom"))


def config_file() -> Path:
    """The user's configuration file; it need not exist."""
    return Path(platformdirs.user_config_dir("showroom")) / "showroom.toml"


@contextlib.contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to. It becomes `path` at the end, and after a failure it is removed.

    So whoever reads sees the whole file or none, whatever other processes write. Makes the folder.
    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink()
