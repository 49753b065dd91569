"""Drawing a page: smoked glass with a fine gilt edge, and what is written on it.

Everything is laid over one another in linear light, as light would be, with straight alpha at the end; the
colour goes on under what is clear, so that no filter mixes a foreign one in.
"""

import numpy as np
import segno
from PIL import Image, ImageDraw

from showroom.imagine.scribe.marks import accent
from showroom.imagine.scribe.page import ARC, CODE, DIM, GOLD, INK, IVORY, LOZENGE, RING, RULE, Mark, Page, page_of
from showroom.srgb import linear, srgb_from_linear
from showroom.words.sign import Panel, Writing

_COLORS = {IVORY: "#f6efe2", DIM: "#d5c9b6", GOLD: "#dbb777", INK: "#241a12"}
_GLASS, _GOLD = ("#2b2228", "#151015", 0.92), ("#f3dfb4", "#d3ab66", 0.97)  # at the top, at the foot, coverage
_SHADOW_ALPHA, _SHADOW_PX, _GLOW_ALPHA = 0.34, 11.0, 0.5


class _Sheet:
    """A picture under way: premultiplied linear light and coverage."""

    def __init__(self, size: tuple[int, int]):
        width, height = size
        self.light = np.zeros((height, width, 3), dtype=np.float32)
        self.alpha = np.zeros((height, width), dtype=np.float32)

    def lay(self, color: np.ndarray, cover: np.ndarray) -> None:
        """Lays a colour, (3,) or (h, w, 3) linear, over what there is, as far as `cover` (h, w) says."""
        left = 1.0 - cover
        self.light = self.light * left[..., None] + np.asarray(color, np.float32) * cover[..., None]
        self.alpha = self.alpha * left + cover

    def pixels(self, under: np.ndarray) -> np.ndarray:
        """(h, w, 4) uint8: sRGB and straight alpha. under: the linear colour of what is clear."""
        solid = self.alpha[..., None]
        color = np.where(solid > 1e-3, self.light / np.maximum(solid, 1e-3), np.float32(under))
        encoded = srgb_from_linear(np.clip(color, 0.0, 1.0))
        return np.round(np.concatenate([encoded, solid], axis=2) * 255.0).astype(np.uint8)


def panel_of(writing: Writing) -> Panel:
    """The writing as a picture."""
    return Panel(writing, drawn(page_of(writing)))


def drawn(page: Page) -> np.ndarray:
    """(h, w, 4) uint8, sRGB colour and straight linear alpha, row 0 at the top."""
    sheet = _Sheet(page.size)
    if page.box:
        _lay_glass(sheet, page, _inside(page))
    for mark in page.marks:
        if mark.kind in _LAID:
            _LAID[mark.kind](sheet, mark)
    for ink, cover in _written(page).items():
        sheet.lay(linear(_COLORS[ink]), cover)
    return sheet.pixels(linear((_GOLD if page.gilt else _GLASS)[1]))


def _lay_ring(sheet: _Sheet, mark: Mark) -> None:
    """A ring and a dot with a soft dark edge, which are seen before what is light and what is dark."""
    height, width = sheet.alpha.shape
    x, y = np.arange(width)[None, :] + 0.5 - mark.x, np.arange(height)[:, None] + 0.5 - mark.y
    from_middle = np.hypot(x, y, dtype=np.float32) * (2.0 / mark.size)
    off = np.minimum(np.abs(from_middle - 0.68), np.maximum(from_middle - 0.06, 0.0))
    sheet.lay(np.zeros(3), 0.8 * np.clip(1.15 - off / 0.2, 0.0, 1.0))
    sheet.lay(linear(_COLORS[IVORY]), np.clip((0.1 - off) * mark.size / 2.0, 0.0, 1.0))


def _lay_arc(sheet: _Sheet, mark: Mark) -> None:
    """A dark ring that fills with gold, clockwise from the top."""
    height, width = sheet.alpha.shape
    x, y = np.arange(width)[None, :] + 0.5 - mark.x, np.arange(height)[:, None] + 0.5 - mark.y
    from_middle, px = np.hypot(x, y, dtype=np.float32) * (2.0 / mark.size), mark.size / 2.0
    turned = np.mod(np.arctan2(x, -y), 2 * np.pi) / (2 * np.pi)
    off = np.abs(from_middle - 0.72)
    sheet.lay(np.zeros(3), 0.85 * np.clip((0.24 - off) * px + 0.5, 0.0, 1.0))
    sheet.lay(linear(_COLORS[DIM]), 0.35 * np.clip((0.13 - off) * px + 0.5, 0.0, 1.0))
    along = np.clip((mark.share - turned) * 2 * np.pi * 0.72 * px + 0.5, 0.0, 1.0) * (mark.share > 0.0)
    full = 1.0 if mark.share >= 1.0 else along
    sheet.lay(linear(_GOLD[0]), np.clip((0.15 - off) * px + 0.5, 0.0, 1.0) * full)


