"""The line between outbox and shop, on a bad day: replies are lost, requests arrive twice, calls break off.

A TCP proxy that understands HTTP/1.1 just enough to know where a message ends.
"""

import asyncio
import random
import threading
from collections import Counter

FATES = {"lost reply": 0.05, "twice": 0.05, "cut reply": 0.02, "cut request": 0.02, "refused": 0.01}
MOST_BYTES = 1 << 20


class Wire:
    """Listens on a port of its own and passes on to `shop_port` on this machine. In a thread of its own.

    seed : of the fates.   calm : set it, and nothing more goes wrong.   fates : how many of each there were.
    """

    def __init__(self, shop_port: int, seed: int):
        self._shop_port, self._chance = shop_port, random.Random(seed)
        self.calm, self.fates, self.port = False, Counter(), 0
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="wire", daemon=True)
        self._thread.start()
        if not self._ready.wait(10.0):
            raise RuntimeError("the line between outbox and shop could not be laid")

    def close(self) -> None:
        """Takes the line down."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10.0)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._call, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        calls = asyncio.all_tasks(self._loop)
        for call in calls:
            call.cancel()
        self._loop.run_until_complete(asyncio.gather(*calls, return_exceptions=True))
        self._loop.close()

    def _fate(self) -> str:
        if self.calm:
            return "passed"
        drawn = self._chance.random()
        for fate, share in FATES.items():
            drawn -= share
            if drawn < 0.0:
                return fate
        return "passed"

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _message(reader):
                fate = self._fate()
                self.fates[fate] += 1
                reply = await self._passed_on(request, fate)
                writer.write(reply[: len(reply) // 2] if fate == "cut reply" else reply)
                await writer.drain()
                if not reply or fate == "cut reply":
                    break
        except (OSError, asyncio.IncompleteReadError, ValueError, asyncio.CancelledError):
            pass  # the shop or the outbox was killed, or the line is taken down
        finally:
            writer.close()

    async def _passed_on(self, request: bytes, fate: str) -> bytes:
        """The shop's reply, b"" where none is to come back."""
        if fate == "refused":
            return b""
        if fate == "cut request":
            await self._asked(request[: len(request) // 2], wait=False)
            return b""
        if fate == "twice":
            replies = await asyncio.gather(self._asked(request), self._asked(request))
            return replies[self._chance.randrange(2)]
        reply = await self._asked(request)
        return b"" if fate == "lost reply" else reply

    async def _asked(self, request: bytes, wait: bool = True) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._shop_port)
        try:
            writer.write(request)
            await writer.drain()
            return await _message(reader) if wait else b""
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One whole request or reply; b"" at the end. Raises IncompleteReadError if it breaks off."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if not error.partial:
            return b""
        raise
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
        if line.startswith(b"transfer-encoding:"):
            raise ValueError("a reply in chunks: this line knows lengths alone")
    if length > MOST_BYTES:
        raise ValueError(f"a message of {length} bytes")
    return head + await reader.readexactly(length)
