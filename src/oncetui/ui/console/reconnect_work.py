"""The waiting of the reconnect screen, in threads that answer by messages only."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message
from textual.widget import Widget

from oncetui.connector.reconnecting import NothingToReconnectError, ReconnectChanges, reconnect
from oncetui.model.cancellation import Cancellation, CancelledByUserError
from oncetui.model.lock_outs import Insistence, risk_line, risk_of
from oncetui.model.problem import Problem, ProblemError
from oncetui.model.profile import Profile
from oncetui.model.secret import Secret
from oncetui.ui.console.reconnect_state import CANCELLED

ATTEMPT = "reconnect"


@dataclass
class RiskKnown(Message):
    """How near a lock-out is, in a line; empty where there is no danger."""

    line: str


@dataclass
class WaitTold(Message):
    """The sign-in said what it waits for."""

    sentence: str


@dataclass
class SignInEnded(Message):
    """The sign-in ended: connected, in a problem, or in a sentence alone."""

    connected: bool = False
    problem: Problem | None = None
    sentence: str = ""


class ReconnectWork:
    """Starts and cancels the one sign-in of a screen; the next one starts only when the last has ended."""

    def __init__(self, screen: Widget, profile: Profile) -> None:
        self._screen = screen
        self._profile = profile
        self._attempt = Cancellation()

    def look_for_risk(self, mailbox: str) -> None:
        """Look how near a lock-out is."""
        self._start(lambda: self._look_for_risk(mailbox), "risk")

    def sign_in(self, secret: Secret | None, changes: ReconnectChanges, insistence: Insistence) -> None:
        """Sign in once."""
        self._attempt = Cancellation()
        attempt = self._attempt
        self._start(lambda: self._sign_in(secret, changes, insistence, attempt), ATTEMPT)

    def cancel(self) -> None:
        """Cancel the sign-in; its end is told all the same."""
        self._attempt.cancel()

    def _start(self, work: Callable[[], None], group: str) -> None:
        # The description is given: Textual would make one from the arguments.
        self._screen.run_worker(
            work, thread=True, group=group, exit_on_error=False, description=group, exclusive=True
        )

    def _look_for_risk(self, mailbox: str) -> None:
        # What can't be read here keeps nobody from signing in; the sign-in itself will tell why.
        with contextlib.suppress(ProblemError):
            line = risk_line(risk_of(self._profile, mailbox), self._profile)
            self._screen.post_message(RiskKnown(line))

    def _sign_in(
        self, secret: Secret | None, changes: ReconnectChanges, insistence: Insistence, attempt: Cancellation
    ) -> None:
        def told(sentence: str) -> None:
            self._screen.post_message(WaitTold(sentence))

        try:
            reconnect(self._profile, secret, changes, attempt, insistence=insistence, told=told)
        except ProblemError as error:
            ended = SignInEnded(problem=error.problem)
        except NothingToReconnectError as error:
            ended = SignInEnded(sentence=str(error))
        except CancelledByUserError:
            ended = SignInEnded(sentence=CANCELLED)
        else:
            ended = SignInEnded(connected=True)
        self._screen.post_message(ended)
