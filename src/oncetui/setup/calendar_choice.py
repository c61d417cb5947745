"""The calendars step as one frozen view state: rows, toggles, and the sentences that say what they mean."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from oncetui.model.associations import (
    NO_CALENDARS,
    AssociatedCalendars,
    Choice,
    choose_main,
    suggested,
    toggle_additional,
    toggle_busy,
)
from oncetui.model.calendars import Calendar, FoundCalendar, told_apart
from oncetui.model.pages import BookingPage
from oncetui.setup.first_page import first_page_name


@dataclass(frozen=True)
class Cell:
    """One choice of a row: whether it is on, and whether it could be at all."""

    on: bool
    possible: bool


@dataclass(frozen=True)
class ChoiceRow:
    """One calendar with its three choices; `remark` is what sets it apart."""

    calendar: Calendar
    main: Cell
    additional: Cell
    busy: Cell
    remark: str


@dataclass(frozen=True)
class CalendarChoice:
    """Which calendars the wizard's booking pages go with.

    `found` are the calendars as the server lists them, the default one first. Before anything is saved a
    calendar is known by the server's key alone, which stands for its id in `associated`. `pages` are the
    link names of existing pages that get the choice; without one a first page is made. `said` is what the
    last toggle meant, `refused` that it changed nothing.
    """

    found: tuple[FoundCalendar, ...]
    associated: AssociatedCalendars
    page_names: tuple[str, ...]
    pages: tuple[str, ...] = ()
    said: str | None = None
    refused: bool = False

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """The calendars, with the server's key as their id; a shared one of a common name tells its owner."""
        return _provisional(self.found)

    @property
    def title(self) -> str:
        """Whose calendars are chosen."""
        return f"Bookings of {_listed([f'“{name}”' for name in self.page_names])}"

    @property
    def rows(self) -> tuple[ChoiceRow, ...]:
        """The calendars with what is chosen for each, in the server's order with the default one first."""
        return tuple(self._row(calendar) for calendar in self.calendars)

    @property
    def sentences(self) -> tuple[str, str]:
        """Where bookings go, and what makes busy."""
        main = self._names({self.associated.main} if self.associated.main else ())
        into = main + self._names(self.associated.additional)
        busy = self._names(self.associated.makes_busy)
        bookings = f"Bookings go into {_listed(into)}." if main else "Bookings go nowhere yet."
        return bookings, f"Events in {_listed(busy)} make you busy." if busy else "Nothing makes you busy."

    @property
    def warning(self) -> str | None:
        """Why the page would stay closed with this choice, None where it would open."""
        if self.associated.main is not None:
            return None
        if not any(calendar.writable for calendar in self.calendars):
            return "Every calendar here is read-only: without one that takes bookings the page stays closed."
        return "Without a main booking calendar the page accepts no bookings."

    def calendar(self, key: str) -> Calendar:
        """Return a calendar by its key; raise KeyError where there is none."""
        return {calendar.id: calendar for calendar in self.calendars}[key]

    def _row(self, calendar: Calendar) -> ChoiceRow:
        is_main = self.associated.main == calendar.id
        return ChoiceRow(
            calendar,
            main=Cell(is_main, calendar.writable),
            additional=Cell(calendar.id in self.associated.additional, calendar.writable and not is_main),
            busy=Cell(calendar.id in self.associated.makes_busy, not is_main),
            remark=calendar.remark,
        )

    def _names(self, keys: Iterable[str]) -> list[str]:
        wanted = set(keys)
        return [calendar.name for calendar in self.calendars if calendar.id in wanted]


def opened_choice(
    found: Iterable[FoundCalendar],
    mailbox: str,
    pages: Iterable[BookingPage] = (),
    known: Iterable[Calendar] = (),
) -> CalendarChoice:
    """Return the step as it opens, with the usual choice made.

    Existing pages without any calendar get the choice; where each page has some, the first page shows its
    own. `known` are the calendars of the store, by whose ids those associations speak.
    """
    listed = tuple(sorted(found, key=lambda each: not each.default))
    existing = tuple(pages)
    bare = tuple(page for page in existing if page.associated == NO_CALENDARS)
    if existing and not bare:
        associated = _by_key(existing[0].associated, known, listed)
        return CalendarChoice(listed, associated, (existing[0].name,), (existing[0].id,))
    names = tuple(page.name for page in bare) or (first_page_name(mailbox),)
    usual = suggested(_provisional(listed))
    return CalendarChoice(listed, usual, names, tuple(page.id for page in bare))


def main_chosen(choice: CalendarChoice, key: str) -> CalendarChoice:
    """Let bookings go into a calendar, or into none where they did already."""
    return _after(choice, choose_main(choice.associated, choice.calendar(key)))


def additional_toggled(choice: CalendarChoice, key: str) -> CalendarChoice:
    """Let bookings also go into a calendar, or not."""
    return _after(choice, toggle_additional(choice.associated, choice.calendar(key)))


def busy_toggled(choice: CalendarChoice, key: str) -> CalendarChoice:
    """Let a calendar's events make busy, or not."""
    return _after(choice, toggle_busy(choice.associated, choice.calendar(key)))


def calendars_added(choice: CalendarChoice, listed: Iterable[FoundCalendar]) -> CalendarChoice:
    """Add calendars that are not in the list yet, at its end; nothing is chosen for them."""
    there = {one.key for one in choice.found}
    added = tuple(one for one in listed if one.key not in there)
    if not added:
        return replace(choice, said="That calendar is in the list already.", refused=True)
    said = f"{_listed([one.name for one in added])} added. Choose whether its events make you busy."
    return replace(choice, found=choice.found + added, said=said, refused=False)


def by_id(associated: AssociatedCalendars, saved: Iterable[Calendar]) -> AssociatedCalendars:
    """Return the choice by the ids that the store gave; what is gone by now is left out."""
    ids = {calendar.key: calendar.id for calendar in saved}
    return _renamed(associated, ids)


def _by_key(
    associated: AssociatedCalendars, known: Iterable[Calendar], listed: Iterable[FoundCalendar]
) -> AssociatedCalendars:
    still_there = {calendar.key for calendar in listed}
    keys = {calendar.id: calendar.key for calendar in known if calendar.key in still_there}
    return _renamed(associated, keys)


def _renamed(associated: AssociatedCalendars, names: dict[str, str]) -> AssociatedCalendars:
    return AssociatedCalendars(
        main=names.get(associated.main or ""),
        additional=frozenset(names[one] for one in associated.additional if one in names),
        busy=frozenset(names[one] for one in associated.busy if one in names),
    )


def _provisional(found: tuple[FoundCalendar, ...]) -> tuple[Calendar, ...]:
    return told_apart(
        [
            Calendar(
                id=one.key,
                key=one.key,
                name=one.name,
                writable=one.writable,
                default=one.default,
                owner=one.owner,
                full_read=one.full_read,
            )
            for one in found
        ]
    )


def _after(choice: CalendarChoice, made: Choice) -> CalendarChoice:
    return replace(choice, associated=made.associated, said=made.sentence, refused=made.refused)


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
