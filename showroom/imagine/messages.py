"""Messages: the words' results as bytes, for the ring and for the cache, and back.

A message is a length, a JSON header, and raw little-endian arrays, each part padded to 8 bytes.
Whatever is read is measured first: a wrong length, name, shape or index is a RingError and never
an array that reaches beyond its buffer.
"""

import dataclasses
import json
import struct
from collections.abc import Callable

import numpy as np

from showroom.errors import RingError
from showroom.words.geometry import INSTANCE, VERTEX, Geometry, Light
from showroom.words.image import FORMATS, Image, level_size
from showroom.words.material import ALPHA_MODES, KINDS, WRAPS, Material
from showroom.words.model_maps import FORMAT, MODEL_MAPS, MODEL_SURFACES
from showroom.words.motion import MOTION, MOTION_BYTES, RATE_HZ, Motion
from showroom.words.result import Done, Failed, Progress, Remark
from showroom.words.scenespec import VERSION, SceneSpec
from showroom.words.vocabulary import STAGES, SURFACES

Value = SceneSpec | Geometry | Image | Progress | Remark | Failed | Done

MESSAGE_BYTES = 64 << 20   # no message is larger
_HEADER_BYTES = 1 << 20
_LENGTH = struct.Struct("<Q")
_EDGE_PX = 8192
_NAME, _LINE = 128, 2000
_LIGHTS = 64
_PAD = b"\0" * 8
_PLAIN = Material()
_NAMED = {"kind": KINDS, "surface": (*SURFACES, *MODEL_SURFACES, ""), "alpha_mode": ALPHA_MODES, "wrap": WRAPS}
_YES_OR_NO = {"unlit", "double_sided", "vertex_colors"}
_LENGTHS = {"position": 3, "color": 3, "direction": 3, "base_color": 4, "second_color": 3, "emission": 3,
            "sheen_color": 3, "specular_color": 3, "attenuation_color": 3, "film_nm": 2, "center": 3, "extent": 3}


def encode(value: Value) -> list[memoryview]:
    """The parts of a message, in order; joined they are what `decode` reads. Arrays are not copied.

    Raises RingError if the value is none of the results' kinds or cannot be written as JSON.
    """
    header, arrays = _written(value)
    try:
        text = json.dumps({"kind": type(value).__name__, **header, "shapes": [a.shape for a in arrays]},
                          separators=(",", ":"), allow_nan=False, default=_plain_number).encode()
    except (TypeError, ValueError) as error:
        what = type(value).__name__
        raise RingError(f"sending a {what}: {error}; only finite numbers and text travel") from None
    parts = [memoryview(_LENGTH.pack(len(text)) + text + _padding(len(text)))]
    for array in arrays:
        if array.size:
            parts.append(memoryview(array.reshape(-1).view(np.uint8)))
        if array.nbytes % 8:
            parts.append(memoryview(_padding(array.nbytes)))
    size = sum(part.nbytes for part in parts)
    if size > MESSAGE_BYTES:
        raise RingError(f"sending a {type(value).__name__} of {size} bytes; up to {MESSAGE_BYTES} fit; "
                        "split it into smaller blocks")
    return parts


def decode(message) -> Value:
    """The value of a message. Its arrays are views into `message` (bytes-like), which they keep.

    Raises RingError if the bytes are not a message.
    """
    value, _ = _decoded(memoryview(message).cast("B"))
    return value


def decode_all(message) -> list[Value]:
    """The values of a message that several were joined in, one `encode` after the other; as `decode`."""
    view, values = memoryview(message).cast("B"), []
    while view.nbytes or not values:
        value, end = _decoded(view)
        values.append(value)
        view = view[end:]
    return values


def _decoded(view: memoryview) -> tuple[Value, int]:
    """The value that bytes begin with, and where the next one begins."""
    header, at = _header(view)
    kind = header.pop("kind", None)
    read = _READERS.get(kind)
    if read is None:
        raise RingError(f"reading a message: its kind is {kind!r}; known are {', '.join(_READERS)}")
    try:
        arrays = _Arrays(view, at, header.pop("shapes", ()))
        return read(header, arrays), arrays.end
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        found = f"{type(error).__name__} {error}"
        raise RingError(f"reading a {kind} message: {found}; it is not one of ours") from None


# Writing ------------------------------------------------------------------------------------------

