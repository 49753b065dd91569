"""Makes the touchstone: `python -m showroom.imagine.train.touchstone`; see scripts/train_touchstone.

Every material is painted again and again, in the colours in which one knows it and in any others, smooth and rough,
flat, hung in folds and on a ball, in a lamp's light; looked at from near and far, turned, sharp and blurred, bright
and dark, as photos are. What is said of it is measured on wishes that it was not taught with.
"""

import argparse
import io
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image

from showroom.errors import ShowroomError
from showroom.imagine.backbone import Backbone
from showroom.imagine.colour import srgb
from showroom.imagine.lexicon import load_lexicon
from showroom.imagine.materials import materials
from showroom.imagine.paint import TILES, relief
from showroom.imagine.paint.exact import Exactly
from showroom.imagine.period import period_of
from showroom.imagine.photo_material import TILE_PX
from showroom.imagine.places import place_table
from showroom.imagine.swatch import BALL, FLAT, FOLD, METALS, swatch
from showroom.imagine.touchstone import SHINES, Touchstone, looks, model_folder
from showroom.oklab import lab, lab_from_bytes
from showroom.words.scenespec import Surface
from showroom.words.vocabulary import PLACES

SHOTS = 4          # of a painted tile, the last of something round
WISHES = 10        # of each material, the last quarter of which it is asked about before it is taught with all
_KNOWN = 0.6       # share of wishes in the colours in which one knows a material
_SHRINKAGE = 0.15  # of the covariance towards one without correlations
_PENALTY = 100.0   # of the squared weights of roughness, of looks whose deviation is 1
_OWN = 3           # times that each is painted to see its period and its roughness
Say = Callable[[str], None]


@dataclass(frozen=True)
class Seen:
    """Rows of what was looked at: (n, LOOKS) looks, (n,) which material, (n,) how rough it is, (n,) of which wish."""

    rows: np.ndarray
    labels: np.ndarray
    rough: np.ndarray
    wishes: np.ndarray

    def of(self, chosen: np.ndarray) -> "Seen":
        """Those rows alone."""
        return Seen(self.rows[chosen], self.labels[chosen], self.rough[chosen], self.wishes[chosen])


def known() -> tuple[str, ...]:
    """The materials that a photo may be of: those that something in a place may turn towards."""
    return tuple(name for name in TILES if materials()[name].on)


def seen(names: Sequence[str], wishes: int, say: Say, seed: int = 1) -> Seen:
    """What every material looks like. Raises ModelError."""
    backbone, chance = Backbone.load(), random.Random(seed)
    rows, labels, rough, of_wish = [], [], [], []
    for at, name in enumerate(names):
        for wish in range(wishes):
            want = _wish(chance, name)
            tile = _painted(want, chance.randrange(1 << 30))
            shots = [_photographed(shot, chance) for shot in _shots(*tile, name in METALS, chance)]
            rows.append(looks(backbone, np.stack(shots)))
            labels += [at] * len(shots)
            rough += [want.roughness] * len(shots)
            of_wish += [wish] * len(shots)
        say(f"looked at {name}")
    return Seen(np.concatenate(rows), np.array(labels), np.array(rough), np.array(of_wish))


def own(name: str) -> tuple[float, float]:
    """The period of a material's painter, in shares of a tile, and its roughness: medians of some tiles."""
    import torch

    rows = []
    for seed in range(_OWN):
        want = replace(_worn(name)[0], painter=name, relief=0.5)
        with torch.no_grad(), Exactly():
            layers = TILES[name](want, TILE_PX, seed)
            rough = float(layers.roughness.mean())
            flat = swatch(*relief.finish(layers, replace(want, roughness=min(max(rough, 0.0), 1.0)), TILE_PX), TILE_PX)
        rows.append((period_of(lab_from_bytes(flat)).px / TILE_PX, rough))
    return tuple(map(float, np.median(rows, axis=0)))


def fit(shown: Seen, names: Sequence[str], owns: Sequence[tuple[float, float]]) -> Touchstone:
    """Linear discriminants of materials, and ridge regression of roughness.

    Source: Fisher 1936; Friedman 1989, "Regularized Discriminant Analysis".
    """
    mean, deviation = shown.rows.mean(axis=0), shown.rows.std(axis=0) + 1e-3
    even = ((shown.rows - mean) / deviation).astype(np.float64)
    middles = np.array([even[shown.labels == at].mean(axis=0) for at in range(len(names))])
    inside = even - middles[shown.labels]
    spread = inside.T @ inside / len(inside)
    spread = (1 - _SHRINKAGE) * spread + _SHRINKAGE * np.eye(len(spread)) * np.trace(spread) / len(spread)
    weights = np.linalg.solve(spread, middles.T)
    bias = -0.5 * (middles.T * weights).sum(axis=0)
    shine = even[:, -SHINES:]
    towards = shine.T @ (shown.rough - shown.rough.mean())
    rough = np.zeros(len(spread))
    rough[-SHINES:] = np.linalg.solve(shine.T @ shine + _PENALTY * np.eye(SHINES), towards)
    weights = np.column_stack([weights, rough]) / deviation[:, None]
    bias = np.append(bias, 0.0) - mean @ weights
    return Touchstone(tuple(names), *zip(*owns), weights.astype(np.float32), bias.astype(np.float32))


def figures(stone: Touchstone, asked: Seen) -> dict[str, float]:
    """How often the first, or one of the first three, is right; correlation of the roughness, and where it is round."""
    said = asked.rows @ stone.weights + stone.bias
    ranked = np.argsort(-said[:, :-1], axis=1)
    right = ranked == asked.labels[:, None]
    round_ = slice(SHOTS - 1, None, SHOTS)
    return {"first": float(right[:, 0].mean()), "first three": float(right[:, :3].any(axis=1).mean()),
            "roughness": float(np.corrcoef(said[:, -1], asked.rough)[0, 1]),
            "roughness of what is round": float(np.corrcoef(said[round_, -1], asked.rough[round_])[0, 1])}


