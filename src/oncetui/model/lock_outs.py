"""Telling of a near lock-out before a secret is sent: the same words wherever one signs in."""

import sys
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from oncetui.model.problem import ProblemError
from oncetui.model.problems.sign_in import LOCK_OUT_NEAR
from oncetui.model.profile import Profile
from oncetui.model.sign_in_guard import Attempted, LockOutRisk, lock_out_risk


@dataclass(frozen=True)
class Insistence:
    """What a person wants to be sent all the same, after having been told what speaks against it.

    `again` is a secret that was refused before; `warned` counts the refusals after which another one was
    agreed to.
    """

    again: bool = False
    warned: int = 0


UNASKED = Insistence()
OF_A_COMMAND = Insistence(warned=sys.maxsize)
"""A command that is run is a wish of its own: nobody is asked a second time."""


def risk_of(profile: Profile, mailbox: str) -> LockOutRisk | None:
    """Return what the refusals of a mailbox come to at this moment, None where another attempt is safe."""
    return lock_out_risk(profile.guard.refusals(mailbox), profile.clock.now())


def warn_of_lock_out(profile: Profile, attempted: Attempted, insistence: Insistence) -> None:
    """Raise `ProblemError` where one more refusal could lock the account and nobody agreed to it yet."""
    risk = risk_of(profile, attempted.mailbox)
    if risk is not None and risk.is_near and risk.refusals > insistence.warned:
        problem = LOCK_OUT_NEAR.problem(
            refusals=risk.refusals, safe_at=safe_from(risk, profile), host=attempted.host
        )
        raise ProblemError(problem)


def risk_line(risk: LockOutRisk | None, profile: Profile) -> str:
    """Return what stands under a password while refusals count, with when it is safe again; else nothing."""
    if risk is None:
        return ""
    if not risk.is_near:
        return "One refused sign-in lately. Most servers lock the account after 5 to 10."
    return (
        f"{risk.refusals} refused sign-ins lately; one more could lock the account. "
        f"It is safe again at {safe_from(risk, profile)}."
    )


def safe_from(risk: LockOutRisk, profile: Profile) -> str:
    """Return the time of day at which the server has forgotten the refusals, in the profile's zone."""
    return f"{risk.safe_at.astimezone(ZoneInfo(profile.time_zone)):%H:%M}"
