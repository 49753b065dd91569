"""Light: what the light of a place is called, read from its spec."""

from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import INDOOR, PLACES

NIGHT, ROOM, LOW, MIDDLE, HIGH = LIGHTS = ("night", "room", "low", "middle", "high")
LOW_DEG, HIGH_DEG = 14.0, 38.0   # of a sun that is called low or high
STARRY = 0.4                     # from so many stars on it is night


def light_of(spec: SceneSpec) -> str:
    """One of LIGHTS: walls about one, or night, or where the sun stands."""
    sky = spec.sky
    if spec.main_place(PLACES) in INDOOR:
        return ROOM
    if sky.stars >= STARRY:
        return NIGHT
    if sky.sun_elevation_deg < LOW_DEG:
        return LOW
    return HIGH if sky.sun_elevation_deg > HIGH_DEG else MIDDLE
