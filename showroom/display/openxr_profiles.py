"""What controllers of each make mean to the show: actions, their names, and where each make has them.

A runtime matches these suggestions to what is in the hand, and its own settings can rebind every action by
the name a person reads there. Plain data: nothing here calls a runtime.
"""

import locale
from dataclasses import dataclass

SIDES = ("left", "right")
POSE, FLOAT, BOOLEAN, HAPTIC = "pose", "float", "boolean", "haptic"
VIVE_FOCUS3, PICO4 = "XR_HTC_vive_focus3_controller_interaction", "XR_BD_controller_interaction"
HAND_INTERACTION, GRIP_SURFACE = "XR_EXT_hand_interaction", "XR_KHR_maintenance1"
EXTENSIONS = (VIVE_FOCUS3, PICO4, HAND_INTERACTION, GRIP_SURFACE)  # each makes the runtime know more paths
BARE = "/interaction_profiles/ext/hand_interaction_ext"            # a hand without a controller


@dataclass(frozen=True)
class Action:
    """One thing a hand does. kind: POSE, FLOAT, BOOLEAN or HAPTIC. names: what it is called, by language."""

    kind: str
    names: dict[str, str]


VISIT = {"en": "Visit the showroom", "zh": "参观展厅", "it": "Visita allo showroom"}
ACTIONS = {
    "aim": Action(POSE, {"en": "Point", "zh": "指向", "it": "Indica"}),
    "grip": Action(POSE, {"en": "Hand", "zh": "手", "it": "Mano"}),
    "palm": Action(POSE, {"en": "Palm", "zh": "手掌", "it": "Palmo"}),
    "select": Action(FLOAT, {"en": "Try this scent", "zh": "闻这款香", "it": "Prova questo profumo"}),
    "squeeze": Action(FLOAT, {"en": "Hold", "zh": "握住", "it": "Afferra"}),
    "back": Action(BOOLEAN, {"en": "Go back", "zh": "返回", "it": "Torna indietro"}),
    "turn": Action(FLOAT, {"en": "Turn", "zh": "转动", "it": "Gira"}),
    "press": Action(BOOLEAN, {"en": "Press to turn", "zh": "按下转动", "it": "Premi per girare"}),
    "haptic": Action(HAPTIC, {"en": "Touch", "zh": "触感", "it": "Tatto"}),
}
_POSES = (("aim", "input/aim/pose"), ("grip", "input/grip/pose"))
_MOTOR = (*_POSES, ("haptic", "output/haptic"))
_STICK = (*_MOTOR, ("select", "input/trigger/value"), ("turn", "input/thumbstick/x"))
_TWO_BUTTONS = {"left": (("back", "input/y/click"), ("back", "input/menu/click")),
                "right": (("back", "input/b/click"),)}


@dataclass(frozen=True)
class Profile:
    """Suggested paths of one make: (action, path below /user/hand/SIDE) for each side.

    extension : without it a runtime does not know this make, "" where all do.
    """

    hands: dict[str, tuple[tuple[str, str], ...]]
    extension: str = ""


def _both(*paths: tuple[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    return dict.fromkeys(SIDES, paths)


def _with_buttons(*paths: tuple[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    return {side: (*paths, *_TWO_BUTTONS[side]) for side in SIDES}


_SQUEEZED = ("squeeze", "input/squeeze/value")
PROFILES = {
    "khr/simple_controller": Profile(_both(
        *_MOTOR, ("select", "input/select/click"), ("back", "input/menu/click"))),
    "oculus/touch_controller": Profile(_with_buttons(*_STICK, _SQUEEZED)),
    "valve/index_controller": Profile(_both(*_STICK, _SQUEEZED, ("back", "input/b/click"))),
    # a trackpad that is only touched turns nothing
    "htc/vive_controller": Profile(_both(
        *_MOTOR, ("select", "input/trigger/value"), ("squeeze", "input/squeeze/click"),
        ("back", "input/menu/click"), ("turn", "input/trackpad/x"), ("press", "input/trackpad/click"))),
    "htc/vive_focus3_controller": Profile(_with_buttons(*_STICK, _SQUEEZED), VIVE_FOCUS3),
    "microsoft/motion_controller": Profile(_both(
        *_STICK, ("squeeze", "input/squeeze/click"), ("back", "input/menu/click"))),
    "bytedance/pico4_controller": Profile(_with_buttons(*_STICK, _SQUEEZED), PICO4),
    "ext/hand_interaction_ext": Profile(_both(
        *_POSES, ("select", "input/pinch_ext/value"), ("squeeze", "input/grasp_ext/value")),
        HAND_INTERACTION),
}
PALM = ("palm", "input/grip_surface/pose")  # of every make, where GRIP_SURFACE is taken


def suggestions(taken: tuple[str, ...]) -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
    """What to suggest for each make the runtime knows: name → side → (action, path).

    taken : the extensions that are on.
    """
    palm = (PALM,) if GRIP_SURFACE in taken else ()
    return {name: {side: (*paths, *palm) for side, paths in profile.hands.items()}
            for name, profile in PROFILES.items() if not profile.extension or profile.extension in taken}


def language() -> str:
    """The machine's own language, in which its runtime's settings are read: "en" where it is none of ours."""
    spoken = (locale.getlocale()[0] or "").lower()
    names = {"en": ("en",), "zh": ("zh", "chinese"), "it": ("it",)}
    return next((code for code, starts in names.items() if spoken.startswith(starts)), "en")
