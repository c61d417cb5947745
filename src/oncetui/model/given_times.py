"""Times and dates that a person gives in ISO form; of two that may be meant, none is guessed."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

TIME_EXAMPLE = "2026-11-25T10:30"
DATE_EXAMPLE = "2026-11-25"
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)

_WITH_TIME = re.compile(r"\d{4}-?\d\d-?\d\d[T ]\d\d", re.IGNORECASE)


def moment_given(text: str, zone: str) -> datetime:
    """Return the moment, in UTC, that was written; without an offset it is meant in the zone.

    Raises ValueError with one sentence for a person: where it is no time, and where the zone's clock shows it
    twice or never.
    """
    written = text.strip()
    try:
        given = datetime.fromisoformat(written) if _WITH_TIME.match(written) else None
    except ValueError:
        given = None
    if given is None or not EARLIEST <= given.date() < LATEST:
        raise ValueError(f"“{text}” is no time; one is written {TIME_EXAMPLE}, or {TIME_EXAMPLE}+01:00.")
    given = given.replace(microsecond=0)
    return (given if given.tzinfo is not None else _in_zone(given, zone)).astimezone(UTC)


def date_given(text: str) -> date:
    """Return the date that was written; raise ValueError with one sentence where it is none."""
    try:
        given = date.fromisoformat(text.strip())
    except ValueError:
        given = None
    if given is None or not EARLIEST <= given < LATEST:
        raise ValueError(f"“{text}” is no date; one is written {DATE_EXAMPLE}.")
    return given


def _in_zone(given: datetime, name: str) -> datetime:
    zone = ZoneInfo(name)
    first, second = (given.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    # Of a time that never comes, each offset makes another time that does.
    ways = " or ".join(
        one.astimezone(UTC).astimezone(zone).isoformat(timespec="minutes") for one in (first, second)
    )
    if (first.utcoffset() or timedelta(0)) > (second.utcoffset() or timedelta(0)):
        raise ValueError(
            f"{given:%Y-%m-%dT%H:%M} comes twice in {name}, where the clock is put back; write {ways}."
        )
    raise ValueError(
        f"{given:%Y-%m-%dT%H:%M} never comes in {name}, where the clock is put forward; write {ways}."
    )
