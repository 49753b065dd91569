"""The scribe's fonts: where they are, which one draws which letter, and how wide a text comes out.

Two hands: "display" for names and sentences (Cormorant Garamond) and "text" for what is read small (EB
Garamond), each beside Noto Serif SC for Chinese. Each is a chain: a letter that the first font lacks is drawn
by the next that has it, and one that none has is left out, for a visitor is not shown boxes.
"""

import contextlib
import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

DISPLAY, TEXT = "display", "text"
_PACKAGES = ("fontpkg-cormorant-garamond", "fontpkg-eb-garamond", "pylopdf-fonts-zh-cn")
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
# what a system may have instead, best first, and which face of a collection is simplified Chinese
_SYSTEM = (("NotoSerifSC-Regular.otf", 0), ("NotoSerifCJK-Regular.ttc", 2), ("NotoSansSC-Regular.otf", 0),
           ("NotoSansCJK-Regular.ttc", 2), ("NotoSerif-Regular.ttf", 0), ("DejaVuSerif.ttf", 0),
           ("DejaVuSans.ttf", 0))
_NOWHERE = "\U0010FFFE"  # a code point that no font may have a letter for
_NOBODY = object()  # no font has the character
_SHARED_MARKS = "“”‘’…—"  # written full-width in Chinese and narrow elsewhere


@dataclass(frozen=True)
class Source:
    """A font file.   index: its face in a collection.   weight: of a variable font; 0: it has one weight."""

    path: str
    index: int = 0
    weight: int = 0


@functools.cache
def sources(hand: str) -> tuple[Source | None, ...]:
    """The chain of a hand, best first; None stands for Pillow's own letters."""
    installed = _there()
    wanted = (_PACKAGES[0] if hand == DISPLAY else _PACKAGES[1], _PACKAGES[2])
    return (*(installed[name] for name in wanted if name in installed), *_of_system(), None)


def lacking() -> str:
    """One line on the fonts that are not installed and what is used instead, or ""."""
    missing = [name for name in _PACKAGES if name not in _there()]
    if not missing:
        return ""
    used = ", ".join(Path(source.path).name if source else "Pillow's own" for source in sources(DISPLAY))
    return (f"lettering signs: the fonts of {' and '.join(missing)} are missing; what there is instead ({used}) "
            "is used; install them with pip")


def _there() -> dict[str, Source]:
    return {name: source for name, source in _installed().items() if source and os.path.isfile(source.path)}


def _installed() -> dict[str, Source | None]:
    """The fonts that come as packages, by the packages' names."""
    found: dict[str, Source | None] = dict.fromkeys(_PACKAGES)
    with contextlib.suppress(ImportError):
        import fontpkg_cormorant_garamond as cormorant

        path = cormorant.ROOT / "files" / "CormorantGaramond[wght].ttf"
        found[_PACKAGES[0]] = Source(str(path), weight=600)
    with contextlib.suppress(ImportError):
        import fontpkg_eb_garamond as garamond

        found[_PACKAGES[1]] = Source(str(garamond.ROOT / "files" / "EBGaramond[wght].ttf"), weight=470)
    with contextlib.suppress(ImportError):
        import pylopdf_fonts_zh_cn as noto

        found[_PACKAGES[2]] = Source(str(noto.serif_path()))
    return found


@functools.cache
def _system_files() -> dict[str, str]:
    """Path by file name of those system fonts that are known here."""
    names = {name for name, _ in _SYSTEM}
    files = [path for folder in _FOLDERS for path in sorted(Path(folder).expanduser().rglob("*.[ot]t[fc]"))]
    return {path.name: str(path) for path in files if path.name in names}


def _of_system() -> list[Source]:
    files = _system_files()
    return [Source(files[name], index) for name, index in _SYSTEM if name in files]


@functools.lru_cache(256)
def _opened(source: Source | None, px: int):
    if source is None:
        return ImageFont.load_default(px)
    font = ImageFont.truetype(source.path, px, source.index)
    if source.weight:
        font.set_variation_by_axes([source.weight])
    return font


@functools.lru_cache(8192)
def _has(source: Source | None, character: str) -> bool:
    """Whether a font can draw a character: what it cannot draws as U+10FFFE does."""
    font = _opened(source, 24)
    drawn, box = font.getmask(character), font.getmask(_NOWHERE)
    return character.isspace() or drawn.size != box.size or bytes(drawn) != bytes(box)


def is_wide(character: str) -> bool:
    """Whether it belongs to Chinese writing: its signs and their full-width marks."""
    return character >= "\u2E80" and not "\uFB00" <= character <= "\uFDFF"


@dataclass(frozen=True)
class Face:
    """A hand at a size.

    px : em size.   tracking : space added after each letter, in em.   features : OpenType features.
    stroke : px by which every letter is fatter all round.
    """

    hand: str
    px: int
    language: str = "en"
    tracking: float = 0.0
    features: tuple[str, ...] = ()
    stroke: int = 0

    def width(self, text: str) -> float:
        """Width of one line in px."""
        return _width(self, text)

    def _measured(self, text: str) -> float:
        advances = sum(self._advance(source, run) for source, run in self.runs(text))
        return advances - bool(text) * self.tracking * self.px

    def draw(self, pen, x: float, baseline: float, text: str) -> None:
        """Draws one line with an ImageDraw of mode "L", from x on."""
        for source, run in self.runs(text):
            font = self._font(source)
            for piece in run if self.tracking else (run,):
                pen.text((x, baseline), piece, fill=255, font=font, anchor="ls",
                         features=self._features(font), stroke_width=self.stroke)
                x += self._advance(source, piece)

    def runs(self, text: str) -> Iterator[tuple[Source | None, str]]:
        """The text in pieces of one font each; characters that no font has are left out."""
        current, run = None, ""
        for character in text:
            source = current if run and character.isspace() else self._source(character)
            if source is _NOBODY:
                continue
            if run and source != current:
                yield current, run
                run = ""
            current, run = source, run + character
        if run:
            yield current, run

    def _source(self, character: str):
        chain = sources(self.hand)
        chinese = is_wide(character) or (self.language == "zh" and character in _SHARED_MARKS)
        order = [*chain[1:], chain[0]] if chinese else chain
        return next((source for source in order if _has(source, character)), _NOBODY)

    def _font(self, source):
        # Chinese signs fill their square: among Latin letters of the same size they are too large
        alone = self.hand == TEXT and self.language == "zh"
        shrink = 1.0 if alone or source == sources(self.hand)[0] else 0.9
        return _opened(source, max(1, round(self.px * shrink)))

    def _advance(self, source, run: str) -> float:
        font = self._font(source)
        return font.getlength(run, features=self._features(font)) + len(run) * self.tracking * self.px

    def _features(self, font) -> list[str] | None:
        shapes = font.layout_engine == ImageFont.Layout.RAQM
        return list(self.features) if self.features and shapes else None


@functools.lru_cache(4096)
def _width(face: Face, text: str) -> float:
    return face._measured(text)
