"""What the shop refuses, as `application/problem+json`.

Source: RFC 9457, Problem Details for HTTP APIs. The part of `type` after "#" is the code that programs
compare; `detail` is for people and may change.
"""

import json
from dataclasses import dataclass

MEDIA_TYPE = "application/problem+json"

# code: status, title
KNOWN = {
    "sold-out": (409, "There are not so many left"),
    "price-changed": (409, "It would cost more than was confirmed"),
    "bad-coupon": (409, "That coupon cannot be used for this"),
    "unknown-product": (409, "No such product is on sale"),
    "unknown-size": (409, "It is not sold in that size"),
    "currency-differs": (409, "It is sold in another currency"),
    "too-late": (409, "The order is past that"),
    "not-baked": (409, "Its place has not been baked as it is now"),
    "not-yours": (409, "That product comes from the catalogue's file"),
    "name-taken": (409, "That name is taken"),
    "idempotency-key-missing": (400, "An Idempotency-Key is needed"),
    "idempotency-key-reused": (422, "That Idempotency-Key belongs to another body"),
    "body-refused": (422, "The body is not as the page of this API describes it"),
    "body-too-large": (413, "The body is too large"),
    "body-of-another-kind": (415, "The body is of another kind"),
    "picture-refused": (422, "No picture that can be shown"),
    "key-refused": (401, "A key is needed, or this is not it"),
    "order-unknown": (404, "No such order"),
    "nothing-here": (404, "There is nothing here"),
    "not-allowed": (405, "That cannot be done here"),
    "busy": (503, "Too much at once; try again in a moment"),
    "failed": (500, "Something broke here"),
}


@dataclass(frozen=True)
class Problem:
    """One refusal. code: a key of KNOWN."""

    code: str
    detail: str

    @property
    def status(self) -> int:
        """The HTTP status."""
        return KNOWN[self.code][0]

    def to_plain(self) -> dict:
        """As RFC 9457 has it."""
        status, title = KNOWN[self.code]
        return {"type": f"/problems#{self.code}", "title": title, "status": status, "detail": self.detail}

    def to_json(self) -> str:
        """The body of the answer."""
        return json.dumps(self.to_plain(), ensure_ascii=False)


class Refused(Exception):  # noqa: N818  an answer, not an error of ours
    """Ends a request (and its transaction) with a problem."""

    def __init__(self, code: str, detail: str):
        super().__init__(detail)
        self.problem = Problem(code, detail)
