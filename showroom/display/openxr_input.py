"""Actions: what controllers and hands of any make mean to the show.

One action set, a few actions by what they are for, and for each interaction profile a row of
suggested paths. The runtime matches them, and its own settings can rebind them by their names.
"""

import ctypes
import logging

from showroom.display.openxr_loader import xr
from showroom.display.openxr_space import located
from showroom.display.openxr_system import result_name
from showroom.words.controls import Hand

LOG = logging.getLogger("showroom.display")
SIDES = ("left", "right")
_FLOAT, _BOOLEAN = xr.ActionType.FLOAT_INPUT, xr.ActionType.BOOLEAN_INPUT
# name: type, the name a person reads in the runtime's settings
_ACTIONS = {
    "aim": (xr.ActionType.POSE_INPUT, "Point"),
    "grip": (xr.ActionType.POSE_INPUT, "Hand"),
    "select": (_FLOAT, "Try this scent"),
    "squeeze": (_FLOAT, "Hold"),
    "back": (_BOOLEAN, "Go back"),
    "turn": (_FLOAT, "Turn"),
    "haptic": (xr.ActionType.VIBRATION_OUTPUT, "Touch"),
}
_POSES = (("aim", "input/aim/pose"), ("grip", "input/grip/pose"), ("haptic", "output/haptic"))
_STICK_HAND = (*_POSES, ("select", "input/trigger/value"), ("squeeze", "input/squeeze/value"),
               ("turn", "input/thumbstick/x"))
PROFILES = {
    "khr/simple_controller": {side: (*_POSES, ("select", "input/select/click"), ("back", "input/menu/click"))
                              for side in SIDES},
    "oculus/touch_controller": {
        "left": (*_STICK_HAND, ("back", "input/y/click"), ("back", "input/menu/click")),
        "right": (*_STICK_HAND, ("back", "input/b/click"))},
    "valve/index_controller": {side: (*_STICK_HAND, ("back", "input/b/click")) for side in SIDES},
}


class Input:
    """The action set of one session."""

    def __init__(self, instance: xr.Instance, session: xr.Session):
        self._session = session
        self._set = xr.create_action_set(instance, xr.ActionSetCreateInfo("visit", "Visit the showroom", 0))
        self._paths = {side: xr.string_to_path(instance, f"/user/hand/{side}") for side in SIDES}
        hands = list(self._paths.values())
        self._actions = {
            name: xr.create_action(self._set, xr.ActionCreateInfo(
                action_name=name, action_type=kind, subaction_paths=hands, localized_action_name=meaning))
            for name, (kind, meaning) in _ACTIONS.items()}
        for profile, hands_paths in PROFILES.items():
            self._suggest(instance, profile, hands_paths)
        xr.attach_session_action_sets(session, xr.SessionActionSetsAttachInfo(action_sets=[self._set]))
        self._spaces = {
            (side, name): xr.create_action_space(session, xr.ActionSpaceCreateInfo(
                self._actions[name], self._paths[side], xr.Posef()))
            for side in SIDES for name in ("aim", "grip")}
        self._asks = {(side, name): xr.ActionStateGetInfo(self._actions[name], self._paths[side])
                      for side in SIDES for name in _ACTIONS}
        self._active = xr.ActiveActionSet(self._set, xr.NULL_PATH)

    def _suggest(self, instance, profile: str, hands_paths: dict) -> None:
        bindings = [xr.ActionSuggestedBinding(self._actions[name],
                                              xr.string_to_path(instance, f"/user/hand/{side}/{path}"))
                    for side, paths in hands_paths.items() for name, path in paths]
        try:
            xr.suggest_interaction_profile_bindings(instance, xr.InteractionProfileSuggestedBinding(
                interaction_profile=xr.string_to_path(instance, f"/interaction_profiles/{profile}"),
                suggested_bindings=bindings))
        except xr.PathUnsupportedError as error:
            LOG.warning("the runtime does not know the controller %s (%s); its buttons will not work",
                        profile, result_name(error))

    def read(self, base: xr.Space, display_ns: int) -> tuple[Hand, ...]:
        """Both hands as they will be at `display_ns`, in `base`. Call it while the session is focused."""
        xr.sync_actions(self._session, xr.ActionsSyncInfo(active_action_sets=[self._active]))
        return tuple(self._hand(side, base, display_ns) for side in SIDES)

    def _hand(self, side: str, base: xr.Space, display_ns: int) -> Hand:
        back = xr.get_action_state_boolean(self._session, self._asks[side, "back"])
        return Hand(side=side,
                    aim=located(self._spaces[side, "aim"], base, display_ns),
                    grip=located(self._spaces[side, "grip"], base, display_ns),
                    select=self._float(side, "select"), squeeze=self._float(side, "squeeze"),
                    back=bool(back.current_state), turn=self._float(side, "turn"))

    def _float(self, side: str, name: str) -> float:
        return float(xr.get_action_state_float(self._session, self._asks[side, name]).current_state)

    def pulse(self, side: str, duration_s: float, amplitude: float) -> None:
        """One vibration of a controller; amplitude 0 to 1. Controllers without a motor ignore it."""
        wave = xr.HapticVibration(duration=int(duration_s * 1e9), frequency=xr.FREQUENCY_UNSPECIFIED,
                                  amplitude=amplitude)
        xr.apply_haptic_feedback(
            self._session, xr.HapticActionInfo(self._actions["haptic"], self._paths[side]),
            ctypes.cast(ctypes.byref(wave), ctypes.POINTER(xr.HapticBaseHeader)).contents)

    def profiles(self, instance: xr.Instance) -> dict[str, str]:
        """Which interaction profile each hand is bound to now, "" for none."""
        names = {}
        for side, path in self._paths.items():
            profile = xr.get_current_interaction_profile(self._session, path).interaction_profile
            names[side] = xr.path_to_string(instance, profile) if profile != xr.NULL_PATH else ""
        return names

    def close(self) -> None:
        """Destroys the action set; its spaces go with the session."""
        try:
            xr.destroy_action_set(self._set)
        except xr.XrException as error:
            LOG.debug("destroying a lost action set: %s", error)
