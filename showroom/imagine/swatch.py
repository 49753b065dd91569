"""Swatches: a painted surface as one would hold it under a lamp, flat or on something round.

One key light raking in from the upper left, a wide softbox above and a dim room about it, all neutral; a flat
matt surface shows the colour it has. Written in numpy for tests, figures and pages of the docs; in a place
`shaders/light.glsl` draws.
Sources: Walter et al. 2007, "Microfacet Models for Refraction" (GGX); Heitz 2014, "Understanding the
Masking-Shadowing Function" (height-correlated Smith); Schlick 1994 (Fresnel); Karis 2014, "Physically Based
Shading on Mobile" (the fit for light from all round).
"""

from dataclasses import dataclass

import numpy as np

from showroom.srgb import linear_from_srgb, srgb_from_linear
from showroom.words.image import HEIGHT_TILES

FLAT, FOLD, BALL = "flat", "fold", "ball"
METALS = frozenset({"brass", "copper", "gold"})  # whose colour is that of their mirror

_KEY = np.array([-0.68, 0.46, 0.57], np.float32)  # towards it: x right, y up, z to the eye
_KEY /= np.linalg.norm(_KEY)
_KEY_SHARE = 0.68  # of the light on a flat surface; the rest comes from all round
_BOX = np.array([0.25, 0.55, 0.80], np.float32)
_BOX /= np.linalg.norm(_BOX)
_BOX_WIDE, _BOX_LIGHT, _ROOM_LIGHT = 0.92, 3.2, 0.30  # cosine of its half angle; radiances
_DARK = 0.04  # reflectance of what is no metal, seen straight on
_SHADOW_PX = (1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48)  # how far towards the key a shadow is looked for, of 512
_GROUND = 0.055  # linear grey behind what is round
_SHOULDER = 0.75  # where highlights begin to be bent below white


@dataclass(frozen=True)
class _Seen:
    """What each pixel (h, w) of a swatch shows: where in the tile, and the frame of the surface there.

    uv : (h, w, 2) tiles.   right, up, out : (h, w, 3) unit vectors of the tile in the eye's axes.
    lit : (h, w) 0 to 1, how much of the key comes past the shape itself.   here : (h, w) 1 where there is any.
    """

    uv: np.ndarray
    right: np.ndarray
    up: np.ndarray
    out: np.ndarray
    lit: np.ndarray
    here: np.ndarray


def swatch(color: np.ndarray, detail: np.ndarray, size_px: int = 512, shape: str = FLAT,
           metallic: float = 0.0) -> np.ndarray:
    """(size_px, size_px, 3) uint8 sRGB of a painted surface in neutral light.

    color, detail : (n, n, 4) uint8 as `paint.Painted` has them; n is at least size_px of what is flat.
    shape    : FLAT shows the tile once; FOLD as hanging cloth, BALL as a ball, so that one sees its gloss.
    metallic : 0 to 1; see METALS.
    """
    seen = {FLAT: _flat, FOLD: _fold, BALL: _ball}[shape](size_px)
    lit = seen.lit * _read(_shadows(color[..., 3], detail.shape[0]), seen.uv) if shape == FLAT else seen.lit
    albedo = linear_from_srgb(_read(color[..., :3], seen.uv) / np.float32(255))
    texel = _read(detail, seen.uv) / np.float32(255)
    light = _lit(albedo, _normals(texel[..., :2], seen), texel[..., 2:3], texel[..., 3:], lit[..., None], metallic)
    light = light * seen.here[..., None] + _GROUND * (1 - seen.here[..., None])
    return np.rint(srgb_from_linear(_shown(light)) * 255).astype(np.uint8)


def shape_of(surface: str) -> str:
    """The round shape that suits a kind of surface: cloth hangs, all else is a ball."""
    return FOLD if surface == "drape" else BALL


# Shapes ------------------------------------------------------------------------------------------


def _grid(size: int) -> tuple[np.ndarray, np.ndarray]:
    """x to the right and y up, −1 to 1, at the middle of each pixel."""
    line = ((np.arange(size, dtype=np.float32) + 0.5) / size * 2) - 1
    return np.broadcast_to(line, (size, size)), np.broadcast_to(-line[:, None], (size, size))


