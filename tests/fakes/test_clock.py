import threading
from datetime import timedelta

from tests.fakes.clock import MONDAY_MORNING, FakeClock


def test_a_wait_ends_at_the_moment_that_sets_its_flag() -> None:
    clock, flag = FakeClock(), threading.Event()
    clock.at(MONDAY_MORNING + timedelta(seconds=4), flag.set)

    assert clock.wait(flag, 60)
    assert clock.now() == MONDAY_MORNING + timedelta(seconds=4)
    assert clock.monotonic() == 4


def test_a_wait_for_a_flag_that_stays_down_takes_its_whole_time() -> None:
    clock = FakeClock()

    assert not clock.wait(threading.Event(), 10)
    assert clock.now() == MONDAY_MORNING + timedelta(seconds=10)
    assert clock.waits == [10]


def test_what_is_planned_happens_in_its_order_as_time_passes() -> None:
    clock = FakeClock()
    happened: list[tuple[str, float]] = []
    clock.at(MONDAY_MORNING + timedelta(seconds=8), lambda: happened.append(("late", clock.monotonic())))
    clock.at(MONDAY_MORNING + timedelta(seconds=3), lambda: happened.append(("early", clock.monotonic())))
    clock.at(MONDAY_MORNING + timedelta(seconds=30), lambda: happened.append(("never", clock.monotonic())))

    clock.advance(10)

    assert happened == [("early", 3), ("late", 8)]


def test_the_time_of_day_may_be_put_back_and_the_other_never_goes_back() -> None:
    clock = FakeClock()
    clock.advance(5)
    clock.put_to(MONDAY_MORNING - timedelta(hours=1))

    assert clock.now() == MONDAY_MORNING - timedelta(hours=1)
    assert clock.monotonic() == 5
