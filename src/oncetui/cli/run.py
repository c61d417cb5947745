"""`oncetui run`: the connector without a screen, for a service manager."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from oncetui.cli.compose import Composition
from oncetui.cli.outcome import CANCELLED
from oncetui.cli.service_manager import ServiceManager

if TYPE_CHECKING:
    from oncetui.cli.run_log import RunLog
    from oncetui.model.profile import Profile
    from oncetui.model.status import Heartbeat, Status

LOOK_SECONDS = 0.5
END_WITHIN_SECONDS = 1.5
START_ANEW_SECONDS = 10.0
FIRST_BEAT_SECONDS = 1.0


class _AskedToEndError(Exception):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@click.command()
@click.option(
    "--log-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the log to this file instead of standard error; SIGHUP opens it anew.",
)
@click.pass_obj
def run(composition: Composition, *, log_file: Path | None) -> int:
    """Keep the connection, without a screen.

    It ends on SIGTERM and Ctrl+C within two seconds, and on SIGHUP where it writes no log file. A second one
    on the same profile ends with exit code 3. `oncetui service install` lets systemd run it.
    """
    from oncetui.cli.run_log import RunLog
    from oncetui.connector.holding import held_elsewhere
    from oncetui.model.problem import ProblemError

    profile = composition.profile
    held = profile.lock.take()
    if held is None:
        raise ProblemError(held_elsewhere(_running_one(profile)))
    log = RunLog(profile.clock, log_file, verbose=composition.options.verbose)
    with held, contextlib.closing(log):
        return _Running(profile, log, ServiceManager(), reopens=log_file is not None).until_asked_to_end()


def _running_one(profile: "Profile") -> "Heartbeat | None":
    """Return who holds the lock; one that has just taken it beats for the first time in a moment."""
    until, nothing = profile.clock.monotonic() + FIRST_BEAT_SECONDS, threading.Event()
    while (running := profile.commands.heartbeat()) is None and profile.clock.monotonic() < until:
        profile.clock.wait(nothing, 0.1)
    return running


class _Running:
    """A connector in a thread of its own, so that a signal always finds the main thread free."""

    def __init__(self, profile: "Profile", log: "RunLog", manager: ServiceManager, *, reopens: bool) -> None:
        from oncetui.connector.connector import Connector
        from oncetui.model.cancellation import Cancellation

        self._profile = profile
        self._log = log
        self._manager = manager
        self._reopens = reopens
        self._asked_to_reopen = threading.Event()
        self._connector = Connector(profile, lambda record: log.record(record, checked=True))
        self._cancellation = Cancellation()
        self._failure: BaseException | None = None
        self._progress: object = None
        self._told_alive = profile.clock.monotonic()

    def until_asked_to_end(self) -> int:
        """Run until a signal comes or the connector fails, and return the exit code."""
        work = threading.Thread(target=self._work, name="connector", daemon=True)
        watching = threading.Thread(target=self._watch, name="watch", daemon=True)
        try:
            with _signals_raise(self._asked_to_reopen if self._reopens else None):
                self._log.event("start", profile=self._profile.name)
                self._log.record(self._profile.connection.load())
                work.start()
                watching.start()
                self._manager.ready()
                while work.is_alive():
                    work.join(LOOK_SECONDS)
                    self._see_to_signs()
        except _AskedToEndError as asked:
            self._manager.stopping()
            self._log.event("stop", signal=signal.Signals(asked.number).name)
            self._cancellation.cancel()
            work.join(END_WITHIN_SECONDS)
            self._log.event("end", clean=str(not work.is_alive()).lower())
            return CANCELLED if asked.number == signal.SIGINT else 0
        assert self._failure is not None
        self._cancellation.cancel()
        self._log.event("failed", level="error", fault=_named(self._failure))
        raise self._failure

    def _see_to_signs(self) -> None:
        """Tell the service manager of a connector that makes progress, and do what SIGHUP asked for."""
        every, now = self._manager.expects_every, self._profile.clock.monotonic()
        if every is not None and now - self._told_alive >= every / 2 - LOOK_SECONDS:
            progress = self._connector.progress
            if progress != self._progress:
                self._progress, self._told_alive = progress, now
                self._manager.alive()
        if self._asked_to_reopen.is_set():
            self._asked_to_reopen.clear()
            self._log.reopen()
            self._log.event("reopened")

    def _work(self) -> None:
        from oncetui.connector.taking_up import take_up_changed_secret
        from oncetui.connector.telling import telling
        from oncetui.model.cancellation import CancelledByUserError

        try:
            with contextlib.suppress(CancelledByUserError):
                take_up_changed_secret(self._profile, self._cancellation)
            with telling(self._profile):
                while not self._cancellation.cancelled:
                    self._connect()
        except BaseException as error:  # noqa: BLE001  # raised again in the main thread
            self._failure = error

    def _connect(self) -> None:
        from oncetui.model.problem import ProblemError
        from oncetui.model.problems.local import DISK_FULL, STORE_BUSY

        try:
            self._connector.run(self._cancellation)
        except ProblemError as error:
            if error.problem.code not in (DISK_FULL.code, STORE_BUSY.code):
                raise
            # It may pass; until then pages close by themselves.
            self._log.event("halted", level="error", cause=error.problem.code)
            self._profile.clock.wait(self._cancellation.event, START_ANEW_SECONDS)

    def _watch(self) -> None:
        """Tell log and service manager of each change, whoever made it."""
        from oncetui.connector.watching import watch
        from oncetui.model.problem import ProblemError

        while not self._cancellation.cancelled:
            try:
                watch(self._profile, self._cancellation, self._told)
            except ProblemError as error:
                self._log.event("unreadable", level="error", cause=error.problem.code)
                self._profile.clock.wait(self._cancellation.event, START_ANEW_SECONDS)

    def _told(self, status: "Status") -> None:
        self._log.record(status.record)
        self._log.status(status)
        closed = status.closed_pages
        opened = len(status.pages) - closed
        self._manager.status(f"{status.record.state}; booking pages: {opened} open, {closed} closed")


def _named(failure: BaseException) -> str:
    from oncetui.model.problem import ProblemError

    return failure.problem.code if isinstance(failure, ProblemError) else type(failure).__name__


@contextmanager
def _signals_raise(reopen: threading.Event | None) -> Iterator[None]:
    """Let the first signal that ends us be raised in the main thread, and later ones do nothing.

    With `reopen` SIGHUP sets it instead; where SIGHUP was ignored before, as by nohup, it stays so.
    """
    ending = [getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if _is_ours(name, reopen)]

    def ask(number: int, _frame: FrameType | None) -> NoReturn:
        for one in ending:
            signal.signal(one, signal.SIG_IGN)
        raise _AskedToEndError(number)

    def ask_to_reopen(_number: int, _frame: FrameType | None) -> None:
        assert reopen is not None
        reopen.set()

    before = {number: signal.signal(number, ask) for number in ending}
    if reopen is not None and hasattr(signal, "SIGHUP"):
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, ask_to_reopen)
    yield
    # Not reached after a signal: the others then stay without effect until the process has ended.
    for number, handler in before.items():
        signal.signal(number, handler)


def _is_ours(name: str, reopen: threading.Event | None) -> bool:
    number = getattr(signal, name, None)
    if number is None:
        return False
    if name == "SIGHUP":
        return reopen is None and signal.getsignal(number) is not signal.SIG_IGN
    return True
