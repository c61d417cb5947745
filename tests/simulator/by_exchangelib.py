"""Connecting exchangelib, as it is, to a simulated Exchange on loopback."""

from typing import Any

from exchangelib import DELEGATE, Account, Configuration, Credentials, EWSDateTime, EWSTimeZone

from .loopback_ews import Recorder

BERLIN = EWSTimeZone("Europe/Berlin")


def account(service: tuple[str, Recorder], email: str, mailbox: str | None = None) -> Any:
    """The account of `mailbox`, or of the one who signs in."""
    config = Configuration(
        service_endpoint=service[0],
        credentials=Credentials(email, "password"),
        auth_type="basic",
        max_connections=1,
    )
    return Account(
        mailbox or email, config=config, autodiscover=False, access_type=DELEGATE, default_timezone=BERLIN
    )


def local(day: int, hour: int, minute: int = 0) -> EWSDateTime:
    """A time in December 2026, in Berlin."""
    return EWSDateTime(2026, 12, day, hour, minute, tzinfo=BERLIN)
