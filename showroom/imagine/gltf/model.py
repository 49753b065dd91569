"""Model: a merchant's glTF file as the words Geometry and Image, standing on y = 0 with its front to +Z.

Everything that is drawn of one material is one part; metres are the file's own; nothing is scaled.
"""

import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from showroom.imagine.gltf import clip, compressed, container, maps, primitives, references, shape, skins
from showroom.imagine.gltf.accessors import Accessors
from showroom.imagine.gltf.buffers import Buffers
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.graph import Graph, Stance
from showroom.imagine.gltf.lights import lights_of
from showroom.imagine.gltf.matter import Matter, matter_of
from showroom.imagine.gltf.pictures import Pictures
from showroom.imagine.gltf.pose import Piece, Posed, posed, units
from showroom.imagine.gltf.refusal import Refusal, listed
from showroom.imagine.gltf.tangents import across, tangents
from showroom.words.geometry import HERO, INSTANCE, VERTEX, Geometry, Light
from showroom.words.image import DETAIL, Image
from showroom.words.material import Material
from showroom.words.model_maps import COAT, MODEL_SURFACES
from showroom.words.motion import MOTION, MOTION_BYTES, RATE_HZ, Motion, motion_of

MOST_VERTICES, MOST_TRIANGLES, MOST_PARTS = 200_000, 300_000, 24
_MOST_MORPHED = 4_000_000  # vertices of all morph targets together
_SLOWEST_HZ, _LONGEST_S = 6.0, 60.0
_STILL_M = 1e-5            # what moves less stands still
_MOST_SIZE_M = 1e4


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
        grouped = _grouped(list(self._pieces(worlds, matters)), matters)
        faces = sum(len(piece.primitive.faces) for own in grouped.values() for piece in own)
        if faces > MOST_TRIANGLES:
            raise Refusal("/meshes", f"{faces:,} triangles", f"at most {MOST_TRIANGLES:,}; simplify it")
        rest = {material: [posed(piece, worlds, weights.get(piece.node)) for piece in own]
                for material, own in grouped.items()}
        foot = _foot([one for own in rest.values() for one in own])
        surfaces, chosen = self._dressed([matters[material] for material in grouped])
        lamps = lights_of(self._document, self._graph, worlds, foot)
        parts, used_bytes = [], 0
        for number, (material, own) in enumerate(grouped.items()):
            dressed = replace(matters[material].material, surface=surfaces[number], maps=tuple(chosen[number]),
                              wrap=matters[material].lay.wrap)
            part = _part(number, dressed, own, rest[material], matters[material], foot, lamps if number == 0 else ())
            motion = self._motion(own, rest[material], part, frames, foot, MOTION_BYTES - used_bytes)
            used_bytes += 0 if motion is None else motion.frames.nbytes
            parts.append(replace(part, motion=motion))
        images = [image for surface, own, matter in zip(surfaces, chosen, (matters[key] for key in grouped)) if own
                  for image in maps.images(surface, own, self._pictures, self._wanted.size_px,
                                           matter.material.alpha_mode == "mask")]
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
                yield _piece(at, primitive, material, skin, weights, matters[material])

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
        moved = [_joined([posed(piece, worlds, weights.get(piece.node)) for piece in pieces])
                 for worlds, weights in frames]
        positions = np.stack([one.positions for one in moved]) - foot.astype(np.float32)
        if np.abs(positions - positions[0]).max() < _STILL_M:
            return None
        start = _joined(rest)
        return motion_of(positions, np.stack([one.normals for one in moved]), np.stack([one.tangents for one in moved]),
                         start.normals, start.tangents, self._rate_hz)

    def _dressed(self, matters: list[Matter]) -> tuple[list[str], list[dict]]:
        """The surface of each material, and the maps for which there is room."""
        wearing = [at for at, matter in enumerate(matters) if matter.maps][: self._wanted.surfaces]
        bare = [matter if at in wearing else Matter(matter.material) for at, matter in enumerate(matters)]
        chosen = maps.kept(bare, self._wanted.srgb_layers, self._wanted.linear_layers)
        for at, matter in enumerate(matters):
            if (lost := sorted(set(matter.maps) - set(chosen[at]))):
                self._document.tell(f"of material {at} the maps {', '.join(lost)} are left out: there is room for "
                                    f"{self._wanted.srgb_layers} of colours and {self._wanted.linear_layers} others")
        numbers = iter(MODEL_SURFACES)
        return [next(numbers) if own else "" for own in chosen], chosen


def _grouped(pieces: list[Piece], matters: dict[int | None, Matter]) -> dict[int | None, list[Piece]]:
    """Pieces by their material, one number for all that are alike; where those are too many, those that differ
    in nothing but a plain colour share one, and wear it on their vertices."""
    grouped = _alike(pieces, matters)
    if len(grouped) <= MOST_PARTS:
        return grouped
    for at, matter in list(matters.items()):
        if not matter.maps:
            colour = np.array(matter.material.base_color, np.float32)
            matters[at] = replace(matter, material=replace(matter.material, base_color=(1.0, 1.0, 1.0, 1.0)))
            for piece in pieces:
                if piece.material == at:
                    own = piece.primitive.colors
                    piece.primitive.colors = np.broadcast_to(colour, (len(piece.primitive.positions), 4)) * (
                        1.0 if own is None else own)
    grouped = _alike(pieces, matters)
    if len(grouped) > MOST_PARTS:
        raise Refusal("/materials", f"{len(grouped)} unlike ones that are drawn", f"at most {MOST_PARTS}; merge some")
    return grouped


