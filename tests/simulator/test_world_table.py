"""The index of a folder's items, compared with looking at each of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from oncetui.simulator.calendars.appointments import Times
from oncetui.simulator.calendars.edits import Author, Edit, add_appointment, change_item, delete_item
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.items import CalendarItem

from .asking import NOW, small_world

BASE = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = st.integers(0, 24 * 200)
LENGTHS = st.sampled_from([0, 1, 2, 24, 24 * 30, 24 * 31, 24 * 40, 24 * 100])
STEPS = st.lists(st.tuples(st.sampled_from(["add", "add", "move", "delete"]), HOURS, LENGTHS), max_size=30)
AUTHOR = Author("anna@contoso.example", "Anna", NOW)


@given(STEPS, HOURS, st.integers(0, 24 * 90))
def test_a_window_holds_the_items_that_touch_it(
    steps: list[tuple[str, int, int]], start: int, length: int
) -> None:
    tree = small_world().mailboxes["anna@contoso.example"].folders
    items: list[CalendarItem] = []
    for step, hour, hours in steps:
        begins = BASE + timedelta(hours=hour)
        times = Times(begins, begins + timedelta(hours=hours), Zone.utc(), Zone.utc())
        if step == "add":
            items.append(add_appointment(tree, tree.calendar, times, Edit(), AUTHOR))
        elif items and step == "move":
            change_item(tree, items[hour % len(items)], times, Edit(), AUTHOR)
        elif items:
            delete_item(tree, items.pop(hour % len(items)))
    first = BASE + timedelta(hours=start)
    last = first + timedelta(hours=length)
    found = tree.calendar.items.singles_between(first, last)
    expected = [item for item in items if item.start < last and item.end >= first]
    assert sorted(item.number for item in found) == sorted(item.number for item in expected)
    assert [item.start for item in found] == sorted(item.start for item in found)
    assert len(tree.calendar.items) == len(items)
