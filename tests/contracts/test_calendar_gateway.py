"""The contract of `CalendarGateway`, kept by the fake and by the real one on a simulated Exchange."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Scheme
from oncetui.model.ports import CalendarGateway
from oncetui.simulator import start
from tests.contracts.calendar_events import CalendarEventsContract
from tests.contracts.calendar_gateway import CalendarGatewayContract, MailboxUnderTest
from tests.exchange.site import Site
from tests.fakes.exchange import FakeGateway, FakeMailbox

ANNA = "anna@contoso.example"
EMIL = "emil@contoso.example"
STATUS = {Showing.TENTATIVE: "Tentative", Showing.BUSY: "Busy", Showing.FREE: "Free"}


class Faked(MailboxUnderTest):
    def __init__(self) -> None:
        self._mailbox = FakeMailbox(
            [
                FoundCalendar("k1", "Calendar", writable=True, default=True),
                FoundCalendar("k2", "Holidays", writable=False),
            ],
            no_stream=None,
        )
        self.gateway = FakeGateway(self._mailbox)

    def add_event(self, window: Window, showing: Showing, subject: str) -> str:
        return self._mailbox.add_event("k1", window, showing, subject)

    def remove_event(self, event: str) -> None:
        self._mailbox.remove_event("k1", event)

    def move_event(self, event: str, window: Window) -> None:
        self._mailbox.move_event("k1", event, window)

    def end_password(self, moment: datetime | None) -> None:
        self._mailbox.password_expires = moment

    def read_only(self) -> tuple[CalendarGateway, FoundCalendar]:
        return self.gateway, self._mailbox.calendars[1]


class Simulated(MailboxUnderTest):
    def __init__(self, site: Site) -> None:
        self._site = site
        self._events: list[str] = []
        self._opened = [self._open(ANNA)]
        self.gateway = self._opened[0]

    def add_event(self, window: Window, showing: Showing, subject: str) -> str:
        answer = self._site.control(
            "POST",
            f"/mailboxes/{ANNA}/events",
            subject=subject,
            start=window.start.isoformat(),
            end=window.end.isoformat(),
            status=STATUS[showing],
        )
        self._events.append(answer["id"])
        return str(answer["id"])

    def remove_event(self, event: str) -> None:
        self._events.remove(event)
        self._site.control("DELETE", f"/mailboxes/{ANNA}/events/{event}")

    def move_event(self, event: str, window: Window) -> None:
        start, end = window.start.isoformat(), window.end.isoformat()
        self._site.control("PATCH", f"/mailboxes/{ANNA}/events/{event}", start=start, end=end)

    def end_password(self, moment: datetime | None) -> None:
        path = f"/mailboxes/{ANNA}/password-expiry"
        if moment is None:
            self._site.control("DELETE", path)
        else:
            self._site.control("PUT", path, expires=moment.isoformat())

    def read_only(self) -> tuple[CalendarGateway, FoundCalendar]:
        gateway = self._open(EMIL)
        self._opened.append(gateway)
        return gateway, next(one for one in gateway.calendars() if not one.writable)

    def _open(self, email: str) -> CalendarGateway:
        access = self._site.access(email, Scheme.NTLM)
        return ExchangeOpener().open(access, self._site.secret(email), Cancellation())

    def end(self) -> None:
        for gateway in self._opened:
            gateway.close()
        for event in list(self._events):
            self.remove_event(event)


class TestTheFake(CalendarGatewayContract, CalendarEventsContract):
    @pytest.fixture
    def mailbox(self) -> MailboxUnderTest:
        return Faked()


class TestExchange(CalendarGatewayContract, CalendarEventsContract):
    @pytest.fixture(scope="class")
    def site(self) -> Iterator[Site]:
        with start() as simulator:
            yield Site(simulator)

    @pytest.fixture
    def mailbox(self, site: Site) -> Iterator[MailboxUnderTest]:
        mailbox = Simulated(site)
        yield mailbox
        mailbox.end()
