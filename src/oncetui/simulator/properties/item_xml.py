"""Reading items and their changes from a request."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from oncetui.simulator.calendars.appointments import Times
from oncetui.simulator.calendars.edits import ALL_DAY, Author, Edit, new_appointment
from oncetui.simulator.calendars.entries import entry_of
from oncetui.simulator.calendars.patterns import Recurrence
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.attachments import ATTACHMENTS, Attachment
from oncetui.simulator.mailboxes.extended import ExtendedName, ExtendedValue
from oncetui.simulator.mailboxes.items import Entry, Item
from oncetui.simulator.mime.calendar_reading import CalendarContent, read_calendar
from oncetui.simulator.mime.content import read_bytes, read_mail
from oncetui.simulator.properties.attachments import read_file
from oncetui.simulator.properties.extended import read_property
from oncetui.simulator.properties.field import Field, Reading
from oncetui.simulator.properties.location import LOCATION, Place
from oncetui.simulator.properties.shapes import KINDS, path_xml
from oncetui.simulator.properties.store_properties import set_property
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

# Elements of the schema that are taken and not kept.
_IGNORED = frozenset(
    {
        "ArchiveTag",
        "ConversationIndex",
        "Flag",
        "Hashtags",
        "InboxReminders",
        "InternetMessageHeaders",
        "Mentions",
        "OnlineMeetingSettings",
        "PolicyTag",
        "Preview",
        "ReminderDueBy",
        "ReminderNextTime",
        "RetentionDate",
    }
)
_TIME_URIS = ("Start", "End", "StartTimeZone", "EndTimeZone", "MeetingTimeZone", "Recurrence")
_SPARE = "calendar:"
_LONG_AGO = datetime(1601, 1, 1, tzinfo=UTC)
_USUAL_LENGTH = timedelta(minutes=30)


@dataclass(slots=True)
class ItemDraft:
    """An item of a request: what it sets, when it takes place, and the iCalendar that it came as, if any."""

    kind: str
    edit: Edit = field(default_factory=Edit)
    times: dict[str, Any] = field(default_factory=dict)
    calendar: CalendarContent | None = None


def read_item(element: Element, zone: Zone) -> ItemDraft:
    """Return the item in a request; properties that can't be set raise `EwsError`."""
    draft = ItemDraft(reading.local_name(element))
    order = {known.tag: place for place, known in enumerate(KINDS[draft.kind])}
    last = -1
    for part in reading.children(element):
        tag = reading.local_name(part)
        place = order.get(tag)
        if place is not None:
            if place < last:
                raise _unexpected(element, tag)
            last = place
        _take(draft, part, Reading(zone))
    return draft


def take_property(draft: ItemDraft, part: Element, zone: Zone) -> None:
    """Add one property of a request to a draft."""
    _take(draft, part, Reading(zone))


def read_attachment(element: Element, number: int, zone: Zone) -> Attachment:
    """Return the file or the item in an element of a request, with its number among those of one item."""
    match reading.local_name(element):
        case "FileAttachment":
            return read_file(element, number)
        case "ItemAttachment":
            inside = next(
                (part for part in reading.children(element) if reading.local_name(part) in KINDS), None
            )
            if inside is None:
                raise EwsError("ErrorInvalidOperation", "The attachment holds no item of a known kind.")
            return replace(read_file(element, number), entry=_attached_entry(read_item(inside, zone), zone))
        case name:
            raise EwsError("ErrorInvalidOperation", f"An attachment of type {name} can't be kept.")


def _attached_entry(draft: ItemDraft, zone: Zone) -> Entry:
    # Nobody sees who made an item in an item, and when.
    nobody = Author("", "", _LONG_AGO)
    if draft.kind == "CalendarItem":
        return entry_of(new_appointment(0, new_times(draft, zone, _LONG_AGO), draft.edit, nobody))
    item = Item(draft.kind, 0, 0, nobody.now, nobody.now, nobody.email, nobody.name)
    item.values, item.extended = draft.edit.values, draft.edit.extended
    return Entry(item)


