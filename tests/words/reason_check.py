"""Whether a spoken reason is true: read back from the sentence and held against the plain spec.

It shares nothing with what chose the reason: sentences are taken apart by the house's table alone, and what
they claim is worked out anew from the spec as JSON, the product and what is known.
"""

import functools
import re
import tomllib

import numpy as np

from showroom import paths

_ACCORDS_OF = {"evening": 1.0, "day": -1.0}
_GAP_TABLES = {"accord": "accord", "place": "place", "other": "place", "hour": "hour", "light": "hour_light",
               "when": "hour_wear", "texture": "texture", "felt": "texture_felt", "season": "season",
               "worn": "colour", "colour": "colour"}


@functools.cache
def tables() -> dict:
    """The house's words and numbers, as they stand in the files."""
    own = tomllib.loads((paths.ASSETS / "advice" / "advice.toml").read_text("utf-8"))
    reasons = tomllib.loads((paths.ASSETS / "reasons.toml").read_text("utf-8"))
    return own | {"accord": reasons["accord"], "colour": reasons["colour"]}


def claims(sentence: str, language: str, names: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    """(kind, gap → name) of all that a sentence may say. names: what products are called → id."""
    found = []
    for kind, said in tables()["reason"].items():
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(said[language]))
        match = re.fullmatch(pattern, sentence)
        if match is None:
            continue
        facts = {gap: _meant(gap, words, language, names) for gap, words in match.groupdict().items()}
        if None not in facts.values():
            found.append((kind, facts))
    return found


def _meant(gap: str, words: str, language: str, names: dict[str, str]) -> str | None:
    if gap == "name":
        return names.get(words)
    table = tables()[_GAP_TABLES[gap]]
    return next((key for key, said in table.items() if said[language] == words), None)


def holds(kind: str, facts: dict[str, str], plain: dict, price_cents: int, known: dict, look: dict | None,
          others: dict[str, dict]) -> bool:
    """Whether a claim is true of a product.

    plain: its spec.   known: the preference.   look: what is worn.   others: specs by id.   All plain data.
    """
    accords, touch = plain["accords"], plain["touch"]
    place = max(plain["place"], key=lambda name: (plain["place"][name], name))
    strongest = max(accords.values(), default=0.0)

    def smells(name: str, of: dict = accords) -> bool:
        return of.get(name, 0.0) >= 0.25

    checks = {
        "main_accord": lambda f: f["accord"] in known["likes"] and accords[f["accord"]] == strongest > 0,
        "accord": lambda f: f["accord"] in known["likes"] and smells(f["accord"]),
        "place": lambda f: f["place"] == known["place"] == place and plain["place"][place] >= 0.5,
        "near_place": lambda f: f["place"] == known["place"] != f["other"] == place and any(
            {f["place"], f["other"]} <= set(group) for group in tables()["near"]["groups"]),
        "hour_light": lambda f: f["hour"] == known["hour"] and f["light"] == _light(plain, place),
        "hour_wear": lambda f: f["hour"] == known["hour"] and smells(f["accord"]) and _worn(accords, f),
        "texture": lambda f: f["texture"] == f["felt"] == known["texture"] and _feels(f["texture"], touch),
        "season_main": lambda f: f["season"] == known["season"]
        and plain["season"][f["season"]] == max(plain["season"].values()),
        "season": lambda f: f["season"] == known["season"] and plain["season"][f["season"]] >= 0.3,
        "palette": lambda f: _colours_go(f, known["colours"], plain),
        "price": lambda f: 0 < price_cents <= known["most_cents"],
        "more": lambda f: f["name"] in known["more"] and smells(f["accord"])
        and smells(f["accord"], others[f["name"]]["accords"]),
        "dwelt": lambda f: known["dwelt_s"][f["name"]] >= 20 and smells(f["accord"])
        and smells(f["accord"], others[f["name"]]["accords"]),
        "stayed": lambda f: True, "held": lambda f: True,  # of the visit, not of the spec: see `did`
        "look_colour": lambda f: _colours_go(f, [one["srgb"] for region in look["regions"]
                                                 for one in region["colours"]], plain),
        "look_season": lambda f: _dressed(look) == f["season"] and plain["season"][f["season"]] >= 0.3,
        "own": lambda f: f["place"] == place and accords[f["accord"]] == strongest > 0,
        "own_place": lambda f: f["place"] == place and not accords,
    }
    return checks[kind](facts)


def did(kind: str, product_id: str, known: dict) -> bool:
    """Whether what a reason says of the visit happened."""
    happened = {"stayed": known["dwelt_s"].get(product_id, 0.0) >= 20.0,
                "held": known["grabs"].get(product_id, 0.0) >= 1.0}
    return happened.get(kind, True)


def _light(plain: dict, place: str) -> str:
    if place in ("incense_temple", "leather_library", "vanilla_patisserie", "spice_souk"):
        return "room"
    if plain["sky"]["stars"] >= 0.4:
        return "night"
    elevation = plain["sky"]["sun_elevation_deg"]
    return "low" if elevation < 14 else "high" if elevation > 38 else "middle"


def _worn(accords: dict, facts: dict) -> bool:
    """By what people wear in the evening, the scent as a whole and the accord that is named say so."""
    weights, sign = tables()["evening"], _ACCORDS_OF[facts["when"]]
    length = np.sqrt(sum(amount**2 for amount in accords.values()))
    whole = sum(amount * weights.get(name, 0.0) for name, amount in accords.items()) / length
    late = {"dawn": -1.0, "noon": -1.0, "dusk": 1.0, "night": 1.0}[facts["hour"]]
    return late == sign and sign * whole > 0.04 and sign * weights[facts["accord"]] > 0.0


def _feels(texture: str, touch: dict) -> bool:
    soft, rough, warm = touch["softness"], touch["roughness"], touch["warmth"]
    return {"silk": soft > 0.55 and rough < 0.4, "wool": soft > 0.55 and warm > 0.45, "bark": rough > 0.45,
            "stone": warm < 0.45 and soft < 0.55}[texture]


def _dressed(look: dict) -> str:
    return ("winter", "spring", "summer", "autumn")[int(np.argmax(look["season"]))]


def _colours_go(facts: dict, worn: list[str], plain: dict) -> bool:
    """Two colours of these names are there, and look alike."""
    own = [colour["srgb"] for stage in plain["palette"] for colour in stage["colours"]]
    return any(_named(one) == facts["worn"] and _named(mine) == facts["colour"] and _apart(one, mine) < 0.14
               for one in worn for mine in own)


def _named(srgb: str) -> str:
    table = tables()["colour"]
    return min(table, key=lambda name: (_apart(srgb, table[name]["srgb"]), name))


def _apart(one: str, other: str) -> float:
    return float(np.linalg.norm(_lab(one) - _lab(other)))


@functools.cache
def _lab(srgb: str) -> np.ndarray:
    """OKLab by the published steps (Ottosson 2020), written out."""
    value = np.array([int(srgb[at:at + 2], 16) for at in (1, 3, 5)]) / 255
    r, g, b = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    l, m, s = np.cbrt([0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
                       0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
                       0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b])
    return np.array([0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                     1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                     0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s])
