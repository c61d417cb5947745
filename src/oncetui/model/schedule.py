"""When the connector asks again: pure rules, all in seconds."""

from datetime import datetime, timedelta

AUTO_SYNC = timedelta(seconds=60)
PROBE = timedelta(seconds=4)
PROBES_OFTEN_FOR = timedelta(minutes=10)
PROBE_AT_MOST = timedelta(seconds=60)
IT_PROBE = timedelta(seconds=60)
IT_PROBE_AT_MOST = timedelta(minutes=15)
FRESH_FOR = timedelta(minutes=15)
ATTEMPT_AT_MOST = timedelta(minutes=2)
SAFETY_NET = timedelta(minutes=5)
"""How often calendars are asked whose changes the server tells by itself."""
FREE_BUSY_AGAIN = timedelta(minutes=8)
"""How often a calendar of which only free/busy may be read is read: well before it is stale."""
GATHERED_FOR = timedelta(seconds=2.5)
QUIET_FOR = timedelta(seconds=0.3)
LONG_SLEEP = timedelta(minutes=2)
"""After how long a sleep of the computer an event stream is taken for lost."""
STEADY_AFTER = timedelta(minutes=1)
REAL_TIME_AGAIN = timedelta(minutes=1)
REAL_TIME_AGAIN_AT_MOST = timedelta(minutes=30)


def after_temporary_fault(since: datetime, now: datetime, tries: int = 0) -> timedelta:
    """Return the wait before the next probe: 4 s for ten minutes, then growing to 60 s.

    So many `tries` took their time, whatever a clock says that was put back since.
    """
    longer = max(now - since, PROBE * tries) - PROBES_OFTEN_FOR
    if longer <= timedelta(0):
        return PROBE
    return min(PROBE_AT_MOST, PROBE + longer / 10)


def wait_before_it_probe(tries: int) -> timedelta:
    """Return the wait before the next probe while IT must act: 60 s, doubling, at most 15 minutes."""
    doublings = min(max(tries - 1, 0), 8)
    return min(IT_PROBE_AT_MOST, IT_PROBE * (1 << doublings))


def wait_before_real_time(failures: int) -> timedelta:
    """Return the wait before Real-time is tried again: 1 minute, doubling, at most 30 minutes."""
    doublings = min(max(failures - 1, 0), 8)
    return min(REAL_TIME_AGAIN_AT_MOST, REAL_TIME_AGAIN * (1 << doublings))


def is_fresh(read_at: datetime | None, now: datetime) -> bool:
    """Tell whether busy time read at that moment may still be relied on.

    A moment in the future means that the clock went backwards, and counts as stale.
    """
    return read_at is not None and timedelta(0) <= now - read_at <= FRESH_FOR