def _lay_code(sheet: _Sheet, mark: Mark) -> None:
    """A QR code (ISO/IEC 18004) with its quiet zone of four modules, dark on light, whole pixels a module."""
    modules = np.array([list(row) for row in segno.make_qr(mark.text, error="m").matrix], dtype=bool)
    modules = np.pad(modules, 4)
    each = int(mark.size) // len(modules)
    dark = np.kron(modules, np.ones((each, each), dtype=bool))
    top, left = (round(middle - len(dark) / 2) for middle in (mark.y, mark.x))
    cover = np.zeros(sheet.alpha.shape, np.float32)
    cover[top:top + len(dark), left:left + len(dark)] = 1.0
    sheet.lay(linear(_COLORS[IVORY]), cover)
    cover[top:top + len(dark), left:left + len(dark)] = dark
    sheet.lay(linear(_COLORS[INK]), cover)


_LAID = {RING: _lay_ring, ARC: _lay_arc, CODE: _lay_code}


def _inside(page: Page) -> np.ndarray:
    """(h, w) px to the glass's edge, more than 0 inside. Source: Quilez, "Rounded box", signed distance."""
    width, height = page.size
    left, top, right, bottom = page.box
    x, y = np.arange(width, dtype=np.float32) + 0.5, np.arange(height, dtype=np.float32) + 0.5
    x = np.abs(x - (left + right) / 2) - (right - left) / 2 + page.radius
    y = np.abs(y - (top + bottom) / 2) - (bottom - top) / 2 + page.radius
    x, y = x[None, :], y[:, None]
    outside = np.hypot(np.maximum(x, 0.0), np.maximum(y, 0.0))
    return page.radius - outside - np.minimum(np.maximum(x, y), 0.0)


def _lay_glass(sheet: _Sheet, page: Page, inside: np.ndarray) -> None:
    rows, (_, begins, _, ends) = np.arange(page.size[1], dtype=np.float32), page.box
    down = np.clip((rows - begins) / (ends - begins), 0, 1)[:, None]
    top, foot, alpha = _GOLD if page.gilt else _GLASS
    body = linear(top) * (1 - down[..., None]) + linear(foot) * down[..., None]
    body = np.broadcast_to(body, sheet.light.shape)
    beyond = np.exp(-np.square(np.minimum(inside, 0.0) / _SHADOW_PX))
    fade = _to_the_edge(page)
    if page.lit:
        sheet.lay(linear(_COLORS[GOLD]), _GLOW_ALPHA * beyond * fade)
    else:
        sheet.lay(np.zeros(3), _SHADOW_ALPHA * beyond * fade)
    sheet.lay(body, alpha * np.clip(inside + 0.5, 0, 1))
    gilt = linear(_COLORS[GOLD])
    sheet.lay(gilt, _line(inside, 1.2, 4.5 if page.lit else 1.7) * (1.0 if page.lit else 0.85 - 0.35 * down))
    if page.framed and not page.gilt:
        sheet.lay(gilt, _line(inside, 11.0, 1.0) * (0.34 - 0.12 * down))


def _to_the_edge(page: Page) -> np.ndarray:
    """1, but falling to nothing over the last pixels of the panel, which must not show where it ends."""
    width, height = page.size
    x = np.minimum(np.arange(width), np.arange(width)[::-1])
    y = np.minimum(np.arange(height), np.arange(height)[::-1])
    return np.clip(np.minimum(x[None, :], y[:, None]) / 6.0, 0, 1).astype(np.float32)


def _line(inside: np.ndarray, at_px: float, width_px: float) -> np.ndarray:
    """Coverage of a line that runs along the edge, `at_px` inside it."""
    return np.clip(0.5 + width_px / 2 - np.abs(inside - at_px), 0, 1)


def _written(page: Page) -> dict[str, np.ndarray]:
    """Coverage (h, w), 0 to 1, of everything written or drawn, by ink."""
    masks = {ink: Image.new("L", page.size) for ink in _COLORS}
    pens = {ink: ImageDraw.Draw(mask) for ink, mask in masks.items()}
    for line in page.lines:
        line.face.draw(pens[line.ink], line.x, line.baseline, line.text)
    for mark in page.marks:
        if mark.kind == RULE:
            _draw_rule(masks[GOLD], mark.x, mark.y, mark.size)
        elif mark.kind == LOZENGE:
            masks[INK if page.gilt else GOLD].paste(255, (round(mark.x) - 8, round(mark.y) - 8), _lozenge())
        elif mark.kind not in _LAID:
            drawing = accent(mark.kind, round(mark.size))
            corner = round(mark.x - drawing.width / 2), round(mark.y - drawing.height / 2)
            masks[GOLD].paste(255, corner, drawing)
    return {ink: np.asarray(mask, dtype=np.float32) / 255.0 for ink, mask in masks.items() if mask.getbbox()}


def _draw_rule(mask: Image.Image, x: float, y: float, width: float) -> None:
    """A line that fades out to both sides of a small lozenge."""
    half, gap = round(width / 2), 16
    fade = np.clip(1.0 - (np.arange(half) - gap) / (half - gap), 0, 1) ** 1.3 * (np.arange(half) > gap)
    row = np.concatenate([fade[::-1], fade])
    line = Image.fromarray(np.round(170 * np.tile(row, (2, 1))).astype(np.uint8))
    mask.paste(255, (round(x) - half, round(y) - 1), line)
    mask.paste(255, (round(x) - 8, round(y) - 8), _lozenge())


def _lozenge() -> Image.Image:
    large = Image.new("L", (64, 64))
    ImageDraw.Draw(large).polygon([(32, 8), (56, 32), (32, 56), (8, 32)], fill=235)
    return large.resize((16, 16), Image.Resampling.BOX)
