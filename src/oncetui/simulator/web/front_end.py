"""The front end: one application for every host name of the scenario, from sign-in to the answer."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from oncetui.simulator.autodiscover import json_v2, pox, soap
from oncetui.simulator.ews import EwsAnswer
from oncetui.simulator.faults.playing import Faults
from oncetui.simulator.request_log import RequestLog, SeenRequest
from oncetui.simulator.sign_in.gate import Gate, SignIn, SignInOutcome
from oncetui.simulator.web import iis
from oncetui.simulator.web.hosts import Host, host_named
from oncetui.simulator.web.messages import (
    HttpAnswer,
    HttpRequest,
    Receive,
    Scope,
    Send,
    read_request,
    send_answer,
)
from oncetui.simulator.world import Exchange, Mailbox

EWS = "/ews/exchange.asmx"
SOAP_AUTODISCOVER = "/autodiscover/autodiscover.svc"
POX_AUTODISCOVER = "/autodiscover/autodiscover.xml"
_NOBODY = SignIn(SignInOutcome.NONE)


AnswerEws = Callable[[Exchange, Mailbox, bytes], EwsAnswer]


@dataclass(frozen=True)
class _Handled:
    """An answer, and what the log has to say about how it came about."""

    answer: HttpAnswer
    sign_in: SignIn = _NOBODY
    operation: str | None = None


class FrontEnd:
    """Everything that answers over HTTPS: Exchange's virtual directories, and the domains' own web sites."""

    def __init__(
        self, exchange: Exchange, answer_ews: AnswerEws, faults: Faults, log: RequestLog, workers: Executor
    ) -> None:
        """`answer_ews` runs in `workers`, so that a long operation holds up nobody else."""
        self._exchange = exchange
        self._answer_ews = answer_ews
        self._faults = faults
        self._log = log
        self._workers = workers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI); it is in the log before its answer can arrive."""
        request = await read_request(scope, receive)
        if request is None:
            return
        host = host_named(self._exchange, request.host)
        handled = await self._handle(request, host)
        self._log.add(_seen(self._exchange, request, handled))
        await asyncio.sleep(self._faults.delay())
        await send_answer(handled.answer, send)

    async def _handle(self, request: HttpRequest, host: Host) -> _Handled:
        now = self._exchange.now()
        if host.kind == "web-site":
            return _Handled(_web_site(request).with_headers(iis.plain_headers(now)))
        early = self._faults.before_sign_in(request)
        handled = _Handled(early) if early else await self._exchange_answer(request, host)
        headers = iis.exchange_headers(now, host.server.dns_domain, signed_in=handled.sign_in.accepted)
        return replace(handled, answer=handled.answer.with_headers(headers))

    async def _exchange_answer(self, request: HttpRequest, host: Host) -> _Handled:
        place = request.place
        if place in {EWS, SOAP_AUTODISCOVER, POX_AUTODISCOVER}:
            return await self._behind_sign_in(request, host)
        if place == json_v2.PLACE or place.startswith(json_v2.PLACE + "/"):
            return _Handled(json_v2.answer_json(self._exchange, request), operation=json_v2.OPERATION)
        if place == "/owa/auth/logon.aspx":
            return _Handled(iis.logon_page())
        if place in {"/", "/owa"} or place.startswith(("/owa/", "/ecp")):
            return _Handled(iis.logon_redirect(host.name, "/owa/" if place == "/" else request.target))
        return _Handled(iis.not_found())

    async def _behind_sign_in(self, request: HttpRequest, host: Host) -> _Handled:
        sign_in = self._gate(host).sign_in(request.header("authorization"), request.connection)
        if sign_in.mailbox is None or not sign_in.accepted:
            return _Handled(HttpAnswer(401, headers=sign_in.headers), sign_in)
        refusal = self._faults.refusal(sign_in.mailbox)
        if refusal:
            request.connection.persistent = None
            return _Handled(refusal, SignIn(SignInOutcome.REFUSED, sign_in.mailbox, sign_in.user))
        answer, operation = await self._serve(request, sign_in.mailbox)
        return _Handled(answer.with_headers(sign_in.headers), sign_in, operation)

    async def _serve(self, request: HttpRequest, mailbox: Mailbox) -> tuple[HttpAnswer, str | None]:
        if request.place == POX_AUTODISCOVER:
            return pox.answer_pox(self._exchange, request.body), pox.OPERATION
        if request.method != "POST":
            return iis.service_page("Exchange" if request.place == EWS else "Autodiscover"), None
        if request.place == SOAP_AUTODISCOVER:
            return soap.answer_get_user_settings(self._exchange, request.body), soap.OPERATION
        instead = self._faults.instead_of_operation(request)
        if instead:
            return instead, None
        loop = asyncio.get_running_loop()
        ews = await loop.run_in_executor(
            self._workers, self._answer_ews, self._exchange, mailbox, request.body
        )
        return HttpAnswer(ews.status, ews.body, headers=tuple(ews.headers.items())), ews.operation or None

    def _gate(self, host: Host) -> Gate:
        return Gate(
            self._exchange, host, self._faults.schemes(host.schemes), self._faults.extended_protection()
        )


class PlainFrontEnd:
    """Everything that answers without TLS: it says where to go, and serves nothing."""

    def __init__(self, exchange: Exchange, log: RequestLog) -> None:
        self._exchange = exchange
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        request = await read_request(scope, receive)
        if request is None:
            return
        answer = self._answer(request).with_headers(iis.plain_headers(self._exchange.now()))
        self._log.add(_seen(self._exchange, request, _Handled(answer)))
        await send_answer(answer, send)

    def _answer(self, request: HttpRequest) -> HttpAnswer:
        for domain in self._exchange.domains.values():
            if request.host == domain.autodiscover_host.lower() and domain.autodiscover == "redirect":
                if request.place.startswith("/autodiscover/") and domain.redirect_to:
                    return iis.redirect(f"https://{domain.redirect_to}{request.target}")
                return iis.not_found()
            if request.host == domain.name.lower():
                return iis.redirect(f"https://{domain.name}{request.target}")
        return iis.tls_required()


def _web_site(request: HttpRequest) -> HttpAnswer:
    """Return the company's own web site: it knows nothing of Exchange."""
    if request.place == "/":
        return iis.page(200, request.host, "Welcome to our web site.")
    return iis.not_found()


def _seen(exchange: Exchange, request: HttpRequest, handled: _Handled) -> SeenRequest:
    sign_in = handled.sign_in
    return SeenRequest(
        time=exchange.now(),
        connection=request.connection.number,
        host=request.host,
        method=request.method,
        path=request.path,
        sign_in=sign_in.outcome,
        user=sign_in.user,
        mailbox=sign_in.mailbox.email if sign_in.mailbox else None,
        operation=handled.operation,
        status=handled.answer.status,
    )
