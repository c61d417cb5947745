"""The mark that a booking leaves on its calendar events, by which they are found again."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

_FORM = "1"
_PART = re.compile(r"[^|\s]{1,120}")
_MOST_DIGITS = 9


@dataclass(frozen=True)
class Mark:
    """Which booking of which installation and profile an event belongs to; each part is free of `|`."""

    installation: str
    profile: str
    booking: str

    def __post_init__(self) -> None:
        """Raise ValueError where a part could be read as two."""
        for part in (self.installation, self.profile, self.booking):
            if not _PART.fullmatch(part):
                raise ValueError(f"“{part}” can't be part of a stamp.")

    @property
    def prefix(self) -> str:
        """What the stamps of this booking begin with, and no others."""
        return f"{_FORM}|{self.installation}|{self.profile}|{self.booking}|"


@dataclass(frozen=True)
class Stamp:
    """The whole stamp: the mark, which revision of the booking was written, and when its time was taken.

    `taken_at` is in UTC, to the microsecond: of two installations that took one time the earlier keeps it.
    """

    mark: Mark
    revision: int
    taken_at: datetime

    @property
    def text(self) -> str:
        """The stamp as it stands on an event."""
        return f"{self.mark.prefix}{self.revision}|{self.taken_at.astimezone(UTC).isoformat()}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the stamp of an event, None for a text that is none, or one of a later form."""
        parts = text.split("|")
        if len(parts) != 6 or parts[0] != _FORM:
            return None
        number = parts[4]
        if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
            return None
        try:
            taken_at = datetime.fromisoformat(parts[5])
            mark = Mark(parts[1], parts[2], parts[3])
        except ValueError:
            return None
        return None if taken_at.tzinfo is None else cls(mark, int(number), taken_at.astimezone(UTC))


ANY_STAMP = f"{_FORM}|"


def stamps_of_profile(installation: str, profile: str) -> str:
    """Return what the stamps of a profile begin with, and no others."""
    return Mark(installation, profile, "any").prefix.removesuffix("any|")
