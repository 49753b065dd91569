"""Clip: a document's animation as the stance of its nodes at any time.

Source: glTF 2.0, section 3.11, and its appendix C for the interpolations.
"""

from dataclasses import dataclass

import numpy as np

from showroom.imagine.gltf.accessors import Accessors
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.graph import Stance
from showroom.imagine.gltf.refusal import Refusal, pointer

_NUMBERS = {"translation": ("VEC3", 3), "rotation": ("VEC4", 4), "scale": ("VEC3", 3), "weights": ("SCALAR", 1)}
_CUBIC, _STEP = "CUBICSPLINE", "STEP"
_ALIKE = 0.9995  # cosine beyond which two rotations are mixed straight


@dataclass(frozen=True)
class Track:
    """What moves one thing of one node. times (k,) s, ascending; values (k, n), cubic ones (k, 3, n)."""

    node: int
    path: str
    way: str
    times: np.ndarray
    values: np.ndarray

    def at(self, time_s: float) -> np.ndarray:
        """(n,) at a time; before the first and after the last it stands still."""
        times, values = self.times, self.values
        last = len(times) - 1
        k = int(np.clip(np.searchsorted(times, time_s, "right") - 1, 0, max(last - 1, 0)))
        if last == 0 or time_s <= times[0] or time_s >= times[-1]:
            end = 0 if last == 0 or time_s <= times[0] else last
            return values[end, 1] if self.way == _CUBIC else values[end]
        step = float(times[k + 1] - times[k])
        u = (time_s - float(times[k])) / step
        if self.way == _STEP:
            return values[k]
        if self.way == _CUBIC:
            return _hermite(values[k, 1], values[k, 2] * step, values[k + 1, 1], values[k + 1, 0] * step, u)
        return _slerp(values[k], values[k + 1], u) if self.path == "rotation" else values[k] * (1 - u) + values[k + 1] * u


@dataclass(frozen=True)
class Clip:
    """One animation. duration_s : until its last keyframe."""

    name: str
    tracks: tuple[Track, ...]
    duration_s: float

    def pose(self, stance: Stance, time_s: float) -> dict[int, np.ndarray]:
        """Moves the stance to a time; returns the morph weights of the nodes that have some."""
        weights = {}
        for track in self.tracks:
            value = track.at(time_s)
            if track.path == "weights":
                weights[track.node] = value
            elif track.node not in stance.matrices:
                getattr(stance, track.path)[track.node] = value
        return weights


def check(document: Document, accessors: Accessors) -> None:
    """Raises Refusal for an animation whose keyframes do not fit its values."""
    for at, animation in enumerate(document.list("animations")):
        for place, sampler in enumerate(animation["samplers"]):
            _check_input(accessors, int(sampler["input"]), pointer("animations", at, "samplers", place, "input"))
        for channel in animation["channels"]:
            _check_channel(document, accessors, at, animation, channel)


def _check_input(accessors: Accessors, at: int, where: str) -> None:
    kind, component, _ = accessors.kind(at)
    if (kind, component) != ("SCALAR", 5126):
        raise Refusal(where, f"{kind[:20]} of components {component}", "SCALAR of components 5126")
    times = accessors.stored(at)
    if times is not None and (times[0] < 0 or (np.diff(times[:, 0]) <= 0).any() and times.strides[0]):
        raise Refusal(where, "times that do not ascend from zero or later", "seconds, each more than the one before")


def _check_channel(document: Document, accessors: Accessors, at: int, animation: dict, channel: dict) -> None:
    path, place = channel["target"]["path"], int(channel["sampler"])
    if path not in _NUMBERS:
        return
    sampler = animation["samplers"][place]
    kind, component, _ = accessors.kind(sampler["output"])
    where = pointer("animations", at, "samplers", place, "output")
    wanted = (5126,) if path in ("translation", "scale") else (5120, 5121, 5122, 5123, 5126)
    if kind != _NUMBERS[path][0] or component not in wanted:
        raise Refusal(where, f"{kind[:20]} of components {component} for {path}", f"{_NUMBERS[path][0]} of {wanted[-1]}")
    keys = accessors.count(sampler["input"]) * (3 if sampler.get("interpolation") == _CUBIC else 1)
    keys *= _targets(document, channel["target"].get("node")) if path == "weights" else 1
    if accessors.count(sampler["output"]) != keys:
        raise Refusal(where, f"{accessors.count(sampler['output'])} values", f"{keys}, as the keyframes ask for")


def _targets(document: Document, node: int | None) -> int:
    """How many morph targets a node's mesh has; without any, one value a keyframe is asked for."""
    mesh = None if node is None else document.list("nodes")[int(node)].get("mesh")
    primitives = [] if mesh is None else document.list("meshes")[int(mesh)]["primitives"]
    return max((len(primitive.get("targets") or []) for primitive in primitives), default=0) or 1


def read(document: Document, accessors: Accessors) -> Clip | None:
    """The document's first animation that moves something, None where there is none; more are told."""
    animations = document.list("animations")
    for at, animation in enumerate(animations):
        tracks = tuple(filter(None, (_track(document, accessors, animation, channel) for channel in animation["channels"])))
        duration_s = max((float(track.times[-1]) for track in tracks), default=0.0)
        if duration_s > 0:
            if len(animations) > 1:
                document.tell(f"of {len(animations)} animations {pointer('animations', at)} is shown")
            return Clip(str(animation.get("name", at)), tracks, duration_s)
    return None


def _track(document: Document, accessors: Accessors, animation: dict, channel: dict) -> Track | None:
    target, sampler = channel["target"], animation["samplers"][int(channel["sampler"])]
    path, node = target["path"], target.get("node")
    if path not in _NUMBERS or node is None:
        document.tell(f"an animation of {path[:40]!r} is left out: of {', '.join(_NUMBERS)} alone are drawn")
        return None
    times, values = accessors.floats(sampler["input"]), accessors.floats(sampler["output"])
    if times is None or values is None or not times.strides[0] or (np.diff(times[:, 0]) <= 0).any():
        document.tell("an animation is left out: its bytes are not in the file nor beside it")
        return None
    way, keys = sampler.get("interpolation", "LINEAR"), len(times)
    shape = (keys, 3, -1) if way == _CUBIC else (keys, -1)
    return Track(int(node), path, way, times[:, 0].astype(np.float64), values.reshape(shape).astype(np.float64))


def _hermite(a: np.ndarray, out: np.ndarray, b: np.ndarray, into: np.ndarray, u: float) -> np.ndarray:
    u2, u3 = u * u, u * u * u
    return (2 * u3 - 3 * u2 + 1) * a + (u3 - 2 * u2 + u) * out + (3 * u2 - 2 * u3) * b + (u3 - u2) * into


def _slerp(a: np.ndarray, b: np.ndarray, u: float) -> np.ndarray:
    """Between two rotations, the shorter way round."""
    a, b = a / max(np.linalg.norm(a), 1e-9), b / max(np.linalg.norm(b), 1e-9)
    cosine = float(a @ b)
    a, cosine = (-a, -cosine) if cosine < 0 else (a, cosine)
    if cosine > _ALIKE:
        return a * (1 - u) + b * u
    angle = float(np.arccos(min(cosine, 1.0)))
    return (np.sin((1 - u) * angle) * a + np.sin(u * angle) * b) / np.sin(angle)
