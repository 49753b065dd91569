"""The pictures of docs/painter.md: twelve perfumes, each by recipes and with its mixed surfaces learned.

    .venv/bin/python scripts/painter_pictures.py [--out FOLDER] [NAME …]

Above, the place as one finds it, and the same with every surface that lies between two materials painted by the
learned painter; beneath, those surfaces in neutral light, the recipe's left and the learned painter's right.
"""

import argparse
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from showroom.app.requests import make_now, request_for
from showroom.app.still import StillCamera
from showroom.errors import ShowroomError
from showroom.imagine.gauge.blind import Case, both
from showroom.imagine.learned_surface import paint_learned
from showroom.imagine.paint import paint
from showroom.imagine.painter_store import load_model
from showroom.words.image import Image as Rows
from showroom.words.request import LEARNED, RECIPE
from showroom.words.scenespec import SceneSpec

_SIZE = (640, 360)
_TIME_S = 6.0
_SWATCH_PX, _PAINTED_PX, _GAP_PX, _WORDS_PX = 320, 512, 6, 26
_QUALITY = 74
_PAPER, _INK = 252, 40


@dataclass(frozen=True)
class Perfume:
    """notes: all that is told of it.   surface: the one whose swatches are shown.

    yaw, pitch : where one looks, degrees.
    """

    name: str
    notes: str
    surface: str
    yaw: float = 0.0
    pitch: float = -14.0


PERFUMES = (
    Perfume("petal", "rose, peony, white musk", "plinth"),
    Perfume("comb", "honey, beeswax, orange blossom", "plinth"),
    Perfume("salt", "bergamot, sea salt, driftwood, ambergris", "plinth"),
    Perfume("hide", "leather, tobacco, rum, birch tar", "drape", 24.0, -4.0),
    Perfume("amber", "amber, benzoin, sea salt", "plinth"),
    Perfume("spice", "cinnamon, clove, orange peel, rum", "plinth"),
    Perfume("moss", "patchouli, earth, vetiver, moss", "plinth"),
    Perfume("peel", "mandarin, grapefruit, sea salt", "plinth"),
    Perfume("paper", "violet, iris, leather, paper", "drape", 24.0, -4.0),
    Perfume("suede", "black tea, osmanthus, apricot, leather", "plinth"),
    Perfume("wool", "cashmere wood, musk, vanilla", "drape"),
    Perfume("rose_silk", "olibanum, myrrh, velvet rose, smoke", "drape"),
)


def main() -> int:
    """Draws what is asked for; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "docs" / "painter")
    parser.add_argument("names", nargs="*", metavar="NAME")
    told = parser.parse_args()
    chosen = [one for one in PERFUMES if not told.names or one.name in told.names]
    told.out.mkdir(parents=True, exist_ok=True)
    try:
        model, camera = load_model(), StillCamera(_SIZE)
        for one in chosen:
            file = told.out / f"{one.name}.jpg"
            Image.fromarray(_page(one, model, camera)).save(file, quality=_QUALITY, optimize=True, progressive=True)
            print(file, flush=True)
        camera.close()
    except ShowroomError as error:
        print(f"painter_pictures: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def _page(one: Perfume, model, camera: StillCamera) -> np.ndarray:
    by_recipes = list(make_now(replace(request_for(text=one.notes), painter=RECIPE)))
    spec = next(value for value in by_recipes if isinstance(value, SceneSpec))
    stills = [_still(camera, one, values) for values in (by_recipes, list(_with_learned(one, by_recipes, spec)))]
    case = Case(spec, one.surface)
    swatches = [both(case, painted, _SWATCH_PX) for painted in (
        paint(spec, one.surface, _PAINTED_PX), paint_learned(model, spec, one.surface, _PAINTED_PX))]
    page = np.concatenate([_beside(*stills), _rule(2 * _SIZE[0] + _GAP_PX), _beside(*swatches)])
    return np.concatenate([page, _label(case.words, page.shape[1])])


def _with_learned(one: Perfume, by_recipes: list, spec: SceneSpec) -> Iterator:
    """The place by recipes, but for what lies between two materials."""
    between = {name for name, surface in spec.surfaces.items() if surface.also}
    learned = make_now(replace(request_for(text=one.notes), painter=LEARNED))
    swapped = [value for value in learned if isinstance(value, Rows) and value.surface in between]
    for value in by_recipes:
        if isinstance(value, Rows) and value.surface in between:
            yield from swapped
            swapped = []
        else:
            yield value


def _still(camera: StillCamera, one: Perfume, values: list) -> np.ndarray:
    camera.show(values, "place", _TIME_S)
    camera.look(-math.radians(one.yaw), math.radians(one.pitch))
    return camera.picture(_TIME_S)[0]


def _beside(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    gap = np.full((left.shape[0], _GAP_PX, 3), _PAPER, np.uint8)
    return np.concatenate([left, gap, right], axis=1)


def _rule(width: int) -> np.ndarray:
    return np.full((_GAP_PX, width, 3), _PAPER, np.uint8)


def _label(text: str, width: int) -> np.ndarray:
    picture = Image.new("RGB", (width, _WORDS_PX), (_PAPER,) * 3)
    ImageDraw.Draw(picture).text((4, 4), f"{text}   (left: recipe, right: learned)", fill=(_INK,) * 3,
                                 font=ImageFont.load_default(15))
    return np.asarray(picture)


if __name__ == "__main__":
    sys.exit(main())
