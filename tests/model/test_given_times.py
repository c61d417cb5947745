"""Times that a person gives: exact, or refused with the two ways to write them."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.given_times import date_given, moment_given

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-25T10:30", datetime(2026, 11, 25, 9, 30, tzinfo=UTC)),
        ("2026-11-25 10:30", datetime(2026, 11, 25, 9, 30, tzinfo=UTC)),
        (" 2026-07-01T10:30:15.25 ", datetime(2026, 7, 1, 8, 30, 15, tzinfo=UTC)),
        ("2026-11-25T10:30Z", datetime(2026, 11, 25, 10, 30, tzinfo=UTC)),
        ("2026-11-25T10:30+05:30", datetime(2026, 11, 25, 5, 0, tzinfo=UTC)),
        ("2026-10-25T02:30+02:00", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25T02:30+01:00", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_meant_in_the_zone_unless_it_has_an_offset(written: str, moment: datetime) -> None:
    assert moment_given(written, BERLIN) == moment


def test_a_time_that_comes_twice_is_refused_with_both_ways_to_write_it() -> None:
    with pytest.raises(ValueError, match="comes twice") as caught:
        moment_given("2026-10-25T02:30", BERLIN)

    assert str(caught.value) == (
        "2026-10-25T02:30 comes twice in Europe/Berlin, where the clock is put back; "
        "write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00."
    )


def test_a_time_that_never_comes_is_refused_with_the_two_that_do() -> None:
    with pytest.raises(ValueError, match="never comes") as caught:
        moment_given("2026-03-29T02:30", BERLIN)

    assert str(caught.value) == (
        "2026-03-29T02:30 never comes in Europe/Berlin, where the clock is put forward; "
        "write 2026-03-29T03:30+02:00 or 2026-03-29T01:30+01:00."
    )


@pytest.mark.parametrize(
    "written", ["", "soon", "2026-11-25", "10:30", "2026-13-01T10:00", "0001-01-01T00:00"]
)
def test_what_is_no_time_is_told_with_one_that_is(written: str) -> None:
    with pytest.raises(ValueError, match=r"one is written 2026-11-25T10:30"):
        moment_given(written, BERLIN)


@given(st.text(max_size=30), st.sampled_from([BERLIN, "Pacific/Kiritimati", "America/Los_Angeles"]))
def test_any_text_is_a_moment_or_one_sentence(written: str, zone: str) -> None:
    try:
        sentence = f"{moment_given(written, zone):%Z}."
    except ValueError as error:
        sentence = str(error)
    assert sentence == "UTC." or re.search(r"\S+\.$", sentence)


def test_dates_are_iso_dates() -> None:
    assert date_given(" 2026-11-25 ") == date(2026, 11, 25)
    for written in ("25.11.2026", "tomorrow", "", "2026-11-31", "9999-12-31"):
        with pytest.raises(ValueError, match="one is written 2026-11-25"):
            date_given(written)
