"""Shown: what a finished spec shows, by the names that reasons are told by (`assets/reasons.toml`).

A reason is told of what is there; when a visitor's word or taste has changed the place since, what is no
longer there is no longer told.
"""

import functools
import tomllib
from collections.abc import Mapping

import numpy as np

from showroom import paths
from showroom.imagine.colour import nearest
from showroom.imagine.materials import materials
from showroom.imagine.places import place_table
from showroom.oklab import lab
from showroom.words.light import light_of
from showroom.words.scenespec import SceneSpec, Why
from showroom.words.vocabulary import LANGUAGES, PLACES

COLD_K, WARM_K = 282.0, 294.0    # of air that is called cold or warm
MOVED_LAB, MOVED = 0.012, 0.025  # a surface's colour and its roughness or wetness, from where a change shows
SEASONAL = 0.3                   # share of a season that is worth saying


@functools.cache
def sentences() -> Mapping[str, dict]:
    """`assets/reasons.toml`: kind → name → sentence by language."""
    return tomllib.loads((paths.ASSETS / "reasons.toml").read_text("utf-8"))


def colour_named(srgb: str) -> str:
    """The key of [colour] in `assets/reasons.toml` that is nearest, in OKLab."""
    called = {said["srgb"]: name for name, said in sentences()["colour"].items()}
    return called[nearest(srgb, tuple(called))]


def air_of(spec: SceneSpec) -> str:
    """The key of [air] that the spec's air is."""
    kelvin = spec.ambience.temperature_k
    return "cold" if kelvin < COLD_K else "warm" if kelvin > WARM_K else "mild"


def moved_surfaces(spec: SceneSpec) -> list[str]:
    """The surfaces whose colour is visibly not that of the place alone, the most moved first."""
    bare = place_table(spec.main_place(PLACES) or PLACES[0]).surfaces
    apart = {
        name: max(float(np.linalg.norm(lab(getattr(surface, key)) - lab(getattr(bare[name], key))))
                  for key in ("srgb", "accent_srgb"))
        for name, surface in spec.surfaces.items() if name in bare
    }
    moved = [name for name, distance in apart.items() if distance >= MOVED_LAB]
    return sorted(moved, key=lambda name: (-apart[name], name))


def finish_of(spec: SceneSpec) -> list[str]:
    """The keys of [finish] that hold: how the surfaces differ from those of the place alone, on the whole."""
    bare = place_table(spec.main_place(PLACES) or PLACES[0]).surfaces
    both = [(surface, bare[name]) for name, surface in spec.surfaces.items() if name in bare]
    held = []
    for key, more, less in (("wetness", "wetter", "drier"), ("roughness", "rougher", "smoother")):
        by = sum(getattr(one, key) - getattr(other, key) for one, other in both) / len(both)
        if abs(by) >= MOVED:
            held.append(more if by > 0 else less)
    return held


def loudest_of(spec: SceneSpec) -> str:
    """The layer of sound that one hears first, "" in silence."""
    return max(((layer.level, layer.name) for layer in spec.sound.layers), default=(0.0, ""))[1]


def still_true(spec: SceneSpec, why: Why, was: SceneSpec | None = None) -> bool:
    """Whether a reason told earlier is true of the spec as it is now. What is no such reason is left alone.

    was : the spec it was told of; of things that lie about any may be the one that was named.
    """
    kind, name, detail = _meaning().get(why.brings, ("", "", ""))
    if kind == "palette":
        now = [stage.colours[0].srgb for stage in spec.palette if stage.stage == name]
        return any(colour_named(srgb) == detail for srgb in now)
    shown = {
        "light": lambda: light_of(spec) == name,
        "air": lambda: air_of(spec) == name,
        "surface": lambda: name in moved_surfaces(spec),
        "finish": lambda: name in finish_of(spec),
        "between": lambda: name in spec.surfaces and spec.surfaces[name].also == detail,
        "flora": lambda: _there(name, [item.name for item in spec.flora]),
        "particles": lambda: _there(name, [item.name for item in spec.ambience.particles]),
        "things": lambda: bool(spec.things) and (was is None or was.things == spec.things),
        "sound": lambda: loudest_of(spec) == name,
    }
    return kind not in shown or shown[kind]()


def _there(name: str, names: list[str]) -> bool:
    return bool(names) if name == "native" else name in names


@functools.cache
def _meaning() -> Mapping[str, tuple[str, str, str]]:
    """Sentence in any language → (kind, name, colour of a palette or second material of a surface)."""
    told = {}
    for kind in ("light", "air", "surface", "finish", "flora", "particles", "things", "sound"):
        for name, said in sentences()[kind].items():
            told |= {said[language]: (kind, name, "") for language in LANGUAGES}
    for name, said in sentences()["palette"].items():
        for colour, called in sentences()["colour"].items():
            told |= {said[language].format(colour=called[language]): ("palette", name, colour)
                     for language in LANGUAGES}
    for name, said in sentences()["between"].items():
        for material in materials().values():
            told |= {said[language].format(material=material.names[language]): ("between", name, material.name)
                     for language in LANGUAGES}
    return told
