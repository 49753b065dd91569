"""Lean: how far a place goes towards a visitor's taste, and what the shop says of it.

A smell stays what it is: liked notes and accords that the product has come forward, disliked ones step
back; other places enter beside its own; hour, colours and feel go part of the way by the moves of steering.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from showroom.imagine.between import between
from showroom.imagine.colour import mixed, nearest
from showroom.imagine.liking import Liking
from showroom.imagine.moves import MOVES
from showroom.imagine.places import place_table
from showroom.imagine.reading import TEXT, Reading
from showroom.imagine.shown import sentences
from showroom.imagine.taste import FEELS, Taste
from showroom.words.scenespec import Colour, SceneSpec, Why

_NOTE_UP, _NOTE_DOWN = 1.8, 0.45     # weight of a note that is liked, or not
_ACCORD_UP, _ACCORD_DOWN = 0.6, 0.6  # power by which a liked accord rises; share to which another falls
_PLACE_IN, _PLACE_OUT = 0.3, 0.4     # share with which a liked place enters; to which another falls
_HOUR = 0.6                          # how far towards the hour
_COLOUR = 0.3                        # how far each colour goes to the nearest liked one
_FELT = {"softness": ("softer", "rougher"), "warmth": ("warmer", "cooler"), "light": ("brighter", "darker"),
         "stillness": ("calm", "windy")}


def leaned_reading(reading: Reading, taste: Taste) -> Reading:
    """The same notes, the liked ones weightier, the disliked ones lighter."""
    liked = {note.name for note in taste.likes.notes.values()}
    disliked = {note.name for note in taste.dislikes.notes.values()}

    def times(name: str) -> float:
        return _NOTE_UP if name in liked else _NOTE_DOWN if name in disliked else 1.0

    scents = tuple(replace(scent, weight=scent.weight * times(scent.note.name)) for scent in reading.scents)
    return replace(reading, scents=scents)


def leaned_liking(liking: Liking, taste: Taste) -> Liking:
    """Accords that are smelled at all rise or fall; places enter or step back."""
    accords = dict(liking.accords)
    for name in taste.likes.accords:
        if name in accords:
            accords[name] **= _ACCORD_UP
    for name in taste.dislikes.accords:
        if name in accords:
            accords[name] *= _ACCORD_DOWN
    most = max(accords.values(), default=1.0)
    accords = {name: amount / most for name, amount in _ordered(accords)}
    places = dict(liking.places)
    for name in taste.likes.places:
        places[name] = places.get(name, 0.0) + _PLACE_IN
    for name in taste.dislikes.places:
        if name in places:
            places[name] *= _PLACE_OUT
    return replace(liking, accords=accords, places=_shares(places))


def leaned(spec: SceneSpec, taste: Taste) -> SceneSpec:
    """A composed spec with its hour, colours and feel part of the way to the visitor's."""
    if taste.hour:
        spec = between(spec, MOVES[taste.hour](spec), _HOUR)
    for name in FEELS:
        wish = 2 * taste.feel.get(name, 0.5) - 1
        more, less = _FELT[name]
        if wish:
            spec = between(spec, MOVES[more if wish > 0 else less](spec), abs(wish))
    return _coloured(spec, taste.likes.colours) if taste.likes.colours else spec


def reasons_of(before: Mapping[str, float], spec: SceneSpec, reading: Reading, taste: Taste,
               language: str) -> tuple[Why, ...]:
    """What the taste did to a spec, in the visitor's language; nothing of what it could not do.

    before : the places' shares without the taste.
    """
    table = sentences()["taste"]
    return tuple(Why(said, TEXT, table[key][language])
                 for said, key in _told(before, spec, reading, taste, language))


def _told(before: Mapping[str, float], spec: SceneSpec, reading: Reading, taste: Taste,
          language: str) -> Iterator[tuple[str, str]]:
    """(what is named, key of [taste])."""
    names = sentences()["taste_names"]
    here = {scent.note.name for scent in reading.scents}
    if taste.hour:
        yield names[taste.hour][language], taste.hour
    for key, sides in (("likes", taste.likes), ("dislikes", taste.dislikes)):
        for said, note in sides.notes.items():
            if note.name in here:
                yield note.called(language), f"{key}_note"
        for name in sides.places:
            if round(spec.place.get(name, 0.0), 3) != round(before.get(name, 0.0), 3):
                yield place_table(name).names[language], f"{key}_place"
        for name in sides.accords:
            if name in spec.accords:
                yield sentences()["accord"][name][language], f"{key}_accord"
    if taste.likes.colours:
        yield names["colours"][language], "colours"
    for name, value in taste.feel.items():
        if value != 0.5:
            yield names[name][language], f"{name}_{'more' if value > 0.5 else 'less'}"


def _coloured(spec: SceneSpec, colours: tuple[str, ...]) -> SceneSpec:
    """Palette, cloth and blossom, each a part of the way to the liked colour that is nearest."""
    def towards(srgb: str) -> str:
        return mixed(srgb, nearest(srgb, colours), _COLOUR)

    palette = tuple(
        replace(stage, colours=tuple(Colour(towards(each.srgb), each.weight) for each in stage.colours))
        for stage in spec.palette
    )
    worn = {name: replace(spec.surfaces[name], srgb=towards(spec.surfaces[name].srgb),
                          accent_srgb=towards(spec.surfaces[name].accent_srgb))
            for name in ("drape", "sprites") if name in spec.surfaces}
    return replace(spec, palette=palette, surfaces=spec.surfaces | worn)


def _shares(amounts: Mapping[str, float]) -> dict[str, float]:
    total = sum(amounts.values())
    return {name: amount / total for name, amount in _ordered(amounts)}


def _ordered(amounts: Mapping[str, float]) -> list[tuple[str, float]]:
    """The greatest first."""
    return sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
