"""The sound's process: what is heard, made a little ahead of the device that plays it.

The show writes a `Hearing` every frame and never waits. Here one thread makes blocks of sound from the newest,
up to `LEAD` of them ahead; the device's own thread takes them. If it asks and nothing is ready it gets silence,
and that is counted. Priority is raised where the system allows it.
"""

import contextlib
import gc
import os
import signal
import threading
import time
from dataclasses import dataclass, replace

import numpy as np

from showroom.senses.audio.soundscape import HOP, RATE_HZ, Soundscape
from showroom.senses.block import Block
from showroom.senses.kept import Kept
from showroom.words.hearing import FLOATS, Hearing
from showroom.words.wind import carried_on

LEAD = 4             # blocks made ahead, 85 ms
PERIOD_MS = 20       # what the device asks for at a time
NICENESS = -10
SILENT_S = 3.0       # a device that asks for nothing for so long is gone
FADE_BLOCKS = 8      # of silence before the end, so that it does not click
STARTING, CARD, OTHER_CARD, NO_CARD = range(4)
NULL = "null"        # the name of a device that plays to nobody
_DISCARDS = ("Discard all samples", "NULL")  # what ALSA and miniaudio call a card that is none
_FIGURES = 7


@dataclass(frozen=True)
class Figures:
    """device: STARTING, CARD, OTHER_CARD (than the one that was named) or NO_CARD; made: blocks.

    asked     : how often the device wanted samples.
    underruns : how often it asked and not enough was ready.   busy_s : processor seconds of the process.
    gap_s     : the longest that the device let pass between two askings.   slowest_s : that a block took to make.
    """

    device: int = STARTING
    asked: int = 0
    underruns: int = 0
    made: int = 0
    busy_s: float = 0.0
    gap_s: float = 0.0
    slowest_s: float = 0.0


class Audio:
    """The show's side: tell it what is heard with `hear`, every frame.

    device : part of the name of the card to play on, "" for the system's own, NULL for none.
    seed   : of everything in the sound that is left to chance.
    Raises OSError if there is no shared memory.
    """

    def __init__(self, device: str = "", seed: int = 0):
        self._heard, self._told = Block.create(1 + FLOATS), Block.create(_FIGURES)
        self._kept = Kept("sound", serve, (self._heard.name, self._told.name, device, seed))
        self._device, self._said = device, False

    def hear(self, hearing: Hearing) -> None:
        """What is heard from now on."""
        self._heard.write((time.monotonic(), *hearing.packed()))
        self._kept.look()

    @property
    def pid(self) -> int | None:
        """Of the process, None while there is none."""
        return self._kept.pid

    @property
    def starts(self) -> int:
        """How often the process was started."""
        return self._kept.starts

    @property
    def figures(self) -> Figures:
        """What the process has counted since it was started last."""
        told = self._told.read()
        return Figures(*map(int, told[:4]), *told[4:]) if told else Figures()

    def news(self) -> list[str]:
        """Lines for staff since the last time."""
        lines, self._kept.news = self._kept.news, []
        found = self.figures.device
        if found != STARTING and not self._said and self._device != NULL:
            self._said = True
            if found == NO_CARD:
                lines.append("there is no sound card: nobody hears anything; plug one in and start again, or set "
                             "sound = false")
            elif found == OTHER_CARD:
                lines.append(f"no sound card is called {self._device!r}: another one plays; showroom doctor names "
                             "those there are")
        return lines

    def close(self) -> None:
        """Ends the process. May be called twice."""
        self._kept.close()
        self._heard.close()
        self._told.close()


def cards() -> list[str]:
    """Names of the cards that can play. Raises OSError if the system cannot be asked."""
    import miniaudio

    try:
        with _hushed():
            known = miniaudio.Devices()
            return [card["name"] for card in known.get_playbacks() if not card["name"].startswith(_DISCARDS)]
    except miniaudio.MiniaudioError as error:
        raise OSError(f"asking for sound cards: {error}") from None


def serve(end, starts: int, heard_name: str, told_name: str, device: str, seed: int) -> None:
    """The process: plays until the show ends, however it ends (`end` is a pipe that then is at its end)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the show's to heed
    _hurry()
    heard, told = Block.attach(heard_name, 1 + FLOATS), Block.attach(told_name, _FIGURES)
    try:
        _Player(heard, told, Soundscape(seed + starts)).play(end, device)
    except OSError as error:
        raise SystemExit(f"showroom: {error}") from None
    finally:
        heard.close()
        told.close()


def _hurry() -> None:
    """Before everything that computes, where the system allows it; it is idle six times as long as it works."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(os.sched_get_priority_min(os.SCHED_RR)))
    except OSError:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, 0, NICENESS)


