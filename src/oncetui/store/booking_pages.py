"""Booking pages and the calendars that they go with."""

from dataclasses import asdict, fields, replace
from datetime import date, time
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Showing
from oncetui.model.event_texts import EventTexts
from oncetui.model.pages import BookingPage
from oncetui.model.working_hours import Hours
from oncetui.store.database import Database
from oncetui.store.schema import associations, booking_pages


class UsedFor(StrEnum):
    """What a page uses a calendar for."""

    MAIN = "main"
    ADDITIONAL = "additional"
    BUSY = "busy"


class BookingPages:
    """Keeps the booking pages by their link names."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pages(self) -> tuple[BookingPage, ...]:
        """Return the pages by name."""
        with self._database.reading() as connection:
            associated = _associated(connection)
            rows = connection.execute(select(booking_pages)).mappings().all()
        pages = (_page(dict(row), associated.get(row["id"], AssociatedCalendars())) for row in rows)
        return tuple(sorted(pages, key=lambda page: (page.name.casefold(), page.id)))

    def save(self, page: BookingPage) -> None:
        """Add or replace a page."""
        values = _row(page)
        with self._database.writing() as connection:
            replaced = connection.execute(
                update(booking_pages).where(booking_pages.c.id == page.id).values(values)
            )
            if replaced.rowcount == 0:
                connection.execute(insert(booking_pages).values(values))
            _associate(connection, page.id, page.associated)

    def associate(self, page: str, associated: AssociatedCalendars) -> None:
        """Replace the calendars of a page; raise KeyError where there is no such page."""
        with self._database.writing() as connection:
            if connection.scalar(select(booking_pages.c.id).where(booking_pages.c.id == page)) is None:
                raise KeyError(page)
            _associate(connection, page, associated)

    def delete(self, page: str) -> None:
        """Remove a page; raise KeyError where there is no such page."""
        with self._database.writing() as connection:
            if connection.execute(delete(booking_pages).where(booking_pages.c.id == page)).rowcount == 0:
                raise KeyError(page)


def _associated(connection: Connection) -> dict[str, AssociatedCalendars]:
    by_page: dict[str, AssociatedCalendars] = {}
    for page, used_for, calendar in connection.execute(select(associations)):
        before = by_page.get(page, AssociatedCalendars())
        match used_for:
            case UsedFor.MAIN:
                by_page[page] = replace(before, main=calendar)
            case UsedFor.ADDITIONAL:
                by_page[page] = replace(before, additional=before.additional | {calendar})
            case _:
                by_page[page] = replace(before, busy=before.busy | {calendar})
    return by_page


def _associate(connection: Connection, page: str, associated: AssociatedCalendars) -> None:
    uses = [(UsedFor.MAIN, associated.main)] if associated.main is not None else []
    uses += [(UsedFor.ADDITIONAL, calendar) for calendar in associated.additional]
    uses += [(UsedFor.BUSY, calendar) for calendar in associated.busy]
    connection.execute(delete(associations).where(associations.c.page == page))
    rows = [{"page": page, "used_for": used_for, "calendar": calendar} for used_for, calendar in uses]
    if rows:
        connection.execute(insert(associations), rows)


def _row(page: BookingPage) -> dict[str, Any]:
    columns = {column.name for column in booking_pages.columns}
    values = {field.name: getattr(page, field.name) for field in fields(page) if field.name in columns}
    return values | {
        "working_hours": [_texts(hours) for hours in page.working_hours],
        "date_hours": [[day.isoformat(), _texts(hours)] for day, hours in page.date_hours],
        "counts_as_free": sorted(page.counts_as_free),
        "event_texts": asdict(page.event_texts),
    }


def _page(row: dict[str, Any], associated: AssociatedCalendars) -> BookingPage:
    read = {
        "working_hours": tuple(_hours(day) for day in row["working_hours"]),
        "date_hours": tuple((date.fromisoformat(day), _hours(hours)) for day, hours in row["date_hours"]),
        "counts_as_free": frozenset(map(Showing, row["counts_as_free"])),
        "event_texts": EventTexts(**row["event_texts"]),
        "associated": associated,
    }
    return BookingPage(**row | read)


def _texts(hours: Hours) -> list[list[str]]:
    return [[start.isoformat(), end.isoformat()] for start, end in hours]


def _hours(day: list[list[str]]) -> Hours:
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in day)
