"""Rain-wet street: cobbles that double the lamps, a lit café under its awning, irises and violets in pots.

What the smell leans to decides what stands there: powdery is violets and irises everywhere and soft warm
windows; slate is a street nearly empty, few lights, cold air, a cup of coffee on a wet table.
"""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.colour import mixed
from showroom.imagine.grow import cafe, fire, flower_pots, street_lamp, town_house
from showroom.imagine.grow.centre import centre, flora_of, surface_of
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.mesh import merge
from showroom.imagine.grow.part import blend, natural, part
from showroom.imagine.grow.plinth import PLACE_XZ
from showroom.imagine.grow.scatter import instances
from showroom.imagine.grow.shapes import box, graded, patch, polar_sheet
from showroom.imagine.grow.town_house import Front
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

_HALF_M, _KERB_M, _HIGH_M = 3.75, 2.35, 0.1  # from the middle to the fronts and the kerbs; of the pavement
_SHOPS = (3, 8)  # which of the fronts ahead have one
_BEND = 0.0062  # how the street turns away at both ends, 1/m
_WARM = np.array([1.0, 0.56, 0.22])
_LAMPS = (
    (2.12, -4.1),
    (-2.12, -9.2),
    (2.12, -14.6),
    (-2.12, -20.5),
    (-2.12, 2.6),
    (2.12, 8.0),
)  # from the middle, z
_SPOTS = ((-0.98, -2.55), (1.55, -2.75), (-1.75, -3.6), (1.6, 0.6), (-1.4, 0.7), (1.7, -0.6))
_TABLES = ((1.22, -1.42), (-2.55, -4.7), (-2.75, -2.3))
_CHAIRS = (
    (1.78, -1.2, -1.9),
    (1.3, -2.02, 0.1),
    (-2.0, -4.75, -1.5),
    (-2.95, -5.25, 0.6),
    (-2.25, -1.9, -2.2),
)


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Ground, plinth and hero; pots within reach; fronts and café; lamps; what stands about; far lights."""
    soft = leaning.powder(spec)
    yield _ground(spec, detail)
    yield from centre(spec, "pedestal" if soft > 0.5 else "drum", chance, detail, sunlit=False)
    yield from _pots(spec, soft, chance.child("pots"), detail)
    yield _pavements(spec)
    tile = surface_of(spec, "wall").scale_m
    rows = _rows(chance.child("rows"))
    warm = blend(_WARM, np.array([1.0, 0.7, 0.45]), 0.35 * soft)
    yield from town_house.fronts(rows, 0.42 + 0.26 * soft, warm * 1.9, chance.child("fronts"), tile, detail)
    yield from cafe.rooms([row for row in rows if row.shop], warm * 0.85, chance.child("café"))
    cloth = surface_of(spec, "drape")
    yield from cafe.awning(
        rows[0],
        natural(cloth.srgb, 0.015) * 0.9,
        natural(cloth.accent_srgb) * 0.35,
        1.25,
        chance.child("awning"),
    )
    yield from street_lamp.lamps(_lamp_feet(), warm, 4.6, 0.55 + 0.25 * soft)
    walls = np.array([[_HALF_M, 2.75, -2.2], [-_HALF_M, 2.8, 0.6], [_HALF_M, 2.75, 3.4]])
    yield from street_lamp.wall_lantern(walls, np.array([[-1.0, 0, 0], [1.0, 0, 0], [-1.0, 0, 0]]), warm, 1.7)
    yield from _seats(soft)
    yield from cafe.umbrella((-1.05, 0.0, -2.7), _umbrella(soft), chance.child("umbrella"))
    yield _puddles(chance.child("puddles"), detail)
    yield from guests(
        spec, ("iris",), "rain_street", _level, chance.child("guests"), True, _SPOTS, (0.95, -2.5)
    )
    yield _far_lights(warm, spec, chance.child("far"))


def _level(x: np.ndarray, _z: np.ndarray) -> np.ndarray:
    return np.zeros_like(x)


def middle(z: np.ndarray) -> np.ndarray:
    """x of the street's middle at z: straight where one stands, turning left ahead and right behind."""
    z = np.asarray(z, dtype=np.float64)
    return -_BEND * np.maximum(-z - 7.0, 0.0) ** 2 + _BEND * np.maximum(z - 6.0, 0.0) ** 2


