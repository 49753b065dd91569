"""soak flash: a thousand random places, each for twenty seconds, and none of them flashes.

Every other place is what the nose makes of random notes; the ones between have light, air, wind and
particles at random within all that a SceneSpec may say. They come one after another, as in a visit, and
dry down while one looks four ways. Stage, renderer and limiter are the show's; pictures are small and
places rough, so that a software driver keeps up; time runs in even steps. An independent judge counts
flashes in the pictures (_flashes.py). Promised: no more than three in a second over more than a quarter of
any ten degrees, anywhere; a deliberate strobe breaks that without the limiter, and does not with it.

A place follows from the seed and its number alone: `--first 400 --share 0.001` looks at one of them again.
"""

import argparse
import contextlib
import json
import math
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import _flashes
import _watch
import numpy as np

from showroom import gl
from showroom.catalogue import product_from_notes
from showroom.display.offscreen import EYE_M, OffscreenDisplay
from showroom.errors import ShowroomError
from showroom.imagine.cache import Cache
from showroom.imagine.make import make
from showroom.imagine.nose import Nose
from showroom.render.renderer import Renderer
from showroom.stage.stage import Stage
from showroom.words.geometry import Geometry
from showroom.words.request import PLACE, Request
from showroom.words.result import Failed, Result
from showroom.words.scenespec import Particles, SceneSpec
from showroom.words.view import Pose, yaw_pitch
from showroom.words.vocabulary import PARTICLES

PLACES, SECONDS, RATE_HZ, SEED = 1000, 20.0, 16, 7
SIZE, SURFACE_PX, DETAIL, DRY_DOWN_S = (80, 45), 64, 0.0, 15.0
ARRIVES_S = 1.0                     # of its time, a place takes so long to come
GAZES = ((0.0, -0.14), (0.9, 0.0), (-0.9, -0.3), (3.0, 0.15))  # yaw and pitch, rad, a quarter of the time each
STROBE_HZ, STROBE_S = 4, 3.0
WHOLE = ("ground", "walls", "floor")   # parts; of what else stands or grows, so many triangles are enough to see light by
MOST_TRIANGLES = 120
NOTES = ("bergamot", "lemon", "sea salt", "pine needle", "rose", "jasmine", "fig leaf", "frankincense", "cedar",
         "vanilla", "leather", "black tea", "snow", "moss", "iris", "cinnamon", "smoke", "coconut", "lavender",
         "musk", "petrichor", "amber", "tobacco", "coffee", "oud", "sugar", "myrrh", "bamboo", "honey", "ginger")


def options(parser: argparse.ArgumentParser) -> None:
    """What it can be told besides its share."""
    parser.add_argument("--seed", type=int, default=SEED, help=f"of all chance in it (default {SEED})")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="begin with this place (default 0)")


def main(share: float, seed: int = SEED, first: int = 0) -> int:
    """Looks at that share of a thousand places; prints the figures."""
    display = OffscreenDisplay(SIZE)
    with contextlib.closing(display), tempfile.TemporaryDirectory() as folder:
        errors = _watch.Errors()
        looker = _Looker(display, Cache(Path(folder)))
        try:
            figures = looker.figures(range(first, first + max(1, round(PLACES * share))), seed)
            figures["gl_errors"] = errors.messages[:5]
        finally:
            errors.close()
            looker.close()
    figures["holds"] = figures["holds"] and not figures["gl_errors"]
    print(json.dumps(figures))
    return 0 if figures["holds"] else 1


