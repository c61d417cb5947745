"""A new booking page: its name, how long a booking lasts, and its time zone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Input

from oncetui.model.associations import suggested
from oncetui.model.calendars import Calendar
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.drawing import sentence_lines, spaced
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.unsaved import UnsavedScreen
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

MAKE = Command("enter", "make", "make the page", "Make the page with what stands here.")
NEXT = Command("tab", "app.focus_next", "next field", "Go to the next field.", in_palette=False)
BACK = Command("escape", "back", "back", "Go back; no page is made.")

HELP = {
    "name": "what customers read, such as 30 minutes with Anna",
    "duration": "minutes that a booking lasts, from 5 to 1440",
    "time_zone": "where its working hours are meant, such as Europe/Berlin",
}


def field_error(field: str, value: str) -> str | None:
    """Return what is wrong with one field of a page, None where nothing is."""
    typed = {"name": "page", "duration": "30", "time_zone": "UTC", field: value}
    try:
        page_of(**typed)
    except ValueError as error:
        return str(error)
    return None


def page_of(name: str, duration: str, time_zone: str) -> BookingPage:
    """Return the page that was described; raise ValueError with a sentence where it can't be."""
    minutes = int(duration) if duration.strip().isdecimal() else 0
    return BookingPage.named(name, minutes, time_zone.strip())


class NewPageScreen(UnsavedScreen[str]):
    """Closes with the sentence that says what was made."""

    CSS_PATH = "new_page.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#name Input"
    KEYS: ClassVar[tuple[Command, ...]] = (MAKE, NEXT, BACK)
    # Tab is bound by `OurScreen`, before the field that it leaves.
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((MAKE, BACK))
    ABOUT = (
        "A booking page is what customers book on. It starts with Monday to Friday, 9 to 17; its bookings go "
        "into the default calendar, and your own calendars make busy. Both can be changed afterwards."
    )

    @dataclass
    class Ended(Message):
        """The page was made, or could not be."""

        sentence: str
        made: bool

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        super().__init__()
        self._calendars = tuple(calendars)

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        yield Headline("A new booking page")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Field("Name", id="name", help=HELP["name"], free_text=True)
            yield Field("Duration", id="duration", help=HELP["duration"], value="30")
            zone = self.services.profile.time_zone
            yield Field("Time zone", id="time_zone", help=HELP["time_zone"], value=zone)
            yield Drawn(spaced(sentence_lines), self._consequence(), id="consequence")
            yield Drawn(sentence_lines, "", id="outcome")
        yield KeyLine()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        field = event.input.query_ancestor(Field)
        # An empty name is not wrong yet: the page may be left without one.
        if field.id is not None and field.value:
            field.show(help=HELP[field.id], error=field_error(field.id, field.value) or "")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_make()

    def action_make(self) -> None:
        """Make the page, or go to the first field that is wrong."""
        typed = {name: self.query_one(f"#{name}", Field).value for name in HELP}
        for name, value in typed.items():
            error = field_error(name, value)
            if error is not None:
                self.query_one(f"#{name}", Field).show(error=error)
                self.query_one(f"#{name}", Field).focus_input()
                return
        self._save(replace(page_of(**typed), associated=suggested(self._calendars)))

    def unsaved(self) -> str:
        """Say that a name was typed."""
        typed = self.query_one("#name", Field).value.strip()
        return f"“{typed}” is not made yet. Enter makes it" if typed else ""

    def tell(self, sentence: str) -> None:
        """Say something below the fields."""
        self.query_one("#outcome", Drawn).show(sentence)

    @on(Ended)
    def _ended(self, ended: Ended) -> None:
        if ended.made:
            self.dismiss(ended.sentence)
        else:
            self.tell(ended.sentence)

    @work(thread=True, group="page", exclusive=True, description="saving a booking page")
    def _save(self, page: BookingPage) -> None:
        pages = self.services.profile.pages
        try:
            taken = next((other for other in pages.pages() if other.id == page.id), None)
            if taken is not None:
                sentence = f"“{taken.name}” has the link {page.id} already; please choose another name."
                self.post_message(self.Ended(sentence, made=False))
                return
            pages.save(page)
        except ProblemError as error:
            self.post_message(self.Ended(f"{error.problem.what} {error.problem.next}", made=False))
        else:
            self.post_message(self.Ended(f"“{page.name}” is made. {self._consequence()}", made=True))

    def _consequence(self) -> str:
        main = suggested(self._calendars).main
        into = next((calendar.name for calendar in self._calendars if calendar.id == main), None)
        if into is None:
            return "It checks no calendar until one is chosen: c on the console."
        return f"Its bookings go into {into}; c on the console changes that."
