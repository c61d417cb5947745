"""The booking page that exists once the first connection is made."""

import re

from oncetui.model.pages import BookingPage

MINUTES = 30
_BETWEEN_NAMES = re.compile(r"[._+\-\s]+")


def first_page_name(mailbox: str) -> str:
    """Return a name for the first page, from the name before the mailbox's @."""
    parts = [part for part in _BETWEEN_NAMES.split(mailbox.partition("@")[0]) if part]
    name = " ".join(part[:1].upper() + part[1:] for part in parts)
    return f"{MINUTES} minutes with {name}" if name else f"{MINUTES} minutes"


def first_page(mailbox: str, time_zone: str) -> BookingPage:
    """Return the first page, without calendars yet."""
    return BookingPage.named(first_page_name(mailbox), MINUTES, time_zone)
