"""Laying out a sign: which text stands where on a caption, a card or a choice, in pixels.

A panel has 1,200 px a metre, 42 to a degree at the two metres that signs hang at: no line is lower than
that degree. What does not fit at its best size is set smaller, then a description is shortened, then notes.
"""

from dataclasses import dataclass, field, replace

from showroom.imagine.scribe.fonts import DISPLAY, TEXT, Face
from showroom.imagine.scribe.lines import broken, fits, tidy
from showroom.words.sign import CARD, CHOICE, CHOSEN, CURSOR, FILLING, SIZES_M, STEPS, Writing

PX_A_M = 1200
LEAST_PITCH_PX = 42  # 1° at 2 m: 2 · 2 m · tan(0.5°)
IVORY, DIM, GOLD, INK = "ivory", "dim", "gold", "ink"  # what a text is written in
RULE, RING, ARC, CODE, LOZENGE = "rule", "ring", "arc", "code", "lozenge"
CODE_PX = 540
MARGIN_PX = 26  # round the glass, for its shadow
_SIZES = (1.0, 0.93, 0.87, 0.81, 0.75)
_FEWER = ((4, 3), (3, 2), (2, 2), (1, 2), (1, 1), (0, 1))  # lines of a description, and of a row of notes
_MOST_AIR = 0.9
_MOST_LINES = 16  # of a writing


@dataclass(frozen=True)
class Line:
    """One line of text. x: its left end.   baseline: px from the top."""

    text: str
    face: Face
    x: float
    baseline: float
    ink: str = IVORY


@dataclass(frozen=True)
class Mark:
    """Something that is drawn: an accent (see marks.py), a rule, a ring, an arc, a code or a lozenge.

    x, y : its middle.   size : its width.   share : of an arc, 0 to 1.   text : of a code.
    """

    kind: str
    x: float
    y: float
    size: float
    share: float = 0.0
    text: str = ""


@dataclass
class Page:
    """size: px.   box: (left, top, right, bottom) of the glass; () for none.

    framed : a second line inside its edge.   lit : it glows round its edge.   gilt : the glass itself is gold.
    """

    size: tuple[int, int]
    box: tuple[float, ...] = ()
    radius: float = 30.0
    lit: bool = False
    gilt: bool = False
    framed: bool = False
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def page_of(writing: Writing) -> Page:
    """Where everything of a writing stands."""
    pages = {CARD: _card, CHOICE: _choice, CURSOR: _cursor, FILLING: _filling}
    return pages.get(writing.kind, _caption)(writing)


def size_px(kind: str) -> tuple[int, int]:
    """(width, height) of a kind's panel."""
    return tuple(round(edge * PX_A_M) for edge in SIZES_M[kind])


# Captions and choices ---------------------------------------------------------------------------------

def _caption(writing: Writing) -> Page:
    """A sentence in a glass that is no wider than it needs."""
    size = width, height = size_px(writing.kind)
    most = width - 2 * (MARGIN_PX + 62)
    below = tidy(writing.lines[0], writing.language) if writing.lines else ""
    title = tidy(writing.title, writing.language)
    room = 1 if below else 2
    face = _fitting(title, Face(DISPLAY, 70, writing.language), most, room, 50)
    if not below and not fits(title, face.width, most, room):
        room, face = 3, _fitting(title, face, most, 3, 40)
    small = Face(TEXT, 38, writing.language)
    rows = [(text, face, IVORY) for text in broken(title, face.width, most, room)]
    rows += [(text, small, DIM) for text in broken(below, small.width, most, 1)]
    pitches = [max(LEAST_PITCH_PX, 1.14 * row[1].px) for row in rows]
    wide = max((row[1].width(row[0]) for row in rows), default=0) + 2 * 62
    tall = min(sum(pitches) + 64, height - 2 * MARGIN_PX)
    middle_x, middle_y = width / 2, height / 2
    box = (middle_x - wide / 2, middle_y - tall / 2, middle_x + wide / 2, middle_y + tall / 2)
    page = Page(size, _round(*box), min(tall / 2, 44))
    top = middle_y - sum(pitches) / 2
    for (text, used, ink), pitch in zip(rows, pitches):
        page.lines.append(_centred(text, used, middle_x, top + pitch / 2, ink))
        top += pitch
    return page


