"""The seer: the show's side of a look. It starts the eye, hands it a photograph, and sees it end. It never
waits.

A photo never comes here: its file or camera is opened by the eye, which sends back what is worn. The eye ends
once it has told, or is killed by `wipe`; its end is given as a receipt.
"""

import multiprocessing
import time
from collections.abc import Callable

from showroom.imagine.look.eye import load, photograph_bytes, serve, told
from showroom.words.look import Look, Photograph, Unseen, Wiped

_CLOSING_S = 5.0


class Seer:
    """One eye at a time.

    patience_s : how long an eye may take from the photograph to the look; it loads meanwhile if it has to.
    loading    : what an eye loads; an importable function, as `eye.load`.
    """

    def __init__(self, patience_s: float = 60.0, loading: Callable = load):
        self._patience_s, self._loading = patience_s, loading
        self._eye = None            # the process that looks, or may
        self._asks = self._hears = None  # our ends of two pipes: a pipe has no name that others could open
        self._asked_s: float | None = None
        self._looked = False
        self._ending: list[tuple] = []  # (process, whether it had a photograph): on its way out
        self._news: list[Look | Unseen] = []

    @property
    def pid(self) -> int | None:
        """The eye's, while there is one."""
        return self._eye.pid if self._eye is not None else None

    @property
    def looking(self) -> bool:
        """Whether a look has been asked for and not been told."""
        return self._asked_s is not None or bool(self._news)

    def prepare(self) -> None:
        """Starts an eye, unless there is one: when a visitor is asked for consent. It holds no photo yet."""
        if self._eye is not None:
            return
        spawn = multiprocessing.get_context("spawn")
        theirs, asks = spawn.Pipe(duplex=False)
        hears, tells = spawn.Pipe(duplex=False)
        eye = spawn.Process(target=serve, args=(theirs, tells, self._loading), name="showroom look",
                            daemon=True)
        try:
            eye.start()
        except OSError as error:
            asks.close()
            hears.close()
            reason = error.strerror or error
            self._news.append(Unseen(f"starting a process that looks: {reason}; the visit goes on without"))
            return
        finally:
            theirs.close()
            tells.close()
        self._eye, self._asks, self._hears = eye, asks, hears

    def look(self, photograph: Photograph) -> None:
        """Asks for a look, once a visitor has said yes; what was asked before is given up."""
        if self._looked:
            self.wipe()
        self._news.clear()
        self.prepare()
        if self._eye is None:
            return
        self._looked, self._asked_s = True, time.monotonic()
        try:
            self._asks.send_bytes(photograph_bytes(photograph))
        except OSError:  # it has ended: `poll` says so
            pass

    def poll(self) -> Look | Unseen | Wiped | None:
        """What has come: a look or why there is none, then the receipt of the eye's end. Never waits."""
        if self._eye is not None:
            self._hear()
        if self._news:
            return self._news.pop(0)
        for one in self._ending:
            process, looked = one
            if not process.is_alive():
                pid = process.pid
                process.close()
                self._ending.remove(one)
                return Wiped(pid, looked)
        return None

    def wipe(self) -> None:
        """Ends the eye, whatever it is at, and forgets what it told; `poll` gives the receipt."""
        self._news.clear()
        if self._eye is not None:
            self._let_go()

    def close(self) -> None:
        """Ends everything and waits for it. May be called twice."""
        self.wipe()
        for process, _ in self._ending:
            process.join(_CLOSING_S)
        self._ending.clear()

    def _hear(self) -> None:
        """What the eye has sent, or its end."""
        try:
            if self._hears.poll(0):
                self._news.append(told(self._hears.recv_bytes()))
                self._let_go()
                return
            late = self._asked_s is not None and time.monotonic() - self._asked_s > self._patience_s
            lost = f"it took more than {self._patience_s:.3g} s" if late else ""
        except (EOFError, OSError):
            lost = "it ended before it had told"
        if lost:
            if self._looked:
                self._news.append(Unseen(f"looking at a photo: {lost}; the visit goes on without"))
            self._let_go()

    def _let_go(self) -> None:
        """Whatever it is at: one that has told would take its time to tidy up, with the photo in its memory."""
        self._eye.kill()
        self._ending.append((self._eye, self._looked))
        self._asks.close()
        self._hears.close()
        self._eye = self._asks = self._hears = self._asked_s = None
        self._looked = False
