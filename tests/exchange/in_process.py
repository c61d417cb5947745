"""A mailbox account that asks a simulated Exchange without a network, and counts the operations."""

import re
from dataclasses import dataclass, field
from typing import Any

import requests
from exchangelib.version import Version

from oncetui.exchange.session import DirectProtocol, MailboxAccount
from oncetui.simulator.ews import answer
from oncetui.simulator.world import Exchange
from tests.exchange import canned


@dataclass
class InProcess(requests.Session):
    """A session, and the transport that makes it.

    `refused` are operations by the code that they fail with where their request has the text beside it.
    """

    exchange: Exchange
    email: str
    asked: list[str] = field(default_factory=list)
    refused: dict[tuple[str, bytes], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def session(self, sign_in: object) -> requests.Session:
        return self

    def post(self, url: str | bytes, data: Any = None, json: Any = None, **told: Any) -> requests.Response:
        for (operation, text), code in self.refused.items():
            if re.search(rf"<m:{operation}[ >]".encode(), data) and text in data:
                self.asked.append(f"{operation}: {code}")
                return canned.answer(200, canned.message(operation, "", code, "Error"))
        reply = answer(self.exchange, self.exchange.mailboxes[self.email], data)
        self.asked.append(reply.operation)
        return canned.answer(reply.status, reply.body)


def account_at(exchange: Exchange, email: str) -> tuple[MailboxAccount, InProcess]:
    """Return an account of a mailbox, and what it asks."""
    session = InProcess(exchange, email)
    protocol = DirectProtocol(canned.URL, Version(None, "Exchange2013_SP1"), session, canned.nobody)  # type: ignore[arg-type]
    return MailboxAccount(email, protocol), session
