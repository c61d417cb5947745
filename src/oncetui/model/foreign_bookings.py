"""Bookings to come that another installation made: seen by their stamps, taken over only by consent."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from string import Formatter

from oncetui.model.booked_events import StampedEvent
from oncetui.model.bookings import LONGEST_NAME
from oncetui.model.calendars import Calendar
from oncetui.model.stamps import Mark

TAKING_OVER = (
    ("Bookings", "become bookings of this installation: moved, canceled and settled here"),
    ("Events", "stay as they are, and whomever they invite stays invited"),
    ("Customers", "are known by name, as the subject tells it; their email addresses aren't"),
    ("There", "they read as deleted in the calendar; to restore one there writes a second event"),
)
"""What it means to take them over, said before it is done."""
UNKNOWN_CUSTOMER = "Customer of another installation"


@dataclass(frozen=True)
class ForeignBooking:
    """The events of one booking that isn't kept here, each with its calendar."""

    events: tuple[tuple[Calendar, StampedEvent], ...]


def foreign_bookings(
    stamped: Iterable[tuple[Calendar, StampedEvent]], is_kept: Callable[[Mark], bool]
) -> tuple[ForeignBooking, ...]:
    """Return what bears a stamp of a booking that isn't kept here, an entry a booking, by start.

    That is another installation's or profile's as a rule. A stamp of our own counts too where the store
    doesn't know its booking: it may have been put back from a copy.
    """
    found: dict[str, list[tuple[Calendar, StampedEvent]]] = defaultdict(list)
    for calendar, event in stamped:
        if not is_kept(event.stamp.mark):
            # By the booking alone: one that was taken over in part bears stamps of both.
            found[event.stamp.mark.booking].append((calendar, event))
    entries = (ForeignBooking(tuple(events)) for events in found.values())
    return tuple(sorted(entries, key=lambda one: min(event.start for _, event in one.events)))


def customer_in(template: str, subject: str) -> str:
    """Return the customer's name from an event's subject, by a page's template where that fits.

    A subject that the template doesn't fit is the name as it stands.
    """
    pattern, named = "", False
    for text, word, _, _ in Formatter().parse(" ".join(template.split())):
        pattern += re.escape(text)
        if word == "customer":
            pattern += "(?P=customer)" if named else "(?P<customer>.+)"
            named = True
        elif word is not None:
            pattern += ".+?"
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
    fits = re.fullmatch(pattern, shown) if named else None
    return (shown if fits is None else fits["customer"])[:LONGEST_NAME].strip() or UNKNOWN_CUSTOMER
