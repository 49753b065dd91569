"""Pictures of models' materials on the GPU: two arrays, made when the first picture comes.

A slot's surface takes layers as its maps come and gives them back when the slot is cleared. Where no layer is
left, the map counts as come and is not drawn: the material shows its own numbers.
"""

import logging

import numpy as np

from showroom.errors import UploadError
from showroom.render.textures import NOTHING_LOD, delete, new_array, put_rows, slide
from showroom.words.image import Image, level_size
from showroom.words.model_maps import MODEL_LAYERS, SRGB_MAPS

log = logging.getLogger(__name__)
_NONE = -1


class ModelPool:
    """`textures` and `lods` hold colours (sRGB) first, then numbers; 0 and 99 where nothing has come."""

    def __init__(self):
        self.textures = [0, 0]
        self.lods = np.full((2, MODEL_LAYERS), NOTHING_LOD)
        self.shown = self.lods.copy()
        self._size: tuple[int, int] | None = None
        self._free = [list(range(MODEL_LAYERS)) for _ in self.textures]
        self._layers: dict[tuple[int, str, str], int] = {}
        self._sliding = False

    def layers(self, slot: int, surface: str, maps: tuple[str, ...]) -> dict[str, int]:
        """Layers of those of a surface's maps that have any."""
        return {map_: self._layers.get((slot, surface, map_), _NONE) for map_ in maps}

    def has(self, slot: int, surface: str, maps: tuple[str, ...]) -> bool:
        """Whether any level of all these maps has come, or never will."""
        return all(self._come(slot, surface, map_) for map_ in maps)

    def _come(self, slot: int, surface: str, map_: str) -> bool:
        layer = self._layers.get((slot, surface, map_))
        return layer is not None and (layer == _NONE or self.lods[_array(map_)][layer] < NOTHING_LOD)

    def check(self, slot: int, image: Image) -> bool:
        """Whether there is room for an image's rows; takes it. Raises UploadError if they don't fit their map."""
        if self._size is None:
            self._size = image.size
            self.textures = [new_array(srgb, image.size, MODEL_LAYERS) for srgb in (True, False)]
        width, height = level_size(image.size, image.level)
        rows, columns = image.pixels.shape[:2]
        if image.size != self._size or columns != width or image.row < 0 or image.row + rows > height:
            raise UploadError(f"bringing {image.surface}/{image.map} level {image.level} of {image.size} px to the GPU: "
                              f"rows {image.row}+{rows} of {columns} px; this show's models have maps of {self._size} px")
        return self._layer_for(slot, image) != _NONE

    def _layer_for(self, slot: int, image: Image) -> int:
        key, free = (slot, image.surface, image.map), self._free[_array(image.map)]
        if key not in self._layers:
            if not free:
                log.warning("bringing %s/%s to the GPU: all %d layers for models are taken; it is drawn plain; "
                            "give models fewer pictures", image.surface, image.map, MODEL_LAYERS)
            self._layers[key] = free.pop(0) if free else _NONE
        return self._layers[key]

    def place(self, slot: int, image: Image, row: int, count: int, staged: int) -> None:
        """As SurfacePool.place, of an image that there is room for."""
        array, layer = _array(image.map), self._layers[slot, image.surface, image.map]
        put_rows(self.textures[array], layer, image, row, count, staged)
        if image.row + row + count == level_size(image.size, image.level)[1]:
            self.lods[array][layer] = min(self.lods[array][layer], image.level)
            self._sliding = True

    def clear(self, slot: int) -> None:
        """Gives back the layers of a slot."""
        for key in [key for key in self._layers if key[0] == slot]:
            array, layer = _array(key[2]), self._layers.pop(key)
            if layer != _NONE:
                self._free[array].append(layer)
                self.lods[array][layer] = self.shown[array][layer] = NOTHING_LOD

    def settle(self, seconds: float) -> None:
        """Slides what is shown towards what has come."""
        if self._sliding:
            self._sliding = slide(self.shown, self.lods, seconds)

    def close(self) -> None:
        """Deletes the textures."""
        delete(self.textures)
        self.textures = [0, 0]


def _array(map_: str) -> int:
    return int(map_ not in SRGB_MAPS)
