"""The blocks a frame hands to the shaders, field for field as in shaders/frame.glsl, part.glsl and
material.glsl. tests/words checks the offsets against std140 and std430."""

import functools
import math

import numpy as np

from showroom.words.material import WRAPS, Material
from showroom.words.model_maps import LINEAR_MAPS, MODEL_LAYERS, MODEL_SURFACES, SRGB_MAPS
from showroom.words.pose import conjugate, rotated
from showroom.words.scene import HELD, SLOTS, Emitter, Held, Scene
from showroom.words.view import Eyes, Fov, clip_from_view, rotation_matrix, view_from_clip
from showroom.words.vocabulary import SURFACES
from showroom.words.wind import TILE_M

MAX_VIEWS, MAX_LIGHTS, MAX_EMITTERS = 6, 96, 16  # lights: a hall's, and those of two places that pass each other
LAYERS = SLOTS * len(SURFACES)
RAYS = 2
STEEPEST = 0.6  # of a liquid's surface in its bottle, which may be tilted as it will: there is no more room in it
_LEAST_LEFT = 1e-4  # of light that a body drinks: none at all would be no number
_V4 = ("<f4", 4)
_M4 = ("<f4", (4, 4))  # stored transposed: GLSL matrices are column-major

FRAME = np.dtype([
    ("views", [("clip_from_world", *_M4), ("world_from_clip", *_M4), ("eye", *_V4)], MAX_VIEWS),
    ("shadow_from_world", "<f4", (2, 4, 4)), ("floor_from_world", *_M4), ("shadow", *_V4),
    ("sun_direction", *_V4), ("sun", *_V4), ("zenith", *_V4),
    ("horizon", *_V4), ("ground", *_V4), ("fill", *_V4), ("fog", *_V4), ("wind", *_V4),
    ("drift", *_V4), ("palms", "<f4", (2, 4)),
    ("held", [("place", *_V4), ("turn", *_V4), ("liquid", *_V4)], HELD),
    ("rays", [("start", *_V4), ("end", *_V4)], RAYS),
    ("moods", [("tint", *_V4), ("low", *_V4), ("high", *_V4), ("layers", *_V4)], SLOTS),
    ("presence", *_V4), ("sky_lod", *_V4), ("clock", *_V4), ("counts", *_V4), ("pace", *_V4),
    ("color_lod", "<f4", LAYERS), ("detail_lod", "<f4", LAYERS),
    ("model_lod", "<f4", (2, MODEL_LAYERS)),
    ("lights", [("position", *_V4), ("color", *_V4), ("direction", *_V4)], MAX_LIGHTS),
    ("emitters", [("color", *_V4), ("box", *_V4), ("motion", *_V4), ("look", *_V4),
                  ("life", *_V4)], MAX_EMITTERS),
])
MATERIAL = np.dtype([
    ("base_color", *_V4), ("second_color", *_V4), ("emission", *_V4), ("surface", *_V4), ("optics", *_V4),
    ("coming", *_V4),
    ("cloth", *_V4), ("mirrored", *_V4), ("body", *_V4), ("film", *_V4), ("clear", *_V4), ("ways", *_V4),
    ("color_maps", *_V4), ("number_maps", *_V4),
])
DRAW = np.dtype([("material", "<u4"), ("slot", "<u4"), ("layer", "<u4"), ("traits", "<u4"), ("motion", "<u4")])
STAYS, THINS, TINTED, FADES = 1, 2, 4, 8  # traits of a draw, as in part.glsl; the hero it belongs to is counted from bit 8
ELEMENTS = np.dtype([("count", "<u4"), ("instances", "<u4"), ("first_index", "<u4"), ("base_vertex", "<i4"),
                     ("base_instance", "<u4")])
ARRAYS = np.dtype([("count", "<u4"), ("instances", "<u4"), ("first", "<u4"), ("base_instance", "<u4")])


def layer_of(slot: int, surface: str) -> int:
    """Where a slot's surface lies in the colour and detail arrays."""
    return slot * len(SURFACES) + SURFACES.index(surface)


def material_row(material: Material, slot: int, whole_s: float = 0.0, coming_s: float = 0.0,
                 layers: dict[str, int] | None = None) -> tuple:
    """One MATERIAL, as a tuple in field order. It comes over `coming_s` (0: at once) and is whole at `whole_s`.

    layers : where a model's maps lie in their arrays.
    """
    painted = material.surface and material.surface not in MODEL_SURFACES
    layer = layer_of(slot, material.surface) if painted else -1
    return (material.base_color, (*material.second_color, material.normal_scale),
            (*material.emission, material.translucency),
            (material.metallic, material.roughness, material.sheen, material.clearcoat),
            (material.ior, material.density_per_m, layer, float(material.surface == "sprites")),
            (whole_s, 1.0 / coming_s if coming_s > 0 else 0.0, 0.0, 0.0),
            *_finish(material, layers or {}))


def _finish(material: Material, layers: dict[str, int]) -> tuple:
    """The fields of MATERIAL that only products heed."""
    cutoff = material.alpha_cutoff if material.alpha_mode == "mask" else -1.0
    blends = float(material.alpha_mode == "blend")
    return ((*material.sheen_color, material.sheen_roughness), (*material.specular_color, material.specular),
            (*_absorption_per_m(material), material.thickness_m),
            (material.iridescence, material.iridescence_ior, *material.film_nm),
            (material.transmission, material.clearcoat_roughness, cutoff, blends),
            (float(material.unlit), float(material.double_sided), float(material.vertex_colors),
             float(WRAPS.index(material.wrap))),
            tuple(layers.get(map_, -1) for map_ in SRGB_MAPS),
            (*(layers.get(map_, -1) for map_ in LINEAR_MAPS), 0.0))


