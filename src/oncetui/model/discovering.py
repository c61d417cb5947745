"""What the search for a server tells as it goes, and what it found."""

from dataclasses import dataclass
from enum import StrEnum

from oncetui.model.connection import NOTHING_TOLD, Scheme, ServerFacts
from oncetui.model.problem import Problem


class StepMark(StrEnum):
    """How far one place of the search has come; the first three are still under way."""

    WAITING = "waiting"
    RESOLVING = "resolving"
    ASKING = "asking"
    FOUND = "found"
    NOTHING = "nothing"
    FAILED = "failed"

    @property
    def is_final(self) -> bool:
        """Whether the place has answered, or nobody waits for it any more."""
        return self in (StepMark.FOUND, StepMark.NOTHING, StepMark.FAILED)


@dataclass(frozen=True)
class SearchStep:
    """One place that is asked: a later step with the same `key` replaces an earlier one.

    `place` is what a person reads (`autodiscover.contoso.example`), `told` what came of it in a few words,
    `seconds` how long that took.
    """

    key: str
    place: str
    mark: StepMark
    told: str = ""
    seconds: float | None = None


@dataclass(frozen=True)
class ServerProbe:
    """What a server tells without credentials.

    `schemes` are those that we can use, `offered` all that it named, as written. `windows_domain` comes
    from the NTLM challenge. `via_proxy` says that the answer bears a proxy's marks.
    """

    url: str
    status: int
    schemes: tuple[Scheme, ...] = ()
    offered: tuple[str, ...] = ()
    windows_domain: str | None = None
    server: ServerFacts = NOTHING_TOLD
    via_proxy: bool = False


@dataclass(frozen=True)
class FoundServer:
    """An EWS URL and how it was found; `outside` is its host where that isn't in the mail domain.

    Credentials go to an outside host only after consent. `filed_under` is the address that Autodiscover was
    asked for in the end, where it referred to another one than the mailbox's.
    """

    ews_url: str
    found_by: str
    outside: str | None = None
    probe: ServerProbe | None = None
    filed_under: str = ""


@dataclass(frozen=True)
class Signpost:
    """An Autodiscover address that tells the EWS URL only to those who sign in."""

    url: str
    kind: str
    probe: ServerProbe
    outside: str | None = None


@dataclass(frozen=True)
class SearchResult:
    """What the search found: servers, best first, then addresses that want a sign-in.

    `provider` is `microsoft-365` where the mailbox lives there. `problem` says why nothing was found,
    `warnings` what is wrong though it works.
    """

    servers: tuple[FoundServer, ...] = ()
    signposts: tuple[Signpost, ...] = ()
    steps: tuple[SearchStep, ...] = ()
    seconds: float = 0.0
    provider: str | None = None
    problem: Problem | None = None
    warnings: tuple[Problem, ...] = ()

    @property
    def found_something(self) -> bool:
        """Whether the wizard can go on without asking for an EWS URL."""
        return bool(self.servers or self.signposts)
