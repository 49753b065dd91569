"""A shop that runs as a user would start it, in a child; and the body of an order."""

import contextlib
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

TILL_KEY, MERCHANT_KEY = "till-key-of-the-tests-0123456789", "merchant-key-of-the-tests-0123456789"


@dataclass(frozen=True)
class Shop:
    """A shop that is running. client: knows its address and the till's key."""

    url: str
    client: httpx.Client
    merchant: dict[str, str]

    def order(self, **changes) -> dict:
        """Orders, under a key of its own; the answer's body."""
        answer = self.client.post("/orders", json=body(**changes), headers={"Idempotency-Key": uuid.uuid4().hex})
        assert answer.status_code == 201, answer.text
        return answer.json()


def body(**changes) -> dict:
    """The body of an order of one Vespri."""
    plain = {"coupon": "", "currency": "EUR", "delivery": "collect", "gift": False, "language": "en",
             "product_id": "vespri", "quantity": 1, "size_id": "50ml", "unit_cents": 24000, **changes}
    return {"total_cents": plain["unit_cents"] * plain["quantity"], **plain}


@contextlib.contextmanager
def running(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> Iterator[Shop]:
    """`showroom shop` in a child, on a port of its own."""
    command = [sys.executable, "-m", "showroom", "shop", "--port", "0", "--database",
               f"sqlite:///{folder / 'shop.sqlite'}", "--stock", "1000000", *arguments]
    environment = {**os.environ, "XDG_DATA_HOME": str(folder), "SHOWROOM_TILL_KEY": TILL_KEY,
                   "SHOWROOM_MERCHANT_KEY": MERCHANT_KEY, **(environment or {})}
    log = folder / "log"
    with log.open("w") as complaints:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, text=True, env=environment)
    try:
        line = process.stdout.readline()
        assert line, log.read_text()
        url = json.loads(line)["listening"]
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {TILL_KEY}"}, timeout=60) as client:
            yield Shop(url, client, {"Authorization": f"Bearer {MERCHANT_KEY}"})
    finally:
        process.terminate()
        assert process.wait(60) is not None
        process.stdout.close()
    assert "Traceback" not in log.read_text(), log.read_text()
