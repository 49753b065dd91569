"""A PostgreSQL server of its own in a folder: no port, a socket in that folder, gone when the block ends."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


class NoPostgres(Exception):
    """There is none on this machine."""


@contextlib.contextmanager
def server(*settings: str) -> Iterator[str]:
    """Starts one; yields the URL of its database. settings: as "fsync=off".

    Raises NoPostgres.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="showroom-pg-"))
    try:
        as_user = _as_somebody(folder)
        data = folder / "data"
        _run([*as_user, str(programs / "initdb"), "-D", str(data), "-U", "shop", "-A", "trust", "-E", "UTF8",
              "--locale=C", "--no-sync"])
        options = " ".join(f"-c {setting}" for setting in (
            "listen_addresses=", f"unix_socket_directories={folder}", "max_connections=64", *settings))
        control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql://shop@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Where initdb lies."""
    found = shutil.which("initdb")
    lain = [Path(found).resolve()] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not lain:
        raise NoPostgres("no PostgreSQL server here: install postgresql")
    return lain[-1].parent


def _as_somebody(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: what starts it as somebody else then, who owns the folder."""
    if os.geteuid():
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return ["runuser", "-u", user, "--"]


def _run(command: list[str]) -> None:
    # its output goes nowhere: the server would hold a pipe open
    answer = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", check=False,
                            timeout=120)
    if answer.returncode:
        raise NoPostgres(f"{Path(command[0]).name} … {command[-1]} ended with {answer.returncode}")
