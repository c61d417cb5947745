"""What a mailbox's owner has set: working hours, out of office, delegates."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from oncetui.simulator.mailboxes.rights import Level

Audience = Literal["None", "Known", "All"]


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Days of the week, from Monday (0), and minutes after midnight in the mailbox's time zone."""

    days: tuple[int, ...] = (0, 1, 2, 3, 4)
    start: int = 480
    end: int = 1020


@dataclass(slots=True)
class OutOfOffice:
    """Whether and when (UTC) a mailbox answers by itself, and what it says."""

    state: Literal["Disabled", "Enabled", "Scheduled"] = "Disabled"
    audience: Audience = "All"
    start: datetime | None = None
    end: datetime | None = None
    internal: str = ""
    external: str = ""


@dataclass(slots=True)
class Delegate:
    """Somebody who acts for the mailbox's owner; `levels` by the kind of folder, such as `Calendar`."""

    levels: dict[str, Level] = field(default_factory=dict)
    copies: bool = False
    view_private: bool = False


@dataclass(slots=True)
class Configuration:
    """A client's settings that a folder keeps; a dictionary's values are texts, whole numbers or booleans."""

    dictionary: dict[str, str | int | bool] = field(default_factory=dict)
    xml: bytes | None = None
    binary: bytes | None = None
