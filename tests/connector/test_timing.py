from datetime import timedelta

from oncetui.connector.timing import Every, Moment
from tests.fakes.clock import FakeClock


def test_a_moment_comes_by_the_clock() -> None:
    clock = FakeClock()
    moment, at = Moment(clock), clock.now() + timedelta(seconds=10)

    assert not moment.has_come(at)
    clock.advance(9.5)
    assert not moment.has_come(at)
    clock.advance(0.5)
    assert moment.has_come(at)


def test_a_clock_put_back_does_not_delay_a_moment() -> None:
    clock = FakeClock()
    moment, at = Moment(clock), clock.now() + timedelta(seconds=10)
    assert not moment.has_come(at)

    clock.put_to(clock.now() - timedelta(hours=3))
    clock.advance(10)

    assert moment.has_come(at)


def test_a_moment_first_seen_far_ahead_is_bounded() -> None:
    clock = FakeClock()
    moment, at = Moment(clock), clock.now() + timedelta(hours=3)
    assert not moment.has_come(at, timedelta(minutes=1))

    clock.advance(60)

    assert moment.has_come(at, timedelta(minutes=1))


def test_no_moment_has_always_come() -> None:
    assert Moment(FakeClock()).has_come(None)


def test_a_period_is_due_at_once_and_after_each_time_it_was_done() -> None:
    clock = FakeClock()
    every = Every(clock, timedelta(seconds=60))
    assert every.is_due()

    every.done()
    clock.advance(59)
    assert not every.is_due()
    clock.advance(1)
    assert every.is_due()

    every.done()
    every.at_once()
    assert every.is_due()
