"""What the simulated server has seen: one entry a request, for tests to count."""

from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

from oncetui.simulator.sign_in.gate import SignInOutcome

_KEPT = 20_000


@dataclass(frozen=True)
class SeenRequest:
    """One request; `mailbox` is whom its credentials named, `operation` None where none was reached.

    `error` is what went wrong inside the simulator itself, which is never meant to happen.
    """

    time: datetime
    connection: int
    host: str
    method: str
    path: str
    sign_in: SignInOutcome
    user: str | None
    mailbox: str | None
    operation: str | None
    status: int
    error: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the entry as the control address gives it; the time is UTC."""
        return {
            "time": self.time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "connection": self.connection,
            "host": self.host,
            "method": self.method,
            "path": self.path,
            "sign_in": self.sign_in.value,
            "user": self.user,
            "mailbox": self.mailbox,
            "operation": self.operation,
            "status": self.status,
            "error": self.error,
        }


class RequestLog:
    """The requests since the start or the last clearing, oldest first; of very many only the latest."""

    def __init__(self) -> None:
        self._seen: deque[SeenRequest] = deque(maxlen=_KEPT)
        self._lock = Lock()

    def add(self, request: SeenRequest) -> None:
        """Note a request."""
        with self._lock:
            self._seen.append(request)

    def clear(self) -> None:
        """Forget every request."""
        with self._lock:
            self._seen.clear()

    def all(self) -> list[SeenRequest]:
        """Return the requests noted, oldest first."""
        with self._lock:
            return list(self._seen)
