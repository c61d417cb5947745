"""Signing in: every way in, one attempt, and what a refusal says."""

import logging
import traceback
from dataclasses import replace

import pytest

from oncetui.exchange.gateway import ExchangeGateway
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import Access, NetworkRoute, Scheme, ServerFacts
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.exchange.site import CANARY, CONTOSO, HORIZON, Site

ANNA = "anna@contoso.example"
BOTH = pytest.mark.parametrize("scheme", [Scheme.BASIC, Scheme.NTLM])


def opened(access: Access, secret: Secret) -> ExchangeGateway:
    return ExchangeOpener().open(access, secret, Cancellation())


def refusal(access: Access, secret: Secret) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        opened(access, secret)
    return caught.value


def test_every_mailbox_of_the_scenario_opens_with_one_of_its_schemes(site: Site) -> None:
    for email, box in site.mailboxes.items():
        answers = []
        for scheme in Scheme:
            try:
                gateway = opened(site.access(email, scheme, username=box["username"]), site.secret(email))
            except ProblemError as error:
                answers.append(error.problem.code)
            else:
                answers.append("open")
                assert gateway.calendars()[0].default
                gateway.close()
        assert "open" in answers, f"{email}: {answers}"


@BOTH
def test_what_the_server_tells_of_itself_is_known_after_opening(site: Site, scheme: Scheme) -> None:
    gateway = opened(site.access(ANNA, scheme), site.secret(ANNA))
    assert gateway.server.build == "15.2.1544.11"
    assert gateway.server.product == "Exchange 2019"
    gateway.close()


@pytest.mark.parametrize(("scheme", "requests"), [(Scheme.BASIC, 3), (Scheme.NTLM, 4)])
def test_a_first_connect_stays_within_its_requests_on_one_connection(
    site: Site, scheme: Scheme, requests: int
) -> None:
    gateway = opened(site.access(ANNA, scheme), site.secret(ANNA))
    default = gateway.calendars()[0]
    assert gateway.changes(default, None, HORIZON).everything
    assert gateway.busy_time(default, HORIZON)
    gateway.close()
    assert len(site.seen) == requests
    assert len({request.connection for request in site.simulator.log.all()}) == 1


@BOTH
@pytest.mark.parametrize("username", ["", "CONTOSO\\anna"])
def test_a_wrong_password_is_sent_once(site: Site, scheme: Scheme, username: str) -> None:
    error = refusal(site.access(ANNA, scheme, username=username), Secret("wrong"))
    assert error.secret_refused
    assert "password" in error.problem.fields
    assert site.count("refused") == 1


def test_a_password_beyond_ascii_is_sent_as_utf_8(site: Site) -> None:
    ben = "ben@fabrikam.example"
    assert not site.secret(ben).reveal().isascii()
    opened(site.access(ben, Scheme.BASIC), site.secret(ben)).close()


@pytest.mark.parametrize("email", ["carla@contoso.example", "dora@fabrikam.example"])
def test_a_refused_email_at_a_server_with_a_windows_domain_asks_for_the_user_name(
    site: Site, email: str
) -> None:
    error = refusal(site.access(email), site.secret(email))
    assert error.problem.code == "user-name-form"
    assert error.problem.fields == ("username", "password")
    assert error.secret_refused
    domain = site.mailboxes[email]["username"].partition("\\")[0]
    assert ("windows_domain", domain) in error.problem.evidence
    assert site.count("refused") == 1


def test_the_windows_domain_is_learned_without_credentials_after_basic(site: Site) -> None:
    error = refusal(site.access(ANNA, Scheme.BASIC), Secret("wrong"))
    assert error.problem.code == "user-name-form"
    assert [request["sign_in"] for request in site.seen] == ["refused", "challenge"]


def test_a_refused_windows_name_is_about_the_password(site: Site) -> None:
    error = refusal(site.access(ANNA, username="CONTOSO\\anna"), Secret("wrong"))
    assert error.problem.code == "password-refused"


def test_without_ntlm_a_refused_email_names_password_and_user_name(site: Site) -> None:
    site.control("PUT", "/faults/schemes", schemes=["basic"])
    error = refusal(site.access(ANNA, Scheme.BASIC), Secret("wrong"))
    assert error.problem.code == "password-refused"
    assert error.problem.fields == ("password", "username")


