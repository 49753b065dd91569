"""Where a show advises and sells: what command line and configuration say of it, for run and preview."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of both verbs."""
    parser.add_argument("--photo", type=Path, metavar="FILE",
                        help="what a visitor wears, looked at if they say yes (default: the camera's)")


def clerk(args: argparse.Namespace, settings, before_a_screen: bool, catalogue: Path | None = None):
    """Who advises and sells in this show, to be closed at its end.

    before_a_screen : the visitor sits at this machine: pages open on it, and without a shop named in the
                      configuration it has one of its own.
    """
    from showroom import paths
    from showroom.app.clerk import Clerk
    from showroom.app.own_shop import OwnShop
    from showroom.words.look import CAMERA, FILE, Photograph

    folder = paths.data_dir()
    shop = OwnShop(folder, catalogue) if before_a_screen and not settings.shop_url else None
    photograph = (Photograph(FILE, str(args.photo.resolve())) if args.photo
                  else Photograph(CAMERA, settings.camera) if settings.camera else None)
    return Clerk(folder, settings.shop_url, shop, photograph, opens=before_a_screen)