def _choice(writing: Writing) -> Page:
    size = width, height = size_px(writing.kind)
    box = (MARGIN_PX, MARGIN_PX, width - MARGIN_PX, height - MARGIN_PX)
    page = Page(size, box, (box[3] - box[1]) / 2, lit=writing.lit, gilt=writing.lit, framed=True)
    title = tidy(writing.title, writing.language)
    most = width - 2 * (MARGIN_PX + 40)
    face = _fitting(title, Face(DISPLAY, 62, writing.language, 0.01), most, 1, 40)
    chosen = CHOSEN in writing.lines
    # dark on light looks thinner than light on dark
    face, ink = (replace(face, stroke=1), INK) if writing.lit else (face, GOLD if chosen else IVORY)
    for text in broken(title, face.width, most, 1):
        page.lines.append(_centred(text, face, width / 2, height / 2, ink))
    if chosen:
        beside = MARGIN_PX + 36
        page.marks = [Mark(LOZENGE, x, height / 2, 16) for x in (beside, width - beside)]
    return page


def _cursor(writing: Writing) -> Page:
    """No glass and no words."""
    size = width, height = size_px(writing.kind)
    return Page(size, marks=[Mark(RING, width / 2, height / 2, width)])


def _filling(writing: Writing) -> Page:
    """A ring that is full at STEPS. What is no number fills nothing."""
    size = width, height = size_px(writing.kind)
    share = min(int(writing.title) / STEPS, 1.0) if writing.title.isdecimal() else 0.0
    return Page(size, marks=[Mark(ARC, width / 2, height / 2, width, share)])


# Cards ------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class _Row:
    """One of a writing's lines: an accent's name, a label, a text."""

    accent: str
    label: str
    text: str


def _rows(writing: Writing) -> tuple[str, list[str], list[_Row]]:
    """The kind, plain lines below it, and rows (see Writing)."""
    plain, rows = [], []
    for line in writing.lines[:_MOST_LINES]:
        cells = [tidy(cell, writing.language) for cell in line.split("\t")]
        if len(cells) == 1:
            plain.append(cells[0])
        else:
            rows.append(_Row(*([""] * (3 - len(cells)) + cells[:3])))
    return (plain or [""])[0], plain[1:], rows


def _card(writing: Writing) -> Page:
    for shrink, description, notes in (*((size, 9, 3) for size in _SIZES), *((_SIZES[-1], *few) for few in _FEWER)):
        page, used, air = _set_card(writing, shrink, description, notes)
        if used <= _room(page):
            break
    # what is left over goes between what stands there, up to a point, and then round it
    more = min(_MOST_AIR, max(0, _room(page) - used) / air)
    page, used, _ = _set_card(writing, shrink, description, notes, 1 + more)
    _settle(page, (_room(page) - used) / 2)
    return page


def _room(page: Page) -> float:
    return page.box[3] - page.box[1]


def _set_card(writing: Writing, shrink: float, description: int, notes: int,
              air: float = 1.0) -> tuple[Page, float, float]:
    """A card at one size, how high it has become, and how much of that is empty.

    description, notes : lines that a plain text and a row may have.   air : factor on what is empty.
    """
    width, height = size_px(CARD)
    box = (MARGIN_PX, MARGIN_PX, width - MARGIN_PX, height - MARGIN_PX)
    page = Page((width, height), box, lit=writing.lit, framed=True)
    kind, plain, rows = _rows(writing)
    column = _Column(page, writing.language, shrink, air)
    column.skip(54)
    column.title(tidy(writing.title, writing.language))
    if kind:
        column.kind(kind)
    column.rule()
    for text in plain:
        column.plain(text, description, alone=not rows)
    for row in rows:
        if row.accent == CODE:
            column.code(row.text)
        elif row.accent != "price":
            column.row(row, notes)
    column.price([row.text for row in rows if row.accent == "price"])
    column.skip(50)
    return page, column.y - MARGIN_PX, column.empty


def _settle(page: Page, down: float) -> None:
    """Moves what stands on a card that is not full into its middle."""
    if down > 0:
        page.lines = [replace(line, baseline=line.baseline + down) for line in page.lines]
        page.marks = [replace(mark, y=mark.y + down) for mark in page.marks]


