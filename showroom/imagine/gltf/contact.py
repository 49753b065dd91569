"""Contact: the soft dark about the foot of a model, where the light of the sky does not reach what it stands on.

The sun's own shadow is too coarse for things of a hand's size, and the sky throws none at all.
"""

import numpy as np

from showroom.imagine.gltf.model import Model
from showroom.words.geometry import CAUSTIC, HERO, INSTANCE, VERTEX, Geometry
from showroom.words.material import Material

_DARK = Material("product", unlit=True, base_color=(0.004, 0.004, 0.005, 1.0), alpha_mode="blend", vertex_colors=True)
_NEAR_M = 0.02                     # what stands so low darkens what it stands on
_UP_M = 0.0008                     # over it, so that neither shows through the other
_RINGS = ((0.0, 0.0, 0.62), (1.0, -0.10, 0.62), (1.0, 0.12, 0.42), (1.0, 0.45, 0.14), (1.0, 1.0, 0.0))
# share of the foot's outline, share of the way beyond it, opacity
_FARTHEST_M = 0.115                # from the middle: the smallest top of a plinth ends there
_AROUND = 48


def contact(model: Model) -> Geometry | None:
    """The dark round a model's foot, with one instance at the origin; None for what touches nothing."""
    places = np.concatenate([part.vertices["position"] for part in model.parts])
    low = places[places[:, 1] < _NEAR_M][:, [0, 2]]
    if not len(low):
        return None
    around = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    toward = np.stack([np.cos(around), np.sin(around)], axis=-1)
    middle = (low.min(axis=0) + low.max(axis=0)) / 2
    outline = _outline(((low - middle) @ toward.T).max(axis=0), toward)
    wide_m = float(np.clip(0.35 * places[:, 1].max(), 0.008, 0.06))
    reach = np.maximum(_FARTHEST_M - np.abs(middle).max(), outline)
    vertices = np.zeros((len(_RINGS), _AROUND), VERTEX)
    for row, (share, beyond, opacity) in zip(vertices, _RINGS):
        out = np.minimum(np.maximum(share * outline + beyond * wide_m, 0.0), reach)
        row["position"][:, [0, 2]] = middle + out[:, None] * toward
        row["shade"] = (255, 255, 255, round(255 * opacity))
    vertices["position"][..., 1] = _UP_M
    vertices["normal"][..., 1] = vertices["tangent"][..., 0] = vertices["tangent"][..., 3] = 127
    instances = np.zeros(1, INSTANCE)
    instances["world_from_part"], instances["tint"] = np.eye(3, 4), 128
    return Geometry(HERO + "foot" + CAUSTIC, _DARK, vertices.ravel(), _faces(), instances, total_instances=1,
                    casts_shadow=False)


def _outline(widths: np.ndarray, toward: np.ndarray) -> np.ndarray:
    """How far a convex shape reaches in each direction whose farthest points lie so far along them: to the nearest
    of the lines that bound it. Source: Schneider 1993, "Convex Bodies", 1.7 (support and radial functions)."""
    along = toward @ toward.T
    return np.where(along > 1e-3, widths / np.maximum(along, 1e-3), np.inf).min(axis=1)


def _faces() -> np.ndarray:
    """Indices of the rings' triangles, seen from above."""
    inner = np.arange(len(_RINGS) - 1)[:, None] * _AROUND + np.arange(_AROUND)
    following = inner - np.arange(_AROUND) + (np.arange(_AROUND) + 1) % _AROUND
    corners = (inner, following, following + _AROUND, inner, following + _AROUND, inner + _AROUND)
    return np.stack(corners, axis=-1).astype(np.uint32).ravel()
