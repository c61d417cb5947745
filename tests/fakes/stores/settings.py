"""The settings and drafts in memory, and the command that is told of changes."""

from dataclasses import replace

from oncetui.model.connection import ConnectionSettings, kept_route
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.spelling import host_of, mail_domain


class InMemorySettings:
    """The connection of one profile; `others` maps mailboxes to the profiles that hold them.

    `unreadable` is raised by `load`, `unwritable` by `save`.
    """

    def __init__(self, others: dict[str, str] | None = None) -> None:
        self.others = {mailbox.casefold(): profile for mailbox, profile in (others or {}).items()}
        self.unreadable: Problem | None = None
        self.unwritable: Problem | None = None
        self._settings: ConnectionSettings | None = None

    def load(self) -> ConnectionSettings | None:
        if self.unreadable is not None:
            raise ProblemError(self.unreadable)
        return self._settings

    def save(self, settings: ConnectionSettings) -> None:
        if self.unwritable is not None:
            raise ProblemError(self.unwritable)
        kept = replace(settings.route, detours=(), proxy_password=None)
        self._settings = replace(settings, route=kept)

    def erase(self) -> None:
        self._settings = None

    def other_profile_of(self, mailbox: str) -> str | None:
        return self.others.get(mailbox.casefold())

    def servers_of(self, domain: str) -> tuple[str, ...]:
        saved = self._settings
        if saved is None or mail_domain(saved.mailbox).casefold() != domain.casefold():
            return ()
        return (f"https://{host_of(saved.ews_url)}",)


class InMemoryDrafts:
    """The answers of an unfinished wizard."""

    def __init__(self) -> None:
        self._answers = DraftAnswers()

    def load(self) -> DraftAnswers:
        return self._answers

    def save(self, answers: DraftAnswers) -> None:
        self._answers = replace(answers, route=kept_route(answers.route))

    def erase(self) -> None:
        self._answers = DraftAnswers()


class InMemoryOnChange:
    """The command for changes, and what it told."""

    def __init__(self) -> None:
        self._command: tuple[str, ...] = ()
        self._told = frozenset[str]()
        self._failure: str | None = None

    def command(self) -> tuple[str, ...]:
        return self._command

    def keep_command(self, command: tuple[str, ...]) -> None:
        self._command, self._told, self._failure = command, frozenset(), None

    def told(self) -> frozenset[str]:
        return self._told

    def note_told(self, names: frozenset[str]) -> None:
        self._told = names

    def failure(self) -> str | None:
        return self._failure

    def note_failure(self, failure: str | None) -> None:
        self._failure = failure
