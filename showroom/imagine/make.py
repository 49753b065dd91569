"""Make: a request becomes a spec, pictures and geometry, coarse before fine. Live, stills and baking alike.

Surfaces are painted by as many hands as there are; those that are done stream side by side, a band of
each in turn, so that none waits for the last of another. Importing this loads neither torch nor a model:
painters, growers and nose are called for only when the cache has not what is needed, so that a place
baked before is there at once.
"""

import dataclasses
import functools
import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from showroom.errors import InputError, ModelError
from showroom.imagine.brushes import brushes, instead
from showroom.imagine.cache import Asset, Cache
from showroom.imagine.exhibit import Exhibits, exhibits
from showroom.imagine.hallspec import hall_spec
from showroom.imagine.hands import Bench, Hands
from showroom.imagine.mips import ATLAS_CELLS, color_levels, detail_levels, tile_levels
from showroom.imagine.revision import GROWING, REPAINTING, revision_of
from showroom.imagine.skylight import sky_levels
from showroom.words.geometry import Geometry
from showroom.words.image import COLOR, DETAIL, SKY, Image
from showroom.words.request import DIFFUSION, HALL, PAINTERS, Request
from showroom.words.result import Done, Progress, Remark
from showroom.words.scenespec import Model, SceneSpec, Sound

COARSE_PX = 64
BAND_BYTES = 256 << 10
SMALLEST_PX, LARGEST_PX = 16, 2048

# What one sees first comes first.
_ORDER = ("sky", "ground", "plinth", "sprites", "water", "prop", "wall", "drape", "backdrop", "liquid")
_ALWAYS_SEEN = ("sky", "sprites")  # by the sky's dome and the air's particles, worn by no part
_STEP_COARSE, _STEP_FINE, _STEP_GEOMETRY, _STEP_REPAINTED = 1, 8, 12, 60  # shares of the way, for Progress

Making = Iterator[SceneSpec | Geometry | Image | Progress | Remark | Done]


def make(request: Request, nose: Callable[[], object], cache: Cache, hands: Hands = Hands()) -> Making:
    """Everything that answers a request, in the order in which it should be shown.

    nose   : gives the loaded model (see `nose.Nose`); called only for a product without a spec.
    cache  : asked first, and given what had to be made.   hands : that paint; one makes the order fixed.
    Yields : SceneSpec; the coarse levels of every surface; geometry in the growers' order; the
             finer levels, the sky's first, smallest first, in bands of at most BAND_BYTES; Progress
             between them; Done. Waiting for the model is a Progress before the spec.
    Raises : InputError (also for a file that is no photo or taste, and for unknown words), ModelError,
             SpecError, CacheError.
    """
    _check(request)
    if request.kind == HALL:
        spec = request.spec or hall_spec()
    elif not request.needs_model:
        spec = request.spec
    else:
        yield Progress(0.0, "model")
        spec = _imagined(request, nose)
    if request.adjust:
        from showroom.imagine.steer import adjust

        spec = adjust(spec, request.adjust)
    yield spec
    with Bench(hands) as bench:
        yield from _told_once(_made(request, _seen_of(spec), cache, bench))
    yield Progress(1.0, "")
    yield Done()


def _imagined(request: Request, nose: Callable[[], object]) -> SceneSpec:
    """The spec as the request asks for it; what is wrong with its files is said before the model loads."""
    from showroom.imagine.picture import read_photo
    from showroom.imagine.taste import preferred, read_taste

    photo = read_photo(Path(request.image)) if request.image else None
    taste = read_taste(Path(request.taste)) if request.taste else None
    if taste is None and request.preference is not None and request.preference.leans:
        taste = preferred(request.preference)
    return nose().imagine(request.product, language=request.language, seed=request.seed, photo=photo,
                          taste=taste)


def _told_once(making: Making) -> Making:
    """The same, each remark once, however many surfaces it is made of."""
    told = set()
    for value in making:
        if not isinstance(value, Remark):
            yield value
        elif value not in told:
            told.add(value)
            yield value


