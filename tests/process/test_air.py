"""The bridge, heard by the libraries' own receivers on loopback: it tells the ambience, and falls with the show."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from pythonosc.dispatcher import Dispatcher
from pythonosc.osc_server import ThreadingOSCUDPServer
from sacn import sACNreceiver

from showroom.app.senses import Senses
from showroom.catalogue import baked_spec, load_catalogue
from showroom.config import Config
from showroom.senses.air.bridge import Air
from showroom.senses.air.mapping import Mapping, wanted
from showroom.senses.air.telling import packed, unpacked
from showroom.stage.stage import EASE_S, Stage
from showroom.visit.grasp import Reached
from showroom.visit.standing import Standing
from showroom.visit.states import State
from showroom.words.ambience import Ambience, Scent
from showroom.words.frame import Frame
from showroom.words.request import PLACE
from showroom.words.result import Result
from showroom.words.rig import WIND, Channel, Osc, Rig, Universe
from showroom.words.view import Pose
from showroom.words.vocabulary import ACCORDS, THINGS

PATIENCE_S = 60.0
FALLEN_S = 2.5
UNIVERSE = 7


class Receiver:
    """What came, newest last: (monotonic s, level 0 to 1) by slot or address."""

    def __init__(self):
        self.came: dict[object, list[tuple[float, float]]] = {}
        self.ended: list[float] = []
        self._lock = threading.Lock()

    def data(self, packet) -> None:
        with self._lock:
            for slot in (1, 2):
                self.came.setdefault(slot, []).append((time.monotonic(), packet.dmxData[slot - 1] / 255))
            fine = packet.dmxData[9] * 256 + packet.dmxData[10]
            self.came.setdefault("fine", []).append((time.monotonic(), fine / 65535))

    def available(self, universe: int, changed: str) -> None:
        if changed == "timeout":  # as the library calls it, too, when the source says that it ends
            self.ended.append(time.monotonic())

    def osc(self, address: str, level: float) -> None:
        with self._lock:
            self.came.setdefault(address, []).append((time.monotonic(), level))

    def last(self, which) -> float:
        with self._lock:
            return self.came.get(which, [(0.0, -1.0)])[-1][1]

    def since(self, which, time_s: float) -> list[tuple[float, float]]:
        with self._lock:
            return [one for one in self.came.get(which, []) if one[0] >= time_s]


@contextlib.contextmanager
def receiving():
    """A receiver, and the port of its OSC half."""
    receiver, dispatcher = Receiver(), Dispatcher()
    dispatcher.set_default_handler(receiver.osc)
    server = ThreadingOSCUDPServer(("127.0.0.1", 0), dispatcher)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    listener = sACNreceiver(bind_address="127.0.0.1")
    listener.listen_on("universe", universe=UNIVERSE)(receiver.data)
    listener.listen_on("availability")(receiver.available)
    listener.start()
    try:
        yield receiver, server.server_address[1]
    finally:
        listener.stop()
        server.shutdown()
        server.server_close()


@pytest.fixture
def received():
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.bind(("127.0.0.1", 5568))
    except OSError as error:
        pytest.skip(f"port 5568, which sACN always has, is taken here: {error}")
    with receiving() as (receiver, port):
        yield receiver, port


def rig_to(port: int) -> Rig:
    return Rig((Universe(UNIVERSE, "127.0.0.1"),), (Osc("here", "127.0.0.1", port),), (
        Channel("heat", "temperature", ((280.0, 0.0), (320.0, 1.0)), universe=UNIVERSE, slot=1),
        Channel("fan", WIND, ((0.0, 0.0), (8.0, 1.0)), universe=UNIVERSE, slot=2),
        Channel("rose", "accord.rose", universe=UNIVERSE, slot=10, fine=True, lead_s=1.5),
        Channel("light", "light.red", osc="/light/red", to="here"),
        Channel("dry", "note.rose", ((0.0, 0.0), (1.0, 0.5)), osc="/scent/rose", to="here")))


def air_of(share: float) -> Ambience:
    """An ambience of which everything is `share` of the way."""
    accords = tuple(share if name == "rose" else 0.0 for name in ACCORDS)
    notes = tuple(share if name == "rose" else 0.0 for name in THINGS)
    return Ambience(wind_m_s=(0.0, 0.0, 6.0 * share), gust=0.0, temperature_k=280.0 + 40.0 * share,
                    light_rgb=(share, 0.0, 0.0), scent=Scent((0.0, 0.0, 0.0), accords, notes))


FULL = {1: 1.0, 2: 0.75, "fine": 1.0, "/light/red": 1.0, "/scent/rose": 0.5}


def frames_until(done, air: Air | None = None, airs=None) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while not done():
        if time.monotonic() > deadline:
            return False
        if air is not None:
            air.tell(Pose(), airs)
        time.sleep(1 / 90)
    return True


def full(receiver: Receiver) -> bool:
    return all(abs(receiver.last(which) - level) < 1e-4 + (0.5 / 255 if which in (1, 2) else 0)
               for which, level in FULL.items())


def test_packets_match_the_ambience_within_one_step(received):
    receiver, port = received
    rig = rig_to(port)
    air = Air(rig)
    try:
        for share in (0.3, 1.0, 0.0, 0.62):
            airs = [air_of(share)] * len(rig.leads_s)
            told = unpacked(rig, packed(rig, 0.0, Pose(), airs))
            expected = {channel.name: wanted(channel, told, 0.0) for channel in rig.channels}

            def matches():
                return (receiver.last(1) == round(expected["heat"] * 255) / 255
                        and receiver.last(2) == round(expected["fan"] * 255) / 255
                        and receiver.last("fine") == round(expected["rose"] * 65535) / 65535
                        and abs(receiver.last("/light/red") - expected["light"]) < 1e-6
                        and abs(receiver.last("/scent/rose") - expected["dry"]) < 1e-6)
            assert frames_until(matches, air, airs), f"at {share}: {receiver.last(1)}, {expected}"
        # a level comes in the packet that is sent next, and is never one that was not asked for
        changed_s, before = time.monotonic(), air.figures.steps
        assert frames_until(lambda: receiver.last(1) == 1.0, air, [air_of(1.0)] * 2)
        assert air.figures.steps - before <= 5  # one, and what passes until that is seen here
        assert {level for _, level in receiver.since(1, changed_s)} <= {round(0.62 * 255) / 255, 1.0}
        assert air.figures.sent > 5 and air.figures.failed == 0 and air.news() == []
    finally:
        air.close()
    assert receiver.ended and receiver.last(1) == 0.0  # and it says that nothing comes any more


def test_a_scent_is_told_ahead_of_the_picture(received):
    receiver, port = received
    rig = rig_to(port)
    air = Air(rig)
    assert rig.leads_s == (0.0, 1.5)
    try:
        assert frames_until(lambda: receiver.last("fine") == 1.0, air, [air_of(0.0), air_of(1.0)])
        assert receiver.last(1) == 0.0 and receiver.last("/scent/rose") == 0.0  # what has no lead is not there yet
    finally:
        air.close()


SHOW = """
import sys, time
sys.path.insert(0, sys.argv[2])
from test_air import air_of, rig_to
from showroom.senses.air.bridge import Air
from showroom.words.view import Pose
if __name__ == "__main__":
    rig = rig_to(int(sys.argv[1]))
    air = Air(rig)
    print(air.pid, flush=True)
    sys.stdin.fileno()
    import select
    while not select.select([sys.stdin], [], [], 1 / 90)[0]:
        air.tell(Pose(), [air_of(1.0)] * len(rig.leads_s))
    air.close()
