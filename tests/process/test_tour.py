"""The tour for machines without a screen: a still of every stop and a film that decodes."""

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from showroom.app.requests import make_now
from showroom.app.tour import EYE_M, GLIDE_S, Plan, glide, itinerary, tour
from showroom.catalogue import load_catalogue
from showroom.config import Config
from showroom.errors import ShowroomError
from showroom.words.result import Failed
from showroom.words.view import forward
from showroom.words.vocabulary import PLACES

SMALL = Plan(still_px=(96, 54), film_px=(64, 36), fps=4, first_s=0.5, stay_s=2.0)
ROUGH = Config(surface_px=64, detail=0.1)


def test_the_house_tour_begins_in_the_hall_and_sees_each_place_once():
    stops = itinerary(None, Config())
    assert stops[0][0] == "hall"
    seen = [request.spec.main_place(request.spec.place) for _, request in stops[1:]]
    assert seen == [place for place in PLACES if place in seen] and len(seen) > len(PLACES) / 2
    assert len({name for name, _ in stops}) == len(stops)


def test_files_are_written_and_the_film_is_whole(needs_opengl, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    product = load_catalogue().products[0]
    files = list(tour(itinerary(product, ROUGH), make_now, tmp_path / "out", SMALL))
    assert [file.name for file in files] == ["hall.png", f"{product.id}.png", "tour.mp4"]
    assert sorted(tmp_path.joinpath("out").iterdir()) == sorted(files)
    hall, place = (np.asarray(Image.open(file), dtype=float) for file in files[:2])
    assert hall.shape == place.shape == (54, 96, 3)
    assert min(hall.std(), place.std(), np.abs(hall - place).mean()) > 5
    reader = imageio_ffmpeg.read_frames(str(files[2]))
    assert next(reader)["size"] == SMALL.film_px
    frames = [np.frombuffer(frame, np.uint8).astype(float) for frame in reader]
    assert len(frames) == SMALL.frames(2) == 10
    assert np.abs(frames[0] - frames[-1]).mean() > 5


def test_a_request_that_failed_is_said_and_leaves_no_film(tmp_path):
    stops = itinerary(load_catalogue().products[0], ROUGH)
    with pytest.raises(ShowroomError, match="making hall: no paint left"):
        list(tour(stops, lambda request: [Failed("no paint left")], tmp_path / "out", SMALL))
    assert list((tmp_path / "out").iterdir()) == []


def test_the_camera_glides_gently_and_comes_back():
    times = np.linspace(0.0, GLIDE_S, 801)
    places = np.array([glide(time).position for time in times])
    ahead = np.array([forward(glide(time)) for time in times])
    step_s = times[1] - times[0]
    speed = np.linalg.norm(np.diff(places, axis=0), axis=1) / step_s
    turning = np.degrees(np.arccos(np.clip((ahead[1:] * ahead[:-1]).sum(axis=1), -1, 1))) / step_s
    assert speed.max() < 0.15 and turning.max() < 5.0
    assert np.ptp(places[:, 1]) == 0.0
    assert np.allclose(places[0], EYE_M) and np.allclose(places[-1], EYE_M)
    assert np.linalg.norm(places[:, [0, 2]], axis=1).max() < 0.5


def test_the_plan_counts_frames_and_stops():
    plan = Plan(fps=10, first_s=1.0, stay_s=2.0)
    assert plan.frames(3) == 50
    assert [plan.stop_at(time_s) for time_s in (0.0, 0.9, 1.0, 2.9, 3.0, 4.9)] == [0, 0, 1, 1, 2, 2]
