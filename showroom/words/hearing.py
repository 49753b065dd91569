"""Hearing: everything that decides what is heard at one time, a fixed number of floats.

It goes to the process that makes the sound through shared memory: `packed` and `unpacked` are that form.
"""

from dataclasses import dataclass

from showroom.words.ambience import Ambience
from showroom.words.view import Pose
from showroom.words.vocabulary import SOUNDS

FLOATS = len(SOUNDS) + 22


@dataclass(frozen=True)
class Hearing:
    """Sounds, the place's tail, the air that carries both, and whose head hears them.

    levels : of the layers, 0 to 1, as `vocabulary.SOUNDS` has them; heard so at the place's middle.
    pitch, brightness, consonance : of the tonal bed, 0 to 1.
    tail_s : seconds until the place has rung down by 60 dB.   wet : 0 to 1, how much it throws back.
    wind_m_s, gust, drift_m : the wind's numbers, as `Ambience` has them, of the time this is for.
    temperature_k, humidity : of the air.   night : 0 to 1; who sings then, and who by day.
    head : world_from_head, metres.   volume : 0 to 1, the staff's.
    """

    levels: tuple[float, ...] = (0.0,) * len(SOUNDS)
    pitch: float = 0.5
    brightness: float = 0.5
    consonance: float = 1.0
    tail_s: float = 0.8
    wet: float = 0.1
    wind_m_s: tuple[float, float, float] = (0.0, 0.0, 0.0)
    gust: float = 0.0
    drift_m: tuple[float, float] = (0.0, 0.0)
    temperature_k: float = 293.0
    humidity: float = 0.5
    night: float = 0.0
    head: Pose = Pose((0.0, 1.6, 0.0))
    volume: float = 1.0

    @staticmethod
    def of(air: Ambience, head: Pose, volume: float = 1.0) -> "Hearing":
        """What a head hears in an ambience."""
        return Hearing(air.sounds, air.pitch, air.brightness, air.consonance, air.tail_s, air.wet,
                       air.wind_m_s, air.gust, air.drift_m, air.temperature_k, air.humidity, air.night, head,
                       volume)

    @property
    def air(self) -> Ambience:
        """As much of an ambience as `words.wind` asks for."""
        return Ambience(self.wind_m_s, self.gust, drift_m=self.drift_m)

    def packed(self) -> tuple[float, ...]:
        """`FLOATS` floats."""
        return (*self.levels, self.pitch, self.brightness, self.consonance, self.tail_s, self.wet,
                *self.wind_m_s, self.gust, *self.drift_m, self.temperature_k, self.humidity, self.night,
                *self.head.position, *self.head.orientation, self.volume)

    @staticmethod
    def unpacked(floats) -> "Hearing":
        """What was packed. floats: `FLOATS` of them in a sequence. Raises ValueError if there are more or
        fewer."""
        values = [float(value) for value in floats]
        if len(values) != FLOATS:
            raise ValueError(f"a hearing of {len(values)} floats; {FLOATS} are accepted")
        n = len(SOUNDS)
        (pitch, brightness, consonance, tail_s, wet, wind_x, wind_y, wind_z, gust, drift_x, drift_z, kelvin,
         humidity, night) = values[n:n + 14]
        position, orientation = tuple(values[n + 14:n + 17]), tuple(values[n + 17:n + 21])
        wind = (wind_x, wind_y, wind_z)
        return Hearing(tuple(values[:n]), pitch, brightness, consonance, tail_s, wet, wind, gust,
                       (drift_x, drift_z), kelvin, humidity, night, Pose(position, orientation),
                       values[n + 21])
