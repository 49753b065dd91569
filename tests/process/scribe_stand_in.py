"""Scribes that do to the show what a test needs done; spawned processes import them by name."""

import os
import signal
import socket
import time

from showroom.imagine.scribe.desk import PACKET_BYTES, packed, unpacked


def dumb(desk: socket.socket) -> None:
    """Reads and never answers, without using the processor."""
    while desk.recv(PACKET_BYTES):
        time.sleep(0.01)
    time.sleep(600)


def liar(desk: socket.socket) -> None:
    """Sends what is no panel: text without a file, then a file that is too small."""
    _, writing = unpacked(desk.recv(PACKET_BYTES))
    file = os.memfd_create("too small")
    os.write(file, b"1234")
    socket.send_fds(desk, [packed(0, writing, size=(4000, 4000))], [file])
    time.sleep(600)


def babbler(desk: socket.socket) -> None:
    """Sends no JSON at all."""
    desk.recv(PACKET_BYTES)
    desk.send(b"\xff\x00 what is this")
    time.sleep(600)


def mortal(desk: socket.socket) -> None:
    """Dies of the first thing it is asked for."""
    desk.recv(PACKET_BYTES)
    os.kill(os.getpid(), signal.SIGKILL)


def clumsy(desk: socket.socket) -> None:
    """Lacks a font, and cannot letter what is called "impossible"; everything else is one grey pixel."""
    desk.send(packed(0, None, reason="lettering signs: a font is missing"))
    while packet := desk.recv(PACKET_BYTES):
        _, writing = unpacked(packet)
        if writing is None:
            continue
        if writing.title == "impossible":
            desk.send(packed(0, writing, reason="ValueError no such letter"))
            continue
        file = os.memfd_create("a pixel")
        os.write(file, b"\x80\x80\x80\xff")
        socket.send_fds(desk, [packed(0, writing, size=(1, 1))], [file])
        os.close(file)
