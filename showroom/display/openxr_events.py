"""The runtime's event queue, as our own values.

Each kind of event that means something here has a row in `_READERS`; the others are told by name.
Source: OpenXR 1.1 specification, chapter 2.22 "Events and Event Polling".
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from showroom.display.openxr_loader import xr
from showroom.display.openxr_states import LOSS_PENDING

MOST_AT_ONCE = 64  # events taken in one frame: a runtime that floods its queue must not hold the loop


@dataclass(frozen=True)
class StateChanged:
    """The session is in `state` now (XrSessionState without its prefix)."""

    state: str


@dataclass(frozen=True)
class OriginMoved:
    """From the display time `at_ns` on, a reference space of this kind has another origin."""

    kind: xr.ReferenceSpaceType
    at_ns: int


@dataclass(frozen=True)
class PresenceChanged:
    """Somebody has put the headset on, or has taken it off."""

    worn: bool


@dataclass(frozen=True)
class ControllersChanged:
    """A hand has another interaction profile, or none."""


@dataclass(frozen=True)
class MaskChanged:
    """One view's visibility mask is another."""

    view: int


@dataclass(frozen=True)
class RefreshChanged:
    """The headset shows this many pictures a second now."""

    hz: float


@dataclass(frozen=True)
class EventsLost:
    """The queue overflowed: how many events there were that nobody will ever read."""

    count: int


@dataclass(frozen=True)
class Unknown:
    """Something that means nothing to this program, by the name the specification gives it."""

    name: str


Event = (StateChanged | OriginMoved | PresenceChanged | ControllersChanged | MaskChanged | RefreshChanged
         | EventsLost | Unknown)
_Kind = xr.StructureType
_READERS: dict[_Kind, tuple[type, Callable[..., Event]]] = {
    _Kind.EVENT_DATA_SESSION_STATE_CHANGED: (
        xr.EventDataSessionStateChanged, lambda data: StateChanged(xr.SessionState(data.state).name)),
    _Kind.EVENT_DATA_INSTANCE_LOSS_PENDING: (
        xr.EventDataInstanceLossPending, lambda data: StateChanged(LOSS_PENDING)),
    _Kind.EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING: (
        xr.EventDataReferenceSpaceChangePending,
        lambda data: OriginMoved(xr.ReferenceSpaceType(data.reference_space_type), int(data.change_time))),
    _Kind.EVENT_DATA_USER_PRESENCE_CHANGED_EXT: (
        xr.EventDataUserPresenceChangedEXT, lambda data: PresenceChanged(bool(data.is_user_present))),
    _Kind.EVENT_DATA_INTERACTION_PROFILE_CHANGED: (
        xr.EventDataInteractionProfileChanged, lambda data: ControllersChanged()),
    _Kind.EVENT_DATA_VISIBILITY_MASK_CHANGED_KHR: (
        xr.EventDataVisibilityMaskChangedKHR, lambda data: MaskChanged(int(data.view_index))),
    _Kind.EVENT_DATA_DISPLAY_REFRESH_RATE_CHANGED_FB: (
        xr.EventDataDisplayRefreshRateChangedFB, lambda data: RefreshChanged(data.to_display_refresh_rate)),
    _Kind.EVENT_DATA_EVENTS_LOST: (
        xr.EventDataEventsLost, lambda data: EventsLost(int(data.lost_event_count))),
}


class Events:
    """The queue of one instance."""

    def __init__(self, instance: xr.Instance):
        self._instance = instance
        self._buffer = xr.EventDataBuffer()

    def poll(self) -> Iterator[Event]:
        """What has happened since the last call, oldest first. Raises xr.XrException."""
        for _ in range(MOST_AT_ONCE):
            # the runtime has written over both in the call before
            self._buffer.type, self._buffer.next = _Kind.EVENT_DATA_BUFFER, None
            result = xr.raw_functions.xrPollEvent(self._instance, ctypes.byref(self._buffer))
            if result == xr.Result.EVENT_UNAVAILABLE:
                return
            error = xr.exception.check_result(result)
            if error.is_exception():
                raise error
            yield read(self._buffer)


def read(buffer: xr.EventDataBuffer) -> Event:
    """One event as our own value; also one of a kind, or with a number, that is not known here."""
    try:
        kind = _Kind(buffer.type)
        struct, value = _READERS[kind]
        return value(ctypes.cast(ctypes.byref(buffer), ctypes.POINTER(struct)).contents)
    except KeyError:
        return Unknown(kind.name)
    except ValueError as error:
        return Unknown(str(error))
