"""`oncetui run`: the connector without a screen, for a service manager."""

import contextlib
import signal
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from oncetui.cli.compose import Composition
from oncetui.cli.service_manager import ServiceManager
from oncetui.cli.signs import Signs, exit_code_after

if TYPE_CHECKING:
    from oncetui.cli.run_log import RunLog
    from oncetui.model.profile import Profile
    from oncetui.model.status import Heartbeat, Status

LOOK_SECONDS = 0.5
END_WITHIN_SECONDS = 1.2
END_AT_THE_LATEST_SECONDS = 1.7
START_ANEW_SECONDS = 10.0
FIRST_BEAT_SECONDS = 1.0


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
    from oncetui.cli.unlocking import unlock
    from oncetui.connector.holding import hanging, held_elsewhere
    from oncetui.model.problem import ProblemError, Who

    profile = composition.profile
    unlock(composition, beside_a_connector=False)
    held = profile.lock.take()
    if held is None:
        running = _running_one(profile)
        hangs = None if running is not None else hanging(profile)
        # Retried by a service manager in either case: it takes over once the other one has ended.
        raise ProblemError(held_elsewhere(running) if hangs is None else replace(hangs, who=Who.RETRY))
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
        self._signs = Signs(reopens=reopens, ends_within=END_AT_THE_LATEST_SECONDS)
        self._connector = Connector(profile, lambda record: log.record(record, checked=True))
        self._cancellation = Cancellation()
        self._failure: BaseException | None = None
        self._progress: object = None
        self._told_alive = profile.clock.monotonic()

    def until_asked_to_end(self) -> int:
        """Run until a signal comes or the connector fails, and return the exit code."""
        work = threading.Thread(target=self._work, name="connector", daemon=True)
        watching = threading.Thread(target=self._watch, name="watch", daemon=True)
        with self._signs:
            self._log.event("start", profile=self._profile.name)
            self._log.record(self._profile.connection.load())
            work.start()
            watching.start()
            self._manager.ready()
            while work.is_alive():
                sign = self._signs.next(LOOK_SECONDS)
                if sign is not None and self._signs.asks_to_end(sign):
                    return self._ended(sign, work)
                if sign is not None:
                    self._log.reopen()
                    self._log.event("reopened")
                self._tell_manager()
        assert self._failure is not None
        self._cancellation.cancel()
        self._log.event("failed", level="error", fault=_named(self._failure))
        raise self._failure

    def _ended(self, sign: signal.Signals, work: threading.Thread) -> int:
        self._cancellation.cancel()
        self._manager.stopping()
        self._log.event("stop", signal=sign.name)
        work.join(END_WITHIN_SECONDS)
        self._log.event("end", clean=str(not work.is_alive()).lower())
        return exit_code_after(sign)

    def _tell_manager(self) -> None:
        """Tell the service manager of a connector that makes progress."""
        every, now = self._manager.expects_every, self._profile.clock.monotonic()
        if every is not None and now - self._told_alive >= every / 2 - LOOK_SECONDS:
            progress = self._connector.progress
            if progress != self._progress:
                self._progress, self._told_alive = progress, now
                self._manager.alive()

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
