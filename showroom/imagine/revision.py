"""Revisions of what makes assets: a digest of the sources, known without importing them.

Painters may load torch; the cache must be asked without that.
"""

import functools
import hashlib
from pathlib import Path

from showroom import paths

_PACKAGE = Path(__file__).resolve().parents[1]

# What a painted surface's and a grown part's bytes come from, beside the spec and numpy or torch.
PAINTING = ("imagine/paint", "imagine/leaning.py", "imagine/mips.py", "imagine/skylight.py", "srgb.py",
            "words/image.py")
LEARNING = (*PAINTING, "imagine/learned_surface.py", "imagine/fine_scales.py", "imagine/painter_model.py",
            "imagine/painter_drafts.py", "imagine/painter_noise.py", "imagine/painter_ops.py", "imagine/sorts.py",
            "imagine/assay.py", "oklab.py")
REPAINTING = (*PAINTING, "imagine/diffusion.py", "imagine/wrapping.py", "imagine/assay.py", "imagine/colour.py",
              "oklab.py")
GROWING = ("imagine/grow", "imagine/leaning.py", "imagine/colour.py", "words/geometry.py", "words/material.py",
           "words/motion.py", "words/hall.py", "words/view.py", "oklab.py", "srgb.py")
# What a product's model comes to, beside its own bytes.
READING = ("imagine/gltf", "imagine/mips.py", "words/geometry.py", "words/material.py", "words/model_maps.py",
           "words/motion.py", "srgb.py")
# What a spec comes from: the model, the lexicon and the tables of places and materials, and all that reads them.
UNDERSTANDING = ("imagine/*.py", "text.py", "srgb.py", "oklab.py", "words/light.py", "assets/lexicon",
                 "assets/models/nose", "assets/places", "assets/materials.toml")


@functools.cache
def revision_of(parts: tuple[str, ...]) -> str:
    """First 16 hex digits of the SHA-256 of these parts' names and sources.

    parts : packages, files and patterns of `showroom`, or folders of assets, such as PAINTING. A
            changed byte in any of them is another revision.
    """
    digest = hashlib.sha256()
    for part in parts:
        root, pattern = (paths.ASSETS, part.removeprefix("assets/")) if part.startswith("assets/") else (_PACKAGE, part)
        for place in sorted(root.glob(pattern)):
            for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
                if file.is_file() and "__pycache__" not in file.parts:
                    content = file.read_bytes()
                    digest.update(f"{file.relative_to(root).as_posix()} {len(content)}\n".encode())
                    digest.update(content)
    return digest.hexdigest()[:16]
