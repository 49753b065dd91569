"""`python -m showroom.imagine.gauge figures|pairs|score …`; see scripts/evaluate_painter."""

import argparse
import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from showroom.errors import ShowroomError
from showroom.imagine.painter_store import model_folder

_NAME = "evaluate_painter"
_COUNT, _SEED = 40, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Does what the arguments say; the exit code."""
    args = _parser().parse_args(arguments)
    try:
        args.do(args)
    except ShowroomError as error:
        print(f"{_NAME}: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"{_NAME}: {error.filename or 'writing'}: {error.strerror or error}; files in a folder with rights and "
              "space are accepted; choose another", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=_NAME, description="how good the learned painter is")
    verbs = parser.add_subparsers(required=True, metavar="figures|pairs|score")
    figures = verbs.add_parser("figures", help="print the figures of docs/painter.md")
    figures.add_argument("--threads", type=_whole, default=2, help="that torch may use while time is taken (default 2)")
    figures.add_argument("--revision", default="unknown", help="of the source, for the report's head")
    pairs = verbs.add_parser("pairs", help="draw blind pairs of real perfumes' mixed surfaces")
    pairs.add_argument("out", type=Path, help="a folder for the sheets")
    pairs.add_argument("--key", type=Path, required=True, help="file that says which is which, elsewhere")
    pairs.add_argument("--perfumes", type=Path, required=True, help="folder with perfumes: see scripts/evaluate_model")
    pairs.add_argument("--count", type=_whole, default=_COUNT, help=f"of pairs (default {_COUNT})")
    pairs.add_argument("--seed", type=int, default=_SEED, help="of the coin")
    score = verbs.add_parser("score", help="count the answers")
    score.add_argument("answers", type=Path, help="CSV of pair and choice (left, right, neither)")
    score.add_argument("--key", type=Path, required=True)
    for verb in (figures, pairs):
        verb.add_argument("--weights", type=Path, default=model_folder(),
                          help="folder of the painter (the one that ships)")
    for verb, do in ((figures, _figures), (pairs, _pairs), (score, _score)):
        verb.set_defaults(do=do)
    return parser


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 1 to 1000; give such")
    return int(text)


def _figures(args: argparse.Namespace) -> None:
    import torch

    from showroom.imagine.gauge.report import report
    from showroom.imagine.painter_store import load_model

    torch.set_num_threads(1)  # threads spin where cores are shared
    model = load_model(args.weights)
    print(f"{datetime.date.today().isoformat()}, revision {args.revision}.\n")
    for line in report(model, args.threads, _progress):
        print(line, flush=True)


def _pairs(args: argparse.Namespace) -> None:
    import torch

    from showroom.imagine.gauge import blind
    from showroom.imagine.learned_surface import paint_learned
    from showroom.imagine.paint import paint
    from showroom.imagine.painter_store import load_model

    torch.set_num_threads(1)
    model = load_model(args.weights)
    chosen = blind.cases(_specs(args.perfumes), args.count)
    _progress(f"{len(chosen)} mixed surfaces of {len({case.kind for case in chosen})} kinds")

    def learned(spec, surface):
        return paint_learned(model, spec, surface, blind.SIZE_PX)

    def recipe(spec, surface):
        return paint(spec, surface, blind.SIZE_PX)

    for sheet in blind.write_sheets(chosen, learned, recipe, args.out, args.key, args.seed):
        print(sheet)


def _specs(folder: Path) -> Iterator:
    """Places of real perfumes, by their notes alone."""
    from showroom.imagine.nose import Nose
    from showroom.imagine.train.rows import accord_rows

    nose = Nose.load()
    for row in accord_rows(folder):
        yield nose.imagine(row.product)


def _score(args: argparse.Namespace) -> None:
    from showroom.imagine.gauge.blind import score

    for line in score(args.key, args.answers):
        print(line)


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
