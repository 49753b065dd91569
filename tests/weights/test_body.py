"""Body regions by the models of `showroom models add look`, on a figure drawn for it."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from showroom.errors import ModelError
from showroom.imagine.look.body import Body
from showroom.imagine.look.parcel import LOOK, parcel_folder
from showroom.oklab import lab

GROUND, SKIN, HAIR, RED, BLUE = (196, 198, 200), (214, 168, 140), (60, 40, 30), (160, 30, 40), (30, 50, 110)


@pytest.fixture(scope="module")
def body() -> Body:
    pytest.importorskip("ai_edge_litert")
    if not parcel_folder(LOOK).is_dir():
        pytest.skip("no models of the body here: showroom models add look")
    return Body.load()


def figure(shift_px: int = 0) -> np.ndarray:
    """(720, 480, 3): somebody in red above and blue below, before a plain wall."""
    image = Image.new("RGB", (480, 720), GROUND)
    draw = ImageDraw.Draw(image)

    def moved(*points: tuple[int, int]) -> list[tuple[int, int]]:
        return [(x + shift_px, y) for x, y in points]

    draw.ellipse(moved((205, 60), (275, 150)), fill=SKIN)
    draw.pieslice(moved((203, 52), (277, 150)), 180, 360, fill=HAIR)
    for x in (226, 254):
        draw.ellipse(moved((x - 5, 100), (x + 5, 106)), fill=HAIR)
    draw.line(moved((232, 128), (248, 128)), fill=(150, 60, 60), width=3)
    draw.polygon(moved((240, 105), (235, 118), (243, 118)), fill=(196, 148, 122))
    draw.rectangle(moved((226, 140), (254, 170)), fill=SKIN)
    draw.polygon(moved((170, 165), (310, 165), (296, 380), (184, 380)), fill=RED)
    for arm, hand in ((((178, 178), (150, 280), (158, 370)), ((142, 362), (174, 400))),
                      (((302, 178), (330, 280), (322, 370)), ((306, 362), (338, 400)))):
        draw.line(moved(*arm), fill=RED, width=30)
        draw.ellipse(moved(*hand), fill=SKIN)
    draw.polygon(moved((184, 375), (238, 375), (232, 640), (192, 640)), fill=BLUE)
    draw.polygon(moved((242, 375), (296, 375), (288, 640), (248, 640)), fill=BLUE)
    return np.asarray(image.filter(ImageFilter.GaussianBlur(1.5)))


def is_like(pixels: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """Which pixels (n, 3) look like a colour."""
    return np.abs(pixels.astype(int) - colour).sum(-1) < 60


@pytest.mark.parametrize("shift_px", [-60, 0, 60])
def test_upper_and_lower_garment_are_told_apart(body, shift_px):
    pixels = figure(shift_px)
    parts = body.parts(pixels)
    assert set(parts) == {"upper", "lower"}
    assert is_like(pixels[parts["upper"].inside], RED).mean() > 0.85
    assert is_like(pixels[parts["lower"].inside], BLUE).mean() > 0.6  # the legs stand apart


def test_a_garment_is_cut_out_whole_and_laid_on_plain_ground(body):
    parts = body.parts(figure())
    shown = {name: part.picture.reshape(-1, 3) for name, part in parts.items()}
    assert is_like(shown["upper"], RED).sum() > 25_000 and is_like(shown["lower"], BLUE).sum() > 15_000
    assert is_like(shown["upper"], GROUND).mean() < 0.1  # the wall is gone


def test_no_point_of_a_head_is_in_a_region(body):
    for part in body.parts(figure()).values():
        assert not part.inside[:140].any()


@pytest.mark.parametrize("pixels", [np.full((300, 200, 3), 190, np.uint8), np.zeros((1, 1, 3), np.uint8)])
def test_where_nobody_is_there_are_no_regions(body, pixels):
    assert body.parts(pixels) == {}


def test_both_garments_of_a_figure_are_told_with_their_colours(body):
    from showroom.imagine.look.examine import examine
    from showroom.imagine.look.garments import Garments

    look = examine(figure(), Garments.load(), body)
    colours = {region.name: lab(region.colours[0].srgb) for region in look.regions}
    assert np.linalg.norm(colours["upper"] - lab("#a01e28")) < 0.1
    assert np.linalg.norm(colours["lower"] - lab("#1e326e")) < 0.1
    assert {garment.region for garment in look.garments} == {"upper", "lower"}


def test_damaged_models_are_refused(tmp_path):
    for member in LOOK.members:
        (tmp_path / member.name).write_bytes(b"no model")
    with pytest.raises(ModelError, match="showroom models add look"):
        Body(tmp_path)


def test_with_damaged_models_a_photo_counts_as_one_garment_and_staff_are_told(tmp_path, monkeypatch, caplog):
    from showroom import paths
    from showroom.imagine.look import eye
    from showroom.words.look import FILE, Photograph

    monkeypatch.setattr(paths, "cache_dir", lambda: tmp_path)
    parcel_folder(LOOK).mkdir(parents=True)
    Image.fromarray(figure()).save(tmp_path / "photo.png")
    look = eye.load()(Photograph(FILE, str(tmp_path / "photo.png")))
    assert [region.name for region in look.regions] == ["whole"]
    assert "showroom models add look" in caplog.text and len(caplog.records) == 1
