"""Forest floor: ferns in drifts, logs that lie and lean, moss and stones at the feet of trunks."""

from dataclasses import replace
from typing import Iterator

import numpy as np

from showroom.imagine.grow.boxed import boxed
from showroom.imagine.grow.centre import flora_of, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.fallen_log import fallen_log, heartwood
from showroom.imagine.grow.fern import CELL as FERN_CELL
from showroom.imagine.grow.fern import fern
from showroom.imagine.grow.forest_trees import HERO_TRUNK
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import graded, polar_sheet, rock
from showroom.imagine.grow.stones import Ground, strewn
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_LOGS = (  # x, z, yaw, length, radius, how far it leans up; the last two hang in their neighbours' boughs
    (1.95, -3.75, 0.42, 3.6, 0.23, 0.02),
    (-3.0, 4.2, 2.2, 3.0, 0.19, 0.0),
    (5.6, 1.9, -0.5, 3.4, 0.2, 0.0),
    (-5.6, -11.8, 0.35, 11.0, 0.15, 0.72),
    (8.2, -12.6, 2.5, 10.0, 0.16, 0.85),
)


def ferns(spec: SceneSpec, ground: Ground, chance: Chance, wet: float, detail: float) -> Iterator[Geometry]:
    """A few whole ferns near, leaning in; drifts of them between the trunks."""
    density, _ = flora_of(spec, "fern")
    much = density * (0.35 + 1.1 * wet)
    near = np.array(
        [
            (-0.98, -0.78),
            (0.98, -1.5),
            (-0.72, -2.15),
            (1.35, -0.72),
            (-1.5, -2.1),
            (1.75, -2.15),
            (0.62, -2.75),
            (-1.75, -0.2),
            (1.2, 1.35),
            (-1.0, 1.7),
            (2.5, -3.2),
            (-0.2, -3.4),
            (-2.6, -1.3),
        ]
    )
    near = near[: int(round(len(near) * min(1.0, 0.25 + 1.1 * much)))]
    wear = Material(
        "foliage", surface="sprites", base_color=(0.95, 1.0, 0.9, 1.0), roughness=1.0, translucency=0.5
    )
    yield part(
        "ferns near",
        fern(chance.child("near"), 8, 0.62, 14, 3),
        wear,
        _rooted(near, ground, chance.child("placed"), 1.0),
    )
    seed = chance.integers(0, 1 << 20)

    def drifts(x, z):
        patchy = smoothstep(0.12 - 0.4 * much, 0.5 - 0.3 * much, fbm(np.stack([x, z], -1) * 0.28, 3, seed))
        return (
            patchy * smoothstep(1.7, 2.6, np.hypot(x, z + 0.6)) * smoothstep(19.0, 7.0, np.hypot(x, z + 2.0))
        )

    far = blue_noise(chance, (-13, -17), (13, 10), 0.55, drifts, int((30 + 160 * much) * detail))
    spread = _rooted(far, ground, chance.child("spread"), 1.0)
    rusty = chance.child("rust").uniform(0, 1, len(far)) < 0.75 * (1 - wet) - 0.1  # bracken, where it is dry
    spread["tint"][rusty, :3] = np.clip(spread["tint"][rusty, :3] * np.array([1.75, 0.78, 0.42]), 1, 255)
    yield part("ferns", fern(chance.child("far"), 5, 0.66, 7, 2), wear, spread, casts_shadow=False)


def _rooted(points: np.ndarray, ground: Ground, chance: Chance, size: float) -> np.ndarray:
    x, z = points.T
    return instances(
        np.stack([x, ground(x, z) - 0.01, z], axis=1),
        bases(chance, len(x), 0.18),
        varied_sizes(chance, len(x), size, 0.35),
        varied_tints(chance, len(x), 0.03, 0.25),
        chance.uniform(0, 1, len(x)),
        0.012,
        FERN_CELL,
    )


