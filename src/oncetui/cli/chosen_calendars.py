"""Which calendars a command line means, and the associations that come of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import click

from oncetui.model.associations import (
    AssociatedCalendars,
    Choice,
    choose_main,
    toggle_additional,
    toggle_busy,
)
from oncetui.model.calendars import Calendar


def named_calendar(name: str, known: Iterable[Calendar]) -> Calendar:
    """Return the calendar of a short id or a unique name; raise a usage error where it is neither."""
    calendars = tuple(known)
    for calendar in calendars:
        if calendar.id == name:
            return calendar
    found = [calendar for calendar in calendars if calendar.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{calendar.id} ({calendar.name})" for calendar in found or calendars)
    if found:
        raise click.UsageError(f"“{name}” is the name of several calendars; use an id: {listed}.")
    if not calendars:
        raise click.UsageError("No calendars are known; to connect a mailbox, run: oncetui setup")
    raise click.UsageError(f"There is no calendar “{name}”; there are: {listed}.")


def changed(
    associated: AssociatedCalendars,
    *,
    main: Calendar | None = None,
    additional: Sequence[Calendar] | None = None,
    busy: Sequence[Calendar] | None = None,
) -> AssociatedCalendars:
    """Return the associations with what is given replaced; raise a usage error where a rule forbids it.

    None keeps what is there, and an empty sequence empties it.
    """
    if main is not None and main.id != associated.main:
        associated = _taken(choose_main(associated, main))
    if additional is not None:
        associated = replace(associated, additional=frozenset())
        for calendar in _each_once(additional):
            associated = _taken(toggle_additional(associated, calendar))
    if busy is not None:
        associated = replace(associated, busy=frozenset({associated.main} if associated.main else ()))
        for calendar in _each_once(busy):
            if calendar.id != associated.main:
                associated = _taken(toggle_busy(associated, calendar))
    return associated


def _each_once(calendars: Iterable[Calendar]) -> Iterable[Calendar]:
    return {calendar.id: calendar for calendar in calendars}.values()


def _taken(choice: Choice) -> AssociatedCalendars:
    if choice.refused:
        raise click.UsageError(choice.sentence)
    return choice.associated