def _ground(spec: SceneSpec, detail: float) -> Geometry:
    """Cobbles under a film of water, which mirror what stands on them."""
    surface = surface_of(spec, "ground")
    mesh = polar_sheet(
        graded(0.1, 60.0, int(26 + 20 * detail)), int(52 + 44 * detail), _level, surface.scale_m
    )
    x, _, z = mesh.positions.T
    off = np.abs(x - middle(z))
    foot = 1 - 0.5 * np.exp(-((np.hypot(x - PLACE_XZ[0], z - PLACE_XZ[1]) / 0.33) ** 4))
    gutter = np.exp(-(((off - _KERB_M) / 0.18) ** 2))
    wet = Material(
        "polished",
        surface="ground",
        base_color=(0.46, 0.49, 0.58, 1.0),
        second_color=(0.02, 0.022, 0.028),
        roughness=0.42,
        normal_scale=0.55,
    )
    return part(
        "ground", mesh.shaded(occlusion=foot * (1 - 0.4 * gutter), second=0.0), wet, casts_shadow=False
    )


def _pavements(spec: SceneSpec) -> Geometry:
    """Raised flags along both sides, edged with long kerbstones."""
    tile = surface_of(spec, "plinth").scale_m
    z = np.concatenate([np.arange(26.0, -33.0, -0.9)])
    pieces = []
    for side in (-1, 1):
        inner = middle(z) + side * _KERB_M
        outer = middle(z) + side * (_HALF_M + 0.7)
        top = np.stack(
            [
                np.stack([inner, np.full_like(z, _HIGH_M), z], 1),
                np.stack([outer, np.full_like(z, _HIGH_M), z], 1),
            ],
            1,
        )
        uv = np.stack([top[..., 0], top[..., 2]], -1) / tile
        face = np.stack(
            [
                np.stack([inner, np.full_like(z, _HIGH_M), z], 1),
                np.stack([inner, np.full_like(z, -0.1), z], 1),
            ],
            1,
        )
        flags, kerb = patch(top, uv), patch(face, np.stack([face[..., 2], face[..., 1]], -1) / tile)
        flags = flags if flags.normals[:, 1].mean() > 0 else flags.turned_inside_out()
        kerb = kerb if (kerb.normals[:, 0] * -side).mean() > 0 else kerb.turned_inside_out()
        pieces += [
            flags.shaded(occlusion=np.tile([1.0, 0.5], len(z)), second=0.0),
            kerb.shaded(occlusion=np.tile([1.0, 0.4], len(z))),
        ]
        for index in range(46):  # kerbstones stand a finger over the flags, each its own tone
            at = 20.0 - index * 1.0
            stone = box(0.26, 0.13, 0.975, 0.02, tile).moved(
                float(middle(np.array(at))) + side * (_KERB_M + 0.12), -0.015, at
            )
            pieces.append(stone.shaded(second=0.25 * (index * 7 % 5) / 4))
    return part(
        "pavements",
        merge(pieces),
        Material(
            surface="plinth",
            base_color=(0.62, 0.64, 0.68, 1.0),
            roughness=0.75,
            second_color=(0.03, 0.03, 0.036),
            clearcoat=0.75,
        ),
    )


