"""Tea set: a glazed pot and two cups on a wooden tray, poured."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import natural, part, rgb, rgba
from showroom.imagine.grow.shapes import circle, curve, lathe, loft, tube
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero

_CUPS = ((0.6, 0.34), (-0.06, 0.6))  # x, z, shares of the pot's height
_TRAY_M = 0.017  # its floor
_POT = (-0.2, -0.16)


def tea_set_parts(
    hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "", name: str = "hero"
) -> list[Geometry]:
    """Glaze in the body's colour that pools and breaks over the rims, bare clay and rims in the accent's."""
    tall, around = hero.height_m, int(np.clip(56 * detail, 24, 56))
    body, accent = natural(hero.body_srgb), natural(hero.accent_srgb)
    glaze = Material(
        "product",
        base_color=rgba(body),
        second_color=rgb(accent),
        roughness=0.42,
        clearcoat=1.0,
        clearcoat_roughness=0.07,
    )
    clay = Material(base_color=rgba(accent * 0.55 + 0.03), roughness=0.86)
    wood = Material(
        "product",
        base_color=(0.115, 0.058, 0.028, 1.0),
        second_color=(0.05, 0.024, 0.012),
        roughness=0.5,
        clearcoat=0.3,
        clearcoat_roughness=0.25,
    )
    drink = Material(
        "product",
        base_color=rgba(natural(hero.liquid_srgb, 0.01)),
        roughness=0.05,
        ior=1.33,
        clearcoat=0.8,
        clearcoat_roughness=0.02,
    )
    cup, tea, foot = _cup(0.37 * tall, around), _tea(0.37 * tall, around), _foot(0.37 * tall, around)
    set_down = [(x * tall, _TRAY_M, z * tall) for x, z in _CUPS]
    pot = _pot(tall - _TRAY_M, around).moved(_POT[0] * tall, _TRAY_M, _POT[1] * tall)
    ring = lathe(np.array([(0.275, 0.03), (0.275, 0.0), (0.24, 0.0)]) * tall, around)
    pieces = [
        ("tray", _tray(tall, around), wood),
        ("pot", pot, glaze),
        ("cups", merge([cup.moved(*at) for at in set_down]), glaze),
        (
            "clay",
            merge([*(foot.moved(*at) for at in set_down), ring.moved(_POT[0] * tall, _TRAY_M, _POT[1] * tall)]),
            clay,
        ),
        ("tea", merge([tea.moved(*at) for at in set_down]), drink),
    ]
    return [
        part(f"{name}.{piece}", mesh, material, placed, product_id=product_id) for piece, mesh, material in pieces
    ]


def _tray(tall_m: float, around: int) -> Mesh:
    """An oval of dark wood with a raised edge, its grain along it, darker where things stand."""
    edge = np.array(
        [
            (0.93, 0.0),
            (0.955, 0.002),
            (0.985, 0.011),
            (1.0, 0.012),
            (1.012, 0.009),
            (1.0, 0.008 - _TRAY_M),
            (0.93, 0.001 - _TRAY_M),
            (0.9, -_TRAY_M),
            (0.0, -_TRAY_M),
        ]
    ) + np.array([0.0, _TRAY_M])
    rows = np.concatenate([np.column_stack([np.linspace(0, 0.9, 16), np.full(16, _TRAY_M)]), edge])
    mesh = loft(circle(around) * np.array([1.0, 0.72]), rows * np.array([1.14 * tall_m, 1.0]))
    mesh = mesh.moved(0.1 * tall_m, 0, 0.13 * tall_m)
    x, y, z = mesh.positions.T / tall_m
    grain = 0.5 + 0.5 * fbm(np.stack([x * 3, z * 40, 0 * x], axis=1), 3, 8)
    stood = [(*_POT, 0.36), *((cx, cz, 0.2) for cx, cz in _CUPS)]
    dark = np.max([np.exp(-((np.hypot(x - px, z - pz) / reach) ** 4)) for px, pz, reach in stood], axis=0)
    return mesh.shaded(second=smoothstep(0.3, 0.8, grain), occlusion=(1 - 0.6 * dark) * np.where(y < 0.01, 0.5, 1.0))


def _glazed(mesh: Mesh, high: np.ndarray, rims: np.ndarray, open_to: float) -> Mesh:
    """Shade b where glaze runs thin and the clay shows: on rims, in a speckle, in a wash towards the foot."""
    speckle = smoothstep(0.42, 0.6, fbm(mesh.positions * 900, 2, 4))
    wash = 0.35 * smoothstep(0.22, 0.04, high) * (0.6 + 0.4 * fbm(mesh.positions * 60, 2, 2))
    return mesh.shaded(
        occlusion=0.4 + 0.6 * smoothstep(0, open_to, high), second=np.clip(0.85 * rims + 0.5 * speckle + wash, 0, 1)
    )


def _pot(tall_m: float, around: int) -> Mesh:
    """A round pot: belly, a lid that is seated in its collar, a knob, a poured spout, an ear."""
    rows = curve(
        np.array(
            [
                (0.0, 1.0),
                (0.05, 0.99),
                (0.075, 0.955),
                (0.07, 0.915),
                (0.045, 0.885),
                (0.07, 0.868),
                (0.19, 0.845),
                (0.285, 0.805),
                (0.305, 0.79),
            ]
        ),
        34,
    )
    lip = np.array(
        [(0.303, 0.782), (0.296, 0.776), (0.3, 0.768), (0.318, 0.768), (0.33, 0.778), (0.342, 0.772), (0.35, 0.757)]
    )
    belly = curve(
        np.array(
            [
                (0.35, 0.757),
                (0.45, 0.69),
                (0.545, 0.55),
                (0.56, 0.41),
                (0.5, 0.24),
                (0.39, 0.11),
                (0.295, 0.045),
                (0.28, 0.02),
            ]
        ),
        40,
    )
    body = lathe(np.maximum(np.concatenate([rows, lip, belly[1:]]), 0) * tall_m, around)
    throwing = 0.0012 * tall_m * np.sin(body.positions[:, 1] / tall_m * 95) * (body.positions[:, 1] < 0.74 * tall_m)
    body = body.displaced(throwing)
    way = curve(
        np.array([[0.42, 0.3, 0], [0.6, 0.36, 0], [0.74, 0.53, 0], [0.8, 0.7, 0], [0.9, 0.775, 0]]) * tall_m, 26
    )
    spout = tube(
        way,
        np.interp(np.linspace(0, 1, 26), [0, 0.3, 0.8, 0.94, 1], [0.15, 0.1, 0.05, 0.05, 0.056]) * tall_m,
        20,
        closed=False,
    )
    mouth = (
        lathe(np.array([(0.0, 0.0), (0.05, 0.002)]) * tall_m, 16).turned("z", -0.9).moved(*(way[-1] - [0.004, 0, 0]))
    )
    knots = (
        np.array(
            [[-0.44, 0.66, 0], [-0.62, 0.76, 0], [-0.8, 0.7, 0], [-0.82, 0.5, 0], [-0.68, 0.33, 0], [-0.48, 0.27, 0]]
        )
        * tall_m
    )
    ear = tube(curve(knots, 30), np.interp(np.linspace(0, 1, 30), [0, 0.5, 1], [0.05, 0.036, 0.046]) * tall_m, 14)
    mesh = merge([body, spout, ear.transformed(np.diag([1, 1, 1.35])), mouth.shaded(occlusion=0.1)])
    high = mesh.positions[:, 1] / tall_m
    out = np.hypot(mesh.positions[:, 0], mesh.positions[:, 2]) / tall_m
    rims = np.exp(-(((high - 0.777) / 0.008) ** 2)) * (out < 0.37) + smoothstep(0.975, 0.992, high)
    rims = rims + smoothstep(0.86, 0.9, mesh.positions[:, 0] / tall_m)
    shaded = _glazed(mesh, high, np.clip(rims, 0, 1), 0.25)
    dark = (np.abs(high - 0.775) < 0.006) & (np.abs(out - 0.298) < 0.006)
    seam = np.where(dark, 0.35, 1.0)
    mouth_too = np.concatenate(
        [np.ones(len(mesh.positions) - len(mouth.positions)), np.full(len(mouth.positions), 0.15)]
    )
    return shaded.shaded(occlusion=shaded.shade[:, 0] * seam * mouth_too)


def _cup(tall_m: float, around: int) -> Mesh:
    """A handleless cup, its rim turned out a little."""
    rows = curve(
        np.array(
            [
                (0.0, 0.1),
                (0.42, 0.13),
                (0.68, 0.4),
                (0.78, 0.8),
                (0.83, 0.985),
                (0.855, 1.0),
                (0.87, 0.985),
                (0.83, 0.8),
                (0.76, 0.42),
                (0.55, 0.14),
                (0.42, 0.09),
            ]
        ),
        46,
    )
    mesh = lathe(np.maximum(rows, 0) * tall_m, around)
    high = mesh.positions[:, 1] / tall_m
    return _glazed(mesh, high, smoothstep(0.955, 0.985, high), 0.35)


def _foot(tall_m: float, around: int) -> Mesh:
    return lathe(np.array([(0.42, 0.095), (0.39, 0.07), (0.39, 0.0), (0.33, 0.0)]) * tall_m, around)


def _tea(tall_m: float, around: int) -> Mesh:
    """Tea to four fifths, risen a little at the glaze; shade r darkens it where it is deep."""
    return lathe(np.array([(0.0, 0.78), (0.4, 0.78), (0.72, 0.781), (0.765, 0.79), (0.775, 0.8)]) * tall_m, around)
