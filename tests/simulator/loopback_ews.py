"""A plain HTTP server on loopback in front of `answer`, for clients that want a socket."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from oncetui.simulator.ews import answer
from oncetui.simulator.world import Exchange


class Recorder:
    """What went over the wire: requests and answers, oldest first."""

    def __init__(self) -> None:
        self.exchanges: list[tuple[bytes, bytes]] = []


@contextmanager
def serving(exchange: Exchange) -> Iterator[tuple[str, Recorder]]:
    """Serve the world until the block ends; gives the EWS URL and what is recorded."""
    recorder = Recorder()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            scheme, _, token = self.headers.get("Authorization", "").partition(" ")
            if scheme != "Basic":
                self._send(401, b"", {"WWW-Authenticate": 'Basic realm="loopback"'})
                return
            email = base64.b64decode(token).decode().partition(":")[0]
            reply = answer(exchange, exchange.mailboxes[email], body)
            recorder.exchanges.append((body, reply.body))
            self._send(reply.status, reply.body, reply.headers)

        def do_GET(self) -> None:
            self._send(401, b"", {"WWW-Authenticate": 'Basic realm="loopback"'})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/EWS/Exchange.asmx", recorder
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()
