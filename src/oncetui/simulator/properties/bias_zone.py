"""Time zones in the form of availability requests: minutes of bias and two changes a year."""

from datetime import timedelta

from oncetui.simulator.calendars.custom_zones import CustomZone
from oncetui.simulator.calendars.zone_rules import Change, rules_of
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.properties.recurrence import DAYS
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

_NAME = "Customized Time Zone"
_MOST_MINUTES = 24 * 60


def read_bias_zone(element: Element) -> Zone:
    """Return the zone that a TimeZone element defines."""
    bias = _minutes(element)
    standard, to_standard = _half(element, "StandardTime")
    daylight, to_daylight = _half(element, "DaylightTime")
    offsets = (-(bias + standard), -(bias + daylight))
    if any(abs(offset) >= timedelta(minutes=_MOST_MINUTES) for offset in offsets):
        raise EwsError("ErrorInvalidTimeZone", "The time zone's offset is a day or more.")
    if to_standard is None or to_daylight is None:
        return Zone(_NAME, CustomZone(_NAME, offsets[0], offsets[0]), _NAME)
    return Zone(_NAME, CustomZone(_NAME, *offsets, to_daylight, to_standard), _NAME)


def bias_zone_xml(zone: Zone, year: int) -> str:
    """Return the content of a TimeZone element for a zone's rules in a year."""
    rules = rules_of(zone, year)
    bias = -int(rules.standard.total_seconds() // 60)
    saved = int((rules.standard - rules.daylight).total_seconds() // 60)
    back, forward = rules.to_standard, rules.to_daylight
    return (
        f"<Bias>{bias}</Bias><StandardTime>{_change_xml(0, back)}</StandardTime>"
        f"<DaylightTime>{_change_xml(saved if forward else 0, forward)}</DaylightTime>"
    )


def _minutes(element: Element) -> timedelta:
    minutes = reading.integer(reading.needed(element, "Bias"))
    if abs(minutes) > _MOST_MINUTES:
        raise EwsError("ErrorInvalidTimeZone", "The time zone's bias is more than a day.")
    return timedelta(minutes=minutes)


def _half(zone: Element, name: str) -> tuple[timedelta, Change | None]:
    element = reading.needed(zone, name)
    bias = _minutes(element)
    month = reading.integer(reading.needed(element, "Month"))
    if month == 0:
        return bias, None
    order = reading.integer(reading.needed(element, "DayOrder"))
    word = reading.content(reading.needed(element, "DayOfWeek")).strip()
    clock = reading.content(reading.needed(element, "Time")).strip().split(":")
    if not 1 <= month <= 12 or not 1 <= order <= 5 or word not in DAYS or not all(map(str.isdecimal, clock)):
        raise EwsError("ErrorInvalidTimeZone", "The time zone's change falls on no day.")
    hours, minutes, seconds = ([int(part[:2]) for part in clock] + [0, 0])[:3]
    time = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return bias, Change(month, -1 if order == 5 else order, DAYS.index(word), time)


def _change_xml(bias: int, change: Change | None) -> str:
    if change is None:
        return (
            f"<Bias>{bias}</Bias><Time>00:00:00</Time><DayOrder>0</DayOrder><Month>0</Month>"
            "<DayOfWeek>Sunday</DayOfWeek>"
        )
    order = 5 if change.week == -1 else change.week
    hours, rest = divmod(int(change.time.total_seconds()), 3600)
    return (
        f"<Bias>{bias}</Bias><Time>{hours:02}:{rest // 60:02}:{rest % 60:02}</Time>"
        f"<DayOrder>{order}</DayOrder><Month>{change.month}</Month><DayOfWeek>{DAYS[change.weekday]}</DayOfWeek>"
    )
