"""Runs the program and what it is compared with as processes of their own, as an installed program runs.

Its byte code is compiled once, to a temporary folder; its home is new and there is no keyring.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.server import Server

ROUNDS = 9
PATIENCE = 60.0
PYTHON = sys.executable
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Machine:
    """This computer with a folder to work in, and a simulated Exchange that runs in a process of its own."""

    folder: Path
    server: Server

    @property
    def environment(self) -> dict[str, str]:
        """What every measured process is given."""
        return environment(self.folder)

    def oncetui(self, home: str, *arguments: str) -> list[str]:
        """Return the command that runs the program in a home of this name, on its way to the server."""
        return [*program(), f"--home={self.folder / home}", *self.server.route, *arguments]

    def run(self, command: Sequence[str], typed: str = "") -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            command,
            input=typed,
            text=True,
            encoding="utf-8",
            capture_output=True,
            env=self.environment,
            cwd=ROOT,
            timeout=PATIENCE,
            check=False,
        )

    def connect(self, home: str, email: str) -> float:
        """Connect a mailbox without a question, its server given, and return the seconds that it took."""
        mailbox = self.server.mailbox(email)
        named = [f"--username={mailbox['username']}"] if "username" in mailbox["needs"] else []
        answers = [f"--email={email}", f"--ews-url={mailbox['ews_url']}", *named]
        command = self.oncetui(
            home, "setup", "--yes", "--json", "--keep-password=file", "--password-stdin", *answers
        )
        began = time.perf_counter()
        ended = self.run(command, mailbox["password"])
        seconds = time.perf_counter() - began
        if ended.returncode != 0:
            raise SystemExit(f"{email} could not be connected: {ended.stdout}{ended.stderr}")
        return seconds

    def status(self, home: str) -> Any:
        """Return what `status --json` tells."""
        return json.loads(self.run(self.oncetui(home, "status", "--json")).stdout)

    def until(self, home: str, holds: str, seconds: float = PATIENCE) -> None:
        """Wait until the state is the one named."""
        deadline = time.monotonic() + seconds
        while (status := self.status(home))["state"] != holds:
            if time.monotonic() > deadline:
                raise SystemExit(f"waited {seconds:.0f} s for {holds}: {status}")

    def until_real_time(self, home: str, seconds: float = PATIENCE) -> None:
        """Wait until an event stream stands."""
        deadline = time.monotonic() + seconds
        while (sync := self.status(home)["sync"])["effective_mode"] != "real-time":
            if time.monotonic() > deadline:
                raise SystemExit(f"waited {seconds:.0f} s for Real-time: {sync}")

    @contextlib.contextmanager
    def connector(self, home: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Run the connector while the block lasts."""
        with subprocess.Popen(
            self.oncetui(home, "run"),
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                while not self.status(home)["connector"]["running"]:
                    if process.poll() is not None:
                        raise SystemExit("the connector ended by itself")
                yield process
            finally:
                process.terminate()

    def seconds_of(self, command: Sequence[str]) -> float:
        """Return the least seconds from start to end of a command: other work only ever adds to it."""
        self.run(command)
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            self.run(command)
            times.append(time.perf_counter() - began)
        return min(times)


def program() -> list[str]:
    """Return the command that starts the program: the installed one."""
    return [str(Path(PYTHON).with_name("oncetui"))]


def environment(folder: Path) -> dict[str, str]:
    """Return an environment without the user's own folders, keyring and bus, that keeps byte code."""
    kept = {name: os.environ[name] for name in ("PATH", "LC_ALL") if name in os.environ}
    return {
        **kept,
        "LANG": "C.UTF-8",
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/no-bus",
        "PYTHONUTF8": "1",
        "PYTHONPYCACHEPREFIX": str(folder / "byte-code"),
        "TZ": "Europe/Berlin",
    }


@contextlib.contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """Start the simulated Exchange and end it with the block."""
    ready_file = folder / "ready.json"
    with subprocess.Popen(
        [*program(), "simulate", f"--ready-file={ready_file}"],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
    ) as simulator:
        try:
            while not ready_file.exists():
                if simulator.poll() is not None:
                    raise SystemExit("the simulated Exchange did not start")
                time.sleep(0.02)
            yield Machine(folder, Server(json.loads(ready_file.read_text(encoding="utf-8"))))
        finally:
            simulator.terminate()
