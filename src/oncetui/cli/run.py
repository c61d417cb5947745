"""`oncetui run`: the connector without a screen, for a service manager."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from oncetui.cli.compose import Composition
from oncetui.cli.outcome import CANCELLED

if TYPE_CHECKING:
    from oncetui.model.profile import Profile
    from oncetui.model.state import ConnectionRecord

ENDING = tuple(
    number for name in ("SIGTERM", "SIGHUP", "SIGINT") if (number := getattr(signal, name, None)) is not None
)
LOOK_SECONDS = 0.5
END_WITHIN_SECONDS = 2.0


class _AskedToEndError(Exception):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@click.command()
@click.pass_obj
def run(composition: Composition) -> int:
    """Keep the connection, without a screen.

    It ends on SIGTERM, SIGHUP and Ctrl+C. A second one on the same profile ends with exit code 3. Under
    systemd use Type=notify.
    """
    from oncetui.connector.holding import held_elsewhere
    from oncetui.model.problem import ProblemError

    profile = composition.profile
    held = profile.lock.take()
    if held is None:
        running = profile.commands.heartbeat()
        raise ProblemError(held_elsewhere(running))
    with held:
        return _Running(profile, verbose=composition.options.verbose).until_asked_to_end()


class _Running:
    """A connector in a thread of its own, so that a signal always finds the main thread free."""

    def __init__(self, profile: "Profile", *, verbose: bool) -> None:
        from oncetui.connector.connector import Connector
        from oncetui.model.cancellation import Cancellation

        self._log = ConnectorLog(verbose=verbose)
        self._connector = Connector(profile, self._log.tell)
        self._cancellation = Cancellation()
        self._failure: BaseException | None = None
        self._log.tell(profile.connection.load())

    def until_asked_to_end(self) -> int:
        """Run until a signal comes or the connector fails, and return the exit code."""
        thread = threading.Thread(target=self._work, name="connector", daemon=True)
        try:
            with _signals_raise():
                thread.start()
                tell_service_manager("READY=1")
                while thread.is_alive():
                    thread.join(LOOK_SECONDS)
        except _AskedToEndError as asked:
            tell_service_manager("STOPPING=1")
            self._cancellation.cancel()
            thread.join(END_WITHIN_SECONDS)
            return CANCELLED if asked.number == signal.SIGINT else 0
        assert self._failure is not None
        raise self._failure

    def _work(self) -> None:
        try:
            self._connector.run(self._cancellation)
        except BaseException as error:  # noqa: BLE001  # raised again in the main thread
            self._failure = error


class ConnectorLog:
    """Lines for a log: the connection's number, its state and what caused it, and nothing of the mailbox."""

    def __init__(self, *, verbose: bool) -> None:
        self._verbose = verbose
        self._last: tuple[str, str] | None = None

    def tell(self, record: "ConnectionRecord") -> None:
        """Write a line where the state or its cause changed, or each time where more is wanted."""
        from oncetui.model.status import utc_text

        cause = "" if record.problem is None else f" ({record.problem.code})"
        told = (str(record.state), cause)
        if told == self._last and not self._verbose:
            return
        self._last = told
        wait = "" if record.next_try is None else f", next try {utc_text(record.next_try)}"
        print(f"connection {record.generation}: {record.state}{cause}{wait}", file=sys.stderr, flush=True)


def tell_service_manager(message: str) -> None:
    """Send a message to systemd where it listens, as sd_notify(3) describes."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address or not hasattr(socket, "AF_UNIX"):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        try:
            notify.connect("\0" + address[1:] if address.startswith("@") else address)
            notify.sendall(message.encode())
        except OSError as error:
            print(f"the service manager can't be told {message}: {error.strerror}", file=sys.stderr)


@contextmanager
def _signals_raise() -> Iterator[None]:
    """Let the first signal that ends us be raised in the main thread, and later ones do nothing."""

    def ask(number: int, _frame: FrameType | None) -> NoReturn:
        for ending in ENDING:
            signal.signal(ending, signal.SIG_IGN)
        raise _AskedToEndError(number)

    before = {number: signal.signal(number, ask) for number in ENDING}
    yield
    # Not reached after a signal: the others then stay without effect until the process has ended.
    for number, handler in before.items():
        signal.signal(number, handler)
