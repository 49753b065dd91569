"""Many clients at once, each on a connection of its own that it keeps.

As plain as they can be, so that what is measured is the shop.
"""

import asyncio
import json
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_LONG_S = 120.0
_AT_ONCE = 200  # connections that are being opened


@dataclass
class Tally:
    """What came of it. waits_s: of each order that was answered with 201."""

    waits_s: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0


async def order_all(url: str, bodies: list[dict], clients: int, each: int) -> Tally:
    """So many clients, connected first, then each ordering `each` times, one after the other, all beginning at once."""
    tally, start = Tally(), asyncio.Event()
    opening = asyncio.Semaphore(_AT_ONCE)
    ready = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(_client(url, [bodies[(at + n) % len(bodies)] for n in range(each)], tally, opening,
                                         ready, start))
             for at in range(clients)]
    for _ in range(clients):
        await ready.acquire()
    began = time.perf_counter()
    start.set()
    await asyncio.gather(*tasks)
    tally.seconds = time.perf_counter() - began
    return tally


async def _client(url: str, bodies: list[dict], tally: Tally, opening: asyncio.Semaphore, ready: asyncio.Semaphore,
                  start: asyncio.Event) -> None:
    place = urlsplit(url)
    try:
        async with opening:
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
    except OSError as error:
        tally.errors.append(f"connecting: {error}")
        ready.release()
        return
    ready.release()
    await start.wait()
    try:
        for body in bodies:
            await asyncio.wait_for(_order(place.netloc, reader, writer, body, tally), _LONG_S)
    except (OSError, ValueError, asyncio.IncompleteReadError, TimeoutError) as error:
        tally.errors.append(f"{type(error).__name__}: {error}")
    finally:
        writer.close()


async def _order(host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: dict,
                 tally: Tally) -> None:
    text = json.dumps(body).encode()
    began = time.perf_counter()
    writer.write((f"POST /orders HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
                  f"Idempotency-Key: {uuid.uuid4().hex}\r\nContent-Length: {len(text)}\r\n\r\n").encode() + text)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    answer = await reader.readexactly(length)
    status = int(head.split()[1])
    if status == 201:
        tally.waits_s.append(time.perf_counter() - began)
    else:
        tally.errors.append(f"{status}: {answer[:200].decode('utf-8', 'replace')}")
