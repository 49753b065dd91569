"""A visit in which something is typed, run as a child that another process looks into; see test_typed_and_gone.py.

The line comes as numbers, one letter each, so that it is nowhere here but where the visit puts it.
"""

import logging
import sys

from showroom.app.shelf import Shelf
from showroom.app.signs import Lettering
from showroom.catalogue import baked_spec, load_catalogue
from showroom.display.window_line import Line
from showroom.forget import overwrite_freed
from showroom.imagine.scribe import Scribe
from showroom.visit.counter import Service
from showroom.visit.journey import Journey
from showroom.visit.reasons import AdviceSayings
from showroom.visit.recommend import Advice, Ware
from showroom.visit.sayings import load_sayings
from showroom.visit.states import State
from showroom.words.controls import Controls
from showroom.words.view import Pose, yaw_pitch
from showroom.words.wish import Reset


def main() -> None:
    """Types the line, letters it, leaves; forgets unless told not to."""
    forgets = sys.argv[1] == "forgets"
    sayings, products = load_sayings(), load_catalogue().products
    baked = [(product, spec) for product in products if (spec := baked_spec(product))]
    service = Service({product.id: product for product in products}, Advice([Ware(*pair) for pair in baked]),
                      AdviceSayings(), True)
    journey = Journey(Shelf(sayings).of(baked), sayings, "en", service)
    numbers = [int(number) for number in sys.stdin.readline().split()]
    with Scribe() as scribe:
        lettering = Lettering(scribe)
        visit(journey, lettering, scribe, numbers)
        if forgets:
            lettering.forget()
            overwrite_freed()
        print(journey.state.value, flush=True)
        sys.stdin.readline()


def visit(journey: Journey, lettering: Lettering, scribe: Scribe, numbers: list[int]) -> None:
    """Somebody comes, types, sends it, and takes the headset off."""
    line, left, time_s = Line(), False, 0.0
    line.press("enter")
    head = Pose((0.0, 1.6, 0.0))
    for index in range(100_000):
        time_s += 1 / 30
        if index < len(numbers):
            line.write(chr(numbers[index] - 1))
        elif index == len(numbers) + 60:
            line.press("enter")
        turned = Pose(head.position, yaw_pitch(0.4 if index % 30 < 15 else 0.0, 0.0)) if index < 200 else head
        controls = Controls(turned, worn=index < 200, typing=line.typing, typed=line.sent())
        left |= Reset() in journey.step(controls, time_s)
        typed = tuple(sign for sign in journey.signs if line.typing and sign.writing.title.startswith(line.typing))
        while typed and not lettering.of(typed) and scribe.status().state in ("starting", "lettering"):
            pass
        if left and journey.state is State.ATTRACT:
            return
    raise SystemExit("the visit did not end")


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    main()
