"""Laws of matter that hold for every roughness and every light: nothing makes light, relief faces the right
way, clear things are clear. Laws of light, views and arrivals stand in the files of those names."""

import numpy as np
import pytest
import scenes

from showroom.render.blocks import MAX_LIGHTS
from showroom.words.geometry import VERTEX, Geometry, Light, Material
from showroom.words.image import COLOR, DETAIL, Image
from showroom.words.scene import Daylight
from showroom.words.view import Pose, yaw_pitch

GREY = (0.5, 0.5, 0.5)
FURNACE = Daylight(zenith=GREY, horizon=GREY, ground=GREY)
KINDS = {"plain": {}, "metal": {"metallic": 1.0}, "lacquer": {"clearcoat": 1.0}, "velvet": {"sheen": 1.0},
         "thin": {"translucency": 1.0}, "lacquered metal": {"metallic": 1.0, "clearcoat": 1.0}}


BALL_M, BALL_AT = 0.9, (0.0, 0.0, -2.0)
TILES = 6  # of the relief from pole to pole


def sphere(material: Material = Material(), rings=32) -> Geometry:
    """A ball that fills most of the view; u runs to the right seen from outside, v downwards, tangents as u."""
    rows, columns = np.mgrid[0:rings + 1, 0:2 * rings + 1]
    polar, around = np.pi * rows / rings, np.pi * columns / rings
    out = np.sin(polar)
    normal = np.stack([out * np.sin(around), np.cos(polar), out * np.cos(around)], axis=-1)
    tangent = np.stack([np.cos(around), np.zeros_like(around), -np.sin(around)], axis=-1)
    vertices = np.zeros(normal.shape[:2], VERTEX)
    vertices["position"] = np.asarray(BALL_AT) + BALL_M * normal
    vertices["normal"][..., :3] = np.round(normal * 127)
    vertices["tangent"][..., :3] = np.round(tangent * 127)
    vertices["tangent"][..., 3] = 127  # the bitangent runs up, as the relief's y does and v does not
    vertices["uv"] = np.stack([columns, rows], axis=-1) * (TILES / rings)
    vertices["shade"] = (255, 0, 0, 255)
    corner = np.arange(rings)[:, None] * (2 * rings + 1) + np.arange(2 * rings)
    below = corner + 2 * rings + 1
    faces = np.stack([corner, below, below + 1, corner, below + 1, corner + 1], axis=-1)
    return Geometry("sphere", material, vertices.ravel(), faces.astype(np.uint32).ravel(),
                    scenes.instances(1), casts_shadow=False)


def bumps(level: int, edge_px: int = 64) -> Image:
    """One level of a relief of round bumps, one in the middle of each tile; normals lean away from its top."""
    edge = edge_px >> level
    y, x = (np.indices((edge, edge)) + 0.5) / edge * 2 - 1
    inside = np.hypot(x, y) < 0.7
    pixels = np.full((edge, edge, 4), 255, np.uint8)
    pixels[..., 0] = np.where(inside, 127.5 + 110 * x, 127.5)
    pixels[..., 1] = np.where(inside, 127.5 - 110 * y, 127.5)  # rows run down, the relief's y up
    return Image("wall", DETAIL, (edge_px, edge_px), level, 0, pixels)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_shines_brighter_than_the_furnace_it_stands_in(draw, kind):
    scene = scenes.scene(FURNACE)
    scenes.arrive(scene, *scenes.flat_sky(GREY))
    for roughness in (0.06, 0.15, 0.3, 0.5, 0.7, 1.0):
        scenes.arrive(scene, sphere(Material(roughness=roughness, **KINDS[kind])))
        assert draw(scene).max() <= scenes.srgb(0.5 * 1.01) + 0.5, roughness


