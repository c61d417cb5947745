"""When somebody is told that a password runs out: 14 days ahead, by the calendar of where they are."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncetui.model.password_expiry import WARNED_AHEAD, expiry_warnings

ANNA = "anna@contoso.example"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 300 * 365 * 86400).map(lambda passed: NOW + timedelta(seconds=passed))
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata"])


def what(expires: datetime | None, now: datetime = NOW, zone: str = "Europe/Berlin") -> str | None:
    told = expiry_warnings(ANNA, expires, now, zone)
    return told[0].what if told else None


@pytest.mark.parametrize(
    ("expires", "said"),
    [
        (NOW + timedelta(days=14, seconds=1), None),
        (NOW + timedelta(days=14), "runs out in 14 days, on Mon 16 Mar at 10:00."),
        (NOW + timedelta(days=2), "runs out in 2 days, on Wed 4 Mar at 10:00."),
        (NOW + timedelta(days=1), "runs out tomorrow at 10:00."),
        (NOW + timedelta(hours=14), "runs out tomorrow at 00:00."),
        (NOW + timedelta(hours=13, minutes=59), "runs out today at 23:59."),
        (NOW, "ran out on Mon 2 Mar at 10:00."),
        (NOW - timedelta(days=3), "ran out on Fri 27 Feb at 10:00."),
        (datetime(2026, 12, 24, tzinfo=UTC), None),
        (None, None),
    ],
)
def test_the_days_are_counted_by_the_calendar(expires: datetime | None, said: str | None) -> None:
    told = what(expires)
    assert told == (None if said is None else f"Your Exchange password {said}")


def test_the_day_is_that_of_the_zone_and_not_of_utc() -> None:
    expires = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    assert "tomorrow at 23:30" in str(what(expires, zone="UTC"))
    assert "in 2 days, on Wed 4 Mar at 00:30" in str(what(expires))


def test_a_change_of_the_clocks_leaves_the_time_of_day_right() -> None:
    before, after = datetime(2026, 3, 28, 9, tzinfo=UTC), datetime(2026, 3, 29, 9, tzinfo=UTC)
    assert "tomorrow at 11:00" in str(what(after, now=before))


@given(MOMENTS, MOMENTS, ZONES)
def test_nothing_is_told_earlier_than_two_weeks_ahead(expires: datetime, now: datetime, zone: str) -> None:
    assert bool(expiry_warnings(ANNA, expires, now, zone)) == (expires - now <= WARNED_AHEAD)


@given(st.timedeltas(timedelta(0), WARNED_AHEAD), MOMENTS, ZONES, OFFSETS)
def test_it_reads_the_same_from_whatever_offset_the_times_are_told(
    ahead: timedelta, now: datetime, zone: str, offset: timezone
) -> None:
    expires = now + ahead
    told = expiry_warnings(ANNA, expires, now, zone)
    assert told == expiry_warnings(ANNA, expires.astimezone(offset), now.astimezone(offset), zone)
    assert told[0].next.startswith("Change it")
    assert dict(told[0].evidence)["expires"] == f"{expires:%Y-%m-%dT%H:%M:%SZ}"
