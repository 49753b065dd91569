"""Vibration: what a controller's motor is told to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Vibration:
    """side: "left" or "right"; duration_s: > 0; amplitude: above 0, at most 1; frequency_hz: 0 leaves it to the motor."""

    side: str
    duration_s: float
    amplitude: float
    frequency_hz: float = 0.0
