"""One whole visit on a real runtime, by somebody who knows only what is to be seen."""

import pytest

STEPS = ("greet", "browse", "card", "inside", "back", "carried", "smelled", "compare", "goodbye", "reset")
LOW_TIDE, VESPERS = "bassa-marea", "vespri"


@pytest.fixture(scope="module")
def visit(runtime) -> dict[str, dict]:
    """What was to be seen, step by step."""
    client = runtime.client(str(runtime.port), script="journeying.py")
    answers = {step: client.until("step", step, patience_s=240.0) for step in STEPS}
    assert client.end() == 0, "".join(client.errors)
    return answers


def kinds(answer: dict) -> list[str]:
    return sorted(kind for kind, _title, _language in answer["signs"])


def test_states_follow_one_another(visit):
    states = [visit[step]["state"] for step in STEPS]
    assert states == ["greet", "browse", "browse", "try", "browse", "browse", "try", "compare", "goodbye", "attract"]


def test_a_language_is_chosen_at_the_greeting_and_kept_until_the_end(visit):
    assert kinds(visit["greet"]) == ["caption", "choice", "choice", "choice"]
    assert all(visit[step]["language"] == "zh" for step in STEPS[1:-1])
    assert {language for step in STEPS[2:-1] for *_, language in visit[step]["signs"]} == {"zh"}


def test_what_is_pointed_at_shows_its_card_and_is_stepped_into(visit):
    assert [title for kind, title, _ in visit["card"]["signs"] if kind == "card"] == ["退潮"]
    assert visit["inside"]["inside"] == LOW_TIDE and "card" in kinds(visit["inside"])


def test_a_bottle_that_is_called_and_smelled_opens_its_place_and_stays_in_the_hand(visit):
    assert visit["carried"]["held"] == [VESPERS]
    assert visit["smelled"]["inside"] == VESPERS and VESPERS in visit["smelled"]["held"]
    assert visit["smelled"]["tried"] == [LOW_TIDE, VESPERS]


def test_two_hover_beside_their_cards_to_be_compared(visit):
    assert sorted(visit["compare"]["held"]) == [LOW_TIDE, VESPERS]
    assert kinds(visit["compare"]) == ["caption", "card", "card", "choice"]


def test_the_headset_shows_words_as_layers_of_their_own(visit):
    for step in ("greet", "card", "inside", "compare", "goodbye"):
        assert visit[step]["layers"] == sorted(title for _kind, title, _language in visit[step]["signs"]) != [], step


def test_nothing_of_the_visit_stays(visit):
    end = visit["reset"]
    assert (end["language"], end["inside"], end["tried"], end["signs"]) == ("en", "", [], [])
