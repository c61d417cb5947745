"""The properties of calendar items, in the order of the schema."""

from oncetui.simulator.calendars.entries import CalendarEntry, planned_times
from oncetui.simulator.calendars.zones import UnknownZoneError, Zone
from oncetui.simulator.mailboxes.identifiers import change_key
from oncetui.simulator.properties import people
from oncetui.simulator.properties.field import (
    Field,
    Reading,
    Rendering,
    boolean,
    choice,
    computed,
    integer,
    point_in_time,
    text,
)
from oncetui.simulator.properties.item_fields import ITEM_FIELDS, item_class_of
from oncetui.simulator.properties.location import ENHANCED_LOCATION
from oncetui.simulator.properties.neighbours import NEIGHBOUR_FIELDS
from oncetui.simulator.properties.people import Person
from oncetui.simulator.properties.series_fields import SERIES_FIELDS, entry_identifier
from oncetui.simulator.properties.zone_xml import read_zone
from oncetui.simulator.soap import reading, writing
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

STATUSES = ("Free", "Tentative", "Busy", "OOF", "WorkingElsewhere", "NoData")
ATTENDEE_LISTS = ("calendar:RequiredAttendees", "calendar:OptionalAttendees", "calendar:Resources")
_WITHOUT_OFFSET = 19


def is_meeting(entry: CalendarEntry) -> bool:
    """Whether anybody is invited."""
    return any(entry.value(uri) for uri in ATTENDEE_LISTS) or entry.value("calendar:Organizer") is not None


def _item_id(entry: CalendarEntry, rendering: Rendering) -> str:
    identifier = entry_identifier(entry, rendering.folder.mailbox_guid)
    return f'<t:ItemId Id="{identifier}" ChangeKey="{change_key("item", entry.item.change)}"/>'


def _item_class(entry: CalendarEntry, rendering: Rendering) -> str:  # noqa: ARG001 - the signature of Write
    words = {
        "Occurrence": "IPM.Appointment.Occurrence",
        "Exception": "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}",
    }
    return f"<t:ItemClass>{words.get(entry.type) or writing.text_of(item_class_of(entry))}</t:ItemClass>"


def original_start(entry: CalendarEntry) -> str | None:
    """When an occurrence was due, as UTC text."""
    return None if entry.original is None else writing.moment(planned_times(entry.item, entry.original)[0])


def _read_moment(element: Element, context: Reading) -> str:
    # A time without an offset is of a zone that another element may name: the text is kept until then.
    reading.moment_of(element, context.zone.info)
    return reading.content(element).strip()


def _read_attributes_zone(element: Element, context: Reading) -> Zone:
    return read_zone(element, context.zone)


def _read_meeting_zone(element: Element, context: Reading) -> Zone:
    name = element.get("TimeZoneName")
    if name is None:
        return context.zone
    try:
        return Zone.of_windows(name)
    except UnknownZoneError as error:
        raise EwsError("ErrorCalendarInvalidTimeZone", "The time zone is invalid.") from error


def _zone_xml(tag: str, zone: Zone) -> str:
    return f"<t:{tag} Id={writing.attribute(zone.windows_id)} Name={writing.attribute(zone.display_name)}/>"


def _is_of_series(entry: CalendarEntry) -> bool:
    # A series isn't part of one: only its occurrences are.
    return entry.original is not None


def _organizer(entry: CalendarEntry, rendering: Rendering) -> str:
    person: Person | None = entry.value("calendar:Organizer")
    shown = person or Person(rendering.owner.display_name, rendering.owner.email)
    return f"<t:Organizer>{people.mailbox_xml(shown)}</t:Organizer>"


def _is_organizer(entry: CalendarEntry, rendering: Rendering) -> str:
    person: Person | None = entry.value("calendar:Organizer")
    own = person is None or person.address.lower() == rendering.owner.email.lower()
    return f"<t:IsOrganizer>{writing.boolean(own)}</t:IsOrganizer>"


def _my_response(entry: CalendarEntry) -> str:
    return str(entry.value("calendar:MyResponseType") or "Organizer")


def _state(entry: CalendarEntry) -> str:
    # Bits: 1 a meeting, 2 received from its organiser, 4 cancelled.
    if not is_meeting(entry):
        return "0"
    received = 2 if entry.value("calendar:Organizer") is not None else 0
    return str(1 + received + (4 if entry.value("calendar:IsCancelled") else 0))


def _status_field() -> Field:
    return choice("calendar:LegacyFreeBusyStatus", "LegacyFreeBusyStatus", STATUSES, "Busy", default=True)


def _duration(entry: CalendarEntry) -> str:
    return writing.duration(entry.end - entry.start)


_OVERRIDES = {
    "item:ItemId": Field("item:ItemId", "ItemId", _item_id, default=True),
    "item:ItemClass": Field(
        "item:ItemClass", "ItemClass", _item_class, lambda element, _: reading.content(element), item_class_of
    ),
}

