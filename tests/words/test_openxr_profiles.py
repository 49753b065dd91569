"""Suggested bindings: every path is the specification's, and every make can do what a visit needs."""

import csv
from pathlib import Path

import pytest

from showroom.display.openxr_profiles import (
    ACTIONS,
    BOOLEAN,
    EXTENSIONS,
    FLOAT,
    PROFILES,
    SIDES,
    VISIT,
    language,
    suggestions,
)

LIST = Path(__file__).with_name("openxr_paths.csv")
MAKES = {"khr/simple_controller", "oculus/touch_controller", "valve/index_controller", "htc/vive_controller",
         "htc/vive_focus3_controller", "microsoft/motion_controller", "bytedance/pico4_controller",
         "ext/hand_interaction_ext"}


def listed() -> dict[tuple[str, str, str], str]:
    """(profile, side, path) → kind, as the specification's registry has them."""
    rows = csv.DictReader(line for line in LIST.read_text().splitlines() if not line.startswith("#"))
    return {(row["profile"], side, row["path"]): row["kind"] for row in rows
            for side in SIDES if row["side"] in ("", side)}


def written() -> list[tuple[str, str, str, str]]:
    """(profile, side, action, path) of everything that is suggested with every extension."""
    return [(profile, side, action, path) for profile, hands in suggestions(EXTENSIONS).items()
            for side, paths in hands.items() for action, path in paths]


def test_all_makes_are_there():
    assert set(PROFILES) == set(suggestions(EXTENSIONS)) == MAKES
    assert {profile for profile, _, _ in listed()} == MAKES


@pytest.mark.parametrize("profile, side, action, path", written())
def test_every_path_is_in_the_specifications_list(profile, side, action, path):
    kind = listed().get((profile, side, path))
    assert kind, f"{profile} has no {path} on the {side}"
    # a button may be read as a number: the specification turns it into 0.0 or 1.0
    assert kind == ACTIONS[action].kind or (kind, ACTIONS[action].kind) == (BOOLEAN, FLOAT)


def test_the_list_tells_a_wrong_path():
    assert ("oculus/touch_controller", "right", "input/y/click") not in listed()
    assert ("valve/index_controller", "left", "input/menu/click") not in listed()


@pytest.mark.parametrize("profile", sorted(MAKES))
@pytest.mark.parametrize("side", SIDES)
def test_one_hand_of_any_make_is_enough(profile, side):
    actions = {action for name, where, action, _ in written() if (name, where) == (profile, side)}
    assert {"aim", "grip", "palm", "select"} <= actions
    if profile != "ext/hand_interaction_ext":  # a bare hand has no button, and no motor
        assert {"back", "haptic"} <= actions
    if profile != "khr/simple_controller":     # nor has that one a grip
        assert "squeeze" in actions


def test_what_needs_an_extension_is_suggested_only_with_it():
    plain = suggestions(())
    assert set(plain) == {name for name, profile in PROFILES.items() if not profile.extension}
    assert not [path for hands in plain.values() for paths in hands.values() for _, path in paths
                if "grip_surface" in path]
    assert all(profile.extension in ("", *EXTENSIONS) for profile in PROFILES.values())


def test_no_path_is_given_to_two_actions():
    places = [(profile, side, path) for profile, side, _, path in written()]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("code", ["en", "zh", "it"])
def test_every_action_has_a_name_of_its_own_in_each_language(code):
    names = [action.names[code] for action in ACTIONS.values()]
    assert all(names) and len(set(names)) == len(names) and VISIT[code]
    # XR_MAX_LOCALIZED_ACTION_NAME_SIZE and XR_MAX_LOCALIZED_ACTION_SET_NAME_SIZE, with the final zero
    assert max(len(name.encode()) for name in (*names, VISIT[code])) < 128


@pytest.mark.parametrize(("spoken", "code"), [("zh_CN", "zh"), ("it_IT", "it"), ("en_GB", "en"),
                                              ("de_DE", "en"), (None, "en"), ("Chinese (Simplified)_China", "zh")])
def test_names_are_in_the_machines_language(monkeypatch, spoken, code):
    monkeypatch.setattr("locale.getlocale", lambda: (spoken, "UTF-8"))
    assert language() == code
