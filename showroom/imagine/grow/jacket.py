"""Jacket: a quilted down jacket on a tailor's form, baffle over baffle, collar up, zip a little open."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.shapes import box, curve, frames, lathe, lofted, patch, tube
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero

# half-width, half-depth, height of the torso from collar to hem, shares of the height
_TORSO = np.array(
    [
        (0.098, 0.095, 0.955),
        (0.101, 0.099, 0.92),
        (0.108, 0.102, 0.885),
        (0.15, 0.108, 0.865),
        (0.215, 0.118, 0.838),
        (0.25, 0.132, 0.79),
        (0.262, 0.145, 0.71),
        (0.258, 0.15, 0.6),
        (0.25, 0.147, 0.49),
        (0.25, 0.147, 0.38),
        (0.258, 0.15, 0.28),
        (0.252, 0.145, 0.215),
    ]
)
_HEM = 0.215
_BAFFLES, _SLEEVE_BAFFLES = 11, 9
_BEECH = (0.36, 0.23, 0.12)


def jacket_parts(
    hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "", name: str = "hero"
) -> list[Geometry]:
    """Shell in the body's colour, lining and zip in the accent's; height_m is the jacket with its form."""
    tall = hero.height_m
    body, accent = natural(hero.body_srgb), natural(hero.accent_srgb)
    glint = rgb(0.25 * body + 0.06)
    shell = Material(
        "product",
        base_color=rgba(body),
        second_color=rgb(body * 0.5),
        roughness=0.42,
        sheen_color=glint,
        sheen_roughness=0.35,
        double_sided=True,
    )
    ribbed = Material(
        "product",
        base_color=rgba(body * 0.45),
        second_color=rgb(body * 0.2),
        roughness=0.85,
        sheen_color=rgb(0.2 * body + 0.02),
        sheen_roughness=0.6,
    )
    metal = Material(base_color=rgba(blend(accent, np.array([0.75, 0.72, 0.68]), 0.3)), metallic=1.0, roughness=0.28)
    lining = Material(
        "product",
        base_color=rgba(accent * 0.8),
        second_color=rgb(accent * 0.4),
        roughness=0.6,
        sheen_color=rgb(accent * 0.4),
        sheen_roughness=0.4,
        double_sided=True,
    )
    wood = Material(base_color=(*_BEECH, 1.0), second_color=(0.2, 0.11, 0.05), roughness=0.5, clearcoat=0.3)
    sleeves = [_sleeve(tall, side, detail) for side in (-1, 1)]
    pieces = [
        ("shell", merge([_torso(tall, detail), *(sleeve for sleeve, _ in sleeves)]), shell),
        ("ribbing", merge([_hem(tall), *(cuff for _, cuff in sleeves)]), ribbed),
        ("lining", _lining(tall), lining),
        ("zip", _zip(tall), metal),
        ("form", _form(tall), wood),
    ]
    return [
        part(f"{name}.{piece}", mesh, material, placed, product_id=product_id) for piece, mesh, material in pieces
    ]


def _puffed(along: np.ndarray, around: np.ndarray, seed: int) -> np.ndarray:
    """Height of the quilting, 0 in the seams to 1: full between seams, gathered into small puckers at each."""
    pillow = np.abs(np.sin(np.pi * along)) ** 0.62
    from_seam = np.abs(along - np.round(along))
    both = np.stack(np.broadcast_arrays(around * 9.0, along * 0.9), axis=-1)
    creases = fbm(both * np.array([1.4, 1.0]), 3, seed) + 0.5 * np.sin(
        around * 37 + 5 * np.floor(along) + 2.0 * along
    )
    pucker = 0.2 * creases * np.exp(-((from_seam / 0.2) ** 2))
    lumps = 0.3 * fbm(np.stack(np.broadcast_arrays(around * 2.2, along * 1.2), axis=-1), 2, seed)
    return pillow * (1 + lumps) + pucker * (0.15 + pillow)


def _quilted(mesh: Mesh, puff: np.ndarray, inner: np.ndarray | float = 1.0) -> Mesh:
    """Darker in the seams, and there in the second colour."""
    deep = np.clip(puff, 0, 1)
    return mesh.shaded(
        occlusion=((0.45 + 0.55 * deep) * inner).reshape(-1), second=(0.5 * smoothstep(0.28, 0.0, puff)).reshape(-1)
    )


def _outline(angle: np.ndarray) -> np.ndarray:
    ring = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return ring / (np.abs(ring) ** 2.35).sum(axis=1, keepdims=True) ** (1 / 2.35)


def _torso(tall_m: float, detail: float) -> Mesh:
    rows, columns = int(70 + 60 * detail), int(48 + 40 * detail)
    profile = curve(_TORSO, rows) * tall_m
    angle = np.linspace(0, 2 * np.pi, columns + 1)
    points, down = lofted(_outline(angle), profile)
    along = (down / down[-1] * _BAFFLES)[:, None]
    slack = 0.16 * np.sin(angle * 2 + 1.1) + 0.1 * fbm(np.stack([np.sin(angle), np.cos(angle)], 1) * 2, 2, 3)
    puff = _puffed(
        along + slack[None, :] * smoothstep(0, 2, along) * smoothstep(_BAFFLES, _BAFFLES - 1, along),
        angle[None, :],
        11,
    )
    opening = np.minimum(angle, 2 * np.pi - angle)[None, :]
    seam = smoothstep(0.0, 0.12, opening)
    pocket = np.exp(
        -(
            (
                (
                    np.abs(np.sin(angle))[None] * profile[:, :1] / tall_m
                    - 0.155
                    - 0.18 * (0.36 - profile[:, 2:] / tall_m)
                )
                / 0.006
            )
            ** 2
        )
    ) * (np.cos(angle)[None] > 0)
    pocket = (
        pocket * smoothstep(0.27, 0.285, profile[:, 2:] / tall_m) * smoothstep(0.45, 0.435, profile[:, 2:] / tall_m)
    )
    high = 0.02 * tall_m * puff * (0.25 + 0.75 * seam) - 0.008 * tall_m * pocket
    mesh = patch(points).displaced(high.reshape(-1))
    vee = smoothstep(0.8, 0.98, profile[:, 2] / tall_m)[:, None] * np.exp(-((opening / 0.34) ** 2))
    parted = np.stack([np.sign(np.sin(angle))[None] * 0.045 * tall_m * vee, 0 * vee, -0.02 * tall_m * vee], -1)
    return _quilted(mesh.displaced(parted.reshape(-1, 3)), np.minimum(puff, 1 - 0.9 * pocket))


def _sleeve(tall_m: float, side: int, detail: float) -> tuple[Mesh, Mesh]:
    """(sleeve, cuff): an arm that falls from the shoulder, a little bent, gathered into its knitted cuff."""
    rows, columns = int(50 + 36 * detail), int(22 + 14 * detail)
    knots = (
        np.array(
            [
                [0.13, 0.815, 0.0],
                [0.235, 0.79, 0.0],
                [0.305, 0.68, 0.005],
                [0.335, 0.53, 0.018],
                [0.342, 0.4, 0.05],
                [0.33, 0.3, 0.085],
            ]
        )
        * tall_m
    )
    path = curve(knots * np.array([side, 1, 1]), rows)
    share = np.linspace(0, 1, rows)
    radius = tall_m * np.interp(
        share, [0, 0.14, 0.3, 0.6, 0.9, 0.97, 1.0], [0.06, 0.082, 0.079, 0.071, 0.06, 0.05, 0.038]
    )
    _, across, lift = frames(path, (0.0, 0.0, 1.0))
    angle = np.linspace(0, 2 * np.pi, columns + 1)
    out = across[:, None] * np.sin(angle)[None, :, None] + lift[:, None] * np.cos(angle)[None, :, None]
    bend = 0.3 * np.sin(angle + side)[None, :] * smoothstep(0.05, 0.3, share)[:, None]
    puff = _puffed((share * _SLEEVE_BAFFLES)[:, None] + bend, angle[None, :], 23 + side)
    girth = radius[:, None] + 0.015 * tall_m * puff * smoothstep(1.0, 0.94, share)[:, None]
    mesh = patch(path[:, None] + out * girth[..., None])
    outward = np.sum((mesh.positions - np.repeat(path, columns + 1, axis=0)) * mesh.normals)
    mesh = mesh if outward > 0 else mesh.turned_inside_out()
    inner = np.clip(0.62 - 0.5 * side * -mesh.normals[:, 0], 0.35, 1).reshape(puff.shape)
    ways = path[-1] - path[-4]
    end = np.linspace(-0.012, 0.075, 9)[:, None] * tall_m * ways / np.linalg.norm(ways) + path[-1]
    return _quilted(mesh, puff, inner), _knitted(tube(end, 0.041 * tall_m, 48), 48)


def _knitted(mesh: Mesh, ribs: int) -> Mesh:
    """Ribbed along v; shade b is the furrows."""
    wave = np.cos(mesh.uv[:, 0] / max(mesh.uv[:, 0].max(), 1e-9) * 2 * np.pi * ribs / 2)
    return mesh.displaced(0.0012 * wave).shaded(second=0.5 - 0.5 * wave, occlusion=0.7 + 0.3 * np.clip(wave, 0, 1))


def _hem(tall_m: float) -> Mesh:
    """The knitted band that draws the jacket in below."""
    angle = np.linspace(0, 2 * np.pi, 145)
    rows = (
        curve(
            np.array(
                [
                    (0.252, 0.143, _HEM + 0.012),
                    (0.25, 0.143, _HEM - 0.01),
                    (0.246, 0.14, _HEM - 0.038),
                    (0.238, 0.134, _HEM - 0.042),
                    (0.225, 0.125, _HEM - 0.02),
                ]
            ),
            9,
        )
        * tall_m
    )
    points, _ = lofted(_outline(angle), rows)
    return _knitted(patch(points), 144)


def _lining(tall_m: float) -> Mesh:
    """The inside of the collar and of the hem."""
    angle = np.linspace(0, 2 * np.pi, 49)
    inner, _ = lofted(
        _outline(angle),
        np.array([(0.1, 0.097, 0.957), (0.09, 0.086, 0.95), (0.084, 0.08, 0.92), (0.085, 0.08, 0.87)]) * tall_m,
    )
    opening = np.minimum(angle, 2 * np.pi - angle)[None, :]
    vee = smoothstep(0.8, 0.98, inner[:, :1, 1] / tall_m) * np.exp(-((opening / 0.34) ** 2))
    inner = inner + np.stack([np.sign(np.sin(angle))[None] * 0.045 * tall_m * vee, 0 * vee, -0.01 * tall_m * vee], -1)
    hem, _ = lofted(
        _outline(angle),
        np.array([(0.235, 0.13, _HEM - 0.02), (0.09, 0.06, _HEM + 0.02), (0.0, 0.0, _HEM + 0.03)]) * tall_m,
    )
    return merge([patch(inner).turned_inside_out().shaded(occlusion=0.6), patch(hem).shaded(occlusion=0.15)])


def _zip(tall_m: float) -> Mesh:
    """Teeth down the front from where the jacket is closed, and the puller."""
    y = np.linspace(0.82, 0.19, 60) * tall_m
    front = np.interp(y, _TORSO[::-1, 2] * tall_m, _TORSO[::-1, 1] * tall_m) + 0.006 * tall_m
    pieces = [
        box(0.0055, 0.0036, 0.003, 0.001).moved(0.002 * (1 if index % 2 else -1), high, z)
        for index, (high, z) in enumerate(zip(y, front))
    ]
    slider = box(0.011, 0.013, 0.006, 0.002).moved(0, y[0] - 0.004, front[0] + 0.002)
    pull = box(0.007, 0.032, 0.0025, 0.001).turned("x", 0.1).moved(0, y[0] - 0.034, front[0] + 0.008)
    return merge([*pieces, slider, pull])


def _form(tall_m: float) -> Mesh:
    """A tailor's form: turned cap and knob in the collar, a pole, a round foot."""
    cap = lathe(
        np.array(
            [
                (0.0, 1.0),
                (0.012, 0.997),
                (0.017, 0.984),
                (0.012, 0.972),
                (0.009, 0.966),
                (0.014, 0.96),
                (0.05, 0.952),
                (0.069, 0.94),
                (0.074, 0.925),
                (0.077, 0.88),
            ]
        )
        * tall_m,
        36,
    )
    foot = lathe(
        np.array(
            [
                (0.0, 0.05),
                (0.014, 0.05),
                (0.018, 0.04),
                (0.03, 0.028),
                (0.11, 0.016),
                (0.118, 0.01),
                (0.118, 0.003),
                (0.112, 0.0),
                (0.0, 0.0),
            ]
        ),
        48,
    )
    pole = tube(np.array([[0, 0.03, 0], [0, 0.15 * tall_m, 0], [0, 0.3 * tall_m, 0]]), 0.012, 16)
    mesh = merge([cap, foot, pole])
    grain = 0.5 + 0.5 * np.sin(mesh.positions[:, 1] * 420 + 14 * fbm(mesh.positions * 24, 2, 5))
    return mesh.shaded(second=0.35 * grain, occlusion=0.8)
