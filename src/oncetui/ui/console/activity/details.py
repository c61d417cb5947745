"""One booking: who, when in both zones, each calendar's event, and the keys that change it."""

from collections.abc import Iterable
from typing import ClassVar
from zoneinfo import ZoneInfo

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from oncetui.model.booking_words import event_words, where_words
from oncetui.model.bookings import Booking
from oncetui.model.cancellation import Cancellation
from oncetui.model.event_links import EventLink, EventState
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.activity.changing import CHANGES, ChangingScreen
from oncetui.ui.console.activity.deeds import who_is_told
from oncetui.ui.console.activity.kept import Kept, KeptBookings, follow_bookings
from oncetui.ui.console.drawing import fact_lines, sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.parts import Fact, Tone
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

BACK = Command("escape", "back", "back", "Go back to the list.")
TO_SETTLE = (
    "Somebody changed this booking's event in the calendar. The booking stays as it is until you settle it: "
    "f follows the calendar, r restores the booking."
)
_TONES = {
    EventState.WRITTEN: Tone.GOOD,
    EventState.CHANGED: Tone.WARNING,
    EventState.GONE: Tone.WARNING,
}


class BookingScreen(ChangingScreen[None]):
    """Follows one booking while it is shown."""

    CSS_PATH = "details.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#sheet"
    KEYS: ClassVar[tuple[Command, ...]] = (*CHANGES, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KEYS)
    ABOUT = (
        "One booking with each of its calendar events. Cancel and move change the events too. Where somebody "
        "changed an event in the calendar, follow the calendar or restore the booking."
    )

    def __init__(self, booking: Booking, kept: KeptBookings) -> None:
        super().__init__()
        self._shown_id = booking.id
        self._booking = booking
        self._kept = kept
        self._cancellation = Cancellation()

    def compose(self) -> ComposeResult:
        """Lay out the facts."""
        yield Headline(self._booking.customer, f"booking {self._shown_id}")
        with VerticalScroll(id="sheet"):
            yield Drawn(spaced(sentence_lines), id="settle")
            yield Drawn(spaced(fact_lines), id="facts")
            yield Drawn(spaced(fact_lines), id="events")
        yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show it, and follow what becomes of it."""
        self._paint()
        self._follow()

    def on_unmount(self) -> None:
        """Stop following."""
        self._cancellation.cancel()

    def tell(self, sentence: str) -> None:
        """Say something below the facts."""
        self.query_one("#outcome", Drawn).show(sentence)

    def chosen(self) -> tuple[Booking, KeptBookings] | None:
        """Return the booking that is shown."""
        return self._booking, self._kept

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)

    @on(Kept)
    def _take(self, told: Kept) -> None:
        booking = None if told.kept is None else told.kept.booking(self._shown_id)
        if told.kept is None or booking is None:
            self.tell(told.failure)
            return
        self._booking, self._kept = booking, told.kept
        self._paint()

    def _paint(self) -> None:
        self.query_one("#settle", Drawn).show(TO_SETTLE if self._booking.unsettled else None)
        self.query_one("#facts", Drawn).show(booking_facts(self._booking, self._kept))
        self.query_one("#events", Drawn).show(event_facts(self._booking, self._kept))
        self.refresh_keys()

    @work(thread=True, group="follow", description="following a booking")
    def _follow(self) -> None:
        follow_bookings(self.services.profile, self._cancellation, self.post_message)


def booking_facts(booking: Booking, kept: KeptBookings) -> tuple[Fact, ...]:
    """Return who booked what, when, and what became of it."""
    page = kept.pages.get(booking.page)
    zones = [] if page is None else [page.time_zone]
    zones += [zone for zone in (str(kept.time.zone),) if zone not in zones]
    facts = [
        Fact("Customer", booking.customer),
        Fact("Email", booking.email),
        Fact("Page", kept.page_name(booking)),
        *_times("Time", booking, zones),
    ]
    if booking.moving_to is not None:
        facts.append(Fact("Moving to", kept.time.day(booking.moving_to.start), Tone.WARNING))
    where = where_words(booking)
    tone = Tone.WARNING if booking.unsettled or booking.in_outbox else Tone.QUIET
    facts.append(Fact("Status", str(booking.status), Tone.QUIET))
    if where and where != booking.reason:
        facts.append(Fact("Where", where, tone))
    if booking.reason:
        facts.append(Fact("Reason", booking.reason))
    if booking.status.stands:
        facts.append(Fact("Told", who_is_told(booking, kept, "changes and cancellation")))
    return tuple(facts)


def event_facts(booking: Booking, kept: KeptBookings) -> tuple[Fact, ...]:
    """Return the state of each calendar's event."""
    return tuple(_event(link, kept) for link in booking.events)


def _event(link: EventLink, kept: KeptBookings) -> Fact:
    name = kept.calendar_name(link.calendar)
    told = event_words(link)
    if link.seen_start is not None:
        told = f"moved to {kept.time.day(link.seen_start)} in the calendar, not synced"
    return Fact(name, f"main · {told}" if link.main else told, _TONES.get(link.state, Tone.QUIET))


def _times(label: str, booking: Booking, zones: Iterable[str]) -> Iterable[Fact]:
    for number, zone in enumerate(zones):
        start, end = (each.astimezone(ZoneInfo(zone)) for each in (booking.start, booking.end))
        told = f"{start:%a} {start.day} {start:%b %Y} {start:%H:%M} to {end:%H:%M} · {zone}"
        yield Fact("Yours" if number else label, told)
