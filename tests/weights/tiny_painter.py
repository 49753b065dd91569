"""A painter too small to have learned anything, with random weights: it runs all the real code."""

import os
from pathlib import Path

import torch

from showroom.imagine import brushes, painter_store
from showroom.imagine.make import make
from showroom.imagine.painter_model import PainterConfig, PainterModel
from showroom.imagine.painter_store import save_model
from showroom.imagine.sorts import SORT_OF, kind_of
from showroom.words.scenespec import Surface
from showroom.words.vocabulary import ACCORDS, SURFACES

MIXED = Surface("silk", "#a05068", "#e0c0b0", 0.4, 0.1, 0.5, 0.6, "petal", 0.4)
UNLOVED = Surface("moss", "#4a6038", "#202810", 0.8, 0.3, 0.5, 0.6, "rock", 0.3)  # the recipe is preferred
ALIKE = Surface("leather", "#5a3828", "#302018", 0.5, 0.0, 0.5, 0.6, likeness=(0.5, -1.0, 2.0))


def tiny_painter(**sizes) -> PainterModel:
    """Its weights follow from a fixed seed."""
    torch.manual_seed(0)
    config = PainterConfig(channels=(16, 8, 8, 8, 8), condition=16, materials=sorted(SORT_OF), accords=ACCORDS,
                           kinds=SURFACES, preferred=sorted([kind_of(MIXED), kind_of(ALIKE)]))
    for name, size in sizes.items():
        setattr(config, name, size)
    model = PainterModel(config)
    with torch.no_grad():
        model.material_vectors.normal_()
        for level in model.levels:
            level.out.weight.mul_(torch.tensor([0.01, 0.01, 0.01, 0.002, 0.01])[:, None, None, None])
    return model.eval()


def save_tiny(folder: Path) -> Path:
    """Writes it to a folder."""
    save_model(tiny_painter(), folder)
    return folder


FOLDER, DIARY = "TINY_PAINTER", "TINY_PAINTER_DIARY"  # of the environment: a folder and a file


def make_by_tiny(request, nose, cache, hands):
    """As `make`, in a worker, with the tiny painter for the one that ships; notes when it begins and ends to paint."""
    paint = brushes._by_learning

    def noting(spec, surface, size_px, between):
        _note(f"begins {size_px}")
        painted = paint(spec, surface, size_px, between)
        _note(f"ends {size_px}")
        return painted

    painter_store.model_folder = lambda: Path(os.environ[FOLDER])
    brushes._by_learning = noting
    try:
        yield from make(request, nose, cache, hands)
    finally:
        brushes._by_learning = paint


def _note(line: str) -> None:
    with open(os.environ[DIARY], "a", encoding="utf-8") as file:
        file.write(line + "\n")
