"""SceneSpec: everything a place should be, as data.

The embedded model emits one of these and never code. It is frozen, goes to JSON and back without
loss, and has a digest: equal specs have equal digests. Floats are rounded to four decimals before
the digest, so that two machines agree. Colours are sRGB "#rrggbb". Ranges stand in `schema.py`.
"""

import dataclasses
import functools
import hashlib
import json
import typing
from dataclasses import dataclass, field

VERSION = 1
ROW_ID = "id"  # may stand beside a spec's keys in a batch of answers; not part of the spec


@dataclass(frozen=True)
class Colour:
    """One colour of a palette and its share (a stage's shares sum to 1)."""

    srgb: str
    weight: float


@dataclass(frozen=True)
class PaletteStage:
    """The smell's own colours while `stage` (top, heart or base) is what one smells."""

    stage: str
    colours: tuple[Colour, ...]


@dataclass(frozen=True)
class Sky:
    """The light over the place.

    sun_elevation_deg : −10 (night) to 90.   sun_azimuth_deg : 0 ahead (−Z), clockwise from above.
    sun_strength : 0 to 3, fill_strength : 0 to 2, relative to the exposed scene; key and fill light.
    cloud, stars : 0 to 1.                   exposure_ev : −3 to 3.
    """

    sun_elevation_deg: float
    sun_azimuth_deg: float
    sun_srgb: str
    sun_strength: float
    zenith_srgb: str
    horizon_srgb: str
    fill_srgb: str
    fill_strength: float
    cloud: float
    stars: float
    exposure_ev: float


@dataclass(frozen=True)
class Surface:
    """What a surface is painted as: one material, or something between two.

    painter : a painter's name (see imagine/paint).   scale_m : size of one tile, metres.
    roughness, wetness, relief : 0 to 1.
    also : the painter of a second material, or "".   share : how much of that there is, 0 to 0.5.
    likeness : what a photo of the material looks like (see imagine/likeness.py), or nothing.
    """

    painter: str
    srgb: str
    accent_srgb: str
    roughness: float
    wetness: float
    relief: float
    scale_m: float
    also: str = ""
    share: float = 0.0
    likeness: tuple[float, ...] = ()


@dataclass(frozen=True)
class Flora:
    """A species, how much of it (0 to 1), and the colour of its flower or fruit (else its leaf)."""

    name: str
    density: float
    srgb: str


@dataclass(frozen=True)
class Thing:
    """A note as a thing that stands by the hero: its name, its own colour, and the stage it is smelled in."""

    name: str
    srgb: str
    stage: str


@dataclass(frozen=True)
class Particles:
    """Something in the air, how much of it (0 to 1), and its colour."""

    name: str
    density: float
    srgb: str


@dataclass(frozen=True)
class Air:
    """The air of the place, in physical units; haze is extinction per metre."""

    wind_m_s: float
    wind_azimuth_deg: float
    gustiness: float
    temperature_k: float
    humidity: float
    haze_per_m: float
    haze_srgb: str
    particles: tuple[Particles, ...]


@dataclass(frozen=True)
class SoundLayer:
    """One layer of the ambience and its level, 0 to 1."""

    name: str
    level: float


@dataclass(frozen=True)
class Sound:
    """What one hears. pitch: 0 low to 1 high; brightness, consonance: 0 to 1."""

    layers: tuple[SoundLayer, ...]
    pitch: float
    brightness: float
    consonance: float


@dataclass(frozen=True)
class Touch:
    """What one feels, each 0 to 1; warmth 0 is icy."""

    roughness: float
    softness: float
    weight: float
    warmth: float


@dataclass(frozen=True)
class Hero:
    """The thing on the plinth. height_m is its real height; fill is how full a bottle is, 0 to 1.

    roughness : 0 polished, 0.5 as such things are, 1 matt.   metallic : 0 as such things are, 1 all metal.
    """

    kind: str
    shape: str
    height_m: float
    body_srgb: str
    accent_srgb: str
    liquid_srgb: str
    fill: float
    roughness: float = 0.5
    metallic: float = 0.0


@dataclass(frozen=True)
class Why:
    """A note or word, the layer it stands in (top, heart, base or text), and what it brings."""

    note: str
    layer: str
    brings: str


@dataclass(frozen=True)
class Model:
    """What made the spec."""

    name: str
    revision: str


