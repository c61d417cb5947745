"""The properties of recurring series: the recurrence, and which occurrences there are."""

from datetime import timedelta

from oncetui.simulator.calendars.entries import CalendarEntry, occurrence, planned_times
from oncetui.simulator.mailboxes.identifiers import Identity, change_key, encode
from oncetui.simulator.properties.field import Field, Rendering
from oncetui.simulator.properties.recurrence import read_recurrence, recurrence_xml

_LOOK_BACK = timedelta(days=366)
_LOOK_AHEAD = timedelta(days=20 * 366)


def entry_identifier(entry: CalendarEntry, mailbox_guid: str) -> str:
    """Return the identifier of an appointment, a series or one occurrence."""
    return encode(Identity("item", mailbox_guid, entry.item.number, entry.original))


def first_occurrence(series: CalendarEntry) -> CalendarEntry | None:
    """Return the first occurrence of a series that isn't deleted."""
    recurrence = series.item.recurrence
    if recurrence is None:
        return None
    days = recurrence.dates(recurrence.start, recurrence.last_date or recurrence.start + _LOOK_AHEAD)
    return next((found for day in days if (found := occurrence(series.item, day)) is not None), None)


def last_occurrence(series: CalendarEntry) -> CalendarEntry | None:
    """Return the last occurrence of a series that isn't deleted; None for a series without end."""
    recurrence = series.item.recurrence
    if recurrence is None or recurrence.last_date is None:
        return None
    span = _LOOK_BACK
    while True:
        begin = max(recurrence.start, recurrence.last_date - span)
        for day in reversed(list(recurrence.dates(begin, recurrence.last_date))):
            found = occurrence(series.item, day)
            if found is not None:
                return found
        if begin == recurrence.start:
            return None
        span *= 4


def _recurrence(entry: CalendarEntry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
    recurrence = entry.item.recurrence
    if recurrence is None or entry.original is not None:
        return ""
    return f"<t:Recurrence>{recurrence_xml(recurrence, entry.item.start_zone.info)}</t:Recurrence>"


def _first(entry: CalendarEntry, rendering: Rendering) -> str:
    found = first_occurrence(entry) if entry.original is None else None
    return "" if found is None else _occurrence_xml("FirstOccurrence", found, rendering)


def _last(entry: CalendarEntry, rendering: Rendering) -> str:
    found = last_occurrence(entry) if entry.original is None else None
    return "" if found is None else _occurrence_xml("LastOccurrence", found, rendering)


def _modified(entry: CalendarEntry, rendering: Rendering) -> str:
    if entry.original is not None or not entry.item.changes:
        return ""
    found = (occurrence(entry.item, day) for day in sorted(entry.item.changes))
    content = "".join(_occurrence_xml("Occurrence", each, rendering) for each in found if each is not None)
    return f"<t:ModifiedOccurrences>{content}</t:ModifiedOccurrences>"


def _deleted(entry: CalendarEntry, rendering: Rendering) -> str:
    if entry.original is not None or not entry.item.deleted:
        return ""
    starts = (rendering.moment(planned_times(entry.item, day)[0]) for day in sorted(entry.item.deleted))
    content = "".join(
        f"<t:DeletedOccurrence><t:Start>{start}</t:Start></t:DeletedOccurrence>" for start in starts
    )
    return f"<t:DeletedOccurrences>{content}</t:DeletedOccurrences>"


def _occurrence_xml(tag: str, entry: CalendarEntry, rendering: Rendering) -> str:
    assert entry.original is not None
    identifier = entry_identifier(entry, rendering.folder.mailbox_guid)
    original = planned_times(entry.item, entry.original)[0]
    return (
        f'<t:{tag}><t:ItemId Id="{identifier}" ChangeKey="{change_key("item", entry.item.change)}"/>'
        f"<t:Start>{rendering.moment(entry.start)}</t:Start><t:End>{rendering.moment(entry.end)}</t:End>"
        f"<t:OriginalStart>{rendering.moment(original)}</t:OriginalStart></t:{tag}>"
    )


SERIES_FIELDS: tuple[Field, ...] = (
    Field(
        "calendar:Recurrence",
        "Recurrence",
        _recurrence,
        lambda element, _: read_recurrence(element),
        in_find=False,
    ),
    Field("calendar:FirstOccurrence", "FirstOccurrence", _first, in_find=False),
    Field("calendar:LastOccurrence", "LastOccurrence", _last, in_find=False),
    Field("calendar:ModifiedOccurrences", "ModifiedOccurrences", _modified, in_find=False),
    Field("calendar:DeletedOccurrences", "DeletedOccurrences", _deleted, in_find=False),
)
