"""Still life: the notes as things about the hero, laid out as a stylist would.

A few of the strongest lie on the hero's own plinth; more of each stands on lower plinths at the
visitor's hands, at unlike heights. Nothing of it is where the hero's front is looked at.
"""

from dataclasses import dataclass
from typing import Iterator

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.flora import Piece
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.part import part
from showroom.imagine.grow.plinth import PLACE_XZ, TOP_M, plinth_mesh
from showroom.imagine.grow.things import thing
from showroom.words.geometry import Geometry, Light, Material
from showroom.words.scenespec import SceneSpec

# (x, z) from the hero's middle, m: front left, front right, back left, back right.
_ABOUT_HERO = ((-0.096, 0.048), (0.098, 0.04), (-0.1, -0.062), (0.104, -0.066))
_BURNING = {"candle": (fire.FLAME, 0.09), "coal": (fire.EMBER, 0.07)}
_UNSHADOWED = ("glow", "shaft", "glass", "liquid")


@dataclass(frozen=True)
class Stand:
    """A place for many of a thing: x, height, z of a top; built: a plinth of its own, else what is there."""

    x: float
    top_m: float
    z: float
    built: bool = True


STANDS = (
    Stand(-0.47, 0.88, -1.12),
    Stand(0.48, 0.8, -1.06),
    Stand(0.4, 0.6, -1.8),
)


def set_down(spec: SceneSpec) -> tuple[tuple[float, float], ...]:
    """(x, z) of what lies on the hero's plinth, from its middle: where it touches the stone."""
    return _ABOUT_HERO[: len(spec.things)] if spec.hero.kind == "bottle" else ()


def still_life(
    spec: SceneSpec,
    style: str,
    tile_m: float,
    stone: Material,
    chance: Chance,
    stands: tuple[Stand, ...] = STANDS,
) -> Iterator[Geometry]:
    """The spec's things as parts, and the plinths they stand on, which wear `stone`.

    style, tile_m : of the plinth's shape and texture.   stands : the strongest thing's first.
    """
    pieces: list[Piece] = []
    lights: list[Light] = []
    for at, item in zip(set_down(spec), spec.things):
        draw = chance.child(f"few {item.name}")
        spot = (PLACE_XZ[0] + at[0], TOP_M, PLACE_XZ[1] + at[1])
        pieces += _moved(thing(item.name, item.srgb, draw, False), spot, 0.35 * draw.normal())
    built = []
    for index, (stand, item) in enumerate(zip(stands, spec.things)):
        draw = chance.child(f"many {item.name}")
        top = (stand.x, stand.top_m, stand.z)
        if stand.built:
            built.append(_stand(style, tile_m, stand, chance.child(f"stand {index}")))
        pieces += _moved(thing(item.name, item.srgb, draw, True), top, draw.uniform(-0.6, 0.6))
        if item.name in _BURNING:
            color, strength = _BURNING[item.name]
            lights.append(fire.light((stand.x, stand.top_m + 0.16, stand.z), color, strength, 1.2, 0.4))
    if built:
        yield part("stands", merge(built), stone)
    yield from _parts(pieces, tuple(lights))


def _stand(style: str, tile_m: float, stand: Stand, chance: Chance) -> Mesh:
    """A lower plinth of the place's own kind; dark where things stand on it."""
    mesh = plinth_mesh(style, chance, 0.3, tile_m)
    share = stand.top_m / TOP_M
    mesh = mesh.transformed(np.diag([1.06, share, 1.06])).turned("y", chance.uniform(0, 6.3))
    x, y, z = mesh.positions.T
    under = np.where(y > stand.top_m - 2e-3, 1 - 0.45 * np.exp(-((np.hypot(x, z) / 0.085) ** 4)), 1.0)
    level = np.where(mesh.shade[:, 0] < 1, mesh.shade[:, 0], 1.0)
    bare = np.where(y > stand.top_m - 2e-3, 1.0, level)
    return mesh.shaded(occlusion=bare * under).moved(stand.x, 0.0, stand.z)


def _moved(pieces: list[Piece], at: tuple[float, float, float], yaw: float) -> list[Piece]:
    return [
        Piece(piece.name, piece.mesh.turned("y", yaw).moved(*at), piece.material, piece.cell)
        for piece in pieces
    ]


def _parts(pieces: list[Piece], lights: tuple[Light, ...]) -> Iterator[Geometry]:
    """One part for each material, so that many small things cost few draws."""
    grouped: dict[Material, list[Piece]] = {}
    for piece in pieces:
        grouped.setdefault(piece.material, []).append(piece)
    for index, (material, own) in enumerate(grouped.items()):
        yield part(
            f"still life {index} {own[0].name}",
            merge([piece.mesh for piece in own]),
            material,
            casts_shadow=material.kind not in _UNSHADOWED,
            lights=lights if index == 0 else (),
        )
