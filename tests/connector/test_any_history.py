"""Whatever happens to a connection, in any order: what its states promise holds at each moment."""

import contextlib
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from oncetui.connector.disconnecting import disconnect
from oncetui.connector.reconnecting import NothingToReconnectError, reconnect
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import Access
from oncetui.model.ports import unheard
from oncetui.model.problem import Cause, ProblemError
from oncetui.model.problems.exchange import THROTTLED
from oncetui.model.problems.network import NO_ANSWER
from oncetui.model.problems.policy import EWS_SWITCHED_OFF
from oncetui.model.problems.proxies import PROXY_PASSWORD_REFUSED
from oncetui.model.problems.sign_in import ACCOUNT_LOCKED, NO_SCHEME
from oncetui.model.schedule import ATTEMPT_AT_MOST, FRESH_FOR
from oncetui.model.secret import Secret
from oncetui.model.state import ConnectionRecord, State
from tests.connector.world import ANNA, World
from tests.fakes.exchange import FakeGateway, FakeOpener

FAULTS = (NO_ANSWER, THROTTLED, EWS_SWITCHED_OFF, ACCOUNT_LOCKED, NO_SCHEME, PROXY_PASSWORD_REFUSED)
CLOSED = (State.INTERRUPTED, State.FAILED_USER, State.FAILED_IT)
UNCONNECTED = (State.NOT_CONNECTED, State.DISCONNECTED)
passwords = st.integers(1, 2).map("password-{}".format)


class CountingOpener(FakeOpener):
    """Counts what it refuses by the secret."""

    def __init__(self, told: FakeOpener) -> None:
        super().__init__(told.mailbox)
        self.refusals: Counter[str] = Counter()

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> FakeGateway:
        before = self.refused
        try:
            return super().open(access, secret, cancellation, refused)
        finally:
            self.refusals[secret.reveal()] += self.refused - before


