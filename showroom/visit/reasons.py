"""Reasons: why a product is offered, one of them, true of its spec, in the visitor's language.

A reason may be given only where what it says holds; of those that may, the one is given by whose part
the product stands out most among all there are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from showroom.oklab import lab
from showroom.visit.advice import DAY, EVENING, AdviceTable, house_advice
from showroom.visit.affinity import COLOURFUL, SAME_COLOUR, Affinity, Ware, chroma, evening_of, hour_of_light
from showroom.words.light import light_of
from showroom.words.look import Look
from showroom.words.preference import Preference
from showroom.words.scenespec import SceneSpec
from showroom.words.vocabulary import PLACES, SEASONS

THERE = 0.25          # of the strongest accord: from here on one is told that it is in a scent
SEASONAL = 0.3        # share of a season that is worth saying
TAKES_THERE = 0.5     # share of a place that is called where a scent takes one
_LIT = 0.6            # share of an hour's light
_EVENING, _BY_DAY, _TELLS = 0.58, 0.42, 0.05  # worn late, or by day; from how much on an accord says so
_STAYED_S = 20.0
_FELT: Mapping[str, Callable] = {  # a texture → whether a spec's touch is that
    "silk": lambda touch: touch.softness >= 0.6 and touch.roughness <= 0.35,
    "wool": lambda touch: touch.softness >= 0.6 and touch.warmth >= 0.5,
    "bark": lambda touch: touch.roughness >= 0.5,
    "stone": lambda touch: touch.warmth <= 0.42 and touch.softness <= 0.5,
}
# the names of what fills a sentence's gaps, by the gap
_TABLES = {"accord": "accord", "place": "place", "other": "place", "hour": "hour", "light": "hour_light",
           "when": "hour_wear", "texture": "texture", "felt": "texture_felt", "season": "season",
           "worn": "colour", "colour": "colour"}
NameOf = Callable[[str, str], str]  # a product's id and a language → what it is called there


@dataclass(frozen=True)
class Reason:
    """kind: one of `advice.REASONS`. facts: (gap, name of the vocabulary or id) for its sentence."""

    kind: str
    product_id: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AdviceSayings:
    """Says reasons aloud, by the house's table unless another is given."""

    table: AdviceTable | None = None

    def say(self, reason: Reason, language: str, name_of: NameOf) -> str:
        """The one sentence of a reason."""
        table = self.table or house_advice()
        filled = {gap: name_of(fact, language) if gap == "name" else table.say(_TABLES[gap], fact, language)
                  for gap, fact in reason.facts}
        return table.say("reason", reason.kind, language, **filled)


@dataclass(frozen=True)
class Known:
    """All that decides a reason: who is offered what, among which."""

    wares: tuple[Ware, ...]
    affinity: Affinity
    table: AdviceTable
    preference: Preference
    look: Look | None
    parts: Mapping[str, np.ndarray]


def reason_for(known: Known, index: int) -> Reason:
    """The reason for offering one of the wares."""
    ware = known.wares[index]
    found = []
    for order, (part, reasons) in enumerate(_TELLERS.items()):
        if part in known.parts and known.parts[part][index] >= 0.0:
            reason = next(reasons(known, index, ware.spec), None)
            if reason is not None:
                by = float(known.parts[part][index] - known.parts[part].mean())
                found.append((-round(by, 9), order, Reason(reason[0], ware.product.id, reason[1:])))
    if found:
        return min(found, key=lambda item: item[:2])[2]
    return Reason(*_own(ware))


def _own(ware: Ware) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """What may be said of it to whoever it is."""
    place = ("place", ware.spec.main_place(PLACES) or PLACES[0])
    strongest = _strongest(ware.spec)
    if not strongest:
        return "own_place", ware.product.id, (place,)
    return "own", ware.product.id, (("accord", strongest), place)


def _strongest(spec: SceneSpec) -> str:
    return max(spec.accords, key=lambda name: (spec.accords[name], name), default="")


# Each gives (kind, *facts) of what holds, the best first --------------------------------------------

_Told = Iterator[tuple]


def _accords(known: Known, index: int, spec: SceneSpec) -> _Told:
    here = [(amount * spec.accords.get(name, 0.0), name) for name, amount in known.preference.likes
            if spec.accords.get(name, 0.0) >= THERE]
    if here:
        name = max(here)[1]
        yield "main_accord" if name == _strongest(spec) else "accord", ("accord", name)


def _place(known: Known, index: int, spec: SceneSpec) -> _Told:
    loved, here = known.preference.place, spec.main_place(PLACES) or ""
    if spec.place.get(here, 0.0) < TAKES_THERE:
        return
    if here == loved:
        yield "place", ("place", loved)
    elif known.table.near.get((loved, here)):
        yield "near_place", ("place", loved), ("other", here)


