"""A plain HTTP server on loopback in front of `answer`, for clients that want a socket."""

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from oncetui.simulator.ews import answer
from oncetui.simulator.world import Exchange


class Recorder:
    """What went over the wire: requests and answers, oldest first; an event stream's parts one by one."""

    def __init__(self) -> None:
        self.exchanges: list[tuple[bytes, bytes]] = []
        self.closed = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    exchange: Exchange
    recorder: Recorder

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            self._send(401, b"", {"WWW-Authenticate": 'Basic realm="loopback"'})
            return
        email = base64.b64decode(token).decode().partition(":")[0]
        reply = answer(self.exchange, self.exchange.mailboxes[email], body)
        if reply.pieces is not None:
            self._send_pieces(body, reply.pieces(self.recorder.closed), reply.headers)
            return
        self.recorder.exchanges.append((body, reply.body))
        self._send(reply.status, reply.body, reply.headers)

    def do_GET(self) -> None:
        self._send(401, b"", {"WWW-Authenticate": 'Basic realm="loopback"'})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self._head(status, {**headers, "Content-Length": str(len(body))})
        self.wfile.write(body)

    def _send_pieces(self, request: bytes, pieces: Iterator[bytes], headers: dict[str, str]) -> None:
        self._head(200, {**headers, "Transfer-Encoding": "chunked", "Connection": "close"})
        try:
            for piece in pieces:
                self.recorder.exchanges.append((request, piece))
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        pass


@contextmanager
def serving(exchange: Exchange) -> Iterator[tuple[str, Recorder]]:
    """Serve the world until the block ends; gives the EWS URL and what is recorded."""
    recorder = Recorder()
    handler = type("Handler", (_Handler,), {"exchange": exchange, "recorder": recorder})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/EWS/Exchange.asmx", recorder
    finally:
        recorder.closed.set()
        server.shutdown()
        thread.join(5)
        server.server_close()
