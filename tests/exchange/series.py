"""A small world with series to read, without a network: zones, changed and deleted occurrences."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from oncetui.exchange.operations.find_calendars import own_calendars
from oncetui.exchange.series.whole_view import Expansion, busy_time
from oncetui.model.calendars import BusyBlock, Window
from oncetui.simulator.calendars.appointments import Times
from oncetui.simulator.calendars.edits import (
    ALL_DAY,
    Author,
    Edit,
    add_appointment,
    change_occurrence,
    delete_occurrence,
)
from oncetui.simulator.calendars.entries import occurrence
from oncetui.simulator.calendars.patterns import Recurrence
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.items import CalendarItem
from tests.exchange.in_process import InProcess, account_at
from tests.simulator.asking import NOW, small_world

ANNA = "anna@contoso.example"
AUTHOR = Author(ANNA, "Anna", NOW)
STATUS = "calendar:LegacyFreeBusyStatus"
NINE = time(9)
HALF_HOUR = timedelta(minutes=30)


@dataclass
class Calendar:
    """Anna's calendar, and a reader that knows nothing of the server yet."""

    expands: bool = True
    expansion: Expansion = field(default_factory=Expansion)

    def __post_init__(self) -> None:
        self.exchange = small_world()
        self.exchange.expands_series = self.expands
        self.tree = self.exchange.mailboxes[ANNA].folders
        self.account, self.session = account_at(self.exchange, ANNA)
        (calendar,) = own_calendars(self.account)
        self.key = calendar.key
        self.session.asked.clear()

    @property
    def wire(self) -> InProcess:
        """What goes to the server."""
        return self.session

    def series(
        self,
        recurrence: Recurrence,
        zone: Zone,
        at: time = NINE,
        length: timedelta = HALF_HOUR,
        *,
        all_day: bool = False,
    ) -> CalendarItem:
        """Add a series that begins with its first date."""
        first = recurrence.first_date
        assert first is not None
        start = datetime.combine(first, at, zone.info)
        times = Times(
            start.astimezone(UTC),
            (start + length).astimezone(UTC),
            zone,
            zone,
            all_day,
            recurrence,
        )
        edit = Edit({STATUS: "Tentative", ALL_DAY: all_day})
        return add_appointment(self.tree, self.tree.calendar, times, edit, AUTHOR)

    def single(self, start: datetime, length: timedelta = HALF_HOUR) -> CalendarItem:
        """Add an appointment."""
        times = Times(start, start + length, Zone.utc(), Zone.utc())
        return add_appointment(self.tree, self.tree.calendar, times, Edit({STATUS: "Busy"}), AUTHOR)

    def delete(self, item: CalendarItem, days: Iterable[date]) -> None:
        """Take occurrences out of a series."""
        for day in days:
            entry = occurrence(item, day)
            assert entry is not None
            delete_occurrence(self.tree, entry, AUTHOR)

    def change(self, item: CalendarItem, day: date, later: timedelta, status: str) -> None:
        """Move an occurrence, and show its time as something else."""
        entry = occurrence(item, day)
        assert entry is not None
        times = Times(entry.start + later, entry.end + later, item.start_zone, item.end_zone)
        change_occurrence(self.tree, entry, times, Edit({STATUS: status}), AUTHOR)

    def read(self, window: Window) -> tuple[BusyBlock, ...]:
        """Read a window as the product does."""
        return busy_time(self.account, self.expansion, self.key, window)

    def truth(self, window: Window) -> list[tuple[datetime, datetime, str]]:
        """What the server itself would show of a window, were it one that expands series."""
        expands, self.exchange.expands_series = self.exchange.expands_series, True
        try:
            return shown(busy_time(self.account, Expansion(), self.key, window))
        finally:
            self.exchange.expands_series = expands


def shown(blocks: Iterable[BusyBlock]) -> list[tuple[datetime, datetime, str]]:
    """What counts of events: their times, and what they show them as."""
    return sorted((block.start, block.end, str(block.showing)) for block in blocks)


def days(first: date, number: int) -> Window:
    """Return a window of so many days in UTC."""
    start = datetime.combine(first, time(), UTC)
    return Window(start, start + timedelta(days=number))
