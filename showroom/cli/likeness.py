"""showroom likeness: what a photo of a material says, and the surfaces that recipe and learned painter make of it."""

import argparse
import dataclasses
import json
import sys
from pathlib import Path

from showroom.errors import InputError, ModelError

_EDGE_PX, _PAINTED_PX, _SURFACE = 384, 512, "drape"
_MOST_MATERIALS = 3


def add(parsers: argparse._SubParsersAction) -> None:
    """Registers the verb."""
    about = "what a photo of a material says, and surfaces in its likeness"
    parser = parsers.add_parser("likeness", help=about, description=about)
    parser.add_argument("photo", type=Path, metavar="PHOTO", help="a JPEG, PNG or WebP that a material fills")
    parser.add_argument("--kind", default="", metavar="KIND", help="of product that it is of, as scarf or jacket")
    parser.add_argument("--out", type=Path, metavar="F.png",
                        help="also writes the piece that was seen, the recipe's surface and the learned one")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what was seen; writes the pictures if they are asked for."""
    from showroom.imagine.picture import read_photo

    sample = read_photo(args.photo).sample
    if sample is None:
        raise InputError(f"reading {args.photo}: no material fills its middle; a photo of cloth, leather, wood or "
                         "stone from near is accepted; go nearer, or cut out the part that shows it")
    from showroom.imagine.backbone import Backbone
    from showroom.imagine.draper import Draper

    stuff = Draper.load(Backbone.load()).stuff(sample, args.kind)
    said = _said(sample, stuff)
    if args.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        print("\n".join(f"{name:<12}{_told(value)}" for name, value in said.items() if value != []))
    if args.out:
        _sheet(sample, stuff).save(args.out, "PNG")
    return 0


def _said(sample, stuff) -> dict[str, object]:
    period = sample.period
    materials = dict(list(stuff.told.materials.items())[:_MOST_MATERIALS])
    scale = "pattern" if period.repeats else "grain"
    return {"piece": round(sample.share, 3), scale: round(period.px / len(sample.pixels), 4),
            "colours": [sample.srgb, sample.accent_srgb], "roughness": stuff.told.roughness, "materials": materials,
            "repeats": round(stuff.repeats, 3), "likeness": list(stuff.likeness)}


def _told(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {share:.0%}" for name, share in value.items())
    return " ".join(map(str, value)) if isinstance(value, list) else f"{value:g}"


def _sheet(sample, stuff):
    """The three pictures, each as wide as the piece is; black where the learned painter is not there."""
    from PIL import Image

    from showroom.imagine.paint import paint

    spec = _spec(stuff)
    painters = [lambda: paint(spec, _SURFACE, _PAINTED_PX), lambda: _learned(spec)]
    sheet = Image.new("RGB", (3 * _EDGE_PX, _EDGE_PX))
    sheet.paste(Image.fromarray(sample.pixels).resize((_EDGE_PX,) * 2, Image.Resampling.LANCZOS), (0, 0))
    for at, painter in enumerate(painters, 1):
        try:
            sheet.paste(_shown(painter(), stuff), (at * _EDGE_PX, 0))
        except ModelError as error:
            print(f"showroom: {error}", file=sys.stderr)
    return sheet


def _spec(stuff):
    """A place in which nothing but a cloth counts, and that is in the photo's likeness."""
    from showroom.imagine.hallspec import hall_spec
    from showroom.imagine.places import place_table

    cloth = stuff.worn_by(place_table("rose_garden").surfaces[_SURFACE])
    return dataclasses.replace(hall_spec(), surfaces={_SURFACE: cloth})


def _learned(spec):
    from showroom.imagine.learned_surface import paint_learned
    from showroom.imagine.painter_store import load_model

    return paint_learned(load_model(), spec, _SURFACE, _PAINTED_PX)


def _shown(painted, stuff):
    """A lit tile, as often as the photo's piece has it."""
    import numpy as np
    from PIL import Image

    from showroom.imagine.swatch import METALS, swatch

    tile = swatch(painted.color, painted.detail, _PAINTED_PX, metallic=float(stuff.told.material in METALS))
    across = 1 / stuff.wide
    edge, times = round(across * _PAINTED_PX), int(np.ceil(across))
    return Image.fromarray(np.tile(tile, (times, times, 1))[:edge, :edge]).resize((_EDGE_PX,) * 2,
                                                                                  Image.Resampling.LANCZOS)
