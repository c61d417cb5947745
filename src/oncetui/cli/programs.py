"""Programs of the user's that are run without a shell, for a bounded time."""

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence

from oncetui.model.cancellation import Cancellation

WITHIN_SECONDS = 30.0


class ProgramsOfTheUser:
    """Runs a program with a text on its standard input; what it prints goes nowhere."""

    def __init__(self, within_seconds: float = WITHIN_SECONDS) -> None:
        self._within = within_seconds

    def run(
        self, command: Sequence[str], text: bytes, words: Mapping[str, str], cancellation: Cancellation
    ) -> str | None:
        """Return why it failed, None where it didn't; it ends after 30 s, or as soon as that is cancelled."""
        try:
            process = subprocess.Popen(  # noqa: S603  # the user's own command
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **words},
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return f"{command[0]} can't be started: {getattr(error, 'strerror', None) or 'no such command'}."
        fed = threading.Thread(target=_feed, args=(process, text), daemon=True)
        fed.start()
        try:
            with cancellation.waking(lambda: _end(process)):
                code = process.wait(self._within)
        except subprocess.TimeoutExpired:
            return f"{command[0]} did not end within {self._within:g} s."
        finally:
            _end(process)
            process.wait()
            fed.join(1)
        return None if code == 0 or cancellation.cancelled else f"{command[0]} ended with exit code {code}."


def _feed(process: "subprocess.Popen[bytes]", text: bytes) -> None:
    # A program needs not read what it is given.
    with contextlib.suppress(OSError, ValueError):
        assert process.stdin is not None
        with process.stdin as given:
            given.write(text)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a program that still runs, with all that it started."""
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