def _rows(chance: Chance) -> list[Front]:
    """Fronts along both sides, the café's first; the street closed by more where it bends out of sight."""

    def along(z: float, side: int, wide: float, **more) -> Front:
        slope = float(middle(np.array(z - 0.5)) - middle(np.array(z + 0.5)))  # per metre ahead
        yaw = -side * np.pi / 2 + np.arctan(slope)
        x = float(middle(np.array(z))) + side * _HALF_M
        high = (3.25, 2.75 + 0.2 * chance.normal(), 2.6)[: 3 if chance.uniform() < 0.75 else 2]
        return Front(
            wide, more.pop("floors", high), more.pop("columns", max(2, int(wide / 1.75))), x, z, yaw, **more
        )

    rows = [along(-3.3, -1, 6.0, columns=3, shop=(-1.85, 1.85, 2.35), floors=(3.3, 2.8, 2.6))]
    rows += [along(-2.4, 1, 5.2, floors=(3.2, 2.8, 2.7))]
    for side, start in ((-1, -6.3), (1, -5.0)):
        z = start
        while z > -30.0:
            wide = chance.uniform(3.9, 5.6)
            shop = (-0.3 * wide, 0.3 * wide, 2.3) if len(rows) in _SHOPS else None
            rows.append(along(z - wide / 2, side, wide, shop=shop, shutters=bool(chance.uniform() < 0.7)))
            z -= wide
    for side, start in ((-1, -0.3), (1, 0.2)):
        z = start
        while z < 22.0:
            wide = chance.uniform(4.2, 5.8)
            rows.append(along(z + wide / 2, side, wide))
            z += wide
    end, back = float(middle(np.array(-33.0))), float(middle(np.array(24.0)))
    rows += [
        Front(6.4, (3.4, 3.0, 2.8), 4, end - 0.6, -35.0, 0.16),
        Front(5.0, (3.3, 2.8), 3, end + 5.0, -34.0, 0.0),
        Front(6.0, (3.4, 2.9, 2.7), 3, end - 6.6, -34.5, 0.3),
        Front(9.0, (3.4, 3.0, 2.8), 5, back + 1.0, 25.5, np.pi + 0.2),
    ]
    return rows


def _lamp_feet() -> np.ndarray:
    off, z = np.array(_LAMPS).T
    return np.stack([middle(z) + off, np.zeros_like(z), z], axis=1)


