"""Joints of bare hands (XR_EXT_hand_tracking), for runtimes that do not turn them into actions themselves."""

import ctypes
import logging

from showroom.display import pinch
from showroom.display.openxr_loader import xr
from showroom.display.openxr_space import pose
from showroom.display.openxr_system import System, result_name
from showroom.words.controls import Hand
from showroom.words.view import Pose

LOG = logging.getLogger("showroom.display")
HAND_TRACKING = xr.EXT_HAND_TRACKING_EXTENSION_NAME
_SIDES = {"left": xr.HandEXT.LEFT, "right": xr.HandEXT.RIGHT}
_SEEN = xr.SpaceLocationFlags.POSITION_VALID_BIT | xr.SpaceLocationFlags.ORIENTATION_VALID_BIT


class Joints:
    """The trackers of both hands; none where the headset sees no hands."""

    def __init__(self, session: xr.Session, system: System):
        self._trackers: dict[str, xr.HandTrackerEXT] = {}
        if not system.has(HAND_TRACKING):
            return
        # pyopenxr's own call gives the runtime nothing to write joints into
        self._locate = ctypes.cast(xr.get_instance_proc_addr(system.instance, "xrLocateHandJointsEXT"),
                                   xr.PFN_xrLocateHandJointsEXT)
        self._joints = (xr.HandJointLocationEXT * xr.HAND_JOINT_COUNT_EXT)()
        self._found = xr.HandJointLocationsEXT()
        self._found.joint_count = len(self._joints)
        self._found._joint_locations = ctypes.cast(self._joints, type(self._found._joint_locations))
        try:
            for side, hand in _SIDES.items():
                self._trackers[side] = xr.create_hand_tracker_ext(session, xr.HandTrackerCreateInfoEXT(hand))
        except xr.FeatureUnsupportedError as error:
            LOG.info("the headset tracks no hands (%s); controllers are needed", result_name(error))

    def read(self, side: str, base: xr.Space, display_ns: int, head: Pose) -> Hand | None:
        """One bare hand as it will be at `display_ns`, in `base`; None while it is not seen."""
        tracker = self._trackers.get(side)
        if tracker is None:
            return None
        ask = xr.HandJointsLocateInfoEXT(base, display_ns)
        error = xr.exception.check_result(xr.Result(
            self._locate(tracker, ctypes.byref(ask), ctypes.byref(self._found))))
        if error.is_exception():
            raise error
        if not self._found.is_active:
            return None
        if any(self._joints[joint].location_flags & _SEEN != _SEEN for joint in pinch.NEEDED):
            return None
        found = [joint.pose.position for joint in self._joints]
        places = [(place.x, place.y, place.z) for place in found]
        return pinch.hand_of(side, places, pose(self._joints[pinch.PALM].pose), head)

    def close(self) -> None:
        """Destroys the trackers."""
        for tracker in self._trackers.values():
            try:
                xr.destroy_hand_tracker_ext(tracker)
            except xr.XrException as error:
                LOG.debug("destroying a lost hand tracker: %s", error)
        self._trackers.clear()
