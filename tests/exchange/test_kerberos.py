"""Kerberos: with a ticket that a test makes, over a wire that it plays, and with a real domain controller."""

import base64
import importlib.util
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import NoCredentialError, SpnegoError

from oncetui.exchange.faults.circumstances import Circumstances
from oncetui.exchange.faults.classifying import problem_of
from oncetui.exchange.signing_in.kerberos import KerberosError, KerberosSignIn, Ticket
from oncetui.model.problem import Who
from tests.exchange.canned import answer
from tests.exchange.test_noticing import dated

URL = "https://mail.contoso.example/EWS/Exchange.asmx"
AT = Circumstances("mail.contoso.example")
NEEDED = ("krb5kdc", "kdb5_util", "kadmin.local", "kinit")
MISSING = [name for name in NEEDED if shutil.which(name) is None and not Path("/usr/sbin", name).exists()]
MISSING += [name for name in ("gssapi", "krb5") if importlib.util.find_spec(name) is None]


@dataclass
class PlayedWire:
    """A connection that gives prepared answers; `sent` holds what went over it, empty or not."""

    answers: list[requests.Response]
    sent: list[tuple[str | None, bool]] = field(default_factory=list)
    certificate: bytes | None = None
    connection_number: int = 0
    connected: bool = False

    def forward(
        self, request: requests.PreparedRequest, authorization: str | None = None, *, empty: bool = False
    ) -> requests.Response:
        self.sent.append((authorization, empty))
        self.connection_number, self.connected = 1, True
        return self.answers.pop(0)


class MadeTicket:
    def step(self) -> bytes:
        return b"a ticket"


def good(_host: str, _bindings: GssChannelBindings | None) -> Ticket:
    return MadeTicket()


def request() -> requests.PreparedRequest:
    return requests.Request("POST", URL, data=b"<xml/>").prepare()


HEADER = "Negotiate " + base64.b64encode(b"a ticket").decode()


def test_a_connection_is_signed_in_once_and_the_ticket_is_made_for_the_web_service() -> None:
    asked: list[str] = []

    def ticket(host: str, bindings: GssChannelBindings | None) -> Ticket:
        asked.append(host)
        return MadeTicket()

    wire = PlayedWire([answer(401), answer(200), answer(200)])
    sign_in = KerberosSignIn(ticket)
    assert sign_in.send(request(), wire).status_code == 200
    assert sign_in.send(request(), wire).status_code == 200
    assert wire.sent == [(None, True), (HEADER, False), (None, False)]
    assert asked == ["mail.contoso.example"]


def test_a_connection_that_forgets_is_signed_in_again() -> None:
    wire = PlayedWire([answer(401), answer(200), answer(401), answer(200)])
    sign_in = KerberosSignIn(good)
    sign_in.send(request(), wire)
    assert sign_in.send(request(), wire).status_code == 200
    assert [authorization for authorization, _ in wire.sent] == [None, HEADER, None, HEADER]


def trouble(sign_in: KerberosSignIn, *answers: requests.Response) -> Any:
    with pytest.raises(KerberosError) as told:
        sign_in.send(request(), PlayedWire(list(answers)))
    return problem_of(told.value, AT)


class Failing:
    """A context whose step fails as the library does: the number stands in the error below."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __call__(self, _host: str, _bindings: GssChannelBindings | None) -> Ticket:
        below = Exception("canary-8")
        below.min_code = self._number  # type: ignore[attr-defined]
        raise SpnegoError(error_code=1, context_msg="canary-8") from below


@pytest.mark.parametrize(
    ("number", "code", "who"),
    [
        (2529638912 + 7, "kerberos-service-unknown", Who.IT),
        (2529638912 + 37, "kerberos-clock", Who.USER),
        (-1765328384 + 37, "kerberos-clock", Who.USER),
        (2529638912 + 156, "kerberos-unreachable", Who.RETRY),
        (2529639053, "kerberos-no-ticket", Who.USER),
        (0, "kerberos-no-ticket", Who.USER),
    ],
)
def test_what_the_library_says_is_told_by_its_number(number: int, code: str, who: Who) -> None:
    error = trouble(KerberosSignIn(Failing(number)), answer(401))
    assert (error.problem.code, error.problem.who, error.secret_refused) == (code, who, False)
    assert "canary" not in str(error.problem)


def test_without_the_extra_it_is_told_how_to_add_it_in_each_way_of_installing() -> None:
    def ticket(_host: str, _bindings: GssChannelBindings | None) -> Ticket:
        raise ImportError("gssapi")

    problem = trouble(KerberosSignIn(ticket), answer(401)).problem
    assert problem.code == "kerberos-missing"
    assert all(way in problem.next for way in ("pipx inject", "uv tool install", "pip install"))


def test_without_a_ticket_it_is_told_to_run_kinit() -> None:
    def ticket(_host: str, _bindings: GssChannelBindings | None) -> Ticket:
        raise NoCredentialError(context_msg="none")

    assert trouble(KerberosSignIn(ticket), answer(401)).problem.next.startswith("Run kinit")


@pytest.mark.parametrize(("seconds", "code"), [(0, "kerberos-refused"), (900, "kerberos-clock")])
def test_a_ticket_that_is_turned_down_is_for_it_unless_the_clocks_differ(seconds: float, code: str) -> None:
    turned_down = answer(401, Date=dated(seconds))
    error = trouble(KerberosSignIn(good), answer(401), turned_down)
    assert (error.problem.code, error.secret_refused) == (code, False)


@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_with_a_real_domain_the_ticket_of_the_session_reads_the_calendars(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.exchange.kerberos_scenario", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "schemes": ["kerberos"],
        "without a ticket": "kerberos-no-ticket",
        "calendars": ["Calendar", "Private", "Team Sales"],
        "who": "anna@CONTOSO.EXAMPLE",
        "other credentials": [],
        "another name": "kerberos-service-unknown",
        "turned down": "kerberos-refused",
        "no domain controller": "kerberos-unreachable",
    }
