"""The simulated Exchange as the adapter's tests see it: routes, accesses, and the control address."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from oncetui.model.calendars import Window
from oncetui.model.connection import Access, Detour, NetworkRoute, Scheme, SignIn
from oncetui.model.secret import Secret
from oncetui.model.user_names import form_of
from oncetui.simulator import RunningSimulator

CANARY = "canary-8-Überraschung"
CONTOSO = "https://mail.contoso.example/EWS/Exchange.asmx"
TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
HORIZON = Window(TODAY - timedelta(days=7), TODAY + timedelta(days=400))


class Site:
    """A running simulator, and what a client needs to know of it."""

    def __init__(self, simulator: RunningSimulator) -> None:
        self.simulator = simulator
        self.ready: dict[str, Any] = simulator.ready
        self.ca_file = Path(self.ready["ca_file"])
        self.detours = tuple(_detour(text) for text in self.ready["connect_to"])
        self.route = NetworkRoute(ca_file=self.ca_file, detours=self.detours)
        self.mailboxes: dict[str, dict[str, Any]] = {box["email"]: box for box in self.ready["mailboxes"]}

    def access(
        self,
        email: str,
        scheme: Scheme = Scheme.NTLM,
        *,
        username: str = "",
        route: NetworkRoute | None = None,
    ) -> Access:
        box = self.mailboxes[email]
        name = username or email
        sign_in = SignIn(name, form_of(name, email), scheme)
        return Access(email, box["ews_url"], sign_in, route or self.route)

    def secret(self, email: str) -> Secret:
        return Secret(self.mailboxes[email]["password"])

    def route_to(self, host: str, port: int) -> NetworkRoute:
        """Return a route on which one host's https port lies elsewhere on this machine."""
        others = tuple(detour for detour in self.detours if (detour.host, detour.port) != (host, 443))
        return replace(self.route, detours=(*others, Detour(host, 443, "127.0.0.1", port)))

    @property
    def seen(self) -> list[dict[str, Any]]:
        """The requests that the server has seen."""
        return [request.as_json() for request in self.simulator.log.all()]

    def count(self, sign_in: str) -> int:
        return sum(request["sign_in"] == sign_in for request in self.seen)

    def forget(self) -> None:
        self.simulator.log.clear()

    def control(self, method: str, path: str, **values: Any) -> Any:
        answer = requests.request(
            method,
            self.ready["control"] + path,
            json=values,
            headers={"Authorization": f"Bearer {self.ready['token']}"},
            timeout=10,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None


def _detour(text: str) -> Detour:
    host, port, to_host, to_port = text.split(":")
    return Detour(host, int(port), to_host, int(to_port))
