"""The calendars as others see and change them: exchangelib alone looks, the control address moves events."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.e2e.program import environment_of
from tests.e2e.server import Server

_ALONE = Path(__file__).with_name("exchangelib_alone.py")


@dataclass(frozen=True)
class Outlook:
    """One mailbox, looked at without anything of oncetui."""

    server: Server
    email: str
    process: "subprocess.Popen[str]"

    def look(self) -> dict[str, Any]:
        """Return the stamped events of all own calendars, and the messages of the inbox."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print("look", file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        told: dict[str, Any] = json.loads(line) if line else {"ended": self.process.wait(10)}
        return told

    def starts(self, booking: str) -> dict[str, list[str]]:
        """Return when the calendars hold events of a booking."""
        found: dict[str, list[str]] = {}
        for event in self.events(booking):
            found.setdefault(event["calendar"], []).append(event["start"])
        return found

    def events(self, booking: str) -> list[dict[str, Any]]:
        """Return the events of a booking."""
        return [event for event in self.look()["events"] if f"|{booking}|" in event["stamp"]]

    def move(self, event: dict[str, Any], by: timedelta) -> None:
        """Drag an event to another time."""
        times = {name: (datetime.fromisoformat(event[name]) + by).isoformat() for name in ("start", "end")}
        self.server.call("PATCH", self._address(event), times)

    def delete(self, event: dict[str, Any]) -> None:
        """Delete an event."""
        self.server.call("DELETE", self._address(event))

    def _address(self, event: dict[str, Any]) -> str:
        return f"/mailboxes/{quote(self.email)}/events/{quote(event['id'], safe='')}"


@contextlib.contextmanager
def outlook(server: Server, email: str, folder: Path) -> Iterator[Outlook]:
    """Sign in to a mailbox with exchangelib while the block lasts; the password must be the first one."""
    mailbox = server.mailbox(email)
    process = subprocess.Popen(
        [sys.executable, str(_ALONE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**environment_of(folder), "REQUESTS_CA_BUNDLE": server.ready["ca_file"]},
    )
    try:
        assert process.stdin is not None
        url = server.ready["https"] + "/EWS/Exchange.asmx"
        told = {"url": url, "email": email, "password": mailbox["password"]}
        print(json.dumps(told), file=process.stdin, flush=True)
        yield Outlook(server, email, process)
    finally:
        process.kill()
        process.communicate()