def _alike(pieces: list[Piece], matters: dict[int | None, Matter]) -> dict[int | None, list[Piece]]:
    grouped: dict[int | None, list[Piece]] = {}
    for piece in pieces:
        same = next((at for at in grouped if matters[at] == matters[piece.material]), piece.material)
        grouped.setdefault(same, []).append(piece)
    return grouped


def _piece(node: int, primitive: primitives.Primitive, material: int | None, skin: skins.Skin | None,
           weights: np.ndarray, matter: Matter) -> Piece:
    """With normals, flat where the file has none, and tangents, own ones where a normal map needs them."""
    if primitive.normals is None:
        primitive = primitives.corners(primitive)
        a, b, c = (primitive.positions[corner::3] for corner in range(3))
        primitive.normals = np.repeat(units(np.cross(b - a, c - a)), 3, axis=0)
        primitive.tangents = None
    normals = primitive.normals = units(primitive.normals)
    if primitive.tangents is not None:
        along, hands = primitive.tangents[:, :3], np.where(primitive.tangents[:, 3] < 0, -1.0, 1.0)
    elif {DETAIL, COAT} & set(matter.maps) and matter.lay.texcoord in primitive.uv:
        uv = matter.lay.of(primitive.uv[matter.lay.texcoord])
        along, hands = tangents(primitive.positions, normals, uv, primitive.faces)
    else:
        along, hands = across(normals), np.ones(len(normals))
    return Piece(node, primitive, material, skin, weights, along, hands)


def _foot(posed_: list[Posed]) -> np.ndarray:
    """(3,) the middle of its ground, under its lowest point: there it stands."""
    if not posed_:
        return np.zeros(3)
    low = np.min([one.positions.min(axis=0) for one in posed_], axis=0).astype(np.float64)
    high = np.max([one.positions.max(axis=0) for one in posed_], axis=0).astype(np.float64)
    if not (np.isfinite(low).all() and np.isfinite(high).all() and np.abs([low, high]).max() < _MOST_SIZE_M):
        raise Refusal("/nodes", "a place beyond all bounds", f"metres, within {_MOST_SIZE_M:.0f} of the origin")
    return np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])


def _joined(posed_: list[Posed]) -> Posed:
    return Posed(*(np.concatenate([getattr(one, name) for one in posed_])
                   for name in ("positions", "normals", "tangents")))


def _part(number: int, material: Material, pieces: list[Piece], rest: list[Posed], matter: Matter, foot: np.ndarray,
          lamps: tuple[Light, ...]) -> Geometry:
    """The pieces of one material as one part, as they stand at rest."""
    whole = _joined(rest)
    vertices = np.zeros(len(whole.positions), VERTEX)
    vertices["position"] = whole.positions - foot
    vertices["normal"][:, :3] = np.round(whole.normals * 127)
    vertices["tangent"][:, :3] = np.round(whole.tangents * 127)
    vertices["tangent"][:, 3] = 127 * np.concatenate([_hands(piece, one) for piece, one in zip(pieces, rest)])
    vertices["uv"] = np.concatenate([_uv(piece, matter) for piece in pieces])
    is_coloured = any(piece.primitive.colors is not None for piece in pieces)
    vertices["shade"] = _shades(pieces) if is_coloured else (255, 0, 0, 255)
    starts = np.cumsum([0] + [len(one.positions) for one in rest[:-1]])
    faces = np.concatenate([_wound(piece, one) + start for piece, one, start in zip(pieces, rest, starts)])
    instance = np.zeros(1, INSTANCE)
    instance["world_from_part"] = np.eye(3, 4)
    instance["tint"] = (128, 128, 128, 255)
    casts = material.alpha_mode != "blend" and material.transmission == 0
    return Geometry(f"{HERO}model_{number}", replace(material, vertex_colors=is_coloured), vertices,
                    faces.astype(np.uint32).reshape(-1), instance, 0, 1, casts, "", lamps)


def _is_mirrored(piece: Piece, one: Posed) -> bool:
    """Whether its node, as it stands, turns it inside out: most of its faces then look against their normals."""
    a, b, c = (one.positions[piece.primitive.faces[:, corner]] for corner in range(3))
    before = [piece.primitive.positions[piece.primitive.faces[:, corner]] for corner in range(3)]
    own = np.cross(before[1] - before[0], before[2] - before[0])
    agree = np.einsum("ti,ti->t", own, piece.primitive.normals[piece.primitive.faces[:, 0]])
    now = np.einsum("ti,ti->t", np.cross(b - a, c - a), one.normals[piece.primitive.faces[:, 0]])
    return float(agree.sum()) * float(now.sum()) < 0


def _wound(piece: Piece, one: Posed) -> np.ndarray:
    return piece.primitive.faces[:, ::-1] if _is_mirrored(piece, one) else piece.primitive.faces


def _hands(piece: Piece, one: Posed) -> np.ndarray:
    return -piece.hands if _is_mirrored(piece, one) else piece.hands


def _uv(piece: Piece, matter: Matter) -> np.ndarray:
    uv = piece.primitive.uv.get(matter.lay.texcoord)
    return np.zeros((len(piece.primitive.positions), 2)) if uv is None else matter.lay.of(uv)


def _shades(pieces: list[Piece]) -> np.ndarray:
    """COLOR_0 of each vertex, white where a piece has none."""
    return np.concatenate([np.full((len(piece.primitive.positions), 4), 255) if piece.primitive.colors is None
                           else np.round(piece.primitive.colors * 255) for piece in pieces])
