"""When occurrences take place: the clock on the wall stays the same through changes of the offset."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from oncetui.simulator.calendars.appointments import Times
from oncetui.simulator.calendars.edits import (
    Author,
    Edit,
    add_appointment,
    change_occurrence,
    delete_occurrence,
)
from oncetui.simulator.calendars.entries import occurrence, occurrences_between
from oncetui.simulator.calendars.patterns import Daily, Pattern, Recurrence, Weekly
from oncetui.simulator.calendars.views import view
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.items import CalendarItem

from .asking import NOW, small_world

ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "America/Santiago"]
)
AUTHOR = Author("anna@contoso.example", "Anna", NOW)
TREE = small_world().mailboxes["anna@contoso.example"].folders


def wall(year: int, month: int, day: int, hour: int = 0) -> datetime:
    """A time by the clock on the wall, of no zone yet."""
    return datetime.combine(date(year, month, day), time(hour))


def series(zone: str, start: datetime, length: timedelta, recurrence: Recurrence) -> CalendarItem:
    """A series in Anna's calendar; `start` is local."""
    begins = start.replace(tzinfo=ZoneInfo(zone))
    ends = (start + length).replace(tzinfo=ZoneInfo(zone))
    times = Times(
        begins.astimezone(UTC),
        ends.astimezone(UTC),
        Zone.of_iana(zone),
        Zone.of_iana(zone),
        recurrence=recurrence,
    )
    return add_appointment(TREE, TREE.calendar, times, Edit(), AUTHOR)


def test_a_weekly_series_at_ten_in_berlin_stays_at_ten_when_the_clocks_change() -> None:
    weekly = Recurrence(Weekly(1, frozenset({0})), date(2026, 3, 16), count=4)
    item = series("Europe/Berlin", wall(2026, 3, 16, 10), timedelta(hours=1), weekly)
    found = sorted(
        entry.start for entry in occurrences_between(item, item.start, item.start + timedelta(days=60))
    )
    assert [moment.astimezone(ZoneInfo("Europe/Berlin")).hour for moment in found] == [10, 10, 10, 10]
    assert [moment.hour for moment in found] == [9, 9, 8, 8]


@given(
    ZONES,
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    st.times(time(4), time(19)).map(lambda clock: clock.replace(second=0, microsecond=0)),
    st.integers(5, 300),
    st.one_of(
        st.builds(Daily, st.integers(1, 9)),
        st.builds(Weekly, st.integers(1, 4), st.frozensets(st.integers(0, 6), min_size=1), st.integers(0, 6)),
    ),
    st.integers(-30, 800),
    st.integers(0, 200),
)
def test_the_occurrences_in_a_window_are_those_of_a_day_by_day_count(  # noqa: PLR0917 - drawn values
    zone: str, first: date, clock: time, minutes: int, pattern: Pattern, ahead: int, hours: int
) -> None:
    recurrence = Recurrence(pattern, first, count=60)
    length = timedelta(minutes=minutes)
    item = series(zone, datetime.combine(first, clock), length, recurrence)
    start = datetime.combine(first + timedelta(days=ahead), time(), UTC)
    end = start + timedelta(hours=hours)
    expected = []
    for day in recurrence.dates(first, date.max):
        local = datetime.combine(day, clock)
        begins = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        ends = (local + length).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if begins < end and ends >= start:
            expected.append((begins, ends))
    found = sorted((entry.start, entry.end) for entry in occurrences_between(item, start, end))
    assert found == expected
    TREE.remove_item(item)


def test_an_all_day_series_keeps_whole_days_on_the_day_of_twenty_five_hours() -> None:
    weekly = Recurrence(Weekly(1, frozenset({6})), date(2026, 10, 18), count=3)
    item = series("Europe/Berlin", wall(2026, 10, 18), timedelta(days=1), weekly)
    entry = occurrence(item, date(2026, 10, 25))
    assert entry is not None
    assert entry.end - entry.start == timedelta(hours=25)


def test_a_series_begins_with_the_first_date_of_its_pattern() -> None:
    fridays = Recurrence(Weekly(1, frozenset({4})), date(2026, 11, 16), count=2)
    item = series("Europe/Berlin", wall(2026, 11, 16, 10), timedelta(hours=1), fridays)
    assert item.start == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_changed_and_deleted_occurrences_stand_where_they_were_put() -> None:
    tree = small_world().mailboxes["anna@contoso.example"].folders
    berlin = Zone.of_iana("Europe/Berlin")
    start = datetime(2026, 11, 16, 9, tzinfo=UTC)
    times = Times(
        start, start + timedelta(hours=1), berlin, berlin, recurrence=Recurrence(Daily(2), date(2026, 11, 16))
    )
    item = add_appointment(tree, tree.calendar, times, Edit({"item:Subject": "Series"}), AUTHOR)
    changed = occurrence(item, date(2026, 11, 18))
    deleted = occurrence(item, date(2026, 11, 20))
    assert changed is not None
    assert deleted is not None
    later = start + timedelta(days=3)
    change_occurrence(
        tree,
        changed,
        Times(later, later + timedelta(hours=2), berlin, berlin),
        Edit({"item:Subject": "Moved"}),
        AUTHOR,
    )
    delete_occurrence(tree, deleted, AUTHOR)
    entries, complete = view(tree.calendar, start, start + timedelta(days=7))
    assert complete
    assert [(entry.start.day, entry.type, entry.value("item:Subject")) for entry in entries] == [
        (16, "Occurrence", "Series"),
        (19, "Exception", "Moved"),
        (22, "Occurrence", "Series"),
    ]
