"""The benches: they run to the end and print what they promise. What they print is never judged here."""

import json

import pytest

from showroom.cli import bench_bake
from showroom.words.vocabulary import PLACES

MOST_CALLS = 150  # of a stereo frame, whatever else happens in it


def figures(showroom, *words: str) -> dict:
    answer = showroom("bench", *words, "--json")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_bench_stream_says_what_it_measured(needs_opengl, showroom):
    told = figures(showroom, "stream", "--blocks", "1", "--block-s", "1", "--surface-px", "128")
    assert set(told["longest_frame_cpu_ms"]) == {"nothing cached", "cached", "leaving"}
    assert {"first_change_ms", "first_level_ms", "all_surfaces_ms", "frame_p99_ratio",
            "frame_p99_ratio_spread", "frame_p99_ms_streaming", "largest_upload_bytes", "upload_budget_bytes"} <= set(told)
    assert set(told["first_change_ms"]) == {"median", "p95"}
    medians = [told[name]["median"] for name in ("first_change_ms", "first_level_ms", "all_surfaces_ms")]
    assert medians == sorted(medians)
    assert 0 < told["largest_upload_bytes"] <= told["upload_budget_bytes"]
    assert told["surface_px"] == 128 and told["blocks"] == 1 and told["places"] >= 1


def test_bench_frame_says_what_it_measured_and_every_place_keeps_to_its_calls(needs_opengl, showroom):
    told = figures(showroom, "frame", "--frames", "10", "--size", "64x64")
    assert {"product", "cpu_ms", "limiter_ms", "gpu_ms", "instances", "triangles", "process_growth_bytes"} <= set(told)
    assert 20 < told["gl_calls"] <= 90 and told["gl_calls_most"] <= 100
    assert 1 << 20 < told["texture_bytes"] <= 1500 << 20
    assert set(told["places"]) == {"hall", *PLACES}
    assert told["product"] in {one["product"] for one in told["places"].values()}
    for place, one in told["places"].items():
        assert 20 < one["gl_calls"] <= one["gl_calls_most"] <= MOST_CALLS and one["triangles"] > 100_000, place


def test_many_things_are_measured_against_few(needs_opengl, showroom):
    told = figures(showroom, "frame", "--frames", "20", "--size", "64x64", "--instances", "5000")
    assert told["instances"] == 5000 and told["against"] == 1000
    least, most = told["ratio"]["spread"]
    assert 0 < least <= told["ratio"]["median"] <= most


def test_bench_imagine_says_what_it_measured(showroom):
    told = figures(showroom, "imagine", "--size", "32")
    assert {"cold_start_ms", "warm_ms", "surfaces_ms", "geometry_ms", "cached_ms"} <= set(told)
    assert told["products"] == 12 and {"sky", "ground", "sprites"} <= set(told["surfaces_ms"])


@pytest.mark.parametrize(("words", "named"), [
    (["stream", "--blocks", "0"], "blocks"), (["stream", "--block-s", "nan"], "block"),
    (["stream", "--surface-px", "100"], "pixels"), (["frame", "--size", "4"], "size"),
    (["frame", "--instances", "10"], "instances")])
def test_a_wrong_bench_is_one_line(showroom, words, named):
    answer = showroom("bench", *words)
    assert answer.returncode == 2 and answer.stderr.count("\n") == 1 and named in answer.stderr


def test_bench_bake_compares_one_job_with_more(monkeypatch):
    monkeypatch.setattr(bench_bake, "ROUNDS", 1)
    monkeypatch.setattr(bench_bake, "PLACES", 2)
    told = bench_bake.measure(2, 16)
    assert set(told["places_per_minute"]) == {1, 2} and told["ratio"] > 0
    assert told["ratio_spread"] == [told["ratio"]] * 2
