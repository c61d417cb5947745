"""The check: what it tells of a connection, what it never does, and what a refusal costs."""

from dataclasses import replace
from pathlib import Path

import pytest

from oncetui.connector.checkup.checking_up import check_up
from oncetui.connector.checkup.subject import CheckWishes, NothingToCheckError
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.checkup import Checkup, Outcome, Stage, StageResult
from oncetui.model.connection import NetworkRoute, Scheme, SyncMode
from oncetui.model.discovering import FoundServer, SearchResult, SearchStep, ServerProbe, Signpost, StepMark
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.autodiscover import NO_SERVER_FOUND
from oncetui.model.problems.exchange import MAILBOX_UNKNOWN, THROTTLED
from oncetui.model.problems.names import HOST_NOT_FOUND
from oncetui.model.problems.network import IPV6_BROKEN
from oncetui.model.problems.real_time import REAL_TIME_LIMITED, REAL_TIME_REFUSED, REAL_TIME_SILENT
from oncetui.model.problems.sign_in import MICROSOFT_365, PASSWORD_CHANGED
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.connector.world import ANNA, URL, World
from tests.fakes.examiner import FakeExaminer

RIGHT = CheckWishes(ANNA, secret=Secret("right"))
WRONG = CheckWishes(ANNA, secret=Secret("wrong"))
PROBE = ServerProbe(URL, 401, schemes=(Scheme.NTLM,), offered=("NTLM",), windows_domain="CONTOSO")


def found_at(url: str = URL, outside: str | None = None) -> World:
    world = World()
    world.discovery.result = SearchResult(servers=(FoundServer(url, "autodiscover", outside),), seconds=0.3)
    world.discovery.steps = (SearchStep("a", "autodiscover.contoso.example", StepMark.FOUND, "answers"),)
    return world


def outcomes(checkup: Checkup) -> dict[str, str]:
    return {str(one.stage): str(one.outcome) for one in checkup.stages}


def kept(world: World) -> object:
    store = world.store
    return (
        store.connection.load(),
        store.settings.load(),
        store.drafts.load(),
        store.busy.calendars(),
        store.connection.history(),
        store.connection.version(),
        world.place.saves,
    )


def examiner_of(world: World) -> FakeExaminer:
    examiner = world.profile.examiner
    assert isinstance(examiner, FakeExaminer)
    return examiner


def test_a_working_connection_is_fine_in_every_stage_but_that_no_connector_runs() -> None:
    world = World().connected()
    before = kept(world)
    checkup = check_up(world.profile)
    assert set(outcomes(checkup).values()) == {"ok", "warning"}
    assert outcomes(checkup)["connector"] == "warning"
    assert checkup.problem is None
    assert kept(world) == before
    assert world.opener.gateways[-1].closed


def test_a_named_mailbox_is_searched_for_and_every_place_is_evidence() -> None:
    world = found_at()
    checkup = check_up(world.profile, RIGHT)
    told = dict(checkup.of(Stage.DNS).evidence)
    assert told["autodiscover.contoso.example"] == "answers"
    assert told["ews_url"] == URL
    assert outcomes(checkup)["calendar"] == "ok"
    assert outcomes(checkup)["booking"] == "not-tried"
    assert kept(World()) == kept(world)


def test_what_the_search_warns_of_is_a_warning_of_the_check() -> None:
    world = found_at()
    silent = IPV6_BROKEN.problem(host="mail.contoso.example", address="2001:db8::1")
    world.discovery.result = replace(world.discovery.result, warnings=(silent,))
    dns = check_up(world.profile, RIGHT).of(Stage.DNS)
    assert dns.outcome is Outcome.WARNING
    assert "2001:db8::1" in dict(dns.evidence)["warning"]


def test_steps_on_the_way_are_no_evidence() -> None:
    world = found_at()
    on_the_way = SearchStep("b", "contoso.example", StepMark.ASKING, "is asked")
    world.discovery.steps = (*world.discovery.steps, on_the_way)
    assert "contoso.example" not in dict(check_up(world.profile, RIGHT).of(Stage.DNS).evidence)


def test_without_a_password_it_goes_as_far_as_one_can_without_credentials() -> None:
    world = found_at()
    checkup = check_up(world.profile, CheckWishes(ANNA))
    assert outcomes(checkup)["http"] == "ok"
    assert outcomes(checkup)["sign-in"] == "not-tried"
    assert checkup.problem is None
    assert world.opener.sign_ins == []


def test_nothing_connected_and_nothing_named_is_nothing_to_check() -> None:
    with pytest.raises(NothingToCheckError):
        check_up(World().profile)


def test_a_misspelt_email_fails_the_first_stage_and_asks_nobody() -> None:
    world = World()
    checkup = check_up(world.profile, CheckWishes("anna"))
    assert checkup.of(Stage.INPUT).outcome is Outcome.FAILED
    assert world.discovery.searches == []


