"""The properties of meeting messages: those of messages, and what they say of the meeting."""

from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.calendar_fields import CALENDAR_FIELDS
from oncetui.simulator.properties.field import Field, Rendering, computed, fixed, point_in_time
from oncetui.simulator.properties.item_fields import MESSAGE_FIELDS
from oncetui.simulator.properties.people import Person
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
    "MeetingRequestWasSent",
    "CalendarItemType",
    "MyResponseType",
    "Organizer",
    "RequiredAttendees",
    "OptionalAttendees",
    "ConflictingMeetingCount",
    "AdjacentMeetingCount",
    "ConflictingMeetings",
    "AdjacentMeetings",
    "Duration",
    "TimeZone",
    "AppointmentSequenceNumber",
    "AppointmentState",
    "Recurrence",
    "StartTimeZone",
    "EndTimeZone",
    "ConferenceType",
    "AllowNewTimeProposal",
    "IsOnlineMeeting",
    "MeetingWorkspaceUrl",
    "NetShowUrl",
    "EnhancedLocation",
    "StartWallClock",
    "EndWallClock",
    "StartTimeZoneId",
    "EndTimeZoneId",
)
_OF_OTHERS = ("Start", "End", "Location", "Recurrence", "CalendarItemType")
ASSOCIATED = "meeting:AssociatedCalendarItemId"
PROPOSED_START, PROPOSED_END = "meeting:ProposedStart", "meeting:ProposedEnd"
_SEQUENCE = "calendar:AppointmentSequenceNumber"


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
        everything=field.everything,
        default=name in {"Start", "End", "Location"},
        since=since or field.since,
    )


def _associated(entry: Entry, rendering: Rendering) -> str:
    number = entry.value(ASSOCIATED)
    item = None if number is None else rendering.owner.folders.item(number)
    return "" if item is None else rendering.item_id(item.number, item.change, "AssociatedCalendarItemId")


def is_out_of_date(entry: Entry, rendering: Rendering) -> bool:
    """Whether the meeting has been changed since the message was sent."""
    number = entry.value(ASSOCIATED)
    item = None if number is None else rendering.owner.folders.item(number)
    return item is not None and int(item.values.get(_SEQUENCE) or 0) > int(
        _meeting(entry).value(_SEQUENCE) or 0
    )


def _out_of_date(entry: Entry, rendering: Rendering) -> str:
    return f"<t:IsOutOfDate>{writing.boolean(is_out_of_date(entry, rendering))}</t:IsOutOfDate>"


def _request_type(entry: Entry, rendering: Rendering) -> str:
    kind = (
        "Outdated" if is_out_of_date(entry, rendering) else entry.value("meetingRequest:MeetingRequestType")
    )
    return f"<t:MeetingRequestType>{kind}</t:MeetingRequestType>"


def _organized(entry: Entry, rendering: Rendering) -> str:
    person: Person | None = _meeting(entry).value("calendar:Organizer")
    address = entry.value("message:Sender").address if person is None else person.address
    own = address.lower() == rendering.owner.email.lower()
    return f"<t:IsOrganizer>{writing.boolean(own)}</t:IsOrganizer>"


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
    Field("meeting:IsOutOfDate", "IsOutOfDate", _out_of_date),
    _flag("meeting:HasBeenProcessed"),
    computed(
        "meeting:ResponseType",
        "ResponseType",
        lambda entry: str(entry.value("meeting:ResponseType") or "NoResponseReceived"),
    ),
    _of_meeting("UID", "Exchange2007_SP1"),
    _of_meeting("RecurrenceId", "Exchange2007_SP1"),
    _of_meeting("DateTimeStamp", "Exchange2007_SP1"),
    Field("meeting:IsOrganizer", "IsOrganizer", _organized, since="Exchange2013"),
)
MEETING_REQUEST_FIELDS: tuple[Field, ...] = (
    *_MEETING_MESSAGE,
    Field("meetingRequest:MeetingRequestType", "MeetingRequestType", _request_type, default=True),
    computed(
        "meetingRequest:IntendedFreeBusyStatus",
        "IntendedFreeBusyStatus",
        lambda entry: str(_meeting(entry).value("calendar:LegacyFreeBusyStatus") or "Busy"),
    ),
    *(_IS_RECURRING if name == "IsRecurring" else _of_meeting(name) for name in _OF_REQUESTS),
)
MEETING_CANCELLATION_FIELDS: tuple[Field, ...] = (
    *_MEETING_MESSAGE,
    *(_of_meeting(name, "Exchange2013") for name in _OF_OTHERS),
    _of_meeting("EnhancedLocation"),
)
MEETING_RESPONSE_FIELDS: tuple[Field, ...] = (
    *MEETING_CANCELLATION_FIELDS[:-1],
    point_in_time("meeting:ProposedStart", "ProposedStart", lambda entry: entry.value(PROPOSED_START)),
    point_in_time("meeting:ProposedEnd", "ProposedEnd", lambda entry: entry.value(PROPOSED_END)),
    _of_meeting("EnhancedLocation"),
)
