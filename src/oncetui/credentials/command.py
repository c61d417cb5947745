"""The password from a command of the user's, such as a password manager's."""

import atexit
import functools
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence

from oncetui.model.connection import KeptIn
from oncetui.model.problem import ProblemError
from oncetui.model.problems.local import SECRET_COMMAND_FAILED, SECRET_FILLED_ELSEWHERE
from oncetui.model.secret import Secret
from oncetui.model.status import Protection

WITHIN_SECONDS = 30.0
LONGEST_LINE = 4096


class CommandOutput:
    """Takes the first line of what a command prints; the command is run without a shell, for at most 30 s.

    What fails raises `ProblemError` with `secret-command-failed` (diagnosis 89); nothing that the command
    printed is told.
    """

    kept_in = KeptIn.COMMAND
    protection = Protection(
        kept_in=str(KeptIn.COMMAND),
        unattended=True,
        sentence="A command of yours tells it when it is needed; nothing of it is kept here.",
    )

    def __init__(
        self, command: Callable[[], Sequence[str]], *, within_seconds: float = WITHIN_SECONDS
    ) -> None:
        self._command = command
        self._within = within_seconds

    def load(self) -> Secret:
        """Return the secret."""
        command = tuple(self._command())
        if not command:
            raise _failed("None is set; give one, as in: --password-command 'pass show exchange'")
        return self._first_line(command)

    def save(self, secret: Secret) -> None:
        """Take a secret that the command tells already; raise `ProblemError` for another one."""
        if self.load() != secret:
            kept_in = f"output of {self._command()[0]}"
            raise ProblemError(SECRET_FILLED_ELSEWHERE.problem(kept_in=kept_in, command="oncetui reconnect"))

    def erase(self) -> None:
        """Do nothing: the command goes with the settings, and nothing else is here."""

    def _first_line(self, command: tuple[str, ...]) -> Secret:
        try:
            process = subprocess.Popen(  # noqa: S603  # the user's own command, run without a shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl+C is for us, and what it started ends with it
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it can't be started"
            raise _failed(f"{command[0]} can't be started: {reason}.") from None
        # A service that is ended meanwhile waits for no thread that waits for the command.
        at_the_end = atexit.register(functools.partial(_end, process))
        late = threading.Event()

        def end_late() -> None:
            late.set()
            _end(process)

        timer = threading.Timer(self._within, end_late)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdout is not None
            with process.stdout as output:
                line = output.readline(LONGEST_LINE + 1)
                while output.read(LONGEST_LINE):
                    pass  # so that the command can end
            code = process.wait()
        finally:
            timer.cancel()
            _end(process)
            process.wait()
            atexit.unregister(at_the_end)
        if late.is_set():
            raise _failed(f"{command[0]} gave no answer within {self._within:g} s.")
        if code != 0:
            raise _failed(f"{command[0]} ended with exit code {code}.")
        return _password(command[0], line)


def _password(program: str, line: bytes) -> Secret:
    if len(line) > LONGEST_LINE:
        raise _failed(f"The first line of what {program} prints is longer than {LONGEST_LINE} bytes.")
    try:
        secret = Secret(line.decode().rstrip("\r\n"))
    except UnicodeDecodeError:
        raise _failed(f"What {program} prints isn't UTF-8.") from None
    if not secret:
        raise _failed(f"{program} prints nothing on its first line.")
    return secret


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the command with all that it started, which might hold its output open."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except (ProcessLookupError, PermissionError):
        pass  # it has ended already


def _failed(reason: str) -> ProblemError:
    return ProblemError(SECRET_COMMAND_FAILED.problem(reason=reason))
