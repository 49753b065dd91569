"""Laws of what a display asks for beside colour: part of its images, depth, nothing where lenses hide."""

import contextlib
import dataclasses

import numpy as np
import pytest
import scenes

from showroom import gl
from showroom.display.targets import ArrayTarget
from showroom.render.picture import framebuffer, new_texture
from showroom.words.geometry import Material
from showroom.words.scene import Daylight
from showroom.words.view import Eyes, Fov, HiddenArea, Pose, View, clip_from_view

DAY = Daylight((0.3, 0.8, 0.5), (0.7, 0.6, 0.5), (0.1, 0.2, 0.4), (0.4, 0.4, 0.5), (0.1, 0.1, 0.1))
EDGE = 96
RED = Material(base_color=(0.8, 0.3, 0.2, 1))


def small_place():
    """A floor that mirrors, something that stands before the sky, and a pane that bends it."""
    made = scenes.scene(DAY)
    polished = Material(kind="polished", roughness=0.1)
    glass = Material(kind="glass", ior=1.2, roughness=0.0)
    scenes.arrive(made, scenes.quad((0, -0.6, -2), 4.0, (0, 1, 0), polished, "floor"),
                  scenes.quad((0.2, 0.1, -2), 0.8, (0.1, 0.1, 1), RED, "thing"),
                  scenes.quad((-0.2, 0.1, -1.2), 0.5, (0.1, 0, 1), glass, "pane"))
    return made


@pytest.fixture
def output(display):
    made = ArrayTarget((EDGE, EDGE), 2)
    yield made
    made.close()


def drawn(draw, display, output, made, **changes) -> np.ndarray:
    """(2, 96, 96, 3): the scene drawn into a target of its own that is `changed` so, on magenta."""
    hidden = changes.pop("hidden", None)
    target = dataclasses.replace(output.target, **changes)
    while made.arrivals:
        draw.renderer.upload(made, scenes.NO_BOUND)
    magenta = np.array([1, 0, 1, 1], dtype=np.float32)
    gl.fn.glClearNamedFramebufferfv(target.framebuffer, gl.GL.GL_COLOR, 0, gl.pointer(magenta))
    draw.renderer.draw(made, Eyes(display.eyes().views, target, hidden))
    return output.read()[..., :3]


def test_part_of_the_images_shows_the_whole_view_and_leaves_the_rest(draw, display, output):
    made = small_place()
    part = drawn(draw, display, output, made, size=(66, 66), room=(EDGE, EDGE))
    own = ArrayTarget((66, 66), 2)
    try:
        alone = drawn(draw, display, own, made)
    finally:
        own.close()
    shown = part[:, EDGE - 66:, :66].astype(int)  # the lower left corner
    assert np.abs(shown - alone).mean() < 1.0  # what bends and mirrors reads a copy of another size
    assert (part[:, :EDGE - 66] == (255, 0, 255)).all() and (part[:, :, 66:] == (255, 0, 255)).all()


def test_opaque_things_are_the_same_in_part_of_the_images(draw, display, output):
    made = scenes.scene(DAY)
    scenes.arrive(made, scenes.quad((0.2, 0.1, -2), 0.8, (0.1, 0.1, 1), RED))
    part = drawn(draw, display, output, made, size=(66, 66), room=(EDGE, EDGE))
    own = ArrayTarget((66, 66), 2)
    try:
        assert (part[:, EDGE - 66:, :66] == drawn(draw, display, own, made)).all()
    finally:
        own.close()


def test_a_target_that_is_wholly_used_is_drawn_as_ever(draw, display, output):
    made = small_place()
    assert (drawn(draw, display, output, made, room=(EDGE, EDGE)) == drawn(draw, display, output, made)).all()


def test_what_changes_with_every_frame_makes_nothing_anew(draw, display, output):
    made = small_place()
    drawn(draw, display, output, made, room=(EDGE, EDGE))
    before = objects()
    for edge in (90, 80, 70, 80, 96):
        drawn(draw, display, output, made, size=(edge, edge), room=(EDGE, EDGE))
    assert before == objects()


def objects() -> list[int]:
    return [name for name in range(1, 200) if gl.GL.glIsTexture(name) or gl.GL.glIsFramebuffer(name)]


@contextlib.contextmanager
def with_depth(output):
    """A framebuffer of output's colour with depth beside, and a reader of that: (2, 96, 96), row 0 at the top."""
    GL = gl.GL
    texture = new_texture(GL.GL_TEXTURE_2D_ARRAY)
    GL.glTextureStorage3D(texture, 1, GL.GL_DEPTH_COMPONENT32F, EDGE, EDGE, 2)
    both = framebuffer({GL.GL_COLOR_ATTACHMENT0: output.texture, GL.GL_DEPTH_ATTACHMENT: texture})

    def read() -> np.ndarray:
        depths = np.empty((2, EDGE, EDGE), dtype=np.float32)
        GL.glGetTextureImage(texture, 0, GL.GL_DEPTH_COMPONENT, GL.GL_FLOAT, depths.nbytes,
                             GL.GLvoidp(gl.pointer(depths)))
        return depths[:, ::-1]

    yield both, read
    gl.fn.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
    GL.glDeleteFramebuffers(1, gl.names(both))
    GL.glDeleteTextures(1, gl.names(texture))


