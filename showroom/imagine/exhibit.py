"""Exhibits: the models that products of a request bring along, read and given their places.

A model that cannot be read or drawn costs the place nothing but the model: our own hero stands there, and staff
are told in one line.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from showroom.errors import GltfError
from showroom.imagine.cache import Asset, Cache
from showroom.imagine.revision import READING, revision_of
from showroom.words.geometry import Geometry
from showroom.words.hall import PLINTHS
from showroom.words.image import Image
from showroom.words.model_maps import HALL_LAYERS, MODEL_SURFACES, PLACE_LAYERS
from showroom.words.product import Product
from showroom.words.request import HALL, Request
from showroom.words.result import Progress, Remark
from showroom.words.scenespec import SceneSpec

_MOST_PX = 1024           # edge of models' maps: beyond that they would take a gigabyte of the graphics card
_MOST_VERTICES, _MOST_TRIANGLES = 250_000, 300_000  # of all models of a request: there is no room for twelve large ones

_REFUSED: dict[str, str] = {}  # why, by the digest of what was asked for: what took a minute to refuse takes it once


@dataclass
class Exhibits:
    """spec, products : to grow from, the heroes of those with models made to step aside.

    images  : of the models' surfaces.   digests : of what the models' bytes depend on.
    standing : by product, ("" for a place's own), the plinth's number and what stands there.
    """

    spec: SceneSpec
    products: tuple[tuple[Product, SceneSpec], ...]
    images: list[Image] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    standing: dict = field(default_factory=dict)
    vertices: int = 0
    triangles: int = 0

    def take_room(self, model, name: str) -> None:
        """Counts a model with those before it: a hall's have together what one may have in its place.

        Raises GltfError if they are too many.
        """
        vertices = self.vertices + sum(len(part.vertices) for part in model.parts)
        triangles = self.triangles + sum(len(part.indices) // 3 for part in model.parts)
        if vertices > _MOST_VERTICES or triangles > _MOST_TRIANGLES:
            raise GltfError(f"showing the model {name} in the hall: with those before it {vertices:,} vertices and "
                            f"{triangles:,} triangles; accepted are {_MOST_VERTICES:,} and {_MOST_TRIANGLES:,} in all; "
                            "simplify it, or one of them")
        self.vertices, self.triangles = vertices, triangles

    def among(self, growing: Iterator[Geometry]) -> Iterator[Geometry]:
        """What grows, with the models in their places."""
        if not self.standing:
            return growing
        from showroom.imagine.gltf.hero import in_hall, in_place

        return in_place(growing, self.standing[""][1]) if "" in self.standing else in_hall(growing, self.standing)


def exhibits(request: Request, spec: SceneSpec, cache: Cache, progress: Progress,
             between: Callable[[], None]) -> Generator[Progress | Remark, None, Exhibits]:
    """The models of a request; reading one is a Progress, and what is not as its file says a Remark.

    between : called while a model is read; what it raises ends that.
    """
    shown = Exhibits(spec, request.products)
    if request.kind == HALL:
        wanted = [(at, product, own) for at, (product, own) in enumerate(request.products[:PLINTHS]) if product.model]
        layers = max(1, HALL_LAYERS // max(len(wanted), 1))
    else:
        wanted = [(0, request.product, spec)] if request.product is not None and request.product.model else []
        layers = PLACE_LAYERS
    for at, product, own in wanted:
        yield progress
        yield from _taken(shown, request, at, product, own, layers, cache, between)
    return shown


def _taken(shown: Exhibits, request: Request, at: int, product: Product, own: SceneSpec, layers: int, cache: Cache,
           between: Callable[[], None]) -> Iterator[Remark]:
    """One product's model, if it can stand there."""
    from showroom.imagine.gltf.digest import digest_of
    from showroom.imagine.gltf.hero import spec_for, standing

    path, first = Path(product.model), len({image.surface for image in shown.images})
    size_px = min(request.surface_px, _MOST_PX)
    words = f"{size_px} px, {layers} layers, {product.variant}"
    asset = Asset("model", product.id, digest_of(path), revision_of(READING), words)
    try:
        model = _read(asset, path, product.variant, size_px, layers, cache, between)
        stands = standing(model, path.name)
        shown.take_room(model, path.name)
    except GltfError as error:
        yield Remark(str(error), fault=True)
        return
    for note in model.notes:
        yield Remark(f"showing the model {path.name}: {note}")
    model = _numbered(model, first)
    shown.images += model.images
    shown.digests.append(asset.digest)
    shown.standing["" if request.kind != HALL else product.id] = at, replace(stands, model=model)
    if request.kind == HALL:
        shown.products = tuple((one, spec_for(made, stands)) if one is product else (one, made)
                               for one, made in shown.products)
    else:
        shown.spec = spec_for(own, stands)


def _read(asset: Asset, path: Path, variant: str, size_px: int, layers: int, cache: Cache,
          between: Callable[[], None]):
    """The model, from the cache if it lies there. Raises GltfError."""
    from showroom.imagine.gltf.model import Model, Wanted
    from showroom.imagine.gltf.reader import read_model

    if asset.digest in _REFUSED:
        raise GltfError(_REFUSED[asset.digest])
    kept = cache.load(asset)
    if kept is None:
        try:
            model = read_model(path, Wanted(variant, size_px, layers, layers), between)
        except GltfError as error:
            _REFUSED[asset.digest] = str(error)
            raise
        cache.store(asset, [*model.parts, *model.images, *map(Remark, model.notes)])
        return model
    return Model(tuple(value for value in kept if isinstance(value, Geometry)),
                 tuple(value for value in kept if isinstance(value, Image)),
                 tuple(value.line for value in kept if isinstance(value, Remark)))


def _numbered(model, first: int):
    """The model with its surfaces counted from `first`: in a hall there are several."""
    names = dict(zip(MODEL_SURFACES, MODEL_SURFACES[first:]))
    parts = [replace(part, material=replace(part.material, surface=names.get(part.material.surface, ""),
                                            maps=part.material.maps if part.material.surface in names else ()))
             for part in model.parts]
    images = [replace(image, surface=names[image.surface]) for image in model.images if image.surface in names]
    return replace(model, parts=tuple(parts), images=tuple(images))
