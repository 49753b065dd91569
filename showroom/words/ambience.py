"""Ambience: what the air does at one time, in physical units; what the senses are driven by.

One value for all of them, so that the gust that bends the grass is the gust on the hands and from the fan.
"""

from dataclasses import dataclass

from showroom.words.vocabulary import ACCORDS, SOUNDS, STAGES, THINGS


@dataclass(frozen=True)
class Scent:
    """How much one smells of what, each 0 to 1; nothing in the hall.

    stages  : top, heart and base, as `vocabulary.STAGES` has them: how far the dry-down is.
    accords : as `vocabulary.ACCORDS` has them.
    notes   : those that stand there as things, as `vocabulary.THINGS` has them.
    """

    stages: tuple[float, ...] = (0.0,) * len(STAGES)
    accords: tuple[float, ...] = (0.0,) * len(ACCORDS)
    notes: tuple[float, ...] = (0.0,) * len(THINGS)


NO_SCENT = Scent()


@dataclass(frozen=True)
class Ambience:
    """wind_m_s: (x, y, z) mean wind; gust: 0 to 1, how gusty; haze_per_m: extinction; light: 0 to 1.

    drift_m : (x, z), how far the air has come since the show began: what carries the gusts that
              `words.wind` finds at a place and a time.
    night   : 0 to 1, as many stars as there are; what sings by day is silent then.
    light_rgb : linear red, green and blue of the key light, 0 to 1, as bright as `light` says.
    sounds  : levels of the layers, 0 to 1, as `vocabulary.SOUNDS` has them.
    pitch, brightness, consonance : of the tonal bed, 0 to 1, as `scenespec.Sound` has them.
    tail_s  : how long the place rings, seconds until it is 60 dB down.   wet : 0 to 1, how much of what is
              heard it throws back.
    roughness, softness, weight, warmth : how the product feels, 0 to 1, as `scenespec.Touch` has them.
    scent   : what is smelled.
    """

    wind_m_s: tuple[float, float, float] = (0.0, 0.0, 0.0)
    gust: float = 0.0
    temperature_k: float = 293.0
    humidity: float = 0.5
    haze_per_m: float = 0.0
    light: float = 0.5
    drift_m: tuple[float, float] = (0.0, 0.0)
    night: float = 0.0
    light_rgb: tuple[float, float, float] = (0.5, 0.5, 0.5)
    sounds: tuple[float, ...] = (0.0,) * len(SOUNDS)
    pitch: float = 0.5
    brightness: float = 0.5
    consonance: float = 1.0
    tail_s: float = 0.8
    wet: float = 0.1
    roughness: float = 0.3
    softness: float = 0.3
    weight: float = 0.4
    warmth: float = 0.5
    scent: Scent = NO_SCENT
