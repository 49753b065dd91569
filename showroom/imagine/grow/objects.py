"""Objects: a torch, for shops that sell neither scent nor cloth."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.shapes import box, lathe
from showroom.words.geometry import Geometry, Light, Material
from showroom.words.scenespec import Hero

_GRIP, _FINS = (0.16, 0.55), (0.63, 0.72)  # shares of the height: knurled, finned
_STARTS = 18  # threads of the knurl each way round
_LED = np.array([1.0, 0.86, 0.62])


def torch_parts(
    hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "", name: str = "hero"
) -> list[Geometry]:
    """A machined torch standing on its tail: knurled grip, cooling fins, a crowned bezel; its lamp is lit."""
    tall, around = hero.height_m, int(np.clip(80 * detail, 24, 80))
    body, accent = natural(hero.body_srgb), natural(hero.accent_srgb)
    anodised = Material(
        "product",
        base_color=rgba(body),
        second_color=rgb(np.clip(body * 1.6 + 0.12, 0, 0.7)),
        metallic=0.85,
        roughness=0.38,
        clearcoat=0.35,
        clearcoat_roughness=0.15,
    )
    brass = Material(base_color=rgba(blend(accent, np.array([0.78, 0.52, 0.2]), 0.4)), metallic=1.0, roughness=0.2)
    mirror = Material(base_color=(0.86, 0.86, 0.85, 1.0), metallic=1.0, roughness=0.08)
    lens = Material(
        "product",
        base_color=(1.0, 1.0, 1.0, 1.0),
        roughness=0.02,
        transmission=0.96,
        ior=1.52,
        thickness_m=0.004,
        clearcoat=0.6,
        clearcoat_roughness=0.02,
        iridescence=0.5,
        iridescence_ior=1.38,
        film_nm=(120.0, 180.0),
    )
    glow = blend(natural(hero.liquid_srgb), _LED, 0.75)
    x0, y0, z0 = (float(v) for v in placed["world_from_part"][0, :, 3])
    beam = Light((x0, y0 + 1.25 * tall, z0), rgb(glow * 0.1), 2.2)
    pieces = [
        ("shell", _shell(tall, around, detail), anodised),
        ("brass", _fittings(tall, around), brass),
        ("reflector", _cup(tall, around), mirror),
        ("lamp", _lamp(tall), Material("glow", emission=rgb(glow * 5.0))),
        ("lens", _lens(tall, around), lens),
    ]
    return [
        part(
            f"{name}.{piece}",
            mesh,
            material,
            placed,
            product_id=product_id,
            lights=(beam,) if piece == "lamp" else (),
            casts_shadow=piece not in ("lamp", "lens"),
        )
        for piece, mesh, material in pieces
    ]


def _shell(tall_m: float, around: int, detail: float) -> Mesh:
    """Tail, grip, switch ring, fins, head and its crown; shade b is where its edges are worn bright."""
    knots = [
        (0.145, 0.965),
        (0.158, 0.985),
        (0.168, 0.985),
        (0.17, 0.97),
        (0.17, 0.85),
        (0.163, 0.835),
        (0.163, 0.825),
        (0.17, 0.815),
        (0.17, 0.78),
        (0.155, 0.75),
        (0.122, 0.725),
        (0.118, 0.72),
    ]
    steps = np.linspace(_FINS[1], _FINS[0], 8 * 5 + 1)
    fins = [(0.098 + 0.02 * (np.cos(2 * np.pi * 5 * (y - _FINS[0]) / (_FINS[1] - _FINS[0])) < 0.2), y) for y in steps]
    grip = [(0.1, y) for y in np.linspace(_GRIP[1] + 0.012, _GRIP[0] - 0.012, int(36 + 52 * detail))]
    tail = [
        (0.104, 0.14),
        (0.108, 0.135),
        (0.108, 0.115),
        (0.1, 0.105),
        (0.1, 0.095),
        (0.11, 0.088),
        (0.112, 0.02),
        (0.106, 0.004),
        (0.098, 0.0),
        (0.0, 0.0),
    ]
    neck = [(0.1, 0.625), (0.106, 0.62), (0.106, 0.57), (0.1, 0.565)]
    shell = lathe(np.array([*knots, *fins, *neck, *grip, *tail]) * tall_m, around)
    x, y, z = shell.positions.T
    high, turn = y / tall_m, np.arctan2(x, z)
    within = smoothstep(_GRIP[0] - 0.008, _GRIP[0], high) * smoothstep(_GRIP[1] + 0.008, _GRIP[1], high)
    pitch = 2 * np.pi * 0.1 / _STARTS  # as far along as round, so that the diamonds stand square
    weave = np.abs(np.sin(0.5 * (_STARTS * turn + 2 * np.pi * high / pitch))) * np.abs(
        np.sin(0.5 * (_STARTS * turn - 2 * np.pi * high / pitch))
    )
    crown = (high > 0.97) * (np.hypot(x, z) > 0.15 * tall_m) * smoothstep(0.2, 0.5, np.cos(8 * turn))
    radial = np.stack([np.sin(turn), 0 * turn, np.cos(turn)], axis=1)
    moved = radial * (0.0075 * tall_m * within * weave)[:, None] + np.array([0, 0.014 * tall_m, 0]) * crown[:, None]
    shell = shell.displaced(moved)
    edge = 0.75 * within * smoothstep(0.72, 0.95, weave) + 0.5 * (np.abs(high - 0.985) < 0.004)
    hollow = np.where(within > 0.5, 0.45 + 0.55 * np.clip(weave * 1.6, 0, 1), 1.0)
    fin = (high > _FINS[0]) & (high < _FINS[1])
    inner = np.where(fin, np.interp(np.hypot(x, z) / tall_m, [0.098, 0.116], [0.4, 1.0]), 1.0)
    return shell.shaded(occlusion=hollow * inner * (0.6 + 0.4 * smoothstep(0, 0.06, high)), second=edge)


def _fittings(tall_m: float, around: int) -> Mesh:
    """Two rings of brass, the push button in its collar, a clip along the back."""
    rings = [
        lathe(
            np.array([(r - 0.004, y + 0.008), (r + 0.003, y + 0.006), (r + 0.003, y - 0.006), (r - 0.004, y - 0.008)])
            * tall_m,
            around,
        )
        for r, y in ((0.165, 0.8), (0.104, 0.125))
    ]
    button = (
        lathe(
            np.array(
                [
                    (0.0, 0.016),
                    (0.024, 0.015),
                    (0.03, 0.01),
                    (0.031, 0.004),
                    (0.04, 0.004),
                    (0.044, -0.002),
                    (0.044, -0.02),
                ]
            )
            * tall_m,
            28,
        )
        .turned("x", np.pi / 2)
        .moved(0, 0.595 * tall_m, 0.104 * tall_m)
    )
    clip = box(0.05 * tall_m, 0.34 * tall_m, 0.009 * tall_m, 0.003 * tall_m).moved(0, 0.2 * tall_m, -0.132 * tall_m)
    foot = box(0.05 * tall_m, 0.025 * tall_m, 0.035 * tall_m, 0.003 * tall_m).moved(0, 0.53 * tall_m, -0.117 * tall_m)
    return merge([*rings, button, clip, foot])


def _cup(tall_m: float, around: int) -> Mesh:
    """The reflector: a paraboloid with the lamp at its focus."""
    share = np.linspace(1, 0.1, 14)
    rows = np.stack([0.148 * share, 0.875 + 0.095 * share**2], axis=1) * tall_m
    cup = lathe(rows[::-1], around)
    return cup if cup.normals[:, 1].mean() > 0 else cup.turned_inside_out()


def _lamp(tall_m: float) -> Mesh:
    """The bright square of the lamp and its halo in the cup; opacity is its brightness."""
    rows = np.array([(0.0, 0.902), (0.016, 0.9), (0.03, 0.892), (0.045, 0.889)]) * tall_m
    lamp = lathe(rows, 20)
    return lamp.shaded(
        opacity=np.interp(
            np.hypot(lamp.positions[:, 0], lamp.positions[:, 2]) / tall_m,
            [0.0, 0.016, 0.03, 0.045],
            [1.0, 1.0, 0.25, 0.0],
        )
    )


def _lens(tall_m: float, around: int) -> Mesh:
    """A pane a little domed, below the crown's teeth."""
    return lathe(np.array([(0.0, 0.978), (0.06, 0.9775), (0.12, 0.976), (0.15, 0.974)]) * tall_m, around)
