"""Runs the simulated Exchange: in a thread for other programs, until a signal for the command line."""

import asyncio
import secrets
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from oncetui.simulator.control import Control
from oncetui.simulator.ews import answer
from oncetui.simulator.faults.playing import Faults
from oncetui.simulator.faults.values import FaultError
from oncetui.simulator.flaws import flaws_on_standard_error
from oncetui.simulator.ready_line import Doors, ready_line
from oncetui.simulator.request_log import RequestLog
from oncetui.simulator.scenario import default_scenario, outside_scenario
from oncetui.simulator.scenario_file import ScenarioFile, UnreadableScenarioError, read_scenario
from oncetui.simulator.web.certificates import CertificateKind, ServerCertificate, issue_all
from oncetui.simulator.web.connections import HttpListener, OpenConnections
from oncetui.simulator.web.doorway import TlsEntrance
from oncetui.simulator.web.front_end import FrontEnd
from oncetui.simulator.web.generations import GENERATIONS, LATEST, Generation, GenerationName
from oncetui.simulator.web.hosts import certified_domains, host_names
from oncetui.simulator.web.plain_front_end import PlainFrontEnd
from oncetui.simulator.web.ports import AnsweringPort, HeldPort
from oncetui.simulator.web.presentations import Presentations
from oncetui.simulator.web.sending import Streams
from oncetui.simulator.web.web_services import AnswerEws, WebServices
from oncetui.simulator.world import Exchange

SCENARIOS: dict[str, Callable[[Callable[[], datetime]], Exchange]] = {
    "default": default_scenario,
    "outside": outside_scenario,
}
_WORKERS = 8
_START_SECONDS = 20
_STOP_SECONDS = 5


class UnknownScenarioError(LookupError):
    """No scenario has this name; the message says which there are."""


def scenario_named(name: str) -> Exchange:
    """Return a scenario, laid out around the present; raises UnknownScenarioError."""
    if name not in SCENARIOS:
        raise UnknownScenarioError(
            f"no scenario is named {name!r}; there are: {', '.join(sorted(SCENARIOS))}"
        )
    return SCENARIOS[name](_now)


def _scenario_in(path: Path) -> ScenarioFile:
    try:
        return read_scenario(path, _now)
    except UnreadableScenarioError as error:
        raise UnknownScenarioError(str(error)) from error


def _now() -> datetime:
    return datetime.now(UTC)


class RunningSimulator:
    """A simulated Exchange that is answering; a context manager that ends it.

    `ready` is the ready line as a dict. The server runs in a thread of its own.
    """

    def __init__(
        self,
        exchange: Exchange,
        port: int = 0,
        *,
        generation: Generation = LATEST,
        faults: Mapping[str, Mapping[str, Any]] | None = None,
        answer_ews: AnswerEws = answer,
    ) -> None:
        """Start it, on `port` or any free one for 0, with faults that are played from the beginning.

        Raises OSError where the port is taken and FaultError where a fault isn't right.
        """
        self.exchange = exchange
        self.exchange.newest_version = generation.newest_version
        self.generation = generation
        self.answer_ews = answer_ews
        self.token = secrets.token_urlsafe(24)
        self.log = RequestLog()
        self.faults = Faults(exchange)
        for name, values in (faults or {}).items():
            self.faults.play(name, values)
        self.connections = OpenConnections()
        self.streams = Streams()
        self._stop_asked: Future[None] = Future()
        started: Future[dict[str, Any]] = Future()
        self._thread = threading.Thread(
            target=self._run, args=(port, started), name="simulated-exchange", daemon=True
        )
        self._thread.start()
        self.ready: dict[str, Any] = started.result(_START_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End it: cut connections, give the ports back, remove the authority's file. Safe to call again."""
        if not self._stop_asked.done():
            self._stop_asked.set_result(None)
        self._thread.join(_STOP_SECONDS)

    def _run(self, port: int, started: "Future[dict[str, Any]]") -> None:
        try:
            asyncio.run(self._serve(port, started))
        except BaseException as error:
            if started.done():
                raise
            started.set_exception(error)  # raised again where `result` is waited for

    async def _serve(self, port: int, started: "Future[dict[str, Any]]") -> None:
        certificates = issue_all(host_names(self.exchange), certified_domains(self.exchange), _now())
        workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="simulated-exchange")
        with tempfile.TemporaryDirectory(prefix="oncetui-simulator-") as folder:
            building = _Building(self, certificates, workers, port)
            try:
                await building.open()
                building.heed(self.faults)
                ca_file = Path(folder, "ca.pem")
                ca_file.touch(mode=0o600)
                ca_file.write_bytes(certificates["good"].authority_pem)
                started.set_result(ready_line(self.exchange, building.doors(), str(ca_file), self.token))
                await asyncio.wrap_future(self._stop_asked)
            finally:
                await building.close()
                workers.shutdown(wait=False, cancel_futures=True)


