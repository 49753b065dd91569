"""Model: a merchant's glTF file as the words Geometry and Image, standing on y = 0 with its front to +Z.

Everything that is drawn of one material is one part; metres are the file's own; nothing is scaled.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from showroom.imagine.gltf import clip, compressed, container, maps, primitives, references, shape, skins
from showroom.imagine.gltf.accessors import Accessors
from showroom.imagine.gltf.assemble import MOST_SIZE_M, foot_of, grouped, joined, part_of, piece_of
from showroom.imagine.gltf.buffers import Buffers
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.graph import Graph, Stance
from showroom.imagine.gltf.lights import lights_of
from showroom.imagine.gltf.matter import Matter, matter_of
from showroom.imagine.gltf.pictures import Pictures
from showroom.imagine.gltf.pose import Piece, Posed, posed
from showroom.imagine.gltf.refusal import Refusal, listed
from showroom.words.geometry import Geometry
from showroom.words.image import Image
from showroom.words.model_maps import MODEL_SURFACES
from showroom.words.motion import MOTION, MOTION_BYTES, RATE_HZ, Motion, motion_of

MOST_VERTICES, MOST_TRIANGLES = 200_000, 300_000
_MOST_MORPHED = 4_000_000  # vertices of all morph targets together
_SLOWEST_HZ, _LONGEST_S = 6.0, 60.0
_STILL_M = 1e-5            # what moves less stands still


@dataclass(frozen=True)
class Wanted:
    """What is asked of a model.

    variant : name of a variant of its materials, "" for as they are.   size_px : edge of its maps.
    srgb_layers, linear_layers : for how many maps of each encoding there is room.   surfaces : for how many materials.
    """

    variant: str = ""
    size_px: int = 512
    srgb_layers: int = 12
    linear_layers: int = 12
    surfaces: int = len(MODEL_SURFACES)


@dataclass(frozen=True)
class Model:
    """parts : with one instance at the origin.   images : of the surfaces model_0, … that they wear.

    notes : what is not as the file says, a line each.
    """

    parts: tuple[Geometry, ...]
    images: tuple[Image, ...]
    notes: tuple[str, ...] = ()

    @property
    def corners(self) -> tuple[np.ndarray, np.ndarray]:
        """The lowest and the highest corner of all that it fills while it moves, (3,) metres each."""
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        for part in self.parts:
            places, motion = part.vertices["position"], part.motion
            low, high = np.minimum(low, places.min(axis=0)), np.maximum(high, places.max(axis=0))
            if motion is not None:
                low = np.minimum(low, np.subtract(motion.center, motion.extent))
                high = np.maximum(high, np.add(motion.center, motion.extent))
        return low, high


def read(content: bytes, folder: Path | None, wanted: Wanted = Wanted()) -> Model:
    """The model in a file's bytes; its other files are read from `folder` alone. Raises Refusal.

    A valid file in which there is no triangle is a model of no parts.
    """
    document = container.opened(content, folder)
    shape.check(document.plain)
    references.check(document)
    buffers = Buffers(document)
    accessors = Accessors(document, buffers)
    compressed.unpack(document, buffers, accessors)
    graph, stance = Graph(document), Stance(document.list("nodes"))
    primitives.check(document, accessors)
    skins.check(document, accessors)
    clip.check(document, accessors)
    pictures = Pictures(document, buffers)
    with np.errstate(over="ignore", invalid="ignore"):  # what comes of numbers too large is refused as a place
        return _Maker(document, accessors, graph, stance, pictures, wanted).made()


class _Maker:
    def __init__(self, document: Document, accessors: Accessors, graph: Graph, stance: Stance, pictures: Pictures,
                 wanted: Wanted):
        self._document, self._accessors, self._graph, self._stance = document, accessors, graph, stance
        self._pictures, self._wanted = pictures, wanted
        self._clip = clip.read(document, accessors)
        self._variant = self._chosen()

    def made(self) -> Model:
        self._check_amount()
        frames = self._frames()
        worlds, weights = frames[0]
        matters: dict[int | None, Matter] = {}
        by_material = grouped(list(self._pieces(worlds, matters)), matters)
        faces = sum(len(piece.primitive.faces) for own in by_material.values() for piece in own)
        if faces > MOST_TRIANGLES:
            raise Refusal("/meshes", f"{faces:,} triangles", f"at most {MOST_TRIANGLES:,}; simplify it")
        rest = {material: [posed(piece, worlds, weights.get(piece.node)) for piece in own]
                for material, own in by_material.items()}
        foot = foot_of([one for own in rest.values() for one in own])
        surfaces, chosen = self._dressed([matters[material] for material in by_material])
        lamps = lights_of(self._document, self._graph, worlds, foot)
        parts, used_bytes = [], 0
        for number, (material, own) in enumerate(by_material.items()):
            dressed = replace(matters[material].material, surface=surfaces[number], maps=tuple(chosen[number]),
                              wrap=matters[material].lay.wrap)
            part = part_of(number, dressed, own, rest[material], matters[material], foot, lamps if number == 0 else ())
            motion = self._motion(own, rest[material], part, frames, foot, MOTION_BYTES - used_bytes)
            used_bytes += 0 if motion is None else motion.frames.nbytes
            parts.append(replace(part, motion=motion))
        images = self._images(surfaces, chosen, [matters[key] for key in by_material])
        return Model(tuple(parts), tuple(images), tuple(self._document.notes))

    def _chosen(self) -> int | None:
        """The number of the variant that is asked for."""
        if not self._wanted.variant:
            return None
        root = (self._document.plain.get("extensions") or {}).get("KHR_materials_variants", {})
        names = [variant["name"] for variant in root.get("variants", [])]
        if self._wanted.variant not in names:
            raise Refusal("/extensions/KHR_materials_variants", f"no variant {self._wanted.variant!r}",
                          f"one of {listed(names)}")
        return names.index(self._wanted.variant)

    def _check_amount(self) -> None:
        """Before anything is read: how much it would be."""
        vertices = morphed = 0
        for at in self._graph.drawn:
            node = self._document.list("nodes")[at]
            for primitive in self._primitives(node):
                position = primitive["attributes"].get("POSITION")
                if position is None:
                    continue
                own = self._accessors.count(int(position))
                if "NORMAL" not in primitive["attributes"] and "indices" in primitive:
                    own = max(own, self._accessors.count(int(primitive["indices"])))
                vertices, morphed = vertices + own, morphed + own * len(primitive.get("targets") or [])
        if vertices > MOST_VERTICES:
            raise Refusal("/nodes", f"{vertices:,} vertices", f"at most {MOST_VERTICES:,}; simplify it")
        if morphed > _MOST_MORPHED:
            raise Refusal("/meshes", f"{morphed:,} vertices of morph targets", f"at most {_MOST_MORPHED:,}")

    def _primitives(self, node: dict) -> list[dict]:
        return self._document.list("meshes")[int(node["mesh"])]["primitives"] if "mesh" in node else []

    def _pieces(self, worlds: np.ndarray, matters: dict[int | None, Matter]):
        """Every primitive of every node that is drawn; notes the material of each."""
        for at in self._graph.drawn:
            node = self._document.list("nodes")[at]
            for place, plain in enumerate(self._primitives(node)):
                primitive = primitives.read(self._document, self._accessors, int(node["mesh"]), place)
                skin = skins.read(self._document, self._accessors, int(node["skin"])) if "skin" in node else None
                if primitive is None or "skin" in node and skin is None:
                    continue
                material = self._material(plain)
                if material not in matters:
                    size = abs(float(np.linalg.det(worlds[at][:3, :3]))) ** (1 / 3)
                    matters[material] = matter_of(self._document, self._pictures, material, size)
                mesh = self._document.list("meshes")[int(node["mesh"])]
                weights = np.array(node.get("weights") or mesh.get("weights") or (), np.float64)
                yield piece_of(at, primitive, material, skin, weights, matters[material])

    def _material(self, primitive: dict) -> int | None:
        if self._variant is not None:
            extension = (primitive.get("extensions") or {}).get("KHR_materials_variants", {})
            for mapping in extension.get("mappings", []):
                if self._variant in mapping["variants"]:
                    return int(mapping["material"])
        return int(primitive["material"]) if "material" in primitive else None

    def _frames(self) -> list[tuple[np.ndarray, dict[int, np.ndarray]]]:
        """(world_from_node of all nodes, morph weights by node) of every frame; one where nothing moves."""
        if self._clip is None:
            return [(self._graph.worlds(self._stance.locals()), {})]
        duration_s = self._clip.duration_s
        if duration_s > _LONGEST_S:
            self._document.tell(f"the animation {self._clip.name[:40]!r} of {duration_s:.0f} s stands still; "
                                f"up to {_LONGEST_S:.0f} s are shown")
        moves = duration_s <= _LONGEST_S
        count = max(2, math.ceil(duration_s * self._rate())) if moves else 1
        frames = []
        for frame in range(count):
            weights = self._clip.pose(self._stance, duration_s * frame / count)
            frames.append((self._graph.worlds(self._stance.locals()), weights))
        self._rate_hz = min(count / duration_s, RATE_HZ)
        return frames

    def _rate(self) -> float:
        """Frames a second: as many as there is room for if everything moved, and not too few."""
        vertices = sum(self._accessors.count(int(primitive["attributes"]["POSITION"])) for at in self._graph.drawn
                       for primitive in self._primitives(self._document.list("nodes")[at])
                       if "POSITION" in primitive["attributes"])
        room = MOTION_BYTES / (MOTION.itemsize * max(vertices, 1) * self._clip.duration_s)
        return min(max(room * 0.9, _SLOWEST_HZ), RATE_HZ - 1.0)

    def _motion(self, pieces: list[Piece], rest: list[Posed], part: Geometry, frames: list, foot: np.ndarray,
                room_bytes: int) -> Motion | None:
        """The motion of a part, None where it stands still."""
        if len(frames) < 2:
            return None
        if len(frames) * len(part.vertices) * MOTION.itemsize > room_bytes:
            self._document.tell(f"{part.part} stands still: its {len(frames)} frames need more than "
                                f"{MOTION_BYTES >> 20} MiB; give it fewer vertices or a shorter animation")
            return None
        moved = [joined([posed(piece, worlds, weights.get(piece.node)) for piece in pieces])
                 for worlds, weights in frames]
        positions = np.stack([one.positions for one in moved]) - foot.astype(np.float32)
        if not np.abs(positions).max() < MOST_SIZE_M:  # nor is what is no number
            raise Refusal("/animations", "a place beyond all bounds", f"metres, within {MOST_SIZE_M:.0f} of its foot")
        if np.abs(positions - positions[0]).max() < _STILL_M:
            return None
        start = joined(rest)
        return motion_of(positions, np.stack([one.normals for one in moved]), np.stack([one.tangents for one in moved]),
                         start.normals, start.tangents, self._rate_hz)

    def _dressed(self, matters: list[Matter]) -> tuple[list[str], list[dict]]:
        """The surface of each material, and its maps for which there is room; what looks alike is one surface."""
        looks = [_look(matter) for matter in matters]
        unlike = {look: matter for look, matter in zip(looks, matters) if matter.maps}
        room = self._wanted
        chosen = dict(zip(unlike, maps.kept(list(unlike.values())[: room.surfaces], room.srgb_layers, room.linear_layers)))
        lost = [name for look, matter in unlike.items() for name in matter.maps if name not in chosen.get(look, {})]
        if lost:
            counts = ", ".join(f"{lost.count(name)} of {name}" for name in sorted(set(lost)))
            self._document.tell(f"maps are left out, {counts}: there is room for {room.srgb_layers} of colours and "
                                f"{room.linear_layers} others")
        names = dict(zip((look for look, own in chosen.items() if own), MODEL_SURFACES))
        return [names.get(look, "") for look in looks], [chosen.get(look, {}) for look in looks]

    def _images(self, surfaces: list[str], chosen: list[dict], matters: list[Matter]) -> Iterator[Image]:
        """Of every surface, once."""
        done = {""}
        for surface, own, matter in zip(surfaces, chosen, matters):
            if surface not in done:
                done.add(surface)
                yield from maps.images(surface, own, self._pictures, self._wanted.size_px, _is_cut(matter))


def _is_cut(matter: Matter) -> bool:
    return matter.material.alpha_mode == "mask"


def _look(matter: Matter) -> tuple:
    """What decides a material's maps: those for whom it is the same wear one surface."""
    return tuple((name, tuple(uses)) for name, uses in matter.maps.items()), matter.lay.wrap, _is_cut(matter)
