"""A tour for machines without a screen: a still of every stop, and a film that glides through them.

The film runs on its own clock: whatever a frame costs to draw, its time is its number over the rate,
so the same stops give the same frames. Places arrive in it as they do live: light first, then coarse
surfaces and geometry, then the fine ones.
"""

import contextlib
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from showroom import gl, paths
from showroom.app.requests import hall_request, place_request
from showroom.app.still import StillCamera, write_png
from showroom.catalogue import baked_spec, load_catalogue
from showroom.config import Config
from showroom.display.egl import EglContext
from showroom.errors import NotReadyError, ShowroomError
from showroom.words.comfort import Comfort
from showroom.words.product import Product
from showroom.words.request import Request
from showroom.words.result import Failed, Progress, Result
from showroom.words.view import Pose, yaw_pitch
from showroom.words.vocabulary import PLACES

STILL_S = 6.0
ARRIVAL_S = 0.8
# One slow figure for the whole film: at most 4°/s and 9 cm/s, level, no cut of the camera (comfort).
GLIDE_S = 16.0
YAW_RAD = math.radians(9.0)
SIDE_M = 0.18
FORWARD_M = 0.12
EYE_M = (0.0, 1.5, 0.1)
PITCH_RAD = math.radians(-7.0)


@dataclass(frozen=True)
class Stop:
    """One stop: the stem of its still's name, what was asked, and all that came of it, in order."""

    name: str
    kind: str
    values: tuple


@dataclass(frozen=True)
class Plan:
    """Sizes in pixels (both edges even), how long the film stays at its first and at each later stop, and at
    how many stops at most."""

    still_px: tuple[int, int] = (1920, 1080)
    film_px: tuple[int, int] = (1280, 720)
    fps: int = 30
    first_s: float = 2.0
    stay_s: float = 4.0
    stops: int = 1 + len(PLACES)

    def frames(self, stops: int) -> int:
        """How many frames a film of so many stops has."""
        return round((self.first_s + (stops - 1) * self.stay_s) * self.fps)

    def stop_at(self, time_s: float) -> int:
        """Which stop the film is at, from 0."""
        return max(0, 1 + math.floor((time_s - self.first_s) / self.stay_s + 1e-9))


# What two cores without a graphics card draw in under five minutes.
MODEST = Plan(still_px=(960, 540), film_px=(416, 234), fps=12, first_s=1.0, stay_s=2.75, stops=7)


def tour(requests: Sequence[tuple[str, Request]], make: Callable[[Request], Iterable], folder: Path,
         plan: Plan | None = None, comfort: Comfort = Comfort()) -> Iterator[Path]:
    """Writes `<name>.png` for each request and `tour.mp4`; yields each file once it is there.

    make : request → its values, as `imagine.make` yields them.
    plan : None is Plan(), or MODEST where no graphics card draws.   comfort : its light and contrast hold.
    Raises ShowroomError if a request failed, NotReadyError without ffmpeg (after the stills).
    """
    plan = plan or _fitting_plan()
    folder.mkdir(parents=True, exist_ok=True)
    stops = []
    for name, request in requests[:plan.stops]:
        stops.append(Stop(name, request.kind, _gathered(name, make(request))))
    yield from _stills(stops, folder, plan, comfort)
    yield _film(stops, folder / "tour.mp4", plan, comfort)


def _fitting_plan() -> Plan:
    context = EglContext()
    try:
        return MODEST if gl.draws_in_software() else Plan()
    finally:
        context.close()


def itinerary(first: Product | None, config: Config) -> list[tuple[str, Request]]:
    """Names and requests of a tour: the hall, then one product's place or one for each place that one leads to."""
    stops = [("hall", hall_request(config))]
    if first is not None:
        return [*stops, (first.id, place_request(first, config))]
    baked = [(product, baked_spec(product)) for product in load_catalogue().products]
    for place in PLACES:
        found = next((product for product, spec in baked
                      if spec and spec.main_place(spec.place) == place), None)
        if found:
            stops.append((f"{place}-{found.id}", place_request(found, config)))
    return stops


