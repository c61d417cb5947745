"""What one question of the search comes back with."""

from dataclasses import dataclass

from oncetui.model.discovering import FoundServer, Signpost
from oncetui.model.problem import Problem


@dataclass(frozen=True)
class NamedServer:
    """A server that Autodiscover names; `asked` once it was asked itself and `trouble` came of it."""

    server: FoundServer
    asked: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Elsewhere:
    """The answer is to be had at another address, over https; `others` are next best."""

    url: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class InTheCloud:
    """The mailbox lives in Microsoft 365; `certain` is False for a mere hint."""

    certain: bool = True


@dataclass(frozen=True)
class Nothing:
    """There is nothing to be had; `told` says in a few words why, `problem` what stood in the way.

    `address_unknown` says that an Exchange server knows no mailbox of this address.
    """

    told: str
    problem: Problem | None = None
    address_unknown: bool = False


Finding = FoundServer | NamedServer | Signpost | Elsewhere | InTheCloud | Nothing
