"""showroom imagine: words → SceneSpec, as a table for people or as JSON for programs."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from showroom.errors import InputError, ShowroomError, UsageError
from showroom.words.vocabulary import LANGUAGES, STAGES

_MOST_ROW_BYTES = 4 << 20
_MOST_VARIATIONS = 100
_EPILOG = """A batch file has one JSON object a line: {"id": …, "text": "…"} or
{"id": …, "top": [notes], "heart": [notes], "base": [notes]}. Each row is answered by one line with
its id: the spec, or {"id", "error"}; if any row was refused, the exit code is 1."""


def add(parsers: argparse._SubParsersAction) -> None:
    """Registers the verb."""
    about = "what a perfume's words become, as a table or JSON"
    parser = parsers.add_parser("imagine", help=about, description=about, epilog=_EPILOG)
    parser.add_argument("text", nargs="?", metavar="TEXT", help="notes or a description, in any language")
    parser.add_argument("--product", metavar="ID", help="a product of the house's catalogue instead")
    parser.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="many rows; needs --json")
    parser.add_argument("--image", type=Path, metavar="FILE",
                        help="a photo of it: its colours and matter lean the place")
    parser.add_argument("--taste", type=Path, metavar="FILE", help="a visitor's preferences, in TOML or JSON")
    parser.add_argument("--adjust", metavar="WORDS", help='what to change, as "warmer, at night, no flowers"')
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the reasons (en)")
    parser.add_argument("--seed", type=int, metavar="N", help="instead of the one from the words")
    parser.add_argument("--variations", type=int, default=1, metavar="N",
                        help=f"so many mornings of the place, by seeds from --seed on (1 to {_MOST_VARIATIONS})")
    parser.add_argument("--json", action="store_true", help="one JSON object a line on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the spec, or one line for each row of a batch."""
    given = [name for name in ("text", "product", "batch") if getattr(args, name) is not None]
    if len(given) != 1:
        raise UsageError(f"imagine takes one of TEXT, --product and --batch, not {len(given)} of them; "
                         "see 'showroom imagine --help'")
    if not 1 <= args.variations <= _MOST_VARIATIONS:
        raise InputError(f"imagining {args.variations} variations; 1 to {_MOST_VARIATIONS} are accepted; "
                         "choose another number")
    if args.batch is not None:
        return _run_batch(args)
    return _run_one(args)


def _run_one(args: argparse.Namespace) -> int:
    from showroom.catalogue import load_catalogue, product_from_text
    from showroom.cli.spec_table import table

    # what is wrong with the words is said before the model is loaded
    product = product_from_text(args.text) if args.text is not None else load_catalogue().find(args.product)
    photo, taste = _photo(args.image), _taste(args.taste)
    _check_adjustment(args.adjust)
    from showroom.imagine.nose import Nose

    nose, seed = Nose.load(), args.seed
    name = product.name.get(args.lang) or product.name.get("en") or next(iter(product.name.values()))
    for at in range(args.variations):
        spec = nose.imagine(product, language=args.lang, seed=seed, photo=photo, taste=taste)
        seed = spec.seed + 1  # the first follows from the words where none is given
        spec = _adjusted(spec, args.adjust)
        if args.json:
            print(spec.to_json())
        else:
            print(("\n" if at else "") + table(spec, name, args.lang, sys.stdout.isatty()))
    return 0


def _photo(path: Path | None):
    if path is None:
        return None
    from showroom.imagine.picture import read_photo

    return read_photo(path)


def _taste(path: Path | None):
    if path is None:
        return None
    from showroom.imagine.taste import read_taste

    return read_taste(path)


def _check_adjustment(words: str | None) -> None:
    """Refuses unknown words before the model is loaded."""
    if words is not None:
        from showroom.imagine.steer import steps

        steps(words)


def _adjusted(spec, words: str | None):
    if words is None:
        return spec
    from showroom.imagine.steer import adjust

    return adjust(spec, words)


# Batches -----------------------------------------------------------------------------------------


def _run_batch(args: argparse.Namespace) -> int:
    if not args.json:
        raise UsageError("imagine --batch answers in JSON alone; add --json")
    if args.image is not None or args.variations != 1:
        raise UsageError("imagine --batch takes neither --image nor --variations; imagine that one by itself")
    taste = _taste(args.taste)
    _check_adjustment(args.adjust)
    rows = list(_rows(args.batch))
    from tqdm import tqdm

    from showroom.imagine.nose import Nose

    nose, refused = Nose.load(), 0
    for number, line in tqdm(rows, desc="imagine", unit="row", file=sys.stderr, disable=None):
        answer = _answer(nose, number, line, args, taste)
        refused += "error" in answer
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return 1 if refused else 0


def _rows(path: Path) -> Iterator[tuple[int, bytes]]:
    """(line number, line) of every line that is not blank; of one too long, its beginning."""
    try:
        with path.open("rb") as file:
            number, most = 0, _MOST_ROW_BYTES + 1
            while line := file.readline(most):
                number += 1
                rest = line
                while len(rest) == most and not rest.endswith(b"\n"):  # never the whole of it in memory
                    rest = file.readline(most)
                if line.strip():
                    yield number, line
    except OSError as error:
        raise InputError(f"reading {path}: {error.strerror}; a file of JSON lines is accepted; "
                         "check the path") from None


def _answer(nose, number: int, line: bytes, args: argparse.Namespace, taste) -> dict:
    """The spec of a row under its id, or its id and why it is refused."""
    identity: object = None
    try:
        row = _row(number, line)
        identity = _identity(number, row)
        spec = nose.imagine(_product(number, row), language=args.lang, seed=args.seed, taste=taste)
        spec = _adjusted(spec, args.adjust)
    except ShowroomError as error:
        return {"id": identity, "error": " ".join(str(error).split())}
    return {"id": identity, **spec.to_plain()}


def _row(number: int, line: bytes) -> dict:
    if len(line) > _MOST_ROW_BYTES:
        most = f"{_MOST_ROW_BYTES:,} bytes"
        raise InputError(f"reading row {number}: more than {most}; at most that many are accepted; shorten it")
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise InputError(f"reading row {number}: no JSON object; "
                         'one such as {"id": "a", "text": "rose"} is accepted; correct the line')
    return row


def _identity(number: int, row: dict) -> str | int:
    identity = row.get("id")
    if not isinstance(identity, (str, int)) or isinstance(identity, bool):
        shown = repr(identity)[:60]
        raise InputError(f"reading row {number}: id is {shown}; text or a whole number is accepted; add it")
    return identity


def _product(number: int, row: dict):
    from showroom.catalogue import product_from_notes, product_from_text

    if "text" in row:
        return product_from_text(row["text"])
    notes = {stage: row.get(stage, []) for stage in STAGES}
    if not any(stage in row for stage in STAGES):
        raise InputError(f"reading row {number}: neither text nor notes; "
                         '"text", or lists "top", "heart" and "base" are accepted; add one')
    return product_from_notes(notes)
