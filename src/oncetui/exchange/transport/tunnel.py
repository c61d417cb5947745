"""Asking a proxy for a tunnel (RFC 9110, CONNECT)."""

import contextlib
import http.client
import socket
import ssl

from oncetui.exchange.faults.answer_facts import schemes_in
from oncetui.exchange.transport.failures import ProxyCutError, ProxyRefusalError
from oncetui.exchange.transport.proxies import ProxyServer, ProxySignIn

_LONGEST_WORD = 60


def ask_for_tunnel(
    sock: socket.socket, proxy: ProxyServer, sign_in: ProxySignIn, host: str, port: int
) -> None:
    """Have the proxy connect to a host; raise `ProxyRefusalError` or `ProxyCutError` where it doesn't."""
    authorization = proxy.authorization
    with contextlib.nullcontext() if authorization is None else sign_in.trying():
        answer = _asked(sock, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", authorization)
        offered = schemes_in(answer.headers.get_all("Proxy-Authenticate", []))
        if authorization is not None:
            sign_in.answered(answer.status, offered)
    if not 200 <= answer.status < 300:
        raise ProxyRefusalError(
            answer.status, offered, signed_in=authorization is not None, reason=_word_of(answer)
        )


def _asked(sock: socket.socket, target: str, authorization: str | None) -> http.client.HTTPResponse:
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if authorization is not None:
        lines.append(f"Proxy-Authorization: {authorization}")
    answer = http.client.HTTPResponse(sock, method="CONNECT")
    try:
        sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
        with contextlib.closing(answer):
            answer.begin()
    except TimeoutError:
        raise  # the proxy waits for the host, as a rule
    except (ConnectionError, ssl.SSLError, http.client.HTTPException) as error:
        raise ProxyCutError("the proxy cut the connection") from error
    return answer


def _word_of(answer: http.client.HTTPResponse) -> str | None:
    """Return squid's own word for why, such as ERR_DNS_FAIL; other proxies have none."""
    told = (answer.headers.get("X-Squid-Error") or "").partition(" ")[0]
    return told[:_LONGEST_WORD] if told.replace("_", "").isalnum() else None
