"""What a visitor needs, as options of every command that shows the showroom to one."""

import argparse
import sys
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from showroom.words.comfort import STEPS, Comfort

if TYPE_CHECKING:  # help loads no room
    from showroom.app.show import Show
    from showroom.config import Config

_SAYS = {"reduced_motion": "less in the air, no gusts, slower changes",
         "captions": "say in a small line what sounds",
         "seated": "bring the world down to who sits",
         "left_handed": "what is chosen and what is read change sides"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Registers the options; each goes before the configuration's key of the same name."""
    low, high = STEPS
    for name, more in (("brightness", "light"), ("contrast", "contrast")):
        parser.add_argument(f"--{name}", type=_step, metavar="N", help=f"{low} to {high}: steps of less or more {more}")
    for name, says in _SAYS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", action=argparse.BooleanOptionalAction, help=says)


def chosen(args: argparse.Namespace, config: "Config") -> "Config":
    """The configuration with what the command line says in it."""
    said = {item.name: getattr(args, item.name) for item in fields(Comfort)}
    return replace(config, **{name: value for name, value in said.items() if value is not None})


def heed(show: "Show", time_s: float) -> None:
    """Takes up keys that staff pressed in the window they look at, and a configuration that was saved; says what came of it."""
    from showroom import config

    for told in (show.comforts.press(show.display.pressed), show.comforts.heed_file(config.file_in_use(), time_s)):
        if told:
            print(f"showroom: {told}", file=sys.stderr)


def _step(text: str) -> int:
    low, high = STEPS
    try:
        step = int(text)
    except ValueError:
        step = high + 1
    if not low <= step <= high:
        raise argparse.ArgumentTypeError(f"'{text}' is not a step; a whole number from {low} to {high} is")
    return step
