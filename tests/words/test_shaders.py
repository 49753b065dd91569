"""Shaders are small, and say nothing that the language leaves undefined."""

import re

import pytest

from showroom.paths import SHADERS

FILES = sorted(SHADERS.glob("*.glsl"))
NUMBER = r"(?:vec[234]\()?(-?[0-9]+\.[0-9]*)\)?"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_shader_is_small_and_says_what_it_does(file):
    text = file.read_text()
    assert text.startswith(f"// {file.name}: ") and len(text.splitlines()) <= 200


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_step_runs_backwards(file):
    # smoothstep is undefined where its first edge is not below its second (GLSL 4.50, 8.3)
    edges = re.findall(rf"smoothstep\(\s*{NUMBER},\s*{NUMBER},", file.read_text())
    assert all(float(low) < float(high) for low, high in edges), edges


# what only moves numbers about: no formula of anybody's
PLAIN = {"sign", "backdrop", "thing", "clear", "copy", "depth", "floor", "frame", "glow", "ray", "screen"}


@pytest.mark.parametrize("file", [file for file in FILES if file.stem not in PLAIN],
                         ids=lambda file: file.name)
def test_formulas_name_where_they_come_from(file):
    comments = " ".join(re.findall(r"//(.*)", file.read_text()))
    source = r"[A-Z]\w+.{0,40}\b(1[89]|20)\d\d\b|OpenGL 4\.5, section"
    assert re.search(source, comments), "no author and year"
