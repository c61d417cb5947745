"""The contract of `CalendarGateway`, kept by the fake and by the real one on a simulated Exchange."""

from collections.abc import Iterator

import pytest

from oncetui.exchange.opening import ExchangeOpener
from oncetui.model.calendars import FoundCalendar, Showing, Window
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Scheme
from oncetui.simulator import start
from tests.contracts.calendar_gateway import CalendarGatewayContract, MailboxUnderTest
from tests.exchange.site import Site
from tests.fakes.exchange import FakeGateway, FakeMailbox

ANNA = "anna@contoso.example"
STATUS = {Showing.TENTATIVE: "Tentative", Showing.BUSY: "Busy", Showing.FREE: "Free"}


class Faked(MailboxUnderTest):
    def __init__(self) -> None:
        self._mailbox = FakeMailbox(
            [
                FoundCalendar("k1", "Calendar", writable=True, default=True),
                FoundCalendar("k2", "Private", writable=True),
            ]
        )
        self.gateway = FakeGateway(self._mailbox)

    def add_event(self, window: Window, showing: Showing, subject: str) -> str:
        return self._mailbox.add_event("k1", window, showing, subject)

    def remove_event(self, event: str) -> None:
        self._mailbox.remove_event("k1", event)


class Simulated(MailboxUnderTest):
    def __init__(self, site: Site) -> None:
        self._site = site
        self._events: list[str] = []
        access = site.access(ANNA, Scheme.NTLM)
        self.gateway = ExchangeOpener().open(access, site.secret(ANNA), Cancellation())

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

    def end(self) -> None:
        self.gateway.close()
        for event in list(self._events):
            self.remove_event(event)


class TestTheFake(CalendarGatewayContract):
    @pytest.fixture
    def mailbox(self) -> MailboxUnderTest:
        return Faked()


class TestExchange(CalendarGatewayContract):
    @pytest.fixture(scope="class")
    def site(self) -> Iterator[Site]:
        with start() as simulator:
            yield Site(simulator)

    @pytest.fixture
    def mailbox(self, site: Site) -> Iterator[MailboxUnderTest]:
        mailbox = Simulated(site)
        yield mailbox
        mailbox.end()
