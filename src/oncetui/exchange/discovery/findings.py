"""What one question of the search comes back with."""

from dataclasses import dataclass

from oncetui.model.discovering import FoundServer, Signpost
from oncetui.model.problem import Problem


@dataclass(frozen=True)
class Elsewhere:
    """The answer is to be had at another address, over https."""

    url: str


@dataclass(frozen=True)
class InTheCloud:
    """The mailbox lives in Microsoft 365; `certain` is False for a mere hint."""

    certain: bool = True


@dataclass(frozen=True)
class Nothing:
    """There is nothing to be had; `told` says in a few words why, `problem` what stood in the way."""

    told: str
    problem: Problem | None = None


Finding = FoundServer | Signpost | Elsewhere | InTheCloud | Nothing
