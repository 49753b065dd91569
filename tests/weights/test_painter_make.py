"""Where the learned painter is used: chosen by request and kind, kept by the cache, stepped in for by the recipes."""

import dataclasses

import pytest
import torch
from paint_specs import spec_of
from safetensors.torch import load_file, save_file
from tiny_painter import ALIKE, MIXED, UNLOVED, save_tiny, tiny_painter

from showroom.cli import bench_painter, doctor
from showroom.errors import ModelError
from showroom.imagine import brushes, painter_store
from showroom.imagine.bake import Task, bake
from showroom.imagine.cache import Cache
from showroom.imagine.inventory import items
from showroom.imagine.learned_surface import paint_learned
from showroom.imagine.make import make
from showroom.imagine.messages import decode, encode
from showroom.imagine.paint import TILES, paint
from showroom.imagine.painter_store import FILES
from showroom.imagine.sorts import SORT_OF, kind_of
from showroom.imagine.weights import write_sums
from showroom.words.image import Image
from showroom.words.request import Request
from showroom.words.result import Done, Remark
from showroom.words.scenespec import SceneSpec

PX = 64


@pytest.fixture(autouse=True)
def shipped(tmp_path, monkeypatch):
    """The tiny painter, as if it were the one that ships; no geometry, which wears nothing then."""
    folder = save_tiny(tmp_path / "painter")
    monkeypatch.setattr(painter_store, "model_folder", lambda: folder)
    monkeypatch.setattr("showroom.imagine.make._geometry", _worn_by_all)
    return folder


def _worn_by_all(request, spec, shown, cache, wear, between):
    for name in spec.surfaces:
        wear(name)
    yield from ()


def the_spec(**surfaces) -> SceneSpec:
    own = {name: spec_of("seashore").surfaces[name] for name in ("sky", "ground")}
    return dataclasses.replace(spec_of("seashore"), surfaces=own | surfaces).sealed()


SPEC = the_spec(drape=MIXED, prop=UNLOVED, plinth=ALIKE)


def made(cache, painter: str = "auto", spec: SceneSpec = SPEC, px: int = PX) -> tuple[dict[str, bytes], list[Remark]]:
    """The finest colours of every surface, and what staff were told."""
    values = list(make(Request("place", spec=spec, surface_px=px, painter=painter), None, Cache(cache)))
    assert values[-1] == Done()
    bands: dict[str, bytes] = {}
    for value in values:
        if isinstance(value, Image) and value.level == 0:
            bands[value.surface] = bands.get(value.surface, b"") + value.pixels.tobytes()
    return bands, [value for value in values if isinstance(value, Remark)]


def by(painter, surface: str, spec: SceneSpec = SPEC) -> bytes:
    """A surface as one painter makes it, its maps as `make` sends them, colour before detail."""
    shown = dataclasses.replace(spec, model=dataclasses.replace(spec.model, name="", revision=""))
    one = paint_learned(tiny_painter(), shown, surface, PX) if painter == "learned" else paint(shown, surface, PX)
    return (one.color.tobytes() + one.detail.tobytes()) if one.sky is None else b""


@pytest.mark.parametrize(("painter", "learned"), [
    ("auto", {"drape", "plinth"}), ("recipe", set()), ("learned", {"drape", "plinth", "prop", "ground"}),
])
def test_each_surface_is_painted_by_whom_the_request_and_its_kind_say(tmp_path, painter, learned):
    pixels, told = made(tmp_path, painter)
    for surface in ("drape", "prop", "plinth", "ground"):
        assert pixels[surface] == by("learned" if surface in learned else "recipe", surface), surface
    assert not told


def test_a_place_of_plain_surfaces_asks_for_no_painter_at_all(tmp_path, shipped, monkeypatch):
    monkeypatch.setattr(brushes, "card", None)
    _, told = made(tmp_path, spec=the_spec(plinth=dataclasses.replace(MIXED, also="", share=0.0)))
    assert not told


def test_recipes_never_ask_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr(brushes, "card", None)
    made(tmp_path, "recipe")


def test_what_was_painted_once_needs_no_model_again(tmp_path, monkeypatch):
    once = made(tmp_path)
    monkeypatch.setattr(brushes, "shared_model", None)
    assert made(tmp_path) == once


