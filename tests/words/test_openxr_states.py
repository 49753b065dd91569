"""The session's state machine, without a runtime."""

import pytest

from showroom.display.openxr_states import ABSENT, FOCUSED, Do, Lifecycle, Retry, ShowClock


def walk(*states):
    life = Lifecycle()
    life.connected()
    return life, [life.changed(state) for state in states]


def test_a_whole_visit_begins_once_and_ends_once():
    life, orders = walk("IDLE", "READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED",
                        "VISIBLE", "SYNCHRONIZED", "STOPPING", "IDLE", "EXITING")
    assert orders.count(Do.BEGIN) == 1 and orders[1] is Do.BEGIN
    assert orders.count(Do.END) == 1 and orders[7] is Do.END
    assert orders[-1] is Do.QUIT and not life.paced
    assert life.history[:5] == ["IDLE", "READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED"]


def test_headset_taken_off_and_put_on_again():
    life, orders = walk("READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED", "VISIBLE", "SYNCHRONIZED",
                        "STOPPING", "IDLE", "READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED")
    assert orders.count(Do.BEGIN) == 2 and orders.count(Do.END) == 1
    assert life.focused and life.paced


def test_frames_are_paced_from_begin_until_end_only():
    life, _ = walk("IDLE")
    paced = []
    for state in ("READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED", "STOPPING", "IDLE"):
        life.changed(state)
        paced.append(life.paced)
    assert paced == [True, True, True, True, False, False]


def test_focus_is_only_focused():
    life, _ = walk("READY", "SYNCHRONIZED", "VISIBLE")
    assert not life.focused
    life.changed(FOCUSED)
    assert life.focused


@pytest.mark.parametrize("before", [(), ("READY",), ("READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED")])
def test_loss_pending_rebuilds_from_anywhere(before):
    life, _ = walk(*before)
    assert life.changed("LOSS_PENDING") is Do.REBUILD
    assert not life.paced


def test_a_repeated_ready_or_a_stray_stopping_asks_for_nothing():
    life, orders = walk("READY", "READY")
    assert orders == [Do.BEGIN, Do.NOTHING]
    assert walk("STOPPING")[1] == [Do.NOTHING]


def test_events_of_a_dead_session_are_ignored():
    life, _ = walk("READY")
    life.lost()
    assert life.state == ABSENT and not life.paced
    assert life.changed("READY") is Do.NOTHING and life.state == ABSENT


def test_a_lost_session_starts_again():
    life, _ = walk("READY", "SYNCHRONIZED", "VISIBLE", "FOCUSED")
    life.lost()
    life.connected()
    assert life.changed("READY") is Do.BEGIN
    assert life.history[-3:] == ["ABSENT", "IDLE", "READY"]


def test_without_a_sensor_the_headset_is_worn_while_pictures_can_be_seen():
    life, _ = walk("READY", "SYNCHRONIZED")
    assert not life.worn
    life.changed("VISIBLE")
    assert life.worn
    life.changed(FOCUSED)
    assert life.worn
    life.changed("SYNCHRONIZED")
    assert not life.worn


def test_a_sensor_knows_better_until_the_session_is_lost():
    life, _ = walk("READY", "SYNCHRONIZED", "VISIBLE", FOCUSED)
    life.present(False)
    assert not life.worn
    life.changed("SYNCHRONIZED")
    life.present(True)
    assert life.worn, "a menu of the system hides the show, not the visitor"
    life.lost()
    assert not life.worn
    life.present(True)
    assert not life.worn, "what a lost headset said counts no more"


def test_retry_waits_and_says_a_reason_once():
    retry = Retry(every_s=2.0)
    assert retry.due(0.0)
    assert retry.failed("no runtime", 10.0)
    assert not retry.due(11.9) and retry.due(12.0)
    assert not retry.failed("no runtime", 12.0)
    assert retry.failed("no headset", 14.0)
    retry.succeeded()
    assert retry.failed("no headset", 16.0)


def test_clock_never_goes_back_over_a_new_epoch():
    clock = ShowClock(now_s=100.0)
    times = [clock.idle(100.5), clock.predicted(9_000_000_000, 11_000_000, 100.6),
             clock.predicted(9_011_000_000, 11_000_000, 100.6)]
    clock.new_epoch()
    times += [clock.idle(101.0), clock.predicted(5_000_000, 11_000_000, 101.2)]
    assert times == sorted(times)
    assert times == pytest.approx([0.5, 0.6, 0.611, 1.0, 1.2])


def test_late_means_a_missed_period():
    clock = ShowClock(now_s=0.0)
    clock.predicted(0, 10, 0.0)
    clock.predicted(10, 10, 0.0)
    assert not clock.late
    clock.predicted(30, 10, 0.0)
    assert clock.late
    clock.predicted(40, 10, 0.0)
    assert not clock.late
    clock.idle(1.0)
    clock.predicted(90, 10, 1.0)
    assert not clock.late, "a pause of the session is not a missed frame"
