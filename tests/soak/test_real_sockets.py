"""The real gateway and the simulated Exchange over real sockets, on a line that is cut, reset and shut.

Whatever happens to line and server: pages are closed while the connection is lost; once all is well again the
store holds what the calendars hold, each booking has one event a calendar, and no secret was refused twice.
"""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

import pytest

from oncetui.connector.availability import Known
from oncetui.connector.bookings.taking import take, take_another
from oncetui.connector.connector import BOOKINGS, REFRESH, Connector
from oncetui.connector.horizon import horizon
from oncetui.connector.reconnecting import reconnect
from oncetui.model.bookings import BookingStatus, canceled
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from oncetui.model.state import State
from tests.connector.bookings.bad_line import ANNA, CALENDARS, DANA, BadLine, bad_line

FAULTS = ("bad-gateway", "not-found", "handshake-reset", "login-page", "firewall", "certificate-expired")
MOST_OF_AN_EXCHANGE = 6000
FAR_MORE_STEPS_THAN_IT_TAKES = 3000


class HardLife:
    """Lets things happen to a line, by a seed."""

    def __init__(self, line: BadLine, seed: int) -> None:
        self.line = line
        self.random = Random(seed)
        self.passwords = 0
        self.happened: list[str] = []
        self.compared = 0
        self.items: list[str] = []
        self._all: tuple[tuple[int, Callable[[], object]], ...] = (
            (8, self.line_is_cut),
            (2, self.line_is_shut),
            (3, self.server_falters),
            (2, self.server_goes),
            (6, self.event_is_entered),
            (3, self.event_is_deleted),
            (6, self.customer_books),
            (2, self.customer_moves),
            (2, self.customer_cancels),
            (2, self.process_restarts),
            (1, self.password_is_changed),
        )

    def live(self, rounds: int) -> None:
        weights, happenings = zip(*self._all, strict=True)
        for number in range(1, rounds + 1):
            (happening,) = self.random.choices(happenings, weights)
            self.happened.append(happening.__name__)
            happening()
            for _ in range(self.random.randrange(1, 6)):
                self.step(self.random.choice((0.5, 6.0, 61.0)))
            if number % 10 == 0:
                self.all_is_well_again()

    def step(self, seconds: float) -> None:
        line = self.line
        line.connector.step(line.cancellation)
        known = Known.of(line.profile)
        if known.record.state is not State.CONNECTED:
            assert all(known.closed(page) is not None for page in known.pages)
        line.clock.advance(seconds)

    def line_is_cut(self) -> None:
        after = self.random.randrange(MOST_OF_AN_EXCHANGE)
        up, down = self.random.choice(((after, None), (None, after)))
        self.line.proxy.cut(up=up, down=down, reset=self.random.random() < 0.5)
        self.line.profile.commands.ask(REFRESH, self.line.clock.now() + timedelta(minutes=1))

    def line_is_shut(self) -> None:
        self.line.proxy.cut_now(reset=self.random.random() < 0.5)

    def server_falters(self) -> None:
        self.line.site.control("PUT", f"/faults/{self.random.choice(FAULTS)}")

    def server_goes(self) -> None:
        self.line.site.control("PUT", "/down")

    def event_is_entered(self) -> None:
        start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        start += timedelta(days=self.random.randrange(60, 300), minutes=30 * self.random.randrange(48))
        told: Any = self.line.site.control(
            "POST",
            f"/mailboxes/{ANNA}/events",
            subject="Meeting",
            start=start.isoformat(),
            end=(start + timedelta(minutes=30)).isoformat(),
            status="Busy",
            calendar=self.random.choice(CALENDARS),
        )
        self.items.append(told["id"])

    def event_is_deleted(self) -> None:
        if self.items:
            item = self.items.pop(self.random.randrange(len(self.items)))
            self.line.site.control("DELETE", f"/mailboxes/{ANNA}/events/{item}")

    def customer_books(self) -> None:
        self.asked(partial(take, self.line.profile, self.line.page, next(self.line.starts), DANA))

    def customer_moves(self) -> None:
        for booking in self.one_booking():
            start = next(self.line.starts)
            self.asked(partial(take_another, self.line.profile, self.line.page, booking, start))

    def customer_cancels(self) -> None:
        for booking in self.one_booking():
            self.asked(partial(self.line.store.bookings.change, booking.id, canceled))

    def one_booking(self) -> list[Any]:
        standing = [
            one
            for one in self.line.store.bookings.since()
            if one.status.stands and one.status is not BookingStatus.REQUESTED
        ]
        return [self.random.choice(standing)] if standing else []

    def asked(self, ask: Callable[[], object]) -> None:
        with contextlib.suppress(ProblemError):
            ask()
        self.line.profile.commands.ask(BOOKINGS, self.line.clock.now() + timedelta(minutes=1))

    def process_restarts(self) -> None:
        self.line.connector.close()
        self.line.connector = Connector(self.line.profile)

    def password_is_changed(self) -> None:
        self.all_is_well_again()
        site = self.line.site
        self.passwords += 1
        typed = f"Another-{self.passwords}"
        site.control("PUT", f"/mailboxes/{ANNA}/password", password=typed)
        site.forget()
        for _ in range(4):
            self.step(61)
        assert self.line.store.connection.load().state is State.FAILED_USER
        assert site.count("refused") == 1
        reconnect(self.line.profile, Secret(typed))
        assert site.count("refused") == 1

    def all_is_well_again(self) -> None:
        line = self.line
        line.proxy.heal()
        line.site.control("DELETE", "/faults")
        line.site.control("DELETE", "/down")
        if line.store.connection.load().state is State.FAILED_USER:
            reconnect(line.profile)
        line.profile.commands.ask(REFRESH, line.clock.now() + timedelta(hours=1))
        for _ in range(FAR_MORE_STEPS_THAN_IT_TAKES):
            self.step(2)
            at_rest = not line.store.bookings.outbox() and not line.profile.commands.waiting(line.clock.now())
            if at_rest and line.store.connection.load().state is State.CONNECTED:
                break
        else:
            raise AssertionError(line.store.connection.load(), line.store.bookings.outbox())
        self.is_true()

    def is_true(self) -> None:
        line = self.line
        window = horizon(line.clock.now())
        for calendar in line.store.busy.calendars():
            if calendar.name in CALENDARS and calendar.owner is None:
                kept = [(one.start, one.end) for one in line.store.busy.blocks([calendar.id], window)]
                assert sorted(kept) == line.times_in(calendar.name), calendar.name
                self.compared += 1
        for booking in line.store.bookings.since():
            starts = [booking.start] if booking.status.stands else []
            assert line.events(booking) == dict.fromkeys(CALENDARS, starts), booking


def lives_through(seed: int, rounds: int) -> HardLife:
    with bad_line() as line:
        life = HardLife(line, seed)
        try:
            life.live(rounds)
            life.all_is_well_again()
        except BaseException as error:
            error.add_note(f"seed {seed}: {life.happened}")
            raise
        return life


@pytest.mark.timeout(240)
def test_a_bad_line_to_a_real_server_loses_and_doubles_nothing() -> None:
    life = lives_through(seed=1, rounds=30)

    assert life.compared >= 6


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(200, 206))
def test_a_bad_line_for_long_loses_and_doubles_nothing(seed: int) -> None:
    life = lives_through(seed, rounds=400)

    assert set(life.happened) == {happening.__name__ for _, happening in life._all}
