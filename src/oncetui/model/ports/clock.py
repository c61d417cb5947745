"""The time of day and its passing."""

import threading
from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time of day and the passing of time."""

    def now(self) -> datetime:
        """Return the time of day, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""
        ...

    def wait(self, flag: threading.Event, seconds: float) -> bool:
        """Wait at most that long for the flag, and tell whether it is set."""
        ...
