"""What went wrong, who acts, and what the one next step is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from string import Formatter
from typing import Any


class Who(StrEnum):
    """Whose turn it is."""

    RETRY = "retry"
    USER = "user"
    IT = "it"


@dataclass(frozen=True)
class Problem:
    """One cause of the catalogue as it happened, with its evidence.

    `fields` names the inputs at fault (`password`, `username`, `ews_url`, `email`, …), first the one to
    look at first. `visible_after` is the number of seconds for which an alarm waits; pages close at once.
    `depends_on` is the code of a root cause that hides this one.
    """

    code: str
    title: str
    who: Who
    what: str
    why: str
    next: str
    fields: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    depends_on: str | None = None
    visible_after: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return the object of the command line contract."""
        return {
            "code": self.code,
            "title": self.title,
            "who": str(self.who),
            "fields": list(self.fields),
            "what": self.what,
            "why": self.why,
            "next": self.next,
            "evidence": dict(self.evidence),
        }

    def with_evidence(self, **evidence: object) -> "Problem":
        """Return the same problem with more evidence."""
        return replace(self, evidence=self.evidence + _pairs(evidence))


@dataclass(frozen=True)
class Cause:
    """An entry of the catalogue: a problem before it happens.

    Its texts may name evidence in braces, as in `{host}`; what the evidence lacks reads as "it".
    `diagnosis` lists the numbers of the catalogue's rows that it covers, `signal` tells how it shows.
    `works` marks a warning: it is told, and the work goes on. `comes_with` names the part of the program
    that will produce it, None where it is produced now.
    """

    code: str
    title: str
    who: Who
    what: str
    why: str
    next: str
    fields: tuple[str, ...] = ()
    depends_on: str | None = None
    visible_after: float = 0.0
    diagnosis: tuple[str, ...] = field(default=())
    signal: str = ""
    works: bool = False
    comes_with: str | None = None

    def problem(self, **evidence: object) -> Problem:
        """Return the problem that this cause is, with the evidence put into its words."""
        words = dict(_pairs(evidence))
        return Problem(
            code=self.code,
            title=_told(self.title, words),
            who=self.who,
            what=_told(self.what, words),
            why=_told(self.why, words),
            next=_told(self.next, words),
            fields=self.fields,
            evidence=_pairs(evidence),
            depends_on=self.depends_on,
            visible_after=self.visible_after,
        )


class ProblemError(Exception):
    """Work ended in a problem of the catalogue.

    `retry_after` is a wait in seconds that the server asked for, to be obeyed in full. `secret_refused`
    says that the server turned the secret down, which must then never be sent again.
    """

    def __init__(
        self, problem: Problem, *, retry_after: float | None = None, secret_refused: bool = False
    ) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.retry_after = retry_after
        self.secret_refused = secret_refused


class _Told(Formatter):
    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:  # noqa: ARG002  # Formatter's signature
        return kwargs.get(str(key), "it")


def _told(text: str, words: Mapping[str, str]) -> str:
    return _Told().vformat(text, (), words)


def _pairs(evidence: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _printable(str(value))) for name, value in evidence.items() if value is not None)


def _printable(text: str) -> str:
    # Evidence comes from servers and networks: what could steer a terminal isn't shown as it is.
    return "".join(sign if sign.isprintable() else "?" for sign in text)