@pytest.mark.parametrize("facing", [1.0, 0.5])
@pytest.mark.parametrize("kind", KINDS)
def test_lamps_all_round_get_back_no_more_than_they_send(draw, kind, facing):
    """The hemisphere of directions, sampled by lamps: what one view receives of all of them, by reciprocity,
    is what a surface sends everywhere of one (Helmholtz). Lambert's white gives 1."""
    normal = np.array([np.sqrt(1 - facing ** 2), 0.0, facing])
    lamps, rounds = _directions(2 * MAX_LIGHTS, normal), 2
    for roughness in (0.5, 0.75, 1.0):
        total, wall = 0.0, scenes.quad((0, 0, -2), 0.6, normal, Material(roughness=roughness, **KINDS[kind]))
        for some in np.split(lamps, rounds):
            scene = scenes.scene()
            scenes.arrive(scene, wall)
            scene.lights = [(0, Light(tuple(FAR_M * toward + (0, 0, -2)), (BRIGHT,) * 3, 1e4))
                            for toward in some]
            total += scenes.linear(draw(scene)[0, 46:50, 46:50, 1]).mean()
        albedo = total * 2 / len(lamps) * FAR_M ** 2 / BRIGHT
        assert 0.2 < albedo <= 1.02, roughness
        assert kind != "plain" or albedo > 0.9, "Lambert's white gives nearly all back"


FAR_M = 40.0
BRIGHT = 0.012 * FAR_M ** 2


def _directions(count: int, normal) -> np.ndarray:
    """(count, 3) unit vectors spread evenly over the hemisphere round a normal, near ones far apart in order.
    Source: Vogel 1979, the golden spiral, on equal bands of height."""
    number = np.arange(count) * 5 % count
    height, around = (number + 0.5) / count, number * np.pi * (3 - np.sqrt(5))
    ring = np.sqrt(1 - height ** 2)
    aside = np.cross([0.0, 1.0, 0.0], normal)
    aside /= np.linalg.norm(aside)
    along = np.cross(normal, aside)
    return np.outer(ring * np.cos(around), aside) + np.outer(ring * np.sin(around), along) + np.outer(height, normal)


def on_the_ball(display) -> np.ndarray:
    """(96, 96, 2) u and v of the ball under each pixel of the left eye; NaN beside it."""
    eye = display.eyes().views[0]
    side = np.tan(eye.fov.right) * (np.arange(96) + 0.5 - 48) / 48
    ray = np.stack([*np.meshgrid(side, -side), np.full((96, 96), -1.0)], axis=-1)
    ray /= np.linalg.norm(ray, axis=-1, keepdims=True)
    to = np.asarray(BALL_AT) - eye.pose.position
    along = ray @ to
    inside = BALL_M ** 2 - (to @ to - along ** 2)
    reach = along - np.sqrt(np.where(inside > 0, inside, np.nan))
    normal = (reach[..., None] * ray - to) / BALL_M
    around, polar = np.arctan2(normal[..., 0], normal[..., 2]), np.arccos(normal[..., 1])
    return np.stack([around, polar], axis=-1) * (TILES / np.pi)


@pytest.mark.parametrize(("toward", "side"), [((-1, 0, 1), 0), ((1, 0, 1), 0), ((0, 1, 1), 1),
                                              ((0, -1, 1), 1)])
def test_light_from_one_side_brightens_that_side_of_every_bump(draw, display, toward, side):
    toward = np.asarray(toward) / np.sqrt(2)
    ball = sphere(Material(surface="wall", roughness=1.0))

    def lit(relief) -> np.ndarray:
        scene = scenes.scene(Daylight(sun_direction=tuple(toward), sun=(0.8, 0.8, 0.8)))
        white = [scenes.flat_image("wall", COLOR, (255,) * 4, (64, 64), level) for level in range(7)]
        scenes.arrive(scene, ball, *white, *map(relief, range(7)))
        return scenes.linear(draw(scene)[0])[..., 1]

    smooth = lit(lambda level: scenes.flat_image("wall", DETAIL, (128, 128, 255, 255), (64, 64), level))
    gain = lit(bumps) / np.maximum(smooth, 1e-3)
    at = on_the_ball(display)
    tile, within = np.floor(at), at % 1.0 - 0.5
    judged = 0
    for u, v in [(u, v) for u in range(-2, 2) for v in range(1, 5)]:
        here = (tile == (u, v)).all(axis=-1) & (np.hypot(*np.moveaxis(within, -1, 0)) < 0.3) & (smooth > 0.2)
        # u grows to the right, v downwards
        towards = np.sign(toward[0]) * within[..., 0] if side == 0 else -np.sign(toward[1]) * within[..., 1]
        facing, averted = here & (towards > 0.08), here & (towards < -0.08)
        if facing.sum() > 8 and averted.sum() > 8:
            judged += 1
            assert gain[facing].mean() > 1.02 * gain[averted].mean(), (u, v)
    assert judged >= 4


