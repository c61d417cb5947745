"""Runs exchangelib's whole Autodiscover: `python -m tests.simulator.discovering READY-FILE EMAIL`.

A process of its own, as exchangelib keeps a cache in the shared temporary folder and process-wide state.
"""

import json
import sys
from pathlib import Path
from typing import Any

import dns.resolver
import exchangelib
import exchangelib.autodiscover.discovery
import exchangelib.protocol

from tests.simulator.routed import RoutedAdapter, routes

READY: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text())
EMAIL = sys.argv[2]
library: Any = exchangelib  # untyped


class Adapter(RoutedAdapter):
    """The adapter that exchangelib makes without arguments."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(READY, **keywords)


class Resolver:
    """Knows the scenario's hosts and no SRV record."""

    def resolve(self, name: str, kind: str, **keywords: Any) -> list[Any]:
        if kind == "A" and name.rstrip(".") in {host for host, _ in routes(READY)}:
            return []
        raise dns.resolver.NXDOMAIN


class RoutedAutodiscovery(exchangelib.autodiscover.discovery.Autodiscovery):  # type: ignore[misc]  # no annotations
    """exchangelib's steps, with names looked up in the ready line."""

    resolver = Resolver()


library.protocol.BaseProtocol.HTTP_ADAPTER_CLS = Adapter
box = next(box for box in READY["mailboxes"] if box["email"] == EMAIL)
discovery: Any = RoutedAutodiscovery
found, protocol = discovery(EMAIL, library.Credentials(box["username"], box["password"])).discover()
print(json.dumps({"ews_url": found.ews_url, "email": found.autodiscover_smtp_address}))
