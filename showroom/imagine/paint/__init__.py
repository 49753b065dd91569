"""Paint: a spec's surfaces as pictures. Imports torch: only the imagine worker and tools load it.

A painter's name in a spec's surface (`surfaces.NAME.painter`) picks one of PAINTERS. Tileable
surfaces give `color` and `detail`, skies give `sky`, sprites give an atlas. The same spec at a small
size looks like the large picture, blurred.
"""

import difflib
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from showroom.errors import SpecError
from showroom.imagine.paint import (
    built,
    cloth,
    earth,
    grains,
    green,
    liquids,
    metal,
    mixed,
    nap,
    paper,
    relief,
    resins,
    sky_desert,
    sky_green,
    sky_hall,
    sky_lagoon,
    sky_moon,
    sky_night,
    sky_open,
    sky_rooms,
    sky_shop,
    sky_south,
    sky_temple,
    sky_terraces,
    sky_wood,
    skins,
    sprites,
    stones,
    timber,
)
from showroom.imagine.paint.exact import Exactly
from showroom.words.scenespec import SceneSpec, Surface

# Smaller pictures are painted so large and averaged, so that they are the large picture's blur.
_SMALLEST, _SMALLEST_FINE, _SMALLEST_SKY = 128, 256, 128


@dataclass(frozen=True)
class Painted:
    """The maps of one surface.

    color  : (h, w, 4) uint8, sRGB and linear height (of sprites: alpha), or None.
    detail : (h, w, 4) uint8 linear: normal x, normal y (+y up the picture, as glTF), roughness,
             occlusion (of sprites: emission); or None. See words/image.py.
    sky    : (h, 2h, 4) float16 linear radiance, equirectangular: u = 0.5 is −Z, u grows clockwise
             seen from above, row 0 is the zenith; or None.
    """

    color: np.ndarray | None = None
    detail: np.ndarray | None = None
    sky: np.ndarray | None = None


Painter = Callable[[SceneSpec, str, int], Painted]


def seed_of(spec: SceneSpec, surface: str) -> int:
    """What decides all chance in one surface of a spec."""
    return (spec.seed * 1_000_003 + zlib.crc32(surface.encode())) & 0x7FFFFFFF


def _tile(make: Callable[[Surface, int, int], relief.Layers]) -> Painter:
    """A painter of a tileable surface, from the function that makes its layers."""

    def painter(spec: SceneSpec, surface: str, size_px: int) -> Painted:
        want, seed = spec.surfaces[surface], seed_of(spec, surface)
        if want.also:
            layers = mixed.between(make, TILES[want.also], want, max(size_px, _SMALLEST_FINE), seed)
        else:
            layers = make(want, max(size_px, _SMALLEST_FINE if make in _FINE else _SMALLEST), seed)
        return Painted(*relief.finish(layers, want, size_px))

    return painter


def _sky(make: Callable[[SceneSpec, int, int], torch.Tensor]) -> Painter:
    """A painter of a panorama, from the function that makes its radiance."""

    def painter(spec: SceneSpec, surface: str, size_px: int) -> Painted:
        radiance = relief.shrunk(make(spec, max(size_px, _SMALLEST_SKY), seed_of(spec, surface)), size_px)
        return Painted(sky=relief.pack_sky(radiance))

    return painter


def _atlas(spec: SceneSpec, surface: str, size_px: int) -> Painted:
    return Painted(*sprites.atlas(spec, size_px, seed_of(spec, surface)))


# Of fibres, blades and crumbs so thin that half the pixels would lose some of them.
_FINE = (earth.soil_petals, green.grass, green.moss, green.needles, stones.shingle, timber.bark,
         timber.driftwood, cloth.linen, grains.salt, grains.spice, paper.vellum)

# What makes the layers of every material that tiles.
TILES: dict[str, Callable[[Surface, int, int], relief.Layers]] = {
    make.__name__: make
    for make in (
        stones.shingle,
        stones.cobbles,
        stones.flagstone,
        stones.rock,
        earth.sand,
        earth.soil_petals,
        earth.packed_earth,
        earth.snow,
        green.grass,
        green.moss,
        green.needles,
        built.marble,
        built.limestone,
        built.plaster,
        built.brick,
        timber.wood_planks,
        timber.driftwood,
        timber.bark,
        metal.brass,
        metal.copper,
        metal.gold,
        cloth.leather,
        cloth.silk,
        cloth.linen,
        skins.petal,
        skins.peel,
        nap.suede,
        nap.velvet,
        nap.cashmere,
        liquids.water,
        liquids.liquid,
        liquids.ice,
        liquids.polished_stone,
        resins.resin,
        resins.honeycomb,
        grains.salt,
        grains.spice,
        paper.vellum,
    )
}

PAINTERS: dict[str, Painter] = {
    "sprites": _atlas,
    **{
        make.__name__: _sky(make)
        for make in (
            sky_open.sky_sea,
            sky_open.sky_mountains,
            sky_desert.sky_dunes,
            sky_lagoon.sky_lagoon,
            sky_south.sky_grove,
            sky_south.sky_fields,
            sky_green.sky_garden,
            sky_green.sky_forest,
            sky_temple.sky_interior_temple,
            sky_shop.sky_interior_patisserie,
            sky_rooms.sky_interior_souk,
            sky_rooms.sky_interior_library,
            sky_moon.sky_moonlit,
            sky_wood.sky_undergrowth,
            sky_night.sky_city,
            sky_hall.sky_hall,
            sky_terraces.sky_terraces,
        )
    },
    **{name: _tile(make) for name, make in TILES.items()},
}


def paint(spec: SceneSpec, surface: str, size_px: int, between: Callable[[], None] = lambda: None) -> Painted:
    """Paints one surface of a spec.

    surface : a key of `spec.surfaces`.   size_px : edge of a tile, or height of a sky; a power of
    two from 16 to 4096.
    between : called between operations, each half a millisecond or when one has taken longer; whatever it
    raises ends the painting.
    Raises  : SpecError if the spec has no such surface, its painter is unknown or the size is not one.
    """
    if surface not in spec.surfaces:
        raise SpecError(
            f"painting surface {surface!r}: the spec has {', '.join(sorted(spec.surfaces)) or 'none'}; "
            "ask for one of those"
        )
    if not (16 <= size_px <= 4096 and size_px & (size_px - 1) == 0):
        raise SpecError(
            f"painting surface {surface!r} at {size_px} px: a power of two from 16 to 4096 is needed"
        )
    want = spec.surfaces[surface]
    _check(surface, want.painter, PAINTERS)
    if want.also:
        _check(surface, want.also, TILES)
    with torch.no_grad(), Exactly(between):
        return PAINTERS[want.painter](spec, surface, size_px)


def _check(surface: str, name: str, known: dict) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
        raise SpecError(
            f"painting surface {surface!r}: unknown painter {name!r}; the nearest is {near[0]!r}, "
            f"one of {len(known)} in showroom/imagine/paint"
        )
