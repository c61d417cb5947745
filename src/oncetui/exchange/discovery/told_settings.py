"""What an Autodiscover answer tells, whichever dialect it speaks."""

from dataclasses import dataclass

NO_EWS_URL = "no EWS URL"


@dataclass(frozen=True)
class ToldUrl:
    """The EWS URL."""

    url: str


@dataclass(frozen=True)
class AskElsewhere:
    """Another Autodiscover address is to be asked."""

    url: str


@dataclass(frozen=True)
class AskForAddress:
    """The mailbox is filed under another email address."""

    email: str


@dataclass(frozen=True)
class Refused:
    """An error code of Autodiscover."""

    code: str
    address_unknown: bool


ToldSettings = ToldUrl | AskElsewhere | AskForAddress | Refused