def glide(time_s: float) -> Pose:
    """Where the film's camera is: a slow level figure that begins and ends at rest in the middle."""
    turn = math.tau * time_s / GLIDE_S
    x, _, z = EYE_M
    position = (x + SIDE_M * math.sin(turn), EYE_M[1], z - FORWARD_M * (1.0 - math.cos(turn)) / 2)
    return Pose(position, yaw_pitch(YAW_RAD * math.sin(turn), PITCH_RAD))


def _gathered(name: str, values: Iterable) -> tuple:
    kept = []
    with tqdm(total=100, desc=f"making {name}", unit="%", disable=None, leave=False) as bar:
        for value in values:
            if isinstance(value, Failed):
                raise ShowroomError(f"making {name}: {value.reason}")
            if isinstance(value, Progress):
                bar.update(max(0, int(100 * value.fraction) - bar.n))
            kept.append(value)
    return tuple(kept)


def _stills(stops: Sequence[Stop], folder: Path, plan: Plan, comfort: Comfort) -> Iterator[Path]:
    with contextlib.closing(StillCamera(plan.still_px)) as camera:
        camera.renderer.comfort = comfort
        for number, stop in enumerate(_shown(stops, len(stops), "stills")):
            time_s = STILL_S * (number + 1)
            camera.show(stop.values, stop.kind, time_s, came_s=time_s - STILL_S)
            file = folder / f"{stop.name}.png"
            write_png(file, camera.picture(time_s))
            yield file


def _film(stops: Sequence[Stop], file: Path, plan: Plan, comfort: Comfort) -> Path:
    with _writing(file, plan) as write:
        for picture in _shown(_frames(stops, plan, comfort), plan.frames(len(stops)), "film"):
            write(picture)
    return file


def _shown(things: Iterable, total: int, doing: str) -> Iterable:
    """The same things, with a progress bar where somebody watches."""
    return tqdm(things, total=total, desc=doing, disable=None, leave=False)


def _frames(stops: Sequence[Stop], plan: Plan, comfort: Comfort) -> Iterator[np.ndarray]:
    """Pictures (h, w, 3) uint8 sRGB; the first stop stands from the start, the others arrive."""
    arriving, share = deque(), 0
    with contextlib.closing(StillCamera(plan.film_px)) as camera:
        camera.renderer.comfort = comfort
        camera.show(stops[0].values, stops[0].kind, 0.0)
        at = 0
        for index in range(plan.frames(len(stops))):
            time_s = index / plan.fps
            if plan.stop_at(time_s) > at:
                at += 1
                camera.stage.open(at + 1, stops[at].kind)
                arriving = deque(stops[at].values)
                share = math.ceil(len(arriving) / (ARRIVAL_S * plan.fps))
            for _ in range(min(share, len(arriving))):
                camera.stage.apply(Result(at + 1, arriving.popleft()))
            camera.display.pose = glide(time_s)
            yield camera.picture(time_s)[0]


@contextlib.contextmanager
def _writing(file: Path, plan: Plan) -> Iterator[Callable[[np.ndarray], None]]:
    """An MP4 (H.264) that appears under its name only when it is whole."""
    import imageio_ffmpeg

    with paths.aside(file) as unfinished:
        try:
            writer = imageio_ffmpeg.write_frames(
                str(unfinished), plan.film_px, fps=plan.fps, codec="libx264", quality=None, macro_block_size=2,
                output_params=["-crf", "20", "-preset", "veryfast", "-movflags", "+faststart", "-f", "mp4"])
            writer.send(None)
        except (RuntimeError, OSError) as error:
            raise NotReadyError(f"writing {file}: ffmpeg cannot be started ({error}); "
                                f"install the package imageio-ffmpeg, or set IMAGEIO_FFMPEG_EXE") from error
        with contextlib.closing(writer):
            yield lambda picture: writer.send(np.ascontiguousarray(picture))