def _framed(uv: np.ndarray, out: np.ndarray, lit: np.ndarray, here: np.ndarray) -> _Seen:
    """With the tile's axes laid along the surface: u as near to the right as it goes."""
    right = np.stack([out[..., 2], np.zeros_like(lit), -out[..., 0]], -1)
    right /= np.maximum(np.linalg.norm(right, axis=-1, keepdims=True), 1e-4)
    return _Seen(uv, right, np.cross(out, right), out, lit, here)


def _flat(size: int) -> _Seen:
    x, y = _grid(size)
    out = np.broadcast_to(np.array([0, 0, 1], np.float32), (size, size, 3))
    one = np.ones((size, size), np.float32)
    return _framed(np.stack([x + 1, 1 - y], -1) / 2, out, one, one)


def _ball(size: int) -> _Seen:
    """A ball that fills the picture, the tile once across its front."""
    x, y = _grid(size)
    x, y = x * 1.08, y * 1.08
    r = np.sqrt(x * x + y * y)
    z = np.sqrt(np.clip(1 - r * r, 1e-4, 1))
    here = np.clip((1 - r) * size / 2, 0, 1)
    out = np.stack([x, y, z], -1) / np.maximum(np.sqrt(x * x + y * y + z * z), 1e-4)[..., None]
    uv = np.stack([np.arctan2(out[..., 0], out[..., 2]), -np.arcsin(np.clip(out[..., 1], -1, 1))], -1) / np.pi + 0.5
    return _framed(uv, out, np.ones_like(z), here)


def _fold(size: int) -> _Seen:
    """Cloth hung over something round, in folds, deeper the farther down; the tile is measured along it."""
    x, y = _grid(size)
    down = (1 - y) / 2
    turn = np.float32(np.pi) * (2.3 * x + 0.35 * np.sin(2.2 * x + 1.3) + 0.22 * y * x) + 1.4
    deep = 0.07 + 0.07 * down
    z = deep * (np.sin(turn) + 0.28 * np.sin(2 * turn + 0.9)) - 0.27 * y * y
    dx, dy = np.gradient(z, 2 / size, axis=1), -np.gradient(z, 2 / size, axis=0)
    out = np.stack([-dx, -dy, np.ones_like(z)], -1)
    out /= np.linalg.norm(out, axis=-1, keepdims=True)
    along = np.cumsum(np.sqrt(1 + dx * dx), axis=1) / size
    edge = size // 8
    lit = _past(np.pad(z, edge, "edge") * size / 2, size)[edge:-edge, edge:-edge]
    return _framed(np.stack([along, down], -1), out.astype(np.float32), lit, np.ones_like(z))


# Light -------------------------------------------------------------------------------------------


def _shadows(code: np.ndarray, size: int) -> np.ndarray:
    """(n, n) 0 to 1: how much of the key reaches each texel past the relief round it. code: (n, n) uint8 heights."""
    return _past(code.astype(np.float32) / 255 * (HEIGHT_TILES * size), size)


def _past(height_px: np.ndarray, size: int) -> np.ndarray:
    """How much of the key comes past what stands towards it, softer the farther that is; goes round at the edges."""
    flat = np.hypot(_KEY[0], _KEY[1])
    rise, open_ = _KEY[2] / flat, np.ones_like(height_px)
    for reach in sorted({max(1, round(step * size / 512)) for step in _SHADOW_PX}):
        moved = (round(reach * _KEY[1] / flat), round(-reach * _KEY[0] / flat))
        over = np.roll(height_px, moved, (0, 1)) - height_px - reach * rise
        open_ = np.minimum(open_, np.clip(0.5 - over / (0.5 + 0.35 * reach), 0, 1))
    return open_


def _normals(code: np.ndarray, seen: _Seen) -> np.ndarray:
    """(h, w, 3) unit normals in the eye's axes. code: (h, w, 2) 0 to 1, as glTF has them."""
    x, y = code[..., :1] * 2 - 1, code[..., 1:] * 2 - 1
    z = np.sqrt(np.clip(1 - x * x - y * y, 0.04, 1))
    normal = x * seen.right + y * seen.up + z * seen.out
    return normal / np.linalg.norm(normal, axis=-1, keepdims=True)


