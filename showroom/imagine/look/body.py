"""Body: where in a photo of somebody the upper and the lower garment are, by two models of MediaPipe.

The models come with `showroom models add look`. The first finds a person and the second the joints, of which
only those from the shoulders down to the knees are read, never a point of the face. A third tells the person
from what is behind them.

Source: Bazarevsky et al. 2020, "BlazePose: On-device real-time body pose tracking"; how input, anchors and
joints are to be read is in the graphs that stand beside the models in their package.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from showroom.errors import ModelError
from showroom.imagine.look.parcel import LOOK, check, parcel_folder

_DETECTOR, _JOINTS, _MASK = "pose_detection.tflite", "pose_landmark_full.tflite", "selfie_segmentation.tflite"
_DETECTOR_PX, _JOINTS_PX, _MASK_PX = 224, 256, 256
_ANCHORS = ((28, 2), (14, 2), (7, 6))  # cells along an edge, anchors a cell
_PERSON, _JOINT_SURE, _INSIDE = 0.5, 0.5, 0.5
_AROUND = 1.25  # how much larger than the person's circle the square is that is looked at
_NUMBERS = 5    # of a joint: x, y, z, logit of being visible, logit of being in the picture
_SHOULDERS, _HIPS, _KNEES = (11, 12), (23, 24), (25, 26)
_WIDER = 1.25   # cloth is wider than the joints
# Joints above and below, and how much further a garment reaches, in its width and height: side, top, bottom.
_REGIONS = {"upper": (_SHOULDERS, _HIPS, (0.5, 0.12, 0.15)), "lower": (_HIPS, _KNEES, (0.35, 0.1, 1.0))}
_GROUND = (225, 222, 216)
_LEAST_SHARE = 0.004  # of the photo; a smaller region is not looked at


@dataclass(frozen=True)
class Part:
    """inside: (h, w) bool, of the photo, where the garment surely is. picture: (rows, columns, 3) uint8 sRGB,
    all of the garment, laid on a plain ground as garments lie in the photos that were learned from.
    """

    inside: np.ndarray
    picture: np.ndarray


class Body:
    """Tells body regions apart. Not for use from two threads at once."""

    def __init__(self, folder: Path):
        """Raises ModelError unless LiteRT and the parcel's files, of the expected bytes, are there."""
        check(LOOK, folder)
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError:
            raise ModelError("telling body regions apart: ai-edge-litert is not installed; "
                             "pip install 'showroom[look]'") from None
        with _hushed():
            self._detector, self._joints, self._mask = (
                Interpreter(str(folder / name), num_threads=1) for name in (_DETECTOR, _JOINTS, _MASK))
            for model in (self._detector, self._joints, self._mask):
                model.allocate_tensors()

    @staticmethod
    def load() -> "Body":
        """With the parcel in the user's cache. Raises ModelError."""
        return Body(parcel_folder(LOOK))

    def parts(self, pixels: np.ndarray) -> dict[str, Part]:
        """Those of "upper" and "lower" that are seen of somebody in (h, w, 3) uint8 sRGB; {} if nobody is."""
        picture = Image.fromarray(pixels)
        circle = self._person(picture)
        if circle is None:
            return {}
        joints = self._joint_places(picture, *circle)
        if joints is None:
            return {}
        person, found = self._person_mask(picture), {}
        alone = np.where(person[..., None], pixels, np.uint8(_GROUND))
        for name, (above, below, more) in _REGIONS.items():
            outline = _outline(joints, above, below)
            if outline is None:
                continue
            inside = _polygon(outline, person.shape) & person
            if inside.mean() >= _LEAST_SHARE:
                left, top, right, bottom = _box(outline, more, picture.size)
                found[name] = Part(inside, alone[top:bottom, left:right])
        return found

    def _person(self, picture: Image.Image) -> tuple[np.ndarray, np.ndarray] | None:
        """Centre of the hips and a point on the circle round the body, px; None if nobody is there."""
        width, height = picture.size
        edge = max(width, height)
        square = Image.new("RGB", (edge, edge))
        corner = np.array([(edge - width) // 2, (edge - height) // 2])
        square.paste(picture, tuple(corner.tolist()))
        seen = np.asarray(square.resize((_DETECTOR_PX, _DETECTOR_PX), Image.Resampling.BILINEAR), np.float32)
        boxes, logits = _run(self._detector, seen / 127.5 - 1)
        best = int(logits[0, :, 0].argmax())
        if _sigmoid(logits[0, best, 0]) < _PERSON:
            return None
        points = boxes[0, best, 4:8].reshape(2, 2) / _DETECTOR_PX + _anchor(best)
        return tuple(points * edge - corner)

    def _joint_places(self, picture: Image.Image, centre: np.ndarray,
                      rim: np.ndarray) -> dict[int, np.ndarray] | None:
        """Joint → (2,) px, of those that are read and surely in the picture; None if no body is there."""
        upward = rim - centre
        reach = np.linalg.norm(upward) * _AROUND
        if reach < 1:
            return None
        up = upward / np.linalg.norm(upward)
        right = np.array([-up[1], up[0]])
        per_px = 2 * reach / _JOINTS_PX
        origin = centre - right * reach + up * reach
        across, down = right * per_px, -up * per_px
        seen = picture.transform((_JOINTS_PX, _JOINTS_PX), Image.Transform.AFFINE,
                                 (across[0], down[0], origin[0], across[1], down[1], origin[1]),
                                 Image.Resampling.BILINEAR)
        outputs = _run(self._joints, np.asarray(seen, np.float32) / 255)
        places = next(one for one in outputs if one.shape == (1, 195)).reshape(-1, _NUMBERS)
        there = next(one for one in outputs if one.shape == (1, 1))
        if there[0, 0] < _JOINT_SURE:
            return None
        return {joint: origin + across * places[joint, 0] + down * places[joint, 1]
                for joint in (*_SHOULDERS, *_HIPS, *_KNEES) if _sigmoid(places[joint, 4]) > _JOINT_SURE}

    def _person_mask(self, picture: Image.Image) -> np.ndarray:
        """(h, w) bool: whose pixels are the person's."""
        seen = np.asarray(picture.resize((_MASK_PX, _MASK_PX), Image.Resampling.BILINEAR), np.float32) / 255
        (mask,) = _run(self._mask, seen)
        grey = Image.fromarray((np.clip(mask[0, ..., 0], 0, 1) * 255).astype(np.uint8))
        return np.asarray(grey.resize(picture.size, Image.Resampling.BILINEAR)) > 255 * _INSIDE


@contextlib.contextmanager
def _hushed() -> Iterator[None]:
    """LiteRT tells standard error that it is there, past Python and whatever one asks of it."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _run(model, picture: np.ndarray) -> list[np.ndarray]:
    """What a model says of one picture (h, w, 3) float32."""
    model.set_tensor(model.get_input_details()[0]["index"], picture[None].astype(np.float32))
    model.invoke()
    return [model.get_tensor(one["index"]) for one in model.get_output_details()]


def _anchor(index: int) -> np.ndarray:
    """(2,) the middle of an anchor's cell, 0 to 1: cells row by row, from the finest grid on."""
    for cells, each in _ANCHORS:
        if index < cells * cells * each:
            row, column = divmod(index // each, cells)
            return np.array([(column + 0.5) / cells, (row + 0.5) / cells])
        index -= cells * cells * each
    raise ModelError(f"telling body regions apart: an anchor too many, by {index + 1}; add the models again "
                     "with 'showroom models add look'")


def _outline(joints: dict[int, np.ndarray], above: tuple[int, int],
             below: tuple[int, int]) -> np.ndarray | None:
    """(4, 2) px round a garment between two pairs of joints; None if one of the upper ones is not known.

    Below the picture's edge, where a half-length photo ends, the body is taken to go on straight.
    """
    if not all(joint in joints for joint in above):
        return None
    left, right = (joints[joint] for joint in above)
    if all(joint in joints for joint in below):
        low_left, low_right = (joints[joint] for joint in below)
    else:
        across = right - left
        down = np.array([-across[1], across[0]])
        down = (down if down[1] > 0 else -down) * 1.4
        low_left, low_right = left + down, right + down
    wide = [_widened(left, right), _widened(low_left, low_right)]
    return np.array([wide[0][0], wide[0][1], wide[1][1], wide[1][0]])


def _widened(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    middle = (one + other) / 2
    return middle + (one - middle) * _WIDER, middle + (other - middle) * _WIDER


def _polygon(outline: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    image = Image.new("1", (shape[1], shape[0]))
    ImageDraw.Draw(image).polygon([tuple(map(float, corner)) for corner in outline], fill=1)
    return np.asarray(image)


def _box(outline: np.ndarray, more: tuple[float, float, float],
         size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom px, inside the photo."""
    (left, top), (right, bottom) = outline.min(0), outline.max(0)
    side, above, below = (right - left) * more[0], (bottom - top) * more[1], (bottom - top) * more[2]
    low = np.clip(np.floor([left - side, top - above]), 0, np.array(size) - 1).astype(int)
    high = np.clip(np.ceil([right + side, bottom + below]), low + 1, size).astype(int)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(logit, -100, 100))))
