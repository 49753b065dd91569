"""Mingle: a place's surfaces go towards the materials that its notes bring.

Resin in the stone, petal in the cloth: of every surface that may turn, the strongest material that fits it,
if the notes bring enough of it. What lies in the other places of a mixed place competes. How much there is
of it is decided by weights alone, never by chance. Few surfaces of a place turn, so that it stays itself.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from showroom.imagine.colour import mean, mixed, normalised, tinted
from showroom.imagine.liking import Liking
from showroom.imagine.materials import Material, materials
from showroom.imagine.places import PlaceTable, place_table
from showroom.imagine.reading import Scent
from showroom.words.scenespec import Colour, Surface
from showroom.words.vocabulary import INDOOR, PLACES

# Surface → weight in the notes from which its second material shows, and the most of it. What stands nearest to
# the eye chooses first; what is underfoot or all round makes the place, and turns later and less.
_TURNING = {"plinth": (0.1, 0.5), "drape": (0.1, 0.5), "wall": (0.15, 0.35), "ground": (0.15, 0.3), "prop": (0.12, 0.4)}
_TURNED = 3  # of them, beside the cloth
# Of these, what no part of the place wears: turning it would be work for nobody's eyes.
_CLOTHED = (*INDOOR, "desert_dusk")
UNWORN = {
    "drape": tuple(name for name in PLACES if name not in _CLOTHED),
    "wall": ("rose_garden", "tropical_shore"),
    "prop": ("lavender_field", "mossy_undergrowth", "rain_street"),
}
_LEAST_SHARE = 0.15
_PLENTY = 0.45           # weight from which there is the most of it
_NEIGHBOUR = 0.6         # what another place's own surfaces count, beside what notes bring
_SURE = 0.4              # a note less sure than this is nothing one could touch
_ACCENT, _BASE = 0.5, 0.5  # how far second and first colour go to the material's, the first by its share


@dataclass(frozen=True)
class _Brought:
    """A material, how much it counts beside all that was read (0 to 1), and the colours that it comes in."""

    material: Material
    weight: float
    colours: tuple[Colour, ...]


def mingled(
    surfaces: Mapping[str, Surface], table: PlaceTable, liking: Liking, scents: Sequence[Scent]
) -> dict[str, Surface]:
    """A place's surfaces, some of them now between two materials; all as they were where nothing was read.

    surfaces : in the smell's colours already; one whose painter is no material stays as it is, and whoever paints it
               says so.   table : of the main place.
    """
    turned, taken = dict(surfaces), set()
    indoors, from_notes = table.name in INDOOR, list(_from_notes(scents))
    for name, (enough, most) in _TURNING.items():
        own = materials().get(surfaces[name].painter) if name in surfaces else None
        seen = own and table.name not in UNWORN.get(name, ())
        if not seen or len(taken) == _TURNED and name != "drape":
            continue
        fitting = [one for one in from_notes if one.material.lies_on(name, indoors)]
        free = (one for one in (*fitting, *_from_places(name, liking, indoors))
                if one.weight >= enough and one.material.name not in taken
                and one.material.goes_with(own))
        best = max(free, key=lambda one: (one.weight, one.material.name), default=None)
        if best is not None:
            turned[name] = _turned(surfaces[name], best, enough, most)
            if name != "drape":  # what hangs may be what stands
                taken.add(best.material.name)
    return turned


def brings(scent: Scent, material: Material) -> float:
    """How much of a material a note is thought to bring, 0 to 1."""
    if scent.sure < _SURE:
        return 0.0
    return min(math.fsum(min(share, 1.0) * material.characters.get(character.name, 0.0)
                         for character, share in scent.note.blend), 1.0)


def _from_notes(scents: Sequence[Scent]) -> Iterator[_Brought]:
    total = max(math.fsum(scent.weight for scent in scents), 1.0)  # little that was read is no whole perfume
    for material in materials().values():
        amounts = [(scent, scent.weight * brings(scent, material)) for scent in scents]
        own = [Colour(scent.note.colours[0], amount) for scent, amount in amounts if amount > 0]
        if own:
            weight = math.fsum(amount for _, amount in amounts) / total
            yield _Brought(material, weight, tuple(own))


def _from_places(name: str, liking: Liking, indoors: bool) -> Iterator[_Brought]:
    for place, share in liking.other_places():
        own = place_table(place).surfaces.get(name)
        if own and name in ("ground", "wall", "plinth") and (place in INDOOR) == indoors:
            if material := materials().get(own.painter):
                yield _Brought(material, _NEIGHBOUR * share, (Colour(own.srgb, 1.0),))


def _turned(surface: Surface, brought: _Brought, enough: float, most: float) -> Surface:
    way = min((brought.weight - enough) / (_PLENTY - enough), 1.0)
    share = round(_LEAST_SHARE + (most - _LEAST_SHARE) * way, 2)
    own = mean(normalised(brought.colours))
    return replace(
        surface, also=brought.material.name, share=share,
        srgb=tinted(surface.srgb, own, _BASE * share),
        accent_srgb=mixed(surface.accent_srgb, own, _ACCENT),
    )
