"""The front end: one application for every host name of the scenario, from sign-in to the answer."""

import asyncio
from concurrent.futures import Executor
from dataclasses import replace

from oncetui.simulator.autodiscover import json_v2
from oncetui.simulator.faults.occasion import Occasion
from oncetui.simulator.faults.playing import Faults
from oncetui.simulator.flaws import LOG
from oncetui.simulator.request_log import RequestLog
from oncetui.simulator.sign_in.gate import Gate, SignIn, SignInOutcome
from oncetui.simulator.web import compression, iis
from oncetui.simulator.web.generations import Generation
from oncetui.simulator.web.handled import Handled
from oncetui.simulator.web.hosts import Host, host_named
from oncetui.simulator.web.messages import HttpAnswer, HttpRequest, Receive, Scope, Send, read_request
from oncetui.simulator.web.sending import Streams, send_answer, send_pieces
from oncetui.simulator.web.web_services import PLACES, WebServices
from oncetui.simulator.world import Exchange


class FrontEnd:
    """Everything that answers over HTTPS: Exchange's virtual directories, and the domains' own web sites."""

    def __init__(
        self,
        exchange: Exchange,
        services: WebServices,
        *,
        faults: Faults,
        log: RequestLog,
        streams: Streams,
        workers: Executor,
        generation: Generation,
    ) -> None:
        self._exchange = exchange
        self._services = services
        self._faults = faults
        self._log = log
        self._streams = streams
        self._workers = workers
        self._generation = generation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI); it is in the log before its answer can arrive."""
        request = await read_request(scope, receive)
        if request is None:
            return
        host = host_named(self._exchange, request.host)
        handled = await self._handle(request, host)
        self._log.add(handled.seen(request, self._exchange.now()))
        occasion = Occasion(request, handled.sign_in.mailbox, handled.operation, host.kind == "web-site")
        delay = self._faults.delay(occasion)
        if delay:
            await asyncio.wait([request.connection.closed], timeout=delay)
        try:
            await self._send(handled, request, occasion, send)
        except Exception as error:  # noqa: BLE001 - it is too late for another answer: the client loses this one
            LOG.error("the simulated Exchange failed to answer %s to its end", request.path, exc_info=error)
            request.connection.cut()
            await request.connection.gone()

    async def _send(self, handled: Handled, request: HttpRequest, occasion: Occasion, send: Send) -> None:
        answer, delivery = handled.answer, self._faults.delivery(occasion)
        if answer.pieces is None:
            await send_answer(await self._packed(answer, request), send, request.connection, delivery)
            return
        owner = handled.sign_in.mailbox.email.lower() if handled.sign_in.mailbox else ""
        pieces = self._streams.pieces(answer.pieces, request.connection, owner)
        unbuffered = answer.with_headers((("X-NoBuffering", "1"),))
        await send_pieces(unbuffered, pieces, send, request.connection, delivery)

    async def _packed(self, answer: HttpAnswer, request: HttpRequest) -> HttpAnswer:
        """Compress an answer for a client that takes it so."""
        if not compression.is_worth_it(answer.body) or not compression.accepts_gzip(
            request.header("accept-encoding")
        ):
            return answer
        loop = asyncio.get_running_loop()
        body = await loop.run_in_executor(self._workers, compression.compressed, answer.body)
        packed = (("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
        return replace(answer, body=body).with_headers(packed)

    async def _handle(self, request: HttpRequest, host: Host) -> Handled:
        try:
            handled = await self._answered(request, host)
        except Exception as error:  # noqa: BLE001 - a client gets an answer, whatever happens in here
            LOG.error("the simulated Exchange failed at %s", request.path, exc_info=error)
            handled = Handled(iis.server_error(), error=f"{type(error).__name__}: {error}")
        now = self._exchange.now() + self._faults.clock_skew()
        if host.kind == "web-site" or handled.answer.in_front:
            headers = iis.plain_headers(now)
        else:
            signed_in = handled.sign_in.accepted
            headers = iis.exchange_headers(
                self._generation, request, now, host.server.dns_domain, signed_in=signed_in
            )
        return replace(handled, answer=handled.answer.with_headers(headers))

    async def _answered(self, request: HttpRequest, host: Host) -> Handled:
        is_web_site = host.kind == "web-site"
        early = self._faults.before_sign_in(Occasion(request, web_site=is_web_site))
        if early is not None:
            return Handled(early)
        if is_web_site:
            return Handled(_web_site(request))
        try:
            return await self._exchange_answer(request.unpacked(), host)
        except compression.UnreadableBodyError as error:
            return Handled(iis.bad_request(str(error)))

    async def _exchange_answer(self, request: HttpRequest, host: Host) -> Handled:
        place = request.place
        if place in PLACES:
            return await self._behind_sign_in(request, host)
        if place == json_v2.PLACE or place.startswith(json_v2.PLACE + "/"):
            answer = self._faults.autodiscover(Occasion(request))
            return Handled(
                answer or json_v2.answer_json(self._exchange, request), operation=json_v2.OPERATION
            )
        if place == "/owa/auth/logon.aspx":
            return Handled(iis.logon_page())
        if place == "/owa/auth.owa" and request.method == "POST":
            return Handled(iis.logon_refusal(host.name))
        if place in {"/", "/owa", "/ecp"} or place.startswith(("/owa/", "/ecp/")):
            return Handled(iis.logon_redirect(host.name, "/owa/" if place == "/" else request.target))
        return Handled(iis.not_found())

    async def _behind_sign_in(self, request: HttpRequest, host: Host) -> Handled:
        sign_in = self._gate(host).sign_in(request.header("authorization"), request.connection)
        if sign_in.mailbox is None or not sign_in.accepted:
            others = tuple(("WWW-Authenticate", offer) for offer in self._faults.other_offers(host.name))
            return Handled(HttpAnswer(401, headers=sign_in.headers + others), sign_in)
        refusal = self._faults.refusal(Occasion(request, sign_in.mailbox))
        if refusal:
            request.connection.persistent = None
            return Handled(refusal, SignIn(SignInOutcome.REFUSED, sign_in.mailbox, sign_in.user))
        handled = await self._services.answer(request, sign_in, sign_in.mailbox, host)
        return replace(handled, answer=handled.answer.with_headers(sign_in.headers))

    def _gate(self, host: Host) -> Gate:
        offers = self._faults.offers(host.name, host.offers)
        return Gate(self._exchange, host, offers, self._faults.extended_protection(host.name))


def _web_site(request: HttpRequest) -> HttpAnswer:
    """Return the company's own web site: it knows nothing of Exchange."""
    if request.place == "/":
        return iis.page(200, request.host, "Welcome to our web site.")
    return iis.not_found()
