"""What a choice of calendars means, told before it is saved."""

from collections.abc import Iterable, Mapping, Sequence

from oncetui.connector.sharing import Listed
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.bookings import Booking
from oncetui.model.calendars import Calendar
from oncetui.model.pages import BookingPage
from oncetui.ui.console.parts import Fact, Tone


def consequences(chosen: AssociatedCalendars, calendars: Sequence[Calendar]) -> tuple[Fact, ...]:
    """Return where bookings go and what makes busy."""
    into = [calendar.name for calendar in calendars if calendar.id == chosen.main]
    also = [calendar.name for calendar in calendars if calendar.id in chosen.additional]
    busy = [calendar.name for calendar in calendars if calendar.id in chosen.makes_busy]
    bookings = (
        Fact("Bookings", f"go into {listed([*into, *also])}")
        if into
        else Fact(
            "Bookings", "go nowhere: without a main booking calendar the page accepts none", Tone.WARNING
        )
    )
    events = (
        Fact("Events", f"in {listed(busy)} make busy")
        if busy
        else Fact("Events", "make nothing busy: any time can be booked", Tone.WARNING)
    )
    return (bookings, events)


def pages_that_close(pages: Iterable[BookingPage], changed: Mapping[str, AssociatedCalendars]) -> str:
    """Return the sentence on pages that close because their main calendar is taken away, empty without."""
    closing = [
        f"“{page.name}”"
        for page in pages
        if page.id in changed and page.associated.main is not None and changed[page.id].main is None
    ]
    if not closing:
        return ""
    return f"{listed(closing)} will accept no bookings without a main booking calendar."


def main_calendars_moved(
    pages: Iterable[BookingPage], changed: Mapping[str, AssociatedCalendars]
) -> tuple[BookingPage, ...]:
    """Return the pages, as they were, whose bookings are to go into another calendar than until now."""
    return tuple(
        page
        for page in pages
        if page.id in changed
        and page.associated.main is not None
        and changed[page.id].main not in (None, page.associated.main)
    )


def bookings_that_stay(
    moved: Iterable[BookingPage], upcoming: Iterable[Booking], calendars: Iterable[Calendar]
) -> str:
    """Return the sentence on upcoming bookings when main calendars move, empty where there are none.

    What is booked stays in the calendar that it was written to; only new bookings go into the other one.
    """
    names = {calendar.id: calendar.name for calendar in calendars}
    booked = [one.page for one in upcoming if one.status.stands]
    told = []
    for page in moved:
        number = booked.count(page.id)
        if number:
            stay = "1 upcoming booking stays" if number == 1 else f"{number} upcoming bookings stay"
            told.append(f"{stay} in {names.get(page.associated.main or '', 'the old calendar')}.")
    return " ".join([*told, "New ones go into the other calendar."]) if told else ""


def calendar_listed(added: Listed) -> str:
    """Return what may be done with a calendar that was added to the list, which no page uses yet."""
    calendar = added.shared
    if not added.new:
        return f"{calendar.name} of {calendar.owner} is in the list already."
    if not calendar.full_read:
        return (
            f"Of {calendar.owner} only free/busy may be read: its times can make busy, bookings can't go "
            "into it. Nothing uses it yet."
        )
    rights = "" if calendar.writable else " It is read-only: bookings can't go into it."
    return f"{calendar.name} of {calendar.owner} is in the list, and nothing uses it yet.{rights}"


def still_used(calendar: Calendar, pages: Sequence[str]) -> str | None:
    """Return why a calendar can't be taken off the list, None where it can."""
    if calendar.owner is None:
        return f"{calendar.name} is the mailbox's own; only shared calendars can be taken off the list."
    if pages:
        names = listed([f"“{name}”" for name in pages])
        return f"{names} {'uses' if len(pages) == 1 else 'use'} {calendar.name}; save without it first."
    return None


def listed(names: Sequence[str]) -> str:
    """Return names as in a sentence: `one`, `one and two`, `one, two and three`."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
