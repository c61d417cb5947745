"""The lock-out guard: what was refused lately, and when another sign-in is safe again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncetui.model.problem import Problem

OBSERVED_FOR = timedelta(minutes=30)
"""How long Windows goes on counting after a refusal.

Windows suggests 30 minutes for "Reset account lockout counter after" as soon as an administrator sets a
threshold (Windows security policy settings, Account Lockout Policy; lockOutObservationWindow in MS-ADA1).
"""

WARNED_FROM = 2
"""After so many refusals a person is warned: three is the lowest threshold that companies use."""


@dataclass(frozen=True)
class Attempted:
    """Whom a sign-in names, at which host, for which mailbox; upper and lower case mean the same."""

    mailbox: str
    host: str
    username: str


@dataclass(frozen=True)
class Refusal:
    """A sign-in that a server refused, how it said so, and when, in UTC.

    `counts` is false once a sign-in to the mailbox has worked: that starts the server's own count anew.
    """

    attempted: Attempted
    at: datetime
    problem: Problem
    counts: bool = True


@dataclass(frozen=True)
class LockOutRisk:
    """How many refusals the server may still count, and when it forgets them, in UTC."""

    refusals: int
    safe_at: datetime

    @property
    def is_near(self) -> bool:
        """Whether one more refusal could lock the account."""
        return self.refusals >= WARNED_FROM


def lock_out_risk(refusals: Iterable[Refusal], now: datetime) -> LockOutRisk | None:
    """Return what refusals of one mailbox come to, None where another attempt is safe.

    Each refusal keeps those before it in the count. One of the future, which a clock put back leaves behind,
    counts as one of now.
    """
    moments = sorted((min(one.at, now) for one in refusals if one.counts), reverse=True)
    counted, since = 0, now
    for moment in moments:
        if since - moment >= OBSERVED_FOR:
            break
        counted, since = counted + 1, moment
    return LockOutRisk(counted, moments[0] + OBSERVED_FOR) if counted else None
