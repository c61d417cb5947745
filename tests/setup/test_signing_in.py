import threading
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import NetworkRoute, Scheme, UsernameForm
from oncetui.model.discovering import FoundServer, SearchResult, ServerProbe
from oncetui.model.lock_outs import UNASKED, Insistence
from oncetui.model.problem import ProblemError
from oncetui.model.problems.http import GATEWAY_DOWN
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.sign_in import ACCOUNT_LOCKED
from oncetui.model.secret import Secret
from oncetui.setup.answers import Answers
from oncetui.setup.signing_in import find_server, sign_in_once
from tests.setup.wizard import (
    ANNA,
    BASIC,
    EWS_URL,
    FOUND,
    NOTHING,
    NTLM,
    OUTSIDE,
    PASSWORD,
    SIGNPOST_URL,
    SIGNPOSTED,
    WINDOWS_NAME,
    Wizard,
)

AS_WINDOWS = Answers(ANNA, username=WINDOWS_NAME)


def fails(
    wizard: Wizard,
    answers: Answers | None = None,
    password: str = PASSWORD,
    insistence: Insistence = UNASKED,
) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        wizard.sign_in(answers, password, insistence)
    return caught.value


def test_a_found_server_is_signed_in_to_with_one_attempt_and_no_further_probe() -> None:
    wizard = Wizard()
    signed_in = wizard.sign_in()
    assert wizard.opener.sign_ins == [ANNA]
    assert wizard.discovery.probed == []
    assert signed_in.access.sign_in.scheme is Scheme.NTLM
    assert signed_in.found_by == "Autodiscover"
    assert [one.name for one in signed_in.calendars] == ["Private", "Calendar", "Holidays"]
    assert not signed_in.email_refused


def test_the_servers_of_colleagues_in_the_same_domain_are_handed_to_the_search() -> None:
    wizard = Wizard()
    wizard.finish(wizard.sign_in())
    find_server("berta@contoso.example", wizard.profile, lambda _step: None, Cancellation())
    assert wizard.discovery.remembered == ("https://mail.contoso.example",)
    find_server("berta@fabrikam.example", wizard.profile, lambda _step: None, Cancellation())
    assert not wizard.discovery.remembered


def test_an_address_that_was_given_is_probed_and_goes_before_what_was_found() -> None:
    wizard = Wizard()
    other = "https://inside.contoso.example/EWS/Exchange.asmx"
    wizard.discovery.knows(replace(BASIC, url=other))
    signed_in = wizard.sign_in(Answers(ANNA, ews_url=other))
    assert wizard.discovery.probed == [other]
    assert signed_in.access.ews_url == other
    assert signed_in.found_by == "entered"


def test_a_refused_email_names_the_windows_form_where_the_server_told_its_domain() -> None:
    error = fails(Wizard(accepts=WINDOWS_NAME))
    assert error.problem.code == "user-name-form"
    assert error.problem.fields[0] == "username"
    assert dict(error.problem.evidence)["windows_domain"] == "CONTOSO"
    assert error.secret_refused


def test_a_refused_email_without_a_windows_domain_may_be_password_or_user_name() -> None:
    wizard = Wizard(SearchResult(servers=(FoundServer(EWS_URL, "Autodiscover", probe=BASIC),)))
    error = fails(wizard, password="wrong")
    assert error.problem.code == "password-refused"
    assert set(error.problem.fields) == {"password", "username"}


def test_the_form_that_worked_is_told_beside_the_one_that_did_not() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    fails(wizard)
    signed_in = wizard.sign_in(AS_WINDOWS)
    assert signed_in.email_refused
    assert signed_in.access.sign_in.form is UsernameForm.DOMAIN


def test_an_email_that_came_with_another_password_is_not_said_to_be_refused() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    fails(wizard, password="wrong")
    signed_in = wizard.sign_in(AS_WINDOWS)
    assert not signed_in.email_refused


def test_a_refused_password_is_never_sent_again_unchanged() -> None:
    wizard = Wizard()
    first = fails(wizard, AS_WINDOWS, "wrong")
    again = fails(wizard, AS_WINDOWS, "wrong")
    assert wizard.opener.refused == 1
    assert again.problem == first.problem
    assert first.secret_refused
    assert not again.secret_refused


def test_another_password_or_user_name_is_sent() -> None:
    wizard = Wizard()
    fails(wizard, AS_WINDOWS, "wrong")
    fails(wizard, AS_WINDOWS, "wrong too")
    assert wizard.opener.refused == 2
    fails(Wizard(before=wizard), Answers(ANNA, username="CONTOSO\\anna2"), "wrong")


