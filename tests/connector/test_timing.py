from datetime import timedelta

from oncetui.connector.timing import EachDay, Every, Moment
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


def test_what_came_due_while_the_computer_slept_is_due_at_once() -> None:
    clock = FakeClock()
    every, moment = Every(clock, timedelta(seconds=60)), Moment(clock)
    every.done()
    at = clock.now() + timedelta(minutes=5)
    assert not moment.has_come(at)

    clock.sleep(timedelta(minutes=5))

    assert every.is_due()
    assert moment.has_come(at)


def test_a_clock_put_ahead_and_back_again_makes_a_period_due_once() -> None:
    clock = FakeClock()
    every, runs = Every(clock, timedelta(seconds=60)), 0
    every.done()
    for _ in range(50):
        for jump in (timedelta(hours=1), timedelta(hours=-1)):
            clock.put_to(clock.now() + jump)
            clock.advance(0.5)
            if every.is_due():
                every.done()
                runs += 1

    assert runs == 1


def test_a_day_is_due_at_once_and_after_midnight() -> None:
    clock = FakeClock()
    day = EachDay(clock)
    assert day.is_due()

    day.done(clock.now())
    clock.advance(timedelta(hours=14))
    assert not day.is_due()
    clock.advance(timedelta(hours=2))
    assert day.is_due()


def test_what_began_before_midnight_and_ended_after_it_is_due_again() -> None:
    clock = FakeClock()
    day, begun = EachDay(clock), clock.now()
    clock.advance(timedelta(hours=20))
    day.done(begun)
    assert day.is_due()
