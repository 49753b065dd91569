"""Who paints, as an option of every command that paints."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from showroom.words.request import PAINTERS

if TYPE_CHECKING:  # help loads no configuration
    from showroom.config import Config


def add_argument(parser: argparse.ArgumentParser) -> None:
    """Registers the option; it goes before the configuration's key of the same name."""
    parser.add_argument("--painter", choices=PAINTERS, help="who paints surfaces (default: as the configuration says)")


def chosen(args: argparse.Namespace, config: "Config") -> "Config":
    """The configuration with what the command line says in it. Raises InputError for diffusion without a model."""
    return config if args.painter is None else replace(config, painter=args.painter)
