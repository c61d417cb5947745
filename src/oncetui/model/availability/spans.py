"""Spans of time put together once, so that any later question costs a look and no pass over all of them."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

Span = tuple[datetime, datetime]
"""A start, and an end that is no longer part of it."""


@dataclass(frozen=True)
class MergedSpans:
    """Spans in order that neither touch nor overlap; all times are of one zone, as a rule UTC."""

    starts: tuple[datetime, ...] = ()
    ends: tuple[datetime, ...] = ()

    def first_ending_after(self, moment: datetime) -> int:
        """Return the place of the first span that ends after the moment, their number where none does."""
        return bisect_right(self.ends, moment)

    def meets(self, start: datetime, end: datetime) -> bool:
        """Tell whether any of them overlaps the time from start to end."""
        place = self.first_ending_after(start)
        return place < len(self.starts) and self.starts[place] < end

    def holds(self, start: datetime, end: datetime) -> bool:
        """Tell whether the whole time from start to end lies within one of them."""
        place = self.first_ending_after(start)
        return place < len(self.starts) and self.starts[place] <= start and end <= self.ends[place]


NOTHING = MergedSpans()


def merged(spans: Iterable[Span]) -> MergedSpans:
    """Put spans, sorted by start, together where they touch or overlap; empty ones are dropped."""
    starts: list[datetime] = []
    ends: list[datetime] = []
    last: datetime | None = None
    for start, end in spans:
        if start >= end:
            continue
        if last is None or start > last:
            starts.append(start)
            ends.append(end)
            last = end
        elif end > last:
            ends[-1] = last = end
    return MergedSpans(tuple(starts), tuple(ends))
