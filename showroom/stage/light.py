"""A spec's sky as the light of a scene, and the lights of its parts."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from showroom import srgb
from showroom.stage.ease import smootherstep
from showroom.words.geometry import Light
from showroom.words.pose import moved, rotated
from showroom.words.scene import Daylight
from showroom.words.scenespec import SceneSpec
from showroom.words.view import Pose

Color = tuple[float, float, float]
MOON_ELEVATION_DEG = 38.0
KINDLING_S = 1.5


def linear(colour: str) -> Color:
    """Linear RGB of "#rrggbb"."""
    red, green, blue = srgb.linear(colour).tolist()
    return red, green, blue


def scaled(color: Color, factor: float) -> Color:
    """A colour times a number."""
    return color[0] * factor, color[1] * factor, color[2] * factor


def direction(azimuth_deg: float, elevation_deg: float) -> Color:
    """Unit vector; azimuth 0 is −Z, 90 is +X, clockwise from above."""
    azimuth, elevation = math.radians(azimuth_deg), math.radians(elevation_deg)
    level = math.cos(elevation)
    return level * math.sin(azimuth), math.sin(elevation), -level * math.cos(azimuth)


def daylight(spec: SceneSpec) -> Daylight:
    """The light a spec asks for. Below the horizon the sun gives way to a moon."""
    sky = spec.sky
    elevation = sky.sun_elevation_deg if sky.sun_elevation_deg > 1.0 else MOON_ELEVATION_DEG
    ground = linear(spec.surfaces["ground"].srgb) if "ground" in spec.surfaces else (0.1, 0.1, 0.1)
    lit = 0.35 * sky.sun_strength * max(math.sin(math.radians(elevation)), 0.15) + 0.25
    return Daylight(
        sun_direction=direction(sky.sun_azimuth_deg, elevation),
        sun=scaled(linear(sky.sun_srgb), 2.2 * sky.sun_strength),
        zenith=linear(sky.zenith_srgb),
        horizon=linear(sky.horizon_srgb),
        ground=scaled(ground, lit),
        fill=scaled(linear(sky.fill_srgb), 0.6 * sky.fill_strength),
        fog=linear(spec.ambience.haze_srgb),
        haze_per_m=spec.ambience.haze_per_m,
        exposure=1.25 * 2.0 ** sky.exposure_ev,  # 1.25: AgX sets mid grey low
    )


def kindled(lights: Sequence[Light], age_s: float) -> Sequence[Light]:
    """Lamps as bright as they are `age_s` after they came: they come up slowly, whatever has come before them."""
    share = smootherstep(age_s / KINDLING_S)
    return lights if share >= 1.0 else [replace(light, color=scaled(light.color, share)) for light in lights]


def carried(lights: Sequence[Light], home: np.ndarray, pose: Pose) -> list[Light]:
    """Lights of a thing that stood at `home`, (3, 4) world_from_part without scale, and is at `pose` now."""
    back = home[:, :3].T
    places = [back @ (np.asarray(light.position) - home[:, 3]) for light in lights]
    ways = [back @ np.asarray(light.direction) for light in lights]
    return [replace(light, position=moved(pose, tuple(place.tolist())),
                    direction=rotated(pose.orientation, tuple(way.tolist())))
            for light, place, way in zip(lights, places, ways)]
