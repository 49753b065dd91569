"""How each kind of particle floats: sizes, falls and swings of the real thing.

Falling speeds: petals 0.3–0.6 m/s, snow about 1 m/s (Ishizaka 1993), drizzle 2–4 m/s; motes and
pollen hang; embers and smoke rise.
"""

from dataclasses import dataclass

from showroom.stage.light import linear
from showroom.words.scene import Emitter
from showroom.words.scenespec import SceneSpec


@dataclass(frozen=True)
class Habit:
    """count at density 1 where the processor draws; the rest as in words.scene.Emitter."""

    count: int
    box_m: tuple[float, float, float]
    size_m: float
    fall_m_s: float
    sway_m: float
    tumble: float
    stretch: float
    glow: float
    cell: int
    opacity: float
    rest_s: float = 0.0
    crowd: float = 1.0


HABITS = {
    "petal": Habit(720, (5.0, 1.9, 5.0), 0.034, 0.42, 0.16, 1.0, 1.0, 0.0, 0, 1.0, 9.0, 10.0),
    "leaf": Habit(320, (6.0, 2.2, 6.0), 0.05, 0.5, 0.2, 1.0, 1.0, 0.0, 3, 1.0, 9.0, 10.0),
    "pollen": Habit(420, (3.5, 1.6, 3.5), 0.006, -0.02, 0.12, 0.0, 1.0, 0.25, 4, 0.8, 0.0, 24.0),
    "mote": Habit(520, (3.2, 1.6, 3.2), 0.0045, 0.01, 0.10, 0.0, 1.0, 0.15, 4, 0.7, 0.0, 24.0),
    "mist": Habit(16, (9.0, 0.5, 9.0), 2.6, 0.0, 0.2, 0.0, 1.0, 0.0, 5, 0.10),
    "snow": Habit(2600, (6.0, 2.6, 6.0), 0.018, 0.9, 0.10, 0.0, 1.0, 0.0, 6, 0.95, 2.0, 18.0),
    "rain": Habit(700, (5.0, 2.6, 5.0), 0.007, 6.5, 0.0, 0.0, 14.0, 0.0, 7, 0.35, 0.0, 30.0),
    "spray": Habit(260, (6.0, 1.2, 6.0), 0.010, 0.25, 0.16, 0.0, 1.0, 0.0, 4, 0.5, 0.0, 30.0),
    "ember": Habit(110, (2.6, 1.5, 2.6), 0.011, -0.28, 0.12, 0.0, 1.0, 1.0, 8, 1.0, 0.0, 8.0),
    "smoke": Habit(14, (3.2, 1.5, 3.2), 1.1, -0.10, 0.25, 0.0, 1.5, 0.0, 9, 0.12),
    "sugar": Habit(360, (2.4, 1.4, 2.4), 0.006, 0.22, 0.05, 1.0, 1.0, 0.1, 10, 0.95, 3.0, 16.0),
    "bubble": Habit(90, (2.6, 1.5, 2.6), 0.024, -0.14, 0.12, 0.0, 1.0, 0.0, 11, 0.8, 0.0, 4.0),
}


def emitters(spec: SceneSpec, slot: int) -> list[Emitter]:
    """The emitters of a spec's air, in its order."""
    made = []
    for particles in spec.ambience.particles:
        habit = HABITS[particles.name]
        count = round(habit.count * particles.density)
        if count:
            made.append(Emitter(
                particles.name, slot, count, linear(particles.srgb), habit.box_m, habit.size_m,
                habit.fall_m_s, habit.sway_m, habit.tumble, habit.stretch, habit.glow, habit.cell,
                habit.opacity, seed=len(made), rest_s=habit.rest_s, crowd=habit.crowd))
    return made