CALENDAR_FIELDS: tuple[Field, ...] = (
    *(_OVERRIDES.get(field.uri, field) for field in ITEM_FIELDS),
    text("calendar:UID", "UID", since="Exchange2007_SP1"),
    computed("calendar:RecurrenceId", "RecurrenceId", original_start, since="Exchange2007_SP1"),
    point_in_time("calendar:DateTimeStamp", "DateTimeStamp", lambda entry: entry.item.modified),
    Field(
        "calendar:Start",
        "Start",
        lambda entry, rendering: f"<t:Start>{rendering.moment(entry.start)}</t:Start>",
        _read_moment,
        lambda entry: entry.start,
        default=True,
    ),
    Field(
        "calendar:End",
        "End",
        lambda entry, rendering: f"<t:End>{rendering.moment(entry.end)}</t:End>",
        _read_moment,
        lambda entry: entry.end,
        default=True,
    ),
    computed("calendar:OriginalStart", "OriginalStart", original_start),
    boolean("calendar:IsAllDayEvent", "IsAllDayEvent", unset=False),
    _status_field(),
    text("calendar:Location", "Location", default=True),
    text("calendar:When", "When"),
    computed(
        "calendar:IsMeeting",
        "IsMeeting",
        lambda entry: writing.boolean(is_meeting(entry)),
        compare=is_meeting,
    ),
    computed(
        "calendar:IsCancelled",
        "IsCancelled",
        lambda entry: writing.boolean(bool(entry.value("calendar:IsCancelled"))),
    ),
    computed(
        "calendar:IsRecurring",
        "IsRecurring",
        lambda entry: writing.boolean(_is_of_series(entry)),
        compare=_is_of_series,
    ),
    computed(
        "calendar:MeetingRequestWasSent",
        "MeetingRequestWasSent",
        lambda entry: writing.boolean(bool(entry.value("calendar:MeetingRequestWasSent"))),
    ),
    boolean("calendar:IsResponseRequested", "IsResponseRequested", unset=True),
    computed(
        "calendar:CalendarItemType",
        "CalendarItemType",
        lambda entry: entry.type,
        compare=lambda entry: entry.type,
        default=True,
    ),
    computed("calendar:MyResponseType", "MyResponseType", _my_response, compare=_my_response),
    Field("calendar:Organizer", "Organizer", _organizer, default=True),
    people.attendees("calendar:RequiredAttendees", "RequiredAttendees"),
    people.attendees("calendar:OptionalAttendees", "OptionalAttendees"),
    people.attendees("calendar:Resources", "Resources"),
    *NEIGHBOUR_FIELDS,
    computed("calendar:Duration", "Duration", _duration),
    computed(
        "calendar:TimeZone",
        "TimeZone",
        lambda entry: writing.text_of(entry.item.start_zone.display_name) or None,
    ),
    point_in_time(
        "calendar:AppointmentReplyTime",
        "AppointmentReplyTime",
        lambda entry: entry.value("calendar:AppointmentReplyTime"),
    ),
    computed(
        "calendar:AppointmentSequenceNumber",
        "AppointmentSequenceNumber",
        lambda entry: str(entry.value("calendar:AppointmentSequenceNumber") or 0),
    ),
    computed("calendar:AppointmentState", "AppointmentState", _state),
    *SERIES_FIELDS,
    Field(
        "calendar:MeetingTimeZone",
        "MeetingTimeZone",
        lambda _entry, _rendering: "",
        _read_meeting_zone,
    ),
    Field(
        "calendar:StartTimeZone",
        "StartTimeZone",
        lambda entry, _rendering: _zone_xml("StartTimeZone", entry.item.start_zone),
        _read_attributes_zone,
        since="Exchange2010",
    ),
    Field(
        "calendar:EndTimeZone",
        "EndTimeZone",
        lambda entry, _rendering: _zone_xml("EndTimeZone", entry.item.end_zone),
        _read_attributes_zone,
        since="Exchange2010",
    ),
    integer("calendar:ConferenceType", "ConferenceType"),
    boolean("calendar:AllowNewTimeProposal", "AllowNewTimeProposal"),
    boolean("calendar:IsOnlineMeeting", "IsOnlineMeeting", unset=False),
    text("calendar:MeetingWorkspaceUrl", "MeetingWorkspaceUrl"),
    text("calendar:NetShowUrl", "NetShowUrl"),
    ENHANCED_LOCATION,
    computed(
        "calendar:StartWallClock",
        "StartWallClock",
        lambda entry: writing.moment(entry.start, entry.item.start_zone.info),
        since="Exchange2013",
    ),
    computed(
        "calendar:EndWallClock",
        "EndWallClock",
        lambda entry: writing.moment(entry.end, entry.item.end_zone.info),
        since="Exchange2013",
    ),
    computed(
        "calendar:StartTimeZoneId",
        "StartTimeZoneId",
        lambda entry: writing.text_of(entry.item.start_zone.windows_id),
        since="Exchange2013",
    ),
    computed(
        "calendar:EndTimeZoneId",
        "EndTimeZoneId",
        lambda entry: writing.text_of(entry.item.end_zone.windows_id),
        since="Exchange2013",
    ),
    computed(
        "calendar:IntendedFreeBusyStatus",
        "IntendedFreeBusyStatus",
        lambda entry: str(entry.value("calendar:IntendedFreeBusyStatus") or "NoData"),
        since="Exchange2013",
    ),
    Field("calendar:IsOrganizer", "IsOrganizer", _is_organizer, since="Exchange2013"),
)
