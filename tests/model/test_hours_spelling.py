"""Working hours as people write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.hours_spelling import dates_changed, dates_given, week_given
from oncetui.model.working_hours import CLOSED_WEEK, WORKING_WEEK, Hours, dates_text, hours_on, week_text

MORNING: Hours = ((time(9), time(12)),)


@st.composite
def day_hours(draw: st.DrawFn) -> Hours:
    minutes = sorted(draw(st.lists(st.integers(0, 1440), max_size=6, unique=True)))
    pairs = zip(minutes[::2], minutes[1::2], strict=False)
    return tuple((time(a // 60, a % 60), time(b // 60 % 24, b % 60)) for a, b in pairs)


@given(st.tuples(*[day_hours()] * 7))
def test_every_week_is_read_back_as_it_is_shown(week: tuple[Hours, ...]) -> None:
    assert week_given(week_text(week)) == week


@given(st.dictionaries(st.dates(date(2020, 1, 1), date(2020, 3, 1)), day_hours() | st.just(())))
def test_all_dates_are_read_back_as_they_are_shown(dates: dict[date, Hours]) -> None:
    written = tuple(sorted(dates.items()))
    assert dates_given(dates_text(written)) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Mon-Fri 9-17", "Mon-Fri 09:00-17:00"),
        ("mon-thu 9-12 13-17, fri 9-13", "Mon-Thu 09:00-12:00 13:00-17:00, Fri 09:00-13:00"),
        ("Monday, Wed 8:30-12; Saturday 20–24", "Mon 08:30-12:00, Wed 08:30-12:00, Sat 20:00-24:00"),
        ("Tue 13-17 9-12", "Tue 09:00-12:00 13:00-17:00"),
        ("Sun closed", "closed"),
        ("closed", "closed"),
        ("", "closed"),
    ],
)
def test_a_week_may_be_written_in_many_ways(written: str, shown: str) -> None:
    assert week_text(week_given(written)) == shown


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("9-17", "“9-17” is not understood here"),
        ("Mon", "The hours are missing behind “Mon”"),
        ("Mon 9", "“9” is no span of hours"),
        ("Mon 17-9", "ends before it starts"),
        ("Mon 22-2", "Fri 18-24, Sat 0-2"),
        ("Mon 9-25", "past 24:00"),
        ("Mon 9:75-10", "“9:75-10” is no span"),
        ("Mon 9-12 11-13", "overlap"),
        ("Fri-Mon 9-12", "runs backwards"),
        ("Foo 9-12", "“Foo” is no weekday"),
        ("Mon 9-12, Mon 13-14", "Mon stands there twice"),
    ],
)
def test_a_week_that_cant_stand_gets_one_sentence(written: str, part: str) -> None:
    with pytest.raises(ValueError, match=part) as caught:
        week_given(written)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("2026-02-30 9-12", "“2026-02-30” is no date"),
        ("2026-12-24", "The hours are missing"),
        ("24.12. 9-12", "is not understood"),
        ("2026-12-31 to 2026-12-24 closed", "must run forward"),
        ("2026-12-24 to 2029-12-24 closed", "a year at most"),
        ("2026-12-24 closed, 2026-12-20 to 2026-12-26 closed", "2026-12-24 stands there twice"),
    ],
)
def test_dates_that_cant_stand_get_one_sentence(written: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        dates_given(written)


def test_a_date_goes_before_its_weekday() -> None:
    dates = dates_given("2026-12-24 9-12, 2026-12-25 to 2026-12-26 closed, 2026-12-27 10-11")
    shown = "2026-12-24 09:00-12:00, 2026-12-25 to 2026-12-26 closed, 2026-12-27 10:00-11:00"

    assert dates_text(dates) == shown
    assert hours_on(WORKING_WEEK, dates, date(2026, 12, 24)) == MORNING
    assert hours_on(WORKING_WEEK, dates, date(2026, 12, 25)) == ()
    assert hours_on(CLOSED_WEEK, dates, date(2026, 12, 27)) == ((time(10), time(11)),)
    assert hours_on(WORKING_WEEK, dates, date(2026, 12, 28)) == ((time(9), time(17)),)


def test_single_dates_are_added_replaced_and_taken_out_again() -> None:
    dates = dates_changed((), "2026-12-24 9-12")
    dates = dates_changed(dates, "2026-12-23 to 2026-12-26 closed")
    assert dates_text(dates) == "2026-12-23 to 2026-12-26 closed"

    dates = dates_changed(dates, "2026-12-24 to 2026-12-25 usual")

    assert dates_text(dates) == "2026-12-23 closed, 2026-12-26 closed"
    with pytest.raises(ValueError, match="are missing"):
        dates_changed(dates, " ")
