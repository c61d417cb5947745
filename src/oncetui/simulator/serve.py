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

from oncetui.simulator.building import Building, Inside
from oncetui.simulator.ews import answer
from oncetui.simulator.faults.playing import Faults
from oncetui.simulator.flaws import flaws_on_standard_error
from oncetui.simulator.ready_line import ready_line
from oncetui.simulator.scenario_choice import chosen, generation_named
from oncetui.simulator.web.certificates import issue_all
from oncetui.simulator.web.generations import LATEST, Generation, GenerationName
from oncetui.simulator.web.hosts import certified_domains, host_names
from oncetui.simulator.web.web_services import AnswerEws
from oncetui.simulator.world import Exchange

_WORKERS = 8
_START_SECONDS = 20
_STOP_SECONDS = 5


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
        self.token = secrets.token_urlsafe(24)
        self.faults = Faults(exchange)
        for name, values in (faults or {}).items():
            self.faults.play(name, values)
        self._inside = Inside(exchange, generation, answer_ews, self.token, self.faults)
        self.log = self._inside.log
        self.connections = self._inside.connections
        self.streams = self._inside.streams
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
        certificates = issue_all(
            host_names(self.exchange), certified_domains(self.exchange), datetime.now(UTC)
        )
        workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="simulated-exchange")
        with tempfile.TemporaryDirectory(prefix="oncetui-simulator-") as folder:
            building = Building(self._inside, certificates, workers, port)
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
    given = chosen(scenario)
    return RunningSimulator(
        given.exchange,
        port,
        generation=generation_named(generation or given.generation or LATEST.name),
        faults={**given.faults, **(faults or {})},
        answer_ews=answer_ews,
    )


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