class _Player:
    """Between the thread that makes sound and the device's, which takes it."""

    def __init__(self, heard: Block, told: Block, soundscape: Soundscape):
        self._heard, self._told, self._soundscape = heard, told, soundscape
        self._ring = np.zeros((LEAD * HOP, 2), np.float32)
        self._written = self._read = 0  # frames since the start; each is one thread's to write
        self._asked = self._underruns = self._made = 0
        self._gap_s = self._slowest_s = 0.0
        self._room = threading.Event()
        self._asked_s = time.monotonic()
        self._last = Hearing(volume=0.0)
        self._stamp_s = time.monotonic()

    def play(self, end, device: str) -> None:
        """Until `end` is at its end. Raises OSError if the device goes."""
        playback, kind = _opened(device)
        with contextlib.closing(playback):
            while self._make():
                pass
            gc.collect()
            gc.freeze()
            taking = self._take()
            next(taking)
            self._asked_s = time.monotonic()
            playback.start(taking)
            while not end.poll():
                if not self._make():
                    self._room.wait(0.5 * HOP / RATE_HZ)
                    self._room.clear()
                self._tell(kind)
                if time.monotonic() - self._asked_s > SILENT_S:
                    raise OSError(f"the sound card asked for nothing for {SILENT_S:g} s")
            self._fade()

    def _make(self) -> bool:
        """One block, if there is room for it."""
        if self._written - self._read > (LEAD - 1) * HOP:
            return False
        at, began_s = self._written % len(self._ring), time.monotonic()
        self._ring[at:at + HOP] = self._soundscape.render(HOP, self._hearing())
        self._written += HOP
        self._made += 1
        self._slowest_s = max(self._slowest_s, time.monotonic() - began_s)
        return True

    def _hearing(self) -> Hearing:
        """The newest, its wind carried on to when the next block is heard."""
        values, now = self._heard.read(), time.monotonic()
        if values:
            self._stamp_s, self._last = values[0], Hearing.unpacked(values[1:])
        later_s = now - self._stamp_s + (self._written - self._read) / RATE_HZ
        return replace(self._last, drift_m=carried_on(self._last.drift_m, self._last.wind_m_s, later_s))

    def _take(self):
        """What the device's thread runs: gets a number of frames, gives their samples."""
        wanted = yield b""
        while True:
            now = time.monotonic()
            self._asked, self._asked_s, self._gap_s = self._asked + 1, now, max(self._gap_s, now - self._asked_s)
            there = min(wanted, self._written - self._read)
            if there < wanted:
                self._underruns += 1
            samples = np.zeros((wanted, 2), np.float32)
            at = self._read % len(self._ring)
            first = min(there, len(self._ring) - at)
            samples[:first] = self._ring[at:at + first]
            samples[first:there] = self._ring[:there - first]
            self._read += there
            self._room.set()
            wanted = yield samples

    def _tell(self, kind: int) -> None:
        self._told.write((kind, self._asked, self._underruns, self._made, time.process_time(), self._gap_s,
                          self._slowest_s))

    def _fade(self) -> None:
        """Silence comes, and is played."""
        self._heard, until = _Unheard(), self._made + FADE_BLOCKS
        self._last, late_s = replace(self._last, volume=0.0), time.monotonic() + 1.0
        while self._made < until and time.monotonic() < late_s:
            if not self._make():
                self._room.wait(HOP / RATE_HZ)
                self._room.clear()


class _Unheard:
    """Nobody says any more what is heard."""

    def read(self) -> None:
        """Nothing."""


def _opened(device: str):
    """A miniaudio playback device, and what it is; on a machine without a card one that plays to nobody."""
    import miniaudio

    def opened(**which):
        return miniaudio.PlaybackDevice(miniaudio.SampleFormat.FLOAT32, 2, RATE_HZ, PERIOD_MS,
                                        app_name="showroom", **which)

    if device == NULL:
        return opened(backends=[miniaudio.Backend.NULL]), NO_CARD
    try:
        with _hushed():
            known = miniaudio.Devices()
            named = [card["id"] for card in known.get_playbacks()
                     if device and device.casefold() in card["name"].casefold()]
            playback = opened(**({"device_id": named[0]} if named else {}))
    except miniaudio.MiniaudioError:
        return opened(backends=[miniaudio.Backend.NULL]), NO_CARD
    if playback.backend.casefold() == NULL:
        return playback, NO_CARD
    return playback, OTHER_CARD if device and not named else CARD


@contextlib.contextmanager
def _hushed():
    """Keeps what ALSA's library writes to standard error by itself to nobody, while it is asked for cards."""
    kept = os.dup(2)
    nobody = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nobody, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nobody)