def test_a_wrong_password_costs_one_refused_sign_in_and_says_which_form_may_be_wanted() -> None:
    world = found_at()
    world.discovery.knows(PROBE)
    checkup = check_up(world.profile, WRONG)
    assert checkup.problem is not None
    assert checkup.problem.code == "user-name-form"
    assert outcomes(checkup)["sign-in"] == "failed"
    assert outcomes(checkup)["mailbox"] == "not-tried"
    assert world.opener.refused == 1


def test_a_kept_password_that_is_refused_is_never_sent_again_by_anybody() -> None:
    world = World().connected()
    world.opener.accepts = {(ANNA, "new")}
    before = world.status.as_json()
    first, second = check_up(world.profile), check_up(world.profile)
    assert first.problem is not None
    assert second.problem is not None
    assert (first.problem.code, outcomes(first)["sign-in"]) == ("password-changed", "failed")
    assert outcomes(second)["sign-in"] == "not-tried"
    assert world.status.as_json() == before
    world.step()
    assert world.record.state is State.FAILED_USER
    assert world.opener.refused == 1


def test_a_refused_connection_is_told_in_the_words_of_its_status() -> None:
    world = World().connected().faulted(PASSWORD_CHANGED, refused=True)
    checkup = check_up(world.profile)
    assert checkup.problem == world.record.problem
    assert outcomes(checkup)["http"] == "ok"
    assert "refused before" in dict(checkup.of(Stage.SIGN_IN).evidence)["reason"]
    assert world.opener.sign_ins == []


def test_a_refused_password_typed_anew_is_kept_back_a_new_one_is_tried() -> None:
    world = World().connected().faulted(PASSWORD_CHANGED, refused=True)
    assert outcomes(check_up(world.profile, CheckWishes(secret=Secret("right"))))["sign-in"] == "not-tried"
    assert world.opener.sign_ins == []
    world.opener.accepts = {(ANNA, "new")}
    checkup = check_up(world.profile, CheckWishes(secret=Secret("new")))
    assert outcomes(checkup)["calendar"] == "ok"
    assert world.record.state is State.FAILED_USER


def test_a_server_that_names_no_scheme_after_a_refusal_leaves_the_password_usable() -> None:
    world = World().connected()
    world.opener.accepts = set()
    examiner_of(world).discovery = found_at().discovery
    world.names_no_scheme()
    checkup = check_up(world.profile)
    assert checkup.problem is not None
    assert checkup.problem.code == "no-sign-in-offered"
    assert world.record.refused_version is None


def test_a_server_that_asked_to_be_left_alone_is_not_signed_in_to() -> None:
    world = World().connected().faulted(THROTTLED)
    wait = replace(world.record.problem or THROTTLED.problem(), evidence=(("retry_after", "300 s"),))
    world.store.connection.change(lambda it: replace(it, problem=wait, next_try=world.hour(1).start))
    checkup = check_up(world.profile)
    assert checkup.problem == wait
    assert world.opener.sign_ins == []


def test_a_name_that_is_gone_is_told_as_a_loss_for_a_connection_that_worked() -> None:
    world = World().connected()
    examiner_of(world).fails = {Stage.DNS: ProblemError(HOST_NOT_FOUND.problem(host="mail.contoso.example"))}
    checkup = check_up(world.profile)
    assert checkup.problem is not None
    assert checkup.problem.code == "host-gone"
    assert outcomes(checkup)["proxy"] == "not-tried"


def test_trouble_after_the_sign_in_lets_the_sign_in_stand() -> None:
    world = World().connected()
    world.opener.problems = [ProblemError(MAILBOX_UNKNOWN.problem(mailbox=ANNA))]
    told = outcomes(check_up(world.profile))
    assert (told["sign-in"], told["protocol"], told["mailbox"]) == ("ok", "ok", "failed")


def test_a_host_outside_the_mail_domain_gets_no_password() -> None:
    world = found_at(outside="mail.hoster.example")
    checkup = check_up(world.profile, RIGHT)
    assert checkup.problem is not None
    assert checkup.problem.code == "host-needs-consent"
    assert world.opener.sign_ins == []


def test_an_ews_url_is_consent_to_its_host_and_needs_no_search() -> None:
    world = World()
    checkup = check_up(world.profile, replace(RIGHT, ews_url="mail.contoso.example/owa"))
    assert outcomes(checkup)["calendar"] == "ok"
    assert world.discovery.searches == []


def test_an_address_that_names_the_server_to_those_who_sign_in_is_asked_once() -> None:
    world = World()
    post = Signpost("https://autodiscover.contoso.example/x", "pox", replace(PROBE, url="https://x.example"))
    world.discovery.result = SearchResult(signposts=(post,))
    world.discovery.knows(replace(PROBE, url=post.url))
    world.discovery.named[post.url] = FoundServer(URL, "autodiscover")
    checkup = check_up(world.profile, RIGHT)
    assert outcomes(checkup)["calendar"] == "ok"
    assert dict(checkup.of(Stage.SIGN_IN).evidence)["named_by_autodiscover"] == URL
    assert [url for url, _ in world.discovery.asked] == [post.url]


