"""Exchange's web services for a client that has signed in: EWS and the two XML dialects of Autodiscover."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace

from oncetui.simulator.autodiscover import pox, soap
from oncetui.simulator.ews import EwsAnswer
from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.playing import Faults
from oncetui.simulator.flaws import LOG
from oncetui.simulator.sign_in.gate import SignIn
from oncetui.simulator.soap.envelope import fault
from oncetui.simulator.soap.failures import SoapFaultError
from oncetui.simulator.web import content_types, iis
from oncetui.simulator.web.cookies import back_end_cookies
from oncetui.simulator.web.generations import Generation
from oncetui.simulator.web.handled import Handled
from oncetui.simulator.web.hosts import Host
from oncetui.simulator.web.messages import HttpAnswer, HttpRequest
from oncetui.simulator.web.operation_name import operation_name
from oncetui.simulator.world import Exchange, Mailbox

EWS = "/ews/exchange.asmx"
PLACES = frozenset({EWS, soap.PLACE, pox.PLACE})
AnswerEws = Callable[[Exchange, Mailbox, bytes], EwsAnswer]
_VERSION_INFO = re.compile(rb"<h:ServerVersionInfo [^>]*?xmlns:h")


class WebServices:
    """Answers EWS and Autodiscover; operations run in `workers`, so that a long one holds up nobody else."""

    def __init__(
        self,
        exchange: Exchange,
        answer_ews: AnswerEws,
        faults: Faults,
        workers: Executor,
        generation: Generation,
    ) -> None:
        self._exchange = exchange
        self._answer_ews = answer_ews
        self._faults = faults
        self._workers = workers
        self._generation = generation

    async def answer(self, request: HttpRequest, sign_in: SignIn, mailbox: Mailbox, host: Host) -> Handled:
        """Answer a request to one of `PLACES`."""
        if request.place == pox.PLACE and request.method in {"POST", "GET"}:
            return self._autodiscover(request, sign_in, mailbox)
        if request.method in {"GET", "HEAD"}:
            return Handled(iis.service_page("Exchange" if request.place == EWS else "Autodiscover"), sign_in)
        if request.method != "POST":
            return Handled(iis.method_not_allowed(), sign_in)
        if not content_types.is_soap(request.header("content-type")):
            return Handled(content_types.unsupported(), sign_in)
        if request.place == soap.PLACE:
            return self._autodiscover(request, sign_in, mailbox)
        handled = await self._operation(request, sign_in, mailbox)
        cookies = back_end_cookies(
            request, mailbox, handled.operation, host.server.dns_domain, self._exchange.now()
        )
        return replace(handled, answer=handled.answer.with_headers(cookies))

    def _autodiscover(self, request: HttpRequest, sign_in: SignIn, mailbox: Mailbox) -> Handled:
        instead = self._faults.autodiscover(Occasion(request, mailbox))
        if request.place == pox.PLACE:
            return Handled(instead or pox.answer_pox(self._exchange, request.body), sign_in, pox.OPERATION)
        answer = instead or soap.answer_get_user_settings(self._exchange, request.body)
        return Handled(answer, sign_in, soap.OPERATION)

    async def _operation(self, request: HttpRequest, sign_in: SignIn, mailbox: Mailbox) -> Handled:
        name = operation_name(request.body)
        occasion = Occasion(request, mailbox, name)
        instead = self._faults.instead_of_operation(occasion)
        if instead is not None:
            return Handled(self._dated(instead), sign_in, name)
        body = self._faults.changed_request(occasion)
        loop = asyncio.get_running_loop()
        try:
            ews = await loop.run_in_executor(self._workers, self._answer_ews, self._exchange, mailbox, body)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not look like one of the network
            return _broken(error, sign_in, name)
        answer = HttpAnswer(ews.status, ews.body, headers=tuple(ews.headers.items()), pieces=ews.pieces)
        if ews.pieces is None:
            answer = self._faults.changed_answer(occasion, self._dated(answer))
        return Handled(answer, sign_in, ews.operation or None)

    def _dated(self, answer: HttpAnswer) -> HttpAnswer:
        """Let an answer name the version of Exchange that is being simulated."""
        return replace(answer, body=_VERSION_INFO.sub(self._version_info(), answer.body, count=1))

    def _version_info(self) -> bytes:
        major, minor, build, revision = self._generation.version
        return (
            f'<h:ServerVersionInfo MajorVersion="{major}" MinorVersion="{minor}" MajorBuildNumber="{build}" '
            f'MinorBuildNumber="{revision}" Version="{self._generation.schema}" xmlns:h'
        ).encode("ascii")


def _broken(error: Exception, sign_in: SignIn, operation: str | None) -> Handled:
    LOG.error("the simulated Exchange failed to answer %s", operation or "a request", exc_info=error)
    text = "An internal server error occurred. The operation failed."
    body = fault(SoapFaultError("ErrorInternalServerError", text))
    answer = HttpAnswer(500, body, "text/xml; charset=utf-8")
    return Handled(answer, sign_in, operation, f"{type(error).__name__}: {error}")
