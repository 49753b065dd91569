"""Which pairs of materials the learned painter never sees mixed while it learns.

About a fifth of all pairs, by a hash of their names, so that anyone who trains or evaluates agrees on
them, and a material that is added later moves no pair from one side to the other. Each of the two
materials is learned alone and in other pairs; what the painter makes of the two together is its own.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import combinations

ONE_IN = 5  # pairs


def held_out(first: str, second: str) -> bool:
    """Whether the pair is kept from the painter while it learns; the order of the two names is nothing.

    first, second : materials (tile painters' names). A material is never held out from itself.
    """
    if first == second:
        return False
    pair = "+".join(sorted((first, second)))
    return hashlib.sha256(pair.encode()).digest()[0] % ONE_IN == 0


def pairs(materials: Iterable[str], held: bool) -> Iterator[tuple[str, str]]:
    """Every pair of the materials on one side of the rule, in alphabetical order."""
    return (pair for pair in combinations(sorted(materials), 2) if held_out(*pair) == held)