@dataclass(frozen=True)
class SceneSpec:
    """See the module's head. `digest` and `version` are filled in by `sealed`.

    things : the strongest first.
    """

    seed: int
    confidence: float
    accords: dict[str, float]
    season: dict[str, float]
    palette: tuple[PaletteStage, ...]
    place: dict[str, float]
    sky: Sky
    surfaces: dict[str, Surface]
    flora: tuple[Flora, ...]
    ambience: Air
    sound: Sound
    touch: Touch
    hero: Hero
    why: tuple[Why, ...]
    model: Model
    things: tuple[Thing, ...] = ()
    version: int = VERSION
    digest: str = field(default="", compare=False)

    def sealed(self) -> "SceneSpec":
        """The same spec with floats rounded to four decimals and its digest filled in."""
        rounded = _build(SceneSpec, _rounded(dataclasses.asdict(self)))  # whole numbers become floats here
        plain = _sparing(dataclasses.asdict(rounded))
        plain.pop("digest")
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return dataclasses.replace(rounded, digest=hashlib.sha256(text.encode()).hexdigest())

    def to_json(self, indent: int | None = None) -> str:
        """JSON text, keys in the order of the class; `from_json` of it equals `self`."""
        return json.dumps(self.to_plain(), indent=indent, ensure_ascii=False)

    def to_plain(self) -> dict:
        """Dicts, lists, strings and numbers only; version and digest first."""
        plain = _listed(_sparing(dataclasses.asdict(self)))
        return {"version": plain.pop("version"), "digest": plain.pop("digest"), **plain}

    @staticmethod
    def from_plain(plain: object) -> "SceneSpec":
        """Checks against the JSON Schema, then builds. Raises SpecError naming the offending key."""
        from showroom.words import schema  # the validator is heavy: only readers of outside data pay

        schema.check(plain)
        spec = _build(SceneSpec, {key: value for key, value in plain.items() if key != ROW_ID})
        schema.check_digest(spec)
        return spec

    @staticmethod
    def from_own(plain: dict) -> "SceneSpec":
        """Builds what this program's other process wrote with `to_plain`: no schema, half a millisecond.

        Raises KeyError, TypeError, ValueError or AttributeError if the shape is another.
        """
        return _build(SceneSpec, plain)

    @staticmethod
    def from_json(text: str | bytes) -> "SceneSpec":
        """Raises SpecError if the text is not JSON or not a spec."""
        from showroom.errors import SpecError

        try:
            plain = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise SpecError(f"reading a SceneSpec: not JSON ({error}); write one with "
                            "`showroom imagine --json`") from None
        return SceneSpec.from_plain(plain)

    def telling(self, why: object) -> "SceneSpec":
        """The same with other reasons, from plain data. Raises SpecError if they are none."""
        from showroom.words import schema

        schema.check({**self.to_plain(), "why": why})
        return dataclasses.replace(self, why=_build(tuple[Why, ...], why)).sealed()

    def main_place(self, among: typing.Container[str]) -> str | None:
        """The heaviest place of those in `among`, or None."""
        known = [name for name in self.place if name in among]
        return max(known, key=lambda name: (self.place[name], name)) if known else None


def _sparing(plain: dict) -> dict:
    """Without what surfaces leave at its default: written and digested as before there was such a thing."""
    bare = {item.name: item.default for item in dataclasses.fields(Surface)
            if item.default is not dataclasses.MISSING}
    surfaces = {name: {key: value for key, value in surface.items() if key not in bare or value != bare[key]}
                for name, surface in plain["surfaces"].items()}
    return plain | {"surfaces": surfaces}


def _rounded(value):
    if isinstance(value, float):
        return round(value, 4) + 0.0  # + 0.0 turns −0.0 into 0.0
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return value


def _listed(value):
    if isinstance(value, dict):
        return {key: _listed(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_listed(item) for item in value]
    return value


_hints = functools.cache(typing.get_type_hints)


def _build(kind, plain):
    """A value of type `kind` (dataclass, tuple[X, ...], dict[str, X] or a scalar) from plain data."""
    origin = typing.get_origin(kind)
    if origin is tuple:
        item = typing.get_args(kind)[0]
        return tuple(_build(item, value) for value in plain)
    if origin is dict:
        item = typing.get_args(kind)[1]
        return {key: _build(item, value) for key, value in plain.items()}
    if dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], value) for name, value in plain.items()})
    return float(plain) if kind is float else plain


