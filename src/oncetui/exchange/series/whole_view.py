"""A window with every occurrence in it, whether or not the server expands its series."""

from oncetui.exchange.operations.find_items import FindItem
from oncetui.exchange.operations.get_item import GetItem
from oncetui.exchange.operations.read_view import (
    MASTER,
    SHORTEST_VIEW,
    CalendarView,
    by_start,
    viewed,
)
from oncetui.exchange.series.asking import FoundSeries, find_series, series_and_changes
from oncetui.exchange.series.expanding import occurrences
from oncetui.exchange.session import MailboxAccount
from oncetui.model.calendars import BusyBlock, Window

_EXPANDED = frozenset({"Occurrence", "Exception"})


class Expansion:
    """Whether a server expands series in a view, as far as its answers have shown: None until then.

    Exchange does. A view of a server that doesn't shows the series itself, where its first occurrence is in
    the window, and of later occurrences nothing.
    """

    def __init__(self) -> None:
        self.by_server: bool | None = None

    def note(self, kinds: frozenset[str]) -> None:
        """Take in which kinds of items a view showed."""
        if MASTER in kinds:
            self.by_server = False
        elif kinds & _EXPANDED and self.by_server is None:
            self.by_server = True


def busy_time(
    account: MailboxAccount, expansion: Expansion, key: str, window: Window
) -> tuple[BusyBlock, ...]:
    """Return every event that overlaps the window, by start, occurrences of series among them.

    One request where a view has shown occurrences before or does now. Where none has, the calendar is asked
    for its series; if it has any, one of them is looked at where it begins: what is there tells what the
    server does.
    """
    view = CalendarView(account=account)
    seen = viewed(view, key, window)
    expansion.note(seen.kinds)
    if expansion.by_server:
        return seen.blocks
    found = find_series(FindItem(account=account), key)
    if found and expansion.by_server is None:
        expansion.note(_kinds_at_beginning(view, key, found))
    if not found or expansion.by_server:
        return seen.blocks
    series, changed = series_and_changes(GetItem(account=account), found, window)
    expanded = [block for one in series for block in occurrences(one, window)]
    own = {one.item for one in found}
    every = [*(block for block in seen.blocks if block.item not in own), *changed, *expanded]
    return by_start({(block.item, block.start): block for block in every}.values())


def _kinds_at_beginning(view: CalendarView, key: str, found: tuple[FoundSeries, ...]) -> frozenset[str]:
    newest = max(found, key=lambda one: one.start)
    first = Window(newest.start, max(newest.end, newest.start + SHORTEST_VIEW))
    return viewed(view, key, first).kinds
