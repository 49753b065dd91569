"""How the shop is spoken to: an order is put to it, and what it answers is sorted into four kinds.

Formats: RFC 9457 (problem details for HTTP); draft-ietf-httpapi-idempotency-key-header-07 (Idempotency-Key);
RFC 9110, 10.2.3 (Retry-After).
"""

import contextlib
import dataclasses
import json
import os
from dataclasses import dataclass

import httpx

from showroom.errors import InputError, OrderError
from showroom.orders.ledger import Entry
from showroom.words.order import Receipt

TAKEN, LATER, AWAY, NEVER = "taken", "later", "away", "never"
TILL_KEY = "SHOWROOM_TILL_KEY"
MOST_ANSWER_BYTES = 256 << 10
MOST_REASON = 200

_LATER = (408, 409, 425, 429)  # 409 only with Retry-After: the first of the same key is still in work
_NO_SHOP = (401, 403, 404, 405, 410)  # our key or the address is wrong, not the order
_PATIENCE = httpx.Timeout(10.0, connect=3.0)


@dataclass(frozen=True)
class Answer:
    """What came of one try.

    status  : of HTTP, 0 without an answer.
    kind    : "taken" (receipt), "later" (this order must wait), "away" (no shop that works answers: all
              must), "never" (it will not take this order).
    after_s : how long the shop asked to wait, None if it did not.   reason : one line for staff.
    """

    kind: str
    receipt: Receipt | None = None
    after_s: float | None = None
    reason: str = ""
    status: int = 0


class Shop:
    """A shop at an address. Raises InputError if the address is none."""

    def __init__(self, url: str):
        try:
            address = httpx.URL(url)
        except (httpx.InvalidURL, TypeError) as error:
            raise InputError(f"speaking to the shop at {url[:80]!r}: {error}; an address such as "
                             "https://shop.example is accepted; correct shop_url") from None
        if address.scheme not in ("http", "https") or not address.host:
            raise InputError(f"speaking to the shop at {url[:80]!r}: no address of http or https; "
                             "one such as https://shop.example is accepted; correct shop_url")
        key = os.environ.get(TILL_KEY, "").strip()
        if not key.isascii() or not key.isprintable():
            raise InputError(f"reading {TILL_KEY}: a key of {len(key)} characters; plain ASCII is accepted; "
                             "set it as the shop has it")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(base_url=address, timeout=_PATIENCE, headers=headers, trust_env=False,
                                    follow_redirects=False)

    def close(self) -> None:
        """Closes its connections."""
        self._client.close()

    def order(self, entry: Entry) -> Answer:
        """Puts an order to it: always the same bytes under the same key."""
        headers = {"Idempotency-Key": entry.order.key, "Content-Type": "application/json"}
        answer = self._ask("POST", "/orders", entry.body, headers)
        return dataclasses.replace(answer, kind=AWAY) if answer.status in _NO_SHOP else answer

    def state(self, receipt: Receipt) -> Answer:
        """What has become of an order it took."""
        return self._ask("GET", f"/orders/{receipt.order_id}")

    def cancel(self, receipt: Receipt) -> Answer:
        """Wants an order cancelled that it took."""
        return self._ask("POST", f"/orders/{receipt.order_id}/cancel")

    def _ask(self, verb: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        try:
            with self._client.stream(verb, path, content=body, headers=headers) as answer:
                content = b""
                for part in answer.iter_bytes():
                    content += part
                    if len(content) > MOST_ANSWER_BYTES:
                        return Answer(LATER, reason=f"it answered more than {MOST_ANSWER_BYTES:,} bytes")
                return _sorted(answer, content)
        except httpx.HTTPError as error:
            return Answer(AWAY, reason=_line(f"no answer ({type(error).__name__}: {error})"))


def _sorted(answer: httpx.Response, content: bytes) -> Answer:
    after_s, status = _after_s(answer), answer.status_code
    if answer.is_success:
        try:
            return Answer(TAKEN, Receipt.from_plain(_json(content)), status=status)
        except OrderError as error:
            reason = _line(f"its answer is no receipt: {error}")
            return Answer(LATER, after_s=after_s, reason=reason, status=status)
    kind = NEVER
    if status >= 500 or answer.is_redirect:
        kind = AWAY
    elif status in _LATER and (status != 409 or after_s is not None):
        kind = LATER
    return Answer(kind, after_s=after_s, reason=_reason(answer, content), status=status)


def _json(content: bytes) -> object:
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(content)
    return None


def _reason(answer: httpx.Response, content: bytes) -> str:
    """The status, and the problem's own words where it has some."""
    problem = _json(content)
    told = (problem.get("detail") or problem.get("title")) if isinstance(problem, dict) else ""
    return _line(f"{answer.status_code} {told or answer.reason_phrase}")


def _line(text: str) -> str:
    """One line that can be shown, whatever stood in it."""
    line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
    return line if len(line) <= MOST_REASON else line[: MOST_REASON - 1] + "…"


def _after_s(answer: httpx.Response) -> float | None:
    """Seconds of Retry-After; a date is not worth the trouble of another clock."""
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isdecimal() and len(told) < 6 else None
