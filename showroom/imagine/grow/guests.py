"""Guests: what a scent brings into its place from elsewhere, plants by their notes and props by their places.

They stand lightly: in two or three spots beside the visitor and the plinth, in pots where there is no soil.
"""

from typing import Callable, Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.driftwood import log
from showroom.imagine.grow.flora import plant
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.part import part
from showroom.imagine.grow.rose import fallen_petal
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.imagine.grow.stones import Ground, pebble
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_SPOTS = ((-1.05, -1.62), (1.0, -1.95), (-1.62, -2.1), (1.62, -1.3), (-0.62, -2.35), (0.72, -2.6))
_PROP_SPOT = (0.52, -1.45)
_SCARCE, _FAINT = 0.1, 0.14  # less of a plant, or of another place, is not worth a guest
_MOST = 3
_FRUIT = ("citrus_tree", "fig")


def guests(spec: SceneSpec, native: tuple[str, ...], here: str, ground: Ground, chance: Chance, potted: bool,
           spots: tuple[tuple[float, float], ...] = _SPOTS,
           prop_at: tuple[float, float] = _PROP_SPOT) -> Iterator[Geometry]:
    """Plants of spec.flora that are not `native`, and a prop of each other place it leans to.

    ground : (x, z) → height.   potted : each plant stands in an earthen pot.   spots, prop_at : x, z.
    """
    shown = _FRUIT if spec.things else ()  # fruit stands about the hero already
    foreign = sorted((flora for flora in spec.flora
                      if flora.name not in (*native, *shown) and flora.density >= _SCARCE),
                     key=lambda flora: (-flora.density, flora.name))[:_MOST]
    pots = []
    for order, flora in enumerate(foreign):
        at = np.array(spots[order::_MOST])
        y = ground(at[:, 0], at[:, 1]) + (0.17 if potted else 0.0)
        draw = chance.child(flora.name)
        count = len(at)
        positions = np.stack([at[:, 0], y, at[:, 1]], axis=1)
        turned_to, sizes, tints = bases(draw, count, 0.06), varied_sizes(draw,
            count), varied_tints(draw, count)
        for piece in plant(flora.name, flora.srgb, draw):
            placed = instances(positions, turned_to, sizes, tints, draw.uniform(0, 1, count), 0.012,
                               piece.cell)
            yield part(f"guest {flora.name} {piece.name}", piece.mesh, piece.material, placed)
        pots += [(x, high - 0.17, z) for x, high, z in positions] if potted else []
    if pots:
        yield _pots(np.array(pots), chance)
    others = [(name, weight) for name, weight in spec.place.items() if name != here and weight >= _FAINT
              and name in _PROPS]
    for name, _ in sorted(others, key=lambda item: (-item[1], item[0]))[:1]:
        yield from _PROPS[name](spec, ground, chance.child(name), prop_at)


def _pots(at: np.ndarray, chance: Chance) -> Geometry:
    """Terracotta with a rolled rim, earth to just below it."""
    pot = turned(((0.0, 0.165), (0.09, 0.165), (0.1, 0.17), (0.105, 0.19), (0.125, 0.19), (0.126, 0.16),
                  (0.112, 0.15), (0.085, 0.02), (0.08, 0.0), (0.0, 0.0)), 1.0, 40, 28)
    earth = np.hypot(pot.positions[:, 0], pot.positions[:, 2]) < 0.101
    pot = pot.shaded(second=earth & (pot.positions[:, 1] > 0.15))
    clay = Material(base_color=(0.33, 0.13, 0.065, 1.0), second_color=(0.03, 0.02, 0.013), roughness=0.9)
    return part("guest pots", pot, clay,
                instances(at, bases(chance, len(at)), varied_sizes(chance, len(at), 1.0, 0.1)))


def _petals(spec: SceneSpec, ground: Ground, chance: Chance, at: tuple[float, float]) -> Iterator[Geometry]:
    """Rose petals that the wind has brought."""
    count = 60
    away, reach = chance.uniform(0, 6.3, count), 0.03 + 0.27 * chance.uniform(0, 1, count)
    x, z = at[0] + 0.3 + np.sin(away) * reach, at[1] - 0.25 + np.cos(away) * reach
    placed = instances(np.stack([x, ground(x, z) + 0.012, z], 1), bases(chance, count, 0.3),
                       varied_sizes(chance, count, 0.034), varied_tints(chance, count))
    red = Material("foliage", base_color=(0.42, 0.06, 0.1, 1.0), second_color=(0.6, 0.35, 0.3),
                   roughness=0.6, translucency=0.4)
    yield part("guest petals", fallen_petal(), red, placed, casts_shadow=False, layer="base")


def _brazier(spec: SceneSpec, ground: Ground, chance: Chance, at: tuple[float, float]) -> Iterator[Geometry]:
    """A low bowl of coals with resin smoking on it."""
    x, z = at[0] + 0.35, at[1] - 0.3
    y = float(ground(np.array([x]), np.array([z]))[0])
    brass = Material(base_color=(0.5, 0.33, 0.13, 1.0), metallic=1.0, roughness=0.38)
    yield part("guest brazier", fire.brazier(0.42, 0.17).moved(x, y, z), brass,
               lights=(fire.light((x, y + 0.7, z), fire.EMBER, 0.7, 2.2, 0.35),))
    lumps, skin = fire.coals(chance, 0.14, 18)
    yield part("guest coals", lumps.moved(x, y + 0.39, z), fire.charred())
    yield part("guest embers", skin.moved(x, y + 0.39, z), fire.burning(fire.COAL, 0.9), casts_shadow=False)


def _drift(spec: SceneSpec, ground: Ground, chance: Chance, at: tuple[float, float]) -> Iterator[Geometry]:
    """A piece of driftwood and sea-worn pebbles."""
    x, z = at[0] + 0.3, at[1] - 0.25
    y = float(ground(np.array([x]), np.array([z]))[0])
    wood = log(chance, 0.55, 0.026, 2, 9).turned("y", 0.6).moved(x, y, z)
    yield part("guest driftwood", wood,
               Material(base_color=(0.36, 0.32, 0.27, 1.0), second_color=(0.2, 0.17, 0.14), roughness=0.9))
    count = 16
    away, reach = chance.uniform(0, 6.3, count), 0.3 * np.sqrt(chance.uniform(0, 1, count))
    px, pz = x + np.sin(away) * reach, z + np.cos(away) * reach
    size = 0.012 + 0.03 * chance.uniform(0, 1, count) ** 2
    placed = instances(np.stack([px, ground(px, pz) + 0.25 * size, pz], 1), bases(chance, count, 0.3), size,
                       varied_tints(chance, count, 0.02, 0.4))
    yield part("guest pebbles", pebble(2, 3),
               Material(base_color=(0.2, 0.19, 0.17, 1.0), second_color=(0.08, 0.08, 0.07), roughness=0.4,
                        clearcoat=0.5), placed)


Prop = Callable[[SceneSpec, Ground, Chance, tuple[float, float]], Iterator[Geometry]]
_PROPS: dict[str, Prop] = {
    "rose_garden": _petals, "incense_temple": _brazier, "spice_souk": _brazier,
    "seashore": _drift, "tropical_shore": _drift,
}
