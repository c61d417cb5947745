"""The properties of meeting messages: those of messages, and what they say of the meeting."""

from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.calendar_fields import CALENDAR_FIELDS
from oncetui.simulator.properties.field import Field, Rendering, computed, fixed
from oncetui.simulator.properties.item_fields import MESSAGE_FIELDS
from oncetui.simulator.soap import writing

_BY_URI = {field.uri: field for field in CALENDAR_FIELDS}
_OF_REQUESTS = (
    "Start",
    "End",
    "OriginalStart",
    "IsAllDayEvent",
    "LegacyFreeBusyStatus",
    "Location",
    "IsMeeting",
    "IsCancelled",
    "IsRecurring",
    "CalendarItemType",
    "MyResponseType",
    "Organizer",
    "RequiredAttendees",
    "OptionalAttendees",
    "Resources",
    "Duration",
    "TimeZone",
    "AppointmentSequenceNumber",
    "AppointmentState",
    "Recurrence",
    "StartTimeZone",
    "EndTimeZone",
    "StartWallClock",
    "EndWallClock",
    "StartTimeZoneId",
    "EndTimeZoneId",
)
_OF_OTHERS = ("Start", "End", "Location", "Recurrence", "CalendarItemType")


def _meeting(entry: Entry) -> CalendarEntry:
    snapshot: CalendarEntry = entry.value("meeting:Snapshot")
    return snapshot


def _of_meeting(name: str, since: str | None = None) -> Field:
    """Return a property of the meeting that a message shows, as it was when the message was sent."""
    field = _BY_URI[f"calendar:{name}"]
    compare = field.compare
    return Field(
        field.uri,
        field.tag,
        lambda entry, rendering: field.write(_meeting(entry), rendering),
        compare=None if compare is None else lambda entry: compare(_meeting(entry)),
        in_find=field.in_find,
        default=name in {"Start", "End", "Location"},
        since=since or field.since,
    )


def _associated(entry: Entry, rendering: Rendering) -> str:
    number = entry.value("meeting:AssociatedCalendarItemId")
    item = None if number is None else rendering.owner.folders.item(number)
    return "" if item is None else rendering.item_id(item.number, item.change, "AssociatedCalendarItemId")


def _flag(uri: str) -> Field:
    tag = uri.partition(":")[2]
    return computed(uri, tag, lambda entry: writing.boolean(bool(entry.value(uri))))


# Other than a series in a calendar, an invitation to one is recurring.
_IS_RECURRING = computed(
    "calendar:IsRecurring",
    "IsRecurring",
    lambda entry: writing.boolean(_meeting(entry).item.recurrence is not None),
)
_MEETING_MESSAGE = (
    *MESSAGE_FIELDS,
    Field("meeting:AssociatedCalendarItemId", "AssociatedCalendarItemId", _associated, default=True),
    fixed("meeting:IsDelegated", "IsDelegated", "false"),
    fixed("meeting:IsOutOfDate", "IsOutOfDate", "false"),
    _flag("meeting:HasBeenProcessed"),
    computed(
        "meeting:ResponseType",
        "ResponseType",
        lambda entry: str(entry.value("meeting:ResponseType") or "NoResponseReceived"),
    ),
    _of_meeting("UID", "Exchange2007_SP1"),
)
MEETING_REQUEST_FIELDS: tuple[Field, ...] = (
    *_MEETING_MESSAGE,
    computed(
        "meetingRequest:MeetingRequestType",
        "MeetingRequestType",
        lambda entry: str(entry.value("meetingRequest:MeetingRequestType")),
        default=True,
    ),
    computed(
        "meetingRequest:IntendedFreeBusyStatus",
        "IntendedFreeBusyStatus",
        lambda entry: str(_meeting(entry).value("calendar:LegacyFreeBusyStatus") or "Busy"),
    ),
    *(_IS_RECURRING if name == "IsRecurring" else _of_meeting(name) for name in _OF_REQUESTS),
)
MEETING_RESPONSE_FIELDS: tuple[Field, ...] = (
    *_MEETING_MESSAGE,
    *(_of_meeting(name, "Exchange2013") for name in _OF_OTHERS),
)
