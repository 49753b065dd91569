"""A shop that is killed while many order: whatever it answered is there, once, and the rest can be sent again."""

import concurrent.futures
import json
import os
import signal
import subprocess
import sys
import threading
import uuid

import httpx
from shop_kit import MERCHANT_KEY, body, running

CLIENTS = 8


def test_what_was_answered_is_there_after_a_kill(tmp_path):
    keys = [uuid.uuid4().hex for _ in range(400)]
    command = [sys.executable, "-m", "showroom", "shop", "--port", "0", "--stock", "1000000", "--database",
               f"sqlite:///{tmp_path / 'shop.sqlite'}"]
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "SHOWROOM_MERCHANT_KEY": MERCHANT_KEY}
    answered, enough = {}, threading.Event()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        url = json.loads(process.stdout.readline())["listening"]

        def order(some):
            with httpx.Client(base_url=url, timeout=60) as client:
                for key in some:
                    try:
                        answer = client.post("/orders", json=body(), headers={"Idempotency-Key": key})
                    except httpx.HTTPError:
                        return
                    assert answer.status_code == 201
                    answered[key] = answer.content
                    if len(answered) >= 40:
                        enough.set()

        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
            asked = [pool.submit(order, keys[at::CLIENTS]) for at in range(CLIENTS)]
            assert enough.wait(120)
            process.send_signal(signal.SIGKILL)
            for one in asked:
                one.result(120)
    assert 40 <= len(answered) < len(keys)

    with running(tmp_path) as shop:
        for key, content in answered.items():
            again = shop.client.post("/orders", json=body(), headers={"Idempotency-Key": key})
            assert again.content == content and again.headers["idempotency-replayed"] == "true"
        for key in keys[:80]:  # among them some that were under way
            assert shop.client.post("/orders", json=body(), headers={"Idempotency-Key": key}).status_code == 201
        told = shop.client.get("/merchant/orders?limit=1000", headers=shop.merchant).json()["orders"]
        sold = 1_000_000 - next(one for one in shop.client.get("/products").json()["products"]
                                if one["id"] == "vespri")["stock"]["50ml"]
    assert len({one["key"] for one in told}) == len(told) == sold
    assert set(answered) | set(keys[:80]) <= {one["key"] for one in told}