@pytest.mark.parametrize(
    "result",
    [
        SearchResult(problem=NO_SERVER_FOUND.problem(domain="contoso.example")),
        SearchResult(provider="microsoft-365", problem=MICROSOFT_365.problem(mailbox=ANNA)),
    ],
)
def test_a_search_that_finds_nothing_fails_the_look_up(result: SearchResult) -> None:
    world = World()
    world.discovery.result = result
    checkup = check_up(world.profile, RIGHT)
    assert checkup.problem == result.problem
    assert checkup.of(Stage.DNS).outcome is Outcome.FAILED


def test_another_mailbox_than_the_connected_one_never_gets_its_password() -> None:
    world = World().connected()
    world.discovery.result = found_at().discovery.result
    checkup = check_up(world.profile, CheckWishes("ben@contoso.example"))
    assert outcomes(checkup)["sign-in"] == "not-tried"
    assert world.opener.sign_ins == []


def test_stages_are_told_as_they_happen() -> None:
    told: list[StageResult] = []
    check_up(World().connected().profile, told=told.append)
    under_way = [one.stage for one in told if one.outcome is Outcome.UNDER_WAY]
    assert list(dict.fromkeys(under_way)) == list(Stage)


def test_a_main_calendar_that_is_gone_is_a_warning_by_its_name() -> None:
    world = World().connected()
    world.mailbox.calendars = [one for one in world.mailbox.calendars if not one.default]
    checkup = check_up(world.profile)
    assert "Calendar, the main booking calendar of One, is no longer there" in str(
        checkup.of(Stage.BOOKING).evidence
    )


def test_a_cancelled_check_ends_as_cancelled_and_leaves_no_connection() -> None:
    world = World().connected()
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledByUserError):
        check_up(world.profile, cancellation=cancellation)
    assert all(gateway.closed for gateway in world.opener.gateways)


def test_a_draft_is_left_as_it_is() -> None:
    world = found_at()
    world.store.drafts.save(DraftAnswers(ANNA, keep_in="file"))
    check_up(world.profile, RIGHT)
    assert world.store.drafts.load() == DraftAnswers(ANNA, keep_in="file")


def test_a_check_goes_by_the_certificate_and_proxy_that_were_just_decided() -> None:
    told = NetworkRoute(ca_file=Path("/etc/ca.pem"), proxy="http://proxy:3128", pins=(("mail", "3f" * 32),))
    world = found_at()
    world.discovery.knows(PROBE)

    check_up(world.profile, replace(RIGHT, route=told), Cancellation())

    assert examiner_of(world).routes == [told]
    assert world.discovery.routes[-1] == told


def test_a_second_check_keeps_a_wrong_password_back() -> None:
    world = found_at()
    world.discovery.knows(PROBE)
    check_up(world.profile, WRONG, Cancellation())

    again = check_up(world.profile, WRONG, Cancellation())

    assert world.opener.refused == 1
    assert outcomes(again)["sign-in"] == "not-tried"


def test_an_alias_and_a_mailbox_filed_elsewhere_are_warnings_of_the_check() -> None:
    world = World()
    post = Signpost("https://autodiscover.contoso.example/x", "pox", replace(PROBE, url="https://x.example"))
    world.discovery.result = SearchResult(signposts=(post,))
    world.discovery.knows(replace(PROBE, url=post.url))
    world.discovery.named[post.url] = FoundServer(URL, "autodiscover", filed_under="anna@old.example")
    world.opener.main_addresses[ANNA] = "anna.maier@contoso.example"

    checkup = check_up(world.profile, RIGHT)

    assert (outcomes(checkup)["sign-in"], outcomes(checkup)["mailbox"]) == ("warning", "warning")
    assert (
        "files anna@contoso.example under anna@old.example"
        in dict(checkup.of(Stage.SIGN_IN).evidence)["warning"]
    )
    assert dict(checkup.of(Stage.MAILBOX).evidence)["mailbox"] == "anna.maier@contoso.example"


def test_the_first_heartbeat_of_an_event_stream_is_waited_for() -> None:
    world = World().connected()
    checkup = check_up(world.profile)
    assert "first heartbeat after" in dict(checkup.of(Stage.CALENDAR).evidence)["real_time"]
    assert world.mailbox.listeners == []


@pytest.mark.parametrize("cause", [REAL_TIME_REFUSED, REAL_TIME_LIMITED, REAL_TIME_SILENT])
def test_an_event_stream_that_is_not_to_be_had_is_a_warning_that_says_why(cause: Cause) -> None:
    world = World().connected()
    world.mailbox.no_stream = ProblemError(cause.problem())
    calendar = check_up(world.profile).of(Stage.CALENDAR)
    assert calendar.outcome is Outcome.WARNING
    assert cause.title in dict(calendar.evidence)["warning"]


def test_an_event_stream_is_not_looked_at_where_auto_sync_is_chosen() -> None:
    world = World().connected()
    settings = world.store.settings.load()
    assert settings is not None
    world.store.settings.save(replace(settings, sync_mode=SyncMode.AUTO))
    assert check_up(world.profile).of(Stage.CALENDAR).outcome is Outcome.OK
    assert [gateway.watches for gateway in world.opener.gateways] == [0]
