"""Config: what an installation may set, read once from a TOML file.

The file is $SHOWROOM_CONFIG, else the user's `showroom.toml` (see `paths.config_file`), which need
not exist. Every key is optional; an unknown key or a value out of range is one clear line.
"""

import dataclasses
import difflib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import InputError
from showroom.rig_table import line_of, rig
from showroom.words.comfort import STEPS, Comfort
from showroom.words.request import AUTO, DIFFUSION, PAINTERS, Diffusion
from showroom.words.rig import Rig
from showroom.words.vocabulary import LANGUAGES

ENVIRONMENT_KEY = "SHOWROOM_CONFIG"


@dataclass(frozen=True)
class Config:
    """Settings of one installation.

    upload_bytes_per_frame : texture and geometry bytes the show hands to GL in one frame.
    surface_px : edge of the painted surfaces, a power of two from 64 to 2048.
    detail     : 0 to 1, how much geometry is grown.
    particles  : how many at most in the air of a place; 0 lets the graphics driver decide.
    dry_down_s : seconds a place takes from a perfume's first note to its last.
    refresh_hz : a headset is asked for the highest rate that is not above.
    language   : "en", "zh" or "it": which description is read and shown.
    brightness, contrast, reduced_motion, captions, seated, left_handed : as words.comfort.Comfort has them.
    sound      : whether anything is heard; sound_volume: 0 to 1; sound_device: part of a card's name, "" for the
                 system's own.
    touch_strength : 0 to 1, how strongly hands feel what they touch; 0 not at all.
    shop_url   : of the shop that orders go to, "" for none; a preview then has one of its own.
    camera     : the device that a look is taken with, as "/dev/video0"; "" for none, and nobody is asked.
    air        : fans, scents, heaters and lights, as words.rig.Rig has them.
    painter    : who paints surfaces, one of words.request.PAINTERS; "diffusion" needs a diffusion_model.
    diffusion_… : a text-to-image model of the user's own that repaints surfaces, as words.request.Diffusion
                 has it; without diffusion_model there is none.
    """

    upload_bytes_per_frame: int = 2 << 20
    surface_px: int = 512
    detail: float = 1.0
    particles: int = 0
    dry_down_s: float = 90.0
    refresh_hz: float = 90.0
    language: str = "en"
    brightness: int = 0
    contrast: int = 0
    reduced_motion: bool = False
    captions: bool = False
    seated: bool = False
    left_handed: bool = False
    sound: bool = True
    sound_volume: float = 0.6
    sound_device: str = ""
    touch_strength: float = 0.7
    air: Rig = Rig()
    shop_url: str = ""
    camera: str = ""
    painter: str = AUTO
    diffusion_model: str = ""
    diffusion_revision: str = ""
    diffusion_steps: int = Diffusion.steps
    diffusion_px: int = Diffusion.edge_px
    diffusion_strength: float = Diffusion.strength
    diffusion_download: bool = False

    def __post_init__(self):
        """Raises InputError for a painter that needs a model, without one."""
        if self.painter == DIFFUSION and not self.diffusion_model:
            others = ", ".join(repr(name) for name in PAINTERS if name != DIFFUSION)
            raise InputError(f"painter = {DIFFUSION!r} and no diffusion_model: nothing says which model paints; its "
                             f"folder or name is needed, or one of {others}; set diffusion_model, or another painter")

    @property
    def comfort(self) -> Comfort:
        """What visitors here need changed, until one says otherwise."""
        return Comfort(*(getattr(self, item.name) for item in dataclasses.fields(Comfort)))

    @property
    def diffusion(self) -> Diffusion | None:
        """The model that repaints surfaces, or None."""
        if not self.diffusion_model:
            return None
        return Diffusion(self.diffusion_model, self.diffusion_revision, self.diffusion_steps, self.diffusion_px,
                         self.diffusion_strength, self.diffusion_download)


_STEP = (f"a whole number from {STEPS[0]} to {STEPS[1]}",
         lambda v: type(v) is int and STEPS[0] <= v <= STEPS[1])