def _written(value: Value) -> tuple[dict, list[np.ndarray]]:
    """Header fields and arrays of a value."""
    match value:
        case SceneSpec():
            return {"spec": value.to_plain()}, []
        case Image():
            header = {"surface": value.surface, "map": value.map, "size": value.size, "level": value.level,
                      "row": value.row}
            return header, [_contiguous(value.pixels, np.dtype(_format(value.map)[0]))]
        case Geometry():
            header = {"part": value.part, "material": _set_apart(value.material),
                      "first_instance": value.first_instance, "total_instances": value.total_instances,
                      "casts_shadow": value.casts_shadow, "product_id": value.product_id, "layer": value.layer,
                      "lights": [dataclasses.asdict(light) for light in value.lights]}
            arrays = [(value.vertices, VERTEX), (value.indices, np.dtype("<u4")), (value.instances, INSTANCE)]
            if value.motion:
                header["motion"] = {name: getattr(value.motion, name) for name in ("rate_hz", "center", "extent")}
                arrays.append((value.motion.frames, MOTION))
            sent = [_contiguous(array, dtype) for array, dtype in arrays]
            if not (np.isfinite(sent[0]["position"]).all() and np.isfinite(sent[2]["world_from_part"]).all()):
                raise RingError(f"sending the part {value.part}: not all its places are finite numbers")
            return header, sent
        case Progress() | Remark() | Failed() | Done():
            return dataclasses.asdict(value), []
    raise RingError(f"sending a {type(value).__name__}; known are {', '.join(_READERS)}")


def _set_apart(material: Material) -> dict:
    """What of a material is not as it is without a word: most of it is."""
    return {name: value for name, value in vars(material).items() if value != getattr(_PLAIN, name)}


def _format(map_: str) -> tuple[type, int]:
    """Kind of number and channels of a map's pixels."""
    return FORMATS[map_] if map_ in FORMATS else FORMAT


