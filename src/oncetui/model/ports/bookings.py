"""The booking pages and their bookings."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Window
from oncetui.model.pages import BookingPage


class PageStore(Protocol):
    """Booking pages."""

    def pages(self) -> tuple[BookingPage, ...]:
        """Return the pages by name."""
        ...

    def save(self, page: BookingPage) -> None:
        """Add or replace a page."""
        ...

    def associate(self, page: str, associated: AssociatedCalendars) -> None:
        """Replace the calendars of a page; raise KeyError where there is no such page."""
        ...

    def delete(self, page: str) -> None:
        """Remove a page; raise KeyError where there is no such page."""
        ...


class BookingStore(Protocol):
    """Bookings."""

    def upcoming(self, now: datetime, limit: int = 5) -> tuple[Booking, ...]:
        """Return the next bookings that stand, by start."""
        ...

    def count_upcoming(self, now: datetime) -> int:
        """Return how many bookings that stand lie ahead."""
        ...

    def booking(self, booking: str) -> Booking | None:
        """Return one booking by its id."""
        ...

    def since(self, since: datetime | None = None) -> tuple[Booking, ...]:
        """Return every booking that ends later, all of them without a time, by start."""
        ...

    def holding(self, window: Window) -> tuple[Booking, ...]:
        """Return the bookings that hold some time of the window."""
        ...

    def calendars_holding(self, now: datetime) -> frozenset[str]:
        """Return the short ids of the calendars with events of bookings that stand and end later."""
        ...

    def outbox(self) -> tuple[Booking, ...]:
        """Return the bookings of which something is still to be done in the calendars, by start."""
        ...

    def take(self, booking: Booking, near: Window, fits: Callable[[tuple[Booking, ...]], bool]) -> bool:
        """Keep a booking where `fits` says so of the others that hold time in `near`.

        It is all one exclusive transaction: whatever runs at once, no time is taken twice.
        """
        ...

    def change(
        self, booking: str, advance: Callable[[Booking], Booking], generation: int | None = None
    ) -> Booking | None:
        """Read, change and write a booking in one exclusive transaction, and return it.

        None where there is no such booking, or where a generation is named that is over.
        """
        ...