def logs(spec: SceneSpec, ground: Ground, chance: Chance, wet: float) -> Iterator[Geometry]:
    """The fallen log that one might sit on, to the right in the light, and others behind."""
    mossy = natural(surface_of(spec, "prop").srgb, 0.01)
    logs, ends = [], []
    for index, (x, z, yaw, long, radius, lean) in enumerate(_LOGS):
        y = float(ground(np.array([x]), np.array([z]))[0]) - 0.05 + 0.44 * long * np.sin(lean)
        draw = chance.child(f"log {index}")
        for made, mesh in (
            (logs, fallen_log(draw, long, radius, 0.35 + 0.55 * wet)),
            (ends, heartwood(long, radius, draw.child("end"))),
        ):
            made.append(mesh.turned("z", lean).turned("y", yaw).moved(x, y, z))
    yield part("logs", merge(logs), Material(surface="wall", second_color=rgb(mossy * 0.8), normal_scale=1.2))
    yield part(
        "log ends",
        merge(ends),
        Material(base_color=(0.2, 0.125, 0.065, 1.0), second_color=(0.30, 0.2, 0.11), roughness=0.9),
    )


def mossy(x: np.ndarray, z: np.ndarray, trunks: np.ndarray, wet: float, seed: int) -> np.ndarray:
    """0 to 1: how far moss has closed over the needles; all over where it is wet, else at trunks' feet."""
    at = np.stack([x, z], axis=-1)
    patchy = fbm(at * 0.55, 4, seed + 5) + 0.4 * fbm(at * 2.7, 2, seed + 6)
    cover = smoothstep(0.32 - 1.1 * wet, 0.7 - 0.8 * wet, patchy) * (0.3 + 0.7 * wet)
    for tx, tz, radius in np.concatenate([[HERO_TRUNK], trunks]):
        foot = smoothstep(2.6, 1.3, np.hypot(x - tx, z - tz) / radius) * smoothstep(-0.3, 0.3, patchy)
        cover = np.maximum(cover, (0.35 + 0.65 * wet) * foot)
    return cover


def moss(
    spec: SceneSpec, ground: Ground, trunks: np.ndarray, seed: int, wet: float, detail: float
) -> Iterator[Geometry]:
    """A carpet of moss that rises out of the needles, and stones that moss has taken where it is wet."""
    density, _ = flora_of(spec, "moss")
    full = min(1.0, wet + 0.3 * density)

    def carpet(x, z):
        lumps = 0.5 + 0.5 * fbm(np.stack([x, z], axis=-1) * 5.0, 3, seed + 9)
        return ground(x, z) + 0.05 * (mossy(x, z, trunks, full, seed) - 0.5) * (0.35 + 1.3 * lumps)

    mesh = polar_sheet(graded(0.07, 9.0, int(30 + 24 * detail)), int(60 + 60 * detail), carpet, 0.55)
    x, y, z = mesh.positions.T
    thick = y - ground(x, z)
    kept = mesh.faces[(thick[mesh.faces] > -0.004).any(axis=1)]
    if len(kept):
        soft = Material(surface="prop", base_color=(0.8, 0.8, 0.8, 1.0), roughness=1.0, translucency=0.1)
        dark = 0.5 + 0.5 * smoothstep(-0.004, 0.022, thick)
        at = np.stack([x, z], axis=1) * 1.1
        bent = np.stack([fbm(at, 2, seed + 11), fbm(at, 2, seed + 12)], axis=1)  # no cushion twice in a row
        mesh = replace(mesh, uv=mesh.uv + 0.45 * bent, faces=kept)
        yield part("moss", mesh.shaded(occlusion=dark), soft, casts_shadow=False)
    chance = Chance(seed, "stones")
    spots = np.array(
        [
            (-1.9, -3.1, 0.3),
            (0.75, -2.2, 0.16),
            (-2.9, -4.9, 0.5),
            (1.3, -5.3, 0.36),
            (-0.8, 2.6, 0.4),
            (2.9, 0.4, 0.42),
            (4.4, -6.6, 0.6),
            (-3.0, -0.6, 0.3),
        ]
    )[: 3 + int(5 * wet)]
    green = natural(surface_of(spec, "prop").srgb, 0.01) * 0.75
    mesh = rock(3, 4, 0.3, (1.0, 0.72, 0.85), flats=8)
    grown = smoothstep(
        0.75 - 0.75 * wet, 1.0 - 0.5 * wet, mesh.normals[:, 1] + 0.5 * fbm(mesh.positions * 3.0, 3, 8)
    )
    mesh = boxed(
        mesh.shaded(occlusion=0.35 + 0.65 * smoothstep(-0.5, 0.2, mesh.positions[:, 1]), second=0.85 * grown),
        1.6,
    )
    yield from strewn(
        "stones",
        [mesh],
        spots[:, :2],
        spots[:, 2],
        ground,
        Material(surface="plinth", second_color=rgb(green)),
        chance.child("stones"),
        0.45,
        0.3,
    )
