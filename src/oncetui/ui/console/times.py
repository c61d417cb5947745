"""Moments and spans of time as people read them, coarse enough that an idle screen stays still."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LocalTime:
    """A moment and the zone in which people read it and every other one."""

    now: datetime
    zone: tzinfo

    def clock(self, moment: datetime, *, seconds: bool = True) -> str:
        """Return a time of day, as in `12:03:41`, with the date before it where it is not today's."""
        local = moment.astimezone(self.zone)
        if local.date() != self.now.astimezone(self.zone).date():
            return f"{local:%a} {local.day} {local:%b} {local:%H:%M}"
        return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"

    def day(self, moment: datetime) -> str:
        """Return a day and a time, as in `Tue 24 Nov 10:00`."""
        local = moment.astimezone(self.zone)
        return f"{local:%a} {local.day:>2} {local:%b} {local:%H:%M}"

    def lasting(self, since: datetime) -> str:
        """Return how long something has lasted: in steps of 10 s, then of minutes, hours and days."""
        span = self.now - since
        if span < 10 * _SECOND:
            return "a few seconds"
        if span < _MINUTE:
            return f"{span // (10 * _SECOND) * 10} s"
        if span < _HOUR:
            return f"{span // _MINUTE} min"
        if span < _DAY:
            return f"{span // _HOUR} h {span % _HOUR // _MINUTE} min"
        return "1 day" if span < 2 * _DAY else f"{span // _DAY} days"

    def until(self, moment: datetime) -> str:
        """Return when something comes, as in `in 20 s`: steps of 5 s, and the time of day past 2 minutes."""
        ahead = moment - self.now
        if ahead <= timedelta(0):
            return "under way"
        if ahead > 2 * _MINUTE:
            return f"at {self.clock(moment)}"
        return f"in {-(-ahead // (5 * _SECOND)) * 5} s"