def main(argv: Sequence[str] | None = None) -> int:
    """Makes it; prints its figures on wishes held out."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--out", type=Path, default=model_folder(), metavar="FOLDER", help="where it is written")
    parser.add_argument("--wishes", type=int, default=WISHES, metavar="N", help=f"of each material ({WISHES})")
    parser.add_argument("--looked", type=Path, metavar="FILE.npz", help="keeps what was looked at, or has it")
    args = parser.parse_args(argv)
    try:
        names = known()
        owns = [own(name) for name in names]
        shown = _looked(names, args.wishes, args.looked)
        held = shown.wishes >= args.wishes - max(1, args.wishes // 4)
        for name, value in figures(fit(shown.of(~held), names, owns), shown.of(held)).items():
            print(f"{name}: {value:.3f}")
        fit(shown, names, owns).save(args.out)
    except (ShowroomError, OSError) as error:
        print(f"train_touchstone: {error}", file=sys.stderr)
        return getattr(error, "exit_code", 1)
    return 0


def _looked(names: Sequence[str], wishes: int, kept: Path | None) -> Seen:
    if kept and kept.exists():
        with np.load(kept) as held:
            return Seen(*(held[key] for key in ("rows", "labels", "rough", "wishes")))
    shown = seen(names, wishes, lambda line: print(line, file=sys.stderr, flush=True))
    if kept:
        np.savez(kept, **vars(shown))
    return shown


# Wishes and photos -------------------------------------------------------------------------------


def _wish(chance: random.Random, name: str) -> Surface:
    like = chance.choice(_worn(name))
    if chance.random() < _KNOWN:
        first, second = (_near(chance, colour) for colour in (like.srgb, like.accent_srgb))
    else:
        first, second = (_any(chance) for _ in range(2))
    return replace(like, painter=name, srgb=first, accent_srgb=second, roughness=chance.uniform(0.08, 0.97),
                   wetness=like.wetness * chance.random(), relief=chance.uniform(0.25, 0.75),
                   scale_m=like.scale_m * chance.uniform(0.7, 1.4))


def _worn(name: str) -> list[Surface]:
    """Surfaces that wear a material in the places' tables; of one that none wears, in the colours of its notes."""
    surfaces = [surface for place in PLACES for surface in place_table(place).surfaces.values()]
    own = [surface for surface in surfaces if surface.painter == name]
    brought = materials()[name].characters
    pairs = [note.colours for note in load_lexicon().notes if note.name in brought]
    plain = next(surface for surface in surfaces if surface.painter == "linen")
    return own or [replace(plain, srgb=colours[0], accent_srgb=colours[-1]) for colours in pairs] or [plain]


def _near(chance: random.Random, colour: str) -> str:
    return srgb(lab(colour) + np.array([chance.gauss(0, 0.06), chance.gauss(0, 0.02), chance.gauss(0, 0.02)]))


def _any(chance: random.Random) -> str:
    return srgb(np.array([chance.uniform(0.2, 0.9), chance.gauss(0, 0.08), chance.gauss(0, 0.08)]))


def _painted(want: Surface, seed: int) -> tuple[np.ndarray, np.ndarray]:
    import torch

    with torch.no_grad(), Exactly():
        return relief.finish(TILES[want.painter](want, TILE_PX, seed), want, TILE_PX)


def _shots(color: np.ndarray, detail: np.ndarray, metal: bool, chance: random.Random) -> Iterator[np.ndarray]:
    """(256, 256, 3) pictures: the tile, a part of it, four of them, and something round."""
    flat = swatch(color, detail, TILE_PX, FLAT, float(metal))
    yield flat
    yield _part(flat, chance.randrange(TILE_PX * 2 // 5, TILE_PX * 4 // 5), chance)
    yield np.tile(_sized(flat, TILE_PX // 2), (2, 2, 1))
    yield _part(swatch(color, detail, TILE_PX, chance.choice((FOLD, BALL)), float(metal)), TILE_PX * 5 // 8, None)


def _part(picture: np.ndarray, edge: int, chance: random.Random | None) -> np.ndarray:
    """A square of it, enlarged; from anywhere, or the middle."""
    most = len(picture) - edge
    top, left = (chance.randrange(most + 1) if chance else most // 2 for _ in range(2))
    return _sized(picture[top : top + edge, left : left + edge], TILE_PX)


def _sized(picture: np.ndarray, edge: int) -> np.ndarray:
    way = Image.Resampling.BOX if edge < len(picture) else Image.Resampling.BICUBIC
    return np.asarray(Image.fromarray(picture).resize((edge, edge), way))


def _photographed(picture: np.ndarray, chance: random.Random) -> np.ndarray:
    """The same turned, brighter or darker, out of focus, noisy, and saved as photos are."""
    turned = np.rot90(picture, chance.randrange(4))[:, :: chance.choice((1, -1))]
    bright = 255 * (turned / 255.0) ** np.exp(chance.gauss(0, 0.2))
    noisy = bright + np.random.default_rng(chance.randrange(1 << 30)).normal(0, chance.uniform(0, 4), bright.shape)
    shown = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    if chance.random() < 0.5:
        shown = Image.fromarray(_sized(_sized(np.asarray(shown), round(TILE_PX * chance.uniform(0.4, 0.9))), TILE_PX))
    file = io.BytesIO()
    shown.save(file, "JPEG", quality=chance.randrange(60, 96))
    return np.asarray(Image.open(file))


if __name__ == "__main__":
    sys.exit(main())