def _contiguous(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
    if array.dtype != dtype:
        raise RingError(f"sending an array of {array.dtype}; {dtype} is needed here")
    return np.ascontiguousarray(array)


def _plain_number(value):
    """numpy's scalars as Python's."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} is not plain")


def _padding(size: int) -> bytes:
    return _PAD[:-size % 8]


# Reading ------------------------------------------------------------------------------------------

def _header(view: memoryview) -> tuple[dict, int]:
    """The JSON header and where the arrays begin."""
    if view.nbytes < _LENGTH.size:
        raise RingError(f"reading a message of {view.nbytes} bytes: it is cut off")
    length, = _LENGTH.unpack_from(view)
    if length > min(_HEADER_BYTES, view.nbytes - _LENGTH.size):
        raise RingError(f"reading a message of {view.nbytes} bytes: its header claims {length}")
    try:
        header = _JSON.decode(str(view[_LENGTH.size:_LENGTH.size + length], "utf-8"))
    except (ValueError, RecursionError):
        raise RingError("reading a message: its header is not JSON") from None
    if not isinstance(header, dict):
        raise RingError("reading a message: its header is not a JSON object")
    return header, _LENGTH.size + length + -length % 8


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


_JSON = json.JSONDecoder(parse_constant=_no_number)  # `json.loads` would make one for every message


class _Arrays:
    """The raw arrays of a message, taken in order; each must lie inside the message."""

    def __init__(self, view: memoryview, at: int, shapes):
        self._view, self._at, self._shapes = view, at, [tuple(shape) for shape in shapes]

    @property
    def end(self) -> int:
        """Where what has been taken ends."""
        return self._at

    def take(self, dtype, dimensions: int) -> np.ndarray:
        """The next array, with so many dimensions."""
        shape = self._shapes.pop(0)
        fits = all(type(edge) is int and 0 <= edge <= MESSAGE_BYTES for edge in shape)
        if len(shape) != dimensions or not fits:
            raise ValueError(f"shape {shape} for {dimensions} dimensions")
        count = 1
        for edge in shape:
            count *= edge
        size = count * np.dtype(dtype).itemsize
        if size > self._view.nbytes - self._at:
            raise ValueError(f"an array of {size} bytes in the {self._view.nbytes - self._at} that are left")
        start, self._at = self._at, self._at + size + -size % 8
        if not count:
            return np.zeros(shape, dtype)
        return np.frombuffer(self._view, dtype, count, start).reshape(shape)


def _read_spec(header: dict, _arrays: _Arrays) -> SceneSpec:
    spec = SceneSpec.from_own(header["spec"])
    if spec.version != VERSION:
        raise ValueError(f"a spec of version {spec.version}, where {VERSION} is known")
    return spec


def _read_image(header: dict, arrays: _Arrays) -> Image:
    surface = _among(header["surface"], _NAMED["surface"][:-1])
    kind = _among(header["map"], MODEL_MAPS if surface in MODEL_SURFACES else FORMATS)
    width, height = (_whole(edge, 1, _EDGE_PX) for edge in header["size"])
    level = _whole(header["level"], 0, 16)
    number, channels = _format(kind)
    pixels = arrays.take(number, 3)
    row = _whole(header["row"], 0, _EDGE_PX)
    columns, rows = level_size((width, height), level)
    if pixels.shape[1:] != (columns, channels) or not 0 < pixels.shape[0] <= rows - row:
        raise ValueError(f"rows of shape {pixels.shape} from row {row} in a level of {columns}×{rows}")
    return Image(surface, kind, (width, height), level, row, pixels)


def _read_geometry(header: dict, arrays: _Arrays) -> Geometry:
    vertices, indices = arrays.take(VERTEX, 1), arrays.take("<u4", 1)
    instances = arrays.take(INSTANCE, 1)
    if len(indices) % 3 or (len(indices) and int(indices.max()) >= len(vertices)):
        raise ValueError(f"{len(indices)} indices into {len(vertices)} vertices")
    first = _whole(header["first_instance"], 0, 1 << 24)
    total = _whole(header["total_instances"], 0, 1 << 24)
    if total and first + len(instances) > total:
        raise ValueError(f"instances {first} to {first + len(instances)} of {total}")
    if len(header["lights"]) > _LIGHTS:
        raise ValueError(f"{len(header['lights'])} lights of at most {_LIGHTS}")
    return Geometry(
        part=_text(header["part"], _NAME), material=_material(header["material"]),
        vertices=vertices, indices=indices, instances=instances, first_instance=first, total_instances=total,
        casts_shadow=bool(header["casts_shadow"]), product_id=_text(header["product_id"], _NAME),
        lights=tuple(_record(Light, light) for light in header["lights"]),
        layer=_among(header["layer"], (*STAGES, "")),
        motion=_motion(header["motion"], arrays.take(MOTION, 2), len(vertices)) if "motion" in header else None,
    )


def _motion(plain: dict, frames: np.ndarray, vertices: int) -> Motion:
    count, moved = frames.shape
    rate_hz = float(plain["rate_hz"])
    if count < 2 or moved != vertices or frames.nbytes > MOTION_BYTES or not 0.0 < rate_hz <= RATE_HZ:
        raise ValueError(f"{count} frames of {moved} vertices for {vertices}, {rate_hz} a second")
    return _record(Motion, {**plain, "frames": frames})


def _material(plain: dict) -> Material:
    material = _record(Material, plain)
    for name, known in _NAMED.items():
        _among(getattr(material, name), known)
    return material


def _record(kind: type, plain: dict):
    """A dataclass of numbers, tuples of numbers and text, each of its default's or declared shape."""
    values = {}
    for name, value in plain.items():
        if name in _LENGTHS:
            if len(value) != _LENGTHS[name]:
                raise ValueError(f"{name} has {len(value)} numbers of {_LENGTHS[name]}")
            values[name] = tuple(float(number) for number in value)
        elif name in _YES_OR_NO:
            values[name] = bool(value)
        elif name == "maps":
            values[name] = tuple(_among(map_, MODEL_MAPS) for map_ in value)
        elif name == "frames":
            values[name] = value
        else:
            values[name] = _text(value, _NAME) if isinstance(value, str) else float(value)
    return kind(**values)


def _among(name: object, known) -> str:
    if name not in known:
        raise ValueError(f"{name!r} is none of {', '.join(known)}")
    return name


def _whole(value: object, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ValueError(f"{value!r} is not a whole number from {low} to {high}")
    return value


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError(f"text of at most {most} letters is needed")
    return value


def _read_progress(header: dict, _arrays: _Arrays) -> Progress:
    return Progress(min(1.0, max(0.0, float(header["fraction"]))), _text(header["making"], _NAME))


_READERS: dict[str, Callable[[dict, _Arrays], Value]] = {
    "SceneSpec": _read_spec,
    "Image": _read_image,
    "Geometry": _read_geometry,
    "Progress": _read_progress,
    "Remark": lambda header, _: Remark(_text(header["line"], _LINE), bool(header["fault"])),
    "Failed": lambda header, _: Failed(_text(header["reason"], _LINE)),
    "Done": lambda header, _: Done(),
}
