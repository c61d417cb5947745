"""The waiting of the account step, each thing in a thread of its own; threads answer by messages only."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from textual.message import Message
from textual.widget import Widget

from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.connection import NetworkRoute
from oncetui.model.discovering import SearchResult, SearchStep
from oncetui.model.lock_outs import Insistence
from oncetui.model.ports import DraftAnswers
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.setup.account_state import AccountState
from oncetui.setup.answers import Answers
from oncetui.setup.signing_in import SignedIn, find_server, sign_in_once

SEARCH = "search"
ATTEMPT = "attempt"


@dataclass(frozen=True)
class AccountEntered:
    """What the account step ends with: the open sign-in, its secret, and the state to come back to."""

    signed_in: SignedIn
    secret: Secret
    state: AccountState


@dataclass
class StepTold(Message):
    """One place of the search told something."""

    email: str
    step: SearchStep


@dataclass
class SearchEnded(Message):
    """The search ended."""

    email: str
    result: SearchResult


@dataclass
class AttemptTold(Message):
    """The attempt said what it waits for."""

    cancellation: Cancellation
    sentence: str


@dataclass
class AttemptEnded(Message):
    """The attempt ended: with an open sign-in, or with a problem."""

    cancellation: Cancellation
    signed_in: SignedIn | None
    problem: Problem | None = None
    refused: bool = False


class AccountWork:
    """Starts and stops the search and the attempt of one screen; a later one of a kind ends the earlier."""

    def __init__(self, screen: Widget, profile: Profile) -> None:
        self._screen = screen
        self._profile = profile
        self._searching = Cancellation()
        self._attempting = Cancellation()
        self._draft = DraftAnswers()
        self._draft_lock = Lock()

    def search(self, email: str, route: NetworkRoute) -> None:
        """Search for the server of an email address, by what was told of the way."""
        self._searching.cancel()
        self._searching = Cancellation()
        cancellation = self._searching
        self._start(lambda: self._search(email, route, cancellation), SEARCH)

    def stop_search(self) -> None:
        """Stop the search; its end is told to nobody."""
        self._searching.cancel()

    def attempt(
        self, answers: Answers, secret: Secret, found: SearchResult | None, insistence: Insistence
    ) -> None:
        """Sign in with one attempt."""
        self._attempting.cancel()
        self._attempting = Cancellation()
        cancellation = self._attempting
        self._start(lambda: self._attempt(answers, secret, found, insistence, cancellation), ATTEMPT)

    def stop_attempt(self) -> None:
        """Stop the attempt; what it still achieves is closed."""
        self._attempting.cancel()

    def is_current(self, attempt: Cancellation) -> bool:
        """Tell whether a message comes from the attempt under way."""
        return attempt is self._attempting and not attempt.cancelled

    def stop(self) -> None:
        """Stop everything, so that the end of the program never waits."""
        self._searching.cancel()
        self._attempting.cancel()

    def keep_draft(self, draft: DraftAnswers) -> None:
        """Keep the answers on disk, where they changed."""
        if draft != self._draft:
            self._draft = draft
            self._start(self._save_draft, "draft")

    def keep_draft_now(self, draft: DraftAnswers) -> None:
        """Keep the answers before the program ends, when no thread is started any more."""
        if draft != self._draft:
            self._draft = draft
            self._save_draft()

    def _start(self, work: Callable[[], None], group: str) -> None:
        # The description is given: Textual would make one from the arguments.
        self._screen.run_worker(
            work,
            thread=True,
            exclusive=group != "draft",
            group=group,
            exit_on_error=False,
            description=group,
        )

    def _search(self, email: str, route: NetworkRoute, cancellation: Cancellation) -> None:
        def told(step: SearchStep) -> None:
            self._screen.post_message(StepTold(email, step))

        try:
            result = find_server(email, self._profile, told, cancellation, route)
        except CancelledByUserError:
            return
        except ProblemError as error:
            result = SearchResult(problem=error.problem)
        if not cancellation.cancelled:
            self._screen.post_message(SearchEnded(email, result))

    def _attempt(
        self,
        answers: Answers,
        secret: Secret,
        found: SearchResult | None,
        insistence: Insistence,
        cancellation: Cancellation,
    ) -> None:
        def told(sentence: str) -> None:
            self._screen.post_message(AttemptTold(cancellation, sentence))

        try:
            signed_in = sign_in_once(
                answers,
                secret,
                found,
                profile=self._profile,
                insistence=insistence,
                cancellation=cancellation,
                told=told,
            )
        except CancelledByUserError:
            return
        except ProblemError as error:
            ended = AttemptEnded(cancellation, None, error.problem, error.secret_refused)
            self._screen.post_message(ended)
            return
        if cancellation.cancelled or not self._screen.post_message(AttemptEnded(cancellation, signed_in)):
            signed_in.gateway.close()

    def _save_draft(self) -> None:
        # The newest draft is read inside the lock, so that two quick saves can't end with the older one.
        # One that can't be written stops nobody here: saving the connection will tell why.
        with self._draft_lock, contextlib.suppress(ProblemError):
            self._profile.drafts.save(self._draft)
