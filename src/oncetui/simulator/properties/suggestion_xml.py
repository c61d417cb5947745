"""Suggested meeting times in XML, and what a request wishes of them."""

from datetime import date, datetime, timedelta, tzinfo

from oncetui.simulator.calendars.suggestions import QUALITIES, Suggestion, Wishes
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.names import TYPES
from oncetui.simulator.soap.reading import Element
from oncetui.simulator.soap.writing import boolean

_SHORTEST, _LONGEST = 30, 1440


def read_wishes(options: Element) -> Wishes:
    """Return what a SuggestionsViewOptions element wishes."""
    usual = Wishes()
    quality = reading.child(options, "MinimumSuggestionQuality")
    worst = usual.worst if quality is None else reading.content(quality).strip()
    if quality is not None and worst not in QUALITIES:
        raise reading.bad_value(quality, worst, "SuggestionQuality")
    minutes = _number(options, "MeetingDurationInMinutes", usual.length // timedelta(minutes=1))
    if not _SHORTEST <= minutes <= _LONGEST:
        raise EwsError("ErrorInvalidTimeInterval", "A meeting lasts 30 to 1440 minutes.")
    return Wishes(
        timedelta(minutes=minutes),
        max(0, _number(options, "MaximumResultsByDay", usual.most)),
        max(0, _number(options, "MaximumNonWorkHourResultsByDay", usual.most_outside)),
        _number(options, "GoodThreshold", usual.good),
        worst,
    )


def day_xml(day: date, found: list[Suggestion], zone: tzinfo) -> str:
    """Return the result for one day."""
    best = min((QUALITIES.index(each.quality) for each in found), default=len(QUALITIES) - 1)
    content = "".join(_suggestion_xml(each, zone) for each in found)
    return (
        f'<SuggestionDayResult xmlns="{TYPES}"><Date>{day.isoformat()}T00:00:00</Date>'
        f"<DayQuality>{QUALITIES[best]}</DayQuality><SuggestionArray>{content}</SuggestionArray>"
        "</SuggestionDayResult>"
    )


def _suggestion_xml(suggestion: Suggestion, zone: tzinfo) -> str:
    conflicts = "".join(
        "<UnknownAttendeeConflictData/>"
        if status is None
        else f"<IndividualAttendeeConflictData><BusyType>{status}</BusyType></IndividualAttendeeConflictData>"
        for status in suggestion.statuses
    )
    return (
        f"<Suggestion><MeetingTime>{_local(suggestion.start, zone)}</MeetingTime>"
        f"<IsWorkTime>{boolean(suggestion.at_work)}</IsWorkTime>"
        f"<SuggestionQuality>{suggestion.quality}</SuggestionQuality>"
        f"<AttendeeConflictDataArray>{conflicts}</AttendeeConflictDataArray></Suggestion>"
    )


def _local(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="seconds")


def _number(options: Element, name: str, usual: int) -> int:
    given = reading.child(options, name)
    return usual if given is None else reading.integer(given)
