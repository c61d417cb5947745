"""An answer on its way out, and what the log has to say about it."""

from dataclasses import dataclass
from datetime import datetime

from oncetui.simulator.request_log import SeenRequest
from oncetui.simulator.sign_in.gate import SignIn, SignInOutcome
from oncetui.simulator.web.messages import HttpAnswer, HttpRequest

NOBODY = SignIn(SignInOutcome.NONE)


@dataclass(frozen=True)
class Handled:
    """An answer and how it came about; `error` is what went wrong in the simulator itself."""

    answer: HttpAnswer
    sign_in: SignIn = NOBODY
    operation: str | None = None
    error: str | None = None

    def seen(self, request: HttpRequest, now: datetime) -> SeenRequest:
        """Return the log's entry."""
        return SeenRequest(
            time=now,
            connection=request.connection.number,
            host=request.host,
            method=request.method,
            path=request.path,
            sign_in=self.sign_in.outcome,
            user=self.sign_in.user,
            mailbox=self.sign_in.mailbox.email if self.sign_in.mailbox else None,
            operation=self.operation,
            status=self.answer.status,
            error=self.error,
        )
