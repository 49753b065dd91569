"""Mailbox: the newest request, in shared memory, from the show to its worker.

The show writes and never waits; only the newest request counts, so there is no queue. Two slots
take turns: while one is read, the next request goes into the other. A slot overwritten while it was
read is noticed by its number and checksum, and the newer one is read instead.
"""

import dataclasses
import json
import struct
import zlib

from showroom.errors import InputError, RingError, TasteError
from showroom.imagine.ring import fence
from showroom.words.preference import Preference
from showroom.words.product import Product
from showroom.words.request import HALL, PLACE, Diffusion, Request
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import STAGES

SLOT_BYTES = 1 << 20

_SLOT = struct.Struct("<QII")  # number, length, crc
_LETTER_BYTES = SLOT_BYTES - _SLOT.size


class Mailbox:
    """newest : memoryview of one "Q", the number of the newest request.   body : 2 × SLOT_BYTES."""

    def __init__(self, newest: memoryview, body: memoryview):
        self._newest, self._body = newest, body

    @property
    def newest(self) -> int:
        """Number of the newest request, 0 before the first."""
        return self._newest[0]

    def put(self, number: int, letter: bytes) -> None:
        """Make this the newest request; `letter` is what `letter_of` gave."""
        at = SLOT_BYTES * (number & 1)
        _SLOT.pack_into(self._body, at, 0, 0, 0)  # a reader caught in the middle sees no number
        fence()
        self._body[at + _SLOT.size:at + _SLOT.size + len(letter)] = letter
        _SLOT.pack_into(self._body, at, number, len(letter), zlib.crc32(letter))
        fence()
        self._newest[0] = number

    def get(self) -> tuple[int, Request] | None:
        """The newest request and its number; None before the first. Raises RingError on garbage."""
        while number := self.newest:
            fence()
            at = SLOT_BYTES * (number & 1)
            stored, length, crc = _SLOT.unpack_from(self._body, at)
            text = bytes(self._body[at + _SLOT.size:at + _SLOT.size + min(length, _LETTER_BYTES)])
            if stored == number and len(text) == length and zlib.crc32(text) == crc:
                return number, _request_in(text)
            fence()
            if self.newest == number:
                raise RingError(f"reading request {number}: its {length} bytes do not match their checksum")
        return None

    def release(self) -> None:
        """Give the shared memory's views back, so that it can be closed."""
        self._newest.release()
        self._body.release()


def letter_of(request: Request) -> bytes:
    """A request as bytes. Raises InputError if it is too long to send."""
    plain = {
        "kind": request.kind,
        "product": request.product and _said(request.product),
        "spec": request.spec and request.spec.to_plain(),
        "products": [[_said(product), spec.to_plain()] for product, spec in request.products],
        "surface_px": request.surface_px, "detail": request.detail, "language": request.language,
        "seed": request.seed, "image": request.image, "taste": request.taste, "adjust": request.adjust,
        "preference": request.preference and request.preference.to_plain(),
        "painter": request.painter, "diffusion": request.diffusion and dataclasses.asdict(request.diffusion),
    }
    letter = json.dumps(plain, separators=(",", ":")).encode()
    if len(letter) > _LETTER_BYTES:
        raise InputError(f"asking for a {request.kind} in {len(letter)} bytes; up to {_LETTER_BYTES} fit; "
                         "shorten its texts or show fewer products")
    return letter


def _said(product: Product) -> dict:
    """What makes its place, and where its model lies."""
    return product.described() | ({"model": product.model} if product.model else {})


def _request_in(text: bytes) -> Request:
    try:
        plain = json.loads(text)
        if plain["kind"] not in (HALL, PLACE):
            raise ValueError(plain["kind"])
        product, spec, diffusion = plain.pop("product"), plain.pop("spec"), plain.pop("diffusion")
        preference = plain.pop("preference")
        products = tuple((_product(item), SceneSpec.from_own(made)) for item, made in plain.pop("products"))
        return Request(product=product and _product(product), spec=spec and SceneSpec.from_own(spec),
                       products=products, diffusion=diffusion and Diffusion(**diffusion),
                       preference=preference and Preference.from_plain(preference), **plain)
    except (TasteError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RingError(f"reading a request: {type(error).__name__} {error}; it is not one of ours") from None


def _product(plain: dict) -> Product:
    layers = {layer: tuple(plain[layer]) for layer in STAGES}
    return Product(**{**plain, **layers})