class _Looker:
    """A stage and a renderer, and who looks at what they show."""

    def __init__(self, display: OffscreenDisplay, cache: Cache):
        self._display, self._cache = display, cache
        self._stage, self._renderer = Stage(DRY_DOWN_S), Renderer(shadow_texels=256)
        self._field_px = _flashes.field_px(SIZE[1], display.vertical_fov_rad)
        self._nose, self._request, self._held = None, 0, 0
        self.frames = 0

    def figures(self, numbers: range, seed: int) -> dict:
        """What was seen of these places, and of a strobe in the last."""
        began_s, worst, broken, acted = time.monotonic(), _flashes.Judge(RATE_HZ, self._field_px), [], []
        for number in numbers:
            self._held = 0
            judge = self._look_at(self._spec(number, seed))
            worst.flashes, worst.share = max(worst.flashes, judge.flashes), max(worst.share, judge.share)
            if judge.violated:
                broken.append(number)
            if self._held:
                acted.append([number, self._held])
            print(f"flash: place {number}: {judge.flashes} flashes, share {judge.share:.3f}, held {self._held}",
                  file=sys.stderr)
        frames = self.frames
        limited, free = (self._strobe(limits) for limits in (True, False))
        return {"holds": not broken and free.violated and not limited.violated, "places": len(numbers),
                "frames": frames, "clock_seconds": round(time.monotonic() - began_s, 1), "broken": broken,
                "flashes_of_a_pixel": worst.flashes, "share_of_ten_degrees": round(worst.share, 4),
                "places_held": acted, "strobe": {"share": limited.share, "flashes": limited.flashes},
                "strobe_without_limiter": {"share": free.share, "flashes": free.flashes}}

    def _spec(self, number: int, seed: int) -> SceneSpec:
        self._nose = self._nose or Nose.load()
        chance = random.Random(f"place {number} of {seed}")
        top, heart, base = (chance.sample(NOTES, 2) for _ in range(3))
        spec = self._nose.imagine(product_from_notes({"top": top, "heart": heart, "base": base}), seed=number)
        return _wild(spec, chance) if number % 2 else spec

    def _look_at(self, spec: SceneSpec) -> _flashes.Judge:
        """All of a place's time."""
        self._request += 1
        request = Request(PLACE, spec=spec, surface_px=SURFACE_PX, detail=DETAIL)
        self._stage.open(self._request, PLACE)
        judge, frames = _flashes.Judge(RATE_HZ, self._field_px), round(SECONDS * RATE_HZ)
        made = make(request, lambda: self._nose, self._cache)
        values = [kept for value in made if (kept := _thinned(value)) is not None]
        each = math.ceil(len(values) / (ARRIVES_S * RATE_HZ))
        for number in range(frames):
            for value in values[number * each:(number + 1) * each]:
                if isinstance(value, Failed):
                    raise ShowroomError(value.reason)
                self._stage.apply(Result(self._request, value))
            gaze = GAZES[number * len(GAZES) // frames]
            pose = Pose(EYE_M, yaw_pitch(*gaze))
            if pose != self._display.pose:
                self._display.pose = pose
                judge.turn_away()
            judge.look(self._frame())
            if number % (RATE_HZ // 4) == 0 and self._renderer.limiter.gains().min() < 1.0:
                self._held += 1
        return judge

    def _frame(self, light: float = 1.0) -> np.ndarray:
        """A picture, a step later."""
        stage, display = self._stage, self._display
        self.frames += 1
        stage.advance(self.frames / RATE_HZ)
        day = stage.scene.daylight
        stage.scene.daylight = replace(day, exposure=day.exposure * light)
        self._renderer.upload(stage.scene, 1 << 30)
        self._renderer.draw(stage.scene, display.eyes())
        return display.read()[0]

    def _strobe(self, limits: bool) -> _flashes.Judge:
        """The place that stands, its light on and off."""
        self._renderer.limits_flashes = limits
        judge = _flashes.Judge(RATE_HZ, self._field_px)
        for number in range(round(STROBE_S * RATE_HZ)):
            judge.look(self._frame(float(number * 2 * STROBE_HZ // RATE_HZ % 2)))
        return judge

    def close(self) -> None:
        """Gives everything on the GPU back."""
        self._renderer.close()
        gl.check("the flash soak")


def _thinned(value):
    """Less of what stands still and gives no light: a software driver spends its time on triangles. None: nothing."""
    if not isinstance(value, Geometry) or value.part in WHOLE or value.material.kind not in ("opaque", "foliage"):
        return value
    triangles = min(len(value.indices) // 3, MOST_TRIANGLES)
    most = max(1, MOST_TRIANGLES // max(triangles, 1))
    if value.first_instance >= most:
        return None
    kept = value.instances[:most - value.first_instance]
    return replace(value, indices=value.indices[:3 * triangles], instances=kept,
                   total_instances=min(value.total_instances, most), casts_shadow=False)


def _wild(spec: SceneSpec, chance: random.Random) -> SceneSpec:
    """The same ground and plants under any light, in any air."""
    unit = chance.random
    sky = replace(spec.sky, sun_elevation_deg=chance.uniform(-10, 90), sun_azimuth_deg=chance.uniform(0, 360),
                  sun_srgb=_colour(chance), sun_strength=chance.uniform(0, 3), zenith_srgb=_colour(chance),
                  horizon_srgb=_colour(chance), fill_srgb=_colour(chance), fill_strength=chance.uniform(0, 2),
                  cloud=unit(), stars=unit(), exposure_ev=chance.uniform(-3, 3))
    kinds = chance.sample(PARTICLES, chance.randint(0, 6))
    air = replace(spec.ambience, wind_m_s=chance.uniform(0, 20), wind_azimuth_deg=chance.uniform(0, 360),
                  gustiness=unit(), haze_per_m=chance.uniform(0, 0.5) * unit() ** 3, haze_srgb=_colour(chance),
                  particles=tuple(Particles(kind, unit(), _colour(chance)) for kind in kinds))
    return replace(spec, sky=sky, ambience=air).sealed()


def _colour(chance: random.Random) -> str:
    return f"#{chance.randrange(1 << 24):06x}"
