"""Reading an appointment or series from iCalendar (RFC 5545)."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from oncetui.simulator.calendars.appointments import Times
from oncetui.simulator.calendars.zones import UTC_ZONE, UnknownZoneError, Zone
from oncetui.simulator.mime.calendar_text import ROLES, STATUSES
from oncetui.simulator.mime.rules import UnsupportedRuleError, read_rule
from oncetui.simulator.properties.body import Body
from oncetui.simulator.properties.people import Person
from oncetui.simulator.soap.failures import EwsError

_STATUSES = {word: status for status, word in STATUSES.items()}
_SENSITIVITIES = {"PRIVATE": "Private", "CONFIDENTIAL": "Confidential"}
_LISTS = {role: uri for uri, role in ROLES.items()}
_FOLD = re.compile(r"\r?\n[ \t]")
_ESCAPED = re.compile(r"\\(.)")
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")


@dataclass(slots=True)
class CalendarContent:
    """What a calendar object says: values by field URI, times, and what differs in single occurrences.

    `deleted` and the keys of `changed` are when the occurrences were due, UTC.
    """

    values: dict[str, Any]
    times: Times
    deleted: list[datetime] = field(default_factory=list)
    changed: dict[datetime, "CalendarContent"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    parameters: dict[str, str]
    value: str


def read_calendar(text: str, fallback: Zone) -> CalendarContent:
    """Return the appointment in a calendar object; times without a zone are of `fallback`.

    Raises `EwsError` for what is no iCalendar, or not to be said in Exchange's calendars.
    """
    events = _events(text)
    masters = [event for event in events if "RECURRENCE-ID" not in event]
    if len(masters) != 1:
        raise _invalid("There is not one event in the calendar.")
    content = _content(masters[0], fallback)
    for event in events:
        if event is not masters[0]:
            due = _moment(event["RECURRENCE-ID"][0], fallback)[0]
            content.changed[due] = _content(event, fallback)
    return content


def _events(text: str) -> list[dict[str, list[_Line]]]:
    events: list[dict[str, list[_Line]]] = []
    inside: list[str] = []
    for raw in _FOLD.sub("", text).splitlines():
        if not raw.strip():
            continue
        line = _line(raw)
        if line.name == "BEGIN":
            inside.append(line.value.upper())
            if inside[-1] == "VEVENT":
                events.append({})
        elif line.name == "END":
            if not inside or inside.pop() != line.value.upper():
                raise _invalid("The parts of the calendar don't close as they open.")
        elif inside and inside[-1] == "VEVENT":
            events[-1].setdefault(line.name, []).append(line)
    if inside:
        raise _invalid("The calendar isn't closed.")
    return events


def _line(raw: str) -> _Line:
    head, quoted, place = "", False, 0
    for place, character in enumerate(raw):  # noqa: B007 - the place of the colon is what counts
        quoted ^= character == '"'
        if character == ":" and not quoted:
            break
        head += character
    else:
        raise _invalid("A line of the calendar has no value.")
    name, *parameters = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', head)
    pairs = (parameter.partition("=") for parameter in parameters)
    return _Line(name.upper(), {key.upper(): value.strip('"') for key, _, value in pairs}, raw[place + 1 :])


def _content(event: dict[str, list[_Line]], fallback: Zone) -> CalendarContent:
    if "DTSTART" not in event:
        raise _invalid("The event has no start.")
    start, zone, all_day = _moment(event["DTSTART"][0], fallback)
    end, end_zone = _end(event, start, zone, fallback, all_day=all_day)
    recurrence = None
    if "RRULE" in event:
        try:
            recurrence = read_rule(event["RRULE"][0].value, start.astimezone(zone.info).date())
        except UnsupportedRuleError as error:
            raise _invalid("The event recurs in a way that no calendar here takes.") from error
    times = Times(start, end, zone, end_zone, all_day, recurrence)
    deleted = [
        _moment(_Line(line.name, line.parameters, value), fallback)[0]
        for line in event.get("EXDATE", ())
        for value in line.value.split(",")
    ]
    return CalendarContent(_values(event, all_day=all_day), times, deleted)


def _values(event: dict[str, list[_Line]], *, all_day: bool) -> dict[str, Any]:
    def text(name: str) -> str | None:
        return _plain(event[name][0].value) if name in event else None

    status = (text("X-MICROSOFT-CDO-BUSYSTATUS") or "").upper()
    usual = "Free" if (text("TRANSP") or "").upper() == "TRANSPARENT" else "Busy"
    description = text("DESCRIPTION")
    found: dict[str, Any] = {
        "item:Subject": text("SUMMARY"),
        "calendar:Location": text("LOCATION") or None,
        "calendar:UID": text("UID"),
        "calendar:IsAllDayEvent": all_day,
        "calendar:LegacyFreeBusyStatus": _STATUSES.get(status, usual),
        "item:Sensitivity": _SENSITIVITIES.get((text("CLASS") or "").upper()),
        "item:Body": None if description is None else Body(description),
    }
    for line in event.get("ATTENDEE", ()):
        uri = _LISTS.get(line.parameters.get("ROLE", ""), "calendar:RequiredAttendees")
        address = re.sub("^mailto:", "", line.value, flags=re.IGNORECASE)
        person = Person(line.parameters.get("CN") or address, address)
        found[uri] = (*(found.get(uri) or ()), person)
    return {uri: value for uri, value in found.items() if value is not None}


def _end(
    event: dict[str, list[_Line]], start: datetime, zone: Zone, fallback: Zone, *, all_day: bool
) -> tuple[datetime, Zone]:
    if "DTEND" in event:
        end, end_zone, _ = _moment(event["DTEND"][0], fallback)
        return end, end_zone
    if "DURATION" in event:
        match = _DURATION.fullmatch(event["DURATION"][0].value)
        if match is None:
            raise _invalid("The event has a duration that is none.")
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        return start + length, zone
    return start + timedelta(days=1 if all_day else 0), zone


def _moment(line: _Line, fallback: Zone) -> tuple[datetime, Zone, bool]:
    value = line.value.strip()
    try:
        if len(value) == 8:
            day = date.fromisoformat(value)
            return datetime.combine(day, time(), fallback.info).astimezone(UTC), fallback, True
        moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone follows
    except ValueError as error:
        raise _invalid(f"'{value}' is no time.") from error
    zone = UTC_ZONE if value.endswith("Z") else _zone(line.parameters.get("TZID"), fallback)
    return moment.replace(tzinfo=zone.info).astimezone(UTC), zone, False


def _zone(name: str | None, fallback: Zone) -> Zone:
    if name is None:
        return fallback
    for known in (Zone.of_windows, Zone.of_iana):
        try:
            return known(name)
        except UnknownZoneError:
            continue
    raise EwsError("ErrorCalendarInvalidTimeZone", f"The time zone '{name}' is unknown.")


def _plain(text: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def _invalid(sentence: str) -> EwsError:
    return EwsError("ErrorMimeContentInvalid", sentence)
