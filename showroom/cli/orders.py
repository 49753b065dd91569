"""showroom orders: what visitors confirmed, what became of it, and what staff have to see to."""

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path


def add(parsers) -> None:
    """Registers the verb."""
    parser = parsers.add_parser("orders", help="list and send what visitors confirmed; see to conflicts",
                                description="The orders that were confirmed in this house, kept until the "
                                            "shop has them and ever after.")
    parser.add_argument("--dir", type=Path, metavar="DIR",
                        help="the ledger's folder (default: the user's own)")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = verbs.add_parser("list", help="a line for each order that is not done with",
                             description="Orders that wait, and those the shop will not take: staff have to "
                                         "see to these.")
    listing.add_argument("--all", action="store_true", help="every order there ever was")
    listing.add_argument("--json", action="store_true", help="one JSON object on standard output")
    listing.set_defaults(run=_list)
    send = verbs.add_parser("send", help="send what waits, and end",
                            description="Sends every order that waits, once; exit code 1 if some could "
                                        "not be sent.")
    send.add_argument("--shop", required=True, metavar="URL", help="where the shop is")
    send.set_defaults(run=_send)
    again = verbs.add_parser("again", help="try a conflict once more",
                             description="The same order under the same key.")
    again.add_argument("key", type=_key, help="its key, or how it begins")
    again.set_defaults(run=_again)
    settled = verbs.add_parser("settled", help="a conflict has been seen to by hand",
                               description="It is kept, and no longer listed.")
    settled.add_argument("key", type=_key, help="its key, or how it begins")
    settled.set_defaults(run=_settled)


def _key(text: str) -> str:
    if not re.fullmatch("[0-9a-f]{4,32}", text):
        raise argparse.ArgumentTypeError(f"'{text}' is no key; give 4 to 32 of its hexadecimal digits")
    return text


def _list(args: argparse.Namespace) -> int:
    from showroom.orders.ledger import CONFLICTING, WAITING

    ledger = _ledger(args)
    entries = ledger.entries() if ledger else []
    shown = [one for one in entries if args.all or one.state in (CONFLICTING, WAITING)]
    counted = dict(sorted(Counter(one.state for one in entries).items()))
    if args.json:
        rows = [_plain(one) for one in shown]
        told = {"folder": str(_folder(args)), "counted": counted, "orders": rows}
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for one in shown:
        order, when = one.order, time.strftime("%Y-%m-%d %H:%M", time.localtime(one.confirmed_s))
        state = one.receipt.state if one.receipt else one.state
        price = f"{order.total_cents / 100:,.2f} {order.currency}"
        what = f"{order.quantity} × {order.product_id} {order.size_id}".rstrip()
        print(f"{order.key[:8]}  {when}  {state:16}  {what}  {price}  {one.reason}".rstrip())
    told = ", ".join(f"{count} {state}" for state, count in counted.items()) or "none"
    print(f"{len(entries)} orders in {_folder(args)}: {told}")
    return 0


def _plain(entry) -> dict:
    """An entry without what only its visitor may know: addresses of pages, and the shop's name of it."""
    return {**entry.order.to_plain(), "confirmed_s": entry.confirmed_s, "state": entry.state,
            "tries": entry.tries, "shop_state": entry.receipt.state if entry.receipt else "",
            "reason": entry.reason}


def _send(args: argparse.Namespace) -> int:
    from showroom.orders.outbox import send_all

    ledger = _ledger(args)
    if ledger is None:
        print(f"no orders in {_folder(args)}")
        return 0
    sent, left, reason = send_all(ledger, args.shop)
    print(f"{sent} sent, {left} waiting" + (f": {reason}" if left and reason else ""))
    return 1 if left else 0


def _again(args: argparse.Namespace) -> int:
    key = _conflict(args)
    _ledger(args).again(key)
    print(f"{key[:8]} waits to be sent again")
    return 0


def _settled(args: argparse.Namespace) -> int:
    key = _conflict(args)
    _ledger(args).settled(key)
    print(f"{key[:8]} is settled")
    return 0


def _conflict(args: argparse.Namespace) -> str:
    """The whole key of the one conflict that begins so. Raises OrderError."""
    from showroom.errors import OrderError
    from showroom.orders.ledger import CONFLICTING

    ledger = _ledger(args)
    conflicts = [one.order.key for one in ledger.entries() if one.state == CONFLICTING] if ledger else []
    found = [key for key in conflicts if key.startswith(args.key)]
    if len(found) != 1:
        listed = ", ".join(key[:8] for key in conflicts[:10]) or "none"
        raise OrderError(f"looking for the conflict {args.key}: {len(found)} begin so; conflicts are "
                         f"{listed}; see `showroom orders list`")
    return found[0]


def _ledger(args: argparse.Namespace):
    """The ledger, or None where there is none yet: looking makes no file."""
    from showroom.orders.ledger import NAME, Ledger

    path = _folder(args) / NAME
    return Ledger(path) if path.is_file() else None


def _folder(args: argparse.Namespace) -> Path:
    from showroom import paths

    return args.dir or paths.data_dir()
