"""The mailbox: a request comes out as it went in, whatever was asked for."""

import dataclasses

import pytest
from stand_in import a_request, a_spec, nosed_request

from showroom.imagine.mailbox import SLOT_BYTES, Mailbox, letter_of
from showroom.words.preference import Preference
from showroom.words.request import Diffusion


@pytest.fixture
def mailbox():
    one = Mailbox(memoryview(bytearray(8)).cast("Q"), memoryview(bytearray(2 * SLOT_BYTES)))
    yield one
    one.release()


@pytest.mark.parametrize("request_", [
    a_request(), nosed_request(),
    dataclasses.replace(nosed_request(), seed=2**53 - 1, image="/a photo.jpg", taste="口味.toml",
                        adjust="更暖, at night"),
    dataclasses.replace(a_request(), preference=Preference().answered("hour", "dusk").liking({"rose": 0.5})
                        .dwelling("vespri", 12.5).not_this("resina")),
    dataclasses.replace(a_request(), painter="diffusion", diffusion=Diffusion("a folder", "main", 4, 64, 0.5, True)),
    dataclasses.replace(a_request(), products=((nosed_request().product, a_spec()),), language="zh"),
])
def test_a_request_comes_out_as_it_went_in(mailbox, request_):
    assert mailbox.get() is None
    mailbox.put(3, letter_of(a_request(9)))
    mailbox.put(4, letter_of(request_))
    assert mailbox.get() == (4, request_)
