"""What a mailbox's owner has set: working hours, out of office, delegates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Self

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


@dataclass(frozen=True, slots=True)
class Typed:
    """A key or a value of a dictionary: the name of its type, and its texts, of which arrays have several."""

    type: str
    values: tuple[str, ...]

    @classmethod
    def of(cls, value: str | int) -> Self:
        """Return a text, whole number or boolean with its type."""
        match value:
            case bool():
                return cls("Boolean", ("true" if value else "false",))
            case int():
                return cls("Integer32", (str(value),))
            case _:
                return cls("String", (value,))


DictionaryEntry = tuple[Typed, Typed | None]


@dataclass(slots=True)
class Configuration:
    """A client's settings that a folder keeps."""

    entries: tuple[DictionaryEntry, ...] = ()
    xml: bytes | None = None
    binary: bytes | None = None

    @classmethod
    def of(
        cls, dictionary: Mapping[str, str | int], xml: bytes | None = None, binary: bytes | None = None
    ) -> Self:
        """Return settings with a dictionary of texts, whole numbers and booleans."""
        entries = tuple((Typed.of(key), Typed.of(value)) for key, value in dictionary.items())
        return cls(entries, xml, binary)