def new_times(draft: ItemDraft, context: Zone, now: datetime) -> Times:
    """When the drafted appointment takes place; by default in half an hour's length from now on."""
    given = draft.times
    start_zone = given.get("StartTimeZone") or given.get("MeetingTimeZone") or context
    end_zone = given.get("EndTimeZone") or start_zone
    start = (
        reading.moment(given["Start"], start_zone.info)
        if "Start" in given
        else now.replace(second=0, microsecond=0)
    )
    end = reading.moment(given["End"], end_zone.info) if "End" in given else start + _USUAL_LENGTH
    return Times(
        start, end, start_zone, end_zone, bool(draft.edit.values.get(ALL_DAY)), given.get("Recurrence")
    )


def changed_times(draft: ItemDraft, old: Times, context: Zone) -> Times | None:
    """Return the times after a change, None where it leaves them alone."""
    given = draft.times
    if not given and ALL_DAY not in draft.edit.values:
        return None
    start_zone: Zone = given.get("StartTimeZone") or given.get("MeetingTimeZone") or old.start_zone
    end_zone: Zone = given.get("EndTimeZone") or (
        start_zone if start_zone != old.start_zone else old.end_zone
    )
    readable = given.get("StartTimeZone") or given.get("MeetingTimeZone") or context
    start = reading.moment(given["Start"], readable.info) if "Start" in given else old.start
    end = (
        reading.moment(given["End"], (given.get("EndTimeZone") or readable).info)
        if "End" in given
        else old.end
    )
    recurrence: Recurrence | None = given.get("Recurrence", old.recurrence)
    if recurrence is not None and "Recurrence" not in given and start != old.start:
        day = start.astimezone(start_zone.info).date()
        moved = day != old.start.astimezone(old.start_zone.info).date()
        recurrence = (
            Recurrence(recurrence.pattern, day, recurrence.until, recurrence.count) if moved else recurrence
        )
    all_day = bool(draft.edit.values.get(ALL_DAY, old.all_day))
    return Times(start, end, start_zone, end_zone, all_day, recurrence)


def _take(draft: ItemDraft, part: Element, context: Reading) -> None:
    tag = reading.local_name(part)
    if tag == "ExtendedProperty":
        _take_extended(draft, *read_property(part))
        return
    if tag == "Attachments":
        attached = enumerate(reading.children(part), 1)
        draft.edit.values[ATTACHMENTS] = tuple(read_attachment(one, n, context.zone) for n, one in attached)
        return
    if tag == "MimeContent":
        _take_mime(draft, read_bytes(part), context.zone)
        return
    known = _by_tag(draft.kind, tag)
    if known is None and tag in _IGNORED:
        return
    if known is None:
        raise _unexpected(part, tag)
    if tag in _IGNORED:
        return
    if known.read is None:
        raise EwsError("ErrorInvalidPropertySet", "Set action is invalid for property.", path_xml(known.uri))
    _put(draft, known, known.read(part, context))


def _take_extended(draft: ItemDraft, name: ExtendedName, value: ExtendedValue) -> None:
    setting = set_property(name, value)
    if setting is None:
        draft.edit.extended[name] = value
    else:
        draft.edit.values[setting[0]] = setting[1]
        draft.edit.removed.discard(setting[0])


def _take_mime(draft: ItemDraft, content: bytes, zone: Zone) -> None:
    if draft.kind != "CalendarItem":
        draft.edit.values.update(read_mail(content))
        return
    calendar = read_calendar(content.decode("utf-8", "replace"), zone)
    draft.edit.values.update(calendar.values)
    times = calendar.times
    draft.times.update(
        {
            "Start": writing.moment(times.start),
            "End": writing.moment(times.end),
            "StartTimeZone": times.start_zone,
            "EndTimeZone": times.end_zone,
        }
    )
    if times.recurrence is not None:
        draft.times["Recurrence"] = times.recurrence
    draft.calendar = calendar


def _put(draft: ItemDraft, known: Field, value: Any) -> None:
    if is_time(known):
        draft.times[known.tag] = value
    else:
        draft.edit.values[known.uri] = value
        draft.edit.removed.discard(known.uri)
    if isinstance(value, Place):
        draft.edit.values.setdefault(LOCATION, value.name)


def _by_tag(kind: str, tag: str) -> Field | None:
    return next((known for known in KINDS[kind] if known.tag == tag), None)


def _unexpected(element: Element, tag: str) -> Exception:
    return reading.violation(
        element, f"The element '{reading.local_name(element)}' has invalid child element '{tag}'."
    )


def is_time(known: Field) -> bool:
    """Whether a property says when an appointment takes place, which is kept apart from other properties."""
    return known.uri.startswith(_SPARE) and known.tag in _TIME_URIS
