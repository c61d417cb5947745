"""Names, ports and proxies."""

import socket
import threading
from dataclasses import replace

from oncetui.connector.known_places import as_known
from oncetui.exchange.faults.circumstances import asking
from oncetui.exchange.faults.telling import told_as_problem
from oncetui.exchange.probing import probe_server
from oncetui.exchange.transport.names import Address
from oncetui.exchange.transport.transport import Transport
from oncetui.model.connection import NetworkRoute
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.secret import Secret
from tests.causes.producing import (
    IT,
    RETRY,
    USER,
    https_port,
    on_two_lines,
    status_alone,
)
from tests.causes.row import HOST, Row, Stage, caught
from tests.exchange.servers import Proxy, letting_through, serving, silent, silent_ipv6
from tests.exchange.site import CONTOSO

# A label this long can't be looked up, so that such a name never leaves this machine.
NO_SUCH_NAME = f"https://{'x' * 64}.example/EWS/Exchange.asmx"


def _shut_port(stage: Stage) -> NetworkRoute:
    with serving(lambda _: None) as port:
        pass
    return stage.at_port(port)


def _name_gone(stage: Stage) -> Problem:
    return as_known(ProblemError(stage.probed(url=NO_SUCH_NAME))).problem


def _proxied(stage: Stage, proxy: str, user: str | None = None) -> NetworkRoute:
    # The names of the simulated world are known by detours alone.
    password = None if user is None else Secret("not that one")
    return replace(stage.site.route, proxy=proxy, proxy_user=user, proxy_password=password)


class ThroughProxy:
    """Ask through a proxy that refuses."""

    def __init__(self, refusal: bytes | None, user: str | None = None) -> None:
        self._refusal, self._user = refusal, user

    def __call__(self, stage: Stage) -> Problem:
        with serving(Proxy(self._refusal)) as port:
            return stage.probed(_proxied(stage, f"http://127.0.0.1:{port}", self._user))


def _no_proxy_there(stage: Stage) -> Problem:
    with serving(lambda _: None) as port:
        pass
    return stage.probed(_proxied(stage, f"http://127.0.0.1:{port}"))


def _proxy_gone(stage: Stage) -> Problem:
    return as_known(ProblemError(_no_proxy_there(stage))).problem


def _proxy_hangs_up(stage: Stage) -> Problem:
    with serving(letting_through(0, 0)) as port:
        return stage.probed(_proxied(stage, f"http://127.0.0.1:{port}"))


def _on_two_lines_by_proxy(stage: Stage) -> Problem:
    with serving(Proxy()) as port:
        return on_two_lines(stage, f"http://127.0.0.1:{port}")


def _no_answer(stage: Stage) -> Problem:
    with serving(silent(threading.Event())) as port:
        route = stage.at_port(port)
        transport = Transport(route)

        def reach() -> None:
            with told_as_problem(asking(CONTOSO, route), transport.lifeline):
                transport.reach(HOST, 443, 0.2)

        return caught(reach)


def _reset_in_an_answer(stage: Stage) -> Problem:
    return stage.in_use(lambda: stage.play("reset"))


def _ipv6_silent(stage: Stage) -> Problem:
    route, port = replace(stage.site.route, detours=()), https_port(stage)
    with silent_ipv6() as address:
        found: list[Address] = [address, (socket.AF_INET, ("127.0.0.1", port))]
        transport = Transport(route, look_up=lambda _host, _port: found)
        probe_server(CONTOSO, transport)
        transport.abort()
    (warning,) = transport.way.warnings(HOST)
    return warning


NETWORK_ROWS = (
    Row(
        "3",
        "host-not-found",
        USER,
        "a name that can't exist",
        "Check the EWS URL",
        lambda stage: stage.probed(url=NO_SUCH_NAME),
    ),
    Row(
        "3", "host-gone", RETRY, "the same name, on a connection that worked", "Wait, or connect", _name_gone
    ),
    Row(
        "16",
        "connection-refused",
        RETRY,
        "a port where nobody listens",
        "Wait",
        lambda stage: stage.probed(_shut_port(stage)),
    ),
    Row("16", "no-answer", RETRY, "a port that takes connections and says nothing", "Wait", _no_answer),
    Row("17", "ipv6-broken", IT, "an IPv6 address that keeps silent", "Tell your IT support", _ipv6_silent),
    Row(
        "18",
        "proxy-sign-in",
        USER,
        "a proxy that answers 407",
        "Enter the proxy's",
        ThroughProxy(b"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\n\r\n"),
    ),
    Row(
        "18",
        "proxy-password-refused",
        USER,
        "407 to the proxy's password",
        "Enter the proxy's",
        ThroughProxy(b"HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\n\r\n", "anna"),
    ),
    Row(
        "18",
        "proxy-sign-in-unsupported",
        IT,
        "407 that offers NTLM alone",
        "Ask IT",
        ThroughProxy(b"HTTP/1.1 407 No\r\nProxy-Authenticate: NTLM\r\n\r\n"),
    ),
    Row(
        "19",
        "proxy-unreachable",
        USER,
        "a proxy's port where nobody listens",
        "Correct the proxy",
        _no_proxy_there,
    ),
    Row("19", "proxy-gone", RETRY, "the same, on a connection that worked", "Wait", _proxy_gone),
    Row(
        "20",
        "proxy-refuses",
        IT,
        "a proxy that answers 403",
        "Ask IT",
        ThroughProxy(b"HTTP/1.1 403 No\r\n\r\n"),
    ),
    Row(
        "20",
        "proxy-cannot-reach",
        RETRY,
        "a proxy that answers 502",
        "Wait",
        ThroughProxy(b"HTTP/1.1 502 No\r\n\r\n"),
    ),
    Row("20", "proxy-cuts", RETRY, "a proxy that hangs up", "Wait", _proxy_hangs_up),
    Row(
        "20",
        "proxy-breaks-sign-in",
        IT,
        "each step of NTLM on a line of its own, behind a proxy",
        "Ask IT",
        _on_two_lines_by_proxy,
    ),
    Row("21", "captive-portal", RETRY, "511", "Open any page", status_alone(511)),
    Row("30", "connection-lost", RETRY, "a reset in the middle of an answer", "Wait", _reset_in_an_answer),
)
