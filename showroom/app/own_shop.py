"""A shop of the house's own, on this machine alone: for a preview, where no other one is named.

It is the same program as `showroom shop`, as a child: on the loopback interface, with the gateway that
plays payments, and its database in the user's folder. It ends with whoever started it, however that ends.
"""

import logging
import socket
import subprocess
import sys
import time
from pathlib import Path

log = logging.getLogger(__name__)

PORT = 8765
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_CLOSING_S = 5.0


class OwnShop:
    """Use as a context manager. `url` is known at once; the shop answers there a few seconds later.

    folder    : where its database is kept; made if it is not there.
    catalogue : what it sells, None: the house's.
    """

    def __init__(self, folder: Path, catalogue: Path | None = None):
        folder.mkdir(parents=True, exist_ok=True)
        self._database = f"sqlite:///{(folder / 'shop.sqlite').resolve()}"
        self._port, self._catalogue = _free_port(), catalogue
        self.url = f"http://127.0.0.1:{self._port}"
        self._faults, self._start_at = 0, 0.0
        self._process: subprocess.Popen | None = None
        self.tend()

    def __enter__(self) -> "OwnShop":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Of its process, while there is one."""
        return self._process.pid if self._process is not None else None

    def tend(self) -> None:
        """Starts it again if it has ended, after a growing pause. Cheap; for every frame."""
        if self._process is not None and self._process.poll() is not None:
            self._faults += 1
            pause_s = min(_FIRST_PAUSE_S * 2 ** (self._faults - 1), _LONGEST_PAUSE_S)
            log.warning("the shop at %s ended with %d; another starts in %.3g s, orders are kept meanwhile",
                        self.url, self._process.returncode, pause_s)
            self._process, self._start_at = None, time.monotonic() + pause_s
        if self._process is None and time.monotonic() >= self._start_at:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "showroom", "shop", "--host", "127.0.0.1", "--port", str(self._port),
                 "--database", self._database, "--until-input-ends",
                 *(["--catalogue", str(self._catalogue)] if self._catalogue else [])],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)

    def close(self) -> None:
        """Ends it. May be called twice."""
        process, self._process, self._start_at = self._process, None, float("inf")
        if process is not None:
            process.stdin.close()
            process.terminate()
            try:
                process.wait(_CLOSING_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    """The usual port, so that a code that was read yesterday still leads here; any other where it is taken."""
    for port in (PORT, 0):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return tried.getsockname()[1]
    return PORT
