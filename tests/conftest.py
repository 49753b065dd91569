"""What all tiers share: the command as a user starts it, sample data, and skips that name what is missing.

scripts/test sets SHOWROOM_XRUN when everything runs under the private prefix: children that draw
must then be started through it too. SHOWROOM_DATA names a folder of sample data.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the command line does, before torch is loaded


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout the tests stand in."""
    return REPOSITORY


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Sample products, votes and pictures that are not part of the repository."""
    folder = Path(os.environ.get("SHOWROOM_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no sample data at {folder}; set SHOWROOM_DATA")
    return folder


@pytest.fixture(scope="session")
def python_command() -> list[str]:
    """What starts this Python in a child that may draw."""
    through = os.environ.get("SHOWROOM_XRUN")
    return [through, sys.executable] if through else [sys.executable]


@pytest.fixture(scope="session")
def own_environment(tmp_path_factory) -> dict[str, str]:
    """An environment with its own cache and data, no display, and a configuration that makes rough places fast and no sound."""
    home = tmp_path_factory.mktemp("home")
    file = home / "config" / "showroom" / "showroom.toml"
    file.parent.mkdir(parents=True)
    file.write_text("surface_px = 64\ndetail = 0.2\nsound = false\n", encoding="utf-8")
    kept = {key: value for key, value in os.environ.items()
            if key not in {"SHOWROOM_CONFIG", "DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH"}}
    return kept | {"XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config"),
                   "XDG_DATA_HOME": str(home / "data")}


@pytest.fixture(scope="session")
def showroom(python_command, own_environment) -> Callable[..., subprocess.CompletedProcess]:
    """Runs the command line in a child, as `showroom("shot", "moss", cwd=…)`; output is text."""
    def call(*arguments: str, timeout: float = 300, **options) -> subprocess.CompletedProcess:
        options = {"env": own_environment, "capture_output": True, "text": True} | options
        command = [*python_command, "-m", "showroom", *arguments]
        return subprocess.run(command, timeout=timeout, check=False, **options)
    return call


@pytest.fixture(scope="session")
def needs_opengl(python_command, own_environment) -> None:
    """Skips where a headless OpenGL 4.5 context cannot be made."""
    probe = "from showroom.display.egl import EglContext; EglContext().close()"
    answer = subprocess.run([*python_command, "-c", probe], capture_output=True, text=True,
                            env=own_environment, timeout=120, check=False)
    if answer.returncode:
        pytest.skip(f"no OpenGL 4.5 here: {answer.stderr.strip().splitlines()[-1]}")


@pytest.fixture(scope="session")
def x_screen(tmp_path_factory) -> Callable:
    """Starts X servers, as `with x_screen((640, 480)) as (display, folder): …`: its name, and where its picture lies.

    Skips by name without Xvfb.
    """
    @contextlib.contextmanager
    def start(size: tuple[int, int]) -> Iterator[tuple[str, Path]]:
        if not shutil.which("Xvfb"):
            pytest.skip("no Xvfb: this needs an X server; install xvfb")
        folder = tmp_path_factory.mktemp("screen")
        command = ["Xvfb", "-displayfd", "1", "-screen", "0", "{}x{}x24".format(*size), "-nolisten", "tcp",
                   "-fbdir", str(folder)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            yield ":" + server.stdout.readline().strip(), folder
        finally:
            server.terminate()
            server.wait(10)
    return start
