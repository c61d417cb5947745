"""Time passes by two clocks: nothing is blocked by a clock put back, nothing storms by one that jumps."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.passing import Instant, passed, slept
from tests.fakes.clock import MONDAY_MORNING

SECONDS = st.floats(0, 1e6, allow_nan=False)
JUMPS = st.floats(-1e6, 1e6, allow_nan=False)
TICK = 0.5
PERIOD = timedelta(seconds=60)


def at(steady: float, wall: float) -> Instant:
    return Instant(MONDAY_MORNING + timedelta(seconds=wall), steady)


@given(SECONDS, JUMPS)
def test_no_less_time_passes_than_either_clock_says(steady: float, wall: float) -> None:
    elapsed = passed(at(0, 0), at(steady, wall))
    assert elapsed == max(timedelta(seconds=steady), timedelta(seconds=wall))
    assert elapsed >= timedelta(0)


@given(SECONDS, SECONDS)
def test_a_sleep_is_what_the_steady_clock_did_not_see(awake: float, asleep: float) -> None:
    found = slept(at(0, 0), at(awake, awake + asleep))
    assert abs(found - timedelta(seconds=asleep)) < timedelta(milliseconds=1)


@given(SECONDS, SECONDS)
def test_a_clock_put_back_is_no_sleep(awake: float, back: float) -> None:
    assert slept(at(0, 0), at(awake, awake - back)) == timedelta(0)


@given(st.lists(st.one_of(st.just(0.0), JUMPS), min_size=1, max_size=400))
def test_jumps_of_the_clock_neither_block_nor_storm_what_is_done_each_period(jumps: list[float]) -> None:
    wall = steady = 0.0
    since, runs, longest = at(0, 0), 0, 0.0
    last = 0.0
    for jump in jumps:
        steady, wall = steady + TICK, wall + TICK + jump
        if passed(since, at(steady, wall)) >= PERIOD:
            longest, last = max(longest, steady - last), steady
            since, runs = at(steady, wall), runs + 1
    ahead = sum(jump > 0 for jump in jumps)
    assert runs <= steady / PERIOD.total_seconds() + ahead
    assert max(longest, steady - last) <= PERIOD.total_seconds() + TICK
