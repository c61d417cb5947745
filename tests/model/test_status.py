from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from oncetui.model.accepting import ClosedReason
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Calendar
from oncetui.model.connection import (
    ConnectionSettings,
    KeptIn,
    Scheme,
    ServerFacts,
    SignIn,
    SyncMode,
    UsernameForm,
)
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Cause, Who
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.policy import EWS_SWITCHED_OFF
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.state import ConnectionRecord, State
from oncetui.model.status import Heartbeat, PageStatus, Protection, Status, exit_code_of, utc_text
from tests.fakes.clock import MONDAY_MORNING as NOW

PAGE = BookingPage("one", "One", 30, "Europe/Berlin", associated=AssociatedCalendars(main="c1"))
SETTINGS = ConnectionSettings(
    "anna@contoso.example",
    "https://mail.contoso.example/EWS/Exchange.asmx",
    SignIn("CONTOSO\\anna", UsernameForm.DOMAIN, Scheme.NTLM),
    KeptIn.FILE,
    "v1",
    server=ServerFacts("15.2.1544.4"),
)
CONNECTED = Status(
    profile="default",
    now=NOW,
    record=ConnectionRecord(State.CONNECTED, NOW, last_success=NOW, secret_version="v1"),
    settings=SETTINGS,
    protection=Protection("file", unattended=True, sentence="Encrypted."),
    attempt=False,
    pages=(PageStatus(PAGE, None),),
    calendars=(Calendar("c1", "k1", "Calendar", writable=True, read_at=NOW),),
    connector=Heartbeat(4711, NOW, NOW),
    effective_mode=SyncMode.AUTO,
    mode_reason="later",
)


def test_the_status_object_follows_the_contract() -> None:
    assert CONNECTED.as_json() == {
        "schema": 1,
        "profile": "default",
        "state": "connected",
        "attempt": False,
        "since": "2026-03-02T09:00:00Z",
        "mailbox": "anna@contoso.example",
        "server": {
            "kind": "exchange",
            "ews_url": "https://mail.contoso.example/EWS/Exchange.asmx",
            "version": "15.2.1544.4",
            "sign_in": "ntlm",
            "username_form": "domain",
        },
        "secret": {"kept_in": "file", "unattended": True, "protection": "Encrypted."},
        "sync": {
            "mode": "real-time",
            "effective_mode": "auto",
            "reason": "later",
            "last_success": "2026-03-02T09:00:00Z",
            "next": "2026-03-02T09:01:00Z",
        },
        "problem": None,
        "warnings": [],
        "pages": [{"page": "one", "name": "One", "accepting": True, "closed_reason": None}],
        "calendars": [{"id": "c1", "name": "Calendar", "writable": True, "fresh": True}],
        "connector": {"running": True, "pid": 4711},
    }


def test_a_problem_and_a_closed_page_are_told_with_their_reasons() -> None:
    record = replace(CONNECTED.record, state=State.FAILED_USER, problem=PASSWORD_CHANGED.problem())
    closed = (PageStatus(PAGE, ClosedReason("failed-user", "It needs you.")),)
    told = replace(CONNECTED, record=record, pages=closed).as_json()

    assert told["state"] == "failed"
    assert told["problem"]["who"] == "user"
    assert told["problem"]["fields"] == ["password"]
    assert told["pages"][0]["accepting"] is False
    assert told["pages"][0]["closed_reason"] == {"code": "failed-user", "text": "It needs you."}


def test_without_a_connection_nothing_of_one_is_told() -> None:
    nothing = Status(
        "default", NOW, ConnectionRecord(State.NOT_CONNECTED, NOW), None, None, False, (), (), None
    )
    told = nothing.as_json()

    assert told["state"] == "not-connected"
    assert (told["mailbox"], told["server"], told["secret"], told["sync"]) == (None, None, None, None)
    assert told["connector"] == {"running": False, "pid": None}


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (State.CONNECTED, 0),
        (State.INTERRUPTED, 3),
        (State.FAILED_USER, 4),
        (State.FAILED_IT, 5),
        (State.NOT_CONNECTED, 6),
        (State.DISCONNECTED, 6),
    ],
)
def test_the_exit_code_follows_the_state(state: State, code: int) -> None:
    assert replace(CONNECTED, record=replace(CONNECTED.record, state=state)).exit_code == code


@pytest.mark.parametrize(("cause", "code"), [(NO_ANSWER, 3), (PASSWORD_CHANGED, 4), (EWS_SWITCHED_OFF, 5)])
def test_a_problems_exit_code_says_whose_turn_it_is(cause: Cause, code: int) -> None:
    assert exit_code_of(cause.problem()) == code
    assert {who.value for who in Who} == {"retry", "user", "it"}


def test_no_next_check_is_promised_where_no_connector_runs() -> None:
    assert replace(CONNECTED, connector=None).next_check is None


def test_the_next_try_goes_before_the_usual_minute() -> None:
    soon = NOW + timedelta(seconds=5)
    record = replace(CONNECTED.record, next_try=soon, wobble=NOW)

    assert replace(CONNECTED, record=record).next_check == soon


def test_an_unreadable_or_stale_calendar_is_not_fresh() -> None:
    calendars = (
        Calendar("c1", "k1", "A", writable=True, read_at=NOW, unreadable="gone"),
        Calendar("c2", "k2", "B", writable=True, read_at=NOW - timedelta(minutes=16)),
    )

    assert [one["fresh"] for one in replace(CONNECTED, calendars=calendars).as_json()["calendars"]] == [
        False,
        False,
    ]


def test_times_are_utc_in_whole_seconds() -> None:
    berlin = timezone(timedelta(hours=1))

    assert utc_text(datetime(2026, 3, 1, 10, 30, 0, 999999, berlin)) == "2026-03-01T09:30:00Z"
    assert utc_text(datetime(2026, 3, 1, 9, 30, tzinfo=UTC)) == "2026-03-01T09:30:00Z"
    assert utc_text(None) is None
