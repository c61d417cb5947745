"""Until when a password is good: asked over real sockets, of servers that tell and of those that don't."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from oncetui.exchange.gateway import ExchangeGateway
from oncetui.exchange.opening import ExchangeOpener
from oncetui.exchange.operations.password_expiry import GetPasswordExpirationDate
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Scheme
from oncetui.model.problem import ProblemError
from oncetui.simulator import start
from tests.exchange.canned import HEAD, TAIL, account_answered
from tests.exchange.site import Site

ANNA = "anna@contoso.example"
CHRISTMAS_EVE = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
OPERATION = "GetPasswordExpirationDate"


def opened(site: Site) -> ExchangeGateway:
    return ExchangeOpener().open(site.access(ANNA, Scheme.NTLM), site.secret(ANNA), Cancellation())


@pytest.fixture
def gateway(site: Site) -> Iterator[ExchangeGateway]:
    gateway = opened(site)
    yield gateway
    gateway.close()
    site.control("DELETE", f"/mailboxes/{ANNA}/password-expiry")


def test_the_server_tells_the_moment_in_one_request(site: Site, gateway: ExchangeGateway) -> None:
    site.control("PUT", f"/mailboxes/{ANNA}/password-expiry", expires="2026-12-24T10:00:00+01:00")
    site.forget()
    assert gateway.password_expires() == CHRISTMAS_EVE
    assert [request["operation"] for request in site.seen] == [OPERATION]


def test_a_password_that_never_runs_out_has_no_moment(gateway: ExchangeGateway) -> None:
    assert gateway.password_expires() is None


@pytest.mark.parametrize(
    "code",
    [
        "ErrorInvalidRequest",
        "ErrorSchemaValidation",
        "ErrorAccessDenied",
        "ErrorInvalidOperation",
        "ErrorInternalServerError",
    ],
)
@pytest.mark.parametrize("form", ["fault", "message"])
def test_a_server_that_answers_with_an_error_tells_nothing(
    site: Site, gateway: ExchangeGateway, code: str, form: str
) -> None:
    site.control("PUT", "/faults/ews-error", code=code, form=form, operation=OPERATION)
    assert gateway.password_expires() is None


def test_a_server_without_the_operation_tells_nothing() -> None:
    with start(generation="2010") as simulator:
        gateway = opened(Site(simulator))
        assert gateway.password_expires() is None
        gateway.close()


@pytest.mark.parametrize("form", ["fault", "message"])
def test_a_server_that_is_throttling_is_waited_for(site: Site, gateway: ExchangeGateway, form: str) -> None:
    site.control("PUT", "/faults/server-busy", back_off_ms=7000, form=form, operation=OPERATION)
    with pytest.raises(ProblemError) as told:
        gateway.password_expires()
    assert (told.value.problem.code, told.value.retry_after) == ("throttled", 7.0)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-24T09:00:00Z", CHRISTMAS_EVE),
        ("2026-12-24T01:00:00.0000000-08:00", CHRISTMAS_EVE),
        ("2026-12-24T09:00:00", CHRISTMAS_EVE),
        (" 2026-12-24T09:00:00Z\n", CHRISTMAS_EVE),
        ("9999-12-31T23:59:59.9999999Z", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("0001-01-01T00:00:00", None),
        ("1601-01-01T00:00:00+14:00", None),
        ("soon", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_the_ends_of_the_calendar_and_what_is_no_moment_stand_for_never(
    text: str, moment: datetime | None, inside: bool
) -> None:
    told = (
        f"<m:ResponseCode>NoError</m:ResponseCode><m:PasswordExpirationDate>{text}</m:PasswordExpirationDate>"
    )
    tag = f"m:{OPERATION}Response"
    content = f'<{tag} ResponseClass="Success">{told}</{tag}>'
    if inside:
        content = f"<{tag}><m:ResponseMessages>{content}</m:ResponseMessages></{tag}>"
    account, _ = account_answered((HEAD + content + TAIL).encode())
    assert GetPasswordExpirationDate(account=account).of_the_caller() == moment


@pytest.mark.parametrize("status", [400, 404, 405, 500, 501])
def test_a_server_that_turns_the_question_away_tells_nothing(status: int) -> None:
    account, _ = account_answered((status, b"<html>no</html>"))
    assert GetPasswordExpirationDate(account=account).of_the_caller() is None
