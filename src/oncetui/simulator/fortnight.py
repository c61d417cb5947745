"""A believable working life around a day: what fills the calendars of a scenario."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from oncetui.simulator.calendars.appointments import Times
from oncetui.simulator.calendars.edits import (
    ALL_DAY,
    Author,
    Edit,
    add_appointment,
    change_occurrence,
    delete_occurrence,
    times_of_occurrence,
)
from oncetui.simulator.calendars.entries import occurrence
from oncetui.simulator.calendars.patterns import WEEKDAYS, Pattern, Recurrence, Weekly
from oncetui.simulator.calendars.zones import Zone
from oncetui.simulator.mailboxes.items import CalendarItem
from oncetui.simulator.mailboxes.tree import CALENDAR_CLASS, Folder
from oncetui.simulator.properties.body import Body
from oncetui.simulator.properties.recurrence import DAYS
from oncetui.simulator.world import Exchange, Mailbox

_HALF_YEAR = timedelta(days=182)


@dataclass(frozen=True, slots=True)
class _Diary:
    """Writes into one calendar; days count from the Monday of the current week, times are the mailbox's."""

    exchange: Exchange
    mailbox: Mailbox
    folder: Folder

    @property
    def zone(self) -> Zone:
        """The mailbox's time zone."""
        return Zone.of_iana(self.mailbox.time_zone)

    @property
    def monday(self) -> date:
        """The Monday of the current week, in the mailbox's time zone."""
        today = self.exchange.now().astimezone(self.zone.info).date()
        return today - timedelta(days=today.weekday())

    def single(self, subject: str, day: int, start: str, end: str, **more: Any) -> CalendarItem:
        """Note an appointment."""
        return self._add(subject, self._at(day, start), self._at(day, end), None, **more)

    def days(self, subject: str, day: int, count: int, **more: Any) -> CalendarItem:
        """Note something that takes whole days."""
        return self._add(
            subject, self._at(day, "00:00"), self._at(day + count, "00:00"), None, all_day=True, **more
        )

    def weekly(
        self, subject: str, day: str, start: str, end: str, weeks: int = 1, **more: Any
    ) -> CalendarItem:
        """Note something of every week, or every few weeks, for the half year around now."""
        weekday = DAYS.index(day)
        return self.series(
            subject, weekday, start, end, Weekly(weeks, frozenset({weekday}), first_day=0), **more
        )

    def series(
        self, subject: str, day: int, start: str, end: str, pattern: Pattern, **more: Any
    ) -> CalendarItem:
        """Note a series that began ten weeks ago and goes on for half a year."""
        first = day - 70
        until = self.monday + _HALF_YEAR
        recurrence = Recurrence(pattern, self.monday + timedelta(days=first), until=until)
        return self._add(subject, self._at(first, start), self._at(first, end), recurrence, **more)

    def move(self, item: CalendarItem, day: int, start: str, end: str) -> None:
        """Give the occurrence of a series on a day another time."""
        entry = occurrence(item, self.monday + timedelta(days=day))
        assert entry is not None
        old = times_of_occurrence(entry)
        times = Times(self._at(day, start), self._at(day, end), old.start_zone, old.end_zone)
        change_occurrence(self.mailbox.folders, entry, times, Edit(), self._author())

    def cancel(self, item: CalendarItem, day: int) -> None:
        """Take the occurrence on a day out of a series."""
        entry = occurrence(item, self.monday + timedelta(days=day))
        assert entry is not None
        delete_occurrence(self.mailbox.folders, entry, self._author())

    def _add(
        self,
        subject: str,
        start: datetime,
        end: datetime,
        recurrence: Recurrence | None,
        *,
        status: str = "Busy",
        location: str = "",
        private: bool = False,
        all_day: bool = False,
        note: str = "",
    ) -> CalendarItem:
        values: dict[str, Any] = {
            "item:Subject": subject,
            "calendar:LegacyFreeBusyStatus": status,
            ALL_DAY: all_day,
        }
        if location:
            values["calendar:Location"] = location
        if private:
            values["item:Sensitivity"] = "Private"
        if note:
            values["item:Body"] = Body(note)
        times = Times(start, end, self.zone, self.zone, all_day, recurrence)
        return add_appointment(self.mailbox.folders, self.folder, times, Edit(values), self._author())

    def _at(self, day: int, clock: str) -> datetime:
        local = datetime.combine(self.monday + timedelta(days=day), time.fromisoformat(clock), self.zone.info)
        return local.astimezone(UTC)

    def _author(self) -> Author:
        return Author(self.mailbox.email, self.mailbox.display_name, self.exchange.now())


class Fortnight(_Diary):
    """A mailbox's own calendar, and more of them."""

    def __init__(self, exchange: Exchange, mailbox: Mailbox) -> None:
        super().__init__(exchange, mailbox, mailbox.folders.calendar)

    def calendar(self, name: str) -> _Diary:
        """Make another calendar of the mailbox."""
        folder = self.mailbox.folders.create_folder(self.folder, name, CALENDAR_CLASS)
        return _Diary(self.exchange, self.mailbox, folder)

    def working_weeks(self) -> None:
        """Fill the week before, this one and the two after it."""
        standup = self.series(
            "Stand-up", 0, "09:00", "09:15", Weekly(1, WEEKDAYS, first_day=0), location="Teams"
        )
        self.move(standup, 2, "11:30", "11:45")
        self.cancel(standup, 4)
        self.cancel(standup, 8)
        review = self.weekly("Weekly review", "Monday", "10:00", "11:00", location="Room 2.14")
        self.move(review, 7, "15:00", "16:00")
        self.weekly("One to one", "Thursday", "14:00", "14:30", weeks=2)
        self.weekly("Lunch walk", "Tuesday", "12:00", "12:30", status="Free")
        self._singles()
        self.days("Birthday of a colleague", 1, 1, status="Free")
        self.days("Conference", -4, 2, status="OOF", location="Copenhagen")
        self.days("Release week", 14, 5, status="Free")

    def _singles(self) -> None:
        self.single("Client call", -6, "10:00", "11:00")
        self.single("Budget talk", -3, "15:00", "16:30", status="Tentative")
        self.single("Consultation", 0, "13:00", "14:00", note="First meeting; bring the price list.")
        self.single("Doctor", 1, "16:00", "17:00", private=True)
        self.single("Interview", 2, "10:00", "11:30", status="Tentative", location="Room 1.02")
        self.single("Train to Hamburg", 3, "06:50", "09:20", status="OOF")
        self.single("Site visit", 3, "09:30", "12:00", status="OOF", location="Hamburg")
        self.single("From home", 4, "08:00", "13:00", status="WorkingElsewhere")
        self.single("Contract signing", 8, "09:30", "10:00", location="Notary")
        self.single("Workshop", 9, "09:30", "16:00", location="Room 2.14")
        self.single("Planning", 11, "10:00", "12:00", status="Tentative")
        self.single("Consultation", 15, "11:00", "12:00")
        self.single("Dinner with partners", 17, "18:30", "21:00", private=True)
