"""The deleted and changed occurrences of a series that came as iCalendar."""

from datetime import datetime

from oncetui.simulator.calendars.edits import Author, Edit, change_occurrence, delete_occurrence
from oncetui.simulator.calendars.entries import CalendarEntry, occurrence
from oncetui.simulator.mailboxes.items import CalendarItem
from oncetui.simulator.mailboxes.tree import FolderTree
from oncetui.simulator.mime.calendar_reading import CalendarContent


def add_exceptions(tree: FolderTree, item: CalendarItem, content: CalendarContent, author: Author) -> None:
    """Delete and change the occurrences of a calendar object; days without any don't count."""
    for due in content.deleted:
        entry = _due(item, due)
        if entry is not None:
            delete_occurrence(tree, entry, author)
    for due, change in content.changed.items():
        entry = _due(item, due)
        if entry is not None:
            values = {uri: value for uri, value in change.values.items() if value != item.values.get(uri)}
            change_occurrence(tree, entry, change.times, Edit(values), author)


def _due(item: CalendarItem, due: datetime) -> CalendarEntry | None:
    return occurrence(item, due.astimezone(item.start_zone.info).date())
