"""What happened in a mailbox, in order: what notifications are told from."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

HappeningKind = Literal["Created", "Modified", "Deleted", "Moved", "Copied"]
_MOST_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Place:
    """An item, or a folder where `item` is None, and the folder that it lies in, by their numbers."""

    parent: int
    item: int | None = None
    folder: int | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, at a change's number; `before` is where something moved or copied was.

    `when` is UTC; `delivered` is set for an item that came in from outside of the mailbox.
    """

    change: int
    kind: HappeningKind
    when: datetime
    place: Place
    before: Place | None = None
    delivered: bool = False


class Happenings:
    """The latest things that happened; older ones are forgotten, fifty thousand are kept at least."""

    def __init__(self) -> None:
        self._kept: list[Happening] = []
        self._forgotten = 0

    def add(self, happening: Happening) -> None:
        """Note what happened last."""
        self._kept.append(happening)
        if len(self._kept) > 2 * _MOST_KEPT:
            self._forgotten = self._kept[-_MOST_KEPT - 1].change
            del self._kept[:-_MOST_KEPT]

    def knows(self, change: int) -> bool:
        """Whether nothing after this change is forgotten."""
        return change >= self._forgotten

    def after(self, change: int) -> Sequence[Happening]:
        """Return what happened after a change, oldest first."""
        return self._kept[bisect_right(self._kept, change, key=lambda happening: happening.change) :]
