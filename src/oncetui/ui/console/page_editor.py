"""A booking page's settings: a line each, checked as one leaves it, saved with Enter."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import DescendantFocus
from textual.message import Message
from textual.widgets import Input

from oncetui.model.page_settings import SETTINGS, changed
from oncetui.model.pages import BookingPage
from oncetui.model.problem import ProblemError
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.console.drawing import sentence_lines
from oncetui.ui.console.drawn import Drawn
from oncetui.ui.console.unsaved import UnsavedScreen
from oncetui.ui.widgets.field import Field
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

SAVE = Command("enter", "save", "save", "Save the page as it stands here.")
NEXT = Command("tab", "app.focus_next", "next field", "Go to the next field.", in_palette=False)
UP = Command("up", "app.focus_previous", "", "Go to the field before.", first=True, in_palette=False)
DOWN = Command("down", "app.focus_next", "", "Go to the next field.", first=True, in_palette=False)
BACK = Command("escape", "back", "back", "Go back without saving.")


class PageEditorScreen(UnsavedScreen[str]):
    """Closes with the sentence that says what was saved."""

    CSS_PATH = "page_editor.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "#name Input"
    KEYS: ClassVar[tuple[Command, ...]] = (SAVE, NEXT, UP, DOWN, BACK)
    # Tab is bound by `OurScreen`, before the field that it leaves.
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((SAVE, UP, DOWN, BACK))
    ABOUT = (
        "What a booking page offers: how long a booking lasts, when it may begin, how far ahead it is made, "
        "and what is kept free around it. The line below the fields says what each means, and what "
        "is wrong with it once you leave it."
    )

    @dataclass
    class Ended(Message):
        """The page was saved, or could not be."""

        sentence: str
        saved: bool

    def __init__(self, page: BookingPage) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """Lay out a field for each setting."""
        yield Headline(f"Booking page “{self._page.name}”", f"link {self._page.id}")
        with VerticalScroll(id="sheet", can_focus=False):
            for setting in SETTINGS.values():
                free_text = setting.name in ("name", "location")
                shown = setting.shown(self._page)
                yield Field(setting.label, id=setting.name, value=shown, free_text=free_text)
        yield Drawn(sentence_lines, "", id="meaning")
        yield KeyLine()

    @on(DescendantFocus)
    def _entered(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, Input):
            self._tell_of(event.widget.query_ancestor(Field))

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        self._check(event.input.query_ancestor(Field))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Save, or go to the first field that is wrong."""
        wrong = next((field for field in self.query(Field) if self._check(field) is not None), None)
        if wrong is not None:
            wrong.focus_input()
            self._tell_of(wrong)
            return
        page = self._typed()
        if page == self._page:
            self.dismiss("Nothing was changed.")
        else:
            self._save(page)

    def unsaved(self) -> str:
        """Say that some field is not as it was."""
        texts = {name: setting.shown(self._page) for name, setting in SETTINGS.items()}
        changed = any(field.value != texts[field.id or ""] for field in self.query(Field))
        return "The page is changed and not saved. Enter saves it" if changed else ""

    @on(Ended)
    def _ended(self, ended: Ended) -> None:
        if ended.saved:
            self.dismiss(ended.sentence)
        else:
            self.tell(ended.sentence)

    def _check(self, field: Field) -> str | None:
        """Mark a field that can't stand, and return the sentence that says why."""
        error = setting_error(self._page, field.id or "", field.value)
        field.show(error=error or "")
        return error

    def _tell_of(self, field: Field) -> None:
        error = (
            setting_error(self._page, field.id or "", field.value) if field.has_class("has-error") else None
        )
        self.tell(error or SETTINGS[field.id or ""].meaning)

    def tell(self, sentence: str) -> None:
        """Say something below the fields."""
        self.query_one("#meaning", Drawn).show(sentence)

    def _typed(self) -> BookingPage:
        page = self._page
        for field in self.query(Field):
            page = changed(page, field.id or "", field.value)
        return page

    @work(thread=True, group="page", exclusive=True, description="saving a booking page")
    def _save(self, page: BookingPage) -> None:
        pages = self.services.profile.pages
        try:
            if all(one.id != page.id for one in pages.pages()):
                self.post_message(self.Ended("This page was deleted meanwhile; esc goes back.", saved=False))
                return
            pages.save(page)
        except ProblemError as error:
            self.post_message(self.Ended(f"{error.problem.what} {error.problem.next}", saved=False))
        else:
            self.post_message(self.Ended(f"“{page.name}” is saved.", saved=True))


def setting_error(page: BookingPage, name: str, typed: str) -> str | None:
    """Return what is wrong with one setting as it was typed, None where nothing is."""
    try:
        changed(page, name, typed)
    except ValueError as error:
        return str(error)
    return None