def _lit(albedo: np.ndarray, normal: np.ndarray, roughness: np.ndarray, occlusion: np.ndarray, lit: np.ndarray,
         metallic: float) -> np.ndarray:
    """(h, w, 3) radiance towards the eye, which is straight in front; 1 is white paper that lies flat."""
    diffuse, f0 = albedo * (1 - metallic), _DARK * (1 - metallic) + albedo * metallic
    nv = np.clip(normal[..., 2:], 1e-3, 1)
    key = lit * _KEY_SHARE / _KEY[2]
    nl = np.clip(normal @ _KEY, 0, 1)[..., None]
    room = occlusion * (1 - _KEY_SHARE) * (0.72 + 0.28 * normal[..., 1:2])
    light = diffuse * (key * nl + room) + key * nl * _glint(normal, nv, nl, np.maximum(roughness, 0.06), f0)
    mirrored = 2 * normal[..., 2:] * normal - np.array([0, 0, 1], np.float32)
    return light + occlusion * _round_about(mirrored, roughness) * _share(f0, roughness, nv)


def _glint(normal: np.ndarray, nv: np.ndarray, nl: np.ndarray, roughness: np.ndarray, f0: np.ndarray) -> np.ndarray:
    """The key as the facets mirror it, times π, so that a light of 1 makes white paper 1."""
    half = _KEY + np.array([0, 0, 1], np.float32)
    half /= np.linalg.norm(half)
    nh, a2 = np.clip(normal @ half, 0, 1)[..., None], roughness**4
    spread = a2 / (nh * nh * (a2 - 1) + 1) ** 2
    smith = 0.5 / np.maximum(nl * np.sqrt(nv * nv * (1 - a2) + a2) + nv * np.sqrt(nl * nl * (1 - a2) + a2), 1e-4)
    return spread * smith * (f0 + (1 - f0) * (1 - half[2]) ** 5)


def _round_about(towards: np.ndarray, roughness: np.ndarray) -> np.ndarray:
    """Radiance of the softbox and the room in a direction, blurred as the roughness has it."""
    soft = 0.02 + 0.6 * roughness * roughness
    step = np.clip(((towards @ _BOX)[..., None] - _BOX_WIDE + soft) / (2 * soft), 0, 1)
    thin = 1 / (1 + 6 * roughness * roughness)  # what is spread wider is fainter
    return _ROOM_LIGHT * (0.75 + 0.5 * towards[..., 1:2]) + _BOX_LIGHT * thin * step * step * (3 - 2 * step)


def _share(f0: np.ndarray, roughness: np.ndarray, nv: np.ndarray) -> np.ndarray:
    """How much of what is all round a surface mirrors: Karis's fit."""
    r = [roughness * a + b for a, b in ((-1, 1), (-0.0275, 0.0425), (-0.572, 1.04), (0.022, -0.04))]
    a = np.minimum(r[0] * r[0], np.exp2(-9.28 * nv)) * r[0] + r[1]
    return f0 * (-1.04 * a + r[2]) + (1.04 * a + r[3])


# Pictures ----------------------------------------------------------------------------------------


def _read(tile: np.ndarray, uv: np.ndarray) -> np.ndarray:
    """The tile, (n, n) or (n, n, c), at uv in tiles, between its pixels, and on beyond its edges. float32."""
    n = tile.shape[0]
    at = uv * n - 0.5
    low = np.floor(at).astype(int)
    part = (at - low).astype(np.float32)
    (x, y), (fx, fy) = np.moveaxis(low, -1, 0), np.moveaxis(part, -1, 0)
    if not part.any():  # seen straight on, pixel by pixel
        return tile[y % n, x % n].astype(np.float32)
    if tile.ndim == 3:
        fx, fy = fx[..., None], fy[..., None]
    tile = tile.astype(np.float32)
    upper = tile[y % n, x % n] * (1 - fx) + tile[y % n, (x + 1) % n] * fx
    lower = tile[(y + 1) % n, x % n] * (1 - fx) + tile[(y + 1) % n, (x + 1) % n] * fx
    return upper * (1 - fy) + lower * fy


def _shown(light: np.ndarray) -> np.ndarray:
    """0 to 1: highlights bent below white from _SHOULDER on, with the same slope there."""
    rest = 1 - _SHOULDER
    over = np.maximum(light - _SHOULDER, 0)
    return np.where(light < _SHOULDER, np.maximum(light, 0), _SHOULDER + rest * over / (over + rest))
