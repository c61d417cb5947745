"""What is easily overlooked in the settings of pages, told from what is kept.

Bookings go nowhere, a calendar blocks nothing, Free events don't block (`diagnosis` 85 to 87).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncetui.model.availability.slots import Days, local_date, opening
from oncetui.model.availability.spans import MergedSpans, merged
from oncetui.model.calendars import BusyBlock, Calendar, Showing, Window
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Problem
from oncetui.model.problems.configuration import (
    CALENDAR_UNREADABLE,
    EVENTS_DO_NOT_BLOCK,
    MAIN_CALENDAR_READ_ONLY,
    NO_MAIN_CALENDAR,
    NOTHING_BLOCKS,
)

FORTNIGHT = timedelta(days=14)
TOLD_BY_THE_PAGES = (NO_MAIN_CALENDAR.code, MAIN_CALENDAR_READ_ONLY.code, CALENDAR_UNREADABLE.code)
"""Warnings about pages that are closed by it, so that the pages themselves say why."""


@dataclass(frozen=True)
class Fortnight:
    """The coming two weeks: what is kept of each calendar, by its id and by start."""

    now: datetime
    blocks: Mapping[str, Sequence[BusyBlock]]


def coming_fortnight(now: datetime) -> Window:
    """Return the window that is looked at."""
    return Window(now, now + FORTNIGHT)


def oversights(
    pages: Sequence[BookingPage], calendars: Mapping[str, Calendar], ahead: Fortnight
) -> tuple[Problem, ...]:
    """Return a warning for each thing that slips through, the gravest first; nothing without pages."""
    return (
        *_bookings_that_go_nowhere(pages, calendars),
        *(
            NOTHING_BLOCKS.problem(calendar=calendar.name)
            for calendar in calendars_that_block_nothing(pages, calendars.values(), ahead)
        ),
        *(
            EVENTS_DO_NOT_BLOCK.problem(
                events="1 event" if len(free) == 1 else f"{len(free)} events", calendar=calendar.name
            )
            for calendar in calendars.values()
            if (free := free_events(pages, calendar, ahead))
        ),
    )


def calendars_that_block_nothing(
    pages: Sequence[BookingPage], calendars: Iterable[Calendar], ahead: Fortnight
) -> tuple[Calendar, ...]:
    """Return the mailbox's own calendars with events that should block, on which no page looks.

    A shared calendar that isn't ticked is left alone: the events in it are somebody else's.
    """
    if not pages:
        return ()
    ticked = frozenset[str]().union(*(page.associated.makes_busy for page in pages))
    return tuple(
        calendar
        for calendar in calendars
        if calendar.id not in ticked
        and calendar.owner is None
        and any(one.showing.blocks and one.start < one.end for one in ahead.blocks.get(calendar.id, ()))
    )


def free_events(pages: Iterable[BookingPage], calendar: Calendar, ahead: Fortnight) -> tuple[BusyBlock, ...]:
    """Return the Free events of a ticked calendar that lie in the working hours of a page which reads it."""
    free = [one for one in ahead.blocks.get(calendar.id, ()) if one.showing is Showing.FREE]
    reading = [page for page in pages if calendar.id in page.associated.makes_busy] if free else []
    hours = [_open_hours(page, ahead.now) for page in reading]
    return tuple(one for one in free if any(spans.meets(one.start, one.end) for spans in hours))


def _open_hours(page: BookingPage, now: datetime) -> MergedSpans:
    today = local_date(page, now)
    openings = opening(page, Days(today, today + FORTNIGHT))
    return merged((one.start, one.end) for one in openings)


def _bookings_that_go_nowhere(
    pages: Iterable[BookingPage], calendars: Mapping[str, Calendar]
) -> Iterable[Problem]:
    for page in pages:
        main = page.associated.main
        if main is None:
            yield NO_MAIN_CALENDAR.problem(page=page.name, page_id=page.id)
        elif main in calendars and not calendars[main].writable:
            yield MAIN_CALENDAR_READ_ONLY.problem(
                calendar=calendars[main].name, page=page.name, page_id=page.id
            )
