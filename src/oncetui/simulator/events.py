"""Events of a mailbox from plain values: what the control address and scenarios put into calendars."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from oncetui.simulator.calendars.appointments import Times
from oncetui.simulator.calendars.edits import (
    Author,
    Edit,
    add_appointment,
    change_item,
    change_occurrence,
    delete_item,
    delete_occurrence,
    times_of,
    times_of_occurrence,
)
from oncetui.simulator.calendars.entries import CalendarEntry, entry_of, occurrence
from oncetui.simulator.calendars.patterns import Daily, Pattern, Recurrence, Weekly
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.identifiers import Identity, MalformedIdentifierError, decode, encode
from oncetui.simulator.mailboxes.items import CalendarItem
from oncetui.simulator.mailboxes.tree import Folder
from oncetui.simulator.properties.recurrence import DAYS
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.world import Exchange, Mailbox

STATUSES = ("Free", "Tentative", "Busy", "OOF", "WorkingElsewhere")
_FIELDS = ("subject", "start", "end", "status", "calendar", "recurrence")
_TIME_FIELDS = ("start", "end", "recurrence")
Result = TypeVar("Result")


class BadEventError(ValueError):
    """A value that no event can have; the sentence says which, with an example that is right."""


class NoSuchEventError(LookupError):
    """The mailbox has no event with this id."""


def add_event(exchange: Exchange, mailbox: Mailbox, event: Mapping[str, Any]) -> str:
    """Put an event into a calendar of the mailbox and give its id.

    `subject`, `start` and `end` (aware datetimes or ISO text with an offset) are needed; `status`,
    `calendar` (a name, the own calendar without one) and `recurrence` may be left out.
    Raises `BadEventError`.
    """
    _check_fields(event)
    for needed in ("subject", "start", "end"):
        if event.get(needed) is None:
            raise BadEventError(f"An event needs '{needed}', for example {_EXAMPLES[needed]}.")
    with exchange.lock:
        folder = _calendar(mailbox, event.get("calendar"))
        zone = Zone.of_iana(mailbox.time_zone)
        start = _moment("start", event["start"])
        recurrence = _recurrence(event.get("recurrence"), start, zone)
        times = Times(start, _moment("end", event["end"]), zone, zone, recurrence=recurrence)
        edit = Edit(_values(event))
        item = _ruled(
            lambda: add_appointment(mailbox.folders, folder, times, edit, _author(exchange, mailbox))
        )
        return encode(Identity("item", mailbox.folders.mailbox_guid, item.number))


def change_event(exchange: Exchange, mailbox: Mailbox, event_id: str, changes: Mapping[str, Any]) -> None:
    """Change some values of an event, or of one occurrence; an event stays in its calendar.

    Raises `BadEventError` and `NoSuchEventError`.
    """
    _check_fields(changes)
    if "calendar" in changes:
        raise BadEventError("An event can't be moved to another calendar; delete it and add it there.")
    with exchange.lock:
        entry = _entry(mailbox, event_id)
        edit = Edit(_values(changes))
        author = _author(exchange, mailbox)
        times = _changed_times(entry, changes)
        if entry.original is None:
            _ruled(lambda: change_item(mailbox.folders, entry.item, times, edit, author))
        else:
            _ruled(lambda: change_occurrence(mailbox.folders, entry, times, edit, author))


def delete_event(exchange: Exchange, mailbox: Mailbox, event_id: str) -> None:
    """Delete an event, or one occurrence of a series; `NoSuchEventError` where there is none."""
    with exchange.lock:
        entry = _entry(mailbox, event_id)
        if entry.original is None:
            delete_item(mailbox.folders, entry.item)
        else:
            delete_occurrence(mailbox.folders, entry, _author(exchange, mailbox))


_EXAMPLES = {
    "subject": '"Consultation"',
    "start": '"2026-11-23T09:00:00Z"',
    "end": '"2026-11-23T10:00:00Z"',
}


def _check_fields(event: Mapping[str, Any]) -> None:
    unknown = sorted(set(event) - set(_FIELDS))
    if unknown:
        raise BadEventError(f"An event has no '{unknown[0]}'; it has {', '.join(_FIELDS)}.")


def _author(exchange: Exchange, mailbox: Mailbox) -> Author:
    return Author(mailbox.email, mailbox.display_name, exchange.now())


def _calendar(mailbox: Mailbox, name: Any) -> Folder:
    if name is None:
        return mailbox.folders.calendar
    calendars = mailbox.folders.calendars()
    for folder in calendars:
        if folder.name == name:
            return folder
    names = ", ".join(f"'{folder.name}'" for folder in calendars)
    raise BadEventError(f"{mailbox.email} has no calendar '{name}'; it has {names}.")


def _entry(mailbox: Mailbox, event_id: str) -> CalendarEntry:
    try:
        identity = decode(event_id)
    except MalformedIdentifierError as error:
        raise NoSuchEventError(f"{mailbox.email} has no event with this id.") from error
    item = mailbox.folders.item(identity.number)
    found: CalendarEntry | None = None
    here = identity.kind == "item" and identity.mailbox_guid == mailbox.folders.mailbox_guid
    if here and isinstance(item, CalendarItem):
        found = entry_of(item) if identity.original is None else occurrence(item, identity.original)
    if found is None:
        raise NoSuchEventError(f"{mailbox.email} has no event with this id.")
    return found


def _values(event: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "subject" in event:
        if not isinstance(event["subject"], str):
            raise BadEventError(f"'subject' is text, for example {_EXAMPLES['subject']}.")
        values["item:Subject"] = event["subject"]
    if "status" in event:
        if event["status"] not in STATUSES:
            raise BadEventError(f"'status' is one of {', '.join(STATUSES)}, not '{event['status']}'.")
        values["calendar:LegacyFreeBusyStatus"] = event["status"]
    return values


def _moment(name: str, value: Any) -> datetime:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError as error:
            raise _no_moment(name) from error
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise _no_moment(name)
    return value.astimezone(UTC)


def _no_moment(name: str) -> BadEventError:
    return BadEventError(f"'{name}' is a time with its offset from UTC, for example {_EXAMPLES[name]}.")


def _changed_times(entry: CalendarEntry, changes: Mapping[str, Any]) -> Times | None:
    if not any(name in changes for name in _TIME_FIELDS):
        return None
    old = times_of(entry.item) if entry.original is None else times_of_occurrence(entry)
    if entry.original is not None and changes.get("recurrence") is not None:
        raise BadEventError("A single occurrence can't recur; change its series instead.")
    start = _moment("start", changes["start"]) if "start" in changes else old.start
    end = _moment("end", changes["end"]) if "end" in changes else old.end
    recurrence = old.recurrence
    if "recurrence" in changes:
        recurrence = _recurrence(changes["recurrence"], start, old.start_zone)
    elif recurrence is not None and start != old.start:
        day = start.astimezone(old.start_zone.info).date()
        recurrence = Recurrence(recurrence.pattern, day, recurrence.until, recurrence.count)
    return Times(start, end, old.start_zone, old.end_zone, old.all_day, recurrence)


def _recurrence(value: Any, start: datetime, zone: Zone) -> Recurrence | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise BadEventError('\'recurrence\' is an object, for example {"pattern": "daily", "count": 5}.')
    day = start.astimezone(zone.info).date()
    pattern = _pattern(value, day)
    count = value.get("count")
    if count is not None:
        _check_number("count", count)
    if count is not None and value.get("until") is not None:
        raise BadEventError("A recurrence ends after 'count' occurrences or with 'until', not by both.")
    return Recurrence(pattern, day, _until(value.get("until"), day), count)


def _pattern(value: Mapping[str, Any], day: date) -> Pattern:
    interval = value.get("interval", 1)
    _check_number("interval", interval)
    match value.get("pattern"):
        case "daily":
            return Daily(interval)
        case "weekly":
            names = value.get("days") or [DAYS[day.weekday()]]
            unknown = [name for name in names if name not in DAYS]
            if unknown:
                raise BadEventError(f"'days' holds names such as \"Monday\", not '{unknown[0]}'.")
            return Weekly(interval, frozenset(DAYS.index(name) for name in names), first_day=0)
        case other:
            raise BadEventError(f"'pattern' is \"daily\" or \"weekly\", not '{other}'.")


def _check_number(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 999:
        raise BadEventError(f"'{name}' is a whole number from 1 to 999, for example 2.")


def _until(value: Any, first: date) -> date | None:
    if value is None:
        return None
    try:
        until = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise BadEventError("'until' is a date, for example \"2026-12-31\".") from error
    if not isinstance(until, date) or isinstance(until, datetime):
        raise BadEventError("'until' is a date, for example \"2026-12-31\".")
    if until < first:
        raise BadEventError("'until' lies before the event's start.")
    return until


def _ruled(edit: Callable[[], Result]) -> Result:
    try:
        return edit()
    except EwsError as error:
        raise BadEventError(error.text) from error
