"""Sending: how much of each channel, as packets of sACN (ANSI E1.31) and OSC.

Nothing here waits for a network or a name: addresses are numbers, sockets never block, and a packet that cannot
go is counted. sACN is repeated in every step, so that one lost packet is one step.
"""

import socket
import time
import uuid
from collections.abc import Mapping

from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
from pythonosc.osc_message_builder import OscMessageBuilder
from pythonosc.udp_client import UDPClient
from sacn.messages.data_packet import DataPacket, calculate_multicast_addr
from sacn.messages.universe_discovery import UniverseDiscoveryPacket

from showroom.words.rig import SLOTS, Channel, Rig

SACN_PORT = 5568
SOURCE = "showroom"
DISCOVERY_UNIVERSE, DISCOVERY_S = 64214, 10.0   # E1.31, 6.2 and 4.3
LAST_PACKETS = 3                                # that say that the source ends: E1.31, 6.7.1
_HOPS = 20


class Sender:
    """Sockets and packets of one rig. Raises OSError if no socket can be made."""

    def __init__(self, rig: Rig):
        self.sent = self.failed = 0
        self.fault = ""
        self._channels = rig.channels
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, _HOPS)
        self._cid = tuple(uuid.uuid4().bytes)
        self._packets = {one.number: DataPacket(self._cid, SOURCE, one.number, priority=one.priority)
                         for one in rig.universes}
        self._addresses = {one.number: one.address or calculate_multicast_addr(one.number) for one in rig.universes}
        self._spread = sorted(one.number for one in rig.universes if not one.address)
        self._told_s = -DISCOVERY_S
        self._receivers = {one.name: UDPClient(one.host, one.port) for one in rig.oscs}

    def send(self, levels: Mapping[str, float]) -> None:
        """Tells every channel its level, 0 to 1."""
        slots = {number: bytearray(SLOTS) for number in self._packets}
        messages: dict[str, list] = {}
        for channel in self._channels:
            level = levels[channel.name]
            if channel.slot:
                put(slots[channel.universe], channel, level)
            if channel.osc:
                message = OscMessageBuilder(channel.osc)
                message.add_arg(float(level), OscMessageBuilder.ARG_TYPE_FLOAT)
                messages.setdefault(channel.to, []).append(message.build())
        for number, packet in self._packets.items():
            packet.dmxData = tuple(slots[number])
            self._send_data(number, packet)
        for name, told in messages.items():
            bundle = OscBundleBuilder(IMMEDIATELY)
            for message in told:
                bundle.add_content(message)
            self._try(lambda: self._receivers[name].send(bundle.build()))
        self._discover()

    def end(self) -> None:
        """Says that nothing comes any more."""
        for _ in range(LAST_PACKETS):
            for number, packet in self._packets.items():
                packet.option_StreamTerminated = True
                self._send_data(number, packet)

    def close(self) -> None:
        """Gives the sockets back."""
        self._socket.close()
        for receiver in self._receivers.values():
            receiver.close()

    def _send_data(self, number: int, packet: DataPacket) -> None:
        self._try(lambda: self._socket.sendto(bytes(packet.getBytes()), (self._addresses[number], SACN_PORT)))
        packet.sequence_increase()

    def _discover(self) -> None:
        """Tells what universes there are to whoever listens to all."""
        now = time.monotonic()
        if not self._spread or now - self._told_s < DISCOVERY_S:
            return
        self._told_s = now
        address = calculate_multicast_addr(DISCOVERY_UNIVERSE)
        for packet in UniverseDiscoveryPacket.make_multiple_uni_disc_packets(self._cid, SOURCE, self._spread):
            self._try(lambda: self._socket.sendto(bytes(packet.getBytes()), (address, SACN_PORT)))

    def _try(self, send) -> None:
        try:
            send()
            self.sent += 1
        except OSError:  # no way there now, or the socket is full: the next step tries again
            self.failed += 1


def put(slots: bytearray, channel: Channel, level: float) -> None:
    """A level in its slot of a universe, and its lower eight bits in the next where it is fine."""
    if channel.fine:
        slots[channel.slot - 1:channel.slot + 1] = round(level * 65535).to_bytes(2, "big")
    else:
        slots[channel.slot - 1] = round(level * 255)