def test_channel_binding_satisfies_extended_protection(site: Site) -> None:
    site.control("PUT", "/faults/extended-protection", mode="require")
    opened(site.access(ANNA, Scheme.NTLM), site.secret(ANNA)).close()


@BOTH
def test_a_locked_account_is_told_as_locked_and_not_as_a_wrong_password(site: Site, scheme: Scheme) -> None:
    site.control("PUT", "/faults/locked", mailbox=ANNA)
    error = refusal(site.access(ANNA, scheme), site.secret(ANNA))
    assert error.problem.code == "account-locked"


def test_a_mailbox_that_is_not_there_is_told_with_both_names(site: Site) -> None:
    access = replace(site.access(ANNA, Scheme.BASIC), mailbox="nobody@contoso.example")
    error = refusal(access, site.secret(ANNA))
    assert error.problem.code == "mailbox-unknown"
    assert not error.secret_refused
    assert ANNA in error.problem.what
    assert "nobody@contoso.example" in error.problem.what


def test_a_busy_server_says_how_long_to_wait(site: Site) -> None:
    site.control("PUT", "/faults/server-busy", back_off_ms=17_500)
    error = refusal(site.access(ANNA, Scheme.BASIC), site.secret(ANNA))
    assert error.problem.code == "throttled"
    assert error.retry_after == 17.5


def test_a_status_with_retry_after_says_how_long_to_wait(site: Site) -> None:
    site.control("PUT", "/faults/status", status=503, retry_after=90)
    error = refusal(site.access(ANNA, Scheme.NTLM), site.secret(ANNA))
    assert error.problem.code == "throttled"
    assert error.retry_after == 90


def test_known_facts_of_the_server_are_used(site: Site) -> None:
    access = replace(site.access(ANNA), server=ServerFacts("15.2.1544.4", "Exchange2016"))
    gateway = opened(access, site.secret(ANNA))
    assert gateway.server.schema == "Exchange2016"
    gateway.close()


def test_a_facts_file_that_a_person_edited_does_not_keep_the_door_shut(site: Site) -> None:
    access = replace(site.access(ANNA), server=ServerFacts("fifteen", None))
    opened(access, site.secret(ANNA)).close()


def test_reaching_a_server_sends_no_request(site: Site) -> None:
    ExchangeOpener().reach(CONTOSO, site.route, Cancellation())
    assert site.seen == []


def test_a_server_that_is_gone_can_neither_be_reached_nor_opened(own_site: Site) -> None:
    own_site.control("PUT", "/down")
    with pytest.raises(ProblemError) as caught:
        ExchangeOpener().reach(CONTOSO, own_site.route, Cancellation())
    assert caught.value.problem.code == "connection-refused"
    assert refusal(own_site.access(ANNA), own_site.secret(ANNA)).problem.code == "connection-refused"
    own_site.control("DELETE", "/down")
    ExchangeOpener().reach(CONTOSO, own_site.route, Cancellation())


def test_reaching_checks_the_certificate(site: Site) -> None:
    with pytest.raises(ProblemError) as caught:
        ExchangeOpener().reach(CONTOSO, NetworkRoute(detours=site.detours), Cancellation())
    assert caught.value.problem.code == "certificate-untrusted"


def test_a_cancelled_opening_sends_nothing(site: Site) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledByUserError):
        ExchangeOpener().open(site.access(ANNA), site.secret(ANNA), cancellation)
    assert site.seen == []


@BOTH
def test_no_error_and_no_log_holds_the_password(
    site: Site, scheme: Scheme, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for access in (
        site.access(ANNA, scheme),
        site.access(ANNA, scheme, route=replace(site.route, ca_file=None)),
        site.access(ANNA, scheme, username="CONTOSO\\anna"),
    ):
        error = refusal(access, Secret(CANARY))
        told = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
        for text in (told, repr(error), str(error.problem), caplog.text):
            assert CANARY not in text
            assert "Y2FuYXJ5" not in text
            assert "Basic " not in text.replace("Basic realm", "").replace("NTLM, Basic", "")
