"""Baking on a Ray cluster, a real one of this machine: the same bytes come back, and what lies here is not sent."""

import pytest
import stand_in
from stand_in import a_spec, surface

from showroom.cli import main
from showroom.errors import ModelError
from showroom.imagine import cluster
from showroom.imagine.bake import Task, bake
from showroom.imagine.cache import Cache
from showroom.words.request import Request

pytest.importorskip("ray", reason="no Ray: install showroom[ray]")


def asked(seed: int = 7, **surfaces) -> Request:
    return Request("place", spec=a_spec(seed, surfaces=surfaces), surface_px=32, detail=0.1)


def no_model():
    raise ModelError("loading the model: its package is missing; install it")


def files(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.asset")}


def test_a_cluster_gives_the_same_bytes_and_is_asked_for_nothing_twice(tmp_path, monkeypatch):
    tasks = [Task("salt", asked()), Task("broken", asked(plinth=surface("no_such_painter"))),
             Task("row 3", None, "reading c:3: not JSON"), Task("smoke", asked(8))]
    here = [bake(task, no_model, Cache(tmp_path / "here", ledger=[]), lambda *_: None) for task in tasks]
    far = list(cluster.bake_on_cluster(tasks, cluster.LOCAL, tmp_path / "far"))
    assert [place.name for place in far] == ["salt", "broken", "row 3", "smoke"]
    assert [place.error for place in far] == [place.error for place in here]
    assert "no_such_painter" in far[1].error
    assert files(tmp_path / "far") == files(tmp_path / "here")
    assert all(kept.path.is_relative_to(tmp_path / "far") for kept in far[0].assets)

    monkeypatch.setattr(cluster, "_received", None)
    again = list(cluster.bake_on_cluster([tasks[0], tasks[3]], cluster.LOCAL, tmp_path / "far"))
    assert [place.made for place in again] == [0, 0]
    assert [len(place.assays) for place in again] == [4, 4]


def test_another_showroom_on_a_node_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "_revision", lambda: "another")
    place, = cluster.bake_on_cluster([Task("salt", asked())], cluster.LOCAL, tmp_path)
    assert "install the same showroom there" in place.error and not files(tmp_path)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "ray://127.0.0.1:1", "nonsense"])
def test_no_cluster_there_is_one_line(address, tmp_path, capsys):
    assert main(["bake", "--only", "vespri", "--ray", address, "--out", str(tmp_path / "out")]) == 3
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and f"joining the Ray cluster at {address}" in said
    assert not (tmp_path / "out" / "bake.json").exists() and not stand_in.children()


def test_ray_and_jobs_are_two_ways(capsys):
    assert main(["bake", "--ray", "local", "--jobs", "2"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
