"""A page's template for the calendar events of its bookings."""

from dataclasses import dataclass
from string import Formatter

WORDS = ("page", "customer", "email", "start", "end", "id")
LONGEST_SUBJECT = 255
LONGEST_BODY = 8000


@dataclass(frozen=True)
class EventTexts:
    """A page's template for its calendar events.

    `subject` and `body` may hold words in braces, such as `{customer}`. With `invite_customer` the calendar's
    server sends the customer invitation, changes and cancellation; without, nobody is told by the calendar.
    """

    subject: str = "{page}: {customer}"
    body: str = "Booked by {customer} ({email}).\nBooking {id}"
    reminder_minutes: int | None = 15
    category: str | None = None
    invite_customer: bool = False


USUAL_TEXTS = EventTexts()


def checked_template(text: str, longest: int = LONGEST_BODY) -> str:
    """Return a template; raise ValueError, with one sentence for a person, where it can't be filled in."""
    known = ", ".join(f"{{{word}}}" for word in WORDS)
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise ValueError(f"A brace has no partner; words are written as in {{customer}}: {known}.") from None
    for _, field, form, conversion in parts:
        if field not in WORDS or form or conversion:
            raise ValueError(f"Words are written without anything else in the braces; known are {known}.")
    if len(text) > longest:
        raise ValueError(f"This text is longer than {longest} characters.")
    return text