@pytest.mark.parametrize("roughness", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("shape", ["pane", "ball"])
def test_glass_of_no_refraction_is_invisible(draw, shape, roughness):
    """Whatever its shape: at ior 1 nothing is bent, mirrored or absorbed."""
    behind = scenes.quad((0, 0, -4), 12.0, material=scenes.glowing((0.5, 0.3, 0.1)))
    clear = Material(kind="glass", ior=1.0, roughness=roughness)
    glass = sphere(clear) if shape == "ball" else scenes.quad((0, 0, -1), 0.8, material=clear, part="pane")

    def seen(*front):
        scene = scenes.scene(Daylight(sun_direction=(0.0, 0.6, 0.8), sun=(0.5, 0.5, 0.5)))
        scenes.arrive(scene, behind, *front)
        return draw(scene)[:, 8:88, 8:88].astype(int)

    assert np.abs(seen(glass) - seen()).max() <= 2


@pytest.mark.parametrize("haze_per_m", [0.02, 0.2])
def test_fog_hides_by_the_exponential_of_its_depth(draw, haze_per_m):
    """Level with the ground fog is even: Beer and Lambert's law."""
    dark = Daylight(fog=(0.0, 0.0, 0.0), haze_per_m=haze_per_m)
    scene = scenes.scene(dark)
    scenes.arrive(scene, scenes.quad((0, 0, -5), 8.0, material=scenes.glowing((0.9, 0.9, 0.9))))
    seen = scenes.linear(draw(scene)[0, 47:49, 47:49]).mean()
    assert abs(seen - 0.9 * np.exp(-haze_per_m * 5.0)) < 0.01


def test_the_picture_turns_with_the_head(draw, display, monkeypatch):
    """Handedness of the whole chain: a lamp left of the nose is to the right once the head turned left."""
    scene = scenes.scene()
    scenes.arrive(scene, scenes.quad((-0.5, 0, -2), 0.2, material=scenes.glowing((1, 1, 1))))
    ahead = draw(scene)[0].sum(axis=(0, 2)).argmax()
    monkeypatch.setattr(display, "pose", Pose((0.0, 0.0, 0.0), yaw_pitch(0.4, 0.0)))
    assert ahead < 44 and draw(scene)[0].sum(axis=(0, 2)).argmax() > 52


def test_thin_slivers_are_as_bright_as_their_corners_say_at_most(draw):
    """At their edges the middle of a pixel lies far outside them; what is read there would be out of all bounds."""
    slivers = 60
    chance = np.random.default_rng(5)
    ends = chance.uniform(-0.8, 0.8, (slivers, 3, 3))
    ends[:, 2] = ends[:, 0] + 0.004 * ends[:, 2]  # a fifth of a pixel wide
    ends[..., 2] = -2.0
    vertices = np.zeros(3 * slivers, VERTEX)
    vertices["position"] = ends.reshape(-1, 3)
    vertices["normal"][:, 2] = vertices["tangent"][:, 0] = vertices["tangent"][:, 3] = 127
    vertices["shade"] = [(0, 0, 0, 255), (0, 0, 0, 255), (255, 0, 0, 255)] * slivers
    both_sides = np.arange(3 * slivers, dtype=np.uint32).reshape(-1, 3)
    made = scenes.scene()
    scenes.arrive(made, Geometry("slivers", scenes.glowing((0.2, 0.2, 0.2)), vertices,
                                 np.concatenate([both_sides, both_sides[:, ::-1]]).ravel(), scenes.instances(1)))
    picture = draw(made)
    assert 20 < picture.max() <= scenes.srgb(0.2) + 1
