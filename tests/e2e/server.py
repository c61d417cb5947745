"""A simulated Exchange for tests of the whole program, spoken to by its control address."""

import json
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Server:
    """A running simulator, known by its ready line."""

    ready: Mapping[str, Any]

    @property
    def route(self) -> list[str]:
        """The global options that lead to it."""
        detours = [f"--connect-to={text}" for text in self.ready["connect_to"]]
        return [f"--ca-file={self.ready['ca_file']}", *detours]

    def mailbox(self, email: str) -> dict[str, Any]:
        """What the ready line tells of a mailbox."""
        found: dict[str, Any] = next(one for one in self.ready["mailboxes"] if one["email"] == email)
        return found

    def change_password(self, email: str, password: str) -> None:
        """Let the server take another password from now on."""
        self.call("PUT", f"/mailboxes/{quote(email)}/password", {"password": password})

    def refused(self, email: str) -> int:
        """How many sign-ins to the mailbox were refused so far."""
        return sum(
            seen["sign_in"] == "refused" and seen["mailbox"] == email
            for seen in self.call("GET", "/requests")
        )

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Ask the control address."""
        request = urllib.request.Request(
            self.ready["control"] + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.ready['token']}"},
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=10) as answer:
            told = answer.read()
        return json.loads(told) if told else None
