"""The show's wiring: what is asked of the studio when places come, fail and are left."""

from collections import deque

import pytest

from showroom import paths
from showroom.app.show import Show
from showroom.app.watch import LOOK_S, Watch
from showroom.catalogue import baked_spec, load_catalogue
from showroom.config import Config
from showroom.visit.states import OFF_S, State
from showroom.words.controls import Controls, Hand
from showroom.words.request import HALL, PLACE
from showroom.words.result import Done, Failed, Remark, Result
from showroom.words.view import Pose


class Desk:
    """Takes requests as a studio does, and answers with what a test puts in `answers`."""

    def __init__(self):
        self.asked: list[str] = []
        self.requests: list = []
        self.answers: deque = deque()

    def request(self, request) -> int:
        self.asked.append(request.kind)
        self.requests.append(request)
        return len(self.asked)

    def heed(self, late: bool) -> None:
        pass

    def forget(self) -> bool:
        return False

    def poll(self) -> list[Result]:
        answers, self.answers = list(self.answers), deque()
        return [Result(len(self.asked), value) for value in answers]


@pytest.fixture
def begin(display):
    """begin(first) -> a show on a desk; its frames follow one another by a tenth of a second."""
    shows = []

    def made(first=None) -> tuple[Show, Desk, object]:
        desk = Desk()
        show = Show(display, desk, load_catalogue(), Config(), first)
        shows.append(show)

        def frame(*answers, **hand) -> None:
            desk.answers.extend(answers)
            display.controls = Controls(hands=(Hand("right", **hand),))
            display.time_s += 0.1
            show.frame()
        return show, desk, frame

    yield made
    display.controls, display.time_s = Controls(), 0.0
    for show in shows:
        show.close()


def test_a_first_place_that_fails_leads_to_a_hall(begin):
    show, desk, frame = begin(load_catalogue().products[0])
    frame()
    frame(Failed("no words were understood"))
    assert desk.asked == [PLACE, HALL] and show.journey.state is State.BROWSE
    assert "no words were understood" in show.caption()


def test_the_hall_that_a_place_cut_short_is_made_once_the_place_stands(begin):
    show, desk, frame = begin()
    show.try_product(show.products[0])
    frame(baked_spec(show.products[0]))
    assert desk.asked == [HALL, PLACE]
    frame(Done())
    frame()
    assert desk.asked == [HALL, PLACE, HALL]
    frame(Done())
    frame(back=True)
    assert desk.asked == [HALL, PLACE, HALL] and not show.stage.in_place


def test_leaving_before_the_place_stands_asks_for_the_hall(begin):
    show, desk, frame = begin()
    show.try_product(show.products[0])
    frame()
    frame(back=True)
    frame()
    assert desk.asked == [HALL, PLACE, HALL] and show.journey.state is State.BROWSE


def test_a_hall_that_failed_is_asked_for_again_when_somebody_comes_back(begin):
    show, desk, frame = begin()
    frame(Failed("the grower broke"))
    frame()
    assert desk.asked == [HALL]
    show.try_product(show.products[0])
    frame()
    frame(back=True)
    assert desk.asked == [HALL, PLACE, HALL]


def test_staff_hear_a_remark_once_however_many_places_it_is_made_of(begin, caplog):
    show, desk, frame = begin()
    line = "loading the painter: no such file; recipes paint until then"
    for product in show.products[:3]:
        show.try_product(product)
        frame(Remark(line), Remark(f"showing the model of {product.id}: broken", fault=True))
        assert show.remark == f"showing the model of {product.id}: broken"
    assert [record.message for record in caplog.records].count(line) == 1
    assert len([record for record in caplog.records if "showing the model" in record.message]) == 3


def test_a_whole_visit_asks_for_places_and_for_nothing_when_it_ends(begin, display):
    show, desk, frame = begin()
    frame(Done())
    show.try_product(show.products[1])
    frame(baked_spec(show.products[1]), Done())
    display.controls = Controls(worn=False)
    for _ in range(round((OFF_S + 5.0) / 0.1)):
        display.time_s += 0.1
        show.frame()
    assert desk.asked == [HALL, PLACE] and not show.stage.in_place
    assert show.journey.state is State.ATTRACT and show.journey.tried == ()


def test_what_hands_feel_and_hold_reaches_the_display_and_the_stage(begin, display, monkeypatch):
    show, desk, frame = begin()
    felt = []
    monkeypatch.setattr(display, "vibrate", felt.append, raising=False)
    aim = Pose((0.0, 1.17, 0.0))
    frame(Done(), aim=aim, grip=aim)
    for squeeze in (0.0, 0.0, *[1.0] * 20):
        frame(aim=aim, grip=aim, squeeze=squeeze)
    assert felt and {one.side for one in felt} == {"right"}
    assert [held.product_id for held in show.stage.scene.held] == [show.products[0].id]


# Watching a catalogue ----------------------------------------------------------------------------

SHIPPED = (paths.ASSETS / "catalogue.toml").read_text("utf-8")


@pytest.fixture
def watching(begin, tmp_path):
    """(show, desk, save): a show on a copy of the catalogue; save(text) saves it and lets the show look."""
    file = tmp_path / "catalogue.toml"
    file.write_text(SHIPPED, "utf-8")
    watch = Watch(file, "vespri")
    show, desk, frame = begin(watch.shown)

    def save(text: str | None) -> None:
        file.unlink(missing_ok=True)
        if text is not None:
            file.write_text(text, "utf-8")
        save.time_s += 2 * LOOK_S
        watch.look(show, save.time_s)
        frame()

    save.time_s = 0.0
    return show, desk, save


def test_what_is_saved_is_shown(watching):
    show, desk, save = watching
    first = desk.requests[0].product
    assert first.id == "vespri" and desk.requests[0].spec is not None
    saved = SHIPPED.replace(first.description["en"].split(".")[0], "A cold attic with apples")
    assert saved != SHIPPED
    save(saved)
    assert desk.requests[-1].product.id == "vespri" and desk.requests[-1].product != first
    assert desk.requests[-1].spec is None, "the baked spec is of the product as it was"
    save(saved)
    assert len(desk.requests) == 2, "saved again without a change: nothing to show"


def test_a_model_that_is_saved_is_taken_up(watching, tmp_path):
    show, desk, save = watching
    model = tmp_path / "a.glb"
    model.write_bytes(b"first")
    head = next(line for line in SHIPPED.splitlines() if line == 'id = "vespri"')
    with_model = SHIPPED.replace(head, head + '\nmodel = "a.glb"', 1)
    save(with_model)
    assert desk.requests[-1].product.model == str(model.resolve())
    count = len(desk.requests)
    save(with_model)
    assert len(desk.requests) == count
    model.write_bytes(b"second one")
    save(None)  # looks once at the catalogue that has gone
    save(None)
    assert len(desk.requests) == count + 1 and desk.requests[-1].product.model == str(model.resolve())


def test_an_edit_of_another_product_goes_there(watching):
    show, desk, save = watching
    other = load_catalogue().find("primo-gelo")
    save(SHIPPED.replace(other.name["en"], "Second Frost"))
    assert desk.requests[-1].product.id == "primo-gelo"


def test_a_mistake_is_said_where_one_looks_and_the_picture_stays(watching):
    show, desk, save = watching
    save(SHIPPED + "\nbroken =")
    assert "not TOML" in show.caption() and len(desk.requests) == 1
    save(None)
    assert "No such file" in show.caption() and len(desk.requests) == 1
    save(SHIPPED)
    assert "TOML" not in show.caption() and len(desk.requests) == 1
