"""Staging: every byte arrives whatever its length, no frame waits for the driver, rest costs nothing."""

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.render.pools import new_buffer
from showroom.render.staging import Staging
from showroom.render.upload import PIECE_BYTES
from showroom.words.geometry import Geometry, Material
from showroom.words.image import COLOR, Image
from showroom.words.scene import Daylight

SMALL_BYTES = 2 * PIECE_BYTES


@pytest.fixture
def staging(display):
    made = Staging(1 << 16)
    yield made
    made.close()
    gl.check("closing the staging")


def test_bytes_arrive_many_times_round(staging):
    rng, size = np.random.default_rng(3), 1 << 20
    target, expected = new_buffer(size), np.zeros(size, np.uint8)
    for _ in range(200):
        piece = rng.integers(0, 256, rng.integers(1, 20_000), dtype=np.uint8)
        at, begin = int(rng.integers(0, size - len(piece))), int(rng.integers(0, len(piece)))
        staging.begin()
        if not staging.has_room(len(piece) - begin):
            staging.wait()
        assert staging.has_room(len(piece) - begin)
        staged = staging.put(piece, begin, len(piece) - begin)
        assert staged + len(piece) - begin <= staging.size_bytes
        gl.fn.glCopyNamedBufferSubData(staging.buffer, target, staged, at, len(piece) - begin)
        staging.end()
        expected[at:at + len(piece) - begin] = piece[begin:]
    found = np.empty(size, np.uint8)
    gl.GL.glGetNamedBufferSubData(target, 0, size, found)
    gl.GL.glDeleteBuffers(1, gl.names(target))
    assert np.array_equal(found, expected)


def test_room_is_given_back_only_once_the_driver_is_done(staging, monkeypatch):
    monkeypatch.setattr(gl.fn, "glClientWaitSync", lambda *_: gl.GL.GL_TIMEOUT_EXPIRED)  # a driver far behind
    for _ in range(4):
        staging.put(np.zeros(1 << 14, np.uint8), 0, 1 << 14)
        staging.end()
    staging.begin()
    assert not staging.has_room(1)
    monkeypatch.undo()
    gl.fn.glFinish()
    staging.begin()
    assert staging.has_room(1 << 16)


def speckled(rows: int, seed: int) -> Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (rows, 512, 4), dtype=np.uint8)
    return Image("wall", COLOR, (512, 512), 0, 0, pixels)


def with_small_staging(draw):
    uploader = draw.renderer.uploader
    uploader.staging.close()
    uploader.staging = Staging(SMALL_BYTES)
    return uploader


def texels(uploader, rows: int) -> np.ndarray:
    """(rows, 512, 4) uint8 of the wall's finest level, as the GPU has it."""
    found, layer = np.empty((rows, 512, 4), np.uint8), uploader.surfaces.layer(0, speckled(1, 0))
    gl.GL.glGetTextureSubImage(uploader.surfaces.textures[COLOR], 0, 0, 0, layer, 512, rows, 1, gl.GL.GL_RGBA,
                               gl.GL.GL_UNSIGNED_BYTE, found.nbytes, found)
    return found


def test_an_image_larger_than_the_staging_arrives_whole_when_nobody_waits_for_a_frame(draw):
    uploader, scene, image = with_small_staging(draw), scenes.scene(), speckled(512, 1)
    scenes.arrive(scene, image)
    draw.renderer.upload(scene, scenes.NO_BOUND)
    assert uploader.last_bytes == image.pixels.nbytes > uploader.staging.size_bytes
    assert np.array_equal(texels(uploader, 512), image.pixels) and uploader.surfaces.has(0, "wall")


def test_a_frame_leaves_what_there_is_no_room_for_to_the_next_and_never_waits(draw, monkeypatch):
    uploader, scene, image = with_small_staging(draw), scenes.scene(), speckled(512, 2)
    monkeypatch.setattr(gl.fn, "glClientWaitSync", lambda *_: gl.GL.GL_TIMEOUT_EXPIRED)
    scenes.arrive(scene, image)
    with gl.counting() as count:
        for _ in range(5):
            draw.renderer.upload(scene, SMALL_BYTES)
    assert count.by_name["glTextureSubImage3D"] == 2 and not count.by_name["glFinish"]
    assert not uploader.surfaces.has(0, "wall")
    monkeypatch.undo()
    for _ in range(10):
        gl.fn.glFinish()
        draw.renderer.upload(scene, SMALL_BYTES)
    assert np.array_equal(texels(uploader, 512), image.pixels) and uploader.surfaces.has(0, "wall")


def test_a_frame_in_which_nothing_comes_makes_no_call(draw):
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad())
    draw(scene)
    with gl.counting() as count:
        draw.renderer.upload(scene, 1 << 20)
    assert count.total == 0


def test_what_is_drawn_from_staged_geometry_is_what_was_sent(draw):
    scene, quad = scenes.scene(Daylight()), scenes.quad(material=scenes.glowing((1, 1, 1)), size_m=8.0)
    speck = scenes.quad(size_m=0.01)  # so many of them cover next to nothing
    many = Geometry("crowd", Material(), speck.vertices, speck.indices, scenes.instances(30_000))
    scenes.arrive(scene, many, quad)  # the crowd's instances fill the staging more than once
    with_small_staging(draw)
    assert draw(scene)[0, 48, 48].min() > 250
