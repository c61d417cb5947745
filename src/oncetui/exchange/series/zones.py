"""The time zone of a series: named as Windows does, or defined where it is named."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta, weekday
from dateutil.tz import tzrange
from exchangelib.util import TNS
from exchangelib.winzone import MS_TIMEZONE_TO_IANA_MAP

from oncetui.exchange.faults.answer_errors import NotUnderstoodError
from oncetui.exchange.operations.payloads import Element
from oncetui.exchange.operations.read_view import moment
from oncetui.exchange.series.rules import DAYS

_UTC_NAMES = ("UTC", "tzone://Microsoft/Utc")
_LENGTH = re.compile(r"(-?)P(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})(?:\.\d+)?S)?)?")
_LONGEST_OFFSET = timedelta(hours=24)
_LAST = 5
_PERIOD, _GROUP = "Period", "Group"


def zone_of(element: Element | None, at: datetime) -> tzinfo | None:
    """Return the zone that a StartTimeZone element names or defines (MS-OXWSCDATA 2.2.4.75), as it is then.

    None where neither can be made out: `tzone://Microsoft/Custom` is a name for zones that no table has.
    """
    if element is None:
        return None
    name = element.get("Id") or ""
    if name in _UTC_NAMES:
        return UTC
    if name in MS_TIMEZONE_TO_IANA_MAP:
        return ZoneInfo(MS_TIMEZONE_TO_IANA_MAP[name])
    try:
        return _defined(element, at)
    except (NotUnderstoodError, ValueError, LookupError):
        return None


def _defined(element: Element, at: datetime) -> tzinfo | None:
    offsets = {
        period.get("Id"): -_length(period.get("Bias") or "")
        for period in element.iterfind(f"{{{TNS}}}Periods/{{{TNS}}}Period")
    }
    if not offsets:
        return None
    changes = {_target(change): change for change in _changes(element, at)}
    recurring = {to: change for to, change in changes.items() if not _is_once(change)}
    if len(recurring) != 2:
        targets = changes or offsets
        only = offsets[next(iter(targets))]
        return tzrange("std", only)
    standard, daylight = sorted(recurring, key=lambda to: offsets[to])
    saved = offsets[daylight] - offsets[standard]
    return tzrange(
        "std",
        offsets[standard],
        "dst",
        offsets[daylight],
        start=_day_and_time(recurring[daylight]),
        # tzrange reckons both changes by the clock of standard time.
        end=_day_and_time(recurring[standard]) - relativedelta(seconds=int(saved.total_seconds())),
    )


def _changes(element: Element, at: datetime) -> Iterator[Element]:
    """Yield the changes of the group that is in force at a moment; without groups there are none."""
    in_force = None
    for transition in element.iterfind(f"{{{TNS}}}Transitions/*"):
        since = transition.findtext(f"{{{TNS}}}DateTime")
        if since is None or moment(since) <= at:
            in_force = transition
    to = None if in_force is None else in_force.find(f"{{{TNS}}}To")
    if to is None:
        return
    if to.get("Kind") == _PERIOD and in_force is not None:
        yield in_force
    for group in element.iterfind(f"{{{TNS}}}TransitionsGroups/{{{TNS}}}TransitionsGroup"):
        if to.get("Kind") == _GROUP and group.get("Id") == to.text:
            yield from group


def _is_once(change: Element) -> bool:
    return change.find(f"{{{TNS}}}Month") is None


def _target(change: Element) -> str:
    return (change.findtext(f"{{{TNS}}}To") or "").strip()


def _day_and_time(change: Element) -> relativedelta:
    month = int(change.findtext(f"{{{TNS}}}Month") or "")
    seconds = int(_length(change.findtext(f"{{{TNS}}}TimeOffset") or "").total_seconds())
    fixed = change.findtext(f"{{{TNS}}}Day")
    if fixed is not None:
        return relativedelta(month=month, day=int(fixed), seconds=seconds)
    day = DAYS.index((change.findtext(f"{{{TNS}}}DayOfWeek") or "").strip())
    week = int(change.findtext(f"{{{TNS}}}Occurrence") or "")
    if week in (-1, _LAST):
        return relativedelta(month=month, day=31, weekday=weekday(day, -1), seconds=seconds)
    return relativedelta(month=month, day=1, weekday=weekday(day, week), seconds=seconds)


def _length(text: str) -> timedelta:
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise NotUnderstoodError("A time zone has no readable offset.")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if length >= _LONGEST_OFFSET:
        raise NotUnderstoodError("A time zone is a day or more from UTC.")
    return -length if match[1] else length
