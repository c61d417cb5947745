"""Everything that answers without TLS: it says where to go, and serves nothing."""

from oncetui.simulator.request_log import RequestLog, SeenRequest
from oncetui.simulator.sign_in.gate import SignInOutcome
from oncetui.simulator.web import iis
from oncetui.simulator.web.messages import HttpAnswer, HttpRequest, Receive, Scope, Send, read_request
from oncetui.simulator.web.sending import send_answer
from oncetui.simulator.world import Exchange


class PlainFrontEnd:
    """The web server on the port for HTTP, and on the one for HTTPS where it is made to forget TLS."""

    def __init__(self, exchange: Exchange, log: RequestLog) -> None:
        self._exchange = exchange
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        request = await read_request(scope, receive)
        if request is None:
            return
        now = self._exchange.now()
        answer = self._answer(request).with_headers(iis.plain_headers(now))
        self._log.add(
            SeenRequest(
                time=now,
                connection=request.connection.number,
                host=request.host,
                method=request.method,
                path=request.path,
                sign_in=SignInOutcome.NONE,
                user=None,
                mailbox=None,
                operation=None,
                status=answer.status,
            )
        )
        await send_answer(answer, send, request.connection, None)

    def _answer(self, request: HttpRequest) -> HttpAnswer:
        for domain in self._exchange.domains.values():
            if request.host == domain.autodiscover_host.lower() and domain.autodiscover == "redirect":
                if request.place.startswith("/autodiscover/") and domain.redirect_to:
                    return iis.redirect(f"https://{domain.redirect_to}{request.target}")
                return iis.not_found()
            if request.host == domain.name.lower():
                return iis.redirect(f"https://{domain.name}{request.target}")
        return iis.tls_required()
