"""A real OpenXR runtime for this tier: Monado with a remote-driven headset and no screen.

It comes from the private prefix that scripts/openxr_runtime makes, or from the machine; without
either, this tier skips by name. Clients run as children, so that a lost runtime takes no test with it.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue

import platformdirs
import pytest

HERE = Path(__file__).parent
READY_S = 30.0
CLIENT_S = 60.0  # five times what the slowest step needs


@dataclass(frozen=True)
class Launchers:
    """How the runtime and programs that use it are started."""

    runtime: list[str]
    through: list[str]
    control: list[str]


@pytest.fixture(scope="session")
def launchers() -> Launchers:
    """The private prefix, or an installed Monado."""
    xrun = os.environ.get("SHOWROOM_XRUN")
    own = Path(platformdirs.user_cache_dir("showroom")) / "openxr-runtime"
    prefix = Path(xrun).parents[1] if xrun else own
    if (prefix / "bin/monado").exists():
        xrun = str(prefix / "bin/xrun")
        control = str(prefix / "root/usr/bin/monado-ctl")
        return Launchers([str(prefix / "bin/monado")], [xrun], [xrun, control])
    installed = shutil.which("monado-service")
    if installed:
        return Launchers(["env", "XRT_COMPOSITOR_NULL=1", "XRT_NO_STDIN=1", installed], [], ["monado-ctl"])
    pytest.skip("no OpenXR runtime for tests: no prefix from scripts/openxr_runtime and no installed Monado")


class Runtime:
    """One Monado on private folders and a free port. It can be killed and started again."""

    def __init__(self, launchers: Launchers, folder: Path):
        self._launchers = launchers
        self._folder = folder
        self._process: subprocess.Popen | None = None
        self._clients = 0
        self.port = _free_port()
        for name in ("run", "home", "config/monado", "config/showroom"):
            (folder / name).mkdir(parents=True)
        (folder / "config/showroom/showroom.toml").write_text("sound = false\n")
        (folder / "run").chmod(0o700)  # where it listens: it refuses a folder others can read
        (folder / "config/monado/config_v0.json").write_text(json.dumps(
            {"active": "remote", "remote": {"version": 0, "port": self.port, "view_count": 2}}))

    @property
    def command(self) -> list[str]:
        """What starts it in the foreground."""
        return self._launchers.runtime

    @property
    def environment(self) -> dict[str, str]:
        """For clients and for the runtime itself; no display."""
        kept = {key: value for key, value in os.environ.items()
                if key not in {"DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"}}
        own = {"XDG_RUNTIME_DIR": "run", "HOME": "home", "XDG_CONFIG_HOME": "config",
               "XDG_CACHE_HOME": "cache", "XDG_DATA_HOME": "data"}
        return (kept | {key: str(self._folder / name) for key, name in own.items()}
                | {"PYTHONPATH": str(HERE.parents[1])})

    def start(self) -> None:
        """Returns when the runtime takes connections."""
        log = (self._folder / "runtime.log").open("wb")
        with log:
            self._process = subprocess.Popen(self._launchers.runtime, env=self.environment,
                                             stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + READY_S
        while not self._answers():
            assert self._process.poll() is None, f"Monado ended at once:\n{self.log()}"
            assert time.monotonic() < deadline, f"Monado does not answer:\n{self.log()}"
            time.sleep(0.02)

    def _answers(self) -> bool:
        # connecting, not looking: a killed runtime leaves its socket file behind
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self._folder / "run/monado_comp_ipc"))
            except OSError:
                return False
            return True

    def kill(self) -> None:
        """As when it crashes."""
        self._process.kill()
        self._process.wait()

    def hang(self) -> None:
        """It stands still; calls into it wait."""
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It goes on where it stood."""
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self.go_on()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def log(self) -> str:
        return (self._folder / "runtime.log").read_text(errors="replace")

    def control(self, *arguments: str) -> None:
        """Asks the running runtime for something, with the tool it comes with."""
        subprocess.run([*self._launchers.control, *arguments], env=self.environment, check=True,
                       timeout=CLIENT_S, capture_output=True)

    def client(self, *arguments: str, script: str = "client.py", **environment: str) -> "Client":
        """Starts a script of this folder as a child that sees this runtime, and whose calls are validated."""
        command = [*self._launchers.through, sys.executable, str(HERE / script), *arguments]
        pipe = subprocess.PIPE
        self._clients += 1
        report = self._folder / f"validation-{self._clients}.txt"
        validating = {"XR_ENABLE_API_LAYERS": "XR_APILAYER_LUNARG_core_validation",
                      "XR_CORE_VALIDATION_EXPORT_TYPE": "text", "XR_CORE_VALIDATION_FILE_NAME": str(report)}
        return Client(subprocess.Popen(command, env=self.environment | validating | environment, text=True,
                                       stdin=pipe, stdout=pipe, stderr=pipe), report)

    def start_showroom(self, *arguments: str) -> subprocess.Popen:
        """Starts the command line against this runtime."""
        return subprocess.Popen([*self._launchers.through, sys.executable, "-m", "showroom", *arguments],
                                env=self.environment, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE)

    def showroom(self, *arguments: str) -> subprocess.CompletedProcess:
        """Runs the command line against this runtime to its end."""
        process = self.start_showroom(*arguments)
        try:
            output, errors = process.communicate(timeout=CLIENT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


class Client:
    """A running client that prints one JSON object a line."""

    def __init__(self, process: subprocess.Popen, report: Path):
        self.process = process
        self._report = report
        self._lines: Queue[dict] = Queue()
        self.errors: list[str] = []
        self._readers = [threading.Thread(target=self._read_answers, daemon=True),
                         threading.Thread(target=self._read_errors, daemon=True)]
        for reader in self._readers:
            reader.start()

    def _read_answers(self) -> None:
        for line in self.process.stdout:
            if line.startswith("{"):  # libraries may print, too
                self._lines.put(json.loads(line))

    def _read_errors(self) -> None:
        self.errors.extend(self.process.stderr)

    def until(self, key: str, value, patience_s: float = CLIENT_S) -> dict:
        """The next line in which `key` is `value`."""
        deadline = time.monotonic() + patience_s
        while True:
            try:
                answer = self._lines.get(timeout=0.2)
            except Empty:
                why = f"before the client said {key} = {value!r}:\n{''.join(self.errors)}"
                assert self.process.poll() is None or not self._lines.empty(), f"it ended {why}"
                assert time.monotonic() < deadline, f"patience ended {why}"
                continue
            if answer.get(key) == value:
                return answer

    def validation(self) -> list[str]:
        """All that the validation layer wrote; nothing if there never was an instance."""
        return self._report.read_text().splitlines() if self._report.exists() else []

    def objections(self) -> list[str]:
        """What it had against the client's calls."""
        return [line for line in self.validation() if "VALID_ERROR" in line or "VALID_WARNING" in line]

    def end(self, mistaken: bool = False) -> int:
        """Closes its input, which a client takes as the request to leave; returns its exit code.

        The validation layer must have been silent, unless the client is `mistaken` on purpose.
        """
        self.process.stdin.close()
        try:
            code = self.process.wait(CLIENT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        for reader in self._readers:
            reader.join()
        assert mistaken == bool(self.objections()), self.objections()
        return code


@pytest.fixture(scope="session")
def runtime_kind() -> type[Runtime]:
    """For tests that start one of their own."""
    return Runtime


@pytest.fixture
def stopped_runtime(launchers, tmp_path_factory) -> Iterator[Runtime]:
    """A runtime that has not been started."""
    runtime = Runtime(launchers, tmp_path_factory.mktemp("xr") / "runtime")  # a socket's path may not be long
    yield runtime
    runtime.stop()


@pytest.fixture(scope="module")
def runtime(launchers, tmp_path_factory) -> Iterator[Runtime]:
    """One running runtime for a file of tests."""
    runtime = Runtime(launchers, tmp_path_factory.mktemp("monado") / "runtime")
    runtime.start()
    yield runtime
    runtime.stop()


@pytest.fixture(scope="module")
def x_server(x_screen) -> Iterator[str]:
    """A display of its own, ":7" or the like."""
    with x_screen((320, 240)) as (display, _):
        yield display


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
