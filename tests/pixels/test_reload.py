"""Hot reload: a saved shader is seen, a broken one is named by file and line and changes nothing."""

import os
import shutil

import pytest
import scenes

from showroom import gl
from showroom.paths import SHADERS
from showroom.render.renderer import Renderer


@pytest.fixture
def bench(display, tmp_path):
    """(folder, picture): a copy of the shaders, and the picture of a grey wall drawn by them."""
    folder = tmp_path / "shaders"
    shutil.copytree(SHADERS, folder)
    renderer, scene = Renderer(shadow_texels=64, tone="linear", shaders=folder, coming_s=0.0), scenes.scene()
    scenes.arrive(scene, scenes.quad(size_m=8.0, material=scenes.glowing((0.5, 0.5, 0.5))))

    def picture():
        scene.time_s += 1.0
        renderer.heed_edits(scene.time_s)
        renderer.upload(scene, scenes.NO_BOUND)
        renderer.draw(scene, display.eyes())
        return display.read()

    yield folder, picture
    renderer.close()
    gl.check("reloading")


def save(file, text: str) -> None:
    stamp = file.stat().st_mtime_ns + 1_000_000_000  # file systems differ in how finely they tell time
    file.write_text(text)
    os.utime(file, ns=(stamp, stamp))


def test_an_edit_is_seen_and_a_broken_one_keeps_the_last_good(bench, caplog):
    folder, picture = bench
    grey = picture()
    file = folder / "fog.glsl"
    good = file.read_text()
    save(file, good + "\nvec3 broken( { return vec3(0.0); }\n")
    assert (picture() == grey).all()
    line = len(good.splitlines()) + 2
    assert f"fog.glsl:{line}" in caplog.text and "the last good version stays" in caplog.text
    caplog.clear()
    save(file, good.replace("return mix(fog_color(normalize(to)), color, seen);", "return vec3(1.0, 0.0, 0.0);"))
    red = picture()
    assert red[0, 48, 48].tolist() == [255, 0, 0] and not caplog.text
    save(file, good)
    assert (picture() == grey).all()