"""


@contextlib.contextmanager
def show(port: int, tmp_path: Path):
    """A show in a process of its own, and the bridge's pid."""
    file = tmp_path / "show.py"
    file.write_text(SHOW)
    process = subprocess.Popen([sys.executable, file, str(port), str(Path(__file__).parent)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    bridge = int(process.stdout.readline())
    try:
        yield process, bridge
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()
        assert frames_until(lambda: gone(bridge))  # it falls first, and the next receiver listens to the same port


def gone(pid: int) -> bool:
    """Whether a process is no more, or only waits to be counted."""
    line = Path(f"/proc/{pid}/cmdline")
    return not line.exists() or not line.read_bytes()


def fall_s(receiver: Receiver, since_s: float) -> dict[object, float]:
    """How long after a time each channel came to nothing and stayed there."""
    found = {}
    for which in FULL:
        levels = receiver.since(which, since_s)
        last = max((time_s for time_s, level in levels if level > 0), default=since_s)
        zeros = [time_s for time_s, level in levels if time_s > last and level == 0]
        found[which] = zeros[0] - since_s if zeros else float("inf")
    return found


@pytest.mark.parametrize("how", ["killed", "hung", "ended"])
def test_everything_falls_when_the_show_does(received, tmp_path, how):
    receiver, port = received
    with show(port, tmp_path) as (process, bridge):
        assert frames_until(lambda: full(receiver)), receiver.came
        before_s = time.monotonic()
        if how == "ended":
            process.stdin.write("\n")
            process.stdin.flush()
        else:
            os.kill(process.pid, signal.SIGKILL if how == "killed" else signal.SIGSTOP)
        assert frames_until(lambda: all(receiver.last(which) == 0.0 for which in FULL))
        time.sleep(0.3)  # and it stays so
        fallen = fall_s(receiver, before_s)
        assert max(fallen.values()) < FALLEN_S, fallen
        print(f"after the show {how}: nothing after {max(fallen.values()):.2f} s")
        path = [level for _, level in receiver.since(1, before_s)]
        assert path == sorted(path, reverse=True) and len(set(path)) > 5  # a fall, not a step
        if how == "hung":
            assert Path(f"/proc/{bridge}").exists()
            process.send_signal(signal.SIGCONT)
            assert frames_until(lambda: full(receiver))  # and it rises again with the show
        else:
            assert frames_until(lambda: gone(bridge))
            assert receiver.ended


def test_a_bridge_that_is_killed_begins_again_with_nothing(received):
    receiver, port = received
    rig = rig_to(port)
    air, airs = Air(rig), [air_of(1.0)] * 2
    try:
        assert frames_until(lambda: full(receiver), air, airs)
        first = air.pid
        os.kill(first, signal.SIGKILL)
        assert frames_until(lambda: air.starts == 2 and air.pid not in (None, first), air, airs)
        assert "air process is lost" in air.news()[0]
        assert frames_until(lambda: full(receiver), air, airs)
    finally:
        air.close()


def test_a_network_that_is_not_there_is_told_once_and_the_show_goes_on():
    nowhere = Rig((Universe(1, "255.255.255.255"),), (), (  # a broadcast, which a socket has to be allowed
        Channel("heat", "temperature", ((280.0, 0.0), (320.0, 1.0)), universe=1, slot=1),))
    air, lines = Air(nowhere), []
    try:
        started = time.thread_time()
        count = 0
        deadline = time.monotonic() + PATIENCE_S
        while air.figures.failed < 80 and time.monotonic() < deadline:
            air.tell(Pose(), [air_of(1.0)])
            lines += air.news()
            count += 1
            time.sleep(1 / 90)
        assert time.thread_time() - started < count * 0.005  # it waits for nobody
    finally:
        air.close()
    assert len(lines) == 1 and "cannot be reached" in lines[0] and "\n" not in lines[0]


def test_a_bridge_begun_again_keeps_the_duty():
    rig = Rig(channels=(Channel("rose", "accord.rose", duty=0.2, duty_over_s=10.0, osc="/rose", to="here"),))
    told = unpacked(rig, packed(rig, 0.0, Pose(), [replace(air_of(1.0))]))
    fresh, again = (Mapping(rig, spent) for spent in (False, True))
    first = [one.step(told, 0.0, 1.0)["rose"] for one in (fresh, again) for _ in range(40)]
    assert first[:40] == [1.0] * 40 and max(first[40:]) < 0.21


def test_the_shows_own_senses_tell_the_air_that_is_shown(received):
    receiver, port = received
    stage, spec, began_s = Stage(), baked_spec(load_catalogue().find("vespri")), time.monotonic()
    stage.advance(0.0)
    stage.open(1, PLACE)
    stage.apply(Result(1, spec))
    nobody = SimpleNamespace(hands=(), head=Pose(), state=State.TRY, standing=Standing(), exhibits={}, reached=Reached())
    rig = replace(rig_to(port), channels=(
        Channel("heat", "temperature", ((250.0, 0.0), (320.0, 1.0)), universe=UNIVERSE, slot=1),
        Channel("amber", "accord.amber", universe=UNIVERSE, slot=10, fine=True, lead_s=1.5, duty=1.0)))
    with contextlib.closing(Senses(Config(air=rig, sound=False), apart=True)) as senses:

        def frame() -> bool:
            stage.advance(time.monotonic() - began_s)
            senses.feel(stage, nobody, Frame(stage.scene.time_s), None, {})
            kelvin, amber = stage.scene.ambience.temperature_k, stage.scene.ambience.scent.accords[ACCORDS.index("amber")]
            early.append(receiver.last("fine") - amber)
            return (stage.scene.time_s > EASE_S + 0.2 and abs(receiver.last(1) - (kelvin - 250.0) / 70.0) < 0.5 / 255
                    and abs(receiver.last("fine") - amber) < 1e-4 and amber > 0.2)

        early: list[float] = []
        assert frames_until(frame), (receiver.last(1), receiver.last("fine"), stage.scene.ambience)
        assert max(early) > 0.1  # the scent was told before the picture had come so far
