"""The program as its users run it: real processes in a home of their own, without a keyring."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oncetui.cli.compose import Composition, GlobalOptions
from oncetui.connector.watching import current_status
from oncetui.model.profile import Profile
from tests.cli.ended import Ended
from tests.e2e.server import Server

PATIENCE = 40.0
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Program:
    """Runs `oncetui` and remembers all that it said."""

    folder: Path
    server: Server
    said: list[str] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The home of every run."""
        return self.folder / "home"

    def __call__(self, *arguments: str, typed: str = "") -> Ended:
        process = self.start(*arguments)
        out, err = process.communicate(typed, timeout=PATIENCE)
        self.said.extend((out, err))
        return Ended(process.returncode, out, err)

    def status(self) -> Any:
        """The status object, read from the home without a process of its own."""
        with self.opened() as profile:
            return current_status(profile).as_json()

    @contextlib.contextmanager
    def opened(self) -> Iterator[Profile]:
        """Give what the home holds, without a process of its own."""
        composition = Composition(GlobalOptions(home=self.home))
        try:
            yield composition.profile
        finally:
            composition.close()

    def until(self, holds: Callable[[Any], bool], within: float = PATIENCE) -> Any:
        """Wait until the status is as it should be, and return it."""
        end = time.monotonic() + within
        while not holds(status := self.status()):
            assert time.monotonic() < end, status
            time.sleep(0.25)  # each look is a process of its own
        return status

    @contextlib.contextmanager
    def running(
        self,
        *options: str,
        before: Sequence[str] = (),
        verbose: bool = False,
        environment: Mapping[str, str] = NOTHING,
    ) -> Iterator["subprocess.Popen[str]"]:
        """Run the connector until the block ends, then end it as a service manager does.

        `before` are options of the whole program. One that the block has ended itself is left as it is.
        """
        told = ["--verbose"] if verbose else []
        process = self.start(*before, *told, "run", *options, environment=environment)
        try:
            self.until(lambda status: status["connector"]["pid"] == process.pid)
            yield process
            if process.poll() is not None:
                return
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=PATIENCE)
            self.said.extend((out, err))
            assert process.returncode == 0, err
        finally:
            process.kill()
            process.communicate()

    @contextlib.contextmanager
    def watching(self) -> Iterator[Iterator[str]]:
        """Watch the status from another process, a JSON object a line, until the block ends."""
        process = self.start("status", "--watch", "--json")
        try:
            assert process.stdout is not None
            yield iter(process.stdout)
        finally:
            process.kill()
            process.communicate()

    def files(self) -> bytes:
        """Everything that the home holds."""
        return b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())

    def command(self, *arguments: str) -> list[str]:
        """The argument list of a command."""
        return [sys.executable, "-m", "oncetui", f"--home={self.home}", *self.server.route, *arguments]

    def start(self, *arguments: str, environment: Mapping[str, str] = NOTHING) -> "subprocess.Popen[str]":
        """Start a command and leave it to the caller."""
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**environment_of(self.folder), **environment},
        )


def environment_of(folder: Path) -> dict[str, str]:
    """An environment without the user's own folders, keyring and bus."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/no-bus",
        "PYTHONUTF8": "1",
        "TZ": "Europe/Berlin",
    }


def command_lines() -> bytes:
    """What the process list shows of every process: its arguments and, where readable, its environment."""
    shown = b""
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            with contextlib.suppress(OSError):
                shown += (process / name).read_bytes()
    return shown
