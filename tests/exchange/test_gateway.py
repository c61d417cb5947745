"""A gateway in use: what it reads, and what becomes of it when the server or the password changes."""

import threading
from datetime import datetime, timedelta

import pytest

from oncetui.exchange.gateway import ExchangeGateway, is_about_the_password
from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import Scheme
from oncetui.model.discovering import ServerProbe
from oncetui.model.problem import ProblemError, Who
from tests.exchange.servers import Proxy, serving
from tests.exchange.site import HORIZON, TODAY, Site

ANNA, EMIL = "anna@contoso.example", "emil@contoso.example"
BOTH = pytest.mark.parametrize("scheme", [Scheme.BASIC, Scheme.NTLM])


def opened(site: Site, email: str = ANNA, scheme: Scheme = Scheme.NTLM) -> ExchangeGateway:
    return ExchangeOpener().open(site.access(email, scheme), site.secret(email), Cancellation())


def problem_in(gateway: ExchangeGateway, calendar: FoundCalendar) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        gateway.busy_time(calendar, HORIZON)
    return caught.value


def test_the_default_calendar_comes_first_and_rights_are_known(site: Site) -> None:
    gateway = opened(site, EMIL)
    found = {calendar.name: calendar for calendar in gateway.calendars()}
    assert next(iter(found)) == "Calendar"
    assert found["Calendar"].default
    assert found["Calendar"].writable
    assert not found["Holidays"].writable
    assert all(calendar.full_read and calendar.owner is None for calendar in found.values())
    gateway.close()


def test_calendars_are_read_anew_when_they_are_asked_for_again(site: Site) -> None:
    gateway = opened(site)
    before = gateway.calendars()
    requests = len(site.seen)
    assert gateway.calendars() == before
    assert len(site.seen) == requests + 1
    gateway.close()


def test_a_shared_calendar_is_opened_by_its_address(site: Site) -> None:
    gateway = opened(site, EMIL)
    shared = gateway.calendars([ANNA])[-1]
    assert shared.owner == ANNA
    assert not shared.writable
    assert not shared.default
    gateway.close()


def test_a_calendar_that_is_not_shared_is_told_by_its_address(site: Site) -> None:
    gateway = opened(site, EMIL)
    with pytest.raises(ProblemError) as caught:
        gateway.calendars(["nobody@contoso.example"])
    assert caught.value.problem.code == "calendar-missing"
    assert "nobody@contoso.example" in caught.value.problem.what
    gateway.close()


def test_busy_time_has_every_status_and_expanded_series(site: Site) -> None:
    gateway = opened(site)
    blocks = gateway.busy_time(gateway.calendars()[0], HORIZON)
    assert {Showing.FREE, Showing.TENTATIVE, Showing.BUSY} <= {block.showing for block in blocks}
    assert len({block.item for block in blocks}) == len(blocks)
    assert [block.start for block in blocks] == sorted(block.start for block in blocks)
    assert all(block.start.utcoffset() == timedelta(0) for block in blocks)
    gateway.close()


def shown(gateway: ExchangeGateway) -> list[tuple[datetime, datetime, Showing]]:
    blocks = gateway.busy_time(gateway.calendars()[0], HORIZON)
    return sorted((block.start, block.end, block.showing) for block in blocks)


@BOTH
def test_busy_time_is_the_same_where_the_server_leaves_series_unexpanded(site: Site, scheme: Scheme) -> None:
    expanding, other = opened(site, scheme=scheme), opened(site, scheme=scheme)
    truth = shown(expanding)
    site.control("PUT", "/faults/unexpanded-series")
    assert shown(other) == truth
    expanding.close()
    other.close()


def test_a_custom_time_zone_makes_unexpanded_series_longer_and_never_shorter(site: Site) -> None:
    expanding, other = opened(site), opened(site)
    truth = shown(expanding)
    site.control("PUT", "/faults/unexpanded-series")
    site.control("PUT", "/faults/custom-time-zone")
    read = shown(other)
    assert len(read) >= len(truth)
    assert all(any(one <= start and end <= last for one, last, _ in read) for start, end, _ in truth)
    expanding.close()
    other.close()


def test_a_custom_time_zone_is_no_matter_where_the_server_expands(site: Site) -> None:
    gateway = opened(site)
    truth = shown(gateway)
    site.control("PUT", "/faults/custom-time-zone")
    assert shown(gateway) == truth
    gateway.close()


