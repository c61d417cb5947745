"""Reading windows: halving what comes back incomplete, times, statuses, seams."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from oncetui.exchange.faults.answer_errors import NotUnderstoodError, ResponseCodeError
from oncetui.exchange.operations.read_view import CalendarView, Page, moment, showing_of, viewed
from oncetui.model.calendars import BusyBlock, Showing, Window

T = "http://schemas.microsoft.com/exchange/services/2006/types"
START = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class View:
    """A server that returns at most `cap` items of a view, and those that end where it starts too.

    Where it `refuses_with` a code it returns nothing where there would be more.
    """

    events: list[BusyBlock]
    cap: int = 1000
    refuses_with: str = ""
    asked: list[Window] = field(default_factory=list)

    def page(self, key: str, window: Window, *fields: str, most: int | None = None) -> Page:
        self.asked.append(window)
        inside = [e for e in self.events if e.end >= window.start and e.start < window.end]
        if self.refuses_with and len(inside) > self.cap:
            raise ResponseCodeError(self.refuses_with)
        return Page(_items(inside[: self.cap]), len(inside) <= self.cap)


def read(view: View, window: Window) -> tuple[BusyBlock, ...]:
    return viewed(cast("CalendarView", view), "k", window).blocks


def _items(events: list[BusyBlock]) -> Any:
    items = etree.Element(f"{{{T}}}Items")
    for event in events:
        item = etree.SubElement(items, f"{{{T}}}CalendarItem")
        etree.SubElement(item, f"{{{T}}}ItemId", Id=event.item)
        etree.SubElement(item, f"{{{T}}}Start").text = event.start.strftime("%Y-%m-%dT%H:%M:%SZ")
        etree.SubElement(item, f"{{{T}}}End").text = event.end.strftime("%Y-%m-%dT%H:%M:%SZ")
        etree.SubElement(item, f"{{{T}}}LegacyFreeBusyStatus").text = "Busy"
    return items


def _event(number: int, start: datetime, length: timedelta) -> BusyBlock:
    return BusyBlock(f"i{number}", start, start + length, Showing.BUSY)


@given(
    st.lists(st.tuples(st.integers(-50, 450), st.integers(0, 30)), max_size=40),
    st.integers(min_value=1, max_value=12),
)
def test_whatever_the_cap_every_overlapping_event_is_read_once(
    spans: list[tuple[int, int]], cap: int
) -> None:
    events = [
        _event(number, START + timedelta(days=day, minutes=7 * number), timedelta(hours=hours))
        for number, (day, hours) in enumerate(spans)
    ]
    busiest = max((sum(o.start <= e.end and o.end >= e.start for o in events) for e in events), default=0)
    window = Window(START, START + timedelta(days=400))
    blocks = read(View(events, max(cap, busiest + 1)), window)
    expected = {
        e.item
        for e in events
        if e.start < window.end and (e.end > window.start or e.start == e.end == window.start)
    }
    assert [block.item for block in sorted(blocks, key=lambda b: b.item)] == sorted(expected)


def test_a_quiet_calendar_costs_one_request() -> None:
    view = View([_event(1, START + timedelta(days=5), timedelta(hours=1))])
    read(view, Window(START, START + timedelta(days=407)))
    assert len(view.asked) == 1


def test_a_window_of_more_than_two_years_is_asked_in_parts() -> None:
    view = View([])
    read(view, Window(START, START + timedelta(days=1000)))
    assert max(window.end - window.start for window in view.asked) <= timedelta(days=730)
    assert view.asked[-1].end == START + timedelta(days=1000)


def test_one_busy_day_makes_no_small_parts_of_the_rest_of_the_year() -> None:
    busy = [_event(n, START + timedelta(days=20, minutes=n), timedelta(minutes=5)) for n in range(900)]
    view = View(busy, cap=400)
    read(view, Window(START, START + timedelta(days=407)))
    assert len(view.asked) < 60


@pytest.mark.parametrize("code", ["ErrorExceededFindCountLimit", "ErrorResultSetTooBig"])
def test_a_window_that_is_refused_as_too_much_is_asked_in_parts(code: str) -> None:
    events = [_event(n, START + timedelta(days=n), timedelta(hours=1)) for n in range(30)]
    view = View(events, cap=7, refuses_with=code)
    assert len(read(view, Window(START, START + timedelta(days=30)))) == 30


def test_another_refusal_of_a_window_is_a_failure() -> None:
    view = View(
        [_event(n, START, timedelta(hours=1)) for n in range(9)], cap=7, refuses_with="ErrorServerBusy"
    )
    with pytest.raises(ResponseCodeError, match="ErrorServerBusy"):
        read(view, Window(START, START + timedelta(days=30)))


def test_a_view_that_stays_incomplete_is_told_and_ends() -> None:
    view = View([_event(n, START, timedelta(hours=1)) for n in range(5)], cap=2)
    with pytest.raises(NotUnderstoodError):
        read(view, Window(START, START + timedelta(days=30)))


def test_a_view_that_is_too_much_at_every_length_is_told_in_the_servers_words() -> None:
    view = View(
        [_event(n, START, timedelta(hours=1)) for n in range(5)], cap=2, refuses_with="ErrorResultSetTooBig"
    )
    with pytest.raises(ResponseCodeError, match="ErrorResultSetTooBig"):
        read(view, Window(START, START + timedelta(days=30)))


def test_what_ends_where_the_window_starts_is_not_in_it() -> None:
    view = View([_event(1, START - timedelta(hours=1), timedelta(hours=1))])
    assert read(view, Window(START, START + timedelta(days=1))) == ()


@pytest.mark.parametrize(
    ("status", "showing"),
    [
        ("Free", Showing.FREE),
        ("Tentative", Showing.TENTATIVE),
        ("Busy", Showing.BUSY),
        ("OOF", Showing.AWAY),
        ("WorkingElsewhere", Showing.ELSEWHERE),
        ("NoData", Showing.NO_DATA),
    ],
)
def test_each_status_of_exchange_has_its_word(status: str, showing: Showing) -> None:
    assert showing_of(status) is showing


@given(st.one_of(st.none(), st.text()))
def test_an_unknown_status_is_busy(status: str | None) -> None:
    assert status == "Free" or showing_of(status).blocks


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T09:30:00Z",
        "2026-03-01T10:30:00+01:00",
        "2026-03-01T09:30:00",
        "2026-03-01T09:30:00.000000Z",
    ],
)
def test_times_are_read_in_utc_however_they_are_written(text: str) -> None:
    assert moment(text) == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    assert moment(text).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text", [None, "", "tomorrow", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_an_unreadable_time_is_never_guessed(text: str | None) -> None:
    with pytest.raises(NotUnderstoodError):
        moment(text)
