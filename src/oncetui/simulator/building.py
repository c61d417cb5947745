"""The simulator's doors: the ports, and what stands behind each."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from oncetui.simulator.control import Control
from oncetui.simulator.faults.playing import Faults
from oncetui.simulator.ready_line import Doors
from oncetui.simulator.request_log import RequestLog
from oncetui.simulator.web.certificates import CertificateKind, ServerCertificate
from oncetui.simulator.web.connections import HttpListener, OpenConnections
from oncetui.simulator.web.doorway import TlsEntrance
from oncetui.simulator.web.front_end import FrontEnd
from oncetui.simulator.web.generations import Generation
from oncetui.simulator.web.plain_front_end import PlainFrontEnd
from oncetui.simulator.web.ports import AnsweringPort, HeldPort
from oncetui.simulator.web.presentations import Presentations
from oncetui.simulator.web.sending import Streams
from oncetui.simulator.web.web_services import AnswerEws, WebServices
from oncetui.simulator.world import Exchange


@dataclass(frozen=True)
class Inside:
    """What all doors lead to; `token` opens the control door."""

    exchange: Exchange
    generation: Generation
    answer_ews: AnswerEws
    token: str
    faults: Faults
    log: RequestLog = field(default_factory=RequestLog)
    connections: OpenConnections = field(default_factory=OpenConnections)
    streams: Streams = field(default_factory=Streams)


class Building:
    """The simulator's doors: the ports, and what stands behind each."""

    def __init__(
        self,
        inside: Inside,
        certificates: Mapping[CertificateKind, ServerCertificate],
        workers: ThreadPoolExecutor,
        port: int,
    ) -> None:
        control = Control(
            inside.exchange,
            inside.token,
            log=inside.log,
            faults=inside.faults,
            connections=inside.connections,
            streams=inside.streams,
            power=self,
        )
        self._connections = inside.connections
        self._controllers = OpenConnections()
        self._streams = inside.streams
        secure = HttpListener(_front_end(inside, workers), self._connections)
        plain = HttpListener(PlainFrontEnd(inside.exchange, inside.log), self._connections)
        controlled = HttpListener(control.application, self._controllers)
        self._listeners = (secure, plain, controlled)
        self._entrance = TlsEntrance(secure, plain, Presentations(certificates), inside.faults.opening)
        self._https = AnsweringPort(self._entrance.protocol, port)
        self._http = AnsweringPort(plain.protocol)
        self._control = AnsweringPort(controlled.protocol)
        self._closed = HeldPort()

    async def open(self) -> None:
        """Answer at every door but the closed one."""
        await self._control.answer()
        await self.come_up()

    async def come_up(self) -> None:
        """Answer clients (again)."""
        self._connections.barred = False
        await self._https.answer()
        await self._http.answer()

    async def go_down(self) -> None:
        """Refuse clients, and cut those that are there."""
        self._connections.barred = True
        self._https.refuse()
        self._http.refuse()
        self._streams.end()
        await self._connections.cut()

    def heed(self, faults: Faults) -> None:
        """Let the closed door refuse, or take connections and say nothing."""
        if faults.silences_closed_doors():
            self._closed.keep_silent()
        else:
            self._closed.refuse()

    def doors(self) -> Doors:
        """Return the ports' numbers."""
        return Doors(self._https.number, self._http.number, self._closed.number, self._control.number)

    async def close(self) -> None:
        """Give every port back and end what is under way."""
        for port in (self._https, self._http, self._control, self._closed):
            port.close()
        self._connections.barred = self._controllers.barred = True
        self._streams.close()
        await self._entrance.end()
        for listener in self._listeners:
            await listener.end()


def _front_end(inside: Inside, workers: ThreadPoolExecutor) -> FrontEnd:
    services = WebServices(inside.exchange, inside.answer_ews, inside.faults, workers, inside.generation)
    return FrontEnd(
        inside.exchange,
        services,
        faults=inside.faults,
        log=inside.log,
        streams=inside.streams,
        workers=workers,
        generation=inside.generation,
    )