class AnyHistory(RuleBasedStateMachine):
    """A server whose password and faults change, a connector that works and restarts, people who sign in."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.opener = self.world.opener = CountingOpener(self.world.opener)
        self.world.profile = self.world.of(self.opener)
        self.world.restarted()
        self.password = "right"
        self.accepts("right")
        self.world.connected()
        self.before = self.world.record
        self.attempt_until: datetime | None = None
        self.by_a_person = False

    def accepts(self, password: str) -> None:
        self.password = password
        self.opener.accepts = {(ANNA, password)}

    @rule(password=passwords)
    def password_is_changed(self, password: str) -> None:
        """Change it to one that was never refused before: such a one is new to everybody."""
        if not self.opener.refusals[password]:
            self.accepts(password)

    @rule(cause=st.sampled_from(FAULTS), retry_after=st.sampled_from([None, 3.0, 40.0, 4000.0]))
    def fault_begins(self, cause: Cause, retry_after: float | None) -> None:
        fault = ProblemError(cause.problem(host="mail.contoso.example"), retry_after=retry_after)
        self.world.mailbox.trouble = fault
        self.opener.problems = [fault] * 30
        self.opener.unreachable = fault if cause is NO_ANSWER else None

    @rule()
    def fault_is_over(self) -> None:
        self.world.mailbox.trouble = self.opener.unreachable = None
        self.opener.problems = []

    @rule(named=st.booleans())
    def schemes_are_named(self, named: bool) -> None:  # drawn by hypothesis
        self.world.serves() if named else self.world.names_no_scheme()

    @rule(seconds=st.sampled_from([0, 5, 61, 1000]))
    def connector_works(self, seconds: int) -> None:
        for _ in range(12):
            self.world.step()
            self.world.clock.advance(seconds / 12)
            self.holds()

    @rule()
    def connector_restarts(self) -> None:
        self.world.restarted()

    @rule(seconds=st.sampled_from([-4000, -30, 30, 4000]))
    def clock_is_put(self, seconds: int) -> None:
        self.world.clock.put_to(self.world.clock.now() + timedelta(seconds=seconds))

    @rule(password=st.none() | passwords)
    def person_types_a_password(self, password: str | None) -> None:
        self.person_reconnects(password)

    def person_reconnects(self, password: str | None) -> None:
        """Type a password, the right one where none is drawn; what fails leaves everything as it was."""
        self.by_a_person = True
        typed = Secret(password or self.password)
        settings_before, kept_before = self.world.store.settings.load(), self.world.place.secret
        try:
            reconnect(self.world.profile, typed)
        except NothingToReconnectError:
            assert self.before.state in UNCONNECTED
        except ProblemError:
            assert self.world.record == self.before
            assert (self.world.store.settings.load(), self.world.place.secret) == (
                settings_before,
                kept_before,
            )

    @rule()
    def person_types_the_same_again(self) -> None:
        for _ in range(2):
            self.person_reconnects("mistyped")

    @rule()
    def person_tries_the_kept_one(self) -> None:
        self.by_a_person = True
        with contextlib.suppress(NothingToReconnectError, ProblemError):
            reconnect(self.world.profile)

    @rule()
    def person_gives_up_an_attempt(self) -> None:
        cancellation = Cancellation()
        cancellation.cancel()
        kept_before = self.world.place.secret
        with contextlib.suppress(NothingToReconnectError, ProblemError, CancelledByUserError):
            reconnect(self.world.profile, Secret("typed"), cancellation=cancellation)
        assert (self.world.record, self.world.place.secret) == (self.before, kept_before)

    @rule()
    def attempt_dies(self) -> None:
        """Leave an attempt behind whose process was killed."""
        self.attempt_until = self.world.clock.now() + ATTEMPT_AT_MOST
        self.world.store.connection.begin_attempt(self.attempt_until)
        assert self.world.record == self.before

    @rule()
    def person_disconnects(self) -> None:
        self.by_a_person = True
        disconnect(self.world.profile)
        # It erases what was remembered of them.
        self.opener.refusals.clear()

    @precondition(lambda self: self.world.record.state is State.DISCONNECTED)
    @rule()
    def person_connects_anew(self) -> None:
        self.by_a_person = True
        self.accepts("right")
        self.world.connected()

    @invariant()
    def holds(self) -> None:
        record, before = self.world.record, self.before
        self.pages_are_closed_where_nothing_is_known(record)
        self.failed_user_is_left_by_a_person_alone(before, record)
        self.times_go_forward(before, record)
        for secret, times in self.opener.refusals.items():
            assert times <= 1, secret
        if record.may_sign_in:
            assert record.secret_version != record.refused_version
        self.an_attempt_is_over_with_its_deadline()
        self.before, self.by_a_person = record, False

    def pages_are_closed_where_nothing_is_known(self, record: ConnectionRecord) -> None:
        if record.state in CLOSED:
            assert self.world.open_pages == set()
        if record.state is State.CONNECTED and self.world.open_pages:
            read = [calendar.read_at for calendar in self.world.store.busy.calendars() if calendar.read_at]
            now = self.world.clock.now()
            assert any(timedelta(0) <= now - one <= FRESH_FOR for one in read)

    def failed_user_is_left_by_a_person_alone(
        self, before: ConnectionRecord, record: ConnectionRecord
    ) -> None:
        if before.state is State.FAILED_USER and record.state is not State.FAILED_USER:
            assert self.by_a_person

    def times_go_forward(self, before: ConnectionRecord, record: ConnectionRecord) -> None:
        assert record.since >= before.since
        assert record.generation >= before.generation
        if record.generation == before.generation and before.last_success is not None:
            assert record.last_success is not None
            assert record.last_success >= before.last_success

    def an_attempt_is_over_with_its_deadline(self) -> None:
        now, until = self.world.clock.now(), self.attempt_until
        lasts = until is not None and now < until <= now + ATTEMPT_AT_MOST
        if self.world.status.attempt:
            assert lasts

    def teardown(self) -> None:
        self.world.connector.close()


@pytest.mark.timeout(180)
def test_whatever_happens_what_the_states_promise_holds() -> None:
    # Without the phase that explains a failure: it traces every line.
    chosen = settings(
        max_examples=40, stateful_step_count=25, deadline=None, phases=(Phase.generate, Phase.shrink)
    )
    run_state_machine_as_test(AnyHistory, settings=chosen)