def test_other_weights_paint_anew_and_recipes_keep_theirs(tmp_path, shipped):
    learned, recipe = made(tmp_path)[0], made(tmp_path, "recipe")[0]
    found = list(items(tmp_path))
    assert len(found) >= 6 and all(item.current for item in found)
    other = tiny_painter()
    with torch.no_grad():
        other.levels[1].out.weight.mul_(2.0)
    painter_store.save_model(other, shipped)
    assert {item.asset.name for item in found if not item.current} == {"drape", "plinth"}
    again = made(tmp_path)[0]
    assert again["drape"] not in (learned["drape"], recipe["drape"]) and again["prop"] == recipe["prop"]


@pytest.mark.parametrize("fault", ["nothing there", "a byte too few", "weights that are no number"])
def test_a_painter_that_cannot_be_used_is_one_line_and_recipes_paint(tmp_path, shipped, fault):
    if fault == "nothing there":
        for path in shipped.iterdir():
            path.unlink()
    elif fault == "a byte too few":
        (shipped / "model.safetensors").write_bytes((shipped / "model.safetensors").read_bytes()[:-1])
    else:
        weights = load_file(shipped / "model.safetensors")
        weights["levels.0.out.bias"][0] = torch.nan
        save_file(weights, shipped / "model.safetensors", {"format": "pt"})
        write_sums(shipped, FILES)
    pixels, told = made(tmp_path, "auto", px=128)
    assert pixels == made(tmp_path, "recipe", px=128)[0]
    assert len(told) == 1 and "recipes paint until then" in told[0].line and "\n" not in told[0].line
    assert not told[0].fault, "the place is whole"
    save_tiny(shipped)
    pixels, told = made(tmp_path, "auto", px=128)
    assert not told
    assert pixels["drape"] != made(tmp_path, "recipe", px=128)[0]["drape"], "nothing of it was kept as learned"


def test_what_staff_are_told_is_short_enough_to_be_sent():
    remark = brushes.instead(ModelError("a\n" * 9000))
    assert decode(b"".join(encode(remark))) == remark and remark.line.endswith("; recipes paint until then")


def test_a_bake_says_it_and_is_whole(tmp_path, shipped):
    (shipped / "config.json").write_text("{}")
    place = bake(Task("one", Request("place", spec=SPEC, surface_px=PX)), None, Cache(tmp_path, ledger=[]),
                 lambda fraction, making: None)
    assert not place.error and any("recipes paint" in line for line in place.remarks)


def test_a_surface_that_came_out_wrong_is_the_recipes(tmp_path, monkeypatch):
    monkeypatch.setattr("showroom.imagine.learned_surface.LIMITS", {"palette": -1.0})
    pixels, told = made(tmp_path)
    assert pixels == made(tmp_path, "recipe")[0] and {remark.line.split(" with ")[0] for remark in told} == {
        "painting drape", "painting plinth"}


@pytest.mark.parametrize(("spoiled", "state"), [(False, "ok"), (True, "warn")])
def test_doctor_says_what_there_is_of_it_and_that_recipes_step_in(shipped, spoiled, state):
    if spoiled:
        (shipped / "SHA256SUMS").unlink()
    finding, = doctor.look({"painter": doctor._painter})
    assert finding.state == state and ("SHA256SUMS" in finding.says if spoiled else "soft in soft" in finding.says)
    assert ("recipes paint" in finding.next) == spoiled


def test_the_bench_measures_surfaces_and_places_in_turns(monkeypatch):
    monkeypatch.setattr(bench_painter, "PLACES", 1)
    told = bench_painter.measure(64, 1, 64)
    assert {"loading_ms", "cores", "learned_ms", "recipe_ms", "coarse_ms", "ratio"} <= set(told)
    assert set(told["place_ms"]) == {"recipe", "learned"} and told["place_ratio"]["median"] > 0


def test_the_painter_that_ships_knows_every_material_and_prefers_kinds_that_there_are(monkeypatch):
    monkeypatch.undo()
    known = painter_store.card()
    painter_store.check_model(painter_store.model_folder())
    assert set(known.materials) == set(TILES)
    sorts = set(SORT_OF.values())
    kinds = {*sorts, *(f"{one} in {other}" for one in sorts for other in sorts)}
    assert known.preferred and set(known.preferred) <= kinds


def test_every_material_has_a_sort_and_every_pair_a_kind():
    assert set(SORT_OF) == set(TILES)
    assert kind_of(MIXED) == "soft in soft" and kind_of(ALIKE) == "soft" and kind_of(UNLOVED) == "hard in grown"
    turned = dataclasses.replace(UNLOVED, painter=UNLOVED.also, also=UNLOVED.painter)
    assert kind_of(turned) == "grown in hard"
