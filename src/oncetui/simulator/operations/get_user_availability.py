"""GetUserAvailability: when people are free, as far as each lets the caller see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from oncetui.simulator.calendars.entries import CalendarEntry
from oncetui.simulator.calendars.free_busy import busy_entries, merged, status_of
from oncetui.simulator.calendars.suggestions import Attendee, suggestions
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.call import Call
from oncetui.simulator.mailboxes.identifiers import Identity, entry_id
from oncetui.simulator.mailboxes.rights import Rights
from oncetui.simulator.properties.bias_zone import bias_zone_xml, read_bias_zone
from oncetui.simulator.properties.calendar_fields import is_meeting
from oncetui.simulator.properties.recurrence import DAYS
from oncetui.simulator.properties.suggestion_xml import day_xml, read_wishes
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.names import MESSAGES, TYPES
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import boolean, text_of
from oncetui.simulator.world import Mailbox

_VIEWS = ("None", "MergedOnly", "FreeBusy", "FreeBusyMerged", "Detailed", "DetailedMerged")
_LONGEST_WINDOW = timedelta(days=62)
_MOST_MAILBOXES = 100
# What those who may see times only get instead of details.
_WITHOUT_DETAILS = {"Detailed": "FreeBusy", "DetailedMerged": "FreeBusyMerged"}
_NO_ERROR = '<ResponseMessage ResponseClass="Success"><ResponseCode>NoError</ResponseCode></ResponseMessage>'


@dataclass(frozen=True, slots=True)
class _Wanted:
    start: datetime
    end: datetime
    interval: timedelta
    view: str
    zone: Zone

    def local(self, moment: datetime) -> str:
        # Times stand without an offset, in the zone of the request.
        return moment.astimezone(self.zone.info).replace(tzinfo=None).isoformat(timespec="seconds")


def answer(call: Call) -> str:
    """Return a view of each mailbox that the request names."""
    named = list(reading.children(reading.needed(call.operation, "MailboxDataArray")))
    if not named:
        raise EwsError("ErrorIdentityArrayEmpty", "The request names no mailbox.")
    if len(named) > _MOST_MAILBOXES:
        raise EwsError("ErrorIdentityArrayTooBig", "The request names more than 100 mailboxes.")
    options = reading.child(call.operation, "FreeBusyViewOptions")
    views = ""
    if options is not None:
        wanted = _read_options(options, _zone(call))
        views = "".join(_response(call, element, wanted) for element in named)
        views = f"<FreeBusyResponseArray>{views}</FreeBusyResponseArray>"
    wishes = reading.child(call.operation, "SuggestionsViewOptions")
    told = "" if wishes is None else _suggestions(call, named, wishes)
    return f'<GetUserAvailabilityResponse xmlns="{MESSAGES}">{views}{told}</GetUserAvailabilityResponse>'


def _suggestions(call: Call, named: list[Element], options: Element) -> str:
    zone = _zone(call)
    try:
        wishes = read_wishes(options)
        start, end = _window(reading.needed(options, "DetailedSuggestionsWindow"), zone)
    except EwsError as failure:
        return f"<SuggestionsResponse>{_error_message(failure)}</SuggestionsResponse>"
    attendees = [_attendee(call, element, start, end) for element in named]
    first = start.astimezone(zone.info).date()
    days = [first + timedelta(days=n) for n in range(max(1, (end - start).days))]
    hours = call.caller.working_hours
    content = "".join(
        day_xml(day, suggestions(day, zone, hours, attendees, wishes), zone.info) for day in days
    )
    return (
        f"<SuggestionsResponse>{_NO_ERROR}"
        f"<SuggestionDayResultArray>{content}</SuggestionDayResultArray></SuggestionsResponse>"
    )


def _attendee(call: Call, element: Element, start: datetime, end: datetime) -> Attendee:
    excluding = reading.child(element, "ExcludeConflicts")
    needed = excluding is not None and reading.boolean(excluding)
    try:
        mailbox = _mailbox(call, element)
    except EwsError:
        return Attendee(None, needed)
    calendar = mailbox.folders.calendar
    rights = mailbox.folders.rights(calendar, call.caller.email)
    if rights.free_busy == "None" and not rights.read:
        return Attendee(None, needed)
    return Attendee(busy_entries(calendar, start, end + timedelta(days=1)), needed)


def _zone(call: Call) -> Zone:
    given = reading.child(call.operation, "TimeZone")
    return call.zone if given is None else read_bias_zone(given)


def _window(window: Element, zone: Zone) -> tuple[datetime, datetime]:
    start = reading.moment_of(reading.needed(window, "StartTime"), zone.info)
    end = reading.moment_of(reading.needed(window, "EndTime"), zone.info)
    if end <= start:
        raise EwsError("ErrorInvalidTimeInterval", "The time window ends before it begins.")
    if end - start > _LONGEST_WINDOW:
        raise EwsError("ErrorTimeIntervalTooBig", "The time window is longer than 62 days.")
    return start, end


def _read_options(options: Element, zone: Zone) -> _Wanted:
    start, end = _window(reading.needed(options, "TimeWindow"), zone)
    given = reading.child(options, "MergedFreeBusyIntervalInMinutes")
    minutes = 30 if given is None else reading.integer(given)
    if not 5 <= minutes <= 1440:
        raise EwsError(
            "ErrorInvalidMergedFreeBusyInterval", "The interval of a merged view is 5 to 1440 minutes."
        )
    requested = reading.child(options, "RequestedView")
    view = "MergedOnly" if requested is None else reading.content(requested).strip()
    if requested is not None and view not in _VIEWS:
        raise reading.bad_value(requested, view, "FreeBusyViewType")
    if view == "None":
        raise EwsError("ErrorInvalidFreeBusyViewType", "The view 'None' can't be asked for.")
    return _Wanted(start, end, timedelta(minutes=minutes), view, zone)


def _response(call: Call, element: Element, wanted: _Wanted) -> str:
    try:
        mailbox = _mailbox(call, element)
        content = _view(call, mailbox, wanted)
        message = _NO_ERROR
    except EwsError as failure:
        message = _error_message(failure)
        content = f'<FreeBusyViewType xmlns="{TYPES}">None</FreeBusyViewType>'
    return f"<FreeBusyResponse>{message}<FreeBusyView>{content}</FreeBusyView></FreeBusyResponse>"


def _error_message(failure: EwsError) -> str:
    return (
        f'<ResponseMessage ResponseClass="Error"><MessageText>{text_of(failure.text)}</MessageText>'
        f"<ResponseCode>{failure.code}</ResponseCode><DescriptiveLinkKey>0</DescriptiveLinkKey>"
        "</ResponseMessage>"
    )


def _mailbox(call: Call, element: Element) -> Mailbox:
    address = reading.content(reading.needed(reading.needed(element, "Email"), "Address")).strip()
    if "@" not in address:
        raise EwsError(
            "ErrorInvalidSmtpAddress", f"E-mail address <>SMTP:{address} is not a valid SMTP address."
        )
    found = call.exchange.mailbox(address)
    if found is None:
        raise EwsError(
            "ErrorMailRecipientNotFound",
            f"Unable to resolve e-mail address {address} to an Active Directory object.",
        )
    return found


def _view(call: Call, mailbox: Mailbox, wanted: _Wanted) -> str:
    calendar = mailbox.folders.calendar
    rights = mailbox.folders.rights(calendar, call.caller.email)
    if rights.free_busy == "None" and not rights.read:
        raise EwsError("ErrorNoFreeBusyAccess", "The caller does not have access to free/busy data.")
    details = rights.read or rights.free_busy == "TimeAndSubjectAndLocation"
    view = wanted.view if details else _WITHOUT_DETAILS.get(wanted.view, wanted.view)
    entries = busy_entries(calendar, wanted.start, wanted.end)
    parts = [f'<FreeBusyViewType xmlns="{TYPES}">{view}</FreeBusyViewType>']
    if view.startswith("Merged") or view.endswith("Merged"):
        digits = merged(entries, wanted.start, wanted.end, wanted.interval)
        parts.append(f'<MergedFreeBusy xmlns="{TYPES}">{digits}</MergedFreeBusy>')
    if view != "MergedOnly" and entries:
        writer = _EventWriter(mailbox, wanted, rights, detailed=view.startswith("Detailed"))
        events = "".join(writer.event(entry) for entry in entries)
        parts.append(f'<CalendarEventArray xmlns="{TYPES}">{events}</CalendarEventArray>')
    return "".join((*parts, _working_hours(mailbox, wanted.start.year)))


def _working_hours(mailbox: Mailbox, year: int) -> str:
    hours = mailbox.working_hours
    days = " ".join(DAYS[day] for day in hours.days)
    zone = bias_zone_xml(Zone.of_iana(mailbox.time_zone), year)
    return (
        f'<WorkingHours xmlns="{TYPES}"><TimeZone>{zone}</TimeZone>'
        f"<WorkingPeriodArray><WorkingPeriod><DayOfWeek>{days}</DayOfWeek>"
        f"<StartTimeInMinutes>{hours.start}</StartTimeInMinutes><EndTimeInMinutes>{hours.end}</EndTimeInMinutes>"
        "</WorkingPeriod></WorkingPeriodArray></WorkingHours>"
    )


class _EventWriter:
    def __init__(self, mailbox: Mailbox, wanted: _Wanted, rights: Rights, *, detailed: bool) -> None:
        self._guid = mailbox.folders.mailbox_guid
        self._wanted = wanted
        self._rights = rights
        self._detailed = detailed

    def event(self, entry: CalendarEntry) -> str:
        """Return the element of one appointment."""
        times = (
            f"<StartTime>{self._wanted.local(entry.start)}</StartTime>"
            f"<EndTime>{self._wanted.local(entry.end)}</EndTime>"
        )
        details = self._details(entry) if self._detailed else ""
        return f"<CalendarEvent>{times}<BusyType>{status_of(entry)}</BusyType>{details}</CalendarEvent>"

    def _details(self, entry: CalendarEntry) -> str:
        private = entry.value("item:Sensitivity") == "Private"
        texts = ""
        if not private or self._rights.view_private:
            identifier = entry_id(Identity("item", self._guid, entry.item.number)).hex().upper()
            subject = text_of(entry.value("item:Subject") or "")
            location = text_of(entry.value("calendar:Location") or "")
            texts = f"<ID>{identifier}</ID><Subject>{subject}</Subject><Location>{location}</Location>"
        flags = (
            ("IsMeeting", is_meeting(entry)),
            ("IsRecurring", entry.item.recurrence is not None),
            ("IsException", entry.type == "Exception"),
            ("IsReminderSet", bool(entry.value("item:ReminderIsSet"))),
            ("IsPrivate", private),
        )
        told = "".join(f"<{name}>{boolean(value)}</{name}>" for name, value in flags)
        return f"<CalendarEventDetails>{texts}{told}</CalendarEventDetails>"
