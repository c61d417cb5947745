"""From a host's name to a socket that is ready for HTTP: detours, proxy, TLS."""

import base64
import http.client
import socket
import ssl
from urllib.parse import urlsplit

from oncetui.exchange.transport.dialling import dial
from oncetui.exchange.transport.failures import ProxyRefusalError, ProxyUnreachableError
from oncetui.exchange.transport.lifeline import Lifeline
from oncetui.exchange.transport.names import addresses_of
from oncetui.exchange.transport.trust import Trust
from oncetui.model.connection import NetworkRoute


class Door:
    """Opens connections by one `NetworkRoute`."""

    def __init__(self, route: NetworkRoute, lifeline: Lifeline) -> None:
        self.lifeline = lifeline
        self._route = route
        self._trust = Trust(route.ca_file, route.pins)
        self._detours = {(d.host.lower(), d.port): (d.to_host, d.to_port) for d in route.detours}

    @property
    def proxy(self) -> tuple[str, int] | None:
        """Where the proxy listens, None without one."""
        if self._route.proxy is None:
            return None
        parts = urlsplit(self._route.proxy if "//" in self._route.proxy else f"//{self._route.proxy}")
        return (parts.hostname or "", parts.port or 8080)

    def proxy_authorization(self) -> str | None:
        """Return the header's value that signs in to the proxy, None where it needs none."""
        if self._route.proxy_user is None or self._route.proxy_password is None:
            return None
        pair = f"{self._route.proxy_user}:{self._route.proxy_password.reveal()}"
        return "Basic " + base64.b64encode(pair.encode()).decode("ascii")

    def open(self, host: str, port: int, seconds: float, *, through_proxy: bool = True) -> socket.socket:
        """Return a connected socket to a host, by its detour or through the proxy where it has one.

        Without `through_proxy` a proxy is connected to, but not asked for a tunnel.
        """
        target = self._detours.get((host.lower(), port), (host, port))
        if self.proxy is None:
            return self._dialled(*target, seconds)
        try:
            sock = self._dialled(*self.proxy, seconds)
        except OSError as error:
            raise ProxyUnreachableError("the proxy can't be reached") from error
        if through_proxy:
            try:
                self._ask_for_tunnel(sock, *target, seconds)
            except BaseException:
                sock.close()
                raise
        return sock

    def secure(self, sock: socket.socket, host: str) -> ssl.SSLSocket:
        """Return the socket with TLS on it, its certificate checked for `host`, before anything is sent."""
        secured = self._trust.context_for(host).wrap_socket(sock, server_hostname=host)
        try:
            self._trust.check_pin(host, secured.getpeercert(binary_form=True) or b"")
        except BaseException:
            secured.close()
            raise
        return secured

    def _dialled(self, host: str, port: int, seconds: float) -> socket.socket:
        sock = dial(addresses_of(host, port, self.lifeline), self.lifeline, seconds)
        sock.settimeout(seconds)
        return sock

    def _ask_for_tunnel(self, sock: socket.socket, host: str, port: int, seconds: float) -> None:
        number = self.lifeline.hold(sock)
        try:
            with self.lifeline.limiting(number, seconds):
                lines = [f"CONNECT {host}:{port} HTTP/1.1", f"Host: {host}:{port}"]
                authorization = self.proxy_authorization()
                if authorization is not None:
                    lines.append(f"Proxy-Authorization: {authorization}")
                sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
                answer = http.client.HTTPResponse(sock, method="CONNECT")
                answer.begin()
                if answer.status != http.HTTPStatus.OK:
                    raise ProxyRefusalError(answer.status)
        finally:
            self.lifeline.release(number)
