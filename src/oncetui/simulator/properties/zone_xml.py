"""Time zone definitions in requests."""

import re
from datetime import timedelta

from oncetui.simulator.calendars.custom_zones import CustomZone
from oncetui.simulator.calendars.zone_rules import Change
from oncetui.simulator.calendars.zones import UnknownZoneError, Zone
from oncetui.simulator.properties.recurrence import DAYS
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.names import T
from oncetui.simulator.soap.reading import Element

_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")
_LONGEST_OFFSET = timedelta(hours=24)


def read_zone(element: Element, fallback: Zone) -> Zone:
    """Return the zone that a TimeZoneDefinition names, or defines where the name is unknown."""
    name = element.get("Id")
    periods = element.findall(f"{T}Periods/{T}Period")
    if not name and not periods:
        return fallback
    try:
        return Zone.of_windows(name or "")
    except UnknownZoneError as error:
        if not periods:
            raise EwsError("ErrorTimeZone", f"The time zone '{name}' is unknown.") from error
    return _defined(element, name or "Customized Time Zone", periods)


def _defined(element: Element, name: str, periods: list[Element]) -> Zone:
    offsets = {period.get("Id", ""): -_duration(period, "Bias") for period in periods}
    changes = {_target(change): _change(change) for change in element.iter(f"{T}RecurringDayTransition")}
    if len(changes) != 2 or not set(changes) <= set(offsets):
        only = _offset_of(element, offsets)
        return Zone(name, CustomZone(name, only, only), element.get("Name", name))
    standard, daylight = sorted(changes, key=lambda target: offsets[target])
    rules = CustomZone(name, offsets[standard], offsets[daylight], changes[daylight], changes[standard])
    return Zone(name, rules, element.get("Name", name))


def _offset_of(element: Element, offsets: dict[str, timedelta]) -> timedelta:
    targets = [to.text or "" for to in element.iter(f"{T}To") if to.get("Kind") == "Period"]
    return next((offsets[target] for target in targets if target in offsets), next(iter(offsets.values())))


def _target(change: Element) -> str:
    return reading.content(reading.needed(change, "To"))


def _change(element: Element) -> Change:
    day = reading.needed(element, "DayOfWeek")
    word = reading.content(day).strip()
    month = reading.integer(reading.needed(element, "Month"))
    week = reading.integer(reading.needed(element, "Occurrence"))
    if word not in DAYS or not 1 <= month <= 12 or week not in {-1, 1, 2, 3, 4, 5}:
        raise EwsError("ErrorCalendarInvalidTimeZone", "The time zone's transition falls on no day.")
    offset = reading.needed(element, "TimeOffset")
    return Change(month, week, DAYS.index(word), _length(offset, reading.content(offset)))


def _duration(element: Element, attribute: str) -> timedelta:
    return _length(element, reading.needed_attribute(element, attribute))


def _length(element: Element, text: str) -> timedelta:
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise reading.bad_value(element, text, "http://www.w3.org/2001/XMLSchema:duration")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length >= _LONGEST_OFFSET:
        raise EwsError("ErrorCalendarInvalidTimeZone", "The time zone's offset is a day or more.")
    return -length if match[1] else length