def test_a_lost_cursor_asks_for_everything_with_a_new_one(site: Site) -> None:
    gateway = opened(site)
    calendar = gateway.calendars()[0]
    lost = gateway.changes(calendar, "bm90IGEgc3RhdGU=", HORIZON)
    assert lost.everything
    assert not gateway.changes(calendar, lost.cursor, HORIZON).everything
    gateway.close()


def test_nothing_changed_costs_one_request(site: Site) -> None:
    gateway = opened(site)
    calendar = gateway.calendars()[0]
    cursor = gateway.changes(calendar, None, HORIZON).cursor
    site.forget()
    assert not gateway.changes(calendar, cursor, HORIZON).everything
    assert len(site.seen) == 1
    gateway.close()


def test_a_deleted_calendar_is_missing_and_the_password_is_not_to_blame(site: Site) -> None:
    gateway = opened(site)
    error = problem_in(gateway, FoundCalendar("AAMkAGdvbmU=", "Old projects", writable=True))
    assert not error.secret_refused
    assert error.problem.code in ("calendar-missing", "unknown")
    gateway.close()


@BOTH
def test_a_changed_password_is_refused_once_and_never_sent_again(own_site: Site, scheme: Scheme) -> None:
    gateway = opened(own_site, ANNA, scheme)
    calendar = gateway.calendars()[0]
    own_site.control("PUT", f"/mailboxes/{ANNA}/password", password="another one")
    own_site.forget()
    for _ in range(3):
        error = problem_in(gateway, calendar)
        assert error.problem.code == "password-changed"
        assert error.problem.who is Who.USER
        assert error.secret_refused
    assert own_site.count("refused") == 1
    gateway.close()


@BOTH
@pytest.mark.parametrize("when", ["opening", "reading"])
def test_a_refusal_is_told_before_the_server_is_asked_what_it_means(
    own_site: Site, scheme: Scheme, when: str
) -> None:
    seen: list[list[str]] = []

    def refused() -> None:
        seen.append([request["sign_in"] for request in own_site.seen])

    def change() -> None:
        own_site.control("PUT", f"/mailboxes/{ANNA}/password", password="another one")
        own_site.forget()

    access, secret = own_site.access(ANNA, scheme), own_site.secret(ANNA)
    if when == "opening":
        change()
        with pytest.raises(ProblemError):
            ExchangeOpener().open(access, secret, Cancellation(), refused)
    else:
        gateway = ExchangeOpener().open(access, secret, Cancellation(), refused)
        calendar = gateway.calendars()[0]
        change()
        for _ in range(2):
            assert problem_in(gateway, calendar).secret_refused
        gateway.close()

    (before,) = seen
    assert before[-1] == "refused"
    assert "none" not in before


@BOTH
def test_threads_together_send_a_changed_password_once(own_site: Site, scheme: Scheme) -> None:
    gateway = opened(own_site, ANNA, scheme)
    calendar = gateway.calendars()[0]
    own_site.control("PUT", f"/mailboxes/{ANNA}/password", password="another one")
    own_site.forget()
    together = threading.Barrier(3)
    codes: list[str] = []

    def read() -> None:
        together.wait(10)
        codes.append(problem_in(gateway, calendar).problem.code)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert codes == ["password-changed"] * 3
    assert own_site.count("refused") == 1
    gateway.close()


def test_a_refusal_by_a_server_that_offers_nothing_any_more_is_temporary(own_site: Site) -> None:
    gateway = opened(own_site, ANNA, Scheme.BASIC)
    calendar = gateway.calendars()[0]
    own_site.control("PUT", "/faults/status", status=401)
    error = problem_in(gateway, calendar)
    assert error.problem.code == "no-sign-in-offered"
    assert error.problem.who is Who.RETRY
    assert not error.secret_refused
    gateway.close()


def test_a_scheme_that_the_server_no_longer_takes_is_not_told_as_a_changed_password(own_site: Site) -> None:
    gateway = opened(own_site, ANNA, Scheme.BASIC)
    calendar = gateway.calendars()[0]
    own_site.control("PUT", "/faults/schemes", schemes=["ntlm"])
    error = problem_in(gateway, calendar)
    assert error.problem.code == "scheme-switched-off"
    assert not error.secret_refused
    gateway.close()


