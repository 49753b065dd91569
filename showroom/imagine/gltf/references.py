"""References: every index of a document points at something, and nothing that is needed is unknown."""

import functools
from collections.abc import Iterator

from showroom.imagine.gltf.compressed import DRACO, can_unpack
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.refusal import Refusal, listed, pointer, shown

_LIGHTS, _VARIANTS = "KHR_lights_punctual", "KHR_materials_variants"

# What a file may require; beside these, what it merely uses is passed over where it is not known.
READ = frozenset({
    "EXT_texture_webp", _LIGHTS, _VARIANTS, "KHR_mesh_quantization", "KHR_node_visibility", "KHR_texture_transform",
    "KHR_materials_pbrSpecularGlossiness",
    *(f"KHR_materials_{name}" for name in ("clearcoat", "emissive_strength", "ior", "iridescence", "sheen", "specular",
                                          "transmission", "unlit", "volume")),
})
_HINTS = {
    DRACO: "geometry without Draco compression, or the extra showroom[models]",
    "EXT_meshopt_compression": "geometry without meshopt compression",
    "KHR_meshopt_compression": "geometry without meshopt compression",
    "KHR_texture_basisu": "textures as PNG, JPEG or WebP",
}

# where an index stands → the collection that it counts in
_INDICES = {
    "scene": "scenes",
    "scenes/*/nodes/*": "nodes",
    "nodes/*/children/*": "nodes",
    "nodes/*/mesh": "meshes",
    "nodes/*/skin": "skins",
    "nodes/*/camera": "cameras",
    f"nodes/*/extensions/{_LIGHTS}/light": f"extensions/{_LIGHTS}/lights",
    "meshes/*/primitives/*/indices": "accessors",
    "meshes/*/primitives/*/material": "materials",
    "meshes/*/primitives/*/attributes/*": "accessors",
    "meshes/*/primitives/*/targets/*/*": "accessors",
    f"meshes/*/primitives/*/extensions/{DRACO}/bufferView": "bufferViews",
    f"meshes/*/primitives/*/extensions/{_VARIANTS}/mappings/*/material": "materials",
    f"meshes/*/primitives/*/extensions/{_VARIANTS}/mappings/*/variants/*": f"extensions/{_VARIANTS}/variants",
    "skins/*/joints/*": "nodes",
    "skins/*/skeleton": "nodes",
    "skins/*/inverseBindMatrices": "accessors",
    "animations/*/samplers/*/input": "accessors",
    "animations/*/samplers/*/output": "accessors",
    "animations/*/channels/*/target/node": "nodes",
    "accessors/*/bufferView": "bufferViews",
    "accessors/*/sparse/indices/bufferView": "bufferViews",
    "accessors/*/sparse/values/bufferView": "bufferViews",
    "bufferViews/*/buffer": "buffers",
    "images/*/bufferView": "bufferViews",
    "textures/*/source": "images",
    "textures/*/sampler": "samplers",
    "textures/*/extensions/*/source": "images",
}


def check(document: Document) -> None:
    """Raises Refusal for the first reference that leads nowhere, or for a need that is not met."""
    plain = document.plain
    _check_required(plain)
    for pattern, collection in _INDICES.items():
        known = functools.reduce(lambda at, key: at.get(key, {}), collection.split("/"), plain) or []
        for path, index in found(plain, pattern):
            _check_index(path, index, collection, len(known))
    for path, info in _texture_infos(plain.get("materials", [])):
        _check_index((*path, "index"), info["index"], "textures", len(document.list("textures")))
    for at, animation in enumerate(document.list("animations")):
        for path, index in found(animation, "channels/*/sampler"):
            _check_index(("animations", at, *path), index, "samplers", len(animation.get("samplers", [])))


def found(plain: object, pattern: str) -> Iterator[tuple[tuple, object]]:
    """(path, value) of everything at a pattern; `*` stands for every key and every place of a list."""
    yield from _found(plain, pattern.split("/"), ())


def _found(plain: object, steps: list[str], path: tuple) -> Iterator[tuple[tuple, object]]:
    if not steps:
        yield path, plain
        return
    step, rest = steps[0], steps[1:]
    if step != "*":
        if isinstance(plain, dict) and step in plain:
            yield from _found(plain[step], rest, (*path, step))
        return
    items = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, item in items:
        yield from _found(item, rest, (*path, key))


def _texture_infos(materials: list) -> Iterator[tuple[tuple, dict]]:
    """(path, texture info) of every texture that a material names, its extensions' too."""
    waiting = [(("materials", at), material) for at, material in enumerate(materials)]
    while waiting:
        path, item = waiting.pop()
        for key, value in item.items():
            if key == "extras" or not isinstance(value, dict):
                continue
            if key.endswith("Texture") and "index" in value:
                yield (*path, key), value
            waiting.append(((*path, key), value))


def _check_index(path: tuple, index: object, collection: str, known: int) -> None:
    if type(index) not in (int, float) or not 0 <= index < known or index != int(index):
        accepted = f"0 to {known - 1} of {collection}" if known else f"no reference, for there are no {collection}"
        raise Refusal(pointer(*path), f"a reference to {shown(index)}", accepted)


def _check_required(plain: dict) -> None:
    for at, name in enumerate(plain.get("extensionsRequired") or []):
        if name not in READ and not (name == DRACO and can_unpack()):
            raise Refusal(pointer("extensionsRequired", at), f"a need of {shown(name)}",
                          _HINTS.get(name) or f"a need of {listed(sorted(READ))}")
