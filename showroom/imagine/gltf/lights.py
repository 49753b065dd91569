"""Lights: the few lamps that a model brings along, as our own.

Source: KHR_lights_punctual: candela, and a range in metres.
"""

import math

import numpy as np

from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.graph import Graph
from showroom.words.geometry import Light

MOST_LIGHTS = 4
_OF_CANDELA = 0.09   # a candle of one candela is so bright in our places
_BRIGHTEST, _FAINT = 40.0, 0.02
_LEAST_M, _NARROWEST = 0.01, 0.01  # of a lamp's reach, and of its cone (rad): no reach and no cone are no numbers


def lights_of(document: Document, graph: Graph, worlds: np.ndarray, foot: np.ndarray) -> tuple[Light, ...]:
    """The point and spot lights of the nodes that are drawn, from the foot on; those of the sun's kind are told."""
    known = (document.plain.get("extensions") or {}).get("KHR_lights_punctual", {}).get("lights", [])
    found: list[Light] = []
    for at in graph.drawn:
        named = (document.list("nodes")[at].get("extensions") or {}).get("KHR_lights_punctual")
        if named is None:
            continue
        plain = known[int(named["light"])]
        if plain["type"] not in ("point", "spot") or len(found) == MOST_LIGHTS:
            document.tell(f"a light of the kind {plain['type'][:20]!r} is left out: up to {MOST_LIGHTS} lamps are "
                          "kept, the sun is the place's own")
            continue
        found.append(_light(plain, worlds[at], foot))
    return tuple(found)


def _light(plain: dict, world: np.ndarray, foot: np.ndarray) -> Light:
    strength = min(float(plain.get("intensity", 1.0)) * _OF_CANDELA, _BRIGHTEST)
    color = tuple(float(part) * strength for part in plain.get("color", (1, 1, 1)))
    radius_m = max(min(float(plain.get("range", math.inf)), math.sqrt(max(strength, 1e-4) / _FAINT)), _LEAST_M)
    ahead = world[:3, :3] @ (0.0, 0.0, -1.0)
    ahead = ahead / max(float(np.linalg.norm(ahead)), 1e-9)
    outer = float(plain.get("spot", {}).get("outerConeAngle", math.pi / 4))
    cone = math.cos(min(max(outer, _NARROWEST), math.pi / 2)) if plain["type"] == "spot" else -1.0
    return Light(tuple((world[:3, 3] - foot).tolist()), color, radius_m, 0.0, tuple(ahead.tolist()), cone)
