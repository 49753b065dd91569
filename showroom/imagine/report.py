"""The report of a bake: pages of HTML with a contact sheet and every surface's figures, for content people."""

import contextlib
import html
from collections.abc import Iterator
from pathlib import Path

from showroom import paths
from showroom.imagine.assay import LIMITS, Assay
from showroom.imagine.bake import Baked
from showroom.imagine.cache import unwritable

PLACES_A_PAGE = 50
INDEX = "report.html"

_STYLE = """
body { margin: 2rem auto; max-width: 76rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif;
       color: #223; background: #f7f6f3 }
h1 { font-weight: 500 } h2 { font-weight: 500; margin: 2rem 0 .5rem } a { color: #345a7a }
.sheet { display: flex; flex-wrap: wrap; gap: .75rem }
figure { margin: 0; padding: .5rem; background: #fff; border-radius: 6px; box-shadow: 0 1px 3px #0002 }
figure img { height: 96px; display: block; background: repeating-conic-gradient(#ddd 0 25%, #fff 0 50%) 0/12px 12px }
figcaption { font-size: 12px; max-width: 12rem } td, th { padding: .1rem .8rem .1rem 0; text-align: left }
.fault { color: #a02020 } figure.fault { outline: 2px solid #c03030 } .quiet { color: #778 }
"""
_FIGURES = ("seam", "pole", "clipped", "palette")


class Report:
    """Takes places one by one, and writes a page whenever it is full; see `writing`."""

    def __init__(self, folder: Path, title: str):
        self._folder, self._title = folder, title
        self._sections: list[str] = []
        self._pages: list[tuple[str, str, str]] = []  # file, first and last place on it
        self._names: list[str] = []
        self._baked = self._failed = 0
        self._failures: list[str] = []

    def add(self, place: Baked) -> None:
        """Takes one place."""
        self._sections.append(_section(place))
        self._names.append(place.name)
        self._baked += not place.error
        if place.error:
            self._failed += 1
            if len(self._failures) < PLACES_A_PAGE:
                self._failures.append(f"<li><a href='{self._page_name()}#{_text(place.name)}'>{_text(place.name)}</a>: "
                                      f"<span class='fault'>{_text(place.error)}</span></li>")
        if len(self._sections) == PLACES_A_PAGE:
            self._turn()

    def finish(self) -> None:
        """Writes what is left, and the index."""
        if self._sections:
            self._turn()
        rows = "".join(f"<li><a href='{file}'>{_text(first)} … {_text(last)}</a></li>"
                       for file, first, last in self._pages)
        failures = f"<h2>Not whole</h2><ul>{''.join(self._failures)}</ul>" if self._failures else ""
        limits = ", ".join(f"{name} at most {limit:g}" for name, limit in LIMITS.items())
        body = (f"<h1>{_text(self._title)}</h1><p>{self._baked} places baked, {self._failed} not whole. "
                f"<span class='quiet'>Limits: {limits}.</span></p>{failures}<h2>Places</h2><ul>{rows}</ul>")
        self._write(INDEX, body)

    def _page_name(self) -> str:
        return f"report-{len(self._pages) + 1:04d}.html"

    def _turn(self) -> None:
        name = self._page_name()
        body = f"<p><a href='{INDEX}'>All places</a></p>{''.join(self._sections)}"
        self._write(name, f"<h1>{_text(self._title)}</h1>{body}")
        self._pages.append((name, self._names[0], self._names[-1]))
        self._sections, self._names = [], []

    def _write(self, name: str, body: str) -> None:
        page = (f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{_text(self._title)}</title>"
                f"<style>{_STYLE}</style><body>{body}</body></html>\n")
        with paths.aside(self._folder / name) as file:
            file.write_text(page, encoding="utf-8")


@contextlib.contextmanager
def writing(folder: Path, title: str) -> Iterator[Report]:
    """A report to add places to, in `folder`. Raises CacheError if it cannot be written."""
    report = Report(folder, title)
    try:
        yield report
        report.finish()
    except OSError as error:
        raise unwritable(f"the report in {folder}", error, "choose another with --out") from error


def _section(place: Baked) -> str:
    made = f"{place.made} of {len(place.assets)} assets made in {place.seconds:.1f} s, {place.size_bytes / 1e6:.1f} MB"
    fault = f"<p class='fault'>{_text(place.error)}</p>" if place.error else ""
    told = "".join(f"<p class='quiet'>{_text(line)}</p>" for line in place.remarks)
    sheet = "".join(map(_figure, place.assays))
    return (f"<h2 id='{_text(place.name)}'>{_text(place.name)}</h2><p class='quiet'>{made}</p>{fault}{told}"
            f"<div class='sheet'>{sheet}</div>")


def _figure(assay: Assay) -> str:
    values = ((name, getattr(assay, name)) for name in _FIGURES)
    rows = "".join(f"<tr><th>{name}</th><td>{value:.3f}</td></tr>" for name, value in values if value is not None)
    fault = " class='fault'" if assay.faults else ""
    said = "".join(f"<p class='fault'>{_text(line)}</p>" for line in assay.faults)
    return (f"<figure{fault}><img src='data:image/png;base64,{assay.thumbnail}' alt='{_text(assay.surface)}'>"
            f"<figcaption><b>{_text(assay.surface)}</b> <span class='quiet'>{_text(assay.painter)}, {assay.size_px} px"
            f"</span><table>{rows}</table>{said}</figcaption></figure>")


def _text(said: str) -> str:
    return html.escape(said, quote=True)
