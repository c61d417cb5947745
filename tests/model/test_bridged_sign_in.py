"""A refusal is Extended Protection's only where another certificate than lately was shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from oncetui.model.bridged_sign_in import as_bridged
from oncetui.model.problem import Cause, ProblemError, Who
from oncetui.model.problems.certificates import TLS_INSPECTION
from oncetui.model.problems.sign_in import (
    ACCOUNT_LOCKED,
    EXTENDED_PROTECTION,
    PASSWORD_CHANGED,
    PASSWORD_REFUSED,
    USER_NAME_FORM,
)
from oncetui.model.state import By, ConnectionRecord, Faulted, State, Succeeded, advance
from oncetui.model.way_taken import WayTaken

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
KNOWN, OTHER = "AA:01", "BB:02"
CONNECTED = ConnectionRecord(
    State.CONNECTED, NOW, last_success=NOW, secret_version="v1", way=WayTaken(certificate=KNOWN)
)


def refused(cause: Cause = PASSWORD_REFUSED, sha256: str | None = OTHER) -> ProblemError:
    return ProblemError(cause.problem(host="mail.contoso.example", sha256=sha256), secret_refused=True)


@pytest.mark.parametrize("cause", [PASSWORD_REFUSED, PASSWORD_CHANGED, USER_NAME_FORM])
def test_another_certificate_than_an_hour_ago_is_a_box_in_between(cause: Cause) -> None:
    told = as_bridged(refused(cause), CONNECTED, NOW + HOUR)
    assert (told.problem.code, told.problem.who, told.secret_refused) == (
        "extended-protection",
        Who.IT,
        True,
    )
    assert ("sha256_before", KNOWN) in told.problem.evidence


@pytest.mark.parametrize(
    ("error", "record", "now"),
    [
        (refused(sha256=KNOWN), CONNECTED, NOW + HOUR),
        (refused(sha256=None), CONNECTED, NOW + HOUR),
        (refused(), replace(CONNECTED, way=WayTaken()), NOW + HOUR),
        (refused(), replace(CONNECTED, last_success=None), NOW + HOUR),
        (refused(), CONNECTED, NOW + timedelta(days=1, seconds=1)),
        (refused(), CONNECTED, NOW - HOUR),
        (refused(ACCOUNT_LOCKED), CONNECTED, NOW + HOUR),
    ],
)
def test_everything_else_stays_as_it_is_told(
    error: ProblemError, record: ConnectionRecord, now: datetime
) -> None:
    assert as_bridged(error, record, now) is error


@pytest.mark.parametrize("cause", [EXTENDED_PROTECTION, TLS_INSPECTION])
def test_a_connection_that_failed_for_such_a_box_remembers_for_longer_than_a_day(cause: Cause) -> None:
    failed = replace(CONNECTED, state=State.FAILED_IT, problem=cause.problem())
    assert as_bridged(refused(), failed, NOW + timedelta(days=9)).problem.code == "extended-protection"


def test_it_fails_for_it_and_the_secret_is_not_sent_again() -> None:
    told = as_bridged(refused(), CONNECTED, NOW)
    record = advance(CONNECTED, Faulted(NOW, told.problem, secret_refused=True, secret_version="v1"))
    assert (record.state, record.may_sign_in, record.next_try) == (State.FAILED_IT, False, None)


def test_a_success_keeps_the_newest_way() -> None:
    again = advance(CONNECTED, Succeeded(NOW, By.CONNECTOR, "v1", WayTaken(certificate=OTHER)))
    assert again.way.certificate == OTHER
