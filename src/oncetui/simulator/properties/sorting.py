"""Sort orders of searches."""

from collections.abc import Callable
from typing import Any

from oncetui.simulator.mailboxes.items import Entry
from oncetui.simulator.properties.restrictions import Getter, Paths
from oncetui.simulator.soap import reading
from oncetui.simulator.soap.reading import Element

Sorter = Callable[[list[Entry]], list[Entry]]


def read_sort_order(element: Element, paths: Paths) -> Sorter:
    """Return what sorts entries by a SortOrder element; those without a value come first when ascending."""
    orders: list[tuple[Getter, bool]] = []
    for order in reading.children(element):
        direction = reading.needed_attribute(order, "Order")
        path = next(reading.children(order), None)
        if path is None or direction not in {"Ascending", "Descending"}:
            raise reading.violation(
                order, "A FieldOrder has an order, Ascending or Descending, and a property."
            )
        orders.append((paths(path), direction == "Descending"))

    def in_order(entries: list[Entry]) -> list[Entry]:
        for getter, descending in reversed(orders):
            entries = sorted(entries, key=lambda entry: sort_key(getter(entry)), reverse=descending)
        return entries

    return in_order


def sort_key(value: Any) -> tuple[bool, Any]:
    """Return what orders values: none first, texts in any case of letters."""
    if value is None:
        return (False, 0)
    return (True, value.casefold() if isinstance(value, str) else value)