def _absorption_per_m(material: Material) -> tuple[float, ...]:
    """Of a body that leaves `attenuation_color` after `attenuation_distance_m`: Beer 1852, "Bestimmung der
    Absorption des rothen Lichts in farbigen Flüssigkeiten"."""
    if material.attenuation_distance_m <= 0:
        return (0.0, 0.0, 0.0)
    return tuple(-math.log(max(left, _LEAST_LEFT)) / material.attenuation_distance_m
                 for left in material.attenuation_color)


def fill_views(block: np.ndarray, eyes: Eyes) -> None:
    """Writes matrices and eye positions of every view into a FRAME block."""
    for index, view in enumerate(eyes.views):
        row = block["views"][index]
        lens, inverse = _lens(view.fov, view.near_m, view.far_m)
        turn, place = rotation_matrix(view.pose.orientation), np.asarray(view.pose.position)
        # clip_from_view @ view_from_world and world_from_view @ view_from_clip, without building the middle ones
        clip, world = row["clip_from_world"].T, row["world_from_clip"].T
        clip[:, :3] = ahead = lens[:, :3] @ turn.T
        clip[:, 3] = lens[:, 3] - ahead @ place
        world[:3] = turn @ inverse[:3] + place[:, None] * inverse[3]
        world[3] = inverse[3]
        row["eye"][:3] = view.pose.position


@functools.lru_cache(maxsize=MAX_VIEWS)
def _lens(fov: Fov, near_m: float, far_m: float) -> tuple[np.ndarray, np.ndarray]:
    """clip_from_view and its inverse; a headset's lenses stay as they are."""
    return clip_from_view(fov, near_m, far_m).astype(np.float64), view_from_clip(fov, near_m, far_m)


def fill_scene(block: np.ndarray, scene: Scene, view_count: int) -> None:
    """Writes light, air, lamps and time of a scene into a FRAME block."""
    day, air = scene.daylight, scene.ambience
    block["sun_direction"][:3] = day.sun_direction
    for name in ("sun", "zenith", "horizon", "ground", "fill"):
        block[name][:3] = getattr(day, name)
    block["fog"] = (*day.fog, day.haze_per_m)
    block["wind"] = (*air.wind_m_s, air.gust)
    block["drift"] = (air.drift_m[0] % TILE_M, air.drift_m[1] % TILE_M, *air.drift_m)
    block["palms"] = 0.0
    for row, palm in zip(block["palms"], scene.palms):
        row[:] = (*palm.position, palm.radius_m)
    for row, ray in zip(block["rays"], scene.rays):
        row["start"], row["end"] = (*ray.start, ray.strength), (*ray.end, float(ray.met))
    for row, mood in zip(block["moods"], scene.moods):
        row["tint"][:3], row["low"][:3], row["high"][:3] = mood.tint, mood.low, mood.high
        row["layers"] = (*mood.layers, 1.0)
    block["presence"] = scene.presence
    block["clock"] = (scene.time_s, day.exposure, scene.ground_m, view_count)
    lights, presence = scene.lights[:MAX_LIGHTS], scene.presence.tolist()
    rows = []
    for slot, light in lights:
        shine = presence[slot] * flicker(scene.time_s, light.flicker, light.position)
        red, green, blue = light.color
        rows += (*light.position, light.radius_m, red * shine, green * shine, blue * shine, 0.0,
                 *light.direction, light.cone_cos)
    block["lights"].view("<f4")[:len(rows)] = rows
    block["counts"][0] = len(lights)


def fill_held(block: np.ndarray, held: tuple[Held, ...], heroes: dict[tuple[int, str], int]) -> None:
    """Writes where heroes away from their plinths are, as many as there is room for.

    heroes : their numbers, by slot and product; one that has none is not drawn now.
    """
    block["held"]["place"][:, 3] = 0.0
    drawn = [one for one in held if (one.slot, one.product_id) in heroes]
    for row, one in zip(block["held"], drawn):
        row["place"] = (*one.pose.position, heroes[one.slot, one.product_id])
        row["turn"] = one.pose.orientation
        row["liquid"][:2] = surface_slope(one)


def surface_slope(held: Held) -> tuple[float, float]:
    """Slope of the surface in a bottle along the bottle's own x and z: level but for its sloshing, and at most
    STEEPEST, reached gently."""
    along_x, along_z = held.slosh
    x, y, z = rotated(conjugate(held.pose.orientation), (-along_x, 1.0, -along_z))
    x, z = -x / max(y, 0.1), -z / max(y, 0.1)
    gently = 1.0 / math.sqrt(1.0 + (x * x + z * z) / STEEPEST ** 2)
    return x * gently, z * gently


def flicker(time_s: float, amount: float, position: tuple[float, float, float]) -> float:
    """How bright a flame is now: 1 for amount 0; slow enough (under 3 Hz) never to strobe."""
    if amount <= 0:
        return 1.0
    phase = position[0] * 12.9 + position[2] * 7.7
    wave = math.sin(time_s * 6.1 + phase) * math.sin(time_s * 3.7 + 1.3 * phase) + 0.5 * math.sin(time_s * 1.3 + phase)
    return 1.0 + 0.16 * amount * wave


def fill_emitter(row: np.ndarray, emitter: Emitter, presence: float, reach: float) -> None:
    """Writes one emitter, as much of it as its slot is there. reach: factor on the width of its box."""
    row["color"] = (*emitter.color, emitter.glow)
    row["box"] = (*emitter.box_m, emitter.size_m)
    row["motion"] = (emitter.fall_m_s, emitter.sway_m, emitter.tumble, emitter.stretch)
    row["look"] = (emitter.cell, emitter.opacity, emitter.seed, presence)
    row["life"] = (emitter.rest_s, emitter.share, reach, 0.0)
