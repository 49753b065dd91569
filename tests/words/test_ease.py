"""Values on their way: a light that has far to go is gone halfway, one that has not stays."""

import math
from itertools import pairwise

import pytest

from showroom.stage.ease import Eased, left_on_the_way
from showroom.stage.light import direction
from showroom.words.scene import Daylight

NOON, SEAWARD = direction(20.0, 60.0), direction(200.0, 10.0)


@pytest.mark.parametrize(("end", "least"), [(direction(20.0, 50.0), 1.0), (direction(20.0, 30.0), 0.2)])
def test_a_light_that_has_a_little_way_stays(end, least):
    assert min(left_on_the_way(NOON, end, t / 20) for t in range(21)) >= least


def test_a_light_that_has_far_to_go_is_gone_halfway_and_comes_again():
    left = [left_on_the_way(NOON, SEAWARD, t / 20) for t in range(21)]
    assert left[0] == left[20] == 1.0 and left[10] == 0.0
    assert left[:11] == sorted(left[:11], reverse=True) and left[10:] == sorted(left[10:])


def test_while_it_is_bright_a_light_turns_slowly():
    """At twenty frames a second: what the eye sees of it is how bright it is times how far it jumps."""
    day = Eased(Daylight(sun_direction=NOON, sun=(2.0, 2.0, 2.0)), 2.5)
    day.towards(Daylight(sun_direction=SEAWARD, sun=(2.0, 2.0, 2.0)), 0.0)
    seen = [day.at(frame / 20) for frame in range(51)]
    angles = [math.acos(min(1.0, sum(x * y for x, y in zip(a.sun_direction, b.sun_direction))))
              for a, b in pairwise(seen)]
    assert max(angles) > 0.1, "it has a long way"
    assert max(angle * (a.sun[0] + b.sun[0]) / 2 for angle, (a, b) in zip(angles, pairwise(seen))) < 0.06
    assert seen[0].sun == seen[-1].sun == (2.0, 2.0, 2.0)
    assert math.dist(seen[-1].sun_direction, SEAWARD) == 0.0
