"""Signing in to a mailbox in memory."""

from collections.abc import Callable, Iterable

from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, NetworkRoute
from oncetui.model.ports import unheard
from oncetui.model.problem import ProblemError
from oncetui.model.secret import Secret
from tests.fakes.exchange.answers import refusal
from tests.fakes.exchange.gate import Gate
from tests.fakes.exchange.gateway import FakeGateway
from tests.fakes.exchange.mailbox import FakeMailbox


class FakeOpener:
    """An opener that lets certain pairs of user name and password in, and counts the sign-ins.

    `main_addresses` tells what an alias is corrected to. `problems` are raised one a sign-in, in their
    order, before the password is looked at. `unreachable` is raised by `reach` until the test takes it
    away. `gate` holds a sign-in up, `reading` the calls to the gateways that come of one, where it is set.
    """

    def __init__(self, mailbox: FakeMailbox | None = None, accepts: Iterable[tuple[str, str]] = ()) -> None:
        self.mailbox = mailbox if mailbox is not None else FakeMailbox()
        self.accepts = set(accepts)
        self.main_addresses: dict[str, str] = {}
        self.problems: list[ProblemError] = []
        self.refuses_with: Callable[[str], ProblemError] = refusal
        self.unreachable: ProblemError | None = None
        self.gate = Gate()
        self.reading: Gate | None = None
        self.sign_ins: list[str] = []
        self.opened: list[Access] = []
        self.gateways: list[FakeGateway] = []
        self.refused = 0
        self.reached: list[str] = []

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> FakeGateway:
        self.gate.pass_through(cancellation)
        self.sign_ins.append(access.sign_in.username)
        self.opened.append(access)
        if self.problems:
            problem = self.problems.pop(0)
            if problem.secret_refused:
                refused()
            raise problem
        if (access.sign_in.username, secret.reveal()) not in self.accepts:
            self.refused += 1
            refused()
            raise self.refuses_with(access.sign_in.username)
        gateway = FakeGateway(self.mailbox, self.main_addresses.get(access.mailbox, access.mailbox), refused)
        gateway.gate = self.reading or gateway.gate
        self.gateways.append(gateway)
        return gateway

    def reach(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> None:
        cancellation.raise_if_cancelled()
        self.reached.append(ews_url)
        if self.unreachable is not None:
            raise self.unreachable
