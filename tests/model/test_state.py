"""The table of kept states, and what holds for every history of events."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncetui.model.accepting import closed_reason
from oncetui.model.associations import AssociatedCalendars
from oncetui.model.calendars import Calendar
from oncetui.model.pages import BookingPage
from oncetui.model.problem import Problem, Who
from oncetui.model.problems import causes
from oncetui.model.problems.exchange import THROTTLED
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.policy import EWS_SWITCHED_OFF
from oncetui.model.problems.sign_in import PASSWORD_CHANGED
from oncetui.model.schedule import AUTO_SYNC
from oncetui.model.state import (
    By,
    ConnectionRecord,
    Disconnected,
    Event,
    Faulted,
    State,
    Succeeded,
    advance,
)
from tests.fakes.clock import MONDAY_MORNING as START

VERSIONS = ("v1", "v2", "v3")
PROBLEMS = tuple(cause.problem() for cause in causes())

moments = st.integers(-7200, 7200).map(lambda seconds: START + timedelta(seconds=seconds))
versions = st.sampled_from(("v1", "v1", "v1", *VERSIONS))
successes = st.builds(Succeeded, moments, st.sampled_from(By), versions)
# As many of each who must act: the catalogue holds few that pass by themselves.
problems = st.sampled_from((Who.RETRY, Who.RETRY, Who.IT, Who.USER)).flatmap(
    lambda who: st.sampled_from([problem for problem in PROBLEMS if problem.who is who])
)
faults = st.builds(
    Faulted,
    at=moments,
    problem=problems,
    retry_after=st.none() | st.floats(0, 7200),
    secret_refused=st.sampled_from((False, False, False, False, True)),
    secret_version=st.sampled_from((None, None, None, *VERSIONS)),
)
disconnects = st.builds(Disconnected, moments)
events = st.sampled_from((faults,) * 7 + (successes,) * 3 + (disconnects,)).flatmap(lambda kind: kind)
anything = st.lists(events, max_size=30) | st.lists(events, min_size=12, max_size=30)
# Until a person has connected hardly anything happens.
histories = anything | anything.map(lambda history: [Succeeded(START, By.PERSON, "v1"), *history])
NEW = ConnectionRecord(State.NOT_CONNECTED, START)


def connected(version: str = "v1") -> ConnectionRecord:
    return advance(NEW, Succeeded(START, By.PERSON, version))


def fault(problem: Problem, *, after: float = 0, retry_after: float | None = None) -> Faulted:
    return Faulted(START + timedelta(seconds=after), problem, retry_after=retry_after)


def in_state(state: State) -> ConnectionRecord:
    base = connected()
    match state:
        case State.NOT_CONNECTED:
            return NEW
        case State.CONNECTED:
            return base
        case State.INTERRUPTED:
            return advance(advance(base, fault(NO_ANSWER.problem())), fault(NO_ANSWER.problem()))
        case State.FAILED_USER:
            return advance(base, fault(PASSWORD_CHANGED.problem()))
        case State.FAILED_IT:
            return advance(base, fault(EWS_SWITCHED_OFF.problem()))
        case State.DISCONNECTED:
            return advance(base, Disconnected(START))


TABLE = {
    # from: success of a person, success of the connector, temporary fault, needs the user, needs IT
    State.NOT_CONNECTED: ("connected", "not-connected", "not-connected", "not-connected", "not-connected"),
    State.CONNECTED: ("connected", "connected", "connected", "failed-user", "failed-it"),
    State.INTERRUPTED: ("connected", "connected", "interrupted", "failed-user", "failed-it"),
    State.FAILED_USER: ("connected", "failed-user", "failed-user", "failed-user", "failed-user"),
    State.FAILED_IT: ("connected", "connected", "failed-it", "failed-user", "failed-it"),
    State.DISCONNECTED: ("connected", "disconnected", "disconnected", "disconnected", "disconnected"),
}


@pytest.mark.parametrize("state", State)
def test_each_event_leads_where_the_table_says(state: State) -> None:
    record = in_state(state)
    assert record.state is state
    happenings: tuple[Event, ...] = (
        Succeeded(START, By.PERSON, "v1"),
        Succeeded(START, By.CONNECTOR, "v1"),
        fault(NO_ANSWER.problem()),
        fault(PASSWORD_CHANGED.problem()),
        fault(EWS_SWITCHED_OFF.problem()),
    )

    assert tuple(str(advance(record, event).state) for event in happenings) == TABLE[state]


@pytest.mark.parametrize("state", State)
def test_disconnect_erases_what_was_known_and_starts_a_new_generation(state: State) -> None:
    record = in_state(state)
    after = advance(record, Disconnected(START))

    if state in (State.NOT_CONNECTED, State.DISCONNECTED):
        assert after == record
    else:
        assert after == ConnectionRecord(State.DISCONNECTED, START, record.generation + 1)


def test_the_histories_lead_into_every_state_often_enough_to_say_something_of_it() -> None:
    reached = Counter[State]()

    @settings(max_examples=200, database=None, derandomize=True)
    @given(histories)
    def live(history: list[Event]) -> None:
        record, states = NEW, {State.NOT_CONNECTED}
        for event in history:
            record = advance(record, event)
            states.add(record.state)
        reached.update(states)

    live()

    assert all(reached[state] >= 20 for state in State), reached


@given(histories)
def test_every_event_is_defined_in_every_state(history: list[Event]) -> None:
    record = NEW
    for event in history:
        record = advance(record, event)
        assert isinstance(record.state, State)


@given(histories)
def test_since_and_last_success_never_go_backwards(history: list[Event]) -> None:
    record = NEW
    for event in history:
        after = advance(record, event)
        assert after.since >= record.since
        if record.last_success is not None and after.state is not State.DISCONNECTED:
            assert after.last_success is not None
            assert after.last_success >= record.last_success
        assert after.generation >= record.generation
        record = after


@given(histories)
def test_since_changes_only_with_the_state(history: list[Event]) -> None:
    record = NEW
    for event in history:
        after = advance(record, event)
        assert after.since == record.since or after.state is not record.state
        record = after


@given(histories)
def test_failed_user_is_left_only_by_a_person(history: list[Event]) -> None:
    record = NEW
    for event in history:
        after = advance(record, event)
        if record.state is State.FAILED_USER and after.state is not State.FAILED_USER:
            by_a_person = isinstance(event, Succeeded) and event.by is By.PERSON
            assert by_a_person or isinstance(event, Disconnected)
        record = after


@given(histories)
def test_a_refused_secret_may_never_be_sent_again_until_a_person_signed_in(history: list[Event]) -> None:
    record, refused = NEW, set[str]()
    for event in history:
        before, record = record, advance(record, event)
        if isinstance(event, Succeeded) and event.by is By.PERSON:
            refused.discard(event.secret_version)
        if isinstance(event, Faulted) and event.secret_refused and before.secret_version is not None:
            about_this_one = event.secret_version in (None, before.secret_version)
            if about_this_one:
                refused.add(before.secret_version)
        if record.secret_version in refused:
            assert not record.may_sign_in


@given(histories)
def test_a_secret_is_sent_only_where_one_is_kept_and_the_state_allows_it(history: list[Event]) -> None:
    record = NEW
    for event in history:
        record = advance(record, event)
        if record.may_sign_in:
            assert record.secret_version is not None
            assert record.state in (State.CONNECTED, State.INTERRUPTED, State.FAILED_IT)


@given(histories)
def test_pages_are_never_open_while_interrupted_or_failed(history: list[Event]) -> None:
    page = BookingPage("one", "One", 30, "Europe/Berlin", associated=AssociatedCalendars(main="c1"))
    calendars = {"c1": Calendar("c1", "k", "Calendar", writable=True, read_at=START)}
    record = NEW
    for event in history:
        record = advance(record, event)
        closed = closed_reason(page, record, calendars, START)
        assert (closed is None) == (
            record.state in (State.NOT_CONNECTED, State.CONNECTED, State.DISCONNECTED)
        )


@given(histories, faults)
def test_the_servers_own_wait_is_in_the_next_try_in_full(history: list[Event], last: Faulted) -> None:
    record = NEW
    for event in history:
        record = advance(record, event)
    after = advance(record, last)
    about_this_one = last.secret_version in (None, record.secret_version)
    if last.retry_after is None or not about_this_one or not after.may_sign_in:
        return

    assert after.next_try is not None
    assert after.next_try >= last.at + timedelta(seconds=last.retry_after)


@given(histories)
def test_who_must_act_stands_in_the_problem_of_each_failure(history: list[Event]) -> None:
    record = NEW
    for event in history:
        record = advance(record, event)
        match record.state:
            case State.INTERRUPTED:
                assert record.problem is not None
                assert record.problem.who is Who.RETRY
                assert record.next_try is not None
                assert record.may_sign_in
            case State.FAILED_USER:
                assert record.problem is not None
                assert record.next_try is None
            case State.FAILED_IT:
                assert record.problem is not None
                assert record.problem.who is Who.IT
                assert (record.next_try is not None) == record.may_sign_in
            case _:
                assert record.problem is None


def test_a_temporary_fault_brings_no_next_try_to_a_refused_secret_that_needs_it() -> None:
    refused = advance(
        connected(), replace(fault(EWS_SWITCHED_OFF.problem()), secret_refused=True, secret_version="v1")
    )
    assert (refused.state, refused.next_try) == (State.FAILED_IT, None)

    after = advance(refused, fault(NO_ANSWER.problem(), after=60))

    assert (after.state, after.next_try, after.may_sign_in) == (State.FAILED_IT, None, False)


def test_work_that_ends_after_its_secret_was_refused_opens_nothing() -> None:
    refused = advance(connected(), replace(fault(EWS_SWITCHED_OFF.problem()), secret_refused=True))

    assert advance(refused, Succeeded(START, By.CONNECTOR, "v1")) == refused


@given(histories)
def test_a_fault_while_connected_is_tried_again_within_ten_seconds_once(history: list[Event]) -> None:
    record = NEW
    for event in history:
        after = advance(record, event)
        if isinstance(event, Faulted) and record.state is after.state is State.CONNECTED and after != record:
            assert record.wobble is None
            assert after.next_try is not None
            assert timedelta(0) < after.next_try - event.at <= timedelta(seconds=10)
        record = after


def test_a_fault_of_an_older_secret_changes_nothing() -> None:
    record = connected("v2")
    late = replace(fault(PASSWORD_CHANGED.problem()), secret_refused=True, secret_version="v1")

    assert advance(record, late) == record


def test_a_refusal_that_a_person_brings_about_while_failed_is_remembered() -> None:
    record = in_state(State.FAILED_USER)
    refusal = replace(fault(PASSWORD_CHANGED.problem(username="anna")), secret_refused=True)

    after = advance(record, refusal)

    assert after.refused_version == "v1"
    assert after.problem == refusal.problem


def test_a_refusal_is_never_a_temporary_fault() -> None:
    refusal = replace(fault(NO_ANSWER.problem()), secret_refused=True)

    assert advance(connected(), refusal).state is State.FAILED_USER


def test_a_connector_that_signed_in_with_an_older_secret_says_nothing_of_the_new_one() -> None:
    record = advance(in_state(State.FAILED_IT), Succeeded(START, By.PERSON, "v2"))
    broken = advance(record, fault(EWS_SWITCHED_OFF.problem()))

    assert advance(broken, Succeeded(START, By.CONNECTOR, "v1")) == broken


def test_whether_the_server_asked_to_wait_is_known_until_the_time_is_over() -> None:
    record = advance(connected(), fault(THROTTLED.problem(), retry_after=100))

    assert record.state is State.INTERRUPTED
    assert record.asked_to_wait(START + timedelta(seconds=99))
    assert not record.asked_to_wait(START + timedelta(seconds=100))
    assert not in_state(State.INTERRUPTED).asked_to_wait(START)


def test_a_wait_of_the_server_is_forgotten_with_the_next_fault_that_names_none() -> None:
    waiting = advance(in_state(State.FAILED_IT), fault(THROTTLED.problem(), retry_after=3000))
    assert waiting.asked_to_wait(START)

    after = advance(waiting, fault(NO_ANSWER.problem()))

    assert not after.asked_to_wait(START)


@pytest.mark.parametrize("state", State)
def test_the_public_word_says_failed_for_both_kinds(state: State) -> None:
    assert state.public == ("failed" if "failed" in state else str(state))


def test_a_check_every_minute_is_what_auto_sync_promises() -> None:
    assert timedelta(seconds=60) == AUTO_SYNC
