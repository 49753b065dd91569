"""showroom cache: look through the folder of made surfaces and geometry, check it, make room in it."""

import argparse
import dataclasses
import json
import re
import time
from pathlib import Path

_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("cache", help="list, verify or prune what was made ahead of time",
                                description="The folder of painted surfaces and grown geometry. Whatever is "
                                            "removed is made again when it is needed.")
    parser.add_argument("--dir", type=Path, metavar="DIR", help="this folder (default: the user's cache)")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = verbs.add_parser("list", help="what lies there", description="A line for each asset.")
    listing.add_argument("--json", action="store_true", help="one JSON object on standard output")
    listing.set_defaults(run=_list)
    verify = verbs.add_parser("verify", help="read every file and remove the damaged",
                              description="Reads every file, removes the damaged and names them; exit code 1 "
                                          "if there were any.")
    verify.add_argument("--keep", action="store_true", help="name the damaged, remove nothing")
    verify.set_defaults(run=_verify)
    prune = verbs.add_parser("prune", help="make room",
                             description="Removes what is damaged or left half-written; besides, what the options say.")
    prune.add_argument("--to", type=_bytes, metavar="SIZE",
                       help="the least recently used, until SIZE is left (500M, 2G; 0 empties it)")
    prune.add_argument("--unused", type=_days, metavar="DAYS", help="what nobody has read for so many days")
    prune.add_argument("--stale", action="store_true", help="what today's painters and growers would not make")
    prune.add_argument("--dry-run", action="store_true", help="say what would go, remove nothing")
    prune.set_defaults(run=_prune)


def _bytes(text: str) -> int:
    match = re.fullmatch(r"([0-9]{1,12})([kmg]?)b?", text.lower())
    if not match:
        raise argparse.ArgumentTypeError(f"'{text}' is not a size; give a number of bytes, or 500M, or 2G")
    return int(match[1]) * _UNITS[match[2]]


def _days(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,3})?", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of days; give one such as 30")
    return float(text)


def _list(args: argparse.Namespace) -> int:
    from showroom.imagine.inventory import items

    folder, found = _folder(args), list(items(_folder(args)))
    total = sum(item.size_bytes for item in found)
    if args.json:
        rows = [{"path": str(item.path), "bytes": item.size_bytes, "used_s": item.used_s, "current": item.current,
                 **(dataclasses.asdict(item.asset) if item.asset else {"damaged": True})} for item in found]
        print(json.dumps({"folder": str(folder), "bytes": total, "assets": rows}, ensure_ascii=False))
        return 0
    for item in sorted(found, key=lambda item: -item.used_s):
        what = f"{item.asset.kind} {item.asset.name}, {item.asset.size}" if item.asset else "damaged"
        stale = "" if item.current else "  stale"
        print(f"{item.size_bytes / 1e6:8.2f} MB  {_ago(item.used_s):>9}  {item.path.stem[:12]}  {what}{stale}")
    stale = [item for item in found if not item.current]
    print(f"{len(found)} assets, {total / 1e6:.1f} MB in {folder}; "
          f"{len(stale)} stale, {sum(item.size_bytes for item in stale) / 1e6:.1f} MB")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from showroom.imagine.inventory import fault_of, items, prune

    sound, damaged = 0, []
    for item in items(_folder(args)):
        if fault := fault_of(item):
            damaged.append(item)
            print(f"{item.path}: {fault}{'' if args.keep else '; removed'}")
        else:
            sound += 1
    if not args.keep:
        prune(damaged)
    print(f"{sound} assets are whole, {len(damaged)} damaged, in {_folder(args)}")
    return 1 if damaged else 0


def _prune(args: argparse.Namespace) -> int:
    from showroom.imagine.inventory import clear_unfinished, items, prune, surplus

    folder = _folder(args)
    found = list(items(folder))
    going = surplus(found, args.to, args.unused, args.stale)
    left = 0
    if not args.dry_run:
        prune(going)
        left = clear_unfinished(folder)
    gone, total = (sum(item.size_bytes for item in some) for some in (going, found))
    would = "would go" if args.dry_run else "removed"
    print(f"{len(going)} assets, {gone / 1e6:.1f} MB {would}; {len(found) - len(going)} assets, "
          f"{(total - gone) / 1e6:.1f} MB stay in {folder}" + (f"; {left} half-written files removed" if left else ""))
    return 0


def _folder(args: argparse.Namespace) -> Path:
    from showroom import paths

    return args.dir or paths.cache_dir()


def _ago(used_s: float) -> str:
    seconds = max(time.time() - used_s, 0.0)
    for unit, length in (("d", 86_400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit} ago"
    return "just now"
