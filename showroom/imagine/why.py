"""Why: what brought each thing that one sees, hears and feels, in the visitor's language.

A reason names notes or words of the product (or the visitor's photo), and says in a sentence of
`assets/reasons.toml` what they brought. It is said only of what the finished spec really shows, and
only of notes that really speak for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from showroom.imagine.lexicon import Character, plain
from showroom.imagine.liking import Liking
from showroom.imagine.materials import materials
from showroom.imagine.matter import Matter
from showroom.imagine.mingle import brings
from showroom.imagine.places import place_table
from showroom.imagine.reading import TEXT, Reading, Scent
from showroom.imagine.shown import (
    SEASONAL, air_of, colour_named, finish_of, loudest_of, moved_surfaces, sentences,
)
from showroom.imagine.things import thing_table
from showroom.oklab import lab
from showroom.words.light import light_of
from showroom.words.product import Product
from showroom.words.scenespec import PaletteStage, SceneSpec, Why
from showroom.words.vocabulary import PLACES

_KNOWN = 0.75       # sureness above which a note is called by its own name
_MOST_NAMES = 3     # in one reason
_SHARE = 0.35       # of what the strongest note says; who says less is not named
_MOST_SURFACES = 3
_LETTERS = 80       # of a description that is quoted

_AND = {"en": (", ", " and "), "zh": ("、", "和"), "it": (", ", " e ")}


@dataclass(frozen=True)
class Source:
    """What is named: words and the layer they stand in. whole: all that was said, where no note speaks."""

    words: str
    layer: str
    whole: bool = False


def reasons(spec: SceneSpec, reading: Reading, product: Product, language: str,
            matter: Matter | None = None) -> tuple[Why, ...]:
    """One reason for each visible choice of a finished spec, the place first.

    matter: of a photo that was given.
    """
    good = product.kind != "perfume"
    photo = sentences()["photo"]["photo"][language] if matter else ""
    teller = _Teller(spec, reading.scents, _quoted(product, language), language, reading, good, photo)
    told = dict.fromkeys([*_photo(matter, language), *teller.tell()])
    return tuple(Why(source.words, source.layer, sentence) for source, sentence in told)


def _photo(matter: Matter | None, language: str) -> Iterator[tuple[Source, str]]:
    if matter is not None:
        kind = next((name for name in ("metal", "clear", "gloss") if getattr(matter, name) >= 0.5), "matt")
        table = sentences()["photo"]
        yield Source(table["photo"][language], TEXT), table[kind][language]


@dataclass(frozen=True)
class _Teller:
    """Goes through a spec and finds who speaks for what."""

    spec: SceneSpec
    scents: Sequence[Scent]
    quoted: str
    language: str
    reading: Reading
    good: bool
    photo: str

    def tell(self) -> Iterator[tuple[Source, str]]:
        spec, place = self.spec, self.spec.main_place(PLACES) or PLACES[0]
        brought = self._of_place(place)
        yield brought, self._thought_of(place) if brought.whole else self._say("place", place)
        if not self.good:  # a thing without a smell is neither quick nor cool on the skin
            yield self._light() or self._of_place(place, 0), self._say("light", light_of(spec))
            yield self._air() or self._of_place(place, 1), self._say("air", air_of(spec))
        yield from self._palette()
        yield from self._between()
        yield from self._surfaces()
        yield from self._growing("flora", [item.name for item in spec.flora])
        yield from self._growing("particles", [item.name for item in spec.ambience.particles])
        if source := self._source(self._lying):
            yield source, self._say("things", "lying")
        if spec.sound.layers:
            loudest = loudest_of(spec)
            yield self._of_place(self._home("sound", loudest), 2), self._say("sound", loudest)
        yield from self._hero()
        if not self.good:
            yield from self._season()

    def _say(self, kind: str, name: str) -> str:
        return sentences()[kind][name][self.language]

    def _thought_of(self, place: str) -> str:
        """What is said of a place that the words brought and no note."""
        return self._say("words", "place").format(place=place_table(place).names[self.language])

    # Each choice ---------------------------------------------------------------------------------

    def _of_place(self, place: str, at: int | None = None) -> Source:
        """Who brought the place: the notes that live there, the words if they say more, or a photo.

        at: name the at-th of those notes alone, so that not every reason names the same three.
        """
        def lives(scent: Scent) -> float:
            return scent.weight * sum(weight * character.places.get(place, 0.0)
                                      for character, weight in scent.note.blend)

        if self.photo and place == self.spec.main_place(PLACES) != Liking.of(self.reading).main_place:
            return Source(self.photo, TEXT, whole=True)
        if sum(map(lives, self.scents)) < self.reading.like_weight * self.reading.like.get(place, 0.0):
            return self._words()
        strongest = self._source(lambda scent: scent.weight, at) or self._words()
        return self._source(lives, at) or replace(strongest, whole=True)

    def _home(self, kind: str, name: str) -> str:
        """The place that something is native to: the main one, or the heaviest other that has it."""
        for place in sorted(self.spec.place, key=lambda place: (-self.spec.place[place], place)):
            table = place_table(place)
            native = {"flora": table.flora, "particles": table.air.particles, "sound": table.sound.layers}
            if any(item.name == name for item in native[kind]):
                return place
        return self.spec.main_place(PLACES) or PLACES[0]

    def _light(self) -> Source | None:
        """High light is asked for by what is high in pitch, low light by what is low."""
        if light_of(self.spec) == "high":
            return self._by(lambda character: character.feel[3] - 0.5)
        if light_of(self.spec) == "low":
            return self._by(lambda character: 0.5 - character.feel[3])
        return None

    def _air(self) -> Source | None:
        if air_of(self.spec) == "warm":
            return self._by(lambda character: character.feel[0] - 0.5)
        return self._by(lambda character: 0.5 - character.feel[0])

    def _palette(self) -> Iterator[tuple[Source, str]]:
        for stage in self.spec.palette:
            source = self._by_colour(stage)
            if source:
                name = colour_named(stage.colours[0].srgb)
                yield source, self._say("palette", stage.stage).format(colour=self._say("colour", name))

    def _surfaces(self) -> Iterator[tuple[Source, str]]:
        """Cloth and leaf take the heart's colours, what is built those that stay.

        What is partly something else has that one's colour, which is told already.
        """
        told = [name for name in moved_surfaces(self.spec) if not self.spec.surfaces[name].also]
        for name in told[:_MOST_SURFACES]:
            if name == "sprites" and not self.spec.flora:
                continue  # there is neither leaf nor blossom to be seen
            stages = ("heart",) if name in ("sprites", "sky", "water", "drape") else ("base", "heart")
            yield self._weightiest(stages) or self._strongest(), self._say("surface", name)
        for name in () if self.good else finish_of(self.spec):
            source = self._by(_FINISH[name])
            if source:
                yield source, self._say("finish", name)

    def _between(self) -> Iterator[tuple[Source, str]]:
        """Of each surface that is partly something else, the notes that bring that, or the place it is from."""
        for name, surface in self.spec.surfaces.items():
            if material := materials().get(surface.also):
                source = self._source(lambda scent, material=material: scent.weight * brings(scent, material))
                home = next((place for place in self.spec.place if _is_of(name, material.name, place)), "")
                brought = source or (self._of_place(home) if home else self._strongest())
                yield brought, self._say("between", name).format(material=material.names[self.language])

    def _growing(self, kind: str, shown: Sequence[str]) -> Iterator[tuple[Source, str]]:
        """Of each thing the notes that carry it; of the rest, once, what brought the place of most of it."""
        homes: list[str] = []
        for name in shown:
            source = self._by(lambda character, name=name: float(getattr(character, kind) == name))
            if source:
                yield source, self._say(kind, name)
            else:
                homes.append(self._home(kind, name))
        if homes:
            yield self._of_place(homes[0], 1 if kind == "flora" else 2), self._say(kind, "native")

    def _lying(self, scent: Scent) -> float:
        """Weight of a note that lies by the hero as a thing."""
        lying = thing_table().of(scent.note)
        return scent.weight * any(thing.name == lying for thing in self.spec.things)

    def _hero(self) -> Iterator[tuple[Source, str]]:
        kind = self.spec.hero.kind
        if kind != "bottle":
            yield self._words(), self._say("hero", kind)
            return
        here = lab(self.spec.hero.liquid_srgb)
        source = self._source(lambda scent: scent.weight * max(
            0.0, 0.25 - float(np.linalg.norm(lab(scent.note.colours[0]) - here))))
        yield (source, self._say("hero", kind)) if source else (self._words(), self._say("hero", "own"))

    def _season(self) -> Iterator[tuple[Source, str]]:
        season = max(self.spec.season, key=lambda name: self.spec.season[name])
        at = list(self.spec.season).index(season)
        if self.spec.season[season] >= SEASONAL and self.scents:
            source = self._by(lambda character: character.season[at] - 0.25)
            yield source or self._strongest(), self._say("season", season)

    # Who speaks ----------------------------------------------------------------------------------

    def _by(self, says: Callable[[Character], float]) -> Source | None:
        """The notes whose characters say it most, or None."""
        return self._source(lambda scent: scent.weight * sum(
            weight * says(character) for character, weight in scent.note.blend))

    def _by_colour(self, stage: PaletteStage) -> Source | None:
        """The notes of a stage (or all, where it has none) that have its first colour."""
        first = lab(stage.colours[0].srgb)
        here = [scent for scent in self.scents if scent.stage == stage.stage] or list(self.scents)
        return self._source(lambda scent: (scent in here) * scent.weight * max(
            0.0, 0.12 - min(float(np.linalg.norm(lab(srgb) - first)) for srgb in scent.note.colours)))

    def _weightiest(self, stages: Sequence[str]) -> Source | None:
        return self._source(lambda scent: scent.weight * (scent.stage in stages))

    def _strongest(self) -> Source:
        return self._source(lambda scent: scent.weight) or self._words()

    def _words(self) -> Source:
        return Source(self.quoted, TEXT, whole=True)

    def _source(self, amount: Callable[[Scent], float], at: int | None = None) -> Source | None:
        """The notes of which there is most, in the order they were said; or the at-th of them alone."""
        amounts = [amount(scent) for scent in self.scents]
        most = max(amounts, default=0.0)
        if most <= 1e-9:
            return None
        strong = [scent for scent, value in zip(self.scents, amounts) if value >= _SHARE * most]
        order = sorted(range(len(self.scents)), key=lambda index: (-amounts[index], index))
        strong = [self.scents[index] for index in order if self.scents[index] in strong][:_MOST_NAMES]
        if at is not None:
            strong = [strong[at % len(strong)]]
        names = list(dict.fromkeys(self._name(scent) for scent in self.scents if scent in strong))
        comma, last = _AND[self.language]
        words = comma.join(names[:-1]) + last + names[-1] if len(names) > 1 else names[0]
        guessed = all(scent.sure < _KNOWN and _one_line(scent.said) == self.quoted for scent in strong)
        return self._words() if guessed else Source(words, strong[0].layer)

    def _name(self, scent: Scent) -> str:
        """As the product says it, if the visitor's language says so too; else the note's own name there."""
        if scent.sure < _KNOWN:
            return _one_line(scent.said)
        known = {plain(name) for name in scent.note.names.get(self.language, ())}
        return _one_line(scent.said) if plain(scent.said) in known else scent.note.called(self.language)


_FINISH: Mapping[str, Callable[[Character], float]] = {
    "wetter": lambda character: max(map(character.accords.get, ("aquatic", "marine", "ozonic"), (0.0,) * 3)),
    "drier": lambda character: max(map(character.accords.get, ("amber", "smoky"), (0.0,) * 2)),
    "rougher": lambda character: character.feel[1] - 0.35,
    "smoother": lambda character: 0.35 - character.feel[1],
}


def _is_of(surface: str, material: str, place: str) -> bool:
    own = place_table(place).surfaces.get(surface)
    return own is not None and own.painter == material


def _quoted(product: Product, language: str) -> str:
    """The product's own words where no note speaks: its name in the catalogue, or how its text begins."""
    return _one_line(product.name.get(language) or product.name.get("en") or product.said("en"))


def _one_line(said: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in said)
    line = " ".join(printable.split())
    return line if len(line) <= _LETTERS else line[: _LETTERS - 1] + "…"
