"""The free times of a page, a day at a time: arrows go through days and times."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from oncetui.connector.availability import Known, days_from
from oncetui.model.availability.slots import Slot, local_date
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.model.profile import Profile
from oncetui.ui.cells import wrapped
from oncetui.ui.marks import Marks

READING = "One moment: the free times are being read."


@dataclass(frozen=True)
class FreeDay:
    """One day of a page: its free times, which of them is chosen, and what there is to say of it."""

    page: BookingPage
    day: date
    slots: tuple[Slot, ...] = ()
    chosen: int = 0
    note: str = READING

    @property
    def slot(self) -> Slot | None:
        """The chosen time, None where the day has none."""
        return self.slots[self.chosen] if self.slots else None

    def moved(self, by: int) -> "FreeDay":
        """Return the day with another time chosen, up to its ends."""
        return replace(self, chosen=max(0, min(self.chosen + by, len(self.slots) - 1)))


def free_day(profile: Profile, page: BookingPage, day: date | None) -> FreeDay:
    """Read a day, the first one with a free time where none is named."""
    known = Known.of(profile)
    today = local_date(page, known.now)
    closed = known.closed(page)
    if closed is not None:
        return FreeDay(page, day or today, note=f"{page.name} takes no bookings: {closed.text}")
    if day is None:
        first = known.next_free(page)
        if first is None:
            return FreeDay(page, today, note=f"Nothing is free in the next {page.horizon_days} days.")
        day = local_date(page, first.start)
    slots = tuple(known.slots(page, days_from(day, 1)))
    return FreeDay(page, day, slots, note="" if slots else "Nothing is free on this day.")


class FreeTimes(Widget, can_focus=True):
    """A line a time; every change of day or time is posted as `Turned`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("pageup", "turn(-7)", show=False),
        Binding("pagedown", "turn(7)", show=False),
    ]

    @dataclass
    class Turned(Message):
        """Another day or time is chosen, by a person or because what is free has changed."""

        day: FreeDay
        by_person: bool

    @dataclass
    class Read(Message):
        """A day was read, or could not be; `asked` is the day that was asked for."""

        asked: date | None
        day: FreeDay
        by_person: bool

    def __init__(self, page: BookingPage, *, marks: Marks, own: Callable[[], Profile], id: str) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._own = own
        self._marks = marks
        self._page = page
        self._asked: date | None = None
        self.day: FreeDay | None = None

    def on_mount(self) -> None:
        """Read the first day with a free time."""
        self.look_at(self._page)

    def look_at(self, page: BookingPage, day: date | None = None, *, by_person: bool = True) -> None:
        """Read a page's day, the first one with a free time where none is named."""
        self._page, self._asked = page, day
        self._read(page, day, by_person)

    def read_again(self) -> None:
        """Read the day anew, since it may have changed."""
        self.look_at(self._page, None if self.day is None else self.day.day, by_person=False)

    def action_move(self, by: int) -> None:
        """Choose another time."""
        if self.day is not None:
            self._take(self.day.moved(by), by_person=True)

    def action_turn(self, by: int) -> None:
        """Go to another day, not before today."""
        if self.day is None:
            return
        today = local_date(self._page, self._own().clock.now())
        to = max(today, (self._asked or self.day.day) + timedelta(days=by))
        self.look_at(self._page, to)

    @on(Read)
    def _was_read(self, read: Read) -> None:
        read.stop()
        if read.asked == self._asked and read.day.page.id == self._page.id:
            chosen = 0 if self.day is None or self.day.day != read.day.day else self.day.chosen
            self._take(read.day.moved(chosen), by_person=read.by_person)

    def _take(self, day: FreeDay, *, by_person: bool) -> None:
        if day != self.day:
            self.day = day
            self.refresh()
            self.post_message(self.Turned(day, by_person))

    def render(self) -> Content:
        """Return the times around the chosen one; a mark shows which it is, and that the list is focused."""
        if self.day is None or not self.day.slots:
            note = READING if self.day is None else self.day.note
            told = wrapped(note, max(1, self.size.width - 4))
            return Content.styled("\n".join(f"  {part}" for part in told), "$text-muted")
        room = max(1, self.size.height)
        first = max(0, min(self.day.chosen - room // 2, len(self.day.slots) - room))
        lines = [self._line(number) for number in range(first, min(first + room, len(self.day.slots)))]
        return Content("\n").join(lines)

    def _line(self, number: int) -> Content:
        day = self.day
        if day is None:
            return Content("")
        zone = ZoneInfo(day.page.time_zone)
        chosen = number == day.chosen
        sign = self._marks.chosen if chosen else self._marks.not_chosen
        mark = self._marks.focus if chosen and self.has_focus else " "
        slot = day.slots[number]
        told = f"{slot.start.astimezone(zone):%H:%M} to {slot.end.astimezone(zone):%H:%M}"
        return Content.assemble(
            (f" {mark}", "$primary"),
            (f"{sign} ", "bold $primary" if chosen else "$text-muted"),
            (told, "bold" if chosen else ""),
        )

    @work(thread=True, group="free-times", description="reading free times")
    def _read(self, page: BookingPage, day: date | None, by_person: bool) -> None:  # noqa: FBT001  # a worker's argument
        profile = self._own()
        try:
            found = free_day(profile, page, day)
        except ProblemError as error:
            today = day or local_date(page, profile.clock.now())
            found = FreeDay(page, today, note=f"{error.problem.what} {error.problem.next}")
        self.post_message(self.Read(day, found, by_person))


def day_words(day: FreeDay) -> str:
    """Return the date and the page's zone, for a headline."""
    return f"{day.day:%A} {day.day.day} {day.day:%b %Y} · {day.page.time_zone}"
