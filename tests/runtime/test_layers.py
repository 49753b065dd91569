"""What a picture is handed to a real runtime with: depth, its rectangle, and what need not be drawn."""

import numpy as np
import pytest

from showroom.display.openxr_mask import triangles
from showroom.display.openxr_refresh import chosen

DEPTH_INFO = 1000010000  # XR_TYPE_COMPOSITION_LAYER_DEPTH_INFO_KHR


@pytest.fixture(scope="module")
def said(runtime, tmp_path_factory) -> dict[str, dict]:
    report = tmp_path_factory.mktemp("validation") / "report.txt"
    client = runtime.client("layers", script="frames.py",
                            XR_ENABLE_API_LAYERS="XR_APILAYER_LUNARG_core_validation",
                            XR_CORE_VALIDATION_EXPORT_TYPE="text", XR_CORE_VALIDATION_FILE_NAME=str(report))
    answers = {step: client.until("step", step) for step in ("whole", "depth", "part")}
    assert client.end() == 0, "".join(client.errors)
    return answers | {"log": client.errors, "validation": report.read_text().splitlines()}


def test_depth_goes_with_every_view(said):
    assert said["whole"]["keeps_depth"]
    for number, view in enumerate(said["whole"]["ended"]):
        depth = view["depth"]
        assert (depth["type"], depth["array"], depth["rectangle"]) == (DEPTH_INFO, number, view["rectangle"])
        assert depth["range"] == [0.0, 1.0]


def test_near_and_far_are_those_the_views_are_drawn_with(said):
    for view in said["whole"]["ended"]:
        assert view["depth"]["near_far"] == pytest.approx(said["whole"]["near_far"])


def test_the_runtimes_depth_image_holds_what_was_drawn(said):
    assert said["depth"]["nearest"] == pytest.approx(said["depth"]["expected"], abs=1e-4)
    assert said["depth"]["farthest"] == 1.0


def test_a_smaller_scale_moves_the_rectangles_and_keeps_the_images(said):
    whole, part = said["whole"], said["part"]
    assert whole["size"] == whole["room"] == part["room"]
    assert part["size"] == [2 * round(edge * 0.35) for edge in whole["room"]]
    for view in part["ended"]:
        assert view["rectangle"] == view["depth"]["rectangle"] == part["size"]
    assert part["errors"] == 0


def test_the_lenses_mask_lies_round_each_view(said):
    for shape in said["whole"]["hidden"]:
        assert shape["triangles"] >= 4  # at least a corner each
        assert 0.02 < shape["share"] < 0.4 and shape["reach"] > 0.9


def test_a_refresh_rate_is_asked_for_and_said(said):
    assert any("Hz of" in line and line.startswith("INFO") for line in said["log"]), said["log"]


def test_the_validation_layer_has_nothing_to_say(said):
    assert any("Validation Layer is initialized" in line for line in said["validation"])
    assert [line for line in said["validation"] if "VALID_ERROR" in line or "VALID_WARNING" in line] == []


def test_a_mask_is_read_again_when_it_has_changed(runtime):
    client = runtime.client("masked", script="frames.py")
    masked = client.until("step", "masked")
    assert client.end() == 0, "".join(client.errors)
    assert (masked["same"], masked["kind"], masked["equal"]) == (False, True, True)


def test_the_renderer_fills_colour_and_depth_and_skips_what_lenses_hide(runtime):
    client = runtime.client("drawn", script="frames.py")
    first, later, drawn = (client.until("step", step) for step in ("first", "later", "drawn"))
    assert client.end() == 0, "".join(client.errors)
    assert first["errors"] == later["errors"] == 0 and later["calls"] <= 150
    assert drawn["hidden"] == pytest.approx(drawn["wanted"], abs=0.01)
    assert drawn["far_where_hidden"] and drawn["bright"]
    assert drawn["middle"] == pytest.approx(drawn["wall"], abs=1e-5)


def test_a_runtime_that_refuses_all_of_it_still_shows_the_show(runtime):
    client = runtime.client("refusing", script="frames.py")
    answers = [client.until("step", f"refusing {number}") for number in range(2)]
    assert client.end() == 0, "".join(client.errors)
    for answer in answers:
        assert answer["focused"] and answer["errors"] == 0
        assert not answer["keeps_depth"] and not answer["hidden"]
    warned = [line for line in client.errors if line.startswith("WARNING")]
    assert len(warned) == 6, "one line each, each time"
    for said in ("keeps its own rate", "everything is drawn", "goes without"):
        assert sum(said in line for line in warned) == 2, warned


@pytest.mark.parametrize(("offered", "most_hz", "wanted"), [
    ([72.0, 80.0, 90.0, 120.0], 90.0, 90.0),
    ([72.0, 80.0, 89.999, 120.0], 90.0, 89.999),
    ([72.0, 90.0, 120.0], 80.0, 72.0),
    ([120.0, 144.0], 90.0, 120.0),
    ([], 90.0, None),
])
def test_the_highest_rate_that_fits_is_chosen(offered, most_hz, wanted):
    assert chosen(offered, most_hz) == wanted


def test_a_mask_that_points_nowhere_loses_only_those_triangles():
    places = np.array([(0, 0), (1, 0), (0, 1), (np.nan, 0)], dtype=np.float32)
    order = np.array([0, 1, 2, 0, 1, 9, 0, 1, 3, 2, 1], dtype=np.uint32)
    assert triangles(places, order).tolist() == [[[0, 0], [1, 0], [0, 1]]]
