"""What Disconnect erases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Erased:
    """What Disconnect erases: how many rows of what, and how many bookings become ordinary events."""

    busy_blocks: int
    calendars: int
    sync_states: int
    booking_links: int


class Eraser(Protocol):
    """Erases what the store holds of a mailbox."""

    def count(self, now: datetime) -> Erased:
        """Count what `erase` would take."""
        ...

    def erase(self, now: datetime) -> bool:
        """Erase it in one transaction and from the files; False where another reader kept a copy of it."""
        ...

    def settle(self) -> bool:
        """Take from the files what was erased before; False where another reader still keeps a copy."""
        ...