class _Building:
    """The simulator's doors: the ports, and what stands behind each."""

    def __init__(
        self,
        simulator: RunningSimulator,
        certificates: Mapping[CertificateKind, ServerCertificate],
        workers: ThreadPoolExecutor,
        port: int,
    ) -> None:
        exchange, log = simulator.exchange, simulator.log
        control = Control(
            exchange,
            simulator.token,
            log=log,
            faults=simulator.faults,
            connections=simulator.connections,
            streams=simulator.streams,
            power=self,
        )
        services = WebServices(
            exchange, simulator.answer_ews, simulator.faults, workers, simulator.generation
        )
        front_end = FrontEnd(
            exchange,
            services,
            faults=simulator.faults,
            log=log,
            streams=simulator.streams,
            workers=workers,
            generation=simulator.generation,
        )
        self._connections = simulator.connections
        self._controllers = OpenConnections()
        self._streams = simulator.streams
        secure = HttpListener(front_end, self._connections)
        plain = HttpListener(PlainFrontEnd(exchange, log), self._connections)
        controlled = HttpListener(control.application, self._controllers)
        self._listeners = (secure, plain, controlled)
        self._entrance = TlsEntrance(secure, plain, Presentations(certificates), simulator.faults.opening)
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


def start(
    scenario: Exchange | str | Path = "default",
    *,
    port: int = 0,
    generation: GenerationName | None = None,
    faults: Mapping[str, Mapping[str, Any]] | None = None,
    answer_ews: AnswerEws = answer,
) -> RunningSimulator:
    """Start a simulated Exchange in a thread; use it in a `with` statement, or call its `stop`.

    `scenario` is a scenario's name, a TOML file (a path, or a text that ends with `.toml`) or a world of
    one's own; `generation` is what it looks like, 2019 unless its file says otherwise. `faults` are played
    from the beginning, by name; `answer_ews` answers operations in place of the simulator's own.
    Raises UnknownScenarioError, FaultError and OSError where the port is taken.
    """
    given = _given(scenario)
    return RunningSimulator(
        given.exchange,
        port,
        generation=_generation(generation or given.generation or LATEST.name),
        faults={**given.faults, **(faults or {})},
        answer_ews=answer_ews,
    )


def _given(scenario: Exchange | str | Path) -> ScenarioFile:
    if isinstance(scenario, Path) or (isinstance(scenario, str) and scenario.endswith(".toml")):
        given = _scenario_in(Path(scenario))
        _check_faults(given)
        return given
    return ScenarioFile(scenario_named(scenario) if isinstance(scenario, str) else scenario, None, {})


def _check_faults(given: ScenarioFile) -> None:
    """Find out about a file's faults before anything is started; raises UnknownScenarioError."""
    faults = Faults(given.exchange)
    try:
        for name, values in given.faults.items():
            faults.play(name, values)
    except (FaultError, TypeError) as error:
        raise UnknownScenarioError(f"faults: {error}") from error
    finally:
        faults.clear()


def _generation(name: str) -> Generation:
    for generation in GENERATIONS.values():
        if generation.name == name:
            return generation
    raise UnknownScenarioError(f"generation is one of {', '.join(GENERATIONS)}; it was {name!r}")


def run(scenario: str, port: int, announce: Callable[[dict[str, Any]], None]) -> None:
    """Run a scenario in the main thread until SIGINT or SIGTERM; `announce` gets the ready line as a dict.

    Raises what `start` raises.
    """
    asked = threading.Event()
    with _signals(asked), flaws_on_standard_error(), start(scenario, port=port) as simulator:
        announce(simulator.ready)
        while not asked.wait(0.5):  # in slices: on Windows a signal doesn't wake a wait without end
            pass


@contextmanager
def _signals(asked: threading.Event) -> Iterator[None]:
    def ask(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
