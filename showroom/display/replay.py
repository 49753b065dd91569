"""Displays that write down what their visitor does, and displays whose visitor does what was written down.

Both stand around another display and are displays themselves, so a headset, a window and pictures that
are read back can all be recorded and be driven:

    display = Replayed(WindowDisplay(), Recording(path))
"""

import contextlib
import dataclasses
from collections.abc import Iterator

from showroom.display.base import Display
from showroom.display.recording import Recorder, Recording, Sample
from showroom.words.controls import Controls, Hand
from showroom.words.frame import Frame
from showroom.words.pose import composed, inverse
from showroom.words.view import Eyes, Pose


class _Around:
    """What is not said here, the display inside says."""

    def __init__(self, display: Display):
        self._display = display

    def __getattr__(self, name: str):
        return getattr(self._display, name)


class Recorded(_Around):
    """A display whose visitor is written down, frame by frame, while there is anything to see."""

    def __init__(self, display: Display, recorder: Recorder):
        super().__init__(display)
        self._recorder = recorder

    @contextlib.contextmanager
    def frame(self) -> Iterator[Frame]:
        """The display's next frame, noted."""
        with self._display.frame() as frame:
            if frame.eyes.views:
                self._recorder.note(frame.time_s, frame.controls)
            yield frame

    def close(self) -> None:
        """Ends the recording, and closes the display."""
        self._recorder.close()
        self._display.close()


class Replayed(_Around):
    """A display whose visitor does what a recording says, from the first frame there is anything to see.

    Head and hands are the recording's; eyes stand round its head as they stand round the real one. When it
    ends the visitor quits. What happened between two frames is not lost: a press is seen in the next one.
    """

    def __init__(self, display: Display, recording: Recording):
        super().__init__(display)
        self._samples = recording.samples()
        self._next: Sample | None = next(self._samples)
        self._controls = self._next.controls
        self._began_s: float | None = None

    @contextlib.contextmanager
    def frame(self) -> Iterator[Frame]:
        """The display's next frame, with the recording's visitor in it."""
        with self._display.frame() as frame:
            if self._began_s is None and not frame.eyes.views:
                yield frame
                return
            if self._began_s is None:
                self._began_s = frame.time_s
            controls = self._at(frame.time_s - self._began_s)
            over = self._next is None
            yield dataclasses.replace(
                frame, eyes=_moved(frame.eyes, frame.controls.head, controls.head),
                controls=dataclasses.replace(controls, quit=frame.controls.quit or over))

    def _at(self, time_s: float) -> Controls:
        """The last sample until a time, with what was pressed since the frame before."""
        passed = []
        while self._next is not None and self._next.time_s <= time_s:
            passed.append(self._next.controls)
            self._next = next(self._samples, None)
        if not passed:
            return dataclasses.replace(self._controls, recentred=False)
        self._controls = passed[-1]
        return dataclasses.replace(
            self._controls, recentred=any(one.recentred for one in passed),
            hands=tuple(_with_presses(hand, passed) for hand in self._controls.hands))


def _with_presses(last: Hand, passed: list[Controls]) -> Hand:
    """A hand as it is last, with the hardest press of all the samples."""
    same = [hand for controls in passed for hand in controls.hands if hand.side == last.side]
    return dataclasses.replace(
        last, select=max(hand.select for hand in same), squeeze=max(hand.squeeze for hand in same),
        back=any(hand.back for hand in same))


def _moved(eyes: Eyes, real: Pose, recorded: Pose) -> Eyes:
    """Eyes that stand round the recorded head as these stand round the real one."""
    head_from_world = inverse(real)
    views = tuple(dataclasses.replace(view, pose=composed(recorded, composed(head_from_world, view.pose)))
                  for view in eyes.views)
    return dataclasses.replace(eyes, views=views)
