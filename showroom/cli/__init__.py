"""The command line: one file a verb, each with `add(parsers)`.

A verb's file is imported only when that verb was typed (or when help needs them all), and imports
the rooms inside its `run(args)`, so `showroom --help` loads neither OpenGL nor torch.

Exit codes: 0 done, 1 failed, 2 usage, 3 this machine lacks something, 130 interrupted.
"""

import argparse
import contextlib
import importlib
import io
import logging
import os
import re
import shutil
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from showroom import __version__, paths
from showroom.errors import ShowroomError, UsageError

VERBS = ("preview", "run", "imagine", "likeness", "recommend", "shot", "listen", "bake",
         "cache", "models", "bench", "shop", "orders", "doctor")
_SHADER_CACHE_BYTES = 64 << 20


class _Parser(argparse.ArgumentParser):
    """argparse, but a wrong command line is a UsageError of one line."""

    def error(self, message: str) -> NoReturn:
        # argparse takes "-rose" for options: words may begin with a dash, after "--"
        dashed = re.match("unrecognized arguments: -[^-]", message)
        hint = "; if it is a text, put it last, after --" if dashed else ""
        raise UsageError(f"{message}{hint}; see '{self.prog} --help'")


def build_parser(verbs: Sequence[str] = VERBS) -> argparse.ArgumentParser:
    """The parser with these verbs, each registered by its own file."""
    parser = _Parser(prog="showroom", description="A perfume's words become a place around the visitor.",
                     epilog="Exit codes: 0 done, 1 failed, 2 usage, 3 this machine lacks something.")
    parser.add_argument("--version", action="version", version=f"showroom {__version__}")
    parsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="verb", required=True)
    for verb in verbs:
        importlib.import_module(f"showroom.cli.{verb}").add(parsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Errors meant for people end here, as one line."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    verbs = arguments[:1] if arguments and arguments[0] in VERBS else VERBS
    logging.basicConfig(format="showroom: %(message)s", level=logging.WARNING)
    # torch's threads wait asleep: spinning, they make painting ten times slower where cores are shared
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    _spare_a_full_disk()
    before = signal.signal(signal.SIGTERM, _end)
    try:
        args = build_parser(verbs).parse_args(arguments)
        _prepare_output(as_json=getattr(args, "json", False))
        code = args.run(args)
        if sys.stdout:  # there is none after `>&-`
            sys.stdout.flush()
        return code
    except ShowroomError as error:
        return _say(str(error), error.exit_code)
    except BrokenPipeError:
        return _abandon_output()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except OSError as error:
        what = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return _say(f"a file could not be read or written: {what}; "
                    f"check the path, its rights and the space left", ShowroomError.exit_code)
    finally:
        signal.signal(signal.SIGTERM, before)


def _spare_a_full_disk() -> None:
    """Mesa maps its shader cache into memory: on a full disk the kernel would kill us for writing there."""
    folder = next(folder for folder in paths.cache_dir().parents if os.path.isdir(folder))
    with contextlib.suppress(OSError):
        if shutil.disk_usage(folder).free < _SHADER_CACHE_BYTES:
            os.environ.setdefault("MESA_SHADER_CACHE_DISABLE", "true")


def _end(number: int, _frame: object) -> NoReturn:
    """Asked to end: unwinds, so that the worker, its shared memory and half-written files go too."""
    raise SystemExit(128 + number)


def _prepare_output(as_json: bool) -> None:
    """JSON is UTF-8 whatever the locale, half a surrogate its escape; a table shows ? for the rest."""
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    if as_json:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    else:
        sys.stdout.reconfigure(errors="replace")


def _say(message: str, code: int) -> int:
    """One line on standard error, whatever stood in the message."""
    line = " ".join(message.split())
    print("showroom: " + "".join(c if c.isprintable() else "\ufffd" for c in line), file=sys.stderr)
    return code


def _abandon_output() -> int:
    """The reader of our output has gone (`| head`): stop without a word, at exit too."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, sys.stdout.fileno())
    os.close(silent)
    return 128 + signal.SIGPIPE