def _made(request: Request, spec: SceneSpec, cache: Cache, bench: Bench) -> Making:
    """Coarse surfaces; geometry, while hands begin on the fine ones it wears; the fine; the repainted."""
    names, full_px = [name for name in _ORDER if name in spec.surfaces], request.surface_px
    way = _Way(_STEP_GEOMETRY + len(names) * (_STEP_FINE + _STEP_COARSE * (full_px > COARSE_PX)
                                              + _STEP_REPAINTED * (request.repainted_by is not None)))
    if full_px > COARSE_PX:
        for name in names:
            bench.give(name, functools.partial(_surface, spec, name, request.painter, COARSE_PX, full_px, cache))
        yield from _streamed(bench, names, way, _STEP_COARSE)
    asked: list[str] = []

    def wear(surface: str) -> None:
        if surface in names and surface not in asked:
            asked.append(surface)
            bench.give(surface, functools.partial(_surface, spec, surface, request.painter, full_px, full_px, cache))

    for name in names:
        if name in _ALWAYS_SEEN:
            wear(name)
    shown = yield from exhibits(request, spec, cache, way.now("model of the product"), bench.look)
    yield way.now("geometry")
    yield from _geometry(request, spec, shown, cache, wear, bench.look)
    yield from shown.images
    way.done += _STEP_GEOMETRY + _STEP_FINE * (len(names) - len(asked))  # what no part wears stays coarse
    yield from _streamed(bench, asked, way, _STEP_FINE)
    if request.repainted_by is not None:
        for name in names:
            yield way.now(name)
            yield from _repainted(spec, name, request, cache, asked)
            way.done += _STEP_REPAINTED


@dataclasses.dataclass
class _Way:
    """How far a place has come."""

    total: int
    done: int = 0

    def now(self, making: str) -> Progress:
        """The share that is done, and what is being made."""
        return Progress(self.done / self.total, making)


def _streamed(bench: Bench, names: Iterable[str], way: _Way, weight: int) -> Making:
    """The bands of so many surfaces under way; of those that are done, one band of each in turn."""
    waiting, flying = list(names), deque()
    if waiting:
        yield way.now(waiting[0])
    while waiting or flying:
        done = bench.done(wait=not flying) if waiting else None
        if done is not None:
            name, images = done
            waiting.remove(name)
            flying.append(iter(images))
            way.done += weight
            if waiting:
                yield way.now(waiting[0])
        image = next(flying[0], None)
        if image is None:
            flying.popleft()
            continue
        flying.rotate(-1)
        yield image


def _check(request: Request) -> None:
    edge = request.surface_px
    if not SMALLEST_PX <= edge <= LARGEST_PX or edge & (edge - 1):
        raise InputError(f"making surfaces of {edge} px; a power of two from {SMALLEST_PX} to {LARGEST_PX} "
                         "is needed")
    if not 0.0 <= request.detail <= 1.0:
        raise InputError(f"growing with detail {request.detail}; 0 to 1 is needed")
    if request.painter not in PAINTERS or request.painter == DIFFUSION and request.diffusion is None:
        raise InputError(f"painting with {request.painter!r}, "
                         f"{'and no model that does' if request.painter == DIFFUSION else 'which is no painter'}; "
                         f"one of {', '.join(PAINTERS)} is needed, and a model for {DIFFUSION!r}")
    if request.kind != HALL and request.needs_model and request.product is None:
        raise InputError("making a place of nothing; a product or a spec is needed")


def _seen_of(spec: SceneSpec) -> SceneSpec:
    """The spec without what is not seen, so that other words for the same sight find the same assets."""
    silence = Sound((), 0.0, 0.0, 0.0)
    return dataclasses.replace(spec, confidence=0.0, why=(), model=Model("", ""), sound=silence).sealed()


# Surfaces -----------------------------------------------------------------------------------------

def _surface(spec: SceneSpec, name: str, painter: str, size_px: int, full_px: int, cache: Cache,
             between: Callable[[], None]) -> list[Image | Remark]:
    """Levels of one surface, painted at size_px, of maps whose level 0 is full_px; between: see `paint`.

    painter : as a request has it. Where it cannot paint, recipes do, and a Remark says why.
    """
    remarks = []
    for brush in brushes(painter, spec.surfaces[name]):
        if isinstance(brush, Remark):
            remarks.append(brush)
            continue
        asset = Asset("surface", name, spec.digest, brush.name, f"{size_px} of {full_px} px")
        images = cache.load(asset)
        if images is None:
            try:
                painted = brush.paint(spec, name, size_px, between)
            except ModelError as error:
                remarks.append(instead(error))
                continue
            images = _images(name, painted, full_px, between)
            cache.store(asset, images)
        break
    return [*remarks, *images]


