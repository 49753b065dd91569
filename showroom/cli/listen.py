"""showroom listen: what a text's place sounds like, written as a file."""

import argparse
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from showroom.errors import InputError, UsageError

_WARM_S = 3.0  # waves are on their way and the room rings when the file begins


def add(parsers: argparse._SubParsersAction) -> None:
    """Registers the verb."""
    about = "write what a text's place sounds like, as 16-bit stereo for headphones"
    parser = parsers.add_parser("listen", help=about, description=about)
    parser.add_argument("text", nargs="?", metavar="TEXT", help="notes or a description, in any language")
    parser.add_argument("--product", metavar="ID", help="a product of the house's catalogue instead of TEXT")
    parser.add_argument("--out", required=True, type=Path, metavar="F.wav", help="file to write")
    parser.add_argument("--seconds", type=_seconds, default=30.0, metavar="N", help="how long (1 to 600; 30)")
    parser.add_argument("--picture", type=Path, metavar="F.png",
                        help="a spectrogram of it besides, as PNG or JPEG")
    parser.add_argument("--facing", type=_degrees, default=0.0, metavar="DEG",
                        help="turned to the right by this much")
    parser.add_argument("--seed", type=int, metavar="N", help="another morning of the same place")
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    return _within(text, 1.0, 600.0, "a length; give seconds from 1 to 600")


def _degrees(text: str) -> float:
    return _within(text, -360.0, 360.0, "an angle; give degrees from -360 to 360")


def _within(text: str, low: float, high: float, accepted: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not low <= value <= high:
        raise argparse.ArgumentTypeError(f"'{text}' is not {accepted}")
    return value


def run(args: argparse.Namespace) -> int:
    """Writes the file; prints its name."""
    if (args.text is None) == (args.product is None):
        raise UsageError("listen needs one of TEXT and --product ID; for example: "
                         "showroom listen \"bergamot, sea salt, driftwood\" --out sea.wav")
    from showroom.app.still import check_place_of

    for path in (args.out, args.picture):
        if path is not None:
            check_place_of(path)
    spec = _spec(args)
    from showroom.senses.audio.master import mastered, write_wav

    samples = mastered(rendered(spec, args.seconds, args.facing))
    _write(args.out, lambda unfinished: write_wav(unfinished, samples, spec.seed))
    if args.picture is not None:
        from showroom.senses.audio.spectrogram import spectrogram

        kind = "JPEG" if args.picture.suffix.lower() in (".jpg", ".jpeg") else "PNG"
        picture = spectrogram(samples)
        _write(args.picture, lambda unfinished: picture.save(unfinished, format=kind, quality=88))
    return 0


def _write(path: Path, write: Callable[[Path], None]) -> None:
    """Written aside, then renamed; its name is printed. Raises InputError if it cannot be."""
    from showroom import paths

    try:
        with paths.aside(path) as unfinished:
            write(unfinished)
    except OSError as error:
        raise InputError(f"writing {path}: {error.strerror or error}; a file in a folder with rights and "
                         "space is accepted; free some, or choose another") from None
    print(path)


def _spec(args: argparse.Namespace):
    """The spec of the text or product: baked, or by the nose."""
    from showroom.catalogue import baked_spec, load_catalogue, product_from_text

    product = product_from_text(args.text) if args.text is not None else load_catalogue().find(args.product)
    spec = baked_spec(product) if args.seed is None else None
    if spec is None:
        from showroom.imagine.nose import Nose

        spec = Nose.load().imagine(product, seed=args.seed)
    return spec


def rendered(spec, seconds: float, facing_deg: float = 0.0):
    """(n, 2) float32: the place's ambience as a visitor hears it who stands in its middle."""
    import numpy as np

    from showroom.senses.audio.soundscape import HOP, RATE_HZ, Soundscape

    soundscape, wanted = Soundscape(spec.seed), round(seconds * RATE_HZ)
    warm = round(_WARM_S * RATE_HZ / HOP)
    hops = warm + -(-wanted // HOP)
    heard = [soundscape.render(HOP, hearing) for _, hearing in zip(range(hops), _hearings(spec, facing_deg))]
    return np.concatenate(heard[warm:])[:wanted]


def _hearings(spec, facing_deg: float) -> Iterator:
    """What is heard from hop to hop: the same air, carried on by its wind."""
    from showroom.senses.audio.frames import HOP_S
    from showroom.stage.air import ambience
    from showroom.words.hearing import Hearing
    from showroom.words.pose import about_up
    from showroom.words.view import Pose
    from showroom.words.wind import carried_on

    head = Pose((0.0, 1.6, 0.0), about_up(-math.radians(facing_deg)))
    hearing = Hearing.of(ambience(spec), head)
    while True:
        yield hearing
        hearing = replace(hearing, drift_m=carried_on(hearing.drift_m, hearing.wind_m_s, HOP_S))
