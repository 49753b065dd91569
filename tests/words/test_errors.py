"""The error tree: exit codes by branch, and how the command line tells one."""

import inspect
import signal
from types import SimpleNamespace

import pytest

from showroom import cli, errors
from showroom.errors import (GraphicsError, InputError, ModelError, NotReadyError, ProductError,
                             RuntimeAbsentError, ShowroomError, UsageError)

EVERY = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)
         if kind.__module__ == errors.__name__]


def only_verb_is(run, monkeypatch):
    """Makes `showroom doctor` call `run`."""
    def add(parsers):
        parsers.add_parser("doctor").set_defaults(run=run)

    monkeypatch.setattr(cli.importlib, "import_module", lambda name: SimpleNamespace(add=add))


@pytest.mark.parametrize("kind", EVERY)
def test_every_error_stands_in_the_tree_and_says_what_it_means(kind):
    assert issubclass(kind, ShowroomError)
    assert kind.__doc__ and kind.__name__ in errors.__doc__


@pytest.mark.parametrize("kind", EVERY)
def test_exit_code_follows_the_branch(kind):
    expected = 2 if issubclass(kind, UsageError) else 3 if issubclass(kind, NotReadyError) else 1
    assert kind.exit_code == expected


def test_what_a_machine_lacks_is_not_ready():
    assert {GraphicsError, ModelError, RuntimeAbsentError} <= set(NotReadyError.__subclasses__())
    assert issubclass(ProductError, InputError)


@pytest.mark.parametrize(("raised", "code", "line"), [
    (InputError("one\n  two"), 1, "showroom: one two\n"),
    (UsageError("meant?"), 2, "showroom: meant?\n"),
    (ModelError("no weights"), 3, "showroom: no weights\n"),
    (InputError("bell \x07 and escape \x1b[31m"), 1, "showroom: bell \ufffd and escape \ufffd[31m\n"),
    (KeyboardInterrupt(), 130, ""),
    (FileNotFoundError(2, "No such file or directory", "a.png"), 1,
     "showroom: a file could not be read or written: a.png: No such file or directory; "
     "check the path, its rights and the space left\n"),
])
def test_the_command_line_tells_an_error_in_one_line(raised, code, line, monkeypatch, capsys):
    def fail(args):
        raise raised

    only_verb_is(fail, monkeypatch)
    assert cli.main(["doctor"]) == code
    assert capsys.readouterr() == ("", line)


def test_being_asked_to_end_unwinds_first(monkeypatch):
    """SIGTERM must leave no worker, shared memory or half-written file behind."""
    unwound, before = [], signal.getsignal(signal.SIGTERM)

    def be_asked(args):
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            unwound.append(True)

    only_verb_is(be_asked, monkeypatch)
    with pytest.raises(SystemExit) as ended:
        cli.main(["doctor"])
    assert ended.value.code == 143 and unwound == [True]
    assert signal.getsignal(signal.SIGTERM) is before
