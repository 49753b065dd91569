"""Actions: what controllers and hands of any make do, read once a frame.

What each make has is in openxr_profiles.py. A hand that holds no controller, and that the runtime does not
turn into actions itself, is read from its joints.
"""

import ctypes
import logging

from showroom.display import openxr_profiles
from showroom.display.openxr_hands import Joints
from showroom.display.openxr_loader import xr
from showroom.display.openxr_profiles import ACTIONS, BARE, BOOLEAN, FLOAT, HAPTIC, POSE, SIDES, VISIT
from showroom.display.openxr_space import located
from showroom.display.openxr_system import System, result_name
from showroom.words.controls import Hand
from showroom.words.vibration import Vibration
from showroom.words.view import Pose

LOG = logging.getLogger("showroom.display")
_TYPES = {POSE: xr.ActionType.POSE_INPUT, FLOAT: xr.ActionType.FLOAT_INPUT,
          BOOLEAN: xr.ActionType.BOOLEAN_INPUT, HAPTIC: xr.ActionType.VIBRATION_OUTPUT}


class Input:
    """The action set of one session."""

    def __init__(self, system: System, session: xr.Session):
        self._session = session
        instance, spoken = system.instance, openxr_profiles.language()
        self._set = xr.create_action_set(instance, xr.ActionSetCreateInfo("visit", VISIT[spoken], 0))
        self._paths = {side: xr.string_to_path(instance, f"/user/hand/{side}") for side in SIDES}
        hands = list(self._paths.values())
        self._actions = {
            name: xr.create_action(self._set, xr.ActionCreateInfo(
                action_name=name, action_type=_TYPES[action.kind], subaction_paths=hands,
                localized_action_name=action.names[spoken]))
            for name, action in ACTIONS.items()}
        for profile, hands_paths in openxr_profiles.suggestions(system.extensions).items():
            self._suggest(instance, profile, hands_paths)
        xr.attach_session_action_sets(session, xr.SessionActionSetsAttachInfo(action_sets=[self._set]))
        self._spaces = {
            (side, name): xr.create_action_space(session, xr.ActionSpaceCreateInfo(
                self._actions[name], self._paths[side], xr.Posef()))
            for side in SIDES for name, action in ACTIONS.items() if action.kind == POSE}
        self._asks = {(side, name): xr.ActionStateGetInfo(self._actions[name], self._paths[side])
                      for side in SIDES for name in ACTIONS}
        self._active = xr.ActiveActionSet(self._set, xr.NULL_PATH)
        self._bare = dict.fromkeys(SIDES, False)
        self._joints = Joints(session, system)

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

    def read(self, base: xr.Space, display_ns: int, head: Pose) -> tuple[Hand, ...]:
        """Both hands as they will be at `display_ns`, in `base`. Call it while the session is focused."""
        xr.sync_actions(self._session, xr.ActionsSyncInfo(active_action_sets=[self._active]))
        return tuple(self._hand(side, base, display_ns, head) for side in SIDES)

    def _hand(self, side: str, base: xr.Space, display_ns: int, head: Pose) -> Hand:
        aim = located(self._spaces[side, "aim"], base, display_ns)
        if aim is None:
            return self._joints.read(side, base, display_ns, head) or Hand(side)
        return Hand(side=side, aim=aim, grip=located(self._spaces[side, "grip"], base, display_ns),
                    palm=located(self._spaces[side, "palm"], base, display_ns),
                    select=self._float(side, "select"), squeeze=self._float(side, "squeeze"),
                    back=bool(self._boolean(side, "back").current_state), turn=self._turn(side),
                    bare=self._bare[side])

    def _turn(self, side: str) -> float:
        """A stick, or a trackpad while it is pressed."""
        press = self._boolean(side, "press")
        return 0.0 if press.is_active and not press.current_state else self._float(side, "turn")

    def _boolean(self, side: str, name: str) -> xr.ActionStateBoolean:
        return xr.get_action_state_boolean(self._session, self._asks[side, name])

    def _float(self, side: str, name: str) -> float:
        return float(xr.get_action_state_float(self._session, self._asks[side, name]).current_state)

    def vibrate(self, wanted: Vibration) -> None:
        """Lets a controller vibrate. One without a motor ignores it, one that has a single frequency takes that."""
        wave = xr.HapticVibration(duration=int(wanted.duration_s * 1e9), frequency=wanted.frequency_hz,
                                  amplitude=wanted.amplitude)
        xr.apply_haptic_feedback(
            self._session, xr.HapticActionInfo(self._actions["haptic"], self._paths[wanted.side]),
            ctypes.cast(ctypes.byref(wave), ctypes.POINTER(xr.HapticBaseHeader)).contents)

    def profiles(self, instance: xr.Instance) -> dict[str, str]:
        """Which interaction profile each hand is bound to now, "" for none; ask whenever they change."""
        names = {}
        for side, path in self._paths.items():
            profile = xr.get_current_interaction_profile(self._session, path).interaction_profile
            names[side] = xr.path_to_string(instance, profile) if profile != xr.NULL_PATH else ""
            self._bare[side] = names[side] == BARE
        return names

    def close(self) -> None:
        """Destroys trackers and action set; its spaces go with the session."""
        self._joints.close()
        try:
            xr.destroy_action_set(self._set)
        except xr.XrException as error:
            LOG.debug("destroying a lost action set: %s", error)
