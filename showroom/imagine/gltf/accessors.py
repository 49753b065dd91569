"""Accessors: typed elements out of a model's bytes, bounded, finite, and never beyond them.

Source: glTF 2.0, section 3.6.2.
"""

import numpy as np

from showroom.imagine.gltf.buffers import Buffers
from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.refusal import Refusal, listed, pointer, shown

COMPONENTS = {5120: np.dtype("<i1"), 5121: np.dtype("<u1"), 5122: np.dtype("<i2"), 5123: np.dtype("<u2"),
              5125: np.dtype("<u4"), 5126: np.dtype("<f4")}
ROWS_COLUMNS = {"SCALAR": (1, 1), "VEC2": (2, 1), "VEC3": (3, 1), "VEC4": (4, 1),
                "MAT2": (2, 2), "MAT3": (3, 3), "MAT4": (4, 4)}
MOST_VALUES = 16_000_000  # of one accessor: numbers, not bytes
_MOST_LOOKED_AT = 256 << 20
_CHUNK = 1 << 16


class Accessors:
    """Elements of a document's accessors.

    Making one refuses any accessor that reaches beyond its view or holds what is not a number, used or not.
    """

    def __init__(self, document: Document, buffers: Buffers):
        self._document, self._buffers = document, buffers
        self._left_bytes = _MOST_LOOKED_AT
        self._given: dict[int, np.ndarray] = {}
        for at, accessor in enumerate(document.list("accessors")):
            self._check(at, accessor)

    def kind(self, at: int) -> tuple[str, int, bool]:
        """(type, component type, normalized) of an accessor."""
        accessor = self._accessor(at)
        return accessor["type"], int(accessor["componentType"]), bool(accessor.get("normalized", False))

    def count(self, at: int) -> int:
        """How many elements it has."""
        return int(self._accessor(at)["count"])

    def give(self, at: int, elements: np.ndarray) -> None:
        """(count, components) of an accessor whose elements are elsewhere, as compressed ones are."""
        self._given[int(at)] = elements

    def stored(self, at: int) -> np.ndarray | None:
        """(count, components) as they are stored; columns of a matrix one after the other. None: no bytes."""
        if int(at) in self._given:
            return self._given[int(at)]
        accessor, where = self._accessor(at), pointer("accessors", int(at))
        if not _is_known(accessor):
            raise Refusal(where, f"type {shown(accessor['type'])} of components {shown(accessor['componentType'])}",
                          f"{listed(ROWS_COLUMNS)} of {listed(COMPONENTS)}")
        elements = self._dense(accessor)
        sparse = accessor.get("sparse")
        if elements is None or sparse is None:
            return elements
        indices, values = self._sparse(accessor, sparse)
        if indices is None or values is None:
            return None
        elements = elements.copy()
        elements[indices.astype(np.int64)] = values
        return elements

    def floats(self, at: int) -> np.ndarray | None:
        """(count, components) float32; normalized integers as 0 to 1 or −1 to 1."""
        elements = self.stored(at)
        if elements is None or elements.dtype.kind == "f":
            return elements if elements is None else np.ascontiguousarray(elements, np.float32)
        values = elements.astype(np.float32)
        if self.kind(at)[2]:
            values = np.maximum(values / np.iinfo(elements.dtype).max, -1.0)
        return values

    def _accessor(self, at: int) -> dict:
        return self._document.list("accessors")[int(at)]

    def _check(self, at: int, accessor: dict) -> None:
        where = pointer("accessors", at)
        if not _is_known(accessor):
            self._document.tell(f"{where} is of a kind that is not known and is left alone")
            return
        count, values = int(accessor["count"]), _values(accessor)
        if count * values > MOST_VALUES:
            raise Refusal(pointer("accessors", at, "count"), f"{count:,} elements", f"at most {MOST_VALUES // values:,}")
        if "bufferView" in accessor:
            self._check_span(where, accessor, accessor, count, self._stride(accessor))
        sparse = accessor.get("sparse")
        if sparse is not None:
            self._check_sparse(at, accessor, sparse)
        self._check_finite(at, accessor)

    def _check_span(self, where: str, part: dict, kind: dict, count: int, stride: int) -> None:
        view = self._document.list("bufferViews")[int(part["bufferView"])]
        start, size, length = int(part.get("byteOffset", 0)), _size(kind), int(view["byteLength"])
        if stride < size:
            raise Refusal(where, f"elements of {size} bytes every {stride}", "a stride of at least an element")
        end = start + stride * (count - 1) + size
        if end > length:
            raise Refusal(where, f"bytes {start:,} to {end:,} of a view of {length:,}", "elements inside their view")

    def _check_sparse(self, at: int, accessor: dict, sparse: dict) -> None:
        count, where = int(sparse["count"]), ("accessors", at, "sparse")
        kind = COMPONENTS.get(int(sparse["indices"]["componentType"]))
        if count > int(accessor["count"]):
            raise Refusal(pointer(*where, "count"), f"{count:,} of {int(accessor['count']):,} elements", "no more than all")
        if kind is None or kind.kind != "u":
            raise Refusal(pointer(*where, "indices", "componentType"), shown(sparse["indices"]["componentType"]),
                          "5121, 5123 or 5125")
        scalar = {"type": "SCALAR", "componentType": sparse["indices"]["componentType"]}
        self._check_span(pointer(*where, "indices"), sparse["indices"], scalar, count, _size(scalar))
        self._check_span(pointer(*where, "values"), sparse["values"], accessor, count, _size(accessor))
        indices, _ = self._sparse(accessor, sparse)
        if indices is not None and len(indices) and (int(indices.max()) >= int(accessor["count"])
                                                     or (np.diff(indices.astype(np.int64)) <= 0).any()):
            raise Refusal(pointer(*where, "indices"), "indices that do not ascend within the accessor",
                          f"ascending indices below {int(accessor['count'])}")

    def _check_finite(self, at: int, accessor: dict) -> None:
        if int(accessor["componentType"]) != 5126:
            return
        sparse = accessor.get("sparse")
        for elements in (self._dense(accessor), self._sparse(accessor, sparse)[1] if sparse else None):
            if elements is None or not elements.strides[0]:
                continue
            self._left_bytes -= elements.nbytes
            if self._left_bytes < 0:
                raise Refusal("/accessors", "more and more elements", f"at most {_MOST_LOOKED_AT >> 20} MiB of them")
            for start in range(0, len(elements), _CHUNK):
                bad = ~np.isfinite(elements[start:start + _CHUNK]).all(axis=1)
                if bad.any():
                    raise Refusal(pointer("accessors", at), f"no number in element {start + int(bad.argmax())}",
                                  "finite numbers")

    def _dense(self, accessor: dict) -> np.ndarray | None:
        """What its view holds; zeros, of no memory, where it has none."""
        count, dtype = int(accessor["count"]), COMPONENTS[int(accessor["componentType"])]
        if "bufferView" not in accessor:
            return np.broadcast_to(np.zeros((1, _values(accessor)), dtype), (count, _values(accessor)))
        return self._elements(accessor, accessor, count, self._stride(accessor))

    def _sparse(self, accessor: dict, sparse: dict) -> tuple[np.ndarray | None, np.ndarray | None]:
        """(indices, values), None where there are no bytes."""
        scalar = {"type": "SCALAR", "componentType": sparse["indices"]["componentType"]}
        count = int(sparse["count"])
        indices = self._elements(sparse["indices"], scalar, count, _size(scalar))
        values = self._elements(sparse["values"], accessor, count, _size(accessor))
        return None if indices is None else indices[:, 0], values

    def _elements(self, part: dict, kind: dict, count: int, stride: int) -> np.ndarray | None:
        """(count, components), a view into the bytes. numpy itself refuses to reach beyond them."""
        content = self._buffers.view(part["bufferView"])
        if content is None:
            return None
        dtype = COMPONENTS[int(kind["componentType"])]
        rows, columns = ROWS_COLUMNS[kind["type"]]
        column = _column_bytes(kind)
        elements = np.ndarray((count, columns, rows), dtype, content, int(part.get("byteOffset", 0)),
                              (stride, column, dtype.itemsize))
        return elements[:, 0] if columns == 1 else elements.reshape(count, columns * rows)

    def _stride(self, accessor: dict) -> int:
        view = self._document.list("bufferViews")[int(accessor["bufferView"])]
        return int(view.get("byteStride", 0)) or _size(accessor, padded=True)


def _is_known(accessor: dict) -> bool:
    return accessor["type"] in ROWS_COLUMNS and accessor["componentType"] in COMPONENTS


def _values(accessor: dict) -> int:
    rows, columns = ROWS_COLUMNS[accessor["type"]]
    return rows * columns


def _column_bytes(accessor: dict) -> int:
    """A column of a matrix begins at a multiple of four bytes; other elements are one column."""
    rows, columns = ROWS_COLUMNS[accessor["type"]]
    size = rows * COMPONENTS[int(accessor["componentType"])].itemsize
    return size if columns == 1 else size + -size % 4


def _size(accessor: dict, padded: bool = False) -> int:
    """Bytes of one element; padded: as far as to the next in a tight row."""
    rows, columns = ROWS_COLUMNS[accessor["type"]]
    last = rows * COMPONENTS[int(accessor["componentType"])].itemsize
    column = _column_bytes(accessor)
    return column * columns if padded else column * (columns - 1) + last
