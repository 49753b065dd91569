"""Shader programs from our files: one file a program, both stages under #ifdef, includes once.

Driver messages name a source string by number; they are turned back into our file and line.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from showroom import gl
from showroom.errors import ShaderError
from showroom.paths import SHADERS

_HEADER = """#version 450 core
#extension GL_ARB_shader_viewport_layer_array : require
#extension GL_ARB_shader_draw_parameters : require
"""
_INCLUDE = re.compile(r'^\s*#include\s+"([\w.]+)"\s*$')
_PLACE = re.compile(r"\b(\d+)[:(](\d+)\)?")


@dataclass(frozen=True)
class Source:
    """Text for the driver, and the files its #line numbers stand for."""

    text: str
    files: tuple[str, ...]

    def locate(self, message: str) -> str:
        """A driver's message with "3:17" or "3(17)" replaced by "wind.glsl:17"."""
        def named(match):
            number = int(match[1])
            return f"{self.files[number]}:{match[2]}" if number < len(self.files) else match[0]
        return _PLACE.sub(named, message)


def preprocess(name: str, stage: str, folder: Path = SHADERS) -> Source:
    """The source of one stage ("VERTEX" or "FRAGMENT") of a program file.

    Each file is included once, where it is first asked for. Raises ShaderError naming the file that
    asks for one that is missing.
    """
    files: list[str] = []
    lines = [_HEADER + f"#define {stage}"]

    def read(file: str, asked_by: str) -> None:
        try:
            text = (folder / file).read_text(encoding="utf-8")
        except OSError:
            raise ShaderError(f"reading shader {file}, asked for by {asked_by}: no such file in {folder}") from None
        number = len(files)
        files.append(file)
        lines.append(f"#line 1 {number}")
        skipping = 0  # inside the other stage's #ifdef: its includes are not ours
        for at, line in enumerate(text.splitlines(), 1):
            skipping = _skipping(line, stage, skipping)
            match = _INCLUDE.match(line)
            if not match:
                lines.append(line)
            elif skipping or match[1] in files:
                lines.append("")
            else:
                read(match[1], f"{file}:{at}")
                lines.append(f"#line {at + 1} {number}")

    read(name, "the renderer")
    return Source("\n".join(lines) + "\n", tuple(files))


def _skipping(line: str, stage: str, depth: int) -> int:
    """Depth of #if nesting inside a stage that is not `stage`; 0 when not inside one."""
    word = line.split()
    if not word or not word[0].startswith("#"):
        return depth
    if depth:
        return depth + (word[0] in ("#if", "#ifdef", "#ifndef")) - (word[0] == "#endif")
    other = {"VERTEX", "FRAGMENT"} - {stage}
    return 1 if word[0] == "#ifdef" and len(word) > 1 and word[1] in other else 0


class Program:
    """A linked program. `reload` keeps the last good one when an edit is broken."""

    def __init__(self, name: str, folder: Path = SHADERS):
        self.name, self._folder = name, folder
        self.files: tuple[str, ...] = ()
        self._told: dict[int, int] = {}
        self.id = self._build()

    def _build(self) -> int:
        gl_ = gl.GL
        program = gl_.glCreateProgram()
        stages = []
        for stage, kind in (("VERTEX", gl_.GL_VERTEX_SHADER), ("FRAGMENT", gl_.GL_FRAGMENT_SHADER)):
            source = preprocess(self.name, stage, self._folder)
            self.files = tuple(dict.fromkeys(self.files + source.files))
            stages.append(_compile(source, kind, self.name))
            gl_.glAttachShader(program, stages[-1])
        gl_.glLinkProgram(program)
        for shader in stages:
            gl_.glDeleteShader(shader)
        if not gl_.glGetProgramiv(program, gl_.GL_LINK_STATUS):
            log = gl_.glGetProgramInfoLog(program)
            gl_.glDeleteProgram(program)
            raise ShaderError(f"linking {self.name}: {_text(log)}")
        return program

    def reload(self) -> None:
        """Builds again from the files; raises ShaderError and keeps the old program if that fails."""
        fresh = self._build()
        gl.GL.glDeleteProgram(self.id)
        self.id = fresh
        self._told.clear()

    def tell(self, location: int, value: int) -> None:
        """Sets an integer uniform of the program in use, unless that is what it was told last."""
        if self._told.get(location) != value:
            gl.fn.glUniform1i(location, value)
            self._told[location] = value

    def close(self) -> None:
        """Deletes the program."""
        gl.GL.glDeleteProgram(self.id)


def _compile(source: Source, kind: int, name: str) -> int:
    shader = gl.GL.glCreateShader(kind)
    gl.GL.glShaderSource(shader, source.text)
    gl.GL.glCompileShader(shader)
    if not gl.GL.glGetShaderiv(shader, gl.GL.GL_COMPILE_STATUS):
        log = _text(gl.GL.glGetShaderInfoLog(shader))
        gl.GL.glDeleteShader(shader)
        raise ShaderError(f"compiling {name}: {source.locate(log)}")
    return shader


def _text(log) -> str:
    return (log.decode(errors="replace") if isinstance(log, bytes) else str(log)).strip()


class Edits:
    """Notices when a shader file was saved, by asking the file system twice a second."""

    EVERY_S = 0.5

    def __init__(self, folder: Path = SHADERS):
        self._folder, self._asked_s = folder, -1.0
        self._seen = self._stamps()

    def any(self, time_s: float) -> bool:
        """Whether any file was saved since this was last true; asked more often, it says no."""
        if 0.0 <= time_s - self._asked_s < self.EVERY_S:
            return False
        self._asked_s, before = time_s, self._seen
        self._seen = self._stamps()
        return self._seen != before

    def _stamps(self) -> dict[str, int]:
        return {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(self._folder) if entry.name.endswith(".glsl")}
