"""An appointment or series written as iCalendar (RFC 5545)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from oncetui.simulator.calendars.entries import CalendarEntry, occurrence, planned_times
from oncetui.simulator.calendars.patterns import LAST
from oncetui.simulator.calendars.zone_rules import Change, rules_of
from oncetui.simulator.calendars.zones import UTC_ZONE, Zone
from oncetui.simulator.mime.rules import rule_of
from oncetui.simulator.properties.body import Body
from oncetui.simulator.properties.people import Person

STATUSES = {
    "Free": "FREE",
    "Tentative": "TENTATIVE",
    "Busy": "BUSY",
    "OOF": "OOF",
    "WorkingElsewhere": "WORKINGELSEWHERE",
}
CLASSES = {"Normal": "PUBLIC", "Personal": "PRIVATE", "Private": "PRIVATE", "Confidential": "CONFIDENTIAL"}
ROLES = {
    "calendar:RequiredAttendees": "REQ-PARTICIPANT",
    "calendar:OptionalAttendees": "OPT-PARTICIPANT",
    "calendar:Resources": "NON-PARTICIPANT",
}
_ANSWERS = {"Accept": "ACCEPTED", "Tentative": "TENTATIVE", "Decline": "DECLINED", "Organizer": "ACCEPTED"}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OCTETS = 73


def calendar_text(entry: CalendarEntry, owner: Person) -> str:
    """Return a calendar object; `owner` organises what has no organiser of its own."""
    events = [entry]
    if entry.type == "RecurringMaster":
        changed = (occurrence(entry.item, day) for day in sorted(entry.item.changes))
        events.extend(each for each in changed if each is not None)
    lines = ["BEGIN:VCALENDAR", "METHOD:PUBLISH", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0"]
    zones = {each.item.start_zone.windows_id: each.item.start_zone for each in events}
    zones |= {each.item.end_zone.windows_id: each.item.end_zone for each in events}
    for zone in zones.values():
        lines.extend(_zone_lines(zone, entry.start.year))
    for each in events:
        lines.extend(_event_lines(each, owner))
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event_lines(entry: CalendarEntry, owner: Person) -> Iterator[str]:
    item = entry.item
    all_day = bool(entry.value("calendar:IsAllDayEvent"))
    yield "BEGIN:VEVENT"
    yield from _people(entry, owner)
    body: Body | None = entry.value("item:Body")
    if body is not None:
        yield f"DESCRIPTION:{_escaped(body.as_type('Text').text)}"
    if entry.type == "RecurringMaster":
        yield from _recurrence(entry, all_day=all_day)
    yield f"UID:{item.values.get('calendar:UID', '')}"
    if entry.original is not None:
        due = planned_times(item, entry.original)[0]
        yield _moment("RECURRENCE-ID", due, item.start_zone, all_day=all_day)
    yield f"SUMMARY:{_escaped(str(entry.value('item:Subject') or ''))}"
    yield _moment("DTSTART", entry.start, item.start_zone, all_day=all_day)
    yield _moment("DTEND", entry.end, item.end_zone, all_day=all_day)
    yield f"CLASS:{CLASSES[entry.value('item:Sensitivity') or 'Normal']}"
    yield f"DTSTAMP:{item.modified:%Y%m%dT%H%M%SZ}"
    status = entry.value("calendar:LegacyFreeBusyStatus") or "Busy"
    yield f"TRANSP:{'TRANSPARENT' if status == 'Free' else 'OPAQUE'}"
    yield f"STATUS:{'CANCELLED' if entry.value('calendar:IsCancelled') else 'CONFIRMED'}"
    yield f"SEQUENCE:{entry.value('calendar:AppointmentSequenceNumber') or 0}"
    yield f"LOCATION:{_escaped(str(entry.value('calendar:Location') or ''))}"
    yield f"X-MICROSOFT-CDO-BUSYSTATUS:{STATUSES.get(status, 'BUSY')}"
    yield f"X-MICROSOFT-CDO-ALLDAYEVENT:{'TRUE' if all_day else 'FALSE'}"
    yield "END:VEVENT"


def _people(entry: CalendarEntry, owner: Person) -> Iterator[str]:
    attendees = [(uri, person) for uri in ROLES for person in entry.value(uri) or ()]
    if attendees:
        organiser: Person = entry.value("calendar:Organizer") or owner
        yield f"ORGANIZER;CN={_quoted(organiser.name)}:mailto:{organiser.address}"
    for uri, person in attendees:
        answer = _ANSWERS.get(person.response, "NEEDS-ACTION")
        yield (
            f"ATTENDEE;ROLE={ROLES[uri]};PARTSTAT={answer};RSVP=TRUE;CN={_quoted(person.name)}"
            f":mailto:{person.address}"
        )


def _recurrence(entry: CalendarEntry, *, all_day: bool) -> Iterator[str]:
    item, recurrence = entry.item, entry.item.recurrence
    assert recurrence is not None
    last = recurrence.last_date
    last_start = None if last is None else planned_times(item, last)[0]
    yield f"RRULE:{rule_of(recurrence, last_start)}"
    for day in sorted(item.deleted):
        yield _moment("EXDATE", planned_times(item, day)[0], item.start_zone, all_day=all_day)


def _moment(name: str, moment: datetime, zone: Zone, *, all_day: bool) -> str:
    local = moment.astimezone(zone.info)
    if all_day:
        return f"{name};VALUE=DATE:{local:%Y%m%d}"
    if zone is UTC_ZONE:
        return f"{name}:{local:%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={_quoted(zone.windows_id)}:{local:%Y%m%dT%H%M%S}"


def _zone_lines(zone: Zone, year: int) -> Iterator[str]:
    if zone is UTC_ZONE:
        return
    rules = rules_of(zone, year)
    forward, back = rules.to_daylight, rules.to_standard
    yield "BEGIN:VTIMEZONE"
    yield f"TZID:{zone.windows_id}"
    yield from _half("STANDARD", rules.daylight if back else rules.standard, rules.standard, back)
    if forward is not None:
        yield from _half("DAYLIGHT", rules.standard, rules.daylight, forward)
    yield "END:VTIMEZONE"


def _half(name: str, before: timedelta, after: timedelta, change: Change | None) -> Iterator[str]:
    time = timedelta() if change is None else change.time
    yield f"BEGIN:{name}"
    yield f"DTSTART:16010101T{_clock(time)}"
    yield f"TZOFFSETFROM:{_offset(before)}"
    yield f"TZOFFSETTO:{_offset(after)}"
    if change is not None:
        week = LAST if change.week in {LAST, 5} else change.week
        yield f"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY={week}{_WEEKDAYS[change.weekday]};BYMONTH={change.month}"
    yield f"END:{name}"


def _clock(time: timedelta) -> str:
    hours, seconds = divmod(int(time.total_seconds()), 3600)
    return f"{hours:02}{seconds // 60:02}{seconds % 60:02}"


def _offset(value: timedelta) -> str:
    minutes = int(value.total_seconds() // 60)
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{sign}{minutes // 60:02}{minutes % 60:02}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(39))}"'


def _folded(line: str) -> str:
    """Return a line in parts of at most 75 octets, none cut inside of a character."""
    parts: list[str] = []
    part, size = "", 0
    for character in line:
        length = len(character.encode())
        if size + length > _OCTETS:
            parts.append(part)
            part, size = "", 0
        part += character
        size += length
    return "\r\n ".join([*parts, part])
