"""Working hours as people write them, read; what can't stand gets one sentence with an example."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta
from itertools import pairwise

from oncetui.model.working_hours import CLOSED, CLOSED_WEEK, WEEKDAYS, DateHours, Day, Hours, Week

WEEK_EXAMPLE = "Mon-Thu 9-12 13-17, Fri 9-13"
DATES_EXAMPLE = "2026-12-24 9-12, 2026-12-25 to 2026-12-31 closed"
USUAL = "usual"
LONGEST_RANGE = timedelta(days=366)

_SPAN = re.compile(r"(\d{1,2})(?::([0-5]\d))?[-–](\d{1,2})(?::([0-5]\d))?")
_RANGE_OF_DATES = re.compile(r"(\d{4}-\d\d-\d\d)\s*(?:to|–|\.\.)\s*(\d{4}-\d\d-\d\d)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;]+")
_FULL_DAY = 24 * 60


def week_given(text: str) -> Week:
    """Return the week that was written; days that aren't named are closed.

    Raises ValueError with one sentence for a person.
    """
    words = _words(text)
    if [word.casefold() for word in words] in ([], [CLOSED]):
        return CLOSED_WEEK
    given = dict(_each_once(_days_with_hours(words, _weekdays, WEEK_EXAMPLE), WEEKDAYS.__getitem__))
    return tuple(given.get(day, ()) for day in range(7))


def dates_given(text: str) -> DateHours:
    """Return the dates that were written with their hours.

    Raises ValueError with one sentence for a person.
    """
    # A range is one word, whatever stands between its dates.
    words = _words(_RANGE_OF_DATES.sub(r"\1..\2", text))
    return tuple(sorted(_each_once(_days_with_hours(words, _dates, DATES_EXAMPLE), str)))


def dates_changed(dates: DateHours, text: str) -> DateHours:
    """Return the dates with those of a text added or replaced; `2026-12-24 usual` takes one out again.

    Raises ValueError with one sentence for a person.
    """
    words = text.split()
    if words and words[-1].casefold() == USUAL:
        gone = dict(dates_given(" ".join([*words[:-1], CLOSED])))
        return tuple((day, hours) for day, hours in dates if day not in gone)
    given = dates_given(text)
    if not given:
        raise ValueError(f"A date and its hours are missing; write them as in {DATES_EXAMPLE}.")
    return tuple(sorted((dict(dates) | dict(given)).items()))


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]


def _each_once(days: Iterator[tuple[Day, Hours]], name: Callable[[Day], str]) -> Iterator[tuple[Day, Hours]]:
    seen = set()
    for day, hours in days:
        if day in seen:
            raise ValueError(f"{name(day)} stands there twice; write all its hours behind it once.")
        seen.add(day)
        yield day, hours


def _days_with_hours(
    words: Sequence[str], days_of: Callable[[str], list[Day] | None], example: str
) -> Iterator[tuple[Day, Hours]]:
    """Yield each day with the hours that stand behind it."""
    days: list[Day] = []
    spans: list[str] = []
    for word in words:
        named = days_of(word)
        if named is None:
            if not days:
                raise ValueError(f"“{word}” is not understood here; write it as in {example}.")
            spans.append(word)
            continue
        if spans:
            yield from _with_hours(days, spans, example)
            days, spans = [], []
        days += named
    if days:
        if not spans:
            raise ValueError(f"The hours are missing behind “{words[-1]}”; write it as in {example}.")
        yield from _with_hours(days, spans, example)


def _with_hours(days: list[Day], spans: list[str], example: str) -> Iterator[tuple[Day, Hours]]:
    hours = _hours(spans, example)
    yield from ((day, hours) for day in days)


def _weekdays(word: str) -> list[int] | None:
    if not word[0].isalpha() or word.casefold() == CLOSED:
        return None
    first, dash, last = word.replace("–", "-").partition("-")
    begin, end = _weekday(first, word), _weekday(last if dash else first, word)
    if end < begin:
        raise ValueError(f"“{word}” runs backwards; a week begins with Mon, as in {WEEK_EXAMPLE}.")
    return list(range(begin, end + 1))


def _weekday(name: str, word: str) -> int:
    for number, weekday in enumerate(WEEKDAYS):
        if name.strip(".").casefold() in (weekday.casefold(), _LONG_NAMES[number]):
            return number
    raise ValueError(f"“{word}” is no weekday; write them as in {WEEK_EXAMPLE}.")


_LONG_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _dates(word: str) -> list[date] | None:
    if not re.match(r"\d{4}-", word):
        return None
    first, _, last = word.partition("..")
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise ValueError(f"“{word}” is no date; write dates as in {DATES_EXAMPLE}.") from None
    if end < begin or end - begin > LONGEST_RANGE:
        raise ValueError(f"“{first} to {last}” must run forward, for a year at most, as in {DATES_EXAMPLE}.")
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def _hours(words: Sequence[str], example: str) -> Hours:
    if len(words) == 1 and words[0].casefold() == CLOSED:
        return ()
    minutes = sorted(_span(word, example) for word in words)
    for before, after in pairwise(minutes):
        if after[0] < before[1]:
            raise ValueError(f"“{' '.join(words)}” overlap; write each span once, as in {example}.")
    return tuple((_wall_time(start), _wall_time(end)) for start, end in minutes)


def _span(word: str, example: str) -> tuple[int, int]:
    """Return start and end of a span in minutes of its day."""
    match = _SPAN.fullmatch(word)
    if match is None:
        raise ValueError(f"“{word}” is no span of hours; write it as in {example}.")
    hours = [int(part or 0) for part in match.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if end > _FULL_DAY or start >= _FULL_DAY:
        raise ValueError(f"“{word}” goes past 24:00; hours end at midnight, as in Fri 18-24, Sat 0-2.")
    if end <= start:
        raise ValueError(f"“{word}” ends before it starts; past midnight it is written Fri 18-24, Sat 0-2.")
    return start, end


def _wall_time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
