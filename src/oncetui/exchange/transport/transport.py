"""One way to the network: makes sessions, and ends all of them at once."""

import contextlib
from collections.abc import Iterator
from typing import Any

import requests

from oncetui import __version__
from oncetui.exchange.signing_in.wire import SigningIn
from oncetui.exchange.transport.adapter import DirectAdapter
from oncetui.exchange.transport.connections import CONNECT_SECONDS
from oncetui.exchange.transport.door import Door
from oncetui.exchange.transport.lifeline import Lifeline
from oncetui.exchange.transport.names import LookUp, looked_up_by_the_system
from oncetui.exchange.transport.noticing import Noticed
from oncetui.exchange.transport.phases import Phase, Watch, unwatched
from oncetui.model.connection import NetworkRoute
from oncetui.model.tracing import RequestTrace
from oncetui.model.way_taken import WayTaken

USER_AGENT = f"oncetui/{__version__}"


class Transport:
    """Everything that goes out by one `NetworkRoute`.

    Of the environment only `SSL_CERT_FILE` and `SSL_CERT_DIR` have a say in it, by which OpenSSL is told
    where the system's authorities are, and its proxies where the route says so: neither `~/.netrc` nor the
    variables of requests. Each request is noted in the `trace`, redacted.
    """

    def __init__(
        self,
        route: NetworkRoute,
        trace: RequestTrace | None = None,
        look_up: LookUp = looked_up_by_the_system,
        watch: Watch = unwatched,
    ) -> None:
        self.route = route
        self.trace = trace if trace is not None else RequestTrace()
        self.lifeline = Lifeline()
        self._noticed = Noticed()
        self._watch = watch
        self._door = Door(route, self.lifeline, look_up, self._on_the_way)

    @property
    def way(self) -> WayTaken:
        """What was seen by the by of the way to the server that was asked last."""
        return self._noticed.way

    def session(self, sign_in: SigningIn | None = None) -> requests.Session:
        """Return a session with one connection a host, for one thread at a time; it follows no redirect."""
        session = _DirectSession()
        session.trust_env = False
        session.headers = requests.structures.CaseInsensitiveDict(
            {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "*/*"}
        )
        adapter = DirectAdapter(self._door, sign_in, self.trace, self._noticed)
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        return session

    def reach(self, host: str, port: int, seconds: float = CONNECT_SECONDS) -> None:
        """Connect and agree on TLS, each within these seconds, and hang up; raise what went wrong."""
        sock = self._door.open(host, port, seconds)
        with (
            contextlib.closing(sock),
            self.lifeline.holding(sock) as number,
            self.lifeline.limiting(number, seconds),
        ):
            self._door.secure(sock, host, port).close()

    def _on_the_way(self, host: str, port: int, phase: Phase, address: str) -> None:
        self._noticed.watch(host, port, phase, address)
        self._watch(host, port, phase, address)

    def cut(self) -> None:
        """End what waits now; what begins afterwards is as before."""
        self.lifeline.cut_all()

    def abort(self) -> None:
        """End everything that waits; from now on this transport raises `CancelledByUserError`."""
        self.lifeline.abort()


class _DirectSession(requests.Session):
    def resolve_redirects(self, *_: Any, **__: Any) -> Iterator[Any]:
        """Follow nothing: where a redirect may lead is decided by whoever asked."""
        return iter(())
