"""Assembling: primitives as pieces, and the pieces of one material as one part that stands on the ground."""

from dataclasses import replace

import numpy as np

from showroom.imagine.gltf.matter import Matter
from showroom.imagine.gltf.pose import Piece, Posed, units
from showroom.imagine.gltf.primitives import Primitive, corners
from showroom.imagine.gltf.refusal import Refusal
from showroom.imagine.gltf.skins import Skin
from showroom.imagine.gltf.tangents import across, tangents
from showroom.words.geometry import HERO, INSTANCE, VERTEX, Geometry, Light
from showroom.words.image import DETAIL
from showroom.words.material import Material
from showroom.words.model_maps import COAT

MOST_PARTS = 24
MOST_SIZE_M = 1e4


def grouped(pieces: list[Piece], matters: dict[int | None, Matter]) -> dict[int | None, list[Piece]]:
    """Pieces by their material, one number for all that are alike; where those are too many, those that differ
    in nothing but a plain colour share one, and wear it on their vertices."""
    by_material = _alike(pieces, matters)
    if len(by_material) <= MOST_PARTS:
        return by_material
    for at, matter in list(matters.items()):
        if not matter.maps:
            colour = np.array(matter.material.base_color, np.float32)
            matters[at] = replace(matter, material=replace(matter.material, base_color=(1.0, 1.0, 1.0, 1.0)))
            for piece in pieces:
                if piece.material == at:
                    own = piece.primitive.colors
                    piece.primitive.colors = np.broadcast_to(colour, (len(piece.primitive.positions), 4)) * (
                        1.0 if own is None else own)
    by_material = _alike(pieces, matters)
    if len(by_material) > MOST_PARTS:
        raise Refusal("/materials", f"{len(by_material)} unlike ones that are drawn", f"at most {MOST_PARTS}; merge some")
    return by_material


def _alike(pieces: list[Piece], matters: dict[int | None, Matter]) -> dict[int | None, list[Piece]]:
    by_material: dict[int | None, list[Piece]] = {}
    for piece in pieces:
        same = next((at for at in by_material if matters[at] == matters[piece.material]), piece.material)
        by_material.setdefault(same, []).append(piece)
    return by_material


def piece_of(node: int, primitive: Primitive, material: int | None, skin: Skin | None,
           weights: np.ndarray, matter: Matter) -> Piece:
    """With normals, flat where the file has none, and tangents, own ones where a normal map needs them."""
    if primitive.normals is None:
        primitive = corners(primitive)
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


def foot_of(posed_: list[Posed]) -> np.ndarray:
    """(3,) the middle of its ground, under its lowest point: there it stands."""
    if not posed_:
        return np.zeros(3)
    low = np.min([one.positions.min(axis=0) for one in posed_], axis=0).astype(np.float64)
    high = np.max([one.positions.max(axis=0) for one in posed_], axis=0).astype(np.float64)
    if not (np.isfinite(low).all() and np.isfinite(high).all() and np.abs([low, high]).max() < MOST_SIZE_M):
        raise Refusal("/nodes", "a place beyond all bounds", f"metres, within {MOST_SIZE_M:.0f} of the origin")
    return np.array([(low[0] + high[0]) / 2, low[1], (low[2] + high[2]) / 2])


def joined(posed_: list[Posed]) -> Posed:
    return Posed(*(np.concatenate([getattr(one, name) for one in posed_])
                   for name in ("positions", "normals", "tangents")))


def part_of(number: int, material: Material, pieces: list[Piece], rest: list[Posed], matter: Matter, foot: np.ndarray,
          lamps: tuple[Light, ...]) -> Geometry:
    """The pieces of one material as one part, as they stand at rest."""
    whole = joined(rest)
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
