"""Serving the shop: opens the socket, says where, and serves until it is told to end."""

import json
import logging
import socket
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from showroom.catalogue import load_catalogue
from showroom.errors import NotReadyError
from showroom.shop import app, keys, outside
from showroom.shop.gateway import Gateway, TestGateway
from showroom.shop.ledger import Terms
from showroom.shop.store import open_store
from showroom.shop.till import Till

_BACKLOG = 4096  # as many as may knock at once


@dataclass(frozen=True)
class Settings:
    """How a shop is started; see `showroom shop --help`."""

    host: str
    port: int
    database: str
    folder: Path
    public_url: str = ""
    catalogue: Path | None = None
    pieces: int = 100
    pay_within_s: int = 1800
    keep_s: int = 86_400
    webhook: str = ""
    webhook_secret: str = ""


def serve(settings: Settings, adapter: outside.Adapter | None = None, gateway: Gateway | None = None) -> int:
    """Runs the shop in this process; returns when it was told to end. A line on standard output says where.

    adapter : a real shop's, instead of the settings' webhook.   gateway : a real one, instead of the test's.
    Raises  : InputError, ProductError, NotReadyError.
    """
    found_keys = keys.from_environment(settings.host, settings.public_url)
    catalogue = load_catalogue(settings.catalogue)
    store = open_store(settings.database)
    with _listening(settings) as listener:
        host, port = listener.getsockname()[:2]
        own_url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        terms = Terms((settings.public_url or own_url).rstrip("/"), settings.pay_within_s, settings.keep_s)
        till = Till(store, terms, found_keys, gateway or TestGateway(), settings.folder, settings.pieces)
        if adapter is None and settings.webhook:
            adapter = outside.Webhook(settings.webhook, settings.webhook_secret)
        # no log of what was asked: addresses are secrets here
        config = uvicorn.Config(app.build(till, catalogue, adapter), log_level="warning", access_log=False,
                                server_header=False, backlog=_BACKLOG, timeout_graceful_shutdown=10)
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        print(json.dumps({"listening": own_url}), flush=True)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        finally:
            store.close()
    return 0


def _listening(settings: Settings) -> socket.socket:
    try:
        address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(address[0], socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address[4])
        listener.listen(_BACKLOG)
    except OSError as error:
        why = error.strerror or error
        raise NotReadyError(f"listening on {settings.host} port {settings.port}: {why}; an address of this "
                            "machine and a free port are accepted; choose another with --port") from None
    return listener
