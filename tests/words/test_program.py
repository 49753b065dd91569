"""Shader sources, without a driver: includes once, other stages left alone, messages located."""

import pytest

from showroom.errors import ShaderError
from showroom.paths import SHADERS
from showroom.render.program import preprocess

PROGRAMS = sorted(path.name for path in SHADERS.glob("*.glsl") if "#ifdef FRAGMENT" in path.read_text())


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "std.glsl").write_text("float one;\n")
    (tmp_path / "wind.glsl").write_text('#include "std.glsl"\nfloat wind;\n')
    (tmp_path / "main.glsl").write_text(
        '#ifdef VERTEX\n#include "wind.glsl"\n#include "std.glsl"\nvoid v();\n#endif\n'
        '#ifdef FRAGMENT\n#include "std.glsl"\nvoid f();\n#endif\n')
    return tmp_path


def test_a_file_is_included_once_and_only_in_its_stage(folder):
    vertex, fragment = preprocess("main.glsl", "VERTEX", folder), preprocess("main.glsl", "FRAGMENT", folder)
    assert vertex.text.count("float one;") == 1 and vertex.text.count("float wind;") == 1
    assert fragment.text.count("float one;") == 1 and "float wind;" not in fragment.text


def test_messages_name_file_and_line(folder):
    source = preprocess("main.glsl", "VERTEX", folder)
    wind = source.files.index("wind.glsl")
    assert source.locate(f"{wind}:2(7): error: no") == "wind.glsl:2(7): error: no"
    lines = source.text.splitlines()
    at = lines.index("float wind;")
    assert lines[at - 1] == f"#line 2 {wind}"


def test_a_missing_include_is_named(folder):
    (folder / "bad.glsl").write_text('#ifdef VERTEX\n#include "nowhere.glsl"\n#endif\n')
    with pytest.raises(ShaderError, match=r"nowhere\.glsl, asked for by bad\.glsl:2"):
        preprocess("bad.glsl", "VERTEX", folder)


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("stage", ["VERTEX", "FRAGMENT"])
def test_every_program_preprocesses(name, stage):
    assert "void main()" in preprocess(name, stage).text


def test_the_programs_are_the_renderers():
    from showroom.render.renderer import PROGRAMS as used
    assert [f"{name}.glsl" for name in sorted(used)] == PROGRAMS
