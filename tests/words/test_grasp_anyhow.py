"""Whatever hands do, and in whatever order: nothing is lost, nothing leaps, and who lets go finds all at home."""

import math

import numpy as np
import pytest

from showroom.visit.grasp import Grasp, Reached
from showroom.visit.pointing import Ware
from showroom.visit.standing import STEP_RAD, Standing
from showroom.words.controls import Controls, Hand
from showroom.words.hall import PLACE_HOME, hall_home
from showroom.words.pose import azimuth_rad
from showroom.words.view import Pose, yaw_pitch

HALL = tuple(Ware(f"product-{index}", hall_home(index)) for index in range(12))
PLACE = (Ware("product-4", PLACE_HOME, own=True),)
FRAMES, STEP_S = 1500, 1 / 90


class Restless:
    """Two hands that wander, press and disappear by chance, a head that turns, a focus that goes and comes."""

    def __init__(self, seed: int):
        self.chance = np.random.default_rng(seed)
        self.at = {side: np.array([x, 1.2, -0.4]) for side, x in (("left", -0.2), ("right", 0.2))}
        self.values = {(side, name): 0.0 for side in self.at for name in ("select", "squeeze", "turn")}
        self.bare = bool(seed % 2)

    def controls(self) -> Controls:
        chance, hands = self.chance, []
        for side, at in self.at.items():
            at += chance.normal(0.0, 0.02, 3) + 0.02 * (np.array([0.0, 1.2, -0.5]) - at)
            if chance.random() < 0.05:
                plinth = hall_home(int(chance.integers(12))).position
                at[:] = np.add(plinth, chance.normal(0.0, 0.05, 3))
            for name in ("select", "squeeze", "turn"):
                if chance.random() < 0.04:
                    self.values[side, name] = float(chance.choice([0.0, 0.5, 1.0, -1.0 if name == "turn" else 1.0]))
            x, y, z = np.subtract(hall_home(int(chance.integers(12))).position, at) + chance.normal(0.0, 0.05, 3)
            turn = yaw_pitch(math.atan2(-x, -z), math.atan2(y, math.hypot(x, z)))
            pose = Pose(tuple(map(float, at)), turn)
            gone = chance.random() < 0.05
            hands.append(Hand(side, None if gone else pose, None if gone else pose, bare=self.bare,
                              **{name: self.values[side, name] for name in ("select", "squeeze", "turn")}))
        head = Pose((0.1, 1.6, 0.0), yaw_pitch(float(chance.uniform(-3, 3)), 0.0))
        return Controls(head, tuple(hands), focused=chance.random() > 0.003, recentred=chance.random() < 0.002)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_lost_and_all_comes_home(seed):
    grasp, standing, restless, reached = Grasp(), Standing(), Restless(seed), Reached()
    wares, told = HALL, 0
    for frame in range(FRAMES):
        if restless.chance.random() < 0.01:
            wares = PLACE if wares is HALL else HALL
        world = standing.step(restless.controls(), frame * STEP_S, reached.busy, reached.dragging)
        reached = grasp.step(world, wares, (), frame * STEP_S)
        told += bool(reached.taken) + bool(reached.chosen)
        assert len(reached.busy) == len(set(reached.busy)) <= 2 and len(reached.rays) <= 2
        assert len({held.product_id for held in reached.held}) == len(reached.held)
        for held in reached.held:
            assert np.isfinite([*held.pose.position, *held.pose.orientation]).all()
            assert math.hypot(*held.pose.orientation) == pytest.approx(1.0, abs=1e-3)
        assert reached.dragging not in reached.busy
    assert told > 5, "so restless a visitor chooses and takes"
    for frame in range(FRAMES, FRAMES + 270):
        reached = grasp.step(Controls(), wares, (), frame * STEP_S)
    assert reached.held == () and reached.busy == () and reached.dragging == ""


@pytest.mark.parametrize("seed", range(6))
def test_the_ring_rests_on_plinths_and_nobody_leaves_the_room(seed):
    standing, restless = Standing(), Restless(seed)
    for frame in range(FRAMES):
        dragging = restless.chance.choice(["", "", "left", "right"])
        controls = restless.controls()
        world = standing.step(controls, frame * STEP_S, (), str(dragging))
        assert math.hypot(*world.head.position[::2]) == pytest.approx(math.hypot(*controls.head.position[::2]))
    for frame in range(FRAMES, FRAMES + 60):
        standing.step(Controls(), frame * STEP_S)
    steps = azimuth_rad(standing.world_from_room(Pose()).orientation) / STEP_RAD
    assert steps == pytest.approx(round(steps), abs=1e-6)