def _repainted(spec: SceneSpec, name: str, request: Request, cache: Cache, worn: Iterable[str]) -> Making:
    """The surface once more, as a large model of the user's own paints it; nothing where it cannot."""
    if name not in worn:
        return
    settings, size_px = request.repainted_by, request.surface_px
    maker = f"{revision_of(REPAINTING)}+{settings.digest}"
    asset = Asset("surface", name, spec.digest, maker, f"{size_px} px")
    images = cache.load(asset)
    if images is None:
        from showroom.imagine.diffusion import repainted

        painted = repainted(spec, name, size_px, settings)
        if painted is None:
            return
        images = _images(name, painted, size_px, lambda: None)
        cache.store(asset, images)
    yield from images


def _images(name: str, painted, full_px: int, between: Callable[[], None]) -> list[Image]:
    """Bands of every level of a painted surface's maps, smallest level first. between: as `paint` has it."""
    maps: dict[str, dict[int, np.ndarray]] = {}
    if painted.sky is not None:
        maps[SKY] = sky_levels(painted.sky, full_px, between)
    pictures = ((COLOR, painted.color, _colors_of(name)), (DETAIL, painted.detail, detail_levels))
    for kind, picture, levels in pictures:
        if picture is not None:
            between()
            first = (full_px // picture.shape[0]).bit_length() - 1
            maps[kind] = dict(enumerate(levels(picture), first))
    between()
    coarsest = max((max(levels) for levels in maps.values()), default=-1)
    images = []
    for level in range(coarsest, -1, -1):
        for kind, levels in maps.items():
            if level in levels:
                size = (full_px * 2, full_px) if kind == SKY else (full_px, full_px)
                images += _bands(name, kind, size, level, levels[level])
    return images


def _colors_of(name: str) -> Callable[[np.ndarray], list[np.ndarray]]:
    return functools.partial(color_levels, cells=ATLAS_CELLS) if name == "sprites" else tile_levels


def _bands(name: str, kind: str, size: tuple[int, int], level: int, pixels: np.ndarray) -> Iterator[Image]:
    """Whole rows, as many as fit BAND_BYTES."""
    rows = max(1, BAND_BYTES // pixels[0].nbytes)
    for row in range(0, len(pixels), rows):
        yield Image(name, kind, size, level, row, np.ascontiguousarray(pixels[row:row + rows]))


# Geometry -----------------------------------------------------------------------------------------

def _geometry(request: Request, spec: SceneSpec, shown: Exhibits, cache: Cache, wear: Callable[[str], None],
              between: Callable[[], None]) -> Making:
    """Every part; says of each what it wears. between: called while one grows; what it raises ends that."""
    much = f"detail {request.detail:.3f}"
    asset = Asset("geometry", request.kind, _grown_from(request, spec, shown), revision_of(GROWING), much)
    blocks = cache.load(asset)
    if blocks is not None:
        for block in blocks:
            wear(block.material.surface)
        yield from blocks
        return
    from showroom.imagine import grow
    from showroom.imagine.grow.attention import attentive

    growing = shown.among(grow.grow_hall(shown.products, request.detail) if request.kind == HALL
                          else grow.grow_place(shown.spec, request.detail))
    blocks = []
    with attentive(between):
        for block in growing:
            wear(block.material.surface)
            blocks.append(block)
            yield block
    cache.store(asset, blocks)


def _grown_from(request: Request, spec: SceneSpec, shown: Exhibits) -> str:
    """Digest of what geometry depends on: the spec, models, and in the hall every product with its own spec."""
    if request.kind != HALL and not shown.digests:
        return spec.digest
    products = [[product.described(), made.digest] for product, made in request.products]
    words = [spec.digest, products, *shown.digests]
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()
