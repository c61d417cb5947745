"""What the demo shows of its simulated server, and how it breaks and mends it."""

import json
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from oncetui.cli.network_options import detour_of
from oncetui.model.connection import NetworkRoute
from oncetui.model.spelling import host_of
from oncetui.ui.services import DemoAction, DemoMailbox, DemoMailboxes

SLOW_SECONDS = 5
NEEDS = {"ews_url": "EWS URL", "username": "Domain\\UserName"}


def demo_route(ready: Mapping[str, Any]) -> NetworkRoute:
    """Return the way to a simulated server that said it is ready."""
    detours = tuple(detour_of(text) for text in ready["connect_to"])
    return NetworkRoute(ca_file=Path(ready["ca_file"]), detours=detours)


def demo_mailboxes(ready: Mapping[str, Any]) -> DemoMailboxes:
    """Return the mailboxes to try, and the actions of the command palette."""
    server = ControlAddress(ready["control"], ready["token"])
    mailboxes = tuple(
        DemoMailbox(one["email"], one["password"], _what_is_needed(one)) for one in ready["mailboxes"]
    )
    return DemoMailboxes(mailboxes, server.actions(ready["mailboxes"]))


class ControlAddress:
    """The simulated server's control address, used over HTTP like anyone else does."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._token = token

    def actions(self, mailboxes: list[dict[str, Any]]) -> tuple[DemoAction, ...]:
        """Return what breaks and mends the server."""
        return (
            *(self._changing(one["email"], one["password"]) for one in mailboxes),
            DemoAction(
                "Server: gone",
                "Cut every connection and refuse new ones.",
                self._calling("PUT", "/down", "The server is gone."),
            ),
            DemoAction(
                "Server: back",
                "Answer again, and as fast as before.",
                self._mending,
            ),
            DemoAction(
                "Server: slow",
                f"Let every answer take {SLOW_SECONDS} s.",
                self._calling(
                    "PUT",
                    "/faults/slow",
                    f"Every answer takes {SLOW_SECONDS} s now.",
                    {"seconds": SLOW_SECONDS},
                ),
            ),
        )

    def _changing(self, email: str, password: str) -> DemoAction:
        changed = f"{password}-2"
        return DemoAction(
            f"Password of {email}: change it",
            f"The server takes {changed} from then on.",
            self._calling(
                "PUT",
                f"/mailboxes/{quote(email)}/password",
                f"The password of {email} is {changed} now.",
                {"password": changed},
            ),
        )

    def _mending(self) -> str:
        self._call("DELETE", "/faults")
        self._call("DELETE", "/down")
        return "The server is back."

    def _calling(
        self, method: str, path: str, sentence: str, body: Mapping[str, Any] | None = None
    ) -> Callable[[], str]:
        def run() -> str:
            self._call(method, path, body)
            return sentence

        return run

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> None:
        request = urllib.request.Request(  # noqa: S310  # the simulator's own loopback address
            self._url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        # A proxy of the environment must not come between us and our own thread.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=10):
            pass


def _what_is_needed(mailbox: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the fields to fill in besides email and password, and what to type there."""
    typed = {"ews_url": host_of(mailbox["ews_url"]), "username": mailbox["username"]}
    return tuple((NEEDS.get(need, need), typed.get(need, "")) for need in mailbox["needs"])
