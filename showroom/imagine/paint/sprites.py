"""The sprite atlas: sixteen cells, four by four, each painted alone and set in its place.

0 rose petal, 1 white petal, 2 rose leaf, 3 long leaf or dry needles, 4 mote, 5 mist, 6 snow crystal,
7 streak, 8 ember, 9 smoke curl, 10 sugar, 11 bubble, 12 leafy bough or fir spray, 13 fern, 14 weed or bark
chip, 15 the place's own. Alpha is straight; colour runs on under the transparent border, so that no mip
level shows a dark rim. Colours come from the spec's flora and particles.
"""

import numpy as np
import torch
import torch.nn.functional as F

from showroom.imagine.paint import accents, boughs, colour, leaves, petals, relief, wisps
from showroom.imagine.paint.petals import Cell
from showroom.words.scenespec import SceneSpec

_LEAF, _BARK, _KELP = "#47602c", "#5a4230", "#4d4a22"
_WHITE_FLOWERS = ("jasmine", "tuberose", "citrus_tree")
_SHORES = ("seashore", "tropical_shore")
_CONIFERS, _NEEDLE = ("conifer_forest", "alpine_snow"), "#3c5138"


def atlas(spec: SceneSpec, size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """(color, detail), each (size, size, 4) uint8."""
    cell = size // 4
    fine = max(64, 2 * cell)
    colors, details = [], []
    for index, painted in enumerate(_cells(spec, fine, seed)):
        rgb, alpha = _bled(painted, cell)
        colors.append(relief.pack_color(rgb, alpha))
        details.append(relief.pack_detail(_detail(painted, cell)))
    return _joined(colors), _joined(details)


def _joined(cells: list[np.ndarray]) -> np.ndarray:
    rows = [np.concatenate(cells[k : k + 4], axis=1) for k in range(0, 16, 4)]
    return np.ascontiguousarray(np.concatenate(rows, axis=0))


def _flower(spec: SceneSpec, names: tuple[str, ...], otherwise: str) -> torch.Tensor:
    """The colour of the densest of the flora in `names`, or `otherwise`."""
    known = [f for f in spec.flora if f.name in names]
    return colour.parse(max(known, key=lambda f: (f.density, f.name)).srgb if known else otherwise)


def _air(spec: SceneSpec, name: str, otherwise: str) -> torch.Tensor:
    return colour.parse(next((p.srgb for p in spec.ambience.particles if p.name == name), otherwise))


def _own_petal(spec: SceneSpec) -> str:
    """The surface's own colour, which a spec may set for its petals."""
    return spec.surfaces["sprites"].srgb if "sprites" in spec.surfaces else "#b8324c"


def _cells(spec: SceneSpec, size: int, seed: int):
    rose = _flower(spec, ("rose",), _own_petal(spec))
    white = _flower(spec, _WHITE_FLOWERS, "#f1e9d8")
    green = _flower(spec, ("moss", "fern", "grass", "tea", "fig"), _LEAF)
    grass = _flower(spec, ("grass",), "#56702f")
    fern = _flower(spec, ("fern", "moss"), _LEAF)
    claw = colour.shifted(colour.parse("#f3e3b0"), -0.03)
    yield petals.petal(size, rose, claw, seed % 97, wide=0.88)
    yield petals.petal(size, white, colour.parse("#cfd39a"), seed % 89 + 5, wide=0.58, point=0.55, notch=0.0)
    yield leaves.leaf(size, colour.shifted(green, -0.02), seed + 2)
    conifers = spec.main_place(spec.place) in _CONIFERS
    yield (
        boughs.fallen_needles(size, _air(spec, "leaf", "#7d6a3e"), seed + 3)
        if conifers
        else leaves.blade(size, grass, seed + 3)
    )
    yield wisps.mote(size, _air(spec, "mote", "#ffe9c4"), seed + 4)
    yield wisps.mist(size, _air(spec, "mist", spec.ambience.haze_srgb), seed + 5)
    yield wisps.snow(size, _air(spec, "snow", "#e9f1fa"), seed + 6)
    yield wisps.streak(size, _air(spec, "rain", "#d6e2ea"), seed + 7)
    yield wisps.ember(size, _air(spec, "ember", "#ff8a2a"), seed + 8)
    yield wisps.smoke(size, _air(spec, "smoke", "#c9ccd6"), seed + 9)
    yield wisps.sugar(size, _air(spec, "sugar", "#f4efe6"), seed + 10)
    yield wisps.bubble(size, _air(spec, "bubble", "#dfe9ec"), seed + 11)
    if conifers:
        frost = 0.22 if spec.main_place(spec.place) == "alpine_snow" else 0.0
        yield boughs.fir_spray(size, _flower(spec, ("cedar", "pine"), _NEEDLE), seed + 12, frost)
    else:
        yield leaves.bough(size, green, seed + 12)
    yield leaves.fern(size, fern, seed + 13)
    shore = spec.main_place(_SHORES) == spec.main_place(spec.place)
    yield (
        leaves.weed(size, colour.parse(_KELP), seed + 14)
        if shore
        else leaves.chip(size, colour.parse(_BARK), seed + 14)
    )
    needle = _flower(spec, ("pine", "cedar"), _NEEDLE)
    yield accents.own(spec.main_place(spec.place) or "", size, rose, white, green, needle, seed + 15)


def _bled(cell: Cell, size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Colour and alpha at `size`, averaged with alpha as weight; colour then fills the empty parts."""
    step = cell.alpha.shape[0] // size
    alpha = cell.alpha[None, None]
    sums = torch.cat([cell.color.permute(2, 0, 1)[None] * alpha, alpha], dim=1)
    sums = F.avg_pool2d(sums, step)
    levels = [sums]
    while levels[-1].shape[-1] > 1:
        levels.append(F.avg_pool2d(levels[-1], 2))
    filled = levels[-1][:, :3] / levels[-1][:, 3:].clamp(min=1e-6)
    for level in reversed(levels[:-1]):  # from the coarsest mean down: known colour keeps its place
        filled = F.interpolate(filled, size=level.shape[-2:], mode="bilinear", align_corners=False)
        known = (level[:, 3:] * 8.0).clamp(max=1.0)
        filled = filled + (level[:, :3] / level[:, 3:].clamp(min=1e-6) - filled) * known
    return filled[0].permute(1, 2, 0), sums[0, 3]


def _detail(cell: Cell, size: int) -> torch.Tensor:
    """(size, size, 4): normal from the cell's own height, flat where there is nothing; what it gives off."""
    du, dv = torch.gradient(cell.height, spacing=2.0 / cell.height.shape[0])[::-1]
    du, dv = du * cell.alpha, dv * cell.alpha
    length = torch.sqrt(du * du + dv * dv + 1.0)
    rough = torch.full_like(du, cell.roughness)
    given = torch.ones_like(du) if cell.emission is None else cell.emission
    return relief.shrunk(torch.stack([-du / length, dv / length, rough, given]).movedim(0, -1), size)
