"""The control address: what has been seen, and everything that a test or a demo may do to the server."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from oncetui.simulator import events
from oncetui.simulator.faults.playing import Faults
from oncetui.simulator.faults.values import FaultError
from oncetui.simulator.request_log import RequestLog
from oncetui.simulator.web.connections import OpenConnections
from oncetui.simulator.web.hosts import ews_url
from oncetui.simulator.web.sending import Streams
from oncetui.simulator.world import Exchange, Mailbox, expiry_in

Handler = Callable[[Request], Awaitable[Response]]
_DONE = 204


class Power(Protocol):
    """Takes the server away and brings it back."""

    async def go_down(self) -> None:
        """Cut every connection and refuse new ones."""

    async def come_up(self) -> None:
        """Answer again, on the same ports."""

    def heed(self, faults: Faults) -> None:
        """Bring the ports in line with the faults that are played now."""


class Control:
    """The control application; `application` is ASGI."""

    def __init__(
        self,
        exchange: Exchange,
        token: str,
        *,
        log: RequestLog,
        faults: Faults,
        connections: OpenConnections,
        streams: Streams,
        power: Power,
    ) -> None:
        self._exchange = exchange
        self._log = log
        self._faults = faults
        self._connections = connections
        self._streams = streams
        self._power = power
        self.application: ASGIApp = Starlette(
            routes=self._routes(),
            middleware=[Middleware(_BearerToken, token=token)],
            exception_handlers={HTTPException: _error},
        )

    def _routes(self) -> list[Route]:
        one_event = "/mailboxes/{email}/events/{event:path}"
        return [
            Route("/requests", self._requests, methods=["GET"]),
            Route("/requests", self._forget_requests, methods=["DELETE"]),
            Route("/mailboxes", self._mailboxes, methods=["GET"]),
            Route("/mailboxes/{email}/password", self._change_password, methods=["PUT"]),
            Route("/mailboxes/{email}/password-expiry", self._end_password, methods=["PUT"]),
            Route("/mailboxes/{email}/password-expiry", self._never_end_password, methods=["DELETE"]),
            Route("/mailboxes/{email}/events", self._add_event, methods=["POST"]),
            Route(one_event, self._change_event, methods=["PATCH"]),
            Route(one_event, self._delete_event, methods=["DELETE"]),
            Route("/faults", self._clear_faults, methods=["DELETE"]),
            Route("/faults/{name}", self._play_fault, methods=["PUT"]),
            Route("/faults/{name}", self._clear_faults, methods=["DELETE"]),
            Route("/down", self._go_down, methods=["PUT"]),
            Route("/down", self._come_up, methods=["DELETE"]),
        ]

    async def _requests(self, _request: Request) -> Response:
        return JSONResponse([seen.as_json() for seen in self._log.all()])

    async def _forget_requests(self, _request: Request) -> Response:
        self._log.clear()
        return Response(status_code=_DONE)

    async def _mailboxes(self, _request: Request) -> Response:
        return JSONResponse(
            [_mailbox_as_json(self._exchange, box) for box in self._exchange.mailboxes.values()]
        )

    async def _change_password(self, request: Request) -> Response:
        mailbox = self._mailbox(request)
        password = (await _values(request)).get("password")
        if not isinstance(password, str) or not password:
            raise HTTPException(400, 'password is missing; send for example {"password": "new one"}')
        mailbox.change_password(password)
        await self._connections.cut(mailbox)
        return Response(status_code=_DONE)

    async def _end_password(self, request: Request) -> Response:
        mailbox = self._mailbox(request)
        try:
            mailbox.password_expires = expiry_in((await _values(request)).get("expires"))
        except ValueError as error:
            raise HTTPException(400, str(error)) from error
        return Response(status_code=_DONE)

    async def _never_end_password(self, request: Request) -> Response:
        self._mailbox(request).password_expires = None
        return Response(status_code=_DONE)

    async def _add_event(self, request: Request) -> Response:
        values = await _values(request)
        event = await self._in_calendar(events.add_event, self._mailbox(request), values)
        return JSONResponse({"id": event}, status_code=201)

    async def _change_event(self, request: Request) -> Response:
        values = await _values(request)
        event = request.path_params["event"]
        await self._in_calendar(events.change_event, self._mailbox(request), event, values)
        return JSONResponse({"id": event})

    async def _delete_event(self, request: Request) -> Response:
        await self._in_calendar(events.delete_event, self._mailbox(request), request.path_params["event"])
        return Response(status_code=_DONE)

    async def _play_fault(self, request: Request) -> Response:
        try:
            values = await _values(request)
            fault = await run_in_threadpool(self._faults.play, request.path_params["name"], values)
        except FaultError as error:
            raise HTTPException(400, str(error)) from error
        self._power.heed(self._faults)
        if fault.ends_streams:
            self._streams.end(values.get("mailbox"))
        return Response(status_code=_DONE)

    async def _clear_faults(self, request: Request) -> Response:
        await run_in_threadpool(self._faults.clear, request.path_params.get("name"))
        self._power.heed(self._faults)
        return Response(status_code=_DONE)

    async def _go_down(self, _request: Request) -> Response:
        await self._power.go_down()
        return Response(status_code=_DONE)

    async def _come_up(self, _request: Request) -> Response:
        await self._power.come_up()
        return Response(status_code=_DONE)

    def _mailbox(self, request: Request) -> Mailbox:
        email = request.path_params["email"]
        mailbox = self._exchange.mailbox(email)
        if mailbox is None:
            raise HTTPException(
                404, f"there is no mailbox {email}; there are: {', '.join(self._exchange.mailboxes)}"
            )
        return mailbox

    async def _in_calendar(self, change: Callable[..., Any], *arguments: Any) -> Any:
        """Change a calendar in a worker thread, as the world may be busy answering a client."""
        try:
            return await run_in_threadpool(change, self._exchange, *arguments)
        except LookupError as error:
            raise HTTPException(404, str(error)) from error
        except ValueError as error:
            raise HTTPException(400, str(error)) from error


class _BearerToken:
    """Lets nobody in without the token."""

    def __init__(self, application: ASGIApp, token: str) -> None:
        self._application = application
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = dict(scope["headers"]).get(b"authorization", b"")
        if hmac.compare_digest(given, self._expected):
            await self._application(scope, receive, send)
            return
        answer = JSONResponse(
            {"error": "send the ready line's token as Authorization: Bearer TOKEN"},
            status_code=401,
            headers={"WWW-Authenticate": "Bearer"},
        )
        await answer(scope, receive, send)


async def _values(request: Request) -> dict[str, Any]:
    """Return the JSON object in a request's body, empty where there is none."""
    body = await request.body()
    if not body.strip():
        return {}
    try:
        values = json.loads(body)
    except ValueError as error:
        raise HTTPException(400, f"the body is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise HTTPException(400, 'the body is a JSON object, such as {"seconds": 5}')
    return values


async def _error(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, status_code=error.status_code)


def _mailbox_as_json(exchange: Exchange, mailbox: Mailbox) -> dict[str, Any]:
    domain = exchange.domain_of(mailbox.email)
    return {
        "email": mailbox.email,
        "display_name": mailbox.display_name,
        "schemes": list(mailbox.schemes),
        "forms": sorted(mailbox.forms),
        "needs": list(mailbox.needs),
        "ews_url": ews_url(domain) if domain else None,
    }
