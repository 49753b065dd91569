"""Scene: what to draw now. The stage changes it every frame; the renderer only reads it.

Uploads travel in `arrivals`, in the order they came; the renderer takes as many as its budget
allows from the front. A `slot` names one set of parts and surfaces that arrive and leave together:
the hall is slot 0, places take slots 1, 2 and 3 in turn (the newest and those still fading away).
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from showroom.words.ambience import Ambience
from showroom.words.geometry import Geometry, Light
from showroom.words.image import Image
from showroom.words.view import Pose

SLOTS = 4
HELD = 6


@dataclass(frozen=True)
class Arrival:
    """Something to bring to the GPU for a slot."""

    slot: int
    value: Geometry | Image


@dataclass(frozen=True)
class Clear:
    """Free everything a slot holds. Kept in line with the arrivals, so order is never in doubt."""

    slot: int


@dataclass
class Daylight:
    """The light over everything, linear RGB; what comes and what goes are mixed in it already.

    sun_direction : unit, from the ground to the sun.   sun : radiance of the key light.
    zenith, horizon, ground : the gradient that stands for the sky until its picture has come.
    fill : light from the side opposite the sun.        fog : colour far haze goes to where the
    sky's own picture gives none.                       exposure : factor before tone mapping.
    """

    sun_direction: tuple[float, float, float] = (0.0, 1.0, 0.0)
    sun: tuple[float, float, float] = (0.0, 0.0, 0.0)
    zenith: tuple[float, float, float] = (0.0, 0.0, 0.0)
    horizon: tuple[float, float, float] = (0.0, 0.0, 0.0)
    ground: tuple[float, float, float] = (0.0, 0.0, 0.0)
    fill: tuple[float, float, float] = (0.0, 0.0, 0.0)
    fog: tuple[float, float, float] = (0.0, 0.0, 0.0)
    haze_per_m: float = 0.0
    exposure: float = 1.0


@dataclass(frozen=True)
class Emitter:
    """A kind of particle in the air of a slot.

    kind: a name of the vocabulary. count: how many. color: linear RGB. box_m: half-size of the
    volume round the visitor that they drift in. size_m: mean edge. fall_m_s: down is positive.
    sway_m: how far they swing. tumble: 1 turns over in the air, 0 faces the eye. stretch: length
    along the fall. glow: 0 lit to 1 shining. cell: sprite in the atlas. opacity: 0 to 1. seed: its
    number in its slot; it stays, so that no particle jumps when another slot's emitters go.
    rest_s: how long one lies where it fell before it fades; 0: it never lands. share: how many of
    them are there now, 0 to 1. crowd: how many times `count` a graphics card may draw.
    """

    kind: str
    slot: int
    count: int
    color: tuple[float, float, float]
    box_m: tuple[float, float, float]
    size_m: float
    fall_m_s: float
    sway_m: float
    tumble: float
    stretch: float
    glow: float
    cell: int
    opacity: float
    seed: int
    rest_s: float = 0.0
    share: float = 1.0
    crowd: float = 1.0


@dataclass(frozen=True)
class Mood:
    """What the time since one came has made of a slot (the dry-down); all ones at first.

    tint   : linear RGB factor on what grows there, hangs there or is drunk there.
    low, high : linear RGB factors on its sky's picture, along the horizon and overhead.
    layers : how much is there of what belongs to top, heart and base (`Geometry.layer`), 0 to 1.
    """

    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    low: tuple[float, float, float] = (1.0, 1.0, 1.0)
    high: tuple[float, float, float] = (1.0, 1.0, 1.0)
    layers: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class Palm:
    """A hand in the air: where (metres), and the radius that particles keep clear of."""

    position: tuple[float, float, float]
    radius_m: float


@dataclass(frozen=True)
class Ray:
    """Where a hand is and points: from it to what it meets, metres.

    strength : of the line and its cursor, 0 to 1; the hand is marked in any case.
    met      : it ends on something to choose, or touches it.
    """

    start: tuple[float, float, float]
    end: tuple[float, float, float]
    strength: float = 1.0
    met: bool = False


@dataclass(frozen=True)
class Held:
    """A hero that has left its plinth.

    product_id : whose, in the hall; "" for the place's own.   pose : world_from_hero.
    slosh      : (x, z) slope of the surface of what is in it, in the world.
    """

    slot: int
    product_id: str
    pose: Pose
    slosh: tuple[float, float] = (0.0, 0.0)


@dataclass
class Scene:
    """presence[s]: 0 gone to 1 here, for each slot; daylight is already the mixture of them.

    palms: at most two. rays: one a pointing hand, at most two. held: in hands, on their way home, and
    those whose liquid still moves; at most HELD are drawn so.
    """

    time_s: float = 0.0
    presence: np.ndarray = field(default_factory=lambda: np.zeros(SLOTS, dtype=np.float32))
    daylight: Daylight = field(default_factory=Daylight)
    ambience: Ambience = field(default_factory=Ambience)
    lights: list[tuple[int, Light]] = field(default_factory=list)
    emitters: list[Emitter] = field(default_factory=list)
    arrivals: deque[Arrival | Clear] = field(default_factory=deque)
    ground_m: float = 0.0
    moods: list[Mood] = field(default_factory=lambda: [Mood()] * SLOTS)
    palms: tuple[Palm, ...] = ()
    rays: tuple[Ray, ...] = ()
    held: tuple[Held, ...] = ()
