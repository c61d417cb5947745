"""The last requests, redacted before they are kept: what an administrator needs to find them again."""

import threading
from collections import deque
from dataclasses import dataclass
from datetime import datetime

KEPT_AT_MOST = 200


@dataclass(frozen=True)
class TracedRequest:
    """One request and what came of it; never a body, a credential, a cookie or a query.

    `at` is aware and in UTC. `status` is None where nothing was answered; `failure` then names what broke it
    off. `told` are those headers of the answer that help to find it in a server's logs.
    """

    at: datetime
    method: str
    host: str
    path: str
    operation: str = ""
    status: int | None = None
    seconds: float = 0.0
    failure: str = ""
    told: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str | None:
        """Return what the answer told under a header's name."""
        return next((value for told, value in self.told if told.lower() == name.lower()), None)


class RequestTrace:
    """The newest requests of this process, in memory alone; safe from any thread."""

    def __init__(self, at_most: int = KEPT_AT_MOST) -> None:
        self._lock = threading.Lock()
        self._kept: deque[TracedRequest] = deque(maxlen=at_most)

    def note(self, request: TracedRequest) -> None:
        """Keep a request, and let go of the oldest where there are too many."""
        with self._lock:
            self._kept.append(request)

    def recent(self) -> tuple[TracedRequest, ...]:
        """Return what is kept, oldest first."""
        with self._lock:
            return tuple(self._kept)
