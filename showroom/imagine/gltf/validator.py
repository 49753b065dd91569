"""Validator: what Khronos' own glTF validator says of a model, where it is installed. Nothing is fetched.

It is npm's `gltf-validator`, run by `node`: found in a folder `node_modules` of the working directory or above it,
among npm's global packages, or on NODE_PATH.
"""

import functools
import json
import os
import shutil
import subprocess
from pathlib import Path

PACKAGE = "gltf-validator"
ABSENT = f"it was read, but not validated: node or npm's {PACKAGE} is not here (npm install --global {PACKAGE})"
_SCRIPT = Path(__file__).with_name("validate.cjs")
_PATIENCE_S = 60.0
_MOST_BYTES = 8 << 20
_MOST_LETTERS = 300  # of the first issue: a pointer has names from the file in it
_SEVERITIES = (("numErrors", "error"), ("numWarnings", "warning"), ("numInfos", "info"), ("numHints", "hint"))


def report_of(model: Path) -> dict | None:
    """The validator's report, None where it is not here or gives none."""
    node, places = shutil.which("node"), _places()
    if node is None or places is None:
        return None
    try:
        run = subprocess.run([node, str(_SCRIPT), str(model)], capture_output=True, timeout=_PATIENCE_S, check=False,
                             env=os.environ | {"NODE_PATH": places}, stdin=subprocess.DEVNULL)
        report = json.loads(run.stdout[:_MOST_BYTES])
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return None
    return report if isinstance(report, dict) and "issues" in report else None


def counted(model: Path) -> str:
    """One line: how many issues of each severity, and the first of the worst."""
    report = report_of(model)
    if report is None:
        return f"the model {model.name}: {ABSENT}"
    issues = report["issues"]
    counts = ", ".join(f"{issues.get(key, 0)} {word}{'s' * (issues.get(key, 0) != 1)}" for key, word in _SEVERITIES)
    worst = min(issues.get("messages") or [], key=lambda message: message.get("severity", 9), default=None)
    first = "" if worst is None else f"; {worst.get('code')} at {worst.get('pointer') or 'the file'}"
    first = "".join(letter if letter.isprintable() else " " for letter in first)[:_MOST_LETTERS]
    return f"the model {model.name}: {PACKAGE} {report.get('validatorVersion', '')}: {counts}{first}"


@functools.cache
def _places() -> str | None:
    """Where node shall look for the package; None if it is in none of them."""
    folders = [place / "node_modules" for place in (Path.cwd(), *Path.cwd().parents)]
    folders += map(Path, filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)))
    folders += _global()
    found = [folder for folder in folders if (folder / PACKAGE / "package.json").is_file()]
    return str(found[0]) if found else None


def _global() -> list[Path]:
    """Where npm keeps what was installed for all."""
    npm = shutil.which("npm")
    if npm is None:
        return []
    try:
        said = subprocess.run([npm, "root", "--global"], capture_output=True, text=True, timeout=20, check=False,
                              stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [Path(said.stdout.strip())] if said.stdout.strip() else []
