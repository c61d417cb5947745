"""From a host's name to a socket that is ready for HTTP: detours, proxy, TLS."""

import contextlib
import functools
import socket
import ssl
from collections.abc import Callable

from urllib3.util.ssltransport import SSLTransport

from oncetui.exchange.transport.dialling import dial
from oncetui.exchange.transport.failures import (
    CertificateRefusedError,
    HandshakeCutError,
    InsideAddressError,
    ProxyCertificateError,
    ProxyUnreachableError,
)
from oncetui.exchange.transport.lifeline import Lifeline
from oncetui.exchange.transport.looking import Looking
from oncetui.exchange.transport.names import (
    LookUp,
    addresses_of,
    inside_address,
    literal_address,
    looked_up_by_the_system,
)
from oncetui.exchange.transport.phases import Phase, Watch, unwatched
from oncetui.exchange.transport.proxies import ProxyServer, ProxySignIn, proxy_towards
from oncetui.exchange.transport.shown_certificate import ShownCertificate, certificate_in
from oncetui.exchange.transport.trust import Trust
from oncetui.exchange.transport.tunnel import ask_for_tunnel
from oncetui.model.connection import NetworkRoute

Secured = ssl.SSLSocket | SSLTransport
_CUT = (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError)
LOOKING_SECONDS = 3.0
NAME_SECONDS = 1.0


class Door:
    """Opens connections by one `NetworkRoute`; `watch` is told how far each has come."""

    def __init__(
        self,
        route: NetworkRoute,
        lifeline: Lifeline,
        look_up: LookUp = looked_up_by_the_system,
        watch: Watch = unwatched,
    ) -> None:
        self.lifeline = lifeline
        self._look_up = look_up
        self._watch = watch
        self.proxy_sign_in = ProxySignIn()
        self._route = route
        self._trust = Trust(route.ca_file, route.pins)
        self._detours = {(d.host.lower(), d.port): (d.to_host, d.to_port) for d in route.detours}
        self._looking = Looking(self._looked_at, self._resolves)

    def proxy_towards(self, scheme: str, host: str) -> ProxyServer | None:
        """Return the proxy that leads to a host, None without one."""
        return proxy_towards(self._route, scheme, host)

    def open(self, host: str, port: int, seconds: float, *, scheme: str = "https") -> socket.socket:
        """Return a connected socket to a host, by its detour or through the proxy where it has one.

        Where the scheme is `http` a proxy is connected to, but not asked for a tunnel.
        """
        target = self._detours.get((host.lower(), port), (host, port))
        proxy = self.proxy_towards(scheme, host)
        if proxy is None:
            return self._dialled(*target, seconds, functools.partial(self._watch, host.lower(), port))
        self._watch(host.lower(), port, Phase.CONNECTING, "")
        sock = self._at_proxy(proxy, seconds)
        if scheme == "https":
            try:
                with self.lifeline.holding(sock) as number, self.lifeline.limiting(number, seconds):
                    ask_for_tunnel(sock, proxy, self.proxy_sign_in, *target)
            except BaseException:
                sock.close()
                raise
        return sock

    def secure(self, sock: socket.socket, host: str, port: int) -> Secured:
        """Return the socket with TLS on it, its certificate checked for `host`, before anything is sent.

        Raises `CertificateRefusedError`, for which another connection looks at the certificate, and
        `PinnedCertificateChangedError`.
        """
        try:
            secured = _wrapped(sock, self._trust.context_for(host), host)
        except ssl.SSLCertVerificationError as error:
            shown, resolves = self._looking.at(host, port)
            raise CertificateRefusedError(host, shown, resolves) from error
        except _CUT as error:
            raise HandshakeCutError("the connection ended during the TLS handshake") from error
        try:
            self._trust.check_pin(host, _inside(secured))
        except BaseException:
            secured.close()
            raise
        return secured

    def _dialled(
        self,
        host: str,
        port: int,
        seconds: float,
        watch: Callable[[Phase, str], None] = lambda _phase, _address: None,
    ) -> socket.socket:
        def passed_over(families: frozenset[int]) -> None:
            # One that only came second had no moment of its own to answer in.
            if socket.AF_INET6 in families and addresses[0][0] == socket.AF_INET6:
                watch(Phase.WITHOUT_IPV6, addresses[0][1][0])

        addresses = literal_address(host, port)
        if not addresses:
            watch(Phase.RESOLVING, "")
            addresses = addresses_of(host, port, self.lifeline, look_up=self._look_up)
        watch(Phase.CONNECTING, "")
        try:
            sock = dial(addresses, self.lifeline, seconds, passed_over)
        except TimeoutError as error:
            inside = inside_address(addresses)
            if inside is None:
                raise
            raise InsideAddressError(inside) from error
        sock.settimeout(seconds)
        return sock

    def _at_proxy(self, proxy: ProxyServer, seconds: float) -> socket.socket:
        try:
            sock = self._dialled(proxy.host, proxy.port, seconds)
        except OSError as error:
            raise ProxyUnreachableError("the proxy can't be reached") from error
        if proxy.scheme == "http":
            return sock
        try:
            with self.lifeline.holding(sock) as number, self.lifeline.limiting(number, seconds):
                return self._trust.context_for(proxy.host).wrap_socket(sock, server_hostname=proxy.host)
        except ssl.SSLCertVerificationError as error:
            sock.close()
            raise ProxyCertificateError(f"{proxy.host} shows a certificate that fails its check") from error
        except OSError as error:
            sock.close()
            raise ProxyUnreachableError("the proxy speaks no TLS") from error

    def _looked_at(self, host: str, port: int) -> ShownCertificate:
        sock = self.open(host, port, LOOKING_SECONDS)
        with (
            contextlib.closing(sock),
            self.lifeline.holding(sock) as number,
            self.lifeline.limiting(number, LOOKING_SECONDS),
            contextlib.closing(_wrapped(sock, self._trust.looking(), host)) as secured,
        ):
            return certificate_in(_inside(secured))

    def _resolves(self, name: str) -> bool:
        if any(host == name.lower() for host, _ in self._detours):
            return True
        try:
            return bool(addresses_of(name, 443, self.lifeline, NAME_SECONDS, self._look_up))
        except OSError:
            return False


def _wrapped(sock: socket.socket, context: ssl.SSLContext, host: str) -> Secured:
    # A socket that is TLS to the proxy already can't be wrapped by Python's own a second time.
    if isinstance(sock, ssl.SSLSocket):
        return SSLTransport(sock, context, server_hostname=host)
    return context.wrap_socket(sock, server_hostname=host)


def _inside(secured: Secured) -> ssl.SSLSocket | ssl.SSLObject:
    return secured.sslobj if isinstance(secured, SSLTransport) else secured