_SWITCH = ("true or false", lambda v: type(v) is bool)
_SHARE = ("a number from 0 to 1", lambda v: type(v) in (int, float) and 0 <= v <= 1)
_ACCEPTED = {
    "brightness": _STEP, "contrast": _STEP,
    "reduced_motion": _SWITCH, "captions": _SWITCH, "seated": _SWITCH, "left_handed": _SWITCH,
    "upload_bytes_per_frame": ("a whole number from 65536 to 268435456",
                               lambda v: type(v) is int and 1 << 16 <= v <= 1 << 28),
    "surface_px": ("a power of two from 64 to 2048",
                   lambda v: type(v) is int and 64 <= v <= 2048 and v & (v - 1) == 0),
    "detail": _SHARE,
    "particles": ("a whole number from 0 to 50000", lambda v: type(v) is int and 0 <= v <= 50_000),
    "dry_down_s": ("a number of seconds from 10 to 3600", lambda v: type(v) in (int, float) and 10 <= v <= 3600),
    "refresh_hz": ("a number from 30 to 1000", lambda v: type(v) in (int, float) and 30 <= v <= 1000),
    "painter": ("one of " + ", ".join(PAINTERS), lambda v: v in PAINTERS),
    "diffusion_model": ("a folder or a model's name", lambda v: isinstance(v, str) and len(v) <= 500),
    "diffusion_revision": ("a revision's name", lambda v: isinstance(v, str) and len(v) <= 100),
    "diffusion_steps": ("a whole number from 1 to 50", lambda v: type(v) is int and 1 <= v <= 50),
    "diffusion_px": ("a multiple of 64 from 64 to 1024", lambda v: type(v) is int and 64 <= v <= 1024 and v % 64 == 0),
    "diffusion_strength": ("a number from 0.05 to 1", lambda v: type(v) in (int, float) and 0.05 <= v <= 1),
    "diffusion_download": _SWITCH,
    "sound": _SWITCH,
    "sound_volume": _SHARE,
    "sound_device": ("part of a sound card's name", lambda v: isinstance(v, str) and len(v) <= 200),
    "touch_strength": _SHARE,
    "shop_url": ("an address of http or https without a path",
                 lambda v: isinstance(v, str) and re.fullmatch(r"(https?://[^\s/?#\"<>@]{1,255})?", v) is not None),
    "camera": ("a device's path", lambda v: isinstance(v, str) and len(v) <= 200 and (not v or v.startswith("/dev/"))),
    "language": ("one of " + ", ".join(LANGUAGES), lambda v: v in LANGUAGES),
}


def load(file: Path | None = None) -> Config:
    """The configuration of this installation.

    file   : read this one; it must exist. None: $SHOWROOM_CONFIG, which must exist too, or else the
             user's file, which need not.
    Raises : InputError naming the file and the key.
    """
    named = file or _from_environment()
    path = named or paths.config_file()
    if named is None and not path.exists():
        return Config()
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the configuration {path} cannot be read ({error}); a TOML file "
                         f"in UTF-8 is accepted; correct it or unset {ENVIRONMENT_KEY}") from error


def file_in_use() -> Path:
    """The file that `load` reads; the user's need not exist."""
    return _from_environment() or paths.config_file()


def parse(text: str, source: str) -> Config:
    """A Config from TOML text; `source` names it in errors. Raises InputError."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # beside TOML's own: a number too long, nested too deep
        raise InputError(f"{source} is not TOML: {error}; correct that line") from error
    plugged = {"air": rig(table.pop("air"), source, text)} if "air" in table else {}
    for key, value in table.items():
        _check(key, value, f"{source}, line {line_of(text, key)}")
    for key in {"detail", "dry_down_s", "refresh_hz", "sound_volume", "touch_strength"} & set(table):
        table[key] = float(table[key])
    try:
        return Config(**table, **plugged)
    except InputError as error:
        raise InputError(f"{source}, line {line_of(text, 'painter')}: {error}") from None


def _check(key: str, value: object, where: str) -> None:
    if key not in _ACCEPTED:
        known = [item.name for item in dataclasses.fields(Config)]
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else "remove it"
        raise InputError(f"{where}: unknown key {key!r}; known are {', '.join(known)}; {hint}")
    accepted, fits = _ACCEPTED[key]
    if not fits(value):
        raise InputError(f"{where}: {key} = {value!r} cannot be used; {accepted} is accepted; "
                         f"correct it or remove the line")


def _from_environment() -> Path | None:
    named = os.environ.get(ENVIRONMENT_KEY)
    return Path(named).expanduser() if named else None
