"""Which calendars a booking page goes with, and the rules that each toggle keeps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from oncetui.model.calendars import Calendar


@dataclass(frozen=True)
class AssociatedCalendars:
    """The calendars of one booking page, by their short ids.

    `main` takes the bookings, `additional` take a copy, events in `busy` make busy; the main one always
    makes busy.
    """

    main: str | None = None
    additional: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()

    @property
    def in_use(self) -> frozenset[str]:
        """Every calendar that the page needs."""
        return self.additional | self.makes_busy | ({self.main} if self.main else frozenset())

    @property
    def makes_busy(self) -> frozenset[str]:
        """Calendars whose events make busy, the main one included."""
        return self.busy | ({self.main} if self.main else frozenset())


NO_CALENDARS = AssociatedCalendars()


@dataclass(frozen=True)
class Choice:
    """What came of a toggle: the associations after it, and the sentence that says what it means.

    A refused toggle leaves the associations as they were.
    """

    associated: AssociatedCalendars
    sentence: str
    refused: bool = False


def choose_main(associated: AssociatedCalendars, calendar: Calendar) -> Choice:
    """Make a calendar the main one, or none the main one where it already is."""
    if associated.main == calendar.id:
        without = replace(associated, main=None, busy=associated.busy | {calendar.id})
        return Choice(without, "No main booking calendar: the page accepts no bookings until it has one.")
    if not calendar.writable:
        return _refused(associated, f"{calendar.name} is read-only, so bookings can't go into it.")
    chosen = AssociatedCalendars(
        main=calendar.id,
        additional=associated.additional - {calendar.id},
        busy=associated.makes_busy | {calendar.id},
    )
    return Choice(chosen, f"Bookings go into {calendar.name}, and its events make busy.")


def toggle_additional(associated: AssociatedCalendars, calendar: Calendar) -> Choice:
    """Add a calendar to the additional ones, or take it out."""
    if associated.main == calendar.id:
        return _refused(associated, f"{calendar.name} is the main booking calendar already.")
    if calendar.id in associated.additional:
        without = replace(associated, additional=associated.additional - {calendar.id})
        return Choice(without, f"Bookings no longer go into {calendar.name}.")
    if not calendar.writable:
        return _refused(associated, f"{calendar.name} is read-only, so bookings can't go into it.")
    added = replace(associated, additional=associated.additional | {calendar.id})
    return Choice(added, f"Bookings also go into {calendar.name}.")


def toggle_busy(associated: AssociatedCalendars, calendar: Calendar) -> Choice:
    """Let a calendar's events make busy, or not."""
    if associated.main == calendar.id:
        return _refused(associated, f"{calendar.name} is the main booking calendar, which always makes busy.")
    if calendar.id in associated.busy:
        without = replace(associated, busy=associated.busy - {calendar.id})
        return Choice(without, f"Events in {calendar.name} no longer make busy.")
    ticked = replace(associated, busy=associated.busy | {calendar.id})
    return Choice(ticked, f"Events in {calendar.name} make busy.")


def suggested(calendars: Iterable[Calendar]) -> AssociatedCalendars:
    """Return the usual choice: the default calendar for bookings, the mailbox's own writable ones for busy.

    A default calendar that can't be written to is passed over for the first that can.
    """
    writable = [calendar for calendar in calendars if calendar.writable and calendar.owner is None]
    main = next((calendar for calendar in writable if calendar.default), next(iter(writable), None))
    return AssociatedCalendars(
        main=None if main is None else main.id, busy=frozenset(calendar.id for calendar in writable)
    )


def _refused(associated: AssociatedCalendars, sentence: str) -> Choice:
    return Choice(associated, sentence, refused=True)
