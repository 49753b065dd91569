"""One headless context for all pixel tests; without one they skip by name."""

import sys
from pathlib import Path

import pytest

from showroom.errors import GraphicsError
from showroom.words.view import Pose

sys.path.insert(0, str(Path(__file__).parent))  # the tests of this folder share scenes.py


@pytest.fixture(scope="session")
def display():
    """A square offscreen display of two views, 96 px, the eye at the origin looking ahead."""
    from showroom.display.offscreen import OffscreenDisplay

    try:
        made = OffscreenDisplay((96, 96), views=2)
    except GraphicsError as error:
        pytest.skip(f"no OpenGL here: {error}")
    made.pose = Pose()
    yield made
    made.close()


@pytest.fixture
def draw(display):
    """draw(scene) → (2, 96, 96, 3) uint8; a renderer that passes linear values through and leaves no error."""
    from showroom import gl
    from showroom.render.renderer import Renderer

    renderer = Renderer(shadow_texels=512, tone="linear", coming_s=0.0)

    def picture(scene, upload=True):
        while upload and scene.arrivals:
            renderer.upload(scene, 1 << 30)
        renderer.upload(scene, 1 << 30)
        renderer.draw(scene, display.eyes())
        return display.read()

    picture.renderer = renderer
    yield picture
    renderer.close()
    gl.check("drawing and closing")
