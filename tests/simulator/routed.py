"""A requests adapter that reaches a simulator's host names without any look-up."""

import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

Routes = dict[tuple[str, int], tuple[str, int]]


class RoutedAdapter(HTTPAdapter):
    """Goes where the ready line says, and nowhere else; TLS still checks the host's name."""

    def __init__(self, ready: dict[str, Any], **keywords: Any) -> None:
        self._ready = ready
        super().__init__(**keywords)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **keywords: Any) -> None:
        self.poolmanager = PoolManager(num_pools=connections, maxsize=maxsize, block=block, **keywords)
        self.poolmanager.pool_classes_by_scheme = _pool_classes(routes(self._ready))

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        check: Any = super().cert_verify
        check(conn, url, self._ready["ca_file"], cert)


def routes(ready: dict[str, Any]) -> Routes:
    """The ready line's routes, from host and port to address and port."""
    parts = (route.split(":") for route in ready["connect_to"])
    return {(host, int(port)): (target, int(number)) for host, port, target, number in parts}


def _pool_classes(table: Routes) -> dict[str, Any]:
    def connected(host: str, port: int | None, timeout: Any) -> socket.socket:
        target = ("127.0.0.1", port or 0) if host == "127.0.0.1" else table.get((host, port or 0))
        if target is None:
            raise ConnectionRefusedError(f"no route for {host}:{port}")
        connection = socket.create_connection(target, timeout if isinstance(timeout, (int, float)) else 10)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    class RoutedHttps(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return connected(self.host, self.port, self.timeout)

    class RoutedHttp(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return connected(self.host, self.port, self.timeout)

    class HttpsPool(HTTPSConnectionPool):
        ConnectionCls = RoutedHttps

    class HttpPool(HTTPConnectionPool):
        ConnectionCls = RoutedHttp

    return {"https": HttpsPool, "http": HttpPool}
