"""Baked specs: what ships beside a catalogue, so that its products never wait for the model."""

import json
from pathlib import Path

from showroom import paths
from showroom.catalogue import Catalogue, place_digest
from showroom.imagine.nose import Nose
from showroom.words.vocabulary import LANGUAGES


def write_specs(catalogue: Catalogue, nose: Nose, folder: Path | None = None) -> list[Path]:
    """Imagines every product and writes `<id>.json` where it differs from what lies there: the spec with
    its reasons in English, and the reasons in the shop's other languages.

    folder  : `assets/specs` by default; made if missing.
    Returns : the files that were written, in the catalogue's order.
    Raises  : InputError for a product that says nothing; OSError.
    """
    folder = folder or paths.ASSETS / "specs"
    written = []
    for product in catalogue.products:
        plain = nose.imagine(product).to_plain()
        why = {language: nose.imagine(product, language=language).to_plain()["why"]
               for language in LANGUAGES if language != "en"}
        baked = {"product": place_digest(product), "spec": plain, "why": why}
        text = json.dumps(baked, indent=1, ensure_ascii=False) + "\n"
        path = folder / f"{product.id}.json"
        if not path.is_file() or path.read_text("utf-8") != text:
            with paths.aside(path) as file:
                file.write_text(text, "utf-8")
            written.append(path)
    return written