def _pots(spec: SceneSpec, soft: float, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Irises at the left hand and before the café, violets lower: one pot of each, or many."""
    density, srgb = flora_of(spec, "iris")
    color = mixed("#5f4aa8", srgb, 0.35 if density else 0.0)
    tall = [(-1.62, 0.0, -1.75, 1.1)]
    low = [(-1.3, 0.0, -1.5, 1.1)]
    if soft > 0.5:
        tall = [
            (-0.98, 0.0, -0.86, 1.3),
            (-1.34, 0.0, -1.3, 1.15),
            (-2.6, _HIGH_M, -1.25, 1.3),
            (-3.1, _HIGH_M, -0.95, 1.4),
            (-2.62, _HIGH_M, -5.75, 1.3),
            (1.05, 0.0, -0.62, 1.2),
            (2.75, _HIGH_M, -2.9, 1.3),
            (3.2, _HIGH_M, -1.1, 1.4),
        ]
        low = [
            (-1.22, 0.0, -0.5, 1.15),
            (-1.62, 0.0, -1.75, 1.2),
            (-2.52, _HIGH_M, -0.85, 1.1),
            (1.3, 0.0, -0.42, 1.15),
            (-1.0, 0.0, -1.6, 0.95),
            (2.62, _HIGH_M, -3.35, 1.2),
            (2.66, _HIGH_M, -2.45, 1.1),
            (-2.6, _HIGH_M, -6.3, 1.2),
        ]
    standing, lying = np.array(tall), np.array(low)
    yield flower_pots.pots("iris pots", standing[:, :3], standing[:, 3], True, chance.child("zinc"))
    yield from flower_pots.irises(standing[:, :3], standing[:, 3], color, chance.child("irises"))
    yield flower_pots.pots(
        "violet pots", lying[:, :3], lying[:, 3] * np.array([1.0]), False, chance.child("clay")
    )
    rims = lying[:, :3] + np.array([0, 1.0, 0]) * (flower_pots.POT_M * lying[:, 3])[:, None]
    sizes = 0.185 * lying[:, 3]
    table = np.array([[_TABLES[0][0] - 0.1, 0.73, _TABLES[0][1] + 0.02]])
    if soft > 0.5:
        rims, sizes = np.concatenate([rims, table + [0, 0.09, 0]]), np.append(sizes, 0.12)
        yield flower_pots.pots("table pot", table, np.array([0.52]), False, chance.child("table"))
    yield from flower_pots.violets(
        rims, sizes, natural("#5a37a0", 0.02) * 1.15, chance.child("violets"), detail
    )


def _seats(soft: float) -> Iterator[Geometry]:
    """Small tables and bentwood chairs, wet; on the nearest a cup."""

    def foot(x: float) -> float:
        return _HIGH_M if abs(x) > _KERB_M else 0.0

    tables = np.array([(x, foot(x), z) for x, z in _TABLES])
    stood = (
        _CHAIRS if soft > 0.5 else ((-1.06, -0.95, 0.75), *_CHAIRS)
    )  # where no flowers are, one is at hand
    chairs = np.array([(x, foot(x), z) for x, z, _ in stood])
    iron = Material(
        base_color=(0.02, 0.022, 0.024, 1.0), second_color=(0.34, 0.33, 0.33), roughness=0.35, clearcoat=0.8
    )
    yield part("tables", cafe.table(), iron, instances(tables))
    turns = np.array(
        [[[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]] for _, _, a in stood]
    )
    yield part(
        "chairs",
        cafe.chair(),
        Material(base_color=(0.06, 0.028, 0.013, 1.0), roughness=0.35, clearcoat=0.7),
        instances(chairs, turns),
    )
    x, _, z = tables[0]
    china = Material(
        base_color=(0.62, 0.61, 0.58, 1.0), second_color=(0.03, 0.013, 0.005), roughness=0.2, clearcoat=0.8
    )
    spots = np.array([(x - 0.02, 0.732, z + 0.16), (tables[1][0], tables[1][1] + 0.732, tables[1][2])])
    yield part("cups", cafe.cup(), china, instances(spots if soft < 0.5 else spots[1:], sizes=1.15))
    if soft < 0.5:
        x, y, z = spots[0] + np.array([0.0, 0.06, 0.0])
        yield part(
            "steam",
            merge([fire.curl(seed, 0.24, 0.035).turned("y", seed) for seed in (1, 4)]).moved(x, y, z),
            fire.shine(np.array([0.75, 0.8, 0.9]), 0.1),
            casts_shadow=False,
        )


def _umbrella(soft: float) -> np.ndarray:
    """Dusty violet where it is powdery, else the blue-black of slate."""
    return blend(np.array([0.018, 0.026, 0.045]), np.array([0.16, 0.075, 0.22]), soft)


def _puddles(chance: Chance, detail: float) -> Geometry:
    """Where the cobbles have sunk: along the gutters and before the plinth."""
    at = np.array(
        [(0.75, -2.75), (-1.75, -1.1), (1.75, -5.4), (-0.75, -6.2), (-1.9, 1.4), (1.2, 2.2), (0.4, -10.5)]
    )
    still = Material("polished", base_color=(0.018, 0.02, 0.026, 1.0), roughness=0.07)
    return cafe.ripples(at, np.array([0.5, 0.34, 0.6, 0.7, 0.5, 0.55, 1.0]), chance, still, detail)


def _far_lights(warm: np.ndarray, spec: SceneSpec, chance: Chance) -> Geometry:
    """Lamps and windows far along both fronts, out of focus: small, warm, hardly one of them cold."""
    count = 22
    z = -chance.uniform(22.0, 31.0, count)
    x = middle(z) + np.where(np.arange(count) % 2, 1, -1) * chance.uniform(1.9, 3.1, count)
    y = 1.1 + 2.6 * chance.uniform(0, 1, count) ** 1.6
    size = 0.12 + 0.2 * chance.uniform(0, 1, count) ** 1.5
    cold = natural(spec.sky.fill_srgb, 0.05)
    share = (chance.uniform(0, 1, count) < 0.1)[:, None]
    tints = np.where(share, cold / cold.max() * 0.5, warm) * chance.uniform(0.35, 1.0, count)[:, None]
    return street_lamp.bokeh(np.stack([x, y, z], axis=1), size, tints, 0.55, chance.child("phase"))
