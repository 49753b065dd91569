"""Small values for the process tests, and makers that do to a worker what a test needs done."""

import os
import resource
import signal
import time
from multiprocessing import resource_tracker
from pathlib import Path

import numpy as np

from showroom.errors import ModelError
from showroom.words import scenespec as s
from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Material
from showroom.words.image import COLOR, Image
from showroom.words.product import Product
from showroom.words.request import Request
from showroom.words.result import Done, Progress


def surface(painter: str, srgb: str = "#778899") -> s.Surface:
    return s.Surface(painter, srgb, "#e0e0d8", 0.5, 0.3, 0.5, 1.0)


def a_spec(seed: int = 7, srgb: str = "#778899", surfaces: dict[str, s.Surface] | None = None) -> s.SceneSpec:
    """A sealed spec of a seashore with four surfaces; `surfaces` replaces some or adds others."""
    painters = {"sky": "sky_sea", "ground": "shingle", "plinth": "marble", "sprites": "sprites"}
    painted = {name: surface(painter, srgb) for name, painter in painters.items()}
    colours = (s.Colour("#aabbcc", 0.5), s.Colour("#445566", 0.5))
    stages = tuple(s.PaletteStage(name, colours) for name in ("top", "heart", "base"))
    return s.SceneSpec(
        seed=seed, confidence=0.9, accords={"marine": 0.8}, palette=stages, place={"seashore": 1.0},
        season={"winter": 0.25, "spring": 0.25, "summer": 0.25, "autumn": 0.25},
        sky=s.Sky(20.0, 30.0, "#ffeedd", 1.0, "#334455", "#aabbcc", "#8899aa", 0.25, 0.3, 0.0, 0.0),
        surfaces={**painted, **(surfaces or {})}, flora=(s.Flora("grass", 0.3, "#889977"),),
        ambience=s.Air(3.0, 20.0, 0.3, 288.0, 0.8, 0.02, "#ccddee", (s.Particles("spray", 0.4, "#ffffff"),)),
        sound=s.Sound((s.SoundLayer("surf", 0.8),), 0.3, 0.5, 0.7), touch=s.Touch(0.5, 0.5, 0.5, 0.3),
        hero=s.Hero("bottle", "flacon", 0.17, "#ccddee", "#ddddcc", "#ddeeff", 0.9),
        why=(s.Why("sea salt", "top", "surf"),), model=s.Model("test", "1"),
    ).sealed()


# Makers and model loaders for the worker ----------------------------------------------------------

def image(number: int, edge: int = 64) -> Image:
    """One whole level of a ground, its bytes told by its number."""
    pixels = np.full((edge, edge, 4), number % 251, np.uint8)
    return Image("ground", COLOR, (edge, edge), 0, 0, pixels)


def rock(number: int) -> Geometry:
    vertices, instances = np.zeros(3, VERTEX), np.zeros(1, INSTANCE)
    indices = np.arange(3, dtype=np.uint32)
    return Geometry(f"rock {number}", Material(), vertices, indices, instances, total_instances=1)


def make_some(request, nose, cache, hands):
    """The spec, two rocks, `surface_px` images, Done."""
    yield request.spec or nose()
    yield rock(0)
    yield rock(1)
    for number in range(request.surface_px):
        yield Progress(number / request.surface_px, "ground")
        yield image(number)
    yield Done()


def make_small(request, nose, cache, hands):
    """The spec and `surface_px` images of 4 × 4 px; none is kept back at the end."""
    yield request.spec
    for number in range(request.surface_px):
        yield image(number, 4)
    if request.spec.seed == 13:
        raise ModelError("painting no more: there is no more paint; buy some")
    yield Done()


def make_dying(request, nose, cache, hands):
    """Dies by its own hand once the spec is sent, if the spec's seed is 13; else as make_some."""
    yield request.spec
    if request.spec.seed == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    yield from make_some(request, nose, cache, hands)


def make_slowly(request, nose, cache, hands):
    """At one thing for longer than any test waits if the spec's seed is 13; else as make_some."""
    if request.spec.seed == 13:
        time.sleep(600)
    yield from make_some(request, nose, cache, hands)


def make_failing(request, nose, cache, hands):
    """Fails in a way nobody foresaw; if the spec's seed is 9, as a file that ends too soon does."""
    yield request.spec
    if request.spec.seed == 9:
        raise EOFError("the file ended")
    raise ZeroDivisionError("nothing\nto share")


def make_greedy(request, nose, cache, hands):
    """Wants more memory than the system gives it if the spec's seed is 13; else as make_some."""
    yield request.spec
    if request.spec.seed == 13:
        in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (in_use + (64 << 20), resource.RLIM_INFINITY))
        np.ones(1 << 30, np.uint8)
    yield from make_some(request, nose, cache, hands)


def make_nonsense(request, nose, cache, hands):
    """Sends an image that has more rows than its level if the spec's seed is 13; else as make_some."""
    yield request.spec
    if request.spec.seed == 13:
        yield Image("ground", COLOR, (64, 64), 3, 0, np.zeros((64, 8, 4), np.uint8))
    yield from make_some(request, nose, cache, hands)


def no_nose():
    raise ModelError("loading the model: its package is missing; install it")


def slow_nose():
    """A model that takes longer to load than any test waits."""
    time.sleep(600)


def a_request(seed: int = 7, images: int = 20) -> Request:
    return Request("place", spec=a_spec(seed), surface_px=images)


def deadly_nose():
    """A model whose loading the system ends, as it ends what takes too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def nosed_request() -> Request:
    """A request that needs the model."""
    return Request("place", product=Product("new", "perfume", {"en": "New"}, {"en": "rain"}), surface_px=32)


def children() -> list[int]:
    """Process numbers of this process's children, multiprocessing's own tracker aside."""
    tracker = resource_tracker._resource_tracker._pid
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [int(pid) for pid in listed if int(pid) != tracker]


def make_steadily(request, nose, cache, hands):
    """Ten images, each a hundredth of a second's work."""
    yield request.spec
    for number in range(10):
        time.sleep(0.01)
        yield image(number)
    yield Done()
