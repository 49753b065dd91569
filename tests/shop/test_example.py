"""The worked example in docs/shop.md is a program: it is run here, against a real shop's API on this machine."""

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import time

import httpx
import pytest
from shop_kit import MERCHANT_KEY, body


@pytest.fixture
def real_shop():
    """A shop with an API of its own: bookings by reference; the first one is not taken."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            told = json.loads(self.rfile.read(int(self.headers["content-length"])))
            server.keys.append(self.headers["idempotency-key"])
            if len(server.keys) > 1:
                server.booked[told["reference"]] = told
            self.answer(201 if len(server.keys) > 1 else 503)

        def do_DELETE(self):
            server.booked.pop(self.path.rsplit("/", 1)[1])
            self.answer(204)

        def answer(self, status):
            assert self.headers["authorization"] == "Bearer their-token"
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.booked, server.keys = {}, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def until(wanted) -> bool:
    deadline = time.monotonic() + 120
    while not wanted() and time.monotonic() < deadline:
        time.sleep(0.2)
    return wanted()


def test_the_worked_example_books_what_is_paid_and_unbooks_what_is_refunded(repository, real_shop, tmp_path):
    (program,) = re.findall(r"```python\n(.*?)```", (repository / "docs" / "shop.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "real_shop.py").write_text(program, "utf-8")
    theirs = f"http://127.0.0.1:{real_shop.server_port}"
    command = [sys.executable, str(tmp_path / "real_shop.py"), theirs, "their-token", str(tmp_path)]
    environment = {**os.environ, "SHOWROOM_MERCHANT_KEY": MERCHANT_KEY}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            url = json.loads(process.stdout.readline())["listening"]
            with httpx.Client(base_url=url, timeout=60) as client:
                order = client.post("/orders", json=body(), headers={"Idempotency-Key": "e" * 32}).json()
                gateway = client.post(f"/pay/{order['order_id']}").headers["location"]
                client.post(gateway, data={"verdict": "paid"})
                assert until(lambda: order["number"] in real_shop.booked), real_shop.keys
                booked = real_shop.booked[order["number"]]
                assert (booked["sku"], booked["paid"]) == ("VESPRI-50ML", 240.0)
                assert len(set(real_shop.keys)) == 1  # told twice, as the same
                client.post(f"/merchant/orders/{order['order_id']}/refund",
                            headers={"Authorization": f"Bearer {MERCHANT_KEY}"})
                assert until(lambda: not real_shop.booked)
        finally:
            process.terminate()
