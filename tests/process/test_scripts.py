"""The set-up scripts: what they find missing, when they install, and that a second start installs nothing.

A pretended checkout with a pretended Python that writes down what it was asked; nothing is downloaded.
"""

import os
import shutil
import subprocess

import pytest

PYTHON = """#!/bin/sh
echo "$@" >> "{log}"
case "$*" in
    *version_info*) exit {too_old} ;;
    "-m venv --clear "*)
        mkdir -p "$4/bin"
        cp "$0" "$4/bin/python"
        echo "#!$4/bin/python" > "$4/bin/pip"
        printf '#!/bin/sh\\necho "showroom $*"\\n' > "$4/bin/showroom"
        chmod +x "$4/bin/showroom" ;;
esac
"""


@pytest.fixture
def checkout(repository, tmp_path):
    """A folder with the real scripts, and `python` standing in for Python."""
    root = tmp_path / "a checkout"
    shutil.copytree(repository / "scripts", root / "scripts")
    (root / "scripts" / "system_packages.txt").write_text("python3  venv  command:sh  # always there\n")
    (root / "pyproject.toml").write_text("[project]\n")
    (root / "constraints.txt").write_text("torch==2.13.0\n")
    pretend_python(root)
    return root


def pretend_python(root, too_old=0):
    """Puts the stand-in where PYTHON will point."""
    program = root / "python"
    program.write_text(PYTHON.format(log=root / "log", too_old=too_old))
    program.chmod(0o755)


def start(root, script, *arguments):
    """Runs a script of the pretended checkout from elsewhere, with an empty home and without git."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(root / "home"), "PYTHON": str(root / "python")}
    return subprocess.run([str(root / "scripts" / script), *arguments], cwd="/", env=environment, text=True,
                          capture_output=True, timeout=60, check=False)


def installs(root):
    """How often pip was asked to install since the last time."""
    log = root / "log"
    lines = log.read_text().splitlines() if log.exists() else []
    log.unlink(missing_ok=True)
    return sum(line.startswith("-m pip install") for line in lines)


def test_first_start_installs_and_the_second_does_not(checkout):
    first = start(checkout, "run", "--product", "a b")
    assert (first.returncode, first.stdout) == (0, "showroom preview --product a b\n"), first.stderr
    assert "to download" in first.stderr and installs(checkout) == 2
    second = start(checkout, "run")
    assert (second.returncode, second.stdout, second.stderr) == (0, "showroom preview\n", "")
    assert installs(checkout) == 0


def test_changed_pins_and_a_moved_checkout_install_again(checkout):
    start(checkout, "run")
    installs(checkout)
    (checkout / "constraints.txt").write_text("torch==2.13.1\n")
    assert start(checkout, "run").returncode == 0 and installs(checkout) == 2
    moved = checkout.with_name("moved")
    checkout.rename(moved)
    pretend_python(moved)
    assert start(moved, "run").returncode == 0 and installs(moved) == 2


def test_bake_shares_what_run_installed(checkout):
    start(checkout, "run")
    installs(checkout)
    answer = start(checkout, "bake", "catalogue.toml")
    assert answer.stdout == "showroom bake catalogue.toml\n" and installs(checkout) == 0


def test_an_old_python_is_refused_in_words(checkout):
    pretend_python(checkout, too_old=1)
    answer = start(checkout, "run")
    assert answer.returncode == 3
    assert "3.11 or newer is needed" in answer.stderr and installs(checkout) == 0


def test_missing_packages_are_those_whose_proof_fails(checkout):
    (checkout / "scripts" / "system_packages.txt").write_text(
        "# comment\n\n"
        "there    draw  libnone.so.1|command:sh  # the second proof holds\n"
        "absent   draw  libnone.so.1\n"
        "program  draw  command:no-such-program\n"
        "other    test  command:no-such-program\n")
    command = ["bash", "-c", 'source "$0"; missing_packages draw', checkout / "scripts" / "setup.sh"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout.split() == ["absent", "program"]


def test_every_listed_package_has_a_tier_a_proof_and_a_reason(repository):
    lines = (repository / "scripts" / "system_packages.txt").read_text().splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    assert rows
    for row in rows:
        package, tier, proof, *_ = row.split()
        assert tier in {"venv", "draw", "test"}, package
        assert all(one.startswith(("lib", "command:", "module:")) for one in proof.split("|")), package
        assert "#" in row, package
