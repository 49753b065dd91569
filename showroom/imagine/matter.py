"""Matter: what the thing in a photo looks to be made of, and a spec dressed in it.

Gloss is seen by sharp, small highlights that stand above their surroundings and are no grain of cloth
(Motoyoshi et al. 2007, "Image statistics and the perception of surface qualities": light tails of the
sub-band histogram). Highlights of varnish and glass have the lamp's colour, those of metal the thing's own
(Shafer 1985, "Using color to separate reflection components"). What shows its background is clear.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from showroom.imagine.blur import blur
from showroom.imagine.colour import mixed, tinted
from showroom.oklab import lab_from_bytes
from showroom.words.scenespec import Colour, SceneSpec

_APART = 0.06         # OKLab distance from the border's colour at which the thing begins
_LEAST_SHARE = 0.05   # of the picture; a smaller thing is not told from its background
_FINE_PX, _WIDE_PX = 1.0, 7.0  # of the band in which highlights are sought, in a picture 160 px wide
_BRIGHTEST = 0.998    # quantile of the band that is taken for its highlight
_GRAINY = 3.0         # grains of cloth reach this many times their mean
_FAINT, _STRONG = 0.02, 0.16  # lightness by which highlights of satin and of mirrors stand out
_COLOURED = 0.04      # chroma of a body whose colour a highlight can keep

_WORN = {"drape": 0.4, "prop": 0.4, "plinth": 0.3}  # surfaces that follow the thing, and how far
_SEEN = 0.6           # how far the hero's colours go towards those seen


@dataclass(frozen=True)
class Matter:
    """gloss: 0 matt to 1 mirror. metal: 0 to 1. clear: 0 to 1, how much it shows what is behind it."""

    gloss: float
    metal: float
    clear: float


def matter_of(pixels: np.ndarray) -> Matter:
    """What a photo's thing is made of.

    pixels : (h, w, 3) uint8 sRGB.
    """
    lab = lab_from_bytes(pixels)
    thing = _filled(subject(lab))
    light, inside = lab[..., 0], thing.astype(float)
    scale = pixels.shape[1] / 160
    fine, wide = _blurred(light, inside, _FINE_PX * scale), _blurred(light, inside, _WIDE_PX * scale)
    core = blur(inside, 2 * scale) > 0.98
    core = core if core.sum() > 200 else thing
    band, colours = (fine - wide)[core], lab[core]
    grain = float(np.abs(light - fine)[core].mean())
    height = float(np.quantile(band, _BRIGHTEST)) - _GRAINY * grain
    gloss = float(np.clip((height - _FAINT) / (_STRONG - _FAINT), 0, 1)) ** 0.6
    body = np.median(colours, axis=0)
    shine = colours[band >= np.quantile(band, 0.985)].mean(axis=0)
    coloured = float(np.hypot(*body[1:])) > _COLOURED
    metal = _keeping(body, shine) if coloured else _mirroring(body, float(band.std()))
    clear = 0.0 if thing.all() else 1 - _step(0.08, 0.2, float(np.linalg.norm(body - _border(lab))))
    if coloured:  # metal of the background's colour is metal still
        return Matter(gloss, gloss * metal, gloss * clear * (1 - metal))
    return Matter(gloss, gloss * metal * (1 - clear), gloss * clear)


def subject(lab: np.ndarray) -> np.ndarray:
    """(h, w) bool: where a picture (h, w, 3 OKLab) is not of its border's colour.

    All of it, if that is hardly anywhere.
    """
    thing = np.linalg.norm(lab - _border(lab), axis=-1) > _APART
    return thing if thing.mean() >= _LEAST_SHARE else np.ones_like(thing)


def worn(spec: SceneSpec, matter: Matter, colours: Sequence[Colour]) -> SceneSpec:
    """The spec with the hero, and the cloth and objects round it, of this matter, and of a photo's colours."""
    rough = _rough(matter)
    hero = replace(spec.hero, roughness=rough, metallic=max(spec.hero.metallic, matter.metal))
    surfaces = {}
    for name, share in _WORN.items():
        if surface := spec.surfaces.get(name):
            surfaces[name] = replace(surface, roughness=surface.roughness * (1 - share) + rough * share)
    spec = replace(spec, hero=hero, surfaces=spec.surfaces | surfaces)
    return _coloured(spec, colours[0].srgb, colours[min(1, len(colours) - 1)].srgb) if colours else spec


def _rough(matter: Matter) -> float:
    """Roughness of a hero: 0.9 matt, 0.05 a mirror."""
    return 0.9 - 0.85 * matter.gloss


def _coloured(spec: SceneSpec, first: str, second: str) -> SceneSpec:
    hero = spec.hero
    if hero.kind == "bottle":
        hero = replace(hero, accent_srgb=mixed(hero.accent_srgb, first, _SEEN),
                       body_srgb=tinted(hero.body_srgb, first, 0.5 * _SEEN),
                       liquid_srgb=tinted(hero.liquid_srgb, first, 0.5 * _SEEN))
    else:
        hero = replace(hero, body_srgb=mixed(hero.body_srgb, first, _SEEN),
                       accent_srgb=mixed(hero.accent_srgb, second, _SEEN))
    surfaces = {
        name: replace(spec.surfaces[name], srgb=tinted(spec.surfaces[name].srgb, first, 0.5 * share),
                      accent_srgb=tinted(spec.surfaces[name].accent_srgb, first, share))
        for name, share in _WORN.items() if name in spec.surfaces
    }
    return replace(spec, hero=hero, surfaces=spec.surfaces | surfaces)


# Looking -----------------------------------------------------------------------------------------


def _border(lab: np.ndarray) -> np.ndarray:
    """(3,) the median colour along the four edges."""
    return np.median(np.concatenate([lab[0], lab[-1], lab[:, 0], lab[:, -1]]), axis=0)


def _filled(thing: np.ndarray) -> np.ndarray:
    """The same with what lies between its parts in both directions: highlights as white as the paper."""
    def spans(rows: np.ndarray) -> np.ndarray:
        return np.maximum.accumulate(rows, 1) & np.maximum.accumulate(rows[:, ::-1], 1)[:, ::-1]

    return spans(thing) & spans(thing.T).T


def _keeping(body: np.ndarray, shine: np.ndarray) -> float:
    """How far a highlight keeps the colour of its body, as that of coloured metal does."""
    return _step(0.6, 1.3, float(np.hypot(*shine[1:]) / np.hypot(*body[1:])))


def _mirroring(body: np.ndarray, contrast: float) -> float:
    """How much something grey mirrors a whole room, light and dark, as grey metal does."""
    return _step(0.045, 0.07, contrast) * _step(0.3, 0.5, float(body[0]))


def _blurred(values: np.ndarray, inside: np.ndarray, sigma_px: float) -> np.ndarray:
    """A Gaussian blur that takes nothing from outside."""
    return blur(values * inside, sigma_px) / np.maximum(blur(inside, sigma_px), 1e-3)


def _step(low: float, high: float, value: float) -> float:
    """0 below low, 1 above high, smooth between."""
    share = float(np.clip((value - low) / (high - low), 0, 1))
    return share * share * (3 - 2 * share)
