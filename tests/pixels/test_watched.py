"""What a long walk watches OpenGL with: it hears errors and sees objects."""

import importlib.util
from pathlib import Path

import pytest

from showroom import gl


@pytest.fixture
def watch():
    file = Path(__file__).resolve().parents[2] / "scripts" / "soaks" / "_watch.py"
    spec = importlib.util.spec_from_file_location("_watch", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_error_is_heard(display, watch):
    errors = watch.Errors()
    gl.fn.glViewport(0, 0, 4, 4)
    assert not errors.messages
    gl.fn.glEnable(0xFFFF)
    errors.close()
    assert len(errors.messages) == 1 and "glEnable" in errors.messages[0]
    assert gl.fn.glGetError() == 0


def test_an_object_more_is_seen_and_one_given_back_is_not(display, watch):
    before = watch.objects()
    texture = int(gl.GL.glGenTextures(1))
    gl.GL.glBindTexture(gl.GL.GL_TEXTURE_2D, texture)
    assert watch.objects() == before | {"texture": before["texture"] + 1}
    gl.GL.glBindTexture(gl.GL.GL_TEXTURE_2D, 0)
    gl.GL.glDeleteTextures(1, gl.names(texture))
    assert watch.objects() == before
