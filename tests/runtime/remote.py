"""Drives Monado's remote driver over TCP: a head and two Index controllers that a test holds.

One packet of 376 bytes describes everything; the driver shows the last one it received.
Layout (little-endian): header 8, two views of 48, head pose 28, flag 4, two controllers of 120.
"""

import socket
import struct

PACKET_BYTES = 376
_HEAD = 104
_HANDS = {"left": 136, "right": 256}
_CURL, _TRIGGER, _SQUEEZE, _THUMBSTICK, _BUTTONS = 52, 72, 76, 84, 104
_JOINTS, _ACTIVE, _B_CLICK, _TRIGGER_CLICK = 0, 1, 6, 8


class Remote:
    """A connection to the driver; `send` makes the changes since the last one visible."""

    def __init__(self, port: int):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._at_rest = self._receive()
        self._packet = bytearray(self._receive())

    def _receive(self) -> bytes:
        data = b""
        while len(data) < PACKET_BYTES:
            part = self._socket.recv(PACKET_BYTES - len(data))
            if not part:
                raise EOFError(f"the remote driver closed after {len(data)} bytes")
            data += part
        return data

    def head(self, position, orientation=(0.0, 0.0, 0.0, 1.0)) -> None:
        """Puts the head somewhere, metres above the floor; orientation x, y, z, w."""
        struct.pack_into("<7f", self._packet, _HEAD, *orientation, *position)

    def hand(self, side: str, position, orientation=(0.0, 0.0, 0.0, 1.0)) -> None:
        """Puts a controller somewhere and makes it active."""
        struct.pack_into("<7f", self._packet, _HANDS[side], *orientation, *position)
        self._button(side, _ACTIVE, True)

    def trigger(self, side: str, value: float) -> None:
        struct.pack_into("<f", self._packet, _HANDS[side] + _TRIGGER, value)
        self._button(side, _TRIGGER_CLICK, value > 0.9)

    def squeeze(self, side: str, value: float) -> None:
        struct.pack_into("<f", self._packet, _HANDS[side] + _SQUEEZE, value)

    def bare(self, side: str, curl: float) -> None:
        """Takes the controller away and leaves a hand whose fingers are straight (0) to curled (1)."""
        self._button(side, _ACTIVE, False)
        self._button(side, _JOINTS, True)
        struct.pack_into("<5f", self._packet, _HANDS[side] + _CURL, *[curl] * 5)

    def gone(self, side: str) -> None:
        """Takes controller and hand away."""
        self._button(side, _ACTIVE, False)
        self._button(side, _JOINTS, False)

    def thumbstick(self, side: str, x: float, y: float) -> None:
        struct.pack_into("<2f", self._packet, _HANDS[side] + _THUMBSTICK, x, y)

    def b_button(self, side: str, pressed: bool) -> None:
        self._button(side, _B_CLICK, pressed)

    def _button(self, side: str, index: int, pressed: bool) -> None:
        struct.pack_into("<B", self._packet, _HANDS[side] + _BUTTONS + index, int(pressed))

    def send(self) -> None:
        self._socket.sendall(self._packet)

    def reset(self) -> None:
        """Everything as it was when the driver started."""
        self._packet = bytearray(self._at_rest)
        self.send()
