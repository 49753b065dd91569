"""Rig: the fans, scents, heaters and lights of one installation, and what each of them follows."""

from dataclasses import dataclass

from showroom.words.ambience import Ambience
from showroom.words.vocabulary import ACCORDS, STAGES, THINGS

WIND = "wind"
RATE_HZ = 40                      # how often every channel is told; E1.31 allows 44
UNIVERSES, SLOTS = (1, 63999), 512
LONGEST_LEAD_S = 5.0
_LIGHTS = ("light.red", "light.green", "light.blue")
SCENTS = (*(f"stage.{name}" for name in STAGES), *(f"accord.{name}" for name in ACCORDS),
          *(f"note.{name}" for name in THINGS))
QUANTITIES = (WIND, "temperature", "humidity", "haze", "light", *_LIGHTS, *SCENTS)


@dataclass(frozen=True)
class Universe:
    """Where a universe of sACN goes. address: an IPv4 address, "" for multicast.   priority: 0 to 200."""

    number: int
    address: str = ""
    priority: int = 100


@dataclass(frozen=True)
class Osc:
    """A receiver of OSC. host: an IPv4 address."""

    name: str
    host: str
    port: int


@dataclass(frozen=True)
class Channel:
    """One thing that is told how much, 0 to 1.

    quantity : what it follows, one of QUANTITIES: m/s, K, 0 to 1, 1/m; the rest 0 to 1.
    curve    : (quantity, how much) points, the first rising, the second all rising or all falling.
    least, most : limits of how much, while the show runs; after it, nothing.
    universe, slot, fine : of sACN; fine takes the next slot, too, for the lower eight bits. 0: not there.
    osc, to  : of OSC: the address, "" for none, and the receiver's name.
    lead_s   : it is told so much earlier, because it takes so long until one feels it.
    duty     : at most this share of full, over any `duty_over_s` seconds.
    place_m  : of what the wind there blows on, in the room.   from_deg : only the wind that comes from this side
               of the room counts (0 ahead, clockwise from above); None: all of it.
    """

    name: str
    quantity: str
    curve: tuple[tuple[float, float], ...] = ((0.0, 0.0), (1.0, 1.0))
    least: float = 0.0
    most: float = 1.0
    universe: int = 0
    slot: int = 0
    fine: bool = False
    osc: str = ""
    to: str = ""
    lead_s: float = 0.0
    duty: float = 1.0
    duty_over_s: float = 60.0
    place_m: tuple[float, float, float] = (0.0, 1.4, 0.0)
    from_deg: float | None = None


@dataclass(frozen=True)
class Rig:
    """Everything that is plugged in; without channels, nothing."""

    universes: tuple[Universe, ...] = ()
    oscs: tuple[Osc, ...] = ()
    channels: tuple[Channel, ...] = ()

    @property
    def leads_s(self) -> tuple[float, ...]:
        """How far ahead the air has to be known, the least first."""
        return tuple(sorted({channel.lead_s for channel in self.channels}))

    @property
    def quantities(self) -> tuple[str, ...]:
        """What its channels follow besides the wind, in the order of QUANTITIES."""
        followed = {channel.quantity for channel in self.channels}
        return tuple(name for name in QUANTITIES if name in followed and name != WIND)


def quantity_of(air: Ambience, name: str) -> float:
    """How much of a quantity there is in an ambience; of any but the wind, which is another everywhere."""
    kind, _, which = name.partition(".")
    if kind == "accord":
        return air.scent.accords[ACCORDS.index(which)]
    if kind == "note":
        return air.scent.notes[THINGS.index(which)]
    if kind == "stage":
        return air.scent.stages[STAGES.index(which)]
    if name in _LIGHTS:
        return air.light_rgb[_LIGHTS.index(name)]
    return {"temperature": air.temperature_k, "humidity": air.humidity, "haze": air.haze_per_m,
            "light": air.light}[name]
