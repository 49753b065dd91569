"""Who may do what: the till's key to order, the merchant's to run the shop; an order's id opens it."""

import ipaddress
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from showroom.errors import InputError
from showroom.shop.problems import Refused

TILL_KEY, MERCHANT_KEY = "SHOWROOM_TILL_KEY", "SHOWROOM_MERCHANT_KEY"
LEAST_CHARACTERS = 24


@dataclass(frozen=True)
class Keys:
    """till: "" where anybody on this machine may order.   merchant: "" where nobody is the merchant."""

    till: str = field(default="", repr=False)
    merchant: str = field(default="", repr=False)

    @staticmethod
    def of(environment: Mapping[str, str], host: str, public_url: str = "") -> "Keys":
        """The keys that the environment holds.

        host       : that is listened on.   public_url : how others come here, "" for that host alone.
        Raises InputError for a key that could be guessed, or where strangers could reach a till without one.
        """
        found = {name: environment.get(name, "") for name in (TILL_KEY, MERCHANT_KEY)}
        for name, key in found.items():
            plain = key.isascii() and key.isprintable() and " " not in key
            if key and (len(key) < LEAST_CHARACTERS or not plain):
                raise InputError(f"reading {name}: a key of {len(key)} characters; at least "
                                 f"{LEAST_CHARACTERS} of plain ASCII without blanks are accepted; draw one "
                                 "with 'openssl rand -hex 24'")
        hosts = (host, urlsplit(public_url).hostname or host)
        reached = next((one for one in hosts if not is_loopback(one)), "")
        if reached and not found[TILL_KEY]:
            raise InputError(f"selling on {reached}: others could order without a key; set {TILL_KEY} "
                             "(openssl rand -hex 24) here and for the show, or sell on 127.0.0.1 alone")
        return Keys(found[TILL_KEY], found[MERCHANT_KEY])


def from_environment(host: str, public_url: str) -> Keys:
    """As this process was started."""
    return Keys.of(os.environ, host, public_url)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def guards(keys: Keys):
    """The two checks, as FastAPI dependencies: (till, merchant)."""
    till_bearer = HTTPBearer(auto_error=False, scheme_name="till",
                             description=f"{TILL_KEY}, where one is set")
    merchant_bearer = HTTPBearer(auto_error=False, scheme_name="merchant", description=MERCHANT_KEY)

    def till(given: HTTPAuthorizationCredentials | None = Depends(till_bearer)) -> None:
        if keys.till and not _same(given, keys.till):
            raise Refused("key-refused", "Ordering here needs the till's key: Authorization: Bearer …")

    def merchant(given: HTTPAuthorizationCredentials | None = Depends(merchant_bearer)) -> None:
        if not keys.merchant or not _same(given, keys.merchant):
            raise Refused("key-refused", "This needs the merchant's key: Authorization: Bearer …")

    return till, merchant


def _same(given: HTTPAuthorizationCredentials | None, key: str) -> bool:
    if given is None:
        return False
    return secrets.compare_digest(given.credentials.encode("utf-8", "replace"), key.encode())
