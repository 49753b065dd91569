"""The scribe's own process: it reads what is wanted, letters it, and hands each panel over.

Messages are JSON in packets of a socket; a panel's pixels come beside theirs as a file in memory that
belongs to whoever holds it, so that nothing stays behind whoever is killed.
"""

import contextlib
import json
import os
import signal
import socket
from collections import deque

import numpy as np

from showroom.words.sign import CHOICE, Writing

PACKET_BYTES = 128 << 10
_KEPT = 64  # what was lettered last need not be lettered unasked again
_NICENESS = 2  # below the show, above the painting worker


def serve(desk: socket.socket) -> None:
    """The process's main function: letters until nobody sends any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the show, which then hangs up
    os.nice(_NICENESS)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        _work(desk)


def _work(desk: socket.socket) -> None:
    # Pillow's, not needed by who only hires
    from showroom.imagine.scribe.fonts import lacking
    from showroom.imagine.scribe.ink import panel_of

    if reason := lacking():
        desk.send(packed(0, None, reason=reason))
    newest, wanted, unasked = 0, deque(), deque()
    done: deque[Writing] = deque(maxlen=_KEPT)
    while True:
        for number, writing in _read(desk, waiting=not (wanted or unasked)):
            if number > newest:
                newest, wanted, unasked = number, deque(), deque()
            if number == newest and writing is not None:
                wanted.append(writing)
                if writing.kind == CHOICE:
                    unasked.append(twin(writing))
        if wanted or unasked:
            asked = bool(wanted)
            writing = wanted.popleft() if asked else unasked.popleft()
            if asked or writing not in done:
                _hand_over(desk, writing, panel_of)
                done.append(writing)


def twin(writing: Writing) -> Writing:
    """The same, pointed at if it was not and the other way round."""
    return Writing(writing.kind, writing.title, writing.lines, writing.language, not writing.lit)


def _read(desk: socket.socket, waiting: bool) -> list[tuple[int, Writing | None]]:
    """Everything that has come; waits for something if `waiting`. Raises EOFError when nobody is there."""
    read = []
    while True:
        try:
            packet = desk.recv(PACKET_BYTES, 0 if waiting and not read else socket.MSG_DONTWAIT)
        except BlockingIOError:
            return read
        if not packet:
            raise EOFError
        read.append(unpacked(packet))


def _hand_over(desk: socket.socket, writing: Writing, panel_of) -> None:
    try:
        pixels = panel_of(writing).pixels
    except Exception as error:  # noqa: BLE001  a font or a text that is not as it should be costs one sign
        desk.send(packed(0, writing, reason=f"{type(error).__name__} {error}"[:500]))
        return
    file = os.memfd_create("showroom sign")
    try:
        os.write(file, np.ascontiguousarray(pixels[::-1]))  # the lowest row first, as OpenGL wants it
        socket.send_fds(desk, [packed(0, writing, size=(pixels.shape[1], pixels.shape[0]))], [file])
    finally:
        os.close(file)


def packed(number: int, writing: Writing | None, **more) -> bytes:
    """A message: a writing (None: only the number is news) and what else is said of it."""
    plain = writing and [writing.kind, writing.title, writing.lines, writing.language, writing.lit]
    message = {"number": number, "writing": plain, **more}
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")


def unpacked(packet: bytes) -> tuple[int, Writing | None]:
    """The number and the writing of a message."""
    plain = json.loads(packet)
    written = plain["writing"]
    return plain["number"], written and Writing(written[0], written[1], tuple(written[2]), *written[3:])
