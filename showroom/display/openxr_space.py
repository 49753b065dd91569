"""Where things are: the floor that everything is measured from, and the visitor's head on it."""

from showroom.display.openxr_loader import xr
from showroom.words.view import Pose

EYE_HEIGHT_M = 1.6
_FLOORS = (xr.ReferenceSpaceType.LOCAL_FLOOR, xr.ReferenceSpaceType.STAGE)
_TRACKED = xr.SpaceLocationFlags.POSITION_VALID_BIT | xr.SpaceLocationFlags.ORIENTATION_VALID_BIT


class Spaces:
    """The reference spaces of one session; they go with it.

    floor : origin on the floor under the visitor where the runtime knows it, else put there from the
            height of standing eyes. Every pose of a frame is told in it.   floor_name : for staff.
    """

    def __init__(self, session: xr.Session):
        offered = [xr.ReferenceSpaceType(kind) for kind in xr.enumerate_reference_spaces(session)]
        known = [kind for kind in _FLOORS if kind in offered]
        self._kind = known[0] if known else xr.ReferenceSpaceType.LOCAL
        self.floor = _space(session, self._kind, 0.0 if known else -EYE_HEIGHT_M)
        self.floor_name = self._kind.name if known else f"LOCAL, floor {EYE_HEIGHT_M} m below"
        self._view = _space(session, xr.ReferenceSpaceType.VIEW)
        self._head = Pose((0.0, EYE_HEIGHT_M, 0.0))
        self._moved_ns: int | None = 0  # a new session has an origin of its own

    def head(self, display_ns: int) -> Pose:
        """Where the head will be; where it was last while it is not tracked."""
        self._head = located(self._view, self.floor, display_ns) or self._head
        return self._head

    def move(self, kind: xr.ReferenceSpaceType, at_ns: int) -> None:
        """The runtime says that a space of this kind has another origin from a time on."""
        if kind == self._kind:
            self._moved_ns = at_ns

    def recentred(self, display_ns: int) -> bool:
        """True once for each time the floor's origin has moved, when pictures show it."""
        moved = self._moved_ns is not None and display_ns >= self._moved_ns
        if moved:
            self._moved_ns = None
        return moved


def located(space: xr.Space, base: xr.Space, display_ns: int) -> Pose | None:
    """Where a space is in `base` at one time; None while it is not tracked."""
    location = xr.locate_space(space, base, display_ns)
    return pose(location.pose) if location.location_flags & _TRACKED == _TRACKED else None


def pose(value: xr.Posef) -> Pose:
    """An XrPosef as our word."""
    place, turn = value.position, value.orientation
    return Pose((place.x, place.y, place.z), (turn.x, turn.y, turn.z, turn.w))


def posef(value: Pose) -> xr.Posef:
    """Our word as an XrPosef."""
    return xr.Posef(xr.Quaternionf(*value.orientation), xr.Vector3f(*value.position))


def _space(session: xr.Session, kind: xr.ReferenceSpaceType, height_m: float = 0.0) -> xr.Space:
    origin = posef(Pose((0.0, height_m, 0.0)))
    return xr.create_reference_space(session, xr.ReferenceSpaceCreateInfo(kind, origin))
