"""Who may import whom, read from every file of the package.

The rooms never import each other, only `app` and `cli` import rooms, words and tools import
nothing above them, and each heavy library has its one door.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import showroom

PACKAGE = Path(showroom.__file__).parent
ROOMS = {"visit", "imagine", "stage", "render", "display", "senses", "orders"}
TOOLS = {"errors", "paths", "product_table", "config", "gl", "catalogue", "text", "srgb", "forget", "oklab", "fence", "rig_table"}
TOP = {"showroom", "app", "cli", "__main__"}
APART = {"shop"}  # a program of its own, which shares only words and tools with the rest

# library: the modules that may import it
DOORS = {
    "httpx": lambda module: module in {"showroom.orders.shop", "showroom.app.keepsake"} or layer(module) == "shop",
    "OpenGL": lambda module: module == "showroom.gl",
    "glfw": lambda module: module.startswith("showroom.display.window"),
    "xr": lambda module: module.startswith("showroom.display.openxr"),
    "torch": lambda module: _works(module),
    "transformers": lambda module: _works(module),
    "safetensors": lambda module: _works(module),
    **dict.fromkeys(("fastapi", "starlette", "uvicorn", "pydantic", "sqlalchemy", "psycopg", "jinja2"),
                    lambda module: module.startswith("showroom.shop.")),
    "multiprocessing": lambda module: module.startswith(("showroom.imagine.", "showroom.senses.")),
    "miniaudio": lambda module: module.startswith("showroom.senses.audio."),
    "sacn": lambda module: module.startswith("showroom.senses.air."),
    "pythonosc": lambda module: module.startswith("showroom.senses.air."),
}
# the show process's side of `imagine`: it must not even mention the model's libraries
SHOW_SIDE = {"studio", "ring", "messages", "cache", "scribe"}
# loads verbs by name from a closed list, so that help stays quick
MAY_IMPORT_BY_NAME = {"showroom.cli"}
HARMLESS = ("importlib.metadata", "importlib.util", "importlib.resources")


def _works(module: str) -> bool:
    return module.startswith("showroom.imagine.") and module.split(".")[2] not in SHOW_SIDE


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(module: str, source: str, is_package: bool = False) -> list[str]:
    """Dotted names a source imports, wherever in the file, relative ones resolved."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = node.level - is_package
                kept = module.split(".")[:-up or None]
                base = ".".join([*kept, *filter(None, [node.module])])
            names += [f"{base}.{alias.name}" for alias in node.names]
    return names


def layer(name: str) -> str:
    """The part of the house a dotted name of ours belongs to ("words", "stage", "gl", …)."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def broken(module: str, source: str, is_package: bool = False) -> list[str]:
    """One line for each import of `source` that breaks a rule."""
    lines, here = [], layer(module)
    for name in imported(module, source, is_package):
        first = name.split(".")[0]
        if first in DOORS and not DOORS[first](module):
            lines.append(f"{module} imports {name}: that library has another door")
        if first == "importlib" and not name.startswith(HARMLESS) and module not in MAY_IMPORT_BY_NAME:
            lines.append(f"{module} imports {name}: imports by name hide what is imported")
        if first != "showroom":
            continue
        there = layer(name)
        if there in ROOMS and there != here and here not in {"app", "cli"}:
            lines.append(f"{module} imports {name}: only app and cli import rooms")
        if there in APART and here not in {there, "cli"}:
            lines.append(f"{module} imports {name}: {there} is a program of its own")
        if there == "cli" and here not in {"cli", "__main__"}:
            lines.append(f"{module} imports {name}: imports go only downward")
        if there == "app" and here not in {"app", "cli"}:
            lines.append(f"{module} imports {name}: imports go only downward")
        if here == "words" and there not in {"words", "errors", "paths", "showroom"} and there not in _NAMES:
            lines.append(f"{module} imports {name}: words stand on nothing but errors and paths")
        if here == "gl" and there not in {"errors", "gl"}:
            lines.append(f"{module} imports {name}: gl stands on errors alone")
    return lines


_NAMES = {"__version__"}


@pytest.mark.parametrize("module", modules())
def test_module_keeps_the_import_rule(module):
    path = modules()[module]
    source = path.read_text(encoding="utf-8")
    assert broken(module, source, path.name == "__init__.py") == []


def test_every_module_has_a_place_in_the_house():
    unknown = {layer(name) for name in modules()} - ROOMS - TOOLS - TOP - APART - {"words"}
    assert not unknown, f"no rule says who may import {sorted(unknown)}"


@pytest.mark.parametrize(("module", "source"), [
    ("showroom.stage.stage", "from showroom.render.renderer import Renderer"),
    ("showroom.stage.stage", "def late():\n    import showroom.imagine.studio"),
    ("showroom.stage.stage", "from ..render import renderer"),
    ("showroom.words.view", "from showroom.gl import fn"),
    ("showroom.words.view", "from showroom import catalogue"),
    ("showroom.config", "from showroom.imagine import studio"),
    ("showroom.catalogue", "from showroom.app import show"),
    ("showroom.app.show", "from showroom.cli import main"),
    ("showroom.render.pools", "from OpenGL import GL"),
    ("showroom.display.offscreen", "import glfw"),
    ("showroom.display.window", "import xr"),
    ("showroom.imagine.studio", "def late():\n    import torch"),
    ("showroom.imagine.ring", "from transformers import AutoModel"),
    ("showroom.cli.shot", "import torch"),
    ("showroom.stage.stage", "import importlib"),
    ("showroom.app.show", "from showroom.shop.store import open_store"),
    ("showroom.shop.places", "from showroom.app import show"),
    ("showroom.visit.cards", "import sqlalchemy"),
])
def test_rule_sees_a_broken_import(module, source):
    assert len(broken(module, source)) == 1


@pytest.mark.parametrize(("module", "source"), [
    ("showroom.app.show", "from showroom.stage.stage import Stage"),
    ("showroom.cli.shot", "from showroom.app.still import shot"),
    ("showroom.stage.stage", "from showroom.stage import motion\nfrom . import particles"),
    ("showroom.imagine.encoder", "import torch, transformers"),
    ("showroom.render.renderer", "from showroom import gl\nfrom showroom.words.view import View"),
    ("showroom.display.openxr_system", "import xr"),
    ("showroom.cli.doctor", "from importlib import metadata"),
    ("showroom.shop.shelf", "from showroom.catalogue import Catalogue\nfrom sqlalchemy import select"),
])
def test_rule_lets_a_right_import_pass(module, source):
    assert broken(module, source) == []


HEAVY = ("torch", "transformers", "safetensors", "OpenGL", "glfw", "xr")


@pytest.mark.parametrize(("statement", "forbidden"), [
    ("import showroom", (*HEAVY, "numpy")),
    ("import showroom.cli", (*HEAVY, "numpy")),
    ("import showroom.cli; showroom.cli.build_parser()", HEAVY),
    ("import showroom.imagine.studio", HEAVY),
    ("import showroom.imagine.scribe", (*HEAVY, "PIL")),
    ("import showroom.imagine.look.seer", (*HEAVY, "PIL", "numpy")),
    ("import showroom.orders", (*HEAVY, "httpx", "numpy")),
    ("import showroom.app.show", ("torch", "transformers", "safetensors", "glfw", "xr")),
])
def test_import_stays_light(statement, forbidden):
    probe = f"import sys; {statement}; print([name for name in {forbidden!r} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True,
                            timeout=120)
    assert answer.stdout.strip() == "[]"