def window_depth(distance_m: float, view: View) -> float:
    clip = clip_from_view(view.fov, view.near_m, view.far_m) @ [0.0, 0.0, -distance_m, 1.0]
    return float(clip[2] / clip[3]) / 2 + 0.5


def test_depth_is_kept_as_near_and_far_say(draw, display, output):
    made = scenes.scene(DAY)
    scenes.arrive(made, scenes.quad((0, 0, -2), 1.0, part="near"), scenes.quad((0, 0, -40), 24.0, part="far"))
    with with_depth(output) as (both, read):
        for _ in range(2):  # what the frame before left is no obstacle
            drawn(draw, display, output, made, framebuffer=both, keeps_depth=True)
            depths, view = read(), display.eyes().views[0]
            assert depths[:, 48, 48] == pytest.approx(window_depth(2.0, view), abs=1e-5)
            assert depths[:, 48, 24] == pytest.approx(window_depth(40.0, view), abs=1e-5)
            assert (depths[:, 2, 48] == 1.0).all(), "the sky is as far as can be"


def test_at_an_edge_the_nearer_depth_is_kept(draw, display, output):
    made = scenes.scene(DAY)
    scenes.arrive(made, scenes.quad((0.13, 0.0, -2), 1.0))
    with with_depth(output) as (both, read):
        picture = drawn(draw, display, output, made, framebuffer=both, keeps_depth=True)
        depths = read()[0]
    sky, thing = (picture[0, 48, column].astype(int) for column in (2, 48))
    row = picture[0, 48].astype(int)
    mixed = [column for column in range(EDGE) if np.abs(row[column] - sky).max() > 8
             and np.abs(row[column] - thing).max() > 8]
    assert mixed, "no pixel of this edge shows both"
    assert (depths[48, mixed] < 1.0).all()


def corner(views) -> HiddenArea:
    """The left fifth of what each view spans, as two triangles that turn either way."""
    def triangles(fov: Fov) -> np.ndarray:
        left, right, up, down = (np.tan(angle) for angle in (fov.left, fov.right, fov.up, fov.down))
        fifth = left + (right - left) / 5
        return np.array([[(left, down), (fifth, down), (fifth, up)], [(left, down), (left, up), (fifth, up)]],
                        dtype=np.float32)
    return HiddenArea(tuple(triangles(view.fov) for view in views))


def test_what_lenses_hide_is_black_and_the_rest_as_it_was(draw, display, output):
    made, columns = small_place(), round(EDGE / 5)
    plain = drawn(draw, display, output, made).astype(int)
    hidden = corner(display.eyes().views)
    masked = drawn(draw, display, output, made, hidden=hidden).astype(int)
    assert (masked[:, :, :columns - 1] == 0).all() and (plain[:, :, :columns - 1] > 0).any()
    kept = np.abs(masked - plain)[:, :, columns + 8:]  # glass and floor read what is there, coarsely
    assert kept.max() <= 1
    assert (drawn(draw, display, output, made) == plain).all(), "it is not hidden for ever"


def test_what_lenses_hide_is_far_in_the_depth_that_is_kept(draw, display, output):
    made = scenes.scene(DAY)
    scenes.arrive(made, scenes.quad((0, 0, -2), 8.0))
    with with_depth(output) as (both, read):
        hidden = corner(display.eyes().views)
        drawn(draw, display, output, made, framebuffer=both, keeps_depth=True, hidden=hidden)
        depths = read()
    assert (depths[:, :, :18] == 1.0).all() and (depths[:, :, 20:] < 1.0).all()


def test_what_lenses_hide_is_not_shaded(draw, display, output):
    def shaded(hidden) -> int:
        GL = gl.GL
        query = int(np.ravel(GL.glGenQueries(1))[0])
        GL.glBeginQuery(GL.GL_SAMPLES_PASSED, query)
        drawn(draw, display, output, made, hidden=hidden)
        GL.glEndQuery(GL.GL_SAMPLES_PASSED)
        return int(GL.glGetQueryObjectuiv(query, GL.GL_QUERY_RESULT))

    made = scenes.scene(DAY)
    scenes.arrive(made, scenes.quad((0, 0, -2), 8.0, material=Material(kind="foliage")),
                  *(scenes.quad((0, 0, -1.9 + 0.1 * n), 8.0, material=Material(kind="glow"), part=f"glow {n}")
                    for n in range(5)))
    shaded(None)
    everything = shaded(None)
    fifth = shaded(corner(display.eyes().views))
    samples = 2 * 4 * EDGE * EDGE
    assert everything - fifth > 0.19 * 6 * samples - 0.25 * samples, "six layers less, one mask more"


def test_a_view_that_leans_hides_the_same_corner(draw, display, output):
    """Asymmetric angles: the mesh lies where its tangents say."""
    fov = Fov(-0.9, 0.5, 0.6, -0.7)
    views = tuple(View(Pose((0, 0, 0), (0, 0.38, 0, 0.92)), fov, layer) for layer in range(2))
    made = scenes.scene()
    scenes.arrive(made, *scenes.flat_sky((0.5, 0.5, 0.5)))
    while made.arrivals:
        draw.renderer.upload(made, scenes.NO_BOUND)
    draw.renderer.draw(made, Eyes(views, output.target, corner(views)))
    bright = output.read()[..., 0] > 100
    assert bright.sum(axis=2).min() == bright.sum(axis=2).max() and abs(bright[0, 0].sum() - 0.8 * EDGE) <= 1
