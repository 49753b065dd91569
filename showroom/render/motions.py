"""Motions on the GPU: one buffer of sampled vertices, made when the first motion comes. Mirrors motion.glsl."""

import numpy as np

from showroom.render.pools import Ranges, delete_buffers, new_buffer
from showroom.words.motion import MOTION, Motion

WORDS = (64 << 20) // 4  # room for four of the largest motions
HEAD_WORDS = 12
_BEGIN = 16              # words that nothing takes, so that a motion never begins at 0, which stands for none


class MotionPool:
    """`buffer` is 0 until there is something that moves; `words` are its free ranges."""

    def __init__(self):
        self.buffer, self.words = 0, Ranges(WORDS)
        self.words.take(_BEGIN, "words of motion")

    def needed(self, motion: Motion) -> int:
        """Words that a motion takes; makes the buffer for them."""
        self.buffer = self.buffer or new_buffer(4 * WORDS)
        return HEAD_WORDS + motion.frames.size * (MOTION.itemsize // 4)

    def close(self) -> None:
        """Deletes the buffer."""
        if self.buffer:
            delete_buffers(self.buffer)


def head_of(motion: Motion) -> np.ndarray:
    """(HEAD_WORDS,) uint32 that come before a motion's frames."""
    head = np.zeros(HEAD_WORDS, np.uint32)
    frames, vertices = motion.frames.shape
    head[:2] = vertices, frames
    numbers = head.view(np.float32)
    numbers[2], numbers[4:7], numbers[8:11] = motion.rate_hz, motion.center, motion.extent
    return head
