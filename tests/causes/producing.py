"""What the rows of the table have in common: a fault is played, then the server is asked."""

from dataclasses import replace

from oncetui.model.connection import Scheme
from oncetui.model.problem import Problem, Who
from tests.causes.https_servers import https_saying, identity, secured, two_lines
from tests.causes.row import ANNA, HOST, Stage
from tests.exchange.servers import serving

RETRY, USER, IT = Who.RETRY, Who.USER, Who.IT


class Played:
    """Ask the server without credentials while it has a fault."""

    def __init__(self, fault: str, **values: object) -> None:
        self._fault, self._values = fault, values

    def __call__(self, stage: Stage) -> Problem:
        stage.play(self._fault, **self._values)
        return stage.probed()


def status_alone(status: int) -> Played:
    """Ask a server that answers with a status and nothing else."""
    return Played("status", status=status)


class SignedIn(Played):
    """Sign in while the server has a fault."""

    def __call__(self, stage: Stage) -> Problem:
        stage.play(self._fault, **self._values)
        return stage.opened()


class Code:
    """Read a calendar that Exchange answers with a response code."""

    def __init__(self, code: str) -> None:
        self._code = code

    def __call__(self, stage: Stage) -> Problem:
        return stage.answered(self._code)


class Said:
    """Ask a server that says these bytes."""

    def __init__(self, status: str, *headers: str, body: str = "") -> None:
        lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(body)}", *headers]
        self._answer = "\r\n".join([*lines, "", body]).encode()

    def __call__(self, stage: Stage) -> Problem:
        own = identity(stage.folder)
        with https_saying(self._answer, own) as port:
            return stage.probed(stage.at_port(port, own.authority))


class Autodiscover:
    """Ask Autodiscover, signed in, while it has a fault."""

    def __init__(self, fault: str, **values: object) -> None:
        self._fault, self._values = fault, values

    def __call__(self, stage: Stage) -> Problem:
        return stage.named_by_autodiscover(self._fault, **self._values)


def https_port(stage: Stage) -> int:
    """Return where the server's host listens on this machine."""
    return next(one.to_port for one in stage.site.detours if (one.host, one.port) == (HOST, 443))


def on_two_lines(stage: Stage, proxy: str | None = None) -> Problem:
    """Sign in by NTLM, each step over a line of its own."""
    own = identity(stage.folder)
    with serving(secured(two_lines(https_port(stage), stage.site.ca_file), own)) as port:
        route = replace(stage.at_port(port, own.authority), proxy=proxy)
        return stage.opened(stage.site.access(ANNA, Scheme.NTLM, route=route))
