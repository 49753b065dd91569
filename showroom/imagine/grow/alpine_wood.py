"""Alpine wood: half-buried rock under snow, laden firs near, a dark wood far down the slope."""

from typing import Iterator

import numpy as np

from showroom.imagine.grow.boxed import boxed
from showroom.imagine.grow.centre import flora_of, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.conifer import trunk
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import part
from showroom.imagine.grow.scatter import bases, blue_noise, instances, varied_sizes, varied_tints
from showroom.imagine.grow.shapes import rock, tube
from showroom.imagine.grow.snow_fir import snow_fir
from showroom.imagine.grow.stones import Ground
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

SNOW = (0.80, 0.83, 0.86)
ROCKS = np.array(
    [  # x, z, size, how tall for its width
        (1.62, -2.5, 0.5, 0.9),
        (2.3, -3.0, 0.85, 1.1),
        (3.3, -3.4, 0.6, 0.8),
        (-1.75, -1.35, 0.34, 0.8),
        (-4.9, -4.2, 0.9, 0.9),
        (0.1, -3.4, 0.7, 1.05),  # dark behind the hero
        (6.4, -7.5, 1.5, 1.2),
        (-7.5, -9.5, 1.3, 1.0),
        (2.6, 2.4, 0.6, 0.8),
        (-2.4, 2.9, 0.8, 1.0),
        (4.8, 1.0, 0.5, 0.7),
        (-4.2, 0.2, 0.45, 0.8),
        (7.8, 5.0, 1.6, 1.2),
    ]
)
_FULL_M = 34.0  # firs nearer than this have all their branches and a stem
FIRS = np.array(
    [  # x, z, height
        (4.3, -6.2, 4.6),
        (5.6, -7.8, 6.8),
        (3.7, -9.6, 5.4),
        (7.6, -6.4, 5.2),
        (-5.6, -8.2, 5.8),
        (-7.0, -6.6, 4.2),
        (-8.4, -10.2, 7.4),
        (6.9, -11.6, 8.0),
        (-5.6, 7.2, 5.5),
        (6.2, 8.0, 4.4),
        (-8.6, 3.0, 6.4),
        (9.6, -1.4, 5.8),
        (2.4, 9.4, 7.0),
        (-2.2, 10.6, 5.0),
    ]
)


def rocks(ground: Ground, hard: float, chance: Chance) -> Iterator[Geometry]:
    """Dark rock half buried, snow on every ledge; deeper where it is soft."""
    stones = []
    for index, (x, z, size, tall) in enumerate(ROCKS):
        stone = rock(
            3 if size > 0.4 and np.hypot(x, z) < 6 else 2, 80 + index, 0.34, (1.0, 0.8 * tall, 0.85), 9
        )
        stone = stone.scaled(size).turned("y", chance.uniform(0, 6.3)).turned("z", 0.15 * chance.normal())
        lies = stone.normals[:, 1] + 0.45 * fbm(stone.positions * 3.0 / size, 3, index)
        snow = smoothstep(0.62 + 0.12 * hard, 0.80 + 0.1 * hard, lies)
        swell = (0.05 * (1.4 - hard) * size * snow)[:, None] * np.array([0.0, 1.0, 0.0])
        y = float(ground(np.array([x]), np.array([z]))[0])
        low = stone.positions[:, 1]
        stone = stone.displaced(swell).shaded(
            second=snow, occlusion=0.45 + 0.55 * smoothstep(-0.2 * size, 0.4 * size, low)
        )
        stones.append(boxed(stone, 1.7).moved(x, y - 0.12 * size, z))
    material = Material(surface="wall", second_color=SNOW, normal_scale=1.2)
    yield part("rocks", merge(stones), material)


def firs(spec: SceneSpec, ground: Ground, hard: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Spruces in a group to the right, some to the left and behind; a dark wood far down the slope."""
    density, _ = flora_of(spec, "pine")
    load = 0.95 - 0.35 * hard
    near, near_snow = snow_fir(chance.child("near"), 15, 7, 3, load)
    middle, middle_snow = snow_fir(chance.child("middle"), 14, 6, 2, load, 2)
    far, far_snow = snow_fir(chance.child("far"), 8, 5, 1, load, 2)
    stem = trunk(chance.child("stem"), 1.0, 0.016, 8, 7, 0.2, flare=0.4).shaded(second=0.0)
    chosen = FIRS[: max(4, int(round(len(FIRS) * min(1.0, 0.45 + 1.6 * density))))]
    twig = tube(np.array([(0.0, -0.03, 0.0), (0.0, 0.9, 0.0)]), np.array([0.02, 0.002]), 5, closed=False)
    wood = _wood(chance.child("wood"), density, detail)
    away = np.hypot(*wood.T) > _FULL_M
    high = varied_sizes(chance, len(wood), 6.5, 0.5)
    placed = {}
    for name, points, tall in (
        ("near", chosen[:, :2], chosen[:, 2]),
        ("middle", wood[~away], high[~away]),
        ("far", wood[away], high[away]),
    ):
        x, z = points.T
        draw = chance.child(f"placed {name}")
        wide = tall * varied_sizes(draw, len(x), 1.25 if name == "middle" else 1.0, 0.2)
        placed[name] = instances(
            np.stack([x, ground(x, z) - 0.03 * tall, z], axis=1),
            bases(draw, len(x), 0.04),
            np.stack([wide, tall, wide], axis=1),
            varied_tints(draw, len(x), 0.02, 0.25),
            draw.uniform(0, 1, len(x)),
            0.02,
        )
        placed[name]["cell"] = 12
    needles = Material(
        "foliage", surface="sprites", base_color=(0.6, 0.66, 0.64, 1.0), roughness=1.0, translucency=0.1
    )
    snow = Material(surface="ground", second_color=SNOW, translucency=0.25)
    yield part("firs", near, needles, placed["near"])
    yield part("fir snow", near_snow, snow, placed["near"])
    bark = Material(surface=worn(spec, "prop"))
    yield part("fir stems", stem, bark, placed["near"])
    if len(placed["middle"]):
        yield part("middle firs", middle, needles, placed["middle"])
        yield part("middle fir snow", middle_snow, snow, placed["middle"])
        yield part("middle fir stems", twig, bark, placed["middle"], casts_shadow=False)
    yield part("far firs", far, needles, placed["far"], casts_shadow=False)
    yield part("far fir snow", far_snow, snow, placed["far"], casts_shadow=False)


def _wood(chance: Chance, density: float, detail: float) -> np.ndarray:
    """(n, 2) x, z of far trees: below ahead in a belt, in groups all round."""
    seed = chance.integers(0, 1 << 20)

    def groups(x, z):
        patchy = smoothstep(
            0.0, 0.35, fbm(np.stack([x, z], -1) * 0.045, 2, seed) + 0.25 * smoothstep(-30, -60, z)
        )
        reach = np.hypot(x, z)
        return (
            patchy * smoothstep(13.0, 20.0, reach) * smoothstep(1.5, 6.0, np.abs(x) + 0.15 * np.abs(z) - 3.0)
        )

    return blue_noise(
        chance, (-75, -110), (75, 60), 3.2, groups, int(min(110, 40 + 260 * density) * max(detail, 0.3))
    )
