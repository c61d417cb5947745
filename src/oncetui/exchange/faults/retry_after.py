"""How long a server asks us to wait (RFC 9110, 10.2.3)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 24 * 3600.0


def seconds_to_wait(value: str | None, now: datetime) -> float | None:
    """Return the wait of a Retry-After header in seconds, None where it says nothing.

    It is a number of seconds or a date; one in the past is no wait. More than a day is taken as a day.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(int(text[:12])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST_WAIT)
