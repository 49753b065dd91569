"""showroom shot: a finished still, drawn offscreen, with every surface arrived."""

import argparse
import math
import re
from pathlib import Path

from showroom.cli import painting
from showroom.errors import UsageError


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("shot", help="write a finished still of a text's place",
                                description="Draws the place of a text (or of a product) and writes a PNG.")
    parser.add_argument("text", nargs="?", metavar="TEXT", help="notes or a description")
    parser.add_argument("--product", metavar="ID", help="a product of the catalogue instead of TEXT")
    parser.add_argument("--catalogue", type=Path, metavar="FILE", help="the catalogue of --product (the house's own)")
    parser.add_argument("--hall", action="store_true", help="the showroom itself instead of a place")
    parser.add_argument("--out", required=True, type=Path, metavar="F.png", help="file to write")
    parser.add_argument("--spec", type=Path, metavar="F.json", help="also write the place's SceneSpec")
    parser.add_argument("--size", default="960x540", type=size_px, metavar="WxH", help="pixels (default 960x540)")
    parser.add_argument("--at", default=6.0, type=_seconds, metavar="SECONDS", help="when, after arriving (default 6)")
    parser.add_argument("--yaw", default=0.0, type=_degrees, metavar="DEG", help="turn to the right by this much")
    parser.add_argument("--pitch", default=-8.0, type=_degrees, metavar="DEG", help="look up by this much (default -8)")
    parser.add_argument("--stereo", action="store_true", help="both eyes side by side")
    parser.add_argument("--image", type=Path, metavar="FILE", help="a photo of it: its colours and matter")
    parser.add_argument("--taste", type=Path, metavar="FILE", help="a visitor's preferences, in TOML or JSON")
    parser.add_argument("--adjust", default="", metavar="WORDS", help='what to change, as "warmer, at night"')
    parser.add_argument("--seed", type=int, metavar="N", help="another morning of the same place")
    painting.add_argument(parser)
    parser.set_defaults(run=run)


def size_px(text: str) -> tuple[int, int]:
    """WIDTHxHEIGHT in pixels. Raises ArgumentTypeError."""
    match = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(16 <= edge <= 8192 for edge in size):
        raise argparse.ArgumentTypeError(f"'{text}' is not a size; give WIDTHxHEIGHT from 16x16 to 8192x8192")
    return size


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= 3600.0:
        raise argparse.ArgumentTypeError(f"'{text}' is not a time; give seconds from 0 to 3600")
    return value


def _degrees(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -360.0 <= value <= 360.0:
        raise argparse.ArgumentTypeError(f"'{text}' is not an angle; give degrees from -360 to 360")
    return value


def run(args: argparse.Namespace) -> int:
    """Writes the still; prints the file's name."""
    if sum((args.text is not None, args.product is not None, args.hall)) != 1:
        raise UsageError("shot needs one of TEXT, --product ID or --hall; for example: "
                         "showroom shot \"bergamot, sea salt, driftwood\" --out sea.png")
    if args.catalogue and args.product is None:
        raise UsageError("shot --catalogue names where --product ID stands; add --product")
    from showroom import config
    from showroom.app.requests import asked, make_now, place_request, request_for
    from showroom.app.still import StillCamera, check_place_of, write_png
    from showroom.catalogue import find_product

    settings = painting.chosen(args, config.load())
    wanted = (place_request(find_product(args.product, args.catalogue), settings) if args.product is not None
              else request_for(text=args.text, config=settings))
    request = asked(wanted, args.seed, args.image, args.taste, args.adjust)
    check_place_of(args.out)  # before the work, not after it
    camera = StillCamera(args.size, 2 if args.stereo else 1)
    try:
        camera.show(_noting(make_now(request), args.spec), request.kind, args.at)
        camera.look(-math.radians(args.yaw), math.radians(args.pitch))
        write_png(args.out, camera.picture(args.at))
    finally:
        camera.close()
    print(args.out)
    return 0


def _noting(results, file: Path | None):
    """The same values; the SceneSpec among them is written to `file`, if one was named."""
    from showroom import paths
    from showroom.words.scenespec import SceneSpec

    for value in results:
        if file and isinstance(value, SceneSpec):
            with paths.aside(file) as aside:
                aside.write_text(value.to_json() + "\n", "utf-8")
        yield value
