"""Until when a password that works is good, and when a person is told that it runs out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from oncetui.model.problem import Problem, ProblemError
from oncetui.model.problems.sign_in import PASSWORD_CHANGED, PASSWORD_EXPIRED, PASSWORD_EXPIRES_SOON
from oncetui.model.state import ConnectionRecord

WARNED_AHEAD = timedelta(days=14)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def expiry_warnings(
    mailbox: str, expires: datetime | None, now: datetime, time_zone: str
) -> tuple[Problem, ...]:
    """Return the warning that a password runs out within 14 days, or has; nothing where it doesn't.

    `expires` and `now` are aware; days are counted by the calendar of the time zone, an IANA name.
    """
    if expires is None or expires - now > WARNED_AHEAD:
        return ()
    told = PASSWORD_EXPIRES_SOON.problem(
        mailbox=mailbox,
        runs_out=_runs_out(expires, now, ZoneInfo(time_zone)),
        expires=f"{expires.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )
    return (told,)


def as_expired(error: ProblemError, record: ConnectionRecord, now: datetime) -> ProblemError:
    """Tell a refusal of the kept password as that of one that ran out, once the day that was told has come.

    Windows says no more than that it refuses (`diagnosis` 51).
    """
    expires = record.password_expires
    if error.problem.code != PASSWORD_CHANGED.code or expires is None or now < expires:
        return error
    problem = PASSWORD_EXPIRED.problem(**dict(error.problem.evidence))
    return ProblemError(problem, retry_after=error.retry_after, secret_refused=error.secret_refused)


def _runs_out(expires: datetime, now: datetime, zone: ZoneInfo) -> str:
    local = expires.astimezone(zone)
    clock = f"{local:%H:%M}"
    day = f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    if expires <= now:
        return f"ran out on {day} at {clock}"
    days = (local.date() - now.astimezone(zone).date()).days
    match days:
        case 0:
            return f"runs out today at {clock}"
        case 1:
            return f"runs out tomorrow at {clock}"
        case _:
            return f"runs out in {days} days, on {day} at {clock}"
