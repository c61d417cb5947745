"""Series that a server leaves unexpanded are noticed, and expanded as Exchange would."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from oncetui.exchange.faults.answer_errors import NotUnderstoodError, ResponseCodeError
from oncetui.exchange.series.rules import rule_of
from oncetui.exchange.series.whole_view import Expansion
from oncetui.model.calendars import Showing
from oncetui.simulator.calendars.patterns import (
    AbsoluteMonthly,
    AbsoluteYearly,
    Daily,
    Pattern,
    Recurrence,
    Weekly,
)
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.properties.recurrence import recurrence_xml
from oncetui.simulator.soap.names import TYPES
from tests.exchange.series import NINE, Calendar, days, shown
from tests.simulator.series_of_all_kinds import PATTERNS, STARTS, ZONES

BERLIN = Zone.of_iana("Europe/Berlin")
MARCH = date(2026, 3, 2)
DAILY = Recurrence(Daily(), MARCH)


@settings(max_examples=150, deadline=None)
@given(PATTERNS, STARTS, st.one_of(st.none(), st.integers(1, 25)), st.integers(0, 1500))
def test_a_series_falls_on_the_days_on_which_the_server_has_it(
    pattern: Pattern, start: date, count: int | None, length: int
) -> None:
    until = None if count is not None else start + timedelta(days=length)
    recurrence = Recurrence(pattern, start, until, count)
    expected = list(islice(recurrence.dates(start, date.max), 60))
    element = etree.fromstring(f'<t:Recurrence xmlns:t="{TYPES}">{recurrence_xml(recurrence)}</t:Recurrence>')
    assert [moment.date() for moment in islice(rule_of(element), 60)] == expected


@dataclass(frozen=True)
class Drawn:
    """A series, what of its first occurrences is deleted or changed, and where a window begins."""

    pattern: Pattern
    start: date
    zone: str
    at: time
    deleted: set[int]
    changed: set[int]
    days_later: int


DRAWN = st.builds(
    Drawn,
    PATTERNS,
    STARTS,
    ZONES,
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sets(st.integers(0, 12), max_size=4),
    st.sets(st.integers(0, 12), max_size=3),
    st.integers(-100, 700),
)


@settings(max_examples=120, deadline=None)
@given(DRAWN)
def test_an_unexpanded_calendar_reads_as_an_expanded_one(drawn: Drawn) -> None:
    recurrence, zone = Recurrence(drawn.pattern, drawn.start), Zone.of_windows(drawn.zone)
    first, *_ = dates = list(islice(recurrence.dates(drawn.start, date.max), 13))
    begin = datetime.combine(first, drawn.at, zone.info)
    # A time of day that the first day's clock skips is another time of day for the whole series.
    assume(begin.astimezone(UTC).astimezone(zone.info).time() == drawn.at)
    calendar = Calendar(expands=False)
    item = calendar.series(recurrence, zone, drawn.at)
    for number, status in zip(sorted(drawn.changed), ("Free", "OOF", "WorkingElsewhere"), strict=False):
        calendar.change(item, dates[number], timedelta(minutes=10), status)
    calendar.delete(item, (dates[number] for number in sorted(drawn.deleted - drawn.changed)))
    calendar.single(datetime.combine(first + timedelta(days=3), time(12), UTC))

    window = days(first + timedelta(days=drawn.days_later), 90)
    assert shown(calendar.read(window)) == calendar.truth(window)


@pytest.mark.parametrize("expands", [True, False])
def test_all_day_events_are_days_of_the_mailbox_through_the_change_of_the_clocks(*, expands: bool) -> None:
    calendar = Calendar(expands=expands)
    calendar.series(Recurrence(Weekly(1, frozenset({6})), date(2026, 3, 22)), BERLIN, time(), all_day=True)

    blocks = calendar.read(days(date(2026, 3, 20), 20))

    assert [block.end - block.start for block in blocks] == [timedelta(hours=hours) for hours in (24, 23, 24)]
    assert blocks[1].start == datetime(2026, 3, 28, 23, tzinfo=UTC)


def test_a_view_that_shows_occurrences_costs_one_request_for_ever() -> None:
    calendar = Calendar()
    calendar.series(DAILY, BERLIN)

    assert len(calendar.read(days(MARCH, 7))) == 7
    calendar.read(days(date(2020, 1, 1), 7))

    assert calendar.wire.asked == ["FindItem"] * 2
    assert calendar.expansion.by_server


def test_a_server_that_expands_is_known_by_a_series_that_ended_long_ago() -> None:
    calendar = Calendar()
    calendar.series(Recurrence(Daily(), date(2020, 1, 1), count=3), BERLIN)
    single = calendar.single(datetime(2026, 3, 3, 9, tzinfo=UTC))

    first = calendar.read(days(MARCH, 7))
    assert [block.start for block in first] == [single.start]
    assert calendar.wire.asked == ["FindItem"] * 3
    calendar.read(days(MARCH, 7))
    assert calendar.wire.asked == ["FindItem"] * 4


def test_a_calendar_without_any_series_is_asked_for_them_and_no_more() -> None:
    calendar = Calendar()
    calendar.single(datetime(2026, 3, 3, 9, tzinfo=UTC))
    assert len(calendar.read(days(MARCH, 7))) == 1
    assert calendar.wire.asked == ["FindItem"] * 2


def test_occurrences_that_the_view_never_mentions_are_found_all_the_same() -> None:
    calendar = Calendar(expands=False)
    calendar.series(Recurrence(Daily(), date(2020, 1, 1)), BERLIN)

    assert len(calendar.read(days(MARCH, 7))) == 7
    assert calendar.expansion.by_server is False


def test_a_server_that_turns_out_to_expand_no_more_is_believed() -> None:
    calendar = Calendar()
    calendar.series(DAILY, BERLIN)
    calendar.read(days(MARCH, 7))
    calendar.exchange.expands_series = False

    assert len(calendar.read(days(MARCH, 7))) == 7
    assert calendar.expansion.by_server is False


@pytest.mark.parametrize("code", ["ErrorUnsupportedPathForQuery", "ErrorInvalidRestriction"])
def test_a_server_that_cannot_search_is_asked_for_everything(code: str) -> None:
    calendar = Calendar(expands=False)
    calendar.series(DAILY, BERLIN)
    for number in range(450):
        calendar.single(datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=number))
    calendar.wire.refused["FindItem", b"Restriction"] = code

    assert len(calendar.read(days(MARCH, 7))) == 7
    # The view, the search, and three pages of 200.
    assert len([one for one in calendar.wire.asked if one.startswith("FindItem")]) == 5


def test_another_refusal_of_the_search_is_a_failure() -> None:
    calendar = Calendar(expands=False)
    calendar.wire.refused["FindItem", b"Restriction"] = "ErrorServerBusy"
    with pytest.raises(ResponseCodeError, match="ErrorServerBusy"):
        calendar.read(days(MARCH, 7))


def test_a_changed_occurrence_that_cannot_be_read_is_busy_at_its_new_time() -> None:
    calendar = Calendar(expands=False)
    item = calendar.series(DAILY, BERLIN)
    calendar.change(item, date(2026, 3, 4), timedelta(hours=2), "Free")
    calendar.read(days(MARCH, 1))
    only = b'calendar:LegacyFreeBusyStatus"/></t:AdditionalProperties>'
    calendar.wire.refused["GetItem", only] = "ErrorItemNotFound"

    moved = [block for block in calendar.read(days(date(2026, 3, 4), 1)) if block.showing.blocks]

    assert [(block.start.hour, block.showing) for block in moved] == [(10, Showing.NO_DATA)]


def test_a_zone_that_nobody_knows_makes_too_much_busy_and_never_too_little() -> None:
    calendar = Calendar(expands=False)
    nobodys = Zone("tzone://Microsoft/Custom", BERLIN.info)
    item = calendar.series(Recurrence(Daily(), date(2026, 3, 25)), nobodys, NINE)
    calendar.delete(item, [date(2026, 3, 31)])
    window = days(date(2026, 3, 25), 10)

    read = calendar.read(window)

    assert [block.end - block.start for block in read] == [timedelta(hours=2, minutes=30)] * 9
    for start, end, _ in calendar.truth(window):
        assert any(block.start <= start and end <= block.end for block in read)
    assert not any(block.start.date() == date(2026, 3, 31) for block in read)


NOTHING_KNOWN = [
    "",
    "<t:DailyRecurrence><t:Interval>0</t:Interval></t:DailyRecurrence>",
    "<t:DailyRegeneration><t:Interval>1</t:Interval></t:DailyRegeneration>",
    "<t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek/></t:WeeklyRecurrence>",
    recurrence_xml(Recurrence(AbsoluteMonthly(1, 32), MARCH)).partition("<t:NoEnd")[0],
    recurrence_xml(Recurrence(AbsoluteYearly(5, 1), MARCH)).partition("<t:NoEnd")[0].replace("May", "Mai"),
]


@pytest.mark.parametrize(
    ("pattern", "start"),
    [
        *((one, "2026-03-02") for one in NOTHING_KNOWN),
        (recurrence_xml(DAILY).partition("<t:NoEnd")[0], "2026-13-02"),
    ],
)
def test_a_recurrence_that_is_not_understood_is_never_guessed(pattern: str, start: str) -> None:
    ends = f"<t:NoEndRecurrence><t:StartDate>{start}</t:StartDate></t:NoEndRecurrence>"
    element = etree.fromstring(f'<t:Recurrence xmlns:t="{TYPES}">{pattern}{ends}</t:Recurrence>')
    with pytest.raises(NotUnderstoodError):
        rule_of(element)


def test_nothing_is_known_of_a_server_before_it_has_shown_a_series() -> None:
    expansion = Expansion()
    expansion.note(frozenset({"Single", ""}))
    assert expansion.by_server is None