class _Column:
    """Sets a card from the top down."""

    def __init__(self, page: Page, language: str, shrink: float, air: float):
        self._page, self._language, self._shrink, self._air = page, language, shrink, air
        self._left, self._right = page.box[0] + 58, page.box[2] - 58
        self._middle = (self._left + self._right) / 2
        self.y = page.box[1]
        self.empty = 0.0

    def skip(self, px: float) -> None:
        self.y += px * self._shrink * self._air
        self.empty += px * self._shrink * self._air

    def title(self, text: str) -> None:
        most = self._right - self._left
        face = _fitting(text, self._face(DISPLAY, 98, 0.06 if self._language == "zh" else 0.0), most, 2, 56)
        self._centred(broken(text, face.width, most, 2), face, 0.98, IVORY)

    def kind(self, text: str) -> None:
        self.skip(14 if self._language == "zh" else 6)
        shown = text.upper() if self._language != "zh" else text
        face = self._face(TEXT, 31, tracking=0.2)
        most = self._right - self._left
        self._centred(broken(shown, face.width, most, 1), face, 1.4, GOLD)

    def rule(self) -> None:
        self.skip(26)
        self._page.marks.append(Mark(RULE, self._middle, self.y, 320))
        self.skip(30)

    def plain(self, text: str, most_lines: int, alone: bool) -> None:
        """alone : there are no notes below it."""
        if not most_lines:
            return
        face = self._face(TEXT, 42 if alone else 36)
        self._centred(broken(text, face.width, self._right - self._left, most_lines), face, 1.28, DIM)
        self.skip(24)

    def row(self, row: _Row, most_lines: int) -> None:
        if not (row.accent or row.label):
            face = self._face(DISPLAY, 56)
            self._centred(broken(row.text, face.width, self._right - self._left, 1), face, 1.3, IVORY)
            return
        left = self._left + 92
        top = self.y
        label = self._face(TEXT, 29, tracking=0.16)
        shown = row.label.upper() if self._language != "zh" else row.label
        self._flush(broken(shown, label.width, self._right - left, 1), label, 1.35, left, GOLD)
        face = self._face(TEXT, 42)
        self._flush(broken(row.text, face.width, self._right - left, most_lines), face, 1.22, left, IVORY)
        if row.accent:
            self._page.marks.append(Mark(row.accent, self._left + 34, (top + self.y) / 2, 62))
        self.skip(18)

    def code(self, text: str) -> None:
        """A QR code as large at every size: what reads it is no eye."""
        self._page.marks.append(Mark(CODE, self._middle, self.y + CODE_PX / 2, CODE_PX, text=text))
        self.y += CODE_PX
        self.skip(24)

    def price(self, texts: list[str]) -> None:
        if texts:
            self.rule()
            face = self._face(DISPLAY, 58, features=("lnum",))
            self._centred(texts[:1], face, 1.0, IVORY)

    def _face(self, hand: str, px: int, tracking: float = 0.0, features: tuple[str, ...] = ()) -> Face:
        return Face(hand, round(px * self._shrink), self._language, tracking, features)

    def _pitch(self, face: Face, leading: float) -> float:
        return max(LEAST_PITCH_PX, leading * face.px)

    def _centred(self, texts: list[str], face: Face, leading: float, ink: str) -> None:
        pitch = self._pitch(face, leading)
        for text in texts:
            self._page.lines.append(_centred(text, face, self._middle, self.y + pitch / 2, ink))
            self.y += pitch

    def _flush(self, texts: list[str], face: Face, leading: float, left: float, ink: str) -> None:
        pitch = self._pitch(face, leading)
        for text in texts:
            self._page.lines.append(replace(_centred(text, face, 0, self.y + pitch / 2, ink), x=left))
            self.y += pitch


# One line ---------------------------------------------------------------------------------------------

def _fitting(text: str, face: Face, most_px: float, most_lines: int, least_px: int) -> Face:
    """The face, as much smaller as it takes for the text to fit, but not smaller than `least_px`."""
    for px in range(face.px, least_px, -2):
        tried = replace(face, px=px)
        if fits(text, tried.width, most_px, most_lines):
            return tried
    return replace(face, px=min(face.px, least_px))


def _centred(text: str, face: Face, x: float, y: float, ink: str) -> Line:
    """A line whose middle is at (x, y): half way between the baseline and the top of its capitals."""
    rise = 0.76 if face.language == "zh" else 0.64
    return Line(text, face, x - face.width(text) / 2, y + rise * face.px / 2, ink)


def _round(*edges: float) -> tuple[float, ...]:
    return tuple(float(round(edge)) for edge in edges)
