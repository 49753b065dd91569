"""soak sounds: twenty mornings of six places, each listened to by figures alone.

Each is imagined anew from its seed and rendered as `showroom listen` does. Promised: at least 95 of a
hundred are taken for what they are by the nearest mean of the others, on octave and modulation spectra; the
surf swells 0.1 to 0.2 times a second, the fire crackles some times a second, crickets sing in their band,
and a temple rings longer than a meadow.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable

import numpy as np

import _ears
from showroom.catalogue import load_catalogue
from showroom.cli.listen import rendered
from showroom.senses.audio.frames import HOP
from showroom.senses.audio.tail import Tail
from showroom.stage.air import TAILS

SEEDS, SECONDS = 20, 20.0
PLACES = {"seashore": "bassa-marea", "rose_garden": "prima-rugiada", "conifer_forest": "resina",
          "incense_temple": "vespri", "alpine_snow": "primo-gelo", "vanilla_patisserie": "credenza"}
LEAST_RIGHT = 0.95
SWELL_HZ, CRACKLES_PER_S, CRICKETS_HZ = (0.1, 0.2), (2.5, 9.0), (3500.0, 5700.0)


def main(share: float) -> int:
    """Listens to that share of the seeds, three at least; prints the figures."""
    from showroom.imagine.nose import Nose

    nose, products = Nose.load(), load_catalogue()

    def morning(product: str, seed: int):
        return nose.imagine(products.find(product), seed=seed)

    seeds = range(1, 1 + max(3, round(SEEDS * share)))
    figures = {**recognised(morning, seeds), **signatures(morning, seeds)}
    figures["holds"] = holds(figures)
    print(json.dumps(figures))
    return 0 if figures["holds"] else 1


def recognised(morning: Callable, seeds, seconds: float = SECONDS) -> dict:
    """How many mornings are taken for what they are. morning: (product, seed) → SceneSpec."""
    vectors, names = [], []
    for place, product in PLACES.items():
        for seed in seeds:
            vectors.append(_ears.features(rendered(morning(product, seed), seconds)))
            names.append(place)
        print(f"sounds: {place}: {len(seeds)} mornings", file=sys.stderr)
    answers = _ears.told_apart(np.array(vectors), names)
    wrong = Counter(f"{name} for {taken}" for name, taken in answers if name != taken)
    return {"recordings": len(names), "right": 1.0 - sum(wrong.values()) / len(names), "wrong": dict(wrong)}


def signatures(morning: Callable, seeds, seconds: float = 60.0) -> dict:
    """What each is known by, of as many mornings: least and most."""
    swells = [_ears.swell_hz(rendered(morning("bassa-marea", seed), seconds)) for seed in seeds]
    crackles = [_ears.clicks_per_s(rendered(morning("lampada-verde", seed), seconds / 2)) for seed in seeds]
    nights = [rendered(morning("notte-di-giugno", seed), seconds / 4) for seed in seeds]
    crickets = [_ears.strongest_hz(night, 2000.0) for night in nights]
    return {"swell_hz": _range(swells), "crackles_per_s": _range(crackles), "crickets_hz": _range(crickets),
            "temple_s": rings_s("incense_temple"), "meadow_s": rings_s("lavender_field")}


def rings_s(place: str) -> float:
    """Reverberation time of a place's tail, from what it answers to one impulse."""
    tail_s = TAILS[place][0]
    tail, blow, rest = Tail(1), np.zeros(HOP, np.float32), np.zeros(HOP, np.float32)
    blow[0] = 1.0
    answers = [tail.ring(rest if hop else blow, tail_s) for hop in range(12 + int(60 * tail_s))]
    heard = np.concatenate(answers, axis=1).T
    return _ears.reverberation_s(heard[np.argmax(np.abs(heard[:, 0]) > 0):])


def holds(figures: dict) -> bool:
    """Whether everything is as promised."""
    within = [("swell_hz", SWELL_HZ), ("crackles_per_s", CRACKLES_PER_S), ("crickets_hz", CRICKETS_HZ)]
    return (figures["right"] >= LEAST_RIGHT and figures["temple_s"] > 2.0 * figures["meadow_s"]
            and all(low <= figures[name][0] and figures[name][1] <= high for name, (low, high) in within))


def _range(values: list[float]) -> tuple[float, float]:
    return round(min(values), 3), round(max(values), 3)