def test_what_was_refused_is_known_to_a_wizard_that_opens_anew() -> None:
    before = Wizard()
    fails(before, AS_WINDOWS, "wrong")
    later = Wizard(before=before)
    again = fails(later, AS_WINDOWS, "wrong")
    assert later.opener.sign_ins == []
    assert again.problem.code == "password-refused"
    assert not again.secret_refused


def test_a_refused_password_goes_once_more_where_a_person_insists() -> None:
    wizard = Wizard()
    fails(wizard, AS_WINDOWS, "wrong")
    wizard.opener.accepts.add((WINDOWS_NAME, "wrong"))
    assert wizard.sign_in(AS_WINDOWS, "wrong", Insistence(again=True)).access.mailbox == ANNA


def test_the_third_attempt_waits_for_a_yes_and_says_when_it_is_safe_again() -> None:
    wizard = Wizard()
    fails(wizard, AS_WINDOWS, "wrong")
    fails(wizard, AS_WINDOWS, "wrong too")
    warned = fails(wizard, AS_WINDOWS, "wrong once more")
    assert warned.problem.code == "lock-out-near"
    safe_at = (wizard.clock.now() + timedelta(minutes=30)).astimezone(ZoneInfo("Europe/Berlin"))
    assert dict(warned.problem.evidence)["safe_at"] == f"{safe_at:%H:%M}"
    assert wizard.opener.refused == 2
    fails(wizard, AS_WINDOWS, "wrong once more", Insistence(warned=2))
    assert wizard.opener.refused == 3


def test_half_an_hour_after_the_last_refusal_nobody_is_warned_any_more() -> None:
    wizard = Wizard()
    fails(wizard, AS_WINDOWS, "wrong")
    fails(wizard, AS_WINDOWS, "wrong too")
    wizard.clock.advance(30 * 60)
    assert fails(wizard, AS_WINDOWS, "wrong once more").problem.code == "password-refused"


def test_a_locked_account_may_be_tried_again_with_the_same_password() -> None:
    wizard = Wizard()
    wizard.opener.problems = [ProblemError(ACCOUNT_LOCKED.problem(username=ANNA), secret_refused=True)]
    assert fails(wizard).problem.code == "account-locked"
    assert wizard.sign_in().access.mailbox == ANNA


def test_a_host_outside_the_mail_domain_gets_nothing_without_consent() -> None:
    wizard = Wizard(OUTSIDE)
    hoster = replace(BASIC, url=OUTSIDE.servers[0].ews_url)
    wizard.discovery.knows(hoster)
    assert fails(wizard).problem.code == "host-needs-consent"
    assert wizard.opener.sign_ins == []
    assert wizard.discovery.probed == []
    agreed = Answers(ANNA, consented=frozenset({"mail.hoster.example"}))
    assert wizard.sign_in(agreed).access.ews_url == hoster.url


def test_an_address_that_wants_a_sign_in_names_the_server_which_gets_the_same_credentials() -> None:
    wizard = Wizard(SIGNPOSTED)
    wizard.discovery.accepts = {(ANNA, PASSWORD)}
    wizard.discovery.named[SIGNPOST_URL] = FoundServer(EWS_URL, "Autodiscover")
    wizard.discovery.knows(NTLM)
    signed_in = wizard.sign_in()
    assert wizard.discovery.asked == [(SIGNPOST_URL, ANNA)]
    assert wizard.opener.sign_ins == [ANNA]
    assert signed_in.access.ews_url == EWS_URL


def test_a_refusal_by_the_signpost_is_the_one_refusal() -> None:
    wizard = Wizard(SIGNPOSTED)
    wizard.discovery.accepts = set()
    assert fails(wizard).secret_refused
    assert not fails(wizard).secret_refused
    assert wizard.discovery.refused == 1
    assert wizard.opener.sign_ins == []


def test_a_signpost_that_is_down_does_not_end_the_search_of_the_next() -> None:
    second = replace(SIGNPOSTED.signposts[0], url="https://contoso.example/autodiscover/autodiscover.svc")
    wizard = Wizard(replace(SIGNPOSTED, signposts=(*SIGNPOSTED.signposts, second)))
    wizard.discovery.named = {
        SIGNPOST_URL: ProblemError(GATEWAY_DOWN.problem(host="autodiscover.contoso.example", status=503)),
        second.url: FoundServer(EWS_URL, "Autodiscover", probe=NTLM),
    }
    assert wizard.sign_in().access.ews_url == EWS_URL


def test_a_server_outside_that_a_signpost_names_waits_for_consent_too() -> None:
    wizard = Wizard(SIGNPOSTED)
    wizard.discovery.named[SIGNPOST_URL] = OUTSIDE.servers[0]
    assert fails(wizard).problem.code == "host-needs-consent"
    assert wizard.opener.sign_ins == []


