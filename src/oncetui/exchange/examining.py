"""Looking at a server without credentials, stage by stage, on one connection as far as TLS."""

import socket
from contextlib import closing
from urllib.parse import urlsplit

from oncetui.exchange.faults.circumstances import asking
from oncetui.exchange.faults.telling import told_as_problem
from oncetui.exchange.probing import probe_server
from oncetui.exchange.transport.connections import CONNECT_SECONDS
from oncetui.exchange.transport.dialling import dial
from oncetui.exchange.transport.door import Door
from oncetui.exchange.transport.names import Address, addresses_of
from oncetui.exchange.transport.noticing import seconds_ahead
from oncetui.exchange.transport.shown_certificate import certificate_of
from oncetui.exchange.transport.transport import Transport
from oncetui.model.cancellation import Cancellation
from oncetui.model.checkup import Stage
from oncetui.model.connection import NetworkRoute
from oncetui.model.course import Course, Notes
from oncetui.model.discovering import ServerProbe
from oncetui.model.problems.local import CLOCK_WRONG
from oncetui.model.problems.network import IPV6_BROKEN
from oncetui.model.tracing import RequestTrace, TracedRequest
from oncetui.model.way_taken import CLOCK_MAY_DIFFER

_TOLD = {
    "server": "Server",
    "front_end": "X-FEServer",
    "request_id": "request-id",
    "via": "Via",
    "date": "Date",
}


class ExchangeExaminer:
    """`Examiner` of Exchange servers; requests are noted in the `trace`."""

    def __init__(self, trace: RequestTrace | None = None) -> None:
        self._trace = trace if trace is not None else RequestTrace()

    def examine(
        self, url: str, route: NetworkRoute, course: Course, cancellation: Cancellation
    ) -> ServerProbe:
        """Go through DNS, proxy, TCP, TLS and HTTP, and return what the server tells of itself."""
        examined = RequestTrace()
        transport = Transport(route, examined)
        try:
            with cancellation.waking(transport.abort):
                return _Examination(url, transport, course, examined).run()
        finally:
            for request in examined.recent():
                self._trace.note(request)


class _Examination:
    def __init__(self, url: str, transport: Transport, course: Course, examined: RequestTrace) -> None:
        parts = urlsplit(url)
        self._url = url
        self._host, self._port = parts.hostname or "", parts.port or 443
        self._transport = transport
        self._route = transport.route
        self._door = Door(transport.route, transport.lifeline)
        self._course = course
        self._examined = examined
        self._at = asking(url, transport.route)

    def run(self) -> ServerProbe:
        """Go through the stages."""
        addresses = self._look_up()
        tunnel = self._reach_proxy()
        sock = self._connect(addresses) if tunnel is None else self._through(tunnel)
        self._secure(sock)
        return self._ask()

    def _look_up(self) -> list[Address]:
        with self._course.stage(Stage.DNS) as notes, told_as_problem(self._at, self._transport.lifeline):
            notes.note(host=self._host)
            target, port = self._target
            if self._at.proxy is not None:
                notes.note(looked_up_by="the proxy")
                return []
            if (target, port) != (self._host, self._port):
                notes.note(reached_at=f"{target}:{port}, told by --connect-to")
            found = addresses_of(target, port, self._transport.lifeline)
            notes.note(ipv4=_of_family(found, socket.AF_INET), ipv6=_of_family(found, socket.AF_INET6))
            return found

    @property
    def _target(self) -> tuple[str, int]:
        for detour in self._route.detours:
            if (detour.host.lower(), detour.port) == (self._host.lower(), self._port):
                return detour.to_host, detour.to_port
        return self._host, self._port

    def _reach_proxy(self) -> socket.socket | None:
        with self._course.stage(Stage.PROXY) as notes, told_as_problem(self._at, self._transport.lifeline):
            notes.note(proxy=self._at.proxy or "none", proxy_user=self._at.proxy_user)
            if self._at.proxy is None:
                return None
            return self._door.open(self._host, self._port, CONNECT_SECONDS)

    def _through(self, tunnel: socket.socket) -> socket.socket:
        with self._course.stage(Stage.TCP) as notes:
            notes.note(connected="by the proxy")
            return tunnel

    def _connect(self, addresses: list[Address]) -> socket.socket:
        with self._course.stage(Stage.TCP) as notes, told_as_problem(self._at, self._transport.lifeline):
            sock = dial(addresses, self._transport.lifeline, CONNECT_SECONDS)
            sock.settimeout(CONNECT_SECONDS)
            reached, port = sock.getpeername()[:2]
            notes.note(address=reached, port=port)
            first = addresses[0][0] if addresses else sock.family
            if first is socket.AF_INET6 and sock.family is socket.AF_INET:
                silent = IPV6_BROKEN.problem(host=self._host, address=addresses[0][1][0])
                notes.warn(silent.what)
            return sock

    def _secure(self, sock: socket.socket) -> None:
        lifeline = self._transport.lifeline
        with (
            closing(sock),
            self._course.stage(Stage.TLS) as notes,
            told_as_problem(self._at, lifeline),
            lifeline.holding(sock) as number,
            lifeline.limiting(number, CONNECT_SECONDS),
            closing(self._door.secure(sock, self._host, self._port)) as secured,
        ):
            cipher = secured.cipher()
            notes.note(version=secured.version(), cipher=cipher[0] if cipher else None)
            shown = secured.getpeercert(binary_form=True)
            notes.note(**certificate_of(shown if isinstance(shown, bytes) else b"").as_evidence())

    def _ask(self) -> ServerProbe:
        with self._course.stage(Stage.HTTP) as notes, told_as_problem(self._at, self._transport.lifeline):
            try:
                probe = probe_server(self._url, self._transport)
            finally:
                asked = self._examined.recent()
                if asked:
                    _note_answer(notes, asked[0])
            notes.note(
                sign_in_offered=", ".join(probe.offered),
                windows_domain=probe.windows_domain,
                product=probe.server.product,
                build=probe.server.build,
            )
            return probe


def _note_answer(notes: Notes, asked: TracedRequest) -> None:
    notes.note(url=f"https://{asked.host}{asked.path}", status=asked.status)
    notes.note(**{name: asked.header(header) for name, header in _TOLD.items()})
    seconds = seconds_ahead(asked.header("Date"), asked.at)
    if seconds is None:
        return
    notes.note(clock_difference=f"{seconds:+.0f} s" if abs(seconds) >= 2 else "under 2 s")
    if abs(seconds) > CLOCK_MAY_DIFFER:
        notes.warn(CLOCK_WRONG.problem(minutes=round(abs(seconds) / 60)).what)


def _of_family(addresses: list[Address], family: socket.AddressFamily) -> str:
    return ", ".join(dict.fromkeys(where[0] for found, where in addresses if found is family))
