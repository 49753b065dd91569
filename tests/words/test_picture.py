"""A photo's colours, and photos that are none."""

import io
import os
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from showroom.errors import PictureError
from showroom.imagine.colour import mixed, srgb, tinted
from showroom.imagine.picture import LONGEST_PX, read_photo
from showroom.oklab import lab


@pytest.fixture
def saved(tmp_path):
    """Saves pixels as a picture file."""
    def save(pixels: np.ndarray, name: str = "photo.png", **options):
        Image.fromarray(pixels).save(tmp_path / name, **options)
        return tmp_path / name

    return save


def halves(left: tuple[int, ...], right: tuple[int, ...]) -> np.ndarray:
    pixels = np.empty((80, 120, len(left)), dtype=np.uint8)
    pixels[:, :60], pixels[:, 60:] = left, right
    return pixels


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "photo.webp"])
def test_two_colours_are_found(saved, name):
    colours = read_photo(saved(halves((200, 30, 60), (20, 120, 90)), name)).colours
    strongest = [np.frombuffer(bytes.fromhex(colour.srgb[1:]), np.uint8).astype(int) for colour in colours[:2]]
    for wanted in ((200, 30, 60), (20, 120, 90)):
        assert min(np.abs(found - wanted).max() for found in strongest) <= 12
    assert abs(sum(colour.weight for colour in colours) - 1) < 1e-9


def test_the_same_picture_gives_the_same_colours(saved):
    rng = np.random.default_rng(3)
    path = saved(rng.integers(0, 256, (50, 50, 3), dtype=np.uint8))
    assert read_photo(path) == read_photo(path)


def test_what_is_transparent_shows_paper(saved):
    colours = read_photo(saved(halves((255, 0, 0, 0), (255, 0, 0, 0)))).colours
    assert min(bytes.fromhex(colours[0].srgb[1:])) > 230


def test_metadata_is_not_believed(saved):
    plain = saved(halves((9, 9, 200), (9, 200, 9)), "plain.jpg", quality=95)
    exif = Image.Exif()
    exif[0x0112] = 6  # a turned camera
    turned = saved(halves((9, 9, 200), (9, 200, 9)), "turned.jpg", quality=95, exif=exif)
    assert read_photo(plain) == read_photo(turned)


def test_sixteen_bits_of_grey_are_not_clipped(saved):
    colours = read_photo(saved(np.full((40, 40), 0x8000, dtype=np.uint16))).colours
    assert [colour.srgb for colour in colours] == ["#808080"]


def test_every_mode_that_a_camera_or_a_shop_saves_shows_its_colour(tmp_path):
    """CMYK, palette, one bit, grey with alpha, wide and animated pictures: the first frame, in sRGB."""
    red, blue = Image.new("RGB", (60, 40), (200, 30, 60)), Image.new("RGB", (60, 40), (0, 0, 255))
    wide = np.zeros((40, 60), np.uint16) + 0x4000
    saves = {
        "cmyk.jpg": (red.convert("CMYK"), {}), "palette.png": (red.quantize(4), {}),
        "frames.webp": (red, {"save_all": True, "append_images": [blue], "lossless": True}),
        "frames.png": (red, {"save_all": True, "append_images": [blue]}),
    }
    for name, (picture, options) in saves.items():
        picture.save(tmp_path / name, **options)
        found = bytes.fromhex(read_photo(tmp_path / name).colours[0].srgb[1:])
        assert np.abs(np.array(list(found)) - (200, 30, 60)).max() <= 12, name
    greys = {"grey.png": Image.new("LA", (60, 40), (64, 255)), "wide.png": Image.fromarray(wide)}
    for name, picture in greys.items():
        picture.save(tmp_path / name)
        assert read_photo(tmp_path / name).colours[0].srgb == "#404040", name
    Image.new("1", (60, 40), 1).save(tmp_path / "bit.png")
    assert read_photo(tmp_path / "bit.png").colours[0].srgb == "#ffffff"


def test_what_is_kept_of_a_photo_is_small_and_without_metadata(saved):
    exif = Image.Exif()
    exif[0x010E] = "a name and a place"
    photo = read_photo(saved(halves((9, 9, 200), (9, 200, 9)), "told.jpg", exif=exif))
    assert set(vars(photo)) == {"colours", "matter", "pixels", "sample"} and photo.pixels.shape == (80, 120, 3)
    large = read_photo(saved(np.zeros((900, 1200, 3), np.uint8), "large.jpg"))
    assert large.pixels.shape == (168, LONGEST_PX, 3)
    thin = read_photo(saved(np.zeros((1, 3000, 3), np.uint8), "thin.png"))
    assert thin.pixels.shape == (1, LONGEST_PX, 3)


def test_the_thing_counts_more_than_its_background(saved):
    pixels = np.full((100, 100, 3), (40, 120, 200), np.uint8)
    pixels[30:70, 35:65] = (200, 30, 60)
    strongest = read_photo(saved(pixels)).colours[0].srgb
    assert np.linalg.norm(lab(strongest) - lab("#c81e3c")) < 0.03


def test_a_pipe_is_refused_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "photo.png")
    with pytest.raises(PictureError, match="no regular file"):
        read_photo(tmp_path / "photo.png")


def bomb() -> bytes:
    """A PNG of some bytes that claims 60,000 × 60,000 pixels."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def truncated() -> bytes:
    file = io.BytesIO()
    Image.fromarray(halves((200, 30, 60), (20, 120, 90))).save(file, "PNG")
    return file.getvalue()[:120]


@pytest.mark.parametrize("content", [b"", b"no picture", b"GIF89a" + bytes(50), b"<svg/>", bomb(), truncated()])
def test_what_is_no_picture_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "photo.png"
    path.write_bytes(content)
    with pytest.raises(PictureError, match="JPEG, PNG, WEBP of at most 32 MiB") as raised:
        read_photo(path)
    assert "\n" not in str(raised.value)


def test_a_picture_that_is_not_there(tmp_path):
    with pytest.raises(PictureError, match="No such file"):
        read_photo(tmp_path / "none.png")


def test_colours_go_to_oklab_and_back():
    for colour in ("#000000", "#ffffff", "#c8466a", "#0a7f3c"):
        assert srgb(lab(colour)) == colour
    assert mixed("#112233", "#445566", 0) == "#112233" and mixed("#112233", "#445566", 1) == "#445566"


def test_a_tint_keeps_the_lightness():
    tint = tinted("#808080", "#ff0000", 0.5)
    assert abs(lab(tint)[0] - lab("#808080")[0]) < 0.02 and lab(tint)[1] > 0.08
