"""Two whole purchases: in a real runtime's headset by pointing, and in a window by typing; paid, and taken home."""

import json
import subprocess
from pathlib import Path

import pytest

HEADSET_STEPS = ("draft", "confirm", "too short", "pay", "receipt", "back")
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def worn(runtime) -> dict[str, dict]:
    """What was to be seen in the headset, step by step."""
    client = runtime.client(str(runtime.port), script="buying_headset.py")
    answers = {step: client.until("step", step, patience_s=240.0) for step in HEADSET_STEPS}
    assert client.end() == 0, "".join(client.errors)
    return answers


@pytest.fixture(scope="module")
def window(x_screen, python_command, own_environment, repository, tmp_path_factory) -> dict[str, dict]:
    """What was to be seen in the window; a question is asked up to three times, and the last is kept."""
    folder = tmp_path_factory.mktemp("buying")
    browser = folder / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {folder}/opened\n')
    browser.chmod(0o755)
    with x_screen((800, 600)) as (display, _):
        environment = own_environment | {"DISPLAY": display, "PYTHONPATH": str(repository), "BROWSER": str(browser),
                                         "XDG_DATA_HOME": str(folder / "data")}
        answer = subprocess.run([*python_command, str(HERE / "buying_window.py"), str(folder)], capture_output=True,
                                text=True, env=environment, timeout=600, check=False)
    assert answer.returncode == 0, answer.stderr
    return {line["step"]: line for line in map(json.loads, answer.stdout.splitlines())}


def card(answer: dict) -> list[str]:
    """The lines of the one card that hangs."""
    cards = [lines for kind, _title, lines in answer["signs"] if kind == "card"]
    assert len(cards) == 1
    return cards[0]


def test_in_a_headset_a_draft_is_pointed_together_and_read_back(worn):
    assert worn["draft"]["draft"] == {"product_id": "bassa-marea", "size_id": "100ml", "quantity": 2, "gift": True,
                                      "delivery": "collect", "coupon": ""}
    assert worn["confirm"]["state"] == "confirm" and card(worn["confirm"]) == card(worn["draft"])
    assert worn["draft"]["language"] == "it" and "\tMisura\t100 ml" in card(worn["draft"])


def test_in_a_headset_only_a_second_of_trigger_orders(worn):
    assert worn["too short"]["state"] == "confirm" and worn["too short"]["ordered"] is False
    assert worn["pay"]["state"] == "pay"


def test_in_a_headset_payment_and_receipt_are_codes_on_layers_of_their_own(worn):
    assert any("code\t\thttp" in line and "/pay/" in line for line in card(worn["pay"]))
    assert worn["receipt"]["state"] == "receipt" and any("/take/" in line for line in card(worn["receipt"]))
    for step in ("draft", "confirm", "pay", "receipt"):
        titles = {title for kind, title, _lines in worn[step]["signs"] if kind != "filling"}
        assert titles <= set(worn[step]["layers"]), step
    assert not any(name == "Apri qui" for _kind, name, _lines in worn["pay"]["signs"]), "no screen to open it on"


def test_in_a_headset_one_comes_back_to_the_place_one_was_in(worn):
    assert worn["back"]["state"] == "try"


def test_in_a_window_one_is_advised_with_a_reason_each(window):
    assert len(window["offers"]["reasons"]) == 3 and window["inside"]["state"] == "try"
    cards = [lines for kind, _title, lines in window["offers"]["signs"] if kind == "card"]
    assert len(cards) == 3 and all(len(lines[1]) > 10 for lines in cards)


def test_in_a_window_a_typed_line_drafts_and_holding_orders(window):
    assert window["draft"]["draft"] == {"product_id": window["inside"]["inside"], "size_id": "50ml", "quantity": 2,
                                        "gift": True, "delivery": "collect", "coupon": ""}
    assert window["too short"]["ordered"] is False and window["pay"]["receipt"]["state"] == "awaiting_payment"


def test_in_a_window_a_refused_payment_is_told_and_a_second_one_goes_through(window):
    assert window["refused"]["page"] == 200 and window["refused"]["state"] == "pay"
    assert any("did not go through" in title for kind, title, _lines in window["refused"]["signs"] if kind == "caption")
    assert window["receipt"]["state"] == "receipt" and "/take/" in window["receipt"]["take_at"]


def test_in_a_window_the_page_to_take_home_opens_with_the_visitors_own_place(window):
    home = window["home"]
    assert home["status"] == 200 and "/take/" in home["url"] and "Low Tide" in home["html"]
    assert window["still"]["kind"] == "image/jpeg" and window["still"]["size"] > 5000


def test_in_a_window_nothing_of_the_visit_stays(window):
    assert window["gone"]["state"] == "attract" and not any(window["gone"]["preference"].values())
