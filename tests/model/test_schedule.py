from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.schedule import (
    FRESH_FOR,
    IT_PROBE,
    IT_PROBE_AT_MOST,
    PROBE,
    PROBE_AT_MOST,
    after_temporary_fault,
    is_fresh,
    wait_before_it_probe,
)
from tests.fakes.clock import MONDAY_MORNING as NOW

spans = st.floats(-1e6, 1e7).map(lambda seconds: timedelta(seconds=seconds))


@given(spans)
def test_a_probe_is_never_sooner_than_4_s_and_never_later_than_a_minute(outage: timedelta) -> None:
    assert PROBE <= after_temporary_fault(NOW, NOW + outage) <= PROBE_AT_MOST


@given(st.floats(0, 600))
def test_a_probe_comes_every_4_s_for_ten_minutes(seconds: float) -> None:
    assert after_temporary_fault(NOW, NOW + timedelta(seconds=seconds)) == timedelta(seconds=4)


@given(spans, spans)
def test_the_waits_never_shrink_as_an_outage_lasts(one: timedelta, other: timedelta) -> None:
    shorter, longer = sorted((one, other))
    assert after_temporary_fault(NOW, NOW + shorter) <= after_temporary_fault(NOW, NOW + longer)


@given(st.integers(-5, 10_000))
def test_a_probe_while_it_must_act_comes_after_one_to_fifteen_minutes(tries: int) -> None:
    assert IT_PROBE <= wait_before_it_probe(tries) <= IT_PROBE_AT_MOST
    assert wait_before_it_probe(tries) <= wait_before_it_probe(tries + 1)


@given(spans)
def test_busy_time_is_fresh_for_fifteen_minutes_and_never_where_the_clock_went_backwards(
    age: timedelta,
) -> None:
    assert is_fresh(NOW - age, NOW) == (timedelta(0) <= age <= FRESH_FOR)


def test_busy_time_that_was_never_read_is_not_fresh() -> None:
    assert not is_fresh(None, NOW)
