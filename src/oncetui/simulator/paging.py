"""One page of what a search found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.reading import Element

MOST = 1000
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Page(Generic[Found]):
    """The part of a result that a view shows, and the paging attributes that go with it."""

    part: Sequence[Found]
    attributes: str


def page_of(operation: Element, found: Sequence[Found], kind: str) -> Page[Found]:
    """Return the page that an IndexedPage or FractionalPage view of items or folders (`kind`) asks for."""
    indexed = reading.child(operation, f"IndexedPage{kind}View")
    fractional = reading.child(operation, f"FractionalPage{kind}View")
    if indexed is not None:
        return _indexed(indexed, found)
    if fractional is not None:
        return _fractional(fractional, found)
    part = found[:MOST]
    return Page(part, _attributes(None, len(found), last=len(part) == len(found)))


def most_of(view: Element) -> int:
    """How many entries a view wants at most, never more than the server's own limit."""
    wanted = reading.integer_attribute(view, "MaxEntriesReturned", MOST)
    if wanted < 1:
        raise EwsError("ErrorInvalidPagingMaxRows", "MaxEntriesReturned must be greater than zero.")
    return min(wanted, MOST)


def _indexed(view: Element, found: Sequence[Found]) -> Page[Found]:
    offset = reading.integer_attribute(view, "Offset", 0)
    most = most_of(view)
    if offset < 0:
        raise EwsError("ErrorInvalidIndexedPagingParameters", "Offset must not be negative.")
    if reading.needed_attribute(view, "BasePoint") == "End":
        end = max(0, len(found) - offset)
        start = max(0, end - most)
        return Page(found[start:end], _attributes(len(found) - start, len(found), last=start == 0))
    part = found[offset : offset + most]
    following = min(offset + len(part), len(found)) if part else min(offset, len(found))
    return Page(part, _attributes(following, len(found), last=offset + len(part) >= len(found)))


def _fractional(view: Element, found: Sequence[Found]) -> Page[Found]:
    numerator = reading.integer_attribute(view, "Numerator")
    denominator = reading.integer_attribute(view, "Denominator")
    if denominator <= 0 or not 0 <= numerator <= denominator:
        raise EwsError("ErrorInvalidFractionalPagingParameters", "The fraction must lie between 0 and 1.")
    offset = len(found) * numerator // denominator
    part = found[offset : offset + most_of(view)]
    last = offset + len(part) >= len(found)
    ends = f'NumeratorOffset="{offset + len(part)}" AbsoluteDenominator="{max(1, len(found))}" '
    return Page(part, ends + _attributes(None, len(found), last=last))


def _attributes(following: int | None, total: int, *, last: bool) -> str:
    offset = "" if following is None else f'IndexedPagingOffset="{following}" '
    return f'{offset}TotalItemsInView="{total}" IncludesLastItemInRange="{"true" if last else "false"}"'
