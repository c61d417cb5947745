"""The booking pages: choose one to edit it, or to see why its times are free or busy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from oncetui.model.page_settings import SETTINGS
from oncetui.model.pages import BookingPage
from oncetui.model.working_hours import week_text
from oncetui.ui.commands import Command, bindings_of
from oncetui.ui.screen import OurScreen
from oncetui.ui.widgets.choice_list import ChoiceList, Option
from oncetui.ui.widgets.headline import Headline
from oncetui.ui.widgets.key_line import KeyLine

CHOOSE = Command("up,down", "nothing", "choose", "Choose a page.", in_palette=False)
EDIT = Command("enter", "choose('edit')", "edit", "Edit the settings of this page.")
WHY = Command("w", "choose('why')", "why free or busy", "See why this page's times are free or busy.")
BOOK = Command("b", "choose('book')", "book", "Take a time on this page for a customer.")
NEW = Command("n", "choose('new')", "new page", "Make a booking page.")
BACK = Command("escape", "back", "back", "Go back.")


@dataclass(frozen=True)
class PageChosen:
    """What is to be done with which page: `edit`, `why`, `book` or `new`."""

    doing: str
    page: BookingPage


class PagesScreen(OurScreen[PageChosen | None]):
    """Closes with what was chosen."""

    CSS_PATH = "pages.tcss"
    AUTO_FOCUS: ClassVar[str | None] = "ChoiceList"
    KEYS: ClassVar[tuple[Command, ...]] = (CHOOSE, EDIT, WHY, BOOK, NEW, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings_of((EDIT, WHY, BOOK, NEW, BACK))
    ABOUT = "Your booking pages. Enter opens the settings of one, w shows why its times are free or busy."

    def __init__(self, pages: Sequence[BookingPage]) -> None:
        super().__init__()
        self._pages = {page.id: page for page in pages}
        self._chosen = next(iter(self._pages))

    def compose(self) -> ComposeResult:
        """Lay out a line and a sentence for each page."""
        yield Headline("Booking pages")
        with VerticalScroll(id="sheet", can_focus=False):
            options = [Option(page.id, page.name, _summary(page)) for page in self._pages.values()]
            yield ChoiceList(options, self._chosen, marks=self.marks, id="pages")
        yield KeyLine()

    @on(ChoiceList.Chosen)
    def _choose(self, chosen: ChoiceList.Chosen) -> None:
        self._chosen = chosen.key
        chosen.choice_list.show(chosen.key)

    def action_choose(self, doing: str) -> None:
        """Close with what was chosen."""
        self.dismiss(PageChosen(doing, self._pages[self._chosen]))

    def action_back(self) -> None:
        """Go back."""
        self.dismiss(None)


def _summary(page: BookingPage) -> str:
    notice = SETTINGS["minimum_notice_minutes"].shown(page)
    return f"{page.duration_minutes} min · {week_text(page.working_hours)} {page.time_zone} · {notice} ahead"
