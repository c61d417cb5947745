"""What else is in the calendar at the time of an appointment, or right before and after it."""

from collections.abc import Callable
from datetime import timedelta

from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.calendars.free_busy import status_of
from oncetui.simulator.calendars.views import view
from oncetui.simulator.properties.field import Field, Rendering
from oncetui.simulator.properties.series_fields import entry_identifier
from oncetui.simulator.soap import writing

_UID = "calendar:UID"
_INSTANT = timedelta(seconds=1)
_Neighbours = Callable[[CalendarEntry, Rendering], list[CalendarEntry]]


def conflicting(entry: CalendarEntry, rendering: Rendering) -> list[CalendarEntry]:
    """Return what takes place at the same time, besides what is shown as free; nothing for a whole series."""
    return [each for each in _around(entry, rendering) if each.start < entry.end and each.end > entry.start]


def adjacent(entry: CalendarEntry, rendering: Rendering) -> list[CalendarEntry]:
    """Return what ends when an appointment starts, or starts when it ends."""
    return [each for each in _around(entry, rendering) if entry.start == each.end or entry.end == each.start]


def _around(entry: CalendarEntry, rendering: Rendering) -> list[CalendarEntry]:
    if entry.type == "RecurringMaster":
        return []
    folder = rendering.folder if rendering.folder.is_calendar else rendering.owner.folders.calendar
    own = entry.item.values.get(_UID)
    found, _ = view(folder, entry.start, entry.end + _INSTANT)
    return [each for each in found if each.item.values.get(_UID) != own and status_of(each) != "Free"]


def _count(tag: str, neighbours: _Neighbours) -> Field:
    def write(entry: CalendarEntry, rendering: Rendering) -> str:
        return f"<t:{tag}>{len(neighbours(entry, rendering))}</t:{tag}>"

    return Field(f"calendar:{tag}", tag, write, in_find=False, everything=False)


def _list(tag: str, neighbours: _Neighbours) -> Field:
    def write(entry: CalendarEntry, rendering: Rendering) -> str:
        content = "".join(_item(each, rendering) for each in neighbours(entry, rendering))
        return f"<t:{tag}>{content}</t:{tag}>" if content else ""

    return Field(f"calendar:{tag}", tag, write, in_find=False, everything=False)


def _item(entry: CalendarEntry, rendering: Rendering) -> str:
    identifier = entry_identifier(entry, rendering.folder.mailbox_guid)
    subject = writing.text_of(entry.value("item:Subject") or "")
    location = writing.text_of(entry.value("calendar:Location") or "")
    return (
        f'<t:CalendarItem><t:ItemId Id="{identifier}"/><t:Subject>{subject}</t:Subject>'
        f"<t:Start>{rendering.moment(entry.start)}</t:Start><t:End>{rendering.moment(entry.end)}</t:End>"
        f"<t:LegacyFreeBusyStatus>{status_of(entry)}</t:LegacyFreeBusyStatus>"
        f"<t:Location>{location}</t:Location></t:CalendarItem>"
    )


NEIGHBOUR_FIELDS: tuple[Field, ...] = (
    _count("ConflictingMeetingCount", conflicting),
    _count("AdjacentMeetingCount", adjacent),
    _list("ConflictingMeetings", conflicting),
    _list("AdjacentMeetings", adjacent),
)
