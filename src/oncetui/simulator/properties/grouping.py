"""Groups of a search's items."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.restrictions import Getter, Paths
from oncetui.simulator.properties.sorting import sort_key
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.failures import EwsError
from oncetui.simulator.soap.names import TYPES
from oncetui.simulator.soap.reading import Element

Grouped = list[tuple[int, Entry]]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Items with one value are a group; the best of `aggregate` in each group orders the groups."""

    value: Getter
    aggregate: Getter
    best: Callable[..., Any]
    descending: bool

    def numbered(self, entries: Sequence[Entry]) -> Grouped:
        """Return the entries, in the order of their groups, each with its group's number."""
        groups: dict[Any, list[Entry]] = {}
        for entry in entries:
            groups.setdefault(sort_key(self.value(entry)), []).append(entry)
        ordered = sorted(groups.values(), key=self._rank, reverse=self.descending)
        return [(number, entry) for number, group in enumerate(ordered) for entry in group]

    def _rank(self, group: list[Entry]) -> Any:
        return self.best(sort_key(self.aggregate(entry)) for entry in group)


def read_grouping(operation: Element, paths: Paths) -> Grouping | None:
    """Return what groups the items of a search, None where nothing does."""
    given = reading.child(operation, "GroupBy")
    if given is not None:
        inside = next(reading.children(given), None)
        aggregate = reading.needed(given, "AggregateOn")
        over = next(reading.children(aggregate), None)
        if inside is None or over is None:
            raise reading.violation(given, "The element 'GroupBy' has incomplete content.")
        how = reading.needed_attribute(aggregate, "Aggregate")
        if how not in {"Minimum", "Maximum"}:
            raise reading.violation(aggregate, f"The 'Aggregate' attribute '{how}' is unknown.")
        best = min if how == "Minimum" else max
        return Grouping(_path(inside, paths), _path(over, paths), best, _is_descending(given))
    given = reading.child(operation, "DistinguishedGroupBy")
    if given is None:
        return None
    standard = reading.needed(given, "StandardGroupBy")
    if reading.content(standard).strip() != "ConversationTopic":
        raise reading.bad_value(standard, reading.content(standard), "StandardGroupByType")
    topic, received = _uri(given, "message:ConversationTopic"), _uri(given, "item:DateTimeReceived")
    return Grouping(paths(topic), paths(received), max, _is_descending(given))


def in_groups(part: Sequence[tuple[int, Entry]], write: Callable[[Entry], str]) -> str:
    """Return the Groups element around the entries of a page."""
    content = "".join(
        f"<t:GroupedItems><t:GroupIndex>{number}</t:GroupIndex>"
        f"<t:Items>{''.join(write(entry) for _, entry in group)}</t:Items></t:GroupedItems>"
        for number, group in groupby(part, key=lambda numbered: numbered[0])
    )
    return f"<t:Groups>{content}</t:Groups>"


def _is_descending(element: Element) -> bool:
    order = reading.needed_attribute(element, "Order")
    if order not in {"Ascending", "Descending"}:
        raise reading.violation(element, f"The 'Order' attribute '{order}' is unknown.")
    return order == "Descending"


def _path(element: Element, paths: Paths) -> Getter:
    try:
        return paths(element)
    except EwsError as failure:
        raise EwsError("ErrorUnsupportedPathForSortGroup", failure.text, failure.detail) from failure


def _uri(near: Element, uri: str) -> Element:
    return near.makeelement(f"{{{TYPES}}}FieldURI", {"FieldURI": uri})
