"""What each place is before a scent changes it: `assets/places/<name>.toml`, read once and frozen.

A table holds the place's light, air, flora, surfaces and sound in the very types of a SceneSpec,
its name in the shop's languages, and a few sentences that say what it is like (for words that no
note explains). Of the surface "sky", `srgb` is the far layer (sea, hills, walls) and `accent_srgb`
its clouds or window light; of "sprites", `srgb` is the blossom and `accent_srgb` the leaf.
"""

import dataclasses
import functools
import math
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass

from showroom import paths
from showroom.errors import SpecError
from showroom.words import vocabulary
from showroom.words.scenespec import Air, Flora, Particles, Sky, Sound, SoundLayer, Surface
from showroom.words.schema import fault_of

NEEDED_SURFACES = ("sky", "ground", "plinth", "wall", "drape", "prop", "sprites")
_SRGB = re.compile("#[0-9a-f]{6}")
_PARTS = {"sky": "sky", "air": "ambience", "flora": "flora", "surfaces": "surfaces", "sound": "sound"}  # in a spec
_NAMES = {Flora: vocabulary.FLORA, Particles: vocabulary.PARTICLES, SoundLayer: vocabulary.SOUNDS}


@dataclass(frozen=True)
class PlaceTable:
    """One place. names: by language; sentences: English, for likeness of meaning.

    tint: the colour that the place lends to a bottle's liquid.
    """

    name: str
    names: Mapping[str, str]
    sentences: tuple[str, ...]
    tint: str
    sky: Sky
    air: Air
    flora: tuple[Flora, ...]
    surfaces: Mapping[str, Surface]
    sound: Sound


@functools.cache
def place_table(name: str) -> PlaceTable:
    """The table of a place of the vocabulary. Raises SpecError naming file and key if it is broken."""
    if name not in vocabulary.PLACES:
        accepted = ", ".join(vocabulary.PLACES)
        raise SpecError(f"looking up the place {name!r}: unknown; accepted are {accepted}; choose one")
    path = paths.ASSETS / "places" / f"{name}.toml"
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SpecError(f"reading {path}: {error}; a TOML table is needed; restore the file") from None
    return _table(name, plain, _Reader(str(path)))


def _table(name: str, plain: dict, reader: "_Reader") -> PlaceTable:
    keys = ("name", "sentences", "tint", "flora", "sky", "air", "surfaces", "sound")
    reader.exact("", plain, keys)
    reader.exact("name", plain["name"], vocabulary.LANGUAGES)
    for surface in plain["surfaces"]:
        reader.among(f"surfaces.{surface}", surface, vocabulary.SURFACES)
    for surface in NEEDED_SURFACES:
        if surface not in plain["surfaces"]:
            raise reader.refusal("surfaces", f"no {surface}", "one each for " + ", ".join(NEEDED_SURFACES))
    surfaces = {
        key: reader.build(f"surfaces.{key}", Surface, item) for key, item in plain["surfaces"].items()
    }
    table = PlaceTable(
        name=name,
        names=types.MappingProxyType(plain["name"]),
        sentences=tuple(plain["sentences"]),
        tint=reader.colour("tint", plain["tint"]),
        sky=reader.build("sky", Sky, plain["sky"]),
        air=reader.build("air", Air, plain["air"]),
        flora=tuple(reader.build(f"flora[{at}]", Flora, item) for at, item in enumerate(plain["flora"])),
        surfaces=types.MappingProxyType(surfaces),
        sound=reader.build("sound", Sound, plain["sound"]),
    )
    for where, part in _PARTS.items():
        reader.within(where, part, plain[where])
    return table


@dataclass(frozen=True)
class _Reader:
    """Builds words from TOML tables and says which key of which file is wrong."""

    path: str

    def build(self, where: str, kind: type, plain: object) -> typing.Any:
        """A `kind` (a dataclass of numbers, colours, names and lists of the like) from a table.

        What has a default is brought by notes or a photo, never by a place's own table.
        """
        every = typing.get_type_hints(kind)
        hints = {item.name: every[item.name] for item in dataclasses.fields(kind)
                 if item.default is dataclasses.MISSING}
        self.exact(where, plain, tuple(hints))
        values = {key: self._value(f"{where}.{key}", hint, plain[key]) for key, hint in hints.items()}
        if kind in _NAMES:
            self.among(f"{where}.name", values["name"], _NAMES[kind])
        return kind(**values)

    def _value(self, where: str, hint: typing.Any, value: object) -> typing.Any:
        if typing.get_origin(hint) is tuple:
            item = typing.get_args(hint)[0]
            if not isinstance(value, list):
                raise self.refusal(where, value, "a list of tables")
            return tuple(self.build(f"{where}[{at}]", item, part) for at, part in enumerate(value))
        if hint is float:
            if type(value) not in (int, float) or not math.isfinite(value):
                raise self.refusal(where, value, "a number")
            return float(value)
        if not isinstance(value, str):
            raise self.refusal(where, value, "text")
        return self.colour(where, value) if where.endswith("srgb") else value

    def colour(self, where: str, value: object) -> str:
        """The value if it is "#rrggbb"."""
        if not isinstance(value, str) or not _SRGB.fullmatch(value):
            raise self.refusal(where, value, "a colour such as #a1b2c3")
        return value

    def exact(self, where: str, plain: object, keys: tuple[str, ...]) -> None:
        """The table has just these keys."""
        if not isinstance(plain, dict) or set(plain) != set(keys):
            received = sorted(plain) if isinstance(plain, dict) else plain
            raise self.refusal(where or "the file", received, "a table with the keys " + ", ".join(keys))

    def within(self, where: str, part: str, plain: object) -> None:
        """Every number is in the range that a spec may have, and so the room can show."""
        if fault := fault_of(part, plain):
            path, value, accepted = fault
            raise SpecError(f"reading {self.path}: {where}{path} is {value[:80]}; accepted is {accepted}; "
                            "correct this key")

    def among(self, where: str, value: str, names: tuple[str, ...]) -> None:
        """The value is one of the vocabulary's names."""
        if value not in names:
            raise self.refusal(where, value, "one of " + ", ".join(names))

    def refusal(self, where: str, value: object, accepted: str) -> SpecError:
        where = f"{self.path}: {where}"
        return SpecError(f"reading {where} is {value!r}; accepted is {accepted}; correct this key")

