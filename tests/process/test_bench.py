"""The benches: they run to the end and print what they promise. What they print is never judged here."""

import json


def figures(showroom, *words: str) -> dict:
    answer = showroom("bench", *words, "--json")
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_bench_stream_says_what_it_measured(needs_opengl, showroom):
    told = figures(showroom, "stream", "--rounds", "1")
    assert {"first_change_ms", "first_level_ms", "all_surfaces_ms", "frame_p99_ratio", "frame_p99_ratio_spread",
            "frame_p99_ms_streaming", "largest_upload_bytes", "upload_budget_bytes"} <= set(told)
    assert set(told["first_change_ms"]) == {"median", "p95"}
    assert told["first_change_ms"]["median"] <= told["first_level_ms"]["median"] <= told["all_surfaces_ms"]["median"]
    assert 0 < told["largest_upload_bytes"] <= told["upload_budget_bytes"]


def test_bench_imagine_says_what_it_measured(showroom):
    told = figures(showroom, "imagine", "--size", "32")
    assert {"cold_start_ms", "warm_ms", "surfaces_ms", "geometry_ms", "cached_ms"} <= set(told)
    assert told["products"] == 12 and {"sky", "ground", "sprites"} <= set(told["surfaces_ms"])


def test_a_wrong_bench_is_one_line(showroom):
    answer = showroom("bench", "stream", "--rounds", "0")
    assert answer.returncode == 2 and answer.stderr.count("\n") == 1 and "rounds" in answer.stderr