def test_a_server_that_does_not_answer_gives_way_to_the_next_found() -> None:
    dead = FoundServer("https://old.contoso.example/EWS/Exchange.asmx", "Autodiscover")
    wizard = Wizard(replace(FOUND, servers=(dead, *FOUND.servers)))
    assert wizard.sign_in().access.ews_url == EWS_URL


@pytest.mark.parametrize(
    ("offered", "code"), [(("Bearer",), "modern-sign-in-only"), ((), "no-sign-in-offered")]
)
def test_without_a_scheme_of_ours_no_password_is_sent(offered: tuple[str, ...], code: str) -> None:
    wizard = Wizard(
        SearchResult(servers=(FoundServer(EWS_URL, "x", probe=ServerProbe(EWS_URL, 401, offered=offered)),))
    )
    assert fails(wizard).problem.code == code
    assert wizard.opener.sign_ins == []


def test_microsoft_365_gets_no_password_whatever_was_found() -> None:
    wizard = Wizard(replace(FOUND, provider="microsoft-365"))
    assert fails(wizard).problem.code == "microsoft-365"
    assert wizard.opener.sign_ins == []


def test_nothing_found_names_the_field_that_is_needed() -> None:
    assert fails(Wizard(NOTHING)).problem.fields == ("ews_url",)


def test_without_a_search_it_is_searched_once() -> None:
    wizard = Wizard()
    sign_in_once(
        Answers(ANNA),
        Secret(PASSWORD),
        None,
        profile=wizard.profile,
        cancellation=wizard.cancellation,
    )
    assert wizard.discovery.searches == [ANNA]


def test_a_mailbox_of_another_profile_is_refused_before_anything_is_sent() -> None:
    wizard = Wizard()
    wizard.store.settings.others = {ANNA: "sales"}
    assert fails(wizard).problem.code == "mailbox-in-use"
    assert wizard.opener.sign_ins == []


def test_a_pin_holds_for_the_server_that_gets_the_password() -> None:
    wizard = Wizard(route=NetworkRoute(proxy="http://proxy.contoso.example:3128"))
    signed_in = wizard.sign_in(Answers(ANNA, pins=("ab" * 32,)))
    assert signed_in.access.route.pins == (("mail.contoso.example", "ab" * 32),)
    assert signed_in.access.route.proxy == "http://proxy.contoso.example:3128"


def test_of_two_pins_the_one_that_the_search_did_not_meet_holds_for_the_server() -> None:
    met = NetworkRoute(pins=(("autodiscover.contoso.example", "cd" * 32),))
    signed_in = Wizard().sign_in(Answers(ANNA, pins=("cd" * 32, "ab" * 32), route=met))
    assert signed_in.access.route.pins == (*met.pins, ("mail.contoso.example", "ab" * 32))


def test_while_no_pin_was_met_none_is_guessed_to_be_the_servers() -> None:
    signed_in = Wizard().sign_in(Answers(ANNA, pins=("cd" * 32, "ab" * 32)))
    assert signed_in.access.route.pins == ()


def test_the_attempt_is_shown_while_it_lasts_and_not_after_a_failure() -> None:
    wizard = Wizard()
    wizard.opener.gate.shut()
    thread = threading.Thread(target=lambda: fails(wizard, password="wrong"))
    thread.start()
    assert wizard.opener.gate.arrived.wait(10)
    assert wizard.store.connection.attempting(wizard.clock.now())
    wizard.opener.gate.open()
    thread.join(10)
    assert not wizard.store.connection.attempting(wizard.clock.now())


def test_a_cancelled_sign_in_ends_and_leaves_nothing() -> None:
    wizard = Wizard()
    wizard.cancellation.cancel()
    with pytest.raises(CancelledByUserError):
        wizard.sign_in()
    assert wizard.opener.sign_ins == []
    wizard.cancellation = Cancellation()
    assert wizard.sign_in().access.mailbox == ANNA


def test_a_gateway_whose_calendars_cannot_be_read_is_closed() -> None:
    wizard = Wizard()
    wizard.mailbox.trouble = ProblemError(NO_ANSWER.problem(host="mail.contoso.example"))
    assert fails(wizard).problem.code == "no-answer"
    assert wizard.opener.gateways[0].closed


def test_no_password_is_in_what_a_sign_in_returns_or_raises() -> None:
    wizard = Wizard(accepts=WINDOWS_NAME)
    error = fails(wizard)
    assert PASSWORD not in repr(
        (error, error.args, error.problem, wizard.profile.guard.refusals(ANNA), wizard.sign_in(AS_WINDOWS))
    )
