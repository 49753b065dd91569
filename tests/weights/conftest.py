"""What the tests of this folder share: the embedded model, paint_specs.py, and one thread for torch.

The machine's cores belong to other tests too, and torch's threads spin while they wait for each other.
"""

import json
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image

from showroom.imagine.sights import GARMENTS

sys.path.insert(0, str(Path(__file__).resolve().parent))


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def encoder():
    """The sentence encoder, loaded once."""
    from showroom.imagine.encoder import Encoder

    return Encoder.load()


@pytest.fixture(scope="session")
def nose(encoder):
    """The nose as the worker has it."""
    from showroom.imagine.learned import Learned
    from showroom.imagine.lexicon import load_lexicon
    from showroom.imagine.nose import Nose

    return Nose(load_lexicon(), encoder, Learned.load(load_lexicon()))


@pytest.fixture(scope="session")
def backbone():
    """The network that looks at photos, loaded once."""
    from showroom.imagine.backbone import Backbone

    return Backbone.load()


@pytest.fixture
def tables(tmp_path) -> Path:
    """Small tables of the development rows' form."""
    write_tables(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def known(encoder, backbone, tmp_path_factory):
    """What a model can be made from, out of small tables."""
    from showroom.imagine.lexicon import load_lexicon
    from showroom.imagine.train.learn import gather

    folder = tmp_path_factory.mktemp("tables")
    write_tables(folder)
    return gather(folder, load_lexicon(), encoder, backbone, lambda line: None)


def write_tables(folder: Path) -> None:
    """Eighteen perfumes of two notes, whose votes follow from the notes; every third stands in two tables."""
    notes = ["rose", "lemon", "leather", "vanilla", "patchouli", "tuberose", "coconut", "honey", "violet"]
    german = "Rose Zitrone Leder Vanille Patchouli Tuberose Kokosnuss Honig Veilchen".split()
    rows = [(at, notes[at % 9], notes[(2 * at + 1) % 9]) for at in range(18)]
    named = {"lemon": "citrus"}
    voted = [{"name": f"n{at}", "brand": "b", "top": [one], "heart": [other], "base": [],
              "accords": {named.get(other, other): 0.6, named.get(one, one): 1.0}} for at, one, other in rows]
    worn = [{"name": f"n{at if at % 3 == 0 else at + 90}", "brand": "b", "top": [german[at % 9]], "heart": [],
             "base": [], "notes": [german[(2 * at + 1) % 9]], "season": {"Sommer": at + 1, "Winter": 9}}
            for at, *_ in rows]
    (folder / "accord_votes_dev.jsonl").write_text("\n".join(map(json.dumps, voted)), "utf-8")
    (folder / "season_votes_dev.jsonl").write_text("\n".join(map(json.dumps, worn)), "utf-8")
    for part in ("train", "validation"):
        for at, garment in enumerate(GARMENTS):
            place = folder / "clothing" / part / garment
            place.mkdir(parents=True)
            Image.new("RGB", (32, 48), (20 * at, 200 - 15 * at, 90)).save(place / "a.jpg")
    told = [f'n{at},b,"{one}, {other}","A garden of {other} at night, then {one}."'
            for at, one, other in rows]
    (folder / "perfumes_dev.csv").write_text("\n".join(["name,brand,notes,description", *told]), "utf-8")
