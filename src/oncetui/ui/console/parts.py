"""What the console's view is made of: plain values, without a screen."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How much a text wants of the reader; each tone has a mark, so that it shows without colour."""

    GOOD = "good"
    WORKING = "working"
    WARNING = "warning"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True)
class Lead:
    """The first lines: a sentence that can be read out, what it means for the pages, what is to be done.

    `more` are parts of the sentence for which there may be no room; each stands elsewhere too. `turn` says
    whose turn it is, where it is anybody's.
    """

    tone: Tone
    sentence: str
    more: tuple[str, ...] = ()
    impact: str = ""
    action: str = ""
    turn: str = ""


@dataclass(frozen=True)
class Fact:
    """A label and what is known under it."""

    label: str
    value: str
    tone: Tone = Tone.QUIET


@dataclass(frozen=True)
class PageRow:
    """A booking page: its name, whether it is open and checks its calendars, and what goes with that."""

    name: str
    open: bool
    checked: bool
    detail: str


@dataclass(frozen=True)
class BookingRow:
    """An upcoming booking."""

    when: str
    length: str
    who: str
    where: str


@dataclass(frozen=True)
class LogRow:
    """A line of the log of state changes."""

    when: str
    state: str
    tone: Tone
    sentence: str