def _hour(known: Known, index: int, spec: SceneSpec) -> _Told:
    hour, light = known.preference.hour, light_of(spec)
    if hour_of_light(known.table, spec, hour) >= _LIT and light in known.table.said["hour_light"]:
        yield "hour_light", ("hour", hour), ("light", light)
    late = evening_of(known.table, known.affinity.accords[index:index + 1])[0]
    sign = 1.0 if hour in ("dusk", "night") else -1.0
    if late >= _EVENING if sign > 0 else late <= _BY_DAY:
        says = [(amount, name) for name, amount in spec.accords.items()
                if amount >= THERE and sign * known.table.evening.get(name, 0.0) >= _TELLS]
        if says:
            when = EVENING if sign > 0 else DAY
            yield "hour_wear", ("hour", hour), ("when", when), ("accord", max(says)[1])


def _texture(known: Known, index: int, spec: SceneSpec) -> _Told:
    texture = known.preference.texture
    if _FELT[texture](spec.touch):
        yield "texture", ("texture", texture), ("felt", texture)


def _season(known: Known, index: int, spec: SceneSpec) -> _Told:
    season = known.preference.season
    share = spec.season.get(season, 0.0)
    if share >= max(SEASONAL, *spec.season.values()):
        yield "season_main", ("season", season)
    elif share >= SEASONAL:
        yield "season", ("season", season)


def _price(known: Known, index: int, spec: SceneSpec) -> _Told:
    if known.wares[index].product.price_cents <= known.preference.most_cents:
        yield ("price",)


def _more(known: Known, index: int, spec: SceneSpec) -> _Told:
    yield from _shared(known, index, "more", known.preference.more)


def _dwelt(known: Known, index: int, spec: SceneSpec) -> _Told:
    here, stayed = known.wares[index].product.id, dict(known.preference.dwelt_s)
    if stayed.get(here, 0.0) >= _STAYED_S:
        yield ("stayed",)
    long = [name for name, seconds in stayed.items() if seconds >= _STAYED_S]
    yield from _shared(known, index, "dwelt", long)


def _grabs(known: Known, index: int, spec: SceneSpec) -> _Told:
    if known.wares[index].product.id in dict(known.preference.grabs):
        yield ("held",)


def _shared(known: Known, index: int, kind: str, others) -> _Told:
    """What it has in common with the one of the others that is most like it."""
    at = {ware.product.id: place for place, ware in enumerate(known.wares)}
    likeness = known.affinity.likeness[index]
    near = [(likeness[at[name]], name) for name in others if at.get(name, index) != index]
    if near:
        name = max(near)[1]
        one, other = (known.wares[place].spec.accords for place in (index, at[name]))
        both = [(min(amount, other.get(accord, 0.0)), accord) for accord, amount in one.items()]
        strength, accord = max(both, default=(0.0, ""))
        if strength >= THERE:
            yield kind, ("name", name), ("accord", accord)


def _palette(known: Known, index: int, spec: SceneSpec) -> _Told:
    yield from _going_with("palette", known.preference.colours, spec)


def _look_colour(known: Known, index: int, spec: SceneSpec) -> _Told:
    yield from _going_with("look_colour", [colour.srgb for colour in known.look.colours], spec)


def _going_with(kind: str, worn: Sequence[str], spec: SceneSpec) -> _Told:
    """The two colours, one's own and the smell's, that are most alike; grey goes with everything."""
    own = [colour.srgb for stage in spec.palette for colour in stage.colours]
    pairs = [(float(np.linalg.norm(lab(one) - lab(mine))), one, mine)
             for one in worn if chroma(one) >= COLOURFUL / 2 for mine in own]
    apart, one, mine = min(pairs, default=(np.inf, "", ""))
    if apart <= SAME_COLOUR:
        yield kind, ("worn", called(one)), ("colour", called(mine))


def _look_season(known: Known, index: int, spec: SceneSpec) -> _Told:
    dressed = SEASONS[int(np.argmax(known.look.season))]
    if spec.season.get(dressed, 0.0) >= SEASONAL:
        yield "look_season", ("season", dressed)


# part of the score → who tells of it; of parts that say the same, the first here speaks
_TELLERS = {"accords": _accords, "place": _place, "more": _more, "season": _season, "hour": _hour,
            "texture": _texture, "palette": _palette, "dwelt": _dwelt, "look_colour": _look_colour,
            "look_season": _look_season, "grabs": _grabs, "price": _price}


def called(srgb: str) -> str:
    """The name (of `assets/reasons.toml`) that looks most like a colour."""
    here = lab(srgb)
    named = house_advice().colours
    apart = {name: float(np.linalg.norm(lab(other) - here)) for name, other in named.items()}
    return min(apart, key=lambda name: (apart[name], name))