def test_a_refusal_that_was_not_about_the_password_does_not_bar_it_for_good(own_site: Site) -> None:
    gateway = opened(own_site, ANNA, Scheme.BASIC)
    calendar = gateway.calendars()[0]
    own_site.control("PUT", "/faults/schemes", schemes=["ntlm"])
    assert problem_in(gateway, calendar).problem.who is Who.IT
    own_site.control("DELETE", "/faults")
    assert gateway.busy_time(calendar, HORIZON)
    gateway.close()


@pytest.mark.parametrize(
    ("schemes", "via_proxy", "behind_proxy", "password"),
    [
        ((Scheme.NTLM, Scheme.BASIC), False, False, True),
        ((Scheme.BASIC,), False, False, False),
        ((), False, False, False),
        ((Scheme.NTLM,), True, False, False),
        ((Scheme.NTLM,), True, True, True),
    ],
)
def test_a_refusal_is_about_the_password_where_the_server_offers_what_it_did_before(
    schemes: tuple[Scheme, ...], via_proxy: bool, behind_proxy: bool, password: bool
) -> None:
    probe = ServerProbe("https://mail.contoso.example", 401, schemes, via_proxy=via_proxy)
    assert is_about_the_password(Scheme.NTLM, probe, behind_proxy) is password


def test_a_server_that_goes_and_comes_back_is_used_again(own_site: Site) -> None:
    gateway = opened(own_site)
    calendar = gateway.calendars()[0]
    own_site.control("PUT", "/down")
    assert problem_in(gateway, calendar).problem.who is Who.RETRY
    assert problem_in(gateway, calendar).problem.code == "connection-refused"
    own_site.control("DELETE", "/down")
    assert gateway.busy_time(calendar, HORIZON)
    gateway.close()


def test_closing_ends_what_waits_as_cancelled(site: Site) -> None:
    gateway = opened(site)
    calendar = gateway.calendars()[0]
    site.control("PUT", "/faults/slow", seconds=20)
    outcome: list[BaseException] = []

    def read() -> None:
        try:
            gateway.busy_time(calendar, HORIZON)
        except CancelledByUserError as error:
            outcome.append(error)

    site.forget()
    thread = threading.Thread(target=read)
    thread.start()
    while not site.seen:
        thread.join(0.005)
    gateway.close()
    thread.join(5)
    assert len(outcome) == 1
    with pytest.raises(CancelledByUserError):
        gateway.busy_time(calendar, HORIZON)


def test_a_gateway_works_through_a_proxy(site: Site) -> None:
    with serving(Proxy()) as port:
        access = site.access(ANNA)
        route = type(site.route)(ca_file=site.ca_file, detours=site.detours, proxy=f"http://127.0.0.1:{port}")
        gateway = ExchangeOpener().open(
            type(access)(**{**vars(access), "route": route}), site.secret(ANNA), Cancellation()
        )
        assert gateway.busy_time(gateway.calendars()[0], Window(TODAY, TODAY + timedelta(days=14)))
        gateway.close()


def free_busy_of(owner: str) -> FoundCalendar:
    return FoundCalendar(f"free-busy:{owner}", owner, writable=False, owner=owner, full_read=False)


def test_where_only_free_busy_may_be_read_it_is_read_without_a_cursor(site: Site) -> None:
    gateway = opened(site)
    emils = free_busy_of(EMIL)
    changes = gateway.changes(emils, None, HORIZON)
    blocks = gateway.busy_time(emils, HORIZON)
    gateway.close()
    emil = opened(site, EMIL)
    own = emil.busy_time(emil.calendars()[0], HORIZON)
    emil.close()
    busy = {(block.start, block.end, block.showing) for block in own if block.showing.blocks}
    assert (changes.cursor, changes.everything) == (None, True)
    assert {(block.start, block.end, block.showing) for block in blocks if block.showing.blocks} == busy
    assert busy


def test_free_busy_that_cannot_be_read_concerns_that_calendar_alone(site: Site) -> None:
    gateway = opened(site)
    error = problem_in(gateway, free_busy_of("nobody@contoso.example"))
    gateway.close()
    assert error.problem.code == "free-busy-refused"
    assert "calendar" in error.problem.fields


def test_a_calendar_that_is_shared_as_free_busy_alone_is_found_as_such(site: Site) -> None:
    gateway = opened(site)
    found = gateway.calendars([EMIL])[-1]
    gateway.close()
    assert (found.owner, found.full_read, found.writable) == (EMIL, False, False)
