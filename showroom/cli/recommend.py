"""showroom recommend: what the house would offer somebody, and why, as a table for people or as JSON."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from showroom.errors import InputError, NotReadyError, PictureError
from showroom.words.preference import CHOICES, MOST_CENTS
from showroom.words.vocabulary import LANGUAGES

_EPILOG = """A sentence is heard in English, Chinese and Italian: "roses, nothing smoky, for winter,
under 200 euro". With nothing said, the house offers three that differ."""
_MOST_LOOK_BYTES = 64 << 10
_ACCEPTED = "a look's JSON is accepted"


def add(parsers: argparse._SubParsersAction) -> None:
    """Registers the verb."""
    about = "what the house would offer somebody, and why"
    parser = parsers.add_parser("recommend", help=about, description=about, epilog=_EPILOG)
    parser.add_argument("--like", metavar="TEXT", help="what they would like, in their words")
    for question, choices in CHOICES.items():
        parser.add_argument(f"--{question}", choices=choices, metavar=question.upper(),
                            help="one of " + ", ".join(choices))
    parser.add_argument("--budget", type=_amount, metavar="AMOUNT", help="the most it may cost, as 19.50")
    parser.add_argument("--more", action="append", default=[], metavar="ID", help="more like this product")
    parser.add_argument("--not", action="append", default=[], dest="refused", metavar="ID",
                        help="not this product")
    parser.add_argument("--look", type=Path, metavar="FILE.json", help="what they wear, as a look's JSON")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="language of the reasons (en)")
    parser.add_argument("--all", action="store_true", help="the whole ranking, not the offers alone")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(run=run)


def _amount(text: str) -> int:
    """Cents."""
    try:
        cents = round(float(text) * 100)
    except (ValueError, OverflowError):
        cents = 0
    if not 0 < cents <= MOST_CENTS:
        raise argparse.ArgumentTypeError(f"'{text}' is no amount; give one from 0.01 to {MOST_CENTS // 100}")
    return cents


def run(args: argparse.Namespace) -> int:
    """Prints the offers, each with its reason, and on request the ranking."""
    from showroom.catalogue import baked_spec, load_catalogue
    from showroom.visit.recommend import Advice, Ware

    catalogue = load_catalogue()
    preference = _preference(args, catalogue)
    look = _look(args.look)
    wares = [Ware(product, spec) for product in catalogue.products if (spec := baked_spec(product))]
    if not wares:
        raise NotReadyError(f"recommending from {catalogue.path}: no product has a baked spec; "
                            "one at least is needed; run 'showroom bake --specs'")
    _tell_unbaked([product.id for product in catalogue.products], [ware.product.id for ware in wares])
    answer = _answer(Advice(wares), preference, look, catalogue, args.lang)
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print("\n".join(_lines(answer, args.all)))
    return 0


def _preference(args: argparse.Namespace, catalogue):
    """What the command line says of somebody. Raises InputError, ProductError."""
    from showroom.imagine.wanted import wanted
    from showroom.words.preference import Preference

    preference = wanted(args.like) if args.like is not None else Preference()
    if args.like is not None and preference == Preference():
        raise InputError(f"reading a wish: {args.like[:60]!r}; notes, accords, a place, an hour, "
                         "a season or a price are understood; name one of these")
    for question in CHOICES:
        if choice := getattr(args, question):
            preference = preference.answered(question, choice)
    if args.budget:
        preference = preference.costing(args.budget)
    for product_id in args.more:
        preference = preference.more_like(catalogue.find(product_id).id)
    for product_id in args.refused:
        preference = preference.not_this(catalogue.find(product_id).id)
    return preference


def _look(path: Path | None):
    """The look in a file. Raises PictureError."""
    from showroom.words.look import Look

    if path is None:
        return None
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_LOOK_BYTES + 1)
        if len(text) > _MOST_LOOK_BYTES:
            raise PictureError(f"reading {path}: more than {_MOST_LOOK_BYTES:,} bytes; {_ACCEPTED}; "
                               "choose another file")
        return Look.from_plain(json.loads(text))
    except OSError as error:
        raise PictureError(f"reading {path}: {error.strerror}; {_ACCEPTED}; check the path") from None
    except (ValueError, RecursionError):
        raise PictureError(f"reading {path}: no JSON; {_ACCEPTED}; correct it") from None


def _tell_unbaked(every: Sequence[str], baked: Sequence[str]) -> None:
    if missing := [one for one in every if one not in baked]:
        print(f"showroom: not ranked, for they have no baked spec: {', '.join(missing[:20])}; "
              "run 'showroom bake --specs'", file=sys.stderr)


def _answer(advice, preference, look, catalogue, language: str) -> dict:
    """What is known, the offers with their reasons, and the ranking, as plain data."""
    from showroom.visit.cards import name_of
    from showroom.visit.reasons import AdviceSayings
    from showroom.visit.taste import entry_text

    def called(product_id: str, language: str) -> str:
        return name_of(catalogue.find(product_id), language)

    ranking = advice.ranking(preference, look)
    rows = {one.product_id: {"id": one.product_id, "name": called(one.product_id, language),
                             "score": one.score, "parts": one.parts} for one in ranking}
    sayings = AdviceSayings()
    offers = [rows[offer.product_id] | {"reason": offer.reason.kind, "facts": dict(offer.reason.facts),
                                        "said": sayings.say(offer.reason, language, called)}
              for offer in advice.offers(preference, look)]
    known = [entry_text(entry, language, called) for entry in preference.entries]
    return {"preference": preference.to_plain(), "known": known, "offers": offers,
            "ranking": list(rows.values())}


def _lines(answer: dict, whole: bool) -> list[str]:
    lines = [*answer["known"], *([""] if answer["known"] else [])]
    for offer in answer["offers"]:
        lines += [f"{offer['name']}  ({offer['id']})", f"    {offer['said']}"]
    if not answer["offers"]:
        lines.append("nothing that may be offered")
    if whole:
        lines += ["", *(_row(one) for one in answer["ranking"])]
    return lines


def _row(one: dict) -> str:
    told = ((name, amount) for name, amount in one["parts"].items() if abs(amount) >= 0.005)
    parts = ", ".join(f"{name} {amount:+.2f}" for name, amount in told)
    return f"{one['score']:+6.2f}  {one['id']:<20}{parts}".rstrip()
