"""The clock of this computer."""

import threading
import time
from datetime import UTC, datetime


class SystemClock:
    """Tells the time of day in UTC and lets real time pass."""

    def now(self) -> datetime:
        """Return the time of day, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""
        return time.monotonic()

    def wait(self, flag: threading.Event, seconds: float) -> bool:
        """Wait at most that long for the flag, and tell whether it is set."""
        return flag.wait(seconds)
