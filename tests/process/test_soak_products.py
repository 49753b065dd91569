"""Products in a row: a hundredth of them holds what all promise; what grows is seen."""

import importlib
import json
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def products(repository):
    """scripts/soaks/products.py, which is no part of the package."""
    folder = str(repository / "scripts" / "soaks")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module("products")
    finally:
        sys.path.remove(folder)


def test_a_hundredth_of_them_holds(products, needs_opengl, python_command, own_environment, repository):
    command = [*python_command, str(repository / "scripts" / "soaks"), "products", "--share", "0.01"]
    answer = subprocess.run(command, capture_output=True, text=True, env=own_environment, timeout=900,
                            check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    told = json.loads(answer.stdout)
    assert told["holds"] and not told["broken"] and told["products"] == 2
    first, last = told["first"], told["last"]
    assert all(last[name] <= first[name] for name in first if name not in products.MEMORY)
    assert first["gl_objects"] > 30 and first["shared_bytes"] >= 32 << 20 and first["processes"] == 1
    assert first["vertices_taken"] > 1000 and first["show_files"] > 3 and first["worker_threads"] >= 1


def held(count: int, **last) -> list[dict[str, int]]:
    """What so many products hold; the last one other than the rest."""
    one = {"show_bytes": 400 << 20, "worker_bytes": 500 << 20, "gl_objects": 74, "show_files": 13}
    return [one] * (count - 1) + [{**one, **last}]


@pytest.mark.parametrize("name", ["gl_objects", "show_files"])
def test_one_thing_more_at_the_end_is_too_much(products, capsys, name):
    told = products._figures(held(2, **{name: 75}))
    assert told["broken"] == [name] and not told["holds"] and name in capsys.readouterr().err
    assert products._figures(held(2))["holds"]


def test_memory_that_grows_steadily_is_seen_and_what_places_differ_by_is_not(products):
    places = [(number * 7 % 12) << 20 for number in range(200)]
    flat = [{"show_bytes": (400 << 20) + more} for more in places]
    assert products._figures(flat)["holds"]
    leaking = [{"show_bytes": (400 << 20) + more + number * (40 << 10)} for number, more in enumerate(places)]
    told = products._figures(leaking)
    assert told["broken"] == ["show_bytes"] and 0.01 < told["growth"]["show_bytes"] < 0.02
    warming = [{"show_bytes": (400 << 20) + min(number, 15) * (4 << 20)} for number in range(200)]
    assert products._figures(warming)["holds"]
    assert products._figures(flat[:5])["growth"]["show_bytes"] is None


def test_three_of_four_products_are_nobodys_and_the_last_is_the_first(products):
    house = ["a", "b", "c"]
    chosen = products._chosen(house, 200)
    assert len(chosen) == 200 and chosen[-1] == chosen[0] == "a"
    assert sum(product in house for product in chosen) == 51
    made_up = [product.id for product in chosen if product not in house]
    assert len(set(made_up)) == len(made_up) == 149
