"""Jacket: a quilted down jacket on an unseen form, baffle over baffle, collar up, zip half open."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.shapes import box, curve, frames, lathe, lofted, patch, tube
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import Hero

# half-width, half-depth, height of the torso from collar to hem, shares of the height
_TORSO = np.array([(0.135, 0.115, 0.985), (0.14, 0.12, 0.93), (0.15, 0.125, 0.885), (0.24, 0.13, 0.85),
                   (0.305, 0.14, 0.8), (0.315, 0.155, 0.7),
                   (0.305, 0.16, 0.55), (0.295, 0.155, 0.4), (0.3, 0.16, 0.25), (0.295, 0.155, 0.13),
                   (0.27, 0.14, 0.09)])
_BAFFLES = 9


def jacket_parts(hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "",
                 name: str = "hero") -> list[Geometry]:
    """Shell in the body's colour, lining and zip in the accent's; height_m is the jacket with its stand."""
    tall = hero.height_m
    body, accent = natural(hero.body_srgb), natural(hero.accent_srgb)
    shell = Material("foliage", base_color=rgba(body), second_color=rgb(body * 0.55), roughness=0.5,
                     sheen=0.5, clearcoat=0.12)
    metal = Material(base_color=rgba(blend(accent, np.array([0.75, 0.72, 0.68]), 0.4)), metallic=1.0,
                     roughness=0.3)
    lining = Material("foliage", base_color=rgba(accent * 0.8), roughness=0.7, sheen=0.3)
    pieces = [("shell", merge([_torso(tall, detail)] + [_sleeve(tall, side, detail) for side in (-1, 1)]),
               shell),
              ("lining", _lining(tall), lining), ("zip", _zip(tall), metal), ("stand", _stand(tall), metal)]
    return [part(f"{name}.{piece}", mesh, material, placed, product_id=product_id)
            for piece, mesh, material in pieces]


def _puffed(along: np.ndarray, around: np.ndarray, seed: int) -> np.ndarray:
    """Height of the quilting, 0 in the seams to 1: round between seams, with small puckers at each."""
    pillow = np.abs(np.sin(np.pi * along)) ** 0.55
    pucker = 0.12 * np.sin(around * 41
                           + 3 * np.floor(along)) * np.exp(-((along - np.round(along)) / 0.16) ** 2)
    lumps = 0.22 * fbm(np.stack(np.broadcast_arrays(around * 2.2, along * 1.2), axis=-1), 2, seed)
    return pillow * (1 + lumps) - pucker


def _torso(tall_m: float, detail: float) -> Mesh:
    rows, columns = int(70 + 80 * detail), int(48 + 48 * detail)
    profile = curve(_TORSO, rows) * tall_m
    angle = np.linspace(0, 2 * np.pi, columns + 1)
    ring = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    ring = ring / (np.abs(ring) ** 2.6).sum(axis=1, keepdims=True) ** (1 / 2.6)
    points, down = lofted(ring, profile)
    along = (down / down[-1] * _BAFFLES)[:, None]
    puff = _puffed(along, angle[None, :], 11)
    opening = np.minimum(angle, 2 * np.pi - angle)[None, :]
    seam = smoothstep(0.0, 0.1, opening)
    mesh = patch(points).displaced((0.021 * tall_m * puff * (0.35 + 0.65 * seam)).reshape(-1))
    vee = smoothstep(0.74, 0.98, profile[:, 2] / tall_m)[:, None] * np.exp(-(opening / 0.32) ** 2)
    parted = np.stack([np.sign(np.sin(angle))[None] * 0.05 * tall_m * vee, 0 * vee, -0.03 * tall_m * vee],
                      axis=-1)
    mesh = mesh.displaced(parted.reshape(-1, 3))
    return mesh.shaded(occlusion=(0.5 + 0.5 * np.clip(puff, 0, 1)).reshape(-1),
                       second=(1 - np.clip(puff * 1.6, 0, 1)).reshape(-1))


def _sleeve(tall_m: float, side: int, detail: float) -> Mesh:
    """An arm that hangs slightly forward and away from the body, gathered at the cuff."""
    rows, columns = int(44 + 46 * detail), int(22 + 18 * detail)
    knots = np.array([[0.2, 0.83, 0.0], [0.33, 0.74, 0.01], [0.385, 0.55, 0.03], [0.4, 0.35, 0.075],
                      [0.395, 0.2, 0.11]]) * tall_m
    path = curve(knots * np.array([side, 1, 1]), rows)
    share = np.linspace(0, 1, rows)
    radius = tall_m * np.interp(share, [0, 0.12, 0.5, 0.85, 0.96, 1.0],
                                [0.03, 0.105, 0.088, 0.074, 0.06, 0.052])
    _, across, lift = frames(path, (0.0, 0.0, 1.0))
    angle = np.linspace(0, 2 * np.pi, columns + 1)
    out = across[:, None] * np.sin(angle)[None, :, None] + lift[:, None] * np.cos(angle)[None, :, None]
    puff = _puffed((share * 8.0)[:, None], angle[None, :], 23 + side)
    girth = radius[:, None] + 0.017 * tall_m * puff
    mesh = patch(path[:, None] + out * girth[..., None])
    outward = np.sum((mesh.positions - np.repeat(path, columns + 1, axis=0)) * mesh.normals)
    mesh = mesh if outward > 0 else mesh.turned_inside_out()
    inner = np.clip(0.6 + 0.5 * side * mesh.normals[:, 0], 0.35, 1)
    return mesh.shaded(occlusion=(0.5 + 0.5 * np.clip(puff, 0, 1)).reshape(-1) * inner,
                       second=(1 - np.clip(puff * 1.6, 0, 1)).reshape(-1))


def _lining(tall_m: float) -> Mesh:
    """The inside of the collar and the hem, and dark within the cuffs."""
    angle = np.linspace(0, 2 * np.pi, 41)
    ring = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    inner, _ = lofted(ring,
                      np.array([(0.137, 0.112, 0.985), (0.125, 0.1, 0.95), (0.12, 0.095, 0.88),
                                (0.16, 0.1, 0.82)]) * tall_m)
    collar = patch(inner).turned_inside_out()
    hem, _ = lofted(ring, np.array([(0.27, 0.14, 0.1), (0.1, 0.06, 0.13), (0.0, 0.0, 0.14)]) * tall_m)
    return merge([collar.shaded(occlusion=0.55), patch(hem).shaded(occlusion=0.2)])


def _zip(tall_m: float) -> Mesh:
    """Teeth down the front from where the jacket is closed, and the puller."""
    y = np.linspace(0.74, 0.1, 48) * tall_m
    pieces = []
    front = np.interp(y, _TORSO[::-1, 2] * tall_m, _TORSO[::-1, 1] * tall_m) + 0.008 * tall_m
    for index, (high, z) in enumerate(zip(y, front)):
        side = 0.0022 * (1 if index % 2 else -1)
        pieces.append(box(0.006, 0.0042, 0.003, 0.001).moved(side, high, z))
    pull = box(0.008, 0.026, 0.002, 0.001).turned("x", 0.1).moved(0, y[0] - 0.026, front[0] + 0.003)
    return merge([*pieces, pull])


def _stand(tall_m: float) -> Mesh:
    """A slim foot and rod under the hem, and the form's cap in the collar."""
    foot = lathe(np.array([(0.0, 0.014), (0.01, 0.013), (0.075, 0.01), (0.082, 0.005), (0.08, 0.0),
                           (0.0, 0.0)]), 40)
    rod = tube(np.array([[0, 0.01, 0], [0, 0.1 * tall_m, 0], [0, 0.2 * tall_m, 0]]), 0.006, 12)
    cap = lathe(np.array([(0.0, 0.93), (0.04, 0.925), (0.075, 0.905), (0.085, 0.88)]) * tall_m, 28)
    return merge([foot, rod, cap])
