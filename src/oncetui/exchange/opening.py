"""Opening a gateway: one sign-in, proved on the mailbox. Importing this loads exchangelib."""

from collections.abc import Callable
from urllib.parse import urlsplit

from oncetui.exchange.faults.answer_errors import ResponseCodeError
from oncetui.exchange.faults.circumstances import asking, using
from oncetui.exchange.faults.telling import told_as_problem
from oncetui.exchange.gateway import ExchangeGateway
from oncetui.exchange.listening import USUAL, Patience
from oncetui.exchange.operations.find_calendars import own_calendars
from oncetui.exchange.refusals import problem_of_refusal
from oncetui.exchange.session import MailboxAccount, account_for
from oncetui.exchange.signing_in.latch import Latch, SecretRefusedError
from oncetui.exchange.transport.names import LookUp, looked_up_by_the_system
from oncetui.exchange.transport.transport import Transport
from oncetui.model.calendars import FoundCalendar
from oncetui.model.cancellation import Cancellation
from oncetui.model.connection import Access, NetworkRoute
from oncetui.model.ports import unheard
from oncetui.model.secret import Secret
from oncetui.model.tracing import RequestTrace


def calendars_by_main_address(account: MailboxAccount) -> tuple[FoundCalendar, ...]:
    """List the mailbox's calendars; an alias is corrected once, where the server names the main address."""
    try:
        return own_calendars(account)
    except ResponseCodeError as error:
        if error.main_address is None:
            raise
        account.primary_smtp_address = error.main_address
        return own_calendars(account)


class ExchangeOpener:
    """Signs in to Exchange Web Services; `GatewayOpener` over EWS. Requests are noted in the `trace`."""

    def __init__(
        self,
        trace: RequestTrace | None = None,
        patience: Patience = USUAL,
        look_up: LookUp = looked_up_by_the_system,
    ) -> None:
        self._trace = trace
        self._patience = patience
        self._look_up = look_up

    def open(
        self,
        access: Access,
        secret: Secret,
        cancellation: Cancellation,
        refused: Callable[[], None] = unheard,
    ) -> ExchangeGateway:
        """Sign in with one attempt and return a gateway whose calendars are read.

        `refused` hears of a 401 that may be about the secret before anything else is asked. Raises
        `ProblemError`, with `secret_refused` where the secret was turned down.
        """
        transport = Transport(access.route, self._trace, self._look_up)
        latch = Latch(refused)
        account = account_for(access, secret, transport, latch)
        at = using(access)
        listed: tuple[FoundCalendar, ...] | None = None
        try:
            with cancellation.waking(transport.abort), told_as_problem(at, transport.lifeline):
                try:
                    listed = calendars_by_main_address(account)
                except SecretRefusedError as refusal:
                    url = access.ews_url
                    raise problem_of_refusal(refusal, access.sign_in, at, url, transport) from refusal
        finally:
            if listed is None:
                transport.abort()
                account.protocol.close()
        return ExchangeGateway(access, account, transport, latch, listed, patience=self._patience)

    def reach(self, ews_url: str, route: NetworkRoute, cancellation: Cancellation) -> None:
        """Connect to the server and agree on TLS, nothing more; raise `ProblemError` where that fails."""
        transport = Transport(route, self._trace, self._look_up)
        parts = urlsplit(ews_url)
        with (
            cancellation.waking(transport.abort),
            told_as_problem(asking(ews_url, route), transport.lifeline),
        ):
            transport.reach(parts.hostname or "", parts.port or 443)
